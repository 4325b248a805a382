package grid

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/geodesy"
	"github.com/gridgov/gridgov/internal/spatial"
)

// probe measures distances from one place. It never changes.
type probe struct {
	at          point
	degrees     orb.Point
	origin      geodesy.Origin
	least       geodesy.Floor
	east, north float64 // metres for a unit, too little within nearUnits
}

// nearUnits is how far east and north hold.
const nearUnits = geodesy.NearDegrees * unitsPerDegree

func probeAt(p point) probe {
	f := probe{at: p, degrees: p.degrees()}
	f.origin, f.least = geodesy.OriginAt(f.degrees), geodesy.FloorFrom(f.degrees)
	east, north := f.least.Scale()
	f.east, f.north = east/unitsPerDegree, north/unitsPerDegree
	return f
}

// floor is a lower bound of the distance to a box in units.
func (f *probe) floor(b spatial.Box) float64 {
	return f.least.Quick(
		orb.Point{b.Min[0] / unitsPerDegree, b.Min[1] / unitsPerDegree},
		orb.Point{b.Max[0] / unitsPerDegree, b.Max[1] / unitsPerDegree},
	)
}

// bound is the least bound of the edges of a region, and which edge has it: where
// it starts in the points; -1 and limit when none is below limit.
func (f *probe) bound(g *region, limit float64) (edge int, least float64) {
	edge, least = -1, limit
	for r := g.from; r < g.to; r++ {
		from := int(g.paths.rings[r])
		path := g.paths.points[from:g.paths.rings[r+1]]
		a := path[0]
		for i, b := range path[1:] {
			if d := f.edgeBound(a, b, least); d < least {
				edge, least = from+i, d
			}
			a = b
		}
	}
	return edge, least
}

// toBorder is the distance to the border of a region if that is below most, else
// most. An edge is measured first, the one that bound answered; it leaves few.
func (f *probe) toBorder(g *region, first int, most float64) float64 {
	points := g.paths.points
	most = min(most, f.toEdge(points[first], points[first+1]))
	limit := geodesy.Beyond(most)
	for r := g.from; r < g.to; r++ {
		from := int(g.paths.rings[r])
		path := points[from:g.paths.rings[r+1]]
		a := path[0]
		for i, b := range path[1:] {
			if f.edgeBound(a, b, limit) < limit && from+i != first {
				most = min(most, f.toEdge(a, b))
				limit = geodesy.Beyond(most)
			}
			a = b
		}
	}
	return most
}

// edgeBound is a lower bound of the distance to the edge from a to b, or any number
// from limit on if that is a bound as well. It is taken in the plane of the probe's
// metres when both ends are so near that all of the edge is, else from the edge's
// box. See geodesy.Floor.Scale.
func (f *probe) edgeBound(a, b point, limit float64) float64 {
	ax, ay := float64(a.x)-float64(f.at.x), float64(a.y)-float64(f.at.y)
	bx, by := float64(b.x)-float64(f.at.x), float64(b.y)-float64(f.at.y)
	if max(ax, -ax, bx, -bx) > nearUnits || max(ay, -ay, by, -by) > nearUnits {
		return f.floor(boxOf(point{min(a.x, b.x), min(a.y, b.y)}, point{max(a.x, b.x), max(a.y, b.y)}))
	}
	ax, ay, bx, by = float64(ax*f.east), float64(ay*f.north), float64(bx*f.east), float64(by*f.north)
	if ax >= limit && bx >= limit || ay >= limit && by >= limit || -ax >= limit && -bx >= limit || -ay >= limit && -by >= limit {
		return limit
	}
	dx, dy := bx-ax, by-ay
	if t := -(float64(ax*dx) + float64(ay*dy)); t > 0 { // so the edge has a length
		t = min(1, t/(float64(dx*dx)+float64(dy*dy)))
		ax, ay = ax+float64(t*dx), ay+float64(t*dy)
	}
	return math.Sqrt(float64(ax*ax) + float64(ay*ay))
}

// toEdge is the distance to an edge. It is measured in the order of places, so the
// two leaves beside it are equally far. One through the place is found within
// nanometres, which rounds to 0.
func (f *probe) toEdge(a, b point) float64 {
	if b.before(a) {
		a, b = b, a
	}
	d, _ := f.origin.ToSegment(a.degrees(), b.degrees())
	return d
}
