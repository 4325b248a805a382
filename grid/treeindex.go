package grid

import (
	"github.com/gridgov/gridgov/internal/spatial"
)

// treeIndex finds the owner of a place with an R-tree of the leaves' boxes and
// an exact test of each candidate. It is immutable.
type treeIndex struct {
	tree   *spatial.Tree
	leaves []leafEntry
	paths  shapes // points and rings only; rings of a Map, then open paths of two points
}

// leafEntry is one leaf: ref's region is bounded by the paths from, …, to-1, no
// two of which overlap.
type leafEntry struct {
	ref      Ref
	rank     uint32 // order of its code
	from, to uint32
	min, max point
	bands    bands
}

// newTreeIndex indexes the leaves of m. folded names those whose edges cancel in
// places; they get paths without the cancelled stretches.
func newTreeIndex(m *Map, folded []Ref, ranks []uint32) *treeIndex {
	x := &treeIndex{
		leaves: make([]leafEntry, len(m.leaves)),
		paths:  shapes{points: m.shapes.points, rings: m.shapes.rings},
	}
	var items []spatial.Item
	for i, r := range m.leaves {
		e := leafEntry{ref: r, rank: ranks[r]}
		e.from, e.to = m.shapes.unitRings(int(r - 1))
		if len(folded) > 0 && folded[0] == r {
			folded = folded[1:]
			e.from, e.to = x.unfold(e.from, e.to)
		}
		if e.from < e.to {
			pts := x.paths.points[x.paths.rings[e.from]:x.paths.rings[e.to]]
			e.min, e.max = extent(pts)
			e.bands = newBands(&x.paths, e.from, e.to, e.min.y, e.max.y)
			items = append(items, spatial.Item{Box: boxOf(e.min, e.max), ID: uint32(i)})
		}
		x.leaves[i] = e
	}
	x.tree = treeOf(items)
	return x
}

// unfold appends the paths of some rings without what cancels.
func (x *treeIndex) unfold(from, to uint32) (uint32, uint32) {
	edges := cancel(x.paths.edges(from, to, nil))
	start := uint32(len(x.paths.rings) - 1)
	for _, e := range edges {
		x.paths.points = append(x.paths.points, e.lo, e.hi)
		x.paths.rings = append(x.paths.rings, uint32(len(x.paths.points)))
	}
	return start, uint32(len(x.paths.rings) - 1)
}

// owner is the leaf with the smallest code whose region holds p; 0 for none.
func (x *treeIndex) owner(p point) Ref {
	best := -1
	x.tree.Visit([2]float64{float64(p.x), float64(p.y)}, func(id uint32) bool {
		if e := &x.leaves[id]; (best < 0 || e.rank < x.leaves[best].rank) && x.holds(e, p) {
			best = int(id)
		}
		return true
	})
	if best < 0 {
		return 0
	}
	return x.leaves[best].ref
}

// holds reports whether the region of e holds p.
func (x *treeIndex) holds(e *leafEntry, p point) bool {
	if e.bands.starts != nil {
		return e.bands.holds(x.paths.points, p)
	}
	return x.paths.holds(e.from, e.to, p)
}

func extent(pts []point) (low, high point) {
	low, high = pts[0], pts[0]
	for _, p := range pts {
		low = point{min(low.x, p.x), min(low.y, p.y)}
		high = point{max(high.x, p.x), max(high.y, p.y)}
	}
	return low, high
}

func boxOf(low, high point) spatial.Box {
	return spatial.Box{
		Min: [2]float64{float64(low.x), float64(low.y)},
		Max: [2]float64{float64(high.x), float64(high.y)},
	}
}
