package grid

import "github.com/gridgov/gridgov/internal/spatial"

// region is the edges of one leaf, ready to be asked: the paths from, …, to-1,
// no two of which overlap.
type region struct {
	paths    *shapes // of the Map's outlines, or its own when some of those cancel
	from, to uint32
	min, max point
	edges    int
	length   int64 // of the edges, east-west plus north-south
	bands    bands
}

// newRegion is the region of a leaf's outline; folded says that some of its
// edges cancel, which are left out. It is nil when no ring is left.
func newRegion(o outline, folded bool) *region {
	if o.from == o.to {
		return nil
	}
	g := &region{paths: o.shapes, from: o.shapes.polys[o.from], to: o.shapes.polys[o.to]}
	if folded {
		g.unfold()
	}
	if g.from == g.to {
		return nil
	}
	g.min, g.max = extent(g.paths.points[g.paths.rings[g.from]:g.paths.rings[g.to]])
	for r := g.from; r < g.to; r++ {
		pts := g.paths.points[g.paths.rings[r]:g.paths.rings[r+1]]
		g.edges += len(pts) - 1
		for i, b := range pts[1:] {
			dx, dy := int64(b.x)-int64(pts[i].x), int64(b.y)-int64(pts[i].y)
			g.length += max(dx, -dx) + max(dy, -dy)
		}
	}
	g.bands = newBands(g.paths, g.from, g.to, g.min.y, g.max.y)
	return g
}

// unfold gives g paths of its own, one for each stretch that does not cancel.
func (g *region) unfold() {
	edges := cancel(g.paths.edges(g.from, g.to, nil))
	s := newShapes()
	for _, e := range edges {
		s.points = append(s.points, e.lo, e.hi)
		s.rings = append(s.rings, uint32(len(s.points)))
	}
	g.paths, g.from, g.to = &s, 0, uint32(len(edges))
}

// holds reports whether the region holds p.
func (g *region) holds(p point) bool {
	if g.bands.starts != nil {
		return g.bands.holds(g.paths.points, p)
	}
	return g.paths.holds(g.from, g.to, p)
}

func (g *region) box() spatial.Box { return boxOf(g.min, g.max) }

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
