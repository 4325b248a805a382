package grid

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gridgov/gridgov/internal/cellindex"
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/spatial"
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
	taken := map[Code]bool{} // units in which touched ones lie
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

// assemble puts the new Map together. There is no fault.
func (d *draft) assemble(changes map[*sketch]*unit) *Map {
	old := d.m
	m := &Map{
		levels: old.levels, strict: old.strict, free: old.free, parallel: old.parallel,
		vertices: old.vertices, outside: old.outside,
	}
	slots, codes := map[uint32]*unit{}, map[Code]uint32{}
	moved := false
	all := d.sorted() // touched, and the parents of those
	m.free = slices.Clone(old.free)
	for _, s := range all { // slots of units that go are free for those that come
		if s.gone && s.kept != nil {
			slots[s.slot], codes[s.Code] = nil, gone
			m.free = append(m.free, s.slot)
		}
	}
	next := uint32(old.slots())
	for _, s := range all {
		u := changes[s]
		if s.kept != nil {
			m.vertices -= s.kept.weight
		}
		moved = moved || s.gone != (s.kept == nil) || s.kept != nil && s.kept.info.Parent != s.Parent
		if s.gone {
			continue
		}
		m.vertices += u.weight
		if s.kept == nil {
			if n := len(m.free); n > 0 {
				s.slot, m.free = m.free[n-1], m.free[:n-1]
			} else {
				s.slot, next = next, next+1
			}
			codes[s.Code] = s.slot
		}
		slots[s.slot] = u
	}
	m.units, m.codes = old.units.with(slots), old.codes.with(codes)
	m.ranks = old.ranks
	if moved {
		m.ranks = d.rank(all, int(next))
		m.outside = m.countOutside(old, all)
	}
	m.reindex(old, slots)
	m.finish()
	return m
}

// slots is the number of slots in use or free.
func (m *Map) slots() int { return m.Len() + len(m.free) }

// countOutside is the outermost units by the parent they name outside the Map.
func (m *Map) countOutside(old *Map, touched []*sketch) map[Code]int {
	out := make(map[Code]int, len(old.outside))
	for c, n := range old.outside {
		out[c] = n
	}
	for _, s := range touched {
		if s.kept != nil && s.kept.info.Level == 0 && s.kept.info.Parent != "" {
			out[s.kept.info.Parent]--
		}
		if !s.gone && s.Level == 0 && s.Parent != "" {
			out[s.Parent]++
		}
	}
	return out
}

// reindex sets the index of m, given that of an old version and the slots that changed.
func (m *Map) reindex(old *Map, slots map[uint32]*unit) {
	var out, in []spatial.Item
	var boxes []cellindex.Box
	order := make([]uint32, 0, len(slots))
	for slot := range slots {
		order = append(order, slot)
	}
	slices.Sort(order)
	for _, slot := range order {
		var before, after *region
		var codeBefore, codeAfter Code
		if int(slot) < old.units.size() && old.units.at(slot) != nil {
			before, codeBefore = old.units.at(slot).region, old.units.at(slot).info.Code
		}
		if u := slots[slot]; u != nil {
			after, codeAfter = u.region, u.info.Code
		}
		if before == after && codeBefore == codeAfter {
			continue
		}
		if before != nil {
			out = append(out, spatial.Item{Box: before.box(), ID: slot})
			boxes = append(boxes, before.cellBox())
		}
		if after != nil {
			in = append(in, spatial.Item{Box: after.box(), ID: slot})
			boxes = append(boxes, after.cellBox())
		}
	}
	m.index = old.index
	if len(boxes) == 0 {
		return
	}
	tree, err := old.index.tree.With(out, in)
	if err != nil { // impossible, as in newIndex
		tree = nil
	}
	m.index.tree = tree
	near := func(b cellindex.Box) []uint32 {
		return tree.Search(boxOf(point{b.MinX, b.MinY}, point{b.MaxX, b.MaxY}), nil)
	}
	cells, ok := old.index.cells.Replace(source{m}, boxes, near)
	if !ok {
		cells = cellindex.Build(source{m}, m.leafSlots(), m.parallel)
	}
	m.index.cells = cells
}
