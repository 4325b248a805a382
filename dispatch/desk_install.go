package dispatch

import (
	"fmt"
	"maps"
	"slices"
)

// install decides that new rules come into force: every firing due before by the
// old rules, the installation, a MandateRevised fact for each application of which a
// new calendar moves the due, then by case id a Rezoned fact for each open case that a
// new map puts elsewhere and a DueRevised fact for each of which a new calendar moves
// dues.
func (a *attempt) install(do Install) (*Refusal, error) {
	if next, ok := a.d.nextFiring(); a.rules == nil && ok && next <= a.now {
		return nil, ErrNoSetup // firings due before cannot be decided by rules that are not at hand
	}
	for _, m := range a.d.pending {
		a.mandateOverdue(m)
	}
	open := a.d.openByID()
	drafts := make([]*draft, len(open))
	for i, c := range open {
		drafts[i] = a.draft(*c)
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
		if before.Map != hashes.Map {
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

// revise recounts the dues of the case that count working time: what was left of
// each by the old calendar is counted on the new one, and the later due stands
// (时限重算). Because only what is left is counted, no pause and no extension is
// forgotten. A due that either calendar cannot count stays.
func (w *draft) revise(now instant, old *Setup) error {
	clocks := w.clocks()
	var moved []Clock
	for _, clock := range w.c.clocks() {
		due := w.c.due(clock)
		if due == 0 || clock == LadderClock || clock == ReviewClock {
			continue
		}
		before := draft{desk: w.desk, rules: old, c: w.c}
		if !before.counted(clock) {
			continue
		}
		left, err := before.left(true, now, due)
		if err != nil || left < 0 {
			continue
		}
		if later, err := w.after(true, now, left); err == nil && later > due {
			clocks.set(clock, later.time())
			w.guessed = w.guessed || provisional(w.rules, now, later)
			moved = append(moved, clock)
		}
	}
	if len(moved) == 0 {
		return nil
	}
	w.actor = Actor{}
	return w.emit(now, clocks, DueRevised{Clocks: moved})
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

// openByID is the open cases by id.
func (d *Desk) openByID() []*caseState {
	var out []*caseState
	for _, id := range slices.Sorted(maps.Keys(d.cases)) {
		if c := d.cases[id]; c.state.Open() {
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
