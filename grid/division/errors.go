package division

import (
	"strconv"
	"strings"

	"github.com/gridgov/gridgov/internal/code"
)

// sentinel is the code of a fault; its texts are in texts.go.
type sentinel string

// Error is the English text.
func (s sentinel) Error() string { return texts.Text("en", string(s)) }

// The faults of a code as a whole.
var (
	ErrSpreadsheet error = sentinel("spreadsheet") // a number that a spreadsheet rewrote, 4.40309E+14
	ErrLength      error = sentinel("length")      // not 2, 4, 6, 9, 12 or 15 digits
	ErrComponent   error = sentinel("component")   // 16 digits: the id of a component (部件标识码)
)

// The faults of some characters.
var (
	ErrWide      error = sentinel("wide")      // full-width digits, ０ to ９
	ErrSpace     error = sentinel("space")     // spaces or marks of no width
	ErrCharacter error = sentinel("character") // anything else that is not a digit
)

// The faults of one part.
var (
	ErrProvince   error = sentinel("province")   // not in GB/T 2260
	ErrPrefecture error = sentinel("prefecture") // 00 before a part that is not zero
	ErrCounty     error = sentinel("county")     // 00 before a part that is not zero, where there are counties
	ErrStreet     error = sentinel("street")     // 000 before a part that is not zero, or 600 and more
	ErrCommunity  error = sentinel("community")  // 000 in the code of a unit grid
	ErrSequence   error = sentinel("sequence")   // 000
)

// ErrInvalid is why a number that is no code cannot be written as text.
var ErrInvalid error = sentinel("invalid")

// partFaults is the fault of each level's part.
var partFaults = [Grid + 1]error{
	Province: ErrProvince, Prefecture: ErrPrefecture, County: ErrCounty,
	Street: ErrStreet, Community: ErrCommunity, Grid: ErrSequence,
}

// Error is one fault of a code and its place.
type Error struct {
	// From and To are characters of the text, counted from 1, both included; 0
	// for a fault of the code as a whole. Digits of a clean code are characters.
	From, To int
	Found    string // what stands there; of ErrLength and ErrComponent how many digits, as text
	Err      error  // one of the sentinels of this package
}

// Error is the fault in English.
func (e *Error) Error() string { return e.Text("en") }

// Unwrap is the sentinel.
func (e *Error) Unwrap() error { return e.Err }

// Code is the fault's code, the same in every language: "street".
func (e *Error) Code() string {
	if s, ok := e.Err.(sentinel); ok {
		return string(s)
	}
	return ""
}

// Text says where the fault is, what stands there and what may: "zh" is Chinese,
// anything else English.
func (e *Error) Text(lang string) string {
	found := e.Found
	switch e.Err {
	case ErrSpace, ErrCharacter, ErrSpreadsheet:
		found = strconv.Quote(found)
	}
	text := texts.Text(lang, e.Code()+"-found", found)
	if e.From == 0 {
		return text
	}
	return texts.Text(lang, "at", between(e.From, e.To), text)
}

// ParseError is all that is wrong with one code: what concerns it as a whole,
// then by place. A text has at most code.LenMax characters that are looked at,
// so there are never more than 100 faults.
type ParseError struct {
	Given  string // the text as it was given, cut if it is longer than any code
	Faults []*Error
}

// Error is the text and every fault in English.
func (e *ParseError) Error() string { return "division: " + e.Text("en") }

// Text is the text and every fault: "zh" is Chinese, anything else English.
func (e *ParseError) Text(lang string) string {
	list := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		list[i] = f.Text(lang)
	}
	return texts.Text(lang, "refused", strconv.Quote(e.Given), join(lang, list))
}

// Unwrap is the faults, for errors.Is and errors.As.
func (e *ParseError) Unwrap() []error {
	list := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		list[i] = f
	}
	return list
}

func (e *ParseError) whole(err error, found string) {
	e.Faults = append(e.Faults, &Error{Found: found, Err: err})
}

// between is a range of places: "7-9", or "7" if it is one.
func between(from, to int) string {
	if from == to {
		return number(from)
	}
	return number(from) + "-" + number(to)
}

// join makes one sentence of several.
func join(lang string, list []string) string {
	if lang == "zh" {
		return strings.Join(list, "；")
	}
	return strings.Join(list, "; ")
}

func number(n int) string { return strconv.Itoa(n) }

// clip is the beginning of a text that is longer than any code.
func clip(s string) string {
	if len(s) <= code.LenMax {
		return s
	}
	return strings.ToValidUTF8(s[:code.LenMax], "") + "…"
}
