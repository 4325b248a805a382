package rounds_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party/rounds"
)

// lastDays: whoever sleeps until NextDue and ticks comes to the end of 9999 and is
// then told that nothing is due any more, though a debrief is still open.
func lastDays(t *rapid.T) {
	end := time.Date(9999, 12, 31, 23, 59, 59, 999e6, time.UTC)
	zone := time.FixedZone("drawn", 3600*rapid.IntRange(-12, 9).Draw(t, "zone"))
	h := fresh(t, zone, end.Add(-time.Duration(rapid.IntRange(48, 40*24).Draw(t, "hours before"))*time.Hour))
	h.ok(rounds.Enrol{Household: "h", Areas: []rounds.Code{"a"}, Class: "key"})
	today := rounds.DateOf(h.at.In(zone))
	h.ok(rounds.Plan{Plan: "p", Areas: []rounds.Code{"a"}, Classes: []rounds.Code{"key"}, Least: 1, Start: today + 1,
		Every: rapid.SampledFrom([]rounds.Every{"1d", "7d", "1mo"}).Draw(t, "every")})
	hours := rapid.IntRange(10, 20).Draw(t, "hours")
	until := end.Add(-time.Duration(hours)*time.Hour - time.Duration(rapid.SampledFrom([]int{0, 0, 1, 2, 1000}).Draw(t, "ms"))*time.Millisecond)
	h.ok(rounds.Brief{Shift: "s", Squad: "q", Date: rounds.DateOf(until.Add(-time.Hour).In(zone)), From: until.Add(-time.Hour), Until: until, Hours: hours,
		People: []rounds.Code{"w"}, Tasks: []rounds.Task{{Task: "k", Text: "x"}}})
	for {
		due, ok := h.log.NextDue()
		if !ok {
			break
		}
		seq := h.log.Seq()
		h.tick(due.Add(-time.Millisecond))
		require.Equal(t, seq, h.log.Seq())
		h.tick(due)
		require.Greater(t, h.log.Seq(), seq)
	}
	seq := h.log.Seq()
	h.tick(end)
	require.Equal(t, seq, h.log.Seq())
	require.Zero(t, h.log.CountTasks("q", 0, 0).Debriefed)
}

func TestLastDays(t *testing.T) { rapid.Check(t, lastDays) }
func FuzzLastDays(f *testing.F) { f.Fuzz(rapid.MakeFuzz(lastDays)) }
