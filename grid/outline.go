package grid

import "iter"

// outline is the snapped boundary of one unit as the Map keeps it: polygons of
// closed rings (the first point again at the end), an outer ring before its
// holes. It shares the Map's memory and is only read. The zero outline is empty.
type outline struct {
	shapes   *shapes
	from, to uint32 // polygons
}

// outline is r's boundary; empty for a unit without one. r is a unit of m.
func (m *Map) outline(r Ref) outline { return m.unit(r).outline }

// polygons yields the rings of each polygon.
func (o outline) polygons() iter.Seq[iter.Seq[[]point]] {
	return func(yield func(iter.Seq[[]point]) bool) {
		for p := o.from; p < o.to; p++ {
			if !yield(o.ringsOf(o.shapes.polys[p], o.shapes.polys[p+1])) {
				return
			}
		}
	}
}

// rings yields every closed ring of all polygons.
func (o outline) rings() iter.Seq[[]point] {
	if o.from == o.to {
		return func(func([]point) bool) {}
	}
	return o.ringsOf(o.shapes.polys[o.from], o.shapes.polys[o.to])
}

func (o outline) ringsOf(from, to uint32) iter.Seq[[]point] {
	return func(yield func([]point) bool) {
		s := o.shapes
		for r := from; r < to; r++ {
			if !yield(s.points[s.rings[r]:s.rings[r+1]]) {
				return
			}
		}
	}
}

// edges answers the edges of all rings, vertices counted through them.
func (o outline) edges() []edge {
	if o.from == o.to {
		return nil
	}
	return o.shapes.edges(o.shapes.polys[o.from], o.shapes.polys[o.to], nil)
}
