package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// TestImportClimbsOn: a report that nobody registered in time, was asked about in vain and
// reviewed has no time of its own left; the next system climbs the ladder from where the
// old one stood.
func TestImportClimbsOn(t *testing.T) {
	at := fullDay(2, 9, 0)
	setup := twinSetup(t)
	setup.Policy.Ladders = append(setup.Policy.Ladders, fullLadders()[1])
	old, next := dispatch.NewDesk(), dispatch.NewDesk()
	deskDo(t, old, at, dispatch.Install{Setup: setup})
	deskDo(t, next, at, dispatch.Install{Setup: setup})
	deskDo(t, old, at, dispatch.File{Event: fullEvent("E1", "waste")})
	deskDo(t, old, at.Add(5*time.Hour), fullVerbs("E1", at)["ask_more"])
	at = at.Add(40 * time.Hour)
	deskTick(t, old, at)
	want := deskCase(t, old, "E1")
	require.Equal(t, []any{dispatch.StateFiled, int64(1), true}, []any{want.State, want.Reviews, !want.LadderDue.IsZero()})
	deskDo(t, next, at, dispatch.ImportOf(old, "E1"))
	got := deskCase(t, next, "E1")
	require.Equal(t, []any{want.Rung, want.LadderDue, want.ReviewDue, want.Reviews}, []any{got.Rung, got.LadderDue, got.ReviewDue, got.Reviews})
}

// TestImportKeepsWhoStoodIn: work of the duty desk that was never led is the duty desk's
// to do again in the next system, whether or not the import says who stood in.
func TestImportKeepsWhoStoodIn(t *testing.T) {
	at := fullDay(2, 9, 0)
	old := fullAt(t, at, "noise", dispatch.StateRegistered)
	deskDo(t, old, at, dispatch.Finish{Case: "E1"})
	require.True(t, deskCase(t, old, "E1").StoodIn)
	for _, said := range []bool{true, false} {
		do := dispatch.ImportOf(old, "E1")
		do.StoodIn = said
		next := fullDesk(t)
		deskDo(t, next, at, do)
		deskDo(t, next, at, dispatch.Fail{Case: "E1", Reason: "dirty"})
		require.Equal(t, dispatch.Answering{Party: "desk", Interim: true}, deskCase(t, next, "E1").Answers)
	}
}

// TestImportOwesOnlyWhatIsNotShown: what other reports showed counts in the next system
// too, and the end names the standard by which the duty desk worked.
func TestImportOwesOnlyWhatIsNotShown(t *testing.T) {
	at := fullDay(2, 9, 0)
	old := termsDesk(t, pipeStandard)
	event, again := fullEvent("E1", "pipe"), fullEvent("R1", "pipe")
	event.Condition, event.Evidence, again.Evidence = "burst", pieces("before"), pieces("after", "noise")
	for _, do := range []dispatch.Do{
		dispatch.File{Event: event, Straight: true}, dispatch.Ack{Case: "E1"}, dispatch.Start{Case: "E1"}, dispatch.Attach{Case: "E1", Event: again},
	} {
		deskDo(t, old, at, do)
	}
	require.Equal(t, []string{"video"}, deskCase(t, old, "E1").Wanted)
	do := dispatch.ImportOf(old, "E1")
	require.Equal(t, []string{"after", "before", "noise"}, slices.Sorted(slices.Values(do.Shown)))
	do.Shown, do.Event.Evidence = []string{"noise", "after", "after"}, pieces("before")
	next := termsDesk(t, pipeStandard)
	entries := deskDo(t, next, at, do)
	require.Equal(t, []string{"after", "noise"}, entries[0].Fact.(dispatch.CaseImported).Shown)
	require.Equal(t, []string{"video"}, deskCase(t, next, "E1").Wanted)
	do.Shown = []string{""}
	_, err := termsDesk(t).Decide(at, dispatch.Command{Do: do})
	require.ErrorIs(t, err, dispatch.ErrCommand)

	unled := fullAt(t, at, "noise", dispatch.StateRegistered)
	deskDo(t, unled, at, dispatch.Finish{Case: "E1"})
	done := dispatch.ImportOf(unled, "E1")
	done.Terms.Standard = "quiet by night"
	next = fullDesk(t)
	for _, do := range []dispatch.Do{done, dispatch.Verify{Case: "E1"}, dispatch.Reply{Case: "E1"}} {
		deskDo(t, next, at, do)
	}
	require.Equal(t, "quiet by night", deskDo(t, next, at, dispatch.Close{Case: "E1"})[0].Fact.(dispatch.CaseClosed).Standard)
}
