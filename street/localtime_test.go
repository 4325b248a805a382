package street

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestLocalTimes(t *testing.T) {
	china := time.FixedZone("CST", 8*60*60)
	for text, want := range map[string]string{
		"自 2026-05-05T16:00:00.000Z 起":                "自 2026-05-06T00:00:00+08:00 起",
		"截止于2026-04-24T09:30:00.001Z":                 "截止于2026-04-24T17:30:00.001+08:00",
		"2026-04-24T09:30:00Z–2026-04-24T09:31:00Z":   "2026-04-24T17:30:00+08:00–2026-04-24T17:31:00+08:00",
		"0001-01-01T00:00:00.000Z":                    "0001-01-01T00:00:00.000Z",
		"9999-12-31T23:59:59.999Z":                    "9999-12-31T23:59:59.999Z",
		"2026-13-24T09:30:00Z":                        "2026-13-24T09:30:00Z",
		"2026-04-24T09:30:00+08:00, no Z, 2026-04-24": "2026-04-24T09:30:00+08:00, no Z, 2026-04-24",
	} {
		require.Equal(t, want, localTimes(text, china))
	}
}

// What a folder's list says of an instant, and what a refusal does, is on its own clock.
func TestTextsAreOnTheFoldersClock(t *testing.T) {
	china := time.FixedZone("CST", 8*60*60)
	e := Entry{Refused: &Refusal{By: DeskMachine, Code: "too_late", Args: []string{"E1", "extend", "2026-04-24T09:30:00.000Z"}}}
	f := &Folder{Zone: china}
	said := refusal(e, Planned{}, []*Names{f.Names("en"), f.Names("zh")})
	require.Equal(t, "extend of case E1 was possible until 2026-04-24T17:30:00+08:00", said.Text("en"))
	require.Contains(t, said.Text("zh"), "2026-04-24T17:30:00+08:00")
}
