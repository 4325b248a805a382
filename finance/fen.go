package finance

import (
	"math"
	"strconv"

	"github.com/gridgov/gridgov/internal/apportion"
)

// Fen is an amount of money in fen (分), a hundredth of a yuan. The range is
// that of int64: about 92 quadrillion yuan either way. The zero Fen is nothing.
type Fen int64

// The yuan in fen, and the ends of the range.
const (
	Yuan   Fen = 100
	FenMax Fen = math.MaxInt64
	FenMin Fen = math.MinInt64
)

// yuanLen is the length of the longest amount, "-92233720368547758.08".
const yuanLen = 21

// ParseYuan reads an amount in yuan such as "750000.00", "0.5" or "-12". It
// takes an optional "-", digits, and optionally a point with one or two digits.
// Refused with ErrYuan are: an empty text, more than two decimals, a "+", a
// negative zero, a leading zero ("007" is a code in the wrong column), a bare
// point ("5." or ".5"), an exponent, thousands separators, full-width digits,
// spaces and currency signs. An amount outside the range is ErrOverflow.
func ParseYuan(s string) (Fen, error) {
	rest, negative := s, s != "" && s[0] == '-'
	if negative {
		rest = s[1:]
	}
	whole, cents, ok := cutYuan(rest)
	if !ok || len(whole) > 1 && whole[0] == '0' {
		return 0, &Error{Text: s, Err: ErrYuan}
	}
	if len(s) > yuanLen {
		return 0, &Error{Text: s, Err: ErrOverflow}
	}
	// At most 20 digits before the point: read as a negative number, which
	// reaches one further than a positive one.
	total := int64(0)
	for i := range len(whole) + 2 {
		digit := int64(0)
		if i < len(whole) {
			digit = int64(whole[i] - '0')
		} else if j := i - len(whole); j < len(cents) {
			digit = int64(cents[j] - '0')
		}
		if total < (math.MinInt64+digit)/10 {
			return 0, &Error{Text: s, Err: ErrOverflow}
		}
		total = total*10 - digit
	}
	switch {
	case negative && total == 0:
		return 0, &Error{Text: s, Err: ErrYuan}
	case negative:
		return Fen(total), nil
	case total == math.MinInt64:
		return 0, &Error{Text: s, Err: ErrOverflow}
	}
	return Fen(-total), nil
}

// cutYuan splits unsigned yuan text at the point, ok when each side has the
// digits it needs.
func cutYuan(s string) (whole, cents string, ok bool) {
	point := len(s)
	for i := range len(s) {
		if s[i] == '.' && point == len(s) {
			point = i
		} else if s[i] < '0' || s[i] > '9' {
			return "", "", false
		}
	}
	whole = s[:point]
	if point < len(s) {
		cents = s[point+1:]
		ok = len(cents) == 1 || len(cents) == 2
	} else {
		ok = true
	}
	return whole, cents, ok && whole != ""
}

// String is the amount in yuan with two decimals: "750000.00", "-0.05".
func (f Fen) String() string { return string(f.appendYuan(nil)) }

// appendYuan appends what String answers.
func (f Fen) appendYuan(dst []byte) []byte {
	u := uint64(f)
	if f < 0 {
		dst = append(dst, '-')
		u = -u
	}
	dst = strconv.AppendUint(dst, u/100, 10)
	return append(dst, '.', byte('0'+u/10%10), byte('0'+u%10))
}

// MarshalText writes the amount as String does. In JSON an amount is a string.
func (f Fen) MarshalText() ([]byte, error) { return f.appendYuan(nil), nil }

// UnmarshalText reads what ParseYuan reads; f is unchanged on error. A JSON
// number is refused by the decoder: it may have been a float.
func (f *Fen) UnmarshalText(text []byte) error {
	v, err := ParseYuan(string(text))
	if err == nil {
		*f = v
	}
	return err
}

// Add is f + g, or ErrOverflow.
func (f Fen) Add(g Fen) (Fen, error) {
	if sum := f + g; (sum > f) == (g > 0) {
		return sum, nil
	}
	return 0, &Error{Text: f.String() + " + " + g.String(), Err: ErrOverflow}
}

// Sub is f - g, or ErrOverflow.
func (f Fen) Sub(g Fen) (Fen, error) {
	if diff := f - g; (diff < f) == (g > 0) {
		return diff, nil
	}
	return 0, &Error{Text: f.String() + " - " + g.String(), Err: ErrOverflow}
}

// Neg is -f, or ErrOverflow for FenMin.
func (f Fen) Neg() (Fen, error) {
	if f == FenMin {
		return 0, &Error{Text: "-(" + f.String() + ")", Err: ErrOverflow}
	}
	return -f, nil
}

// Split shares total out by weights: the parts add up to total exactly and each
// is within one fen of total·weight/Σweights (largest remainder). Equal
// remainders are served in the order of weights. A weight of zero gets zero;
// any non-negative weights will do, their sum cannot overflow. It fails with
// ErrNegative when total or a weight is below zero, then with ErrNoWeight when
// weights is empty or holds only zeros. O(n log n), one allocation for up to 64
// weights.
func Split(total Fen, weights []int64) ([]Fen, error) {
	parts, err := apportion.Append(make([]Fen, 0, len(weights)), total, weights)
	if err != nil {
		return nil, &Error{Text: total.String(), Err: err}
	}
	return parts, nil
}
