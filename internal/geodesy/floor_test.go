package geodesy_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/geodesy"
)

// boxBeside draws a box on the globe near p, or anywhere.
func boxBeside(t *rapid.T, p orb.Point) (low, high orb.Point) {
	a, b := beside(t, p, "corner"), beside(t, p, "other corner")
	if rapid.Bool().Draw(t, "anywhere") {
		a = place(t, "corner")
	}
	for i, limit := range []float64{180, 90} {
		low[i] = max(-limit, min(a[i], b[i]))
		high[i] = min(limit, max(a[i], b[i]))
		low[i], high[i] = min(low[i], limit), max(high[i], -limit)
	}
	return low, high
}

func inside(t *rapid.T, low, high orb.Point) orb.Point {
	share := rapid.OneOf(rapid.SampledFrom([]float64{0, 0.5, 1}), rapid.Float64Range(0, 1))
	return orb.Point{
		min(high[0], low[0]+share.Draw(t, "east")*(high[0]-low[0])),
		min(high[1], low[1]+share.Draw(t, "north")*(high[1]-low[1])),
	}
}

// No place of a box is nearer than its bounds say, a box in the box has no
// smaller bound, and a place outside the widened box is farther than the margin.
func floorHolds(t *rapid.T) {
	p := place(t, "p")
	f := geodesy.FloorFrom(p)
	low, high := boxBeside(t, p)
	bound := f.Box(low, high)
	q, r := inside(t, low, high), inside(t, low, high)
	d := geodesy.Distance(p, q)
	require.LessOrEqual(t, bound, d)
	require.LessOrEqual(t, f.Near(low, high), d)
	in := f.Box(orb.Point{min(q[0], r[0]), min(q[1], r[1])}, orb.Point{max(q[0], r[0]), max(q[1], r[1])})
	require.LessOrEqual(t, bound, in+1e-6+1e-9*in)
	if low[0] <= p[0] && p[0] <= high[0] && low[1] <= p[1] && p[1] <= high[1] {
		require.Zero(t, bound)
	}

	metres := rapid.SampledFrom([]float64{0, 0.01, 30, 5_000, 300_000, 5e6, math.Inf(1)}).Draw(t, "metres")
	east, north := geodesy.Margin(low, high, metres)
	away := math.Mod(p[0]-low[0]+720, 360) // east of the box's west side
	beyond := away > high[0]-low[0]+east && away < 360-east || p[1] < low[1]-north || p[1] > high[1]+north
	if beyond {
		require.Greater(t, d, metres)
	}
}

// Quick is a bound that does not grow with the box, however near or polar either is,
// and the plane of Scale is too small everywhere within a degree.
func quickHolds(t *rapid.T) {
	p := place(t, "p")
	f := geodesy.FloorFrom(p)
	low, high := boxBeside(t, p)
	q, r := inside(t, low, high), inside(t, low, high)
	bound, d := f.Quick(low, high), geodesy.Distance(p, q)
	require.LessOrEqual(t, bound, d)
	in := f.Quick(orb.Point{min(q[0], r[0]), min(q[1], r[1])}, orb.Point{max(q[0], r[0]), max(q[1], r[1])})
	require.LessOrEqual(t, bound, in+1e-6+1e-9*in)
	if low[0] <= p[0] && p[0] <= high[0] && low[1] <= p[1] && p[1] <= high[1] {
		require.Zero(t, bound)
	}
	reach := rapid.SampledFrom([]float64{1e-7, 1e-3, geodesy.NearDegrees}).Draw(t, "reach")
	off := rapid.Float64Range(-reach, reach)
	x, y := off.Draw(t, "east"), off.Draw(t, "north")
	y = max(-90, min(90, p[1]+y)) - p[1]
	east, north := f.Scale()
	plane := math.Hypot(x*east, y*north)
	d = geodesy.Distance(p, orb.Point{p[0] + x, p[1] + y})
	require.LessOrEqual(t, geodesy.Lowered(plane), d)
	if plane >= geodesy.Beyond(30) {
		require.GreaterOrEqual(t, d, 30.0)
	}
	if math.Abs(p[1]) < 80 {
		require.Greater(t, plane+1e-6, 0.93*d)
	}
}

func TestQuick(t *testing.T) { rapid.Check(t, quickHolds) }
func FuzzQuick(f *testing.F) { f.Fuzz(rapid.MakeFuzz(quickHolds)) }

// The bounds are worth having: near by, they are most of the distance.
func floorIsTight(t *rapid.T) {
	p := orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lng"), rapid.Float64Range(-80, 80).Draw(t, "lat")}
	d := rapid.Float64Range(-0.02, 0.02)
	q := orb.Point{p[0] + d.Draw(t, "east"), p[1] + d.Draw(t, "north")}
	f, far := geodesy.FloorFrom(p), geodesy.Distance(p, q)
	require.Greater(t, f.Box(q, q)+1e-6, 0.989*far) // the least radius is 1 % below the greatest
	require.Greater(t, f.Near(q, q)+1e-6, 0.94*far)
	east, north := geodesy.Margin(q, q, far)
	require.LessOrEqual(t, geodesy.Distance(q, orb.Point{q[0] + east, q[1]}), 1.02*far+1e-3)
	require.LessOrEqual(t, geodesy.Distance(q, orb.Point{q[0], q[1] + north}), 1.03*far+1e-3)
}

// An edge is as long as its pieces, which are as long as they are far apart.
func lengthHolds(t *rapid.T) {
	a := place(t, "a")
	reach := rapid.SampledFrom([]float64{1e-7, 1e-3, 1}).Draw(t, "reach")
	d := rapid.Float64Range(-reach, reach)
	b := orb.Point{a[0] + d.Draw(t, "east"), min(max(a[1]+d.Draw(t, "north"), -90), 90)}
	want, n := 0.0, 1000
	at := func(i int) orb.Point {
		return orb.Point{a[0] + (b[0]-a[0])*float64(i)/float64(n), a[1] + (b[1]-a[1])*float64(i)/float64(n)}
	}
	for i := range n {
		want += geodesy.Distance(at(i), at(i+1))
	}
	slack := 2e-5 + 1e-7*want // differences of places far from zero are rounded
	if max(math.Abs(a[1]), math.Abs(b[1])) > 88 {
		slack += 1e-3 * want
	}
	got := geodesy.Length(a, b)
	require.InDelta(t, want, got, slack)
	require.InDelta(t, got, geodesy.Length(b, a), 1e-9+1e-12*got)
	require.GreaterOrEqual(t, got+1e-6+1e-3*got, geodesy.Distance(a, b))
}

func TestFloor(t *testing.T)      { rapid.Check(t, floorHolds) }
func FuzzFloor(f *testing.F)      { f.Fuzz(rapid.MakeFuzz(floorHolds)) }
func TestFloorTight(t *testing.T) { rapid.Check(t, floorIsTight) }
func TestLength(t *testing.T)     { rapid.Check(t, lengthHolds) }
func FuzzLength(f *testing.F)     { f.Fuzz(rapid.MakeFuzz(lengthHolds)) }

func TestLengthRefuses(t *testing.T) {
	require.True(t, math.IsNaN(geodesy.Length(orb.Point{0, 91}, orb.Point{})))
	require.True(t, math.IsNaN(geodesy.Length(orb.Point{}, orb.Point{math.NaN(), 0})))
}

// A tall box is nearest where meridians are close together.
func TestFloorOfTallBox(t *testing.T) {
	low, high := orb.Point{10, 0}, orb.Point{20, 80}
	f := geodesy.FloorFrom(orb.Point{0, 60})
	least := math.Inf(1)
	for lat := 0.0; lat <= 80; lat += 0.01 {
		least = min(least, geodesy.Distance(orb.Point{0, 60}, orb.Point{10, lat}))
	}
	require.LessOrEqual(t, f.Box(low, high), least)
	require.Greater(t, f.Box(low, high), 0.97*least)
}

func TestFloorAcross180(t *testing.T) {
	f := geodesy.FloorFrom(orb.Point{179.999, 10})
	low, high := orb.Point{-179.999, 9}, orb.Point{-170, 11}
	want := geodesy.Distance(orb.Point{179.999, 10}, orb.Point{-179.999, 10})
	require.InEpsilon(t, want, f.Box(low, high), 0.02)
	require.LessOrEqual(t, f.Box(low, high), want)
	require.InEpsilon(t, want, f.Near(low, high), 0.02)
}
