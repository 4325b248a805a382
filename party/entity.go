package party

import (
	"iter"
	"maps"
	"slices"
	"time"
)

// Classes is every class that a regulated entity of the Directory has, sorted.
func (d *Directory) Classes() []string {
	if d == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(d.classes))
}

// Entities yields the regulated entities (监管对象) of a class that are active at
// the instant and serve an area or a unit below it, by code. An empty area is
// everywhere. O(entities of the class).
func (d *Directory) Entities(class string, area Code, at time.Time) iter.Seq[Party] {
	return func(yield func(Party) bool) {
		if d == nil {
			return
		}
		within := d.inside(area)
		for _, c := range d.classes[class] {
			if p := d.parties[c]; within(p.Area) && d.Active(c, at) && !yield(p) {
				return
			}
		}
	}
}
