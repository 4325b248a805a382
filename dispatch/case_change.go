package dispatch

import (
	"fmt"
	"slices"
	"time"
)

// fold changes the case by one entry. It reads nothing but the entry and the
// case. On an error the case is spoilt: fold a copy. A dispatch to the parties of like,
// which may be nil, shares its memory.
func (c *caseState) fold(e *Entry, like *Parties) error {
	at, err := instantOf(e.At)
	if err != nil {
		return err
	}
	if at < c.touched {
		return fmt.Errorf("%w: the case was touched later", ErrEntry)
	}
	was := c.state
	if err := c.change(e, at, like); err != nil {
		return err
	}
	dues := &e.Clocks
	for _, due := range [...]struct {
		to   *instant
		from *time.Time
	}{
		{&c.total, &dues.Total}, {&c.handle, &dues.Handle}, {&c.review, &dues.Review}, {&c.stage, &dues.Stage},
		{&c.note, &dues.Note}, {&c.rectify, &dues.Rectify}, {&c.ladder, &dues.Ladder}, {&c.archive, &dues.Archive},
	} {
		if *due.to, err = optionalInstant(*due.from); err != nil {
			return err
		}
	}
	if !possible(e.Clocks.Span) || slices.ContainsFunc(e.Clocks.Paused, func(p Paused) bool { return !possible(p.Left) || !possible(p.Own) }) {
		return fmt.Errorf("%w: a clock with less than no time, or more than all", ErrEntry)
	}
	if own, err := optionalInstant(e.Clocks.Own); own != 0 || err != nil {
		if err != nil {
			return err
		}
		c.aside().ownTotal = own
	}
	c.span, c.held = e.Clocks.Span, e.Clocks.Paused
	if c.state != was {
		c.enteredAt = at
		if f, ok := e.Fact.(CaseImported); ok && !f.began().IsZero() {
			c.enteredAt, _ = instantOf(f.began()) // was checked
		}
	}
	c.touched = at
	c.provisional = c.provisional || e.Clocks.Provisional
	c.version++
	return nil
}

// enter moves the case to a state, in which its stage clock starts afresh.
func (c *caseState) enter(state State, from ...State) error {
	for _, s := range from {
		if s == c.state {
			c.state, c.asking = state, false
			c.fired &^= clockBit(state.stage())
			return nil
		}
	}
	return fmt.Errorf("%w: a case that is %q does not become %q", ErrEntry, string(c.state), string(state))
}

// run out marks clocks as fired.
func (c *caseState) runOut(clock Clock) {
	c.fired |= clockBit(clock)
	c.late |= clockBit(clock)
}

// change is fold without the clocks.
func (c *caseState) change(e *Entry, at instant, like *Parties) error {
	switch f := e.Fact.(type) {
	case CaseFiled:
		c.id, c.event, c.area, c.risk, c.setup = e.Case, new(f.Event), f.Area, f.Risk, f.Setup
		c.show(f.Event.Evidence, false)
		c.event.Evidence = nil
		c.filedAt = at
		if f.Event.Reporter == "" {
			c.replied = true // nobody waits for an answer
		}
		return c.enter(StateFiled, "")
	case CaseImported:
		return c.bring(e, &f, at)
	case CaseRegistered:
		c.registeredAt = at
		return c.enter(StateRegistered, StateFiled)
	case OwnerUnclear:
		c.status, c.tie, c.interim = f.Status, f.Tie, true
		return c.enter(StateRegistered, StateRegistered)
	case Dispatched:
		return c.dispatch(&f, at, like)
	case Acknowledged:
		c.acknowledgedAt = at
		return c.enter(StateAcknowledged, StateDispatched)
	case AckDeemed:
		c.acknowledgedAt, c.ackDeemed = at, true
		c.runOut(AckClock)
		return c.enter(StateAcknowledged, StateDispatched)
	case WorkStarted:
		c.startedAt = at
		return c.enter(StateInProgress, StateAcknowledged)
	case WorkDone:
		if (f.Waiver != "") != (len(f.Missing) > 0) {
			return fmt.Errorf("%w: evidence is missing without a waiver, or waived though it is there", ErrEntry)
		}
		from := StateInProgress
		if c.interim && c.state == StateRegistered {
			from = StateRegistered // the duty desk did it in a lead's place
		}
		c.doneAt, c.doer = at, e.Actor
		c.show(f.Evidence, true)
		c.stoodIn, c.interim, c.unproven = c.interim, false, len(f.Missing) > 0
		if !c.bound() && f.Standard != c.also().standard {
			c.aside().standard = f.Standard
		}
		return c.enter(StateDone, from)
	case Verified:
		c.verifiedAt, c.verifier = at, e.Actor
		return c.enter(StateVerified, StateDone)
	case VerifyWaived:
		if !c.self || c.unproven {
			return fmt.Errorf("%w: only what was self-handled, with all evidence, is not verified", ErrEntry)
		}
		c.verifiedAt, c.waived = at, true
		return c.enter(StateVerified, StateDone)
	case VerifyLapsed:
		if c.unproven {
			return fmt.Errorf("%w: silence verifies nothing without its evidence", ErrEntry)
		}
		c.verifiedAt, c.lapsed = at, true
		c.runOut(VerifyClock)
		return c.enter(StateVerified, StateDone)
	case CaseClosed:
		c.closedAt, c.outcome = at, f.Outcome
		if f.Satisfied != "" {
			c.satisfied = f.Satisfied
		}
		return c.enter(StateClosed, StateVerified)
	}
	// Called by name: through a variable, every entry and case would go to the heap.
	if known, err := c.foldIntake(e, at); known {
		return err
	}
	if known, err := c.foldOwner(e, at); known {
		return err
	}
	if known, err := c.foldPush(e, at); known {
		return err
	}
	if known, err := c.foldEnd(e, at); known {
		return err
	}
	return c.remark(e)
}

// remark folds the facts that leave the state as it is.
func (c *caseState) remark(e *Entry) error {
	if !c.state.Open() {
		return fmt.Errorf("%w: the case is not open", ErrEntry)
	}
	switch f := e.Fact.(type) {
	case StageOverdue:
		if c.due(f.Stage) == 0 || f.Stage == TotalClock || f.Stage == ReviewClock {
			return fmt.Errorf("%w: the clock %q does not run", ErrEntry, string(f.Stage))
		}
		c.runOut(f.Stage)
	case TotalOverdue:
		if c.due(TotalClock) == 0 {
			return fmt.Errorf("%w: the clock %q does not run", ErrEntry, string(TotalClock))
		}
		c.runOut(TotalClock)
	case ReviewDue:
		if c.review == 0 {
			return fmt.Errorf("%w: the clock %q does not run", ErrEntry, string(ReviewClock))
		}
		c.reviews++
	case Rezoned:
		c.area, c.interim = f.Area, f.Interim
	default:
		return fmt.Errorf("%w: %q is not a fact about a case", ErrEntry, FactName(e.Fact))
	}
	return nil
}

func (c *caseState) dispatch(f *Dispatched, at instant, like *Parties) error {
	if f.Lead.Party == "" {
		return fmt.Errorf("%w: dispatched to nobody", ErrEntry)
	}
	if f.Generation != c.generation+1 {
		return fmt.Errorf("%w: dispatch %d follows dispatch %d", ErrEntry, f.Generation, c.generation)
	}
	if c.state != StateDisputed || c.parties == nil || c.dispatchedAt == 0 || c.parties.Lead.Party != f.Lead.Party {
		c.fired &^= clockBit(HandleClock) // a lead that stays through a ruling keeps its time
	}
	from := StateRegistered
	switch c.state {
	case StateDispatched, StateReturned, StateDisputed:
		from = c.state
	}
	c.own(f.Owners)
	if like == nil || !like.same(&f.Parties) {
		like = new(f.Parties)
	}
	c.assign(f.Generation, f.Setup, like, f.Alone)
	c.dispatchedAt = at
	return c.enter(StateDispatched, from)
}

// own keeps the owners of the place that an entry brought, if it did.
func (c *caseState) own(owners []LayerOwner) {
	if len(owners) > 0 {
		event := *c.event
		event.Owners = slices.Clone(owners)
		c.event = &event
	}
}

// assign gives the case to new parties.
func (c *caseState) assign(generation int, setup uint64, parties *Parties, alone string) {
	if c.parties == nil || c.parties.Lead.Party != parties.Lead.Party {
		c.unsend()
	}
	c.unshow()
	c.generation, c.setup, c.parties, c.alone = generation, setup, parties, alone
	c.status, c.tie, c.interim = Decided, nil, false
	c.rung, c.card = 0, NoCard
	c.fired &^= clockBit(NoteClock) | clockBit(RectifyClock)
	c.claim, c.self = parties.Lead.Mode == Claim, false
	if c.side != nil || parties.dual() {
		c.aside().push = pushState{asked: parties.dual()}
	}
}
