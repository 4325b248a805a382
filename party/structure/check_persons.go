package structure

import (
	"cmp"
	"slices"

	"github.com/gridgov/gridgov/party"
)

// checkAreas counts, of each holder of the role, the units that he looks after.
func (a *auditor) checkAreas(r *Rule) {
	f := a.frame(r.Per)
	counted := []string{string(Areas), r.Per.Name}
	for person, held := range a.byPerson(a.pick(r.Role, r.In)) {
		if len(held) > 0 {
			v := Violation{Rule: r.ID, Person: a.people[person], Args: counted}
			a.reportCount(v, r.Count, lasting(held), a.tally(a.looksAfter(f, r, person)), nil)
		}
	}
}

// looksAfter is one part for each time for which the person looks after a unit.
func (a *auditor) looksAfter(f *frame, r *Rule, person int) []part {
	units := map[int][]stretch{}
	for _, h := range a.holdings()[person] {
		if len(r.Through) > 0 && !slices.Contains(r.Through, h.post.role) {
			continue
		}
		if n, ok := f.of(h.post); ok {
			units[n] = append(units[n], h.stretch)
		}
	}
	var parts []part
	for _, l := range units {
		for _, s := range join(l) {
			parts = append(parts, part{s, 1})
		}
	}
	return parts
}

// checkPostings counts the open postings of each person.
func (a *auditor) checkPostings(r *Rule) {
	kinds := r.As
	if len(kinds) == 0 {
		kinds = []party.AppointmentKind{party.Resident, party.Mobile}
	}
	open := map[party.Code][]part{}
	for person, held := range a.byPerson(a.pick(r.Role, r.In)) {
		if len(r.Who) == 0 && r.Count.Min == 0 && len(held) <= r.Count.Max {
			continue // never too many
		}
		for _, h := range held {
			if slices.Contains(kinds, h.kind) {
				open[a.people[person]] = append(open[a.people[person]], part{h.stretch, 1})
			}
		}
	}
	a.countPerPerson(r, open, spans(open), []string{string(Postings), names(kinds)})
}

// checkRegistrations counts the open registrations of each person.
func (a *auditor) checkRegistrations(r *Rule) {
	kind := cmp.Or(r.Registration, party.ReportIn)
	open, some := map[party.Code][]part{}, map[party.Code][]part{}
	for x := range a.d.AllRegistrations() {
		p := part{stretchOf(x.During), 1}
		some[x.Person] = append(some[x.Person], p)
		if x.Kind == kind {
			open[x.Person] = append(open[x.Person], p)
		}
	}
	a.countPerPerson(r, open, spans(some), []string{string(Registrations), string(kind)})
}

// spans is, of each person, the time for which any part lasts.
func spans(open map[party.Code][]part) map[party.Code]when {
	domain := make(map[party.Code]when, len(open))
	for person, parts := range open {
		l := make([]stretch, len(parts))
		for i, p := range parts {
			l[i] = p.stretch
		}
		domain[person] = join(l)
	}
	return domain
}

// countPerPerson compares the parts of each person with the rule: of everybody of
// the kinds Who at all times, or without Who of each person in his domain.
func (a *auditor) countPerPerson(r *Rule, open map[party.Code][]part, domain map[party.Code]when, args []string) {
	check := func(person party.Code, domain when) {
		v := Violation{Rule: r.ID, Person: person, Args: args}
		a.reportCount(v, r.Count, domain, a.tally(open[person]), nil)
	}
	if len(r.Who) == 0 {
		for person, w := range domain {
			check(person, w)
		}
		return
	}
	for p := range a.d.People() {
		lacks := slices.ContainsFunc(r.Who, func(kind string) bool { return !slices.Contains(p.Kinds, kind) })
		if !lacks {
			check(p.Code, always)
		}
	}
}

// checkAllowed reports who serves, so appointed, in a role that is not listed.
func (a *auditor) checkAllowed(r *Rule) {
	whole := &unit{}
	for _, p := range a.pick(nil, r.In) {
		if slices.Contains(r.Role, p.role) {
			continue
		}
		for _, l := range runs(p.holding, samePerson) {
			for _, as := range kindsOf(l) {
				if slices.Contains(r.As, as) {
					a.report(a.fault(&l[0], whole, r, NotAllowed, string(as)), lastingAs(l, as), nil)
				}
			}
		}
	}
}
