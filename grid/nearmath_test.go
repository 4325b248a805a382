package grid_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
)

// No edge is nearer than its bound says, near or far, short or long, at a pole or
// across ±180 degrees; near by and off the poles, the bound is most of it.
func propEdgeBound(t *rapid.T) {
	globe := orb.Point{180, 90}
	from := func(p orb.Point, reach float64, name string) orb.Point {
		for i := range p {
			p[i] = max(-globe[i], min(globe[i], p[i]+rapid.Float64Range(-reach, reach).Draw(t, name)))
		}
		return p
	}
	p := from(orb.Point{}, 180, "place")
	if rapid.Bool().Draw(t, "at 180") {
		p[0] = 180
	}
	reach := rapid.SampledFrom([]float64{1e-6, 1e-3, 0.4, 0.99, 3, 180}).Draw(t, "reach")
	a := from(p, reach, "a")
	b := from(a, rapid.SampledFrom([]float64{1e-6, 1e-3, 1, 5}).Draw(t, "length"), "b")
	if p[0] == 180 && rapid.Bool().Draw(t, "across") {
		a[0], b[0] = a[0]-360, b[0]-360
		a[0], b[0] = max(a[0], -180), max(b[0], -180)
	}
	limit := rapid.SampledFrom([]float64{0.01, 1, 50, 1e4, 1e5}).Draw(t, "limit")
	bound, below, distance := grid.EdgeBound(p, a, b, limit)
	require.LessOrEqual(t, bound, distance)
	if bound < limit-1e-6*limit-1e-6 {
		require.True(t, below, "left out though it may be below the limit")
	}
	short := math.Abs(b[0]-a[0]) < 1e-3 && math.Abs(b[1]-a[1]) < 1e-3
	if short && reach <= 1e-3 && math.Abs(p[0]) < 179 && math.Abs(p[1]) < 70 {
		require.Greater(t, bound+1e-6, 0.96*distance)
	}
}

func TestEdgeBound(t *testing.T) { rapid.Check(t, propEdgeBound) }
func FuzzEdgeBound(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propEdgeBound)) }
