package dispatch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// TestEachReporterIsHeard: of several reporters each keeps what it said last, and the case
// is as satisfied as the least satisfied of those who said something.
func TestEachReporterIsHeard(t *testing.T) { rapid.Check(t, eachReporterIsHeard) }

func FuzzCallBacks(f *testing.F) { f.Fuzz(rapid.MakeFuzz(eachReporterIsHeard)) }

func eachReporterIsHeard(t *rapid.T) {
	now := fullDay(2, 9, 0)
	d := fullAt(t, now, "waste", dispatch.StateInProgress)
	events := []dispatch.Code{"E1"}
	said := map[dispatch.Code]dispatch.Satisfied{}
	attach := func() {
		event := fullEvent(dispatch.Code("R"+string(rune('0'+len(events)))), "waste")
		deskAfter(t, d, dispatch.Attach{Case: "E1", Event: event})
		events = append(events, event.ID)
	}
	for range rapid.IntRange(0, 3).Draw(t, "reports before") {
		attach()
	}
	deskAfter(t, d, dispatch.Finish{Case: "E1"})
	check := func(c dispatch.Case) {
		want := dispatch.Satisfied("")
		for _, word := range []dispatch.Satisfied{dispatch.SatisfiedYes, dispatch.SatisfiedNo} {
			for _, s := range said {
				if s == word {
					want = word
				}
			}
		}
		require.Equal(t, want, c.Satisfied)
		others := false
		for _, r := range c.Reports {
			require.Equal(t, said[r.Event], r.Said, "%s", r.Event)
			others = others || r.Said != ""
		}
		if others {
			require.Equal(t, said["E1"], c.Said)
		} else {
			require.Empty(t, c.Said, "the case's answer is the first reporter's")
		}
	}
	for range rapid.IntRange(0, 12).Draw(t, "steps") {
		switch rapid.SampledFrom([]string{"call", "call", "call", "attach", "rework"}).Draw(t, "step") {
		case "attach":
			if len(events) < 6 {
				attach()
			}
		case "call":
			event := rapid.SampledFrom(events).Draw(t, "event")
			answer := rapid.SampledFrom([]dispatch.CallAnswer{"satisfied", "unsatisfied", "no_answer"}).Draw(t, "answer")
			said[event] = map[dispatch.CallAnswer]dispatch.Satisfied{"satisfied": "yes", "unsatisfied": "no"}[answer]
			if event == "E1" && rapid.Bool().Draw(t, "unnamed") {
				event = ""
			}
			deskAfter(t, d, dispatch.CallBack{Case: "E1", Event: event, Answer: answer})
		case "rework":
			if c := deskCase(t, d, "E1"); c.State == dispatch.StateDone && c.Reworks == 0 {
				deskAfter(t, d, dispatch.Fail{Case: "E1", Reason: "dirty"})
				deskAfter(t, d, dispatch.Finish{Case: "E1"})
			}
		}
		check(deskCase(t, d, "E1"))
	}
	deskAfter(t, d, dispatch.Verify{Case: "E1"})
	for _, event := range events {
		deskAfter(t, d, dispatch.Reply{Case: "E1", Event: event})
	}
	deskAfter(t, d, dispatch.Close{Case: "E1"})
	check(deskCase(t, d, "E1"))
	deskAfter(t, d, dispatch.Reopen{Case: "E1", Reason: "again"})
	clear(said)
	check(deskCase(t, d, "E1"))
}

// TestWhatReportersSaidIsImported: an import that contradicts itself in what its
// reporters said is refused.
func TestWhatReportersSaidIsImported(t *testing.T) {
	at, ended := fullDay(9, 9, 0), fullDay(5, 9, 0)
	for name, c := range map[string]struct {
		case_, first, other dispatch.Satisfied
		state               dispatch.State
		ok                  bool
	}{
		"none":                             {"yes", "", "", dispatch.StateClosed, true},
		"both":                             {"no", "yes", "no", dispatch.StateClosed, true},
		"the closing said otherwise":       {"yes", "yes", "no", dispatch.StateClosed, true},
		"the first alone is the case":      {"yes", "yes", "", dispatch.StateClosed, false},
		"no such word":                     {"yes", "maybe", "no", dispatch.StateClosed, false},
		"no such word of another":          {"yes", "yes", "maybe", dispatch.StateClosed, false},
		"a cancelled case is as they said": {"no", "yes", "no", dispatch.StateCancelled, true},
		"and not otherwise":                {"yes", "yes", "no", dispatch.StateCancelled, false},
	} {
		d := fullDesk(t)
		do := importedEnd("E1", c.state, ended)
		do.Satisfied, do.Said = c.case_, c.first
		do.Reports = []dispatch.Report{{Event: "R1", At: ended.Add(-time.Hour), Said: c.other}}
		out := deskDecide(t, d, at, do)
		if !c.ok {
			require.NotNil(t, out.Refusal, name)
			require.Equal(t, []string{"E1", "said"}, out.Refusal.Args, name)
			continue
		}
		require.Nil(t, out.Refusal, name)
		deskApply(t, d, out.Entries)
		got := deskCase(t, d, "E1")
		require.Equal(t, []dispatch.Satisfied{c.case_, c.first, c.other}, []dispatch.Satisfied{got.Satisfied, got.Said, got.Reports[0].Said}, name)
	}
}
