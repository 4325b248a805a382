package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// termsRules are drawn standards and matters that ask for evidence and for outcomes.
type termsRules struct {
	standards []dispatch.Standard
	matters   []dispatch.Matter
	ladders   bool // else the duty desk stands in for a lead that is not certain
}

var termsKinds = []string{"before", "after", "track", "video"}

func kindsDrawn(t *rapid.T, label string) []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(termsKinds), 0, 2, rapid.ID[string]).Draw(t, label)
}

func drawTermsRules(t *rapid.T) termsRules {
	r := termsRules{matters: fullMatters(), ladders: rapid.Bool().Draw(t, "ladders")}
	for _, matter := range []dispatch.Code{"waste", "lamp", "snow", "gas", "noise", "*"} {
		for _, condition := range []string{"", "broken"} {
			for _, season := range []string{"", "03-02..03-03"} {
				if rapid.IntRange(0, 2).Draw(t, "standard") == 0 {
					r.standards = append(r.standards, dispatch.Standard{
						Matter: matter, Condition: condition, Season: season, Limit: deskBudget("9wd"), Evidence: kindsDrawn(t, "kinds"),
					})
				}
			}
		}
	}
	for i := range r.matters {
		m := &r.matters[i]
		m.VerifySample = rapid.SampledFrom([]int{0, 1}).Draw(t, "sample")
		if rapid.IntRange(0, 2).Draw(t, "asks") == 0 {
			m.Evidence = kindsDrawn(t, "matter kinds")
		}
		if rapid.IntRange(0, 2).Draw(t, "ends") == 0 {
			m.Outcomes = []string{"settled", "moved"}
		}
	}
	return r
}

func (r termsRules) setup(t require.TestingT) dispatch.Setup {
	setup, err := lawSetups()
	require.NoError(t, err)
	standards, err := dispatch.NewStandards(r.standards, time.FixedZone("CST", 8*60*60))
	require.NoError(t, err)
	setup.List, err = dispatch.Compile(r.matters, fullRules(), setup.Map, setup.Directory, dispatch.Options{Standards: standards})
	require.NoError(t, err)
	if !r.ladders {
		setup.Policy.Ladders = nil
	}
	return setup
}

func (r termsRules) matter(code dispatch.Code) dispatch.Matter {
	return r.matters[slices.IndexFunc(r.matters, func(m dispatch.Matter) bool { return m.Code == code })]
}

// asks is what the rules ask of a case dispatched at an instant, by trying every
// standard: the matter's own before any matter's, one of the condition before one of
// none, one of the season before one of all year.
func (r termsRules) asks(event dispatch.Event, at time.Time) (name string, kinds map[string]bool) {
	kinds = map[string]bool{}
	for _, kind := range r.matter(event.Matter).Evidence {
		kinds[kind] = true
	}
	day := at.In(time.FixedZone("CST", 8*60*60)).Day()
	best := -1
	var found dispatch.Standard
	for _, s := range r.standards {
		if s.Matter != "*" && s.Matter != event.Matter || s.Condition != "" && s.Condition != event.Condition || s.Season != "" && day != 2 && day != 3 {
			continue
		}
		rank := 0
		for bit, holds := range []bool{s.Season != "", s.Condition != "", s.Matter != "*"} {
			if holds {
				rank += 1 << bit
			}
		}
		if rank > best {
			best, found = rank, s
		}
	}
	for _, kind := range found.Evidence {
		kinds[kind] = true
	}
	for _, part := range []string{string(found.Matter), found.Condition, found.Season} {
		if part != "" && name != "" {
			name += "/"
		}
		name += part
	}
	return name, kinds
}

// termsTwin is one case, from the journal alone.
type termsTwin struct {
	event          dispatch.Event
	led            bool
	standard       string
	asked          map[string]bool
	report, worked map[string]bool
	missing        bool
}

func (c *termsTwin) show(list []dispatch.Evidence, into map[string]bool) {
	for _, v := range list {
		into[v.Kind] = true
	}
}

// without are the kinds that are asked for and neither shown nor in the list.
func (c *termsTwin) without(asked map[string]bool, list []dispatch.Evidence) map[string]bool {
	has := map[string]bool{}
	c.show(list, has)
	out := map[string]bool{}
	for kind := range asked {
		if !c.report[kind] && !c.worked[kind] && !has[kind] {
			out[kind] = true
		}
	}
	return out
}

func asSet(list []string) map[string]bool {
	out := map[string]bool{}
	for _, each := range list {
		out[each] = true
	}
	return out
}

// termsWalk checks every entry against the twins.
type termsWalk struct {
	*lawWalk
	rules termsRules
	cases map[dispatch.Code]*termsTwin
	last  time.Time // of all entries
}

// dispatched compares the terms of a dispatch with what the rules then ask, unless they
// were handed on from the lead before.
func (w *termsWalk) dispatched(t *rapid.T, c *termsTwin, at time.Time, terms dispatch.Terms, handedOn bool) {
	if !handedOn {
		name, kinds := w.rules.asks(c.event, at)
		require.Equal(t, name, terms.Standard)
		require.Equal(t, kinds, asSet(terms.Evidence))
		require.Len(t, terms.Evidence, len(kinds))
	} else {
		require.Equal(t, c.standard, terms.Standard)
		require.Equal(t, c.asked, asSet(terms.Evidence))
	}
	c.led, c.standard, c.asked, c.worked = true, terms.Standard, asSet(terms.Evidence), map[string]bool{}
}

// asked are the terms of the case now.
func (w *termsWalk) asked(c *termsTwin, at time.Time) (string, map[string]bool) {
	if c.led {
		return c.standard, c.asked
	}
	return w.rules.asks(c.event, at)
}

func (w *termsWalk) see(t *rapid.T, e dispatch.Entry, after dispatch.Case) {
	c := w.cases[e.Case]
	if e.At.After(w.last) {
		w.last = e.At
	}
	switch f := e.Fact.(type) {
	case dispatch.CaseFiled:
		c = &termsTwin{event: f.Event, report: map[string]bool{}, worked: map[string]bool{}}
		w.cases[e.Case] = c
		c.show(f.Event.Evidence, c.report)
	case dispatch.Attached:
		c.show(f.Event.Evidence, c.report)
	case dispatch.SelfHandled:
		w.dispatched(t, c, e.At, f.Terms, false)
	case dispatch.Dispatched:
		w.dispatched(t, c, e.At, f.Terms, c.led && f.Lead.Rule == "")
	case dispatch.ClaimOpened:
		w.dispatched(t, c, e.At, f.Terms, false)
	case dispatch.Claimed:
		c.worked = map[string]bool{}
	case dispatch.RectifyReported:
		c.show(f.Evidence, c.worked)
	case dispatch.RectifyDeclined, dispatch.VerifyFailed, dispatch.ReworkOrdered:
		c.worked = map[string]bool{}
	case dispatch.Reopened:
		c.worked, c.led, c.standard = map[string]bool{}, false, ""
	case dispatch.HandedOver, dispatch.ReworksSpent, dispatch.ReviewLapsed:
		c.led = c.led && !after.DispatchedAt.IsZero()
	case dispatch.WorkDone:
		standard, asked := w.asked(c, e.At)
		missing := c.without(asked, f.Evidence)
		require.Equal(t, missing, asSet(f.Missing))
		require.Equal(t, len(missing) > 0, f.Waiver != "", "%+v", f)
		if !c.led {
			require.Equal(t, standard, f.Standard)
			c.standard = standard
		}
		c.missing = len(missing) > 0
		require.Equal(t, c.missing, after.Unproven)
		c.show(f.Evidence, c.worked)
	case dispatch.VerifyLapsed, dispatch.VerifyWaived:
		require.False(t, c.missing, "silence verified a case without its evidence")
	case dispatch.CaseClosed:
		require.Equal(t, c.standard, f.Standard)
		matter := w.rules.matter(c.event.Matter)
		known := matter.Outcomes
		if len(known) == 0 && matter.Kind == dispatch.MediationKind {
			known = dispatch.MediationOutcomes()
		}
		require.Equal(t, len(known) > 0 && !slices.Contains(known, f.Outcome), f.Waiver != "", "%+v", f)
	}
	if c != nil && after.State == dispatch.StateInProgress {
		_, asked := w.asked(c, w.last)
		require.Equal(t, c.without(asked, nil), asSet(after.Wanted), "%s after %T", e.Case, e.Fact)
	}
}

// finish tries to finish and says beforehand whether evidence hinders it.
func (w *termsWalk) finish(t *rapid.T, id dispatch.Code) {
	do := dispatch.Finish{Case: id, Override: "alone", Waiver: rapid.SampledFrom([]string{"", "", "lens broken"}).Draw(t, "waiver")}
	do.Evidence, _ = evidenceDrawn(t, "work")
	w.tick(t)
	c := w.cases[id]
	_, asked := w.asked(c, w.now)
	out := w.try(t, do)
	if len(out.Entries) > 0 {
		return
	}
	if out.Refusal != nil && out.Refusal.Code == "no_evidence" {
		require.Empty(t, do.Waiver)
		require.NotEmpty(t, c.without(asked, do.Evidence))
		require.NotEmpty(t, out.Refusal.Args[1])
	}
}

// close tries to close as an outcome and says beforehand whether the matter knows it.
func (w *termsWalk) close(t *rapid.T, id dispatch.Code, outcome string) {
	matter := w.rules.matter(w.cases[id].event.Matter)
	known := matter.Outcomes
	if len(known) == 0 && matter.Kind == dispatch.MediationKind {
		known = dispatch.MediationOutcomes()
	}
	do := dispatch.Close{Case: id, Outcome: outcome, Waiver: rapid.SampledFrom([]string{"", "", "the court has it"}).Draw(t, "close waiver")}
	out := w.try(t, do)
	if refused := out.Refusal != nil && out.Refusal.Code == "outcome"; len(out.Entries) > 0 || refused {
		require.Equal(t, do.Waiver == "" && len(known) > 0 && !slices.Contains(known, outcome), refused)
	}
}

// termsProperty: every dispatch has the terms that the rules then had and later rules
// change none of them; work is reported as done exactly when all evidence that the terms
// ask for is there, from reports or from this attempt, or a waiver says why not; what was
// waived is never verified by silence; and every end names its standard.
func termsProperty(t *rapid.T) {
	w := &termsWalk{lawWalk: newLawWalk(t, false), rules: drawTermsRules(t), cases: map[dispatch.Code]*termsTwin{}}
	w.seen = func(e dispatch.Entry, _, after dispatch.Case) { w.see(t, e, after) }
	install := func() { w.apply(t, deskDecide(t, w.d, w.now, dispatch.Install{Setup: w.rules.setup(t)}).Entries) }
	install()
	w.ids = w.ids[:2]
	for _, id := range w.ids {
		event := fullEvent(id, rapid.SampledFrom([]dispatch.Code{"waste", "lamp", "snow", "gas", "gas", "noise", "noise", "wish", "quarrel"}).Draw(t, "matter"))
		event.Evidence, _ = evidenceDrawn(t, "report")
		event.Condition = rapid.SampledFrom([]string{"", "broken"}).Draw(t, "condition")
		if event.Matter == "snow" {
			w.try(t, dispatch.FileSelf{Event: event})
		} else {
			w.try(t, dispatch.File{Event: event, Straight: rapid.Bool().Draw(t, "straight")})
		}
	}
	w.lead = map[dispatch.State][]string{
		dispatch.StateFiled: {"register"}, dispatch.StateRegistered: {"dispatch", "finish"}, dispatch.StateDispatched: {"ack", "ack", "ack", "redirect", "redirect", "decline"},
		dispatch.StateAcknowledged: {"start"}, dispatch.StateInProgress: {"finish", "finish", "accept", "decline", "handover"},
		dispatch.StateDone: {"verify", "verify_fail"}, dispatch.StateVerified: {"rework", "close", "close", "reply"}, dispatch.StateClosed: {"reopen"},
	}
	for range rapid.IntRange(5, 40).Draw(t, "steps") {
		id := rapid.SampledFrom(w.ids).Draw(t, "case")
		c, _ := w.d.Case(id)
		switch what := rapid.IntRange(0, 9).Draw(t, "what"); {
		case what < 2 && c.ID != "":
			w.finish(t, id)
		case what == 2, what == 5 && c.Push != nil:
			mend := dispatch.Mend{Case: id}
			mend.Evidence, _ = evidenceDrawn(t, "mended")
			w.try(t, mend)
		case what == 3:
			w.n++
			event := fullEvent(dispatch.Code("B"+string(id)+string(rune('a'+w.n%26))+string(rune('a'+w.n/26))), "waste")
			event.Evidence, _ = evidenceDrawn(t, "attached")
			w.try(t, dispatch.Attach{Case: id, Event: event})
		case what == 6 && c.State == dispatch.StateVerified:
			w.try(t, dispatch.Reply{Case: id})
			outcome := rapid.SampledFrom([]string{"settled", "moved", "failed", ""}).Draw(t, "outcome")
			w.close(t, id, outcome)
		case what == 4 && rapid.IntRange(0, 3).Draw(t, "new rules") == 0:
			w.tick(t) // what is due before is decided by the rules of before
			w.rules = drawTermsRules(t)
			install()
		default:
			w.step(t, "withdraw", "reopen", "mend", "accept", "decline")
		}
	}
}

func TestLawTerms(t *testing.T) { rapid.Check(t, termsProperty) }

func FuzzLawTerms(f *testing.F) { f.Fuzz(rapid.MakeFuzz(termsProperty)) }
