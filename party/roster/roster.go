package roster

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

// Roster is immutable and safe for concurrent use. New makes one; the zero Roster
// has no rotation.
type Roster struct {
	clock    *civil.Clock
	posts    map[Code]*post
	order    []Code          // posts by code
	people   map[Code][]Code // the posts on which a person may serve, by code
	leave    map[Code][]away // by date, then post
	findings []Finding
	hash     [32]byte
}

// post is a post with at least one rotation.
type post struct {
	code  Code
	rotas []*rota
	slots []slot
	// changed are the dates with exceptions, ascending, and their final sheets.
	changed []int64
	sheets  [][]sheet
}

// away is a leave of one person.
type away struct {
	date int64
	post Code // none: from every post
}

// New builds a Roster from a copy of the plan, whose dates and hours are those of
// zone. It reports all faults at once as *Faults. Exceptions that change nothing
// are no faults but Findings. Time is proportional to the plan, with a logarithm
// for each exception.
func New(zone *time.Location, plan Plan) (*Roster, error) {
	f := &faults{}
	clock, err := civil.NewClock(zone)
	if err != nil {
		name := "nil" // which calls itself UTC
		if zone != nil {
			name = zone.String()
		}
		f.add("zone", 0, "", name, err)
	}
	plan.check(f)
	if err := f.err(); err != nil {
		return nil, err
	}
	r := &Roster{clock: clock, posts: map[Code]*post{}, people: map[Code][]Code{}, leave: map[Code][]away{}, hash: sum(zone, plan)}
	r.addRotations(&plan)
	r.addPeople(plan.Exceptions)
	r.except(plan.Exceptions)
	return r, nil
}

// addRotations computes the turns of every rotation.
func (r *Roster) addRotations(plan *Plan) {
	teams := map[Code][]mate{}
	for _, t := range plan.Teams {
		for _, p := range t.People {
			from, until := r.dates(p.During)
			teams[t.Code] = append(teams[t.Code], mate{p.Person, from, until})
		}
	}
	counters := map[Days]*counter{}
	for i := range plan.Rotations {
		in := &plan.Rotations[i]
		if counters[in.Days] == nil {
			counters[in.Days] = newCounter(in.Days, r.clock)
		}
		p := r.posts[in.Post]
		if p == nil {
			p = &post{code: in.Post}
			r.posts[in.Post] = p
			r.order = append(r.order, in.Post)
		}
		p.rotas = append(p.rotas, r.rota(i, in, counters[in.Days], teams))
	}
	slices.Sort(r.order)
	for _, p := range r.posts {
		p.slots = slots(p.rotas)
	}
}

// rota is the checked rotation in, ready for queries.
func (r *Roster) rota(index int, in *Rotation, c *counter, teams map[Code][]mate) *rota {
	out := &rota{
		index: index, windows: inOrder(in.Hours), counter: c,
		turn: in.Turn.orDefault(), together: cmp.Or(in.Together, 1), start: in.Start.Number(),
	}
	if len(out.windows) == 0 {
		out.windows = []Window{{Start: 0, End: MinutesPerDay}}
	}
	out.from, out.until = r.dates(in.During)
	out.from, out.until = max(out.from, out.start), min(out.until, civil.DayMax)
	out.prior = c.before(out.start)
	for _, m := range in.Members {
		from, until := r.dates(m.During)
		out.members = append(out.members, member{person: m.Person, team: m.Team, from: from, until: until, people: teams[m.Team]})
	}
	out.cut()
	return out
}

// dates are the dates whose first instant lies in the interval, [from, until).
func (r *Roster) dates(i Interval) (from, until int64) {
	from, until = math.MinInt64, math.MaxInt64
	if !i.From.IsZero() {
		from = r.clock.FirstDay(civil.Millis(i.From))
	}
	if !i.Until.IsZero() {
		until = r.clock.FirstDay(civil.Millis(i.Until))
	}
	return from, until
}

// addPeople notes on which posts each person may serve.
func (r *Roster) addPeople(exceptions []Exception) {
	note := func(person, post Code) {
		if person != "" {
			r.people[person] = append(r.people[person], post)
		}
	}
	for c, p := range r.posts {
		for _, rota := range p.rotas {
			for _, m := range rota.members {
				note(m.person, c)
				for _, t := range m.people {
					note(t.person, c)
				}
			}
		}
	}
	for _, e := range exceptions {
		switch e.Kind {
		case Add:
			note(e.Person, e.Post)
		case Replace, Swap:
			note(e.With, e.Post)
			note(e.Person, e.Post)
		case Leave:
			r.leave[e.Person] = append(r.leave[e.Person], away{e.Date.Number(), e.Post})
		}
	}
	for person, list := range r.people {
		slices.Sort(list)
		r.people[person] = slices.Compact(list)
	}
	for _, list := range r.leave {
		slices.SortFunc(list, func(a, b away) int { return cmp.Or(cmp.Compare(a.date, b.date), cmp.Compare(a.post, b.post)) })
	}
}

// Posts lists the posts that have a rotation, by code.
func (r *Roster) Posts() []Code { return slices.Clone(r.order) }

// Findings are the exceptions that change nothing, or less than they say: by date,
// post, person, other person and kind.
func (r *Roster) Findings() []Finding { return slices.Clone(r.findings) }

// sheet appends who serves in rotation i of the post on the date n and who does not;
// false when the rotation does not work that date.
func (p *post) sheet(i int, n int64, on []Serving, off []Absence) ([]Serving, []Absence, bool) {
	if at, ok := slices.BinarySearch(p.changed, n); ok {
		for _, s := range p.sheets[at] {
			if s.rota == i {
				return append(on, s.on...), append(off, s.off...), true
			}
		}
		return on, off, false
	}
	if !p.rotas[i].worked(n) {
		return on, off, false
	}
	on, off = p.rotas[i].base(n, on, off)
	return on, off, true
}

// works reports whether rotation i of the post has a sheet for the date n.
func (p *post) works(i int, n int64) bool {
	if at, ok := slices.BinarySearch(p.changed, n); ok {
		return slices.ContainsFunc(p.sheets[at], func(s sheet) bool { return s.rota == i })
	}
	return p.rotas[i].worked(n)
}

// stands reports whether some rotation of the post stands on the date n.
func (p *post) stands(n int64) bool {
	return slices.ContainsFunc(p.rotas, func(r *rota) bool { return r.stands(n) })
}

// millis is the instant ms as callers get it.
func millis(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
