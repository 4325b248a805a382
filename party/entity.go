package party

import (
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/gridgov/gridgov/grid"
)

// entity is a party that has a class, and its area with its place in the map.
type entity struct {
	party, area Code
	ref         grid.Ref
}

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
		root, _ := d.areas.Lookup(area)
		within := d.inside(area)
		for _, e := range d.classes[class] {
			in := area == "" || e.area == area || d.areas.Contains(root, e.ref) || root == 0 && within(e.area)
			if in && d.Active(e.party, at) && !yield(d.parties[e.party]) {
				return
			}
		}
	}
}
