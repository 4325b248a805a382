package gbcode

import (
	"errors"
	"strconv"
	"strings"

	"github.com/gridgov/gridgov/grid/division"
	"github.com/gridgov/gridgov/internal/code"
)

// sentinel is the code of a fault; its texts are in texts.go.
type sentinel string

// Error is the English text.
func (s sentinel) Error() string { return texts.Text("en", string(s)) }

// The faults of a code as a whole.
var (
	ErrKind        error = sentinel("kind")        // neither Part nor Matter
	ErrSpreadsheet error = sentinel("spreadsheet") // a number that a spreadsheet rewrote, 4.40309E+15
	ErrLength      error = sentinel("length")      // another number of digits
	ErrForm        error = sentinel("form")        // dots that Item.Code does not write
)

// The faults of some characters.
var (
	ErrWide      error = sentinel("wide")      // full-width digits, ０ to ９
	ErrSpace     error = sentinel("space")     // spaces or marks of no width
	ErrCharacter error = sentinel("character") // anything else that is not a digit
)

// The faults of one part. Those of the first six digits are the sentinels of
// package division; ErrCounty is for a division.Code that is none of them but is
// not a county.
var (
	ErrCounty   error = sentinel("county")   // a province, a street, a number that is no code
	ErrClass    error = sentinel("class")    // 00, or not 1 to 99
	ErrSubclass error = sentinel("subclass") // 00, or not 1 to 99
	ErrSequence error = sentinel("sequence") // 000000, or not 1 to 999,999
	ErrNumber   error = sentinel("number")   // 000
)

// ErrInvalid is why a number that is no code cannot be written as text.
var ErrInvalid error = sentinel("invalid")

// Error is one fault of a code and its place.
type Error struct {
	// From and To are characters of the text, counted from 1, both included; 0
	// for a fault of the code as a whole. Digits of a clean code are characters.
	From, To int
	Found    string // what stands there; of ErrLength how many digits, as text
	Err      error  // a sentinel of this package or, of the county, of division

	form string // whose length it is
}

// Error is the fault in English.
func (e *Error) Error() string { return e.Text("en") }

// Unwrap is the sentinel.
func (e *Error) Unwrap() error { return e.Err }

// Code is the fault's code, the same in every language: "subclass". Faults of the
// county have the codes of division.
func (e *Error) Code() string {
	if s, ok := e.Err.(sentinel); ok {
		return string(s)
	}
	return e.division().Code()
}

// division is the fault as package division tells it.
func (e *Error) division() *division.Error {
	return &division.Error{From: e.From, To: e.To, Found: e.Found, Err: e.Err}
}

// Text says where the fault is, what stands there and what may: "zh" is Chinese,
// anything else English.
func (e *Error) Text(lang string) string {
	name, found := e.Code(), e.Found
	switch e.Err {
	case ErrSpace, ErrCharacter, ErrSpreadsheet, ErrForm:
		found = strconv.Quote(found)
	case ErrLength:
		name += "-" + e.form
	default:
		if _, ours := e.Err.(sentinel); !ours {
			return e.division().Text(lang)
		}
	}
	text := texts.Text(lang, name+"-found", found)
	if e.From == 0 {
		return text
	}
	place := strconv.Itoa(e.From)
	if e.To != e.From {
		place += "-" + strconv.Itoa(e.To)
	}
	return texts.Text(lang, "at", place, text)
}

// ParseError is all that is wrong with one code: what concerns it as a whole,
// then by place. No more than code.LenMax characters are looked at, so there are
// never more than 100 faults.
type ParseError struct {
	Given  string // the text as it was given, cut if it is longer than any code
	Faults []*Error
}

// Error is the text and every fault in English.
func (e *ParseError) Error() string { return "gbcode: " + e.Text("en") }

// Text is the text and every fault: "zh" is Chinese, anything else English.
func (e *ParseError) Text(lang string) string {
	list := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		list[i] = f.Text(lang)
	}
	between := "; "
	if lang == "zh" {
		between = "；"
	}
	return texts.Text(lang, "refused", strconv.Quote(e.Given), strings.Join(list, between))
}

// Unwrap is the faults, for errors.Is and errors.As.
func (e *ParseError) Unwrap() []error {
	list := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		list[i] = f
	}
	return list
}

func (e *ParseError) add(f Error) { e.Faults = append(e.Faults, &f) }

// clip is the beginning of a text that is longer than any code.
func clip(s string) string {
	if len(s) <= code.LenMax {
		return s
	}
	return strings.ToValidUTF8(s[:code.LenMax], "") + "…"
}

// countyFaults are what division says of six digits before a street.
func countyFaults(digits string) []*division.Error {
	_, err := division.Parse(digits + "001")
	if refused, ok := errors.AsType[*division.ParseError](err); ok {
		return refused.Faults
	}
	return nil
}
