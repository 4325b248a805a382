package interchange

import (
	"strconv"
	"strings"
)

// sentinel is the code of a fault; its texts are in texts.go.
type sentinel string

// Error is the English text.
func (s sentinel) Error() string { return texts.Text("en", string(s)) }

// The faults of a document as a whole or of one of its items.
var (
	ErrRead      error = sentinel("read")       // the reader failed
	ErrTooLarge  error = sentinel("too-large")  // a document, or too many items or members in it
	ErrNotUTF8   error = sentinel("not-utf8")   // bytes, or half of a surrogate pair
	ErrSyntax    error = sentinel("syntax")     // not JSON, not XML
	ErrShape     error = sentinel("shape")      // not an array, an object, a list of requests
	ErrDuplicate error = sentinel("duplicate")  // the same member twice
	ErrNoFormat  error = sentinel("no-format")  // a Format that there is not
	ErrUnwritten error = sentinel("unwritable") // the writer failed
)

// The faults of one field.
var (
	ErrMissing  error = sentinel("missing")  // required, or not given what it must go with
	ErrName     error = sentinel("name")     // a name that no attribute may have
	ErrType     error = sentinel("type")     // a value of another type
	ErrText     error = sentinel("text")     // a control character or one that is none
	ErrTooLong  error = sentinel("too-long") // longer than its limit
	ErrVersion  error = sentinel("version")  // a CloudEvents version other than 1.0
	ErrURI      error = sentinel("uri")      // no URI of RFC 3986
	ErrTime     error = sentinel("time")     // no time with a zone
	ErrMedia    error = sentinel("media")    // no media type of RFC 2046
	ErrData     error = sentinel("data")     // data of the wrong kind, or twice
	ErrStatus   error = sentinel("status")   // neither open nor closed
	ErrPoint    error = sentinel("point")    // no place on the globe
	ErrCode     error = sentinel("code")     // cannot be a code in gridgov
	ErrService  error = sentinel("service")  // a service code that the Mapping lacks
	ErrForeign  error = sentinel("foreign")  // a type of event that is no entry's
	ErrEntry    error = sentinel("entry")    // the data is no entry
	ErrMismatch error = sentinel("mismatch") // an attribute contradicts the entry
)

// Fault is one thing that is wrong and its place.
type Fault struct {
	Index int      // item of a batch or list, from 0; -1 for the document or when there is one item only
	Field string   // attribute or field as it is named there; empty for the item as a whole
	Err   error    // one of the sentinels of this package
	Args  []string // what was found, what is expected
	Cause error    // what another package says, or nil
}

// Error is the fault in English.
func (f Fault) Error() string { return f.Text("en") }

// Unwrap is the sentinel and the cause.
func (f Fault) Unwrap() []error {
	if f.Cause == nil {
		return []error{f.Err}
	}
	return []error{f.Err, f.Cause}
}

// Code is the fault's code, the same in every language: "missing".
func (f Fault) Code() string {
	s, _ := f.Err.(sentinel)
	return string(s)
}

// Text says where the fault is and what is wrong: "zh" is Chinese, anything else
// English. The cause is in English.
func (f Fault) Text(lang string) string {
	text := texts.Text(lang, f.Code()+"-found", f.Args...)
	if f.Cause != nil {
		text = texts.Text(lang, "because", text, f.Cause.Error())
	}
	if f.Field != "" {
		text = texts.Text(lang, "at-field", f.Field, text)
	}
	if f.Index >= 0 {
		text = texts.Text(lang, "at-item", strconv.Itoa(f.Index), text)
	}
	return text
}

// FaultsMax is how many faults an Error lists, so that a large document that is
// wrong everywhere has a short answer.
const FaultsMax = 100

// Error is all that is wrong with a document, in its order.
type Error struct {
	Faults []Fault
	More   int // faults that are not listed
}

// Error is every fault in English.
func (e *Error) Error() string { return "interchange: " + e.Text("en") }

// Text is every fault: "zh" is Chinese, anything else English.
func (e *Error) Text(lang string) string {
	list := make([]string, len(e.Faults), len(e.Faults)+1)
	for i, f := range e.Faults {
		list[i] = f.Text(lang)
	}
	if e.More > 0 {
		list = append(list, texts.Text(lang, "more", strconv.Itoa(e.More)))
	}
	if lang == "zh" {
		return strings.Join(list, "；")
	}
	return strings.Join(list, "; ")
}

// Unwrap is the faults, for errors.Is and errors.As.
func (e *Error) Unwrap() []error {
	list := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		list[i] = f
	}
	return list
}

// faults collects what is wrong with one document.
type faults struct {
	index int // of the item that is read
	list  []Fault
	more  int
}

func newFaults() *faults { return &faults{index: -1} }

// add notes a fault of the item that is read. Long arguments are cut.
func (f *faults) add(field string, err error, args ...string) {
	for i, a := range args {
		args[i] = clip(a)
	}
	f.put(Fault{Index: f.index, Field: clip(field), Err: err, Args: args})
}

func (f *faults) put(v Fault) {
	if len(f.list) == FaultsMax {
		f.more++
		return
	}
	f.list = append(f.list, v)
}

// count is how many faults there are so far.
func (f *faults) count() int { return len(f.list) + f.more }

// err is all of them, nil if there is none.
func (f *faults) err() error {
	if f.list == nil {
		return nil
	}
	return &Error{Faults: f.list, More: f.more}
}

// clipMax is how many bytes of what was found a fault quotes.
const clipMax = 80

func clip(s string) string {
	if len(s) <= clipMax {
		return strings.ToValidUTF8(s, "�")
	}
	return strings.ToValidUTF8(s[:clipMax], "") + "…"
}
