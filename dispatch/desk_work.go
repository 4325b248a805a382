package dispatch

import (
	"slices"

	"github.com/gridgov/gridgov/party"
)

// trial is one verb on one case being decided.
type trial struct {
	*attempt
	w      draft // by value, so that it need not go to the heap
	row    *Transition
	answer decision // of the list, for the rows that ask it
	target *draft   // the other case of a merging or splitting
}

// work decides a verb on one case: catch up, then the row of the table.
func (a *attempt) work(id Code) (*Refusal, error) {
	state, ok := a.d.cases[id]
	if !ok {
		if _, gone := a.d.archived[id]; gone {
			return newRefusal(RefusedArchived, string(id)), nil
		}
		return newRefusal(RefusedUnknownCase, string(id)), nil
	}
	t := trial{attempt: a, w: a.draft(state)}
	gone, err := t.leftWith(state)
	if err != nil {
		return nil, err
	}
	if err := t.w.catchUp(a.now); err != nil {
		return nil, err
	}
	if gone || t.w.gone {
		a.own = len(a.entries)
		return newRefusal(RefusedArchived, string(id)), nil
	}
	if err := t.other(); err != nil {
		return nil, err
	}
	a.own = len(a.entries)
	if refusal := a.stale(t.w.c.version); refusal != nil {
		return refusal, nil
	}
	if !t.find() {
		return newRefusal(RefusedState, string(id), string(t.w.c.state), a.cmd.Do.verb()), nil
	}
	for _, guard := range t.row.Guards {
		if refusal := t.guard(guard); refusal != nil {
			return refusal, nil
		}
	}
	facts, err := t.facts()
	if err != nil {
		return nil, err
	}
	if err := t.w.take(t.row, a.now, facts...); err != nil {
		return nil, err
	}
	return nil, t.after()
}

// leftWith reports whether a merged case has left memory with the case that it was
// merged into, which has ended.
func (t *trial) leftWith(state *caseState) (bool, error) {
	if state.state != StateMerged {
		return false, nil
	}
	into, ok := t.d.cases[state.also().into]
	if !ok || into.state.Open() {
		return false, nil
	}
	w := t.draft(into)
	err := w.catchUp(t.now)
	return w.gone, err
}

// other brings the other case of a merging or splitting up to date.
func (t *trial) other() error {
	var id Code
	switch do := t.cmd.Do.(type) {
	case Merge:
		id = do.Into
	case Part:
		id = t.w.c.also().into
	}
	if id == "" || id == t.w.c.id {
		return nil
	}
	state, ok := t.d.cases[id]
	if !ok {
		return nil
	}
	t.target = new(t.draft(state))
	return t.target.catchUp(t.now)
}

// find looks for the first row whose condition holds.
func (t *trial) find() bool {
	verb := t.cmd.Do.verb()
	for _, row := range rowsByVerb[verb] {
		if !slices.Contains(row.From, t.w.c.state) || !t.when(row.When) {
			continue
		}
		t.row = row
		return true
	}
	return false
}

// when reports whether the condition of a row that a verb triggers holds.
func (t *trial) when(condition string) bool {
	switch condition {
	case "":
		return true
	case whenInterim:
		return t.w.c.interim
	case whenAsked:
		return t.w.c.asking
	case whenReporter:
		do, _ := t.cmd.Do.(Suspend)
		return do.Reason == SuspendReporter
	case whenSpent:
		return int(t.w.c.also().reworks) >= t.rules.Policy.reworks()
	case whenPushed:
		return t.w.c.also().push.asked && t.w.c.parties != nil
	case whenUnseen:
		do, _ := t.cmd.Do.(Finish)
		return t.unseen(do)
	case whenRuled:
		return t.ruledLead() != ""
	case whenGone:
		return t.leadGone()
	case whenUnled:
		t.ask()
		return t.answer.status != Decided
	case whenClaim:
		t.ask()
		return t.answer.status == Decided && t.answer.parties.Lead.Mode == Claim
	}
	return false
}

// leadGone reports whether the lead is a party that exists no longer. A person who
// claimed the case is no party.
func (t *trial) leadGone() bool {
	p := t.w.c.parties
	return p != nil && p.Lead.Party != p.LeadPerson && !exists(t.rules, p.Lead.Party, t.now)
}

// ask asks the list who answers for the case, once.
func (t *trial) ask() {
	if t.answer.status == "" {
		t.answer = t.match(&t.w.c)
	}
}

// entitledTo is who may do a verb. To acknowledge, start, send people, finish, return, dispute,
// hand over and resume is for whoever answers for the case: the lead, or the duty
// desk in its place; the parts of a dual push are for who plays them; a ruling is
// for the body. Everything else is for the desk and for whoever has the command
// (统一指挥) over the case's area; to verify, whoever assesses there (监督考核); to give
// more time or to suspend, whoever approves there (审批), the first time. Of a claimed
// case only the reporter verifies.
func (t *trial) entitledTo() *Refusal {
	c, desk := &t.w.c, t.d.desk()
	kinds := []party.RightKind{party.RightCommand}
	switch do := t.cmd.Do.(type) {
	case Ack, Start, Assign, Finish, HandOver, Unclaim, Return, Dispute:
		return t.entitled(c.answerable(desk))
	case Resume:
		if t.entitled(c.answerable(desk)) == nil {
			return nil
		}
	case Withdraw:
		return t.reporter()
	case Answer:
		if t.reporter() == nil {
			return nil
		}
	case Verify, Fail:
		if c.claim {
			return t.reporter()
		}
		kinds = []party.RightKind{party.RightAssess}
	case Extend:
		if c.also().extends == 0 {
			kinds = append(kinds, party.RightApprove)
			break
		}
		if t.cmd.Actor == (Actor{}) || c.area != "" && t.granted(party.RightCommand, c.area) {
			return nil
		}
		return newRefusal(RefusedNotEntitled, string(t.cmd.Actor.Person), string(t.cmd.Actor.Post), string(party.RightCommand))
	case Suspend:
		kinds = append(kinds, party.RightApprove)
	case Judge, JudgeNone:
		return t.seated(c.also().dispute.body)
	case Agree:
		return t.entitled(do.Party)
	case Appeal:
		return t.anyOf(append([]Code{c.answerable(desk)}, c.also().dispute.parties...))
	case Take:
		return t.entitled(do.Party)
	case Note:
		if do.Role == Regulator {
			return t.entitled(t.mates().Regulator.Party)
		}
		return t.entitled(t.mates().Rectifier.Party)
	case Contest:
		return t.entitled(t.mates().Rectifier.Party)
	case Mend:
		who := []Code{t.mates().Rectifier.Party}
		if c.also().push.lapsed {
			who = append(who, t.mates().Lead.Party)
		}
		return t.anyOf(who)
	case Accept, Decline:
		return t.entitled(t.mates().Regulator.Party)
	case AssistDone:
		return t.entitled(do.Party)
	}
	for _, kind := range kinds {
		if c.area != "" && t.granted(kind, c.area) {
			return nil
		}
	}
	return t.seated(desk)
}

// reporter refuses everybody but the first event's reporter. Where the event names
// none, only the host may speak for whoever it was.
func (t *trial) reporter() *Refusal {
	actor, reporter := t.cmd.Actor, t.w.c.event.Reporter
	if actor == (Actor{}) || reporter != "" && actor.Person == reporter {
		return nil
	}
	return newRefusal(RefusedNotEntitled, string(actor.Person), string(actor.Post), string(reporter))
}

func (t *trial) anyOf(parties []Code) *Refusal {
	var refusal *Refusal
	for _, p := range parties {
		if refusal = t.entitled(p); refusal == nil {
			return nil
		}
	}
	return refusal
}

// sameHand reports whether two actors are named and the same: the same person,
// or, unless both name a person, the same post.
func sameHand(doer, verifier Actor) (Code, bool) {
	if doer.Person != "" && verifier.Person != "" {
		return doer.Person, doer.Person == verifier.Person
	}
	return doer.Post, doer.Post != "" && doer.Post == verifier.Post
}

// didIt reports whether the actor did the work: is who finished it, was sent to it, or
// found and handled it.
func (t *trial) didIt() (Code, bool) {
	c, actor := &t.w.c, t.cmd.Actor
	if who, same := sameHand(c.doer, actor); same {
		return who, true
	}
	if c.self && actor.Person != "" && actor.Person == c.parties.LeadPerson {
		return actor.Person, true
	}
	sent := slices.ContainsFunc(c.also().sent, func(p Sent) bool { return p.Person == actor.Person })
	return actor.Person, sent
}

// mates is who has a part in the case, nobody before dispatch.
func (t *trial) mates() Parties {
	if t.w.c.parties == nil {
		return Parties{}
	}
	return *t.w.c.parties
}
