package dispatch

import (
	"slices"
	"time"
)

// State is where a case stands.
type State string

// The states of a case. The empty state is before filing.
const (
	StateFiled        State = "filed"        // 已上报: reported, not yet looked at
	StateRegistered   State = "registered"   // 已立案: accepted as a case
	StateDispatched   State = "dispatched"   // 已派遣: a lead has it
	StateAcknowledged State = "acknowledged" // 已签收: the lead says so, or silence does
	StateInProgress   State = "in_progress"  // 处置中: work has begun
	StateDone         State = "done"         // 已处置: the lead says the work is done
	StateVerified     State = "verified"     // 已核查: somebody else looked
	StateClosed       State = "closed"       // 已结案: the end
)

// States lists every state in the order of the straight way.
func States() []State {
	return []State{
		StateFiled, StateRegistered, StateDispatched, StateAcknowledged,
		StateInProgress, StateDone, StateVerified, StateClosed,
	}
}

// Open reports whether somebody still answers for a case in this state.
func (s State) Open() bool { return s != "" && s != StateClosed }

// withLead reports whether the lead answers in this state; in every other open
// state the duty desk does.
func (s State) withLead() bool {
	return s == StateDispatched || s == StateAcknowledged || s == StateInProgress
}

// stage is the stage clock of the state, empty when it has none.
func (s State) stage() Clock {
	switch s {
	case StateFiled:
		return RegisterClock
	case StateRegistered:
		return DispatchClock
	case StateDispatched:
		return AckClock
	case StateDone:
		return VerifyClock
	case StateVerified:
		return CloseClock
	}
	return ""
}

// Parties is who has a part in a dispatched case, and by which rule.
type Parties struct {
	Lead       Duty   `json:"lead,omitzero"`
	LeadPerson Code   `json:"lead_person,omitzero"` // who was on duty for the lead's post at dispatch, see party.Directory.OnDuty
	Regulator  Duty   `json:"regulator,omitzero"`
	Rectifier  Duty   `json:"rectifier,omitzero"`
	Assist     []Duty `json:"assist,omitempty"`
	Notify     []Duty `json:"notify,omitempty"`
}

// own answers parties that share no slice with p.
func (p Parties) own() Parties {
	p.Assist, p.Notify = cloneOrNil(p.Assist), cloneOrNil(p.Notify)
	return p
}

// same reports whether two cases were dispatched alike.
func (p *Parties) same(q *Parties) bool {
	return p.Lead == q.Lead && p.LeadPerson == q.LeadPerson && p.Regulator == q.Regulator && p.Rectifier == q.Rectifier &&
		slices.Equal(p.Assist, q.Assist) && slices.Equal(p.Notify, q.Notify)
}

// Satisfied is what the reporter said of the result.
type Satisfied string

// The answers; the empty answer is none, and leaves every rate.
const (
	SatisfiedYes Satisfied = "yes"
	SatisfiedNo  Satisfied = "no"
)

// Case is one accountable undertaking (案件) as it stands: a copy that the
// caller may keep. Times that have not happened and dues that are not set are
// zero.
type Case struct {
	ID      Code      `json:"id"`
	State   State     `json:"state"`
	Version uint64    `json:"version"` // entries that touched it
	Event   Event     `json:"event"`   // without its evidence, which stays in the entries
	Area    Code      `json:"area,omitzero"`
	Risk    Risk      `json:"risk,omitzero"`
	Setup   uint64    `json:"setup"` // number of the Setup of the latest dispatch, before it of the filing
	Hashes  Versions  `json:"-"`     // what that Setup held
	Status  Status    `json:"status,omitzero"`
	Tie     []Code    `json:"tie,omitempty"` // rules that tied, when Status is Tied
	Answers Answering `json:"answers"`

	Parties
	Generation int `json:"generation,omitzero"` // dispatches so far

	FiledAt        time.Time `json:"filed_at"`
	RegisteredAt   time.Time `json:"registered_at,omitzero"`
	DispatchedAt   time.Time `json:"dispatched_at,omitzero"`
	AcknowledgedAt time.Time `json:"acknowledged_at,omitzero"`
	StartedAt      time.Time `json:"started_at,omitzero"`
	DoneAt         time.Time `json:"done_at,omitzero"`
	VerifiedAt     time.Time `json:"verified_at,omitzero"`
	ClosedAt       time.Time `json:"closed_at,omitzero"`

	DueAt     time.Time `json:"due_at,omitzero"`     // TotalClock
	HandleDue time.Time `json:"handle_due,omitzero"` // HandleClock
	StageDue  time.Time `json:"stage_due,omitzero"`  // the stage clock of State
	ReviewDue time.Time `json:"review_due,omitzero"` // ReviewClock
	NextDue   time.Time `json:"next_due,omitzero"`   // the first due still to come; zero only when closed

	Overdue     bool      `json:"overdue,omitzero"` // DueAt passed, as recorded
	Late        []Clock   `json:"late,omitempty"`   // every clock that ran out, in clock order
	AckDeemed   bool      `json:"ack_deemed,omitzero"`
	Lapsed      bool      `json:"lapsed,omitzero"` // nobody verified in time and that was taken as verified
	Provisional bool      `json:"provisional,omitzero"`
	Reviews     int64     `json:"reviews,omitzero"` // reviews that fell due
	Evidence    int64     `json:"evidence,omitzero"`
	Doer        Actor     `json:"doer,omitzero"`
	Verifier    Actor     `json:"verifier,omitzero"`
	Outcome     string    `json:"outcome,omitzero"`
	Satisfied   Satisfied `json:"satisfied,omitzero"`
}

// Answering is who answers for an open case now. Party is empty only when the
// case is closed.
type Answering struct {
	Party Code `json:"party,omitzero"`
	// Interim: the duty desk stands in because no lead was found, or because the
	// place went off the map.
	Interim bool `json:"interim,omitzero"`
}

// Rule is the rule that named the lead, empty before dispatch.
func (c Case) Rule() Code { return c.Lead.Rule }

// OnTime says how the case stands against DueAt: "" without a due; when closed,
// "true" if closed at or before it and else "false"; when not closed, "false"
// if now is after it and else "open".
func (c Case) OnTime(now time.Time) string {
	switch {
	case c.DueAt.IsZero():
		return ""
	case c.State == StateClosed && c.ClosedAt.After(c.DueAt):
		return "false"
	case c.State == StateClosed:
		return "true"
	case now.After(c.DueAt):
		return "false"
	}
	return "open"
}

// view copies the state out.
func (d *Desk) view(c *caseState) Case {
	v := Case{
		ID: c.id, State: c.state, Version: c.version, Event: *c.event, Area: c.area, Risk: c.risk,
		Setup: c.setup, Hashes: d.setups[c.setup-1].Hashes, Status: c.status, Tie: slices.Clone(c.tie),
		Generation: c.generation,
		FiledAt:    c.filedAt.time(), RegisteredAt: c.registeredAt.time(), DispatchedAt: c.dispatchedAt.time(),
		AcknowledgedAt: c.acknowledgedAt.time(), StartedAt: c.startedAt.time(), DoneAt: c.doneAt.time(),
		VerifiedAt: c.verifiedAt.time(), ClosedAt: c.closedAt.time(),
		DueAt: c.total.time(), HandleDue: c.handle.time(), StageDue: c.stage.time(), ReviewDue: c.review.time(),
		Overdue: c.fired.has(TotalClock), Late: c.late.list(), AckDeemed: c.ackDeemed, Lapsed: c.lapsed,
		Provisional: c.provisional, Reviews: c.reviews, Evidence: c.evidence,
		Doer: c.doer, Verifier: c.verifier, Outcome: c.outcome, Satisfied: c.satisfied,
	}
	if c.parties != nil {
		v.Parties = c.parties.own()
	}
	v.Event.Classes = cloneOrNil(c.event.Classes)
	if c.event.Point != nil {
		v.Event.Point = new(*c.event.Point)
	}
	if c.state.Open() {
		v.Answers = Answering{Party: c.answerable(d.desk()), Interim: c.interim}
		_, due := c.nextDue()
		v.NextDue = due.time()
	}
	return v
}
