package rounds

import (
	"fmt"
	"slices"
	"strconv"
)

func (j *judgement) plan(do Plan) (Fact, *Refusal) {
	if j.plans[do.Plan] != nil {
		return nil, refuse(PlanExists, string(do.Plan))
	}
	if r := j.stale(do.Plan, 0); r != nil {
		return nil, r
	}
	if do.Start < j.today {
		return nil, refuse(StartPassed, string(do.Plan), do.Start.String(), j.today.String())
	}
	do.Areas, do.Classes, do.Kinds = slices.Clone(do.Areas), slices.Clone(do.Classes), slices.Clone(do.Kinds)
	do.Teams = slices.Clone(do.Teams)
	for i := range do.Teams {
		do.Teams[i].People = slices.Clone(do.Teams[i].People)
	}
	every, _ := do.Every.parse()
	t := &term{start: do.Start, every: every}
	return Planned{do, every.owed(do.Start, do.Start, do.terms().least()), moment(j.ends(t, 0))}, nil
}

// ends is the first instant after period k of a term, 0 past the year 9999.
func (l *Log) ends(t *term, k int) int64 {
	_, until := t.bounds(k)
	ms, ok := start(until, l.zone)
	if !ok {
		return never
	}
	return ms
}

// running answers a plan that has not been ended, in the version expected.
func (j *judgement) running(c Code) (*plan, *Refusal) {
	p := j.plans[c]
	if p == nil {
		return nil, refuse(NoPlan, string(c))
	}
	if r := j.stale(c, p.version); r != nil {
		return nil, r
	}
	if p.over {
		return nil, refuse(PlanOver, string(c))
	}
	return p, nil
}

// after is the number and the first day of the period that follows the present
// one of the latest terms; their own beginning when they have not begun.
func (p *plan) after(today Date) (period int, from Date) {
	t := p.terms[len(p.terms)-1]
	if today < t.start {
		return t.base, t.start
	}
	k := t.every.index(t.start, today)
	_, until := t.bounds(k)
	return t.base + k + 1, until
}

func (j *judgement) amend(do Amend) (Fact, *Refusal) {
	p, r := j.running(do.Plan)
	if r != nil {
		return nil, r
	}
	do.Areas, do.Classes, do.Kinds = slices.Clone(do.Areas), slices.Clone(do.Classes), slices.Clone(do.Kinds)
	f := Amended{Amend: do}
	f.Base, f.Start = p.after(j.today)
	if !f.Start.valid() || len(p.terms) >= TermsMax {
		return nil, refuse(TooMany, string(do.Plan), strconv.Itoa(TermsMax))
	}
	every, _ := do.Every.parse()
	f.First = f.Base + every.owed(f.Start, f.Start, do.least())
	f.Next = moment(j.ends(&term{start: f.Start, every: every}, 0))
	return f, nil
}

func (j *judgement) end(do End) (Fact, *Refusal) {
	p, r := j.running(do.Plan)
	if r != nil {
		return nil, r
	}
	after, _ := p.after(j.today)
	return Ended{do, after}, nil
}

// team answers a plan that runs and whether one of its present teams is team.
func (j *judgement) team(c, team Code) (p *plan, known bool, r *Refusal) {
	if p, r = j.running(c); r != nil {
		return nil, false, r
	}
	return p, slices.Contains(p.order(), team), nil
}

func (j *judgement) form(do Form) (Fact, *Refusal) {
	p, _, r := j.team(do.Plan, do.Team)
	if r != nil {
		return nil, r
	}
	if slices.Contains(p.teams, do.Team) {
		return nil, refuse(TeamExists, string(do.Plan), string(do.Team))
	}
	tomorrow := j.today + 1
	for _, person := range do.People {
		if team := p.teamFrom(person, tomorrow); team != "" {
			return nil, refuse(InTeam, string(person), string(team))
		}
	}
	if len(p.order()) >= TeamsMax || len(p.teams) >= 4*TeamsMax {
		return nil, refuse(TooMany, fmt.Sprint(do.Plan), strconv.Itoa(TeamsMax))
	}
	period, order := p.turnsFrom(tomorrow)
	do.People = slices.Clone(do.People)
	return Formed{do, tomorrow, period, append(order, do.Team)}, nil
}

func (j *judgement) dissolve(do Dissolve) (Fact, *Refusal) {
	p, known, r := j.team(do.Plan, do.Team)
	switch {
	case r != nil:
		return nil, r
	case !known:
		return nil, refuse(NoTeam, string(do.Plan), string(do.Team))
	case len(p.order()) == 1:
		return nil, refuse(LastTeam, string(do.Plan), string(do.Team))
	}
	tomorrow := j.today + 1
	period, order := p.turnsFrom(tomorrow)
	return Dissolved{do, tomorrow, period, slices.DeleteFunc(order, func(c Code) bool { return c == do.Team })}, nil
}

func (j *judgement) join(do Join) (Fact, *Refusal) {
	p, known, r := j.team(do.Plan, do.Team)
	if r != nil {
		return nil, r
	}
	if !known {
		return nil, refuse(NoTeam, string(do.Plan), string(do.Team))
	}
	tomorrow := j.today + 1
	if team := p.teamFrom(do.Person, tomorrow); team != "" {
		return nil, refuse(InTeam, string(do.Person), string(team))
	}
	n := 0
	for i := range p.members {
		if m := &p.members[i]; m.team == do.Team && (m.until == 0 || m.until > tomorrow) {
			n++
		}
	}
	if n >= PeopleMax || len(p.members) >= MembersMax {
		return nil, refuse(TooMany, string(do.Team), strconv.Itoa(PeopleMax))
	}
	return Joined{do, tomorrow}, nil
}

func (j *judgement) quit(do Quit) (Fact, *Refusal) {
	p, known, r := j.team(do.Plan, do.Team)
	if r != nil {
		return nil, r
	}
	if !known {
		return nil, refuse(NoTeam, string(do.Plan), string(do.Team))
	}
	tomorrow := j.today + 1
	if p.teamFrom(do.Person, tomorrow) != do.Team {
		return nil, refuse(NotInTeam, string(do.Person), string(do.Team))
	}
	return Parted{do, tomorrow}, nil
}
