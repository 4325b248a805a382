package dispatch_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// lawDoers is who did the work on one case: who finished it, whom the lead sent, and
// who found it and handles it.
type lawDoers struct {
	finished dispatch.Actor
	sent     []dispatch.Code
	self     dispatch.Code
}

// is reports whether the actor is one of them: the same person, or, unless both are
// named, the same post.
func (l *lawDoers) is(a dispatch.Actor) bool {
	if a.Person != "" && (a.Person == l.finished.Person || a.Person == l.self || slices.Contains(l.sent, a.Person)) {
		return true
	}
	return (a.Person == "" || l.finished.Person == "") && a.Post != "" && a.Post == l.finished.Post
}

// verifierProperty: whoever says that the work is done, or that it is not, is not who
// did it, whoever acts in whatever order; and everybody else who may is not refused for
// it.
func verifierProperty(t *rapid.T) {
	w := newLawWalk(t, true)
	doers := map[dispatch.Code]*lawDoers{}
	of := func(id dispatch.Code) *lawDoers {
		if doers[id] == nil {
			doers[id] = &lawDoers{}
		}
		return doers[id]
	}
	w.seen = func(e dispatch.Entry, before, after dispatch.Case) {
		l := of(e.Case)
		switch f := e.Fact.(type) {
		case dispatch.Assigned:
			l.sent = nil
			for _, p := range f.People {
				l.sent = append(l.sent, p.Person)
			}
		case dispatch.SelfHandled:
			l.self = f.LeadPerson
		case dispatch.HandedOver, dispatch.Unclaimed, dispatch.ReworksSpent, dispatch.Split, dispatch.Reopened:
			l.sent, l.self = nil, ""
		case dispatch.Dispatched:
			if before.Lead.Party != f.Lead.Party {
				l.sent = nil
			}
			l.self = ""
		case dispatch.Claimed:
			if before.Lead.Party != f.Party {
				l.sent = nil
			}
		case dispatch.WorkDone:
			l.finished = e.Actor
		case dispatch.Verified, dispatch.VerifyFailed:
			require.False(t, l.is(e.Actor), "%+v did %s and verified it: %+v", e.Actor, e.Case, *l)
		}
	}
	w.ids = w.ids[:2]
	for _, id := range w.ids {
		event := fullEvent(id, rapid.SampledFrom([]dispatch.Code{"waste", "lamp", "wish", "snow", "noise"}).Draw(t, "matter"))
		event.Reporter = rapid.SampledFrom([]dispatch.Code{event.Reporter, "vol", "com"}).Draw(t, "reporter")
		if event.Matter == "snow" {
			w.try(t, dispatch.FileSelf{Event: event})
		}
		if _, filed := w.d.Case(id); !filed {
			w.try(t, dispatch.File{Event: event, Straight: rapid.Bool().Draw(t, "straight")})
		}
	}
	w.lead = map[dispatch.State][]string{
		dispatch.StateFiled: {"register"}, dispatch.StateRegistered: {"dispatch", "dispatch", "finish"}, dispatch.StateOffered: {"claim"},
		dispatch.StateDispatched: {"ack", "ack", "redirect"}, dispatch.StateAcknowledged: {"assign", "start"},
		dispatch.StateInProgress: {"assign", "assign", "finish", "finish", "finish", "handover", "unclaim"},
		dispatch.StateDone:       {"verify", "verify", "verify_fail", "verify_fail"}, dispatch.StateVerified: {"rework", "close", "reply"},
	}
	for range rapid.IntRange(10, 60).Draw(t, "steps") {
		w.step(t, "assign", "withdraw", "reopen", "suspend", "merge", "split")
		for _, id := range w.ids {
			c, _ := w.d.Case(id)
			if c.State != dispatch.StateDone {
				continue
			}
			for _, actor := range lawActors {
				out, err := w.d.Decide(w.now, dispatch.Command{Actor: actor, Do: dispatch.Verify{Case: id}})
				require.NoError(t, err)
				if out.Refusal == nil || out.Refusal.Code == "doer_verifies" {
					require.Equal(t, of(id).is(actor), out.Refusal != nil, "%+v of %s: %+v", actor, id, *of(id))
				}
			}
		}
	}
}

func TestLawVerifierIsNotTheDoer(t *testing.T) { rapid.Check(t, verifierProperty) }

func FuzzLawVerifier(f *testing.F) { f.Fuzz(rapid.MakeFuzz(verifierProperty)) }

// Whom the duty desk sent while nobody led the case did nothing for the lead that it went
// to afterwards, and may verify.
func TestTheDesksPeopleAreNotTheLeads(t *testing.T) {
	at := fullDay(2, 9, 0)
	d := dispatch.NewDesk()
	setup, err := lawSetups()
	require.NoError(t, err)
	deskDo(t, d, at, dispatch.Install{Setup: setup})
	v := fullVerbs("E1", at)
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "noise")})
	for _, do := range []dispatch.Do{
		v["register"], v["finish"], v["verify_fail"], dispatch.Assign{Case: "E1", People: []dispatch.Sent{{Person: "qian"}}}, v["dispute"], v["rule"],
	} {
		deskDo(t, d, at, do)
	}
	require.Empty(t, deskCase(t, d, "E1").Assigned)
	for _, do := range []dispatch.Do{v["ack"], v["start"], v["finish"]} {
		deskDo(t, d, at, do)
	}
	require.Empty(t, refusedAs(t, d, at, "qian", dispatch.Verify{Case: "E1"}))
}
