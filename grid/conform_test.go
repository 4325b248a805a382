package grid_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/gen"
)

// junction is a long leaf and two on its other side that meet half-way along it,
// where their corner is off by some units.
func junction(off float64) []grid.Unit {
	return []grid.Unit{
		{Code: "a", Boundary: degrees(orb.Point{0, 0}, orb.Point{0.01, 0}, orb.Point{0.01, 0.01}, orb.Point{0, 0.01})},
		{Code: "b", Boundary: degrees(orb.Point{0.01, 0}, orb.Point{0.02, 0}, orb.Point{0.02, 0.005}, orb.Point{0.01 + off/1e7, 0.005})},
		{Code: "c", Boundary: degrees(orb.Point{0.01 + off/1e7, 0.005}, orb.Point{0.02, 0.005}, orb.Point{0.02, 0.01}, orb.Point{0.01, 0.01})},
	}
}

func TestConform(t *testing.T) {
	for _, off := range []float64{-3, 0, 2} {
		units := junction(off)
		conformed, added := grid.Conform(units, 0.05)
		require.Equal(t, 1, added, "%v", off)
		require.Len(t, conformed[0].Boundary[0][0], 5)
		require.Equal(t, orb.Point{0.01 + off/1e7, 0.005}, conformed[0].Boundary[0][0][2])
		require.Len(t, units[0].Boundary[0][0], 4, "what was given is left alone")
		again, more := grid.Conform(conformed, 0.05)
		require.Zero(t, more)
		require.Equal(t, conformed, again)
		// All three merge into one without a sliver, which they do not before.
		m, err := grid.Build(conformed, grid.Options{Levels: []string{"网格"}})
		require.NoError(t, err)
		one, err := m.Apply(grid.Merge(grid.Unit{Code: "all"}, "a", "b", "c"))
		require.NoError(t, err)
		r, _ := one.Lookup("all")
		require.Len(t, one.Boundary(r), 1)
		require.Len(t, one.Boundary(r)[0], 1, "no hole is left")
	}
	for _, within := range []grid.Meters{0, -1, grid.Meters(math.NaN()), 0.01} {
		conformed, added := grid.Conform(junction(3), within) // 3 units are 3.3 cm
		require.Zero(t, added)
		require.Equal(t, junction(3), conformed)
	}
	_, added := grid.Conform(junction(300), 100) // 3.3 m are more than ConformMax
	require.Zero(t, added)
	_, added = grid.Conform([]grid.Unit{{Code: "odd", Boundary: degrees(orb.Point{math.NaN(), 0}, orb.Point{0, 200}, orb.Point{1, 1})}}, 1)
	require.Zero(t, added)
}

// Tilings that meet point for point stay as they are.
func propConformLeavesTilings(t *rapid.T) {
	a := gen.Tiling(t)
	if math.Abs(a.Vertices[0][1]) > 80 {
		return // metres are nothing there
	}
	_, added := grid.Conform(a.Units, 1e-4)
	require.Zero(t, added)
}

func TestConformLeavesTilings(t *testing.T) { rapid.Check(t, propConformLeavesTilings) }
