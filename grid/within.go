package grid

import (
	"cmp"
	"iter"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Within yields, in hierarchy order, the leaves whose region shares a point with
// the closed box b, its corners snapped. The region is half-open as in Locate,
// so a box that is one point yields exactly the leaves whose regions hold it,
// and a leaf that the box merely touches from the east or north is not in. A box
// that reaches beyond ±180 or ±90 degrees is cut there; one with a NaN or with
// Min above Max yields nothing. O(log n) and the edges of the leaves on the
// box's sides.
func (m *Map) Within(b orb.Bound) iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		if m.LeafCount() == 0 {
			return
		}
		low, high, ok := snapBox(b)
		if !ok {
			return
		}
		for _, r := range m.leavesNear(low, high, nil) {
			if m.unit(r).region.meets(low, high) && !yield(r) {
				return
			}
		}
	}
}

// leavesNear appends the leaves whose box shares a point with a box, in
// hierarchy order.
func (m *Map) leavesNear(low, high point, dst []Ref) []Ref {
	if m.LeafCount() == 0 {
		return dst
	}
	from := len(dst)
	m.index.tree.Visit(boxOf(low, high), func(slot uint32) bool {
		dst = append(dst, m.ranks.ref(slot))
		return true
	})
	slices.Sort(dst[from:])
	return dst
}

// snapBox snaps the part of b that lies on the globe.
func snapBox(b orb.Bound) (low, high point, ok bool) {
	limit := orb.Point{180, 90}
	for i := range limit {
		if !(b.Min[i] <= b.Max[i] && b.Min[i] <= limit[i] && b.Max[i] >= -limit[i]) { // false for NaN
			return low, high, false
		}
		b.Min[i], b.Max[i] = math.Max(b.Min[i], -limit[i]), math.Min(b.Max[i], limit[i])
	}
	low, _ = snap(b.Min)
	high, _ = snap(b.Max)
	return low, high, true
}

// meets reports whether the region shares a point with the closed box.
//
// The region holds a place exactly when its inside holds what is a little to the
// right and far less above. So a place of the box in the region has places of
// the box's inside in the region's inside next to it, unless it is on the box's
// top or right side; those two are asked on their own. What is left is whether
// two open sets meet: an edge goes through the box's inside, and then has the
// region on one side (no two edges overlap), or none does, and then the lower
// left corner speaks for all of it.
func (g *region) meets(low, high point) bool {
	if low.x <= g.min.x && low.y <= g.min.y && g.max.x <= high.x && g.max.y <= high.y {
		return true // the region is not empty, since it has edges
	}
	if g.holds(low) || g.holds(point{low.x, high.y}) || g.holds(point{high.x, low.y}) {
		return true
	}
	var top, right []stop
	for r := g.from; r < g.to; r++ {
		pts := g.paths.points[g.paths.rings[r]:g.paths.rings[r+1]]
		for i, b := range pts[1:] {
			a := pts[i]
			if throughInside(a, b, low, high) {
				return true
			}
			if s, ok := onTop(a, b, low, high); ok {
				top = append(top, s)
			}
			if s, ok := onRight(a, b, low, high); ok {
				right = append(right, s)
			}
		}
	}
	return changes(top) || changes(right)
}

// throughInside reports whether the edge meets the box's inside: whether neither
// an axis nor the edge's own line has all of it on one side.
func throughInside(a, b, low, high point) bool {
	if max(a.x, b.x) <= low.x || min(a.x, b.x) >= high.x || max(a.y, b.y) <= low.y || min(a.y, b.y) >= high.y {
		return false
	}
	left, right := false, false
	for _, corner := range [...]point{low, high, {low.x, high.y}, {high.x, low.y}} {
		turn := side(a, b, corner)
		left, right = left || turn > 0, right || turn < 0
	}
	return left && right && low.x < high.x && low.y < high.y
}

// stop is a place on one side of a box where an edge changes whether what comes
// next is in the region: at whole + rem/den, or just after it when late.
type stop struct {
	whole    int64
	rem, den uint64 // rem < den ≤ 3.6e9, so products fit
	late     bool
}

// stopAt is from + up·part/of, of > 0.
func stopAt(from int32, up, part, of int64) stop {
	whole, rem := up*part/of, up*part%of // at most 1.8e9 · 3.6e9
	if rem < 0 {
		whole, rem = whole-1, rem+of
	}
	return stop{whole: int64(from) + whole, rem: uint64(rem), den: uint64(of)}
}

func compareStops(s, t stop) int {
	late := 0
	if s.late != t.late {
		late = 1
		if t.late {
			late = -1
		}
	}
	return cmp.Or(cmp.Compare(s.whole, t.whole), cmp.Compare(s.rem*t.den, t.rem*s.den), late)
}

// onTop is where the edge crosses the box's top side, west end excluded: the
// west end's own answer counts edges at or left of it.
func onTop(a, b, low, high point) (stop, bool) {
	west, east := point{low.x, high.y}, high
	if !toggles(a, b, east) || toggles(a, b, west) {
		return stop{}, false
	}
	if a.y > b.y {
		a, b = b, a
	}
	return stopAt(a.x, int64(b.x)-int64(a.x), int64(east.y)-int64(a.y), int64(b.y)-int64(a.y)), true
}

// onRight is where the edge crosses the line just right of the box's right side.
// Going north, an edge that falls to the east or is level changes the answer at
// its place, one that rises just after it: there it has not yet come down to
// the place's row. The south end's own answer counts what changes at its place.
func onRight(a, b, low, high point) (stop, bool) {
	if a.x > b.x {
		a, b = b, a
	}
	if a.x > high.x || b.x <= high.x {
		return stop{}, false
	}
	s := stopAt(a.y, int64(b.y)-int64(a.y), int64(high.x)-int64(a.x), int64(b.x)-int64(a.x))
	s.late = b.y > a.y
	south, north := stop{whole: int64(low.y), den: 1}, stop{whole: int64(high.y), den: 1}
	return s, compareStops(s, south) > 0 && compareStops(s, north) <= 0
}

// changes reports whether somewhere an odd number of stops coincide.
func changes(stops []stop) bool {
	slices.SortFunc(stops, compareStops)
	for i := 0; i < len(stops); {
		same := i
		for same < len(stops) && compareStops(stops[same], stops[i]) == 0 {
			same++
		}
		if (same-i)%2 == 1 {
			return true
		}
		i = same
	}
	return false
}
