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
	StateOffered      State = "offered"      // 待认领: waits for one claimant
	StateReturned     State = "returned"     // 退件待审: the lead says it is somebody else's
	StateDisputed     State = "disputed"     // 权属争议: a body of the dispute ladder decides whose it is
	StateSuspended    State = "suspended"    // 已挂起: nothing can be done before a review date
	StateRejected     State = "rejected"     // 不予受理: an end
	StateCancelled    State = "cancelled"    // 已撤回: an end
	StateMerged       State = "merged"       // 已并案: goes on as part of another case
)

// States lists every state: first the straight way in its order, then the others.
func States() []State {
	return []State{
		StateFiled, StateRegistered, StateDispatched, StateAcknowledged,
		StateInProgress, StateDone, StateVerified, StateClosed,
		StateOffered, StateReturned, StateDisputed, StateSuspended, StateRejected, StateCancelled, StateMerged,
	}
}

// Open reports whether somebody still answers for a case in this state. The ends
// are closed, rejected, cancelled and merged.
func (s State) Open() bool {
	switch s {
	case "", StateClosed, StateRejected, StateCancelled, StateMerged:
		return false
	}
	return true
}

// withLead reports whether the lead answers in this state, if there is one; in
// every other open state the duty desk does.
func (s State) withLead() bool {
	switch s {
	case StateDispatched, StateAcknowledged, StateInProgress, StateReturned, StateDisputed, StateSuspended:
		return true
	}
	return false
}

// stage is the stage clock of the state, empty when it has none.
func (s State) stage() Clock {
	switch s {
	case StateReturned:
		return ReturnClock
	case StateDisputed:
		return DisputeClock
	case StateSuspended:
		return SuspendClock
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
	Terms      Terms  `json:"terms,omitzero"`
}

// dual reports whether the matter is pushed to a regulator and to a rectifier at
// once (双推送).
func (p *Parties) dual() bool { return p.Regulator.Party != "" && p.Rectifier.Party != "" }

// own answers parties that share no slice with p.
func (p Parties) own() Parties {
	p.Assist, p.Notify, p.Terms.Evidence = cloneOrNil(p.Assist), cloneOrNil(p.Notify), cloneOrNil(p.Terms.Evidence)
	return p
}

// same reports whether two cases were dispatched alike.
func (p *Parties) same(q *Parties) bool {
	return p.Lead == q.Lead && p.LeadPerson == q.LeadPerson && p.Regulator == q.Regulator && p.Rectifier == q.Rectifier &&
		slices.Equal(p.Assist, q.Assist) && slices.Equal(p.Notify, q.Notify) &&
		p.Terms.Standard == q.Terms.Standard && slices.Equal(p.Terms.Evidence, q.Terms.Evidence)
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
	Satisfied   Satisfied `json:"satisfied,omitzero"` // no when a reporter called back is not, yes when one is and none is not
	Said        Satisfied `json:"said,omitzero"`      // what the first reporter said, when one of Reports said something too

	NoteDue    time.Time `json:"note_due,omitzero"`    // NoteClock
	RectifyDue time.Time `json:"rectify_due,omitzero"` // RectifyClock
	LadderDue  time.Time `json:"ladder_due,omitzero"`  // LadderClock
	ArchiveDue time.Time `json:"archive_due,omitzero"` // ArchiveClock
	Paused     []Paused  `json:"paused,omitempty"`
	Claim      bool      `json:"claim,omitzero"`  // one claimant takes it, the reporter verifies
	Self       bool      `json:"self,omitzero"`   // whoever found it handles it (采办合一)
	Waived     bool      `json:"waived,omitzero"` // self-handled, not in the sample: nobody else verified it
	Asking     bool      `json:"asking,omitzero"` // the reporter is asked for more
	Rung       int       `json:"rung,omitzero"`   // rungs of the overdue ladder passed in this generation
	Card       Card      `json:"card,omitzero"`   // the last card in this generation
	Alone      string    `json:"alone,omitzero"`  // why the regulator has no rectifier beside it

	Cycle       int         `json:"cycle,omitzero"` // reopenings
	Extensions  int         `json:"extensions,omitzero"`
	Suspensions int         `json:"suspensions,omitzero"`
	Reworks     int         `json:"reworks,omitzero"`
	Reports     []Report    `json:"reports,omitempty"` // beyond Event, in the order in which they came
	Replied     bool        `json:"replied,omitzero"`  // every reporter of the case was answered, of whom there is one
	Into        Code        `json:"into,omitzero"`     // the case that it was merged into
	Merged      []Code      `json:"merged,omitempty"`  // the cases merged into it, by id
	Contention  *Contention `json:"contention,omitempty"`
	Push        *Push       `json:"push,omitempty"` // the dual push, when there is one
	AssistDone  []Code      `json:"assist_done,omitempty"`
	Assigned    []Sent      `json:"assigned,omitempty"` // the people whom the lead sent

	// Wanted are the kinds of evidence that Terms ask for and nobody has shown yet: of a
	// case that can be finished, what Finish must bring.
	Wanted   []string `json:"wanted,omitempty"`
	Unproven bool     `json:"unproven,omitzero"` // finished without all of its evidence, for a reason that the entry gives
	StoodIn  bool     `json:"stood_in,omitzero"` // the duty desk finished it in a lead's place
}

// Report is one more event of a case, without its evidence.
type Report struct {
	Event    Code      `json:"event"`
	Reporter Code      `json:"reporter,omitzero"`
	External string    `json:"external_id,omitzero"`
	Channel  string    `json:"channel,omitzero"`
	At       time.Time `json:"at"`
	Replied  bool      `json:"replied,omitzero"`
	Said     Satisfied `json:"said,omitzero"` // when its reporter was called back last
}

// Contention is the latest dispute about whose a case is.
type Contention struct {
	Level       int       `json:"level"`
	Body        Code      `json:"body"`
	Parties     []Code    `json:"parties,omitempty"`
	Ruled       int       `json:"ruled,omitzero"` // level of the latest ruling
	For         Code      `json:"for,omitzero"`   // whom it named, a party or a post; empty when nobody is competent
	Final       bool      `json:"final,omitzero"`
	AppealUntil time.Time `json:"appeal_until,omitzero"`
}

// Push is where the rectification of a dual push stands.
type Push struct {
	Noted      bool `json:"noted,omitzero"`      // by the rectifier
	Supervised bool `json:"supervised,omitzero"` // noted by the regulator
	Contested  bool `json:"contested,omitzero"`
	Mended     bool `json:"mended,omitzero"`
	Accepted   bool `json:"accepted,omitzero"`
	Lapsed     bool `json:"lapsed,omitzero"` // the lead must enforce
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

// OnTime says how the case stands against DueAt: "" without a due, and when it was
// merged, rejected or cancelled, which no rate counts; when closed, "true" if closed at
// or before it and else "false"; when open, "false" if now is after it and else "open".
func (c Case) OnTime(now time.Time) string {
	switch {
	case c.DueAt.IsZero() || !c.State.Open() && c.State != StateClosed:
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
		Provisional: c.provisional, Reviews: int64(c.reviews), Evidence: int64(c.evidence),
		Doer: c.doer, Verifier: c.verifier, Outcome: c.outcome, Satisfied: c.satisfied,
	}
	if c.parties != nil {
		v.Parties = c.parties.own()
	}
	c.viewMore(&v)
	v.Event.Classes, v.Event.Owners = cloneOrNil(c.event.Classes), cloneOrNil(c.event.Owners)
	if c.event.Point != nil {
		v.Event.Point = new(*c.event.Point)
	}
	if c.state.Open() {
		v.Answers = Answering{Party: c.answerable(d.desk()), Interim: c.interim}
		_, due := c.nextDue()
		v.NextDue = due.time()
		v.Wanted = d.wanted(c)
	}
	return v
}
