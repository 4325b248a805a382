package main

import (
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// All peers agree but on a border, and there with a leaf that has the border;
// those that round may differ near one. Our own answers are those of a scan in
// whole numbers, everywhere.
func peersAgree(t *rapid.T) {
	tiles := synthetic(rapid.IntRange(1, 60).Draw(t, "leaves"), rapid.Uint64().Draw(t, "seed"))
	judge := newExact(tiles)
	seed := rapid.Uint64().Draw(t, "points")
	for _, p := range peers() {
		x, err := p.build(tiles)
		require.NoError(t, err)
		n := 15
		if p.name == "simplefeatures-contains" {
			n = 2 // 0.2 ms each
		}
		for _, kind := range kinds {
			points, err := sample(tiles, kind, n, seed)
			require.NoError(t, err)
			d := compare(x, points, owners(judge, points), judge, time.Hour)
			require.Equal(t, n, d.checked)
			require.Zero(t, d.further, "%s, %s points", p.name, kind)
			if !p.rounds {
				require.Zero(t, d.near, "%s, %s points", p.name, kind)
				checkClosed(t, tiles, judge, x, points, p.name)
			}
			if p.name == ours || p.name == "gridgov-all" {
				require.Zero(t, d.on, "%s, %s points", p.name, kind)
			}
		}
	}
}

func TestPeersAgree(t *testing.T) { rapid.Check(t, peersAgree) }
func FuzzPeersAgree(f *testing.F) { f.Fuzz(rapid.MakeFuzz(peersAgree)) }

// checkClosed checks that an answer is a leaf that holds the point or has it on
// its border.
func checkClosed(t *rapid.T, tiles *tiling, judge *exact, x index, points []orb.Point, name string) {
	for _, p := range points {
		i := x.owner(p)
		if i < 0 {
			continue
		}
		best := inside
		for a, b := range edges(tiles.leaves[i]) {
			best = max(best, placeBeside(p, a, b))
		}
		require.True(t, best == onEdge || judge.owner(p) == i, "%s answers %d for %v", name, i, p)
	}
}

// compare sorts differences by where they lie.
func TestCompare(t *testing.T) {
	square := func(x, y int64) orb.MultiPolygon {
		return orb.MultiPolygon{{{degrees(x, y), degrees(x+10000, y), degrees(x+10000, y+10000), degrees(x, y+10000), degrees(x, y)}}}
	}
	tiles := newTiling("squares", []orb.MultiPolygon{square(0, 0), square(10000, 0)})
	judge := newExact(tiles)
	points := []orb.Point{degrees(10000, 5), degrees(9990, 500), degrees(5000, 5000), degrees(15000, 5000)}
	require.Equal(t, []int{1, 0, 0, 1}, owners(judge, points))
	d := compare(judge, points, []int{0, 1, 1, 1}, judge, time.Hour)
	require.Equal(t, differences{checked: 4, on: 1, near: 1, further: 1}, d)
	require.Zero(t, compare(judge, points, owners(judge, points), judge, -1).checked, "out of time")
}

// each and chain ask what they should: all points, and the point of each pair
// that the answer before it chose.
func TestSumAndFollow(t *testing.T) {
	points := []orb.Point{{3}, {4}, {5}, {6}, {8}, {7}, {1}}
	var asked []float64
	at := func(p orb.Point) uint32 {
		asked = append(asked, p[0])
		return uint32(p[0])
	}
	require.EqualValues(t, 34, sum(points, at))
	require.Equal(t, []float64{3, 4, 5, 6, 8, 7, 1}, asked)
	asked = nil
	require.EqualValues(t, 3+6+8, follow(points, at))
	require.Equal(t, []float64{3, 6, 8}, asked)
}

// Every peer's loops answer what its owner answers, so what is timed is the same
// look-up as what is compared.
func TestEachCounts(t *testing.T) {
	tiles := synthetic(40, 3)
	points, err := sample(tiles, uniform, 500, 1)
	require.NoError(t, err)
	for _, p := range peers() {
		if p.name == "tzf" || p.name == "gridgov-all" {
			continue // they sum something else than ordinals
		}
		x, err := p.build(tiles)
		require.NoError(t, err)
		var each, chain uint64
		for _, q := range points {
			each += uint64(x.owner(q) + 1)
		}
		last := 0
		for i := 0; i < len(points); i += 2 {
			last = x.owner(points[i+last%2]) + 1
			chain += uint64(last)
		}
		require.Equal(t, each, x.each(points), p.name)
		require.Equal(t, chain, x.chain(points), p.name)
	}
}

func TestChoose(t *testing.T) {
	all, err := choose(nil)
	require.NoError(t, err)
	require.Len(t, all, 11)
	require.Equal(t, ours, all[0].name, "the others are compared with the first")
	some, err := choose([]string{"s2"})
	require.NoError(t, err)
	require.Len(t, some, 2)
	require.Equal(t, ours, some[0].name)
	_, err = choose([]string{"s3"})
	require.ErrorContains(t, err, `"s3"`)
}
