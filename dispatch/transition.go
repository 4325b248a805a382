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
	Pause  []Clock  // clocks that stand still from now on
	Resume []Clock  // clocks that go on with what was left of them
}

// The conditions in When.
const (
	whenLowRisk  = "low-risk matter, unless self-handled and in the sample, or evidence is missing"
	whenUnseen   = "self-handled, not in the sample, shown before and after, done once"
	whenSpent    = "no rework is left"
	whenPushed   = "a dual push, whose acceptance is void"
	whenUnclear  = "filed straight, no single lead"
	whenNewMap   = "a new map puts the case elsewhere"
	whenInterim  = "the duty desk is interim owner"
	whenLadder   = "filed straight, no single lead, and a dispute ladder"
	whenStraight = "filed straight"
	whenClaim    = "the list says claim"
	whenRuled    = "a final ruling named the lead, which still exists"
	whenNever    = "a final ruling, and a return for want of admission"
	whenFinal    = "a final ruling"
	whenGone     = "the lead exists no longer"
	whenUnled    = "the list names no single lead"
	whenAsked    = "the desk waits for an answer"
	whenHigher   = "there is a higher level"
	whenReporter = "the reporter is the cause"
	whenNobody   = "the party of the rung does not exist"
	whenNewDays  = "a new calendar moves dues"
	whenNewTotal = "a new calendar moves T that a split gives back"
	whenJoined   = "another case is merged into it"
	whenBrought  = "a case merged into it is brought, which it does not name"
	whenLeft     = "a case merged into it leaves"
)

// openStates is every state in which somebody answers.
var openStates = []State{
	StateFiled, StateRegistered, StateDispatched, StateAcknowledged, StateInProgress, StateDone, StateVerified,
	StateOffered, StateReturned, StateDisputed, StateSuspended,
}

// atWork are the states in which a lead can be handling.
var atWork = []State{StateDispatched, StateAcknowledged, StateInProgress}

// leadStates are the states in which the lead answers.
var leadStates = []State{
	StateDispatched, StateAcknowledged, StateInProgress, StateReturned, StateDisputed, StateSuspended,
}

// endStates are the states after which nothing more is due.
var endStates = []State{StateClosed, StateRejected, StateCancelled, StateMerged}

// Transitions lists the rows of the table in order. The rows of one trigger in
// one state differ in When, and the first whose condition holds is taken.
func Transitions() []Transition { return slices.Clone(transitions) }

// rowsByVerb finds the rows of a verb, in order.
var rowsByVerb = func() map[string][]*Transition {
	byVerb := map[string][]*Transition{}
	for i := range transitions {
		if row := &transitions[i]; row.Verb != "" {
			byVerb[row.Verb] = append(byVerb[row.Verb], row)
		}
	}
	return byVerb
}()

// rowsByClock finds the rows of a clock, in order.
var rowsByClock = func() map[Clock][]*Transition {
	byClock := map[Clock][]*Transition{}
	for i := range transitions {
		if row := &transitions[i]; row.Clock != "" {
			byClock[row.Clock] = append(byClock[row.Clock], row)
		}
	}
	return byClock
}()

// row finds a row by its number. The numbers asked for are in the table.
func row(number string) *Transition {
	i := slices.IndexFunc(transitions, func(row Transition) bool { return row.Row == number })
	return &transitions[i]
}
