package audit_test

import (
	"fmt"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/audit"
)

// What the properties have found, as cases.

// small is a boundary in units east and north of Guanlan.
func small(points ...[2]int) orb.MultiPolygon {
	var ring orb.Ring
	for _, p := range points {
		ring = append(ring, at(west+p[0], south+p[1]))
	}
	return orb.MultiPolygon{{ring}}
}

// Two edges cross between the last row of a strip and the first of the next.
func TestCrossingBetweenStrips(t *testing.T) {
	var units []grid.Unit
	for i := range 7 { // make strips low
		units = append(units, grid.Unit{Code: grid.Code(fmt.Sprint("G", i)), Boundary: square(west, south, 1, 1)})
	}
	units = append(units,
		grid.Unit{Code: "East", Boundary: square(west, south+5, 9, 9)},
		grid.Unit{Code: "West", Boundary: square(west, south+5, 9, 9)},
		grid.Unit{Code: "G7", Parent: "East", Level: 1, Boundary: square(west, south, 3, 4)},
		grid.Unit{Code: "G8", Parent: "West", Level: 1, Boundary: small([2]int{0, 3}, [2]int{6, 3}, [2]int{0, 4})},
	)
	var got []float64
	for _, f := range of(audit.Audit(build(t, units, "社区", "网格"), audit.Options{}), audit.Across) {
		if len(f.Units) == 2 {
			require.Equal(t, []grid.Code{"G7", "G8"}, f.Units)
			got = append(got, flat(f.Geometry))
		}
	}
	require.Len(t, got, 1)
	near(t, 2.25, got[0], 1e-5, "square units")
}

// A leaf further out overlaps leaves on two levels: it is said once a place.
func TestLeavesOfSeveralLevelsOverlapOnce(t *testing.T) {
	units := []grid.Unit{
		{Code: "A", Boundary: small([2]int{0, 4}, [2]int{5, 5}, [2]int{5, 10})},
		{Code: "B", Boundary: square(west, south, 5, 5)},
		{Code: "C", Parent: "B", Level: 1},
		{Code: "D", Parent: "C", Level: 2, Boundary: small([2]int{0, 0}, [2]int{5, 5}, [2]int{0, 5})},
		{Code: "E", Parent: "B", Level: 1, Boundary: small([2]int{0, 0}, [2]int{5, 0}, [2]int{0, 5})},
	}
	got := map[string]int{}
	for _, f := range of(audit.Audit(build(t, units, "街道", "社区", "网格"), audit.Options{}), audit.Across) {
		got[fmt.Sprint(f.Units)] += len(f.Geometry)
	}
	require.Equal(t, map[string]int{"[A D]": 1, "[A D E]": 1}, got)
}

// A parent whose boundary cancels to nothing counts as one without.
func TestParentThatCancels(t *testing.T) {
	units := []grid.Unit{
		{Code: "P", Boundary: small([2]int{0, 4}, [2]int{1, 4}, [2]int{5, 4})},
		{Code: "G", Parent: "P", Level: 1, Boundary: square(west, south, 900, 900)},
	}
	r := audit.Audit(build(t, units, "街道", "网格"), audit.Options{})
	require.Empty(t, of(r, ownership...))
	require.Len(t, of(r, audit.Empty), 1)
	require.False(t, r.Proved("P"))
	require.True(t, r.Complete())
}

// A ring touches its own hole in its first vertex: the hole lies right of there
// and must not be taken for what lies around the ring.
func TestHoleAtFirstVertex(t *testing.T) {
	ring := small([2]int{10, 50}, [2]int{50, 10}, [2]int{90, 50}, [2]int{50, 90})
	ring[0] = append(ring[0], small([2]int{10, 50}, [2]int{50, 30}, [2]int{80, 50}, [2]int{50, 70})[0][0])
	r := audit.Audit(build(t, []grid.Unit{
		{Code: "P", Boundary: square(west, south, 100, 100)},
		{Code: "G", Parent: "P", Level: 1, Boundary: ring},
	}, "街道", "网格"), audit.Options{})
	around, hole := of(r, audit.Uncovered), of(r, audit.Gap)
	require.Len(t, around, 1)
	require.Len(t, hole, 1)
	near(t, 10_000-3_200, flat(around[0].Geometry), 1e-4, "around")
	near(t, 1_400, flat(hole[0].Geometry), 1e-4, "hole")
	require.Len(t, around[0].Geometry[0], 2)
}

// An islet in a hole of a ring belongs to the gap in there, not to the one around.
func TestIsletInHole(t *testing.T) {
	ring := square(west+20, south+20, 60, 60)
	ring[0] = append(ring[0], square(west+30, south+30, 40, 40)[0][0])
	r := audit.Audit(build(t, []grid.Unit{
		{Code: "P", Boundary: square(west, south, 100, 100)},
		{Code: "G", Parent: "P", Level: 1, Boundary: ring},
		{Code: "H", Parent: "P", Level: 1, Boundary: square(west+40, south+40, 20, 20)},
	}, "街道", "网格"), audit.Options{})
	around, hole := of(r, audit.Uncovered), of(r, audit.Gap)
	require.Len(t, around, 1)
	require.Len(t, hole, 1)
	near(t, 10_000-3_600, flat(around[0].Geometry), 1e-4, "around")
	near(t, 1_600-400, flat(hole[0].Geometry), 1e-4, "in the hole")
	require.Equal(t, []grid.Code{"G", "H"}, hole[0].Units)
	require.True(t, hole[0].Inside)
	require.False(t, square(west+40, south+40, 19, 19).Bound().Contains(hole[0].At), "not on the islet")
}
