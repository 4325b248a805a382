package grid

import (
	"cmp"
	"math"
	"slices"
)

// contact is what two units have in common. It grows leaf by leaf.
type contact struct {
	along []edge  // stretches of both borders, as edges; may overlap
	gap   float64 // 0 when they share a place, +Inf when nothing was found
}

// rim is the border of one leaf.
type rim struct {
	edges []edge  // from the west
	parts []point // a vertex of each part that hangs together, at least one
	low   point   // the box
	high  point
}

// rim is the border of a leaf; without edges if it owns no place.
func (m *Map) rim(leaf Ref) rim {
	edges := m.border(leaf, nil)
	if len(edges) == 0 {
		return rim{}
	}
	var parts []point
	before := edge{}
	for i, e := range edges { // ring by ring, each edge beginning where the last one ended
		if i == 0 || e.lo != before.lo && e.lo != before.hi && e.hi != before.lo && e.hi != before.hi {
			parts = append(parts, e.lo)
		}
		before = e
	}
	low, high := box(edges)
	return rim{sorted(edges), parts, low, high}
}

// vertices are the ends of all edges, each once.
func (r rim) vertices() []point {
	ends := make([]point, 0, 2*len(r.edges))
	for _, e := range r.edges {
		ends = append(ends, e.lo, e.hi)
	}
	slices.SortFunc(ends, comparePoints)
	return slices.Compact(ends)
}

// between adds what the leaves inside a and inside b have in common. A gap of
// more than most does not matter.
func (c *contact) between(a, b rim, most float64) {
	c.borders(a.edges, b.edges)
	if seam := seamOf(a.edges); len(seam) > 0 {
		c.borders(sorted(seam), b.edges)
	}
	if c.gap > 0 && (a.partIn(b) || b.partIn(a)) {
		c.gap = 0
	}
	if c.gap > 0 && most > 0 {
		c.gap = min(c.gap, a.toRim(b, min(c.gap, most)))
		c.gap = min(c.gap, b.toRim(a, min(c.gap, most)))
	}
}

// borders compares edges with edges whose boxes meet, from west to east.
func (c *contact) borders(a, b []edge) {
	a, b = clip(a, b), clip(b, a)
	var activeA, activeB []edge
	for len(a) > 0 || len(b) > 0 {
		if len(b) == 0 || len(a) > 0 && a[0].lo.x <= b[0].lo.x {
			activeB = c.against(a[0], activeB)
			activeA = append(activeA, a[0])
			a = a[1:]
		} else {
			activeA = c.against(b[0], activeA)
			activeB = append(activeB, b[0])
			b = b[1:]
		}
	}
}

// clip is those of edges that meet the box of others.
func clip(edges, others []edge) []edge {
	if len(others) == 0 {
		return nil
	}
	low, high := box(others)
	var kept []edge
	for _, e := range edges {
		if e.lo.x <= high.x && e.hi.x >= low.x && min(e.lo.y, e.hi.y) <= high.y && max(e.lo.y, e.hi.y) >= low.y {
			kept = append(kept, e)
		}
	}
	return kept
}

// against compares e with the active edges and answers those that reach as far
// east as e begins.
func (c *contact) against(e edge, active []edge) []edge {
	active = slices.DeleteFunc(active, func(f edge) bool { return f.hi.x < e.lo.x })
	for _, f := range active {
		if !share(e, f) {
			continue
		}
		c.gap = 0
		if compareCarriers(e, f) == 0 && e.lo.before(f.hi) && f.lo.before(e.hi) {
			lo, hi := e.lo, e.hi
			if lo.before(f.lo) {
				lo = f.lo
			}
			if f.hi.before(hi) {
				hi = f.hi
			}
			c.along = append(c.along, edge{lo: lo, hi: hi})
		}
	}
	return active
}

// share reports whether two edges have a place in common, ends included; one may
// be a point. Exact.
func share(a, b edge) bool {
	if max(a.lo.x, b.lo.x) > min(a.hi.x, b.hi.x) ||
		min(a.lo.y, a.hi.y) > max(b.lo.y, b.hi.y) || min(b.lo.y, b.hi.y) > max(a.lo.y, a.hi.y) {
		return false
	}
	return side(a.lo, a.hi, b.lo)*side(a.lo, a.hi, b.hi) <= 0 && side(b.lo, b.hi, a.lo)*side(b.lo, b.hi, a.hi) <= 0
}

// compareCarriers orders edges by the line they lie on. A point has none: it is
// before every edge.
func compareCarriers(a, b edge) int {
	ax, ay, aAt := carrier(a)
	bx, by, bAt := carrier(b)
	return cmp.Or(cmp.Compare(ax, bx), cmp.Compare(ay, by), cmp.Compare(aAt, bAt))
}

// seamOf is what of the edges lies on ±180 degrees, as seen from the other side
// of that meridian: edges and single points.
func seamOf(edges []edge) []edge {
	const half = 180 * unitsPerDegree
	var seam []edge
	for _, e := range edges {
		lo, hi := e.lo, e.hi
		switch onLo, onHi := lo.x == half || lo.x == -half, hi.x == half || hi.x == -half; {
		case onLo && onHi && lo.x == hi.x:
			lo.x, hi.x = -lo.x, -hi.x
			seam = append(seam, edge{lo: lo, hi: hi})
		case onLo || onHi:
			if onLo {
				lo.x = -lo.x
				seam = append(seam, edge{lo: lo, hi: lo})
			}
			if onHi {
				hi.x = -hi.x
				seam = append(seam, edge{lo: hi, hi: hi})
			}
		}
	}
	return seam
}

// partIn reports whether a part of rim r lies in the region inside rim s. The two
// share no place, so a part lies in it or outside as a whole.
func (r rim) partIn(s rim) bool {
	return slices.ContainsFunc(r.parts, func(p point) bool {
		return s.low.x <= p.x && p.x <= s.high.x && s.low.y <= p.y && p.y <= s.high.y && edgesHold(s.edges, p)
	})
}

// toRim is the least distance from a vertex of r to an edge of s; +Inf when it is
// not below most.
func (r rim) toRim(s rim, most float64) float64 {
	least := math.Inf(1)
	for _, v := range r.vertices() {
		if f := probeAt(v); f.least.Box(s.low.degrees(), s.high.degrees()) < most {
			if d := f.toEdges(s.edges, most); d < most {
				least, most = d, d
			}
		}
	}
	return least
}
