package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// disputeProperty: of one case, through every cycle, the levels of its rulings rise
// strictly, an appeal and a raising go above the latest ruling, and a level rises
// strictly while a dispute lasts. After a final ruling no return, no appeal, no
// redirection and no dispute is accepted, whatever becomes of the case, and a ruling for
// somebody sends the case nowhere else; but a community returns what was never admitted,
// and nobody is bound to a party that exists no longer. It is never stuck for that: at
// every instant some command leads on.
func disputeProperty(t *rapid.T) {
	w := newLawWalk(t, rapid.Bool().Draw(t, "people"))
	setup, err := passingSetups()
	require.NoError(t, err)
	w.apply(t, deskDecide(t, w.d, w.now, dispatch.Install{Setup: setup}).Entries)
	ruled, final, level := map[dispatch.Code]int{}, map[dispatch.Code]bool{}, map[dispatch.Code]int{}
	ruledFor, never := map[dispatch.Code]dispatch.Code{}, map[dispatch.Code]bool{}
	gone := func(party dispatch.Code, at time.Time) bool { return party == "passing" && !at.Before(lawPassed) }
	rise := func(e dispatch.Entry, to int) {
		require.Greater(t, to, ruled[e.Case], "%s of %s", dispatch.FactName(e.Fact), e.Case)
		require.Greater(t, to, level[e.Case], "%s of %s", dispatch.FactName(e.Fact), e.Case)
		level[e.Case] = to
	}
	w.seen = func(e dispatch.Entry, before, after dispatch.Case) {
		name := dispatch.FactName(e.Fact)
		switch f := e.Fact.(type) {
		case dispatch.DisputeOpened:
			require.False(t, final[e.Case], "a dispute of %s after a final ruling", e.Case)
			level[e.Case] = ruled[e.Case]
			rise(e, f.Level)
		case dispatch.DisputeAppealed:
			level[e.Case] = ruled[e.Case]
			rise(e, f.Level)
			require.False(t, final[e.Case], "an appeal of %s after a final ruling", e.Case)
		case dispatch.DisputeRaised:
			rise(e, f.Level)
		case dispatch.DisputeRuled:
			require.Greater(t, f.Level, ruled[e.Case], "the rulings of %s", e.Case)
			require.Equal(t, level[e.Case], f.Level)
			ruled[e.Case], final[e.Case], ruledFor[e.Case] = f.Level, f.Final, f.Party
		case dispatch.Dispatched:
			if final[e.Case] && ruledFor[e.Case] != "" && !gone(ruledFor[e.Case], e.At) {
				require.Equal(t, ruledFor[e.Case], after.Lead.Party, "%s is ruled on finally", e.Case)
			}
		case dispatch.ClaimOpened:
			require.False(t, final[e.Case] && ruledFor[e.Case] != "" && !gone(ruledFor[e.Case], e.At), "%s is ruled on finally", e.Case)
		case dispatch.ReturnAsked:
			never[e.Case] = f.Basis == dispatch.NotAdmitted
			require.True(t, !never[e.Case] || before.Event.Matter == "care")
		case dispatch.ReviewLapsed:
			require.Equal(t, final[e.Case], f.Relieved != "")
			if f.Relieved != "" {
				require.Equal(t, before.Lead.Party, f.Relieved)
				require.Equal(t, []any{dispatch.StateRegistered, dispatch.Answering{Party: "desk", Interim: true}}, []any{after.State, after.Answers})
			}
		}
		switch {
		case slices.Contains([]string{"return_asked", "return_accepted"}, name):
			require.True(t, !final[e.Case] || never[e.Case], "%s of %s after a final ruling", name, e.Case)
		case name == "redirected":
			require.True(t, !final[e.Case] || gone(before.Lead.Party, e.At), "%s of %s after a final ruling", name, e.Case)
		}
		if slices.Contains([]string{"return_accepted", "redirected"}, name) {
			ruledFor[e.Case] = "" // somebody else leads from now on
		}
	}
	w.ids, w.more = w.ids[:2], []dispatch.Code{"passing", "passing"}
	w.lead = map[dispatch.State][]string{
		dispatch.StateFiled: {"register"}, dispatch.StateRegistered: {"dispatch", "dispatch", "dispute"},
		dispatch.StateDispatched: {"dispute", "dispute", "appeal", "appeal", "return", "return_never", "redirect"}, dispatch.StateAcknowledged: {"dispute"},
		dispatch.StateInProgress: {"dispute", "finish"}, dispatch.StateReturned: {"refuse_return", "accept_return", "accept_to", "attach", "attach"},
		dispatch.StateDisputed: {"rule", "rule", "rule", "rule", "rule_none", "agree"}, dispatch.StateRejected: {"reopen"},
		dispatch.StateDone: {"verify_fail"}, dispatch.StateVerified: {"rework"}, dispatch.StateMerged: {"split"},
	}
	w.file(t, "waste", "lamp", "noise", "tree", "care", "care")
	for _, id := range w.ids {
		if rapid.IntRange(0, 2).Draw(t, "ruled") == 0 {
			w.ruled(t, id)
		}
	}
	for range rapid.IntRange(10, 60).Draw(t, "steps") {
		w.step(t, "return", "redirect", "appeal", "dispute", "reopen", "extend", "merge", "split")
		leadsOn(t, w)
	}
}

// ruled takes a case to its final ruling at once.
func (w *lawWalk) ruled(t *rapid.T, id dispatch.Code) {
	judge := dispatch.Judge{Case: id, Party: rapid.SampledFrom(append([]dispatch.Code{"property", "squad", "community"}, w.more...)).Draw(t, "ruled for"), Basis: "law"}
	appeal := dispatch.Appeal{Case: id, Basis: "law"}
	for _, do := range []dispatch.Do{
		dispatch.Register{Case: id}, dispatch.Dispatch{Case: id}, dispatch.Dispute{Case: id, Basis: "law", NewFacts: true},
		judge, appeal, judge, appeal, judge, dispatch.Return{Case: id, Basis: dispatch.NotAdmitted},
	} {
		w.try(t, do)
	}
}

// leadsOn: of every open case the host can give a command that brings it into another
// state, and the duty desk finds another lead for what is with one that exists no longer.
func leadsOn(t *rapid.T, w *lawWalk) {
	for c := range w.d.Open() {
		if c.Lead.Party == "passing" && !w.now.Before(lawPassed) && slices.Contains([]dispatch.State{"dispatched", "acknowledged", "in_progress"}, c.State) {
			out, err := w.d.Decide(w.now, dispatch.Command{
				Actor: dispatch.Actor{Person: "wang"}, Do: dispatch.Redirect{Case: c.ID, Party: "property", Reason: "it is gone"},
			})
			require.NoError(t, err)
			require.Nil(t, out.Refusal, "%s is with a lead that is gone", c.ID)
		}
		refused, other := []string{}, map[bool]dispatch.Code{true: "squad", false: "property"}
		require.True(t, slices.ContainsFunc([]string{
			"register", "dispatch", "claim", "ack", "start", "resume", "finish", "verify", "close", "reply", "rework", "refuse_return", "rule",
			"accept_to",
		}, func(verb string) bool {
			out, err := w.d.Decide(w.now, dispatch.Command{Do: twinCommand(verb, c.ID, other[c.Lead.Party == "property"], w.now)})
			require.NoError(t, err)
			if out.Refusal != nil {
				refused = append(refused, verb+" "+out.Refusal.Code)
			}
			return out.Refusal == nil
		}), "%s of %s is stuck: %v", c.ID, c.State, &refused)
	}
}

func TestLawDisputesRise(t *testing.T) { rapid.Check(t, disputeProperty) }

func FuzzLawDisputes(f *testing.F) { f.Fuzz(rapid.MakeFuzz(disputeProperty)) }

// A later ruling shuts the appeal window of an earlier one, also when it names nobody
// and the case is taken up again within that window.
func TestAppealWindowEndsWithTheNextRuling(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := dispatch.NewDesk()
	deskDo(t, d, at, dispatch.Install{Setup: twinSetup(t)})
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "lamp"), Straight: true})
	for _, do := range []dispatch.Do{
		dispatch.Dispute{Case: "E1", Basis: "law", NewFacts: true}, dispatch.Judge{Case: "E1", Party: "property", Basis: "law"},
		dispatch.Appeal{Case: "E1", Basis: "law"},
	} {
		deskDo(t, d, at, do)
	}
	require.Equal(t, at.Add(10*time.Hour).UTC(), deskCase(t, d, "E1").Contention.AppealUntil)
	for _, do := range []dispatch.Do{
		dispatch.JudgeNone{Case: "E1", Basis: "law", Redress: "court"}, dispatch.Reopen{Case: "E1", Reason: "back"}, dispatch.Dispatch{Case: "E1"},
	} {
		deskDo(t, d, at, do)
	}
	require.Equal(t, "too_late", deskRefusal(t, d, at, dispatch.Command{Do: dispatch.Appeal{Case: "E1", Basis: "law"}}))
}

// After a final ruling a case that is reopened, relieved or split off goes back to whom
// it was ruled for, though the list says otherwise or nothing; ruled nobody's, it is the
// duty desk's work where the list names no single lead. Nobody disputes it any more.
func TestFinalRulingFollowsTheCase(t *testing.T) {
	at := fullDay(2, 9, 0)
	ruled := func(matter dispatch.Code, last dispatch.Do) *dispatch.Desk {
		d := fullDesk(t)
		deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", matter), Straight: matter != "waste"})
		if matter == "waste" {
			for _, do := range []dispatch.Do{dispatch.Register{Case: "E1"}, dispatch.Dispatch{Case: "E1"}, dispatch.Dispute{Case: "E1", Basis: "law", NewFacts: true}} {
				deskDo(t, d, at, do)
			}
		}
		for range 2 {
			deskDo(t, d, at, dispatch.Judge{Case: "E1", Party: "property", Basis: "law"})
			deskDo(t, d, at, dispatch.Appeal{Case: "E1", Basis: "law"})
		}
		deskDo(t, d, at, last)
		require.True(t, deskCase(t, d, "E1").Contention.Final)
		return d
	}
	again := func(d *dispatch.Desk, ways ...dispatch.Do) {
		for _, do := range ways {
			deskDo(t, d, at, do)
		}
		require.Equal(t, dispatch.StateRegistered, deskCase(t, d, "E1").State)
	}
	verbs := fullVerbs("E1", at)
	for _, matter := range []dispatch.Code{"waste", "noise"} {
		d := ruled(matter, verbs["rule"])
		again(d, verbs["ack"], verbs["start"], verbs["finish"], verbs["verify"], verbs["reply"], verbs["close"], verbs["reopen"])
		deskDo(t, d, at, verbs["dispatch"])
		require.Equal(t, dispatch.Code("property"), deskCase(t, d, "E1").Lead.Party)
		require.Equal(t, "final", deskRefusal(t, d, at, dispatch.Command{Do: verbs["dispute"]}))
		deskDo(t, d, at, dispatch.File{Event: fullEvent("E0", matter)})
		again(d, verbs["merge"], verbs["split"])
		deskDo(t, d, at, verbs["dispatch"])
		require.Equal(t, dispatch.Code("property"), deskCase(t, d, "E1").Lead.Party)
	}
	d := ruled("noise", verbs["rule_none"])
	again(d, verbs["reopen"])
	require.Equal(t, "no_lead", deskRefusal(t, d, at, dispatch.Command{Do: verbs["dispatch"]}))
	require.Equal(t, "final", deskRefusal(t, d, at, dispatch.Command{Do: verbs["dispute"]}))
	require.Equal(t, []string{"owner_unclear", "work_done"}, deskFacts(deskDo(t, d, at, verbs["finish"])))
	d = ruled("waste", verbs["rule_none"])
	again(d, verbs["reopen"])
	deskDo(t, d, at, verbs["dispatch"])
	require.Equal(t, dispatch.Code("squad"), deskCase(t, d, "E1").Lead.Party, "ruled nobody's, the list decides")
}
