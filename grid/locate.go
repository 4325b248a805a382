package grid

import (
	"slices"

	"github.com/paulmach/orb"
)

// Locate answers the leaf that owns p: of the leaves whose region holds p, the
// one with the smallest code. The region is half-open and even-odd: p, snapped,
// is in it when an odd number of its edges have p's row among their rows [lower
// end, upper end) and are at or left of p there. So a place on the border of two
// leaves belongs to the one east of it, and to the north of a border that runs
// along a parallel. It answers false when no leaf holds p, and when p is not a
// place: NaN, infinite, beyond ±180 or ±90 degrees. It allocates nothing.
func (m *Map) Locate(p orb.Point) (Ref, bool) {
	if m == nil || m.index == nil {
		return 0, false
	}
	q, ok := snap(p)
	if !ok {
		return 0, false
	}
	r := m.index.owner(q)
	return r, r != 0
}

// LocateAll answers the owner of each point, 0 for none: the answer to points[i]
// is at i. It writes over dst from its beginning, growing it as needed, and
// answers the slice of len(points).
func (m *Map) LocateAll(points []orb.Point, dst []Ref) []Ref {
	dst = slices.Grow(dst[:0], len(points))[:len(points)]
	for i, p := range points {
		dst[i], _ = m.Locate(p)
	}
	return dst
}
