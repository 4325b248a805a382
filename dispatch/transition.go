package dispatch

import "slices"

// Transition is one row of the transition table (状态转移表), which is data: the
// Desk decides by these rows and the documentation is made from them.
type Transition struct {
	Row    string   // its number in the table
	From   []State  // empty: before there is a case
	Verb   string   // the command; empty when the Desk acts by itself
	Clock  Clock    // without Verb: the clock that runs out
	When   string   // a condition that tells rows of one trigger apart
	Guards []string // refusals that this row adds, in order of precedence
	To     State    // empty: the state stays
	Facts  []string // what is recorded
	Start  []Clock  // clocks that start
	Stop   []Clock  // clocks that stop
}

// The conditions in When.
const (
	whenLowRisk = "low-risk matter"
	whenUnclear = "filed straight, no single lead"
	whenNewMap  = "a new map puts the case elsewhere"
	whenInterim = "the duty desk is interim owner"
)

// openStates is every state in which somebody answers.
var openStates = []State{
	StateFiled, StateRegistered, StateDispatched, StateAcknowledged, StateInProgress, StateDone, StateVerified,
}

var transitions = []Transition{
	{Row: "1", Verb: "file", Guards: []string{RefusedCaseExists, RefusedEventExists},
		To: StateFiled, Facts: []string{"case_filed"}, Start: []Clock{TotalClock, RegisterClock}},
	{Row: "3", From: []State{StateFiled}, Verb: "register", Guards: []string{RefusedNotEntitled},
		To: StateRegistered, Facts: []string{"case_registered"},
		Start: []Clock{DispatchClock}, Stop: []Clock{RegisterClock}},
	{Row: "7", From: []State{StateRegistered}, Verb: "dispatch", Guards: []string{RefusedNotEntitled, RefusedNoLead},
		To: StateDispatched, Facts: []string{"dispatched"},
		Start: []Clock{TotalClock, HandleClock, AckClock}, Stop: []Clock{DispatchClock}},
	{Row: "7u", From: []State{StateRegistered}, When: whenUnclear, Facts: []string{"owner_unclear"}},
	{Row: "9", From: []State{StateDispatched}, Verb: "ack", Guards: []string{RefusedNotEntitled},
		To: StateAcknowledged, Facts: []string{"acknowledged"}, Stop: []Clock{AckClock}},
	{Row: "10", From: []State{StateDispatched}, Clock: AckClock,
		To: StateAcknowledged, Facts: []string{"ack_deemed"}, Stop: []Clock{AckClock}},
	{Row: "22", From: []State{StateAcknowledged}, Verb: "start", Guards: []string{RefusedNotEntitled},
		To: StateInProgress, Facts: []string{"work_started"}},
	{Row: "28", From: []State{StateInProgress}, Verb: "finish", Guards: []string{RefusedNotEntitled},
		To: StateDone, Facts: []string{"work_done"}, Start: []Clock{VerifyClock}, Stop: []Clock{HandleClock}},
	{Row: "28i", From: []State{StateRegistered}, Verb: "finish", When: whenInterim, Guards: []string{RefusedNotEntitled},
		To: StateDone, Facts: []string{"work_done"}, Start: []Clock{VerifyClock}, Stop: []Clock{DispatchClock}},
	{Row: "29", From: []State{StateDone}, Verb: "verify", Guards: []string{RefusedNotEntitled, RefusedDoerVerifies},
		To: StateVerified, Facts: []string{"verified"}, Start: []Clock{CloseClock}, Stop: []Clock{VerifyClock}},
	{Row: "31", From: []State{StateDone}, Clock: VerifyClock, When: whenLowRisk,
		To: StateVerified, Facts: []string{"verify_lapsed"}, Start: []Clock{CloseClock}, Stop: []Clock{VerifyClock}},
	{Row: "32", From: []State{StateVerified}, Verb: "close", Guards: []string{RefusedNotEntitled},
		To: StateClosed, Facts: []string{"case_closed"}, Stop: []Clock{TotalClock, CloseClock}},
	{Row: "G1", From: []State{StateFiled}, Clock: RegisterClock, Facts: []string{"stage_overdue"}},
	{Row: "G2", From: []State{StateRegistered}, Clock: DispatchClock, Facts: []string{"stage_overdue"}},
	{Row: "G3", From: []State{StateDispatched, StateAcknowledged, StateInProgress}, Clock: HandleClock,
		Facts: []string{"stage_overdue"}},
	{Row: "G4", From: []State{StateDone}, Clock: VerifyClock, Facts: []string{"stage_overdue"}},
	{Row: "G5", From: []State{StateVerified}, Clock: CloseClock, Facts: []string{"stage_overdue"}},
	{Row: "G6", From: openStates, Clock: TotalClock, Facts: []string{"total_overdue"}},
	{Row: "G7", From: openStates, Clock: ReviewClock, Facts: []string{"review_due"}},
	{Row: "Z", From: openStates, Verb: "install", When: whenNewMap, Facts: []string{"rezoned"}},
}

// Transitions lists the rows of the table in order. The rows of one trigger in
// one state differ in When, and the first whose condition holds is taken.
func Transitions() []Transition { return slices.Clone(transitions) }

// byVerb is the row of a command in a state. interim says that the duty desk
// stands in for a lead.
func byVerb(verb string, from State, interim bool) *Transition {
	for i := range transitions {
		row := &transitions[i]
		if row.Verb == verb && (row.When != whenInterim || interim) &&
			(from == "" && len(row.From) == 0 || slices.Contains(row.From, from)) {
			return row
		}
	}
	return nil
}

// byClock is the row of a clock that runs out for a case.
func byClock(clock Clock, c *caseState) *Transition {
	for i := range transitions {
		row := &transitions[i]
		if row.Verb != "" || row.Clock != clock || clock == "" || !slices.Contains(row.From, c.state) {
			continue
		}
		if row.When == "" || row.When == whenLowRisk && c.risk == LowRisk {
			return row
		}
	}
	return nil
}

// rowUnclear is the row by which a straight filing without a lead ends.
var rowUnclear = func() *Transition {
	i := slices.IndexFunc(transitions, func(row Transition) bool { return row.When == whenUnclear })
	return &transitions[i]
}()
