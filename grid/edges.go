package grid

import (
	"cmp"
	"math/big"
	"slices"
)

// edge is one edge of a unit's boundary, its ends in the order of places.
type edge struct {
	lo, hi     point // lo.before(hi)
	loAt, hiAt int32 // their vertices, counted through the unit's kept rings
}

// start is the vertex at which e starts in its ring: the earlier one, or the
// last of the ring for the edge that closes it (a ring has at least 3 vertices).
func (e edge) start() int32 {
	if first, last := min(e.loAt, e.hiAt), max(e.loAt, e.hiAt); last-first > 1 {
		return last
	} else {
		return first
	}
}

// meeting is what two edges have in common.
type meeting uint8

const (
	apart   meeting = iota // nothing, or an end of both
	touches                // an end of one is inside the other
	overlap                // a stretch of their common line
	cross                  // a point inside both, on different lines
)

// meet says how a and b meet. Exact. Ends that a touch puts inside the other
// edge go to touch, which may be nil.
func meet(a, b edge, touch func(p point, vertex int32)) meeting {
	if min(a.lo.y, a.hi.y) > max(b.lo.y, b.hi.y) || min(b.lo.y, b.hi.y) > max(a.lo.y, a.hi.y) ||
		a.lo.x > b.hi.x || b.lo.x > a.hi.x {
		return apart
	}
	bl, bh := side(a.lo, a.hi, b.lo), side(a.lo, a.hi, b.hi)
	if bl*bh > 0 {
		return apart
	}
	al, ah := side(b.lo, b.hi, a.lo), side(b.lo, b.hi, a.hi)
	if al*ah > 0 {
		return apart
	}
	if bl*bh < 0 && al*ah < 0 {
		return cross
	}
	how := apart
	for _, end := range [...]struct {
		side   int
		p      point
		vertex int32
		in     edge
	}{{bl, b.lo, b.loAt, a}, {bh, b.hi, b.hiAt, a}, {al, a.lo, a.loAt, b}, {ah, a.hi, a.hiAt, b}} {
		if end.side == 0 && end.in.lo.before(end.p) && end.p.before(end.in.hi) {
			how = touches
			if touch != nil {
				touch(end.p, end.vertex)
			}
		}
	}
	if bl == 0 && bh == 0 && a.lo.before(b.hi) && b.lo.before(a.hi) {
		return overlap
	}
	return how
}

// near reports whether an end of one of two crossing edges lies within 2 units
// of the other edge. Snapping moves a point by at most √½ unit. While two edges
// that do not cross move to where they do, an end of one passes over the other;
// from then on both move by at most √½ each, so they end within √2 < 2 units.
func near(a, b edge) bool {
	return nearEdge(a.lo, b) || nearEdge(a.hi, b) || nearEdge(b.lo, a) || nearEdge(b.hi, a)
}

func nearEdge(p point, e edge) bool {
	if nearPoint(p, e.lo) || nearPoint(p, e.hi) {
		return true
	}
	dx, dy := int64(e.hi.x)-int64(e.lo.x), int64(e.hi.y)-int64(e.lo.y)
	px, py := int64(p.x)-int64(e.lo.x), int64(p.y)-int64(e.lo.y)
	mul := func(a, b int64) *big.Int { return new(big.Int).Mul(big.NewInt(a), big.NewInt(b)) }
	length2 := mul(dx, dx)
	length2.Add(length2, mul(dy, dy))
	along := mul(dx, px)
	along.Add(along, mul(dy, py))
	if along.Sign() < 0 || along.Cmp(length2) > 0 { // beside the edge's ends
		return false
	}
	across := mul(dx, py)
	across.Sub(across, mul(dy, px))
	across.Mul(across, across)
	return across.Cmp(length2.Lsh(length2, 2)) <= 0 // distance² = across²/length² ≤ 4
}

func nearPoint(p, q point) bool {
	dx, dy := int64(p.x)-int64(q.x), int64(p.y)-int64(q.y)
	return -2 <= dx && dx <= 2 && -2 <= dy && dy <= 2 && dx*dx+dy*dy <= 4
}

// crossingPoint is where two crossing edges cross, to the nearest unit or so.
func crossingPoint(a, b edge) point {
	ax, ay := float64(a.hi.x)-float64(a.lo.x), float64(a.hi.y)-float64(a.lo.y)
	bx, by := float64(b.hi.x)-float64(b.lo.x), float64(b.hi.y)-float64(b.lo.y)
	ox, oy := float64(b.lo.x)-float64(a.lo.x), float64(b.lo.y)-float64(a.lo.y)
	// The conversions keep the compiler from fusing, so every platform agrees.
	turn := float64(ax*by) - float64(ay*bx)
	if turn == 0 { // nearly parallel; exactly it is not 0
		return b.lo
	}
	t := (float64(ox*by) - float64(oy*bx)) / turn
	t = min(max(t, 0), 1)
	return point{int32(float64(a.lo.x) + float64(t*ax)), int32(float64(a.lo.y) + float64(t*ay))}
}

// cancel answers edges that cover every place which an odd number of the given
// edges cover, none of them overlapping another: the same parity everywhere,
// without folds. O(n log n); edges is reordered.
func cancel(edges []edge) []edge {
	type line struct{ dx, dy, at int64 }
	of := func(e edge) line {
		dx, dy, at := carrier(e)
		return line{dx, dy, at}
	}
	slices.SortFunc(edges, func(a, b edge) int {
		p, q := of(a), of(b)
		return cmp.Or(cmp.Compare(p.dx, q.dx), cmp.Compare(p.dy, q.dy), cmp.Compare(p.at, q.at))
	})
	var kept []edge
	var ends []point
	for i := 0; i < len(edges); {
		on := of(edges[i])
		for ends = ends[:0]; i < len(edges) && of(edges[i]) == on; i++ {
			ends = append(ends, edges[i].lo, edges[i].hi)
		}
		slices.SortFunc(ends, comparePoints)
		for k := 0; k < len(ends); k += 2 { // odd cover lies between ends 2k and 2k+1
			if ends[k] != ends[k+1] {
				kept = append(kept, edge{lo: ends[k], hi: ends[k+1]})
			}
		}
	}
	return kept
}

// carrier is the line of an edge: its direction in lowest terms, and dx·y - dy·x
// of its points. |dx·y| ≤ 3.6e9 · 9e8 and |dy·x| ≤ 1.8e9 · 1.8e9, so that fits.
func carrier(e edge) (dx, dy, at int64) {
	dx, dy = int64(e.hi.x)-int64(e.lo.x), int64(e.hi.y)-int64(e.lo.y)
	if g := gcd(dx, max(dy, -dy)); g != 0 {
		dx, dy = dx/g, dy/g
	}
	return dx, dy, dx*int64(e.lo.y) - dy*int64(e.lo.x)
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
