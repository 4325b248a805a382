package main

import (
	"time"

	"github.com/paulmach/orb"
)

// differences counts the points that two ways answer differently.
type differences struct {
	checked           int
	on, near, further int // of a border: on it, within nearUnits of it, anywhere else
}

// owners answers the owner of each point.
func owners(x interface{ owner(orb.Point) int }, points []orb.Point) []int {
	out := make([]int, len(points))
	for i, p := range points {
		out[i] = x.owner(p)
	}
	return out
}

// compare asks x for points, until they or the time are at an end, and counts
// the answers that are not those of want.
func compare(x interface{ owner(orb.Point) int }, points []orb.Point, want []int, judge *exact, limit time.Duration) differences {
	var d differences
	start := time.Now()
	for i, p := range points {
		if i&15 == 0 && time.Since(start) > limit {
			break
		}
		d.checked++
		if x.owner(p) == want[i] {
			continue
		}
		switch judge.place(p) {
		case onEdge:
			d.on++
		case nearEdge:
			d.near++
		default:
			d.further++
		}
	}
	return d
}
