package geofile_test

import (
	"bytes"
	"cmp"
	"math"
	"os"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/geofile"
)

// unitsRoundTrip: units with holes and several polygons, whose places are those
// of a Map, come back from its GeoJSON to the last digit.
func unitsRoundTrip(t *rapid.T) {
	_, units := drawMap(t)
	for _, u := range units {
		for _, polygon := range u.Boundary {
			for _, ring := range polygon {
				for i, p := range ring {
					ring[i] = orb.Point{math.Round(p[0]*1e7) / 1e7, math.Round(p[1]*1e7) / 1e7}
				}
			}
		}
	}
	m, err := grid.Build(units, grid.Options{Levels: []string{"community", "grid"}})
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, geofile.WriteGeoJSON(&b, m))
	features, err := decode(b.String())
	require.NoError(t, err)
	back, err := geofile.Units(features, geofile.OwnLevel, geofile.UnitOptions{Counts: []string{"homes"}})
	require.NoError(t, err)
	byCode := func(a, b grid.Unit) int { return cmp.Compare(a.Code, b.Code) }
	slices.SortFunc(units, byCode)
	slices.SortFunc(back, byCode)
	require.Empty(t, gocmp.Diff(units, back, cmpopts.EquateEmpty()))
}

func TestUnitsRoundTrip(t *testing.T) { rapid.Check(t, unitsRoundTrip) }
func FuzzUnitsRoundTrip(f *testing.F) { f.Fuzz(rapid.MakeFuzz(unitsRoundTrip)) }

// A layer of streets with a width and of parks: read, written, read again.
func TestLayer(t *testing.T) {
	text := `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"class":"main street","width":42.50},"geometry":{"type":"LineString","coordinates":[[113.9,22.7],[113.912345678901,22.705]]}},
{"type":"Feature","properties":{"class":"lane","width":4},"geometry":{"type":"MultiLineString","coordinates":[[[113.9,22.7],[113.91,22.7]],[[113.92,22.7],[113.92,22.71],[113.93,22.71]]]}},
{"type":"Feature","properties":{"class":"enterprise"},"geometry":{"type":"Point","coordinates":[113.905,22.705]}},
{"type":"Feature","properties":{"class":"park"},"geometry":{"type":"MultiPolygon","coordinates":[[[[113.9,22.7],[113.92,22.7],[113.92,22.72],[113.9,22.7]],[[113.91,22.702],[113.915,22.702],[113.915,22.706],[113.91,22.702]]],[[[113.95,22.7],[113.96,22.7],[113.96,22.71],[113.95,22.7]]]]}}
]}
`
	features, err := decode(text)
	require.NoError(t, err)
	width, ok := features[0].Lookup("width")
	require.True(t, ok)
	metres, ok := width.Value.Float()
	require.True(t, ok)
	require.Equal(t, 42.5, metres)
	var b, again bytes.Buffer
	require.NoError(t, geofile.WriteFeatures(&b, features))
	require.Equal(t, text, b.String())
	back, err := decode(b.String())
	require.NoError(t, err)
	require.Empty(t, gocmp.Diff(features, back, sameValues))
	require.NoError(t, geofile.WriteFeatures(&again, back))
	require.Equal(t, b.String(), again.String())

	_, err = geofile.Units(features, 0, geofile.UnitOptions{Aliases: map[string]string{"class": "code"}})
	all := faults(t, err)
	var refused []int
	for _, f := range all.Faults {
		if f.Code() == "geometry" {
			refused = append(refused, f.Feature)
		}
	}
	require.Equal(t, []int{1, 2, 3}, refused)
}

// What comes from a Shapefile or WKB goes out as GeoJSON and comes back.
func TestLayerOfShapefile(t *testing.T) {
	for _, name := range []string{"gbk", "tall", "lines", "points", "multipoints", "wards", "dirty"} {
		layer, err := readReal(t, name).Decode(geofile.ShapefileOptions{})
		require.NoError(t, err)
		var b bytes.Buffer
		require.NoError(t, geofile.WriteFeatures(&b, layer.Features))
		back, err := decode(b.String())
		require.NoError(t, err)
		require.Empty(t, gocmp.Diff(layer.Features, back, sameValues), name)
	}
	text, err := os.ReadFile("testdata/lines.geojson")
	require.NoError(t, err)
	want, err := decode(string(text))
	require.NoError(t, err)
	layer, err := readReal(t, "lines").Decode(geofile.ShapefileOptions{})
	require.NoError(t, err)
	require.Empty(t, gocmp.Diff(want, layer.Features, sameValues), "GDAL changes no line")
}
