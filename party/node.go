package party

import (
	"slices"

	"github.com/gridgov/gridgov/grid"
)

// node is the first hierarchy that has the node c, which is no unit of the map; nil
// when there is none.
func (d *Directory) node(c Code) *grid.Hierarchy {
	if _, isUnit := d.areas.Lookup(c); isUnit {
		return nil
	}
	for h := range d.trees.All() {
		if _, ok := h.Lookup(c); ok {
			return h
		}
	}
	return nil
}

// enclosing is an area and those in which it lies, innermost first: units of the map,
// or else nodes of one hierarchy. Without a map there are none.
func (d *Directory) enclosing(c Code) []Code {
	var path []Code
	if ref, ok := d.areas.Lookup(c); ok {
		for r := range d.areas.Path(ref) {
			path = append(path, d.areas.Info(r).Code)
		}
	} else if h := d.node(c); h != nil {
		n, _ := h.Lookup(c)
		for n := range h.Path(n) {
			path = append(path, h.Info(n).Code)
		}
	}
	slices.Reverse(path)
	return path
}
