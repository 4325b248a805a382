package street_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/grid/crs"
	"github.com/gridgov/gridgov/street"
)

// pair writes a point as the folder's files do, the way the decoder reads it back.
func pair(p orb.Point) string {
	lng, _ := json.Marshal(p[0])
	lat, _ := json.Marshal(p[1])
	return string(lng) + "," + string(lat)
}

// folderIn is smallFolder with its area files and places in the named system; the
// points of events, addresses and commands are those given, in WGS84.
func folderIn(t tb, name string, points []orb.Point) fstest.MapFS {
	t.Helper()
	return folderAt(t, name, orb.Point{114, 22.7}, points)
}

// folderAt is folderIn with its southwestern corner elsewhere.
func folderAt(t tb, name string, corner orb.Point, points []orb.Point) fstest.MapFS {
	t.Helper()
	s, err := crs.Find(name)
	require.NoError(t, err)
	move := func(p orb.Point) orb.Point {
		q, err := s.FromWGS84(p)
		require.NoError(t, err)
		return q
	}
	flat := move
	if s.Projected() {
		flat = func(p orb.Point) orb.Point { return p } // lng and lat stay degrees
	}
	feature := func(code, parent string, west, east float64) string {
		var ring []string
		for _, p := range []orb.Point{{west, 0}, {east, 0}, {east, 0.02}, {west, 0.02}, {west, 0}} {
			ring = append(ring, "["+pair(move(orb.Point{corner[0] + p[0], corner[1] + p[1]}))+"]")
		}
		return fmt.Sprintf(`{"type":"Feature","properties":{"code":%q,"parent":%q},"geometry":{"type":"Polygon","coordinates":[[%s]]}}`, code, parent, strings.Join(ring, ","))
	}
	collection := func(features ...string) string {
		return "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\"features\":[\n" + strings.Join(features, ",\n") + "\n]}"
	}
	folder := smallFolder()
	edit(folder, "street.json", `"format": 1,`, fmt.Sprintf(`"format": 1, "crs": %q,`, name))
	set(folder, "areas/community.geojson", collection(feature("NH", "", 0, 0.04)))
	set(folder, "areas/grid.geojson", collection(feature("G1", "NH", 0, 0.02), feature("G2", "NH", 0.02, 0.04)))
	events, addresses, commands := "id,at,matter,lng,lat,address\n", "address,lng,lat\n", ""
	for i, p := range points {
		at := pair(flat(p))
		events += fmt.Sprintf("P%d,2021-09-28 10:00,waste,%s,\nA%d,2021-09-28 10:00,waste,,,road %d.\n", i, at, i, i)
		addresses += fmt.Sprintf("road %d.,%s\n", i, at)
		commands += fmt.Sprintf(`{"at":"2021-09-28 12:00","key":"k%d","machine":"desk","do":"file","straight":true,"event":{"id":"C%d","matter":"waste","point":[%s],"evidence":[{"kind":"photo","point":[%s]}]}}`+"\n", i, i, at, at)
	}
	set(folder, "events.csv", events)
	set(folder, "addresses.csv", addresses)
	set(folder, "commands.jsonl", commands)
	return folder
}

// owners are the leaves in which the events and commands of a folder happened.
func owners(f *street.Folder) []street.Code {
	var list []street.Code
	at := func(p orb.Point) {
		r, _ := f.Map.Locate(p)
		list = append(list, f.Map.Info(r).Code)
	}
	for _, e := range f.Events {
		p, _, _, _ := f.Place(e)
		at(p)
	}
	for _, c := range f.Commands {
		event := c.Command.Desk.(dispatch.File).Event
		at(*event.Point)
		at(*event.Evidence[0].Point)
	}
	return list
}

// systems are what offices have; the last three are projected, so that only the
// areas are in them.
var systems = []string{"WGS84", "CGCS2000", "GCJ02", "BD09", "gcj-02", "百度坐标", "EPSG:4490", "EPSG:4547", "EPSG:4526", "EPSG:3857"}

// sameOwners writes one folder in every system and wants every place, whichever
// file names it, with the owner that its longitude alone tells.
func sameOwners(t *rapid.T) {
	// An edge that is straight in one system is bent in the other by some
	// centimetres, so no point is within a metre of a border.
	inside := func(name string, from, to float64) float64 {
		return rapid.Float64Range(from+1e-5, to-1e-5).Draw(t, name)
	}
	var points []orb.Point
	var want []street.Code
	for range rapid.IntRange(1, 5).Draw(t, "points") {
		switch rapid.IntRange(0, 2).Draw(t, "where") {
		case 0:
			points, want = append(points, orb.Point{inside("lng", 114.00, 114.02), inside("lat", 22.70, 22.72)}), append(want, "G1")
		case 1:
			points, want = append(points, orb.Point{inside("lng", 114.02, 114.04), inside("lat", 22.70, 22.72)}), append(want, "G2")
		default:
			points, want = append(points, orb.Point{inside("lng", 114.04, 114.06), inside("lat", 22.70, 22.72)}), append(want, "")
		}
	}
	twice := func(list []street.Code) (out []street.Code) {
		for _, c := range list {
			out = append(out, c, c)
		}
		return out
	}
	want = append(twice(want), twice(want)...)
	name := rapid.SampledFrom(systems).Draw(t, "system")
	f, err := street.Load(folderIn(t, name, points), options)
	require.NoError(t, err)
	require.Equal(t, want, owners(f), name)
	for i, e := range f.Events {
		if p := points[i/2]; e.HasPoint {
			require.InDelta(t, p[0], e.Point[0], 1e-10)
			require.InDelta(t, p[1], e.Point[1], 1e-10)
		}
	}
}

func TestEverySystemGivesTheSameOwners(t *testing.T) { rapid.Check(t, sameOwners) }
func FuzzEverySystemGivesTheSameOwners(f *testing.F) { f.Fuzz(rapid.MakeFuzz(sameOwners)) }

// TestReadEventsConverts proves that an events file from outside the folder is in
// the folder's system too.
func TestReadEventsConverts(t *testing.T) {
	folder := folderIn(t, "BD09", []orb.Point{{114.01, 22.71}})
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	list, err := f.ReadEvents("more.csv", folder["events.csv"].Data)
	require.NoError(t, err)
	require.Equal(t, f.Events, list)
	require.InDelta(t, 114.01, list[0].Point[0], 1e-10)
}

func TestSystemsOfAFolder(t *testing.T) {
	for name, want := range map[string]struct{ code, en, zh string }{
		"WGS84": {}, "": {}, "GCJ02": {}, "BD09": {}, "CGCS2000": {},
		"EPSG:4214":       {"crs-transformation", "Beijing", "七参数"},
		"Beijing 1954":    {"crs-transformation", "seven-parameter", "七参数"},
		"西安80":            {"crs-transformation", "seven-parameter", "西安80"},
		"EPSG:2383":       {"crs-transformation", "EPSG:2383", "CGCS2000"},
		"EPSG:32650":      {"bad-crs", "EPSG:32650", "EPSG:32650"},
		"our own, of '78": {"bad-crs", "our own", "our own"},
	} {
		folder := smallFolder()
		edit(folder, "street.json", `"format": 1,`, fmt.Sprintf(`"format": 1, "crs": %q,`, name))
		f, err := street.Load(folder, options)
		if want.code == "" {
			require.NoError(t, err, name)
			require.Equal(t, strings.HasSuffix(name, "S84") || name == "", f.PlacesText("en") == "", name)
			require.Equal(t, f.PlacesText("en") == "", f.PlacesText("zh") == "", name)
			continue
		}
		var load *street.LoadError
		require.ErrorAs(t, err, &load, name)
		require.Len(t, load.Faults, 1, "%v", err)
		fault := load.Faults[0]
		require.Equal(t, want.code, fault.Code)
		require.Equal(t, "street.json:2:16", fault.Place())
		if name != "EPSG:4214" {
			require.Contains(t, fault.Text("en"), want.en)
		}
		require.Contains(t, fault.Text("zh"), want.zh)
		require.True(t, errors.Is(err, crs.ErrTransformation) || errors.Is(err, crs.ErrUnknown))
	}
}

// TestMetresOfARefusedSystemAreOneFault: not one for each vertex.
func TestMetresOfARefusedSystemAreOneFault(t *testing.T) {
	folder := folderIn(t, "EPSG:4547", []orb.Point{{114.01, 22.71}})
	edit(folder, "street.json", "EPSG:4547", "EPSG:2383")
	_, err := street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	require.Len(t, load.Faults, 1, "%v", err)
	require.Equal(t, "crs-transformation", load.Faults[0].Code)
}

// TestRefusedPlacesHaveTheirPlace puts a place that its system refuses into every
// file that can hold one.
func TestRefusedPlacesHaveTheirPlace(t *testing.T) {
	inside := []orb.Point{{114.01, 22.71}, {114.03, 22.71}}
	bd09, err := crs.BD09().FromWGS84(inside[1])
	require.NoError(t, err)
	at := pair(bd09)
	corner, err := crs.BD09().FromWGS84(orb.Point{114.04, 22.72})
	require.NoError(t, err)
	const far = "14.03,22.71" // no place of China
	for name, c := range map[string]struct{ file, old, new, place string }{
		"vertex":   {"areas/grid.geojson", "[" + pair(corner) + "]", "[" + far + "]", "areas/grid.geojson:3:"},
		"event":    {"events.csv", "P1,2021-09-28 10:00,waste," + at, "P1,2021-09-28 10:00,waste," + far, "events.csv:4:27"},
		"address":  {"addresses.csv", "road 1.," + at, "road 1.," + far, "addresses.csv:3:9"},
		"command":  {"commands.jsonl", `"C1","matter":"waste","point":[` + at, `"C1","matter":"waste","point":[` + far, "commands.jsonl:2:118"},
		"evidence": {"commands.jsonl", `"photo","point":[` + at, `"photo","point":[` + far, fmt.Sprintf("commands.jsonl:2:%d", 118+len(`"point":[],"evidence":[{"kind":"photo",`)+len(at))},
	} {
		t.Run(name, func(t *testing.T) {
			folder := folderIn(t, "BD09", inside)
			edit(folder, c.file, c.old, c.new)
			_, err := street.Load(folder, options)
			var load *street.LoadError
			require.ErrorAs(t, err, &load)
			require.Len(t, load.Faults, 1, "%v", err)
			fault := load.Faults[0]
			require.True(t, strings.HasPrefix(fault.Place(), c.place), "%s, want %s", fault, c.place)
			require.Equal(t, "bad-point", fault.Code)
			require.ErrorIs(t, err, crs.ErrOutside)
			require.Contains(t, fault.Text("en"), "BD-09: outside the rectangle of China at 14.03,22.71")
			require.Contains(t, fault.Text("zh"), "中国矩形范围之外")
		})
	}
}

// TestSwappedColumnsInEverySystem wants the one telling fault, not a refusal for
// each point.
func TestSwappedColumnsInEverySystem(t *testing.T) {
	for i, name := range []string{"WGS84", "GCJ02", "BD09", "WGS84", "GCJ02", "BD09"} {
		corner := orb.Point{114, 22.7}
		if i >= 3 {
			corner = orb.Point{80, 40} // far in the west, where a longitude passes for a latitude
		}
		folder := folderAt(t, name, corner, []orb.Point{{corner[0] + 0.01, corner[1] + 0.01}, {corner[0] + 0.03, corner[1] + 0.01}})
		edit(folder, "events.csv", "lng,lat", "lat,lng")
		_, err := street.Load(folder, options)
		var load *street.LoadError
		require.ErrorAs(t, err, &load)
		require.Len(t, load.Faults, 1, "%v", err)
		require.Equal(t, "swapped", load.Faults[0].Code, name)
	}
}

// TestPointsOfVerbsArePointers keeps the conversion of commands complete: it
// changes points in place, so a verb that held one by value would be missed.
func TestPointsOfVerbsArePointers(t *testing.T) {
	point := reflect.TypeOf(orb.Point{})
	found := 0
	var walk func(path []reflect.Type, x reflect.Type)
	walk = func(path []reflect.Type, x reflect.Type) {
		if slices.Contains(path, x) {
			return
		}
		path = append(path, x)
		switch x.Kind() {
		case reflect.Pointer:
			if x.Elem() == point {
				found++
				return
			}
			walk(path, x.Elem())
		case reflect.Slice:
			walk(path, x.Elem())
		case reflect.Map, reflect.Array:
			require.NotEqual(t, point, x, "%v", path)
			require.NotEqual(t, point, x.Elem(), "%v", path)
		case reflect.Struct:
			for i := range x.NumField() {
				walk(path, x.Field(i).Type)
			}
		}
	}
	for _, v := range street.Verbs() {
		walk(nil, reflect.TypeOf(v.Zero))
	}
	require.Equal(t, 10, found, "of four events and their evidence, and of the evidence of finish and mend")
}
