package dispatch_test

import (
	"fmt"
	"sync"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/party"
)

// fullSetups is the test world with everything the table needs: both ladders, a
// dual push, claims, self-handling, admission and mediation.
var fullSetups = sync.OnceValues(func() (dispatch.Setup, error) { return fullSetup(fullLadders()) })

func fullSetup(ladders []dispatch.Ladder) (dispatch.Setup, error) {
	w, err := deskSetups()
	if err != nil {
		return dispatch.Setup{}, err
	}
	setup := w.setup
	setup.Policy.Ladders = ladders
	if setup.Directory, err = party.NewDirectory(setup.Map, fullPlan()); err != nil {
		return setup, err
	}
	setup.List, err = dispatch.Compile(fullMatters(), fullRules(), setup.Map, setup.Directory, dispatch.Options{})
	return setup, err
}

func fullStreet(t require.TestingT) dispatch.Setup {
	setup, err := fullSetups()
	require.NoError(t, err)
	return setup
}

func fullLadders() []dispatch.Ladder {
	return []dispatch.Ladder{
		{Kind: dispatch.DisputeLadder, Rungs: []dispatch.Rung{
			{Level: 1, Party: "ghost", Due: deskBudget("3wd")},
			{Level: 1, Party: "industry", Due: deskBudget("3wd"), Appeal: deskBudget("2wd"), Line: "waste"},
			{Level: 1, Party: "offices", Due: deskBudget("3wd"), Appeal: deskBudget("2wd")},
			{Level: 2, Party: "bureau", Due: deskBudget("2wd"), Appeal: deskBudget("1wd")},
			{Level: 3, Party: "commission", Due: deskBudget("2wd"), Final: true},
		}},
		{Kind: dispatch.OverdueLadder, Rungs: []dispatch.Rung{
			{Party: "foreman", Percent: 80},
			{Party: "ghost", Percent: 90, Card: dispatch.YellowCard},
			{Party: "leader", Percent: 100, Card: dispatch.YellowCard},
			{Party: "elsewhere", Percent: 120, Card: dispatch.RedCard, Area: "G2"},
			{Party: "district", Percent: 150, Card: dispatch.RedCard},
			{Party: "desk", After: deskBudget("3wd")},
		}},
	}
}

func fullPlan() party.Plan {
	plan := deskPlan()
	from := party.Interval{From: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}
	for _, code := range []party.Code{"industry", "offices", "bureau", "commission", "leader", "district", "elsewhere", "gasworks", "volunteers"} {
		plan.Parties = append(plan.Parties, party.Party{Code: code})
	}
	for who, post := range map[party.Code]party.Party{
		"reg": {Code: "regulator-post", Parent: "urban"}, "gas": {Code: "gas-post", Parent: "gasworks"}, "vol": {Code: "vol-post", Parent: "volunteers"},
		"com": {Code: "com-post", Parent: "community"}, "ind": {Code: "ind-post", Parent: "industry"}, "bur": {Code: "bur-post", Parent: "bureau"},
		"commander": {Code: "commander-post", Parent: "street"}, "approver": {Code: "approver-post", Parent: "street"},
		"assistant": {Code: "assistant-post", Parent: "night"},
	} {
		plan.People = append(plan.People, party.Person{Code: who})
		plan.Posts = append(plan.Posts, party.Post{Code: post.Code, Party: post.Parent})
		plan.Appointments = append(plan.Appointments, party.Appointment{Person: who, Post: post.Code, During: from})
	}
	plan.Rights = []party.Right{
		{Kind: party.RightCommand, Holder: "commander-post", Scope: "S"}, {Kind: party.RightApprove, Holder: "approver-post", Scope: "S"},
	}
	return plan
}

func fullMatters() []dispatch.Matter {
	return []dispatch.Matter{
		{Code: "waste"}, {Code: "gas"}, {Code: "wish", Kind: dispatch.WishKind}, {Code: "snow"},
		{Code: "care", Kind: dispatch.MandateKind}, {Code: "quarrel", Kind: dispatch.MediationKind}, {Code: "pipe"},
		{Code: "lift", Risk: dispatch.SafetyRisk}, {Code: "lamp", Risk: dispatch.LowRisk}, {Code: "noise"}, {Code: "tree"},
	}
}

func fullRules() []dispatch.Rule {
	return []dispatch.Rule{
		{ID: "R1", Role: dispatch.Lead, Matter: "waste", Party: "squad", Budget: deskBudget("2wd")},
		{ID: "R2", Role: dispatch.Lead, Matter: "gas", Party: "sanitation", Budget: deskBudget("3wd")},
		{ID: "R3", Role: dispatch.Regulator, Matter: "gas", Party: "urban"},
		{ID: "R4", Role: dispatch.Rectifier, Matter: "gas", Party: "gasworks", Budget: deskBudget("1wd")},
		{ID: "R5", Role: dispatch.Lead, Matter: "wish", Party: "community", Mode: dispatch.Claim, Budget: deskBudget("3wd")},
		{ID: "R6", Role: dispatch.Lead, Matter: "snow", Party: "squad", Mode: dispatch.Self, Budget: deskBudget("4wh")},
		{ID: "R7", Role: dispatch.Lead, Matter: "care", Party: "community", Budget: deskBudget("5wd")},
		{ID: "R8", Role: dispatch.Lead, Matter: "quarrel", Party: "community", Budget: deskBudget("5wd")},
		{ID: "R9", Role: dispatch.Lead, Matter: "pipe", Party: "property"},
		{ID: "R10", Role: dispatch.Lead, Matter: "lift", Party: "property", Budget: deskBudget("4h!")},
		{ID: "R11", Role: dispatch.Assist, Matter: "lift", Party: "community"},
		{ID: "R12", Role: dispatch.Regulator, Matter: "lift", Party: "urban"},
		{ID: "R13", Role: dispatch.Lead, Matter: "lamp", Party: "property", Budget: deskBudget("8h")},
		{ID: "R14", Role: dispatch.Lead, Matter: "noise", Party: "urban", Budget: deskBudget("2wd")},
		{ID: "R15", Role: dispatch.Lead, Matter: "noise", Party: "property", Budget: deskBudget("2wd")},
	}
}

// fullDay is a local instant in March 2026; the 2nd is a Monday.
func fullDay(day, hour, minute int) time.Time {
	return time.Date(2026, 3, day, hour, minute, 0, 0, time.FixedZone("CST", 8*60*60))
}

func fullDesk(t require.TestingT) *dispatch.Desk {
	d := dispatch.NewDesk()
	deskDo(t, d, fullDay(1, 0, 0), dispatch.Install{Setup: fullStreet(t)})
	return d
}

func fullEvent(id, matter dispatch.Code) dispatch.Event {
	return dispatch.Event{ID: id, Matter: matter, Area: "G1", Channel: "12345", ExternalID: "X-" + string(id), Reporter: "who-" + id}
}

// fullWay lists the commands that bring case E1 of a matter to a state.
func fullWay(state dispatch.State) []dispatch.Do {
	id := dispatch.Code("E1")
	taken := []dispatch.Do{dispatch.Register{Case: id}, dispatch.Dispatch{Case: id}}
	begun := append(taken[:2:2], dispatch.Ack{Case: id}, dispatch.Start{Case: id})
	finished := append(begun[:4:4], dispatch.Finish{Case: id, Override: "alone"})
	verified := append(finished[:5:5], dispatch.Verify{Case: id})
	closed := append(verified[:6:6], dispatch.Reply{Case: id}, dispatch.Close{Case: id, Outcome: "settled"})
	returned := append(taken[:2:2], dispatch.Return{Case: id, Basis: "law", Party: "property"})
	disputed := append(taken[:2:2], dispatch.Dispute{Case: id, Basis: "law", NewFacts: true, Party: "property"})
	suspended := append(begun[:4:4], dispatch.Suspend{Case: id, Reason: dispatch.SuspendReporter, Until: fullDay(12, 9, 0)})
	return map[dispatch.State][]dispatch.Do{
		dispatch.StateFiled: nil, dispatch.StateRegistered: taken[:1], dispatch.StateDispatched: taken, dispatch.StateAcknowledged: begun[:3],
		dispatch.StateInProgress: begun, dispatch.StateDone: finished, dispatch.StateVerified: verified, dispatch.StateClosed: closed,
		dispatch.StateReturned: returned, dispatch.StateDisputed: disputed, dispatch.StateSuspended: suspended,
		dispatch.StateOffered:   taken,
		dispatch.StateRejected:  {dispatch.Reject{Case: id, Reason: dispatch.RejectVague, Redress: "review"}},
		dispatch.StateCancelled: {dispatch.Withdraw{Case: id}},
		dispatch.StateMerged:    {dispatch.File{Event: fullEvent("E0", "waste")}, dispatch.Merge{Case: id, Into: "E0"}},
	}[state]
}

// fullAt is a desk whose case E1 is in a state.
func fullAt(t require.TestingT, at time.Time, matter dispatch.Code, state dispatch.State) *dispatch.Desk {
	d := fullDesk(t)
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", matter)})
	for _, do := range fullWay(state) {
		deskDo(t, d, at, do)
	}
	require.Equal(t, state, deskCase(t, d, "E1").State)
	return d
}

// fullVerbs is one command of each verb on case E1 that its row would allow.
func fullVerbs(id dispatch.Code, at time.Time) map[string]dispatch.Do {
	other := fullEvent("E9", "waste")
	return map[string]dispatch.Do{
		"attach": dispatch.Attach{Case: id, Event: other}, "ask_more": dispatch.AskMore{Case: id, What: "where"},
		"answer": dispatch.Answer{Case: id}, "reject": dispatch.Reject{Case: id, Reason: dispatch.RejectVague, Redress: "review"},
		"withdraw": dispatch.Withdraw{Case: id}, "register": dispatch.Register{Case: id}, "dispatch": dispatch.Dispatch{Case: id},
		"claim": dispatch.Take{Case: id, Party: "volunteers"}, "unclaim": dispatch.Unclaim{Case: id}, "ack": dispatch.Ack{Case: id},
		"return": dispatch.Return{Case: id, Basis: "law", Party: "property"}, "accept_return": dispatch.AcceptReturn{Case: id},
		"refuse_return": dispatch.RefuseReturn{Case: id, Reason: "yours"}, "redirect": dispatch.Redirect{Case: id, Party: "property", Reason: "slip"},
		"dispute": dispatch.Dispute{Case: id, Basis: "law", NewFacts: true}, "agree": dispatch.Agree{Case: id, Party: "property", Consent: "letter"},
		"rule": dispatch.Judge{Case: id, Party: "property", Basis: "law"}, "rule_none": dispatch.JudgeNone{Case: id, Basis: "law", Redress: "court"},
		"appeal": dispatch.Appeal{Case: id, Basis: "law"}, "start": dispatch.Start{Case: id}, "handover": dispatch.HandOver{Case: id, Reason: "big"},
		"extend": dispatch.Extend{Case: id}, "suspend": dispatch.Suspend{Case: id, Reason: dispatch.SuspendWeather, Until: at.Add(240 * time.Hour)},
		"assign": dispatch.Assign{Case: id, People: []dispatch.Sent{{Person: "li"}}},
		"resume": dispatch.Resume{Case: id}, "note": dispatch.Note{Case: id, Role: dispatch.Regulator}, "contest": dispatch.Contest{Case: id, Reason: "not us"},
		"mend": dispatch.Mend{Case: id}, "accept": dispatch.Accept{Case: id}, "decline": dispatch.Decline{Case: id, Reason: "leaks"},
		"assist_done": dispatch.AssistDone{Case: id, Party: "community"}, "finish": dispatch.Finish{Case: id},
		"verify": dispatch.Verify{Case: id}, "verify_fail": dispatch.Fail{Case: id, Reason: "dirty"},
		"call_back": dispatch.CallBack{Case: id, Answer: dispatch.CallSatisfied}, "rework": dispatch.Rework{Case: id, Reason: "again"},
		"reply": dispatch.Reply{Case: id}, "close": dispatch.Close{Case: id, Outcome: "settled"}, "reopen": dispatch.Reopen{Case: id, Reason: "back"},
		"merge": dispatch.Merge{Case: id, Into: "E0"}, "split": dispatch.Part{Case: id}, "archive": dispatch.Archive{Case: id},
	}
}

func typeName(v any) string { return fmt.Sprintf("%T", v) }
