package grid

import (
	"cmp"
	"math"

	"github.com/paulmach/orb"
)

// unitsPerDegree is the resolution of a Map: one unit is 1e-7 degree, at most
// 1.12 cm on the ground. 180 degrees are 1.8e9 units, which fits an int32.
const unitsPerDegree = 1e7

// point is a place in whole units: |x| ≤ 1.8e9, |y| ≤ 9e8.
type point struct{ x, y int32 }

// Snap answers the place at which a Map sees p: each coordinate in degrees times
// 1e7 as a float64, rounded to a whole number, halves away from zero. It answers
// false when p is not a place: NaN, infinite, or beyond ±180 or ±90 degrees.
// Two places a unit or more apart in a coordinate stay apart or become equal,
// but never change order.
func Snap(p orb.Point) (orb.Point, bool) {
	s, ok := snap(p)
	if !ok {
		return orb.Point{}, false
	}
	return s.degrees(), true
}

func snap(p orb.Point) (point, bool) {
	if !(math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90) { // false for NaN
		return point{}, false
	}
	return point{round(p[0]), round(p[1])}, true
}

// round is math.Round of degrees in units, without waiting for conversions. A
// number this large has no fraction, so adding it rounds, halves to even, and
// leaves the whole number in the lowest bits; the conversions keep the compiler
// from fusing.
func round(degrees float64) int32 {
	const large = 3 << 51
	units := float64(degrees * unitsPerDegree)
	sum := float64(units + large)
	if math.Abs(units-float64(sum-large)) == 0.5 {
		return int32(math.Round(units))
	}
	return int32(uint32(math.Float64bits(sum)))
}

// degrees is the place as the float64 degrees nearest to it, which snap back to
// it: the quotient is off by at most 2^-53 of its value, under 1e-6 unit.
func (p point) degrees() orb.Point {
	return orb.Point{float64(p.x) / unitsPerDegree, float64(p.y) / unitsPerDegree}
}

// key orders places by x, then y, in one comparison.
func (p point) key() uint64 {
	const bias = 1 << 31 // makes int32 order that of uint32
	return uint64(uint32(p.x)^bias)<<32 | uint64(uint32(p.y)^bias)
}

// before is the order of places.
func (p point) before(q point) bool { return p.key() < q.key() }

func comparePoints(p, q point) int { return cmp.Compare(p.key(), q.key()) }

// side is the turn a → b → c: 1 when c is left of the line from a to b, -1 when
// right of it, 0 when on it. Exact: |Δx| ≤ 3.6e9 and |Δy| ≤ 1.8e9, so a product
// is at most 6.48e18 and fits an int64. The products are compared, which needs
// no argument about their difference.
func side(a, b, c point) int {
	l := (int64(b.x) - int64(a.x)) * (int64(c.y) - int64(a.y))
	r := (int64(b.y) - int64(a.y)) * (int64(c.x) - int64(a.x))
	switch {
	case l > r:
		return 1
	case l < r:
		return -1
	}
	return 0
}

// toggles reports whether the edge from a to b changes the parity at p: p's row
// is one of the edge's rows [lower end, upper end), and the edge is at or left
// of p on that row. Horizontal edges have no rows.
func toggles(a, b, p point) bool {
	if (a.y <= p.y) == (b.y <= p.y) {
		return false
	}
	if a.y <= p.y {
		return side(a, b, p) <= 0
	}
	return side(b, a, p) <= 0
}
