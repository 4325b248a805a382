package rounds

import (
	"cmp"
	"slices"
	"strings"
)

// run is a stay that is about to begin.
type run struct {
	term  *term
	first int
}

// runs answers what a household of that class in those areas joins; ok when each
// is a period of a term that covers it, is not over and, after the ends, was not
// owed yet, at most one of each term.
func (l *Log) runs(h *house, class Code, areas []Code, ends []cut, joins []Due) (list []run, ok bool) {
	for i, d := range joins {
		p := l.plans[d.Plan]
		if p == nil || i > 0 && byDue(joins[i-1], d) >= 0 {
			return nil, false
		}
		t, k, found := p.termOf(d.Period)
		if !found || k < t.closed || !t.covers(class, areas) || slices.ContainsFunc(list, func(r run) bool { return r.term == t }) {
			return nil, false
		}
		until := h.until(t)
		for _, c := range ends {
			if c.term == t {
				until = min(until, c.last)
			}
		}
		if k < until {
			return nil, false
		}
		list = append(list, run{t, k})
	}
	return list, true
}

// cut is the end of what a household owes of a term.
type cut struct {
	term *term
	last int
}

// cuts answers the ends of stays; ok when each cuts something that is neither
// over nor filled.
func (l *Log) cuts(h *house, ends []Due) (list []cut, ok bool) {
	for i, d := range ends {
		p := l.plans[d.Plan]
		if p == nil || i > 0 && byDue(ends[i-1], d) >= 0 {
			return nil, false
		}
		t, k, found := p.termOf(d.Period)
		if !found || k < t.closed || k >= h.until(t) || slices.ContainsFunc(list, func(c cut) bool { return c.term == t }) {
			return nil, false
		}
		if slices.ContainsFunc(h.stays, func(s stay) bool { return s.term == t && s.madeFrom(k) }) {
			return nil, false
		}
		list = append(list, cut{t, k})
	}
	return list, true
}

// end cuts every stay of the terms.
func (h *house) end(list []cut) {
	for _, c := range list {
		for i := range h.stays {
			if s := &h.stays[i]; s.term == c.term {
				s.last = min(s.last, max(s.first, int32(c.last)))
			}
		}
	}
}

// begin starts the stays of a household, which has its class and place already.
// A stay that goes on where an equal one ends is the same stay.
func (l *Log) begin(i int32, list []run) {
	h := &l.houses[i]
next:
	for _, r := range list {
		fresh := stay{term: r.term, class: h.class, place: h.place, first: int32(r.first), last: forever}
		known := false
		for n := range h.stays {
			s := &h.stays[n]
			if s.term != r.term {
				continue
			}
			known = true
			switch {
			case s.last <= s.first: // it never came to owe anything
				*s = fresh
				continue next
			case s.last == fresh.first && s.class == fresh.class && s.place == fresh.place:
				s.last = forever
				continue next
			}
		}
		h.stays = append(h.stays, fresh)
		if !known {
			r.term.members = append(r.term.members, i)
		}
	}
}

// fill notes that period k of stay i was filled.
func (h *house) fill(i, k int) {
	s := &h.stays[i]
	if over := k - int(s.first); over >= 64 {
		rest := *s
		rest.first, rest.filled = int32(k), 0
		s.last = int32(k)
		h.stays = append(h.stays, rest)
		s = &h.stays[len(h.stays)-1]
	}
	s.filled |= 1 << (k - int(s.first))
}

// place is the number of a list of areas.
func (l *Log) place(areas []Code) uint32 {
	var b strings.Builder
	for _, a := range areas {
		b.WriteString(string(a))
		b.WriteByte(';') // no code has one
	}
	if i, ok := l.placeOf[b.String()]; ok {
		return i
	}
	i := uint32(len(l.places))
	l.places = append(l.places, slices.Clone(areas))
	put(&l.placeOf, b.String(), i)
	return i
}

func (l *Log) applyEnrolled(f Enrolled, at int64) string {
	if fault := cmp.Or(f.check(), date("on", f.On)); fault != nil {
		return fault.Field
	}
	if !local(f.On, at) {
		return "on"
	}
	h := l.house(f.Household)
	if h != nil && (h.left == 0 || f.On < h.left) {
		return "household"
	}
	runs, ok := l.runs(h, f.Class, f.Areas, nil, f.Joins)
	if !ok {
		return "joins"
	}
	i, found := l.houseOf[f.Household]
	if !found {
		i = int32(len(l.houses))
		l.houses = append(l.houses, house{code: f.Household})
		put(&l.houseOf, f.Household, i)
	}
	h = &l.houses[i]
	h.building, h.class, h.place = l.names.put(f.Building), l.names.put(f.Class), l.place(f.Areas)
	h.since, h.left = f.On, 0
	h.version++
	l.begin(i, runs)
	return ""
}

func (l *Log) applyReclassed(f Reclassed, at int64) string {
	if fault := cmp.Or(f.check(), date("on", f.On)); fault != nil {
		return fault.Field
	}
	if !local(f.On, at) {
		return "on"
	}
	h := l.house(f.Household)
	switch {
	case h == nil || h.left != 0:
		return "household"
	case l.names.at(h.class) == f.Class:
		return "class"
	case f.On < h.since:
		return "on"
	}
	cuts, ok := l.cuts(h, f.Ends)
	if !ok {
		return "ends"
	}
	runs, ok := l.runs(h, f.Class, l.areas(h.place), cuts, f.Joins)
	if !ok {
		return "joins"
	}
	h.end(cuts)
	h.class = l.names.put(f.Class)
	h.version++
	l.begin(l.houseOf[f.Household], runs)
	return ""
}

func (l *Log) applyLeft(f Left, at int64) string {
	if fault := cmp.Or(f.check(), date("on", f.On)); fault != nil {
		return fault.Field
	}
	if !local(f.On, at) {
		return "on"
	}
	h := l.house(f.Household)
	switch {
	case h == nil || h.left != 0:
		return "household"
	case f.On < h.since:
		return "on"
	}
	cuts, ok := l.cuts(h, f.Ends)
	if !ok {
		return "ends"
	}
	h.end(cuts)
	h.left = f.On
	h.version++
	return ""
}
