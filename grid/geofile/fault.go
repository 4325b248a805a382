package geofile

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/gridgov/gridgov/internal/fault"
)

// FaultsMax is how many faults of one file an Errors lists: more than a person
// mends before trying again, few enough to read.
const FaultsMax = 100

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

// Errors is all that is wrong with one file: of a text by line and column, of a
// binary file by record, part and byte.
type Errors struct {
	Faults []*Error // at least one, at most FaultsMax
	Left   int      // how many more there are
}

// Error lists the faults, one a line.
func (e *Errors) Error() string { return fault.Lines(e.Faults, e.Left, "and %d more") }

// Unwrap gives the faults.
func (e *Errors) Unwrap() []error { return fault.Errors(e.Faults) }

// collect makes one error of faults, nil of none.
func collect(faults []*Error, left int) error {
	if len(faults) == 0 {
		return nil
	}
	slices.SortStableFunc(faults, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Feature, b.Feature), cmp.Compare(a.File, b.File),
			cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.Code(), b.Code()))
	})
	if more := len(faults) - FaultsMax; more > 0 {
		faults, left = faults[:FaultsMax], left+more
	}
	return &Errors{Faults: slices.Clip(faults), Left: left}
}

// faultList gathers faults: the first FaultsMax of them, and the number of the
// others.
type faultList struct {
	kept []*Error
	left int
}

func (l *faultList) add(fault *Error) {
	if len(l.kept) >= FaultsMax {
		l.left++
		return
	}
	l.kept = append(l.kept, fault)
}

// last adds the fault that ends the reading, which is never crowded out.
func (l *faultList) last(fault *Error) {
	if len(l.kept) >= FaultsMax {
		l.left++
		l.kept = l.kept[:FaultsMax-1]
	}
	l.kept = append(l.kept, fault)
}

// err is all of them as one error, nil when there is none.
func (l *faultList) err() error { return collect(l.kept, l.left) }
