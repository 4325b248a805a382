package main

import (
	"bytes"
	"encoding/json"
	"strings"
)

// area is a unit of the town with what is below it.
type area struct {
	code, name, parent string
	more               []property // after code, name and parent
	cells              []cell
	below              []*area
}

// property is a named value of a feature.
type property struct {
	name  string
	value any
}

// feature is one of a GeoJSON file.
type feature struct {
	properties []property
	geometry   string
}

// features adds a GeoJSON file, one feature a line.
func (f *folder) features(name string, list []feature) {
	var b bytes.Buffer
	b.WriteString("{\"type\":\"FeatureCollection\",\"features\":[\n")
	for i, x := range list {
		if i > 0 {
			b.WriteString(",\n")
		}
		texts := make([]string, len(x.properties))
		for k, p := range x.properties {
			texts[k] = quoted(p.name) + ":" + quoted(p.value)
		}
		b.WriteString(`{"type":"Feature","properties":{` + strings.Join(texts, ",") + `},"geometry":` + x.geometry + `}`)
	}
	b.WriteString("\n]}\n")
	f.text(name, b.Bytes())
}

// quoted is a text or number as JSON has it.
func quoted(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return "null"
	}
	return string(data)
}

// level adds an area file.
func (f *folder) level(name string, g *ground, areas []*area) {
	list := make([]feature, len(areas))
	for i, a := range areas {
		properties := []property{{"code", a.code}, {"name", a.name}}
		if a.parent != "" {
			properties = append(properties, property{"parent", a.parent})
		}
		list[i] = feature{append(properties, a.more...), polygonGeometry(g.outline(a.cells))}
	}
	f.features(name, list)
}
