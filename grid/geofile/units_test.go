package geofile_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/geofile"
	"github.com/gridgov/gridgov/internal/code"
)

const ring = `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`

func TestUnits(t *testing.T) {
	features, err := decode(feature(ring, `{"code":440311001002003004,"名称":"东周","parent":440311001002,"homes":312.0,"people":0,"cars":null,`+
		`"from":"2026-01-01","until":null,"level":3,"note":"a","area":1.50,"old":true,"tags":[1, 2],"none":null}`))
	require.NoError(t, err)
	opts := geofile.UnitOptions{Counts: []string{"homes", "people", "cars"}, Aliases: map[string]string{"名称": "name"}}
	got, err := geofile.Units(features, 2, opts)
	require.NoError(t, err)
	want := []grid.Unit{{
		Code: "440311001002003004", Parent: "440311001002", Name: "东周", Level: 2,
		Boundary: orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}},
		Counts:   map[string]int64{"homes": 312, "people": 0},
		Attrs:    map[string]string{"level": "3", "note": "a", "area": "1.50", "old": "true", "tags": "[1, 2]"},
	}}
	require.Empty(t, cmp.Diff(want, got))
	got, err = geofile.Units(features, 0, opts)
	require.NoError(t, err)
	require.Empty(t, got[0].Parent)
	require.Equal(t, "440311001002", got[0].Attrs["parent"])
	got, err = geofile.Units(features, geofile.OwnLevel, opts)
	require.NoError(t, err)
	require.Equal(t, 3, got[0].Level)
	require.NotContains(t, got[0].Attrs, "level")
	got, err = geofile.Units(nil, 0, geofile.UnitOptions{})
	require.NoError(t, err)
	require.Empty(t, got)
}

func TestUnitsFaults(t *testing.T) {
	opts := geofile.UnitOptions{Counts: []string{"homes"}, Aliases: map[string]string{"编码": "code"}}
	for _, c := range []struct {
		properties string
		level      int
		want       []string // after the file's name; properties begin at column 72
	}{
		{`{"parent":"A"}`, 1, []string{"1:41: required but missing: code"}},
		{`{"code":null}`, 1, []string{"1:41: required but missing: code", "1:41: required but missing: parent"}},
		{`{"code":"A","parent":null}`, 2, []string{"1:41: required but missing: parent"}},
		{`{"code":4.40309E+14}`, 0, []string{"1:73: not a code: code, code was broken by a spreadsheet: 4.40309E+14"}},
		{`{"code":44030900100000e1}`, 0, []string{"1:73: not a code: code, code was broken by a spreadsheet: 44030900100000e1"}},
		{`{"code":440309001.0}`, 0, []string{"1:73: not a code: code, code was broken by a spreadsheet: 440309001.0"}},
		{`{"code":"4.40309E+14"}`, 0, []string{`1:73: not a code: code, code was broken by a spreadsheet: "4.40309E+14"`}},
		{`{"code":""}`, 0, []string{"1:73: not a code: code, empty code"}},
		{`{"code":"A B"}`, 0, []string{`1:73: not a code: code, code holds a character it may not: ' ' in "A B"`}},
		{`{"code":true}`, 0, []string{"1:73: value of the wrong kind: code"}},
		{`{"code":"A","parent":["B"]}`, 1, []string{"1:84: value of the wrong kind: parent"}},
		{`{"code":"A","name":{}}`, 0, []string{"1:84: value of the wrong kind: name"}},
		{`{"code":"A","编码":"B"}`, 0, []string{"1:84: name given twice: 编码"}},
		{`{"code":"A","homes":1.5}`, 0, []string{"1:84: count is not a whole number from 0: homes, 1.5"}},
		{`{"code":"A","homes":-1}`, 0, []string{"1:84: count is not a whole number from 0: homes, -1"}},
		{`{"code":"A","homes":"7"}`, 0, []string{"1:84: count is not a whole number from 0: homes, 7"}},
		{`{"code":"A","level":8}`, geofile.OwnLevel, []string{"1:84: value of the wrong kind: level, 8"}},
		{`{"code":"A"}`, geofile.OwnLevel, []string{"1:41: required but missing: level"}},
		{`{"code":true,"name":[],"homes":false}`, 1, []string{
			"1:41: required but missing: parent", "1:73: value of the wrong kind: code",
			"1:85: value of the wrong kind: name", "1:95: count is not a whole number from 0: homes, false",
		}},
	} {
		features, err := decode(feature(ring, c.properties))
		require.NoError(t, err)
		units, err := geofile.Units(features, c.level, opts)
		require.Empty(t, units)
		var got []string
		for _, f := range faults(t, err).Faults {
			require.Equal(t, 1, f.Feature)
			got = append(got, strings.TrimPrefix(f.Error(), "areas.geojson:"))
		}
		require.Empty(t, cmp.Diff(c.want, got), c.properties)
	}
	features, err := decode(feature(`{"type":"Point","coordinates":[1,2]}`, `{"code":"1e+5"}`))
	require.NoError(t, err)
	_, err = geofile.Units(features, 0, opts)
	require.ErrorIs(t, err, geofile.ErrGeometry)
	require.ErrorIs(t, err, geofile.ErrCode)
	require.ErrorIs(t, err, code.ErrBroken)
}

// The first hundred faults are listed in the order of the file, the rest counted.
func TestFaultsCapped(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"type":"FeatureCollection","features":[`)
	for i := range 250 {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n" + `{"type":"Feature","properties":{"code":"A"},"geometry":{"type":"Point","coordinates":[181,1]}}`)
	}
	_, err := decode(b.String() + "]}")
	all := faults(t, err)
	require.Len(t, all.Faults, geofile.FaultsMax)
	require.Equal(t, 150, all.Left)
	for i, f := range all.Faults {
		require.Equal(t, geofile.Position{File: "areas.geojson", Line: i + 2, Column: 86}, f.Position)
		require.Equal(t, i+1, f.Feature)
	}
	require.True(t, strings.HasSuffix(err.Error(), "\nand 150 more"))
	_, err = decode(b.String()) // why it ended is never crowded out
	require.ErrorIs(t, err, geofile.ErrTruncated)
	require.Len(t, faults(t, err).Faults, geofile.FaultsMax)

	features, err := decode(strings.ReplaceAll(b.String()+"]}", "181", "18"))
	require.NoError(t, err)
	_, err = geofile.Units(features, 1, geofile.UnitOptions{})
	require.Equal(t, 400, faults(t, err).Left)
}

// What Build refuses is found again in the file.
func TestFault(t *testing.T) {
	text := `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"A"},"geometry":{"type":"Polygon","coordinates":[
[[113.90,22.70],[113.91,22.70],[113.91,22.71],[113.90,22.71]],
[[113.902,22.702],[113.908,22.708],[113.908,22.702],[113.902,22.708]]]}}]}`
	features, err := decode(text)
	require.NoError(t, err)
	units, err := geofile.Units(features, 0, geofile.UnitOptions{})
	require.NoError(t, err)
	_, err = grid.Build(units, grid.Options{Levels: []string{"grid"}})
	fault, ok := errors.AsType[*grid.Error](err)
	require.True(t, ok)
	require.ErrorIs(t, fault, grid.ErrCrossing)
	at := features[0].Fault(fault)
	require.Equal(t, "areas.geojson", at.File)
	require.Equal(t, 4, at.Line)
	require.Equal(t, features[0].Position(), features[0].Fault(&grid.Error{Polygon: -1, Ring: -1, Vertex: -1}))
	require.Equal(t, features[0].Position(), features[0].Fault(&grid.Error{Polygon: 7}))
	require.Equal(t, geofile.Position{File: "areas.geojson", Line: 3, Column: 17}, features[0].Fault(&grid.Error{Vertex: 1}))
	require.Equal(t, geofile.Position{File: "areas.geojson", Line: 4, Column: 1 + 1}, features[0].Fault(&grid.Error{Ring: 1, Vertex: -1}))
	var byHand geofile.Feature
	require.Equal(t, "", byHand.Fault(fault).String())
}

// drawMap draws a Map of columns of grids; some grids are in two pieces, some
// have a hole, some columns have no boundary of their own.
func drawMap(t *rapid.T) (*grid.Map, []grid.Unit) {
	var units []grid.Unit
	square := func(x, y, side float64) orb.Ring {
		return orb.Ring{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}
	}
	text := rapid.OneOf(rapid.SampledFrom([]string{"", "光明<街>&\"道\"", "a\u2028b"}), rapid.String())
	columns := rapid.IntRange(1, 4).Draw(t, "columns")
	for i := range columns {
		parent := grid.Code(fmt.Sprintf("C%d", i))
		column := grid.Unit{Code: parent, Name: text.Draw(t, "name")}
		x := 113.9 + float64(i)*0.01
		for j := range rapid.IntRange(1, 4).Draw(t, "grids") {
			y := -22.7 + float64(j)*0.01 + float64(rapid.IntRange(0, 99).Draw(t, "offset"))*1e-7
			u := grid.Unit{
				Code: parent + grid.Code(fmt.Sprintf("-%d", j)), Parent: parent, Name: text.Draw(t, "name"), Level: 1,
				Boundary: orb.MultiPolygon{{square(x, y, 0.008)}},
				Counts:   map[string]int64{"homes": int64(rapid.IntRange(0, 1e9).Draw(t, "homes"))},
				Attrs:    map[string]string{"note": text.Draw(t, "note"), "y": text.Draw(t, "y")},
			}
			if rapid.Bool().Draw(t, "hole") {
				u.Boundary[0] = append(u.Boundary[0], square(x+0.002, y+0.002, 0.003))
			}
			if rapid.Bool().Draw(t, "pieces") {
				u.Boundary = append(u.Boundary, orb.Polygon{square(x+0.0085, y, 0.001)})
			}
			units = append(units, u)
			column.Boundary = append(column.Boundary, u.Boundary...)
		}
		if rapid.Bool().Draw(t, "hollow") {
			column.Boundary = nil
		}
		units = append(units, column)
	}
	m, err := grid.Build(units, grid.Options{Levels: []string{"community", "grid"}})
	require.NoError(t, err)
	return m, units
}

// Written and read again a Map has the same Hash, names, counts and attributes.
func roundTrip(t *rapid.T) {
	m, _ := drawMap(t)
	var b, again bytes.Buffer
	require.NoError(t, geofile.WriteGeoJSON(&b, m))
	require.NotContains(t, b.String(), "<") // nothing in it can end a script
	features, err := decode(b.String())
	require.NoError(t, err)
	units, err := geofile.Units(features, geofile.OwnLevel, geofile.UnitOptions{Counts: []string{"homes"}})
	require.NoError(t, err)
	back, err := grid.Build(units, grid.Options{Levels: m.Levels()})
	require.NoError(t, err)
	require.Equal(t, m.Hash(), back.Hash())
	for r := range m.All() {
		require.Empty(t, cmp.Diff(m.Info(r), back.Info(r)))
		require.Empty(t, cmp.Diff(m.Counts(r), back.Counts(r), cmpopts.EquateEmpty()))
		require.Empty(t, cmp.Diff(m.Attrs(r), back.Attrs(r), cmpopts.EquateEmpty()))
	}
	require.NoError(t, geofile.WriteGeoJSON(&again, back))
	require.Equal(t, b.String(), again.String())
}

func TestRoundTrip(t *testing.T) { rapid.Check(t, roundTrip) }
func FuzzRoundTrip(f *testing.F) { f.Fuzz(rapid.MakeFuzz(roundTrip)) }

// The features without a fault come with the error, those with one do not.
func TestFaultyFeaturesLeftOut(t *testing.T) {
	one := func(code, place string) string {
		return `{"type":"Feature","properties":{"code":"` + code + `"},"geometry":{"type":"Point","coordinates":` + place + `}}`
	}
	features, err := decode(`{"type":"FeatureCollection","features":[` +
		one("A", "[1,2]") + "," + one("B", "[1]") + ",7," + one("C", "[3,4]") + "," + one("D", "[NaN,2]") + "]}")
	require.Len(t, faults(t, err).Faults, 3)
	require.Len(t, features, 2)
	require.Equal(t, orb.MultiPoint{{1, 2}}, features[0].Points)
	require.Equal(t, orb.MultiPoint{{3, 4}}, features[1].Points)
	_, err = geofile.Units(features, 1, geofile.UnitOptions{})
	require.Equal(t, 4, faults(t, err).Faults[2].Feature) // its place in the file, not in the slice
}

// A place counts as a level of nesting however it is written.
func TestDepthOfPlaces(t *testing.T) {
	for _, place := range []string{"[1,2]", "[ 1 ,2]"} {
		text := feature(`{"type":"MultiPoint","coordinates":[`+place+`]}`, "{}")
		for depth, want := range map[int]error{5: geofile.ErrDepth, 6: nil} {
			_, err := geofile.Decode("", strings.NewReader(text), geofile.Options{Limits: geofile.Limits{DepthMax: depth}})
			require.ErrorIs(t, err, want, "%s %d", place, depth)
		}
	}
}

// A count is found under the file's name for it as well as under its alias.
func TestCountsByEitherName(t *testing.T) {
	const file = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"a","户数":7},
		"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}]}`
	features, err := geofile.Decode("f", strings.NewReader(file), geofile.Options{})
	require.NoError(t, err)
	for _, name := range []string{"户数", "households"} {
		units, err := geofile.Units(features, 0, geofile.UnitOptions{Counts: []string{name}, Aliases: map[string]string{"户数": "households"}})
		require.NoError(t, err)
		require.Equal(t, map[string]int64{"households": 7}, units[0].Counts, name)
		require.Empty(t, units[0].Attrs, name)
	}
}
