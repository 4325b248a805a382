// Package code is the identifier every gridgov package shares: the code of an
// area, a party, a post, a matter, a rule, a case, a fund line.
package code

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// LenMax is the longest code in bytes. The longest codes in the field have 19
// digits; 96 leaves room for readable dotted matter codes and keyed ids.
const LenMax = 96

// Code identifies one thing among its kind. It is compared byte for byte and
// ordered by its bytes, which is the tie-break of every order in gridgov.
type Code string

// The faults of a code, in the order in which Check reports them.
var (
	ErrEmpty   = errors.New("empty code")
	ErrTooLong = errors.New("code too long")
	ErrNotUTF8 = errors.New("code is not UTF-8")
	ErrRune    = errors.New("code holds a character it may not")
	ErrBroken  = errors.New("code was broken by a spreadsheet")
)

// Check reports why c cannot be a code: empty, over LenMax bytes, not UTF-8, a
// number a spreadsheet rewrote ("4.40309E+14"), or holding a space, a control
// character or one of / ; , " * which separate codes elsewhere, or beginning
// with = + @ which a spreadsheet would run as a formula. O(len).
func Check(c Code) error {
	switch {
	case c == "":
		return ErrEmpty
	case len(c) > LenMax:
		return fmt.Errorf("%w: %d bytes, at most %d", ErrTooLong, len(c), LenMax)
	case !utf8.ValidString(string(c)):
		return ErrNotUTF8
	case Broken(string(c)):
		return fmt.Errorf("%w: %q", ErrBroken, string(c))
	}
	if strings.ContainsRune("=+@", rune(c[0])) {
		return fmt.Errorf("%w: %q begins %q", ErrRune, c[0], string(c))
	}
	for _, r := range string(c) {
		if unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`/;,"*`, r) {
			return fmt.Errorf("%w: %q in %q", ErrRune, r, string(c))
		}
	}
	return nil
}

// Broken reports whether s looks like a long numeric code that a spreadsheet
// turned into a number: scientific notation with a point or a signed exponent
// (4.40309E+14), or ten digits and more with decimals of zero (440309000000.0).
func Broken(s string) bool {
	if s == "" || s[0] < '0' || s[0] > '9' {
		return false
	}
	mantissa, exponent, scientific := strings.Cut(strings.ToUpper(s), "E")
	whole, frac, dot := strings.Cut(mantissa, ".")
	if !digits(whole) || dot && !digits(frac) {
		return false
	}
	if !scientific {
		return dot && len(whole) >= 10 && strings.Trim(frac, "0") == ""
	}
	unsigned := strings.TrimLeft(exponent, "+-")
	return digits(unsigned) && len(exponent)-len(unsigned) <= 1 && (dot || len(unsigned) < len(exponent))
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
