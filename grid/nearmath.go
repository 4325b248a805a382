package grid

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/geodesy"
	"github.com/gridgov/gridgov/internal/spatial"
)

// probe measures distances from one place. It is used by one goroutine.
type probe struct {
	at      point
	degrees orb.Point
	least   geodesy.Floor
	edges   []edge // scratch
}

func probeAt(p point) *probe {
	return &probe{at: p, degrees: p.degrees(), least: geodesy.FloorFrom(p.degrees())}
}

// floor is a lower bound of the distance to a box in units.
func (f *probe) floor(b spatial.Box) float64 {
	return f.least.Box(
		orb.Point{b.Min[0] / unitsPerDegree, b.Min[1] / unitsPerDegree},
		orb.Point{b.Max[0] / unitsPerDegree, b.Max[1] / unitsPerDegree},
	)
}

// toLeaf is the distance to the closed region of a leaf; +Inf when it is empty. An
// edge through the place is found within nanometres, which rounds to 0.
func (f *probe) toLeaf(m *Map, leaf Ref) float64 {
	f.edges = m.border(leaf, f.edges[:0])
	if edgesHold(f.edges, f.at) {
		return 0
	}
	return f.toEdges(f.edges, math.Inf(1))
}

// toEdges is the distance to the nearest of the edges; +Inf when it is not below
// most. The edge whose box is nearest comes first; it leaves few others.
func (f *probe) toEdges(edges []edge, most float64) float64 {
	first, least := -1, most
	for i, e := range edges {
		if d := f.toBox(e); d < least {
			first, least = i, d
		}
	}
	if first < 0 {
		return math.Inf(1)
	}
	best := min(most, f.toEdge(edges[first]))
	for i, e := range edges {
		if i != first && f.toBox(e) < best {
			best = min(best, f.toEdge(e))
		}
	}
	if best == most {
		return math.Inf(1)
	}
	return best
}

// toBox is a lower bound of the distance to an edge.
func (f *probe) toBox(e edge) float64 {
	low, high := e.lo.degrees(), e.hi.degrees()
	if low[1] > high[1] {
		low[1], high[1] = high[1], low[1]
	}
	return f.least.Near(low, high)
}

// toEdge is the distance to an edge. Its ends are in the order of places, so the
// two leaves beside it are equally far.
func (f *probe) toEdge(e edge) float64 {
	d, _ := geodesy.ToSegment(f.degrees, e.lo.degrees(), e.hi.degrees())
	return d
}

// border appends to dst the edges that bound a leaf's region: those of its rings,
// without the stretches that cancel where its boundary runs over itself.
func (m *Map) border(leaf Ref, dst []edge) []edge {
	g := m.unit(leaf).region
	if g == nil {
		return dst
	}
	for r := g.from; r < g.to; r++ {
		path := g.paths.points[g.paths.rings[r]:g.paths.rings[r+1]]
		for i, b := range path[1:] {
			if a := path[i]; a.before(b) {
				dst = append(dst, edge{lo: a, hi: b})
			} else {
				dst = append(dst, edge{lo: b, hi: a})
			}
		}
	}
	return dst
}

// edgesHold reports whether an odd number of the edges lie at or left of p on its
// row: whether the half-open region that they bound holds it. Exact.
func edgesHold(edges []edge, p point) bool {
	in := false
	for _, e := range edges {
		if toggles(e.lo, e.hi, p) {
			in = !in
		}
	}
	return in
}
