package duplicate_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch/duplicate"
)

// Lengths of time and ways are told in the words of the language, without what is zero.
func TestReasonsInWords(t *testing.T) {
	for _, c := range []struct{ code, arg, en, zh string }{
		{"earlier", "37m0s", "reported 37m earlier", "早37分上报"},
		{"later", (50*time.Hour + 500*time.Millisecond).String(), "reported 2d2h0.5s later", "晚2天2小时0.5秒上报"},
		{"earlier", "0s", "reported 0s earlier", "早0秒上报"},
		{"earlier", "soon", "reported soon earlier", "早soon上报"},
		{"away", "0.000", "0 m away", "相距0米"},
		{"away", "100.250", "100.25 m away", "相距100.25米"},
		{"away", "100", "100 m away", "相距100米"},
	} {
		r := duplicate.Reason{Code: c.code, Args: []string{c.arg}}
		require.Equal(t, []string{c.en, c.zh}, []string{r.Text("en"), r.Text("zh")})
		require.Equal(t, c.arg, r.Args[0], "the argument stays")
	}
	require.Equal(t, "distance not known", duplicate.Reason{Code: "no-place"}.Text("en"))
}
