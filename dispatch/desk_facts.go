package dispatch

import (
	"time"
)

// facts is what a verb on a case records, with the dues that it gives.
func (t *trial) facts() ([]Fact, error) {
	c := &t.w.c
	switch do := t.cmd.Do.(type) {
	case Register:
		return one(CaseRegistered{})
	case Dispatch:
		if t.row.When == whenRuled {
			return one(t.assigned(t.ruledLead(), false))
		}
		if t.answer.parties.Lead.Mode == Claim {
			return one(ClaimOpened{Setup: t.d.number(), Parties: t.answer.parties, Owners: do.Owners})
		}
		return one(t.dispatched(c, t.answer.parties))
	case Ack:
		return one(Acknowledged{})
	case Start:
		return one(WorkStarted{})
	case Finish:
		done := t.workDone(do)
		switch t.row.When {
		case whenUnled:
			return []Fact{t.unclear(), done}, nil
		case whenUnseen:
		default:
			return one(done)
		}
		matter, _ := t.rules.List.Matter(c.event.Matter)
		return []Fact{done, VerifyWaived{Sample: matter.VerifySample, Reason: WaivedUnsampled}}, nil
	case Verify:
		return one(Verified{})
	case Close:
		closed := Case{State: StateClosed, DueAt: c.total.time(), ClosedAt: t.now.time()}
		ended := CaseClosed{Outcome: do.Outcome, Satisfied: do.Satisfied, OnTime: closed.OnTime(t.now.time()), Standard: c.standard()}
		if matter, _ := t.rules.List.Matter(c.event.Matter); !matter.Takes(do.Outcome) {
			ended.Waiver = do.Waiver
		}
		return one(ended)
	}
	if facts, err := t.ownerFacts(); facts != nil || err != nil {
		return facts, err
	}
	if fact := t.pushFact(); fact != nil {
		return one(fact)
	}
	return t.caseFacts()
}

func one(fact Fact) ([]Fact, error) { return []Fact{fact}, nil }

// caseFacts is intake, pauses, rework and the ends.
func (t *trial) caseFacts() ([]Fact, error) {
	c := &t.w.c
	switch do := t.cmd.Do.(type) {
	case Attach:
		return one(Attached{Event: do.Event})
	case AskMore:
		return one(SupplementAsked{What: do.What})
	case Answer:
		return one(SupplementGiven{})
	case Reject:
		return one(CaseRejected{Reason: do.Reason, Redress: do.Redress})
	case Withdraw:
		return one(CaseCancelled{Reason: do.Reason})
	case Take:
		return one(Claimed{Generation: c.generation + 1, Party: do.Party})
	case Unclaim:
		return one(Unclaimed{Reason: do.Reason})
	case Assign:
		return one(Assigned{People: do.People, Override: do.Override})
	case HandOver:
		return one(HandedOver{Reason: do.Reason})
	case Extend:
		fact, err := t.extended(do)
		return []Fact{fact}, err
	case Suspend:
		until, err := instantOf(do.Until)
		t.w.give(SuspendClock, until)
		return []Fact{Suspended{Reason: do.Reason, Until: do.Until}}, err
	case Resume:
		return one(Resumed{})
	case Fail:
		if t.row.When == whenSpent {
			return []Fact{VerifyFailed{Reason: do.Reason}, t.spent()}, nil
		}
		due, err := t.w.again(t.now)
		return []Fact{VerifyFailed{Reason: do.Reason, Mend: t.mendAgain(due)}}, err
	case Rework:
		if t.row.When == whenSpent {
			return []Fact{ReworkOrdered{Reason: do.Reason}, t.spent()}, nil
		}
		due, err := t.w.afresh(t.now)
		return []Fact{ReworkOrdered{Reason: do.Reason, Mend: t.mendAgain(due)}}, err
	case CallBack:
		event, _ := t.event(do.Event)
		return one(CalledBack{Event: event, Answer: do.Answer})
	case Reply:
		event, _ := t.event(do.Event)
		return one(Replied{Event: event})
	case Reopen:
		return one(Reopened{Cycle: int(c.also().cycle) + 1, Reason: do.Reason})
	case Merge:
		return one(Merged{Into: do.Into, Reason: do.Reason})
	case Part:
		return one(Split{})
	case Archive:
		return one(Archived{})
	}
	return nil, ErrCommand
}

// spent is the fact that the lead may not try again.
func (t *trial) spent() Fact {
	return ReworksSpent{Limit: t.rules.Policy.reworks(), Lead: t.mates().Lead.Party}
}

// mendAgain gives the lead its new H, and where there is a dual push the rectifier its
// new X: its budget once more, else H, but no less than the floor.
func (t *trial) mendAgain(handle instant) bool {
	c := &t.w.c
	t.w.give(HandleClock, handle)
	if t.row.When != whenPushed {
		return false
	}
	due, err := t.w.add(t.now, t.rules.Policy.floor())
	if budget := c.parties.Rectifier.Budget; err == nil && !budget.IsZero() {
		var own instant
		own, err = t.w.add(t.now, budget)
		due = max(due, own)
	} else {
		due = max(due, handle)
	}
	if err != nil {
		t.w.fail = err
	}
	t.w.give(RectifyClock, due)
	return true
}

// pushFact is the dual push and assisting.
func (t *trial) pushFact() Fact {
	switch do := t.cmd.Do.(type) {
	case Note:
		return Noted{Role: do.Role}
	case Contest:
		return FindingContested{Reason: do.Reason}
	case Mend:
		return RectifyReported{Evidence: do.Evidence}
	case Accept:
		return RectifyAccepted{}
	case Decline:
		if due, err := t.w.add(t.now, t.rules.Policy.floor()); err == nil {
			t.w.give(RectifyClock, max(due, t.w.c.rectify))
		} else {
			t.w.fail = err
		}
		return RectifyDeclined{Reason: do.Reason}
	case AssistDone:
		return AssistReported{Party: do.Party}
	}
	return nil
}

// ownerFacts is returns and disputes.
func (t *trial) ownerFacts() ([]Fact, error) {
	c, s := &t.w.c, t.w.c.also()
	switch do := t.cmd.Do.(type) {
	case Return:
		return one(ReturnAsked{Basis: do.Basis, Party: do.Party})
	case AcceptReturn:
		return []Fact{ReturnAccepted{}, t.assigned(t.newLead(), false)}, nil
	case RefuseReturn:
		return one(ReturnRefused{Reason: do.Reason})
	case Redirect:
		if do.Party == "" {
			return []Fact{Redirected{Reason: do.Reason}, t.dispatched(c, t.answer.parties)}, nil
		}
		return []Fact{Redirected{Reason: do.Reason}, t.assigned(do.Party, false)}, nil
	case Dispute:
		facts := t.w.openDispute(t.now, do.Basis, do.Party)
		if t.row.When == whenUnled {
			facts = append([]Fact{t.unclear()}, facts...)
		}
		return facts, nil
	case Appeal:
		level, rung, ok := t.w.higher(s.dispute.ruled, t.now)
		if !ok { // the bodies above are gone since the ruling
			level, rung = s.dispute.ruled+1, Rung{Party: t.d.desk(), Final: true}
		}
		t.w.giveDispute(rung, t.now)
		return one(DisputeAppealed{Level: level, Body: rung.Party, Basis: do.Basis})
	case Agree:
		return []Fact{DisputeSettled{Party: do.Party, Consent: do.Consent}, t.assigned(do.Party, true)}, nil
	case Judge:
		ruled, err := t.ruling(do.Basis)
		ruled.Party = do.Party
		precedent := PrecedentProposed{Role: Lead, Matter: c.event.Matter, Area: c.area, Party: do.Party}
		return []Fact{ruled, precedent, t.assigned(do.Party, true)}, err
	case JudgeNone:
		ruled, err := t.ruling(do.Basis)
		ruled.AppealUntil = time.Time{} // to reopen the case is the way against it
		return []Fact{ruled, CaseRejected{Reason: RejectNobody, Redress: do.Redress}}, err
	}
	return nil, nil
}

// unclear is the fact that the list, asked now, names no single lead.
func (t *trial) unclear() Fact { return OwnerUnclear{Status: t.answer.status, Tie: t.answer.tie} }

// ruledLead is the lead that a final ruling named, by its post if it was ruled for one;
// empty when the ruling named nobody, when somebody else leads since, or when the party
// exists no longer.
func (t *trial) ruledLead() Code {
	c, s := &t.w.c, t.w.c.also()
	named := s.dispute.ruledFor
	if !s.dispute.final || named == "" || c.parties == nil {
		return ""
	}
	if lead := c.parties.Lead; named != lead.Party && named != lead.Post || !exists(t.rules, named, t.now) {
		return ""
	}
	return named
}

// ruling is a ruling of the body that has the case: final when no level is above.
func (t *trial) ruling(basis string) (DisputeRuled, error) {
	s := t.w.c.also()
	rung := Rung{Party: s.dispute.body, Final: true}
	for _, each := range t.d.rungs(&t.w.c, DisputeLadder) {
		if each.Level == s.dispute.level && each.Party == s.dispute.body {
			rung = each
			break
		}
	}
	_, _, higher := t.w.higher(s.dispute.level, t.now)
	ruled := DisputeRuled{Level: s.dispute.level, Body: s.dispute.body, Basis: basis, Final: rung.Final || !higher}
	if ruled.Final {
		return ruled, nil
	}
	until, err := t.appealUntil(rung)
	ruled.AppealUntil = until
	return ruled, err
}

// assigned is a dispatch to a party that somebody named: everybody else keeps the
// part they had, and the time is that of the lead before, or of the first rule that
// tied. In a dispute a lead that stays keeps the time it had.
func (t *trial) assigned(lead Code, keep bool) Fact {
	c := &t.w.c
	parties := Parties{}
	if c.parties != nil {
		parties = c.parties.own()
	}
	if !c.bound() {
		parties.Terms = t.rules.terms(c, t.now)
	}
	duty := Duty{Party: lead, Budget: parties.Lead.Budget}
	if c.parties == nil && len(c.tie) > 0 {
		if rule, ok := t.rules.List.Rule(c.tie[0]); ok {
			duty.Budget = rule.Budget
		}
	}
	if post, ok := t.rules.Directory.Post(lead); ok {
		duty.Party, duty.Post = post.Party, lead
	}
	parties.LeadPerson = ""
	if duty.Post != "" {
		parties.LeadPerson = t.rules.Directory.OnDuty(duty.Post, t.now.time()).Person
	}
	if keep && c.parties != nil && c.dispatchedAt != 0 && c.parties.Lead.Party == duty.Party {
		t.w.give(HandleClock, c.handle)
	}
	parties.Lead = duty
	return t.dispatched(c, parties)
}
