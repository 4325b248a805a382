package dispatch

import (
	"fmt"
	"slices"
)

// The folds of one subject each say whether the fact is theirs.

// foldIntake folds intake, pauses and what the lead asks for.
func (c *caseState) foldIntake(e *Entry, at instant) (bool, error) {
	switch f := e.Fact.(type) {
	case SupplementAsked:
		if c.state != StateFiled {
			return true, fmt.Errorf("%w: asked too late", ErrEntry)
		}
		c.asking = true
		c.fired &^= clockBit(AnswerClock)
		c.aside().asks++
		return true, nil
	case SupplementGiven, SupplementLapsed:
		if !c.asking {
			return true, fmt.Errorf("%w: nothing was asked", ErrEntry)
		}
		if _, lapsed := f.(SupplementLapsed); lapsed {
			c.runOut(AnswerClock)
		}
		c.asking = false
		return true, nil
	case SelfHandled:
		if f.Lead.Party == "" || f.Generation != c.generation+1 {
			return true, fmt.Errorf("%w: self-handled by nobody, or out of turn", ErrEntry)
		}
		c.assign(f.Generation, f.Setup, &f.Parties, "")
		c.self = true
		c.registeredAt, c.dispatchedAt, c.acknowledgedAt, c.startedAt = at, at, at, at
		return true, c.enter(StateInProgress, StateFiled)
	case Assigned:
		if c.state != StateAcknowledged && c.state != StateInProgress || len(f.People) == 0 {
			return true, fmt.Errorf("%w: people are sent to nobody's case, or nobody is", ErrEntry)
		}
		c.aside().sent = slices.Clone(f.People)
		return true, nil
	case HandedOver:
		c.unsend()
		c.self = false
		c.dispatchedAt, c.acknowledgedAt, c.startedAt = 0, 0, 0
		return true, c.enter(StateRegistered, StateInProgress)
	case Attached:
		if !c.state.Open() {
			return true, fmt.Errorf("%w: the case is not open", ErrEntry)
		}
		s := c.aside()
		s.reports = append(slices.Clip(s.reports), report{
			event: string(f.Event.ID), reporter: string(f.Event.Reporter), external: f.Event.ExternalID,
			channel: f.Event.Channel, at: at, replied: f.Event.Reporter == "",
		})
		c.show(f.Event.Evidence, false)
		return true, nil
	case DueExtended:
		if c.due(HandleClock) == 0 {
			return true, fmt.Errorf("%w: no time to extend", ErrEntry)
		}
		c.aside().extends++
		return true, nil
	case Suspended:
		c.aside().suspend++
		return true, c.enter(StateSuspended, StateAcknowledged, StateInProgress)
	case Resumed:
		if f.Lapsed {
			c.runOut(SuspendClock)
		}
		if c.startedAt == 0 {
			c.startedAt = at
		}
		return true, c.enter(StateInProgress, StateSuspended)
	case ClaimOpened:
		c.own(f.Owners)
		c.setup, c.parties, c.claim = f.Setup, &f.Parties, true
		c.status, c.tie, c.interim = Decided, nil, false
		return true, c.enter(StateOffered, StateRegistered)
	case Claimed:
		if c.parties == nil || f.Party == "" || f.Generation != c.generation+1 {
			return true, fmt.Errorf("%w: claimed by nobody, or out of turn", ErrEntry)
		}
		parties := *c.parties
		parties.Lead.Party, parties.Lead.Post, parties.LeadPerson = f.Party, "", e.Actor.Person
		c.assign(f.Generation, c.setup, &parties, "")
		c.dispatchedAt, c.acknowledgedAt, c.startedAt = at, at, at
		c.fired &^= clockBit(HandleClock)
		return true, c.enter(StateInProgress, StateOffered)
	case Unclaimed:
		c.unsend()
		c.dispatchedAt, c.acknowledgedAt, c.startedAt = 0, 0, 0
		return true, c.enter(StateOffered, StateInProgress)
	}
	return false, nil
}

// foldOwner folds whose the case is, and who is told that it is late.
func (c *caseState) foldOwner(e *Entry, _ instant) (bool, error) {
	switch f := e.Fact.(type) {
	case ReturnAsked:
		if c.parties == nil {
			return true, fmt.Errorf("%w: returned by nobody", ErrEntry)
		}
		s := c.aside()
		s.spent, s.basis, s.named = with(s.spent, c.parties.Lead.Party), f.Basis, f.Party
		return true, c.enter(StateReturned, StateDispatched)
	case ReturnAccepted, ReviewLapsed:
		if _, lapsed := f.(ReviewLapsed); lapsed {
			c.runOut(ReturnClock)
		}
		return true, c.enter(StateReturned, StateReturned)
	case ReturnRefused:
		return true, c.enter(StateDispatched, StateReturned)
	case DisputeOpened:
		s := c.aside()
		s.dispute.level, s.dispute.body, s.dispute.parties = f.Level, f.Body, cloneOrNil(f.Parties)
		c.interim = c.interim || c.parties == nil || c.state == StateRegistered
		return true, c.enter(StateDisputed, StateRegistered, StateDispatched, StateAcknowledged, StateInProgress, StateReturned)
	case DisputeAppealed:
		s := c.aside()
		s.dispute.level, s.dispute.body = f.Level, f.Body
		return true, c.enter(StateDisputed, StateDispatched)
	case DisputeRaised:
		s := c.aside()
		s.dispute.level, s.dispute.body = f.Level, f.Body
		c.late |= clockBit(DisputeClock)
		return true, c.enter(StateDisputed, StateDisputed)
	case DisputeSettled:
		return true, c.enter(StateDisputed, StateDisputed)
	case DisputeRuled:
		until, err := optionalInstant(f.AppealUntil)
		s := c.aside()
		s.dispute.ruled, s.dispute.final, s.dispute.appealUntil = f.Level, f.Final, until
		if err == nil {
			err = c.enter(StateDisputed, StateDisputed)
		}
		return true, err
	case PrecedentProposed:
		return true, c.enter(StateDisputed, StateDisputed)
	case Redirected:
		return true, c.enter(StateDispatched, StateDispatched)
	case LadderRaised:
		return true, c.climb(f.Rung, f.Card)
	case RungSkipped:
		if f.Kind == OverdueLadder {
			return true, c.climb(f.Rung, NoCard)
		}
		return true, nil
	}
	return false, nil
}

// climb passes a rung of the overdue ladder.
func (c *caseState) climb(rung int, card Card) error {
	if !c.state.Open() || rung <= int(c.rung) || rung > RungsMax {
		return fmt.Errorf("%w: rung %d after rung %d", ErrEntry, rung, c.rung)
	}
	c.rung = uint8(rung)
	if card != NoCard {
		c.card = card
	}
	c.late |= clockBit(LadderClock)
	return nil
}

// foldPush folds the dual push and the assisting parties.
func (c *caseState) foldPush(e *Entry, _ instant) (bool, error) {
	var change func(*caseSide)
	switch f := e.Fact.(type) {
	case Noted:
		change = func(s *caseSide) { s.push.note(f.Role) }
	case NoteDeemed:
		c.runOut(NoteClock)
		change = func(s *caseSide) {
			for _, role := range f.Roles {
				s.push.note(role)
			}
		}
	case FindingContested:
		change = func(s *caseSide) { s.push.contested = true }
	case RectifyReported:
		c.show(f.Evidence, true)
		change = func(s *caseSide) { s.push.mended, s.push.contested = true, false }
	case RectifyAccepted:
		change = func(s *caseSide) { s.push.accepted = true }
	case RectifyDeclined:
		c.fired &^= clockBit(RectifyClock)
		c.unshow()
		change = func(s *caseSide) { s.push.mended, s.push.contested = false, false }
	case RectifyLapsed:
		c.runOut(RectifyClock)
		change = func(s *caseSide) { s.push.lapsed = true }
	case AssistReported:
		change = func(s *caseSide) { s.done = with(s.done, f.Party) }
	default:
		return false, nil
	}
	if !c.state.Open() || c.parties == nil {
		return true, fmt.Errorf("%w: the case is with nobody", ErrEntry)
	}
	change(c.aside())
	return true, nil
}

func (p *pushState) note(role Role) {
	p.noted = p.noted || role == Rectifier
	p.supervised = p.supervised || role == Regulator
}

// foldEnd folds rework, the ends, and what may follow them.
func (c *caseState) foldEnd(e *Entry, at instant) (bool, error) {
	switch f := e.Fact.(type) {
	case VerifyFailed:
		return true, c.again(StateDone, f.Mend)
	case ReworkOrdered:
		return true, c.again(StateVerified, f.Mend)
	case ReworksSpent:
		c.unsend()
		c.self, c.interim = false, true
		c.registeredAt, c.dispatchedAt, c.acknowledgedAt, c.startedAt = at, 0, 0, 0
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
		c.satisfied = f.Answer.satisfied()
		return true, nil
	case Replied:
		return true, c.reply(f.Event)
	case DueRevised:
		return true, nil
	}
	return false, nil
}

// again sends the case back to its lead, and to the rectifier of a dual push.
func (c *caseState) again(from State, mend bool) error {
	s := c.aside()
	if mend {
		s.push.mended, s.push.accepted, s.push.contested, s.push.lapsed = false, false, false, false
		c.fired &^= clockBit(RectifyClock)
	}
	s.reworks = min(s.reworks, 254) + 1
	c.doneAt, c.verifiedAt, c.lapsed, c.waived = 0, 0, false, false
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
		s.reports[i].replied = r.reporter == ""
	}
	c.replied = c.event.Reporter == ""
	c.registeredAt, c.dispatchedAt, c.acknowledgedAt, c.startedAt = at, 0, 0, 0
	c.doneAt, c.verifiedAt, c.closedAt = 0, 0, 0
	c.fired, c.ackDeemed, c.lapsed, c.interim = 0, false, false, false
	c.outcome, c.satisfied, c.doer, c.verifier = "", "", Actor{}, Actor{}
	c.rung, c.card = 0, NoCard
	c.self, c.waived = false, false
	s.standard = ""
	c.unshow()
	return c.enter(StateRegistered, StateClosed, StateRejected)
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
