package geofile

import "github.com/paulmach/orb"

// SortRings sorts rings as Shapefile.Decode does, with a budget of edges, and
// answers what is left of it.
func SortRings(points []orb.Point, ends []int, budget int) (left int, ok bool) {
	n := nester{budget: budget}
	ok = n.sort(points, ends)
	return n.budget, ok
}
