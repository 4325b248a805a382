package grid

import (
	"slices"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/cellindex"
)

// Locate answers the leaf that owns p: of the leaves whose region holds p, the
// one with the smallest code. The region is half-open and even-odd: p, snapped,
// is in it when an odd number of its edges have p's row among their rows [lower
// end, upper end) and are at or left of p there. So a place on the border of two
// leaves belongs to the one east of it, and to the north of a border that runs
// along a parallel. It answers false when no leaf holds p, and when p is not a
// place: NaN, infinite, beyond ±180 or ±90 degrees. It allocates nothing.
//
// Time does not grow with the leaves or their vertices, but for the caches of the
// processor; where so many edges cross in a few centimetres that the cell index
// leaves them out, it is O(log n) and the edges of the leaves around p.
func (m *Map) Locate(p orb.Point) (Ref, bool) {
	if m == nil || m.ranks == nil {
		return 0, false
	}
	q, ok := snap(p)
	if !ok {
		return 0, false
	}
	r := m.refOf(m.index.cells.Find(q.x, q.y), q)
	return r, r != 0
}

// LocateAll answers the owner of each point, 0 for none: the answer to points[i]
// is at i, the one Locate would give. It writes over dst from its beginning,
// growing it as needed, and answers the slice of len(points). It is faster than
// calling Locate on a large Map: memory is read for many points at a time.
func (m *Map) LocateAll(points []orb.Point, dst []Ref) []Ref {
	dst = slices.Grow(dst[:0], len(points))[:len(points)]
	if m == nil || m.ranks == nil {
		clear(dst)
		return dst
	}
	const batch = 64
	var places [batch]cellindex.Place
	var found [batch]uint32
	for from := 0; from < len(points); from += batch {
		some := points[from:min(from+batch, len(points))]
		for i, p := range some {
			q, ok := snap(p)
			if !ok {
				q = nowhere
			}
			places[i] = cellindex.Place{X: q.x, Y: q.y}
		}
		m.index.cells.FindAll(places[:len(some)], found[:len(some)])
		for i, f := range found[:len(some)] {
			dst[from+i] = m.refOf(f, point{places[i].X, places[i].Y})
		}
	}
	return dst
}
