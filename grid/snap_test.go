package grid_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
)

// propSnap holds Snap against math.Round, most often at and beside halves.
func propSnap(t *rapid.T) {
	coordinate := func(most float64) float64 {
		units := rapid.Int64Range(-int64(most*1e7), int64(most*1e7)).Draw(t, "units")
		v := float64(units) / 1e7
		switch rapid.IntRange(0, 3).Draw(t, "where") {
		case 0:
			v = (float64(units) + 0.5) / 1e7
		case 1:
			v = math.Nextafter((float64(units)+0.5)/1e7, rapid.SampledFrom([]float64{-200, 200}).Draw(t, "way"))
		case 2:
			v = rapid.Float64Range(-most, most).Draw(t, "any")
		}
		return min(max(v, -most), most)
	}
	p := orb.Point{coordinate(180), coordinate(90)}
	got, ok := grid.Snap(p)
	require.True(t, ok)
	require.Equal(t, orb.Point{math.Round(p[0]*1e7) / 1e7, math.Round(p[1]*1e7) / 1e7}, got, "%v", p)
}

func TestSnapRounds(t *testing.T) { rapid.Check(t, propSnap) }

func FuzzSnap(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propSnap)) }

func TestSnapHalves(t *testing.T) {
	for _, c := range []struct{ in, want float64 }{
		{0.49999999999999994e-7, 0}, {0.5e-7, 1e-7}, {-0.5e-7, -1e-7}, {1.5e-7, 2e-7}, {2.5e-7, 3e-7}, {-2.5e-7, -3e-7}, {3.5e-7, 4e-7},
	} {
		got, _ := grid.Snap(orb.Point{c.in, c.in / 2})
		require.Equal(t, math.Round(c.in*1e7)/1e7, got[0], "%v", c.in)
		require.InDelta(t, c.want, got[0], 1e-15, "%v", c.in)
	}
}
