package geofile

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/spatial"
)

// nester sorts the rings of a record into polygons. Its memory is used again for
// the next record.
type nester struct {
	budget int // edges it may still look at, in the whole file

	points []orb.Point
	rings  []nestRing
	bySize []int // rings from the largest to the smallest
	tree   *spatial.Tree
	around []int
	found  []uint32

	order  []int // rings polygon by polygon, each outer ring before its holes
	parts  []int // where each polygon ends in order
	astray []int // rings whose course is not that of their place
}

// nestRing is what is known of a ring. Beyond the box it is about the ring as
// closed, whether the last point is the first or not.
type nestRing struct {
	from, to int // in points
	box      spatial.Box
	area     float64 // twice, positive counter-clockwise
	depth    int     // rings around it
	outer    int     // the ring whose hole it is, -1 for none
	hole     int     // of an outer ring its last hole so far, of a hole the one before; -1 for none
	bands    *bands
}

const (
	// nestEdges and nestEdgesPerPlace bound the work of a hostile file: 2^24 edges
	// take about a tenth of a second, and honest files need some ten a place.
	nestEdges         = 1 << 24
	nestEdgesPerPlace = 64
	// nestFound is what a box that the tree finds costs, in edges.
	nestFound = 16
	// nestFew rings are compared in pairs; a tree is faster beyond.
	nestFew = 16
)

// nestBudget is how many edges the rings of a .shp of that size may cost.
func nestBudget(size int) int { return nestEdges + size/placeSize*nestEdgesPerPlace }

// ring is where ring k lies in the points.
func (n *nester) ring(k int) (from, to int) { return n.rings[k].from, n.rings[k].to }

// sort takes rings by where each ends in points and fills order, parts and
// astray; it answers false when the budget is used up.
//
// A ring's depth is the number of rings that it lies in. Even is an outer ring,
// odd a hole of the smallest outer ring around it, which is the even-odd rule of
// grid.Build: the same places are inside whatever way the rings run. Of two equal
// rings the later lies in the earlier. For rings that cross, which grid.Build
// refuses, a place of one decides.
func (n *nester) sort(points []orb.Point, ends []int) bool {
	n.points, n.rings = points, n.rings[:0]
	n.order, n.parts, n.astray = n.order[:0], n.parts[:0], n.astray[:0]
	from := 0
	for _, to := range ends {
		n.rings = append(n.rings, n.measure(from, to))
		from = to
	}
	if len(n.rings) > 1 && !n.place() {
		return false
	}
	n.group()
	return true
}

func (n *nester) measure(from, to int) nestRing {
	r := nestRing{from: from, to: to, outer: -1, hole: -1}
	origin := n.points[from]
	r.box = spatial.Box{Min: origin, Max: origin}
	previous := orb.Point{n.points[to-1][0] - origin[0], n.points[to-1][1] - origin[1]}
	for _, p := range n.points[from:to] {
		for i := range p {
			r.box.Min[i], r.box.Max[i] = min(r.box.Min[i], p[i]), max(r.box.Max[i], p[i])
		}
		// About the first point, so that little is lost far from 0, 0.
		q := orb.Point{p[0] - origin[0], p[1] - origin[1]}
		r.area += float64(previous[0]*q[1]) - float64(q[0]*previous[1])
		previous = q
	}
	return r
}

func (r *nestRing) size() float64 { return max(r.area, -r.area) }

// place finds depth and outer ring of each ring, the largest first.
func (n *nester) place() bool {
	n.bySize = n.bySize[:0]
	for k := range n.rings {
		n.bySize = append(n.bySize, k)
	}
	slices.SortStableFunc(n.bySize, func(a, b int) int { return cmp.Compare(n.rings[b].size(), n.rings[a].size()) })
	n.plant()
	for _, k := range n.bySize {
		r := &n.rings[k]
		n.candidates(k)
		for _, j := range n.around {
			if n.budget < 0 {
				return false
			}
			if !n.inside(k, j) {
				continue
			}
			r.depth++
			if outer := &n.rings[j]; outer.depth%2 == 0 && (r.outer < 0 || !n.larger(j, r.outer)) {
				r.outer = j
			}
		}
		if r.depth%2 == 0 || r.outer < 0 {
			r.outer = -1
			r.depth &^= 1 // crossing rings: no outer ring is left to be a hole of
		}
	}
	return n.budget >= 0
}

// larger reports whether a comes before b in bySize.
func (n *nester) larger(a, b int) bool {
	x, y := n.rings[a].size(), n.rings[b].size()
	return x > y || x == y && a < b
}

// plant makes the tree of the boxes, if they are many.
func (n *nester) plant() {
	n.tree = nil
	if len(n.rings) <= nestFew {
		return
	}
	items := make([]spatial.Item, len(n.rings))
	for k, r := range n.rings {
		items[k] = spatial.Item{Box: r.box, ID: uint32(k)}
	}
	// A box of finite places is always valid; without a tree all are compared.
	n.tree, _ = spatial.Build(items)
}

// candidates puts the rings into around that are larger than ring k and whose
// boxes hold its box.
func (n *nester) candidates(k int) {
	r := &n.rings[k]
	n.around = n.around[:0]
	try := func(j int) {
		box := &n.rings[j].box
		if j != k && n.larger(j, k) && box.Min[0] <= r.box.Min[0] && box.Min[1] <= r.box.Min[1] && box.Max[0] >= r.box.Max[0] && box.Max[1] >= r.box.Max[1] {
			n.around = append(n.around, j)
		}
	}
	if n.tree == nil {
		n.budget -= len(n.rings)
		for j := range n.rings {
			try(j)
		}
		return
	}
	n.found = n.tree.Search(r.box, n.found[:0])
	n.budget -= nestFound * len(n.found)
	for _, j := range n.found {
		try(int(j))
	}
}

// inside reports whether ring k lies in ring j, which is larger: the first of its
// points, else of the middles of its edges, that surely lies within j or without
// decides; rings that run along each other all the way count as inside.
func (n *nester) inside(k, j int) bool {
	r := &n.rings[k]
	ring := n.points[r.from:r.to]
	for _, p := range ring {
		if side := n.side(j, p); side != 0 {
			return side > 0
		}
	}
	a := ring[len(ring)-1]
	for _, b := range ring {
		if side := n.side(j, orb.Point{a[0] + (b[0]-a[0])/2, a[1] + (b[1]-a[1])/2}); side != 0 {
			return side > 0
		}
		a = b
	}
	return true
}

// group lists the rings polygon by polygon.
func (n *nester) group() {
	for k := range n.rings {
		r := &n.rings[k]
		if r.outer >= 0 {
			outer := &n.rings[r.outer]
			r.hole, outer.hole = outer.hole, k
		}
		// Outer rings run clockwise (ESRI 1998, p. 8), holes the other way.
		if r.outer < 0 && r.area > 0 || r.outer >= 0 && r.area < 0 {
			n.astray = append(n.astray, k)
		}
	}
	for k := range n.rings {
		if n.rings[k].outer >= 0 {
			continue
		}
		n.order = append(n.order, k)
		first := len(n.order)
		for h := n.rings[k].hole; h >= 0; h = n.rings[h].hole {
			n.order = append(n.order, h)
		}
		slices.Reverse(n.order[first:])
		n.parts = append(n.parts, len(n.order))
	}
}
