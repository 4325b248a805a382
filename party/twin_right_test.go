package party_test

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/gridgov/gridgov/party"
)

// The second half of the twin: who may, who commands, groups, premises and data.

func (w twin) May(person, post party.Code, kind party.RightKind, scope party.Code, at time.Time) party.Verdict {
	verdict := func(ok bool, why string, args ...party.Code) party.Verdict {
		v := party.Verdict{OK: ok, Why: why}
		for _, a := range args {
			v.Args = append(v.Args, string(a))
		}
		return v
	}
	if person == "" && post == "" {
		return verdict(true, party.WhyHost)
	}
	if !slices.ContainsFunc(w.Rights, func(r party.Right) bool { return r.Kind == kind }) {
		return verdict(true, party.WhyFree, party.Code(kind))
	}
	var posts []party.Code
	switch {
	case post == "":
		for _, a := range w.now(at) {
			if a.Person == person {
				posts = append(posts, a.Post)
			}
		}
	case person != "" && !w.Acts(person, post, at):
		return verdict(false, party.WhyNotOnPost, person, post)
	default:
		posts = []party.Code{post}
	}
	for _, c := range posts {
		q, ok := w.Post(c)
		held := filter(w.Rights, func(r party.Right) bool {
			return ok && r.Kind == kind && holds(r.During, at) && (r.Holder == q.Code || r.Holder == q.Party) && w.reaches(r.Scope, scope)
		}, func(a, b party.Right) int {
			return cmp.Or(cmp.Compare(a.Holder, b.Holder), cmp.Compare(a.Scope, b.Scope))
		})
		if len(held) > 0 {
			return verdict(true, party.WhyGranted, held[0].Holder, party.Code(kind), held[0].Scope)
		}
	}
	return verdict(false, party.WhyNoRight, cmp.Or(person, post), party.Code(kind), scope)
}

// reaches is what Right says of a scope.
func (w twin) reaches(scope, target party.Code) bool {
	if scope == target || w.lies(target, scope) {
		return true
	}
	ofScope := func(c party.Code) bool { // c is a party that is the scope, serves an area of it, or is below one that does
		for p := range w.Chain(c) {
			if p.Code == scope || w.lies(p.Area, scope) {
				return true
			}
		}
		return false
	}
	if q, ok := w.Post(target); ok {
		return w.lies(q.Area, scope) || ofScope(q.Party)
	}
	return ofScope(target)
}

func (w twin) Allows(person, post party.Code, right string, scope party.Code, at time.Time) bool {
	return w.May(person, post, party.RightKind(right), scope, at).OK
}

func (w twin) Grants(person, post party.Code, kind party.RightKind, scope party.Code, at time.Time) bool {
	v := w.May(person, post, kind, scope, at)
	return v.OK && v.Why != party.WhyHost && v.Why != party.WhyFree
}

func (w twin) Groups(at time.Time) iter.Seq[party.Group] {
	var out []party.Group
	for _, g := range w.Plan.Groups {
		if g, _ = w.Group(g.Code); holds(g.During, at) {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b party.Group) int { return cmp.Compare(a.Code, b.Code) })
	return slices.Values(out)
}

func (w twin) InGroup(person, group party.Code, at time.Time) bool {
	g, ok := w.Group(group)
	return ok && holds(g.During, at) && slices.Contains(g.Members, person)
}

func (w twin) Facilities(of party.Code, at time.Time) iter.Seq[party.Facility] {
	return slices.Values(filter(w.Plan.Facilities, func(x party.Facility) bool { return x.Party == of && holds(x.During, at) },
		func(a, b party.Facility) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Code, b.Code)) }))
}

func (w twin) Master(field party.Code, at time.Time) (party.Code, bool) {
	x, ok := find(w.Fields, func(x party.Field) bool { return x.Code == field && holds(x.During, at) })
	return x.Owner, ok
}

func (w twin) MayCollect(field, by party.Code, at time.Time) party.Verdict {
	owner, ok := w.Master(field, at)
	switch {
	case !ok:
		return party.Verdict{OK: true, Why: party.WhyUnowned, Args: []string{string(field)}}
	case w.below(by, owner):
		return party.Verdict{OK: true, Why: party.WhyMaster, Args: []string{string(owner), string(field)}}
	}
	return party.Verdict{Why: party.WhyCollected, Args: []string{string(owner), string(field)}}
}

func (w twin) Superiors(person party.Code, at time.Time) iter.Seq[party.Superior] {
	var out []party.Superior
	for _, a := range w.now(at) {
		if a.Person != person {
			continue
		}
		q, _ := w.Post(a.Post)
		chain := slices.Collect(w.Chain(q.Party))
		if p, ok := find(chain, func(p party.Party) bool { return p.Area != "" }); ok {
			out = append(out, party.Superior{Party: p.Code, By: party.ByArea, Post: q.Code})
		}
		if p, ok := find(chain, func(p party.Party) bool { return p.Line != "" }); ok {
			out = append(out, party.Superior{Party: p.Code, By: party.ByLine, Post: q.Code})
		}
	}
	h, _ := w.Person(person)
	if _, ok := find(out, func(s party.Superior) bool { return s.Party == h.Home }); !ok && h.Home != "" {
		out = append(out, party.Superior{Party: h.Home, By: party.ByHome})
	}
	return slices.Values(out)
}

func (w twin) Skilled(in party.Code, at time.Time, skills ...string) iter.Seq[party.Person] {
	return slices.Values(filter(slices.Collect(w.People()), func(p party.Person) bool {
		for _, s := range skills {
			if !slices.Contains(p.Skills, s) {
				return false
			}
		}
		return in == "" || w.Serves(p.Code, in, at)
	}, func(a, b party.Person) int { return 0 }))
}
