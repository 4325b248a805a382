package grid

import (
	"slices"

	"github.com/gridgov/gridgov/internal/cellindex"
	"github.com/gridgov/gridgov/internal/spatial"
)

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
