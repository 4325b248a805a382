package grid

import "slices"

// sweep finds touches and folds of edges that do not cross, and answers false
// as soon as it meets a crossing (Shamos and Hoey 1976). O(n log n).
//
// The line moves in the order of places, x then y, so a vertical edge is one
// that leans right by less than anything measurable. At a place, edges that end
// leave before edges that begin enter; hence any two edges on the line have a
// stretch of it in common, on which they have one order, which no touch and no
// common end can turn round. Edges on one line are ordered by number.
func sweep(edges []edge) (tangle, bool) {
	events := schedule(edges)
	var t tangle
	s := newStatus(edges)
	crossed := func(lower, upper int32) bool {
		return lower != 0 && upper != 0 && meet(edges[lower-1], edges[upper-1], nil) == cross
	}
	inside := false
	for i, ev := range events {
		if i == 0 || events[i-1].at != ev.at {
			inside = s.passes(ev.at)
		}
		if inside {
			t.touches = append(t.touches, mark{ev.at, ev.vertex})
		}
		if ev.leave {
			lower, upper := s.leave(ev.id)
			if crossed(lower, upper) {
				return tangle{}, false
			}
			continue
		}
		lower, upper := s.enter(ev.id)
		if crossed(lower, ev.id) || crossed(ev.id, upper) {
			return tangle{}, false
		}
		if s.along(lower, ev.id) || s.along(upper, ev.id) {
			t.folds = append(t.folds, mark{ev.at, ev.vertex})
		}
	}
	return t, true
}

// event is an edge entering or leaving the line.
type event struct {
	at     point
	vertex int32 // of the boundary, there
	id     int32 // of the edge, from 1
	leave  bool
}

// schedule is the events in order: by place, leaving first, then by edge.
func schedule(edges []edge) []event {
	events := make([]event, 0, 2*len(edges))
	for i, e := range edges {
		id := int32(i + 1)
		events = append(events, event{e.lo, e.loAt, id, false}, event{e.hi, e.hiAt, id, true})
	}
	slices.SortFunc(events, func(a, b event) int {
		if a.at != b.at {
			return comparePoints(a.at, b.at)
		}
		if a.leave != b.leave {
			if a.leave {
				return -1
			}
			return 1
		}
		return int(a.id - b.id)
	})
	return events
}

// status is the edges on the sweep line from below to above: a treap threaded
// by a list. Edges are numbered from 1; 0 is none. A node's priority is a hash
// of its number, so that the shape is the same in every run.
type status struct {
	edges               []edge
	left, right, parent []int32
	below, above        []int32
	root                int32
}

func newStatus(edges []edge) *status {
	n := len(edges) + 1
	all := make([]int32, 5*n)
	return &status{
		edges: edges, left: all[:n], right: all[n : 2*n], parent: all[2*n : 3*n],
		below: all[3*n : 4*n], above: all[4*n:],
	}
}

// priority is the finaliser of MurmurHash3, which is one to one.
func priority(id int32) uint32 {
	h := uint32(id)
	h = (h ^ h>>16) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return h ^ h>>16
}

// passes reports whether p lies inside an edge on the line.
func (s *status) passes(p point) bool {
	lowest := int32(0) // the lowest edge that p is not above
	for at := s.root; at != 0; {
		if e := s.edges[at-1]; side(e.lo, e.hi, p) > 0 {
			at = s.right[at]
		} else {
			lowest, at = at, s.left[at]
		}
	}
	for ; lowest != 0; lowest = s.above[lowest] {
		e := s.edges[lowest-1]
		if side(e.lo, e.hi, p) != 0 {
			return false
		}
		if e.hi != p {
			return true
		}
	}
	return false
}

// along reports whether an edge entering now runs along one on the line.
func (s *status) along(on, id int32) bool {
	if on == 0 {
		return false
	}
	a, b := s.edges[on-1], s.edges[id-1]
	return side(a.lo, a.hi, b.lo) == 0 && side(a.lo, a.hi, b.hi) == 0
}

// over reports whether the entering edge a lies above edge b of the line.
func (s *status) over(a, b int32) bool {
	e, f := s.edges[a-1], s.edges[b-1]
	turn := side(f.lo, f.hi, e.lo)
	if turn == 0 {
		turn = side(f.lo, f.hi, e.hi)
	}
	return turn > 0 || turn == 0 && a > b
}

// enter puts an edge on the line and answers its neighbours.
func (s *status) enter(id int32) (lower, upper int32) {
	up := int32(0)
	for at := s.root; at != 0; {
		up = at
		if s.over(id, at) {
			lower, at = at, s.right[at]
		} else {
			upper, at = at, s.left[at]
		}
	}
	s.parent[id], s.left[id], s.right[id] = up, 0, 0
	switch {
	case up == 0:
		s.root = id
	case up == lower:
		s.right[up] = id
	default:
		s.left[up] = id
	}
	s.below[id], s.above[id] = lower, upper
	s.thread(lower, id)
	s.thread(id, upper)
	for s.parent[id] != 0 && priority(id) > priority(s.parent[id]) {
		s.lift(id)
	}
	return lower, upper
}

// leave takes an edge off the line and answers the neighbours it had.
func (s *status) leave(id int32) (lower, upper int32) {
	for s.left[id] != 0 || s.right[id] != 0 {
		l, r := s.left[id], s.right[id]
		if r == 0 || l != 0 && priority(l) > priority(r) {
			s.lift(l)
		} else {
			s.lift(r)
		}
	}
	s.replace(s.parent[id], id, 0)
	lower, upper = s.below[id], s.above[id]
	s.thread(lower, upper)
	return lower, upper
}

func (s *status) thread(lower, upper int32) {
	if lower != 0 {
		s.above[lower] = upper
	}
	if upper != 0 {
		s.below[upper] = lower
	}
}

// lift rotates a node above its parent.
func (s *status) lift(id int32) {
	up := s.parent[id]
	s.replace(s.parent[up], up, id)
	var moved int32
	if s.left[up] == id {
		moved, s.right[id], s.left[up] = s.right[id], up, s.right[id]
	} else {
		moved, s.left[id], s.right[up] = s.left[id], up, s.left[id]
	}
	if moved != 0 {
		s.parent[moved] = up
	}
	s.parent[up] = id
}

// replace puts id in the place of old below up; up 0 is the root's place.
func (s *status) replace(up, old, id int32) {
	switch {
	case up == 0:
		s.root = id
	case s.left[up] == old:
		s.left[up] = id
	default:
		s.right[up] = id
	}
	if id != 0 {
		s.parent[id] = up
	}
}
