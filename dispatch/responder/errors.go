package responder

import (
	"errors"
	"fmt"
	"strings"
)

// The faults of needs, people and Options.
var (
	ErrCode  = errors.New("not a code")
	ErrTwice = errors.New("occurs twice")
	ErrPlace = errors.New("not a place")
	ErrRange = errors.New("out of range")
	ErrMany  = errors.New("too many")
)

// Error is one fault, at a field: "People[3].Load", "Options.Within".
type Error struct {
	Field string
	Value string // as given; empty for places
	Err   error  // one of the sentinels
	Cause error  // why a code is none, else nil
}

// Error says where and why.
func (e *Error) Error() string {
	s := e.Text("en")
	if e.Cause != nil {
		s += fmt.Sprintf(": %v", e.Cause)
	} else if e.Value != "" {
		s += fmt.Sprintf(": %q", e.Value)
	}
	return s
}

// Text is the fault in words: "zh" is Chinese, anything else English.
func (e *Error) Text(lang string) string {
	return texts.Text(lang, "fault", e.Field, texts.Text(lang, e.Err.Error()))
}

// Unwrap gives the sentinel and the cause.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Err}
	}
	return []error{e.Err, e.Cause}
}

// FaultsMax is how many faults an Errors lists.
const FaultsMax = 100

// Errors is every fault of what was given: Options, Needs, People, by position, of
// one in the order of its fields; the first FaultsMax of them.
type Errors struct {
	Faults []*Error
	More   int // faults not listed
}

// Error lists the faults, one a line.
func (e *Errors) Error() string { return e.lines("en", (*Error).Error) }

// Text lists the faults in words, one a line: "zh" is Chinese, anything else English.
func (e *Errors) Text(lang string) string {
	return e.lines(lang, func(f *Error) string { return f.Text(lang) })
}

func (e *Errors) lines(lang string, of func(*Error) string) string {
	lines := make([]string, len(e.Faults), len(e.Faults)+1)
	for i, f := range e.Faults {
		lines[i] = of(f)
	}
	if e.More > 0 {
		lines = append(lines, texts.Text(lang, "more", fmt.Sprint(e.More)))
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives every fault listed, so errors.Is finds each sentinel.
func (e *Errors) Unwrap() []error {
	errs := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		errs[i] = f
	}
	return errs
}

func (e *Errors) add(field string, value any, err error) {
	e.put(&Error{Field: field, Value: fmt.Sprint(value), Err: err})
}

func (e *Errors) put(f *Error) {
	if len(e.Faults) == FaultsMax {
		e.More++
		return
	}
	e.Faults = append(e.Faults, f)
}
