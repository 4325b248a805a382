package grid

import (
	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/code"
)

// Code identifies a unit. It is unique in a Map and ordered by its bytes.
// A Code is a string of 1 to 96 bytes without spaces, control characters and /;,"*.
type Code = code.Code

// Unit is one area as the caller describes it: a subdistrict, community, block
// or grid (街道、社区、街区、网格). Build copies what it keeps.
type Unit struct {
	Code   Code   // required, unique
	Parent Code   // the unit one or more levels further out; see Build for the outermost level
	Name   string // shown to people; need not be unique
	Level  int    // index into Options.Levels, 0 is the outermost
	// Boundary in WGS84 degrees, orb.Point{lng, lat}; rings closed or not, in any
	// direction, holes after their outer ring. Even-odd: a place is in the unit
	// when an odd number of its rings surround it.
	Boundary orb.MultiPolygon
	Counts   map[string]int64  // e.g. households, people
	Attrs    map[string]string // anything else the caller wants back
}

// Options configures Build. The zero value of each field but Levels is usable.
type Options struct {
	Levels []string // names of the levels, outermost first, 1 to LevelsMax of them
	Strict bool     // every Finding becomes an error
	// Parallel runs do(0) … do(n-1) in any order, on as many goroutines as it
	// likes, and returns when all are done. nil runs them one after another.
	Parallel func(n int, do func(i int))
}

// Ref is a unit of one Map: 1 … Len in hierarchy order (a unit, then its
// subtree, siblings by code). 0 is no unit. A Ref means nothing in another Map
// and is never stored.
type Ref uint32

// Info describes a unit without its geometry.
type Info struct {
	Code   Code
	Parent Code // as given; on the outermost level it may name a unit outside the Map
	Name   string
	Level  int
	Leaf   bool // has no children, so it owns places
}
