package dispatch

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// ScanWorklist is Worklist by looking at every open case and sorting what is found.
func ScanWorklist(d *Desk, f Filter, cursor string) ([]Case, string, error) {
	after, err := parseCursor(cursor)
	if err != nil {
		return nil, "", &DeskError{Verb: "worklist", Err: err}
	}
	var found []placed
	for _, c := range d.queue {
		_, due := c.nextDue()
		behind := due > after.due || due == after.due && c.id > after.id
		if behind && scanMatches(d, c, f, due.time()) {
			found = append(found, placed{due, c})
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

func scanMatches(d *Desk, c *caseState, f Filter, due time.Time) bool {
	var lead, person Code
	if c.parties != nil {
		lead, person = c.parties.Lead.Post, c.parties.LeadPerson
	}
	sent := slices.ContainsFunc(c.also().sent, func(p Sent) bool { return p.Person == f.Person })
	areas := append([]Code{}, f.Areas...)
	if f.Area != "" {
		areas = append(areas, f.Area)
	}
	return (f.Party == "" || c.answerable(d.desk()) == f.Party) &&
		(f.Post == "" || lead == f.Post) &&
		(f.Person == "" || c.parties != nil && person == f.Person || sent) &&
		(!f.Overdue || c.fired.has(TotalClock)) &&
		(len(f.States) == 0 || slices.Contains(f.States, c.state)) &&
		f.Due.Holds(due) &&
		(len(areas) == 0 || slices.Contains(areas, c.area))
}

// AgendaFault says what of the rolls of a desk is not as its cases say, and how many
// places they take; "" when all is well.
func AgendaFault(d *Desk) string {
	return d.agenda.fault(d)
}

func (a *agenda) fault(d *Desk) string {
	seen, listed, sent, empty := 0, 0, 0, 0
	for h, r := range a.rolls {
		var last *placed
		for _, block := range r.blocks {
			if len(block) == 0 && len(r.blocks) > 1 || len(block) > rollBlock {
				return fmt.Sprintf("a block of %d", len(block))
			}
			for i := range block {
				p := &block[i]
				if p.c != a.moved.c && (p.c != d.cases[p.c.id] || p.stale() || p.c.heading() != h) {
					return fmt.Sprintf("%s left, and is still on the roll of %v", p.c.id, h)
				}
				if last != nil && last.compare(p.place()) >= 0 {
					return fmt.Sprintf("%s stands behind %s", p.c.id, last.c.id)
				}
				last, seen = p, seen+1
			}
		}
		if r.of != h {
			return fmt.Sprintf("the roll of %v for that of %v", r.of, h)
		}
		if r.empty() {
			empty++
		}
	}
	for _, by := range []map[Code][]*roll{a.party, a.person} {
		for code, rolls := range by {
			if len(rolls) == 0 {
				return fmt.Sprintf("no roll of %q", code)
			}
			listed += len(rolls)
		}
	}
	for _, cases := range a.sent {
		sent += len(cases)
	}
	for _, c := range d.queue {
		people := map[Code]bool{}
		for _, p := range c.also().sent {
			people[p.Person] = true
		}
		sent -= len(people)
	}
	if m := a.moved; m.c != nil && m.c.state.Open() != m.on {
		if seen++; m.on {
			seen -= 2
		}
	}
	if empty != a.empty || empty > max(emptyFew, len(a.rolls)/2) {
		return fmt.Sprintf("%d of %d rolls are empty, not %d", empty, len(a.rolls), a.empty)
	}
	if seen != d.open || listed != 2*len(a.rolls) || sent != 0 {
		return fmt.Sprintf("%d of %d cases, %d of %d rolls, %d sent too many", seen, d.open, listed, 2*len(a.rolls), sent)
	}
	return ""
}
