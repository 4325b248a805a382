package council

import (
	"maps"
	"slices"
	"strconv"
)

// subject answers a topic that the actor may act on, in one of some states.
func (a *attempt) subject(id Code, states ...State) (*topic, *Refusal) {
	t := a.topic(id)
	if t == nil {
		return nil, refuse(NoTopic, id)
	}
	if r := first(a.allowed(t.council.Area), a.stale(id, t.version)); r != nil {
		return nil, r
	}
	if !slices.Contains(states, t.state) {
		return nil, a.wrong(id, string(t.state))
	}
	return t, nil
}

// heard answers a topic that waits for a decision of the meeting in session.
func (a *attempt) heard(id Code) (*topic, *meeting, *Refusal) {
	t, r := a.subject(id, StateRaised, StateDeferred)
	if r != nil {
		return nil, nil, r
	}
	g := t.council.session
	switch {
	case g == nil:
		return nil, nil, refuse(NotInSession, t.council.Council)
	case !t.waits(g):
		return nil, nil, refuse(NotOnAgenda, id, g.id)
	}
	return t, g, nil
}

func (a *attempt) vote(do Vote) (Fact, *Refusal) {
	t, g, r := a.heard(do.Topic)
	if r != nil {
		return nil, r
	}
	actor := a.cmd.Actor
	s := g.council.seatAt(do.Person, a.now)
	switch {
	case g.rules.Way == ByConsensus:
		return nil, refuse(Consensus, g.council.Council)
	case actor != (Actor{}) && actor.Person != do.Person:
		return nil, refuse(NotOwn, actor.Person, do.Person)
	case s == nil:
		return nil, g.council.guest(do.Person)
	case !s.vote:
		return nil, refuse(NoVote, do.Person, g.council.Council)
	case !g.present[do.Person]:
		return nil, refuse(NotPresent, do.Person, g.id)
	}
	if r := g.able(g.head(a.now)); r != nil {
		return nil, r
	}
	if t.polledIn == g.id {
		if t.tally != nil {
			return nil, refuse(AlreadyTallied, do.Topic)
		}
		if _, voted := t.ballots[do.Person]; voted {
			return nil, refuse(AlreadyVoted, do.Topic, do.Person)
		}
	}
	return Voted{do.Topic, g.id, do.Person, do.Choice}, nil
}

func (a *attempt) tally(do Tally) (Fact, *Refusal) {
	t, g, r := a.heard(do.Topic)
	if r != nil {
		return nil, r
	}
	if g.rules.Way == ByConsensus {
		return nil, refuse(Consensus, g.council.Council)
	}
	c := g.head(a.now)
	if r := g.able(c); r != nil {
		return nil, r
	}
	if t.polledIn == g.id {
		if t.tally != nil {
			return nil, refuse(AlreadyTallied, do.Topic)
		}
		return nil, refuse(AlreadyVoted, do.Topic, slices.Min(slices.Collect(maps.Keys(t.ballots))))
	}
	if votes := do.Yes + do.No + do.Abstain; votes > c.Present {
		return nil, refuse(TooManyVotes, string(do.Topic), strconv.FormatInt(votes, 10), strconv.FormatInt(c.Present, 10))
	}
	return Tallied{do, g.id}, nil
}

// able refuses to decide where too few may vote or too few of them are there.
func (g *meeting) able(c Count) *Refusal {
	if c.Members < g.rules.MembersMin {
		return refuse(TooFew, string(g.council.Council), strconv.FormatInt(c.Members, 10), strconv.FormatInt(g.rules.MembersMin, 10))
	}
	if !g.rules.Quorum.Met(c.Present, c.Members) {
		return refuse(NoQuorum, string(g.id), strconv.FormatInt(c.Present, 10), strconv.FormatInt(g.rules.Quorum.Least(c.Members), 10))
	}
	return nil
}

func (a *attempt) resolve(do Resolve) (Fact, *Refusal) {
	t, g, r := a.heard(do.Topic)
	if r != nil {
		return nil, r
	}
	f := Resolved{Topic: t.id, Meeting: g.id, Result: do.Result, Consensus: g.rules.Way == ByConsensus, Count: g.poll(t, a.now)}
	if do.Result == Deferred { // to put something over is not to decide it
		return f, nil
	}
	if r := g.able(g.head(a.now)); r != nil {
		return nil, r
	}
	switch {
	case f.Consensus && do.Result == "":
		return nil, refuse(ResultNeeded, do.Topic)
	case !f.Consensus && do.Result != "":
		return nil, refuse(ResultStated, string(do.Topic), string(do.Result))
	case !f.Consensus:
		f.Of = g.rules.Of(f.Count)
		f.Needed = g.rules.Pass.Least(f.Of)
		f.Result = g.rules.Result(f.Count, t.chairVote(g, a.now))
	}
	if f.Result != Passed {
		return f, nil
	}
	return a.assign(f, do, g.rules)
}

// chairVote is how the chair of a meeting voted on a topic, "" for not at all.
func (t *topic) chairVote(g *meeting, at int64) Choice {
	if t.polledIn != g.id || t.tally != nil || !g.votes(g.chair, at) {
		return ""
	}
	return t.ballots[g.chair]
}

// assign gives a passed topic its owner, case or project, and its next due.
func (a *attempt) assign(f Resolved, do Resolve, rules Rules) (Fact, *Refusal) {
	switch {
	case assigned(do.Owner, do.Case, do.Project) == 0:
		return nil, refuse(Unassigned, do.Topic)
	case do.Owner != "" && milli(do.Due) < a.now:
		return nil, refuse(Past, string(do.Topic), do.Due.Format(stamp))
	}
	f.Owner, f.Due, f.Case, f.Project = do.Owner, do.Due, do.Case, do.Project
	f.Follow, f.Reviews, f.Next = rules.Follow, rules.Reviews, do.Due
	if do.Owner == "" {
		f.Next = date(after(a.now, rules.Follow))
	}
	return f, nil
}

func (a *attempt) done(do Done) (Fact, *Refusal) {
	_, r := a.subject(do.Topic, StateTracking)
	return Completed(do), r
}

func (a *attempt) withdraw(do Withdraw) (Fact, *Refusal) {
	_, r := a.subject(do.Topic, StateRaised, StateDeferred)
	return Withdrawn(do), r
}

func (a *attempt) rise(do Rise) (Fact, *Refusal) {
	t, r := a.subject(do.Topic, StateRaised, StateDeferred, StateTracking)
	if r != nil {
		return nil, r
	}
	if !t.canRise() {
		return nil, refuse(AtTop, do.Topic, t.council.Council)
	}
	return t.risen(WhyAsked), nil
}
