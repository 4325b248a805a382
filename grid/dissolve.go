package grid

import (
	"cmp"
	"math/bits"
	"slices"
)

// dissolve answers the union of outlines of which no two overlap, without the
// borders between them: the places that an odd number of them hold. Rings are
// closed, outer rings counter-clockwise, each followed by its holes, clockwise; a
// ring meets itself and others in points only. The order is that of their
// leftmost lowest points.
func dissolve(outlines ...outline) [][][]point {
	var edges []edge
	for _, o := range outlines {
		edges = append(edges, o.edges()...)
	}
	t := newTracer(cancel(edges))
	var outer, holes [][]point
	for ring := t.next(); ring != nil; ring = t.next() {
		if area2(ring).positive() {
			outer = append(outer, ring)
		} else {
			holes = append(holes, ring)
		}
	}
	return assign(outer, holes)
}

// tracer walks along edges, no two of which overlap or cross, with the inside on
// its left.
type tracer struct {
	ends  []end // by place, then counter-clockwise from the east
	pairs []int32
	used  []bool
	edges []edge
	first int
}

// end is one end of an edge.
type end struct {
	at, to point
	edge   int32
}

func newTracer(edges []edge) *tracer {
	t := &tracer{edges: edges, used: make([]bool, len(edges))}
	for i, e := range edges {
		t.ends = append(t.ends, end{e.lo, e.hi, int32(i)}, end{e.hi, e.lo, int32(i)})
	}
	slices.SortFunc(t.ends, func(a, b end) int {
		return cmp.Or(comparePoints(a.at, b.at), turnOrder(a.at, a.to, b.to))
	})
	return t
}

// turnOrder orders the directions from p to a and b counter-clockwise from the
// east, the east itself first.
func turnOrder(p, a, b point) int {
	half := func(q point) int {
		if q.y > p.y || q.y == p.y && q.x > p.x {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(half(a), half(b)), -side(p, a, b))
}

// group is the ends at a place.
func (t *tracer) group(p point) []end {
	from, _ := slices.BinarySearchFunc(t.ends, p, func(e end, p point) int { return comparePoints(e.at, p) })
	to := from
	for to < len(t.ends) && t.ends[to].at == p {
		to++
	}
	return t.ends[from:to]
}

// next is a ring not walked yet, closed; nil when there is none.
func (t *tracer) next() []point {
	for ; t.first < len(t.ends); t.first++ {
		e := t.ends[t.first]
		if t.used[e.edge] {
			continue
		}
		return t.walk(e)
	}
	return nil
}

// walk follows the edge with end e, away from it or towards it, whichever has the
// inside on the left.
func (t *tracer) walk(e end) []point {
	start, to := e.at, e.to
	if !t.insideLeft(e) {
		start, to = to, start
	}
	ring := []point{start}
	at, from, via := to, start, e.edge
	for {
		t.used[via] = true
		ring = append(ring, at)
		if at == start && t.closes(at, from, ring[1]) {
			return ring
		}
		next := t.turn(at, from)
		from, at, via = at, next.to, next.edge
	}
}

// turn is the end by which to go on at p when coming from a place: the first one
// clockwise from there. Between the two is inside only.
func (t *tracer) turn(p, from point) end {
	g := t.group(p)
	i := slices.IndexFunc(g, func(e end) bool { return e.to == from })
	return g[(i+len(g)-1)%len(g)]
}

// closes reports whether going on at p when coming from a place leads to next.
func (t *tracer) closes(p, from, next point) bool { return t.turn(p, from).to == next }

// insideLeft reports whether the inside is left of the edge, seen from its end e.
// The sector just counter-clockwise of the east is inside when the place itself
// is, for that is where the half-open rule looks; sectors take turns from there.
func (t *tracer) insideLeft(e end) bool {
	g := t.group(e.at)
	inside := t.holds(e.at)
	for i, f := range g {
		// An edge that leads east lies below the first sector.
		if i > 0 || f.to.y != e.at.y || f.to.x < e.at.x {
			inside = !inside
		}
		if f.edge == e.edge && f.to == e.to {
			return inside
		}
	}
	return inside
}

// holds reports whether an odd number of the edges toggle at p.
func (t *tracer) holds(p point) bool {
	in := false
	for _, e := range t.edges {
		if toggles(e.lo, e.hi, p) {
			in = !in
		}
	}
	return in
}

// wideInt is a signed number of 128 bits.
type wideInt struct {
	high int64
	low  uint64
}

func (w wideInt) positive() bool { return w.high > 0 || w.high == 0 && w.low > 0 }

// addProduct adds a·b.
func (w wideInt) addProduct(a, b int64) wideInt {
	negative := (a < 0) != (b < 0)
	high, low := bits.Mul64(uint64(max(a, -a)), uint64(max(b, -b)))
	if negative {
		low = ^low + 1
		high = ^high
		if low == 0 {
			high++
		}
	}
	return w.add(wideInt{int64(high), low})
}

func (w wideInt) add(v wideInt) wideInt {
	sum, carry := bits.Add64(w.low, v.low, 0)
	return wideInt{w.high + v.high + int64(carry), sum}
}

// area2 is twice the area of a closed ring in square units, positive when it
// turns counter-clockwise.
func area2(ring []point) wideInt {
	var sum wideInt
	for i, b := range ring[1:] {
		a := ring[i]
		sum = sum.addProduct(int64(b.x)+int64(a.x), int64(b.y)-int64(a.y))
	}
	return sum
}

// assign puts each hole behind the smallest outer ring around it.
func assign(outer, holes [][]point) [][][]point {
	polygons := make([][][]point, len(outer))
	for i, ring := range outer {
		polygons[i] = [][]point{ring}
	}
	for _, hole := range holes {
		best := -1
		for i, ring := range outer {
			if surrounds(ring, hole) && (best < 0 || surrounds(outer[best], ring)) {
				best = i
			}
		}
		if best >= 0 {
			polygons[best] = append(polygons[best], hole)
		}
	}
	return polygons
}

// surrounds reports whether the inside of ring, an outer one, holds all of
// another ring that does not cross it.
func surrounds(ring, other []point) bool {
	low, high := extent(ring)
	if a, b := extent(other); a.x < low.x || a.y < low.y || b.x > high.x || b.y > high.y {
		return false
	}
	inside := func(p point) bool {
		in := false
		for i, b := range ring[1:] {
			if toggles(ring[i], b, p) {
				in = !in
			}
		}
		return in
	}
	for _, p := range other { // a place that is not on ring says it
		if !slices.Contains(ring, p) {
			return inside(p)
		}
	}
	// All corners are shared. Just inside the lower left corner of other is a
	// place that the half-open rule takes for that corner itself.
	return inside(slices.MinFunc(other, func(p, q point) int { return cmp.Or(cmp.Compare(p.y, q.y), cmp.Compare(p.x, q.x)) }))
}
