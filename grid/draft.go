package grid

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/gridgov/gridgov/internal/code"
)

// finish checks what the edits made and answers the new Map, or nil when there
// was any fault.
func (d *draft) finish() *Map {
	for _, s := range d.sorted() {
		if s.gone || s.kept != nil && s.shaped { // its children may have lost their parent
			if r, ok := d.m.Lookup(s.Code); ok {
				for c := range d.m.Children(r) {
					d.touch(d.m.unit(c).info.Code)
				}
			}
		}
	}
	touched := d.sorted()
	d.checkSize(touched)
	for _, s := range touched {
		if !s.gone {
			d.check(s)
		}
	}
	d.checkRoots(touched)
	changes := d.survey(touched)
	if d.faults.err() != nil {
		return nil
	}
	return d.assemble(changes)
}

// sorted is the units touched, by code.
func (d *draft) sorted() []*sketch {
	out := make([]*sketch, 0, len(d.units))
	for _, s := range d.units {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b *sketch) int { return cmp.Compare(a.Code, b.Code) })
	return out
}

func (d *draft) faultOf(s *sketch, err error) {
	e := faultOf(s.Code, err)
	e.Edit = s.edit
	d.faults.add(e)
}

// checkSize refuses more units or points than a Map may have.
func (d *draft) checkSize(touched []*sketch) {
	units, vertices := d.m.Len(), d.m.vertices
	for _, s := range touched {
		if s.kept != nil {
			units--
			vertices -= s.kept.weight
		}
		if !s.gone {
			units++
			vertices += s.weight()
		}
	}
	if units > UnitsMax {
		d.fault("", ErrUnits)
	}
	if vertices > VerticesMax {
		d.fault("", ErrVertices)
	}
}

func (s *sketch) weight() int {
	if s.shaped {
		return weight(s.Boundary)
	}
	return s.kept.weight
}

// check reports what is wrong with a unit's code, level and parent, as arrange
// and adopt do.
func (d *draft) check(s *sketch) {
	if s.kept == nil {
		if err := code.Check(s.Code); err != nil {
			d.faultOf(s, fmt.Errorf("%w: %w", ErrCode, err))
		}
	}
	if s.Level < 0 || s.Level >= len(d.m.levels) {
		d.faultOf(s, fmt.Errorf("%w: %d of %d", ErrLevel, s.Level, len(d.m.levels)))
		return
	}
	level, found := d.levelOf(s.Parent)
	switch {
	case s.Level == 0 && !found:
	case !found:
		d.faultOf(s, fmt.Errorf("%w: %q", ErrParent, string(s.Parent)))
	case level >= s.Level:
		d.faultOf(s, fmt.Errorf("%w: %q", ErrParentLevel, string(s.Parent)))
	}
}

// levelOf is the level of a unit that is there at the end.
func (d *draft) levelOf(c Code) (int, bool) {
	if c == "" {
		return 0, false
	}
	if s, ok := d.units[c]; ok {
		return s.Level, !s.gone
	}
	slot, ok := d.m.codes.slot(c)
	if !ok {
		return 0, false
	}
	return d.m.units.at(slot).info.Level, true
}

// checkRoots reports the outermost units that name as their parent a unit which
// was outside the Map and is in it now.
func (d *draft) checkRoots(touched []*sketch) {
	came := map[Code]bool{}
	d.named = map[Code]bool{}
	for _, s := range touched {
		if s.kept == nil && !s.gone && d.m.outside[s.Code] > 0 {
			came[s.Code] = true
		}
	}
	if len(came) == 0 {
		return
	}
	for r := range d.m.Children(0) {
		if u := d.m.unit(r); came[u.info.Parent] && d.units[u.info.Code] == nil {
			d.named[u.info.Parent] = true
			d.fault(u.info.Code, fmt.Errorf("%w: %q", ErrParentLevel, string(u.info.Parent)))
		}
	}
}

// isLeaf reports whether a unit has no children at the end.
func (d *draft) isLeaf(c Code, taken map[Code]bool) bool {
	if taken[c] {
		return false
	}
	if r, ok := d.m.Lookup(c); ok {
		for child := range d.m.Children(r) {
			if d.units[d.m.unit(child).info.Code] == nil {
				return false
			}
		}
	}
	return true
}

// survey answers what the Map will keep of each unit touched, and of each whose
// children changed so that it is a leaf now or is none any more. nil is gone.
func (d *draft) survey(touched []*sketch) map[*sketch]*unit {
	for _, s := range touched {
		d.touch(s.Parent)
		if s.kept != nil {
			d.touch(s.kept.info.Parent)
		}
	}
	taken := maps.Clone(d.named) // units in which others lie, or say that they do
	for _, s := range d.units {
		if !s.gone {
			taken[s.Parent] = true
		}
	}
	out := map[*sketch]*unit{}
	for _, s := range d.sorted() {
		if s.gone {
			out[s] = nil
			continue
		}
		u := &unit{}
		switch {
		case s.shaped:
			v := newSurvey()
			v.unit(&s.Unit)
			for _, e := range v.faults {
				e.Edit = s.edit
				d.faults.add(e)
			}
			u = v.kept()[0]
		default:
			*u = *s.kept
		}
		u.info = Info{Code: s.Code, Parent: s.Parent, Name: s.Name, Level: s.Level}
		u.counts, u.attrs = s.Counts, s.Attrs
		leaf := d.isLeaf(s.Code, taken)
		switch {
		case !leaf:
			u.region = nil
		case u.hollow:
			d.faultOf(s, ErrNoBoundary)
		case s.shaped || u.region == nil:
			u.region = newRegion(u.outline, u.folded)
		}
		if d.m.strict {
			for _, e := range u.odd {
				e.Edit = s.edit
				d.faults.add(e)
			}
			if u.hollow && !leaf {
				d.faultOf(s, ErrHollow)
			}
		}
		out[s] = u
	}
	return out
}
