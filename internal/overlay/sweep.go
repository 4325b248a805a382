package overlay

import (
	"cmp"
	"math"
	"slices"
)

// slack is by how much, in units, two edges may be out of order at an end of a
// slab before they count as crossing in it.
const slack = 1e-6

// sweep goes through slabs from south to north and adds up areas.
type sweep struct {
	regions
	area    []float64 // [0] nobody's, then by claim; in square units times density
	inside  []bool    // by region
	owners  owners
	masks   int // regions that take away and hold the place in hand
	waiting []strand
	active  []strand
	cuts    []float64 // rows at which edges cross within a slab, as parts of it
}

// strand is a piece that goes north from lo, and where it meets the ends of the
// slab in hand.
type strand struct {
	lo, hi place
	slope  float64
	a, b   float64
	region int32
}

func (s *sweep) begin(r regions) {
	s.regions = r
	s.area = append(s.area[:0], make([]float64, r.claims+1)...)
	s.inside = append(s.inside[:0], make([]bool, len(r.claimOf))...)
	s.owners.begin(r.claims)
}

// run measures the pieces of one box.
func (s *sweep) run(pieces []piece, b box, w *weight, originY int32) {
	s.waiting, s.active = s.waiting[:0], s.active[:0]
	for _, e := range pieces {
		if e.p.y > e.q.y {
			e.p, e.q = e.q, e.p
		}
		s.waiting = append(s.waiting, strand{lo: e.p, hi: e.q, slope: (e.q.x - e.p.x) / (e.q.y - e.p.y), region: e.region})
	}
	slices.SortFunc(s.waiting, func(d, e strand) int { return cmp.Compare(d.lo.y, e.lo.y) })
	next := 0
	for y := math.Inf(-1); ; {
		if len(s.active) == 0 {
			if next == len(s.waiting) {
				return
			}
			y = s.waiting[next].lo.y
		}
		for ; next < len(s.waiting) && s.waiting[next].lo.y <= y; next++ {
			s.active = append(s.active, s.waiting[next])
		}
		to := w.until(y, originY)
		if next < len(s.waiting) {
			to = min(to, s.waiting[next].lo.y)
		}
		for i := range s.active {
			to = min(to, s.active[i].hi.y)
		}
		s.slab(y, to, b.east, w)
		s.active = slices.DeleteFunc(s.active, func(e strand) bool { return e.hi.y <= to })
		y = to
	}
}

// slab measures between two rows between which no piece begins or ends.
func (s *sweep) slab(from, to, east float64, w *weight) {
	s.place(from, to)
	crossed := false
	for i := 1; i < len(s.active); i++ {
		d, e := &s.active[i-1], &s.active[i]
		crossed = crossed || d.a > e.a+slack || d.b > e.b+slack
	}
	if !crossed {
		s.add(from, to, east, w)
		return
	}
	s.findCuts()
	low := from
	for _, part := range append(s.cuts, 1) {
		if high := from + float64((to-from)*part); high > low && part < 1 {
			s.place(low, high)
			s.add(low, high, east, w)
			low = high
		}
	}
	s.place(low, to)
	s.add(low, to, east, w)
}

// place puts the strands in order from west to east halfway between the rows.
// They hardly change order from slab to slab.
func (s *sweep) place(from, to float64) {
	for i := range s.active {
		e := s.active[i]
		e.a, e.b = e.at(from), e.at(to)
		middle := e.a + e.b
		for ; i > 0 && s.active[i-1].a+s.active[i-1].b > middle; i-- {
			s.active[i] = s.active[i-1]
		}
		s.active[i] = e
	}
}

// at is where e meets row y.
func (e *strand) at(y float64) float64 {
	switch {
	case y <= e.lo.y:
		return e.lo.x
	case y >= e.hi.y:
		return e.hi.x
	}
	return e.lo.x + float64(e.slope*(y-e.lo.y))
}

// findCuts finds where strands cross within the slab: two do when their order at
// its ends differs, and sorting them from one order to the other by changing
// neighbours meets every such two.
func (s *sweep) findCuts() {
	s.cuts = s.cuts[:0]
	slices.SortFunc(s.active, func(d, e strand) int { return cmp.Or(cmp.Compare(d.a, e.a), cmp.Compare(d.b, e.b)) })
	for i := range s.active {
		for e := s.active[i]; i > 0 && s.active[i-1].b > e.b; i-- {
			d := s.active[i-1]
			if d.b > e.b+slack || e.a > d.a+slack {
				s.cuts = append(s.cuts, (e.a-d.a)/((e.a-d.a)+(d.b-e.b)))
			}
			s.active[i], s.active[i-1] = d, e
		}
	}
	slices.Sort(s.cuts)
}

// add adds what lies between the strands to its owners.
func (s *sweep) add(from, to, east float64, w *weight) {
	all, late := w.moments(from, to)
	var a, b float64
	for i := range s.active {
		e := &s.active[i]
		s.between(e.a-a, e.b-b, all, late)
		s.toggle(e.region)
		a, b = e.a, e.b
	}
	s.between(east-a, east-b, all, late)
	for i := len(s.active) - 1; i >= 0; i-- { // leave everything outside
		if r := s.active[i].region; s.inside[r] {
			s.toggle(r)
		}
	}
}

// between adds a trapezoid of the widths a and b at its lower and upper row.
func (s *sweep) between(a, b, all, late float64) {
	if !s.inside[0] || s.masks > 0 {
		return
	}
	if area := float64(a*(all-late)) + float64(b*late); area > 0 { // edges out of order by rounding have nothing between them
		s.area[s.owners.first()+1] += area
	}
}

func (s *sweep) toggle(r int32) {
	s.inside[r] = !s.inside[r]
	switch c := s.claimOf[r]; {
	case r == 0:
	case c != mask:
		s.owners.toggle(int(c))
	case s.inside[r]:
		s.masks++
	default:
		s.masks--
	}
}
