package grid_test

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/gen"
)

func propWithin(t *rapid.T) {
	a := gen.Tiling(t)
	if rapid.Bool().Draw(t, "overlap") {
		a = gen.Overlapping(t)
	}
	m, n := build(t, a), newNaive(a.Units)
	for range 2 {
		b := a.Box(t)
		refs := slices.Collect(sequence(t, m.Within(b)))
		require.True(t, slices.IsSorted(refs))
		got := codes(m, slices.Values(refs))
		slices.Sort(got)
		require.ElementsMatch(t, n.within(b), got, "%v", b)
	}
	p := a.Point(t)
	got := codes(m, m.Within(orb.Bound{Min: p, Max: p}))
	require.ElementsMatch(t, n.holders(p), got, "a box of one point")
}

func TestWithin(t *testing.T) { rapid.Check(t, propWithin) }

func FuzzWithin(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propWithin)) }

func TestWithinBorders(t *testing.T) {
	m, err := grid.Build(four(), twoLevels)
	require.NoError(t, err)
	nan := math.NaN()
	for _, c := range []struct {
		box  [4]float64 // units: west, south, east, north
		want []grid.Code
	}{
		{[4]float64{1, 1, 9, 9}, []grid.Code{"sw"}},
		{[4]float64{1, 1, 10, 9}, []grid.Code{"se", "sw"}},
		{[4]float64{1, 1, 10, 10}, []grid.Code{"ne", "nw", "se", "sw"}},
		{[4]float64{10, 10, 20, 20}, []grid.Code{"ne"}},
		{[4]float64{10, 10, 10, 10}, []grid.Code{"ne"}},
		{[4]float64{20, 0, 30, 20}, nil}, // touches from the east
		{[4]float64{-5, 0, 0, 20}, []grid.Code{"nw", "sw"}},
		{[4]float64{-1e12, -1e12, 1e12, 1e12}, []grid.Code{"ne", "nw", "se", "sw"}},
		{[4]float64{math.Inf(-1), math.Inf(-1), math.Inf(1), math.Inf(1)}, []grid.Code{"ne", "nw", "se", "sw"}},
		{[4]float64{1e12, -1e12, 2e12, 1e12}, nil},
		{[4]float64{nan, 0, 1, 1}, nil}, {[4]float64{0, 0, 1, nan}, nil}, {[4]float64{9, 0, 1, 5}, nil},
	} {
		b := orb.Bound{Min: orb.Point{c.box[0] / 1e7, c.box[1] / 1e7}, Max: orb.Point{c.box[2] / 1e7, c.box[3] / 1e7}}
		require.ElementsMatch(t, c.want, codes(m, m.Within(b)), "%v", c.box)
	}
}

// A stretch that cancels is no border: a box on it meets nothing.
func TestWithinIgnoresFolds(t *testing.T) {
	in := []grid.Unit{{Code: "u", Boundary: orb.MultiPolygon{{
		units(0, 0, 10, 0, 10, 10, 90, 40, 10, 10, 0, 10),              // a spike to the north-east
		units(200, 0, 210, 0, 210, 10), units(200, 0, 210, 0, 210, 10), // twice the same
	}}}}
	m, err := grid.Build(in, grid.Options{Levels: []string{"网格"}})
	require.NoError(t, err)
	box := func(w, s, e, n float64) orb.Bound {
		return orb.Bound{Min: orb.Point{w / 1e7, s / 1e7}, Max: orb.Point{e / 1e7, n / 1e7}}
	}
	require.Empty(t, codes(m, m.Within(box(40, 15, 95, 45))))
	require.Empty(t, codes(m, m.Within(box(150, -5, 250, 50))))
	require.Equal(t, []grid.Code{"u"}, codes(m, m.Within(box(9, 9, 95, 45))))
}

// The tip of a region lies in it where rows or columns near it reach it from
// inside the box, and not where they do not.
func TestWithinTips(t *testing.T) {
	for _, c := range []struct {
		name  string
		ring  orb.Ring
		box   [4]float64 // units: west, south, east, north
		meets bool
	}{
		{"tip down on the top side", units(5, 10, 9, 20, 1, 20), [4]float64{0, 0, 8, 10}, false},
		{"tip down in a corner, leaning away", units(5, 10, 20, 20, 10, 20), [4]float64{0, 10, 5, 30}, false},
		{"tip down in a corner, leaning in", units(5, 10, 4, 20, 0, 20), [4]float64{0, 10, 5, 30}, true},
		{"tip down on a box without height", units(5, 10, 9, 20, 1, 20), [4]float64{0, 10, 8, 10}, false},
		{"tip west on the right side", units(5, 10, 20, 5, 20, 15), [4]float64{0, 0, 5, 20}, true},
		{"tip west on a point", units(5, 10, 20, 5, 20, 15), [4]float64{5, 10, 5, 10}, true},
		{"notch west on the right side", units(5, 10, 20, 5, 20, 0, 0, 0, 0, 20, 20, 20, 20, 15), [4]float64{5, 10, 5, 10}, false},
		{"tip east on the left side", units(5, 10, 0, 15, 0, 5), [4]float64{5, 0, 20, 20}, false},
		{"tip up on the bottom side", units(5, 10, 1, 0, 9, 0), [4]float64{0, 10, 20, 20}, false},
	} {
		in := []grid.Unit{{Code: "u", Boundary: orb.MultiPolygon{{c.ring}}}}
		m, err := grid.Build(in, grid.Options{Levels: []string{"网格"}})
		require.NoError(t, err)
		b := orb.Bound{Min: orb.Point{c.box[0] / 1e7, c.box[1] / 1e7}, Max: orb.Point{c.box[2] / 1e7, c.box[3] / 1e7}}
		require.Equal(t, c.meets, len(newNaive(in).within(b)) == 1, "%s: the naive twin", c.name)
		require.Equal(t, c.meets, len(codes(m, m.Within(b))) == 1, c.name)
	}
}
