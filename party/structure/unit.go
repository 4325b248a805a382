package structure

import (
	"slices"

	"github.com/gridgov/gridgov/party"
)

// frame is the units of one Per.
type frame struct {
	units []unit
	of    func(p *post) (int, bool) // the unit that a post belongs to
	ofOrg func(o *org) (int, bool)  // the unit that a party belongs to
	bad   bool                      // the map has no such level
}

// unit is what a rule is checked for, and when.
type unit struct {
	area, party party.Code
	place       party.Place
	active      when
}

func (s *survey) frame(per Per) *frame {
	if f, ok := s.frames[per]; ok {
		return f
	}
	var f *frame
	switch per.By {
	case PerArea:
		f = s.areas(per.Name)
	case PerParty:
		f = s.parties(per.Name)
	case PerBuilding:
		f = s.buildings(per.Name)
	default:
		f = &frame{
			units: []unit{{active: always}},
			of:    func(*post) (int, bool) { return 0, true },
			ofOrg: func(*org) (int, bool) { return 0, true },
		}
	}
	s.frames[per] = f
	return f
}

// areas are the units of a level. What looks after an area belongs to the unit of
// that level in which it lies.
func (s *survey) areas(name string) *frame {
	level := slices.Index(s.m.Levels(), name)
	if level < 0 {
		return &frame{bad: true}
	}
	f := &frame{}
	number := make([]int, s.m.Len()+1) // of a unit among f.units, from 1
	for r := range s.m.All() {
		if info := s.m.Info(r); info.Level == level {
			f.units = append(f.units, unit{area: info.Code, active: always})
			number[r] = len(f.units)
		}
	}
	find := func(area party.Code) (int, bool) {
		r, ok := s.m.Lookup(area)
		if !ok {
			return 0, false
		}
		n := number[s.m.Ancestor(r, level)]
		return n - 1, n > 0
	}
	f.of = func(p *post) (int, bool) { return find(p.area) }
	f.ofOrg = func(o *org) (int, bool) { return find(o.area) }
	return f
}

// parties are those of a kind. What is below a party belongs to it.
func (s *survey) parties(kind string) *frame {
	f := &frame{}
	number := map[*org]int{}
	for i, o := range s.byKind[kind] {
		f.units = append(f.units, unit{party: o.code, active: join([]stretch{o.active})})
		number[o] = i
	}
	find := func(o *org) (int, bool) {
		for ; o != nil; o = o.above {
			if o.kind == kind {
				return number[o], true
			}
		}
		return 0, false
	}
	f.of = func(p *post) (int, bool) { return find(p.org) }
	f.ofOrg = func(o *org) (int, bool) { return find(o.above) }
	return f
}

// buildings are those that some post is for.
func (s *survey) buildings(layer string) *frame {
	f := &frame{}
	number := map[party.Place]int{}
	for _, p := range s.posts {
		if _, ok := number[p.place]; !ok && !p.place.IsZero() && (layer == "" || layer == p.place.Layer) {
			number[p.place] = len(f.units)
			f.units = append(f.units, unit{place: p.place, active: always})
		}
	}
	f.of = func(p *post) (int, bool) {
		n, ok := number[p.place]
		return n, ok
	}
	return f
}

// split is the posts of each unit.
func (f *frame) split(posts []*post) [][]*post {
	groups := make([][]*post, len(f.units))
	for _, p := range posts {
		if n, ok := f.of(p); ok {
			groups[n] = append(groups[n], p)
		}
	}
	return groups
}

// domain is when the unit is checked: a building while there is a post for it.
func (u *unit) domain(posts []*post) when {
	if u.place.IsZero() {
		return u.active
	}
	parts := make([]stretch, len(posts))
	for i, p := range posts {
		parts[i] = p.org.active
	}
	return join(parts)
}

// blank is a violation with its place filled in.
func (u *unit) blank(r *Rule, kind ViolationKind, args []string) Violation {
	return Violation{Rule: r.ID, Kind: kind, Area: u.area, Party: u.party, Place: u.place, Args: args}
}
