package council_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party/council"
)

var lastInstant = time.Date(9999, 12, 31, 23, 59, 59, 999e6, time.UTC)

// lastDays: whoever sleeps until NextDue and ticks comes to the end of 9999 and is
// then told that nothing is due any more, also when a topic is still tracked.
func lastDays(t *rapid.T) {
	h := ladder(t, rapid.SampledFrom([]council.Kind{council.KindCouncil, council.KindCoordination}).Draw(t, "kind"), rapid.IntRange(0, 3).Draw(t, "reviews"))
	h.at = lastInstant.Add(-time.Duration(rapid.IntRange(1, 30*24).Draw(t, "hours before")) * time.Hour)
	due := lastInstant.Add(-time.Duration(rapid.Int64Range(0, lastInstant.Sub(h.at).Milliseconds()-1).Draw(t, "due")) * time.Millisecond)
	h.ok(council.Raise{Topic: "t", Council: "building", Title: "x"})
	h.pass("building", "g", rapid.SampledFrom([]time.Time{due, lastInstant, lastInstant.Add(-time.Millisecond)}).Draw(t, "at"), "t")
	for {
		next, ok := h.m.NextDue()
		if !ok {
			break
		}
		require.Empty(t, h.tick(next.Add(-time.Millisecond)))
		require.NotEmpty(t, h.tick(next))
	}
	require.Empty(t, h.tick(lastInstant))
}

func TestLastDays(t *testing.T) { rapid.Check(t, lastDays) }
func FuzzLastDays(f *testing.F) { f.Fuzz(rapid.MakeFuzz(lastDays)) }
