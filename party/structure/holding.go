package structure

import (
	"cmp"
	"slices"

	"github.com/gridgov/gridgov/party"
)

// fault is a violation by a person on a post; its arguments are the post's role and
// what is wrong.
func (s *survey) fault(h *holding, u *unit, r *Rule, kind ViolationKind, what string) Violation {
	v := u.blank(r, kind, []string{h.post.role, what})
	v.Post, v.Person, v.Want = h.post.code, s.people[h.person], 1
	return v
}

// flat is all holdings of the posts, by person and beginning.
func flat(posts []*post) []holding {
	if len(posts) == 1 {
		return posts[0].holding
	}
	var all []holding
	for _, p := range posts {
		all = append(all, p.holding...)
	}
	slices.SortFunc(all, compareHoldings)
	return all
}

// present is the first PeopleMax different people by code who serve at the instant.
func (s *survey) present(list []holding, at int64) []party.Code {
	var who []party.Code
	for _, h := range list {
		if h.holds(at) {
			who = append(who, s.people[h.person])
		}
	}
	slices.Sort(who)
	who = slices.Compact(who)
	return who[:min(len(who), PeopleMax)]
}

func samePerson(a, b *holding) bool { return a.person == b.person }

func samePost(a, b *holding) bool { return a.person == b.person && a.post == b.post }

// runs cuts holdings that are sorted by person into those that are alike; within
// one person they are sorted by post first. The runs are copies.
func runs(list []holding, alike func(a, b *holding) bool) [][]holding {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b holding) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.post.code, b.post.code), cmp.Compare(a.from, b.from))
	})
	var cut [][]holding
	for i, k := 0, 0; i < len(list); i = k {
		for k = i + 1; k < len(list) && alike(&list[i], &list[k]); k++ {
		}
		cut = append(cut, list[i:k])
	}
	return cut
}

// lasting is the time for which any of the holdings lasts.
func lasting(list []holding) when {
	parts := make([]stretch, len(list))
	for i, h := range list {
		parts[i] = h.stretch
	}
	return join(parts)
}

// lastingAs is the same of those of one kind of appointment.
func lastingAs(list []holding, kind party.AppointmentKind) when {
	var parts []stretch
	for _, h := range list {
		if h.kind == kind {
			parts = append(parts, h.stretch)
		}
	}
	return join(parts)
}

// kindsOf is the kinds of appointment among the holdings, sorted.
func kindsOf(list []holding) []party.AppointmentKind {
	kinds := make([]party.AppointmentKind, 0, 1)
	for _, h := range list {
		if !slices.Contains(kinds, h.kind) {
			kinds = append(kinds, h.kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}
