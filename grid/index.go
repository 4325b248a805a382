package grid

import (
	"github.com/gridgov/gridgov/internal/cellindex"
	"github.com/gridgov/gridgov/internal/spatial"
)

// index finds leaves by place: the cells say who owns a place, the tree which
// leaves are near one, and who owns it too, only slower. Both know leaves by
// slot. It is immutable.
type index struct {
	cells *cellindex.Index
	tree  *spatial.Tree
}

// newIndex indexes the leaves of m.
func newIndex(m *Map, parallel func(n int, do func(i int))) index {
	var items []spatial.Item
	slots := m.leafSlots()
	for _, slot := range slots {
		if g := m.units.at(slot).region; g != nil {
			items = append(items, spatial.Item{Box: g.box(), ID: slot})
		}
	}
	tree, err := spatial.Build(items)
	if err != nil { // impossible: the corners are finite and in order
		tree = nil
	}
	return index{cells: cellindex.Build(source{m}, slots, parallel), tree: tree}
}

// leafSlots is the slots of the leaves, in hierarchy order.
func (m *Map) leafSlots() []uint32 {
	slots := make([]uint32, len(m.ranks.leaves))
	for i, r := range m.ranks.leaves {
		slots[i] = m.ranks.slot(r)
	}
	return slots
}

// source is a Map's leaves as the cell index reads them.
type source struct{ m *Map }

func (s source) Box(slot uint32) (cellindex.Box, bool) {
	g := s.m.units.at(slot).region
	if g == nil {
		return cellindex.Box{}, false
	}
	return g.cellBox(), true
}

func (s source) Size(slot uint32) (edges int, length int64) {
	g := s.m.units.at(slot).region
	return g.edges, g.length
}

func (s source) Edges(slot uint32, yield func(x1, y1, x2, y2 int32)) {
	g := s.m.units.at(slot).region
	for r := g.from; r < g.to; r++ {
		pts := g.paths.points[g.paths.rings[r]:g.paths.rings[r+1]]
		a := pts[0]
		for _, b := range pts[1:] {
			yield(a.x, a.y, b.x, b.y)
			a = b
		}
	}
}

func (s source) Before(a, b uint32) bool {
	return s.m.units.at(a).info.Code < s.m.units.at(b).info.Code
}

func (g *region) cellBox() cellindex.Box {
	return cellindex.Box{MinX: g.min.x, MinY: g.min.y, MaxX: g.max.x, MaxY: g.max.y}
}

// nowhere is a place that no leaf holds: there is nothing so far south.
var nowhere = point{0, -1 << 31}

// refOf is the leaf that the cells found at p, 0 for none.
func (m *Map) refOf(found uint32, p point) Ref {
	if found == cellindex.Ask {
		return m.ownerByTree(p)
	}
	if m.ranks.refs == nil { // slots are Refs less one, and None is 0
		return Ref(found)
	}
	return m.ranks.refs[found]
}

// ownerByTree is the leaf that owns p, found with an exact test of each leaf
// whose box holds p.
func (m *Map) ownerByTree(p point) Ref {
	best := Ref(0)
	var code Code
	m.index.tree.Visit(boxOf(p, p), func(slot uint32) bool {
		u := m.units.at(slot)
		if (best == 0 || u.info.Code < code) && u.region.holds(p) {
			best, code = m.ranks.ref(slot), u.info.Code
		}
		return true
	})
	return best
}
