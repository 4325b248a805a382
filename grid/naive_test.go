package grid_test

import (
	"math"
	"math/big"
	"slices"
	"sort"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
)

// The naive twin: the documented rules read aloud, in rational numbers, over the
// units as the caller gave them. It knows nothing of Refs, trees or orders.

type spot struct{ x, y int64 }

func naiveSnap(p orb.Point) (spot, bool) {
	whole := func(v float64) int64 {
		v *= 1e7
		cut := math.Trunc(v)
		if math.Abs(v-cut) >= 0.5 {
			cut += math.Copysign(1, v)
		}
		return int64(cut)
	}
	if math.IsNaN(p[0]) || math.IsNaN(p[1]) || math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90 {
		return spot{}, false
	}
	return spot{whole(p[0]), whole(p[1])}, true
}

type segment struct{ a, b spot }

// naiveRings are the snapped rings, repeated points and vanished rings left out.
func naiveRings(u grid.Unit) [][]spot {
	var rings [][]spot
	for _, polygon := range u.Boundary {
		for _, ring := range polygon {
			var out []spot
			distinct := map[spot]bool{}
			for _, p := range ring {
				s, _ := naiveSnap(p)
				distinct[s] = true
				if len(out) == 0 || out[len(out)-1] != s {
					out = append(out, s)
				}
			}
			if len(out) > 1 && out[0] == out[len(out)-1] {
				out = out[:len(out)-1]
			}
			if len(distinct) >= 3 {
				rings = append(rings, out)
			}
		}
	}
	return rings
}

func naiveEdges(u grid.Unit) []segment {
	var out []segment
	for _, ring := range naiveRings(u) {
		for i, a := range ring {
			out = append(out, segment{a, ring[(i+1)%len(ring)]})
		}
	}
	return out
}

func rat(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

// crossingsOfRow are the places where edges meet row y, lower ends included and
// upper ends not, ascending.
func crossingsOfRow(edges []segment, y *big.Rat) []*big.Rat {
	var xs []*big.Rat
	for _, e := range edges {
		if e.a.y > e.b.y {
			e.a, e.b = e.b, e.a
		}
		if rat(e.a.y).Cmp(y) > 0 || rat(e.b.y).Cmp(y) <= 0 {
			continue
		}
		x := new(big.Rat).Sub(y, rat(e.a.y))
		x.Mul(x, big.NewRat(e.b.x-e.a.x, e.b.y-e.a.y))
		xs = append(xs, x.Add(x, rat(e.a.x)))
	}
	sort.Slice(xs, func(i, j int) bool { return xs[i].Cmp(xs[j]) < 0 })
	return xs
}

func naiveHolds(edges []segment, s spot) bool {
	odd := false
	for _, x := range crossingsOfRow(edges, rat(s.y)) {
		if x.Cmp(rat(s.x)) <= 0 {
			odd = !odd
		}
	}
	return odd
}

func naiveLeaf(units []grid.Unit, u grid.Unit) bool {
	return !slices.ContainsFunc(units, func(v grid.Unit) bool { return v.Parent == u.Code && v.Level > 0 })
}

// naive is what a map of these units must answer.
type naive struct {
	units []grid.Unit
	edges map[grid.Code][]segment // of the leaves
}

func newNaive(units []grid.Unit) naive {
	n := naive{units, map[grid.Code][]segment{}}
	for _, u := range units {
		if naiveLeaf(units, u) {
			n.edges[u.Code] = naiveEdges(u)
		}
	}
	return n
}

// holders are the codes of the leaves whose region holds p.
func (n naive) holders(p orb.Point) []grid.Code {
	var codes []grid.Code
	s, ok := naiveSnap(p)
	for c, edges := range n.edges {
		if ok && naiveHolds(edges, s) {
			codes = append(codes, c)
		}
	}
	slices.Sort(codes)
	return codes
}

// owner is the smallest of them, "" for none.
func (n naive) owner(p orb.Point) grid.Code {
	if codes := n.holders(p); len(codes) > 0 {
		return codes[0]
	}
	return ""
}

// within are the codes of the leaves that share a point with the box: on some
// row of the box, an interval of the region meets the box's sides. Between rows
// where something happens the answer does not change, so it is asked on those
// and halfway between.
func (n naive) within(b orb.Bound) []grid.Code {
	low, _ := naiveSnap(b.Min)
	high, _ := naiveSnap(b.Max)
	var codes []grid.Code
	for c, edges := range n.edges {
		if slices.ContainsFunc(rowsToAsk(edges, low, high), func(y *big.Rat) bool { return rowMeets(edges, y, low.x, high.x) }) {
			codes = append(codes, c)
		}
	}
	slices.Sort(codes)
	return codes
}

func rowMeets(edges []segment, y *big.Rat, from, to int64) bool {
	xs := crossingsOfRow(edges, y)
	for i := 0; i+1 < len(xs); i += 2 {
		if xs[i].Cmp(xs[i+1]) < 0 && xs[i].Cmp(rat(to)) <= 0 && xs[i+1].Cmp(rat(from)) > 0 {
			return true
		}
	}
	return false
}

func rowsToAsk(edges []segment, low, high spot) []*big.Rat {
	rows := []*big.Rat{rat(low.y), rat(high.y)}
	for i, e := range edges {
		rows = append(rows, rat(e.a.y), rat(e.b.y))
		for _, x := range []int64{low.x, high.x} {
			if e.a.x != e.b.x && min(e.a.x, e.b.x) <= x && x <= max(e.a.x, e.b.x) {
				y := big.NewRat(e.b.y-e.a.y, e.b.x-e.a.x)
				y.Mul(y, rat(x-e.a.x))
				rows = append(rows, y.Add(y, rat(e.a.y)))
			}
		}
		for _, f := range edges[:i] {
			if _, y, ok := naiveCross(e, f); ok {
				rows = append(rows, y)
			}
		}
	}
	rows = slices.DeleteFunc(rows, func(y *big.Rat) bool { return y.Cmp(rat(low.y)) < 0 || y.Cmp(rat(high.y)) > 0 })
	sort.Slice(rows, func(i, j int) bool { return rows[i].Cmp(rows[j]) < 0 })
	for i := len(rows) - 1; i > 0; i-- {
		if rows[i].Cmp(rows[i-1]) != 0 {
			half := new(big.Rat).Add(rows[i], rows[i-1])
			rows = append(rows, half.Mul(half, big.NewRat(1, 2)))
		}
	}
	return rows
}

// naiveCross solves e = f for a place inside both.
func naiveCross(e, f segment) (x, y *big.Rat, ok bool) {
	ex, ey, fx, fy := e.b.x-e.a.x, e.b.y-e.a.y, f.b.x-f.a.x, f.b.y-f.a.y
	product := func(a, b, c, d int64) *big.Rat {
		l := new(big.Rat).Mul(rat(a), rat(b))
		return l.Sub(l, new(big.Rat).Mul(rat(c), rat(d)))
	}
	turn := product(ex, fy, ey, fx)
	if turn.Sign() == 0 {
		return nil, nil, false
	}
	ox, oy := f.a.x-e.a.x, f.a.y-e.a.y
	t := new(big.Rat).Quo(product(ox, fy, oy, fx), turn)
	u := new(big.Rat).Quo(product(ox, ey, oy, ex), turn)
	one := rat(1)
	if t.Sign() <= 0 || u.Sign() <= 0 || t.Cmp(one) >= 0 || u.Cmp(one) >= 0 {
		return nil, nil, false
	}
	x = new(big.Rat).Mul(t, rat(ex))
	y = new(big.Rat).Mul(t, rat(ey))
	return x.Add(x, rat(e.a.x)), y.Add(y, rat(e.a.y)), true
}

// naiveDistance2 is the square of the distance from s to the segment.
func naiveDistance2(s spot, e segment) *big.Rat {
	dx, dy := rat(e.b.x-e.a.x), rat(e.b.y-e.a.y)
	t := new(big.Rat).Mul(dx, rat(s.x-e.a.x))
	t.Add(t, new(big.Rat).Mul(dy, rat(s.y-e.a.y)))
	length2 := new(big.Rat).Mul(dx, dx)
	length2.Add(length2, new(big.Rat).Mul(dy, dy))
	t.Quo(t, length2)
	if t.Sign() < 0 {
		t = rat(0)
	} else if t.Cmp(rat(1)) > 0 {
		t = rat(1)
	}
	x := new(big.Rat).Sub(rat(s.x-e.a.x), new(big.Rat).Mul(t, dx))
	y := new(big.Rat).Sub(rat(s.y-e.a.y), new(big.Rat).Mul(t, dy))
	x.Mul(x, x)
	return x.Add(x, y.Mul(y, y))
}

// naiveTangle is what the boundary of u does to itself.
func naiveTangle(u grid.Unit) (crossings, snapped int, touches, folds map[spot]bool) {
	touches, folds = map[spot]bool{}, map[spot]bool{}
	edges := naiveEdges(u)
	four := rat(4)
	seen := map[spot]bool{}
	for i, e := range edges {
		if seen[e.a] {
			touches[e.a] = true
		}
		seen[e.a] = true
		for _, f := range edges {
			if f.a != e.a && f.b != e.a && naiveDistance2(e.a, f).Sign() == 0 {
				touches[e.a] = true
			}
		}
		for _, f := range edges[:i] {
			if _, _, ok := naiveCross(e, f); ok {
				if naiveDistance2(e.a, f).Cmp(four) <= 0 || naiveDistance2(e.b, f).Cmp(four) <= 0 ||
					naiveDistance2(f.a, e).Cmp(four) <= 0 || naiveDistance2(f.b, e).Cmp(four) <= 0 {
					snapped++
				} else {
					crossings++
				}
			}
			if start, ok := naiveFold(e, f); ok {
				folds[start] = true
			}
		}
	}
	return crossings, snapped, touches, folds
}

// naiveFold is where the common stretch of two edges on one line begins.
func naiveFold(e, f segment) (spot, bool) {
	cross := func(p, q, r spot) int {
		l := new(big.Int).Mul(big.NewInt(q.x-p.x), big.NewInt(r.y-p.y))
		return l.Cmp(new(big.Int).Mul(big.NewInt(q.y-p.y), big.NewInt(r.x-p.x)))
	}
	if cross(e.a, e.b, f.a) != 0 || cross(e.a, e.b, f.b) != 0 {
		return spot{}, false
	}
	less := func(p, q spot) bool { return p.x < q.x || p.x == q.x && p.y < q.y }
	if less(e.b, e.a) {
		e.a, e.b = e.b, e.a
	}
	if less(f.b, f.a) {
		f.a, f.b = f.b, f.a
	}
	start, end := e.a, e.b
	if less(start, f.a) {
		start = f.a
	}
	if less(f.b, end) {
		end = f.b
	}
	return start, less(start, end)
}
