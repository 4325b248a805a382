package main

import (
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
)

// drawn is a small tiling.
func drawn(t *rapid.T) *tiling {
	return synthetic(rapid.IntRange(1, 120).Draw(t, "leaves"), rapid.Uint64().Draw(t, "seed"))
}

// The leaves of a tiling share out an island: a point has one owner if it lies
// inside the coast and none otherwise, where the coast is the edges that only one
// leaf has; and their areas are together that of the island.
func tilingIsPartition(t *rapid.T) {
	tiles := drawn(t)
	coast := coastOf(t, tiles)
	total, island := int64(0), int64(0)
	for _, leaf := range tiles.leaves {
		total += area(t, leaf)
	}
	for a, b := range edges(coast) {
		island += cross(a, b)
	}
	require.Equal(t, island, total)
	points, err := sample(tiles, uniform, 300, rapid.Uint64().Draw(t, "points"))
	require.NoError(t, err)
	for _, p := range points {
		owners := 0
		for _, leaf := range tiles.leaves {
			if holds(leaf, p) {
				owners++
			}
		}
		if holds(coast, p) {
			require.Equal(t, 1, owners, "inside the coast at %v", p)
		} else {
			require.Zero(t, owners, "outside the coast at %v", p)
		}
	}
}

func TestTilingIsPartition(t *testing.T) { rapid.Check(t, tilingIsPartition) }
func FuzzTilingIsPartition(f *testing.F) { f.Fuzz(rapid.MakeFuzz(tilingIsPartition)) }

// coastOf is the edges of one leaf only, as open rings of two points. Any other
// edge has two leaves, which walk along it in opposite directions.
func coastOf(t *rapid.T, tiles *tiling) orb.MultiPolygon {
	seen := map[[2]orb.Point]bool{}
	for _, leaf := range tiles.leaves {
		for a, b := range edges(leaf) {
			require.False(t, seen[[2]orb.Point{a, b}], "edge %v %v is walked twice", a, b)
			seen[[2]orb.Point{a, b}] = true
		}
	}
	var coast orb.MultiPolygon
	for e := range seen {
		if !seen[[2]orb.Point{e[1], e[0]}] {
			coast = append(coast, orb.Polygon{orb.Ring{e[0], e[1]}})
		}
	}
	return coast
}

// area is twice the area of a leaf, outer rings less holes whatever way round
// they go, in square units.
func area(t *rapid.T, leaf orb.MultiPolygon) int64 {
	total := int64(0)
	for _, polygon := range leaf {
		for i, ring := range polygon {
			a := int64(0)
			for a1, b1 := range edges(orb.MultiPolygon{{ring}}) {
				a += cross(a1, b1)
			}
			require.Equal(t, i == 0, a > 0, "outer rings go counter-clockwise, holes clockwise")
			if a = max(a, -a); i == 0 {
				total += a
			} else {
				total -= a
			}
		}
	}
	require.Positive(t, total)
	return total
}

// cross is twice the area between an edge and the corner of the synthetic
// tilings, which is near enough for an int64.
func cross(a, b orb.Point) int64 {
	cornerX, cornerY := units(orb.Point{originLng, originLat})
	ax, ay := units(a)
	bx, by := units(b)
	return (ax-cornerX)*(by-cornerY) - (bx-cornerX)*(ay-cornerY)
}

// A leaf crosses itself nowhere, passes no point twice in a ring, and lies on
// whole units, so that every peer sees what a Map sees.
func tilingIsClean(t *rapid.T) {
	tiles := drawn(t)
	units := make([]grid.Unit, len(tiles.leaves))
	for i, leaf := range tiles.leaves {
		units[i] = grid.Unit{Code: leafCode(i), Boundary: leaf}
		for _, polygon := range leaf {
			for _, ring := range polygon {
				checkRing(t, ring)
			}
		}
	}
	m, err := grid.Build(units, grid.Options{Levels: []string{"leaf"}})
	require.NoError(t, err)
	for _, f := range m.Findings() {
		require.Equal(t, grid.Touch, f.Kind) // of two rings in a corner
	}
}

func TestTilingIsClean(t *testing.T) { rapid.Check(t, tilingIsClean) }
func FuzzTilingIsClean(f *testing.F) { f.Fuzz(rapid.MakeFuzz(tilingIsClean)) }

func checkRing(t *rapid.T, ring orb.Ring) {
	require.Equal(t, ring[0], ring[len(ring)-1])
	require.GreaterOrEqual(t, len(ring), 4)
	seen := map[orb.Point]bool{}
	for _, p := range ring[1:] {
		require.False(t, seen[p], "%v is passed twice", p)
		seen[p] = true
		s, ok := grid.Snap(p)
		require.True(t, ok)
		require.Equal(t, s, p)
	}
}

func TestTilingIsRepeatable(t *testing.T) {
	require.Equal(t, synthetic(60, 7), synthetic(60, 7))
	require.NotEqual(t, synthetic(60, 7).leaves, synthetic(60, 8).leaves)
}

// The tilings look like the ones the figures are told for.
func TestTilingShape(t *testing.T) {
	s := synthetic(5000, 1).shape
	require.Equal(t, 5000, s.leaves)
	require.InDelta(t, 72, float64(s.vertices)/5000, 2)
	require.Less(t, s.low, 25)
	require.Greater(t, s.high, 250)
	require.InDelta(t, 45, s.holes, 15)
	require.InDelta(t, 70, s.multi, 40)

	tiles := synthetic(5000, 1)
	small, large, step := 1e18, 0.0, 0.0
	for i, leaf := range tiles.leaves {
		b := leaf.Bound()
		step += planar.Distance(b.Center(), tiles.leaves[max(0, i-1)].Bound().Center()) / 5000
		size := (b.Max[0] - b.Min[0]) * (b.Max[1] - b.Min[1])
		small, large = min(small, size), max(large, size)
	}
	require.Greater(t, large/small, 80.0, "density must vary")
	require.Less(t, step, (tiles.box.Max[0]-tiles.box.Min[0])/20, "leaves next to each other in number are near")

	points, err := sample(tiles, uniform, 2000, 1)
	require.NoError(t, err)
	x, hits := newExact(tiles), 0
	for _, p := range points {
		if x.owner(p) >= 0 {
			hits++
		}
	}
	require.InDelta(t, 0.7, float64(hits)/2000, 0.1, "the rest is sea")
}

// A hole goes to the ring around it, not to a smaller one elsewhere.
func TestHolesInTheirRing(t *testing.T) {
	l := newLattice(8, 1)
	square := func(i, j, side int) []int {
		return []int{l.node(i, j), l.node(i+side, j), l.node(i+side, j+side), l.node(i, j+side)}
	}
	// Rings go from node to next node, so larger squares are spelt out.
	large := []int{
		l.node(2, 2), l.node(3, 2), l.node(4, 2), l.node(5, 2), l.node(5, 3), l.node(5, 4),
		l.node(5, 5), l.node(4, 5), l.node(3, 5), l.node(2, 5), l.node(2, 4), l.node(2, 3),
	}
	hole := square(3, 3, 1)
	slices.Reverse(hole)
	polygons := l.polygons([][]int{hole, square(0, 0, 1), large})
	require.Len(t, polygons, 2)
	require.Len(t, polygons[0], 1)
	require.Len(t, polygons[1], 2)
}
