package grid

import (
	"slices"

	"github.com/paulmach/orb"
)

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

// outline is the unit with that index.
func (s *shapes) outline(i int) outline { return outline{s, s.units[i], s.units[i+1]} }

// clip frees what was set aside for more units.
func (s *shapes) clip() {
	s.points, s.rings = slices.Clone(s.points), slices.Clone(s.rings)
	s.polys, s.units = slices.Clone(s.polys), slices.Clone(s.units)
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

// boundary is the outline in degrees, in fresh memory; nil for an empty one.
func (o outline) boundary() orb.MultiPolygon {
	var out orb.MultiPolygon
	for rings := range o.polygons() {
		var polygon orb.Polygon
		for pts := range rings {
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
