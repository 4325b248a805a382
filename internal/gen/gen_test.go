package gen_test

import (
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/gen"
)

// Every edge of a leaf is there once more: on another leaf or on the outline.
func TestTilingTiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := gen.Tiling(t)
		inner := map[grid.Code]bool{}
		for _, u := range a.Units {
			inner[u.Parent] = true
		}
		edges := map[[2]orb.Point]int{}
		count := func(m orb.MultiPolygon) {
			for _, polygon := range m {
				for _, ring := range polygon {
					for i, p := range ring {
						q := ring[(i+1)%len(ring)]
						if q[0] < p[0] || q[0] == p[0] && q[1] < p[1] {
							p, q = q, p
						}
						if p != q {
							edges[[2]orb.Point{p, q}]++
						}
					}
				}
			}
		}
		for _, u := range a.Units {
			if !inner[u.Code] {
				require.NotEmpty(t, u.Boundary)
				count(u.Boundary)
			}
		}
		count(a.Outline)
		for e, n := range edges {
			require.Equal(t, 2, n, "%v", e)
		}
		require.Len(t, a.Points(t, 3), 3)
		b := a.Box(t)
		require.True(t, b.Min[0] <= b.Max[0] && b.Min[1] <= b.Max[1])
	})
}

func TestOverlappingHasVertices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := gen.Overlapping(t)
		require.NotEmpty(t, a.Vertices)
		require.NotEmpty(t, a.Edges)
		require.Nil(t, a.Outline)
		require.Len(t, a.Options().Levels, 2)
		a.Point(t)
	})
}
