package gbcode

import "github.com/gridgov/gridgov/grid/division"

// Component is the id of one managed component (部件标识码): one manhole cover, one
// lamp post. Its sixteen digits as a number; ids order as their digits do, so the
// components of a county stand together. The zero Component is none. A number
// from elsewhere may be converted and asked Valid; the other methods answer
// something for any number and never panic.
type Component uint64

// ParseComponent reads sixteen ASCII digits and nothing else. The error is a
// *ParseError with every fault and its place: ErrSpreadsheet or ErrLength of the
// whole, then ErrWide, ErrSpace, ErrCharacter of characters, the sentinels of
// package division for the county, ErrClass, ErrSubclass, ErrSequence for parts of
// zeros. O(len), no allocation unless it fails.
func ParseComponent(s string) (Component, error) {
	n, ok := readDigits(&componentForm, s)
	if !ok {
		return 0, diagnose(&componentForm, s)
	}
	return Component(n), nil
}

// NewComponent is the id with these parts: class and subclass 1 to 99, sequence 1
// to 999,999. The error is a *ParseError as that of ParseComponent, where a part
// that is too large or negative stands as it was given.
func NewComponent(county division.Code, class, subclass, sequence int) (Component, error) {
	n, err := build(&componentForm, county, class, subclass, sequence)
	return Component(n), err
}

// Valid reports whether c obeys the rules; the zero Component does not.
func (c Component) Valid() bool { return componentForm.valid(uint64(c)) }

// County is the county that numbered it; not a valid division code when c is not
// valid.
func (c Component) County() division.Code { return componentForm.countyOf(uint64(c)) }

// Class is the class (大类), 1 to 99.
func (c Component) Class() int { return int(componentForm.cut(uint64(c), 7, 8)) }

// Subclass is the number of the subclass (小类) in its class, 1 to 99.
func (c Component) Subclass() int { return int(componentForm.cut(uint64(c), 9, 10)) }

// Sequence is its number (顺序码) among its like in the county, 1 to 999,999.
func (c Component) Sequence() int { return int(componentForm.cut(uint64(c), 11, 16)) }

// Parent is the id without its sequence, an Event code of ten digits: all
// components of one subclass in one county share it. It reports false when c is
// not valid.
func (c Component) Parent() (Event, bool) {
	if !c.Valid() {
		return 0, false
	}
	return Event(c / 1e6), true
}

// String is the sixteen digits; the zero Component is empty.
func (c Component) String() string {
	if c == 0 {
		return ""
	}
	return string(componentForm.appendDigits(nil, uint64(c)))
}

// Grouped is String for reading: "440309 01 02 000017". ParseComponent does not
// read it back.
func (c Component) Grouped() string {
	if c == 0 {
		return ""
	}
	return componentForm.group(uint64(c))
}

// AppendText appends String to b. It refuses a number that is no id with
// ErrInvalid; the zero Component is empty.
func (c Component) AppendText(b []byte) ([]byte, error) {
	if c != 0 && !c.Valid() {
		return b, ErrInvalid
	}
	if c == 0 {
		return b, nil
	}
	return componentForm.appendDigits(b, uint64(c)), nil
}

// MarshalText is AppendText to nothing.
func (c Component) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what ParseComponent reads; an empty text is the zero
// Component. After an error c is what it was.
func (c *Component) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = 0
		return nil
	}
	n, ok := readDigits(&componentForm, text)
	if !ok {
		return diagnose(&componentForm, string(text))
	}
	*c = Component(n)
	return nil
}
