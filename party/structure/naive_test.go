package structure_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/structure"
)

// world is what the twin reads: the plan itself and the areas as a list.
type world struct {
	plan   party.Plan
	levels []string
	areas  []grid.Unit
}

func key(v structure.Violation) string {
	return fmt.Sprint(v.Rule, "|", v.Kind, "|", v.Area, "|", v.Party, "|", v.Place, "|", v.Post, "|", v.Person, "|", v.Args)
}

func (w *world) party(c party.Code) (party.Party, bool) {
	i := slices.IndexFunc(w.plan.Parties, func(p party.Party) bool { return p.Code == c })
	if i < 0 {
		return party.Party{}, false
	}
	return w.plan.Parties[i], true
}

func (w *world) post(c party.Code) party.Post {
	return w.plan.Posts[slices.IndexFunc(w.plan.Posts, func(p party.Post) bool { return p.Code == c })]
}

func (w *world) chain(c party.Code) []party.Party {
	var l []party.Party
	for p, ok := w.party(c); ok; p, ok = w.party(p.Parent) {
		l = append(l, p)
	}
	return l
}

func (w *world) active(c party.Code, at time.Time) bool {
	return !slices.ContainsFunc(w.chain(c), func(p party.Party) bool { return !p.During.Holds(at) })
}

// areaOf is the area of a party, its own or that of the next one above.
func (w *world) areaOf(c party.Code) party.Code {
	for _, p := range w.chain(c) {
		if p.Area != "" {
			return p.Area
		}
	}
	return ""
}

func (w *world) postArea(p party.Post) party.Code {
	if p.Area != "" {
		return p.Area
	}
	return w.areaOf(p.Party)
}

// upTo is the area of the level in which c lies, or none.
func (w *world) upTo(c party.Code, level string) party.Code {
	for c != "" {
		i := slices.IndexFunc(w.areas, func(u grid.Unit) bool { return u.Code == c })
		if i < 0 {
			return ""
		}
		if w.levels[w.areas[i].Level] == level {
			return c
		}
		c = w.areas[i].Parent
	}
	return ""
}

// spot is a unit as the twin has it.
type spot struct {
	area, party party.Code
	place       party.Place
}

// spots is the units that exist at the instant.
func (w *world) spots(r structure.Rule, at time.Time) []spot {
	switch r.Per.By {
	case structure.PerStreet:
		return []spot{{}}
	case structure.PerArea:
		var l []spot
		for _, u := range w.areas {
			if w.levels[u.Level] == r.Per.Name {
				l = append(l, spot{area: u.Code})
			}
		}
		return l
	case structure.PerParty:
		var l []spot
		for _, p := range w.plan.Parties {
			if p.Kind == r.Per.Name && w.active(p.Code, at) {
				l = append(l, spot{party: p.Code})
			}
		}
		return l
	}
	var l []spot
	for _, p := range w.plan.Posts {
		s := spot{place: p.Place}
		if w.fits(p, r.Role, r.In) && w.active(p.Party, at) && !p.Place.IsZero() &&
			(r.Per.Name == "" || r.Per.Name == p.Place.Layer) && !slices.Contains(l, s) {
			l = append(l, s)
		}
	}
	return l
}

func (w *world) fits(p party.Post, roles, in []string) bool {
	owner, _ := w.party(p.Party)
	return (len(roles) == 0 || slices.Contains(roles, p.Role)) && (len(in) == 0 || slices.Contains(in, owner.Kind))
}

// within reports whether a post belongs to the unit.
func (w *world) within(p party.Post, s spot, r structure.Rule) bool {
	switch r.Per.By {
	case structure.PerArea:
		return w.upTo(w.postArea(p), r.Per.Name) == s.area
	case structure.PerParty:
		return w.firstOf(w.chain(p.Party), r.Per.Name) == s.party
	case structure.PerBuilding:
		return p.Place == s.place
	}
	return true
}

func (w *world) firstOf(chain []party.Party, kind string) party.Code {
	for _, p := range chain {
		if p.Kind == kind {
			return p.Code
		}
	}
	return ""
}

// serving is the appointments in force, each with its post.
func (w *world) serving(at time.Time) (l []party.Appointment) {
	for _, a := range w.plan.Appointments {
		if a.During.Holds(at) && w.active(w.post(a.Post).Party, at) {
			if a.Kind == "" {
				a.Kind = party.Resident
			}
			l = append(l, a)
		}
	}
	return l
}

func (w *world) kinds(person party.Code) []string {
	return w.plan.People[slices.IndexFunc(w.plan.People, func(p party.Person) bool { return p.Code == person })].Kinds
}

func distinct(l []party.Code) []party.Code {
	return slices.Compact(slices.Sorted(slices.Values(l)))
}

// at is every violation of the rule at one instant, by reading the rule aloud.
func (w *world) at(r structure.Rule, at time.Time) (found []structure.Violation) {
	if !r.During.Holds(at) {
		return nil
	}
	add := func(v structure.Violation) {
		v.Rule = r.ID
		if !slices.ContainsFunc(found, func(o structure.Violation) bool { return key(o) == key(v) }) {
			found = append(found, v)
		}
	}
	count := func(v structure.Violation, n int, people []party.Code) {
		v.Got, v.People = n, people[:min(len(people), structure.PeopleMax)]
		if n < r.Count.Min {
			v.Kind, v.Want = structure.TooFew, r.Count.Min
			add(v)
		}
		if n > r.Count.Max {
			v.Kind, v.Want = structure.TooMany, r.Count.Max
			add(v)
		}
	}
	if r.Per.By == structure.PerArea && !slices.Contains(w.levels, r.Per.Name) {
		add(structure.Violation{Kind: structure.UnknownLevel, Want: 1, Args: []string{r.Per.Name}})
		return found
	}
	switch r.Kind {
	case structure.People, structure.Parties, structure.Posts, structure.Quotas:
		for _, s := range w.spots(r, at) {
			w.inUnit(r, s, at, add, count)
		}
	case structure.Filled:
		for _, p := range w.plan.Posts {
			var who []party.Code
			for _, a := range w.serving(at) {
				if a.Post == p.Code {
					who = append(who, a.Person)
				}
			}
			who = distinct(who)
			if quota := max(1, p.Quota); w.fits(p, r.Role, r.In) && len(who) > quota {
				add(structure.Violation{
					Kind: structure.OverQuota, Post: p.Code, Party: p.Party, Area: w.postArea(p), Place: p.Place,
					Want: quota, Got: len(who), People: who,
				})
			}
		}
	case structure.Facilities, structure.Rights:
		for _, p := range w.plan.Parties {
			if slices.Contains(r.Parties, p.Kind) && w.active(p.Code, at) {
				w.lacks(r, p, at, add)
			}
		}
	default:
		w.byPerson(r, at, add, count)
	}
	return found
}

type adder func(structure.Violation)
type counter func(v structure.Violation, n int, people []party.Code)

func (w *world) inUnit(r structure.Rule, s spot, at time.Time, add adder, count counter) {
	v := structure.Violation{Area: s.area, Party: s.party, Place: s.place, Args: []string{string(r.Kind), strings.Join(r.Role, ";")}}
	n := 0
	switch r.Kind {
	case structure.Parties:
		for _, p := range w.plan.Parties {
			in := r.Per.By == structure.PerStreet || r.Per.By == structure.PerArea && w.upTo(w.areaOf(p.Code), r.Per.Name) == s.area ||
				r.Per.By == structure.PerParty && w.firstOf(w.chain(p.Code)[1:], r.Per.Name) == s.party
			if in && slices.Contains(r.Parties, p.Kind) && w.active(p.Code, at) {
				n++
			}
		}
		v.Args[1] = strings.Join(r.Parties, ";")
		count(v, n, nil)
		return
	case structure.Posts, structure.Quotas:
		for _, p := range w.plan.Posts {
			if w.fits(p, r.Role, r.In) && w.active(p.Party, at) && w.within(p, s, r) {
				if r.Kind == structure.Quotas {
					n += max(1, p.Quota) - 1
				}
				n++
			}
		}
		count(v, n, nil)
		return
	}
	var who []party.Code
	for _, a := range w.serving(at) {
		p := w.post(a.Post)
		if !w.fits(p, r.Role, r.In) || !w.within(p, s, r) {
			continue
		}
		who = append(who, a.Person)
		fault := structure.Violation{Area: s.area, Party: s.party, Place: s.place, Post: p.Code, Person: a.Person, Want: 1}
		for _, kind := range r.Source {
			if !slices.Contains(w.kinds(a.Person), kind) {
				fault.Kind, fault.Args = structure.WrongSource, []string{p.Role, kind}
				add(fault)
			}
		}
		if len(r.As) > 0 && !slices.Contains(r.As, a.Kind) {
			fault.Kind, fault.Args = structure.WrongAppointment, []string{p.Role, string(a.Kind)}
			add(fault)
		}
		same := slices.ContainsFunc(w.serving(at), func(b party.Appointment) bool {
			q := w.post(b.Post)
			return b.Person == a.Person && w.fits(q, r.SameAs, r.SameIn) && w.within(q, s, r)
		})
		if len(r.SameAs) > 0 && !same {
			fault.Kind, fault.Args = structure.NotSame, []string{p.Role, strings.Join(r.SameAs, ";")}
			add(fault)
		}
	}
	if r.Count != nil {
		count(v, len(distinct(who)), distinct(who))
	}
}

func (w *world) lacks(r structure.Rule, p party.Party, at time.Time, add adder) {
	v := structure.Violation{Area: w.areaOf(p.Code), Party: p.Code}
	for _, kind := range r.Facilities {
		got, enough := 0, false
		for _, x := range w.plan.Facilities {
			if x.Party == p.Code && x.Kind == kind && x.During.Holds(at) && (!r.Dated || !x.During.From.IsZero()) {
				got = max(got, int(x.SquareMeters))
				enough = enough || x.SquareMeters >= float64(r.SquareMeters)
			}
		}
		if !enough {
			v.Kind, v.Want, v.Got, v.Args = structure.NoFacility, max(1, r.SquareMeters), got, []string{kind}
			add(v)
		}
	}
	for _, kind := range r.Rights {
		var scopes []party.Code // everything that covers the party
		for _, q := range w.chain(p.Code) {
			scopes = append(scopes, q.Code)
		}
		for _, level := range w.levels {
			scopes = append(scopes, w.upTo(w.areaOf(p.Code), level))
		}
		if !slices.ContainsFunc(w.plan.Rights, func(x party.Right) bool {
			return x.Holder == p.Code && x.Kind == kind && x.During.Holds(at) && slices.Contains(scopes, x.Scope)
		}) {
			v.Kind, v.Want, v.Got, v.Args = structure.NoRight, 1, 0, []string{string(kind)}
			add(v)
		}
	}
}

func (w *world) byPerson(r structure.Rule, at time.Time, add adder, count counter) {
	as := r.As
	if len(as) == 0 {
		as = []party.AppointmentKind{party.Resident, party.Mobile}
	}
	for _, person := range w.plan.People {
		v := structure.Violation{Person: person.Code}
		open, member, some := 0, len(r.Who) > 0, false
		for _, kind := range r.Who {
			member = member && slices.Contains(person.Kinds, kind)
		}
		var areas []party.Code
		for _, a := range w.serving(at) {
			p := w.post(a.Post)
			if a.Person != person.Code {
				continue
			}
			if w.fits(p, r.Role, r.In) && slices.Contains(as, a.Kind) {
				open++
			}
			some = some || w.fits(p, r.Role, r.In)
			if c := w.upTo(w.postArea(p), r.Per.Name); c != "" && (len(r.Through) == 0 || slices.Contains(r.Through, p.Role)) {
				areas = append(areas, c)
			}
			if r.Kind == structure.Allowed && slices.Contains(r.As, a.Kind) && w.fits(p, nil, r.In) && !slices.Contains(r.Role, p.Role) {
				add(structure.Violation{
					Kind: structure.NotAllowed, Post: p.Code, Person: a.Person, Want: 1, Args: []string{p.Role, string(a.Kind)},
				})
			}
		}
		switch r.Kind {
		case structure.Areas:
			v.Args = []string{string(r.Kind), r.Per.Name}
			if some {
				count(v, len(distinct(areas)), nil)
			}
		case structure.Postings:
			var l []string
			for _, k := range as {
				l = append(l, string(k))
			}
			v.Args = []string{string(r.Kind), strings.Join(l, ";")}
			if member || len(r.Who) == 0 && open > 0 {
				count(v, open, nil)
			}
		case structure.Registrations:
			want, any := r.Registration, 0
			if want == "" {
				want = party.ReportIn
			}
			open = 0
			for _, x := range w.plan.Registrations {
				if x.Person == person.Code && x.During.Holds(at) {
					any++
					if x.Kind == want {
						open++
					}
				}
			}
			v.Args = []string{string(r.Kind), string(want)}
			if member || len(r.Who) == 0 && any > 0 {
				count(v, open, nil)
			}
		}
	}
}
