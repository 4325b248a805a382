package roster

import (
	"cmp"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

// Candidate is somebody who might stand in.
type Candidate struct {
	Person Code
	// Minutes of duty in the calendar month of the shifts, without them.
	Minutes int64
	// Against says what Check would find, in the order of its codes: DoubleBooked,
	// ShortRest, LeaveOverlap, OverHours. Empty: nothing speaks against it.
	Against []FindingCode
}

// Suggest lists who might stand in for the person in their shifts of the post that
// begin on the date, as an exception of the kind Replace would have it: the other
// members of the post's rotations and their teams on that date. First come those
// against whom least speaks, then those with the least duty in the month, then by
// code. Only Rest and Month of the rules are asked. It is greedy: it looks at one
// replacement alone. Empty when the person has no such
// shift and would have none without leave or removal.
// O(c p d) for c candidates on p posts each and the d dates of a month.
func (r *Roster) Suggest(post, person Code, date Date, rules Rules) []Candidate {
	p := r.posts[post]
	if p == nil || !date.Valid() {
		return nil
	}
	n := date.Number()
	wanted := r.wanted(p, person, n)
	if len(wanted) == 0 {
		return nil
	}
	var list []Candidate
	for c := range p.membership(n, n+1) {
		if c != person {
			list = append(list, r.candidate(c, wanted, rules))
		}
	}
	slices.SortFunc(list, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(len(a.Against), len(b.Against)), cmp.Compare(a.Minutes, b.Minutes), cmp.Compare(a.Person, b.Person))
	})
	return list
}

// wanted lists the shifts of the date n that are the person's, served or not.
func (r *Roster) wanted(p *post, person Code, n int64) []duty {
	var list []duty
	for i, rota := range p.rotas {
		on, off, _ := p.sheet(i, n, nil, nil)
		if slices.ContainsFunc(on, func(s Serving) bool { return s.Person == person }) ||
			slices.ContainsFunc(off, func(a Absence) bool { return a.Person == person }) {
			list = r.windows(list, p.code, rota, n)
		}
	}
	slices.SortStableFunc(list, byStart)
	return list
}

// duties lists the person's shifts of the dates [from, until), by start.
func (r *Roster) duties(person Code, from, until int64) []duty {
	var list []duty
	for n := max(from, civil.DayMin); n < min(until, civil.DayMax); n++ {
		list = append(list, r.spans(r.people[person], person, n)...)
	}
	slices.SortStableFunc(list, byStart)
	return list
}

// candidate weighs one person who would take the wanted shifts, which begin on one
// date, besides their own.
func (r *Roster) candidate(person Code, wanted []duty, rules Rules) Candidate {
	first, last := wanted[0].from, wanted[0].until
	for _, w := range wanted {
		last = max(last, w.until)
	}
	margin := int64(max(rules.Rest, rules.Longest) / time.Millisecond)
	month := checker{roster: r, rules: rules, from: first, until: last}
	from, until := month.monthStart(first, 0), month.monthStart(last-1, 1)
	begin := civil.Floor(r.clock.Wall(min(from, first-margin)), civil.Day) - 1
	end := civil.Floor(r.clock.Wall(max(until, last+margin)), civil.Day) + 1
	own := r.duties(person, begin, end)
	all := append(slices.Clone(own), wanted...)
	slices.SortStableFunc(all, byStart)

	with := checker{roster: r, rules: rules, from: first - 1, until: last + 1} // so that rests at both ends count
	with.doubles(person, all)
	with.rests(person, all, merge(all))
	with.longest(person, merge(all))
	with.leaves(person, wanted)
	month.months(person, merge(all))
	with.found = append(with.found, month.found...)
	c := Candidate{Person: person}
	for _, d := range merge(own) {
		c.Minutes += max(0, min(d.until, month.monthStart(first, 1))-max(d.from, from)) / civil.Minute
	}
	for _, code := range []FindingCode{DoubleBooked, ShortRest, LongDuty, LeaveOverlap, OverHours} {
		if slices.ContainsFunc(with.found, func(f Finding) bool { return f.Code == code }) {
			c.Against = append(c.Against, code)
		}
	}
	return c
}
