package geofile_test

import (
	"bytes"
	"errors"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/geofile"
)

// Every code has an English and a Chinese text, and every text a code.
func TestTexts(t *testing.T) {
	source, err := os.ReadFile("errors.go")
	require.NoError(t, err)
	texts, err := os.ReadFile("texts.go")
	require.NoError(t, err)
	codes := regexp.MustCompile(`sentinel\("([a-z-]+)"\)`).FindAllSubmatch(source, -1)
	require.Len(t, codes, 44)
	keys := regexp.MustCompile(`(?m)^\t"([a-z-]+)": +\{"[^"]+", "([^"]+)"\},$`).FindAllSubmatch(texts, -1)
	chinese := map[string]string{}
	for _, k := range keys {
		chinese[string(k[1])] = string(k[2])
	}
	require.Len(t, chinese, len(codes))
	for _, c := range codes {
		require.Regexp(t, `\p{Han}`, chinese[string(c[1])], "%s", c[1])
	}
	e := &geofile.Error{Err: geofile.ErrNumber, Args: []string{"1\x002", "", strings.Repeat("长", 100)}, Cause: errDisk}
	require.Equal(t, "number", e.Code())
	require.Equal(t, "数字格式错误或过大：1\ufffd2、"+strings.Repeat("长", 64)+"…、disk fell out", e.Text("zh"))
	require.Equal(t, "", (&geofile.Error{Err: errDisk}).Code())
	require.Equal(t, "a:3:4", geofile.Position{File: "a", Line: 3, Column: 4}.String())
	require.Equal(t, "3:4", geofile.Position{Line: 3, Column: 4}.String())
	require.Equal(t, "a", geofile.Position{File: "a"}.String())
	require.Equal(t, []string{"null", "bool", "number", "string", "nested", "unknown"}, []string{
		geofile.Null.String(), geofile.Bool.String(), geofile.Number.String(), geofile.String.String(), geofile.Nested.String(), geofile.Kind(9).String(),
	})
}

func TestWriteFeaturesFaults(t *testing.T) {
	square := orb.Ring{{0, 0}, {1, 0}, {1, 1}}
	property := func(kind geofile.Kind, text string) []geofile.Property {
		return []geofile.Property{{Name: "a", Value: geofile.Value{Kind: kind, Text: text}}}
	}
	for name, c := range map[string]struct {
		feature geofile.Feature
		want    error
	}{
		"two geometries": {geofile.Feature{Polygons: orb.MultiPolygon{{square}}, Points: orb.MultiPoint{{0, 0}}}, geofile.ErrGeometry},
		"no ring":        {geofile.Feature{Polygons: orb.MultiPolygon{{}}}, geofile.ErrShort},
		"short ring":     {geofile.Feature{Polygons: orb.MultiPolygon{{square[:2]}}}, geofile.ErrShort},
		"short line":     {geofile.Feature{Lines: orb.MultiLineString{{{0, 0}}}}, geofile.ErrShort},
		"NaN":            {geofile.Feature{Points: orb.MultiPoint{{0, math.NaN()}}}, geofile.ErrPoint},
		"infinite":       {geofile.Feature{Points: orb.MultiPoint{{math.Inf(-1), 0}}}, geofile.ErrPoint},
		"twice":          {geofile.Feature{Properties: append(property(geofile.Null, ""), property(geofile.Null, "")...)}, geofile.ErrDuplicate},
		"null with text": {geofile.Feature{Properties: property(geofile.Null, "x")}, geofile.ErrValue},
		"bool":           {geofile.Feature{Properties: property(geofile.Bool, "yes")}, geofile.ErrValue},
		"number":         {geofile.Feature{Properties: property(geofile.Number, "01")}, geofile.ErrValue},
		"number, more":   {geofile.Feature{Properties: property(geofile.Number, "1,2")}, geofile.ErrValue},
		"string":         {geofile.Feature{Properties: property(geofile.String, "\xff")}, geofile.ErrValue},
		"nested":         {geofile.Feature{Properties: property(geofile.Nested, "[1")}, geofile.ErrValue},
		"nested, spare":  {geofile.Feature{Properties: property(geofile.Nested, "[1,]")}, geofile.ErrValue},
		"nested, more":   {geofile.Feature{Properties: property(geofile.Nested, "[] []")}, geofile.ErrValue},
		"nested, word":   {geofile.Feature{Properties: property(geofile.Nested, "1")}, geofile.ErrValue},
		"kind":           {geofile.Feature{Properties: property(geofile.Kind(9), "")}, geofile.ErrValue},
		"name":           {geofile.Feature{Properties: []geofile.Property{{Name: "\xff"}}}, geofile.ErrValue},
	} {
		var b bytes.Buffer
		err := geofile.WriteFeatures(&b, []geofile.Feature{{}, c.feature})
		require.ErrorIs(t, err, c.want, name)
		require.Equal(t, 2, faults(t, err).Faults[0].Feature)
		require.Zero(t, b.Len())
	}
	require.ErrorIs(t, geofile.WriteFeatures(full{}, nil), errDisk)
	require.ErrorIs(t, geofile.WriteFeatures(full{}, make([]geofile.Feature, 5000)), errDisk)
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errDisk }

func TestWriteGeoJSONFaults(t *testing.T) {
	build := func(u grid.Unit) *grid.Map {
		u.Code, u.Boundary = "A", orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}}}}
		m, err := grid.Build([]grid.Unit{u}, grid.Options{Levels: []string{"grid"}})
		require.NoError(t, err)
		return m
	}
	var b bytes.Buffer
	require.ErrorIs(t, geofile.WriteGeoJSON(&b, build(grid.Unit{Attrs: map[string]string{"code": "B"}})), geofile.ErrDuplicate)
	require.ErrorIs(t, geofile.WriteGeoJSON(&b, build(grid.Unit{Counts: map[string]int64{"x": 1}, Attrs: map[string]string{"x": "1"}})), geofile.ErrDuplicate)
	require.ErrorIs(t, geofile.WriteGeoJSON(&b, build(grid.Unit{Name: "\xff"})), geofile.ErrValue)
	require.Zero(t, b.Len())
	require.ErrorIs(t, geofile.WriteGeoJSON(full{}, build(grid.Unit{})), errDisk)
	require.NoError(t, geofile.WriteGeoJSON(&b, nil))
	features, err := decode(b.String())
	require.NoError(t, err)
	require.Empty(t, features)
	b.Reset()
	require.NoError(t, geofile.WriteGeoJSON(&b, build(grid.Unit{Parent: "CITY", Attrs: map[string]string{"parent": "CITY"}})))
	require.Equal(t, 1, strings.Count(b.String(), `"parent":"CITY"`))
}

// Numbers are written in the fewest digits and never as -0 by rounding.
func TestWriteNumbers(t *testing.T) {
	var b bytes.Buffer
	points := orb.MultiPoint{{1e-9, -1e-9}, {1e300, 0.1}, {math.Copysign(0, -1), 1e21}, {113.9, 22.70000001}}
	require.NoError(t, geofile.WriteFeatures(&b, []geofile.Feature{{Points: points}}))
	require.Contains(t, b.String(), `[[1e-09,-1e-09],[1e+300,0.1],[-0,1e+21],[113.9,22.70000001]]`)
	got, err := geofile.Decode("", &b, geofile.Options{Projected: true})
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(points, got[0].Points))
}

func TestProjected(t *testing.T) {
	text := `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}},` +
		`"features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[500123.25, 2518000]}}]}`
	_, err := decode(text)
	require.ErrorIs(t, err, geofile.ErrCRS)
	require.ErrorIs(t, err, geofile.ErrRange)
	got, err := geofile.Decode("", strings.NewReader(text), geofile.Options{Projected: true})
	require.NoError(t, err)
	require.Equal(t, orb.MultiPoint{{500123.25, 2518000}}, got[0].Points)
}

func TestCRS(t *testing.T) {
	for name, want := range map[string]bool{
		"CRS84": true, "OGC:CRS84": true, "urn:ogc:def:crs:OGC:1.3:CRS84": true, "urn:ogc:def:crs:OGC::CRS84": true, "EPSG:4326": true,
		"epsg:4326": true, "urn:ogc:def:crs:EPSG::4326": true, "urn:ogc:def:crs:EPSG:6.9:4326": true, "urn:x-ogc:def:crs:EPSG:4326": true,
		"http://www.opengis.net/def/crs/OGC/1.3/CRS84": true, "https://www.opengis.net/def/crs/EPSG/0/4326": true, "EPSG:4490": true,
		"": false, "4326": false, "EPSG:3857": false, "EPSG:43260": false, "EPSG:4326+5773": false, "OGC:4326": false,
		"urn:ogc:def:crs:EPSG::4326:x": false, "EPSG:CRS84": false, "urn:ogc:def:crs:EPSG:a:b:4326": false, "GCJ02": false, "urn:ogc:def:crs:EPSG::4979": false,
	} {
		_, err := decode(`{"type":"FeatureCollection","features":[],"crs":{"type":"name","properties":{"name":"` + name + `"}}}`)
		if want {
			require.NoError(t, err, name)
			continue
		}
		require.ErrorIs(t, err, geofile.ErrCRS, name)
	}
	_, err := decode(`{"type":"FeatureCollection","features":[],"crs":null}`)
	require.NoError(t, err)
	_, err = decode(feature(`{"type":"Point","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"coordinates":[1,2]}`, "{}"))
	require.True(t, errors.Is(err, geofile.ErrCRS))
}
