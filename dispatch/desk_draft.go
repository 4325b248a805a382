package dispatch

import (
	"errors"
	"slices"
	"time"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

// draft is a decision on one case in the making: a copy of the case, to which
// each entry is folded as Apply will fold it.
type draft struct {
	desk    *Desk
	rules   *Setup
	out     *[]Entry // shared by the drafts of one outcome
	c       caseState
	actor   Actor
	given   []givenDue // dues that the command or the fact gives, not a budget
	firing  bool       // a due that cannot be counted is set in elapsed days
	guessed bool       // such a due was set in the entry in the making
	fail    error      // the first given due that could not be counted
	gone    bool       // the case has left memory
	own     instant    // T of a case whose T was only that of one merged into it
}

// givenDue is a due that no budget is counted for.
type givenDue struct {
	clock Clock
	due   instant
}

func (w *draft) give(clock Clock, due instant) { w.given = append(w.given, givenDue{clock, due}) }

// emit appends an entry about the case with all its dues after the fact, of
// which the ladder and then the review clock come last, as they depend on the
// others.
func (w *draft) emit(at instant, clocks Clocks, fact Fact) error {
	e := Entry{
		Seq: w.desk.seq + uint64(len(*w.out)) + 1, At: at.time(), Case: w.c.id, Actor: w.actor, Clocks: clocks, Fact: fact,
	}
	e.Clocks.Review, e.Clocks.Ladder = w.c.review.time(), time.Time{}
	if err := w.c.fold(&e, w.desk.like(fact)); err != nil {
		return err
	}
	var err error
	// Rungs and reviews are the Desk's own: where the calendar ends they are set in
	// elapsed days, and hinder no command.
	firing := w.firing
	w.firing = true
	defer func() { w.firing = firing }()
	if w.c.ladder, err = w.nextRung(at); err != nil {
		return err
	}
	e.Clocks.Ladder = w.c.ladder.time()
	w.c.archive = w.leaves(fact)
	e.Clocks.Archive = w.c.archive.time()
	_, reviewed := fact.(ReviewDue)
	switch needs := w.c.needsReview(); {
	case !needs:
		w.c.review = 0
	case w.c.review == 0 || reviewed:
		due, err := w.add(at, w.rules.Policy.Review)
		if err != nil {
			return err
		}
		w.c.review = due
	}
	e.Clocks.Review = w.c.review.time()
	e.Clocks.Provisional = w.guessed
	w.c.provisional = w.c.provisional || w.guessed
	w.guessed = false
	*w.out = append(*w.out, e)
	return nil
}

// clocks is every due as it stands.
func (w *draft) clocks() Clocks {
	c := &w.c
	return Clocks{
		Total: c.total.time(), Handle: c.handle.time(), Stage: c.stage.time(), Note: c.note.time(), Rectify: c.rectify.time(),
		Archive: c.archive.time(),
		Span:    c.span, Paused: cloneOrNil(c.held),
	}
}

// take follows a row of the table: the clocks that it pauses, resumes, starts and
// stops, and the state's stage clock, which ends with the state. Only the last
// fact moves the case and its clocks.
func (w *draft) take(row *Transition, at instant, facts ...Fact) error {
	if w.fail != nil {
		return w.fail
	}
	last := len(facts) - 1
	for _, fact := range facts[:last] {
		if err := w.emit(at, w.clocks(), fact); err != nil {
			return err
		}
	}
	clocks, fact := w.clocks(), facts[last]
	if _, anew := fact.(Reopened); anew {
		clocks = Clocks{} // the old cycle is frozen in the entries
	}
	if row.To != "" {
		clocks.Stage = time.Time{}
	}
	if relieves(fact) {
		clocks.Handle, clocks.Span = time.Time{}, 0 // the time of a lead that is relieved counts for nobody
	}
	for _, clock := range row.Stop {
		if clock == NoteClock || clock == RectifyClock || clock == AnswerClock {
			clocks.set(clock, time.Time{})
		}
	}
	for _, clock := range row.Pause {
		if err := w.pause(&clocks, clock, at); err != nil {
			return err
		}
	}
	for _, clock := range row.Resume {
		if err := w.resume(&clocks, clock, at); err != nil {
			return err
		}
	}
	if row.To != "" && row.To != StateSuspended {
		clocks.Paused = nil
	}
	for _, clock := range row.Start {
		due, err := w.start(clock, at, fact)
		if err != nil {
			return err
		}
		clocks.set(clock, due.time())
		if clock == TotalClock {
			clocks.Own, w.own = w.own.time(), 0
		}
		if clock == HandleClock {
			if err := w.measure(&clocks, at, fact); err != nil {
				return err
			}
		}
	}
	if parties, ok := w.pushed(fact); ok {
		if err := w.push(&clocks, at, parties); err != nil {
			return err
		}
	}
	w.given = w.given[:0]
	return w.emit(at, clocks, fact)
}

// relieves reports whether a fact takes the case from its lead.
func relieves(fact Fact) bool {
	switch f := fact.(type) {
	case ReworksSpent:
		return true
	case ReviewLapsed:
		return f.Relieved != ""
	}
	return false
}

// pushed are the parties with whom a fact begins the work anew.
func (w *draft) pushed(fact Fact) (*Parties, bool) {
	switch f := fact.(type) {
	case Dispatched:
		return &f.Parties, true
	case Claimed:
		return w.c.parties, true
	}
	return nil, false
}

// push gives regulator and rectifier of a dual push their own times, from the
// same fact: A's to take note, and the rectifier's budget, or else H, to mend.
func (w *draft) push(clocks *Clocks, at instant, p *Parties) error {
	clocks.Note, clocks.Rectify = time.Time{}, time.Time{}
	if !p.dual() {
		return nil
	}
	due, err := w.add(at, w.rules.Policy.Ack)
	if err != nil {
		return err
	}
	clocks.Note = due.time()
	if p.Rectifier.Budget.IsZero() {
		clocks.Rectify = clocks.Handle
		return nil
	}
	due, err = w.add(at, p.Rectifier.Budget)
	clocks.Rectify = due.time()
	return err
}

// imposed is the due that the source of the report imposed, which counts in the
// first cycle only.
func (w *draft) imposed(fact Fact) time.Time {
	if filed, ok := fact.(CaseFiled); ok {
		return filed.Event.Due
	}
	if w.c.also().cycle > 0 {
		return time.Time{}
	}
	return w.c.event.Due
}

// start is the due of a clock that starts now. A given due comes first, an imposed
// one wins over the budget of the rule. TotalClock counts from the beginning of
// the cycle and is set once.
func (w *draft) start(clock Clock, at instant, fact Fact) (instant, error) {
	for _, g := range w.given {
		if g.clock == clock {
			return g.due, nil
		}
	}
	if clock != TotalClock && clock != HandleClock {
		return w.add(at, w.rules.Policy.budget(clock))
	}
	if clock == TotalClock && (w.c.total != 0 || slices.ContainsFunc(w.c.held, isTotal)) {
		if s := w.c.also(); w.c.total == 0 || s.ownTotal != 0 || len(s.merged) == 0 {
			return w.c.total, nil
		}
		own, err := w.budgeted(clock, at, fact) // T is only that of a case merged into this one
		w.own = own
		return earliest(w.c.total, own), err
	}
	due, err := w.budgeted(clock, at, fact)
	if clock == TotalClock && len(w.c.also().merged) > 0 {
		w.own = due
	}
	return due, err
}

// budgeted is the due of TotalClock or HandleClock by the imposed due or the budget.
func (w *draft) budgeted(clock Clock, at instant, fact Fact) (instant, error) {
	if due := w.imposed(fact); !due.IsZero() {
		return optionalInstant(due)
	}
	budget := leadBudget(fact)
	if budget.IsZero() && w.c.parties != nil {
		if _, claimed := fact.(Claimed); claimed {
			budget = w.c.parties.Lead.Budget
		}
	}
	if budget.IsZero() {
		return 0, nil
	}
	from := at
	if clock == TotalClock && w.c.state != "" {
		from = w.c.cycleStart()
	}
	return w.add(from, budget)
}

func isTotal(p Paused) bool { return p.Clock == TotalClock }

// leadBudget is the time that a fact gives the lead.
func leadBudget(fact Fact) worktime.Budget {
	switch f := fact.(type) {
	case Dispatched:
		return f.Lead.Budget
	case SelfHandled:
		return f.Lead.Budget
	case ClaimOpened:
		return f.Lead.Budget
	}
	return worktime.Budget{}
}

// add counts a budget on the calendar. When a firing starts a clock that the
// calendar cannot count, days stand in for working days and eight hours are one
// of them; a command instead fails with what the calendar says.
func (w *draft) add(at instant, budget worktime.Budget) (instant, error) {
	due, err := w.rules.Calendar.Due(at.time(), budget)
	if err == nil {
		w.guessed = w.guessed || due.Provisional
		return instantOf(due.At)
	}
	if !w.firing {
		return 0, err
	}
	w.guessed = true
	const hour = 60 * 60 * 1000
	length := instant(budget.N)
	switch budget.Unit {
	case worktime.Minutes:
		length *= hour / 60
	case worktime.Hours:
		length *= hour
	case worktime.WorkingHours:
		length = (length + 7) / 8 * 24 * hour
	default:
		length *= 24 * hour
	}
	return min(at+length, instantMax), nil
}

// errNoRow marks a clock for which the table has no row.
var errNoRow = errors.New("no row for the clock")
