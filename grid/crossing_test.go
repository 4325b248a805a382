package grid_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/gen"
)

// path draws a closed path on a lattice so small that touches, folds and
// crossings are common.
func path(t *rapid.T) [][2]int32 {
	span := rapid.SampledFrom([]int32{2, 5, 40, 1_000_000}).Draw(t, "span")
	step := rapid.SampledFrom([]int32{1, 3, 100}).Draw(t, "step")
	c := rapid.Int32Range(-span, span)
	var out [][2]int32
	for range rapid.IntRange(3, 9).Draw(t, "vertices") {
		p := [2]int32{step * c.Draw(t, "x"), step * c.Draw(t, "y")}
		if len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	for len(out) > 1 && out[0] == out[len(out)-1] {
		out = out[:len(out)-1]
	}
	return out
}

// The sweep finds a crossing exactly when there is one, and otherwise the very
// touches and folds that comparing all edges finds.
func propSweep(t *rapid.T) {
	var paths [][][2]int32
	if rapid.Bool().Draw(t, "tiling") { // all leaves as one unit: folds and touches everywhere
		for _, u := range gen.Tiling(t).Units {
			for _, ring := range naiveRings(u) {
				var p [][2]int32
				for _, s := range ring {
					p = append(p, [2]int32{int32(s.x), int32(s.y)})
				}
				paths = append(paths, p)
			}
		}
	} else {
		for range rapid.IntRange(1, 3).Draw(t, "rings") {
			if p := path(t); len(p) >= 3 {
				paths = append(paths, p)
			}
		}
	}
	scanned, swept := grid.ExamineBoth(paths)
	require.Equal(t, len(scanned.Crossings)+len(scanned.Snapped) == 0, swept.Swept)
	require.Equal(t, scanned.Swept, swept.Swept)
	if swept.Swept {
		require.Empty(t, cmp.Diff(scanned.Touches, swept.Touches))
		require.Empty(t, cmp.Diff(scanned.Folds, swept.Folds))
	}
}

func TestSweepIsScan(t *testing.T) { rapid.Check(t, propSweep) }

func TestSweepCases(t *testing.T) {
	for _, c := range []struct {
		name  string
		paths [][][2]int32
		clean bool
		folds int
	}{
		{"edges that go straight on are no fold", [][][2]int32{{{0, 0}, {5, 0}, {10, 0}, {10, 5}, {10, 10}, {5, 5}}}, true, 0},
		{"a doubled ring is all folds", [][][2]int32{{{0, 0}, {9, 0}, {9, 9}}, {{0, 0}, {9, 0}, {9, 9}}}, true, 2},
		{"a ring between two edges that cross further on", [][][2]int32{
			{{0, 0}, {100, 100}, {100, 0}, {0, 100}, {-50, 100}, {-50, 0}}, {{-10, 50}, {20, 50}, {20, 51}},
		}, false, 0},
		{"a crossing under a vertex of another ring", [][][2]int32{
			{{0, 0}, {100, 100}, {100, 0}, {0, 100}, {-50, 100}, {-50, 0}}, {{-10, 50}, {50, 50}, {20, 51}},
		}, false, 0},
	} {
		scanned, swept := grid.ExamineBoth(c.paths)
		require.Equal(t, c.clean, swept.Swept, c.name)
		require.Equal(t, c.clean, len(scanned.Crossings) == 0, c.name)
		if c.clean {
			require.Empty(t, cmp.Diff(scanned.Folds, swept.Folds), c.name)
			require.Empty(t, cmp.Diff(scanned.Touches, swept.Touches), c.name)
			require.Len(t, swept.Folds, 2*c.folds, c.name) // place and vertex
		}
	}
}

func FuzzSweep(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propSweep)) }

// anything draws a unit whose boundary may be good or bad in any way.
func anything(t *rapid.T, c grid.Code) grid.Unit {
	u := grid.Unit{Code: c}
	for range rapid.IntRange(0, 2).Draw(t, "polygons") {
		var polygon orb.Polygon
		for range rapid.IntRange(0, 2).Draw(t, "rings") {
			var ring orb.Ring
			for _, p := range path(t) {
				ring = append(ring, orb.Point{float64(p[0]) / 1e7, float64(p[1]) / 1e7})
			}
			if len(ring) > 0 && rapid.IntRange(0, 9).Draw(t, "odd") == 0 {
				i := rapid.IntRange(0, len(ring)-1).Draw(t, "at")
				ring[i][i%2] = rapid.SampledFrom([]float64{math.NaN(), math.Inf(-1), 181, -90.1, ring[i][i%2] + 0.4e-7, 90}).Draw(t, "coordinate")
			}
			polygon = append(polygon, ring)
		}
		u.Boundary = append(u.Boundary, polygon)
	}
	return u
}

// propBuild: whatever comes in, either Build says what is wrong and it is, or
// the map answers by the rules.
func propBuild(t *rapid.T) {
	in := []grid.Unit{anything(t, "a"), anything(t, "b")}
	m, err := grid.Build(in, grid.Options{Levels: []string{"网格"}})
	bad := false
	for _, u := range in {
		bad = bad || naiveBad(u)
	}
	require.Equal(t, bad, err != nil, "%v", err)
	if err != nil {
		_, ok := errors.AsType[*grid.BuildError](err)
		require.True(t, ok && m == nil)
		return
	}
	for _, u := range in {
		_, snapped, touches, folds := naiveTangle(u)
		count := map[grid.FindingKind]int{}
		for _, f := range m.Findings() {
			if f.Unit != u.Code {
				continue
			}
			count[f.Kind]++
			s, _ := naiveSnap(f.At)
			require.True(t, f.Kind != grid.Touch || touches[s], "%v", f)
			require.True(t, f.Kind != grid.Fold || folds[s], "%v", f)
		}
		require.Equal(t, snapped, count[grid.SnapCrossing])
		require.Equal(t, len(touches), count[grid.Touch])
		require.Equal(t, len(folds), count[grid.Fold])
	}
	n := newNaive(in)
	c := rapid.Int32Range(-6, 6)
	for range 10 {
		p := orb.Point{float64(c.Draw(t, "x")) / 1e7, float64(c.Draw(t, "y")) / 1e7}
		q := orb.Point{p[0] + float64(c.Draw(t, "w")+6)/1e7, p[1] + float64(c.Draw(t, "h")+6)/1e7}
		require.Equal(t, n.owner(p), codeAt(m, p), "%v", p)
		require.ElementsMatch(t, n.within(orb.Bound{Min: p, Max: q}), codes(m, m.Within(orb.Bound{Min: p, Max: q})), "%v %v", p, q)
	}
}

// naiveBad reports whether a unit's boundary must be refused.
func naiveBad(u grid.Unit) bool {
	for _, polygon := range u.Boundary {
		for _, ring := range polygon {
			distinct := map[orb.Point]bool{}
			for _, p := range ring {
				if _, ok := naiveSnap(p); !ok {
					return true
				}
				distinct[p] = true
			}
			if len(distinct) < 3 {
				return true
			}
		}
		if len(polygon) == 0 {
			return true
		}
	}
	crossings, _, _, _ := naiveTangle(u)
	return len(u.Boundary) == 0 || crossings > 0
}

func TestBuildAnything(t *testing.T) { rapid.Check(t, propBuild) }

func FuzzBuild(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propBuild)) }

// diagonals is a comb of n long teeth side by side, leaning.
func diagonals(n int) orb.Ring {
	var ring orb.Ring
	for i := range n {
		d := float64(i) * 4e-6
		ring = append(ring, orb.Point{d, -d}, orb.Point{50 + d, 50 - d})
	}
	return append(ring, orb.Point{80, -80})
}

// A boundary of any length that does not cross itself is accepted, even when
// every edge's box meets every other's, in seconds and not in hours; the bound
// leaves room for the race detector on a busy machine.
func TestBuildLongDiagonals(t *testing.T) {
	ring := diagonals(20_000)
	start := time.Now()
	m, err := grid.Build([]grid.Unit{{Code: "comb", Boundary: orb.MultiPolygon{{ring}}}}, grid.Options{Levels: []string{"网格"}})
	require.NoError(t, err)
	require.Equal(t, 1, m.LeafCount())
	require.Less(t, time.Since(start), 2*time.Minute)
}

// A star whose every edge crosses most others is refused without looking at all
// of them, and so is a scribble of crossings too small to be faults.
func TestBuildHostileCrossings(t *testing.T) {
	const n = 20_001
	var star orb.Ring
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i*(n/2)%n) / n)
		star = append(star, orb.Point{80 * cos, 80 * sin})
	}
	start := time.Now()
	_, err := grid.Build([]grid.Unit{{Code: "star", Boundary: orb.MultiPolygon{{star}}}}, grid.Options{Levels: []string{"网格"}})
	require.ErrorIs(t, err, grid.ErrCrossing)
	require.Len(t, said(err), 16)

	var scribble orb.Ring
	for i := range n {
		scribble = append(scribble, orb.Point{float64(i%2) / 10, float64(i*7%3) / 1e7})
	}
	_, err = grid.Build([]grid.Unit{{Code: "scribble", Boundary: orb.MultiPolygon{{scribble}}}}, grid.Options{Levels: []string{"网格"}})
	require.ErrorIs(t, err, grid.ErrTangled)

	// One crossing by a unit, which the sweep stops at, among teeth that all have
	// to be compared with each other.
	tiny := units(-9e8, 0, -9e8+1000, 0, -9e8+1000, 100, -9e8+500, -1, -9e8, 100)
	teeth := grid.Unit{Code: "teeth", Boundary: orb.MultiPolygon{{diagonals(20_000)}, {tiny}}}
	_, err = grid.Build([]grid.Unit{teeth}, grid.Options{Levels: []string{"网格"}})
	require.Equal(t, []string{`unit "teeth": ` + grid.ErrTangled.Error()}, said(err))
	teeth.Boundary[0][0] = diagonals(1_000)
	_, err = grid.Build([]grid.Unit{teeth}, grid.Options{Levels: []string{"网格"}})
	require.NoError(t, err)
	require.Less(t, time.Since(start), 20*time.Second)
}
