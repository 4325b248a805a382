package dispatch

import (
	"fmt"
	"maps"
	"slices"
)

// install decides that new rules come into force: every firing due before by the
// old rules, the installation, then a Rezoned fact for each open case that a new
// map puts elsewhere, by case id.
func (a *attempt) install(do Install) (*Refusal, error) {
	if a.rules == nil && len(a.d.queue) > 0 && a.d.queue[0].next <= a.now {
		return nil, ErrNoSetup // firings due before cannot be decided by rules that are not at hand
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
		Fact: SetupInstalled{Number: a.d.number() + 1, Hashes: hashes, Desk: do.Setup.Policy.Desk, setup: &do.Setup},
	})
	if len(a.d.setups) == 0 || a.d.setups[len(a.d.setups)-1].Hashes.Map == hashes.Map {
		return nil, nil
	}
	for _, w := range drafts {
		w.rules = &do.Setup
		if err := w.rezone(a.now); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// rezone places the case on the new map. A lead whose place went off the map is
// relieved by the duty desk until a map shows the place again.
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
	switch {
	case w.c.state.withLead():
		moved.Interim = moved.Area == ""
	case w.c.state == StateRegistered:
		moved.Interim = moved.Area == "" || w.c.status != ""
	}
	if moved.Area == w.c.area {
		return nil
	}
	w.actor = Actor{}
	return w.take(&Transition{}, now, moved)
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
	rules := f.setup
	if rules == nil || rules.Versions() != f.Hashes {
		rules = d.known[f.Hashes]
	} else {
		d.known[f.Hashes] = rules
	}
	f.setup = nil
	d.rules = rules
	d.setups = append(d.setups, f)
	return nil
}
