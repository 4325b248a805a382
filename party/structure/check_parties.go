package structure

import (
	"github.com/gridgov/gridgov/party"
)

// checkFacilities reports, of each party, which kind of facility it lacks.
func (a *auditor) checkFacilities(r *Rule) {
	type key struct {
		party party.Code
		kind  string
	}
	has := map[key][]party.Facility{}
	for x := range a.d.AllFacilities() {
		if !r.Dated || !x.During.From.IsZero() {
			has[key{x.Party, x.Kind}] = append(has[key{x.Party, x.Kind}], x)
		}
	}
	a.eachParty(r, func(o *org, v Violation) {
		for _, kind := range r.Facilities {
			list := has[key{o.code, kind}]
			var enough []stretch
			for _, x := range list {
				if x.SquareMeters >= float64(r.SquareMeters) {
					enough = append(enough, stretchOf(x.During))
				}
			}
			v.Kind, v.Want, v.Args = NoFacility, max(1, r.SquareMeters), []string{kind}
			a.report(v, join([]stretch{o.active}).minus(join(enough)), func(v *Violation, at int64) {
				v.Got = largest(list, at)
			})
		}
	})
}

// largest is the whole square metres of the largest facility at the instant.
func largest(list []party.Facility, at int64) int {
	most := 0.0
	for _, x := range list {
		if stretchOf(x.During).holds(at) {
			most = max(most, x.SquareMeters)
		}
	}
	return int(most) // a Directory has none larger than a billion
}

// checkRights reports, of each party, which right it does not hold over its own
// area.
func (a *auditor) checkRights(r *Rule) {
	for _, kind := range r.Rights {
		held := map[party.Code][]party.Right{}
		for x := range a.d.AllRights(kind) {
			held[x.Holder] = append(held[x.Holder], x)
		}
		a.eachParty(r, func(o *org, v Violation) {
			var over []stretch
			for _, x := range held[o.code] {
				if a.reaches(x.Scope, o) {
					over = append(over, stretchOf(x.During))
				}
			}
			v.Kind, v.Want, v.Args = NoRight, 1, []string{string(kind)}
			a.report(v, join([]stretch{o.active}).minus(join(over)), nil)
		})
	}
}

// reaches reports whether a right over scope is one over the party: over itself, a
// party above it or an area in which its own lies.
func (a *auditor) reaches(scope party.Code, o *org) bool {
	if o.area != "" && scope == o.area {
		return true
	}
	outer, ok := a.m.Lookup(scope)
	if inner, found := a.m.Lookup(o.area); ok && found && a.m.Contains(outer, inner) {
		return true
	}
	for ; o != nil; o = o.above {
		if o.code == scope {
			return true
		}
	}
	return false
}

// eachParty calls do for the parties of the rule's kinds.
func (a *auditor) eachParty(r *Rule, do func(o *org, v Violation)) {
	for _, kind := range r.Parties {
		for _, o := range a.byKind[kind] {
			do(o, Violation{Rule: r.ID, Area: o.area, Party: o.code})
		}
	}
}
