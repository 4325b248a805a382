package grid

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/spatial"
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
	t := newTracer(split(cancel(edges)))
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

// union is the union of outlines, as dissolve answers it, and false when some of
// them overlap: then their edges cross, or the union is smaller than all of them
// together.
func union(outlines []outline) ([][][]point, bool) {
	var edges []edge
	var apart wideInt
	for _, o := range outlines {
		edges = append(edges, o.edges()...)
		apart = apart.add(areaOf(dissolve(o)))
	}
	if t := examine(cancel(edges)); len(t.crossings) > 0 || len(t.snapped) > 0 || t.tangled {
		return nil, false
	}
	rings := dissolve(outlines...)
	return rings, areaOf(rings) == apart
}

// degreesOfAll are polygons in degrees.
func degreesOfAll(polygons [][][]point) orb.MultiPolygon {
	var out orb.MultiPolygon
	for _, polygon := range polygons {
		var rings orb.Polygon
		for _, ring := range polygon {
			rings = append(rings, degreesOf(ring))
		}
		out = append(out, rings)
	}
	return out
}

// split cuts edges, no two of which overlap, at the ends of others that lie
// inside them, so that edges meet in ends only, unless they cross. O(n log n) but
// for the cuts.
func split(edges []edge) []edge {
	var items []spatial.Item
	var ends []point
	for _, touch := range examine(edges).touches {
		at := touch.at
		items = append(items, spatial.Item{Box: boxOf(at, at), ID: uint32(len(ends))})
		ends = append(ends, at)
	}
	tree, err := spatial.Build(items)
	if err != nil || len(ends) == 0 { // an error is impossible: the corners are finite
		return edges
	}
	var out []edge
	var found []uint32
	for _, e := range edges {
		low, high := extent([]point{e.lo, e.hi})
		from := e.lo
		found = tree.Search(boxOf(low, high), found[:0]) // in the order of places, as ends are
		for _, id := range found {
			if p := ends[id]; from.before(p) && p.before(e.hi) && side(e.lo, e.hi, p) == 0 {
				out = append(out, edge{lo: from, hi: p})
				from = p
			}
		}
		out = append(out, edge{lo: from, hi: e.hi})
	}
	return out
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

// areaOf is twice the area of polygons as dissolve makes them.
func areaOf(polygons [][][]point) wideInt {
	var sum wideInt
	for _, polygon := range polygons {
		for _, ring := range polygon {
			sum = sum.add(area2(ring))
		}
	}
	return sum
}
