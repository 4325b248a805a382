package grid

import (
	"math"
	"slices"

	"github.com/gridgov/gridgov/internal/geodesy"
)

// contact is what two units have in common. It grows leaf by leaf.
type contact struct {
	along []stretch // of both borders; may overlap
	gap   float64   // 0 when they share a place, +Inf when nothing was found
}

// stretch is a piece of a border and the line it lies on.
type stretch struct {
	lo, hi point
	line   [3]int64
}

// compareStretches orders by line, then from the west.
func compareStretches(a, b stretch) int {
	if c := slices.Compare(a.line[:], b.line[:]); c != 0 {
		return c
	}
	return comparePoints(a.lo, b.lo)
}

// rim is the border of one leaf.
type rim struct {
	*region
	edges []edge // from the west
	seam  []edge // seamOf the edges, from the west
}

// sweeper compares edges. It is the memory that one comparison leaves to the next.
type sweeper struct {
	mine, theirs, near []edge
	activeA, activeB   []edge
}

// rim is the border of a region, until the next one is made.
func (s *sweeper) rim(g *region) *rim {
	s.mine = sorted(g.edgesIn(g.min, g.max, s.mine[:0]))
	r := &rim{region: g, edges: s.mine}
	if west, east := beyondSeam(g.box()); west || east {
		r.seam = sorted(seamOf(r.edges))
	}
	return r
}

// edgesIn appends to dst the edges whose boxes meet a box: of the region's paths,
// so without the stretches that cancel where its boundary runs over itself.
func (g *region) edgesIn(low, high point, dst []edge) []edge {
	for r := g.from; r < g.to; r++ {
		path := g.paths.points[g.paths.rings[r]:g.paths.rings[r+1]]
		a := path[0]
		for _, b := range path[1:] {
			if min(a.x, b.x) <= high.x && max(a.x, b.x) >= low.x && min(a.y, b.y) <= high.y && max(a.y, b.y) >= low.y {
				if a.before(b) {
					dst = append(dst, edge{lo: a, hi: b})
				} else {
					dst = append(dst, edge{lo: b, hi: a})
				}
			}
			a = b
		}
	}
	return dst
}

// between adds what the leaves inside a and in the region b have in common. A gap
// of more than most does not matter.
func (c *contact) between(s *sweeper, a *rim, b *region, most float64) {
	c.borders(s, a.edges, b)
	if len(a.seam) > 0 {
		c.borders(s, a.seam, b)
	}
	if c.gap > 0 && (a.partIn(b) || b.partIn(a.region)) {
		c.gap = 0
	}
	if c.gap > 0 && most > 0 {
		c.gap = min(c.gap, a.toBorder(b, min(c.gap, most)))
		c.gap = min(c.gap, b.toBorder(a.region, min(c.gap, most)))
	}
}

// borders compares edges with those of a region whose boxes meet, from west to
// east.
func (c *contact) borders(s *sweeper, a []edge, g *region) {
	low, high := box(a)
	s.theirs = sorted(g.edgesIn(low, high, s.theirs[:0]))
	b := s.theirs
	if len(b) == 0 {
		return
	}
	s.near = clip(a, b, s.near[:0])
	a = s.near
	activeA, activeB := s.activeA[:0], s.activeB[:0]
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
	s.activeA, s.activeB = activeA, activeB
}

// clip appends to dst those of edges that meet the box of others, of which there
// is one.
func clip(edges, others, dst []edge) []edge {
	low, high := box(others)
	for _, e := range edges {
		if e.lo.x <= high.x && e.hi.x >= low.x && min(e.lo.y, e.hi.y) <= high.y && max(e.lo.y, e.hi.y) >= low.y {
			dst = append(dst, e)
		}
	}
	return dst
}

// against compares e with the active edges and answers those that reach as far
// east as e begins.
func (c *contact) against(e edge, active []edge) []edge {
	active = slices.DeleteFunc(active, func(f edge) bool { return f.hi.x < e.lo.x })
	for _, f := range active {
		meet, inLine := share(e, f)
		if !meet {
			continue
		}
		c.gap = 0
		lo, hi := e.lo, e.hi
		if lo.before(f.lo) {
			lo = f.lo
		}
		if f.hi.before(hi) {
			hi = f.hi
		}
		if inLine && lo.before(hi) {
			dx, dy, at := carrier(e)
			c.along = append(c.along, stretch{lo, hi, [3]int64{dx, dy, at}})
		}
	}
	return active
}

// share reports whether two edges have a place in common, ends included, and
// whether they lie on one line; one may be a point. Exact.
func share(a, b edge) (meet, inLine bool) {
	if a.lo.x > b.hi.x || b.lo.x > a.hi.x ||
		min(a.lo.y, a.hi.y) > max(b.lo.y, b.hi.y) || min(b.lo.y, b.hi.y) > max(a.lo.y, a.hi.y) {
		return false, false
	}
	lo, hi := side(a.lo, a.hi, b.lo), side(a.lo, a.hi, b.hi)
	return lo*hi <= 0 && side(b.lo, b.hi, a.lo)*side(b.lo, b.hi, a.hi) <= 0, lo == 0 && hi == 0
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

// partIn reports whether a part of g lies in the region h. The two borders share no
// place, so a part lies in it or outside as a whole; a path is part of one part.
func (g *region) partIn(h *region) bool {
	for r := g.from; r < g.to; r++ {
		if p := g.paths.points[g.paths.rings[r]]; h.around(p) && h.holds(p) {
			return true
		}
	}
	return false
}

// toBorder is the least distance from a vertex of g to the border of h; +Inf when
// it is not below most.
func (g *region) toBorder(h *region, most float64) float64 {
	least := math.Inf(1)
	wide := widened(h.min, h.max, most)
	west, east := beyondSeam(wide)
	turns := west || east // then longitudes say nothing
	for r := g.from; r < g.to; r++ {
		path := g.paths.points[g.paths.rings[r]:g.paths.rings[r+1]]
		for i, v := range path {
			x, y := float64(v.x), float64(v.y)
			if i > 0 && v == path[0] || !turns && (x < wide.Min[0] || x > wide.Max[0]) || y < wide.Min[1] || y > wide.Max[1] {
				continue
			}
			f := probeAt(v)
			edge, _ := f.bound(h, geodesy.Beyond(most))
			if edge < 0 {
				continue
			}
			if d := f.toBorder(h, edge, most); d < most {
				least, most = d, d
			}
		}
	}
	return least
}
