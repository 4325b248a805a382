package council

import (
	"cmp"
	"slices"
)

func (m *Minutes) applyFounded(f Founded, at int64) string {
	if fault := Found(f).check(); fault != nil {
		return fault.Field
	}
	switch {
	case m.councils[f.Council] != nil:
		return "council"
	case f.RisesTo != "" && m.alive(f.RisesTo) == nil:
		return "rises_to"
	}
	put(&m.councils, f.Council, &council{Found: Found(f), foundedAt: at, endedAt: none, version: 1})
	return ""
}

// alive is a council that is not dissolved, nil when there is none of that code.
func (m *Minutes) alive(id Code) *council {
	if c := m.councils[id]; c != nil && c.endedAt == none {
		return c
	}
	return nil
}

func (m *Minutes) applyAmended(f Amended) string {
	if fault := Amend(f).check(); fault != nil {
		return fault.Field
	}
	c, upper := m.alive(f.Council), m.alive(f.RisesTo)
	switch {
	case c == nil:
		return "council"
	case f.RisesTo != "" && upper == nil, upper.reaches(c, m):
		return "rises_to"
	}
	c.Rules, c.RisesTo = f.Rules, f.RisesTo
	c.version++
	return ""
}

func (m *Minutes) applyDissolved(f Dissolved, at int64) string {
	c := m.alive(f.Council)
	if c == nil || m.under(f.Council) != "" || c.pending() != nil ||
		slices.ContainsFunc(c.topics, func(t *topic) bool { return t.state.active() }) {
		return "council"
	}
	c.endedAt = at
	c.version++
	return ""
}

func (m *Minutes) applySeated(f Seated) string {
	if fault := Seat(f).check(); fault != nil {
		return fault.Field
	}
	c := m.alive(f.Council)
	s := seat{capacity: f.Capacity, vote: f.Vote, from: milli(f.From), until: milli(f.Until)}
	switch {
	case c == nil:
		return "council"
	case c.overlaps(f.Person, s.from, s.until):
		return "person"
	}
	list := append(slices.Clone(c.seats[f.Person]), s)
	slices.SortFunc(list, func(a, b seat) int { return cmp.Compare(a.from, b.from) })
	put(&c.seats, f.Person, list)
	c.seated++
	c.version++
	return ""
}

func (m *Minutes) applyUnseated(f Unseated, at int64) string {
	c := m.alive(f.Council)
	switch {
	case c == nil:
		return "council"
	case !c.ends(f.Person, at):
		return "person"
	}
	var left []seat
	for _, s := range c.seats[f.Person] {
		switch {
		case s.until != none && s.until <= at:
			left = append(left, s)
		case s.from == none || s.from < at:
			s.until = at
			left = append(left, s)
		} // else it never begins
	}
	if left == nil {
		delete(c.seats, f.Person)
	} else {
		c.seats[f.Person] = left
	}
	c.version++
	return ""
}

func (m *Minutes) applySeatLapsed(f SeatLapsed, at int64) string {
	c, g := m.alive(f.Council), m.meetings[f.Meeting]
	switch {
	case c == nil:
		return "council"
	case g == nil || g.council != c || g.state != MeetingClosed || yearOf(g.openedAt) != f.Year:
		return "meeting"
	}
	s := c.seatAt(f.Person, at)
	switch {
	case s == nil || s.from == at:
		return "person"
	case f.Absences < 1 || s.times(f.Year) != f.Absences:
		return "absences"
	}
	s.until, s.lapsed = at, true
	c.version++
	return ""
}

func (m *Minutes) applyPublished(f Published, at int64, seq uint64) string {
	if fault := f.Publish.check(); fault != nil {
		return fault.Field
	}
	c := m.alive(f.Council)
	switch {
	case c == nil:
		return "council"
	case f.Number != len(c.bulletins)+1:
		return "number"
	case f.Digest == Sum{}:
		return "digest"
	}
	c.bulletins = append(c.bulletins, Publication{
		Council: f.Council, Number: f.Number, At: date(at), Seq: seq, Digest: f.Digest,
		During: Interval{From: plainTime(f.From), Until: plainTime(f.Until)},
	})
	c.version++
	return ""
}
