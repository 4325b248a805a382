package dispatch

import (
	"fmt"

	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
)

// Ladder is one of the two ladders, which are never mixed: the dispute ladder
// (争议裁定) changes who decides whose a case is, the overdue ladder (督办升级) who is
// told and who is blamed. A case climbs the ladders of the Setup by which it was
// last dispatched, or filed; SetupInstalled records them.
type Ladder struct {
	Kind  LadderKind `json:"kind"`
	Rungs []Rung     `json:"rungs"`
}

// LadderKind says which ladder it is.
type LadderKind string

// The ladders.
const (
	DisputeLadder LadderKind = "dispute"
	OverdueLadder LadderKind = "overdue"
)

// Card is what a rung of the overdue ladder gives out (黄牌、红牌).
type Card string

// The cards; the empty card is none.
const (
	NoCard     Card = ""
	YellowCard Card = "yellow"
	RedCard    Card = "red"
)

// Rung is one step of a ladder. Area and Line restrict it to cases there and of
// such matters, as in a Rule.
//
// On the dispute ladder Level counts from 1; of the rungs of one level that apply,
// the one with the deeper area, then the longer line, then the earlier one rules.
// A ruling on a Final rung, or above which there is none, ends the dispute; below,
// it may be appealed within Appeal. Zero Due is Policy.Dispute, zero Appeal is no
// appeal.
//
// On the overdue ladder a rung is raised when Percent of the time has gone by, or
// After the due; the rungs come in the order given, none before the one above it.
type Rung struct {
	Level   int             `json:"level,omitzero"`
	Party   Code            `json:"party"`
	Due     worktime.Budget `json:"due,omitzero"`
	Appeal  worktime.Budget `json:"appeal,omitzero"`
	Final   bool            `json:"final,omitzero"`
	Percent int             `json:"percent,omitzero"`
	After   worktime.Budget `json:"after,omitzero"`
	Card    Card            `json:"card,omitzero"`
	Area    Code            `json:"area,omitzero"`
	Line    Code            `json:"line,omitzero"`
}

// Limits of a ladder.
const (
	RungsMax   = 64   // rungs of one ladder
	PercentMax = 1000 // tenfold the time
)

// check reports a ladder that cannot be climbed.
func (l Ladder) check() error {
	if l.Kind != DisputeLadder && l.Kind != OverdueLadder {
		return fmt.Errorf("%w: ladder of kind %q", ErrCommand, string(l.Kind))
	}
	if len(l.Rungs) > RungsMax {
		return fmt.Errorf("%w: ladder has %d rungs, at most %d", ErrCommand, len(l.Rungs), RungsMax)
	}
	level := 0
	for i, r := range l.Rungs {
		if err := r.check(l.Kind); err != nil {
			return fmt.Errorf("%w (rung %d)", err, i+1)
		}
		if r.Level < level {
			return fmt.Errorf("%w: rung %d goes down to level %d", ErrCommand, i+1, r.Level)
		}
		level = r.Level
	}
	return nil
}

func (r Rung) check(kind LadderKind) error {
	if err := checkCodes("rung", r.Party); err != nil {
		return err
	}
	for _, b := range []worktime.Budget{r.Due, r.Appeal, r.After} {
		if b.IsZero() {
			continue
		}
		if _, err := worktime.ParseBudget(b.String()); err != nil {
			return fmt.Errorf("%w: rung: %w", ErrCommand, err)
		}
	}
	for what, c := range map[string]Code{"area": r.Area, "line": r.Line} {
		if c == "" || c == Any {
			continue
		}
		if err := checkCodes(what, c); err != nil {
			return err
		}
	}
	overdue := kind == OverdueLadder
	switch {
	case !overdue && (r.Level < 1 || r.Percent != 0 || !r.After.IsZero() || r.Card != NoCard):
		return fmt.Errorf("%w: a dispute rung has a level from 1, and no percent, after or card", ErrCommand)
	case overdue && (r.Level != 0 || r.Final || !r.Due.IsZero() || !r.Appeal.IsZero()):
		return fmt.Errorf("%w: an overdue rung has no level, due, appeal or end", ErrCommand)
	case overdue && (r.Percent < 1 || r.Percent > PercentMax) == r.After.IsZero():
		return fmt.Errorf("%w: an overdue rung has either a percentage from 1 to %d or a time after the due", ErrCommand, PercentMax)
	case r.Card != NoCard && r.Card != YellowCard && r.Card != RedCard:
		return fmt.Errorf("%w: card is %q", ErrCommand, string(r.Card))
	}
	return nil
}

// applies reports whether a rung is meant for a matter in an area, and how deep
// its area lies.
func (r Rung) applies(m *grid.Map, matter, area Code) (depth int, ok bool) {
	if r.Line != "" && !Covers(r.Line, matter) {
		return 0, false
	}
	if r.Area == "" || r.Area == Any {
		return 0, true
	}
	ref, known := m.Lookup(area)
	if !known || area == "" {
		return 0, false
	}
	for u := range m.Path(ref) {
		if depth++; m.Info(u).Code == r.Area {
			return depth, true
		}
	}
	return 0, false
}

// rungs are the rungs of the ladder that the case climbs.
func (d *Desk) rungs(c *caseState, kind LadderKind) []Rung {
	if c.setup < 1 || c.setup > d.number() {
		return nil
	}
	for _, l := range d.setups[c.setup-1].Ladders {
		if l.Kind == kind {
			return l.Rungs
		}
	}
	return nil
}

// ownLadders answers ladders that share nothing with the list given.
func ownLadders(list []Ladder) []Ladder {
	list = cloneOrNil(list)
	for i := range list {
		list[i].Rungs = cloneOrNil(list[i].Rungs)
	}
	return list
}
