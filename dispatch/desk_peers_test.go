package dispatch_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// Defects that other systems have or had, as cases that pass here.

// A pause is measured on the clock that it stops, not on the wall: a case suspended
// over a weekend gets back the working time that it had left.
func TestPeersPauseIsNotInWallSeconds(t *testing.T) {
	d := fullAt(t, fullDay(6, 9, 0), "waste", dispatch.StateInProgress) // a Friday; 2wd: due on Tuesday at 17:00
	require.Equal(t, fullDay(10, 17, 0).UTC(), deskCase(t, d, "E1").HandleDue)
	deskDo(t, d, fullDay(6, 15, 0), dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendReporter, Until: fullDay(20, 9, 0)})
	c := deskCase(t, d, "E1")
	require.True(t, c.HandleDue.IsZero())
	require.Equal(t, []dispatch.Paused{
		{Clock: dispatch.TotalClock, Left: 18 * 3600_000, Working: true, Setup: 1},
		{Clock: dispatch.HandleClock, Left: 18 * 3600_000, Working: true, Setup: 1},
	}, c.Paused)
	deskDo(t, d, fullDay(9, 9, 0), dispatch.Resume{Case: "E1"}) // Monday
	c = deskCase(t, d, "E1")
	require.Equal(t, fullDay(11, 11, 0).UTC(), c.HandleDue, "two working hours on Friday were not spent")
	require.Equal(t, c.HandleDue, c.DueAt)
	require.Empty(t, c.Paused)
}

// An extension survives a suspension.
func TestPeersExtensionIsNotLostOnResume(t *testing.T) {
	d := fullAt(t, fullDay(2, 9, 0), "lamp", dispatch.StateInProgress) // 8h of any time
	at := fullDay(2, 10, 0)
	deskDo(t, d, at, dispatch.Extend{Case: "E1", Budget: deskBudget("5h")})
	require.Equal(t, fullDay(2, 22, 0).UTC(), deskCase(t, d, "E1").HandleDue)
	deskDo(t, d, at, dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendWeather, Until: fullDay(9, 9, 0)})
	deskDo(t, d, fullDay(3, 10, 0), dispatch.Resume{Case: "E1"})
	c := deskCase(t, d, "E1")
	require.Equal(t, fullDay(3, 22, 0).UTC(), c.HandleDue)
	require.Equal(t, fullDay(2, 17, 0).UTC(), c.DueAt, "T stands still only when the reporter is the cause")
}

// GLPI #15605: changing the calendar forgets no earlier pause; the later due stands.
func TestPeersNewCalendarForgetsNoPause(t *testing.T) {
	w := deskStreet(t)
	d := fullAt(t, fullDay(2, 9, 0), "waste", dispatch.StateInProgress) // due 4 March 17:00
	deskDo(t, d, fullDay(2, 9, 0), dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendReporter, Until: fullDay(20, 9, 0)})
	deskDo(t, d, fullDay(3, 17, 0), dispatch.Resume{Case: "E1"}) // 24 working hours left: 6 March 17:00
	require.Equal(t, fullDay(6, 17, 0).UTC(), deskCase(t, d, "E1").HandleDue)
	day := func(n int, kind worktime.Kind) worktime.Day {
		return worktime.Day{Date: worktime.Date{Year: 2026, Month: 3, Day: n}, Kind: kind}
	}
	calendar := func(days ...worktime.Day) dispatch.Install {
		setup := fullStreet(t)
		var err error
		setup.Calendar, err = worktime.New(worktime.Config{Zone: w.beijing, FirstYear: worktime.YearMin, LastYear: worktime.YearMax, Days: days})
		require.NoError(t, err)
		return dispatch.Install{Setup: setup}
	}
	entries := deskDo(t, d, fullDay(3, 18, 0), calendar(day(5, worktime.Off)))
	require.Equal(t, []string{"setup_installed", "due_revised"}, deskFacts(entries))
	require.Equal(t, dispatch.DueRevised{Clocks: []dispatch.Clock{dispatch.HandleClock, dispatch.TotalClock}}, entries[1].Fact)
	require.Equal(t, fullDay(9, 17, 0).UTC(), deskCase(t, d, "E1").HandleDue)
	entries = deskDo(t, d, fullDay(3, 18, 0), calendar(day(5, worktime.Off), day(7, worktime.Work)))
	require.Equal(t, []string{"setup_installed"}, deskFacts(entries), "an earlier due does not stand")
	require.Equal(t, fullDay(9, 17, 0).UTC(), deskCase(t, d, "E1").HandleDue)
}

// Zammad #5177: time that a case spends closed counts for nobody, and reopening it
// begins a new promise instead of an old breach.
func TestPeersReopenedCaseIsNotLateForItsOldCycle(t *testing.T) {
	d := fullAt(t, fullDay(2, 9, 0), "waste", dispatch.StateClosed)
	at := fullDay(16, 9, 0)
	deskTick(t, d, at)
	deskDo(t, d, at, dispatch.Reopen{Case: "E1", Reason: "back"})
	c := deskCase(t, d, "E1")
	require.True(t, c.DueAt.IsZero())
	require.False(t, c.Overdue)
	require.False(t, c.Replied, "the reporter waits once more")
	deskDo(t, d, at, dispatch.Dispatch{Case: "E1"})
	require.Equal(t, fullDay(18, 17, 0).UTC(), deskCase(t, d, "E1").DueAt)
	require.Equal(t, 2, deskCase(t, d, "E1").Generation)
}

// GoAlert reads the live policy, so that editing it changes alerts under way. Here a
// case climbs the ladder under which it was dispatched.
func TestPeersLadderIsPinnedToTheCase(t *testing.T) {
	d := fullAt(t, fullDay(2, 9, 0), "lamp", dispatch.StateInProgress)
	next, err := fullSetup([]dispatch.Ladder{{Kind: dispatch.OverdueLadder, Rungs: []dispatch.Rung{{Party: "elsewhere", Percent: 1}}}})
	require.NoError(t, err)
	deskDo(t, d, fullDay(2, 10, 0), dispatch.Install{Setup: next})
	deskDo(t, d, fullDay(2, 10, 0), dispatch.File{Event: fullEvent("E2", "lamp"), Straight: true})
	raised := map[dispatch.Code][]dispatch.Code{}
	for _, e := range deskTick(t, d, fullDay(9, 9, 0)) {
		if f, ok := e.Fact.(dispatch.LadderRaised); ok {
			raised[e.Case] = append(raised[e.Case], f.Party)
		}
	}
	require.Equal(t, []dispatch.Code{"foreman", "leader", "district", "desk"}, raised["E1"])
	require.Equal(t, []dispatch.Code{"elsewhere"}, raised["E2"])
}

// GoAlert #4548: a step with nobody on it still waits its delay. Here it is recorded
// and costs no time.
func TestPeersRungWithNobodyCostsNoTime(t *testing.T) {
	d := fullAt(t, fullDay(2, 9, 0), "lamp", dispatch.StateInProgress) // 8h, until 17:00
	type said struct {
		at   time.Time
		fact dispatch.Fact
	}
	var got []said
	for _, e := range deskTick(t, d, fullDay(9, 9, 0)) {
		switch e.Fact.(type) {
		case dispatch.LadderRaised, dispatch.RungSkipped:
			got = append(got, said{e.At, e.Fact})
		}
	}
	at := func(hour, minute int) time.Time { return fullDay(2, hour, minute).Add(time.Millisecond).UTC() }
	require.Equal(t, []said{
		{at(15, 24), dispatch.LadderRaised{Rung: 1, Party: "foreman", Owner: "property"}},
		{at(16, 12), dispatch.RungSkipped{Kind: dispatch.OverdueLadder, Rung: 2, Party: "ghost"}},
		{at(17, 0), dispatch.LadderRaised{Rung: 3, Party: "leader", Card: dispatch.YellowCard, Owner: "property"}},
		{at(21, 0), dispatch.LadderRaised{Rung: 5, Party: "district", Card: dispatch.RedCard, Owner: "property"}},
		{fullDay(5, 17, 0).Add(time.Millisecond).UTC(), dispatch.LadderRaised{Rung: 6, Party: "desk", Owner: "property"}},
	}, got)
	c := deskCase(t, d, "E1")
	require.Equal(t, dispatch.RedCard, c.Card)
	require.Equal(t, int64(1), c.Reviews, "one review each working day after the last rung")
}

// Resgrid lets the newest of two equal run cards win without a word. Here a tie
// names nobody, is recorded with both rules, and goes to the dispute ladder.
func TestPeersTieIsNotSilent(t *testing.T) {
	d := fullDesk(t)
	entries := deskDo(t, d, fullDay(2, 9, 0), dispatch.File{Event: fullEvent("E1", "noise"), Straight: true})
	require.Equal(t, []string{"case_filed", "case_registered", "owner_unclear", "dispute_opened"}, deskFacts(entries))
	c := deskCase(t, d, "E1")
	require.Equal(t, []dispatch.Code{"R14", "R15"}, c.Tie)
	require.Equal(t, dispatch.Answering{Party: "desk", Interim: true}, c.Answers)
	deskDo(t, d, fullDay(2, 9, 0), dispatch.Judge{Case: "E1", Party: "urban", Basis: "duty list"})
	c = deskCase(t, d, "E1")
	require.Equal(t, dispatch.Answering{Party: "urban"}, c.Answers)
	require.Equal(t, fullDay(4, 17, 0).UTC(), c.DueAt, "T counts from filing, with the time of the rules that tied")
	for p := range d.Proposals() {
		require.Equal(t, dispatch.Rule{Role: dispatch.Lead, Matter: "noise", Area: "G1", Party: "urban", Basis: "ruling on case E1"}, p.Rule())
		require.Equal(t, dispatch.Code("offices"), p.Body)
	}
}

// DIGIT's escalation looks at the first page of late cases only, and what it skips there
// blocks those behind for ever. Here a thousand cases that nobody leads, first by every
// order, keep no case behind them from its rungs.
func TestPeersNoCaseWaitsBehindAPage(t *testing.T) {
	d := fullDesk(t)
	at := fullDay(2, 9, 0)
	for i := range 1000 {
		deskDo(t, d, at, dispatch.File{Event: fullEvent(dispatch.Code(fmt.Sprintf("A%03d", i)), "tree")})
	}
	at = at.Add(time.Minute)
	deskDo(t, d, at, dispatch.File{Event: fullEvent("Z1", "waste"), Straight: true})
	got := map[dispatch.Code]map[int]int{}
	for _, e := range deskTick(t, d, at.AddDate(0, 0, 14)) {
		if f, ok := e.Fact.(dispatch.LadderRaised); ok {
			if got[e.Case] == nil {
				got[e.Case] = map[int]int{}
			}
			got[e.Case][f.Rung]++
		}
	}
	require.Equal(t, map[int]int{1: 1, 3: 1, 5: 1, 6: 1}, got["Z1"], "each rung that is for somebody there, once")
	require.Len(t, got, 1001)
	require.Equal(t, map[int]int{1: 1, 3: 1, 5: 1, 6: 1}, got["A999"], "nobody's cases climb, too")
}

// pausesProperty: whatever the pauses, the working time from the dispatch to the due
// less the working time that stood still is the budget. The time is counted minute by
// minute.
func pausesProperty(t *rapid.T) {
	d := fullAt(t, fullDay(2, 9, 0), "waste", dispatch.StateInProgress)
	now := fullDay(2, 9, 0).Add(time.Duration(rapid.IntRange(0, 2*24*60).Draw(t, "first")) * time.Minute)
	out := deskDecide(t, d, now, dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendWeather, Until: now.AddDate(0, 0, 60)})
	deskApply(t, d, out.Entries)
	from := now
	if out.Refusal != nil || deskCase(t, d, "E1").HandleDue.After(fullDay(1, 0, 0)) {
		return // it was late already
	}
	now = now.Add(time.Duration(rapid.IntRange(0, 20*24*60).Draw(t, "pause")) * time.Minute)
	deskDo(t, d, now, dispatch.Resume{Case: "E1"})
	require.Equal(t, workingMinutes(fullDay(2, 9, 0), fullDay(4, 17, 0)),
		workingMinutes(fullDay(2, 9, 0), deskCase(t, d, "E1").HandleDue)-workingMinutes(from, now))
}

func workingMinutes(from, until time.Time) int {
	n := 0
	zone := time.FixedZone("CST", 8*60*60)
	for at := from; at.Before(until); at = at.Add(time.Minute) {
		local := at.In(zone)
		if day := local.Weekday(); day != time.Saturday && day != time.Sunday && local.Hour() >= 9 && local.Hour() < 17 {
			n++
		}
	}
	return n
}

func TestPausesAreCountedByTheClockThatStops(t *testing.T) { rapid.Check(t, pausesProperty) }

func FuzzPauses(f *testing.F) { f.Fuzz(rapid.MakeFuzz(pausesProperty)) }
