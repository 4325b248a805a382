package dispatch

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Filter chooses cases of a Worklist. A zero field does not restrict.
type Filter struct {
	Party   Code     // who answers for the case now
	Post    Code     // that a rule named as the lead, whoever answers now
	Person  Code     // was on duty for the lead's post when it was dispatched, or is sent to it
	Area    Code     // the case's own area, or one of those listed in Areas
	Areas   []Code   // for a subtree, the codes of its units
	States  []State  // any of these
	Due     Interval // the next due is in it
	Overdue bool     // T ran out
	Max     int      // cases in one answer; 0 is WorklistMax, which is the most
}

// WorklistMax is the largest answer of Worklist.
const WorklistMax = 1000

// Worklist answers open cases in the order of (next due, id), after a cursor; ""
// is the beginning. The cursor it answers goes on behind the last case, and is ""
// when nothing is left. A cursor that no Worklist gave is ErrCursor.
//
// A cursor holds a place in the order, not in a list. A reader who pages through while
// cases change sees every case that stays in the list with the same next due exactly
// once, whatever else of it changes and whatever comes, goes or moves around it, also
// where the case at the cursor is gone. All pages together are in the one order, and
// show each case as it stood when its page was read. A case whose next due moves behind
// the cursor after it was shown is shown again, with the new due; one that comes, or
// moves, before the cursor is not: it is on the first pages of whoever begins again.
//
// The Desk keeps the open cases of every party, post and person on duty in that order.
// A page costs O(log n) for each post and person of the Party or Person that it names,
// of all of them when it names none, and O(log n) for each case that it looks at: those
// that it answers, and those that the other fields turn away until it is full. Due is
// no such field: nothing outside it is looked at.
func (d *Desk) Worklist(f Filter, cursor string) ([]Case, string, error) {
	after, err := parseCursor(cursor)
	if err != nil {
		return nil, "", &DeskError{Verb: "worklist", Err: err}
	}
	if f.Max <= 0 || f.Max > WorklistMax {
		f.Max = WorklistMax
	}
	found, more := d.page(&f, after)
	next := ""
	if more {
		last := found[len(found)-1]
		next = last.due.time().Format(stamp) + " " + string(last.c.id)
	}
	out := make([]Case, len(found))
	for i, p := range found {
		out[i] = d.view(p.c)
	}
	return out, next, nil
}

// page is the cases of one answer, and whether more are left.
func (d *Desk) page(f *Filter, after cursorAt) (found []placed, more bool) {
	if from, err := instantOf(f.Due.From.Truncate(time.Millisecond)); err == nil && from > after.due {
		after = cursorAt{due: from} // before every case of that due
	}
	s := sieve{Filter: f, desk: d.desk()}
	if len(f.Areas) > areasFew {
		s.areas = make(map[Code]bool, len(f.Areas))
		for _, area := range f.Areas {
			s.areas[area] = true
		}
	}
	walkRolls(d.agenda.among(f, s.desk), after, func(p placed) bool {
		switch due := p.due.time(); {
		case !f.Due.Until.IsZero() && !due.Before(f.Due.Until):
			return false
		case !s.passes(p.c, due):
			return true
		}
		if more = len(found) == f.Max; !more {
			found = append(found, p)
		}
		return !more
	})
	return found, more
}

func parseCursor(text string) (cursorAt, error) {
	if text == "" {
		return cursorAt{}, nil
	}
	due, id, ok := strings.Cut(text, " ")
	at, err := time.Parse(stamp, due)
	when, outside := instantOf(at)
	if err != nil || outside != nil || !ok || id == "" {
		return cursorAt{}, fmt.Errorf("%w: %q", ErrCursor, text)
	}
	return cursorAt{when, Code(id)}, nil
}

// concerns reports whether a person leads the case or is sent to it.
func (c *caseState) concerns(person Code) bool {
	return c.parties != nil && c.parties.LeadPerson == person ||
		slices.ContainsFunc(c.also().sent, func(p Sent) bool { return p.Person == person })
}

// areasFew is how many areas are looked through one by one.
const areasFew = 8

// sieve is a filter in use.
type sieve struct {
	*Filter
	desk  Code
	areas map[Code]bool // the areas of the filter when they are many
}

func (s *sieve) passes(c *caseState, due time.Time) bool {
	switch {
	case s.Party != "" && c.answerable(s.desk) != s.Party,
		s.Post != "" && (c.parties == nil || c.parties.Lead.Post != s.Post),
		s.Person != "" && !c.concerns(s.Person),
		s.Overdue && !c.fired.has(TotalClock),
		len(s.States) > 0 && !slices.Contains(s.States, c.state),
		!s.Due.Holds(due):
		return false
	case s.Area == "" && len(s.Areas) == 0:
		return true
	case c.area == s.Area && s.Area != "":
		return true
	}
	return s.areas[c.area] || s.areas == nil && slices.Contains(s.Areas, c.area)
}
