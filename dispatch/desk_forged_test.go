package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// forgedProperty puts other dues, pauses and lengths into entries of a journal. Whatever
// the desk takes, it still ticks and answers every verb, and takes what comes of that;
// what it does not take leaves nothing behind.
func forgedProperty(t *rapid.T) {
	_, all := fullJournal(t)
	d := dispatch.NewDesk(fullStreet(t))
	deskApply(t, d, all[:rapid.IntRange(1, len(all)-1).Draw(t, "good")])
	at := fullDay(40, 9, 0)
	for range rapid.IntRange(1, 3).Draw(t, "forged") {
		e := rapid.SampledFrom(all).Draw(t, "entry")
		if ids := deskIDs(d); e.Case != "" && len(ids) > 0 && rapid.Bool().Draw(t, "elsewhere") {
			e.Case = rapid.SampledFrom(ids).Draw(t, "case")
		}
		e.Seq, e.At, e.Key, e.Sum = d.Seq()+1, at, dispatch.Sum{}, dispatch.Sum{}
		forge(t, &e.Clocks, at)
		hash := d.Hash()
		if d.Apply(e) != nil {
			require.Equal(t, hash, d.Hash())
		}
	}
	for _, days := range []int{1, 60, 600} {
		now := at.AddDate(0, 0, days)
		deskTick(t, d, now)
		if next, ok := d.NextDue(); ok {
			require.True(t, next.After(now))
		}
		for _, id := range deskIDs(d) {
			verbs := fullVerbs(id, now)
			for _, v := range dispatch.Verbs() {
				if do, ok := verbs[v.Name]; ok {
					if out, err := d.Decide(now, dispatch.Command{Do: do}); err == nil && rapid.IntRange(0, 20).Draw(t, "do") == 0 {
						deskApply(t, d, out.Entries)
					}
				}
			}
		}
	}
}

func deskIDs(d *dispatch.Desk) []dispatch.Code {
	var ids []dispatch.Code
	for c := range d.Cases() {
		ids = append(ids, c.ID)
	}
	return ids
}

// forge changes some dues, what is left of a clock, and a length.
func forge(t *rapid.T, clocks *dispatch.Clocks, at time.Time) {
	dues := []time.Time{
		{}, time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999e6, time.UTC), at.Add(-70 * time.Hour), at.Add(70 * time.Hour),
	}
	for _, due := range []*time.Time{
		&clocks.Total, &clocks.Handle, &clocks.Stage, &clocks.Review, &clocks.Note, &clocks.Rectify, &clocks.Ladder, &clocks.Archive,
	} {
		if rapid.IntRange(0, 2).Draw(t, "other due") == 0 {
			*due = rapid.SampledFrom(dues).Draw(t, "due")
		}
	}
	lengths := rapid.SampledFrom([]int64{-5, 77, 1 << 48, 1 << 62, 1<<63 - 1})
	if rapid.IntRange(0, 3).Draw(t, "other span") == 0 {
		clocks.Span = lengths.Draw(t, "span")
	}
	if rapid.IntRange(0, 3).Draw(t, "pause") == 0 {
		clocks.Paused = append(slices.Clip(clocks.Paused), dispatch.Paused{
			Clock: rapid.SampledFrom(dispatch.AllClocks()).Draw(t, "clock"), Left: lengths.Draw(t, "left"), Working: rapid.Bool().Draw(t, "working"),
		})
	}
}

func TestDeskForgedClocks(t *testing.T) { rapid.Check(t, forgedProperty) }

func FuzzDeskForgedClocks(f *testing.F) { f.Fuzz(rapid.MakeFuzz(forgedProperty)) }
