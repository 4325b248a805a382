package structure

import (
	"slices"
	"strings"
)

// names is a list of names as one argument.
func names[T ~string](l []T) string {
	var b strings.Builder
	for i, n := range l {
		if i > 0 {
			b.WriteString(";")
		}
		b.WriteString(string(n))
	}
	return b.String()
}

// checkPeople checks who serves in each unit: how many, from where, how appointed,
// and whether as another too (一肩挑).
func (a *auditor) checkPeople(r *Rule) {
	f := a.frame(r.Per)
	groups := f.split(a.pick(r.Role, r.In))
	var others [][]*post
	if len(r.SameAs) > 0 {
		others = f.split(a.pick(r.SameAs, r.SameIn))
	}
	counted := []string{string(People), names(r.Role)}
	for i := range f.units {
		u, posts := &f.units[i], groups[i]
		serving := flat(posts)
		if r.Count != nil {
			a.reportCount(u.blank(r, "", counted), r.Count, u.domain(posts), a.heads(serving), serving)
		}
		if len(r.Source)+len(r.As) > 0 {
			a.checkSource(r, u, serving)
		}
		if len(r.SameAs) > 0 {
			a.checkSame(r, u, serving, flat(others[i]))
		}
	}
}

// checkSource reports who lacks a kind that the rule asks for, or is appointed
// otherwise, on each post for as long as he is on it.
func (a *auditor) checkSource(r *Rule, u *unit, serving []holding) {
	for _, l := range runs(serving, samePost) {
		h := &l[0]
		for _, kind := range a.lacks(h.person, r.Source) {
			a.report(a.fault(h, u, r, WrongSource, kind), lasting(l), nil)
		}
		for _, as := range kindsOf(l) {
			if len(r.As) > 0 && !slices.Contains(r.As, as) {
				a.report(a.fault(h, u, r, WrongAppointment, string(as)), lastingAs(l, as), nil)
			}
		}
	}
}

// lacks is the kinds of the list that the person is not of.
func (a *auditor) lacks(person int32, kinds []string) []string {
	if len(kinds) == 0 {
		return nil
	}
	p, _ := a.d.Person(a.people[person])
	var lacks []string
	for _, kind := range kinds {
		if !slices.Contains(p.Kinds, kind) {
			lacks = append(lacks, kind)
		}
	}
	return lacks
}

// checkSame reports, on each post, for how long its holder held none of the other
// posts in the unit.
func (a *auditor) checkSame(r *Rule, u *unit, serving, others []holding) {
	other := map[int32]when{}
	for _, l := range runs(others, samePerson) {
		other[l[0].person] = lasting(l)
	}
	for _, l := range runs(serving, samePost) {
		if lacks := lasting(l).minus(other[l[0].person]); len(lacks) > 0 {
			a.report(a.fault(&l[0], u, r, NotSame, names(r.SameAs)), lacks, nil)
		}
	}
}
