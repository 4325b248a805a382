package grid

import (
	"cmp"
	"iter"
	"math"
	"slices"

	"github.com/gridgov/gridgov/internal/geodesy"
	"github.com/gridgov/gridgov/internal/spatial"
)

// Neighbor is a unit beside another one (相邻单元).
type Neighbor struct {
	Ref    Ref
	Border Meters // length of the border they share; 0 when only corners meet, or regions overlap
	Gap    Meters // distance of their regions; 0 when they share a place
}

// Neighbors yields the units beside r, by code. Those are units on r's level: a
// block (街区) has blocks for neighbours and a grid has grids. In a ragged
// hierarchy the outermost unit that is not further out than r's level stands for
// the leaves in it, and a leaf further out for itself, so that every leaf
// outside r is in exactly one candidate. The region of a unit is that of its
// leaves together, borders included; its own boundary does not matter.
//
// A unit is beside r when the two regions share a place, or, across a sliver,
// when the border of one has a vertex no farther than within from the border of
// the other; with within 0 only places that coincide count. The length of the
// border is that of the stretches where borders of leaves of both run, each
// stretch once. It is found exactly on the snapped map, whether or not the two
// have the same vertices there, and across ±180 degrees too; at the poles, places
// with different longitudes are different. Lengths are in whole millimetres.
//
// It yields nothing for 0, for a Ref beyond Len, for a unit that owns no place,
// and when within is negative or not a number. The cost is about that of finding
// the leaves around each leaf in r, and n·log n for the edges of those that meet.
func (m *Map) Neighbors(r Ref, within Meters) iter.Seq[Neighbor] {
	return func(yield func(Neighbor) bool) {
		if !m.has(r) || !(within >= 0) {
			return
		}
		for _, n := range m.beside(r, within) {
			if !yield(n) {
				return
			}
		}
	}
}

// beside is what Neighbors yields.
func (m *Map) beside(r Ref, within Meters) []Neighbor {
	tree, ref := m.boxes()
	level := m.unit(r).info.Level
	contacts := map[Ref]*contact{}
	most := 0.0
	if within > 0 {
		most = float64(within) + 0.001 // what rounds to within counts
	}
	var room [64]uint32
	var s sweeper
	for leaf := range m.Leaves(r) {
		g := m.unit(leaf).region
		if g == nil {
			continue
		}
		var mine *rim // of a leaf inside a unit, nobody asks
		for _, id := range around(tree, g.min, g.max, most, room[:0]) {
			other := ref(id)
			if m.Contains(r, other) {
				continue
			}
			if mine == nil {
				mine = s.rim(g)
			}
			peer := m.peer(other, level)
			c := contacts[peer]
			if c == nil {
				c = &contact{gap: math.Inf(1)}
				contacts[peer] = c
			}
			c.between(&s, mine, m.unit(other).region, most)
		}
	}
	var out []Neighbor
	for peer, c := range contacts {
		if gap := millimetres(c.gap); gap <= within {
			out = append(out, Neighbor{Ref: peer, Border: millimetres(c.length()), Gap: gap})
		}
	}
	slices.SortFunc(out, func(a, b Neighbor) int { return cmp.Compare(m.unit(a.Ref).info.Code, m.unit(b.Ref).info.Code) })
	return out
}

// peer is the unit that stands for a leaf among the units on a level.
func (m *Map) peer(leaf Ref, level int) Ref {
	peer := leaf
	for u := leaf; u != 0 && m.unit(u).info.Level >= level; u = m.ranks.parents[u-1] {
		peer = u
	}
	return peer
}

// around appends to dst, ascending, the ids of the leaves whose boxes may be within
// so many metres of a box.
func around(tree *spatial.Tree, low, high point, metres float64, dst []uint32) []uint32 {
	wide := widened(low, high, metres)
	ids := tree.Search(wide, dst)
	west, east := beyondSeam(wide)
	if !west && !east {
		return ids
	}
	const turn = 360 * unitsPerDegree
	if east { // what is beyond 180 degrees is at the other end
		there := wide
		there.Min[0], there.Max[0] = wide.Min[0]-turn, wide.Max[0]-turn
		ids = tree.Search(there, ids)
	}
	if west {
		there := wide
		there.Min[0], there.Max[0] = wide.Min[0]+turn, wide.Max[0]+turn
		ids = tree.Search(there, ids)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// beyondSeam reports whether a box reaches ±180 degrees in the west, in the east.
func beyondSeam(b spatial.Box) (west, east bool) {
	const half = 180 * unitsPerDegree
	return b.Min[0] <= -half, b.Max[0] >= half
}

// widened is the box of all places within so many metres of a box, or a larger one.
// It goes on beyond ±180 degrees.
func widened(low, high point, metres float64) spatial.Box {
	east, north := geodesy.Margin(low.degrees(), high.degrees(), metres)
	wide := boxOf(low, high)
	for i, d := range [2]float64{east, north} {
		wide.Min[i] -= math.Ceil(float64(d * unitsPerDegree))
		wide.Max[i] += math.Ceil(float64(d * unitsPerDegree))
	}
	return wide
}

// box is the extent of some edges, of which there is one.
func box(edges []edge) (low, high point) {
	low, high = edges[0].lo, edges[0].lo
	for _, e := range edges {
		low = point{min(low.x, e.lo.x), min(low.y, e.lo.y, e.hi.y)}
		high = point{max(high.x, e.hi.x), max(high.y, e.lo.y, e.hi.y)}
	}
	return low, high
}

// sorted orders edges from the west.
func sorted(edges []edge) []edge {
	slices.SortFunc(edges, func(a, b edge) int {
		if c := comparePoints(a.lo, b.lo); c != 0 {
			return c
		}
		return comparePoints(a.hi, b.hi)
	})
	return edges
}

// length is that of all stretches, each once. Stretches are joined first, so that
// the sum does not depend on where either side has its vertices.
func (c *contact) length() float64 {
	slices.SortFunc(c.along, compareStretches)
	sum := 0.0
	for i := 0; i < len(c.along); {
		whole := c.along[i]
		for i++; i < len(c.along) && whole.line == c.along[i].line && !whole.hi.before(c.along[i].lo); i++ {
			if whole.hi.before(c.along[i].hi) {
				whole.hi = c.along[i].hi
			}
		}
		sum += geodesy.Length(whole.lo.degrees(), whole.hi.degrees())
	}
	return sum
}
