package dispatch

import (
	"fmt"
	"slices"
	"strings"
)

// Terms are what the work on a case must meet (办理要求), as the list and its Standards
// said when the case was dispatched: rules that change later ask nothing more of whoever
// has it already. An Import that names none owes no evidence.
type Terms struct {
	Standard string   `json:"standard,omitzero"`  // name of the Standard of matter, condition and season
	Evidence []string `json:"evidence,omitempty"` // kinds that finishing needs: the Standard's, then the Matter's
}

// check answers ErrCommand for terms that no list could have.
func (v Terms) check() error {
	if err := checkKinds(v.Evidence, 2*StandardEvidence); err != nil {
		return err
	}
	return checkLabels("standard", v.Standard)
}

// checkKinds answers ErrCommand for too many kinds of evidence, or one that is none.
func checkKinds(kinds []string, most int) error {
	if len(kinds) > most {
		return fmt.Errorf("%w: %d kinds of evidence, at most %d", ErrCommand, len(kinds), most)
	}
	for _, kind := range kinds {
		if err := checkStated("evidence", kind); err != nil {
			return err
		}
	}
	return nil
}

// terms are those of a case dispatched at an instant.
func (s *Setup) terms(c *caseState, at instant) Terms {
	standard, _ := s.List.Standards().Find(c.event.Matter, c.event.Condition, at.time())
	matter, _ := s.List.Matter(c.event.Matter)
	terms := Terms{Standard: standard.Name, Evidence: standard.Evidence}
	for _, kind := range matter.Evidence {
		if !slices.Contains(terms.Evidence, kind) {
			terms.Evidence = append(slices.Clip(terms.Evidence), kind)
		}
	}
	return terms
}

// bound reports whether the case has terms of its own: it was dispatched, or offered, and
// since then neither reopened nor taken back by the duty desk.
func (c *caseState) bound() bool {
	return c.parties != nil && (c.dispatchedAt != 0 || c.state == StateOffered)
}

// terms are those that the case is bound by, else those that the rules have at an instant.
func (c *caseState) terms(rules *Setup, at instant) Terms {
	if c.bound() {
		return c.parties.Terms
	}
	return rules.terms(c, at)
}

// standard is the name of the Standard by which the case was done.
func (c *caseState) standard() string {
	if !c.bound() {
		return c.also().standard
	}
	return c.parties.Terms.Standard
}

// missing are the kinds of evidence that the terms ask for and that neither the case nor
// the command shows.
func (t *trial) missing(do Finish) []string {
	return t.w.c.wants(t.w.c.terms(t.rules, t.now), do.Evidence)
}

// wants are the kinds that terms ask for and that neither the case nor further evidence
// shows.
func (c *caseState) wants(terms Terms, further []Evidence) []string {
	var missing []string
	for _, kind := range terms.Evidence {
		if !c.shows(kind, further) {
			missing = append(missing, kind)
		}
	}
	return missing
}

// proofGuard refuses to finish without the evidence that is asked for, unless the
// command says why.
func (t *trial) proofGuard(refuse func(...string) *Refusal) *Refusal {
	do, ok := t.cmd.Do.(Finish)
	if !ok || do.Waiver != "" {
		return nil
	}
	if missing := t.missing(do); len(missing) > 0 {
		return refuse(strings.Join(missing, ", "))
	}
	return nil
}

// workDone is the fact of a finish: a waiver is worth telling only where it was needed.
func (t *trial) workDone(do Finish) WorkDone {
	done := WorkDone{Evidence: do.Evidence, Override: do.Override, Missing: t.missing(do)}
	if len(done.Missing) > 0 {
		done.Waiver = do.Waiver
	}
	if c := &t.w.c; !c.bound() {
		done.Standard = c.terms(t.rules, t.now).Standard
	}
	return done
}

// The kinds of evidence that a self-handled case must have to be left out of the
// sample.
const (
	EvidenceBefore = "before"
	EvidenceAfter  = "after"
)

// shown is the kinds of evidence of a case, each once in a list: what came with reports
// counts for good, what came with work only until the work has to be done again or
// somebody else is to do it. It is never written to.
type shown struct{ reported, worked []string }

// shows reports whether there is evidence of a kind, in the case or further on.
func (c *caseState) shows(kind string, further []Evidence) bool {
	if s := c.shown; s != nil && (slices.Contains(s.reported, kind) || slices.Contains(s.worked, kind)) {
		return true
	}
	return slices.ContainsFunc(further, func(v Evidence) bool { return v.Kind == kind })
}

// show counts evidence, of a report or of work.
func (c *caseState) show(list []Evidence, work bool) {
	c.evidence += int32(len(list))
	for _, v := range list {
		var next shown
		if c.shown != nil {
			next = *c.shown
		}
		into := &next.reported
		if work {
			into = &next.worked
		}
		if !slices.Contains(*into, v.Kind) {
			*into = append(slices.Clip(*into), v.Kind)
			c.shown = &next
		}
	}
}

// kindsOf are the kinds that reports showed, for the caller to keep.
func kindsOf(s *shown) []string {
	if s == nil {
		return nil
	}
	return slices.Clone(s.reported)
}

// unshow lets the evidence of work count no more, as it must be done again.
func (c *caseState) unshow() {
	if c.shown != nil && len(c.shown.worked) > 0 {
		c.shown = &shown{reported: c.shown.reported}
	}
}

// wanted are the kinds of evidence that a case still needs before it can be finished.
func (d *Desk) wanted(c *caseState) []string {
	switch c.state {
	case StateFiled, StateDone, StateVerified:
		return nil
	}
	if !c.bound() && d.rules == nil {
		return nil
	}
	return c.wants(c.terms(d.rules, d.last), nil)
}
