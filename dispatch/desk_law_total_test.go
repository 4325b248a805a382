package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// lawTotal is T of one case in one cycle, kept in intervals.
type lawTotal struct {
	cycle           int
	since           time.Time     // from where T counts; zero before it is set
	whole           time.Duration // its length, as its clock counts it
	working         bool
	running, paused time.Duration // wall time so far
	still           time.Duration // of paused, what its clock would have counted
	at              time.Time     // of the latest entry
	held            bool          // it stands still since then
	latest          time.Time     // the latest due of T
}

func (l *lawTotal) count(a, b time.Time) time.Duration {
	if l.working {
		return workingTime(a, b)
	}
	return b.Sub(a)
}

// totalProperty: once T of a case is set, it runs or stands still at every instant until
// the case ends, so that both sum to the time on the wall; its due is where its length
// and what stood still end, to the millisecond; it is never set anew in the cycle and
// never comes earlier.
func totalProperty(t *rapid.T) {
	w := newLawWalk(t, false)
	ledger := map[dispatch.Code]*lawTotal{}
	w.seen = func(e dispatch.Entry, before, after dispatch.Case) {
		l := ledger[e.Case]
		if l == nil || l.cycle != after.Cycle {
			l = &lawTotal{cycle: after.Cycle, since: after.FiledAt}
			if after.Cycle > 0 {
				l.since = e.At
			}
			ledger[e.Case] = l
		}
		if !after.State.Open() {
			return
		}
		i := slices.IndexFunc(after.Paused, func(p dispatch.Paused) bool { return p.Clock == dispatch.TotalClock })
		if l.at.IsZero() {
			if after.DueAt.IsZero() {
				return // T is not set yet
			}
			l.working = !(w.imposed[e.Case] && after.Cycle == 0) && after.Event.Matter != "lamp"
			l.whole = l.count(l.since, after.DueAt)
			l.running = e.At.Sub(l.since)
			l.at, l.latest = e.At, after.DueAt
			if budget := map[dispatch.Code]int{"waste": 16, "lamp": 8, "gas": 24, "wish": 24, "snow": 4}[after.Event.Matter]; l.working || !w.imposed[e.Case] {
				require.GreaterOrEqual(t, l.whole, time.Duration(budget)*time.Hour)
			}
			return
		}
		if step := e.At.Sub(l.at); l.held {
			l.paused += step
			l.still += l.count(l.at, e.At)
		} else {
			l.running += step
		}
		l.at, l.held = e.At, i >= 0
		require.Equal(t, e.At.Sub(l.since), l.running+l.paused)
		require.NotEqual(t, l.held, !after.DueAt.IsZero(), "T of %s neither runs nor stands still after %s", e.Case, dispatch.FactName(e.Fact))
		if l.held {
			left := time.Duration(after.Paused[i].Left) * time.Millisecond
			require.Equal(t, l.whole, l.count(l.since, e.At)-l.still+left)
			require.Equal(t, l.working, after.Paused[i].Working)
			return
		}
		require.Equal(t, l.whole, l.count(l.since, after.DueAt)-l.still, "T of %s after %s", e.Case, dispatch.FactName(e.Fact))
		require.False(t, after.DueAt.Before(l.latest), "T of %s came earlier", e.Case)
		l.latest = after.DueAt
	}
	w.file(t, "waste", "lamp", "gas", "wish", "noise")
	for range rapid.IntRange(10, 60).Draw(t, "steps") {
		w.step(t, "suspend", "suspend", "ask_more", "extend", "redirect", "answer", "resume")
	}
}

func TestLawTotalRunsOrStandsStill(t *testing.T) { rapid.Check(t, totalProperty) }

func FuzzLawTotal(f *testing.F) { f.Fuzz(rapid.MakeFuzz(totalProperty)) }
