package main

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"
)

// nearUnits is how close to a border counts as near: float32 keeps a longitude of
// 114 to 76 units of 1e-7 degree, and rounding moves a point and an edge by half
// of that each.
const nearUnits = 100

// exact answers in whole numbers, without an index for owners, so that it shares
// nothing with what it judges.
type exact struct {
	leaves []orb.MultiPolygon
	boxes  []orb.Bound
	near   rtree.RTreeG[uint32] // boxes widened by nearUnits
}

func newExact(t *tiling) *exact {
	x := &exact{leaves: t.leaves}
	for i, leaf := range t.leaves {
		b := leaf.Bound()
		x.boxes = append(x.boxes, b)
		wide := b.Pad((nearUnits + 1) / unitsPerDeg)
		x.near.Insert(wide.Min, wide.Max, uint32(i))
	}
	return x
}

// owner is the first leaf whose half-open even-odd region holds p, -1 for none:
// the rule of grid.Map, by looking at every leaf.
func (x *exact) owner(p orb.Point) int {
	for i, leaf := range x.leaves {
		if x.boxes[i].Contains(p) && holds(leaf, p) {
			return i
		}
	}
	return -1
}

// holds reports whether an odd number of edges that have p's row among their rows
// [lower end, upper end) are at or left of p there.
func holds(leaf orb.MultiPolygon, p orb.Point) bool {
	odd := false
	px, py := units(p)
	for a, b := range edges(leaf) {
		ax, ay := units(a)
		bx, by := units(b)
		if ay > by {
			ax, ay, bx, by = bx, by, ax, ay
		}
		if ay <= py && py < by && (bx-ax)*(py-ay) <= (px-ax)*(by-ay) {
			odd = !odd
		}
	}
	return odd
}

// edges yields the edges of a leaf.
func edges(leaf orb.MultiPolygon) func(yield func(a, b orb.Point) bool) {
	return func(yield func(a, b orb.Point) bool) {
		for _, polygon := range leaf {
			for _, ring := range polygon {
				for i := range len(ring) - 1 {
					if !yield(ring[i], ring[i+1]) {
						return
					}
				}
			}
		}
	}
}

// place is where a point lies.
type place int

const (
	inside   place = iota // or outside of everything
	nearEdge              // within nearUnits of a border
	onEdge
)

// place says how close to any border p lies.
func (x *exact) place(p orb.Point) place {
	best := inside
	x.near.Search(p, p, func(_, _ [2]float64, i uint32) bool {
		for a, b := range edges(x.leaves[i]) {
			best = max(best, placeBeside(p, a, b))
		}
		return best < onEdge
	})
	return best
}

// placeBeside says how close to one edge p lies, exactly when it lies on it.
func placeBeside(p, a, b orb.Point) place {
	px, py := units(p)
	ax, ay := units(a)
	bx, by := units(b)
	dx, dy, qx, qy := bx-ax, by-ay, px-ax, py-ay
	along := dx*qx + dy*qy
	length := dx*dx + dy*dy
	cross := dx*qy - dy*qx
	if cross == 0 && along >= 0 && along <= length {
		return onEdge
	}
	t := min(max(float64(along)/float64(max(length, 1)), 0), 1)
	if math.Hypot(float64(qx)-t*float64(dx), float64(qy)-t*float64(dy)) <= nearUnits {
		return nearEdge
	}
	return inside
}
