package grid_test

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
)

// TestCarryLosesNothing: what comes out adds up to what went in, and each unit's
// part is within one of its exact share.
func TestCarryLosesNothing(t *testing.T) { rapid.Check(t, carryLosesNothing) }

func FuzzCarry(f *testing.F) { f.Fuzz(rapid.MakeFuzz(carryLosesNothing)) }

func carryLosesNothing(t *rapid.T) {
	a := drawQuilt(t, 3, 3, "a")
	b := drawQuilt(t, 3, 3, "b")
	home := func(int) grid.Code { return "east" }
	old, err := grid.Build(withLeaves(a.units("G", home)), quiltOptions)
	require.NoError(t, err)
	now, err := grid.Build(withLeaves(b.units("G", home)), quiltOptions)
	require.NoError(t, err)
	c := grid.Diff(old, now)
	counts, sum := map[grid.Code]int64{}, int64(0)
	for r := range old.Leaves(0) {
		n := rapid.SampledFrom([]int64{0, 1, 2, 7, 1000, math.MaxInt64 / 9}).Draw(t, "count")
		counts[old.Info(r).Code], sum = n, sum+n
	}
	got, err := c.Carry(counts)
	require.NoError(t, err)
	out := int64(0)
	for code, n := range got {
		_, ok := now.Lookup(code)
		require.True(t, ok || code == "")
		out += n
		exact := 0.
		for from, k := range counts {
			area := 0.
			for _, s := range c.Successors(from) {
				area += float64(s.Area)
			}
			for _, s := range c.Successors(from) {
				if s.Unit == code {
					exact += float64(k) * float64(s.Area) / area
				}
			}
		}
		require.InDelta(t, exact, n, 9+1e-9*exact)
	}
	require.Equal(t, sum, out)
}

func TestCarryRefuses(t *testing.T) {
	m, err := grid.Build(guanlan(), grid.Options{Levels: []string{"街道", "街区", "红色网格"}})
	require.NoError(t, err)
	c := grid.Diff(m, m)
	_, err = c.Carry(map[grid.Code]int64{"440309006": -1, "nobody": 5, "440309006-01": 3})
	refused, ok := errors.AsType[*grid.CarryError](err)
	require.True(t, ok)
	require.Equal(t, []grid.CarryFault{{"440309006", grid.ErrNegative}, {"nobody", grid.ErrUnknownUnit}}, refused.Faults)
	require.ErrorIs(t, err, grid.ErrNegative)
	var none *grid.Changes
	_, err = none.Carry(map[grid.Code]int64{"x": 1})
	require.ErrorIs(t, err, grid.ErrUnknownUnit)
	empty, err := none.Carry(nil)
	require.NoError(t, err)
	require.Empty(t, empty)

	// Two old grids become one: together they hold too much.
	merged := guanlan()[:3]
	merged[2].Boundary = rectangle(114.04, 22.71, 114.06, 22.72)
	now, err := grid.Build(merged, grid.Options{Levels: []string{"街道", "街区", "红色网格"}})
	require.NoError(t, err)
	_, err = grid.Diff(m, now).Carry(map[grid.Code]int64{"440309006-01-1": math.MaxInt64, "440309006-01-2": 1})
	require.ErrorIs(t, err, grid.ErrOverflow)
}
