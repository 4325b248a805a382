package dispatch

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
	reviews    int32
	evidence   int32

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
	claim       bool   // claim mode: one claimant takes it, the reporter verifies
	asking      bool   // the desk waits for the reporter's answer
	replied     bool   // the first event was answered
	self        bool   // whoever found it handles it
	waived      bool   // nobody had to verify it
	unproven    bool   // finished without all of its evidence
	stoodIn     bool   // the duty desk finished it in a lead's place
	rung        uint8  // rungs of the overdue ladder that this generation has passed
	pos         int32  // place in the Desk's heap
	shown       *shown // kinds of evidence; nil when there is none
	card        Card   // the last card of this generation
	alone       string // why the regulator has no rectifier beside it

	doer, verifier Actor
	outcome        string
	satisfied      Satisfied

	nearest instant // the first due still to come, 0 only when it has ended
	next    instant // when it fires; 0 as nearest
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
	if c.leads() {
		return c.parties.Lead.Party
	}
	return desk
}

// leads reports whether the lead answers for an open case.
func (c *caseState) leads() bool { return c.state.withLead() && !c.interim && c.parties != nil }

// due is the due of a clock that still runs, 0 when it does not: a clock runs only
// where the table has a row for it.
func (c *caseState) due(clock Clock) instant {
	if !c.state.Open() || clock == "" {
		if clock == ArchiveClock && c.state != StateMerged {
			return c.archive
		}
		return 0
	}
	var due instant
	switch clock {
	case ReviewClock:
		return c.review
	case LadderClock:
		return c.ladder
	case TotalClock:
		due = c.total
	case HandleClock:
		if c.state.withLead() && c.state != StateSuspended {
			due = c.handle
		}
	case NoteClock:
		if c.state.withLead() && c.parties != nil {
			due = c.note
		}
	case RectifyClock:
		if c.state.withLead() && c.parties != nil {
			due = c.rectify
		}
	case c.stageClock():
		due = c.stage
	}
	if due != 0 && c.fired.has(clock) {
		return 0
	}
	return due
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
