package dispatch

import (
	"math"
	"slices"
	"time"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

// onWork reports whether a budget counts working time.
func onWork(b worktime.Budget) bool {
	return b.Unit == worktime.WorkingHours || b.Unit == worktime.WorkingDays
}

// counted reports whether a clock of the case counts working time. What an
// imposed due, a review date or a suspension leaves is any time.
func (w *draft) counted(clock Clock) bool {
	c := &w.c
	switch clock {
	case SuspendClock:
		return false
	case RectifyClock:
		if c.parties != nil && !c.parties.Rectifier.Budget.IsZero() {
			return onWork(c.parties.Rectifier.Budget)
		}
	case NoteClock:
		return onWork(w.rules.Policy.Ack)
	case TotalClock, HandleClock:
	default:
		return onWork(w.rules.Policy.budget(clock))
	}
	if !w.imposed(nil).IsZero() {
		return false
	}
	return c.parties != nil && onWork(c.parties.Lead.Budget)
}

// left is the time between two instants as a clock counts it, in milliseconds; it
// is negative when b comes before a.
func (w *draft) left(working bool, a, b instant) (int64, error) {
	if !working {
		return int64(b - a), nil
	}
	between, err := w.rules.Calendar.Between(a.time(), b.time())
	if err == nil {
		return int64(between / time.Millisecond), nil
	}
	if !w.firing {
		return 0, err
	}
	w.guessed = true
	return int64(b - a), nil
}

// after is the instant at which so much time has passed, as a clock counts it.
func (w *draft) after(working bool, at instant, left int64) (instant, error) {
	if !working {
		return min(at+instant(left), instantMax), nil
	}
	const most = int64(math.MaxInt64 / time.Millisecond) // no calendar reaches so far
	due, err := w.rules.Calendar.AddWorking(at.time(), time.Duration(min(left, most))*time.Millisecond)
	if err == nil {
		return instantOf(due)
	}
	if !w.firing {
		return 0, err
	}
	w.guessed = true
	return min(at+instant(left), instantMax), nil
}

// pause takes a running clock off its due and keeps what is left of it.
func (w *draft) pause(clocks *Clocks, clock Clock, at instant) error {
	due := w.c.due(clock)
	if due == 0 {
		return nil
	}
	held, err := w.remains(clock, at, due)
	if err != nil {
		return err
	}
	if own := w.c.also().ownTotal; clock == TotalClock && len(w.c.also().merged) > 0 && own > due {
		rest, err := w.remains(clock, at, own)
		if err != nil {
			return err
		}
		held.Own, held.OwnWorking = rest.Left, rest.Working
	}
	w.desk.since(&held)
	clocks.Paused = append(slices.Clip(clocks.Paused), held)
	clocks.set(clock, time.Time{})
	return nil
}

// remains is what is left of a due as its clock counts it. A due at rest, imposed or of
// a case merged in, is not reached by working time, and is counted by every minute.
func (w *draft) remains(clock Clock, at, due instant) (Paused, error) {
	working := w.counted(clock)
	left, err := w.left(working, at, due)
	if err != nil {
		return Paused{}, err
	}
	if again, err := w.after(working, at, max(left, 0)); err == nil && again < due {
		working, left = false, int64(due-at)
	}
	return Paused{Clock: clock, Left: max(left, 0), Working: working}, nil
}

// resume gives a clock that stood still its due again.
func (w *draft) resume(clocks *Clocks, clock Clock, at instant) error {
	i := slices.IndexFunc(clocks.Paused, func(p Paused) bool { return p.Clock == clock })
	if i < 0 {
		return nil
	}
	p := clocks.Paused[i]
	due, err := w.goOn(p, p.Working, at, p.Left)
	if err != nil {
		return err
	}
	clocks.Paused = cloneOrNil(slices.Delete(slices.Clone(clocks.Paused), i, i+1))
	clocks.set(clock, due.time())
	if s := w.c.also(); clock == TotalClock && len(s.merged) > 0 && s.ownTotal != 0 {
		own := due
		if p.Own != 0 {
			if own, err = w.goOn(p, p.OwnWorking, at, p.Own); err != nil {
				return err
			}
			clocks.set(clock, min(own, due).time()) // by every minute the other may have come after its own
		}
		clocks.Own = own.time()
	}
	return nil
}

// since notes by which setup a clock that counts working time begins to stand still.
func (d *Desk) since(p *Paused) {
	p.Setup = 0
	if p.Working || p.OwnWorking {
		p.Setup = d.number()
	}
}

// goOn is the due of a clock that stood still: what was left of it, counted on every
// calendar in force meanwhile, of which the latest stands. A calendar that is not at
// hand, or cannot count it, is passed over, but not the one in force.
func (w *draft) goOn(p Paused, working bool, at instant, left int64) (instant, error) {
	due, err := w.after(working, at, left)
	if err != nil || !working {
		return due, err
	}
	stands := w.rules
	if p.Setup == 0 {
		p.Setup = w.desk.number() + 1 // nothing is known of the calendars before
	}
	counted := Sum(w.rules.Calendar.Hash())
	for i := p.Setup - 1; i < uint64(len(w.desk.setups)); i++ {
		hashes := w.desk.setups[i].Hashes
		old := w.desk.known[hashes]
		if hashes.Calendar == counted || old == nil {
			continue
		}
		counted = hashes.Calendar
		before := draft{desk: w.desk, rules: old, c: w.c}
		if was, err := before.after(true, at, left); err == nil && was > due {
			due, stands = was, old
		}
	}
	w.guessed = w.guessed || provisional(stands, at, due)
	return due, nil
}

// provisional reports whether a due that working time was counted for rests on days
// outside the published years.
func provisional(rules *Setup, at, due instant) bool {
	c := rules.Calendar
	return !c.Covers(at.time()) || !c.Covers((due - 1).time())
}

// measure notes how long the handle time is, for the rungs of the ladder.
func (w *draft) measure(clocks *Clocks, at instant, fact Fact) error {
	if len(w.desk.rungs(&w.c, OverdueLadder)) == 0 && len(w.rules.Policy.Ladders) == 0 {
		return nil
	}
	due, err := optionalInstant(clocks.Handle)
	if err != nil || due == 0 {
		clocks.Span = 0
		return err
	}
	working := w.counted(HandleClock)
	if b := leadBudget(fact); !b.IsZero() && w.imposed(nil).IsZero() {
		working = onWork(b)
	}
	from := at
	switch f := fact.(type) {
	case DueExtended:
		from = w.c.handle
	case Dispatched:
		if due == w.c.handle && w.c.parties != nil && w.c.parties.Lead.Party == f.Lead.Party {
			return nil // the lead stays, and so does its time
		}
	}
	span, err := w.left(working, from, due)
	if _, more := fact.(DueExtended); more {
		span += clocks.Span
	}
	clocks.Span = min(max(span, 0), int64(instantMax))
	return err
}

// again is the time of a lead that has to do it again after a failed verification:
// what was left when it said it was done, and at least the floor.
func (w *draft) again(at instant) (instant, error) {
	if w.c.handle == 0 {
		return 0, nil
	}
	working := w.counted(HandleClock)
	left, err := w.left(working, w.c.doneAt, w.c.handle)
	if err != nil {
		return 0, err
	}
	due, err := w.after(working, at, max(left, 0))
	if err != nil {
		return 0, err
	}
	floor, err := w.add(at, w.rules.Policy.floor())
	return max(due, floor), err
}

// afresh is the time of a lead for a rework: its budget once more, at least the
// floor when its due was imposed.
func (w *draft) afresh(at instant) (instant, error) {
	switch {
	case w.c.parties == nil || w.c.handle == 0:
		return 0, nil
	case w.c.parties.Lead.Budget.IsZero():
		return w.add(at, w.rules.Policy.floor())
	}
	return w.add(at, w.c.parties.Lead.Budget)
}
