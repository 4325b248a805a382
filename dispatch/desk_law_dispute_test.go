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
// strictly, an appeal and a raising go above the latest ruling, a level rises strictly
// while a dispute lasts, and after a final ruling no return, no appeal, no redirection
// and no dispute of a lead is accepted. Only the duty desk, which stands in for a lead
// that is relieved or that nobody knows, may still have the case decided.
func disputeProperty(t *rapid.T) {
	w := newLawWalk(t, rapid.Bool().Draw(t, "people"))
	ruled, final, level := map[dispatch.Code]int{}, map[dispatch.Code]bool{}, map[dispatch.Code]int{}
	rise := func(e dispatch.Entry, to int) {
		require.Greater(t, to, ruled[e.Case], "%s of %s", dispatch.FactName(e.Fact), e.Case)
		require.Greater(t, to, level[e.Case], "%s of %s", dispatch.FactName(e.Fact), e.Case)
		level[e.Case] = to
	}
	w.seen = func(e dispatch.Entry, before, after dispatch.Case) {
		name := dispatch.FactName(e.Fact)
		switch f := e.Fact.(type) {
		case dispatch.DisputeOpened:
			require.False(t, final[e.Case] && before.State != dispatch.StateRegistered, "a dispute of %s after a final ruling", e.Case)
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
			ruled[e.Case], final[e.Case] = f.Level, f.Final
		}
		if slices.Contains([]string{"return_asked", "return_accepted", "redirected"}, name) {
			require.False(t, final[e.Case], "%s of %s after a final ruling", name, e.Case)
		}
	}
	w.ids = w.ids[:2]
	w.lead = map[dispatch.State][]string{
		dispatch.StateFiled: {"register"}, dispatch.StateRegistered: {"dispatch", "dispatch", "dispute"},
		dispatch.StateDispatched: {"dispute", "dispute", "appeal", "appeal", "return", "redirect"}, dispatch.StateAcknowledged: {"dispute"},
		dispatch.StateInProgress: {"dispute", "finish"}, dispatch.StateReturned: {"refuse_return", "accept_return"},
		dispatch.StateDisputed: {"rule", "rule", "rule", "rule", "rule_none", "agree"}, dispatch.StateRejected: {"reopen"},
		dispatch.StateDone: {"verify_fail"}, dispatch.StateVerified: {"rework"},
	}
	w.file(t, "waste", "lamp", "noise", "tree")
	for range rapid.IntRange(10, 60).Draw(t, "steps") {
		w.step(t, "return", "redirect", "appeal", "dispute", "reopen", "extend")
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
