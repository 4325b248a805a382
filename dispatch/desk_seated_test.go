package dispatch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/party"
)

// belowStreet is the test world with people below the bodies that rule and below the duty
// desk, and one who stands in for a post of a body.
func belowStreet(t require.TestingT) dispatch.Setup {
	setup := fullStreet(t)
	plan := fullPlan()
	from := party.Interval{From: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}
	plan.Parties = append(plan.Parties, party.Party{Code: "patrol", Parent: "bureau"}, party.Party{Code: "runners", Parent: "desk"}, party.Party{Code: "inpatrol", Parent: "industry"})
	for _, p := range [][3]party.Code{
		{"young", "patrol-post", "patrol"}, {"errand", "runner-post", "runners"}, {"sub", "inpatrol-post", "inpatrol"},
	} {
		plan.People = append(plan.People, party.Person{Code: p[0]})
		plan.Posts = append(plan.Posts, party.Post{Code: p[1], Party: p[2]})
		plan.Appointments = append(plan.Appointments, party.Appointment{Person: p[0], Post: p[1], During: from})
	}
	var err error
	setup.Directory, err = party.NewDirectory(setup.Map, plan)
	require.NoError(t, err)
	setup.List, err = dispatch.Compile(fullMatters(), fullRules(), setup.Map, setup.Directory, dispatch.Options{})
	require.NoError(t, err)
	return setup
}

// TestNobodyBelowRules: to rule, to decide on admissions and to run the desk is for the
// posts of the party itself; whoever serves a party below it may not, though the work of
// a lead may be done by those below it.
func TestNobodyBelowRules(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := dispatch.NewDesk()
	deskDo(t, d, at, dispatch.Install{Setup: belowStreet(t)})
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "waste"), Straight: true})
	deskDo(t, d, at, dispatch.Dispute{Case: "E1", Basis: "law", NewFacts: true})
	body := deskCase(t, d, "E1").Contention.Body
	require.Equal(t, dispatch.Code("industry"), body)
	may := func(actor dispatch.Actor, do dispatch.Do) string {
		return deskRefusal(t, d, at, dispatch.Command{Actor: actor, Do: do})
	}
	for _, do := range []dispatch.Do{dispatch.Judge{Case: "E1", Party: "urban", Basis: "law"}, dispatch.JudgeNone{Case: "E1", Basis: "law", Redress: "court"}} {
		for actor, want := range map[dispatch.Actor]string{
			{Person: "sub"}: "not_entitled", {Person: "sub", Post: "inpatrol-post"}: "not_entitled", {Post: "inpatrol-post"}: "not_entitled",
			{Person: "sub", Post: "ind-post"}: "not_entitled", {Person: "young"}: "not_entitled", {Person: "nobody"}: "not_entitled",
			{Person: "ind"}: "", {Person: "ind", Post: "ind-post"}: "", {Post: "ind-post"}: "", {}: "",
		} {
			require.Equal(t, want, may(actor, do), "%v %T", actor, do)
		}
	}
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E2", "lamp")})
	for _, do := range []dispatch.Do{
		dispatch.Register{Case: "E2"}, dispatch.Admit{Mandate: dispatch.Mandate{ID: "M1", Matter: "care", Applicant: "urban", Community: "community", Approver: "street"}},
	} {
		require.Equal(t, "not_entitled", may(dispatch.Actor{Person: "errand"}, do), "%T", do)
		require.Empty(t, may(dispatch.Actor{Person: "wang"}, do), "%T", do)
	}
}

// TestAppealWhileItsTimeRuns: acknowledged in silence, or begun, the case may be appealed
// as long as the ruling says.
func TestAppealWhileItsTimeRuns(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullAt(t, at, "waste", dispatch.StateDispatched)
	deskDo(t, d, at, dispatch.Dispute{Case: "E1", Basis: "law", NewFacts: true})
	deskDo(t, d, at, dispatch.Judge{Case: "E1", Party: "property", Basis: "law"})
	next := fullDay(3, 9, 0)
	deskTick(t, d, next)
	c := deskCase(t, d, "E1")
	require.Equal(t, []any{dispatch.StateAcknowledged, true, true}, []any{c.State, c.AckDeemed, c.Contention.AppealUntil.After(next)})
	deskDo(t, d, next, dispatch.Start{Case: "E1"})
	late := deskCase(t, d, "E1").Contention.AppealUntil.Add(time.Millisecond)
	require.Equal(t, "too_late", deskRefusal(t, d, late, dispatch.Command{Do: dispatch.Appeal{Case: "E1", Basis: "law"}}))
	deskDo(t, d, next, dispatch.Appeal{Case: "E1", Basis: "law"})
	require.Equal(t, []any{dispatch.StateDisputed, 2}, []any{deskCase(t, d, "E1").State, deskCase(t, d, "E1").Contention.Level})
}

// TestClosingSaysNothingElse: whoever closes a case cannot say otherwise what its reporters
// said; a reporter of a case that was merged is called back there.
func TestClosingSaysNothingElse(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullAt(t, at, "waste", dispatch.StateDone)
	deskDo(t, d, at, dispatch.Verify{Case: "E1"})
	deskDo(t, d, at, dispatch.CallBack{Case: "E1", Answer: dispatch.CallUnsatisfied})
	deskDo(t, d, at, dispatch.Reply{Case: "E1"})
	out := deskDecide(t, d, at, dispatch.Close{Case: "E1", Satisfied: dispatch.SatisfiedYes})
	require.Equal(t, &dispatch.Refusal{Code: "answered", Args: []string{"E1", "E1"}}, out.Refusal)
	for _, said := range []dispatch.Satisfied{"", dispatch.SatisfiedNo} {
		require.Nil(t, deskDecide(t, d, at, dispatch.Close{Case: "E1", Satisfied: said}).Refusal)
	}

	deskDo(t, d, at, dispatch.File{Event: fullEvent("E2", "lamp")})
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E3", "lamp")})
	deskDo(t, d, at, dispatch.Merge{Case: "E3", Into: "E2"})
	deskDo(t, d, at, dispatch.CallBack{Case: "E3", Answer: dispatch.CallSatisfied})
	require.Equal(t, []dispatch.Satisfied{"yes", ""}, []dispatch.Satisfied{deskCase(t, d, "E3").Satisfied, deskCase(t, d, "E2").Satisfied})
}
