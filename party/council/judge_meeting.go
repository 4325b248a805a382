package council

import (
	"slices"
	"strconv"
)

func (a *attempt) convene(do Convene) (Fact, *Refusal) {
	c := a.m.councils[do.Council]
	switch {
	case c == nil:
		return nil, refuse(NoCouncil, do.Council)
	case a.m.meetings[do.Meeting] != nil:
		return nil, refuse(MeetingExists, do.Meeting)
	}
	do.Agenda = slices.Clone(do.Agenda)
	order := slices.Sorted(slices.Values(do.Agenda))
	for _, id := range order {
		if a.topic(id) == nil {
			return nil, refuse(NoTopic, id)
		}
	}
	if r := first(a.allowed(c.Area), a.stale(do.Meeting, 0), c.lives()); r != nil {
		return nil, r
	}
	for _, id := range order {
		if t := a.topic(id); !t.state.open() {
			return nil, a.wrong(id, string(t.state))
		}
	}
	for _, id := range order {
		if t := a.topic(id); t.council != c {
			return nil, refuse(OtherCouncil, id, t.council.Council)
		}
	}
	for _, id := range order {
		if t := a.topic(id); t.on != nil {
			return nil, refuse(OnAgenda, id, t.on.id)
		}
	}
	return Convened(do), nil
}

// wrong refuses the verb in a state.
func (a *attempt) wrong(what Code, state string) *Refusal {
	return refuse(WrongState, string(what), state, a.cmd.Do.verb())
}

// meeting answers a meeting that the actor may act on, in one of some states.
func (a *attempt) meeting(id Code, states ...MeetingState) (*meeting, *Refusal) {
	g := a.m.meetings[id]
	if g == nil {
		return nil, refuse(NoMeeting, id)
	}
	if r := first(a.allowed(g.council.Area), a.stale(id, g.version)); r != nil {
		return nil, r
	}
	if !slices.Contains(states, g.state) {
		return nil, a.wrong(id, string(g.state))
	}
	return g, nil
}

func (a *attempt) open(do Open) (Fact, *Refusal) {
	g, r := a.meeting(do.Meeting, MeetingConvened)
	if r != nil {
		return nil, r
	}
	c := g.council
	if c.session != nil {
		return nil, refuse(InSession, c.Council, c.session.id)
	}
	f := Opened{Meeting: do.Meeting, Chair: do.Chair, Rules: c.Rules,
		Present: slices.Sorted(slices.Values(do.Present)), Excused: slices.Sorted(slices.Values(do.Excused)), Voters: do.Voters}
	if r := c.seatedAll(a.now, f.Present, f.Excused); r != nil {
		return nil, r
	}
	f.Count = Count{Members: c.members(a.now), Present: do.Voters}
	for _, person := range f.Present {
		if c.seatAt(person, a.now).vote {
			f.Count.Present++
		}
	}
	if f.Count.Present > f.Count.Members {
		return nil, refuse(TooMany, string(do.Meeting), strconv.FormatInt(f.Count.Members, 10))
	}
	f.Needed, f.Quorate = c.Rules.Quorum.Least(f.Count.Members), c.Rules.Quorate(f.Count)
	return f, nil
}

// seatedAll refuses the first person, by code, who has no seat at an instant.
func (c *council) seatedAll(at int64, lists ...[]Code) *Refusal {
	for _, person := range slices.Sorted(slices.Values(slices.Concat(lists...))) {
		if c.seatAt(person, at) == nil {
			return c.guest(person)
		}
	}
	return nil
}

func (a *attempt) attend(do Attend) (Fact, *Refusal) {
	g, r := a.meeting(do.Meeting, MeetingOpen)
	if r != nil {
		return nil, r
	}
	do.Arrived, do.Left = slices.Sorted(slices.Values(do.Arrived)), slices.Sorted(slices.Values(do.Left))
	if r := g.council.seatedAll(a.now, do.Arrived); r != nil {
		return nil, r
	}
	for _, person := range do.Left {
		if !g.present[person] {
			return nil, refuse(NotPresent, person, do.Meeting)
		}
	}
	return Attended(do), nil
}

// close closes a meeting; then come the seats that lapse by it, and what rises.
func (a *attempt) close(do Close) ([]Fact, *Refusal) {
	g, r := a.meeting(do.Meeting, MeetingConvened, MeetingOpen)
	if r != nil {
		return nil, r
	}
	f := Closed{Meeting: do.Meeting, Held: g.state == MeetingOpen}
	if !f.Held {
		return []Fact{f}, nil
	}
	f.Absent = g.absentees()
	var rises []Fact
	for _, t := range a.unresolved(g) {
		if g.council.Kind == KindCoordination && t.canRise() {
			rises = append(rises, t.risen(WhyUnresolved))
		} else {
			f.Left = append(f.Left, t.id)
		}
	}
	return slices.Concat([]Fact{f}, a.lapses(g, f.Absent), rises), nil
}

// unresolved lists the topics on a meeting's agenda that wait for a decision, by
// id. One that this meeting deferred was resolved by it.
func (a *attempt) unresolved(g *meeting) []*topic {
	var list []*topic
	for _, id := range g.agenda {
		if t := a.topic(id); t.waits(g) {
			list = append(list, t)
		}
	}
	slices.SortFunc(list, byID)
	return list
}

// waits reports whether a topic on the agenda of a meeting was not resolved by it.
func (t *topic) waits(g *meeting) bool {
	return t.on == g && (t.decided == nil || t.decided.Meeting != g.id)
}

// lapses are the seats that the absences from a meeting cost. A seat was held for
// some time before it can lapse.
func (a *attempt) lapses(g *meeting, absent []Code) []Fact {
	if g.rules.Absences == 0 || !g.rules.Lapse {
		return nil
	}
	var facts []Fact
	year := yearOf(g.openedAt)
	for _, person := range absent {
		s := g.council.seatAt(person, g.openedAt)
		if times := s.times(year) + 1; times >= g.rules.Absences && s.holds(a.now) && s.from < a.now {
			facts = append(facts, SeatLapsed{g.council.Council, person, g.id, year, times})
		}
	}
	return facts
}

func (a *attempt) raise(do Raise) (Fact, *Refusal) {
	c, g := a.m.councils[do.Council], a.m.meetings[do.Meeting]
	switch {
	case c == nil:
		return nil, refuse(NoCouncil, do.Council)
	case do.Meeting != "" && g == nil:
		return nil, refuse(NoMeeting, do.Meeting)
	case a.topic(do.Topic) != nil:
		return nil, refuse(TopicExists, do.Topic)
	}
	if r := first(a.allowed(c.Area), a.stale(do.Topic, 0), c.lives()); r != nil {
		return nil, r
	}
	switch {
	case g != nil && !g.state.pending():
		return nil, a.wrong(do.Meeting, string(g.state))
	case g != nil && g.council != c:
		return nil, refuse(OtherCouncil, do.Meeting, g.council.Council)
	case g != nil && len(g.agenda) >= AgendaMax:
		return nil, refuse(TooMany, string(do.Meeting), strconv.Itoa(AgendaMax))
	}
	return Raised(do), nil
}
