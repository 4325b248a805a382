package dispatch

import (
	"fmt"
	"slices"
)

// foldEnd folds rework, the ends, and what may follow them.
func (c *caseState) foldEnd(e *Entry, at instant) (bool, error) {
	switch f := e.Fact.(type) {
	case VerifyFailed:
		return true, c.again(StateDone, f.Mend)
	case ReworkOrdered:
		return true, c.again(StateVerified, f.Mend)
	case ReworksSpent:
		c.relieve(at)
		return true, c.enter(StateRegistered, StateInProgress)
	case CaseRejected:
		c.closedAt, c.outcome = at, string(f.Reason)
		c.answerAll()
		return true, c.enter(StateRejected, StateFiled, StateDisputed)
	case CaseCancelled:
		c.closedAt = at
		return true, c.enter(StateCancelled, StateFiled, StateRegistered, StateDispatched, StateAcknowledged, StateInProgress, StateSuspended)
	case Merged:
		c.closedAt = at
		c.aside().into = f.Into
		return true, c.enter(StateMerged, StateFiled, StateRegistered, StateDispatched, StateAcknowledged, StateInProgress)
	case Split:
		c.unsend()
		c.closedAt, c.registeredAt = 0, at
		c.interim, c.self = false, false
		c.aside().into = ""
		return true, c.enter(StateRegistered, StateMerged)
	case MergedIn, SplitOff:
		return true, c.join(e, at)
	case Reopened:
		return true, c.reopen(f, at)
	case Archived:
		if c.state.Open() {
			return true, fmt.Errorf("%w: an open case is not archived", ErrEntry)
		}
		return true, nil
	case CalledBack:
		return true, c.calledBack(f.Event, f.Answer.satisfied())
	case Replied:
		return true, c.reply(f.Event)
	case DueRevised:
		return true, c.revised(e, f)
	}
	return false, nil
}

// again sends the case back to whoever did it, its lead or the duty desk in a lead's
// place, and to the rectifier of a dual push.
func (c *caseState) again(from State, mend bool) error {
	s := c.aside()
	if mend {
		s.push.mended, s.push.accepted, s.push.contested, s.push.lapsed = false, false, false, false
		c.fired &^= clockBit(RectifyClock)
	}
	s.reworks = min(s.reworks, 254) + 1
	c.doneAt, c.verifiedAt, c.lapsed, c.waived, c.unproven = 0, 0, false, false, false
	c.interim, c.stoodIn = c.interim || c.stoodIn, false
	c.fired &^= clockBit(HandleClock)
	c.unshow()
	return c.enter(StateInProgress, from)
}

// join notes a case that was merged into this one, or that left it again.
// With the one that leaves goes a T that had run out, if T now is still to come.
func (c *caseState) join(e *Entry, at instant) error {
	if !c.state.Open() {
		return fmt.Errorf("%w: the case is not open", ErrEntry)
	}
	s := c.aside()
	switch f := e.Fact.(type) {
	case MergedIn:
		if len(s.merged) == 0 {
			s.ownTotal = c.total
		}
		s.merged = with(s.merged, f.From)
	case SplitOff:
		s.merged = without(s.merged, f.From)
		total, err := optionalInstant(e.Clocks.Total)
		if total == 0 || total >= at {
			c.fired &^= clockBit(TotalClock)
		}
		return err
	}
	return nil
}

// reopen begins a new cycle.
func (c *caseState) reopen(f Reopened, at instant) error {
	s := c.aside()
	if f.Cycle != int(s.cycle)+1 {
		return fmt.Errorf("%w: cycle %d follows cycle %d", ErrEntry, f.Cycle, s.cycle)
	}
	s.cycle, s.cycleAt = uint8(f.Cycle), at
	s.asks, s.extends, s.suspend, s.reworks = 0, 0, 0, 0
	s.push, s.done, s.sent = pushState{}, nil, nil
	s.ownTotal = 0 // the cycle has a T of its own
	for i, r := range s.reports {
		if i == 0 {
			s.reports = slices.Clone(s.reports)
		}
		s.reports[i].replied, s.reports[i].said = r.reporter == "", ""
	}
	s.said = ""
	c.replied = c.event.Reporter == ""
	c.registeredAt, c.dispatchedAt, c.acknowledgedAt, c.startedAt = at, 0, 0, 0
	c.doneAt, c.verifiedAt, c.closedAt = 0, 0, 0
	c.fired, c.ackDeemed, c.lapsed, c.interim = 0, false, false, false
	c.outcome, c.satisfied, c.doer, c.verifier = "", "", Actor{}, Actor{}
	c.rung, c.card = 0, NoCard
	c.self, c.waived, c.unproven, c.stoodIn = false, false, false, false
	s.standard = ""
	c.unshow()
	return c.enter(StateRegistered, StateClosed, StateRejected)
}

// calledBack keeps what one reporter says. The case is satisfied when somebody is and
// nobody is not.
func (c *caseState) calledBack(event Code, said Satisfied) error {
	if event == c.event.ID && !c.others() {
		c.satisfied = said
		return nil
	}
	s := c.aside()
	if !c.others() {
		s.said = c.satisfied // so far of the first alone
	}
	if event == c.event.ID {
		s.said = said
	} else {
		i := slices.IndexFunc(s.reports, func(r report) bool { return Code(r.event) == event })
		if i < 0 {
			return fmt.Errorf("%w: the case has no event %q", ErrEntry, string(event))
		}
		s.reports = slices.Clone(s.reports)
		s.reports[i].said = said
	}
	all := []Satisfied{s.said}
	for _, r := range s.reports {
		all = append(all, r.said)
	}
	c.satisfied = overall(all)
	if !c.others() {
		s.said = "" // it is the case's
	}
	return nil
}

// overall is no when one is, else yes when one is.
func overall(all []Satisfied) Satisfied {
	switch {
	case slices.Contains(all, SatisfiedNo):
		return SatisfiedNo
	case slices.Contains(all, SatisfiedYes):
		return SatisfiedYes
	}
	return ""
}

// others reports whether a reporter beyond the first has said something.
func (c *caseState) others() bool {
	return slices.ContainsFunc(c.also().reports, func(r report) bool { return r.said != "" })
}

// reply answers one reporter.
func (c *caseState) reply(event Code) error {
	if event == c.event.ID && !c.replied {
		c.replied = true
		return nil
	}
	s := c.aside()
	i := slices.IndexFunc(s.reports, func(r report) bool { return Code(r.event) == event && !r.replied })
	if i < 0 {
		return fmt.Errorf("%w: nobody waits for an answer to %q", ErrEntry, string(event))
	}
	s.reports = slices.Clone(s.reports)
	s.reports[i].replied = true
	return nil
}

// answerAll answers every reporter.
func (c *caseState) answerAll() {
	c.replied = true
	if c.side == nil || len(c.side.reports) == 0 {
		return
	}
	s := c.aside()
	s.reports = slices.Clone(s.reports)
	for i := range s.reports {
		s.reports[i].replied = true
	}
}
