package council

import "cmp"

func (m *Minutes) applyRaised(f Raised, at int64) string {
	if fault := Raise(f).check(); fault != nil {
		return fault.Field
	}
	c, g := m.alive(f.Council), m.meetings[f.Meeting]
	switch {
	case c == nil:
		return "council"
	case m.topics[f.Topic] != nil:
		return "topic"
	case f.Meeting != "" && (g == nil || g.council != c || !g.state.pending()):
		return "meeting"
	}
	t := &topic{id: f.Topic, root: f.Topic, council: c, title: f.Title, matter: f.Matter, by: f.By, meeting: f.Meeting, on: g,
		armed: none, version: 1}
	t.to(StateRaised, at)
	if g != nil {
		g.agenda = append(g.agenda, t.id)
		g.version++
	}
	m.keep(t)
	return ""
}

// keep adds a new topic to its council.
func (m *Minutes) keep(t *topic) {
	put(&m.topics, t.id, t)
	t.council.topics = append(t.council.topics, t)
}

func (m *Minutes) applyVoted(f Voted, at int64) string {
	if fault := (Vote{f.Topic, f.Person, f.Choice}).check(); fault != nil {
		return fault.Field
	}
	t, g := m.topics[f.Topic], m.meetings[f.Meeting]
	switch {
	case t == nil:
		return "topic"
	case !t.heardBy(g):
		return "meeting"
	case !g.votes(f.Person, at):
		return "person"
	}
	if t.polledIn == g.id {
		if _, voted := t.ballots[f.Person]; voted || t.tally != nil {
			return "person"
		}
	} else {
		t.polledIn, t.ballots, t.tally = g.id, map[Code]Choice{}, nil
	}
	t.ballots[f.Person] = f.Choice
	t.version++
	g.countHeads(at)
	return ""
}

// heardBy reports whether a topic waits for a decision of a meeting, which is in
// session.
func (t *topic) heardBy(g *meeting) bool {
	return g != nil && g.state == MeetingOpen && t.state.open() && t.waits(g)
}

func (m *Minutes) applyTallied(f Tallied, at int64) string {
	if fault := f.Tally.check(); fault != nil {
		return fault.Field
	}
	t, g := m.topics[f.Topic], m.meetings[f.Meeting]
	switch {
	case t == nil || t.polledIn == f.Meeting:
		return "topic"
	case !t.heardBy(g):
		return "meeting"
	case f.Yes+f.No+f.Abstain > g.head(at).Present:
		return "yes"
	}
	g.countHeads(at)
	count := g.head(at)
	count.Yes, count.No, count.Abstain = f.Yes, f.No, f.Abstain
	t.polledIn, t.ballots, t.tally = g.id, nil, &count
	t.version++
	return ""
}

func (m *Minutes) applyResolved(f Resolved, at int64) string {
	do := Resolve{Topic: f.Topic, Result: f.Result, Owner: f.Owner, Due: f.Due, Case: f.Case, Project: f.Project}
	if fault := cmp.Or(do.check(), moment("next", f.Next), number("follow", f.Follow, 0, FollowMax), number("reviews", f.Reviews, 0, ReviewsMax)); fault != nil {
		return fault.Field
	}
	t, g := m.topics[f.Topic], m.meetings[f.Meeting]
	switch {
	case t == nil:
		return "topic"
	case !t.heardBy(g):
		return "meeting"
	case f.Result == "":
		return "result"
	case f.Count != g.poll(t, at):
		return "count"
	}
	if field := f.follows(at); field != "" {
		return field
	}
	f.Due, f.Next = plainTime(f.Due), plainTime(f.Next)
	t.decided = &f
	switch f.Result {
	case Failed:
		t.to(StateFailed, at)
	case Deferred:
		t.to(StateDeferred, at)
	case Passed:
		t.to(StateTracking, at)
		t.armed = milli(f.Next)
		m.queue.settle(t)
	}
	t.version++
	return ""
}

// follows answers what is impossible about how a resolution is followed up: what
// passed has one owner, case or project, and a next due; nothing else has any.
func (f *Resolved) follows(at int64) string {
	if f.Result != Passed {
		if assigned(f.Owner, f.Case, f.Project) > 0 || !f.Next.IsZero() || f.Follow != 0 || f.Reviews != 0 {
			return "owner"
		}
		return ""
	}
	switch {
	case assigned(f.Owner, f.Case, f.Project) != 1:
		return "owner"
	case !later(f.Next, at-1) || f.Owner != "" && !f.Next.Equal(f.Due):
		return "next"
	case f.Follow < 1:
		return "follow"
	}
	return ""
}

func (m *Minutes) applyCompleted(f Completed, at int64) string {
	if fault := Done(f).check(); fault != nil {
		return fault.Field
	}
	t := m.topics[f.Topic]
	if t == nil || t.state != StateTracking {
		return "topic"
	}
	t.result = f.Result
	t.to(StateDone, at)
	m.queue.settle(t)
	t.version++
	return ""
}

func (m *Minutes) applyWithdrawn(f Withdrawn, at int64) string {
	t := m.topics[f.Topic]
	if t == nil || !t.state.open() {
		return "topic"
	}
	t.to(StateWithdrawn, at)
	t.version++
	return ""
}

func (m *Minutes) applyRisen(f Risen, at int64) string {
	t, upper := m.topics[f.Topic], m.alive(f.Council)
	switch {
	case word("why", f.Why, WhyAsked, WhyUnresolved, WhyOverdue) != nil:
		return "why"
	case t == nil || !t.state.active() || f.Why == WhyOverdue && !t.firesAt(at):
		return "topic"
	case !t.canRise() || upper == nil || t.council.RisesTo != f.Council:
		return "council"
	case f.As != t.aboveID() || m.topics[f.As] != nil:
		return "as"
	}
	t.fold(f, at)
	m.queue.settle(t)
	m.keep(t.rise(f, upper, at))
	return ""
}

// firesAt reports whether a tracked topic fires at an instant.
func (t *topic) firesAt(at int64) bool { return t.armed != none && t.armed+fireAfter == at }

func (m *Minutes) applyOverdue(f Overdue, at int64) string {
	t := m.topics[f.Topic]
	switch {
	case t == nil || t.overdue || !t.firesAt(at):
		return "topic"
	case f.Owner == "" || f.Owner != t.decided.Owner:
		return "owner"
	case !later(f.Next, t.armed):
		return "next"
	}
	t.fold(f, at)
	m.queue.settle(t)
	return ""
}

func (m *Minutes) applyReviewDue(f ReviewDue, at int64) string {
	t := m.topics[f.Topic]
	switch {
	case t == nil || !t.firesAt(at) || t.decided.Owner != "" && !t.overdue:
		return "topic"
	case f.Review != t.reviews+1:
		return "review"
	case !later(f.Next, t.armed):
		return "next"
	}
	t.fold(f, at)
	m.queue.settle(t)
	return ""
}
