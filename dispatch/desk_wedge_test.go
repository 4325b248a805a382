package dispatch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
)

// TestLadderOutlivesTheMap: a rung waits for its time, and a new map takes the case's
// grid out of the rung's area. The rung is skipped and the desk ticks on.
func TestLadderOutlivesTheMap(t *testing.T) {
	w := deskStreet(t)
	ladders := []dispatch.Ladder{{Kind: dispatch.OverdueLadder, Rungs: []dispatch.Rung{
		{Party: "street", Percent: 100, Card: dispatch.YellowCard, Area: "S"}, {Party: "desk", Percent: 150, Card: dispatch.RedCard, Area: "S"},
	}}}
	before := w.setup
	before.Policy.Ladders = ladders
	after, err := deskSetup([]grid.Unit{
		{Code: "T", Boundary: deskBox(114, 22.5, 114.02, 22.51)},
		{Code: "G1", Parent: "T", Level: 1, Boundary: deskBox(114, 22.5, 114.01, 22.51)},
		{Code: "G2", Parent: "T", Level: 1, Boundary: deskBox(114.01, 22.5, 114.02, 22.51)},
	}, w.setup.Calendar)
	require.NoError(t, err)
	after.Policy.Ladders = ladders
	d := dispatch.NewDesk()
	deskDo(t, d, w.day(2, 9, 0), dispatch.Install{Setup: before})
	deskDo(t, d, w.day(2, 9, 0), dispatch.File{Event: deskEvent("E1", "waste.missed", deskWest), Straight: true})
	entries := deskTick(t, d, w.day(5, 0, 0))
	require.Contains(t, deskFacts(entries), "ladder_raised")
	deskDo(t, d, w.day(5, 0, 0), dispatch.Install{Setup: after})
	entries = deskTick(t, d, w.day(30, 0, 0))
	require.Contains(t, deskFacts(entries), "rung_skipped")
	require.NotContains(t, deskFacts(entries), "ladder_raised")
	require.Greater(t, deskCase(t, d, "E1").Reviews, int64(5), "the desk looks again every working day")
}

// TestImportedSuspendedLead: a suspended case is brought over with the due of its lead
// instead of what is left of it. The due waits for the case to be resumed.
func TestImportedSuspendedLead(t *testing.T) {
	d := fullDesk(t)
	at := fullDay(2, 9, 0)
	do := dispatch.Import{
		Event: fullEvent("E1", "waste"), Case: "E1", From: "old", State: dispatch.StateSuspended, FiledAt: at.Add(-9 * time.Hour),
		RegisteredAt: at.Add(-8 * time.Hour), DispatchedAt: at.Add(-8 * time.Hour), StartedAt: at.Add(-7 * time.Hour), Generation: 1,
		Clocks: dispatch.Clocks{Handle: at.Add(time.Hour), Stage: at.Add(50 * time.Hour)},
	}
	do.Lead = dispatch.Duty{Party: "squad", Budget: deskBudget("2wd")}
	deskDo(t, d, at, do)
	require.NotContains(t, deskFacts(deskTick(t, d, at.Add(40*time.Hour))), "stage_overdue")
	require.Contains(t, deskFacts(deskTick(t, d, at.Add(60*time.Hour))), "stage_overdue")
	require.Equal(t, dispatch.StateInProgress, deskCase(t, d, "E1").State)
}

// TestImportOfTooMuchTime: what no clock can have left is refused, and not first found
// out when the clock goes on.
func TestImportOfTooMuchTime(t *testing.T) {
	d := fullDesk(t)
	at := fullDay(2, 9, 0)
	for _, left := range []int64{1 << 62, 1<<63 - 1} {
		for _, working := range []bool{false, true} {
			do := dispatch.Import{
				Event: fullEvent("E1", "waste"), Case: "E1", From: "old", State: dispatch.StateSuspended, FiledAt: at.Add(-9 * time.Hour),
				RegisteredAt: at.Add(-8 * time.Hour), DispatchedAt: at.Add(-8 * time.Hour), StartedAt: at.Add(-7 * time.Hour), Generation: 1,
				Clocks: dispatch.Clocks{
					Stage: at.Add(50 * time.Hour), Paused: []dispatch.Paused{{Clock: dispatch.HandleClock, Left: left, Working: working}},
				},
			}
			do.Lead = dispatch.Duty{Party: "squad", Budget: deskBudget("2wd")}
			require.Equal(t, dispatch.RefusedInconsistent, deskRefusal(t, d, at, dispatch.Command{Do: do}))
			do.Left, do.Clocks.Paused = do.Clocks.Paused, nil
			require.Equal(t, dispatch.RefusedInconsistent, deskRefusal(t, d, at, dispatch.Command{Do: do}))
			do.Left, do.Clocks.Span = nil, left
			require.Equal(t, dispatch.RefusedInconsistent, deskRefusal(t, d, at, dispatch.Command{Do: do}))
		}
	}
}

// TestLadderBeyondTheCalendar: where the published years end, the next rung cannot be
// counted in working days. That hinders no command.
func TestLadderBeyondTheCalendar(t *testing.T) {
	w := deskStreet(t)
	setup := fullStreet(t)
	var err error
	setup.Calendar, err = worktime.New(worktime.Config{Zone: w.beijing, FirstYear: 2026, LastYear: 2026})
	require.NoError(t, err)
	d := dispatch.NewDesk()
	at := time.Date(2026, 12, 28, 9, 0, 0, 0, w.beijing)
	deskDo(t, d, at, dispatch.Install{Setup: setup})
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "waste"), Straight: true})
	at = time.Date(2026, 12, 31, 16, 0, 0, 0, w.beijing)
	deskTick(t, d, at)
	require.Equal(t, 5, deskCase(t, d, "E1").Rung, "what is left is three working days after the due")
	deskDo(t, d, at, dispatch.Start{Case: "E1"})
	require.True(t, deskCase(t, d, "E1").Provisional)
	at = time.Date(2027, 1, 14, 10, 0, 0, 0, w.beijing)
	deskTick(t, d, at)
	deskDo(t, d, at, dispatch.Reply{Case: "E1"})
	out, err := d.Decide(at, dispatch.Command{Do: dispatch.Finish{Case: "E1"}})
	require.ErrorIs(t, err, worktime.ErrCalendarHorizon, "the verification has a due of the command itself")
	require.Empty(t, out)
}

// TestFailedInstallLeavesNothing: the rules of an installation that is not taken are not
// at hand afterwards.
func TestFailedInstallLeavesNothing(t *testing.T) {
	d := dispatch.NewDesk()
	at := fullDay(2, 9, 0)
	good := deskDecide(t, d, at, dispatch.Install{Setup: fullStreet(t)}).Entries
	bad := good[0]
	fact := bad.Fact.(dispatch.SetupInstalled)
	fact.Ladders = []dispatch.Ladder{{Kind: "rope"}}
	bad.Fact = fact
	require.ErrorIs(t, d.Apply(bad), dispatch.ErrEntry)
	deskApply(t, d, deskThroughJSON(t, good))
	_, err := d.Decide(at, dispatch.Command{Do: dispatch.File{Event: fullEvent("E1", "waste")}})
	require.ErrorIs(t, err, dispatch.ErrNoSetup)
}

// TestLateBeforeItsDue: what was late in another system is too late to extend, also where
// that system gave a due still to come.
func TestLateBeforeItsDue(t *testing.T) {
	d, at := fullDesk(t), fullDay(2, 9, 0)
	do := dispatch.Import{
		Event: fullEvent("E1", "waste"), Case: "E1", From: "old", State: dispatch.StateInProgress, FiledAt: at.Add(-9 * time.Hour),
		RegisteredAt: at.Add(-8 * time.Hour), DispatchedAt: at.Add(-8 * time.Hour), StartedAt: at.Add(-7 * time.Hour), Generation: 1,
		Late: []dispatch.Clock{dispatch.HandleClock}, Clocks: dispatch.Clocks{Handle: at.Add(50 * time.Hour)},
	}
	do.Lead = dispatch.Duty{Party: "squad", Budget: deskBudget("2wd")}
	deskDo(t, d, at, do)
	require.Equal(t, dispatch.RefusedTooLate, deskRefusal(t, d, at, dispatch.Command{Do: dispatch.Extend{Case: "E1"}}))
}
