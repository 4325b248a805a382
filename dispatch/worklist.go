package dispatch

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Filter chooses cases of a Worklist. A zero field does not restrict.
type Filter struct {
	Party   Code     // who answers for the case now
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
// when nothing is left. A cursor holds a place in the order, not in a list, so that
// a case that comes, goes or moves meanwhile makes nobody else appear twice or not
// at all. A cursor that no Worklist gave is ErrCursor. O(n log n) in all open cases.
func (d *Desk) Worklist(f Filter, cursor string) ([]Case, string, error) {
	after, err := parseCursor(cursor)
	if err != nil {
		return nil, "", &DeskError{Verb: "worklist", Err: err}
	}
	var found []placed
	for _, c := range d.queue {
		_, due := c.nextDue()
		if at := (placed{due, c}); at.follows(after) && d.matches(c, f, due) {
			found = append(found, at)
		}
	}
	slices.SortFunc(found, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.due, b.due), cmp.Compare(a.c.id, b.c.id))
	})
	most := f.Max
	if most <= 0 || most > WorklistMax {
		most = WorklistMax
	}
	next := ""
	if len(found) > most {
		found = found[:most]
		last := found[most-1]
		next = last.due.time().Format(stamp) + " " + string(last.c.id)
	}
	out := make([]Case, len(found))
	for i, p := range found {
		out[i] = d.view(p.c)
	}
	return out, next, nil
}

// placed is a case at its place in the order.
type placed struct {
	due instant
	c   *caseState
}

// cursorAt is a place in the order.
type cursorAt struct {
	due instant
	id  Code
}

func (p placed) follows(c cursorAt) bool {
	return cmp.Or(cmp.Compare(p.due, c.due), cmp.Compare(p.c.id, c.id)) > 0
}

func parseCursor(text string) (cursorAt, error) {
	if text == "" {
		return cursorAt{}, nil
	}
	due, id, ok := strings.Cut(text, " ")
	at, err := time.Parse(stamp, due)
	if err != nil || !ok || id == "" {
		return cursorAt{}, fmt.Errorf("%w: %q", ErrCursor, text)
	}
	when, err := instantOf(at)
	return cursorAt{when, Code(id)}, err
}

// concerns reports whether a person leads the case or is sent to it.
func (c *caseState) concerns(person Code) bool {
	return c.parties != nil && c.parties.LeadPerson == person ||
		slices.ContainsFunc(c.also().sent, func(p Sent) bool { return p.Person == person })
}

func (d *Desk) matches(c *caseState, f Filter, due instant) bool {
	switch {
	case f.Party != "" && c.answerable(d.desk()) != f.Party,
		f.Person != "" && !c.concerns(f.Person),
		f.Overdue && !c.fired.has(TotalClock),
		len(f.States) > 0 && !slices.Contains(f.States, c.state),
		!f.Due.Holds(due.time()):
		return false
	case f.Area == "" && len(f.Areas) == 0:
		return true
	}
	return c.area == f.Area && f.Area != "" || slices.Contains(f.Areas, c.area)
}
