package crs

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/paulmach/orb"
)

// FaultsMax is how many refused points a BoundaryError lists: more than a person
// looks at before trying again.
const FaultsMax = 100

// sentinel is the code of a fault; its texts are in texts.go.
type sentinel string

// Error is the English text.
func (s sentinel) Error() string { return texts.Text("en", string(s)) }

// The faults of a point, in the order in which they are looked for.
var (
	ErrNumber   error = sentinel("number")   // NaN or infinite
	ErrRange    error = sentinel("range")    // outside ±180, ±90 degrees, or off the Web Mercator square
	ErrPrefix   error = sentinel("prefix")   // an easting with the zone prefix of another system, or without this one's
	ErrMeridian error = sentinel("meridian") // beyond OffMeridianMax or LatitudeMax
	ErrOutside  error = sentinel("outside")  // outside the rectangle of China, for BD-09
	ErrEdge     error = sentinel("edge")     // at the edge of that rectangle, where GCJ-02 is torn
)

// The faults of a system.
var (
	ErrUnknown        error = sentinel("unknown")        // not a system of this package
	ErrTransformation error = sentinel("transformation") // Xian 1980, Beijing 1954, New Beijing
	ErrUnsupported    error = sentinel("unsupported")    // WKT with a part that is not supported: Detail names it
	ErrWKT            error = sentinel("wkt")            // not WKT 1, from byte Offset on
	ErrZone           error = sentinel("zone")           // not a zone of China
	ErrLocal          error = sentinel("local")          // a number of a Local that is out of range: Detail names it
)

// Error is one refusal and its place.
type Error struct {
	Err    error  // one of the sentinels of this package
	System string // the system, or what a refused one is called
	Detail string // what is wrong with it

	At    orb.Point // the coordinates that were refused, when HasAt
	HasAt bool
	// Polygon, Ring and Vertex count from 0 in a boundary; -1 is none.
	Polygon, Ring, Vertex int
	Offset                int // byte of the WKT text from 0; -1 is none
}

// fault is an error of a system.
func fault(err error, system, detail string) *Error {
	return &Error{Err: err, System: clip(system), Detail: clip(detail), Polygon: -1, Ring: -1, Vertex: -1, Offset: -1}
}

// refuse is an error of a point.
func (s System) refuse(err error, p orb.Point) *Error {
	e := fault(err, s.Name(), "")
	e.At, e.HasAt = p, true
	return e
}

// Error is the place and the English text.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("crs: ")
	for _, place := range []struct {
		name string
		n    int
	}{{"polygon", e.Polygon}, {"ring", e.Ring}, {"vertex", e.Vertex}, {"byte", e.Offset}} {
		if place.n >= 0 {
			fmt.Fprintf(&b, "%s %d: ", place.name, place.n)
		}
	}
	b.WriteString(e.Text("en"))
	return b.String()
}

// Unwrap is the sentinel.
func (e *Error) Unwrap() error { return e.Err }

// Code is the fault's code, the same in every language: "transformation".
func (e *Error) Code() string {
	if s, ok := e.Err.(sentinel); ok {
		return string(s)
	}
	return ""
}

// Text says the fault in lang ("zh", else English) with system and coordinates,
// without its place in a boundary or text.
func (e *Error) Text(lang string) string {
	text := texts.Text(lang, e.Code())
	if e.Detail != "" {
		text = texts.Text(lang, "detail", text, e.Detail)
	}
	if e.HasAt {
		text = texts.Text(lang, "at", text, number(e.At[0]), number(e.At[1]))
	}
	if e.System != "" {
		text = texts.Text(lang, "system", text, e.System)
	}
	return text
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// BoundaryError is every point of a boundary that could not be converted.
type BoundaryError struct {
	Faults []*Error // the first FaultsMax, by polygon, ring and vertex
	Left   int      // how many more there are
}

// Error is the number of faults and the first of them.
func (e *BoundaryError) Error() string {
	switch n := len(e.Faults) + e.Left; {
	case len(e.Faults) == 0:
		return "crs: nothing converted"
	case n == 1:
		return e.Faults[0].Error()
	default:
		return fmt.Sprintf("%d points refused, first %v", n, e.Faults[0])
	}
}

// Unwrap is the listed faults, for errors.Is and errors.As.
func (e *BoundaryError) Unwrap() []error {
	errs := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		errs[i] = f
	}
	return errs
}

// nameMax is how many characters of a name an Error keeps: a file cannot flood
// a report.
const nameMax = 64

// clip is the first characters of s, control characters made visible.
func clip(s string) string {
	n := 0
	for i := range s {
		if n == nameMax {
			s = s[:i] + "…"
			break
		}
		n++
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
