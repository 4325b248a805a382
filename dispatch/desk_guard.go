package dispatch

import (
	"slices"
	"strconv"
)

// guard is one guard of a row.
func (t *trial) guard(code string) *Refusal {
	c := &t.w.c
	refuse := func(args ...string) *Refusal { return newRefusal(code, append([]string{string(c.id)}, args...)...) }
	switch code {
	case RefusedNotEntitled:
		return t.entitledTo()
	case RefusedNoLead:
		if do, ok := t.cmd.Do.(Redirect); ok && do.Party != "" {
			return nil
		}
		if t.ask(); t.answer.status != Decided {
			return refuse(string(t.answer.status))
		}
	case RefusedDoerVerifies:
		if who, same := t.didIt(); same {
			return refuse(string(who))
		}
	case RefusedUnknownParty:
		for _, p := range t.named() {
			if p != "" && !exists(t.rules, p, t.now) && p != t.cmd.Actor.Person {
				return newRefusal(code, string(p))
			}
		}
	case RefusedSameParty:
		if p := t.newLead(); p != "" && c.parties != nil && p == c.parties.Lead.Party {
			return refuse(string(p))
		}
	case RefusedUnnamed:
		if t.newLead() == "" && !t.exempt() {
			return refuse()
		}
	case RefusedOffDuty, RefusedNotOfParty, RefusedNoPowers, RefusedUnskilled, RefusedStalePosition:
		return t.handsGuard(code, refuse)
	case RefusedTooOften, RefusedTooLate, RefusedTooEarly, RefusedOverLimit:
		return t.limit(code)
	}
	if refusal := t.ownerGuard(code, refuse); refusal != nil {
		return refusal
	}
	if refusal := t.pushGuard(code, refuse); refusal != nil {
		return refusal
	}
	return t.caseGuard(code, refuse)
}

// named is every party that the command names as one that must exist.
func (t *trial) named() []Code {
	switch do := t.cmd.Do.(type) {
	case Take:
		return []Code{do.Party}
	case Agree:
		return []Code{do.Party}
	case Judge:
		return []Code{do.Party}
	}
	return []Code{t.newLead()}
}

// newLead is the party that the command would have answer for the case.
func (t *trial) newLead() Code {
	switch do := t.cmd.Do.(type) {
	case Return:
		return do.Party
	case AcceptReturn:
		if do.Party == "" {
			return t.w.c.also().named
		}
		return do.Party
	case Dispute:
		return do.Party
	case Redirect:
		if do.Party == "" {
			return t.answer.parties.Lead.Party
		}
		return do.Party
	}
	return ""
}

// exempt reports whether the return is one that is always right.
func (t *trial) exempt() bool {
	do, ok := t.cmd.Do.(Return)
	return ok && do.Basis == NotAdmitted
}

// ownerGuard is the guards of returns and disputes.
func (t *trial) ownerGuard(code string, refuse func(...string) *Refusal) *Refusal {
	c, s := &t.w.c, t.w.c.also()
	lead := Code("")
	if c.parties != nil {
		lead = c.parties.Lead.Party
	}
	switch code {
	case RefusedFinal:
		if s.dispute.final && !(t.exempt() && t.unadmitted()) {
			return refuse()
		}
	case RefusedSpent:
		if slices.Contains(s.spent, lead) && !(t.exempt() && t.unadmitted()) {
			return refuse(string(lead))
		}
	case RefusedReturnFirst:
		if do, ok := t.cmd.Do.(Dispute); ok && !do.NewFacts && !slices.Contains(s.spent, lead) {
			return refuse(string(lead))
		}
	case RefusedNotRuled:
		if s.dispute.ruled == 0 {
			return refuse()
		}
	case RefusedAdmitted:
		if t.exempt() && !t.unadmitted() {
			return refuse(string(lead))
		}
	case RefusedUnadmitted:
		if s.basis == NotAdmitted {
			return refuse(string(lead))
		}
	case RefusedPartyRules:
		if slices.Contains(s.dispute.parties, s.dispute.body) {
			return refuse(string(s.dispute.body))
		}
	}
	return nil
}

// pushGuard is the guards of the dual push and of assisting.
func (t *trial) pushGuard(code string, refuse func(...string) *Refusal) *Refusal {
	c, s := &t.w.c, t.w.c.also()
	push := s.push
	switch code {
	case RefusedNotPushed:
		if !push.open() {
			return refuse()
		}
	case RefusedNothingMended:
		if !push.mended && !push.contested {
			return refuse()
		}
	case RefusedNotAssisting:
		if do, ok := t.cmd.Do.(AssistDone); ok && !slices.ContainsFunc(t.mates().Assist, func(d Duty) bool { return d.Party == do.Party }) {
			return refuse(string(do.Party))
		}
	case RefusedNotAccepted:
		if c.parties != nil && push.open() {
			return refuse(string(c.parties.Rectifier.Party))
		}
	case RefusedAssistOpen:
		do, ok := t.cmd.Do.(Finish)
		if !ok || do.Override != "" || c.parties == nil {
			return nil
		}
		for _, d := range c.parties.Assist {
			if !slices.Contains(s.done, d.Party) {
				return refuse(string(d.Party))
			}
		}
	case RefusedWaiting:
		if _, contest := t.cmd.Do.(Contest); contest && push.contested || !contest && c.asking {
			return refuse()
		}
	case RefusedAnswered:
		return t.answered(push, s, refuse)
	}
	return nil
}

// answered refuses to do once more what is done once.
func (t *trial) answered(push pushState, s *caseSide, refuse func(...string) *Refusal) *Refusal {
	switch do := t.cmd.Do.(type) {
	case Note:
		if do.Role == Regulator && push.supervised || do.Role == Rectifier && push.noted {
			return refuse(string(do.Role))
		}
	case AssistDone:
		if slices.Contains(s.done, do.Party) {
			return refuse(string(do.Party))
		}
	case Close: // what the reporters said is not said otherwise by whoever closes
		if said := t.w.c.satisfied; said != "" && do.Satisfied != "" && do.Satisfied != said {
			return refuse(string(t.w.c.event.ID))
		}
	case Reply:
		event, _ := t.event(do.Event)
		if replied, _ := t.w.c.repliedTo(event); replied {
			return refuse(string(event))
		}
	}
	return nil
}

// event is the event that a command means, the first one when it names none.
func (t *trial) event(named Code) (Code, bool) {
	if named == "" {
		named = t.w.c.event.ID
	}
	_, ok := t.w.c.repliedTo(named)
	return named, ok
}

// repliedTo reports whether an event of the case was answered.
func (c *caseState) repliedTo(event Code) (replied, ok bool) {
	if event == c.event.ID {
		return c.replied, true
	}
	for _, r := range c.also().reports {
		if Code(r.event) == event {
			return r.replied, true
		}
	}
	return false, false
}

// caseGuard is every other guard.
func (t *trial) caseGuard(code string, refuse func(...string) *Refusal) *Refusal {
	c, s := &t.w.c, t.w.c.also()
	switch code {
	case RefusedEventExists:
		if do, ok := t.cmd.Do.(Attach); ok {
			if known, filed := t.d.eventCase(do.Event.ID); filed {
				return newRefusal(code, string(do.Event.ID), string(known))
			}
		}
	case RefusedTooMany:
		switch _, merging := t.cmd.Do.(Merge); {
		case merging && t.target != nil && len(t.target.c.also().merged) >= MergedMax:
			return refuse(strconv.Itoa(MergedMax))
		case !merging && len(s.reports) >= ReportsMax:
			return refuse(strconv.Itoa(ReportsMax))
		}
	case RefusedNotSelf:
		if c.parties == nil || c.parties.Lead.Mode != Self {
			return refuse()
		}
	case RefusedNotClaimed:
		if !c.claim {
			return refuse()
		}
	case RefusedSafety:
		if c.risk == SafetyRisk {
			return refuse()
		}
	case RefusedNotSole:
		if len(s.reports)+len(s.merged) > 0 {
			return refuse()
		}
	case RefusedFirm:
		if c.parties != nil && c.parties.Lead.Budget.Firm {
			return refuse()
		}
	case RefusedUnknownEvent:
		if event, ok := t.event(eventOf(t.cmd.Do)); !ok {
			return refuse(string(event))
		}
	case RefusedNothingDue:
		if c.handle == 0 || c.parties == nil || c.parties.Lead.Budget.IsZero() {
			return refuse()
		}
	case RefusedOutcome:
		do, _ := t.cmd.Do.(Close)
		matter, _ := t.rules.List.Matter(c.event.Matter)
		if do.Waiver == "" && !matter.Takes(do.Outcome) {
			return refuse(do.Outcome)
		}
	case RefusedNoEvidence:
		return t.proofGuard(refuse)
	case RefusedUnanswered:
		return t.unansweredGuard(refuse)
	case RefusedSameCase, RefusedMergedIn, RefusedTarget:
		return t.mergeGuard(code, refuse)
	}
	return nil
}

func eventOf(do Do) Code {
	switch do := do.(type) {
	case CallBack:
		return do.Event
	case Reply:
		return do.Event
	}
	return ""
}
