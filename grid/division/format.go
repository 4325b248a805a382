package division

import "strconv"

// paddedDigits is the length of the statistical bureau's codes.
const paddedDigits = 12

// String is c as GB/T 2260 and its followers write it: six digits down to the
// county, padded with zeros, and nine, twelve or fifteen further in. The zero
// Code is empty.
func (c Code) String() string {
	return string(c.digits(nil, max(layout[County].to, layout[c.Level()].to)))
}

// Short is c without zeros for the parts that it does not have: 44, 4403.
func (c Code) Short() string { return string(c.digits(nil, layout[c.Level()].to)) }

// Padded is c as the statistical bureau writes it, padded with zeros to twelve
// digits; a unit grid has fifteen.
func (c Code) Padded() string {
	return string(c.digits(nil, max(paddedDigits, layout[c.Level()].to)))
}

// Grouped is String for reading, with a space before the street, the community
// and the sequence: "440309 006 001 012". Parse does not read it back.
func (c Code) Grouped() string {
	s := c.String()
	var b []byte
	for i := range len(s) {
		if i >= layout[County].to && i%3 == 0 {
			b = append(b, ' ')
		}
		b = append(b, s[i])
	}
	return string(b)
}

// digits appends the first n digits of c to b, nothing if c is 0. A number that
// is too large for a code is appended whole.
func (c Code) digits(b []byte, n int) []byte {
	switch {
	case c == 0:
		return b
	case c >= codesMax:
		return strconv.AppendUint(b, uint64(c), 10)
	}
	var all [15]byte
	for i := len(all) - 1; i >= 0; i-- {
		all[i] = byte('0' + c%10)
		c /= 10
	}
	return append(b, all[:n]...)
}

// AppendText appends String to b. It refuses a number that is no code with
// ErrInvalid; the zero Code is empty.
func (c Code) AppendText(b []byte) ([]byte, error) {
	if c != 0 && !c.Valid() {
		return b, ErrInvalid
	}
	return c.digits(b, max(layout[County].to, layout[c.Level()].to)), nil
}

// MarshalText is AppendText to nothing.
func (c Code) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what Parse reads; an empty text is the zero Code. After an
// error c is what it was.
func (c *Code) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = 0
		return nil
	}
	read, ok := read(text)
	if !ok {
		return diagnose(string(text))
	}
	*c = read
	return nil
}
