package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// forestProperty: merged cases form a forest of depth one, told alike by both sides; the
// earlier T of both is kept; T of the target never comes earlier when a case leaves it,
// and whoever leaves has its own T again; every reporter is answered once in each cycle,
// and nobody waits when a case is closed.
func forestProperty(t *rapid.T) {
	w := newLawWalk(t, false)
	own, answered := map[dispatch.Code]time.Time{}, map[dispatch.Code]bool{}
	w.seen = func(e dispatch.Entry, before, after dispatch.Case) {
		switch f := e.Fact.(type) {
		case dispatch.Merged:
			own[e.Case] = after.DueAt
			into, _ := w.d.Case(f.Into)
			require.True(t, into.State.Open() && into.Into == "", "%s into %s", e.Case, f.Into)
			require.Empty(t, after.Merged)
		case dispatch.MergedIn:
			least := before.DueAt
			if part := own[f.From]; least.IsZero() || !part.IsZero() && part.Before(least) {
				least = part
			}
			require.Equal(t, least, after.DueAt, "T of %s with %s", e.Case, f.From)
		case dispatch.Split:
			require.Equal(t, own[e.Case], after.DueAt, "T of %s alone", e.Case)
		case dispatch.SplitOff:
			require.False(t, !after.DueAt.IsZero() && after.DueAt.Before(before.DueAt), "T of %s came earlier without %s", e.Case, f.From)
		case dispatch.Replied:
			require.False(t, answered[f.Event], "%s is answered twice", f.Event)
			answered[f.Event] = true
		case dispatch.Reopened:
			for _, event := range append(w.events(e.Case), e.Case) {
				delete(answered, event)
			}
		case dispatch.CaseClosed:
			for _, id := range append([]dispatch.Code{e.Case}, after.Merged...) {
				c, _ := w.d.Case(id)
				require.True(t, answered[c.Event.ID] || c.Event.Reporter == "", "%s waits", c.Event.ID)
				for _, r := range c.Reports {
					require.True(t, answered[r.Event] || r.Reporter == "", "%s waits", r.Event)
				}
			}
		}
	}
	w.file(t, "waste", "lamp", "quarrel", "lift")
	w.lead = map[dispatch.State][]string{
		dispatch.StateFiled: {"register", "merge"}, dispatch.StateRegistered: {"dispatch", "merge"}, dispatch.StateDispatched: {"ack", "merge"},
		dispatch.StateAcknowledged: {"start", "merge"}, dispatch.StateInProgress: {"finish", "finish", "suspend", "merge"},
		dispatch.StateVerified: {"reply", "reply", "close", "close"}, dispatch.StateClosed: {"reopen"}, dispatch.StateMerged: {"split", "reply"},
	}
	for range rapid.IntRange(10, 60).Draw(t, "steps") {
		w.step(t, "merge", "split", "attach", "reply", "reply", "resume")
		for c := range w.d.Cases() {
			into, there := w.d.Case(c.Into)
			require.Equal(t, c.State == dispatch.StateMerged, c.Into != "", "%s", c.ID)
			require.False(t, there && !slices.Contains(into.Merged, c.ID), "%s is not of %s", c.ID, c.Into)
			for _, id := range c.Merged {
				part, there := w.d.Case(id)
				require.True(t, !there || part.Into == c.ID, "%s is not of %s", id, c.ID)
			}
		}
	}
}

func TestLawMergedCasesAreAForest(t *testing.T) { rapid.Check(t, forestProperty) }

func FuzzLawForest(f *testing.F) { f.Fuzz(rapid.MakeFuzz(forestProperty)) }

// asIfNeverMergedProperty lets one case live the same life on two desks, on one of which
// others are merged into it and split off again: afterwards T, and whether it has run
// out, is the same on both, whatever stood still, ran out, was reopened or came into
// force meanwhile. T of the others is the same on both all the time.
func asIfNeverMergedProperty(t *rapid.T) {
	w, alone := newLawWalk(t, false), newLawWalk(t, false)
	both := func(do dispatch.Do) {
		alone.now = w.now
		out, _ := w.d.Decide(w.now, dispatch.Command{Do: do})
		other, _ := alone.d.Decide(w.now, dispatch.Command{Do: do})
		if out.Refusal == nil && other.Refusal == nil {
			w.apply(t, out.Entries)
			alone.apply(t, other.Entries)
		}
	}
	event := fullEvent("E1", rapid.SampledFrom([]dispatch.Code{"waste", "lamp", "quarrel"}).Draw(t, "matter"))
	if rapid.Bool().Draw(t, "imposed") {
		event.Due = w.now.Add(60 * time.Hour)
	}
	both(dispatch.File{Event: event})
	parts := []dispatch.Code{"E2", "E3"}
	for _, id := range parts {
		event := fullEvent(id, rapid.SampledFrom([]dispatch.Code{"waste", "quarrel"}).Draw(t, "matter"))
		straight := rapid.Bool().Draw(t, "straight") // T by the budget of the rule, in working time
		if !straight {
			event.Due = w.now.Add(time.Duration(rapid.IntRange(1, 300).Draw(t, "hours")) * time.Hour)
		}
		both(dispatch.File{Event: event, Straight: straight})
		both(dispatch.Reply{Case: id})
	}
	install := func() {
		setup, err := lawSetups()
		require.NoError(t, err)
		both(dispatch.Install{Setup: drawHandCalendar(t, w.now).setup(t, setup)})
	}
	lead := map[dispatch.State][]string{
		dispatch.StateFiled: {"register", "ask_more", "answer"}, dispatch.StateRegistered: {"dispatch"}, dispatch.StateDispatched: {"ack"},
		dispatch.StateAcknowledged: {"start", "suspend"}, dispatch.StateInProgress: {"finish", "suspend"}, dispatch.StateSuspended: {"resume"},
		dispatch.StateDone: {"verify"}, dispatch.StateVerified: {"reply", "close"}, dispatch.StateClosed: {"reopen"},
	}
	for range rapid.IntRange(5, 40).Draw(t, "steps") {
		w.now = w.now.Add(rapid.SampledFrom([]time.Duration{0, time.Hour, 5 * time.Hour, 30 * time.Hour}).Draw(t, "later"))
		if rapid.Bool().Draw(t, "merging") {
			id := rapid.SampledFrom(parts).Draw(t, "part")
			w.try(t, rapid.SampledFrom([]dispatch.Do{dispatch.Merge{Case: id, Into: "E1"}, dispatch.Part{Case: id}}).Draw(t, "do"))
			continue
		}
		w.tick(t)
		alone.now = w.now
		alone.tick(t)
		if rapid.IntRange(0, 4).Draw(t, "new days") == 0 {
			install()
		}
		for _, id := range parts {
			require.Equal(t, deskCase(t, alone.d, id).DueAt, deskCase(t, w.d, id).DueAt, "T of %s", id)
		}
		c, _ := w.d.Case("E1")
		if c.Overdue && !deskCase(t, alone.d, "E1").Overdue {
			// Not stated: T that ran out for another is no clock any more, so nothing of it stands
			// still; and what is left of its own is kept only beside a T that does (Paused.Own).
			// Its own goes on meanwhile, and is earlier than alone by as long as the pause.
			continue
		}
		if verbs := lead[c.State]; verbs != nil {
			verb := rapid.SampledFrom(verbs).Draw(t, "verb")
			both(twinCommand(verb, "E1", "property", w.now))
		}
	}
	for _, id := range parts {
		w.try(t, dispatch.Part{Case: id})
	}
	w.tick(t)
	alone.now = w.now
	alone.tick(t)
	got, want := deskCase(t, w.d, "E1"), deskCase(t, alone.d, "E1")
	if len(got.Merged) == 0 && got.State.Open() && got.State != dispatch.StateRegistered {
		require.Equal(t, []any{want.State, want.DueAt, want.Overdue}, []any{got.State, got.DueAt, got.Overdue})
	}
}

func TestLawSplitIsAsIfNeverMerged(t *testing.T) { rapid.Check(t, asIfNeverMergedProperty) }

func FuzzLawSplit(f *testing.F) { f.Fuzz(rapid.MakeFuzz(asIfNeverMergedProperty)) }

// Defects that the property found: the late T of a merged case hid the earlier one that
// its target got at dispatch; what stood still was lost on splitting; a T that ran out for
// another stayed run out; a reopened case got the T of its old cycle back.
func TestSplitDefects(t *testing.T) {
	at := fullDay(2, 9, 0)
	begin := func(hours int, do ...dispatch.Do) *dispatch.Desk {
		d := fullDesk(t)
		deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "lamp"), Straight: hours > 0}) // 8h
		other := fullEvent("E2", "lamp")
		other.Due = at.Add(time.Duration(max(hours, 20)) * time.Hour)
		if hours > 0 {
			other.Due = at.Add(time.Duration(hours) * time.Hour)
		}
		deskDo(t, d, at, dispatch.File{Event: other})
		deskDo(t, d, at, dispatch.Merge{Case: "E2", Into: "E1"})
		for _, each := range do {
			deskDo(t, d, at, each)
		}
		return d
	}
	ts := func(d *dispatch.Desk) time.Time { return deskCase(t, d, "E1").DueAt }
	d := begin(0, dispatch.Register{Case: "E1"}, dispatch.Dispatch{Case: "E1"})
	require.Equal(t, at.Add(8*time.Hour).UTC(), ts(d), "the earlier of both")

	d = begin(1, dispatch.Ack{Case: "E1"}, dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendReporter, Until: at.Add(40 * time.Hour)})
	deskDo(t, d, at.Add(5*time.Hour), dispatch.Resume{Case: "E1"})
	require.Equal(t, at.Add(6*time.Hour).UTC(), ts(d))
	deskDo(t, d, at.Add(5*time.Hour), dispatch.Part{Case: "E2"})
	require.Equal(t, at.Add(13*time.Hour).UTC(), ts(d), "its own stood still as well")

	d = begin(1, dispatch.Ack{Case: "E1"})
	deskTick(t, d, at.Add(2*time.Hour))
	require.True(t, deskCase(t, d, "E1").Overdue)
	deskDo(t, d, at.Add(2*time.Hour), dispatch.Part{Case: "E2"})
	require.False(t, deskCase(t, d, "E1").Overdue)
	require.Contains(t, deskFacts(deskTick(t, d, at.Add(9*time.Hour))), "total_overdue")

	d = begin(1, dispatch.Reply{Case: "E1"}, dispatch.Reply{Case: "E2"}, dispatch.Ack{Case: "E1"}, dispatch.Start{Case: "E1"},
		dispatch.Finish{Case: "E1"}, dispatch.Verify{Case: "E1"}, dispatch.Close{Case: "E1", Outcome: "settled"})
	for _, do := range []dispatch.Do{dispatch.Reopen{Case: "E1", Reason: "back"}, dispatch.Dispatch{Case: "E1"}, dispatch.Part{Case: "E2"}} {
		deskDo(t, d, at.Add(24*time.Hour), do)
	}
	require.Equal(t, at.Add(32*time.Hour).UTC(), ts(d))

	// Reopened, and not dispatched yet: it has no T, whatever its lead had in the cycle before.
	d = fullDesk(t)
	for _, do := range []dispatch.Do{
		dispatch.File{Event: fullEvent("E1", "lamp"), Straight: true}, dispatch.Ack{Case: "E1"}, dispatch.Start{Case: "E1"}, dispatch.Finish{Case: "E1"},
		dispatch.Verify{Case: "E1"}, dispatch.Reply{Case: "E1"}, dispatch.Close{Case: "E1", Outcome: "settled"}, dispatch.Reopen{Case: "E1", Reason: "back"},
	} {
		deskDo(t, d, at, do)
	}
	other := fullEvent("E2", "lamp")
	other.Due = at.Add(9 * time.Hour)
	for _, do := range []dispatch.Do{dispatch.File{Event: other}, dispatch.Merge{Case: "E2", Into: "E1"}, dispatch.Part{Case: "E2"}} {
		deskDo(t, d, at, do)
	}
	require.Zero(t, ts(d))
	deskDo(t, d, at, dispatch.Dispatch{Case: "E1"})
	require.Equal(t, at.Add(8*time.Hour).UTC(), ts(d))
}

// T of a case merged in, on a Sunday, stands still by the minute and its target's own by
// working time, of which none passes over a weekend: the earlier of both is T afterwards.
func TestResumedTIsTheEarlierOfBoth(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullDesk(t)
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "quarrel"), Straight: true}) // 5wd: Monday 9 March 17:00
	other := fullEvent("E2", "waste")
	other.Due = fullDay(8, 11, 0)
	deskDo(t, d, at, dispatch.File{Event: other})
	deskDo(t, d, at, dispatch.Merge{Case: "E2", Into: "E1"})
	deskDo(t, d, at, dispatch.Ack{Case: "E1"})
	deskDo(t, d, fullDay(6, 19, 0), dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendReporter, Until: fullDay(20, 9, 0)})
	deskDo(t, d, fullDay(8, 2, 0), dispatch.Resume{Case: "E1"})
	require.Equal(t, fullDay(9, 17, 0).UTC(), deskCase(t, d, "E1").DueAt, "40 hours of any time end at 18:00, 8 of working time at 17:00")
	deskDo(t, d, fullDay(8, 2, 0), dispatch.Part{Case: "E2"})
	require.Equal(t, fullDay(9, 17, 0).UTC(), deskCase(t, d, "E1").DueAt)
}
