package grid_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/gen"
)

// degrees is a boundary of one ring.
func degrees(ring ...orb.Point) orb.MultiPolygon { return orb.MultiPolygon{{ring}} }

// breaks are ways to make a good input bad, each with what must be said of it.
// Each concerns a unit of its own, so that any two can be combined.
var breaks = []struct {
	name string
	do   func(in []grid.Unit, opts *grid.Options) []grid.Unit
	want string // as Error prints it, sorted by what is before the colon
	is   error
}{
	{"no levels", func(in []grid.Unit, o *grid.Options) []grid.Unit { o.Levels = nil; return in },
		`levels must be 1 to 8 different names`, grid.ErrLevels},
	{"bad code", add(grid.Unit{Code: "a b", Parent: "block", Level: 1, Boundary: square(50, 0, 5)}),
		`unit "a b": bad code: code holds a character it may not: ' ' in "a b"`, grid.ErrCode},
	{"no code", add(grid.Unit{Parent: "block", Level: 1, Boundary: square(50, 5, 5)}),
		`bad code: empty code`, grid.ErrCode},
	{"duplicate", add(grid.Unit{Code: "sw", Parent: "block", Level: 1, Boundary: square(50, 10, 5)}),
		`unit "sw": code is used more than once`, grid.ErrDuplicate},
	{"level too deep", add(grid.Unit{Code: "deep", Parent: "block", Level: 8, Boundary: square(50, 15, 5)}),
		`unit "deep": level is not one of the map's levels: 8 of 2`, grid.ErrLevel},
	{"level below 0", add(grid.Unit{Code: "high", Parent: "block", Level: -1, Boundary: square(50, 20, 5)}),
		`unit "high": level is not one of the map's levels: -1 of 2`, grid.ErrLevel},
	{"parent missing", add(grid.Unit{Code: "orphan", Parent: "nobody", Level: 1, Boundary: square(50, 25, 5)}),
		`unit "orphan": parent is not in the map: "nobody"`, grid.ErrParent},
	{"no parent", add(grid.Unit{Code: "waif", Level: 1, Boundary: square(50, 30, 5)}),
		`unit "waif": parent is not in the map: ""`, grid.ErrParent},
	{"parent on the same level", add(grid.Unit{Code: "twin", Parent: "nw", Level: 1, Boundary: square(50, 35, 5)}),
		`unit "twin": parent is not further out: "nw"`, grid.ErrParentLevel},
	{"own parent", add(grid.Unit{Code: "self", Parent: "self", Level: 1, Boundary: square(50, 36, 5)}),
		`unit "self": parent is not further out: "self"`, grid.ErrParentLevel},
	{"outermost with parent", add(grid.Unit{Code: "top", Parent: "block", Level: 0, Boundary: square(50, 37, 5)}),
		`unit "top": parent is not further out: "block"`, grid.ErrParentLevel},
	{"leaf without boundary", add(grid.Unit{Code: "bare", Parent: "block", Level: 1}),
		`unit "bare": unit without children has no boundary`, grid.ErrNoBoundary},
	{"polygon without ring", add(grid.Unit{Code: "empty", Parent: "block", Level: 1, Boundary: orb.MultiPolygon{{}}}),
		`unit "empty": polygon 0: polygon has no ring`, grid.ErrPolygon},
	{"NaN", add(grid.Unit{Code: "nan", Parent: "block", Level: 1, Boundary: degrees(orb.Point{0, 0}, orb.Point{1, 0}, orb.Point{math.NaN(), 1})}),
		`unit "nan": polygon 0: ring 0: vertex 2: coordinate is not a number within ±180, ±90 degrees`, grid.ErrCoordinate},
	{"infinite", add(grid.Unit{Code: "inf", Parent: "block", Level: 1, Boundary: degrees(orb.Point{0, math.Inf(1)}, orb.Point{1, 0}, orb.Point{1, 1})}),
		`unit "inf": polygon 0: ring 0: vertex 0: coordinate is not a number within ±180, ±90 degrees`, grid.ErrCoordinate},
	{"beyond the globe", add(grid.Unit{Code: "far", Parent: "block", Level: 1, Boundary: degrees(orb.Point{0, 0}, orb.Point{1, 90.5}, orb.Point{1, 1})}),
		`unit "far": polygon 0: ring 0: vertex 1: at 1,90.5: coordinate is not a number within ±180, ±90 degrees`, grid.ErrCoordinate},
	{"way beyond the globe", add(grid.Unit{Code: "farther", Parent: "block", Level: 1, Boundary: degrees(orb.Point{0, 0}, orb.Point{1e300, 1}, orb.Point{1, 1})}),
		`unit "farther": polygon 0: ring 0: vertex 1: at 1e+300,1: coordinate is not a number within ±180, ±90 degrees`, grid.ErrCoordinate},
	{"two points", add(grid.Unit{Code: "line", Parent: "block", Level: 1, Boundary: degrees(orb.Point{0, 0}, orb.Point{1, 1}, orb.Point{0, 0})}),
		`unit "line": polygon 0: ring 0: ring has fewer than 3 different points`, grid.ErrRing},
	{"no points", add(grid.Unit{Code: "void", Parent: "block", Level: 1, Boundary: orb.MultiPolygon{{{}}}}),
		`unit "void": polygon 0: ring 0: ring has fewer than 3 different points`, grid.ErrRing},
	{"bow-tie", add(grid.Unit{Code: "bow", Parent: "block", Level: 1, Boundary: degrees(orb.Point{0, 0}, orb.Point{1, 1}, orb.Point{1, 0}, orb.Point{0, 1})}),
		`unit "bow": polygon 0: ring 0: vertex 0: at 0.5,0.5: boundary crosses itself`, grid.ErrCrossing},
	{"rings cross", add(grid.Unit{Code: "cut", Parent: "block", Level: 1, Boundary: orb.MultiPolygon{
		{{{0, 0}, {4, 0}, {4, 4}, {0, 4}}}, {{{1, 1}, {2, 1}, {2, 5}}},
	}}), `unit "cut": polygon 0: ring 0: vertex 2: at 1.75,4: boundary crosses itself|unit "cut": polygon 0: ring 0: vertex 2: at 2,4: boundary crosses itself`, grid.ErrCrossing},
}

func add(u grid.Unit) func([]grid.Unit, *grid.Options) []grid.Unit {
	return func(in []grid.Unit, _ *grid.Options) []grid.Unit { return append(in, u) }
}

// said is each fault's text, in order.
func said(err error) []string {
	var out []string
	if be, ok := errors.AsType[*grid.BuildError](err); ok {
		for _, f := range be.Faults {
			out = append(out, f.Error())
		}
	}
	return out
}

func TestBuildFaultsAlone(t *testing.T) {
	for _, b := range breaks {
		t.Run(b.name, func(t *testing.T) {
			opts := twoLevels
			in := b.do(four(), &opts)
			m, err := grid.Build(in, opts)
			require.Nil(t, m)
			require.ErrorIs(t, err, b.is)
			require.Empty(t, cmp.Diff(strings.Split(b.want, "|"), said(err)))
		})
	}
}

func TestBuildFaultsInPairs(t *testing.T) {
	for i, a := range breaks {
		for _, b := range breaks[:i] {
			opts := twoLevels
			in := a.do(b.do(four(), &opts), &opts)
			_, err := grid.Build(in, opts)
			want := append(strings.Split(a.want, "|"), strings.Split(b.want, "|")...)
			got := said(err)
			if len(opts.Levels) == 0 { // then levels are checked against the limit
				for k := range want {
					want[k] = strings.ReplaceAll(want[k], " of 2", " of 8")
				}
			}
			slices.Sort(want)
			slices.Sort(got)
			require.Empty(t, cmp.Diff(want, got), "%s and %s", a.name, b.name)
			require.ErrorIs(t, err, a.is)
			require.ErrorIs(t, err, b.is)
		}
	}
}

func TestBuildFaultsAllAtOnceInAnyOrder(t *testing.T) {
	opts := twoLevels
	in := four()
	var all []string
	for _, b := range breaks[1:] {
		in = b.do(in, &opts)
		all = append(all, strings.Split(b.want, "|")...)
	}
	_, err := grid.Build(in, opts)
	got := said(err)
	require.ElementsMatch(t, all, got)
	be, _ := errors.AsType[*grid.BuildError](err)
	require.True(t, slices.IsSortedFunc(be.Faults, func(a, b *grid.Error) int { return strings.Compare(string(a.Unit), string(b.Unit)) }))
	require.ErrorIs(t, err, code.ErrEmpty)
	require.Contains(t, err.Error(), fmt.Sprintf("grid: %d faults, first ", len(all)))
	rapid.Check(t, func(t *rapid.T) {
		_, err := grid.Build(gen.Shuffled(t, in), opts)
		require.Equal(t, got, said(err))
	})
}

func TestBuildFaultsInOneUnitAreSortedByPlace(t *testing.T) {
	nan := math.NaN()
	u := grid.Unit{Code: "bad", Boundary: orb.MultiPolygon{
		{{{nan, 0}, {1, 0}, {200, 1}}, {}},
		{{{0, 0}, {1, 1}, {1, 0}, {0, 1}}},
		{},
	}}
	_, err := grid.Build([]grid.Unit{u, u}, grid.Options{Levels: []string{"x"}})
	want := []string{
		`unit "bad": code is used more than once`,
		`unit "bad": polygon 0: ring 0: vertex 0: coordinate is not a number within ±180, ±90 degrees`,
		`unit "bad": polygon 0: ring 0: vertex 0: coordinate is not a number within ±180, ±90 degrees`,
		`unit "bad": polygon 0: ring 0: vertex 2: at 200,1: coordinate is not a number within ±180, ±90 degrees`,
		`unit "bad": polygon 0: ring 0: vertex 2: at 200,1: coordinate is not a number within ±180, ±90 degrees`,
		`unit "bad": polygon 0: ring 1: ring has fewer than 3 different points`,
		`unit "bad": polygon 0: ring 1: ring has fewer than 3 different points`,
		`unit "bad": polygon 1: ring 0: vertex 0: at 0.5,0.5: boundary crosses itself`,
		`unit "bad": polygon 1: ring 0: vertex 0: at 0.5,0.5: boundary crosses itself`,
		`unit "bad": polygon 2: polygon has no ring`,
		`unit "bad": polygon 2: polygon has no ring`,
	}
	require.Empty(t, cmp.Diff(want, said(err)))
}

func TestBuildListsTheSmallestFaults(t *testing.T) {
	var units []grid.Unit
	for i := range 2000 {
		units = append(units, grid.Unit{Code: grid.Code(fmt.Sprintf("%04d", 1999-i))})
	}
	_, err := grid.Build(units, grid.Options{Levels: []string{"x"}})
	be, ok := errors.AsType[*grid.BuildError](err)
	require.True(t, ok)
	require.Len(t, be.Faults, grid.FaultsMax)
	require.Equal(t, 1900, be.Left)
	for i, f := range be.Faults {
		require.Equal(t, grid.Code(fmt.Sprintf("%04d", i)), f.Unit)
	}
	require.Len(t, be.Unwrap(), grid.FaultsMax)
	require.Contains(t, err.Error(), "2000 faults")
	require.NotEmpty(t, (&grid.BuildError{}).Error())
}

func TestBuildLevels(t *testing.T) {
	eight := strings.Split("abcdefgh", "")
	for _, c := range []struct {
		levels []string
		ok     bool
	}{
		{nil, false}, {[]string{""}, false}, {[]string{"a", "a"}, false}, {[]string{"a", ""}, false},
		{[]string{"a"}, true}, {eight, true}, {append(eight, "i"), false},
	} {
		m, err := grid.Build(nil, grid.Options{Levels: c.levels})
		if !c.ok {
			require.ErrorIs(t, err, grid.ErrLevels, "%q", c.levels)
			require.Nil(t, m)
			continue
		}
		require.NoError(t, err)
		require.Zero(t, m.Len())
		require.Equal(t, c.levels, m.Levels())
	}
}

func TestBuildLimits(t *testing.T) {
	_, err := grid.Build(make([]grid.Unit, grid.UnitsMax+1), grid.Options{Levels: []string{"x"}})
	require.Equal(t, []string{grid.ErrUnits.Error()}, said(err))

	ring := make(orb.Ring, 1<<20)
	polygon := slices.Repeat(orb.Polygon{ring}, grid.VerticesMax>>20+1)
	_, err = grid.Build([]grid.Unit{{Code: "huge", Boundary: orb.MultiPolygon{polygon}}}, grid.Options{Levels: []string{"x"}})
	require.Equal(t, []string{grid.ErrVertices.Error()}, said(err))
}

// One unit on each of 8 levels, the last with a boundary.
func TestBuildDeepestChain(t *testing.T) {
	var units []grid.Unit
	levels := strings.Split("省市区街社块网格", "")
	parent := grid.Code("country")
	for i := range levels {
		c := grid.Code(fmt.Sprintf("u%d", 7-i))
		units = append(units, grid.Unit{Code: c, Parent: parent, Level: i})
		parent = c
	}
	units[7].Boundary = square(0, 0, 10)
	m, err := grid.Build(units, grid.Options{Levels: levels})
	require.NoError(t, err)
	r, ok := m.Locate(orb.Point{1e-7, 1e-7})
	require.True(t, ok)
	require.Len(t, slices.Collect(m.Path(r)), grid.LevelsMax)
	require.Equal(t, grid.Code("country"), m.Info(m.Ancestor(r, 0)).Parent)
}

func TestBuildParallel(t *testing.T) {
	units := lattice(40) // several chunks
	opts := grid.Options{Levels: []string{"网格"}}
	want, err := grid.Build(units, opts)
	require.NoError(t, err)
	for name, parallel := range map[string]func(n int, do func(int)){
		"goroutines": func(n int, do func(int)) {
			done := make(chan bool)
			for i := range n {
				go func() { do(i); done <- true }()
			}
			for range n {
				<-done
			}
		},
		"backwards": func(n int, do func(int)) {
			for i := n - 1; i >= 0; i-- {
				do(i)
			}
		},
		"forgets all":        func(int, func(int)) {},
		"twice and too many": func(n int, do func(int)) { do(-1); do(n); do(0); do(0) },
	} {
		opts.Parallel = parallel
		m, err := grid.Build(units, opts)
		require.NoError(t, err, name)
		require.Equal(t, want.Hash(), m.Hash(), name)
	}
}

func TestBuildKeepsNothingOfTheCallers(t *testing.T) {
	units := four()
	units[1].Counts, units[1].Attrs = map[string]int64{"households": 125}, map[string]string{"k": "v"}
	opts := grid.Options{Levels: []string{"街区", "网格"}}
	m, err := grid.Build(units, opts)
	require.NoError(t, err)
	r, _ := m.Lookup("sw")
	hash, boundary := m.Hash(), m.Boundary(r)
	opts.Levels[0] = "changed"
	units[1].Counts["households"], units[1].Attrs["k"], units[1].Code = 0, "changed", "changed"
	units[1].Boundary[0][0][0] = orb.Point{1, 1}
	m.Boundary(r)[0][0][0] = orb.Point{2, 2}
	m.Levels()[1] = "changed"
	m.Counts(r)["households"] = 7
	m.Attrs(r)["k"] = "changed again"
	require.Equal(t, "街区", m.Levels()[0])
	require.Equal(t, "网格", m.Levels()[1])
	require.Equal(t, map[string]int64{"households": 125}, m.Counts(r))
	require.Equal(t, map[string]string{"k": "v"}, m.Attrs(r))
	require.Equal(t, boundary, m.Boundary(r))
	require.Equal(t, hash, m.Hash())
	require.Equal(t, grid.Code("sw"), codeAt(m, orb.Point{1e-7, 1e-7}))
	require.Nil(t, m.Counts(m.Parent(r)))
	require.Nil(t, m.Attrs(m.Parent(r)))
}
