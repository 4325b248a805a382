package crs_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid/crs"
)

// propBoundary: a boundary is its points one by one, and its faults are theirs.
func propBoundary(t *rapid.T) {
	s := anySystem(t)
	var b orb.MultiPolygon
	for range rapid.IntRange(0, 3).Draw(t, "polygons") {
		var polygon orb.Polygon
		for range rapid.IntRange(0, 3).Draw(t, "rings") {
			var ring orb.Ring
			for range rapid.IntRange(0, 6).Draw(t, "points") {
				ring = append(ring, placeFor(t, s))
			}
			polygon = append(polygon, ring)
		}
		b = append(b, polygon)
	}
	to := rapid.Bool().Draw(t, "to WGS84")
	whole, one := s.BoundaryFromWGS84, s.FromWGS84
	if to {
		whole, one = s.BoundaryToWGS84, s.ToWGS84
	}
	before := b.Clone()
	got, err := whole(b)
	require.True(t, same(before, b), "the caller's boundary is left alone")

	var faults []crs.Error
	want := orb.MultiPolygon{}
	for i, polygon := range b {
		want = append(want, orb.Polygon{})
		for j, ring := range polygon {
			want[i] = append(want[i], orb.Ring{})
			for k, p := range ring {
				q, err := one(p)
				want[i][j] = append(want[i][j], q)
				if e, ok := errors.AsType[*crs.Error](err); ok {
					e.Polygon, e.Ring, e.Vertex = i, j, k
					faults = append(faults, *e)
				}
			}
		}
	}
	if len(faults) > 0 {
		require.Nil(t, got)
		refusal, ok := errors.AsType[*crs.BoundaryError](err)
		require.True(t, ok)
		require.Zero(t, refusal.Left)
		var got []crs.Error
		for _, e := range refusal.Faults {
			got = append(got, *e)
		}
		require.Empty(t, cmp.Diff(faults, got, cmp.Comparer(samePoint), cmp.Comparer(func(a, b error) bool { return a == b })))
		require.ErrorIs(t, err, faults[0].Err)
		return
	}
	require.NoError(t, err)
	if b == nil {
		require.Nil(t, got)
		return
	}
	require.True(t, same(want, got))
}

func sameBits(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }

// same compares bit by bit; orb's own Equal takes NaN for different.
func same(a, b orb.MultiPolygon) bool {
	return slices.EqualFunc(a, b, func(a, b orb.Polygon) bool {
		return slices.EqualFunc(a, b, func(a, b orb.Ring) bool {
			return slices.EqualFunc(a, b, samePoint)
		})
	})
}

func samePoint(a, b orb.Point) bool { return sameBits(a[0], b[0]) && sameBits(a[1], b[1]) }

func TestBoundary(t *testing.T) { rapid.Check(t, propBoundary) }
func FuzzBoundary(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propBoundary)) }

func TestBoundaryFaultsAreCapped(t *testing.T) {
	ring := make(orb.Ring, crs.FaultsMax+7)
	for i := range ring {
		ring[i] = orb.Point{math.NaN(), float64(i)}
	}
	_, err := crs.GCJ02().BoundaryToWGS84(orb.MultiPolygon{{ring[:1]}, {ring[:2], ring[3:]}})
	refusal, ok := errors.AsType[*crs.BoundaryError](err)
	require.True(t, ok)
	require.Len(t, refusal.Faults, crs.FaultsMax)
	require.Equal(t, 7, refusal.Left)
	last := refusal.Faults[crs.FaultsMax-1]
	require.Equal(t, []int{1, 1, crs.FaultsMax - 4}, []int{last.Polygon, last.Ring, last.Vertex})
	require.ErrorContains(t, err, "107 points refused, first crs: polygon 0: ring 0: vertex 0: GCJ-02: ")
	_, err = crs.GCJ02().BoundaryToWGS84(orb.MultiPolygon{{ring[:1]}})
	require.Equal(t, "crs: polygon 0: ring 0: vertex 0: GCJ-02: coordinate is not a finite number at NaN,0", err.Error())
	require.Equal(t, "crs: nothing converted", (&crs.BoundaryError{}).Error())
}

// TestBentEdges: how far the middle of a straight edge of 1 km lies from the
// straight line between its converted ends, which the comment of BoundaryToWGS84
// states.
func TestBentEdges(t *testing.T) {
	s := find(t, "EPSG:4548")
	bend := func(length float64) float64 {
		middle, err := s.FromWGS84(orb.Point{117, 40})
		require.NoError(t, err)
		a, err := s.ToWGS84(orb.Point{middle[0] - length/2, middle[1]})
		require.NoError(t, err)
		b, err := s.ToWGS84(orb.Point{middle[0] + length/2, middle[1]})
		require.NoError(t, err)
		chord, err := s.FromWGS84(orb.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2})
		require.NoError(t, err)
		return math.Abs(chord[1] - middle[1])
	}
	require.InDelta(t, 0.0165, bend(1000), 0.0005)
	require.InDelta(t, 4, bend(2000)/bend(1000), 0.01)
}
