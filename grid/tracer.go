package grid

import (
	"cmp"
	"slices"
)

// tracer walks along edges, no two of which overlap or cross, with the inside on
// its left.
type tracer struct {
	ends  []end // by place, then counter-clockwise from the east
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
