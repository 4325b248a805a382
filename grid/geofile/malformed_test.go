package geofile_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid/geofile"
)

const square = `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}`

// malformed is what each fault looks like, and what is said of it.
var malformed = []struct {
	name, text string
	want       []string
}{
	{"array", `[1]`,
		[]string{"1:1: type is neither FeatureCollection nor Feature"}},
	{"word", "\n nope",
		[]string{"2:2: word that JSON does not know: nope"}},
	{"text after the end", feature("null", "{}") + "\n {}",
		[]string{"2:2: not JSON: '{'"}},
	{"geometry alone", square,
		[]string{"1:9: type is neither FeatureCollection nor Feature: Polygon"}},
	{"TopoJSON", `{"type":"Topology","objects":{}}`,
		[]string{"1:9: type is neither FeatureCollection nor Feature: Topology"}},
	{"no type", `{"features":[]}`,
		[]string{"1:1: required but missing: type"}},
	{"type not text", `{"type":5}`,
		[]string{"1:9: type is neither FeatureCollection nor Feature"}},
	{"no features", `{"type":"FeatureCollection"}`,
		[]string{"1:1: required but missing: features"}},
	{"features not array", `{"type":"FeatureCollection","features":{}}`,
		[]string{"1:40: value of the wrong kind: features"}},
	{"feature not object", `{"type":"FeatureCollection","features":[7,null]}`,
		[]string{"1:41: value of the wrong kind: feature", "1:43: value of the wrong kind: feature"}},
	{"features twice", `{"type":"FeatureCollection","features":[],"features":[]}`,
		[]string{"1:43: name given twice: features"}},
	{"type twice", `{"type":"FeatureCollection","features":[],"type":"Feature"}`,
		[]string{"1:43: name given twice: type"}},
	{"feature type", `{"type":"FeatureCollection","features":[{"type":"Polygon","coordinates":[]}]}`,
		[]string{"1:49: type is neither FeatureCollection nor Feature: Polygon"}},
	{"feature without type", `{"type":"FeatureCollection","features":[{"properties":{},"geometry":null}]}`,
		[]string{"1:41: required but missing: type"}},
	{"feature without geometry", `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{}}]}`,
		[]string{"1:41: required but missing: geometry"}},
	{"crs", `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"features":[]}`,
		[]string{"1:35: coordinate system is not WGS84 longitude and latitude: EPSG:3857"}},
	{"crs link", `{"type":"FeatureCollection","crs":{"type":"link","properties":{"href":"x"}},"features":[]}`,
		[]string{"1:35: coordinate system is not WGS84 longitude and latitude"}},
	{"crs text", `{"type":"FeatureCollection","crs":"EPSG:4326","features":[]}`,
		[]string{"1:35: coordinate system is not WGS84 longitude and latitude"}},
	{"properties not object", feature(square, "[]"),
		[]string{"1:72: value of the wrong kind: properties"}},
	{"geometry not object", feature("7", "{}"),
		[]string{"1:86: value of the wrong kind: geometry"}},
	{"geometry nul", feature("nul", "{}"),
		[]string{"1:86: word that JSON does not know: nul"}},
	{"geometry without type", feature(`{"coordinates":[]}`, "{}"),
		[]string{"1:86: required but missing: type"}},
	{"geometry without coordinates", feature(`{"type":"Point"}`, "{}"),
		[]string{"1:86: required but missing: coordinates"}},
	{"GeometryCollection", feature(`{"type":"GeometryCollection","geometries":[]}`, "{}"),
		[]string{"1:94: geometry type is not read: GeometryCollection"}},
	{"coordinates twice", feature(`{"type":"Point","coordinates":[1,2],"coordinates":[1,2]}`, "{}"),
		[]string{"1:122: name given twice: coordinates"}},
	{"duplicate property", feature("null", "{\"a\":1,\n\"光\":1,\"a\":2,\"\\u5149\":3}"),
		[]string{"2:7: name given twice: a", "2:13: name given twice: 光"}},
	{"point empty", feature(`{"type":"Point","coordinates":[]}`, "{}"),
		[]string{"1:116: coordinates are not numbers nested as their type says"}},
	{"point of one", feature(`{"type":"Point","coordinates":[1]}`, "{}"),
		[]string{"1:116: coordinates are not numbers nested as their type says"}},
	{"point null", feature(`{"type":"Point","coordinates":null}`, "{}"),
		[]string{"1:116: coordinates are not numbers nested as their type says"}},
	{"point of text", feature(`{"type":"Point","coordinates":["1","2"]}`, "{}"),
		[]string{"1:117: coordinates are not numbers nested as their type says"}},
	{"point nested", feature(`{"type":"Point","coordinates":[[1,2]]}`, "{}"),
		[]string{"1:117: coordinates are not numbers nested as their type says"}},
	{"polygon flat", feature(`{"type":"Polygon","coordinates":[[1,2],[3,4]]}`, "{}"),
		[]string{"1:120: coordinates are not numbers nested as their type says"}},
	{"polygon too deep", feature(`{"type":"Polygon","coordinates":[[[[0,0],[1,0],[1,1]]]]}`, "{}"),
		[]string{"1:121: coordinates are not numbers nested as their type says"}},
	{"ring short", feature(`{"type":"Polygon","coordinates":[[[0,0],[1,0]]]}`, "{}"),
		[]string{"1:119: ring of fewer than 3 or line of fewer than 2 places: 2"}},
	{"ring empty", feature(`{"type":"Polygon","coordinates":[[]]}`, "{}"),
		[]string{"1:119: ring of fewer than 3 or line of fewer than 2 places: 0"}},
	{"polygon empty", feature(`{"type":"MultiPolygon","coordinates":[[]]}`, "{}"),
		[]string{"1:124: ring of fewer than 3 or line of fewer than 2 places: 0"}},
	{"line short", feature(`{"type":"LineString","coordinates":[[0,0]]}`, "{}"),
		[]string{"1:121: ring of fewer than 3 or line of fewer than 2 places: 1"}},
	{"line empty", feature(`{"type":"MultiLineString","coordinates":[[]]}`, "{}"),
		[]string{"1:127: ring of fewer than 3 or line of fewer than 2 places: 0"}},
	{"NaN", feature(`{"type":"Point","coordinates":[NaN,-Infinity]}`, "{}"),
		[]string{"1:117: malformed or too large a number: NaN", "1:121: malformed or too large a number: -Infinity"}},
	{"numbers", feature(`{"type":"MultiPoint","coordinates":[[01,1.],[+1,.5],[1e,1e999],[-,1x]]}`, "{}"),
		[]string{"1:123: malformed or too large a number: 01", "1:126: malformed or too large a number: 1.", "1:131: malformed or too large a number: +1", "1:134: malformed or too large a number: .5", "1:139: malformed or too large a number: 1e", "1:142: malformed or too large a number: 1e999", "1:150: malformed or too large a number: -", "1:152: malformed or too large a number: 1x"}},
	{"altitude", feature(`{"type":"Point","coordinates":[1,2,NaN]}`, "{}"),
		[]string{"1:121: malformed or too large a number: NaN"}},
	{"range", feature(`{"type":"MultiPoint","coordinates":[[180,90],[-180,-90],[180.1,0],[ 0 , -90.5 ],[500000,2500000]]}`, "{}"),
		[]string{"1:142: place outside ±180, ±90 degrees: 180.1, 0", "1:152: place outside ±180, ±90 degrees: 0, -90.5", "1:166: place outside ±180, ±90 degrees: 500000, 2500000"}},
	{"property token", feature("null", `{"a":NaN,"b":True,"c":01,"d":-,"e":'x'}`),
		[]string{"1:77: word that JSON does not know: NaN", "1:85: word that JSON does not know: True", "1:94: malformed or too large a number: 01", "1:101: malformed or too large a number: -", "1:107: word that JSON does not know: 'x'"}},
	{"strings", feature("null", "{\"a\":\"\\x\",\"b\":\"\\ud800\",\"c\":\"\\u12g4\",\"d\":\"a\tb\",\"\\udc00\":1}"),
		[]string{"1:78: malformed string: \\", "1:87: malformed string: \\ud800", "1:100: malformed string: \\u", "1:114: malformed string: '\\t'", "1:119: malformed string: \\udc00"}},
	{"spare comma", `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1,},"geometry":null,},],}`,
		[]string{"1:78: not JSON: ','", "1:96: not JSON: ','", "1:98: not JSON: ','", "1:100: not JSON: ','"}},
	{"missing comma", "{\"type\":\"FeatureCollection\" \"features\":[{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}\n{\"type\":\"Feature\"}]}",
		[]string{"1:29: not JSON: '\"'", "2:1: not JSON: '{'", "2:1: required but missing: geometry"}},
	{"two commas", `{"type":"FeatureCollection","features":[,]}`,
		[]string{"1:41: not JSON: ','"}},
	{"colon", `{"type" "FeatureCollection"}`,
		[]string{"1:9: not JSON: '\"'"}},
	{"bare name", `{type:"FeatureCollection"}`,
		[]string{"1:2: not JSON: 't'"}},
	{"closes wrongly", `{"type":"FeatureCollection","features":[}`,
		[]string{"1:41: not JSON: '}'"}},
	{"k does not hide k+1", "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[x,1]}},\n" +
		"{\"type\":\"Feature\",\"properties\":{\"a\":1,\"a\":1},\"geometry\":{\"type\":\"Curve\"}},\n" +
		"{\"type\":\"Feature\",\"properties\":{\"街\":\"\\q\"},\"geometry\":null}]}",
		[]string{"2:77: malformed or too large a number: x", "3:39: name given twice: a", "3:65: geometry type is not read: Curve", "4:38: malformed string: \\"}},
}

func TestMalformed(t *testing.T) {
	for _, c := range malformed {
		t.Run(c.name, func(t *testing.T) {
			_, err := decode(c.text)
			require.Error(t, err)
			var got []string
			for _, f := range faults(t, err).Faults {
				got = append(got, strings.TrimPrefix(f.Error(), "areas.geojson:"))
			}
			require.Empty(t, cmp.Diff(c.want, got))
		})
	}
}

// A name given twice is found among few properties and among many.
func TestDuplicateAmongMany(t *testing.T) {
	for _, n := range []int{1, 15, 16, 17, 18, 40} {
		var names []string
		for i := range n {
			names = append(names, `"p`+strconv.Itoa(i)+`":0`)
		}
		for _, again := range []int{0, n / 2, n - 1} {
			text := "{" + strings.Join(append(slices.Clone(names), `"p`+strconv.Itoa(again)+`":1`), ",") + "}"
			_, err := decode(feature("null", text))
			require.ErrorIs(t, err, geofile.ErrDuplicate, "%d of %d", again, n)
			require.Len(t, faults(t, err).Faults, 1)
		}
		_, err := decode(feature("null", "{"+strings.Join(names, ",")+"}"))
		require.NoError(t, err)
	}
}
