package dispatch

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/gridgov/gridgov/party"
)

// apply decides an application: its guards, in order, are mandate_exists, stale,
// not_entitled (the applicant enters it, or the duty desk), unknown_party,
// unknown_matter.
func (a *attempt) apply(do Apply) (*Refusal, error) {
	m := do.Mandate
	if _, ok := a.d.mandates[m.ID]; ok {
		return newRefusal(RefusedMandate, string(m.ID)), nil
	}
	if refusal := a.stale(0); refusal != nil {
		return refusal, nil
	}
	if refusal := a.entitled(m.Applicant); refusal != nil && a.entitled(a.d.desk()) != nil {
		return refusal, nil
	}
	if refusal := a.known(m); refusal != nil {
		return refusal, nil
	}
	due, err := a.rules.Calendar.Due(a.now.time(), a.rules.Policy.admission())
	if err != nil {
		return nil, err
	}
	a.record(MandateApplied{Mandate: m, Due: due.At, Provisional: due.Provisional})
	return nil, nil
}

// admit decides an admission: its guards, in order, are mandate_exists, stale,
// not_entitled (the duty desk enters it, or whoever decides over the community's
// important matters, 重要事项决定), unknown_party, unknown_matter. What was applied for
// is admitted under the same id.
func (a *attempt) admit(do Admit) (*Refusal, error) {
	m := do.Mandate
	version := uint64(0)
	if held, ok := a.d.mandates[m.ID]; ok {
		a.mandateOverdue(held)
		if held.State != MandateApplication {
			return newRefusal(RefusedMandate, string(m.ID)), nil
		}
		version = held.Version + uint64(len(a.entries))
	}
	if refusal := a.stale(version); refusal != nil {
		return refusal, nil
	}
	if refusal := a.decides(m.Community); refusal != nil {
		return refusal, nil
	}
	if refusal := a.known(m); refusal != nil {
		return refusal, nil
	}
	a.record(MandateAdmitted{Mandate: m})
	return nil, nil
}

// settle denies an application or revokes an admission: its guards, in order, are
// unknown_mandate, stale, not_entitled as for an admission.
func (a *attempt) settle(id Code, from MandateState, fact Fact) (*Refusal, error) {
	held, ok := a.d.mandates[id]
	if ok {
		a.mandateOverdue(held)
	}
	if !ok || held.State != from {
		return newRefusal(RefusedUnknownMandate, string(id)), nil
	}
	if refusal := a.stale(held.Version + uint64(len(a.entries))); refusal != nil {
		return refusal, nil
	}
	if refusal := a.decides(held.Community); refusal != nil {
		return refusal, nil
	}
	a.record(fact)
	return nil, nil
}

// decides refuses whoever is neither the duty desk nor decides over a community.
func (a *attempt) decides(community Code) *Refusal {
	refusal := a.seated(a.d.desk())
	if refusal != nil && a.granted(party.RightDecide, community) {
		return nil
	}
	return refusal
}

// known refuses parties and matters that do not exist.
func (a *attempt) known(m Mandate) *Refusal {
	for _, party := range []Code{m.Applicant, m.Community} {
		if !exists(a.rules, party, a.now) {
			return newRefusal(RefusedUnknownParty, string(party))
		}
	}
	if _, ok := a.rules.List.Matter(m.Matter); !ok {
		return newRefusal(RefusedUnknownMatter, string(m.Matter))
	}
	return nil
}

// record appends a fact about no case.
func (a *attempt) record(fact Fact) {
	a.entries = append(a.entries, Entry{
		Seq: a.d.seq + uint64(len(a.entries)) + 1, At: a.now.time(), Actor: a.cmd.Actor, Fact: fact,
	})
}

// mandateOverdue emits the firing of an application that is due before.
func (a *attempt) mandateOverdue(m *Admission) {
	if at, ok := m.fires(); ok && at <= a.now {
		a.entries = append(a.entries, Entry{
			Seq: a.d.seq + uint64(len(a.entries)) + 1, At: at.time(), Fact: MandateOverdue{Mandate: m.ID},
		})
	}
	a.own = len(a.entries)
}

// reviseMandates recounts by when the applications that are not overdue must be decided,
// in the order of their dues and ids: what was left by the old calendar is counted on the
// new one, and the later due stands. A due that either calendar cannot count stays, and so
// does one that counts any time.
func (a *attempt) reviseMandates(old, rules *Setup) {
	if !onWork(old.Policy.admission()) {
		return
	}
	for _, m := range a.d.pending {
		left, err := old.Calendar.Between(a.now.time(), m.Due)
		if err != nil || !m.Due.After(a.now.time()) {
			continue
		}
		if due, err := rules.Calendar.AddWorking(a.now.time(), left); err == nil && due.After(m.Due) {
			later := a.now + instant(due.Sub(a.now.time())/time.Millisecond)
			a.record(MandateRevised{Mandate: m.ID, Was: m.Due, Due: due, Provisional: provisional(rules, a.now, later)})
		}
	}
}

// fires is when an application that nobody decides is overdue.
func (m *Admission) fires() (instant, bool) {
	due, err := optionalInstant(m.Due)
	return due + 1, err == nil && due != 0 && m.State == MandateApplication && !m.Overdue
}

// applyMandate folds a fact about a mandate.
func (d *Desk) applyMandate(e *Entry) error {
	var m Admission
	id := mandateOf(e.Fact)
	held, exists := d.mandates[id]
	if exists {
		m = *held
	}
	state, old := m.State, exists
	m.Version++
	switch f := e.Fact.(type) {
	case MandateApplied:
		do, err := Apply{f.Mandate}.clean()
		if err != nil {
			return fmt.Errorf("%w: %w", ErrEntry, err)
		}
		if _, err := instantOf(f.Due); err != nil {
			return fmt.Errorf("%w: %w", ErrEntry, err)
		}
		m.Mandate, m.Due, m.State, m.Provisional = do.(Apply).Mandate, f.Due.UTC(), MandateApplication, f.Provisional
		m.AppliedAt, m.Actor, exists = e.At.UTC(), e.Actor, !exists
	case MandateAdmitted:
		mandate, err := f.Mandate.clean()
		if err != nil {
			return fmt.Errorf("%w: %w", ErrEntry, err)
		}
		m.Mandate, m.State, m.AdmittedAt, m.Actor = mandate, MandateInForce, e.At.UTC(), e.Actor
		exists = !exists || state == MandateApplication
	case MandateOverdue:
		exists = exists && state == MandateApplication && !m.Overdue
		m.Overdue = true
	case MandateRevised:
		if _, err := instantOf(f.Due); err != nil {
			return fmt.Errorf("%w: %w", ErrEntry, err)
		}
		exists = exists && state == MandateApplication && !m.Overdue && f.Was.Equal(m.Due) && f.Due.After(f.Was)
		m.Due, m.Provisional = f.Due.UTC(), f.Provisional
	case MandateDenied:
		exists = exists && state == MandateApplication
		m.State, m.EndedAt, m.Reason = MandateRefused, e.At.UTC(), f.Reason
	case MandateRevoked:
		exists = exists && state == MandateInForce
		m.State, m.EndedAt, m.Reason = MandateEnded, e.At.UTC(), f.Reason
	}
	if !exists {
		return fmt.Errorf("%w: mandate %q is there already, or is not in a state for it", ErrEntry, string(id))
	}
	d.mandates[id] = &m
	if old {
		d.pending = slices.DeleteFunc(d.pending, func(each *Admission) bool { return each.ID == id })
	}
	if _, waits := m.fires(); waits {
		at, _ := slices.BinarySearchFunc(d.pending, &m, func(a, b *Admission) int {
			return cmp.Or(a.Due.Compare(b.Due), compareCodes(a.ID, b.ID))
		})
		d.pending = slices.Insert(d.pending, at, &m)
	}
	return nil
}

// mandateOf is the mandate that a fact is about.
func mandateOf(fact Fact) Code {
	switch f := fact.(type) {
	case MandateApplied:
		return f.Mandate.ID
	case MandateAdmitted:
		return f.Mandate.ID
	case MandateOverdue:
		return f.Mandate
	case MandateRevised:
		return f.Mandate
	case MandateDenied:
		return f.Mandate
	case MandateRevoked:
		return f.Mandate
	}
	return ""
}

// admitted reports whether a matter was admitted for a community at an instant.
func (d *Desk) admitted(matter, community Code, at time.Time) bool {
	for _, m := range d.mandates {
		held := m.State == MandateInForce || m.State == MandateEnded && m.EndedAt.After(at)
		if held && m.Community == community && Covers(m.Matter, matter) && m.During.Holds(at) && !m.AdmittedAt.After(at) {
			return true
		}
	}
	return false
}

// unadmitted reports whether the case's matter needs an admission that its lead
// did not have when the case was dispatched to it.
func (t *trial) unadmitted() bool {
	c := &t.w.c
	matter, _ := t.rules.List.Matter(c.event.Matter)
	return c.parties != nil && matter.Kind == MandateKind &&
		!t.d.admitted(c.event.Matter, c.parties.Lead.Party, c.dispatchedAt.time())
}
