package rounds

import (
	"cmp"
	"slices"
)

// target is a stay of a household that a visit fills, in period k of its term.
type target struct{ stay, k int }

// targets answers what the fills of a visit fill; ok when each is owed, not
// filled yet and not over, and its team is one of the plan.
func (l *Log) targets(h *house, f Visited) (list []target, ok bool) {
	for i, d := range f.Fills {
		if i > 0 && byDue(Due{f.Fills[i-1].Plan, f.Fills[i-1].Period}, Due{d.Plan, d.Period}) >= 0 {
			return nil, false
		}
		p := l.plans[d.Plan]
		if p == nil || d.Team != "" && !slices.Contains(p.teams, d.Team) || d.Led && d.Team == "" {
			return nil, false
		}
		t, k, found := p.termOf(d.Period)
		s := slices.IndexFunc(h.stays, func(s stay) bool { return s.term == t && s.owes(k) })
		if !found || k < t.closed || s < 0 || h.stays[s].made(k) {
			return nil, false
		}
		if from, until := t.bounds(k); f.On < from || f.On >= until {
			return nil, false
		}
		list = append(list, target{s, k})
	}
	return list, true
}

func (l *Log) applyVisited(f Visited, at int64) string {
	if fault := cmp.Or(f.check(), instant("at", f.At), date("on", f.On)); fault != nil {
		return fault.Field
	}
	h := l.house(f.Household)
	switch {
	case h == nil || h.left != 0 && f.On > h.left:
		return "household"
	case f.At.UnixMilli() > at:
		return "at"
	case f.On < h.since:
		return "on"
	}
	targets, ok := l.targets(h, f)
	if !ok {
		return "fills"
	}
	for i, g := range targets {
		l.fills = append(l.fills, fill{h.stays[g.stay].term, int32(g.k), l.names.put(f.Fills[i].Team), f.Fills[i].Led})
		h.fill(g.stay, g.k)
	}
	for _, p := range f.People {
		l.people = append(l.people, l.names.put(p))
	}
	l.visits = append(l.visits, visit{
		at: f.At.UnixMilli(), house: l.houseOf[f.Household], on: f.On, before: h.last, late: f.Late,
		class: h.class, place: h.place,
		kind: l.names.put(f.Kind), result: l.names.put(f.Result), event: l.names.put(f.Event),
		peopleEnd: uint32(len(l.people)), fillsEnd: uint32(len(l.fills)),
	})
	h.last = uint32(len(l.visits))
	h.version++
	return ""
}

// closing answers the term whose period is over next; ok when it is that of d.
func (l *Log) closing(d Due, from, until Date) (t *term, k int, ok bool) {
	t = l.queue[0].term
	if t == nil || t.plan.code != d.Plan || t.base+t.closed != d.Period {
		return nil, 0, false
	}
	first, end := t.bounds(t.closed)
	return t, t.closed, first == from && end == until
}

func (l *Log) applyMissed(f Missed) string {
	t, k, ok := l.closing(f.Due, f.From, f.Until)
	if !ok {
		return "period"
	}
	if len(f.Households) == 0 || len(f.Households) > BatchMax {
		return "households"
	}
	last := t.named
	for _, c := range f.Households {
		h := l.house(c)
		if h == nil || c <= last || !slices.ContainsFunc(h.stays, func(s stay) bool { return s.term == t && s.owes(k) && !s.made(k) }) {
			return "households"
		}
		last = c
	}
	t.named = last
	t.missed += len(f.Households)
	return ""
}

func (l *Log) applyClosed(f Closed, at int64) string {
	t, k, ok := l.closing(f.Due, f.From, f.Until)
	if !ok {
		return "period"
	}
	owed, made, _ := l.tally(t, k)
	_, until := t.bounds(k + 1)
	switch {
	case f.Owed != owed:
		return "owed"
	case f.Made != made:
		return "made"
	case f.Missed != t.missed || f.Missed != owed-made:
		return "missed"
	case !f.Next.IsZero() && (k+1 >= t.periods || !ends(f.Next, at-1, until)): // a day may have no length
		return "next"
	}
	t.closed++
	t.named, t.missed = "", 0
	l.queue.arm(&t.due, unix(f.Next))
	return ""
}
