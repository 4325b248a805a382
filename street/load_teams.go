package street

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/span"
	"github.com/gridgov/gridgov/party/rounds"
)

// crew is a team of a plan of visits, and who is in it when.
type crew struct {
	team  Code
	stays []stay
	lasts bool // as long as the plan: its teams column names it
	known bool // its people are named somewhere, or it is a post
}

// stay is a person in a team on the dates [from, until); until is 0 when open.
type stay struct {
	person      Code
	from, until rounds.Date
	of          columnOf
}

func (s stay) on(d rounds.Date) bool { return s.from <= d && (s.until == 0 || d < s.until) }

func (s stay) meets(o stay) bool {
	return (s.until == 0 || o.from < s.until) && (o.until == 0 || s.from < o.until)
}

// visitPlan is a plan of visits with its teams.
type visitPlan struct {
	dated[rounds.Plan]
	crews []crew
}

// firstDate is the first date in zone that begins at or after an instant.
func firstDate(at time.Time, zone *time.Location) rounds.Date {
	at = at.In(zone)
	date := rounds.DateOf(at)
	if y, m, d := at.Date(); startOf(y, m, d, zone).Before(at) {
		date++
	}
	return date
}

// stay is the dates of a plan, from start on, that begin in an interval; false when
// there is none.
func (b *roundsBook) stay(person Code, during span.Interval, start rounds.Date, of columnOf) (stay, bool) {
	s := stay{person: person, from: start, of: of}
	if !during.From.IsZero() {
		s.from = max(start, firstDate(during.From, b.load.zone))
	}
	if !during.Until.IsZero() {
		s.until = firstDate(during.Until, b.load.zone)
	}
	return s, s.until == 0 || s.from < s.until
}

// holders are who holds a post while a plan runs, each stretch once.
func (b *roundsBook) holders(post Code, start rounds.Date, of columnOf) []stay {
	var list []stay
	for a := range b.load.out.Directory.Appointments(post) {
		if s, ok := b.stay(a.Person, a.During, start, of); ok {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(x, y stay) int {
		return cmp.Or(cmp.Compare(x.person, y.person), cmp.Compare(x.from, y.from))
	})
	var joined []stay
	for _, s := range list {
		n := len(joined) - 1
		if n < 0 || joined[n].person != s.person || joined[n].until != 0 && joined[n].until < s.from {
			joined = append(joined, s)
		} else if joined[n].until != 0 && (s.until == 0 || s.until > joined[n].until) {
			joined[n].until = s.until
		}
	}
	return joined
}

// team reads one line of visit_teams.csv.
func (b *roundsBook) team(r *row) {
	area, class, team, person := r.code("area"), r.householdClass(), r.code("team"), r.person("person")
	during, of := r.interval(), r.remember("area", "class", "team", "person", "from", "until")
	i := slices.IndexFunc(b.plans, func(p visitPlan) bool { return p.do.Plan == area+"."+class })
	if r.bad {
		return
	}
	if i < 0 {
		r.fault("unknown-plan", "area", nil, string(class))
		return
	}
	p := &b.plans[i]
	at := slices.IndexFunc(p.crews, func(c crew) bool { return c.team == team })
	if at >= 0 {
		p.crews[at].known = true
	}
	s, ok := b.stay(person, during, p.do.Start, of)
	if !ok {
		return // it ended before the plan began
	}
	for _, c := range p.crews {
		if slices.ContainsFunc(c.stays, func(o stay) bool { return o.person == person && o.meets(s) }) {
			r.fault("in-team", "person", nil, string(c.team))
			return
		}
	}
	if at < 0 {
		at, p.crews = len(p.crews), append(p.crews, crew{team: team, known: true})
	}
	p.crews[at].stays = append(p.crews[at].stays, s)
}

// first and last are the dates [first, last) on which a team exists; last is 0 when
// it is open.
func (c *crew) first() rounds.Date {
	return slices.MinFunc(c.stays, func(x, y stay) int { return cmp.Compare(x.from, y.from) }).from
}

func (c *crew) last() rounds.Date {
	last := rounds.Date(0)
	for _, s := range c.stays {
		if s.until == 0 {
			return 0
		}
		last = max(last, s.until)
	}
	return last
}

// on is who is in the team on a date, by code.
func (c *crew) on(d rounds.Date) []Code {
	var people []Code
	for _, s := range c.stays {
		if s.on(d) {
			people = append(people, s.person)
		}
	}
	slices.Sort(people)
	return people
}

// strangers faults the teams of which the folder tells nobody: named in the teams
// column without people, no post and in no row of visit_teams.csv.
func (b *roundsBook) strangers(p *visitPlan) {
	for i := range p.crews {
		if c := &p.crews[i]; !c.known && b.load.partiesOK {
			f := p.of.finding("teams")
			f.Code, f.Args = "unknown-team", []string{"teams", string(c.team)}
			b.load.fault(f)
		}
	}
}

// begin gives the plan the teams that it has on its first day.
func (p *visitPlan) begin() {
	for i := range p.crews {
		if c := &p.crews[i]; c.lasts || c.first() == p.do.Start {
			p.do.Teams = append(p.do.Teams, rounds.Team{Team: c.team, People: c.on(p.do.Start)})
		}
	}
}

// change is a command about a team that takes effect on a date.
type change struct {
	do     rounds.Do
	on     rounds.Date
	team   Code
	person Code // none: of the whole team
	of     columnOf
}

// key names a change among all of the folder.
func (c *change) key(plan Code) string {
	return fmt.Sprintf("visits:%s:%s:%s:%s:%s", plan, c.team, verbName(c.do), c.person, c.on)
}

// changes is what becomes of the teams later, by date: first who leaves, then teams
// that are new, who joins, and teams that are no more.
func (p *visitPlan) changes() []change {
	var quits, forms, joins, ends []change
	plan := p.do.Plan
	for i := range p.crews {
		c := &p.crews[i]
		born := p.do.Start
		if !c.lasts {
			born = c.first()
		}
		for _, s := range c.stays {
			if s.from > born {
				joins = append(joins, change{rounds.Join{Plan: plan, Team: c.team, Person: s.person}, s.from, c.team, s.person, s.of})
			}
			if s.until != 0 {
				quits = append(quits, change{rounds.Quit{Plan: plan, Team: c.team, Person: s.person}, s.until, c.team, s.person, s.of})
			}
		}
		if born > p.do.Start {
			forms = append(forms, change{rounds.Form{Plan: plan, Team: c.team, People: c.on(born)}, born, c.team, "", c.stays[0].of})
		}
		if last := c.last(); !c.lasts && last != 0 {
			ends = append(ends, change{rounds.Dissolve{Plan: plan, Team: c.team}, last, c.team, "", c.stays[0].of})
		}
	}
	all := slices.Concat(quits, forms, joins, ends)
	slices.SortStableFunc(all, func(x, y change) int { return cmp.Compare(x.on, y.on) })
	return all
}

// given is when the command for a change is given: the day before it takes effect,
// at noon, which every day has.
func (c *change) given(zone *time.Location) (time.Time, bool) {
	text, err := c.on.MarshalText()
	if err != nil {
		return time.Time{}, false
	}
	day, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return time.Time{}, false
	}
	at := time.Date(day.Year(), day.Month(), day.Day()-1, 12, 0, 0, 0, zone)
	return at, within(at)
}
