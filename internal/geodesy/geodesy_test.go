package geodesy_test

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/geodesy"
)

// The areas are GeographicLib 2.0's (Karney, python3-geographiclib, PolygonArea)
// of the rings with each edge cut into 2n equal pieces in longitude and latitude,
// n = 20 for the two small rings and 2,000 else, and what is left of cutting taken
// out by Richardson's rule: (4·A(2n) - A(n))/3. Their own rounding is some 1e-4 m²
// in small rings and 1e-11 of large ones.
func TestAreaAgreesWithGeographicLib(t *testing.T) {
	for name, c := range map[string]struct {
		ring []orb.Point
		want float64
		off  float64
	}{
		"a block in Guangming":    {[]orb.Point{{113.93, 22.74}, {113.9312, 22.7403}, {113.9309, 22.7418}, {113.9297, 22.7411}}, 19451.159860416938, 2e-4},
		"Guangming subdistrict":   {[]orb.Point{{113.85, 22.70}, {114.02, 22.69}, {114.05, 22.83}, {113.9, 22.86}}, 282041477.62104034, 1e-3},
		"a degree at the equator": {[]orb.Point{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, 12308463893.97535, 1e-3},
		"Svalbard":                {[]orb.Point{{15, 78}, {17, 78.1}, {16.5, 78.6}, {15.2, 78.4}}, 1940028314.5742896, 1e-3},
		"Manchester":              {[]orb.Point{{-2.3, 53.4}, {-2.1, 53.35}, {-2.05, 53.55}, {-2.32, 53.52}}, 279074396.7372609, 1e-3},
		"Chukotka, across 180":    {[]orb.Point{{178, 66}, {183, 65}, {184, 68.5}, {177, 69}}, 94064114546.27802, 1e-2},
		"Ross, across 180":        {[]orb.Point{{170, -76}, {190, -77}, {185, -70}, {172, -71}}, 346167318025.89764, 0.1},
		"near the pole":           {[]orb.Point{{0, 89.99}, {1, 89.99}, {1, 89.999}, {0, 89.999}}, 10778.097282409668, 2e-4},
		"a large triangle":        {[]orb.Point{{-60, 0}, {60, 0}, {0, 80}}, 50221641200800.67, 1},
		"the whole globe":         {[]orb.Point{{0, -90}, {360, -90}, {360, 90}, {0, 90}}, 510065621724088.44, 1},
	} {
		t.Run(name, func(t *testing.T) {
			require.InDelta(t, c.want, geodesy.Area(c.ring), c.off)
			closed := append(slices.Clone(c.ring), c.ring[0])
			require.InDelta(t, c.want, geodesy.Area(closed), c.off)
			slices.Reverse(closed)
			require.InDelta(t, -c.want, geodesy.Area(closed), c.off)
		})
	}
}

func TestAreaOfOddRings(t *testing.T) {
	require.Zero(t, geodesy.Area(nil))
	require.Zero(t, geodesy.Area([]orb.Point{{1, 2}}))
	require.Zero(t, geodesy.Area([]orb.Point{{1, 2}, {3, 4}}))
	for _, bad := range []orb.Point{{math.NaN(), 0}, {0, math.NaN()}, {0, 90.1}, {math.Inf(1), 0}, {0, math.Inf(-1)}, {541, 0}} {
		for at := range 3 {
			ring := []orb.Point{{0, 0}, {1, 0}, {1, 1}}
			ring[at] = bad
			require.True(t, math.IsNaN(geodesy.Area(ring)), "%v", ring)
		}
	}
}

// The geodesics are GeographicLib 2.0's (Karney).
var geodesics = []struct {
	a, b      orb.Point
	want, off float64
}{
	{orb.Point{113.93, 22.74}, orb.Point{113.9300001, 22.7400001}, 0.015104433, 1e-8},
	{orb.Point{113.93, 22.74}, orb.Point{113.931, 22.741}, 151.044079160, 1e-8},
	{orb.Point{113.93, 22.74}, orb.Point{114.05, 22.83}, 15848.315199263, 1.2e-4},
	{orb.Point{113.93, 22.74}, orb.Point{114.12, 22.74}, 19516.388369584, 1.2e-4},
	{orb.Point{113.93, 22.74}, orb.Point{114.13, 22.74}, 20543.566552876, 1e-5},
	{orb.Point{15, 78}, orb.Point{15.5, 78.08}, 14617.450764600, 1.2e-4},
	{orb.Point{179.999, 66}, orb.Point{-179.998, 66.001}, 176.032637390, 1e-8},
	{orb.Point{179.999, 66}, orb.Point{180.002, 66.001}, 176.032637390, 1e-8},
	{orb.Point{-179.9, -17}, orb.Point{179.95, -16.5}, 57598.394676444, 1e-4},
	{orb.Point{0, 89.999}, orb.Point{180, 89.999}, 223.387959119, 1e-8},
	{orb.Point{-2.3, 53.4}, orb.Point{113.93, 22.74}, 9595301.522317449, 1e-4},
	{orb.Point{-71.06, 42.36}, orb.Point{121, 14.6}, 13578532.680071831, 1e-4},
	{orb.Point{0, 0}, orb.Point{90, 0}, 10018754.171394622, 1e-4},
	{orb.Point{0, 0}, orb.Point{0, 90}, 10001965.729312724, 1e-4},
	{orb.Point{30, -45}, orb.Point{210, -44}, 10145164.710932769, 1e-4},
	{orb.Point{0, 0}, orb.Point{179, 0}, 19926188.851995971, 0.002 * 2e7},
	{orb.Point{0, 0}, orb.Point{180, 0}, 20003931.458625447, 0.002 * 2e7},
	{orb.Point{10, 20}, orb.Point{-170.3, -19.9}, 19985918.586285714, 0.002 * 2e7},
}

func TestDistanceAgreesWithGeographicLib(t *testing.T) {
	for _, c := range geodesics {
		require.InDelta(t, c.want, geodesy.Distance(c.a, c.b), c.off, "%v %v", c.a, c.b)
		require.InDelta(t, c.want, geodesy.Distance(c.b, c.a), c.off, "%v %v", c.b, c.a)
	}
	for _, bad := range []orb.Point{{math.NaN(), 0}, {0, math.NaN()}, {0, -90.1}, {math.Inf(1), 0}} {
		require.True(t, math.IsNaN(geodesy.Distance(bad, orb.Point{})))
		require.True(t, math.IsNaN(geodesy.Distance(orb.Point{}, bad)))
		for i := range 3 {
			args := [3]orb.Point{{0, 0}, {1, 1}, {2, 1}}
			args[i] = bad
			d, _ := geodesy.ToSegment(args[0], args[1], args[2])
			require.True(t, math.IsNaN(d), "%v", args)
		}
	}
	require.True(t, math.IsNaN(geodesy.Density(91)))
	require.True(t, math.IsNaN(geodesy.Density(math.NaN())))
}

// place draws a place; near a given one, mostly.
func place(t *rapid.T, label string) orb.Point {
	lat := rapid.OneOf(rapid.Float64Range(-90, 90), rapid.Float64Range(89.9, 90), rapid.Float64Range(-90, -89.9), rapid.SampledFrom([]float64{-90, 0, 22.5, 45, 90}))
	lng := rapid.OneOf(rapid.Float64Range(-180, 180), rapid.Float64Range(179.9, 180), rapid.Float64Range(-180, -179.9), rapid.SampledFrom([]float64{-180, 0, 90, 180}))
	return orb.Point{lng.Draw(t, label+" lng"), lat.Draw(t, label+" lat")}
}

func beside(t *rapid.T, p orb.Point, label string) orb.Point {
	reach := rapid.SampledFrom([]float64{1e-7, 1e-4, 1e-2, 0.3, 5, 100}).Draw(t, label+" reach")
	d := rapid.Float64Range(-reach, reach)
	return orb.Point{p[0] + d.Draw(t, label+" east"), min(max(p[1]+d.Draw(t, label+" north"), -90), 90)}
}

// A distance is symmetric, never negative, and the same a turn of the earth on.
func distanceHolds(t *rapid.T) {
	a := place(t, "a")
	b, c := beside(t, a, "b"), beside(t, a, "c")
	d := geodesy.Distance(a, b)
	slack := 1e-3 + 0.004*max(0, d-19.8e6) // beyond, the sphere steps in
	require.InDelta(t, d, geodesy.Distance(b, a), slack)
	require.Zero(t, geodesy.Distance(a, a))
	turned := orb.Point{b[0] - 360, b[1]}
	if b[0] < 0 {
		turned[0] = b[0] + 360
	}
	require.InDelta(t, d, geodesy.Distance(a, turned), slack+1e-6)
	require.LessOrEqual(t, d, 20_016_000.0)
	detour := geodesy.Distance(a, c) + geodesy.Distance(c, b)
	require.LessOrEqual(t, d, detour*1.002+1e-3)
	if detour < 19.8e6 {
		require.LessOrEqual(t, d, detour+2e-3)
	}
}

func TestDistance(t *testing.T)         { rapid.Check(t, distanceHolds) }
func FuzzDistance(f *testing.F)         { f.Fuzz(rapid.MakeFuzz(distanceHolds)) }
func TestToSegment(t *testing.T)        { rapid.Check(t, segmentHolds) }
func FuzzToSegment(f *testing.F)        { f.Fuzz(rapid.MakeFuzz(segmentHolds)) }
func TestAreaAddsUp(t *testing.T)       { rapid.Check(t, areaHolds) }
func FuzzArea(f *testing.F)             { f.Fuzz(rapid.MakeFuzz(areaHolds)) }
func TestMidpointRule(t *testing.T)     { rapid.Check(t, densityHolds) }
func TestSegmentTable(t *testing.T)     { segmentTable(t) }
func TestSameBitsAnywhere(t *testing.T) { sameBits(t) }

// The place that ToSegment answers is on the edge, its distance is Distance, and
// no other place of the edge is nearer: 400 are tried, and the neighbourhood of
// the best again.
func segmentHolds(t *rapid.T) {
	a := place(t, "a")
	b, p := beside(t, a, "b"), beside(t, a, "p")
	d, at := geodesy.ToSegment(p, a, b)
	require.Equal(t, geodesy.Distance(p, at), d)
	for i := range at {
		require.True(t, at[i] >= min(a[i], b[i]) && at[i] <= max(a[i], b[i]))
	}
	require.InDelta(t, 0, (at[0]-a[0])*(b[1]-a[1])-(at[1]-a[1])*(b[0]-a[0]), 1e-9)
	on := func(s float64) orb.Point { return orb.Point{a[0] + s*(b[0]-a[0]), a[1] + s*(b[1]-a[1])} }
	from, to := 0.0, 1.0
	least := math.Inf(1)
	for range 4 {
		best := from
		for i := range 101 {
			s := from + (to-from)*float64(i)/100
			if e := geodesy.Distance(p, on(s)); e < least {
				best, least = s, e
			}
		}
		step := (to - from) / 100
		from, to = max(0, best-step), min(1, best+step)
	}
	slack := 1e-4 // the bending of two arcs may differ by as much
	if least > 20_000 {
		slack = 0.002 * least
	}
	require.LessOrEqual(t, d, least+slack)
	if d < 5_000 {
		require.LessOrEqual(t, d, least+2e-6)
	}
}

func segmentTable(t *testing.T) {
	for name, c := range map[string]struct {
		p, a, b, at orb.Point
	}{
		"a point for an edge":         {orb.Point{1, 1}, orb.Point{2, 2}, orb.Point{2, 2}, orb.Point{2, 2}},
		"before the start":            {orb.Point{0, 0}, orb.Point{1, 0}, orb.Point{2, 0}, orb.Point{1, 0}},
		"past the end":                {orb.Point{3, 0}, orb.Point{1, 0}, orb.Point{2, 0}, orb.Point{2, 0}},
		"beside a meridian":           {orb.Point{114, 22.5}, orb.Point{114.001, 22}, orb.Point{114.001, 23}, orb.Point{114.001, 22.500000003}},
		"on the edge":                 {orb.Point{114, 22.5}, orb.Point{113.5, 22}, orb.Point{114.5, 23}, orb.Point{114, 22.5}},
		"west of -180, edge east":     {orb.Point{179.9999, 10}, orb.Point{-179.999, 9}, orb.Point{-179.999, 11}, orb.Point{-179.999, 10.0}},
		"the pole, a parallel":        {orb.Point{77, 90}, orb.Point{-180, 89}, orb.Point{180, 89}, orb.Point{-180, 89}},
		"across a parallel's far end": {orb.Point{90, 60}, orb.Point{-170, 60}, orb.Point{10, 60}, orb.Point{10, 60}},
	} {
		d, at := geodesy.ToSegment(c.p, c.a, c.b)
		require.InDelta(t, c.at[1], at[1], 1e-6, name)
		if c.p[1] != 90 {
			require.InDelta(t, c.at[0], at[0], 1e-9, name)
		}
		require.InDelta(t, geodesy.Distance(c.p, c.at), d, 1e-5, name)
	}
}

// Cutting a ring in two leaves the area as it was, and turning it changes nothing.
func areaHolds(t *rapid.T) {
	first := place(t, "first")
	n := rapid.IntRange(3, 9).Draw(t, "n")
	ring := []orb.Point{first}
	for len(ring) < n {
		ring = append(ring, beside(t, first, "next"))
	}
	whole := geodesy.Area(ring)
	border := 0.0
	for i, p := range ring {
		q := ring[(i+1)%n]
		border += math.Abs(q[0]-p[0])*111_320 + math.Abs(q[1]-p[1])*111_320
	}
	off := 1e-14*5.1e14*border/4e7 + 1e-7*border
	cut := rapid.IntRange(1, n-2).Draw(t, "cut")
	left, right := ring[:cut+2], append([]orb.Point{first}, ring[cut+1:]...)
	require.InDelta(t, whole, geodesy.Area(left)+geodesy.Area(right), off)
	turned := append(slices.Clone(ring[cut:]), ring[:cut]...)
	require.InDelta(t, whole, geodesy.Area(turned), off)
	split := []orb.Point{}
	for i, p := range ring {
		q := ring[(i+1)%n]
		split = append(split, p, orb.Point{p[0] + (q[0]-p[0])/2, p[1] + (q[1]-p[1])/2})
	}
	require.InDelta(t, whole, geodesy.Area(split), off+1e-9*border*1e3)
}

// A small square has its density's area.
func densityHolds(t *rapid.T) {
	lat := rapid.Float64Range(-89.9, 89.9).Draw(t, "lat")
	const h = 0.005
	square := []orb.Point{{10 - h, lat - h}, {10 + h, lat - h}, {10 + h, lat + h}, {10 - h, lat + h}}
	want := geodesy.Area(square) / (4 * h * h)
	require.InEpsilon(t, want, geodesy.Density(lat), 1e-8)
}

// The same inputs give the same bits on every platform.
func sameBits(t *testing.T) {
	h := fnv.New64a()
	add := func(v float64) { _ = binary.Write(h, binary.BigEndian, math.Float64bits(v)) }
	for i := range 2000 {
		x, y := float64(i*7919%3600)/10-180, float64(i*104729%1800)/10-90
		p, q := orb.Point{x, y}, orb.Point{x + float64(i%13)/100, min(90, y+float64(i%17)/300)}
		r := orb.Point{x + 0.01, y / 1.01}
		d, at := geodesy.ToSegment(r, p, q)
		for _, v := range []float64{d, at[0], at[1], geodesy.Distance(p, orb.Point{y, x / 2}), geodesy.Distance(p, q), geodesy.Density(y), geodesy.Area([]orb.Point{p, q, r})} {
			add(v)
		}
	}
	require.Equal(t, uint64(0x35563cfd7610d3a4), h.Sum64())
}

func BenchmarkDistance(b *testing.B) {
	for b.Loop() {
		geodesy.Distance(orb.Point{113.93, 22.74}, orb.Point{113.931, 22.741})
	}
}

func BenchmarkToSegment(b *testing.B) {
	for b.Loop() {
		geodesy.ToSegment(orb.Point{113.9303, 22.7405}, orb.Point{113.93, 22.74}, orb.Point{113.931, 22.741})
	}
}

func BenchmarkArea(b *testing.B) {
	ring := []orb.Point{{113.85, 22.70}, {114.02, 22.69}, {114.05, 22.83}, {113.9, 22.86}}
	for b.Loop() {
		geodesy.Area(ring)
	}
}
