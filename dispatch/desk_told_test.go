package dispatch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/party"
)

// toldOf does a command and answers who is told of each fact of it.
func toldOf(t require.TestingT, d *dispatch.Desk, at time.Time, do dispatch.Do) map[string][]dispatch.Code {
	since := d.Seq()
	deskDo(t, d, at, do)
	told := map[string][]dispatch.Code{}
	for _, n := range d.Notices(at, since) {
		told[n.Why] = append(told[n.Why], n.To)
	}
	return told
}

// TestWhoseDutyBeginsOrEndsIsTold: who gets work, and who is rid of it, hears of it.
func TestWhoseDutyBeginsOrEndsIsTold(t *testing.T) {
	at := fullDay(2, 9, 0)
	pushed := fullAt(t, at, "gas", dispatch.StateInProgress)
	for _, do := range []dispatch.Do{dispatch.Mend{Case: "E1"}, dispatch.Accept{Case: "E1"}, dispatch.Finish{Case: "E1"}} {
		deskDo(t, pushed, at, do)
	}
	require.ElementsMatch(t, []dispatch.Code{"sanitation", "gasworks"}, toldOf(t, pushed, at, dispatch.Fail{Case: "E1", Reason: "leaks"})["verify_failed"])
	require.ElementsMatch(t, []dispatch.Code{"desk", "sanitation", "urban", "gasworks"}, toldOf(t, pushed, at, dispatch.Withdraw{Case: "E1"})["case_cancelled"])

	moved := fullAt(t, at, "waste", dispatch.StateDispatched)
	require.Equal(t, []dispatch.Code{"squad"}, toldOf(t, moved, at, dispatch.Redirect{Case: "E1", Party: "property", Reason: "slip"})["redirected"])
	deskDo(t, moved, at, dispatch.Return{Case: "E1", Basis: "law", Party: "urban"})
	require.Equal(t, []dispatch.Code{"property"}, toldOf(t, moved, at, dispatch.AcceptReturn{Case: "E1"})["return_accepted"])

	wish := fullAt(t, at, "wish", dispatch.StateOffered)
	deskDo(t, wish, at, fullVerbs("E1", at)["claim"])
	require.ElementsMatch(t, []dispatch.Code{"desk", "who-E1"}, toldOf(t, wish, at, dispatch.Finish{Case: "E1"})["work_done"])

	care := fullAt(t, at, "care", dispatch.StateDispatched)
	ruledFinally(t, care, at, "community")
	require.Empty(t, refusedAs(t, care, at, "com", dispatch.Return{Case: "E1", Basis: dispatch.NotAdmitted}))
	late := deskCase(t, care, "E1").StageDue.Add(time.Millisecond)
	since := care.Seq()
	deskTick(t, care, late)
	var told []dispatch.Code
	for _, n := range care.Notices(late, since) {
		if n.Why == "review_lapsed" {
			told = append(told, n.To)
		}
	}
	require.ElementsMatch(t, []dispatch.Code{"community", "desk"}, told)
}

// TestImportKeepsWhatWorkShowed: a photograph of the rectifier counts in the next system,
// and no longer once its work is found wanting.
func TestImportKeepsWhatWorkShowed(t *testing.T) {
	at := fullDay(2, 9, 0)
	do := dispatch.Import{
		Event: fullEvent("E1", "gas"), From: "old", State: dispatch.StateInProgress, FiledAt: at.Add(-9 * time.Hour), RegisteredAt: at.Add(-8 * time.Hour),
		DispatchedAt: at.Add(-7 * time.Hour), StartedAt: at.Add(-time.Hour), Generation: 1, Push: &dispatch.Push{},
	}
	do.Lead, do.Regulator = dispatch.Duty{Party: "sanitation", Budget: deskBudget("3wd")}, dispatch.Duty{Party: "urban"}
	do.Rectifier, do.Terms = dispatch.Duty{Party: "gasworks", Budget: deskBudget("1wd")}, dispatch.Terms{Evidence: []string{"after"}}
	old := fullDesk(t)
	deskDo(t, old, at, do)
	deskDo(t, old, at, dispatch.Mend{Case: "E1", Evidence: pieces("after")})
	next := fullDesk(t)
	deskDo(t, next, at, dispatch.ImportOf(old, "E1"))
	for _, d := range []*dispatch.Desk{old, next} {
		require.Empty(t, deskCase(t, d, "E1").Wanted)
		deskDo(t, d, at, dispatch.Decline{Case: "E1", Reason: "leaks"})
		require.Equal(t, []string{"after"}, deskCase(t, d, "E1").Wanted)
	}
}

// TestProvedIsOfTheSetupsParties: a list that was proved with other parties is not proved.
func TestProvedIsOfTheSetupsParties(t *testing.T) {
	setup := fullStreet(t)
	setup.Policy.Proved = true
	var err error
	setup.List, err = dispatch.Compile(fullMatters(), []dispatch.Rule{{ID: "all", Role: dispatch.Lead, Matter: dispatch.Any, Area: dispatch.Any, Party: "urban"}},
		setup.Map, setup.Directory, dispatch.Options{})
	require.NoError(t, err)
	require.True(t, setup.List.Prove().OK())
	install := func() *dispatch.Refusal {
		return deskDecide(t, dispatch.NewDesk(), fullDay(2, 9, 0), dispatch.Install{Setup: setup}).Refusal
	}
	require.Nil(t, install())
	plan := fullPlan()
	for i, p := range plan.Parties {
		if p.Code == "urban" {
			plan.Parties[i].During = party.Interval{Until: fullDay(1, 0, 0)}
		}
	}
	setup.Directory, err = party.NewDirectory(setup.Map, plan)
	require.NoError(t, err)
	require.Equal(t, &dispatch.Refusal{Code: "unproved", Args: []string{"1", "directory", "*", "*"}}, install())
	setup.Policy.Proved = false
	require.Nil(t, install())
}

// TestNothingIsDueAfterTheLastInstant: what is due as the year 9999 ends never fires, so
// that a host that ticks at NextDue comes to an end.
func TestNothingIsDueAfterTheLastInstant(t *testing.T) {
	at := time.Date(9999, 12, 31, 20, 0, 0, 0, time.UTC)
	setup := fullStreet(t)
	setup.Policy = dispatch.Policy{
		Register: deskBudget("1h"), Dispatch: deskBudget("1d"), Ack: deskBudget("1d"), Verify: deskBudget("1d"), Close: deskBudget("1d"), Review: deskBudget("1d"),
	}
	d := dispatch.NewDesk()
	deskDo(t, d, at, dispatch.Install{Setup: setup})
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "pipe")})
	ticks := 0
	for next, ok := d.NextDue(); ok; next, ok = d.NextDue() {
		require.Less(t, next.Year(), 10_000)
		require.NotEmpty(t, deskTick(t, d, next))
		ticks++
	}
	require.Equal(t, 1, ticks, "the registration alone falls due before the end")
	require.True(t, deskCase(t, d, "E1").State.Open())
}
