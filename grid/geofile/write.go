package geofile

import (
	"io"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/paulmach/orb"
)

// WriteFeatures writes features to w as a GeoJSON FeatureCollection, one
// feature a line, equal bytes for equal features. Coordinates are written in
// the fewest digits that read back as the same float64; a Multi of one is
// written as the single geometry. Characters that could end a script are
// escaped, so the text may stand inside an HTML page.
//
// Nothing is written when a feature cannot be: *Errors holds, for the ordinal
// of each such feature, ErrGeometry (geometries of two types), ErrShort,
// ErrPoint, ErrDuplicate or ErrValue. An error of w ends the writing as it is.
func WriteFeatures(w io.Writer, features []Feature) error {
	var faults faultList
	for i := range features {
		for _, fault := range check(&features[i]) {
			fault.Feature = i + 1
			faults.add(fault)
		}
	}
	if err := faults.err(); err != nil {
		return err
	}
	return writeCollection(w, len(features), func(i int) *Feature { return &features[i] }, exactDigits)
}

// exactDigits asks for the fewest digits that give the number back.
const exactDigits = -1

// writeCollection writes n checked features, one at a time.
func writeCollection(w io.Writer, n int, feature func(i int) *Feature, decimals int) error {
	b := []byte(`{"type":"FeatureCollection","features":[`)
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendFeature(append(b, '\n'), feature(i), decimals)
		if len(b) > 1<<16 {
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	_, err := w.Write(append(b, "\n]}\n"...))
	return err
}

// check is all that keeps f from being written.
func check(f *Feature) (faults []*Error) {
	fault := func(err error, at Position, args ...string) {
		faults = append(faults, &Error{Position: at, Err: err, Args: args})
	}
	sets := 0
	for _, n := range []int{len(f.Polygons), len(f.Lines), len(f.Points)} {
		sets += min(n, 1)
	}
	if sets > 1 {
		fault(ErrGeometry, f.Position())
	}
	short, broken := false, false
	parts(f, func(points []orb.Point, sizeMin int) {
		short = short || len(points) < sizeMin
		broken = broken || slices.ContainsFunc(points, func(p orb.Point) bool { return !finite(p) })
	})
	if short {
		fault(ErrShort, f.Position())
	}
	if broken {
		fault(ErrPoint, f.Position())
	}
	names := make(map[string]bool, len(f.Properties))
	for _, p := range f.Properties {
		switch {
		case names[p.Name]:
			fault(ErrDuplicate, f.at(p), p.Name)
		case !utf8.ValidString(p.Name) || !writable(p.Value):
			fault(ErrValue, f.at(p), p.Name)
		}
		names[p.Name] = true
	}
	return faults
}

// parts visits every ring and line of f, its points, and each polygon without a
// ring, with the fewest places it needs.
func parts(f *Feature, visit func(points []orb.Point, sizeMin int)) {
	for _, polygon := range f.Polygons {
		if len(polygon) == 0 {
			visit(nil, ringMin)
		}
		for _, ring := range polygon {
			visit(ring, ringMin)
		}
	}
	for _, line := range f.Lines {
		visit(line, lineMin)
	}
	visit(f.Points, 0)
}

// writable reports whether v is what its Kind says.
func writable(v Value) bool {
	s := scanner{text: v.Text, depthMax: depthCeiling}
	switch v.Kind {
	case Null:
		return v.Text == ""
	case Bool:
		return v.Text == "true" || v.Text == "false"
	case Number:
		_, end, ok := scanNumber(v.Text, 0)
		return ok && end == len(v.Text)
	case String:
		return utf8.ValidString(v.Text)
	case Nested:
		c, ok := s.peek()
		return ok && (c == '{' || c == '[') && utf8.ValidString(v.Text) && s.skip() && s.at == len(v.Text) && len(s.found) == 0
	}
	return false
}

func appendFeature(b []byte, f *Feature, decimals int) []byte {
	b = append(b, `{"type":"Feature","properties":{`...)
	for i, p := range f.Properties {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, p.Name), ':')
		switch p.Value.Kind {
		case String:
			b = appendString(b, p.Value.Text)
		case Null:
			b = append(b, "null"...)
		default:
			b = append(b, p.Value.Text...)
		}
	}
	b = append(b, `},"geometry":`...)
	if len(f.Polygons)+len(f.Lines)+len(f.Points) == 0 {
		return append(b, "null}"...)
	}
	return append(appendGeometry(b, f, decimals), '}')
}

func appendGeometry(b []byte, f *Feature, decimals int) []byte {
	place := func(b []byte, p orb.Point) []byte { return appendPlace(b, p, decimals) }
	ring := func(b []byte, r orb.Ring) []byte { return appendArray(b, r, place) }
	polygon := func(b []byte, p orb.Polygon) []byte { return appendArray(b, p, ring) }
	line := func(b []byte, l orb.LineString) []byte { return appendArray(b, l, place) }
	head := func(kind string) []byte {
		return append(append(append(b, `{"type":"`...), kind...), `","coordinates":`...)
	}
	switch {
	case len(f.Polygons) == 1:
		b = polygon(head("Polygon"), f.Polygons[0])
	case len(f.Polygons) > 1:
		b = appendArray(head("MultiPolygon"), f.Polygons, polygon)
	case len(f.Lines) == 1:
		b = line(head("LineString"), f.Lines[0])
	case len(f.Lines) > 1:
		b = appendArray(head("MultiLineString"), f.Lines, line)
	case len(f.Points) == 1:
		b = place(head("Point"), f.Points[0])
	default:
		b = appendArray(head("MultiPoint"), f.Points, place)
	}
	return append(b, '}')
}

func appendArray[T any](b []byte, items []T, item func([]byte, T) []byte) []byte {
	b = append(b, '[')
	for i := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = item(b, items[i])
	}
	return append(b, ']')
}

func appendPlace(b []byte, p orb.Point, decimals int) []byte {
	b = appendNumber(append(b, '['), p[0], decimals)
	b = appendNumber(append(b, ','), p[1], decimals)
	return append(b, ']')
}

// appendNumber writes v with at most that many decimals, without trailing zeros
// and without a negative zero that rounding made.
func appendNumber(b []byte, v float64, decimals int) []byte {
	if decimals == exactDigits {
		if abs := math.Abs(v); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
			return strconv.AppendFloat(b, v, 'e', -1, 64)
		}
		return strconv.AppendFloat(b, v, 'f', -1, 64)
	}
	start := len(b)
	b = strconv.AppendFloat(b, v, 'f', decimals, 64)
	if decimals > 0 {
		end := len(b)
		for b[end-1] == '0' {
			end--
		}
		if b[end-1] == '.' {
			end--
		}
		b = b[:end]
	}
	if string(b[start:]) == "-0" {
		return append(b[:start], '0')
	}
	return b
}

// appendString writes s as a JSON string that is also safe within HTML.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r < ' ' || r == '<' || r == '>' || r == '&' || r == 0x7f || r == 0x2028 || r == 0x2029:
			b = append(b, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
