package rounds

import (
	"slices"
	"time"
)

// Scope chooses what is counted; an empty code is any.
type Scope struct {
	Plan, Area, Class Code
	From, Until       Date // periods, visits and shifts that begin in [From, Until); a zero Until is no end
}

func (s Scope) holds(d Date) bool { return s.From <= d && (s.Until == 0 || d < s.Until) }

// Counts is visits in numbers. Due = Made + Missed + Open. Visits are all that were
// made, whether they filled a period or not, and PersonVisits counts each once for
// every person who took part (人次).
type Counts struct {
	Due, Made, Missed, Open int
	Visits, PersonVisits    int
}

// Count counts what was owed and made in a scope. Class is that of the household
// when it came to owe the visit, of a visit the present one; an area is any of a
// household's areas. Tick first: a period that is over and not closed counts as
// open. O(households · periods + visits).
func (l *Log) Count(s Scope) Counts {
	var n Counts
	for i := range l.houses {
		h := &l.houses[i]
		for j := range h.stays {
			st := &h.stays[j]
			if s.Plan != "" && st.term.plan.code != s.Plan || s.Class != "" && l.names.at(st.class) != s.Class || !l.lies(st.place, s.Area) {
				continue
			}
			for k := int(st.first); k <= st.term.closed && st.owes(k); k++ {
				if from, _ := st.term.bounds(k); s.holds(from) {
					n.add(l.period(st, k).State)
				}
			}
		}
	}
	for i := range l.visits {
		h := &l.houses[l.visits[i].house]
		if !s.holds(l.visits[i].on) || s.Class != "" && l.names.at(h.class) != s.Class || !l.lies(h.place, s.Area) {
			continue
		}
		v := l.visitation(i)
		if s.Plan != "" && !slices.ContainsFunc(v.Fills, func(f Fill) bool { return f.Plan == s.Plan }) {
			continue
		}
		n.Visits++
		n.PersonVisits += len(v.People)
	}
	return n
}

func (n *Counts) add(s State) {
	n.Due++
	switch s {
	case Made:
		n.Made++
	case Lapsed:
		n.Missed++
	default:
		n.Open++
	}
}

// lies reports whether a place is in an area; every one is in none.
func (l *Log) lies(place uint32, area Code) bool {
	return area == "" || slices.Contains(l.areas(place), area)
}

// Share is what one team of a plan did: how many closed periods it led, and how
// many visits of its turns one of its people took part in.
type Share struct {
	Team Code
	Led  int
	Made int
}

// Shares is the burden of every team that a plan ever had, by code.
func (l *Log) Shares(plan Code) []Share {
	p := l.plans[plan]
	if p == nil {
		return nil
	}
	by := map[Code]*Share{}
	for _, c := range p.teams {
		by[c] = &Share{Team: c}
	}
	for _, t := range p.terms {
		for k := range t.closed {
			from, _ := t.bounds(k)
			if c, ok := p.leads(from); ok {
				by[c].Led++
			}
		}
	}
	for _, f := range l.fills {
		if c := l.names.at(f.team); f.term.plan == p && f.led && by[c] != nil {
			by[c].Made++
		}
	}
	list := make([]Share, 0, len(by))
	for _, c := range slices.Sorted(slices.Values(p.teams)) {
		list = append(list, *by[c])
	}
	return list
}

// Work is the tasks of shifts in numbers: Given = Done + Undone + Carried + Open. A
// task that is carried over is given again. Overdue counts shifts that were not
// debriefed in time.
type Work struct {
	Shifts, Overdue                    int
	Given, Done, Undone, Carried, Open int
}

// Work counts the shifts of a squad that begin on a date in [from, until). An empty
// squad is every squad.
func (l *Log) Work(squad Code, from, until Date) Work {
	var w Work
	for _, s := range l.shifts {
		if squad != "" && s.Squad != squad || s.Date < from || s.Date >= until {
			continue
		}
		w.Shifts++
		if s.fired {
			w.Overdue++
		}
		w.Given += len(s.answers)
		for _, a := range s.answers {
			switch a.Result {
			case Done:
				w.Done++
			case Undone:
				w.Undone++
			case Carried:
				w.Carried++
			default:
				w.Open++
			}
		}
	}
	return w
}

// Presence is the attendance of a person in numbers. Planned is the length of the
// shifts that begin on a date of the interval, Attended how much of them the person
// was in, Beyond what the person was in outside of them, in whole minutes. Absent
// counts records of absence, Unexcused those of them without a reason.
type Presence struct {
	Planned, Attended, Beyond              int64
	Records, Late, Absent, Unexcused, Away int
}

// Presence sums up the records of a person with a date in [from, until) that were
// not corrected, against the shifts that begin then. Overlap is exact, then cut to
// whole minutes.
func (l *Log) Presence(person Code, from, until Date) Presence {
	var n Presence
	r := l.attendance[person]
	if r == nil {
		return n
	}
	var planned, attended, in time.Duration
	var shifts []*shift
	for _, s := range r.shifts {
		if from <= s.Date && s.Date < until {
			shifts = append(shifts, s)
			planned += s.Until.Sub(s.From)
		}
	}
	for _, x := range r.records {
		if x.by != "" || x.Date < from || x.Date >= until {
			continue
		}
		n.Records++
		switch x.Status {
		case Late:
			n.Late++
		case OnLeave:
			n.Away++
		case Absent:
			n.Absent++
			if x.Reason == "" {
				n.Unexcused++
			}
		}
		in += x.Out.Sub(x.In)
		for _, s := range shifts {
			begin, end := later(x.In, s.From), earlierOf(x.Out, s.Until)
			attended += max(0, end.Sub(begin))
		}
	}
	n.Planned, n.Attended, n.Beyond = int64(planned/time.Minute), int64(attended/time.Minute), int64((in-attended)/time.Minute)
	return n
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlierOf(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
