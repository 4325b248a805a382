package rounds_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/rounds"
)

// TestLongRun: two hundred and fifty days of a daily plan, more than one word of
// filled periods holds, visited every third day and not at all for a hundred.
func TestLongRun(t *testing.T) {
	h := fresh(t, east8, local(2026, 1, 1, 9))
	p := monthly("2026-01-01")
	p.Every = "1d"
	h.ok(p)
	h.ok(enrol("a", "key"))
	visited := func(i int) bool { return i%3 == 0 && (i < 80 || i >= 180) }
	for i := range 250 {
		h.tick(local(2026, 1, 1+i, 9))
		if visited(i) {
			h.ok(rounds.Visit{Household: "a", People: []rounds.Code{"li"}, Kind: "door"})
		}
	}
	n := 0
	for s := range h.log.Slots(rounds.Filter{}, day("2026-09-07")) {
		require.Equal(t, n, s.Period)
		want := rounds.Missing
		if n == 249 {
			want = rounds.Open
		}
		if visited(n) {
			want = rounds.Made
		}
		require.Equal(t, want, s.State, "period %d", n)
		n++
	}
	require.Equal(t, 250, n)
	h.ok(rounds.Leave{Household: "a"})
	require.Equal(t, h.log.Hash(), upTo(t, h.entries).Hash())
}
