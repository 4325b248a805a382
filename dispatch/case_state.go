package dispatch

import (
	"fmt"
	"slices"
)

// caseState is a case in memory. What its pointers and slices lead to is never
// written to, so a copy of it is a draft.
type caseState struct {
	id      Code
	event   *Event // without evidence
	area    Code
	risk    Risk
	state   State
	status  Status
	tie     []Code
	parties *Parties // nil before dispatch; shared by cases that were dispatched alike

	version    uint64
	setup      uint64
	generation int
	reviews    int64
	evidence   int64

	filedAt, registeredAt, dispatchedAt, acknowledgedAt instant
	startedAt, doneAt, verifiedAt, closedAt             instant

	touched                      instant // of the latest entry on the case
	enteredAt                    instant // when the state was entered
	total, handle, stage, review instant // dues, as the latest entry gave them
	note, rectify, ladder        instant
	archive                      instant  // when a case that has ended leaves memory; 0 is never by itself
	span                         int64    // milliseconds of the handle time, as its clock counts them
	held                         []Paused // clocks that stand still

	side *caseSide // what most cases never have; nil until then

	fired       clockSet // of the clocks now set, those that ran out
	late        clockSet // every clock that ever ran out
	interim     bool
	ackDeemed   bool
	lapsed      bool
	provisional bool
	alone       string // why the regulator has no rectifier beside it
	claim       bool   // claim mode: one claimant takes it, the reporter verifies
	asking      bool   // the desk waits for the reporter's answer
	replied     bool   // the first event was answered
	self        bool   // whoever found it handles it
	waived      bool   // nobody had to verify it
	shown       shownSet
	rung        uint8 // rungs of the overdue ladder that this generation has passed
	card        Card  // the last card of this generation

	doer, verifier Actor
	outcome        string
	satisfied      Satisfied

	next instant // when the next firing is; 0 only when it has ended
	pos  int     // place in the Desk's heap
}

// clockSet is a set of clocks.
type clockSet uint32

func clockBit(c Clock) clockSet {
	for i, each := range clockOrder {
		if each == c {
			return 1 << i
		}
	}
	return 0
}

func (s clockSet) has(c Clock) bool { return c != "" && s&clockBit(c) != 0 }

func (s clockSet) list() []Clock {
	var out []Clock
	for _, c := range clockOrder {
		if s.has(c) {
			out = append(out, c)
		}
	}
	return out
}

// answerable is the party that answers for an open case.
func (c *caseState) answerable(desk Code) Code {
	if c.state.withLead() && !c.interim && c.parties != nil {
		return c.parties.Lead.Party
	}
	return desk
}

// due is the due of a clock that still runs, 0 when it does not: a clock runs only
// where the table has a row for it.
func (c *caseState) due(clock Clock) instant {
	if !c.state.Open() || clock == "" {
		if clock == ArchiveClock && c.state != StateMerged {
			return c.archive
		}
		return 0
	}
	switch {
	case clock == ReviewClock:
		return c.review
	case clock == LadderClock:
		return c.ladder
	case c.fired.has(clock):
		return 0
	case clock == TotalClock:
		return c.total
	case clock == HandleClock && c.state.withLead() && c.state != StateSuspended:
		return c.handle
	case clock == NoteClock && c.state.withLead() && c.parties != nil:
		return c.note
	case clock == RectifyClock && c.state.withLead() && c.parties != nil:
		return c.rectify
	case clock == c.stageClock():
		return c.stage
	}
	return 0
}

// nextDue is the clock that fires first and its due: the earliest due, then the
// order of the clocks. A due that had passed when it was set counts as passed
// at that moment, so all such dues are alike.
func (c *caseState) nextDue() (Clock, instant) {
	var first Clock
	var least, fire instant
	for _, clock := range c.clocks() {
		due := c.due(clock)
		if due == 0 {
			continue
		}
		if at := c.fireAt(due); first == "" || at < fire {
			first, least, fire = clock, due, at
		}
	}
	return first, least
}

// clocks is every clock that may run for the case, in firing order: a note comes
// before every stage but the acknowledgement.
func (c *caseState) clocks() [8]Clock {
	stage, note := c.stageClock(), NoteClock
	if stage != AckClock {
		stage, note = note, stage
	}
	return [8]Clock{stage, note, RectifyClock, HandleClock, TotalClock, LadderClock, ReviewClock, ArchiveClock}
}

// stageClock is the stage clock of the case as it stands.
func (c *caseState) stageClock() Clock {
	if c.asking {
		return AnswerClock
	}
	return c.state.stage()
}

// fireAt is when a due fires: one millisecond later, but never before the case
// was last touched, for a due may be imposed that has already passed.
func (c *caseState) fireAt(due instant) instant { return max(due+1, c.touched) }

// overdue reports whether a clock of what is now expected has run out.
func (c *caseState) overdue() bool {
	return c.fired.has(TotalClock) || c.fired.has(c.stageClock()) || c.state.withLead() && c.fired.has(HandleClock)
}

// needsReview reports whether the review clock must run: while the case is
// overdue and the ladder is climbed, or when nothing else would ever call it up.
func (c *caseState) needsReview() bool {
	if !c.state.Open() {
		return false
	}
	if c.overdue() {
		return c.due(LadderClock) == 0
	}
	for _, clock := range c.clocks() {
		if clock != ReviewClock && c.due(clock) != 0 {
			return false
		}
	}
	return true
}

// fold changes the case by one entry. It reads nothing but the entry and the
// case. On an error the case is spoilt: fold a copy.
func (c *caseState) fold(e *Entry) error {
	at, err := instantOf(e.At)
	if err != nil {
		return err
	}
	if at < c.touched {
		return fmt.Errorf("%w: the case was touched later", ErrEntry)
	}
	was := c.state
	if err := c.change(e, at); err != nil {
		return err
	}
	for _, due := range []struct {
		to   *instant
		from Clock
	}{
		{&c.total, TotalClock}, {&c.handle, HandleClock}, {&c.review, ReviewClock}, {&c.stage, ""},
		{&c.note, NoteClock}, {&c.rectify, RectifyClock}, {&c.ladder, LadderClock}, {&c.archive, ArchiveClock},
	} {
		if *due.to, err = optionalInstant(e.Clocks.of(due.from)); err != nil {
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
		if f, ok := e.Fact.(CaseImported); ok && !f.Since.IsZero() {
			c.enteredAt, _ = instantOf(f.Since) // was checked
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
func (c *caseState) change(e *Entry, at instant) error {
	switch f := e.Fact.(type) {
	case CaseFiled:
		c.id, c.event, c.area, c.risk, c.setup = e.Case, new(f.Event), f.Area, f.Risk, f.Setup
		c.show(f.Event.Evidence)
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
		return c.dispatch(f, at)
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
		from := StateInProgress
		if c.interim && c.state == StateRegistered {
			from = StateRegistered // the duty desk did it in a lead's place
		}
		c.doneAt, c.doer = at, e.Actor
		c.show(f.Evidence)
		c.interim = false
		return c.enter(StateDone, from)
	case Verified:
		c.verifiedAt, c.verifier = at, e.Actor
		return c.enter(StateVerified, StateDone)
	case VerifyWaived:
		if !c.self {
			return fmt.Errorf("%w: only what was self-handled is not verified", ErrEntry)
		}
		c.verifiedAt, c.waived = at, true
		return c.enter(StateVerified, StateDone)
	case VerifyLapsed:
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

func (c *caseState) dispatch(f Dispatched, at instant) error {
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
	c.assign(f.Generation, f.Setup, &f.Parties, f.Alone)
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
	if c.parties != nil && c.parties.Lead.Party != parties.Lead.Party {
		c.unsend()
	}
	c.generation, c.setup, c.parties, c.alone = generation, setup, parties, alone
	c.status, c.tie, c.interim = Decided, nil, false
	c.rung, c.card = 0, NoCard
	c.fired &^= clockBit(NoteClock) | clockBit(RectifyClock)
	c.claim, c.self = parties.Lead.Mode == Claim, false
	if c.side != nil || parties.dual() {
		c.aside().push = pushState{asked: parties.dual()}
	}
}
