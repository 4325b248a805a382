package main

import (
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Points lie where their kind says, exactly.
func TestSample(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tiles := drawn(t)
		corners := map[orb.Point]bool{}
		for _, leaf := range tiles.leaves {
			for a := range edges(leaf) {
				corners[a] = true
			}
		}
		x := newExact(tiles)
		seed := rapid.Uint64().Draw(t, "points")
		for _, kind := range kinds {
			points, err := sample(tiles, kind, 40, seed)
			require.NoError(t, err)
			require.Len(t, points, 40)
			for _, p := range points {
				require.Equal(t, degrees(units(p)), p)
				switch kind {
				case uniform:
					require.True(t, tiles.box.Contains(p))
				case border:
					require.False(t, corners[p])
					require.Equal(t, onEdge, x.place(p))
				case vertex:
					require.True(t, corners[p])
					require.Equal(t, onEdge, x.place(p))
				}
			}
		}
	})
}

// Hot points fall into few of the leaves: a tenth of them has most.
func TestHotPointsAreClose(t *testing.T) {
	tiles := synthetic(3000, 2)
	x := newExact(tiles)
	busiest := func(kind string) float64 {
		points, err := sample(tiles, kind, 5000, 1)
		require.NoError(t, err)
		counts := make([]int, len(tiles.leaves))
		hits := 0
		for _, p := range points {
			if i := x.owner(p); i >= 0 {
				counts[i]++
				hits++
			}
		}
		slices.Sort(counts)
		most := 0
		for _, n := range counts[len(counts)*9/10:] {
			most += n
		}
		return float64(most) / float64(hits)
	}
	require.Less(t, busiest(uniform), 0.65)
	require.Greater(t, busiest(hot), 0.75)
}

func TestSampleIsRepeatable(t *testing.T) {
	tiles := synthetic(20, 1)
	for _, kind := range kinds {
		a, err := sample(tiles, kind, 30, 5)
		require.NoError(t, err)
		b, err := sample(tiles, kind, 30, 5)
		require.NoError(t, err)
		require.Equal(t, a, b)
		c, err := sample(tiles, kind, 30, 6)
		require.NoError(t, err)
		require.NotEqual(t, a, c)
	}
	_, err := sample(tiles, "cold", 1, 1)
	require.ErrorContains(t, err, "cold")
}

func TestPlaceBeside(t *testing.T) {
	a, b := degrees(0, 0), degrees(4000, 2000)
	for _, c := range []struct {
		x, y int64
		want place
	}{
		{0, 0, onEdge}, {4000, 2000, onEdge}, {2000, 1000, onEdge},
		{2001, 1000, nearEdge}, {4002, 2001, nearEdge}, {-100, 0, nearEdge}, {-101, 0, inside},
		{2000, 1111, nearEdge}, {2000, 1112, inside}, {4100, 2001, inside},
	} {
		require.Equal(t, c.want, placeBeside(degrees(c.x, c.y), a, b), "%d %d", c.x, c.y)
	}
}
