package dispatch

import (
	"errors"
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
	firing  bool // a due that cannot be counted is set in elapsed days
	guessed bool // such a due was set in the entry in the making
}

// emit appends an entry about the case with all its dues after the fact, of
// which the review clock comes last, as it depends on the others.
func (w *draft) emit(at instant, clocks Clocks, fact Fact) error {
	e := Entry{
		Seq: w.desk.seq + uint64(len(*w.out)) + 1, At: at.time(), Case: w.c.id, Actor: w.actor, Clocks: clocks, Fact: fact,
	}
	e.Clocks.Review = w.c.review.time()
	if err := w.c.fold(&e); err != nil {
		return err
	}
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

// take follows a row of the table: the clocks that it starts and stops, and the
// state's stage clock, which ends with the state.
func (w *draft) take(row *Transition, at instant, fact Fact) error {
	clocks := Clocks{Total: w.c.total.time(), Handle: w.c.handle.time(), Stage: w.c.stage.time()}
	if row.To != "" {
		clocks.Stage = time.Time{}
	}
	for _, clock := range row.Start {
		due, err := w.start(clock, at, fact)
		if err != nil {
			return err
		}
		switch clock {
		case TotalClock:
			clocks.Total = due.time()
		case HandleClock:
			clocks.Handle = due.time()
		default:
			clocks.Stage = due.time()
		}
	}
	return w.emit(at, clocks, fact)
}

// start is the due of a clock that starts now. An imposed due wins over the
// budget of the rule. TotalClock counts from filing and is set once.
func (w *draft) start(clock Clock, at instant, fact Fact) (instant, error) {
	if clock != TotalClock && clock != HandleClock {
		return w.add(at, w.rules.Policy.budget(clock))
	}
	if clock == TotalClock && w.c.total != 0 {
		return w.c.total, nil
	}
	var imposed time.Time
	from := at
	if filed, ok := fact.(CaseFiled); ok {
		imposed = filed.Event.Due
	} else {
		imposed = w.c.event.Due
		if clock == TotalClock {
			from = w.c.filedAt
		}
	}
	if !imposed.IsZero() {
		return optionalInstant(imposed)
	}
	dispatched, ok := fact.(Dispatched)
	if !ok || dispatched.Lead.Budget.IsZero() {
		return 0, nil
	}
	return w.add(from, dispatched.Lead.Budget)
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

// fire emits the next firing of the case if it comes at or before limit.
func (w *draft) fire(limit instant) (bool, error) {
	clock, due := w.c.nextDue()
	if due == 0 || w.c.fireAt(due) > limit {
		return false, nil
	}
	row := byClock(clock, &w.c)
	if row == nil {
		return false, errors.New("no row for the clock " + string(clock))
	}
	actor := w.actor
	w.actor, w.firing = Actor{}, true
	err := w.take(row, w.c.fireAt(due), w.firingFact(row, clock))
	w.actor, w.firing = actor, false
	return err == nil, err
}

// firingFact is the fact of a row that a clock triggers.
func (w *draft) firingFact(row *Transition, clock Clock) Fact {
	party := w.c.answerable(w.desk.desk())
	switch row.Facts[0] {
	case "ack_deemed":
		return AckDeemed{}
	case "verify_lapsed":
		return VerifyLapsed{}
	case "total_overdue":
		return TotalOverdue{Party: party}
	case "review_due":
		return ReviewDue{}
	}
	return StageOverdue{Stage: clock, Party: party}
}

// catchUp emits every firing at or before now, at most FiringsMax in one
// outcome, else ErrBehind.
func (w *draft) catchUp(now instant) error {
	for {
		fired, err := w.fire(now)
		if err != nil || !fired {
			return err
		}
		if len(*w.out) > FiringsMax {
			return ErrBehind
		}
	}
}
