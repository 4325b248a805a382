package dispatch

import (
	"fmt"
	"slices"
	"time"
)

// importCase decides an import: its guards, in order, are case_exists, event_exists,
// stale, not_entitled, inconsistent, unknown_party.
func (a *attempt) importCase(do Import) (*Refusal, error) {
	for _, event := range append([]Code{do.Event.ID}, reportIDs(do.Reports)...) {
		if refusal := a.unfiled(do.Case, event); refusal != nil {
			return refusal, nil
		}
	}
	if refusal := a.stale(0); refusal != nil {
		return refusal, nil
	}
	if actor := a.cmd.Actor; actor != (Actor{}) {
		return newRefusal(RefusedNotEntitled, string(actor.Person), string(actor.Post), string(a.d.desk())), nil
	}
	if field := do.flaw(a.now); field != "" {
		return newRefusal(RefusedInconsistent, string(do.Case), field), nil
	}
	if lead := do.Lead.Party; lead != "" && !exists(a.rules, lead, a.now) {
		return newRefusal(RefusedUnknownParty, string(lead)), nil
	}
	filed := a.filed(&do.Event)
	w := a.draft(caseState{id: do.Case})
	clocks := do.Clocks
	stage, _ := do.needs()
	for _, p := range do.Left {
		due, err := w.after(p.Working, a.now, p.Left)
		if err != nil {
			return nil, err
		}
		if clocks.set(p.Clock, due.time()); p.Clock == stage {
			stage = ""
		}
	}
	if stage != "" && clocks.Stage.IsZero() && !slices.Contains(do.Late, stage) {
		due, err := w.add(a.now, a.rules.Policy.budget(stage))
		if err != nil {
			return nil, err
		}
		if stage != SuspendClock {
			clocks.Stage = due.time()
		}
	}
	review, err := optionalInstant(clocks.Review)
	if err != nil {
		return nil, err
	}
	w.c.review = review
	do.Clocks, do.Left = Clocks{}, nil
	return nil, w.emit(a.now, clocks, CaseImported{Setup: filed.Setup, Area: filed.Area, Risk: filed.Risk, Import: do})
}

func reportIDs(list []Report) []Code {
	ids := make([]Code, len(list))
	for i, r := range list {
		ids[i] = r.Event
	}
	return ids
}

// bring folds an import.
func (c *caseState) bring(e *Entry, f *CaseImported, at instant) error {
	if field := f.flaw(at); field != "" || c.state != "" {
		return fmt.Errorf("%w: %s of an import", ErrEntry, field)
	}
	c.id, c.event, c.area, c.risk, c.setup = e.Case, new(f.Event), f.Area, f.Risk, f.Setup
	c.show(f.Event.Evidence, false)
	c.event.Evidence = nil
	for _, each := range []struct {
		to   *instant
		from time.Time
	}{
		{&c.filedAt, f.FiledAt}, {&c.registeredAt, f.RegisteredAt}, {&c.dispatchedAt, f.DispatchedAt}, {&c.acknowledgedAt, f.AcknowledgedAt},
		{&c.startedAt, f.StartedAt}, {&c.doneAt, f.DoneAt}, {&c.verifiedAt, f.VerifiedAt},
	} {
		var err error
		if *each.to, err = optionalInstant(each.from); err != nil {
			return err
		}
	}
	if f.Lead.Party != "" {
		c.parties = new(f.Parties.own())
	}
	c.state, c.generation, c.status, c.interim = f.State, f.Generation, f.Status, f.Interim
	for _, clock := range f.Late {
		c.runOut(clock)
	}
	c.replied = f.Replied || f.Event.Reporter == ""
	c.asking, c.ackDeemed, c.lapsed, c.claim, c.self, c.waived = f.Asking, f.AckDeemed, f.Lapsed, f.Claim, f.Self, f.Waived
	c.unproven = f.Unproven
	c.rung, c.card, c.alone, c.doer, c.verifier = uint8(f.Rung), f.Card, f.Alone, f.Doer, f.Verifier
	return c.bringSide(f)
}

// bringSide folds what most cases never have.
func (c *caseState) bringSide(f *CaseImported) error {
	s := c.aside()
	var err error
	if s.cycleAt, err = optionalInstant(f.CycleAt); err != nil {
		return err
	}
	s.cycle, s.asks, s.extends, s.suspend, s.reworks = uint8(f.Cycle), uint8(f.Asks), uint8(f.Extensions), uint8(f.Suspensions), uint8(f.Reworks)
	s.spent, s.basis, s.named = cloneOrNil(f.Returned), f.Basis, f.Named
	s.done, s.sent = cloneOrNil(f.AssistDone), cloneOrNil(f.Assigned)
	if k := f.Contention; k != nil {
		until, err := optionalInstant(k.AppealUntil)
		if err != nil {
			return err
		}
		s.dispute = disputeState{level: k.Level, ruled: k.Ruled, body: k.Body, parties: cloneOrNil(k.Parties), appealUntil: until, final: k.Final}
	}
	if p := f.Push; p != nil {
		s.push = pushState{
			asked: true, mended: p.Mended, contested: p.Contested, accepted: p.Accepted, lapsed: p.Lapsed, noted: p.Noted, supervised: p.Supervised,
		}
	}
	for _, r := range f.Reports {
		at, err := optionalInstant(r.At)
		if err != nil {
			return err
		}
		s.reports = append(s.reports, report{
			event: string(r.Event), reporter: string(r.Reporter), external: r.External, channel: r.Channel, at: at, replied: r.Replied || r.Reporter == "",
		})
	}
	return nil
}
