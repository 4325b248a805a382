package dispatch

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// install decides that new rules come into force: every firing due before by the
// old rules, the installation, a MandateRevised fact for each application of which a
// new calendar moves the due, then by case id a Rezoned fact for each open case that a
// new map puts elsewhere and a DueRevised fact for each open or merged one of which a
// new calendar moves dues.
func (a *attempt) install(do Install) (*Refusal, error) {
	if next, ok := a.d.nextFiring(); a.rules == nil && ok && next <= a.now {
		return nil, ErrNoSetup // firings due before cannot be decided by rules that are not at hand
	}
	for _, m := range a.d.pending {
		a.mandateOverdue(m)
	}
	cases := a.d.revisable()
	drafts := make([]*draft, len(cases))
	for i, c := range cases {
		drafts[i] = new(a.draft(c))
		if !c.state.Open() {
			continue // nothing of it falls due
		}
		if err := drafts[i].catchUp(a.now); err != nil {
			return nil, err
		}
	}
	a.own = len(a.entries)
	if refusal := a.stale(a.d.number()); refusal != nil {
		return refusal, nil
	}
	if actor := a.cmd.Actor; actor != (Actor{}) {
		return newRefusal(RefusedNotEntitled, string(actor.Person), string(actor.Post), string(a.d.desk())), nil
	}
	if refusal := unproved(&do.Setup); refusal != nil {
		return refusal, nil
	}
	hashes := do.Setup.Versions()
	a.entries = append(a.entries, Entry{
		Seq: a.d.seq + uint64(len(a.entries)) + 1, At: a.now.time(),
		Fact: SetupInstalled{
			Number: a.d.number() + 1, Hashes: hashes, Desk: do.Setup.Policy.Desk, Ladders: do.Setup.Policy.Ladders, setup: &do.Setup,
		},
	})
	if len(a.d.setups) == 0 {
		return nil, nil
	}
	before := a.d.setups[len(a.d.setups)-1].Hashes
	if before.Calendar != hashes.Calendar && a.rules != nil {
		a.reviseMandates(a.rules, &do.Setup)
	}
	for _, w := range drafts {
		old := w.rules
		w.rules = &do.Setup
		if before.Map != hashes.Map && w.c.state.Open() {
			if err := w.rezone(a.now); err != nil {
				return nil, err
			}
		}
		if before.Calendar != hashes.Calendar && old != nil {
			if err := w.revise(a.now, old); err != nil {
				return nil, err
			}
		}
	}
	return nil, nil
}

// otherDirectory stands for a finding: the list was compiled with another Directory than
// the Setup's, whose parties it says nothing of.
const otherDirectory = "directory"

// unproved refuses a list with errors, or one of other parties, when the Policy asks for a proved one. The first
// finding that is an error comes before any that is not.
func unproved(s *Setup) *Refusal {
	if !s.Policy.Proved {
		return nil
	}
	cert := s.List.Prove()
	if now := s.Directory.Hash(); cert.Directory != Sum(now) {
		return newRefusal(RefusedUnproved, "1", otherDirectory, string(Any), string(Any))
	}
	if cert.OK() {
		return nil
	}
	errors := 0
	for _, each := range cert.Counts {
		if each.Severity == SeverityError {
			errors += each.Count
		}
	}
	first := cert.Findings[0]
	return newRefusal(RefusedUnproved, strconv.Itoa(errors), string(first.Code), string(first.Matter), string(first.Area))
}

// revise recounts the dues of the case that count working time: what was left of
// each by the old calendar is counted on the new one, and the later due stands
// (时限重算). Because only what is left is counted, no pause and no extension is
// forgotten. A due that either calendar cannot count stays. So that a split leaves both
// cases as if they were never merged, T of a case that is merged away is recounted too,
// and T that its target has of its own.
func (w *draft) revise(now instant, old *Setup) error {
	if !w.c.state.Open() && w.c.state != StateMerged {
		return nil
	}
	clocks, revised := w.clocks(), DueRevised{}
	before := &draft{desk: w.desk, rules: old, c: w.c}
	for _, clock := range w.c.clocks() {
		if clock == LadderClock || clock == ReviewClock {
			continue
		}
		if later, ok := w.recount(before, clock, now, w.c.promised(clock)); ok {
			clocks.set(clock, later.time())
			revised.Clocks = append(revised.Clocks, clock)
		}
	}
	if later, ok := w.recount(before, TotalClock, now, w.c.ownRunning()); ok {
		clocks.Own, revised.Own = later.time(), true
	}
	if len(revised.Clocks) == 0 && !revised.Own {
		return nil
	}
	w.actor = Actor{}
	return w.emit(now, clocks, revised)
}

// recount is a due of the case that is still to come on the new calendar, and whether
// it is later there.
func (w *draft) recount(before *draft, clock Clock, now, due instant) (instant, bool) {
	if due == 0 || due < now || !before.counted(clock) {
		return 0, false
	}
	left, err := before.left(true, now, due)
	if err != nil || left < 0 {
		return 0, false
	}
	later, err := w.after(true, now, left)
	if err != nil || later <= due {
		return 0, false
	}
	w.guessed = w.guessed || provisional(w.rules, now, later)
	return later, true
}

// promised is the due of a clock that runs or, for T of a case that is merged away,
// would run again after a split; 0 when there is none.
func (c *caseState) promised(clock Clock) instant {
	switch {
	case c.state != StateMerged:
		return c.due(clock)
	case clock == TotalClock:
		return c.total
	}
	return 0
}

// ownRunning is T of the case without those merged into it, 0 when nothing is, or T
// stands still.
func (c *caseState) ownRunning() instant {
	if s := c.also(); len(s.merged) > 0 && !slices.ContainsFunc(c.held, isTotal) {
		return s.ownTotal
	}
	return 0
}

// revised looks at new dues, which the entry's clocks then set: a case has them while it
// is open, a merged one only T, which does not come earlier, nor does an own T.
func (c *caseState) revised(e *Entry, f DueRevised) error {
	s := c.also()
	total, err := optionalInstant(e.Clocks.Total)
	if err != nil {
		return err
	}
	own, err := optionalInstant(e.Clocks.Own)
	switch {
	case err != nil:
		return err
	case !c.state.Open() && c.state != StateMerged:
		return fmt.Errorf("%w: the case has ended", ErrEntry)
	case c.state == StateMerged && slices.ContainsFunc(f.Clocks, func(each Clock) bool { return each != TotalClock }):
		return fmt.Errorf("%w: of a merged case only T is revised", ErrEntry)
	case c.state == StateMerged && total < c.total:
		return fmt.Errorf("%w: T of a merged case comes earlier", ErrEntry)
	case f.Own != (own != 0), f.Own && (len(s.merged) == 0 || own <= s.ownTotal):
		return fmt.Errorf("%w: its own T is there unsaid, or not later", ErrEntry)
	}
	return nil
}

// rezone places the case on the new map. A lead whose place went off the map is
// relieved by the duty desk until a map shows the place again; one that was relieved for
// another reason stays so.
func (w *draft) rezone(now instant) error {
	moved := Rezoned{From: w.c.area}
	event := *w.c.event
	if event.Point == nil && w.c.area != "" {
		event.Area = w.c.area
	}
	if ref := place(w.rules.Map, &event); ref != 0 {
		moved.Area = w.rules.Map.Info(ref).Code
	} else if ref, ok := w.rules.Map.Lookup(w.c.area); ok && w.c.area != "" {
		moved.Area = w.rules.Map.Info(ref).Code
	}
	relieved := w.c.interim && w.c.area != "" // not because it was off the map
	switch {
	case w.c.state.withLead():
		moved.Interim = moved.Area == "" || relieved || w.c.interim && (w.c.parties == nil || w.c.dispatchedAt == 0)
	case w.c.state == StateRegistered:
		spent := int(w.c.also().reworks) > w.rules.Policy.reworks()
		moved.Interim = moved.Area == "" || relieved || spent || w.c.status != "" && w.c.status != Decided
	}
	if moved.Area == w.c.area {
		return nil
	}
	w.actor = Actor{}
	return w.take(row("Z"), now, moved)
}

// revisable is the open cases and those that are merged away, by id.
func (d *Desk) revisable() []*caseState {
	var out []*caseState
	for _, id := range slices.Sorted(maps.Keys(d.cases)) {
		if c := d.cases[id]; c.state.Open() || c.state == StateMerged {
			out = append(out, c)
		}
	}
	return out
}

// applyInstall folds an installation.
func (d *Desk) applyInstall(f SetupInstalled) error {
	if f.Number != d.number()+1 {
		return fmt.Errorf("%w: setup %d follows setup %d", ErrEntry, f.Number, d.number())
	}
	if err := checkCodes("duty desk", f.Desk); err != nil {
		return fmt.Errorf("%w: %w", ErrEntry, err)
	}
	for _, l := range f.Ladders {
		if err := l.check(); err != nil {
			return fmt.Errorf("%w: %w", ErrEntry, err)
		}
	}
	rules := f.setup
	if rules == nil || rules.Versions() != f.Hashes {
		rules = d.known[f.Hashes]
	} else {
		d.known[f.Hashes] = rules
	}
	f.setup, f.Ladders = nil, ownLadders(f.Ladders)
	d.rules = rules
	d.setups = append(d.setups, f)
	return nil
}
