package grid

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// Limits. Each keeps a Map within 32-bit offsets and a hostile file within
// bounded memory and time.
const (
	LevelsMax   = 8       // levels of a Map; the field uses at most 7, province to grid
	UnitsMax    = 1 << 22 // units of a Map: four million, every basic grid of a country
	VerticesMax = 1 << 27 // points of all boundaries together: 1 GiB when snapped
	FaultsMax   = 100     // faults a BuildError lists; the rest is counted

	crossingsMax     = 16   // crossings listed of one unit; the search then ends
	snapCrossingsMax = 1024 // crossings made by snapping that one unit may have
)

// The faults, in the order in which those of one place are sorted.
var (
	ErrLevels      = errors.New("levels must be 1 to 8 different names")
	ErrUnits       = errors.New("too many units")
	ErrVertices    = errors.New("too many points in boundaries")
	ErrCode        = errors.New("bad code")
	ErrDuplicate   = errors.New("code is used more than once")
	ErrLevel       = errors.New("level is not one of the map's levels")
	ErrParent      = errors.New("parent is not in the map")
	ErrParentLevel = errors.New("parent is not further out")
	ErrNoBoundary  = errors.New("unit without children has no boundary")
	ErrPolygon     = errors.New("polygon has no ring")
	ErrCoordinate  = errors.New("coordinate is not a number within ±180, ±90 degrees")
	ErrRing        = errors.New("ring has fewer than 3 different points")
	ErrCrossing    = errors.New("boundary crosses itself")
	ErrTangled     = errors.New("boundary crosses itself too often to be examined")

	// Of edits only.
	ErrUnknown      = errors.New("no such unit")
	ErrNotLeaf      = errors.New("unit has children")
	ErrParts        = errors.New("parts do not share out the region")
	ErrMerge        = errors.New("units to be merged are not two or more leaves of one parent and level")
	ErrMergeOverlap = errors.New("units to be merged overlap")
	ErrCounts       = errors.New("sum of counts is too large")
)

// The findings as errors, which they are when Options.Strict is set.
var (
	ErrSnapCrossing = errors.New("boundary crosses itself by at most 2 units of 1e-7 degree")
	ErrCollapsed    = errors.New("ring vanishes at 1e-7 degree")
	ErrTouch        = errors.New("boundary touches itself")
	ErrFold         = errors.New("boundary runs over itself, which cancels")
	ErrHollow       = errors.New("unit with children has no boundary")
)

// rules is every sentinel in sorting order.
var rules = []error{
	ErrLevels, ErrUnits, ErrVertices, ErrCode, ErrDuplicate, ErrLevel, ErrParent, ErrParentLevel,
	ErrNoBoundary, ErrPolygon, ErrCoordinate, ErrRing, ErrCrossing, ErrTangled,
	ErrUnknown, ErrNotLeaf, ErrParts, ErrMerge, ErrMergeOverlap, ErrCounts,
	ErrSnapCrossing, ErrCollapsed, ErrTouch, ErrFold, ErrHollow,
}

// Error is one fault of the input and its place. Err wraps one of the package's
// sentinels; for ErrCode it also wraps what is wrong with the code.
type Error struct {
	Unit Code // empty for a fault of Options or of all units together
	// Polygon, Ring and Vertex count from 0 in the caller's Boundary; -1 is none.
	Polygon, Ring, Vertex int
	At                    orb.Point // where on the ground, when HasAt
	HasAt                 bool
	Edit                  int // of Map.Apply, counted from 1; 0 for the Map that its edits make together
	Err                   error
}

// Error says what is wrong and where.
func (e *Error) Error() string {
	var s strings.Builder
	if e.Edit > 0 {
		fmt.Fprintf(&s, "edit %d: ", e.Edit)
	}
	if e.Unit != "" {
		fmt.Fprintf(&s, "unit %q: ", string(e.Unit))
	}
	for _, place := range []struct {
		name string
		n    int
	}{{"polygon", e.Polygon}, {"ring", e.Ring}, {"vertex", e.Vertex}} {
		if place.n >= 0 {
			fmt.Fprintf(&s, "%s %d: ", place.name, place.n)
		}
	}
	if e.HasAt {
		fmt.Fprintf(&s, "at %s: ", place(e.At))
	}
	fmt.Fprint(&s, e.Err)
	return s.String()
}

// Unwrap is the sentinel, or what wraps it.
func (e *Error) Unwrap() error { return e.Err }

// compare orders errors by unit, place in the unit, rule, place on the ground.
func (e *Error) compare(f *Error) int {
	return cmp.Or(
		cmp.Compare(e.Unit, f.Unit),
		cmp.Compare(e.Polygon, f.Polygon), cmp.Compare(e.Ring, f.Ring), cmp.Compare(e.Vertex, f.Vertex),
		cmp.Compare(e.rule(), f.rule()), cmp.Compare(e.Edit, f.Edit),
		cmp.Compare(e.At[0], f.At[0]), cmp.Compare(e.At[1], f.At[1]),
		cmp.Compare(e.Err.Error(), f.Err.Error()))
}

func (e *Error) rule() int {
	return slices.IndexFunc(rules, func(rule error) bool { return errors.Is(e.Err, rule) })
}

// BuildError is every fault that kept Build from making a Map.
type BuildError struct {
	// Faults are the first FaultsMax faults, sorted by unit code, then polygon,
	// ring and vertex, then rule in the order of the sentinels above.
	Faults []*Error
	Left   int // how many more there are
}

// Error is the number of faults and the first of them.
func (e *BuildError) Error() string {
	switch n := len(e.Faults) + e.Left; {
	case len(e.Faults) == 0:
		return "grid: no map"
	case n == 1:
		return "grid: " + e.Faults[0].Error()
	default:
		return fmt.Sprintf("grid: %d faults, first %v", n, e.Faults[0])
	}
}

// Unwrap is the listed faults, for errors.Is and errors.As.
func (e *BuildError) Unwrap() []error {
	errs := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		errs[i] = f
	}
	return errs
}

// faults collects errors and keeps the FaultsMax smallest of them, so a hostile
// input costs no more memory than a small one. The zero faults is empty.
type faults struct {
	kept []*Error
	left int
}

func (f *faults) add(errs ...*Error) {
	for _, e := range errs {
		f.kept = append(f.kept, e)
		if len(f.kept) >= 4*FaultsMax {
			f.trim()
		}
	}
}

func (f *faults) trim() {
	slices.SortStableFunc(f.kept, (*Error).compare)
	if n := len(f.kept) - FaultsMax; n > 0 {
		clear(f.kept[FaultsMax:])
		f.kept = f.kept[:FaultsMax]
		f.left += n
	}
}

// err is nil when there is no fault.
func (f *faults) err() error {
	if len(f.kept) == 0 {
		return nil
	}
	f.trim()
	return &BuildError{Faults: f.kept, Left: f.left}
}

// of is a fault of a unit as a whole, or of all units when unit is empty.
func faultOf(unit Code, err error) *Error {
	return &Error{Unit: unit, Polygon: -1, Ring: -1, Vertex: -1, Err: err}
}
