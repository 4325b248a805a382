package dispatch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// handleProperty lets the lead of one case acknowledge early, late or never, and on
// another desk return it, be refused, dispute it, lose and appeal as well, all at random
// instants: as long as the case stays with it, H is due at the same instant, and has run
// out at the same one. A lead that gets the case by a ruling has its own time from that
// instant, whatever the voided dispatches used, and is late for nothing before it.
func handleProperty(t *rapid.T) {
	matter := rapid.SampledFrom([]dispatch.Code{"waste", "lamp", "gas"}).Draw(t, "matter")
	budget := map[dispatch.Code]string{"waste": "2wd", "lamp": "8h", "gas": "3wd"}[matter]
	w, plain := newLawWalk(t, false), newLawWalk(t, false)
	setup, err := lawSetups()
	require.NoError(t, err)
	var late, lateAlone []time.Time
	var owner []dispatch.Code
	ranOut := func(e dispatch.Entry, list *[]time.Time) {
		if f, ok := e.Fact.(dispatch.StageOverdue); ok && f.Stage == dispatch.HandleClock {
			*list = append(*list, e.At)
		}
	}
	w.seen = func(e dispatch.Entry, before, _ dispatch.Case) {
		ranOut(e, &late)
		if f, ok := e.Fact.(dispatch.StageOverdue); ok && f.Stage == dispatch.HandleClock {
			owner = append(owner, f.Party)
		}
	}
	plain.seen = func(e dispatch.Entry, _, _ dispatch.Case) { ranOut(e, &lateAlone) }
	for _, each := range []*lawWalk{w, plain} {
		each.try(t, dispatch.File{Event: fullEvent("E1", matter), Straight: true})
	}
	lead := deskCase(t, w.d, "E1").Lead.Party
	plain.now = plain.now.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "minutes")) * time.Minute)
	plain.try(t, dispatch.Ack{Case: "E1"})
	due := deskCase(t, plain.d, "E1").HandleDue
	since := fullDay(2, 9, 0)
	want, err := setup.Calendar.Add(since, deskBudget(budget))
	require.NoError(t, err)
	require.Equal(t, want.UTC(), due)
	verbs := map[dispatch.State][]string{
		dispatch.StateDispatched: {"ack", "return", "dispute", "appeal", "dispute"}, dispatch.StateAcknowledged: {"start", "dispute"},
		dispatch.StateInProgress: {"dispute", "finish"}, dispatch.StateReturned: {"refuse_return", "refuse_return", "accept_return"},
		dispatch.StateDisputed: {"rule", "rule", "agree"},
	}
	for range rapid.IntRange(1, 25).Draw(t, "steps") {
		w.later(t)
		c := deskCase(t, w.d, "E1")
		if verbs[c.State] == nil {
			break
		}
		verb := rapid.SampledFrom(verbs[c.State]).Draw(t, "verb")
		to := rapid.SampledFrom([]dispatch.Code{c.Lead.Party, c.Lead.Party, "urban", "community"}).Draw(t, "party")
		do := twinCommand(verb, "E1", to, w.now)
		if verb == "dispute" {
			do = dispatch.Dispute{Case: "E1", Basis: "law", NewFacts: true}
		}
		w.try(t, do)
		c = deskCase(t, w.d, "E1")
		if c.Lead.Party != lead {
			lead, since = c.Lead.Party, w.now
			due, err = setup.Calendar.Add(since, deskBudget(budget))
			require.NoError(t, err)
			owner = nil
		}
		require.Equal(t, due.UTC(), c.HandleDue, "H after %s", verb)
		for _, party := range owner {
			require.Equal(t, lead, party, "late in another's place")
		}
	}
	if lead == deskCase(t, plain.d, "E1").Lead.Party && since.Equal(fullDay(2, 9, 0)) {
		w.tick(t)
		plain.now = later(plain.now, w.now)
		plain.tick(t)
		if deskCase(t, w.d, "E1").DoneAt.IsZero() && plain.now.Equal(w.now) {
			require.Equal(t, lateAlone, late, "H runs out")
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func TestLawHandleTimeIsOfOneDispatch(t *testing.T) { rapid.Check(t, handleProperty) }

func FuzzLawHandle(f *testing.F) { f.Fuzz(rapid.MakeFuzz(handleProperty)) }
