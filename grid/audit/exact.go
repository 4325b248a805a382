package audit

import (
	"cmp"
	"math"
	"math/bits"

	"github.com/paulmach/orb"
)

// unitsPerDegree is the resolution of a grid.Map: one unit is 1e-7 degree.
const unitsPerDegree = 1e7

// point is a place in whole units: |x| ≤ 1.8e9, |y| ≤ 9e8.
type point struct{ x, y int32 }

// pointOf undoes the division by which a Map answers its whole units as degrees.
func pointOf(p orb.Point) point {
	return point{int32(math.Round(p[0] * unitsPerDegree)), int32(math.Round(p[1] * unitsPerDegree))}
}

func (p point) degrees() orb.Point {
	return orb.Point{float64(p.x) / unitsPerDegree, float64(p.y) / unitsPerDegree}
}

// before is the order of places: by x, then y.
func (p point) before(q point) bool { return p.x < q.x || p.x == q.x && p.y < q.y }

func comparePoints(p, q point) int { return cmp.Or(cmp.Compare(p.x, q.x), cmp.Compare(p.y, q.y)) }

// turn is the sign and size of (b-a) × (q-p): positive when q-p points to the
// left of b-a. Each product is at most 3.6e9 · 1.8e9 = 6.48e18 and fits an
// int64; their difference fits a uint64, to which wrapping subtraction leads.
func turn(a, b, p, q point) (sign int, size uint64) {
	l := (int64(b.x) - int64(a.x)) * (int64(q.y) - int64(p.y))
	r := (int64(b.y) - int64(a.y)) * (int64(q.x) - int64(p.x))
	switch {
	case l > r:
		return 1, uint64(l) - uint64(r)
	case l < r:
		return -1, uint64(r) - uint64(l)
	}
	return 0, 0
}

// side is 1 when p is left of the line from a to b, -1 when right of it, 0 on it.
func side(a, b, p point) int {
	s, _ := turn(a, b, a, p)
	return s
}

// toggles reports whether the edge from a to b changes the parity at p, by the
// half-open rule of grid: p's row is one of the edge's rows [lower end, upper
// end), and the edge is at or left of p on that row.
func toggles(a, b, p point) bool {
	if (a.y <= p.y) == (b.y <= p.y) {
		return false
	}
	if a.y <= p.y {
		return side(a, b, p) <= 0
	}
	return side(b, a, p) <= 0
}

// mixed is an exact number: whole + num/den, 0 ≤ num < den, in lowest terms.
type mixed struct {
	whole    int64
	num, den uint64
}

func (m mixed) compare(n mixed) int {
	if m.whole != n.whole || m.num == 0 && n.num == 0 {
		return cmp.Compare(m.whole, n.whole)
	}
	h1, l1 := bits.Mul64(m.num, n.den)
	h2, l2 := bits.Mul64(n.num, m.den)
	return cmp.Or(cmp.Compare(h1, h2), cmp.Compare(l1, l2))
}

// atMost reports whether m ≤ v.
func (m mixed) atMost(v int32) bool {
	return m.whole < int64(v) || m.whole == int64(v) && m.num == 0
}

func (m mixed) float() float64 { return float64(m.whole) + float64(m.num)/float64(m.den) }

// from is m less n, rounded once each.
func (m mixed) from(n mixed) float64 {
	return float64(m.whole-n.whole) + (float64(m.num)/float64(m.den) - float64(n.num)/float64(n.den))
}

// spot is an exact place: an end of an edge, or where two edges cross.
type spot struct{ x, y mixed }

func (p point) spot() spot {
	return spot{mixed{int64(p.x), 0, 1}, mixed{int64(p.y), 0, 1}}
}

// point is the place as whole units, if it is one.
func (s spot) point() (point, bool) {
	return point{int32(s.x.whole), int32(s.y.whole)}, s.x.num == 0 && s.y.num == 0
}

func (s spot) compare(t spot) int { return cmp.Or(s.x.compare(t.x), s.y.compare(t.y)) }

func (s spot) degrees() orb.Point {
	return orb.Point{s.x.float() / unitsPerDegree, s.y.float() / unitsPerDegree}
}

// crossing is where the segments a–b and p–q cross; they do, each with its ends
// on both sides of the other. With t = (p-a)×(q-p) / (b-a)×(q-p), 0 < t < 1, it
// is a + t(b-a).
func crossing(a, b, p, q point) spot {
	_, num := turn(a, p, p, q)
	_, den := turn(a, b, p, q)
	return spot{
		along(int64(a.x), int64(b.x)-int64(a.x), num, den),
		along(int64(a.y), int64(b.y)-int64(a.y), num, den),
	}
}

// along is from + step·num/den. num < den, so the quotient is below |step| and
// fits.
func along(from, step int64, num, den uint64) mixed {
	size := uint64(step)
	if step < 0 {
		size = uint64(-step)
	}
	high, low := bits.Mul64(size, num)
	whole, rest := bits.Div64(high, low, den)
	m := mixed{from + int64(whole), rest, den}
	if step < 0 {
		m.whole = from - int64(whole)
		if rest > 0 {
			m.whole, m.num = m.whole-1, den-rest
		}
	}
	if m.num == 0 {
		m.den = 1
		return m
	}
	g := gcd(m.num, m.den)
	m.num, m.den = m.num/g, m.den/g
	return m
}

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
