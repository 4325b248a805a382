package assess

import (
	"math"
	"strconv"
	"strings"
)

// Points are ten-thousandths of a point (分): 1,000,000 is 100 points. They are
// written as decimal text with at most four places: "93.72", "-0.5".
type Points int64

// Point is one point, and Full the 100 points that no score exceeds.
const (
	Point Points = 10_000
	Full  Points = 100 * Point
)

// places is the number of decimals of Points.
const places = 4

// ParsePoints reads decimal text such as "93.72", "-0.5" or "12": an optional
// minus, digits, and at most four decimals. Anything else is ErrPoints, and what
// does not fit an int64 is ErrOverflow.
func ParsePoints(text string) (Points, error) {
	digits, negative := strings.CutPrefix(text, "-")
	whole, decimals, dot := strings.Cut(digits, ".")
	if !number(whole) || dot && !number(decimals) || len(decimals) > places {
		return 0, &Error{Err: ErrPoints, Field: "Points", Index: -1, Value: text}
	}
	n, err := strconv.ParseUint(whole+decimals+strings.Repeat("0", places-len(decimals)), 10, 64)
	most := uint64(math.MaxInt64)
	if negative {
		most++
	}
	switch {
	case err != nil || n > most:
		return 0, &Error{Err: ErrOverflow, Field: "Points", Index: -1, Value: text}
	case negative:
		return Points(-n), nil
	}
	return Points(n), nil
}

// number reports whether s is one or more digits.
func number(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// String writes the points without idle zeros: "93.72", "100", "-0.5".
func (p Points) String() string {
	sign, n := "", uint64(p)
	if p < 0 {
		sign, n = "-", -n
	}
	text := sign + strconv.FormatUint(n/uint64(Point), 10)
	if rest := n % uint64(Point); rest > 0 {
		decimals := strconv.FormatUint(uint64(Point)+rest, 10)[1:]
		text += "." + strings.TrimRight(decimals, "0")
	}
	return text
}

// MarshalText writes the points as String does.
func (p Points) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what ParsePoints reads; p is unchanged on error. A JSON
// number is refused: points are text, so that no reader rounds them.
func (p *Points) UnmarshalText(text []byte) error {
	v, err := ParsePoints(string(text))
	if err == nil {
		*p = v
	}
	return err
}
