package grid

import (
	"cmp"
	"iter"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/geodesy"
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
		s := search{m: m, from: probeAt(at), radius: r}
		reach := float64(r) + 0.001 // what rounds to r counts
		if !(r <= windowMost) {
			reach = windowLeast
		}
		var room, spare [32]uint32
		window, seen := room[:0], spare[:0]
		for {
			window, seen = around(tree, at, at, reach, seen[:0]), window
			for _, id := range window {
				if _, again := slices.BinarySearch(seen, id); !again {
					s.add(ref(id))
				}
			}
			if r <= windowMost {
				s.upTo(Meters(math.Inf(1)), yield)
				return
			}
			// What is not in the window is beyond reach.
			if !s.upTo(millimetres(reach), yield) {
				return
			}
			if reach >= float64(windowMost) {
				break
			}
			reach = max(windowFirst, windowGrowth*reach)
		}
		s.outside(tree, ref, window, yield)
	}
}

// The leaves around a place are taken by windows of so many metres each way, as
// long as these are small: one of Radius, or one after another. The least is what
// is at 0, which answers for most places of a map.
const (
	windowLeast         = 0.001
	windowFirst         = 32
	windowGrowth        = 4
	windowMost   Meters = 1000
)

// outside goes on from what is found in a window, nearest box first.
func (s *search) outside(tree *spatial.Tree, ref func(uint32) Ref, window []uint32, yield func(Ref, Meters) bool) {
	going := true
	tree.Nearby(s.from.floor, func(id uint32, bound float64) bool {
		// Nothing that is still to come is nearer than bound.
		if least := millimetres(bound); !s.upTo(least, yield) || least > s.radius {
			going = false
			return false
		}
		if _, seen := slices.BinarySearch(window, id); !seen {
			s.add(ref(id))
		}
		return true
	})
	if going {
		s.upTo(Meters(math.Inf(1)), yield)
	}
}

// Snap answers who is to answer for p: its owner, at distance 0, if Locate has
// one; else the nearest leaf by Nearest and its distance, if that is no more than
// within. (The package's function Snap is another thing: it rounds.) A place on the outer border of the map, or less than half a millimetre
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

// search is the leaves on the way out from a place.
type search struct {
	m      *Map
	from   probe
	radius Meters
	found  []hit // not yet due, the next one last
}

// hit is a leaf at its distance, or at a bound of it.
type hit struct {
	ref    Ref
	code   Code
	away   Meters
	edge   int  // the one with the least bound
	proven bool // away is the distance
}

// compareHits orders bounds before equal distances, which they may turn out to be.
func compareHits(a, b hit) int {
	if c := cmp.Compare(a.away, b.away); c != 0 {
		return c
	}
	if a.proven != b.proven {
		if b.proven {
			return -1
		}
		return 1
	}
	return cmp.Compare(a.code, b.code)
}

// add takes in a leaf that owns a place, unless it is beyond the radius.
func (s *search) add(leaf Ref) {
	u := s.m.unit(leaf)
	h := hit{ref: leaf, code: u.info.Code, proven: true}
	if g := u.region; !g.around(s.from.at) || !g.holds(s.from.at) {
		var least float64
		h.edge, least = s.from.bound(g, math.Inf(1))
		h.away, h.proven = millimetres(geodesy.Lowered(least)), false
	}
	if h.away <= s.radius {
		s.put(h)
	}
}

// around reports whether the region's box holds p.
func (g *region) around(p point) bool {
	return g.min.x <= p.x && p.x <= g.max.x && g.min.y <= p.y && p.y <= g.max.y
}

func (s *search) put(h hit) {
	i, _ := slices.BinarySearchFunc(s.found, h, func(a, b hit) int { return -compareHits(a, b) })
	s.found = slices.Insert(s.found, i, h)
}

// upTo yields the leaves nearer than a distance; false when yield is done.
func (s *search) upTo(least Meters, yield func(Ref, Meters) bool) bool {
	for n := len(s.found); n > 0 && s.found[n-1].away < least; n = len(s.found) {
		h := s.found[n-1]
		s.found = s.found[:n-1]
		if h.proven {
			if !yield(h.ref, h.away) {
				return false
			}
			continue
		}
		h.away, h.proven = millimetres(s.from.toBorder(s.m.unit(h.ref).region, h.edge, math.Inf(1))), true
		if h.away <= s.radius {
			s.put(h)
		}
	}
	return true
}
