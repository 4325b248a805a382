package dispatch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

func TestEveryReporterIsAnsweredOnce(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullAt(t, at, "waste", dispatch.StateDispatched)
	deskDo(t, d, at, dispatch.Attach{Case: "E1", Event: fullEvent("E2", "waste")})
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E3", "waste"), Straight: true})
	require.Equal(t, "event_exists", refusedAs(t, d, at, "", dispatch.Attach{Case: "E1", Event: fullEvent("E3", "waste")}))
	require.Equal(t, "event_exists", refusedAs(t, d, at, "", dispatch.File{Event: fullEvent("E2", "waste"), Case: "C9"}))
	deskDo(t, d, at, dispatch.Merge{Case: "E3", Into: "E1"})
	require.Equal(t, "not_sole", refusedAs(t, d, at, "who-E1", dispatch.Withdraw{Case: "E1"}))
	for _, do := range fullWay(dispatch.StateVerified)[2:] {
		deskDo(t, d, at, do)
	}
	finish := dispatch.Close{Case: "E1", Outcome: "solved"}
	for _, step := range []struct {
		do   dispatch.Do
		want string
	}{
		{finish, "unanswered"}, {dispatch.Reply{Case: "E1"}, ""}, {dispatch.Reply{Case: "E1"}, "answered"},
		{finish, "unanswered"}, {dispatch.Reply{Case: "E1", Event: "E9"}, "unknown_event"}, {dispatch.Reply{Case: "E1", Event: "E2"}, ""},
		{finish, "unanswered"}, {dispatch.Reply{Case: "E3"}, ""}, {dispatch.CallBack{Case: "E1", Event: "E2", Answer: dispatch.CallUnsatisfied}, ""},
		{finish, ""},
	} {
		require.Equal(t, step.want, refusedAs(t, d, at, "", step.do), "%v", step.do)
	}
	c := deskCase(t, d, "E1")
	require.True(t, c.Replied)
	require.Equal(t, dispatch.SatisfiedNo, c.Satisfied)
	require.Equal(t, []dispatch.Report{{Event: "E2", Reporter: "who-E2", External: "X-E2", Channel: "12345", At: at.UTC(), Replied: true, Said: dispatch.SatisfiedNo}}, c.Reports)
	require.Equal(t, []dispatch.Code{"E3"}, c.Merged)
}

// Merging takes the earlier T, splitting gives both their own again; the forest is
// of depth one.
func TestMergeAndSplitRestoreT(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullAt(t, at, "waste", dispatch.StateDispatched) // E1: 4 March 17:00
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E2", "lamp"), Straight: true})
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E3", "quarrel"), Straight: true})
	far := fullEvent("E4", "quarrel")
	far.Area = "G2"
	deskDo(t, d, at, dispatch.File{Event: far, Straight: true})
	ts := func(id dispatch.Code) time.Time { return deskCase(t, d, id).DueAt }
	one, two, three := ts("E1"), ts("E2"), ts("E3")
	require.Equal(t, "same_case", refusedAs(t, d, at, "", dispatch.Merge{Case: "E1", Into: "E1"}))
	require.Equal(t, "target", refusedAs(t, d, at, "", dispatch.Merge{Case: "E1", Into: "E9"}))
	require.Equal(t, "target", refusedAs(t, d, at, "", dispatch.Merge{Case: "E1", Into: "E4"}), "another area and another lead")
	deskDo(t, d, at, dispatch.Merge{Case: "E1", Into: "E3"})
	require.Equal(t, one, ts("E3"))
	deskDo(t, d, at, dispatch.Merge{Case: "E2", Into: "E3"})
	require.Equal(t, two, ts("E3"), "the earliest of all")
	require.Equal(t, "merged_in", refusedAs(t, d, at, "", dispatch.Merge{Case: "E3", Into: "E4"}))
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E5", "quarrel"), Straight: true})
	require.Equal(t, "target", refusedAs(t, d, at, "", dispatch.Merge{Case: "E5", Into: "E1"}), "a merged case is nobody's target")
	deskDo(t, d, at, dispatch.Part{Case: "E2"})
	require.Equal(t, one, ts("E3"))
	require.Equal(t, two, ts("E2"))
	deskDo(t, d, at, dispatch.Part{Case: "E1"})
	require.Equal(t, three, ts("E3"))
	require.Equal(t, one, ts("E1"))
	require.Empty(t, deskCase(t, d, "E3").Merged)
	require.Equal(t, dispatch.StateRegistered, deskCase(t, d, "E1").State)
}

func TestMediationHasItsOwnOutcomes(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullAt(t, at, "quarrel", dispatch.StateVerified)
	deskDo(t, d, at, dispatch.Reply{Case: "E1"})
	require.Equal(t, "outcome", refusedAs(t, d, at, "", dispatch.Close{Case: "E1", Outcome: "solved"}))
	for _, outcome := range dispatch.MediationOutcomes() {
		require.Empty(t, deskRefusal(t, d, at, dispatch.Command{Do: dispatch.Close{Case: "E1", Outcome: outcome}}))
	}
}

func TestWithdrawIsForTheSoleReporter(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullAt(t, at, "waste", dispatch.StateDispatched)
	require.Equal(t, "not_entitled", refusedAs(t, d, at, "li", dispatch.Withdraw{Case: "E1"}))
	require.Equal(t, "not_entitled", refusedAs(t, d, at, "wang", dispatch.Withdraw{Case: "E1"}), "not even the desk")
	require.Equal(t, "", refusedAs(t, d, at, "who-E1", dispatch.Withdraw{Case: "E1"}))
	d = fullAt(t, at, "lift", dispatch.StateDispatched)
	require.Equal(t, "safety", refusedAs(t, d, at, "who-E1", dispatch.Withdraw{Case: "E1"}))
}

func TestArchivedCaseLeavesMemoryAndItsIdStays(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullAt(t, at, "waste", dispatch.StateRejected)
	until := fullDay(23, 17, 0) // fifteen working days
	require.Equal(t, "too_early", refusedAs(t, d, until, "", dispatch.Archive{Case: "E1"}))
	require.Equal(t, "", deskRefusal(t, d, until, dispatch.Command{Do: dispatch.Reopen{Case: "E1", Reason: "back"}}))
	late := until.Add(time.Millisecond)
	require.Equal(t, "too_late", refusedAs(t, d, late, "", dispatch.Reopen{Case: "E1", Reason: "back"}))
	hash := d.Hash()
	require.Equal(t, "", refusedAs(t, d, late, "", dispatch.Archive{Case: "E1"}))
	require.NotEqual(t, hash, d.Hash())
	_, there := d.Case("E1")
	require.False(t, there)
	require.Equal(t, []int{0, 1, 0}, []int{d.Len(), d.ArchivedLen(), d.OpenLen()})
	require.Equal(t, "case_exists", refusedAs(t, d, late, "", dispatch.File{Event: fullEvent("E7", "waste"), Case: "E1"}))
	require.Equal(t, "event_exists", refusedAs(t, d, late, "", dispatch.File{Event: fullEvent("E1", "waste"), Case: "C1"}))
	require.Equal(t, "archived", refusedAs(t, d, late, "", dispatch.Reply{Case: "E1"}))
	out := deskDecide(t, d, late, dispatch.File{Event: fullEvent("E1", "waste"), Link: "E9"})
	require.Equal(t, &dispatch.Refusal{Code: "unknown_case", Args: []string{"E9"}}, out.Refusal, "before event_exists")
	require.Equal(t, "", refusedAs(t, d, late, "", dispatch.File{Event: fullEvent("E7", "waste"), Link: "E1"}))
	require.Equal(t, "", refusedAs(t, d, late, "", dispatch.File{Event: fullEvent("E8", "waste"), Link: "E7"}))
}

func TestExtensionsNeedHigherApproval(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullAt(t, at, "waste", dispatch.StateInProgress)
	more := dispatch.Extend{Case: "E1"}
	require.Equal(t, "not_entitled", refusedAs(t, d, at, "li", more), "the lead does not extend its own time")
	require.Equal(t, "over_limit", refusedAs(t, d, at, "approver", dispatch.Extend{Case: "E1", Budget: deskBudget("3wd")}))
	require.Equal(t, "over_limit", refusedAs(t, d, at, "approver", dispatch.Extend{Case: "E1", Budget: deskBudget("2h")}))
	require.Equal(t, "", refusedAs(t, d, at, "approver", more))
	require.Equal(t, "not_entitled", refusedAs(t, d, at, "approver", more), "the second needs who commands")
	require.Equal(t, "not_entitled", refusedAs(t, d, at, "wang", more))
	require.Equal(t, "", refusedAs(t, d, at, "commander", more))
	require.Equal(t, "too_often", refusedAs(t, d, at, "commander", more))
	require.Equal(t, fullDay(10, 17, 0).UTC(), deskCase(t, d, "E1").HandleDue)

	d = fullAt(t, at, "waste", dispatch.StateInProgress)
	due := fullDay(4, 17, 0)
	require.Equal(t, "too_late", refusedAs(t, d, due.Add(time.Millisecond), "approver", more))
	require.Equal(t, "", refusedAs(t, d, due, "approver", more), "on the instant is before the due has passed")
	d = fullAt(t, at, "pipe", dispatch.StateInProgress)
	require.Equal(t, "nothing_due", refusedAs(t, d, at, "approver", more))
	d = fullAt(t, at, "lift", dispatch.StateInProgress)
	stop := dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendWeather, Until: at.Add(time.Hour)}
	require.Equal(t, "firm", refusedAs(t, d, at, "approver", stop))
	d = fullAt(t, at, "waste", dispatch.StateInProgress)
	stop.Until = at.AddDate(1, 0, 1)
	require.Equal(t, "over_limit", refusedAs(t, d, at, "approver", stop))
	stop.Until = at
	require.Equal(t, "over_limit", refusedAs(t, d, at, "approver", stop))
}

func TestDisputeRisesToAFinalRuling(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullAt(t, at, "waste", dispatch.StateDispatched)
	argue := dispatch.Dispute{Case: "E1", Basis: "law", Party: "property"}
	require.Equal(t, "return_first", refusedAs(t, d, at, "li", argue))
	require.Equal(t, "same_party", refusedAs(t, d, at, "li", dispatch.Return{Case: "E1", Basis: "law", Party: "squad"}))
	require.Equal(t, "unnamed", refusedAs(t, d, at, "li", dispatch.Return{Case: "E1", Basis: "law"}))
	require.Equal(t, "", refusedAs(t, d, at, "li", dispatch.Return{Case: "E1", Basis: "law", Party: "property"}))
	require.Equal(t, dispatch.Code("squad"), deskCase(t, d, "E1").Answers.Party, "the returning party answers meanwhile")
	require.Equal(t, "", refusedAs(t, d, at, "wang", dispatch.RefuseReturn{Case: "E1", Reason: "yours"}))
	require.Equal(t, "right_spent", refusedAs(t, d, at, "li", dispatch.Return{Case: "E1", Basis: "law", Party: "property"}))
	require.Equal(t, "", refusedAs(t, d, at, "li", argue))
	require.Equal(t, &dispatch.Contention{Level: 1, Body: "industry", Parties: []dispatch.Code{"property", "squad"}}, deskCase(t, d, "E1").Contention)
	require.Equal(t, "not_entitled", refusedAs(t, d, at, "bur", dispatch.Judge{Case: "E1", Party: "squad", Basis: "law"}), "a higher body waits its turn")
	before := deskCase(t, d, "E1").HandleDue
	at = at.Add(5 * time.Hour)
	require.Equal(t, "", refusedAs(t, d, at, "ind", dispatch.Judge{Case: "E1", Party: "squad", Basis: "law"}))
	c := deskCase(t, d, "E1")
	require.Equal(t, before, c.HandleDue, "a lost dispute saves no time")
	require.Equal(t, fullDay(4, 17, 0).UTC(), c.Contention.AppealUntil)
	require.Equal(t, "not_entitled", refusedAs(t, d, at, "wang", dispatch.Appeal{Case: "E1", Basis: "law"}))
	require.Equal(t, "", refusedAs(t, d, at, "li", dispatch.Appeal{Case: "E1", Basis: "law"}))
	require.Equal(t, "", refusedAs(t, d, at, "bur", dispatch.Judge{Case: "E1", Party: "property", Basis: "law"}))
	c = deskCase(t, d, "E1")
	require.Equal(t, at.Add(8*time.Hour*6).Day(), c.HandleDue.Day(), "the new lead has its own time")
	require.Equal(t, dispatch.Code("property"), c.Answers.Party)
	require.Equal(t, "", refusedAs(t, d, at, "zhao", dispatch.Appeal{Case: "E1", Basis: "law"}))
	require.Equal(t, dispatch.Code("commission"), deskCase(t, d, "E1").Contention.Body)
	require.Equal(t, "", refusedAs(t, d, at, "", dispatch.Judge{Case: "E1", Party: "squad", Basis: "law"}))
	c = deskCase(t, d, "E1")
	require.True(t, c.Contention.Final)
	for _, do := range []dispatch.Do{
		dispatch.Return{Case: "E1", Basis: "law", Party: "urban"}, dispatch.Dispute{Case: "E1", Basis: "law", NewFacts: true},
		dispatch.Appeal{Case: "E1", Basis: "law"},
	} {
		require.Equal(t, "final", refusedAs(t, d, at, "li", do), "%T", do)
	}
	n := 0
	for p := range d.Proposals() {
		n++
		require.Equal(t, n, p.Level, "levels rise strictly")
	}
	require.Equal(t, 3, n)
}

// A body that is a party to the dispute is passed over.
func TestNobodyRulesInTheirOwnDispute(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullAt(t, at, "lamp", dispatch.StateDispatched)
	entries := deskDo(t, d, at, dispatch.Dispute{Case: "E1", Basis: "law", NewFacts: true, Party: "offices"})
	require.Equal(t, []string{"rung_skipped", "rung_skipped", "dispute_opened"}, deskFacts(entries))
	require.Equal(t, dispatch.RungSkipped{Kind: dispatch.DisputeLadder, Rung: 1, Party: "ghost"}, entries[0].Fact)
	require.Equal(t, dispatch.Code("bureau"), deskCase(t, d, "E1").Contention.Body)
}
