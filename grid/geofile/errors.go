package geofile

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// FaultsMax is how many faults of one file an Errors lists: more than a person
// mends before trying again, few enough to read.
const FaultsMax = 100

// sentinel is the code of a fault; its texts are in texts.go.
type sentinel string

// Error is the English text.
func (s sentinel) Error() string { return texts.Text("en", string(s)) }

// The faults of a file as a whole; each ends the reading.
var (
	ErrRead       error = sentinel("read")      // the reader failed; its error is wrapped too
	ErrTooLarge   error = sentinel("too-large") // more bytes than Limits.BytesMax, after inflation
	ErrGzip       error = sentinel("gzip")
	ErrTruncated  error = sentinel("truncated") // of the JSON text or of the gzip stream
	ErrEncoding   error = sentinel("encoding")
	ErrFeatures   error = sentinel("features")   // more than Limits.FeaturesMax
	ErrVertices   error = sentinel("vertices")   // more than Limits.VerticesMax
	ErrProperties error = sentinel("properties") // more than Limits.PropertiesMax in one feature
	ErrDepth      error = sentinel("depth")      // nested deeper than Limits.DepthMax
	ErrSyntax     error = sentinel("syntax")     // not JSON; a missing or spare comma does not end the reading
)

// The faults of one value; reading goes on after it.
var (
	ErrToken       error = sentinel("token")  // a bare word that JSON does not know, e.g. NaN
	ErrNumber      error = sentinel("number") // malformed, or larger than a float64
	ErrString      error = sentinel("string") // bad escape, control character, half a surrogate pair
	ErrDuplicate   error = sentinel("duplicate")
	ErrMissing     error = sentinel("missing")
	ErrKind        error = sentinel("kind")        // e.g. an array where an object belongs
	ErrType        error = sentinel("type")        // "type" is not FeatureCollection or Feature
	ErrGeometry    error = sentinel("geometry")    // a geometry type that is not read
	ErrCoordinates error = sentinel("coordinates") // nested wrongly, or fewer than two numbers
	ErrShort       error = sentinel("short")       // a ring of fewer than 3 or a line of fewer than 2 places
	ErrRange       error = sentinel("range")       // outside ±180, ±90 degrees
	ErrCRS         error = sentinel("crs")
)

// The faults that Units and the writers find.
var (
	ErrCode  error = sentinel("code")  // not a code; the reason is wrapped too
	ErrCount error = sentinel("count") // a count that is not a whole number from 0
	ErrValue error = sentinel("value") // a property that cannot be written as JSON
	ErrPoint error = sentinel("point") // a coordinate to write that is NaN or infinite
	ErrColor error = sentinel("color") // a fill that is not a plain colour
)

// Position is a place in a file.
type Position struct {
	File   string
	Line   int // from 1; 0 when there is none
	Column int // in characters from 1
}

// String is "file:line:column", or what is known of it.
func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	s := strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
	if p.File == "" {
		return s
	}
	return p.File + ":" + s
}

// Error is one fault and its place.
type Error struct {
	Position
	Feature int      // ordinal in the file from 1, 0 outside a feature
	Err     error    // one of the sentinels of this package
	Args    []string // what was found there
	Cause   error    // the error behind it, if any
}

// Error is the position and the English text.
func (e *Error) Error() string {
	if at := e.Position.String(); at != "" {
		return at + ": " + e.Text("en")
	}
	return e.Text("en")
}

// Unwrap gives the sentinel and the cause.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Err}
	}
	return []error{e.Err, e.Cause}
}

// Code is the fault's code, the same in every language: "too-large".
func (e *Error) Code() string {
	if s, ok := e.Err.(sentinel); ok {
		return string(s)
	}
	return ""
}

// Text says the fault in lang ("zh", else English), without the position.
func (e *Error) Text(lang string) string {
	text, colon, comma := texts.Text(lang, e.Code()), ": ", ", "
	if lang == "zh" {
		colon, comma = "：", "、"
	}
	var parts []string
	for _, arg := range e.Args {
		if arg != "" {
			parts = append(parts, clip(arg))
		}
	}
	if e.Cause != nil {
		parts = append(parts, e.Cause.Error())
	}
	if len(parts) == 0 {
		return text
	}
	return text + colon + strings.Join(parts, comma)
}

// argMax is how many characters of an argument a text shows: enough to find
// it, and a file cannot flood a report.
const argMax = 64

func clip(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
	n := 0
	for i := range s {
		if n == argMax {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// Errors is all that is wrong with one file, by line, column and text.
type Errors struct {
	Faults []*Error // at least one, at most FaultsMax
	Left   int      // how many more there are
}

// Error lists the faults, one a line.
func (e *Errors) Error() string {
	var b strings.Builder
	for i, f := range e.Faults {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(f.Error())
	}
	if e.Left > 0 {
		fmt.Fprintf(&b, "\nand %d more", e.Left)
	}
	return b.String()
}

// Unwrap gives the faults.
func (e *Errors) Unwrap() []error {
	errs := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		errs[i] = f
	}
	return errs
}

// collect makes one error of faults, nil of none.
func collect(faults []*Error, left int) error {
	if len(faults) == 0 {
		return nil
	}
	slices.SortStableFunc(faults, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Feature, b.Feature), cmp.Compare(a.Code(), b.Code()))
	})
	if more := len(faults) - FaultsMax; more > 0 {
		faults, left = faults[:FaultsMax], left+more
	}
	return &Errors{Faults: slices.Clip(faults), Left: left}
}
