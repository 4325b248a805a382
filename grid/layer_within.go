package grid

import (
	"iter"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/geodesy"
)

// Within yields the features there at an instant that meet the closed box b,
// ascending. A polygon meets it by the rule of Map.Within; a line or point when
// some place of the box, not only one of whole units, is within reach of it,
// measured as in At. b is cut and snapped as Map.Within does.
func (s *Layers) Within(b orb.Bound, at time.Time) iter.Seq[FeatureRef] {
	return func(yield func(FeatureRef) bool) {
		low, high, ok := snapBox(b)
		if s == nil || !ok {
			return
		}
		for i, l := range s.list {
			for _, k := range l.within(low, high, at) {
				if !yield(s.bases[i] + FeatureRef(k) + 1) {
					return
				}
			}
		}
	}
}

// within is the features that meet a box at an instant, ascending.
func (l *Layer) within(low, high point, at time.Time) []uint32 {
	found := map[uint32]bool{}
	l.tree.Visit(boxOf(low, high), func(id uint32) bool {
		e := &l.parts[id]
		f := &l.features[e.feature]
		if !found[e.feature] && f.info.During.Holds(at) && f.meets(e, low, high) {
			found[e.feature] = true
		}
		return true
	})
	out := make([]uint32, 0, len(found))
	for k := range found {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// meets reports whether a part of f meets the closed box.
func (f *feature) meets(e *part, low, high point) bool {
	if f.dims == 2 {
		return f.region.meets(low, high)
	}
	return e.enters(low, high) || e.passes(f.reach, low, high)
}

// enters reports whether the edge, which may be one place, meets the closed box.
// Exact: else the box or the edge's line has all of the other on one side.
func (e *part) enters(low, high point) bool {
	if max(e.a.x, e.b.x) < low.x || min(e.a.x, e.b.x) > high.x || max(e.a.y, e.b.y) < low.y || min(e.a.y, e.b.y) > high.y {
		return false
	}
	left, right := false, false
	for _, corner := range corners(low, high) {
		turn := side(e.a, e.b, corner)
		left, right = left || turn >= 0, right || turn <= 0
	}
	return left && right
}

// passes reports whether the edge, which does not enter the box, comes within
// reach of it. The two are nearest where one of them has an end. For on a side
// along a parallel, the place nearest to one of the edge lies on its meridian, so
// the distance grows with the latitude between them; from a side along a meridian
// it is about R·cos φ·Δλ, as the edge runs on a concave function of its way times
// one that is linear, which is least at an end where it is not monotone.
func (e *part) passes(reach Meters, low, high point) bool {
	box := corners(low, high)
	a, b := e.a.degrees(), e.b.degrees()
	for i, corner := range box {
		from, to := corner.degrees(), box[(i+1)%len(box)].degrees()
		if within(reach, from, a, b) || within(reach, a, from, to) || within(reach, b, from, to) {
			return true
		}
	}
	return false
}

// within reports whether p is at most reach from the edge from a to b, in whole
// millimetres.
func within(reach Meters, p, a, b orb.Point) bool {
	metres, _ := geodesy.ToSegment(p, a, b)
	return millimetres(metres) <= reach
}

// corners are a box's, counter-clockwise.
func corners(low, high point) [4]point {
	return [4]point{low, {high.x, low.y}, high, {low.x, high.y}}
}
