package grid

import "github.com/paulmach/orb"

// shapes holds boundaries of many units in flat slices. Rings are stored
// closed: the first point again at the end.
type shapes struct {
	points []point
	rings  []uint32 // where each ring starts in points, and one more for the end
	polys  []uint32 // where each polygon starts in rings, and one more
	units  []uint32 // where each unit starts in polys, and one more
}

func newShapes() shapes {
	return shapes{rings: []uint32{0}, polys: []uint32{0}, units: []uint32{0}}
}

// ring appends an open ring and closes it.
func (s *shapes) ring(open []point) {
	s.points = append(append(s.points, open...), open[0])
	s.rings = append(s.rings, uint32(len(s.points)))
}

// endPoly ends a polygon, unless it has got no ring.
func (s *shapes) endPoly() {
	if n := uint32(len(s.rings) - 1); n > s.polys[len(s.polys)-1] {
		s.polys = append(s.polys, n)
	}
}

// endUnit ends a unit, with or without polygons.
func (s *shapes) endUnit() { s.units = append(s.units, uint32(len(s.polys)-1)) }

// unitRings is the range of rings of the unit with that index.
func (s *shapes) unitRings(i int) (from, to uint32) {
	return s.polys[s.units[i]], s.polys[s.units[i+1]]
}

// copyUnit appends unit i of t.
func (s *shapes) copyUnit(t *shapes, i int) {
	for poly := t.units[i]; poly < t.units[i+1]; poly++ {
		for ring := t.polys[poly]; ring < t.polys[poly+1]; ring++ {
			s.points = append(s.points, t.points[t.rings[ring]:t.rings[ring+1]]...)
			s.rings = append(s.rings, uint32(len(s.points)))
		}
		s.endPoly()
	}
	s.endUnit()
}

// edges answers the edges of the rings from, …, to-1, vertices counted through
// them without the closing ones.
func (s *shapes) edges(from, to uint32, dst []edge) []edge {
	vertex := int32(0)
	for r := from; r < to; r++ {
		pts := s.points[s.rings[r]:s.rings[r+1]]
		first := vertex
		for i, b := range pts[1:] {
			a, next := pts[i], vertex+1
			if i == len(pts)-2 {
				next = first
			}
			if a.before(b) {
				dst = append(dst, edge{a, b, vertex, next})
			} else {
				dst = append(dst, edge{b, a, next, vertex})
			}
			vertex++
		}
	}
	return dst
}

// holds reports whether an odd number of edges of the paths from, …, to-1 lie
// at or left of p on its row.
func (s *shapes) holds(from, to uint32, p point) bool {
	in := false
	for r := from; r < to; r++ {
		pts := s.points[s.rings[r]:s.rings[r+1]]
		a := pts[0]
		for _, b := range pts[1:] {
			if (a.y <= p.y) != (b.y <= p.y) && toggles(a, b, p) {
				in = !in
			}
			a = b
		}
	}
	return in
}

// boundary is unit i in degrees, in fresh memory.
func (s *shapes) boundary(i int) orb.MultiPolygon {
	var out orb.MultiPolygon
	for poly := s.units[i]; poly < s.units[i+1]; poly++ {
		var polygon orb.Polygon
		for ring := s.polys[poly]; ring < s.polys[poly+1]; ring++ {
			pts := s.points[s.rings[ring]:s.rings[ring+1]]
			line := make(orb.Ring, len(pts))
			for k, p := range pts {
				line[k] = p.degrees()
			}
			polygon = append(polygon, line)
		}
		out = append(out, polygon)
	}
	return out
}
