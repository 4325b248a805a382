package dispatch

import (
	"container/heap"
	"fmt"

	"github.com/gridgov/gridgov/internal/keyed"
)

// Apply folds one entry. It never fails on what Decide or Tick produced, in
// order. Errors as *DeskError, with the desk unchanged: ErrSequence when Seq is
// not the next one, the time, ErrEntry for anything that cannot have happened.
// It reads no rules. O(log n).
func (d *Desk) Apply(e Entry) error {
	if err := d.apply(&e); err != nil {
		return &DeskError{Verb: FactName(e.Fact), Case: e.Case, Seq: e.Seq, Err: err}
	}
	return nil
}

func (d *Desk) apply(e *Entry) error {
	if e.Seq != d.seq+1 {
		return fmt.Errorf("%w: %d follows %d", ErrSequence, e.Seq, d.seq)
	}
	at, err := instantOf(e.At)
	if err != nil {
		return err
	}
	if (e.Key == Sum{}) != (e.Sum == Sum{}) {
		return fmt.Errorf("%w: a key without a body", ErrEntry)
	}
	if _, seen, _ := d.keys.Find(e.Key, e.Sum); seen {
		return fmt.Errorf("%w: the key was used before", ErrEntry)
	}
	switch f := e.Fact.(type) {
	case nil:
		return fmt.Errorf("%w: no fact", ErrEntry)
	case SetupInstalled:
		err = d.applyInstall(f)
	case MandateApplied, MandateAdmitted, MandateOverdue, MandateRevised, MandateDenied, MandateRevoked:
		err = d.applyMandate(e)
	case Refused:
		err = d.applyRefused(e, f)
	default:
		err = d.applyCase(e)
	}
	if err != nil {
		return err
	}
	d.seq, d.last = e.Seq, max(d.last, at)
	if e.Key != (Sum{}) {
		d.keys.Put(e.Key, keyed.Slot{Body: e.Sum, Seq: e.Seq})
	}
	return nil
}

func (d *Desk) applyRefused(e *Entry, f Refused) error {
	if e.Key == (Sum{}) || f.Refusal.Code == "" {
		return fmt.Errorf("%w: only a keyed refusal is recorded", ErrEntry)
	}
	d.refused[e.Seq] = *f.Refusal.own()
	return nil
}

// own answers a refusal that shares no slice with r.
func (r Refusal) own() *Refusal {
	r.Args = cloneOrNil(r.Args)
	return &r
}

// applyCase folds a fact about a case into a copy of it, looks whether the copy
// is a case that somebody answers for, and only then lets it stand.
func (d *Desk) applyCase(e *Entry) error {
	if len(d.setups) == 0 {
		return fmt.Errorf("%w: no rules were installed", ErrEntry)
	}
	old, exists := d.cases[e.Case]
	events, filing := opens(e.Fact)
	if exists == filing {
		return fmt.Errorf("%w: case %q", ErrEntry, string(e.Case))
	}
	c := &d.scratch
	if exists {
		*c = *old
	} else {
		*c = caseState{id: e.Case}
		for i, event := range events {
			if err := d.fresh(e.Case, event); err != nil {
				return err
			}
			for _, other := range events[:i] {
				if other.ID == event.ID {
					return fmt.Errorf("%w: event %q twice", ErrEntry, string(event.ID))
				}
			}
		}
	}
	if more, ok := e.Fact.(Attached); ok {
		if err := d.fresh(e.Case, more.Event); err != nil {
			return err
		}
	}
	if brought, ok := e.Fact.(CaseImported); ok {
		if field := d.misplaced(e.Case, &brought.Import, d.cases[brought.Into]); field != "" {
			return fmt.Errorf("%w: %s of an import", ErrEntry, field)
		}
	} else if d.awaited[e.Case] != "" {
		return fmt.Errorf("%w: case %q is to be imported", ErrEntry, string(e.Case))
	}
	if err := c.fold(e, d.like(e.Fact)); err != nil {
		return err
	}
	c.arm()
	if c.setup < 1 || c.setup > d.number() {
		return fmt.Errorf("%w: there is no setup %d", ErrEntry, c.setup)
	}
	if c.state.Open() && c.next == 0 {
		return fmt.Errorf("%w: an open case without a due", ErrEntry)
	}
	if _, left := e.Fact.(Archived); left && c.next != 0 {
		return fmt.Errorf("%w: an archived case with a due", ErrEntry)
	}
	if c.state.Open() && c.ladder != 0 && int(c.rung) >= len(d.rungs(c, OverdueLadder)) {
		return fmt.Errorf("%w: no rung is left to wait for", ErrEntry)
	}
	d.keep(c, e)
	d.commit(old, c)
	d.tell(c, e, c.touched)
	switch f := e.Fact.(type) {
	case Attached:
		d.events[f.Event.ID] = c.id
	case CaseImported:
		for _, r := range f.Reports {
			d.events[r.Event] = c.id
		}
		d.await(c.id, f, f.Merged)
	case PrecedentProposed:
		d.proposals = append(d.proposals, Proposal{PrecedentProposed: f, Case: c.id, At: e.At.UTC(), Level: c.also().dispute.level, Body: c.also().dispute.body})
	case Archived:
		delete(d.cases, c.id)
		d.archived[c.id] = c.event.ID == c.id
		d.await(c.id, f, c.also().merged)
	}
	return nil
}

// opens are the events with which a fact opens a case, if it does.
func opens(fact Fact) ([]Event, bool) {
	switch f := fact.(type) {
	case CaseFiled:
		return []Event{f.Event}, true
	case CaseImported:
		events := []Event{f.Event}
		for _, id := range reportIDs(f.Reports) {
			events = append(events, Event{ID: id, Matter: f.Event.Matter})
		}
		return events, true
	}
	return nil, false
}

// fresh reports whether an event may open a case.
func (d *Desk) fresh(id Code, event Event) error {
	if err := checkCodes("case", id); err != nil {
		return fmt.Errorf("%w: %w", ErrEntry, err)
	}
	if _, err := event.clean(); err != nil {
		return fmt.Errorf("%w: %w", ErrEntry, err)
	}
	if _, gone := d.archived[id]; gone {
		return fmt.Errorf("%w: case %q was archived", ErrEntry, string(id))
	}
	if _, ok := d.eventCase(event.ID); ok {
		return fmt.Errorf("%w: event %q was filed before", ErrEntry, string(event.ID))
	}
	return nil
}

// like is the parties of the latest case by the rule of a dispatch, which are mostly those
// of this one.
func (d *Desk) like(fact Fact) *Parties {
	if f, ok := fact.(Dispatched); ok {
		return d.alike[f.Lead.Rule]
	}
	return nil
}

// keep makes what the case took from the entry its own. Most cases are dispatched
// as the one before by the same rule was, and share its parties.
func (d *Desk) keep(c *caseState, e *Entry) {
	c.held = cloneOrNil(c.held)
	switch e.Fact.(type) {
	case CaseFiled, CaseImported:
		c.event.Classes, c.event.Owners = cloneOrNil(c.event.Classes), cloneOrNil(c.event.Owners)
		if c.event.Point != nil {
			c.event.Point = new(*c.event.Point)
		}
	case OwnerUnclear:
		c.tie = cloneOrNil(c.tie)
	case Dispatched, SelfHandled, ClaimOpened, Claimed:
		if last := d.alike[c.parties.Lead.Rule]; last != nil && (last == c.parties || last.same(c.parties)) {
			c.parties = last
			return
		}
		c.parties = new(c.parties.own())
		d.alike[c.parties.Lead.Rule] = c.parties
	}
}

// commit lets the changed case stand, in the queue that it belongs to.
func (d *Desk) commit(old, changed *caseState) {
	if old == nil {
		changed = new(*changed)
		d.cases[changed.id] = changed
		if changed.event.ID != changed.id {
			d.events[changed.event.ID] = changed.id
		}
		if changed.state.Open() {
			d.open++
		}
		if queue := d.queueOf(changed); queue != nil {
			heap.Push(queue, changed)
		}
		d.agenda.change(nil, changed)
		return
	}
	from, to, wasOpen, pos := d.queueOf(old), d.queueOf(changed), old.state.Open(), old.pos
	d.agenda.change(old, changed)
	*old = *changed
	old.pos = pos
	switch {
	case from == to && to != nil:
		heap.Fix(to, int(pos))
	case from != to:
		if from != nil {
			heap.Remove(from, int(pos))
		}
		if to != nil {
			heap.Push(to, old)
		}
	}
	switch isOpen := old.state.Open(); {
	case wasOpen && !isOpen:
		d.open--
	case isOpen && !wasOpen: // taken up again
		d.open++
	}
}

// queueOf is where a case waits for its next firing, nil when it has none.
func (d *Desk) queueOf(c *caseState) *dueQueue {
	switch {
	case c.state.Open():
		return &d.queue
	case c.next != 0:
		return &d.ended
	}
	return nil
}
