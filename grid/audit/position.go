package audit

import (
	"slices"

	"github.com/gridgov/gridgov/grid"
)

// A unit is misplaced when it is at least farDegrees from where the others are:
// from its parent's box, or, without one, from the box of the middle half of all
// leaves. That is more than a city and less than what any mistake of this kind
// moves a place in a populated country, except along the line lng = lat.
const farDegrees = 1

// nullDegrees is how close to 0, 0 lies what a missing coordinate has made.
const nullDegrees = 0.01

// The first argument of a Misplaced finding.
const (
	misplacedNull = "null-island"
	misplacedSwap = "swapped"
	misplacedFar  = "far"
)

// positions finds units far from where they belong, and says why if it shows.
func (a *auditor) positions() []Finding {
	home, several := a.home()
	var found []Finding
	for r := range a.m.All() {
		b := &a.borders[r]
		around := home
		if up := a.parents[r]; up != 0 {
			around = box{a.borders[up].low, a.borders[up].high}
		} else if !several {
			continue
		}
		own := box{b.low, b.high}
		if !b.known() || !apartBy(own, around, farDegrees) {
			continue
		}
		cause := misplacedFar
		switch {
		case !apartBy(own, box{}, nullDegrees):
			cause = misplacedNull
		case swappable(own) && !apartBy(swapped(own), around, farDegrees):
			cause = misplacedSwap
		}
		found = append(found, Finding{
			Kind: Misplaced, Severity: Warning, Units: []grid.Code{a.infos[r].Code}, Parent: a.infos[a.parents[r]].Code,
			At: b.darts[0].a.degrees(), HasAt: true, Inside: true, Args: []string{cause},
		})
	}
	return found
}

// home is the box between the quartiles of the leaves' middles, and whether there
// are enough leaves, 4, for them to say anything.
func (a *auditor) home() (box, bool) {
	var xs, ys []int64
	for r := range a.m.Leaves(0) {
		if b := &a.borders[r]; b.known() {
			xs = append(xs, (int64(b.low.x)+int64(b.high.x))/2)
			ys = append(ys, (int64(b.low.y)+int64(b.high.y))/2)
		}
	}
	n := len(xs)
	if n < 4 {
		return box{}, false
	}
	slices.Sort(xs)
	slices.Sort(ys)
	return box{
		point{int32(xs[n/4]), int32(ys[n/4])},
		point{int32(xs[n-1-n/4]), int32(ys[n-1-n/4])},
	}, true
}

// apartBy reports whether two boxes are more than so many degrees apart, in
// longitude or latitude.
func apartBy(a, b box, degrees float64) bool {
	gap := max(
		int64(a.low.x)-int64(b.high.x), int64(b.low.x)-int64(a.high.x),
		int64(a.low.y)-int64(b.high.y), int64(b.low.y)-int64(a.high.y))
	return float64(gap) > degrees*unitsPerDegree
}

func swapped(b box) box {
	return box{point{b.low.y, b.low.x}, point{b.high.y, b.high.x}}
}

// swappable reports whether the box stays on the globe when it is swapped.
func swappable(b box) bool {
	return b.low.x >= -90*unitsPerDegree && b.high.x <= 90*unitsPerDegree
}
