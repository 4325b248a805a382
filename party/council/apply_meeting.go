package council

import (
	"cmp"
	"slices"
)

func (m *Minutes) applyConvened(f Convened) string {
	if fault := Convene(f).check(); fault != nil {
		return fault.Field
	}
	c := m.alive(f.Council)
	switch {
	case c == nil:
		return "council"
	case m.meetings[f.Meeting] != nil:
		return "meeting"
	}
	for _, id := range f.Agenda {
		if t := m.topics[id]; t == nil || t.council != c || !t.state.open() || t.on != nil {
			return "agenda"
		}
	}
	g := &meeting{id: f.Meeting, council: c, state: MeetingConvened, due: milli(f.For), openedAt: none, closedAt: none,
		agenda: slices.Clone(f.Agenda), version: 1}
	for _, id := range f.Agenda {
		m.topics[id].on = g
	}
	put(&m.meetings, f.Meeting, g)
	c.meetings = append(c.meetings, g)
	return ""
}

func (m *Minutes) applyOpened(f Opened, at int64) string {
	do := Open{f.Meeting, f.Chair, f.Present, f.Excused, f.Voters}
	if fault := cmp.Or(do.check(), f.Rules.check()); fault != nil {
		return fault.Field
	}
	g := m.meetings[f.Meeting]
	switch {
	case g == nil || g.state != MeetingConvened || g.council.session != nil:
		return "meeting"
	case !ascending(f.Present) || g.council.seatedAll(at, f.Present) != nil:
		return "present"
	case !ascending(f.Excused) || g.council.seatedAll(at, f.Excused) != nil:
		return "excused"
	}
	opened := meeting{council: g.council, voters: f.Voters, present: make(map[Code]bool, len(f.Present))}
	for _, person := range f.Present {
		opened.present[person] = true
	}
	if opened.head(at) != f.Count {
		return "count"
	}
	if opened.crowd(at) > f.Count.Members {
		return "voters"
	}
	g.state, g.openedAt, g.chair, g.rules, g.count, g.quorate = MeetingOpen, at, f.Chair, f.Rules, f.Count, f.Quorate
	g.voters = f.Voters
	g.present, g.excused = opened.present, slices.Clone(f.Excused)
	g.council.session = g
	g.version++
	return ""
}

func (m *Minutes) applyAttended(f Attended, at int64) string {
	if fault := Attend(f).check(); fault != nil {
		return fault.Field
	}
	g := m.meetings[f.Meeting]
	switch {
	case g == nil || g.state != MeetingOpen:
		return "meeting"
	case !ascending(f.Arrived) || g.council.seatedAll(at, f.Arrived) != nil:
		return "arrived"
	case !ascending(f.Left) || slices.ContainsFunc(f.Left, func(person Code) bool { return !g.present[person] }):
		return "left"
	}
	for _, person := range f.Arrived {
		g.present[person] = true
	}
	for _, person := range f.Left {
		g.present[person] = false
	}
	g.version++
	return ""
}

func (m *Minutes) applyClosed(f Closed, at int64) string {
	g := m.meetings[f.Meeting]
	switch {
	case g == nil || !g.state.pending():
		return "meeting"
	case f.Held != (g.state == MeetingOpen):
		return "held"
	case !ascending(f.Absent) || !f.Held && f.Absent != nil || !every(f.Absent, g.missing):
		return "absent"
	case !ascending(f.Left) || !f.Held && f.Left != nil || !every(f.Left, func(id Code) bool {
		t := m.topics[id]
		return t != nil && t.waits(g)
	}):
		return "left"
	}
	year := yearOf(g.openedAt)
	for _, person := range f.Absent {
		g.council.seatAt(person, g.openedAt).miss(year)
	}
	for _, id := range g.agenda {
		if t := m.topics[id]; t.on == g {
			t.on = nil
		}
	}
	g.state = MeetingLapsed
	if f.Held {
		g.state, g.absent, g.council.session = MeetingClosed, slices.Clone(f.Absent), nil
	}
	g.closedAt = at
	g.version++
	return ""
}

// every reports whether something holds of all of a list.
func every(list []Code, holds func(Code) bool) bool {
	return !slices.ContainsFunc(list, func(c Code) bool { return !holds(c) })
}
