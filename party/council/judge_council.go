package council

import "strconv"

// allowed refuses an actor without the right that the verb needs.
func (a *attempt) allowed(area Code) *Refusal {
	actor, right := a.cmd.Actor, rightOf[a.cmd.Do.verb()]
	if right == "" || actor == (Actor{}) || a.m.authority == nil ||
		a.m.authority.Allows(actor.Person, actor.Post, right, area, date(a.now)) {
		return nil
	}
	return refuse(NoRight, right, string(area))
}

// stale refuses a command that expects another version.
func (a *attempt) stale(what Code, version uint64) *Refusal {
	if a.cmd.Expect == 0 || a.cmd.Expect == version {
		return nil
	}
	return refuse(Stale, string(what), strconv.FormatUint(version, 10), strconv.FormatUint(a.cmd.Expect, 10))
}

// first is the first refusal that applies.
func first(list ...*Refusal) *Refusal {
	for _, r := range list {
		if r != nil {
			return r
		}
	}
	return nil
}

// lives refuses what a dissolved council cannot do.
func (c *council) lives() *Refusal {
	if c != nil && c.endedAt != none {
		return refuse(Ended, c.Council)
	}
	return nil
}

// council answers a council that the actor may act on.
func (a *attempt) council(id Code) (*council, *Refusal) {
	c := a.m.councils[id]
	if c == nil {
		return nil, refuse(NoCouncil, id)
	}
	return c, first(a.allowed(c.Area), a.stale(id, c.version), c.lives())
}

func (a *attempt) found(do Found) (Fact, *Refusal) {
	upper := a.m.councils[do.RisesTo]
	switch {
	case a.m.councils[do.Council] != nil:
		return nil, refuse(CouncilExists, do.Council)
	case do.RisesTo != "" && upper == nil:
		return nil, refuse(NoCouncil, do.RisesTo)
	}
	return Founded(do), first(a.allowed(do.Area), a.stale(do.Council, 0), upper.lives())
}

func (a *attempt) amend(do Amend) (Fact, *Refusal) {
	upper := a.m.councils[do.RisesTo]
	if do.RisesTo != "" && upper == nil && a.m.councils[do.Council] != nil {
		return nil, refuse(NoCouncil, do.RisesTo)
	}
	c, r := a.council(do.Council)
	if r = first(r, upper.lives()); r != nil {
		return nil, r
	}
	if upper.reaches(c, a.m) {
		return nil, refuse(Cycle, do.Council, do.RisesTo)
	}
	return Amended(do), nil
}

// reaches reports whether topics of c come, by rising, to other, or start there.
// O(councils on the way).
func (c *council) reaches(other *council, m *Minutes) bool {
	for ; c != nil; c = m.councils[c.RisesTo] {
		if c == other {
			return true
		}
	}
	return false
}

func (a *attempt) dissolve(do Dissolve) (Fact, *Refusal) {
	c, r := a.council(do.Council)
	if r != nil {
		return nil, r
	}
	if lower := a.m.under(do.Council); lower != "" {
		return nil, refuse(RisesHere, do.Council, lower)
	}
	if g := c.pending(); g != nil {
		return nil, refuse(MeetingPending, do.Council, g.id)
	}
	active := 0
	for _, t := range a.topics(c) {
		if t.state.active() {
			active++
		}
	}
	if active > 0 {
		return nil, refuse(TopicsPending, string(do.Council), strconv.Itoa(active))
	}
	return Dissolved(do), nil
}

// under is the first council, by code, that rises to another; "" for none. One
// that is dissolved rises nowhere. O(councils).
func (m *Minutes) under(upper Code) Code {
	var lower Code
	for id, c := range m.councils {
		if c.RisesTo == upper && c.endedAt == none && (lower == "" || id < lower) {
			lower = id
		}
	}
	return lower
}

func (a *attempt) seat(do Seat) (Fact, *Refusal) {
	c, r := a.council(do.Council)
	if r != nil {
		return nil, r
	}
	if do.From.IsZero() {
		do.From = date(a.now)
	}
	switch {
	case c.overlaps(do.Person, milli(do.From), milli(do.Until)):
		return nil, refuse(SeatOverlaps, do.Person, do.Council)
	case !do.Until.IsZero() && !do.From.Before(do.Until):
		return nil, refuse(Past, string(do.Person), do.Until.Format(stamp))
	case c.seated >= SeatsMax:
		return nil, refuse(TooMany, string(do.Council), strconv.Itoa(SeatsMax))
	}
	return Seated(do), nil
}

func (a *attempt) unseat(do Unseat) (Fact, *Refusal) {
	c, r := a.council(do.Council)
	if r != nil {
		return nil, r
	}
	if !c.ends(do.Person, a.now) {
		return nil, c.guest(do.Person)
	}
	return Unseated(do), nil
}

// ends reports whether a person has a seat that has not ended.
func (c *council) ends(person Code, at int64) bool {
	for _, s := range c.seats[person] {
		if s.until == none || at < s.until {
			return true
		}
	}
	return false
}

// guest refuses a person who has no seat, with the name of the council.
func (c *council) guest(person Code) *Refusal {
	return refuse(NotSeated, string(person), string(c.Council), c.Name)
}

func (a *attempt) publish(do Publish) (Fact, *Refusal) {
	c, r := a.council(do.Council)
	if r != nil {
		return nil, r
	}
	b := a.bulletin(c, Interval{From: do.From, Until: do.Until}, a.now)
	return Published{Publish: do, Number: len(c.bulletins) + 1, Digest: b.Digest()}, nil
}
