package gbcode

import "github.com/gridgov/gridgov/grid/division"

// Event is the code of a sort of event in one county (事件代码), or what the ids of
// one subclass of components share. Its ten digits as a number, ordered as they
// are. The zero Event is none. A number from elsewhere may be converted and asked
// Valid; the other methods answer something for any number and never panic.
type Event uint64

// ParseEvent reads ten ASCII digits and nothing else. The error is a *ParseError
// as that of ParseComponent. O(len), no allocation unless it fails.
func ParseEvent(s string) (Event, error) {
	n, ok := readDigits(&eventForm, s)
	if !ok {
		return 0, diagnose(&eventForm, s)
	}
	return Event(n), nil
}

// NewEvent is the code with these parts: class and subclass 1 to 99. The error is
// as that of NewComponent.
func NewEvent(county division.Code, class, subclass int) (Event, error) {
	n, err := build(&eventForm, county, class, subclass)
	return Event(n), err
}

// Valid reports whether e obeys the rules; the zero Event does not.
func (e Event) Valid() bool { return eventForm.valid(uint64(e)) }

// County is the county; not a valid division code when e is not valid.
func (e Event) County() division.Code { return eventForm.countyOf(uint64(e)) }

// Class is the class (大类), 1 to 99.
func (e Event) Class() int { return int(eventForm.cut(uint64(e), 7, 8)) }

// Subclass is the number of the subclass (小类) in its class, 1 to 99.
func (e Event) Subclass() int { return int(eventForm.cut(uint64(e), 9, 10)) }

// Covers reports whether c is a component of this county, class and subclass.
// False when e is not valid.
func (e Event) Covers(c Component) bool { return e.Valid() && Event(c/1e6) == e && c.Valid() }

// String is the ten digits; the zero Event is empty.
func (e Event) String() string {
	if e == 0 {
		return ""
	}
	return string(eventForm.appendDigits(nil, uint64(e)))
}

// Grouped is String for reading: "440309 06 11".
func (e Event) Grouped() string {
	if e == 0 {
		return ""
	}
	return eventForm.group(uint64(e))
}

// AppendText appends String to b. It refuses a number that is no code with
// ErrInvalid; the zero Event is empty.
func (e Event) AppendText(b []byte) ([]byte, error) {
	if e != 0 && !e.Valid() {
		return b, ErrInvalid
	}
	if e == 0 {
		return b, nil
	}
	return eventForm.appendDigits(b, uint64(e)), nil
}

// MarshalText is AppendText to nothing.
func (e Event) MarshalText() ([]byte, error) { return e.AppendText(nil) }

// UnmarshalText reads what ParseEvent reads; an empty text is the zero Event.
// After an error e is what it was.
func (e *Event) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*e = 0
		return nil
	}
	n, ok := readDigits(&eventForm, text)
	if !ok {
		return diagnose(&eventForm, string(text))
	}
	*e = Event(n)
	return nil
}
