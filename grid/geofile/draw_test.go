package geofile_test

import (
	"encoding/json"
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// drawFile draws a valid file: members in any order, white space anywhere,
// foreign members, escapes, every geometry.
func drawFile(t *rapid.T) string {
	d := drawer{t}
	n := rapid.IntRange(0, 4).Draw(t, "features")
	var features []string
	for range n {
		features = append(features, d.feature())
	}
	if n == 1 && rapid.Bool().Draw(t, "alone") {
		return d.space() + features[0] + d.space()
	}
	members := []string{`"type"` + d.colon() + `"FeatureCollection"`, `"features"` + d.colon() + d.array(features)}
	if rapid.Bool().Draw(t, "crs") {
		name := rapid.SampledFrom([]string{
			"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "EPSG:4326", "epsg:4326", "urn:ogc:def:crs:EPSG::4326",
			"http://www.opengis.net/def/crs/OGC/1.3/CRS84", "http://www.opengis.net/def/crs/EPSG/0/4326", "CRS84", "OGC:CRS84",
		}).Draw(t, "crs name")
		members = append(members, `"crs":{"type":"name","properties":{"name":"`+name+`"}}`)
	}
	return d.space() + d.object(members) + d.space()
}

type drawer struct{ t *rapid.T }

func (d drawer) space() string {
	return rapid.SampledFrom([]string{"", "", "", " ", "\n", "\r\n\t", "  "}).Draw(d.t, "space")
}

func (d drawer) colon() string { return d.space() + ":" + d.space() }

func (d drawer) array(items []string) string {
	return "[" + d.space() + strings.Join(items, d.space()+","+d.space()) + d.space() + "]"
}

// object joins members in a drawn order among foreign ones.
func (d drawer) object(members []string) string {
	if rapid.Bool().Draw(d.t, "foreign") {
		members = append(members, d.name()+d.colon()+d.json(3))
	}
	members = rapid.Permutation(members).Draw(d.t, "order")
	return "{" + d.space() + strings.Join(members, d.space()+","+d.space()) + d.space() + "}"
}

// name is a name that no member has that Decode understands.
func (d drawer) name() string { return d.quote("x" + rapid.String().Draw(d.t, "name")) }

// quote writes s as a JSON string with some characters escaped that need not be.
func (d drawer) quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	if rapid.Bool().Draw(d.t, "escape") {
		return strings.ReplaceAll(strings.ReplaceAll(string(b), "x", `\u0078`), "/", `\/`)
	}
	return string(b)
}

func (d drawer) json(depth int) string {
	kind := rapid.IntRange(0, 5).Draw(d.t, "kind")
	if depth == 0 {
		kind %= 4
	}
	switch kind {
	case 0:
		return rapid.SampledFrom([]string{"null", "true", "false"}).Draw(d.t, "word")
	case 1:
		return rapid.SampledFrom([]string{"0", "-0", "12", "1.50", "440309001", "12345678901234567890", "1e3", "-2.5E-10", "1E+400"}).Draw(d.t, "number")
	case 2:
		return d.quote(rapid.String().Draw(d.t, "string"))
	case 3:
		return d.quote("\U0001f3d8光明 \u2028<b>")
	case 4:
		var items []string
		for range rapid.IntRange(0, 3).Draw(d.t, "items") {
			items = append(items, d.json(depth-1))
		}
		return d.array(items)
	}
	var members []string
	for i := range rapid.IntRange(0, 3).Draw(d.t, "members") {
		members = append(members, fmt.Sprintf(`"m%d"`, i)+d.colon()+d.json(depth-1))
	}
	return "{" + strings.Join(members, ",") + "}"
}

func (d drawer) feature() string {
	var properties []string
	for i := range rapid.IntRange(0, 20).Draw(d.t, "properties") {
		properties = append(properties, d.quote(fmt.Sprintf("x名%d", i))+d.colon()+d.json(2))
	}
	p := "{" + d.space() + strings.Join(properties, d.space()+",") + "}"
	if len(properties) == 0 && rapid.Bool().Draw(d.t, "no properties") {
		p = "null"
	}
	return d.object([]string{
		`"type"` + d.colon() + `"Feature"`,
		`"properties"` + d.colon() + p,
		`"geometry"` + d.colon() + d.geometry(),
	})
}

func (d drawer) number(limit float64) string {
	v := rapid.Float64Range(-limit, limit).Draw(d.t, "v")
	return fmt.Sprintf(rapid.SampledFrom([]string{"%v", "%.7f", "%e", "%.25f", "%.0f"}).Draw(d.t, "format"), v)
}

func (d drawer) place() string {
	numbers := []string{d.number(179), d.number(89)}
	for range rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(d.t, "altitude") {
		numbers = append(numbers, d.number(9000))
	}
	if len(numbers) == 2 && rapid.Bool().Draw(d.t, "plain") {
		return "[" + numbers[0] + "," + numbers[1] + "]"
	}
	return d.array(numbers)
}

func (d drawer) many(sizeMin int, item func() string) func() string {
	return func() string {
		var items []string
		for range rapid.IntRange(sizeMin, sizeMin+2).Draw(d.t, "size") {
			items = append(items, item())
		}
		return d.array(items)
	}
}

func (d drawer) geometry() string {
	line, ring := d.many(2, d.place), d.many(3, d.place)
	shapes := map[string]func() string{
		"Point": d.place, "MultiPoint": d.many(1, d.place), "LineString": line, "MultiLineString": d.many(1, line),
		"Polygon": d.many(1, ring), "MultiPolygon": d.many(1, d.many(1, ring)),
	}
	kind := rapid.SampledFrom([]string{"null", "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}).Draw(d.t, "geometry")
	if kind == "null" {
		return "null"
	}
	coordinates := "[]"
	if kind == "Point" || rapid.IntRange(0, 9).Draw(d.t, "empty") > 0 {
		coordinates = shapes[kind]()
	}
	return d.object([]string{`"type"` + d.colon() + d.quote(kind), `"coordinates"` + d.colon() + coordinates})
}
