package grid

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// survey checks and snaps the boundaries of some units. One survey is used by
// one goroutine.
type survey struct {
	shapes   *shapes
	units    []*unit
	faults   []*Error
	findings []*Error // of the unit in hand

	// Scratch of the unit in hand.
	edges []edge
	open  []point
	from  []int32  // of each kept vertex: its index in the caller's ring
	rings []ringAt // of each kept ring: where it is in the caller's boundary
}

// ringAt is a kept ring's place in the caller's boundary.
type ringAt struct {
	poly, ring int
	start      int32 // its first kept vertex, counted through the unit
}

func newSurvey() *survey {
	s := newShapes()
	return &survey{shapes: &s}
}

// kept is what a Map keeps of the units surveyed, but for what is not geometry.
func (s *survey) kept() []*unit {
	s.shapes.clip()
	for i, u := range s.units {
		u.outline = s.shapes.outline(i)
		u.digest = u.outline.digest()
	}
	return s.units
}

// unit checks and snaps one boundary. A unit with a faulty ring is kept without it.
func (s *survey) unit(u *Unit) {
	s.from, s.rings, s.findings = s.from[:0], s.rings[:0], nil
	for p, polygon := range u.Boundary {
		if len(polygon) == 0 {
			s.faults = append(s.faults, &Error{Unit: u.Code, Polygon: p, Ring: -1, Vertex: -1, Err: ErrPolygon})
		}
		for r, ring := range polygon {
			s.ring(u.Code, p, r, ring)
		}
		s.shapes.endPoly()
	}
	s.shapes.endUnit()
	folded := s.tangles(u.Code)
	s.units = append(s.units, &unit{folded: folded, odd: s.findings, hollow: len(u.Boundary) == 0, weight: weight(u.Boundary)})
}

// ring checks one ring, then snaps it, leaves out points that fall on the one
// before and keeps it when 3 different ones are left.
func (s *survey) ring(unit Code, p, r int, ring orb.Ring) {
	at := func(vertex int, err error) *Error {
		e := &Error{Unit: unit, Polygon: p, Ring: r, Vertex: vertex, Err: err}
		if vertex >= 0 && finite(ring[vertex]) {
			e.At, e.HasAt = ring[vertex], true
		}
		return e
	}
	s.open = s.open[:0]
	mark, good := len(s.from), true
	for i, v := range ring {
		q, ok := snap(v)
		if !ok {
			s.faults = append(s.faults, at(i, ErrCoordinate))
			good = false
			continue
		}
		if n := len(s.open); n == 0 || s.open[n-1] != q {
			s.open = append(s.open, q)
			s.from = append(s.from, int32(i))
		}
	}
	if good && !threeDistinct(ring) {
		s.faults = append(s.faults, at(-1, ErrRing))
		good = false
	}
	if n := len(s.open); n > 1 && s.open[0] == s.open[n-1] {
		s.open = s.open[:n-1]
		s.from = s.from[:len(s.from)-1]
	}
	if good && !threeDistinct(s.open) {
		s.findings = append(s.findings, at(0, ErrCollapsed))
		good = false
	}
	if !good {
		s.from = s.from[:mark]
		return
	}
	s.rings = append(s.rings, ringAt{p, r, int32(mark)})
	s.shapes.ring(s.open)
}

func finite(p orb.Point) bool {
	return !math.IsNaN(p[0]) && !math.IsInf(p[0], 0) && !math.IsNaN(p[1]) && !math.IsInf(p[1], 0)
}

// threeDistinct reports whether at least 3 of the points differ. O(n).
func threeDistinct[P comparable](points []P) bool {
	if len(points) < 3 {
		return false
	}
	a, b := points[0], points[0]
	for _, p := range points {
		switch {
		case p == a || p == b:
		case a == b:
			b = p
		default:
			return true
		}
	}
	return false
}

// tangles examines the kept rings of the unit in hand and reports whether some
// of their edges cancel.
func (s *survey) tangles(unit Code) bool {
	o := s.shapes.outline(len(s.shapes.units) - 2)
	s.edges = s.shapes.edges(s.shapes.polys[o.from], s.shapes.polys[o.to], s.edges[:0])
	t := examine(s.edges)
	add := func(to *[]*Error, err error, marks []mark) {
		for _, m := range marks {
			*to = append(*to, s.at(unit, m, err))
		}
	}
	add(&s.faults, ErrCrossing, t.crossings)
	if t.tangled {
		s.faults = append(s.faults, faultOf(unit, ErrTangled))
	}
	add(&s.findings, ErrSnapCrossing, t.snapped)
	add(&s.findings, ErrTouch, t.touches)
	add(&s.findings, ErrFold, t.folds)
	return len(t.folds) > 0
}

// at is an error at a mark of the unit in hand.
func (s *survey) at(unit Code, m mark, err error) *Error {
	k, ok := slices.BinarySearchFunc(s.rings, m.vertex, func(r ringAt, v int32) int { return int(r.start - v) })
	if !ok {
		k--
	}
	r := s.rings[k]
	return &Error{
		Unit: unit, Polygon: r.poly, Ring: r.ring, Vertex: int(s.from[m.vertex]),
		At: m.at.degrees(), HasAt: true, Err: err,
	}
}
