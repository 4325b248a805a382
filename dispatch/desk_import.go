package dispatch

import (
	"fmt"
	"slices"
	"time"
)

// importCase decides an import: its guards, in order, are case_exists, event_exists,
// stale, not_entitled, inconsistent, unknown_party. A merged case first brings the one
// that it went into up to date.
func (a *attempt) importCase(do Import) (*Refusal, error) {
	target, err := a.joined(do.Into)
	if err != nil {
		return nil, err
	}
	if refusal := a.importable(&do, target); refusal != nil {
		return refusal, nil
	}
	filed := a.filed(&do.Event)
	w := a.draft(&caseState{id: do.Case})
	clocks, err := w.brought(&do, a.now)
	if err != nil {
		return nil, err
	}
	if do.State == StateClosed {
		closed := Case{State: do.State, DueAt: clocks.Total, ClosedAt: do.ClosedAt}
		do.OnTime = closed.OnTime(do.ClosedAt)
	}
	do.Clocks, do.Left = Clocks{}, nil
	if err := w.emit(a.now, clocks, CaseImported{Setup: filed.Setup, Area: filed.Area, Risk: filed.Risk, Import: do}); err != nil {
		return nil, err
	}
	if target == nil || slices.Contains(target.c.also().merged, do.Case) {
		return nil, nil
	}
	target.give(TotalClock, earliest(target.c.total, w.c.total))
	return nil, target.take(row("35i"), a.now, MergedIn{From: do.Case})
}

// joined is the case that a merged one went into, brought up to date; nil when it is not
// in memory.
func (a *attempt) joined(into Code) (*draft, error) {
	state, ok := a.d.cases[into]
	if !ok {
		return nil, nil
	}
	w := new(a.draft(state))
	w.actor = Actor{}
	err := w.catchUp(a.now)
	if a.own = len(a.entries); err != nil || w.gone {
		return nil, err
	}
	return w, nil
}

// importable goes through the guards of an import.
func (a *attempt) importable(do *Import, target *draft) *Refusal {
	if a.d.taken(do.Case) {
		return newRefusal(RefusedCaseExists, string(do.Case))
	}
	for _, event := range append([]Code{do.Event.ID}, reportIDs(do.Reports)...) {
		if known, ok := a.d.eventCase(event); ok {
			return newRefusal(RefusedEventExists, string(event), string(known))
		}
	}
	if refusal := a.stale(0); refusal != nil {
		return refusal
	}
	if actor := a.cmd.Actor; actor != (Actor{}) {
		return newRefusal(RefusedNotEntitled, string(actor.Person), string(actor.Post), string(a.d.desk()))
	}
	field := do.flaw(a.now)
	if field == "" {
		var into *caseState
		if target != nil {
			into = &target.c
		}
		field = a.d.misplaced(do.Case, do, into)
	}
	if matter, _ := a.rules.List.Matter(do.Event.Matter); field == "" && do.State == StateClosed && !matter.Takes(do.Outcome) {
		field = "outcome"
	}
	if field != "" {
		return newRefusal(RefusedInconsistent, string(do.Case), field)
	}
	if lead := do.Lead.Party; lead != "" && do.State.Open() && !exists(a.rules, lead, a.now) {
		return newRefusal(RefusedUnknownParty, string(lead))
	}
	return nil
}

// misplaced is the first field of an import that contradicts the other cases of the
// desk, "" when none does; into is the case that it went into, nil when that is not
// there. What was merged into a closed case has no reporter who waits.
func (d *Desk) misplaced(id Code, v *Import, into *caseState) string {
	for _, part := range v.Merged {
		if _, awaited := d.awaited[part]; awaited || part == id || d.taken(part) {
			return "merged"
		}
	}
	named, awaited := d.awaited[id]
	switch {
	case awaited && v.State != StateMerged:
		return "state"
	case v.State != StateMerged:
		return ""
	case into == nil || into.state == StateMerged || awaited && named != v.Into:
		return "into"
	case !awaited && (!into.state.Open() || len(into.held) > 0 || len(into.also().merged) >= MergedMax):
		return "into"
	case v.ClosedAt.Before(into.filedAt.time()) || into.closedAt != 0 && v.ClosedAt.After(into.closedAt.time()):
		return "closed_at"
	case into.state == StateClosed && !v.Replied && v.Event.Reporter != "":
		return "replied"
	case into.state == StateClosed && slices.ContainsFunc(v.Reports, func(r Report) bool { return !r.Replied && r.Reporter != "" }):
		return "reports"
	}
	return ""
}

// brought is the dues with which an import begins: what is left of a clock goes on from
// now, and the stage of an open case has its time unless it has run out.
func (w *draft) brought(do *Import, now instant) (Clocks, error) {
	clocks := do.Clocks
	stage, _ := do.needs()
	for _, p := range do.Left {
		due, err := w.after(p.Working, now, p.Left)
		if err != nil {
			return clocks, err
		}
		if clocks.set(p.Clock, due.time()); p.Clock == stage {
			stage = ""
		}
	}
	if stage != "" && clocks.Stage.IsZero() && !slices.Contains(do.Late, stage) {
		due, err := w.add(now, w.rules.Policy.budget(stage))
		if err != nil {
			return clocks, err
		}
		if stage != SuspendClock {
			clocks.Stage = due.time()
		}
	}
	for i := range clocks.Paused {
		w.desk.since(&clocks.Paused[i])
	}
	var err error
	w.c.review, err = optionalInstant(clocks.Review)
	return clocks, err
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
	f.Clocks.Total = e.Clocks.Total
	if field := f.flaw(at); field != "" || c.state != "" {
		return fmt.Errorf("%w: %s of an import", ErrEntry, field)
	}
	c.id, c.event, c.area, c.risk, c.setup = e.Case, new(f.Event), f.Area, f.Risk, f.Setup
	c.show(f.Event.Evidence, false)
	c.event.Evidence = nil
	if len(f.Shown)+len(f.Worked) > 0 {
		c.shown = &shown{
			reported: slices.Compact(slices.Sorted(slices.Values(append(kindsOf(c.shown), f.Shown...)))), worked: cloneOrNil(f.Worked),
		}
	}
	for _, each := range []struct {
		to   *instant
		from time.Time
	}{
		{&c.filedAt, f.FiledAt}, {&c.registeredAt, f.RegisteredAt}, {&c.dispatchedAt, f.DispatchedAt}, {&c.acknowledgedAt, f.AcknowledgedAt},
		{&c.startedAt, f.StartedAt}, {&c.doneAt, f.DoneAt}, {&c.verifiedAt, f.VerifiedAt}, {&c.closedAt, f.ClosedAt},
	} {
		var err error
		if *each.to, err = optionalInstant(each.from); err != nil {
			return err
		}
	}
	if f.Lead.Party == "" && f.worked() && f.Terms.Standard != "" {
		c.aside().standard = f.Terms.Standard
	}
	if f.Lead.Party != "" {
		c.parties = new(f.Parties.own())
	}
	c.state, c.generation, c.status, c.tie, c.interim = f.State, f.Generation, f.Status, cloneOrNil(f.Tie), f.Interim
	for _, clock := range f.Late {
		c.runOut(clock)
	}
	if due := f.Clocks.Total; !due.IsZero() && f.ClosedAt.After(due) {
		c.runOut(TotalClock)
	}
	c.replied = f.Replied || f.Event.Reporter == ""
	c.asking, c.ackDeemed, c.lapsed, c.claim, c.self, c.waived = f.Asking, f.AckDeemed, f.Lapsed, f.Claim, f.Self, f.Waived
	c.unproven, c.reviews = f.Unproven, int32(f.Reviews)
	c.stoodIn = f.StoodIn || f.Lead.Party == "" && f.worked()
	c.rung, c.card, c.alone, c.doer, c.verifier = uint8(f.Rung), f.Card, f.Alone, f.Doer, f.Verifier
	c.outcome, c.satisfied = f.Outcome, f.Satisfied
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
	s.into, s.merged = f.Into, cloneOrNil(f.Merged)
	if k := f.Contention; k != nil {
		until, err := optionalInstant(k.AppealUntil)
		if err != nil {
			return err
		}
		s.dispute = disputeState{level: k.Level, ruled: k.Ruled, ruledFor: k.For, body: k.Body, parties: cloneOrNil(k.Parties), appealUntil: until, final: k.Final}
	}
	if p := f.Push; p != nil {
		s.push = pushState{
			asked: true, mended: p.Mended, contested: p.Contested, accepted: p.Accepted, lapsed: p.Lapsed, noted: p.Noted, supervised: p.Supervised,
		}
	}
	s.said = f.Said
	for _, r := range f.Reports {
		at, err := optionalInstant(r.At)
		if err != nil {
			return err
		}
		s.reports = append(s.reports, report{
			event: string(r.Event), reporter: string(r.Reporter), external: r.External, channel: r.Channel, at: at, replied: r.Replied || r.Reporter == "",
			said: r.Said,
		})
	}
	return nil
}
