package grid

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/geodesy"
	"github.com/gridgov/gridgov/internal/spatial"
)

// ConformMax is the farthest that Conform moves a border.
const ConformMax Meters = 1

// Conform answers the units with the corners of their neighbours put into their
// borders: a point of any unit that lies beside another's edge, not farther than
// within, becomes a point of that edge. Borders that were drawn as one line, with
// a corner of the neighbour somewhere along it, are one line again after their
// data were projected or rounded, and grid/audit can prove them. A border moves by
// at most within; no point moves, and no area vanishes.
//
// Use it on areas that met before they were converted, with within about what
// converting did: 0.05 for edges of a few hundred metres in a Gauss-Krüger plane.
// It does not join borders whose corners differ: those are for whoever drew them.
// Build checks the outcome. within is cut to ConformMax; none, a negative one or a
// NaN changes nothing. The units answered share with the given ones what did not
// change; added is the number of points put in. O(n log n) in points.
func Conform(units []Unit, within Meters) (conformed []Unit, added int) {
	conformed = slices.Clone(units)
	if !(within > 0) {
		return conformed, 0
	}
	c := newConformer(units, min(within, ConformMax))
	for i := range conformed {
		conformed[i].Boundary, added = c.boundary(conformed[i].Boundary, added)
	}
	return conformed, added
}

// conformer knows the corners of all units.
type conformer struct {
	within  float64
	corners []point
	own     map[point]bool // corners of the unit in hand, which do not go into its edges
	tree    *spatial.Tree
	found   []uint32
}

func newConformer(units []Unit, within Meters) *conformer {
	c := &conformer{within: float64(within), own: map[point]bool{}}
	for i := range units {
		for _, polygon := range units[i].Boundary {
			for _, ring := range polygon {
				for _, v := range ring {
					if p, ok := snap(v); ok {
						c.corners = append(c.corners, p)
					}
				}
			}
		}
	}
	slices.SortFunc(c.corners, comparePoints)
	c.corners = slices.Compact(c.corners)
	items := make([]spatial.Item, len(c.corners))
	for i, p := range c.corners {
		items[i] = spatial.Item{Box: boxOf(p, p), ID: uint32(i)}
	}
	tree, err := spatial.Build(items)
	if err != nil { // impossible: the corners are finite
		tree = nil
	}
	c.tree = tree
	return c
}

// boundary is b with corners put in; b itself when there are none.
func (c *conformer) boundary(b orb.MultiPolygon, added int) (orb.MultiPolygon, int) {
	clear(c.own)
	for _, polygon := range b {
		for _, ring := range polygon {
			for _, v := range ring {
				p, _ := snap(v)
				c.own[p] = true
			}
		}
	}
	out := make(orb.MultiPolygon, len(b))
	before := added
	for p, polygon := range b {
		out[p] = make(orb.Polygon, len(polygon))
		for r, ring := range polygon {
			out[p][r], added = c.ring(ring, added)
		}
	}
	if added == before {
		return b, added
	}
	return out, added
}

func (c *conformer) ring(ring orb.Ring, added int) (orb.Ring, int) {
	var out orb.Ring
	for i, v := range ring {
		out = append(out, v)
		w := ring[(i+1)%len(ring)]
		a, ok := snap(v)
		b, also := snap(w)
		if !ok || !also || a == b {
			continue
		}
		for _, p := range c.along(a, b) {
			out = append(out, p.degrees())
			added++
		}
	}
	return out, added
}

// along is the corners beside the edge from a to b, in its order. Those that are
// as near to an end of it are left alone: the end stands for them.
func (c *conformer) along(a, b point) []point {
	reach := 1 + c.within/geodesy.Distance(orb.Point{}, orb.Point{0, 1 / unitsPerDegree})
	stretch := max(0.01, math.Cos(max(math.Abs(a.degrees()[1]), math.Abs(b.degrees()[1]))*math.Pi/180))
	low, high := extent([]point{a, b})
	box := boxOf(low, high)
	box.Min[0], box.Max[0] = box.Min[0]-reach/stretch, box.Max[0]+reach/stretch
	box.Min[1], box.Max[1] = box.Min[1]-reach, box.Max[1]+reach
	c.found = c.tree.Search(box, c.found[:0])
	type corner struct {
		p     point
		along float64
	}
	var beside []corner
	da, db := a.degrees(), b.degrees()
	for _, id := range c.found {
		p := c.corners[id]
		if c.own[p] {
			continue
		}
		at := p.degrees()
		far, foot := geodesy.ToSegment(at, da, db)
		if far > c.within || geodesy.Distance(at, da) <= c.within || geodesy.Distance(at, db) <= c.within {
			continue
		}
		beside = append(beside, corner{p, geodesy.Distance(da, foot)})
	}
	slices.SortStableFunc(beside, func(p, q corner) int {
		switch {
		case p.along < q.along:
			return -1
		case p.along > q.along:
			return 1
		}
		return 0
	})
	out := make([]point, len(beside))
	for i, s := range beside {
		out[i] = s.p
	}
	return out
}
