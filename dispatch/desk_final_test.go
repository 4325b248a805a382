package dispatch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// ruledFinally disputes a dispatched case up to a final ruling for a party.
func ruledFinally(t require.TestingT, d *dispatch.Desk, at time.Time, lead dispatch.Code) {
	deskDo(t, d, at, dispatch.Dispute{Case: "E1", Basis: "law", NewFacts: true})
	for range 2 {
		deskDo(t, d, at, dispatch.Judge{Case: "E1", Party: lead, Basis: "law"})
		deskDo(t, d, at, dispatch.Appeal{Case: "E1", Basis: "law"})
	}
	deskDo(t, d, at, dispatch.Judge{Case: "E1", Party: lead, Basis: "law"})
	require.True(t, deskCase(t, d, "E1").Contention.Final)
}

// A community to which a matter was never admitted returns it even after a final ruling.
// Nobody looks at that for a working day: it is relieved, and nothing is disputed again.
func TestReturnLapsesAfterAFinalRuling(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullAt(t, at, "care", dispatch.StateDispatched)
	ruledFinally(t, d, at, "community")
	never := dispatch.Return{Case: "E1", Basis: dispatch.NotAdmitted}
	require.Empty(t, refusedAs(t, d, at, "com", never))
	due := deskCase(t, d, "E1").StageDue
	require.Equal(t, fullDay(3, 17, 0).UTC(), due)
	require.NotContains(t, deskFacts(deskTick(t, d, due)), "review_lapsed", "due on the instant is on time")
	at = due.Add(time.Millisecond)
	before := deskCase(t, d, "E1")
	entries := deskTick(t, d, at)
	require.Equal(t, dispatch.ReviewLapsed{Relieved: "community"}, entries[0].Fact)
	fullSameClocks(t, rowByNumber(t, "17n"), before, deskCase(t, d, "E1"))
	c := deskCase(t, d, "E1")
	require.Equal(t, []any{dispatch.StateRegistered, dispatch.Answering{Party: "desk", Interim: true}, true}, []any{c.State, c.Answers, c.HandleDue.IsZero()})
	require.Equal(t, "final", refusedAs(t, d, at, "wang", dispatch.Dispute{Case: "E1", Basis: "law"}))

	// Admitted meanwhile, it goes back to whom it was ruled for, which is bound now.
	mandate := dispatch.Mandate{ID: "M1", Matter: "care", Applicant: "urban", Community: "community", Approver: "street"}
	require.Empty(t, refusedAs(t, d, at, "wang", dispatch.Admit{Mandate: mandate}))
	at = at.Add(time.Minute)
	require.Empty(t, refusedAs(t, d, at, "wang", dispatch.Dispatch{Case: "E1"}))
	require.Equal(t, dispatch.Code("community"), deskCase(t, d, "E1").Lead.Party)
	require.Equal(t, "final", refusedAs(t, d, at, "com", never))
}

// A return that another system let happen after a final ruling, for another reason,
// counts as refused when nobody looks at it.
func TestImportedReturnLapsesAfterAFinalRuling(t *testing.T) {
	at := fullDay(2, 9, 0)
	v := dispatch.ImportOf(fullAt(t, at, "waste", dispatch.StateReturned), "E1")
	v.Contention = &dispatch.Contention{Level: 1, Body: "industry", Ruled: 1, Final: true}
	d := fullDesk(t)
	deskDo(t, d, at, v)
	before := deskCase(t, d, "E1")
	entries := deskTick(t, d, before.StageDue.Add(time.Millisecond))
	require.Equal(t, []string{"review_lapsed", "return_refused"}, deskFacts(entries)[:2])
	fullSameClocks(t, rowByNumber(t, "17f"), before, deskCase(t, d, "E1"))
	require.Equal(t, dispatch.Code("squad"), deskCase(t, d, "E1").Answers.Party)
}

// Nobody is relieved who does not lead.
func TestForgedRelief(t *testing.T) {
	at := fullDay(2, 9, 0)
	for _, relieved := range []dispatch.Code{"property", "", "squad"} {
		d := fullAt(t, at, "waste", dispatch.StateReturned)
		at := deskCase(t, d, "E1").StageDue.Add(time.Millisecond)
		out, err := d.Tick(at)
		require.NoError(t, err)
		e := out.Entries[0]
		e.Fact = dispatch.ReviewLapsed{Relieved: relieved}
		if err := d.Apply(e); relieved == "property" {
			require.ErrorIs(t, err, dispatch.ErrEntry)
		} else {
			require.NoError(t, err)
		}
	}
}

// A lead that ceases to exist while it is at work is redirected away from by the duty
// desk, also after a final ruling for it; a lead that exists is not.
func TestLeadThatExistsNoLonger(t *testing.T) {
	setup, err := passingSetups()
	require.NoError(t, err)
	at := lawPassed.Add(-10 * time.Minute)
	ways := []dispatch.Do{dispatch.Ack{Case: "E1"}, dispatch.Start{Case: "E1"}}
	for n, state := range []dispatch.State{"dispatched", "acknowledged", "in_progress"} {
		d := dispatch.NewDesk()
		deskDo(t, d, at, dispatch.Install{Setup: setup})
		deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "waste"), Straight: true})
		ruledFinally(t, d, at, "passing")
		for _, do := range ways[:n] {
			deskDo(t, d, at, do)
		}
		redirect := dispatch.Redirect{Case: "E1", Party: "property", Reason: "dissolved"}
		code := refusedAs(t, d, lawPassed.Add(-time.Millisecond), "wang", redirect)
		require.Equal(t, map[dispatch.State]string{"dispatched": "final", "acknowledged": "wrong_state", "in_progress": "wrong_state"}[state], code)
		before := deskCase(t, d, "E1")
		require.Equal(t, "not_entitled", refusedAs(t, d, lawPassed, "li", redirect))
		require.Equal(t, "same_party", refusedAs(t, d, lawPassed, "wang", dispatch.Redirect{Case: "E1", Party: "passing", Reason: "slip"}))
		require.Equal(t, "unknown_party", refusedAs(t, d, lawPassed, "wang", dispatch.Redirect{Case: "E1", Party: "nobody", Reason: "slip"}))
		require.Empty(t, refusedAs(t, d, lawPassed, "wang", redirect))
		c := deskCase(t, d, "E1")
		fullSameClocks(t, rowByNumber(t, "13g"), before, c)
		require.Equal(t, []any{dispatch.StateDispatched, dispatch.Code("property"), before.Generation + 1, fullDay(6, 17, 0).UTC(), before.DueAt},
			[]any{c.State, c.Lead.Party, c.Generation, c.HandleDue, c.DueAt}, "two working days from the redirection")
		require.Equal(t, "final", refusedAs(t, d, lawPassed, "wang", dispatch.Redirect{Case: "E1", Party: "squad", Reason: "slip"}))
	}
}

// Who claimed a case in person is no party, and exists all the same.
func TestClaimantIsNoPartyThatIsGone(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullAt(t, at, "wish", dispatch.StateOffered)
	require.Empty(t, refusedAs(t, d, at, "vol", dispatch.Take{Case: "E1", Party: "vol"}))
	require.Equal(t, "wrong_state", refusedAs(t, d, at, "wang", dispatch.Redirect{Case: "E1", Party: "property", Reason: "slip"}))
}

// A final ruling binds in the next system too: reopened there, the case goes to whom it
// was ruled for, whatever the list says.
func TestImportedFinalRulingBinds(t *testing.T) {
	at := fullDay(2, 9, 0)
	old := fullAt(t, at, "waste", dispatch.StateDispatched)
	ruledFinally(t, old, at, "property")
	for _, do := range []dispatch.Do{
		dispatch.Ack{Case: "E1"}, dispatch.Start{Case: "E1"}, dispatch.Finish{Case: "E1"}, dispatch.Verify{Case: "E1"},
		dispatch.Reply{Case: "E1"}, dispatch.Close{Case: "E1"},
	} {
		deskDo(t, old, at, do)
	}
	do := dispatch.ImportOf(old, "E1")
	require.Equal(t, dispatch.Code("property"), do.Contention.For)
	for named, want := range map[dispatch.Code]dispatch.Code{"property": "property", "": "squad", "urban": "squad"} {
		do.Contention.For = named
		d := fullDesk(t)
		deskDo(t, d, at, do)
		deskDo(t, d, at, dispatch.Reopen{Case: "E1", Reason: "back"})
		deskDo(t, d, at, dispatch.Dispatch{Case: "E1"})
		require.Equal(t, want, deskCase(t, d, "E1").Lead.Party, "ruled for %q", named)
	}
	do.Contention.For, do.Contention.Ruled = "property", 0
	require.Equal(t, []string{"E1", "contention"}, deskDecide(t, fullDesk(t), at, do).Refusal.Args)
}
