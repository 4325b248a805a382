package crs_test

import (
	"errors"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid/crs"
)

// anySystem draws a system: one of the register, or a local one.
func anySystem(t *rapid.T) crs.System {
	if rapid.IntRange(0, 3).Draw(t, "local") > 0 {
		return rapid.SampledFrom(crs.All()).Draw(t, "system")
	}
	s, err := crs.NewLocal(crs.Local{
		Name:          "某市独立坐标系",
		Meridian:      rapid.Float64Range(-169, 169).Draw(t, "meridian"),
		FalseEasting:  rapid.Float64Range(-1e8, 1e8).Draw(t, "false easting"),
		FalseNorthing: rapid.Float64Range(-1e8, 1e8).Draw(t, "false northing"),
		Scale:         rapid.Float64Range(0.9, 1.1).Draw(t, "scale"),
	})
	require.NoError(t, err)
	return s
}

// awkward are numbers at which something ends.
var awkward = []float64{
	math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64,
	0, math.Copysign(0, -1), 90, -90, 180, -180, 84, -84, 85.05112877980659, 105, 72.004, 137.8347, 0.8293, 55.8271,
	20037508.342789244, -20037508.342789244, 500000, 38000000, 39000000, 38500000, 1e7, 1.4e6,
}

func anyNumber(t *rapid.T, least, most float64) float64 {
	switch rapid.IntRange(0, 9).Draw(t, "kind") {
	case 0:
		return rapid.SampledFrom(awkward).Draw(t, "awkward")
	case 1:
		return rapid.Float64().Draw(t, "any")
	}
	return rapid.Float64Range(least, most).Draw(t, "number")
}

// placeFor draws a place in degrees, mostly one that s takes.
func placeFor(t *rapid.T, s crs.System) orb.Point {
	west, east := 70.0, 140.0
	if meridian, ok := s.Meridian(); ok {
		west, east = meridian-11, meridian+11
	}
	return orb.Point{anyNumber(t, west, east), anyNumber(t, -60, 86)}
}

// sentinels are the faults that a point can have.
var sentinels = []error{crs.ErrNumber, crs.ErrRange, crs.ErrPrefix, crs.ErrMeridian, crs.ErrOutside, crs.ErrEdge}

// refused checks that err is one fault of a point that names system and point.
func refused(t require.TestingT, s crs.System, p orb.Point, err error) {
	e, ok := errors.AsType[*crs.Error](err)
	require.True(t, ok, "%v", err)
	require.Contains(t, sentinels, e.Err)
	require.Equal(t, s.Name(), e.System)
	require.True(t, e.HasAt)
	require.Equal(t, [2]uint64{math.Float64bits(p[0]), math.Float64bits(p[1])}, [2]uint64{math.Float64bits(e.At[0]), math.Float64bits(e.At[1])})
	require.NotEmpty(t, e.Text("zh"))
}

// propRoundTrip: what is converted comes back, and everything else is an error.
func propRoundTrip(t *rapid.T) {
	s := anySystem(t)
	p := placeFor(t, s)
	q, err := s.FromWGS84(p)
	if err != nil {
		require.Zero(t, q)
		refused(t, s, p, err)
		return
	}
	require.False(t, math.IsNaN(q[0]) || math.IsNaN(q[1]) || math.IsInf(q[0], 0) || math.IsInf(q[1], 0))
	again, err := s.ToWGS84(q)
	require.NoError(t, err, "%v %v %v", s, p, q)
	require.InDelta(t, 0, apart(again, p), comesBack(s, p), "%v %v", s, q)
}

// comesBack is within how many degrees a place comes back.
func comesBack(s crs.System, p orb.Point) float64 {
	if s.Projected() { // the spacing of float64 at 1e8 m, in degrees, which widens northwards
		return 1e-11 / math.Cos(min(math.Abs(p[1]), 89)*math.Pi/180)
	}
	return crs.ResidualMax
}

// propBack: the same from the side of the system, with coordinates of any size.
func propBack(t *rapid.T) {
	s := anySystem(t)
	most := 180.0
	if s.Projected() {
		most = 2e7
	}
	p := orb.Point{anyNumber(t, -most, most), anyNumber(t, -most, most)}
	if z, ok := s.Zone(); ok && rapid.Bool().Draw(t, "in the zone") {
		p = orb.Point{anyNumber(t, -4.5e5, 4.5e5) + 5e5, anyNumber(t, -9.4e6, 9.4e6)}
		if s.Prefixed() {
			p[0] += float64(z.Number) * 1e6
		}
	}
	q, err := s.ToWGS84(p)
	if err != nil {
		require.Zero(t, q)
		refused(t, s, p, err)
		return
	}
	require.LessOrEqual(t, math.Abs(q[0]), 180.0)
	require.LessOrEqual(t, math.Abs(q[1]), 90.0)
	again, err := s.FromWGS84(q)
	if err != nil { // within the slack beyond the limit
		require.ErrorIs(t, err, crs.ErrMeridian)
		meridian, _ := s.Meridian()
		require.True(t, math.Abs(q[0]-meridian) > crs.OffMeridianMax || math.Abs(q[1]) > crs.LatitudeMax, "%v %v", q, meridian)
		return
	}
	within := 2 * crs.ResidualMax
	if s.Projected() {
		within = 1e-6
	}
	require.InDelta(t, 0, apart(again, p), within, "%v %v", s, q)
}

// propTextbook: near the meridian, Gauss–Krüger agrees with the power series
// that surveyors learn.
func propTextbook(t *rapid.T) {
	z, ok := crs.ZoneAt(rapid.Float64Range(73.5, 136.49).Draw(t, "lng"), crs.ThreeDegree)
	require.True(t, ok)
	s, err := crs.GaussKruger(z, false)
	require.NoError(t, err)
	off := rapid.Float64Range(-1.5, 1.5).Draw(t, "off")
	lat := rapid.Float64Range(0, 55).Draw(t, "lat")
	got, err := s.FromWGS84(orb.Point{z.Meridian() + off, lat})
	require.NoError(t, err)
	require.InDelta(t, 0, apart(got, textbook(off, lat)), 1e-3)
}

// textbook is easting and northing by the power series in the longitude from the
// meridian (e.g. GB/T 18314 and every geodesy course: 高斯投影正算), with the
// meridian's length integrated by Simpson's rule.
func textbook(off, lat float64) orb.Point {
	const a, f = 6378137, 1 / 298.257222101
	e2 := f * (2 - f)
	b, l := lat*math.Pi/180, off*math.Pi/180
	meridian := func(b float64) float64 { return a * (1 - e2) / math.Pow(1-e2*math.Pow(math.Sin(b), 2), 1.5) }
	const steps = 200
	h, length := b/steps, 0.0
	for i := range steps {
		x := float64(i) * h
		length += h / 6 * (meridian(x) + 4*meridian(x+h/2) + meridian(x+h))
	}
	sin, cos := math.Sincos(b)
	n := a / math.Sqrt(1-e2*sin*sin)
	t, eta2, m := sin/cos, e2/(1-e2)*cos*cos, cos*l
	north := length + n*t*(m*m/2+(5-t*t+9*eta2+4*eta2*eta2)*math.Pow(m, 4)/24+(61-58*t*t+math.Pow(t, 4))*math.Pow(m, 6)/720)
	east := n * (m + (1-t*t+eta2)*math.Pow(m, 3)/6 + (5-18*t*t+math.Pow(t, 4)+14*eta2-58*eta2*t*t)*math.Pow(m, 5)/120)
	return orb.Point{500000 + east, north}
}

// propGrowing: eastward and northward stay so, in every system.
func propGrowing(t *rapid.T) {
	s := anySystem(t)
	p := placeFor(t, s)
	const step = 1e-6
	north := orb.Point{p[0], p[1] + step}
	east := orb.Point{p[0] + step, p[1]}
	q, err := s.FromWGS84(p)
	n, errNorth := s.FromWGS84(north)
	e, errEast := s.FromWGS84(east)
	if err != nil || errNorth != nil || errEast != nil || p[1] == north[1] || p[0] == east[0] {
		return
	}
	require.Greater(t, n[1], q[1])
	if math.Abs(p[1]) < 80 {
		require.Greater(t, e[0], q[0])
	}
}

func TestRoundTrip(t *testing.T) { rapid.Check(t, propRoundTrip) }
func TestBack(t *testing.T)      { rapid.Check(t, propBack) }
func TestTextbook(t *testing.T)  { rapid.Check(t, propTextbook) }
func TestGrowing(t *testing.T)   { rapid.Check(t, propGrowing) }

func FuzzRoundTrip(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propRoundTrip)) }
func FuzzBack(f *testing.F)      { f.Fuzz(rapid.MakeFuzz(propBack)) }
func FuzzTextbook(f *testing.F)  { f.Fuzz(rapid.MakeFuzz(propTextbook)) }
func FuzzGrowing(f *testing.F)   { f.Fuzz(rapid.MakeFuzz(propGrowing)) }
