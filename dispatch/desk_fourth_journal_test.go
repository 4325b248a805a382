package dispatch_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// fourthJournal is a journal with the revision of an application, and with what follows a
// final ruling: sent once more to whom it was ruled for, and left to the duty desk.
func fourthJournal(t require.TestingT) (*dispatch.Desk, []dispatch.Entry) {
	d := dispatch.NewDesk()
	var all []dispatch.Entry
	at := fullDay(2, 9, 0)
	step := func(list ...dispatch.Do) {
		for _, do := range list {
			all = append(all, deskDo(t, d, at, do)...)
		}
	}
	step(dispatch.Install{Setup: fullStreet(t)}, dispatch.Apply{Mandate: deskMandate("M1")})
	v := fullVerbs("E1", at)
	step(dispatch.File{Event: fullEvent("E1", "noise")}, v["register"], v["dispute"], v["rule"], v["appeal"], v["rule"], v["appeal"], v["rule"])
	step(v["ack"], v["start"], v["finish"], v["verify"], v["reply"], v["close"], v["reopen"], v["dispatch"])
	step(dispatch.File{Event: fullEvent("E2", "tree")})
	v = fullVerbs("E2", at)
	step(v["register"], v["finish"], v["verify"])
	step(dispatch.Install{Setup: handCalendar{"2026-03-03": false}.setup(t, fullStreet(t))})
	all = append(all, deskTick(t, d, fullDay(25, 9, 0))...)
	return d, all
}

// TestDeskGoldenFourthJournal replays the committed journal without rules: it must lead
// to the same cases for ever. UPDATE_GOLDEN=1 writes a new one, which is right only
// before it has been released.
func TestDeskGoldenFourthJournal(t *testing.T) {
	const file, state = "testdata/desk/journal4.jsonl", "testdata/desk/state4.json"
	live, all := fourthJournal(t)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		var lines bytes.Buffer
		for _, e := range all {
			text, err := json.Marshal(e)
			require.NoError(t, err)
			lines.Write(append(text, '\n'))
		}
		require.NoError(t, os.WriteFile(file, lines.Bytes(), 0o644))
	}
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	d := dispatch.NewDesk()
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		var e dispatch.Entry
		require.NoError(t, json.Unmarshal(lines.Bytes(), &e))
		require.NoError(t, d.Apply(e))
		back, err := json.Marshal(e)
		require.NoError(t, err)
		require.Equal(t, lines.Text(), string(back))
	}
	require.Equal(t, live.Hash(), d.Hash())
	require.Equal(t, live.Notices(fullDay(31, 0, 0), 0), d.Notices(fullDay(31, 0, 0), 0))
	var got strings.Builder
	enc := json.NewEncoder(&got)
	enc.SetIndent("", " ")
	for c := range d.Cases() {
		require.NoError(t, enc.Encode(c))
	}
	for m := range d.Mandates() {
		require.NoError(t, enc.Encode(m))
	}
	deskGolden(t, state, got.String())
}
