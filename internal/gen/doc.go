// Package gen draws random areas for property tests: tilings whose leaves share
// their borders exactly, overlapping leaves, and places where answers are easy
// to get wrong. What it draws depends on nothing but the rapid.T, so a failure
// is found again. Only tests import it.
package gen

import (
	"fmt"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
)

// Area is input for grid.Build and what a test needs to know about it.
type Area struct {
	Levels   []string
	Units    []grid.Unit      // in random order
	Outline  orb.MultiPolygon // of a tiling: what all leaves cover together; else nil
	Vertices []orb.Point      // every vertex of every boundary, by place
	Edges    [][2]orb.Point   // every edge, by its ends
}

// Options are the options that build the area.
func (a Area) Options() grid.Options { return grid.Options{Levels: a.Levels} }

// spot is a place in whole units of 1e-7 degree.
type spot struct{ x, y int64 }

func (s spot) degrees() orb.Point { return orb.Point{float64(s.x) / 1e7, float64(s.y) / 1e7} }

// origins are where areas lie: Shenzhen, across zero, and the corners of the
// globe, where products are largest.
var origins = []spot{{1_139_000_000, 225_000_000}, {-300, -300}, {-1_799_990_000, -899_990_000}, {1_799_900_000, 899_900_000}}

// levelNames is the story's hierarchy from the outside in.
var levelNames = []string{"街道", "社区", "街区", "网格"}

// code is the n-th code of a shuffled list, so codes do not follow the hierarchy.
func code(n int) grid.Code { return grid.Code(fmt.Sprintf("G%03d", n)) }

// Shuffled answers the units in random order.
func Shuffled(t *rapid.T, units []grid.Unit) []grid.Unit {
	if len(units) < 2 {
		return units
	}
	return rapid.Permutation(units).Draw(t, "order")
}
