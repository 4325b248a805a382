package grid

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/geodesy"
	"github.com/gridgov/gridgov/internal/overlay"
)

// edition is one of the two maps of a Diff and what is known about its leaves. The
// slices are by Ref; index 0 is unused.
type edition struct {
	m      *Map
	levels []string
	twin   []Ref   // the other map's leaf with the same rings; 0 for none
	swept  []bool  // its land is measured, not taken over from the twin
	area   []int64 // cm²; unmeasured is -1
	strip  []int64 // cm² below which a piece is a sliver, of swept leaves
	odd    map[Code]bool
	sheet  *overlay.Sheet
	rings  [][]overlay.Point // scratch
	space  []orb.Point       // scratch
}

const unmeasured = -1

func newEdition(m *Map) *edition {
	return &edition{m: m, levels: m.Levels(), sheet: overlay.NewSheet(geodesy.Density)}
}

// prepare makes room for every unit.
func (s *edition) prepare() {
	n := s.m.Len() + 1
	s.twin, s.swept, s.area, s.strip = make([]Ref, n), make([]bool, n), make([]int64, n), make([]int64, n)
	for i := range s.area {
		s.area[i] = unmeasured
	}
}

// meeting are the leaves whose boxes share a point with a box, by code.
func (s *edition) meeting(low, high point, dst []Ref) []Ref {
	dst = s.m.leavesNear(low, high, dst[:0])
	slices.SortFunc(dst, func(a, b Ref) int { return cmp.Compare(s.code(a), s.code(b)) })
	return dst
}

func (s *edition) code(r Ref) Code { return s.m.Info(r).Code }

// box is the extent of a leaf; false for one without land.
func (s *edition) box(r Ref) (low, high point, some bool) {
	for ring := range s.m.outline(r).rings() {
		from, to := extent(ring)
		if !some {
			low, high, some = from, to, true
		}
		low = point{min(low.x, from.x), min(low.y, from.y)}
		high = point{max(high.x, to.x), max(high.y, to.y)}
	}
	return low, high, some
}

// ringsOf are the rings of a unit for a sheet, until the next call.
func (s *edition) ringsOf(r Ref) [][]overlay.Point {
	n := 0
	for ring := range s.m.outline(r).rings() {
		if n == len(s.rings) {
			s.rings = append(s.rings, nil)
		}
		out := s.rings[n][:0]
		for _, p := range ring {
			out = append(out, overlay.Point{X: p.x, Y: p.y})
		}
		s.rings[n] = out
		n++
	}
	return s.rings[:n]
}

// perimeter is the length of a unit's boundary in units, and its middle row.
func (s *edition) perimeter(r Ref) (length, middle float64) {
	low, high, _ := s.box(r)
	for ring := range s.m.outline(r).rings() {
		for i, b := range ring[1:] {
			length += math.Hypot(float64(b.x)-float64(ring[i].x), float64(b.y)-float64(ring[i].y))
		}
	}
	return length, (float64(low.y) + float64(high.y)) / 2
}

// stripOf is the area of a strip one unit wide along the boundary of r.
func (s *edition) stripOf(r Ref) int64 {
	length, middle := s.perimeter(r)
	return centimetres(length / unitsPerDegree / unitsPerDegree * geodesy.Density(middle/unitsPerDegree))
}

// areaOf is the area of an unchanged leaf by its boundary. One ring that does not
// meet itself is measured on its own, anything else by the sheet.
func (s *edition) areaOf(r Ref) int64 {
	if s.odd == nil {
		s.odd = map[Code]bool{}
		for _, f := range s.m.Findings() {
			s.odd[f.Unit] = true
		}
	}
	count := 0
	for ring := range s.m.outline(r).rings() {
		if count++; count == 1 {
			s.space = s.space[:0]
			for _, p := range ring {
				s.space = append(s.space, p.degrees())
			}
		}
	}
	switch {
	case count == 0:
		return 0
	case count == 1 && !s.odd[s.code(r)]:
		return centimetres(math.Abs(geodesy.Area(s.space)))
	}
	s.sheet.Begin(s.ringsOf(r))
	_, rest := s.sheet.Parts(nil)
	return centimetres(rest)
}

// centimetres is an area in m² as whole cm²; that of the globe is 5.1e18.
func centimetres(m2 float64) int64 { return int64(math.Round(m2 * 1e4)) }
