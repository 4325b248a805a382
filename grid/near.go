package grid

import (
	"cmp"
	"iter"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/spatial"
)

// Meters is a length on the ground (米). Distances are geodesic, on the WGS84
// ellipsoid, off by less than 0.2 mm up to 20 km and 0.6 mm beyond that (by 0.2 %
// for places nearly opposite on the globe), and answered in whole millimetres;
// what is compared and ordered is what is answered. The map's own resolution is
// coarser: 1e-7 degree, up to 1.2 cm.
type Meters float64

// millimetres rounds a distance to what is answered, halves away from zero.
func millimetres(metres float64) Meters { return Meters(math.Round(metres*1000) / 1000) }

// Nearest yields the leaves (网格) by the distance of their regions from p, ties
// by code. The region is closed here: a leaf is at 0 when its inside or its
// border holds p, snapped, so the first leaf is not always the one that Locate
// answers; see Snap. A leaf that owns no place is left out. The way across ±180
// degrees counts as any other. It yields nothing when p is not a place.
//
// The search is lazy: it looks at the boundaries of the leaves whose boxes are
// nearer than what has been yielded. The first leaf costs about O(log n) and the
// points of a few leaves.
func (m *Map) Nearest(p orb.Point) iter.Seq2[Ref, Meters] {
	return m.Radius(p, Meters(math.Inf(1)))
}

// Radius yields the leaves whose closed regions are no farther from p than r, in
// the order of Nearest. It yields nothing when p is not a place or r is negative
// or not a number.
func (m *Map) Radius(p orb.Point, r Meters) iter.Seq2[Ref, Meters] {
	return func(yield func(Ref, Meters) bool) {
		tree, ref := m.boxes()
		at, ok := snap(p)
		if !ok || !(r >= 0) || tree.Len() == 0 {
			return
		}
		from := probeAt(at)
		var found queue
		going := true
		tree.Nearby(from.floor, func(id uint32, bound float64) bool {
			// Nothing that is still to come is nearer than bound.
			if least := millimetres(bound); !found.upTo(least, yield) || least > r {
				going = false
				return false
			}
			leaf := ref(id)
			if d := millimetres(from.toLeaf(m, leaf)); d <= r {
				found.add(hit{leaf, m.Info(leaf).Code, d})
			}
			return true
		})
		if going {
			found.upTo(Meters(math.Inf(1)), yield)
		}
	}
}

// Snap answers who is to answer for p (the package's function Snap only rounds): its owner, at distance 0, if Locate has
// one; else the nearest leaf by Nearest and its distance, if that is no more than
// within. A place on the outer border of the map, or less than half a millimetre
// outside, is at 0 from a leaf that does not own it.
//
// Beyond the limit it answers no leaf, the distance of the nearest one, which
// Nearest names, and false. It also answers false with distance NaN when p is not a place or within
// is negative or not a number, and +Inf when no leaf owns any place.
func (m *Map) Snap(p orb.Point, within Meters) (Ref, Meters, bool) {
	if _, ok := snap(p); !ok || !(within >= 0) {
		return 0, Meters(math.NaN()), false
	}
	if r, ok := m.Locate(p); ok {
		return r, 0, true
	}
	for r, d := range m.Nearest(p) {
		if d > within {
			return 0, d, false
		}
		return r, d, true
	}
	return 0, Meters(math.Inf(1)), false
}

// boxes is the R-tree of the boxes, in units, of the leaves that own a place, and
// what its ids stand for. The tree may be nil.
func (m *Map) boxes() (tree *spatial.Tree, ref func(id uint32) Ref) {
	if m == nil || m.ranks == nil {
		return nil, nil
	}
	return m.index.tree, m.ranks.ref
}

// hit is a leaf at its distance.
type hit struct {
	ref  Ref
	code Code
	away Meters
}

// queue holds the leaves that are found and not yet due, the next one last.
type queue []hit

func (q *queue) add(h hit) {
	i, _ := slices.BinarySearchFunc(*q, h, func(a, b hit) int {
		return -cmp.Or(cmp.Compare(a.away, b.away), cmp.Compare(a.code, b.code))
	})
	*q = slices.Insert(*q, i, h)
}

// upTo yields the leaves nearer than a distance; false when yield is done.
func (q *queue) upTo(least Meters, yield func(Ref, Meters) bool) bool {
	for n := len(*q); n > 0 && (*q)[n-1].away < least; n = len(*q) {
		h := (*q)[n-1]
		*q = (*q)[:n-1]
		if !yield(h.ref, h.away) {
			return false
		}
	}
	return true
}
