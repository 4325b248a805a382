package crs_test

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid/crs"
)

func TestFindSpellings(t *testing.T) {
	gk := func(width crs.Width, number int, prefixed bool) crs.System {
		s, err := crs.GaussKruger(crs.Zone{Width: width, Number: number}, prefixed)
		require.NoError(t, err)
		return s
	}
	for name, want := range map[string]crs.System{
		"EPSG:4326": crs.WGS84(), "WGS84": crs.WGS84(), "WGS 84": crs.WGS84(), "GCS_WGS_1984": crs.WGS84(),
		"OGC:CRS84": crs.WGS84(), "urn:ogc:def:crs:OGC:1.3:CRS84": crs.WGS84(), "CRS84": crs.WGS84(),
		"http://www.opengis.net/def/crs/OGC/1.3/CRS84": crs.WGS84(),
		"EPSG:4490": crs.CGCS2000(), "CGCS2000": crs.CGCS2000(), "2000国家大地坐标系": crs.CGCS2000(),
		"urn:ogc:def:crs:EPSG::4490": crs.CGCS2000(),
		"GCJ-02":                     crs.GCJ02(), "gcj02": crs.GCJ02(), "火星坐标": crs.GCJ02(),
		"BD-09": crs.BD09(), "bd09ll": crs.BD09(), "百度坐标系": crs.BD09(),
		"EPSG:3857": crs.WebMercator(), "Web Mercator": crs.WebMercator(), "WGS_1984_Web_Mercator_Auxiliary_Sphere": crs.WebMercator(),
		"EPSG:4547": gk(3, 38, false), " epsg:4547 ": gk(3, 38, false), "https://www.opengis.net/def/crs/EPSG/0/4547": gk(3, 38, false),
		"urn:x-ogc:def:crs:EPSG:9.1:4526":          gk(3, 38, true),
		"CGCS2000 / 3-degree Gauss-Kruger CM 114E": gk(3, 38, false),
		"CGCS2000 / 3-degree Gauss-Krüger zone 38": gk(3, 38, true),
		"CGCS2000_3_Degree_GK_CM_114E":             gk(3, 38, false),
		"CGCS2000_GK_Zone_19":                      gk(6, 19, true),
		"CGCS2000 / Gauss-Kruger CM 111E":          gk(6, 19, false),
	} {
		got, err := crs.Find(name)
		require.NoError(t, err, name)
		require.Equal(t, want, got, name)
		require.True(t, got == want, name)
	}
	for name, want := range map[string]error{
		"": crs.ErrUnknown, "4547": crs.ErrUnknown, "EPSG:": crs.ErrUnknown, "EPSG:0": crs.ErrUnknown, "EPSG:-1": crs.ErrUnknown,
		"EPSG:4548.5": crs.ErrUnknown, "EPSG:99999999999999999999": crs.ErrUnknown, "EPSG:1:2:4547": crs.ErrUnknown, "ESRI:4547": crs.ErrUnknown,
		"EPSG:32650": crs.ErrUnknown, "WGS 72": crs.ErrUnknown,
		"EPSG:4610": crs.ErrTransformation, "Xian 1980": crs.ErrTransformation, "西安80": crs.ErrTransformation,
		"Xian_1980_3_Degree_GK_Zone_36": crs.ErrTransformation, "北京54坐标系": crs.ErrTransformation, "GCS_Beijing_1954": crs.ErrTransformation,
		"urn:ogc:def:crs:EPSG::21420": crs.ErrTransformation,
	} {
		got, err := crs.Find(name)
		require.ErrorIs(t, err, want, name)
		require.Zero(t, got)
	}
}

// TestFindRefusesOldDatums asks for every code that PROJ's register has on the
// three datums, and for its name.
func TestFindRefusesOldDatums(t *testing.T) {
	for _, record := range table(t, "proj_refused.csv", 195) {
		name := strings.Trim(record[1], `"`)
		for _, asked := range []string{"EPSG:" + record[0], name} {
			_, err := crs.Find(asked)
			e, ok := errors.AsType[*crs.Error](err)
			require.True(t, ok, asked)
			require.Equal(t, crs.ErrTransformation, e.Err, asked)
			require.True(t, strings.HasPrefix(name, e.System), "%s is on %s", name, e.System)
		}
	}
}

func TestAll(t *testing.T) {
	all := crs.All()
	require.Len(t, all, 69)
	last := 0
	for _, s := range all {
		code, ok := s.EPSG()
		if !ok {
			last = math.MaxInt
			require.Contains(t, []crs.System{crs.GCJ02(), crs.BD09()}, s)
		} else {
			require.Greater(t, code, last, "by code, those without one last")
			last = code
			again, err := crs.Find("EPSG:" + strconv.Itoa(code))
			require.NoError(t, err)
			require.Equal(t, s, again)
		}
		again, err := crs.Find(s.Name())
		require.NoError(t, err)
		require.Equal(t, s, again)
		require.Equal(t, s.Name(), fmt.Sprint(s))
		require.Equal(t, s.Projected(), code == 3857 || code >= 4491)
	}
	all[0] = crs.BD09()
	require.Equal(t, crs.WebMercator(), crs.All()[0], "a copy: 3857 is the smallest code")
}

func TestZones(t *testing.T) {
	for _, c := range []struct {
		lng    float64
		width  crs.Width
		number int // 0: none
	}{
		{73.5, 3, 25}, {73.49999, 3, 0}, {114.06, 3, 38}, {115.5, 3, 39}, {math.Nextafter(115.5, 0), 3, 38}, {136.49, 3, 45}, {136.5, 3, 0},
		{72, 6, 13}, {71.99, 6, 0}, {114, 6, 20}, {math.Nextafter(114, 0), 6, 19}, {137.99, 6, 23}, {138, 6, 0},
		{math.NaN(), 3, 0}, {math.Inf(1), 6, 0}, {-1e300, 3, 0}, {114, 5, 0}, {114, 0, 0},
	} {
		z, ok := crs.ZoneAt(c.lng, c.width)
		require.Equal(t, c.number != 0, ok, "%v", c)
		require.Equal(t, c.number, z.Number, "%v", c)
		if ok {
			require.Equal(t, c.width, z.Width)
			require.LessOrEqual(t, z.Meridian()-float64(c.width)/2, c.lng)
			require.Greater(t, z.Meridian()+float64(c.width)/2, c.lng)
		}
	}
	for easting, want := range map[float64]crs.Zone{
		38506000: {3, 38}, 38999999.9: {3, 38}, 39000000: {3, 39}, 19506000: {6, 19}, 45999999: {3, 45},
		506000: {}, 0: {}, -38506000: {}, 24500000: {}, 46500000: {}, 12999999: {}, math.Inf(1): {}, 1e300: {},
	} {
		z, ok := crs.ZoneOf(easting)
		require.Equal(t, want, z, "%v", easting)
		require.Equal(t, want != crs.Zone{}, ok)
	}
	require.Equal(t, "3-degree zone 38", crs.Zone{Width: 3, Number: 38}.String())
	for _, z := range []crs.Zone{{}, {3, 24}, {3, 46}, {6, 12}, {6, 24}, {5, 20}, {3, -1}} {
		_, err := crs.GaussKruger(z, true)
		require.ErrorIs(t, err, crs.ErrZone, "%v", z)
	}
	s, err := crs.Find("EPSG:4526")
	require.NoError(t, err)
	z, ok := s.Zone()
	require.True(t, ok && s.Prefixed())
	require.Equal(t, crs.Zone{Width: 3, Number: 38}, z)
	meridian, ok := s.Meridian()
	require.True(t, ok)
	require.Equal(t, 114.0, meridian)
	_, ok = crs.GCJ02().Meridian()
	require.False(t, ok)
}

func TestLocalRefusals(t *testing.T) {
	good := crs.Local{Name: "某市", Meridian: 113.9, FalseEasting: 1, FalseNorthing: -3, Scale: 1.00002}
	_, err := crs.NewLocal(good)
	require.NoError(t, err)
	for field, breaks := range map[string]func(*crs.Local){
		"Meridian":      func(l *crs.Local) { l.Meridian = 169.1 },
		"Meridian NaN":  func(l *crs.Local) { l.Meridian = math.NaN() },
		"FalseEasting":  func(l *crs.Local) { l.FalseEasting = 1.1e8 },
		"FalseNorthing": func(l *crs.Local) { l.FalseNorthing = math.Inf(-1) },
		"Scale":         func(l *crs.Local) { l.Scale = -1 },
		"Scale NaN":     func(l *crs.Local) { l.Scale = math.NaN() },
	} {
		l := good
		breaks(&l)
		s, err := crs.NewLocal(l)
		require.ErrorIs(t, err, crs.ErrLocal)
		require.Contains(t, err.Error(), strings.Fields(field)[0])
		require.Contains(t, err.Error(), "某市")
		require.Zero(t, s)
	}
}

// propFind: no name panics; every answer is a system of the register or an error
// that names it.
func propFind(t *rapid.T) {
	name := rapid.OneOf(
		rapid.String(),
		rapid.StringMatching(`(urn:ogc:def:crs:)?(EPSG|OGC):(9\.1)?:?[0-9]{1,6}`),
		rapid.Custom(func(t *rapid.T) string {
			return "EPSG:" + strconv.Itoa(rapid.IntRange(2300, 5000).Draw(t, "code"))
		}),
	).Draw(t, "name")
	s, err := crs.Find(name)
	if err == nil {
		require.Contains(t, crs.All(), s)
		return
	}
	require.True(t, errors.Is(err, crs.ErrUnknown) || errors.Is(err, crs.ErrTransformation))
	require.Less(t, len(err.Error()), 600)
}

func TestFind(t *testing.T) { rapid.Check(t, propFind) }
func FuzzFind(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propFind)) }
