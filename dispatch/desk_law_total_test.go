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
	left            time.Duration // of T, as its clock counts it; negative once it has run out
	working         bool
	running, paused time.Duration  // wall time so far
	at              time.Time      // of the latest entry
	held            bool           // it stands still since then
	wall            bool           // while it stands still every minute of it counts
	latest          time.Time      // the latest due of T
	known           []handCalendar // in force since it stands still
}

func (l *lawTotal) count(h handCalendar, a, b time.Time) time.Duration {
	if l.working {
		return h.between(a, b)
	}
	return b.Sub(a)
}

// until lets time pass up to an instant.
func (l *lawTotal) until(h handCalendar, at time.Time) {
	if step := at.Sub(l.at); l.held {
		l.paused += step
	} else {
		l.running += step
		l.left -= l.count(h, l.at, at)
	}
	l.at = at
}

// hold is T that begins to stand still: a due that no working time reaches, since a new
// calendar left it where it was, is counted by every minute.
func (l *lawTotal) hold(h handCalendar, due time.Time) {
	l.known = []handCalendar{h}
	l.wall = l.working && h.add(l.at, l.left).Before(due)
	if l.wall {
		l.left = due.Sub(l.at)
	}
}

// goOn is T that stood still and runs again: what is left of it, counted on each calendar
// that was in force meanwhile, of which the latest due stands.
func (l *lawTotal) goOn(h handCalendar) {
	due := l.at.Add(l.left)
	if l.working && !l.wall {
		due = l.at
		for _, each := range l.known {
			if at := each.add(l.at, l.left); at.After(due) {
				due = at
			}
		}
	}
	l.left = l.count(h, l.at, due)
}

// totalWalk is a walk on which new calendars come into force.
type totalWalk struct {
	*lawWalk
	calendar handCalendar
	ledger   map[dispatch.Code]*lawTotal
}

// totalProperty: once T of a case is set, it runs or stands still at every instant until
// the case ends, so that both sum to the time on the wall; its due is where its length
// and what stood still end, to the millisecond; it is never set anew in the cycle and
// never comes earlier. A new calendar counts what is left of it, and the later due stands,
// of T that stands still when it goes on.
func totalProperty(t *rapid.T) {
	w := totalWalk{newLawWalk(t, false), handCalendar{}, map[dispatch.Code]*lawTotal{}}
	w.seen = func(e dispatch.Entry, before, after dispatch.Case) { w.look(t, e, before, after) }
	w.file(t, "waste", "lamp", "gas", "wish", "noise")
	for range rapid.IntRange(10, 60).Draw(t, "steps") {
		rarely := 7
		for _, l := range w.ledger {
			if l.held {
				rarely = 2 // where the most can go wrong
			}
		}
		if rapid.IntRange(0, rarely).Draw(t, "new days") == 0 {
			w.install(t)
		}
		w.step(t, "suspend", "suspend", "ask_more", "extend", "redirect", "answer", "resume")
	}
}

// look keeps the ledger of one case.
func (w *totalWalk) look(t *rapid.T, e dispatch.Entry, before, after dispatch.Case) {
	l := w.ledger[e.Case]
	if l == nil || l.cycle != after.Cycle {
		l = &lawTotal{cycle: after.Cycle, since: after.FiledAt}
		if after.Cycle > 0 {
			l.since = e.At
		}
		w.ledger[e.Case] = l
	}
	if !after.State.Open() {
		return
	}
	if _, revised := e.Fact.(dispatch.DueRevised); revised {
		return // install looks at all of them
	}
	if l.at.IsZero() {
		if after.DueAt.IsZero() {
			return // T is not set yet
		}
		l.working = !(w.imposed[e.Case] && after.Cycle == 0) && after.Event.Matter != "lamp"
		l.left = l.count(w.calendar, e.At, after.DueAt)
		l.running = e.At.Sub(l.since)
		l.at, l.latest = e.At, after.DueAt
		if budget := map[dispatch.Code]int{"waste": 16, "lamp": 8, "gas": 24, "wish": 24, "snow": 4}[after.Event.Matter]; l.working || !w.imposed[e.Case] {
			require.GreaterOrEqual(t, l.count(w.calendar, l.since, after.DueAt), time.Duration(budget)*time.Hour)
		}
		return
	}
	l.until(w.calendar, e.At)
	i := slices.IndexFunc(after.Paused, func(p dispatch.Paused) bool { return p.Clock == dispatch.TotalClock })
	switch {
	case i >= 0 && !l.held:
		l.hold(w.calendar, before.DueAt)
	case i < 0 && l.held:
		l.goOn(w.calendar)
	}
	l.held = i >= 0
	require.Equal(t, e.At.Sub(l.since), l.running+l.paused)
	require.NotEqual(t, l.held, !after.DueAt.IsZero(), "T of %s neither runs nor stands still after %s", e.Case, dispatch.FactName(e.Fact))
	if l.held {
		require.Equal(t, l.left, time.Duration(after.Paused[i].Left)*time.Millisecond)
		require.Equal(t, l.working && !l.wall, after.Paused[i].Working)
		return
	}
	require.Equal(t, l.left, l.count(w.calendar, e.At, after.DueAt), "T of %s after %s", e.Case, dispatch.FactName(e.Fact))
	require.False(t, after.DueAt.Before(l.latest), "T of %s came earlier", e.Case)
	l.latest = after.DueAt
}

// install puts a new calendar in force and looks at T of every open case.
func (w *totalWalk) install(t *rapid.T) {
	setup, err := lawSetups()
	require.NoError(t, err)
	w.tick(t)
	next := drawHandCalendar(t, w.now)
	out := deskDecide(t, w.d, w.now, dispatch.Install{Setup: next.setup(t, setup)})
	want := map[dispatch.Code]time.Time{}
	for c := range w.d.Open() {
		l := w.ledger[c.ID]
		if l == nil || l.at.IsZero() {
			continue
		}
		l.until(w.calendar, w.now)
		if l.held {
			l.known = append(l.known, next)
			continue
		}
		want[c.ID] = c.DueAt
		if due := next.add(w.now, l.left); l.working && !c.DueAt.Before(w.now) && due.After(c.DueAt) {
			want[c.ID] = due.UTC()
		}
		l.left = l.count(next, w.now, want[c.ID])
	}
	w.calendar = next
	w.apply(t, out.Entries)
	for id, due := range want {
		require.Equal(t, due, deskCase(t, w.d, id).DueAt, "T of %s on the new calendar", id)
		w.ledger[id].latest = due
	}
}

func TestLawTotalRunsOrStandsStill(t *testing.T) { rapid.Check(t, totalProperty) }

func FuzzLawTotal(f *testing.F) { f.Fuzz(rapid.MakeFuzz(totalProperty)) }
