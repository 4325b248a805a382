package geofile_test

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/geofile"
)

// twin is a feature as encoding/json sees it: the naive twin of Decode.
type twin struct {
	Properties map[string]any
	Polygons   orb.MultiPolygon
	Lines      orb.MultiLineString
	Points     orb.MultiPoint
}

// decodeTwin reads a valid file the slow way.
func decodeTwin(data []byte) ([]twin, error) {
	var top struct {
		Type       string
		Features   []json.RawMessage
		Geometry   json.RawMessage
		Properties json.RawMessage
	}
	if err := json.Unmarshal(data, &top); err != nil {
		return nil, err
	}
	if top.Type == "Feature" {
		top.Features = []json.RawMessage{data}
	}
	var all []twin
	for _, raw := range top.Features {
		var f struct {
			Properties json.RawMessage
			Geometry   *struct {
				Type        string
				Coordinates json.RawMessage
			}
		}
		if err := json.Unmarshal(raw, &f); err != nil {
			return nil, err
		}
		var out twin
		d := json.NewDecoder(bytes.NewReader(f.Properties))
		d.UseNumber()
		if len(f.Properties) > 0 {
			if err := d.Decode(&out.Properties); err != nil {
				return nil, err
			}
		}
		if f.Geometry != nil {
			if err := out.coordinates(f.Geometry.Type, f.Geometry.Coordinates); err != nil {
				return nil, err
			}
		}
		all = append(all, out)
	}
	return all, nil
}

func (f *twin) coordinates(kind string, raw json.RawMessage) (err error) {
	point := func(v []float64) orb.Point { return orb.Point{v[0], v[1]} }
	switch kind {
	case "Polygon", "MultiPolygon":
		if kind == "Polygon" {
			raw = json.RawMessage("[" + string(raw) + "]")
		}
		var v [][][][]float64
		err = json.Unmarshal(raw, &v)
		for _, polygon := range v {
			var rings orb.Polygon
			for _, ring := range polygon {
				var points orb.Ring
				for _, p := range ring {
					points = append(points, point(p))
				}
				rings = append(rings, points)
			}
			if len(rings) > 0 {
				f.Polygons = append(f.Polygons, rings)
			}
		}
	case "LineString", "MultiLineString":
		if kind == "LineString" {
			raw = json.RawMessage("[" + string(raw) + "]")
		}
		var v [][][]float64
		err = json.Unmarshal(raw, &v)
		for _, line := range v {
			var points orb.LineString
			for _, p := range line {
				points = append(points, point(p))
			}
			if len(points) > 0 {
				f.Lines = append(f.Lines, points)
			}
		}
	case "Point", "MultiPoint":
		if kind == "Point" {
			raw = json.RawMessage("[" + string(raw) + "]")
		}
		var v [][]float64
		err = json.Unmarshal(raw, &v)
		for _, p := range v {
			f.Points = append(f.Points, point(p))
		}
	default:
		err = fmt.Errorf("type %q", kind)
	}
	return err
}

// twins turns features into what the twin holds.
func twins(t require.TestingT, features []geofile.Feature) []twin {
	var all []twin
	for _, f := range features {
		out := twin{Polygons: f.Polygons, Lines: f.Lines, Points: f.Points}
		for _, p := range f.Properties {
			if out.Properties == nil {
				out.Properties = map[string]any{}
			}
			var v any
			switch p.Value.Kind {
			case geofile.String:
				v = p.Value.Text
			case geofile.Number:
				v = json.Number(p.Value.Text)
			case geofile.Bool:
				v, _ = p.Value.Bool()
			case geofile.Nested:
				d := json.NewDecoder(strings.NewReader(p.Value.Text))
				d.UseNumber()
				require.NoError(t, d.Decode(&v))
			}
			out.Properties[p.Name] = v
		}
		all = append(all, out)
	}
	return all
}

// eachVertex visits the places of f as Vertex counts them.
func eachVertex(f geofile.Feature, visit func(p orb.Point, part, ring, i int)) {
	for i, polygon := range f.Polygons {
		for j, ring := range polygon {
			for k, p := range ring {
				visit(p, i, j, k)
			}
		}
	}
	for i, line := range f.Lines {
		for k, p := range line {
			visit(p, i, 0, k)
		}
	}
	for k, p := range f.Points {
		visit(p, 0, 0, k)
	}
}

// decode is Decode of text with the zero Options.
func decode(text string) ([]geofile.Feature, error) {
	return geofile.Decode("areas.geojson", strings.NewReader(text), geofile.Options{})
}

// feature wraps a geometry and properties in a collection on one line.
func feature(geometry, properties string) string {
	return `{"type":"FeatureCollection","features":[{"type":"Feature","properties":` + properties + `,"geometry":` + geometry + `}]}`
}

// faults is the list behind err.
func faults(t require.TestingT, err error) *geofile.Errors {
	all, ok := errors.AsType[*geofile.Errors](err)
	require.True(t, ok, "%T %v", err, err)
	return all
}

func zipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.Bytes()
}

// cityDir holds the areas of the embedded city.
var cityDir = filepath.Join("..", "..", "examples", "street", "places", "boston", "areas")

// realFiles is the GeoJSON files (plain or gzip) of the embedded city, or of the
// directory that GRIDGOV_GEOJSON names.
func realFiles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(cmp.Or(os.Getenv("GRIDGOV_GEOJSON"), cityDir), "*.geojson*"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

// realMap builds the Map of the embedded city, one file a level.
func realMap(t testing.TB, levels []string) *grid.Map {
	t.Helper()
	var units []grid.Unit
	for i, name := range levels {
		f, err := os.Open(filepath.Join(cityDir, name+".geojson.gz"))
		require.NoError(t, err)
		features, err := geofile.Decode(name, f, geofile.Options{})
		require.NoError(t, err)
		require.NoError(t, f.Close())
		level, err := geofile.Units(features, i, geofile.UnitOptions{})
		require.NoError(t, err)
		units = append(units, level...)
	}
	m, err := grid.Build(units, grid.Options{Levels: levels})
	require.NoError(t, err)
	return m
}
