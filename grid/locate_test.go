package grid_test

import (
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/gen"
)

// build makes the map of an area that is known to be good.
func build(t require.TestingT, a gen.Area) *grid.Map {
	m, err := grid.Build(a.Units, a.Options())
	require.NoError(t, err)
	return m
}

// codeAt is the code of the leaf that owns p, "" for none.
func codeAt(m *grid.Map, p orb.Point) grid.Code {
	r, _ := m.Locate(p)
	return m.Info(r).Code
}

func propLocateTiling(t *rapid.T) {
	a := gen.Tiling(t)
	m, n := build(t, a), newNaive(a.Units)
	outline := naiveEdges(grid.Unit{Boundary: a.Outline})
	for _, p := range a.Points(t, 20) {
		codes := n.holders(p)
		inside := 0
		if s, ok := naiveSnap(p); ok && naiveHolds(outline, s) {
			inside = 1
		}
		require.Len(t, codes, inside, "a tiling has one leaf for each place in its outline: %v", p)
		require.Equal(t, n.owner(p), codeAt(m, p), "%v", p)
		require.Equal(t, n.owner(p), m.Info(grid.OwnerByTree(m, p)).Code, "by tree, %v", p)
	}
}

func propLocateOverlap(t *rapid.T) {
	a := gen.Overlapping(t)
	m, n := build(t, a), newNaive(a.Units)
	points := a.Points(t, 20)
	for i, r := range m.LocateAll(points, nil) {
		require.Equal(t, n.owner(points[i]), codeAt(m, points[i]), "%v", points[i])
		require.Equal(t, n.owner(points[i]), m.Info(r).Code, "%v", points[i])
		require.Equal(t, n.owner(points[i]), m.Info(grid.OwnerByTree(m, points[i])).Code, "by tree, %v", points[i])
	}
}

func TestLocateTiling(t *testing.T)  { rapid.Check(t, propLocateTiling) }
func TestLocateOverlap(t *testing.T) { rapid.Check(t, propLocateOverlap) }

func FuzzLocate(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		if rapid.Bool().Draw(t, "overlap") {
			propLocateOverlap(t)
		} else {
			propLocateTiling(t)
		}
	}))
}

// square is a ring of whole units, which the tests write small.
func square(x, y, side float64) orb.MultiPolygon {
	const d = 1e-7
	return orb.MultiPolygon{{{
		{x * d, y * d}, {(x + side) * d, y * d}, {(x + side) * d, (y + side) * d}, {x * d, (y + side) * d},
	}}}
}

// four is a block of four grids of 10 by 10 units.
func four() []grid.Unit {
	return []grid.Unit{
		{Code: "block", Name: "街区", Level: 0},
		{Code: "sw", Parent: "block", Level: 1, Boundary: square(0, 0, 10)},
		{Code: "se", Parent: "block", Level: 1, Boundary: square(10, 0, 10)},
		{Code: "nw", Parent: "block", Level: 1, Boundary: square(0, 10, 10)},
		{Code: "ne", Parent: "block", Level: 1, Boundary: square(10, 10, 10)},
	}
}

var twoLevels = grid.Options{Levels: []string{"街区", "网格"}}

func TestLocateBorders(t *testing.T) {
	m, err := grid.Build(four(), twoLevels)
	require.NoError(t, err)
	for _, c := range []struct {
		x, y float64
		want grid.Code
	}{
		{10, 10, "ne"},                                               // the shared corner
		{10, 5, "se"}, {10, 15, "ne"}, {5, 10, "nw"}, {15, 10, "ne"}, // shared borders
		{0, 0, "sw"}, {0, 10, "nw"}, {10, 0, "se"}, // outer borders west and south
		{20, 5, ""}, {5, 20, ""}, {20, 20, ""}, {20, 0, ""}, {0, 20, ""}, // east and north
		{9.5, 9.5, "ne"}, {9.49, 9.49, "sw"}, {9.5, 9.49, "se"}, // halves go away from zero
		{-0.49, 0, "sw"}, {-0.5, 0, ""},
	} {
		require.Equal(t, c.want, codeAt(m, orb.Point{c.x * 1e-7, c.y * 1e-7}), "%v, %v", c.x, c.y)
	}
}

func TestLocateRefusesNonPlaces(t *testing.T) {
	world := grid.Unit{Code: "world", Boundary: orb.MultiPolygon{{{{-180, -90}, {180, -90}, {180, 90}, {-180, 90}}}}}
	m, err := grid.Build([]grid.Unit{world}, grid.Options{Levels: []string{"world"}})
	require.NoError(t, err)
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 180.0000001, -180.0000001, 1e300} {
		_, ok := m.Locate(orb.Point{x, 0})
		require.False(t, ok, "%v", x)
		_, ok = m.Locate(orb.Point{0, x / 2})
		require.False(t, ok, "%v", x)
	}
	for _, p := range []orb.Point{{-180, -90}, {0, 0}, {179.9999999, 89.9999999}, {-180, 89.9999999}} {
		_, ok := m.Locate(p)
		require.True(t, ok, "%v", p)
	}
	_, ok := m.Locate(orb.Point{180, 0})
	require.False(t, ok, "the eastern border belongs to what lies east of it")
	_, ok = m.Locate(orb.Point{0, 90})
	require.False(t, ok)
}

// On the largest triangles there are, products come closest to the end of int64.
func TestLocateLargestTriangles(t *testing.T) {
	west := orb.MultiPolygon{{{{-180, -90}, {180, 90}, {-180, 90}}}}
	east := orb.MultiPolygon{{{{-180, -90}, {180, -90}, {180, 90}}}}
	units := []grid.Unit{{Code: "a", Boundary: west}, {Code: "b", Boundary: east}}
	m, err := grid.Build(units, grid.Options{Levels: []string{"half"}})
	require.NoError(t, err)
	n := newNaive(units)
	for _, p := range []orb.Point{
		{0, 0}, {-2e-7, -1e-7}, {-1e-7, 0}, {1e-7, 0}, {179.9999999, 89.9999999}, {179.9999999, 90},
		{-179.9999998, -89.9999999}, {-180, -90}, {179, -89}, {-179, 89}, {179.9999999, -90}, {-180, 89.9999999},
	} {
		require.Equal(t, n.owner(p), codeAt(m, p), "%v", p)
	}
}

// A ring with enough points goes through bands; all of them must agree.
func TestLocateBigRing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(60, 400).Draw(t, "vertices")
		size := rapid.SampledFrom([]float64{2e-5, 1, 60}).Draw(t, "radius")
		var ring orb.Ring
		for i := range n { // around the middle, so that it cannot cross itself
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
			r := size * rapid.Float64Range(0.3, 1).Draw(t, "r")
			ring = append(ring, orb.Point{r * cos, r * sin})
		}
		u := grid.Unit{Code: "star", Boundary: orb.MultiPolygon{{ring}}}
		m, err := grid.Build([]grid.Unit{u}, grid.Options{Levels: []string{"网格"}})
		require.NoError(t, err)
		want := newNaive([]grid.Unit{u})
		for range 30 {
			p := rapid.SampledFrom(ring).Draw(t, "vertex")
			if rapid.Bool().Draw(t, "anywhere") {
				p = orb.Point{rapid.Float64Range(-size, size).Draw(t, "x"), rapid.Float64Range(-size, size).Draw(t, "y")}
			}
			require.Equal(t, want.owner(p), codeAt(m, p), "%v", p)
		}
	})
}

// Edges that all span all rows would fill every band of a comb; the bands give way.
func TestLocateComb(t *testing.T) {
	var ring orb.Ring
	const teeth = 2000
	for i := range teeth {
		ring = append(ring, orb.Point{float64(2*i) * 1e-6, 0}, orb.Point{float64(2*i+1) * 1e-6, 1})
	}
	ring = append(ring, orb.Point{2 * teeth * 1e-6, -1}, orb.Point{0, -1})
	u := grid.Unit{Code: "comb", Boundary: orb.MultiPolygon{{ring}}}
	m, err := grid.Build([]grid.Unit{u}, grid.Options{Levels: []string{"网格"}})
	require.NoError(t, err)
	want := newNaive([]grid.Unit{u})
	for i := range 40 {
		p := orb.Point{float64(i) * 1e-4, float64(i%7)*0.3 - 1}
		require.Equal(t, want.owner(p), codeAt(m, p), "%v", p)
	}
}

func TestLocateAllReusesDst(t *testing.T) {
	m, err := grid.Build(four(), twoLevels)
	require.NoError(t, err)
	points := []orb.Point{{5e-7, 5e-7}, {math.NaN(), 0}, {15e-7, 15e-7}, {1, 1}}
	want := make([]grid.Ref, len(points))
	for i, p := range points {
		want[i], _ = m.Locate(p)
	}
	for _, dst := range [][]grid.Ref{nil, {}, make([]grid.Ref, 1), slices.Repeat([]grid.Ref{99}, 9)} {
		require.Empty(t, cmp.Diff(want, m.LocateAll(points, dst)))
	}
	require.Empty(t, m.LocateAll(nil, make([]grid.Ref, 3)))
	dst := make([]grid.Ref, 0, len(points))
	require.Zero(t, testing.AllocsPerRun(100, func() { dst = m.LocateAll(points, dst) }))
}

func TestLocateAllocatesNothing(t *testing.T) {
	units := lattice(30)
	m, err := grid.Build(units, grid.Options{Levels: []string{"网格"}})
	require.NoError(t, err)
	i := 0
	require.Zero(t, testing.AllocsPerRun(1000, func() {
		i++
		m.Locate(orb.Point{float64(i%30) / 1000, float64(i/30%30) / 1000})
	}))
}

func TestConcurrentReaders(t *testing.T) {
	m, err := grid.Build(four(), twoLevels)
	require.NoError(t, err)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 200 {
				p := orb.Point{float64(i%20) * 1e-7, float64(i/10) * 1e-7}
				r, ok := m.Locate(p)
				if ok && !slices.Contains(slices.Collect(m.Within(orb.Bound{Min: p, Max: p})), r) {
					panic(fmt.Sprint("lost ", p))
				}
				m.Boundary(r)
				m.Hash()
				for range m.Path(r) {
				}
			}
		})
	}
	wg.Wait()
}

// lattice is n × n square grids of a thousandth of a degree.
func lattice(n int) []grid.Unit {
	var units []grid.Unit
	for i := range n {
		for j := range n {
			x, y := float64(i)/1000, float64(j)/1000
			units = append(units, grid.Unit{
				Code: grid.Code(fmt.Sprintf("%04d-%04d", i, j)),
				Boundary: orb.MultiPolygon{{{
					{x, y}, {x + 0.001, y}, {x + 0.001, y + 0.001}, {x, y + 0.001},
				}}},
			})
		}
	}
	return units
}
