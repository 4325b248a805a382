package dispatch

import (
	"strconv"
	"time"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

// limit is the guards of how often, how late, how early and how long.
func (t *trial) limit(code string) *Refusal {
	c, s := &t.w.c, t.w.c.also()
	verb := t.cmd.Do.verb()
	refuse := func(args ...string) *Refusal { return newRefusal(code, append([]string{string(c.id)}, args...)...) }
	switch code {
	case RefusedTooOften:
		limits := map[string][2]int{
			"ask_more": {int(s.asks), AsksMax}, "extend": {int(s.extends), ExtensionsMax},
			"suspend": {int(s.suspend), SuspensionsMax}, "reopen": {int(s.cycle), ReopensMax},
		}
		if l := limits[verb]; l[0] >= l[1] {
			return refuse(verb, strconv.Itoa(l[1]))
		}
	case RefusedTooLate:
		if until, ok := t.until(); ok && t.now > until {
			return refuse(verb, until.time().Format(stamp))
		}
	case RefusedTooEarly:
		if until, ok := t.reopenable(); ok && t.now <= until {
			return refuse(verb, until.time().Format(stamp))
		}
	case RefusedOverLimit:
		return t.tooLong(refuse)
	}
	return nil
}

// until is the last instant at which the command is possible.
func (t *trial) until() (instant, bool) {
	c := &t.w.c
	switch t.cmd.Do.(type) {
	case Extend:
		if c.fired.has(HandleClock) { // a case brought over may be late before its due
			return min(c.handle, t.now-1), true
		}
		return c.handle, true
	case Appeal:
		return c.also().dispute.appealUntil, true
	case Reopen:
		until, ok := t.reopenable()
		return until, ok
	}
	return 0, false
}

// reopenable is until when a case that has ended may be reopened. A calendar that
// cannot say leaves it open for ever.
func (t *trial) reopenable() (instant, bool) {
	due, err := t.rules.Calendar.Add(t.w.c.closedAt.time(), t.rules.Policy.reopen())
	if err != nil {
		return instantMax, true
	}
	until, err := instantOf(due)
	return until, err == nil
}

// tooLong refuses an extension by more than the budget, or in another unit, and a
// review date that is past or too far away.
func (t *trial) tooLong(refuse func(...string) *Refusal) *Refusal {
	switch do := t.cmd.Do.(type) {
	case Extend:
		whole := t.w.c.parties.Lead.Budget
		if !do.Budget.IsZero() && (do.Budget.Unit != whole.Unit || do.Budget.N > whole.N) {
			return refuse(whole.String())
		}
	case Suspend:
		limit, err := t.rules.Calendar.Add(t.now.time(), t.rules.Policy.suspend())
		if err != nil || do.Until.After(limit) || !do.Until.After(t.now.time()) {
			return refuse(t.rules.Policy.suspend().String())
		}
	}
	return nil
}

// extended is the extension as a fact, with H's new due given.
func (t *trial) extended(do Extend) (Fact, error) {
	c := &t.w.c
	granted := do.Budget
	if granted.IsZero() {
		granted = worktime.Budget{N: c.parties.Lead.Budget.N, Unit: c.parties.Lead.Budget.Unit}
	}
	due, err := t.w.add(c.handle, granted)
	if err != nil {
		return nil, err
	}
	t.w.give(HandleClock, due)
	return DueExtended{K: int(c.also().extends) + 1, Old: c.handle.time(), New: due.time(), Reason: do.Reason}, nil
}

// appealUntil is until when a ruling of a rung may be appealed.
func (t *trial) appealUntil(rung Rung) (time.Time, error) {
	if rung.Appeal.IsZero() {
		return time.Time{}, nil
	}
	due, err := t.w.add(t.now, rung.Appeal)
	return due.time(), err
}
