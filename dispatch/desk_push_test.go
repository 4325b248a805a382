package dispatch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// refusedAs is the code with which a command of an actor is refused, "" when it is
// carried out, which it then is.
func refusedAs(t require.TestingT, d *dispatch.Desk, at time.Time, person dispatch.Code, do dispatch.Do) string {
	out, err := d.Decide(at, dispatch.Command{Actor: dispatch.Actor{Person: person}, Do: do})
	require.NoError(t, err)
	if out.Refusal != nil {
		return out.Refusal.Code
	}
	deskApply(t, d, out.Entries)
	return ""
}

func TestDualPushClosesOnlyWhenTheRegulatorAccepts(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullAt(t, at, "gas", dispatch.StateInProgress)
	c := deskCase(t, d, "E1")
	require.Equal(t, at.Add(30*time.Minute).UTC(), c.NoteDue)
	require.Equal(t, fullDay(3, 17, 0).UTC(), c.RectifyDue)
	for _, step := range []struct {
		person dispatch.Code
		do     dispatch.Do
		want   string
	}{
		{"", dispatch.Finish{Case: "E1"}, "not_accepted"},
		{"gas", dispatch.Note{Case: "E1", Role: dispatch.Regulator}, "not_entitled"},
		{"gas", dispatch.Note{Case: "E1", Role: dispatch.Rectifier}, ""},
		{"gas", dispatch.Note{Case: "E1", Role: dispatch.Rectifier}, "answered"},
		{"reg", dispatch.Note{Case: "E1", Role: dispatch.Regulator}, ""},
		{"reg", dispatch.Accept{Case: "E1"}, "nothing_mended"},
		{"li", dispatch.Contest{Case: "E1", Reason: "not us"}, "not_entitled"},
		{"gas", dispatch.Return{Case: "E1", Basis: "law", Party: "urban"}, "wrong_state"},
		{"gas", dispatch.Contest{Case: "E1", Reason: "not us"}, ""},
		{"gas", dispatch.Contest{Case: "E1", Reason: "not us"}, "waiting"},
		{"gas", dispatch.Decline{Case: "E1", Reason: "yes you"}, "not_entitled"},
		{"reg", dispatch.Decline{Case: "E1", Reason: "yes you"}, ""},
		{"li", dispatch.Mend{Case: "E1"}, "not_entitled"},
		{"gas", dispatch.Mend{Case: "E1", Evidence: []dispatch.Evidence{{Kind: "after"}}}, ""},
		{"", dispatch.Finish{Case: "E1"}, "not_accepted"},
		{"reg", dispatch.Accept{Case: "E1"}, ""},
		{"reg", dispatch.Accept{Case: "E1"}, "not_pushed"},
		{"", dispatch.Finish{Case: "E1"}, ""},
	} {
		require.Equal(t, step.want, refusedAs(t, d, at, step.person, step.do), "%T by %s", step.do, step.person)
	}
	require.Equal(t, &dispatch.Push{Noted: true, Supervised: true, Mended: true, Accepted: true}, deskCase(t, d, "E1").Push)
	require.Equal(t, int64(1), deskCase(t, d, "E1").Evidence)
}

// What the regulator accepted is void when the work is not found done, or is ordered
// anew: the rectifier must mend again, in its own time, and the regulator accept.
func TestDualPushBeginsAgainWithTheWork(t *testing.T) {
	for _, verb := range []dispatch.Do{dispatch.Fail{Case: "E1", Reason: "leaks"}, dispatch.Rework{Case: "E1", Reason: "leaks"}} {
		at := fullDay(2, 9, 0)
		d := fullAt(t, at, "gas", dispatch.StateInProgress)
		mend := func(at time.Time) {
			require.Equal(t, "", refusedAs(t, d, at, "gas", dispatch.Mend{Case: "E1"}))
			require.Equal(t, "not_accepted", refusedAs(t, d, at, "", dispatch.Finish{Case: "E1"}))
			require.Equal(t, "", refusedAs(t, d, at, "reg", dispatch.Accept{Case: "E1"}))
			require.Equal(t, "", refusedAs(t, d, at, "", dispatch.Finish{Case: "E1"}))
		}
		mend(at)
		if _, rework := verb.(dispatch.Rework); rework {
			require.Equal(t, "", refusedAs(t, d, at, "", dispatch.Verify{Case: "E1"}))
		}
		at = fullDay(5, 9, 0)
		require.Equal(t, "", refusedAs(t, d, at, "", verb))
		c := deskCase(t, d, "E1")
		require.False(t, c.Push.Accepted || c.Push.Mended, "%T", verb)
		require.True(t, c.RectifyDue.After(at), "%T", verb)
		require.Equal(t, "not_accepted", refusedAs(t, d, at, "", dispatch.Finish{Case: "E1"}))
		mend(at)
		fullInvariants(t, d)
	}
}

// A rectifier that runs out of time climbs no ladder: the lead must enforce, and may
// mend in its place.
func TestRectifyLapsedObligesTheLead(t *testing.T) {
	d := fullAt(t, fullDay(2, 9, 0), "gas", dispatch.StateInProgress)
	var facts []string
	for _, e := range deskTick(t, d, fullDay(3, 18, 0)) {
		facts = append(facts, dispatch.FactName(e.Fact))
	}
	require.Equal(t, []string{"note_deemed", "rectify_lapsed"}, facts)
	c := deskCase(t, d, "E1")
	require.Zero(t, c.Rung)
	require.Equal(t, dispatch.Code("sanitation"), c.Answers.Party)
	at := fullDay(3, 18, 0)
	require.Equal(t, "", refusedAs(t, d, at, "li", dispatch.Mend{Case: "E1"}), "li serves the squad of the lead")
	require.Equal(t, "", refusedAs(t, d, at, "reg", dispatch.Accept{Case: "E1"}))
	require.Equal(t, "", refusedAs(t, d, at, "", dispatch.Finish{Case: "E1"}))
}

func TestRegulatorAloneSaysWhy(t *testing.T) {
	d := fullAt(t, fullDay(2, 9, 0), "lift", dispatch.StateInProgress)
	c := deskCase(t, d, "E1")
	require.Equal(t, "no rectifier", c.Alone)
	require.Nil(t, c.Push)
	require.Equal(t, "assist_open", refusedAs(t, d, fullDay(2, 9, 0), "", dispatch.Finish{Case: "E1"}))
	require.Equal(t, "not_assisting", refusedAs(t, d, fullDay(2, 9, 0), "", dispatch.AssistDone{Case: "E1", Party: "urban"}))
	require.Equal(t, "not_entitled", refusedAs(t, d, fullDay(2, 9, 0), "li", dispatch.AssistDone{Case: "E1", Party: "community"}))
	require.Equal(t, "", refusedAs(t, d, fullDay(2, 9, 0), "com", dispatch.AssistDone{Case: "E1", Party: "community"}))
	require.Equal(t, "answered", refusedAs(t, d, fullDay(2, 9, 0), "com", dispatch.AssistDone{Case: "E1", Party: "community"}))
	require.Equal(t, "", refusedAs(t, d, fullDay(2, 9, 0), "", dispatch.Finish{Case: "E1"}))
}

func TestClaimHasOneClaimantAndTheWisherConfirms(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := fullAt(t, at, "wish", dispatch.StateOffered)
	require.Equal(t, dispatch.Answering{Party: "desk"}, deskCase(t, d, "E1").Answers)
	require.Equal(t, "not_entitled", refusedAs(t, d, at, "li", dispatch.Take{Case: "E1", Party: "volunteers"}))
	require.Equal(t, "unknown_party", refusedAs(t, d, at, "", dispatch.Take{Case: "E1", Party: "nobody"}))
	require.Equal(t, "", refusedAs(t, d, at, "vol", dispatch.Take{Case: "E1", Party: "volunteers"}))
	require.Equal(t, "wrong_state", refusedAs(t, d, at, "li", dispatch.Take{Case: "E1", Party: "squad"}), "one claimant")
	require.Equal(t, dispatch.Answering{Party: "volunteers"}, deskCase(t, d, "E1").Answers)
	require.Equal(t, "", refusedAs(t, d, at, "vol", dispatch.Unclaim{Case: "E1"}))
	require.Equal(t, dispatch.Answering{Party: "desk"}, deskCase(t, d, "E1").Answers)
	require.Equal(t, "", refusedAs(t, d, at, "li", dispatch.Take{Case: "E1", Party: "li"}), "a person may claim")
	require.Equal(t, dispatch.Answering{Party: "li"}, deskCase(t, d, "E1").Answers)
	require.Equal(t, "", refusedAs(t, d, at, "li", dispatch.Finish{Case: "E1"}))
	require.Equal(t, "not_entitled", refusedAs(t, d, at, "wang", dispatch.Verify{Case: "E1"}), "the desk does not confirm a wish")
	require.Equal(t, "", refusedAs(t, d, at, "who-E1", dispatch.Verify{Case: "E1"}))
}

func TestSelfHandling(t *testing.T) {
	at := fullDay(2, 9, 0)
	barred := fullEvent("E1", "snow")
	barred.Injury = true
	for _, step := range []struct {
		person dispatch.Code
		event  dispatch.Event
		want   string
	}{
		{"li", fullEvent("E1", "waste"), "not_self"}, {"zhao", fullEvent("E1", "snow"), "not_entitled"}, {"li", barred, "barred"},
		{"li", fullEvent("E1", "noise"), "no_lead"}, {"li", fullEvent("E1", "snow"), ""},
	} {
		d := fullDesk(t)
		require.Equal(t, step.want, refusedAs(t, d, at, step.person, dispatch.FileSelf{Event: step.event}))
	}
	d := fullDesk(t)
	li := dispatch.Actor{Person: "li", Post: "foreman"}
	require.Equal(t, []string{"case_filed", "self_handled"}, deskFacts(deskAs(t, d, at, li, dispatch.FileSelf{Event: fullEvent("E1", "snow")})))
	c := deskCase(t, d, "E1")
	require.Equal(t, dispatch.StateInProgress, c.State)
	require.Equal(t, fullDay(2, 13, 0).UTC(), c.DueAt)
	require.Equal(t, dispatch.Code("li"), c.LeadPerson)
	deskAs(t, d, at, li, dispatch.HandOver{Case: "E1", Reason: "needs a crane"})
	require.Equal(t, dispatch.Answering{Party: "desk"}, deskCase(t, d, "E1").Answers)
	require.Equal(t, dispatch.StateRegistered, deskCase(t, d, "E1").State)
}

func TestAdmissionAndTheRightToRefuse(t *testing.T) {
	at := fullDay(2, 9, 0)
	mandate := dispatch.Mandate{ID: "M1", Matter: "care", Applicant: "urban", Community: "community", Approver: "street"}
	open := mandate
	open.Approver = ""
	refuse := dispatch.Return{Case: "E1", Basis: dispatch.NotAdmitted}

	d := fullAt(t, at, "care", dispatch.StateDispatched)
	require.Equal(t, "", refusedAs(t, d, at, "com", refuse), "no party need be named, and no right is spent")
	require.Equal(t, "unadmitted", refusedAs(t, d, at, "wang", dispatch.RefuseReturn{Case: "E1", Reason: "please"}))
	require.Equal(t, "unnamed", refusedAs(t, d, at, "wang", dispatch.AcceptReturn{Case: "E1"}))
	require.Equal(t, "", refusedAs(t, d, at, "wang", dispatch.AcceptReturn{Case: "E1", Party: "urban"}))

	d = fullDesk(t)
	require.Equal(t, "not_entitled", refusedAs(t, d, at, "com", dispatch.Apply{Mandate: open}))
	require.Equal(t, "", refusedAs(t, d, at, "reg", dispatch.Apply{Mandate: open}))
	require.Equal(t, "mandate_exists", refusedAs(t, d, at, "reg", dispatch.Apply{Mandate: open}))
	m, _ := d.Mandate("M1")
	require.Equal(t, fullDay(23, 17, 0).UTC(), m.Due, "fifteen working days")
	require.Equal(t, dispatch.MandateApplication, m.State)
	next, ok := d.NextDue()
	require.True(t, ok)
	require.Equal(t, m.Due.Add(time.Millisecond), next)
	entries := deskTick(t, d, fullDay(24, 9, 0))
	require.Equal(t, []string{"mandate_overdue"}, deskFacts(entries))
	require.Equal(t, next, entries[0].At)
	_, ok = d.NextDue()
	require.False(t, ok, "it is overdue once")
	later := fullDay(24, 9, 0)
	require.Equal(t, "unknown_mandate", refusedAs(t, d, later, "", dispatch.Revoke{Mandate: "M1", Reason: "over"}))
	require.Equal(t, "not_entitled", refusedAs(t, d, later, "reg", dispatch.Admit{Mandate: mandate}))
	require.Equal(t, "", refusedAs(t, d, later, "wang", dispatch.Admit{Mandate: mandate}))
	require.Equal(t, "mandate_exists", refusedAs(t, d, later, "wang", dispatch.Admit{Mandate: mandate}))
	require.Equal(t, "unknown_mandate", refusedAs(t, d, later, "wang", dispatch.Deny{Mandate: "M1", Reason: "late"}))
	file := func(id dispatch.Code) {
		deskDo(t, d, later, dispatch.File{Event: fullEvent(id, "care"), Straight: true})
	}
	file("E1")
	require.Equal(t, "admitted", refusedAs(t, d, later, "com", refuse))
	later = later.Add(time.Minute)
	require.Equal(t, "", refusedAs(t, d, later, "wang", dispatch.Revoke{Mandate: "M1", Reason: "over"}))
	require.Equal(t, "admitted", refusedAs(t, d, later, "com", refuse), "it was admitted when the case was dispatched")
	later = later.Add(time.Minute)
	file("E2")
	refuse.Case = "E2"
	require.Equal(t, "", refusedAs(t, d, later, "com", refuse))
}

// TestClaimedCaseIsPushedInTime: a claim pushes the case to regulator and rectifier as a
// dispatch does, with their times, so that a rectifier who does nothing hinders nobody for
// ever.
func TestClaimedCaseIsPushedInTime(t *testing.T) {
	setup, at := fullStreet(t), fullDay(2, 9, 0)
	rules := append(fullRules(), dispatch.Rule{ID: "W1", Role: dispatch.Regulator, Matter: "wish", Party: "urban"},
		dispatch.Rule{ID: "W2", Role: dispatch.Rectifier, Matter: "wish", Party: "gasworks", Budget: deskBudget("1wd")})
	var err error
	setup.List, err = dispatch.Compile(fullMatters(), rules, setup.Map, setup.Directory, dispatch.Options{})
	require.NoError(t, err)
	d := dispatch.NewDesk()
	for _, do := range []dispatch.Do{
		dispatch.Install{Setup: setup}, dispatch.File{Event: fullEvent("E1", "wish"), Straight: true}, dispatch.Take{Case: "E1", Party: "squad"},
		dispatch.Unclaim{Case: "E1"}, dispatch.Take{Case: "E1", Party: "volunteers"},
	} {
		deskDo(t, d, at, do)
	}
	c := deskCase(t, d, "E1")
	require.Equal(t, []time.Time{fullDay(2, 9, 30).UTC(), fullDay(3, 17, 0).UTC()}, []time.Time{c.NoteDue, c.RectifyDue})
	at = fullDay(4, 9, 0)
	require.Equal(t, "not_entitled", refusedAs(t, d, fullDay(3, 17, 0), "vol", dispatch.Mend{Case: "E1"}))
	facts := deskFacts(deskTick(t, d, at))
	require.Contains(t, facts, "note_deemed")
	require.Contains(t, facts, "rectify_lapsed")
	require.Equal(t, "", refusedAs(t, d, at, "vol", dispatch.Mend{Case: "E1"}))
	require.Equal(t, "", refusedAs(t, d, at, "reg", dispatch.Accept{Case: "E1"}))
	require.Equal(t, "", refusedAs(t, d, at, "vol", dispatch.Finish{Case: "E1"}))
}
