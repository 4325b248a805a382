package geodesy_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/geodesy"
)

// Spots are as far apart as their places, to the bit, and so are things that are no
// places.
func spotsHold(t *rapid.T) {
	a := place(t, "a")
	b := beside(t, a, "b")
	bad := orb.Point{math.NaN(), 91}
	for _, pair := range [][2]orb.Point{{a, b}, {b, a}, {a, a}, {a, bad}, {bad, b}} {
		got := geodesy.SpotOf(pair[0]).Distance(geodesy.SpotOf(pair[1]))
		require.Equal(t, math.Float64bits(geodesy.Distance(pair[0], pair[1])), math.Float64bits(got))
	}
	require.True(t, math.IsNaN(geodesy.Spot{}.Distance(geodesy.SpotOf(a))))
}

func TestSpots(t *testing.T) { rapid.Check(t, spotsHold) }
func FuzzSpots(f *testing.F) { f.Fuzz(rapid.MakeFuzz(spotsHold)) }
