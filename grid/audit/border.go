package audit

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/geodesy"
)

// dart is an edge of one unit's border with the unit on its left.
type dart struct{ a, b point }

// border is what the audit needs of one unit's boundary.
type border struct {
	darts []dart
	// crossed says that edges of the unit cross where snapping made them, so that
	// they have no one side: darts are then its edges as they come.
	crossed bool
	void    bool // there are rings, but they cancel
	// unmeasured says that edges cross too often for the area to be known.
	unmeasured bool
	low, high  point   // its box, when there are darts
	area       float64 // m²
	length     float64 // of all rings, metres
}

// known reports whether the unit has a boundary to compare with.
func (b *border) known() bool { return len(b.darts) > 0 }

// borderOf directs the boundary of one unit. knotted says that the Map found a
// touch, fold or crossing in it; without one its rings are simple and apart, and
// each has the unit on the side that its depth among the others says.
func borderOf(boundary orb.MultiPolygon, knotted bool) border {
	var rings [][]point // closed
	var b border
	for _, polygon := range boundary {
		for _, ring := range polygon {
			points := make([]point, len(ring))
			for i, p := range ring {
				points[i] = pointOf(p)
				if len(rings) == 0 && i == 0 {
					b.low, b.high = points[0], points[0]
				}
				b.low = point{min(b.low.x, points[i].x), min(b.low.y, points[i].y)}
				b.high = point{max(b.high.x, points[i].x), max(b.high.y, points[i].y)}
				if i > 0 {
					b.length += geodesy.Distance(ring[i-1], p)
				}
			}
			rings = append(rings, points)
		}
	}
	if knotted {
		b.untie(rings)
		b.void = len(b.darts) == 0
		return b
	}
	deep := depths(rings)
	for k, ring := range rings {
		area := math.Abs(geodesy.Area(degrees(ring)))
		if deep[k] {
			area = -area
		}
		b.area += area
		b.add(ring, clockwise(ring) != deep[k])
	}
	return b
}

// add appends the edges of a closed ring, turned round or not.
func (b *border) add(ring []point, reverse bool) {
	for i := 1; i < len(ring); i++ {
		if reverse {
			b.darts = append(b.darts, dart{ring[i], ring[i-1]})
		} else {
			b.darts = append(b.darts, dart{ring[i-1], ring[i]})
		}
	}
}

func degrees(ring []point) []orb.Point {
	out := make([]orb.Point, len(ring))
	for i, p := range ring {
		out[i] = p.degrees()
	}
	return out
}

// clockwise reports whether a simple closed ring turns right at its first place:
// there its edges do not lie on one line, for they would fold.
func clockwise(ring []point) bool {
	n := len(ring) - 1
	first := 0
	for i := range n {
		if ring[i].before(ring[first]) {
			first = i
		}
	}
	return side(ring[(first+n-1)%n], ring[first], ring[first+1]) < 0
}

// depths answers of each ring whether an odd number of the others go round it.
func depths(rings [][]point) []bool {
	deep := make([]bool, len(rings))
	if len(rings) < 2 {
		return deep
	}
	type edge struct {
		a, b point
		ring int
	}
	var edges []edge
	for k, ring := range rings {
		for i := 1; i < len(ring); i++ {
			edges = append(edges, edge{ring[i-1], ring[i], k})
		}
	}
	strips := newRows(len(edges), func(i int) (int64, int64) {
		return int64(min(edges[i].a.y, edges[i].b.y)), int64(max(edges[i].a.y, edges[i].b.y))
	})
	for k, ring := range rings {
		for _, id := range strips.at(int64(ring[0].y)) {
			if e := edges[id]; e.ring != k && toggles(e.a, e.b, ring[0]) {
				deep[k] = !deep[k]
			}
		}
	}
	return deep
}

// untie directs edges that touch, cancel or cross by what lies beside them.
func (b *border) untie(rings [][]point) {
	var strokes []stroke
	for _, ring := range rings {
		for i := 1; i < len(ring); i++ {
			strokes = append(strokes, strokeOf(ring[i-1], ring[i], 0, 0))
		}
	}
	p, ok := draw(strokes)
	if !ok {
		b.crossed, b.unmeasured = true, true
	}
	for i := 0; ok && i < len(p.loops); i++ {
		if l := &p.loops[i]; len(p.covers[l.cover]) > 0 {
			b.area += geodesy.Area(p.ring(l))
		}
	}
	for i := 0; ok && i < len(p.pieces); i++ {
		lo, whole := p.vertices[p.pieces[i].lo].point()
		hi, too := p.vertices[p.pieces[i].hi].point()
		b.crossed = b.crossed || !whole || !too
		if len(p.covers[p.loops[p.loop[2*i]].cover]) > 0 {
			b.darts = append(b.darts, dart{lo, hi})
		} else {
			b.darts = append(b.darts, dart{hi, lo})
		}
	}
	if b.crossed {
		b.darts = b.darts[:0]
		for _, ring := range rings {
			b.add(ring, false)
		}
	}
}

// knots are the units in whose boundary the Map found something that leaves its
// rings touching, cancelling or crossing.
func knots(m *grid.Map) map[grid.Code]bool {
	out := map[grid.Code]bool{}
	for _, f := range m.Findings() {
		if f.Kind == grid.Touch || f.Kind == grid.Fold || f.Kind == grid.SnapCrossing {
			out[f.Unit] = true
		}
	}
	return out
}
