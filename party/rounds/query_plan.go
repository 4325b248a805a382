package rounds

import (
	"cmp"
	"iter"
	"slices"
	"time"
)

// Standing is a plan as it stands: its latest terms, from the day From on, and
// its present teams in the order of their turns, without who has left. Closed is
// how many of its periods are over. Over says that it was ended. Version is the
// number of entries that touched it.
type Standing struct {
	Amend
	From    Date   `json:"from"`
	Teams   []Code `json:"teams,omitempty"`
	Closed  int    `json:"closed"`
	Over    bool   `json:"over"`
	Version uint64 `json:"version"`
}

func (p *plan) view() Standing {
	t := p.terms[len(p.terms)-1]
	s := Standing{Amend: t.terms, From: t.start, Teams: slices.Clone(p.order()), Over: p.over, Version: p.version}
	s.Areas, s.Classes, s.Kinds = slices.Clone(s.Areas), slices.Clone(s.Classes), slices.Clone(s.Kinds)
	for _, t := range p.terms {
		s.Closed += t.closed
	}
	return s
}

// Plan answers the plan of that code.
func (l *Log) Plan(c Code) (Standing, bool) {
	p := l.plans[c]
	if p == nil {
		return Standing{}, false
	}
	return p.view(), true
}

// Plans ranges over every plan by code. Each range sorts, O(n log n); the log
// must not be changed meanwhile.
func (l *Log) Plans() iter.Seq[Standing] {
	return func(yield func(Standing) bool) {
		for _, c := range sorted(l.plans) {
			if !yield(l.plans[c].view()) {
				return
			}
		}
	}
}

// Leading answers the team whose turn it is in a plan at an instant, by the
// calendar of the log's zone. False when there is no such plan, no team, no
// zone, or the plan does not run then. O(terms + turns).
func (l *Log) Leading(plan Code, at time.Time) (Code, bool) {
	if _, err := millis(at.Truncate(time.Millisecond)); err != nil || l.zone == nil {
		return "", false
	}
	return l.LeadingOn(plan, dateOf(at.UnixMilli(), l.zone))
}

// LeadingOn is Leading on a local date.
func (l *Log) LeadingOn(plan Code, d Date) (Code, bool) {
	p := l.plans[plan]
	if p == nil || !d.valid() {
		return "", false
	}
	return p.leads(d)
}

// Members answers the people of a team of a plan on a local date, by code.
func (l *Log) Members(plan, team Code, d Date) []Code {
	p := l.plans[plan]
	if p == nil {
		return nil
	}
	var people []Code
	for i := range p.members {
		if m := &p.members[i]; m.team == team && m.on(d) {
			people = append(people, m.person)
		}
	}
	slices.Sort(people)
	return people
}

// Turns is the share of a team, or of a person in it, in a plan. Led counts the
// periods in which the team led on the last day and, for a person, in which the
// person was in it then. Visits counts the visits that filled a period of the
// plan and in which the person, or one of the team, took part.
type Turns struct {
	Team   Code `json:"team"`
	Person Code `json:"person,omitzero"` // none for the team itself
	Led    int  `json:"led"`
	Visits int  `json:"visits"`
}

// Fairness answers who led and who visited in a plan in [from, until): each team
// that ever was, in the order in which they came, followed by its people by code.
// A period counts when its last day lies in the interval, a visit when it was
// made in it. Visits by people of no team count for nobody here. nil when there
// is no such plan or the dates are none. O(periods × people + visits of the log).
func (l *Log) Fairness(plan Code, from, until Date) []Turns {
	p := l.plans[plan]
	if p == nil || !from.valid() || !until.valid() {
		return nil
	}
	sums := map[Turns]*Turns{}
	at := func(team, person Code) *Turns {
		key := Turns{Team: team, Person: person}
		if sums[key] == nil {
			sums[key] = &Turns{Team: team, Person: person}
		}
		return sums[key]
	}
	for _, t := range p.teams {
		at(t, "")
	}
	for _, m := range p.members {
		at(m.team, m.person)
	}
	for last := range p.lastDays(from, until) {
		team, ok := p.leads(last)
		if !ok {
			continue
		}
		at(team, "").Led++
		for i := range p.members {
			if m := &p.members[i]; m.team == team && m.on(last) {
				at(team, m.person).Led++
			}
		}
	}
	l.visitsOf(p, from, until, at)
	var list []Turns
	for _, t := range p.teams {
		own := []Turns{}
		for _, s := range sums {
			if s.Team == t {
				own = append(own, *s)
			}
		}
		slices.SortFunc(own, func(a, b Turns) int { return cmp.Compare(a.Person, b.Person) })
		list = append(list, own...)
	}
	return list
}

// visitsOf counts the visits that filled a period of a plan, by team and person.
func (l *Log) visitsOf(p *plan, from, until Date, at func(team, person Code) *Turns) {
	for i := range l.visits {
		v := &l.visits[i]
		if v.on < from || v.on >= until || !slices.ContainsFunc(l.fillsOf(i), func(f fill) bool { return f.term.plan == p }) {
			continue
		}
		var teams []Code
		for _, person := range l.peopleOf(i) {
			team := p.teamOf(person, v.on)
			if team == "" {
				continue
			}
			at(team, person).Visits++
			if !slices.Contains(teams, team) {
				teams = append(teams, team)
				at(team, "").Visits++
			}
		}
	}
}

// lastDays ranges over the last days in [from, until) of the periods of a plan.
func (p *plan) lastDays(from, until Date) iter.Seq[Date] {
	return func(yield func(Date) bool) {
		for _, t := range p.terms {
			for k := max(0, t.every.index(t.start, from)); k < t.periods; k++ {
				_, end := t.bounds(k)
				if end-1 >= until || t.start >= until {
					break
				}
				if end-1 >= from && !yield(end-1) {
					return
				}
			}
		}
	}
}
