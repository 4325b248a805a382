package crs_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid/crs"
)

// TestParseWKTOfPROJ reads what PROJ writes, in both spellings, for every code of
// the register and some that must be refused.
func TestParseWKTOfPROJ(t *testing.T) {
	for _, record := range table(t, "proj_wkt.csv", wktRows) {
		code, text := record[0], record[2]
		got, err := crs.ParseWKT(text)
		refusal := map[string]error{
			"4214": crs.ErrTransformation, "4555": crs.ErrTransformation, "4610": crs.ErrTransformation,
			"2360": crs.ErrTransformation, "2415": crs.ErrTransformation, "21419": crs.ErrTransformation, "4568": crs.ErrTransformation,
			"2326": crs.ErrUnknown, "4258": crs.ErrUnknown, "2000": crs.ErrUnknown, "3395": crs.ErrUnsupported,
		}[code]
		if refusal != nil {
			require.ErrorIs(t, err, refusal, "%v", record)
			require.Zero(t, got)
			continue
		}
		require.NoError(t, err, "%v", record)
		if code == "32650" {
			_, ok := got.EPSG()
			require.False(t, ok)
			continue
		}
		want, err := crs.Find("EPSG:" + code)
		require.NoError(t, err)
		require.Equal(t, want, got, "%v", record)
	}
}

const wktRows = 158

const shenzhen = `PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`

func TestParseWKTVariants(t *testing.T) {
	want, err := crs.Find("EPSG:4547")
	require.NoError(t, err)
	for name, text := range map[string]string{
		"as it is":       shenzhen,
		"mark and NULs":  "\ufeff" + shenzhen + "\r\n\x00\x00",
		"round brackets": strings.NewReplacer("[", "(", "]", ")").Replace(shenzhen),
		"spread out":     strings.ReplaceAll(shenzhen, ",", ",\r\n\t "),
		"small letters":  strings.ReplaceAll(shenzhen, "PROJCS", "ProjCs"),
		"another name":   strings.Replace(shenzhen, "CGCS2000_3_Degree_GK_CM_114E", "深圳", 1),
		"zeros":          strings.Replace(shenzhen, "298.257222101]", "298.257222101],TOWGS84[0,0,0,0,0,0,0]", 1),
		"axes":           strings.Replace(shenzhen, `UNIT["Meter",1.0]`, `UNIT["Meter",1.0],AXIS["X",NORTH],AXIS["Y",EAST]`, 1),
		"no scale":       strings.Replace(shenzhen, `PARAMETER["Scale_Factor",1.0],`, "", 1),
	} {
		got, err := crs.ParseWKT(text)
		require.NoError(t, err, name)
		require.Equal(t, want, got, name)
	}

	// A meridian of its own: the file's name and no zone.
	got, err := crs.ParseWKT(strings.NewReplacer("CM_114E", "本市", "114.0", "113.9", "500000.0", "40000.0").Replace(shenzhen))
	require.NoError(t, err)
	require.Equal(t, "CGCS2000_3_Degree_GK_本市", got.Name())
	_, ok := got.Zone()
	require.False(t, ok)
	_, ok = got.EPSG()
	require.False(t, ok)
	p, err := got.FromWGS84(orb.Point{113.9, 0})
	require.NoError(t, err)
	require.Equal(t, orb.Point{40000, 0}, p)

	// A meridian that both divisions have: the name tells.
	at117 := strings.ReplaceAll(shenzhen, "114", "117")
	for text, code := range map[string]int{at117: 4548, strings.Replace(at117, "_3_Degree", "", 1): 4509} {
		got, err := crs.ParseWKT(text)
		require.NoError(t, err)
		epsg, _ := got.EPSG()
		require.Equal(t, code, epsg)
	}

	// Degrees that say they are moved.
	degrees := shenzhen[strings.Index(shenzhen, "GEOGCS"):strings.Index(shenzhen, ",PROJECTION")]
	for name, want := range map[string]crs.System{"GCS_China_Geodetic_Coordinate_System_2000": crs.CGCS2000(), "GCJ-02": crs.GCJ02(), "GCS_BD_09": crs.BD09()} {
		got, err := crs.ParseWKT(strings.Replace(degrees, "GCS_China_Geodetic_Coordinate_System_2000", name, 1))
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func TestParseWKTRefusals(t *testing.T) {
	with := func(old, with string) string {
		require.Contains(t, shenzhen, old)
		return strings.Replace(shenzhen, old, with, 1)
	}
	for _, c := range []struct {
		name, text string
		err        error
		detail     string
	}{
		{"feet", with(`UNIT["Meter",1.0]`, `UNIT["Foot",0.3048]`), crs.ErrUnsupported, "UNIT Foot"},
		{"no unit", with(`,UNIT["Meter",1.0]`, ``), crs.ErrUnsupported, "UNIT "},
		{"grads", with(`UNIT["Degree",0.0174532925199433]`, `UNIT["Grad",0.015707963]`), crs.ErrUnsupported, "UNIT Grad"},
		{"Paris", with(`PRIMEM["Greenwich",0.0]`, `PRIMEM["Paris",2.33]`), crs.ErrUnsupported, "PRIMEM Paris"},
		{"another spheroid", with("298.257222101", "298.3"), crs.ErrUnsupported, "SPHEROID CGCS2000"},
		{"another radius", with("6378137.0", "6378140.0"), crs.ErrUnsupported, "SPHEROID CGCS2000"},
		{"no spheroid", with(`SPHEROID["CGCS2000",6378137.0,298.257222101]`, `"x"`), crs.ErrUnsupported, "SPHEROID "},
		{"shifted", with("298.257222101]", "298.257222101],TOWGS84[1,0,0]"), crs.ErrUnsupported, "TOWGS84"},
		{"another projection", with("Gauss_Kruger", "Lambert_Conformal_Conic"), crs.ErrUnsupported, "PROJECTION Lambert_Conformal_Conic"},
		{"no projection", with(`PROJECTION["Gauss_Kruger"],`, ""), crs.ErrUnsupported, "PROJECTION "},
		{"web maps on CGCS2000", with("Gauss_Kruger", "Mercator_Auxiliary_Sphere"), crs.ErrUnsupported, "PROJECTION Mercator_Auxiliary_Sphere"},
		{"azimuth", with("Scale_Factor", "Azimuth"), crs.ErrUnsupported, "PARAMETER Azimuth"},
		{"twice", with("Scale_Factor", "False_Easting"), crs.ErrUnsupported, "PARAMETER False_Easting"},
		{"origin", with(`"Latitude_Of_Origin",0.0`, `"Latitude_Of_Origin",22.0`), crs.ErrUnsupported, "PARAMETER latitudeoforigin 22"},
		{"no meridian", with(`PARAMETER["Central_Meridian",114.0],`, ""), crs.ErrUnsupported, "PARAMETER centralmeridian NaN"},
		{"far meridian", with("114.0", "1e300"), crs.ErrUnsupported, "PARAMETER centralmeridian 1e+300"},
		{"no number", with(`"False_Easting",500000.0`, `"False_Easting"`), crs.ErrUnsupported, "PARAMETER falseeasting NaN"},
		{"no datum", with(`DATUM["D_China_2000"`, `DATE["D_China_2000"`), crs.ErrUnknown, ""},
		{"no degrees", strings.Replace(shenzhen, "GEOGCS", "GEOCCS", 1), crs.ErrUnknown, ""},
		{"datum", with("D_China_2000", "D_Hu_Tzu_Shan"), crs.ErrUnknown, "D_Hu_Tzu_Shan"},
		{"local", `LOCAL_CS["Shenzhen",UNIT["metre",1]]`, crs.ErrUnsupported, "LOCAL_CS"},
		{"WKT 2", `GEOGCRS["WGS 84"]`, crs.ErrUnsupported, "GEOGCRS"},
		{"old name, unknown datum", `GEOGCS["GCS_Xian_1980",DATUM["X",SPHEROID["Y",6378140,298.257]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]`, crs.ErrTransformation, ""},
	} {
		got, err := crs.ParseWKT(c.text)
		require.Zero(t, got, c.name)
		e, ok := errors.AsType[*crs.Error](err)
		require.True(t, ok, c.name)
		require.Equal(t, c.err, e.Err, c.name)
		require.Equal(t, c.detail, e.Detail, c.name)
		require.Equal(t, -1, e.Offset, c.name)
		require.NotEmpty(t, e.System, c.name)
	}
}

func TestParseWKTSyntax(t *testing.T) {
	for text, offset := range map[string]int{
		"":                            0,
		"  ":                          2,
		"EPSG:4547":                   4,
		"GEOGCS":                      6,
		"GEOGCS[":                     7,
		`GEOGCS["a`:                   9,
		`GEOGCS["a",`:                 11,
		`GEOGCS["a",]`:                11,
		`GEOGCS["a" "b"]`:             11,
		`GEOGCS["a"]x`:                11,
		`GEOGCS["a")`:                 10,
		`GEOGCS["a",1e999]`:           11,
		`GEOGCS["a",1.2.3]`:           11,
		`GEOGCS["a",UNIT[1`:           17,
		"\ufeff?":                     3,
		strings.Repeat("A[", 40):      33, // the 17th bracket
		strings.Repeat(" ", 64<<10+1): 64 << 10,
	} {
		_, err := crs.ParseWKT(text)
		e, ok := errors.AsType[*crs.Error](err)
		require.True(t, ok, text)
		require.Equal(t, crs.ErrWKT, e.Err, text)
		require.Equal(t, offset, e.Offset, "%.20q", text)
	}
	_, err := crs.ParseWKT(`GEOGCS["say ""a"" twice"]`)
	require.ErrorContains(t, err, `say "a" twice`)
	_, err = crs.ParseWKT("GEOGCS[]")
	require.ErrorIs(t, err, crs.ErrUnknown)
}

// FuzzParseWKT: no text panics, no answer is neither a system nor one of the
// documented faults, and a system that is answered converts its own meridian.
func FuzzParseWKT(f *testing.F) {
	f.Add(shenzhen)
	f.Add(utm50)
	f.Add(`GEOGCS["a""b",DATUM["D_WGS_1984",SPHEROID["x",6378137,298.257223563]],UNIT["d",0.0174532925199433]]`)
	f.Add(`GEOGCS("GCJ02",1e5,-.5,NORTH,TOWGS84[1]`)
	for i, record := range table(f, "proj_wkt.csv", wktRows) {
		if i%12 == 0 {
			f.Add(record[2])
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := crs.ParseWKT(text)
		if err != nil {
			require.Zero(t, s)
			e, ok := errors.AsType[*crs.Error](err)
			require.True(t, ok)
			require.Contains(t, []error{crs.ErrWKT, crs.ErrTransformation, crs.ErrUnknown, crs.ErrUnsupported}, e.Err)
			require.Equal(t, e.Err == crs.ErrWKT, e.Offset >= 0)
			require.LessOrEqual(t, e.Offset, len(text))
			require.Less(t, len(err.Error()), 2000)
			return
		}
		if meridian, ok := s.Meridian(); ok {
			p, err := s.FromWGS84(orb.Point{meridian, 30})
			require.NoError(t, err)
			q, err := s.ToWGS84(p)
			require.NoError(t, err)
			require.InDelta(t, 0, apart(q, orb.Point{meridian, 30}), 1e-11)
		}
	})
}
