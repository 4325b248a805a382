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
func (c *caseState) foldOwner(e *Entry, at instant) (bool, error) {
	switch f := e.Fact.(type) {
	case ReturnAsked:
		if c.parties == nil {
			return true, fmt.Errorf("%w: returned by nobody", ErrEntry)
		}
		s := c.aside()
		s.spent, s.basis, s.named = with(s.spent, c.parties.Lead.Party), f.Basis, f.Party
		return true, c.enter(StateReturned, StateDispatched)
	case ReturnAccepted:
		return true, c.enter(StateReturned, StateReturned)
	case ReviewLapsed:
		return true, c.lapse(f.Relieved, at)
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
		return true, c.enter(StateDisputed, atWork...)
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
		s.dispute.ruled, s.dispute.ruledFor, s.dispute.final, s.dispute.appealUntil = f.Level, f.Party, f.Final, until
		if err == nil {
			err = c.enter(StateDisputed, StateDisputed)
		}
		return true, err
	case PrecedentProposed:
		return true, c.enter(StateDisputed, StateDisputed)
	case Redirected:
		return true, c.enter(StateDispatched, atWork...)
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

// lapse ends the time in which the desk looks at a return, which relieves the lead where
// it is named.
func (c *caseState) lapse(relieved Code, at instant) error {
	c.runOut(ReturnClock)
	if relieved == "" {
		return c.enter(StateReturned, StateReturned)
	}
	if c.parties == nil || c.parties.Lead.Party != relieved {
		return fmt.Errorf("%w: somebody is relieved who does not lead", ErrEntry)
	}
	c.relieve(at)
	return c.enter(StateRegistered, StateReturned)
}

// relieve takes the case from its lead; the duty desk stands in.
func (c *caseState) relieve(at instant) {
	c.unsend()
	c.self, c.interim = false, true
	c.registeredAt, c.dispatchedAt, c.acknowledgedAt, c.startedAt = at, 0, 0, 0
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
