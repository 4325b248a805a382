package crs_test

import (
	"errors"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid/crs"
)

func find(t require.TestingT, name string) crs.System {
	s, err := crs.Find(name)
	require.NoError(t, err)
	return s
}

func TestRefusedPoints(t *testing.T) {
	plain, prefixed := find(t, "EPSG:4547"), find(t, "EPSG:4526")
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		name    string
		convert func(orb.Point) (orb.Point, error)
		p       orb.Point
		err     error
	}{
		{"not a number", crs.WGS84().ToWGS84, orb.Point{114, nan}, crs.ErrNumber},
		{"not a number before range", crs.GCJ02().FromWGS84, orb.Point{1000, nan}, crs.ErrNumber},
		{"infinite", plain.ToWGS84, orb.Point{inf, 2.5e6}, crs.ErrNumber},
		{"latitude", crs.CGCS2000().FromWGS84, orb.Point{114, 90.1}, crs.ErrRange},
		{"longitude", crs.CGCS2000().ToWGS84, orb.Point{-180.1, 0}, crs.ErrRange},
		{"metres for degrees", crs.GCJ02().ToWGS84, orb.Point{506000, 2514000}, crs.ErrRange},
		{"range before meridian", plain.FromWGS84, orb.Point{181, 22}, crs.ErrRange},
		{"off the square", crs.WebMercator().ToWGS84, orb.Point{20037508.4, 0}, crs.ErrRange},
		{"north of the square", crs.WebMercator().FromWGS84, orb.Point{0, 85.06}, crs.ErrRange},
		{"prefix where there is none", plain.ToWGS84, orb.Point{38506000, 2514000}, crs.ErrPrefix},
		{"prefix of another zone", prefixed.ToWGS84, orb.Point{39506000, 2514000}, crs.ErrPrefix},
		{"no prefix", prefixed.ToWGS84, orb.Point{506000, 2514000}, crs.ErrPrefix},
		{"degrees for metres", prefixed.ToWGS84, orb.Point{114, 22}, crs.ErrPrefix},
		{"northing first", plain.ToWGS84, orb.Point{2514000, 506000}, crs.ErrMeridian},
		{"too far north", plain.ToWGS84, orb.Point{506000, 9.5e6}, crs.ErrMeridian},
		{"far beyond", plain.ToWGS84, orb.Point{506000, 1e300}, crs.ErrMeridian},
		{"another zone", plain.FromWGS84, orb.Point{124.1, 40}, crs.ErrMeridian},
		{"over the prefix", prefixed.FromWGS84, orb.Point{119, 3}, crs.ErrMeridian},
		{"polar", plain.FromWGS84, orb.Point{114, 84.1}, crs.ErrMeridian},
		{"abroad", crs.BD09().FromWGS84, orb.Point{2.35, 48.85}, crs.ErrOutside},
		{"from abroad", crs.BD09().ToWGS84, orb.Point{2.35, 48.85}, crs.ErrOutside},
		{"just outside", crs.BD09().ToWGS84, orb.Point{72.006, 40}, crs.ErrOutside},
		{"moved over the edge", crs.GCJ02().FromWGS84, orb.Point{137.8347, 45}, crs.ErrEdge},
		{"without an origin", crs.GCJ02().ToWGS84, orb.Point{72.004, 40}, crs.ErrEdge},
	} {
		q, err := c.convert(c.p)
		require.Zero(t, q, c.name)
		e, ok := errors.AsType[*crs.Error](err)
		require.True(t, ok, c.name)
		require.Equal(t, c.err, e.Err, c.name)
		require.Equal(t, []int{-1, -1, -1, -1}, []int{e.Polygon, e.Ring, e.Vertex, e.Offset})
	}
}

// TestLimitsAreWithin: what lies on a limit is converted, both ways.
func TestLimitsAreWithin(t *testing.T) {
	for _, s := range []crs.System{find(t, "EPSG:4547"), find(t, "EPSG:4512"), find(t, "EPSG:4534")} {
		meridian, _ := s.Meridian()
		for _, p := range []orb.Point{
			{meridian + crs.OffMeridianMax, 0}, {meridian - crs.OffMeridianMax, crs.LatitudeMax}, {meridian, -crs.LatitudeMax},
			{meridian + crs.OffMeridianMax, 30}, {meridian - crs.OffMeridianMax, -crs.LatitudeMax},
		} {
			q, err := s.FromWGS84(p)
			require.NoError(t, err)
			again, err := s.ToWGS84(q)
			require.NoError(t, err)
			require.InDelta(t, 0, apart(again, p), 1e-12)
		}
	}
	for _, p := range []orb.Point{{180, 85.05112877980659}, {-180, -85.05112877980659}} {
		q, err := crs.WebMercator().FromWGS84(p)
		require.NoError(t, err)
		again, err := crs.WebMercator().ToWGS84(q)
		require.NoError(t, err)
		require.InDelta(t, 0, apart(again, p), 1e-12)
		require.LessOrEqual(t, math.Abs(again[0]), 180.0)
	}
}

// TestChinaEdge walks over the four edges of the rectangle: outside, GCJ-02 is
// WGS84; inside it is not; and no two places meet.
func TestChinaEdge(t *testing.T) {
	gcj := crs.GCJ02()
	for _, c := range []struct{ outside, inside orb.Point }{
		{orb.Point{72.0039, 40}, orb.Point{72.02, 40}},
		{orb.Point{137.8348, 45}, orb.Point{137.82, 45}},
		{orb.Point{110, 0.8292}, orb.Point{110, 0.84}},
		{orb.Point{100, 55.8272}, orb.Point{100, 55.82}},
	} {
		for _, convert := range []func(orb.Point) (orb.Point, error){gcj.FromWGS84, gcj.ToWGS84} {
			q, err := convert(c.outside)
			require.NoError(t, err)
			require.Equal(t, c.outside, q)
			q, err = convert(c.inside)
			require.NoError(t, err)
			require.Greater(t, apart(q, c.inside), 1e-4)
		}
		const steps = 4000
		images := map[orb.Point]orb.Point{}
		for i := range steps + 1 {
			f := float64(i) / steps
			p := orb.Point{c.outside[0] + f*(c.inside[0]-c.outside[0]), c.outside[1] + f*(c.inside[1]-c.outside[1])}
			q, err := gcj.FromWGS84(p)
			if err != nil {
				require.ErrorIs(t, err, crs.ErrEdge)
				continue
			}
			twin, met := images[q]
			require.False(t, met, "%v and %v meet", twin, p)
			images[q] = p
			again, err := gcj.ToWGS84(q)
			require.NoError(t, err)
			require.InDelta(t, 0, apart(again, p), crs.ResidualMax)
		}
	}
}

// TestRootOf105: where the formula of GCJ-02 has a root of a distance, the
// residual is within ResidualMax too.
func TestRootOf105(t *testing.T) {
	gcj := crs.GCJ02()
	for i := -2000; i <= 2000; i++ {
		for _, step := range []float64{0x1p-46, 0x1p-44, 1e-12, 1e-11, 1e-9} { // the first is the spacing of float64
			p := orb.Point{105 + float64(i)*step, 27.25}
			q, err := gcj.FromWGS84(p)
			require.NoError(t, err)
			again, err := gcj.ToWGS84(q)
			require.NoError(t, err)
			require.InDelta(t, 0, apart(again, p), crs.ResidualMax)
			image, err := gcj.FromWGS84(again)
			require.NoError(t, err)
			require.InDelta(t, 0, apart(image, q), crs.ResidualMax)
		}
	}
}

func TestCGCS2000IsWGS84(t *testing.T) {
	p := orb.Point{114.06, 22.54}
	for _, convert := range []func(orb.Point) (orb.Point, error){
		crs.CGCS2000().ToWGS84, crs.CGCS2000().FromWGS84, crs.WGS84().ToWGS84, crs.System{}.FromWGS84,
	} {
		q, err := convert(p)
		require.NoError(t, err)
		require.Equal(t, p, q)
	}
	require.Equal(t, crs.System{}, crs.WGS84())

	// The two flattenings: the same place in space, 0.11 mm apart at most.
	most := 0.0
	for lat := -90.0; lat <= 90; lat++ {
		north := func(inverse float64) float64 { // geodetic from geocentric latitude, on the surface
			f := 1 / inverse
			return math.Atan2(math.Sin(lat*math.Pi/180), (1-f)*(1-f)*math.Cos(lat*math.Pi/180))
		}
		most = max(most, 6378137*math.Abs(north(298.257222101)-north(298.257223563)))
	}
	require.Less(t, most, 0.00011)
	t.Logf("%.3g m", most)
}

func TestNothingIsAllocated(t *testing.T) {
	p := orb.Point{114.06, 22.54}
	for _, s := range crs.All() {
		if meridian, ok := s.Meridian(); ok {
			p[0] = meridian + 1
		}
		q, err := s.FromWGS84(p)
		require.NoError(t, err)
		require.Zero(t, testing.AllocsPerRun(20, func() {
			_, _ = s.FromWGS84(p)
			_, _ = s.ToWGS84(q)
		}), "%v", s)
	}
}
