package grid

import (
	"slices"
	"time"

	"github.com/paulmach/orb"
)

// Place is what a Map and Layers say of one point at one instant: the leaf that
// owns it and the features it lies in.
type Place struct {
	Leaf     Ref          // 0 when the Map does not have the point
	Features []FeatureRef // ascending, see FeatureRef; in the caller's memory when it gave some
	layers   *Layers
}

// At answers the place of p at an instant: the leaf that m.Locate answers, and
// every feature there at that instant that holds p, ascending. So they come
// layer by layer in the caller's order, in a layer by class in the caller's
// order, and of one class the smaller before the larger it may lie in.
//
// p is snapped first. A polygon holds it by the rule of Locate: of two parks with
// a common border exactly one holds a place on it, while parks that overlap both
// hold what is in both. A line or point holds it when its distance to the line's
// middle, or to the point, is at most half the width, or the radius: geodesic on
// the WGS84 ellipsoid, off by less than 0.2 mm, rounded to whole millimetres, the
// edge included; ends are round. Where two streets cross, both hold the place.
// p that is no place (NaN, beyond ±180 or ±90 degrees) has no leaf and no
// features.
//
// The features are written over dst from its beginning; with enough room there
// nothing is allocated. O(log n) and the exact test of each feature nearby.
func (s *Layers) At(m *Map, p orb.Point, at time.Time, dst []FeatureRef) Place {
	place := Place{Features: dst[:0], layers: s}
	q, ok := snap(p)
	if !ok {
		return place
	}
	place.Leaf, _ = m.Locate(p)
	if s == nil {
		return place
	}
	for i, l := range s.list {
		from := len(place.Features)
		place.Features = l.at(q, at, s.bases[i]+1, place.Features)
		mine := place.Features[from:]
		slices.Sort(mine)
		place.Features = place.Features[:from+len(slices.Compact(mine))]
	}
	return place
}

// at appends the features that hold q, counted from first, once or more each.
func (l *Layer) at(q point, at time.Time, first FeatureRef, dst []FeatureRef) []FeatureRef {
	l.tree.Visit(boxOf(q, q), func(id uint32) bool {
		e := &l.parts[id]
		f := &l.features[e.feature]
		if f.info.During.Holds(at) && f.holds(e, q) {
			dst = append(dst, first+FeatureRef(e.feature))
		}
		return true
	})
	return dst
}
