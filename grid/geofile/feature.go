package geofile

import (
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
)

// Feature is one feature of a file. Of the three geometries at most one is set;
// none is when the file says null. A single polygon, line or point is a Multi
// of one. A feature of a text holds on to that text to find positions.
type Feature struct {
	Line, Column int        // where it begins, from 1; 0 when it was not read from a text
	Properties   []Property // in the order of the file
	Polygons     orb.MultiPolygon
	Lines        orb.MultiLineString
	Points       orb.MultiPoint

	source  *source
	ordinal int   // in the file, from 1
	offset  int   // where it begins in the text or, when stride is set, in the binary file
	starts  []int // where each ring or line begins, in order; for points, their array

	// Of a binary file: how many bytes lie between two vertices, 0 for a text.
	// starts is then where the first vertex of each ring or line stands, of points
	// either the first or every one.
	stride int
	table  *table // of a Shapefile with a .dbf
	row    int    // where the record begins there
}

// Property is one member of a feature's properties.
type Property struct {
	Name         string
	Value        Value
	Line, Column int // of the name, from 1; 0 when it was not read from a text
}

// Kind is what a JSON value is.
type Kind uint8

// The kinds of a Value.
const (
	Null   Kind = iota
	Bool        // Text is true or false
	Number      // Text is the literal of the file: no digit is lost
	String      // Text is the characters
	Nested      // an array or object; Text is its JSON
)

// String names the kind.
func (k Kind) String() string {
	names := [...]string{"null", "bool", "number", "string", "nested"}
	if int(k) < len(names) {
		return names[k]
	}
	return "unknown"
}

// Value is a property's value. The zero Value is null.
type Value struct {
	Kind Kind
	Text string // empty for null
}

// Bool is the value of true or false, and whether v is one.
func (v Value) Bool() (value, ok bool) { return v.Text == "true", v.Kind == Bool }

// Int is the value of a whole number that fits an int64, however it is written
// without an exponent (12, -3, 12.0), and whether v is one.
func (v Value) Int() (int64, bool) {
	_, end, ok := scanNumber(v.Text, 0)
	if v.Kind != Number || !ok || end != len(v.Text) {
		return 0, false
	}
	whole, zeros, dot := strings.Cut(v.Text, ".")
	if dot && strings.Trim(zeros, "0") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	return n, err == nil
}

// Float is the number nearest to v, and whether v is a finite one.
func (v Value) Float() (float64, bool) {
	if v.Kind != Number {
		return 0, false
	}
	n, end, ok := scanNumber(v.Text, 0)
	if !ok || end != len(v.Text) {
		return 0, false
	}
	return n.float(v.Text)
}

// Lookup is the property of that name. O(properties).
func (f *Feature) Lookup(name string) (Property, bool) {
	for _, p := range f.Properties {
		if p.Name == name {
			return p, true
		}
	}
	return Property{}, false
}

// Position is where the feature begins.
func (f *Feature) Position() Position {
	return f.position(f.Line, f.Column)
}

func (f *Feature) position(line, column int) Position {
	switch {
	case f.source == nil:
		return Position{Line: line, Column: column}
	case f.stride > 0:
		return f.byte(f.offset)
	}
	return Position{File: f.source.name, Line: line, Column: column}
}

// byte is a place in the binary file that f comes from.
func (f *Feature) byte(offset int) Position {
	return Position{File: f.source.name, Binary: true, Record: f.ordinal, Offset: offset}
}

// at is where a property of f stands.
func (f *Feature) at(p Property) Position {
	if f.table == nil {
		return f.position(p.Line, p.Column)
	}
	return f.table.cell(f.ordinal, f.row, p.Name)
}

// Vertex is where a vertex stands in the file: a vertex of a ring of a polygon;
// for lines part is the line and ring 0; for points both are 0. It reads the
// text of the feature up to there, so it costs O(that text) and no memory is
// kept for it; in a binary file it is O(1). It is false for a vertex that the
// file does not have.
func (f *Feature) Vertex(part, ring, vertex int) (Position, bool) {
	start, ok := f.start(part, ring, vertex)
	if !ok {
		return Position{}, false
	}
	switch {
	case f.stride > 0 && len(f.starts) == len(f.Points): // each has a head of its own
		return f.byte(f.starts[vertex]), true
	case f.stride > 0:
		return f.byte(start + vertex*f.stride), true
	}
	s := scanner{text: f.source.text, at: start, depthMax: depthCeiling, quiet: 1}
	s.at++
	c, ok := s.peek()
	if ok && c != '[' { // a Point: the array is the place itself
		s.at = start
	}
	for i := 0; ok && i < vertex; i++ {
		if ok = s.skip(); ok {
			_, _ = s.next(']')
			_, ok = s.peek()
		}
	}
	t := tracker{text: f.source.text, at: f.offset, line: f.Line - 1, column: f.Column - 1}
	line, column := t.place(s.at)
	return f.position(line, column), ok
}

// Fault is where in the file lies what grid.Build refused: the vertex that e
// names, else its ring, else the feature.
func (f *Feature) Fault(e *grid.Error) Position {
	if e.Polygon >= 0 {
		if p, ok := f.Vertex(e.Polygon, max(e.Ring, 0), max(e.Vertex, 0)); ok {
			return p
		}
	}
	return f.Position()
}

// start is where the ring of a vertex begins, if the feature has the vertex and
// was read from a file.
func (f *Feature) start(part, ring, vertex int) (int, bool) {
	index, size := 0, 0
	switch {
	case part < 0 || ring < 0 || vertex < 0:
		return 0, false
	case part < len(f.Polygons) && ring < len(f.Polygons[part]):
		for _, p := range f.Polygons[:part] {
			index += len(p)
		}
		index += ring
		size = len(f.Polygons[part][ring])
	case part < len(f.Lines) && ring == 0:
		index, size = part, len(f.Lines[part])
	case part == 0 && ring == 0:
		size = len(f.Points)
	}
	if vertex >= size || index >= len(f.starts) {
		return 0, false
	}
	return f.starts[index], true
}
