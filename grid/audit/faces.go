package audit

import "slices"

// faces is what the pieces of a plane enclose.
//
// Half-edge 2i runs piece i from lo to hi, 2i+1 back; its loop goes round the
// face on its left. A connected part of the pieces has one outer loop, which goes
// round it from outside, and otherwise loops round bounded faces. So a bounded
// face is one inner loop and the outer loops of what lies in it.
type faces struct {
	next  []int32 // by half-edge: the next of its loop
	loop  []int32 // by half-edge
	loops []loop
	parts int32
	part  []int32 // by vertex: its connected part; -1 if it is on no piece
	memberships
}

// loop is one way round.
type loop struct {
	first  int32 // a half-edge
	outer  bool
	anchor int32 // of an outer loop: its part's first vertex in the order of places
	label
}

// ends are the vertices that a half-edge runs between.
func (p *plane) ends(half int32) (from, to int32) {
	c := &p.pieces[half/2]
	if half%2 == 0 {
		return c.lo, c.hi
	}
	return c.hi, c.lo
}

// trace finds loops and labels them.
func (p *plane) trace() {
	starts, out := p.spokes()
	p.link(starts, out)
	p.connect(starts, out)
	p.markOuter(starts, out)
	p.name()
}

// spokes answers the half-edges that leave each vertex, counter-clockwise from
// just after straight down: out[starts[v]:starts[v+1]].
func (p *plane) spokes() (starts, out []int32) {
	starts = make([]int32, len(p.vertices)+2)
	for _, c := range p.pieces {
		starts[c.lo+2]++
		starts[c.hi+2]++
	}
	for v := 2; v < len(starts); v++ {
		starts[v] += starts[v-1]
	}
	out = make([]int32, 2*len(p.pieces))
	for half := range int32(len(out)) {
		from, _ := p.ends(half)
		out[starts[from+1]] = half
		starts[from+1]++
	}
	starts = starts[:len(starts)-1]
	for v := range p.vertices {
		slices.SortFunc(out[starts[v]:starts[v+1]], p.compareSpokes)
	}
	return starts, out
}

// compareSpokes orders half-edges from one vertex by angle, which is that of
// their carriers: those that go on in the order of places come first, for they
// point to the right half-plane, straight up included.
func (p *plane) compareSpokes(g, h int32) int {
	if g%2 != h%2 {
		return int(g%2 - h%2)
	}
	a, b := &p.carriers[p.pieces[g/2].carrier], &p.carriers[p.pieces[h/2].carrier]
	sign, _ := turn(a.lo, a.hi, b.lo, b.hi)
	return -sign
}

// link finds each half-edge's successor, the first one clockwise from its way
// back, and so the loops.
func (p *plane) link(starts, out []int32) {
	p.next, p.loop = make([]int32, len(out)), make([]int32, len(out))
	for v := range p.vertices {
		around := out[starts[v]:starts[v+1]]
		for i, half := range around {
			before := i - 1
			if before < 0 {
				before = len(around) - 1
			}
			p.next[half^1] = around[before]
		}
	}
	for half := range p.loop {
		p.loop[half] = -1
	}
	for half := range int32(len(out)) {
		if p.loop[half] >= 0 {
			continue
		}
		for at := half; p.loop[at] < 0; at = p.next[at] {
			p.loop[at] = int32(len(p.loops))
		}
		p.loops = append(p.loops, loop{first: half})
	}
}

// connect numbers the connected parts.
func (p *plane) connect(starts, out []int32) {
	p.part = make([]int32, len(p.vertices))
	for v := range p.part {
		p.part[v] = -1
	}
	var todo []int32
	for v := range p.vertices {
		if p.part[v] >= 0 || starts[v] == starts[v+1] {
			continue
		}
		p.part[v] = p.parts
		for todo = append(todo[:0], int32(v)); len(todo) > 0; {
			at := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			for _, half := range out[starts[at]:starts[at+1]] {
				if _, to := p.ends(half); p.part[to] < 0 {
					p.part[to] = p.parts
					todo = append(todo, to)
				}
			}
		}
		p.parts++
	}
}

// markOuter finds the outer loop of each part. All half-edges from its first
// vertex point to the right half-plane, so left of the last of them is outside.
//
// That vertex is an end of edges and not a crossing, so it is a whole place: of
// two edges that cross there, one comes from a place before it. That stretch is
// left out only where another edge on the same line undoes it, and that one
// undoes what follows too, or ends there.
func (p *plane) markOuter(starts, out []int32) {
	first := make([]int32, p.parts)
	for i := range first {
		first[i] = -1
	}
	for v, part := range p.part {
		if part >= 0 && (first[part] < 0 || p.vertices[v].compare(p.vertices[first[part]]) < 0) {
			first[part] = int32(v)
		}
	}
	for _, v := range first {
		l := &p.loops[p.loop[out[starts[v+1]-1]]]
		l.outer, l.anchor = true, v
	}
}

// rise is the ends of a piece, the lower one first.
func (p *plane) rise(c *piece) (low, high spot) {
	low, high = p.vertices[c.lo], p.vertices[c.hi]
	if low.y.compare(high.y) > 0 {
		return high, low
	}
	return low, high
}

// passes is toggles for a piece.
func (p *plane) passes(c *piece, v point) bool {
	low, high := p.rise(c)
	if !low.y.atMost(v.y) || high.y.atMost(v.y) {
		return false
	}
	k := &p.carriers[c.carrier]
	if k.lo.y <= k.hi.y {
		return side(k.lo, k.hi, v) <= 0
	}
	return side(k.hi, k.lo, v) <= 0
}

// encloses reports whether a loop goes round v, by the half-open rule.
func (p *plane) encloses(l *loop, v point) bool {
	in := false
	p.around(l, func(c *piece) {
		if p.passes(c, v) {
			in = !in
		}
	})
	return in
}
