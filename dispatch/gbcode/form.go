package gbcode

import "github.com/gridgov/gridgov/grid/division"

// form is how the digits of one sort of code are laid out.
type form struct {
	name   string // of its messages
	digits int
	county bool // the first six digits are a county
	parts  []part
}

// part is some digits that may not all be zero.
type part struct {
	from, to int // digits, counted from 1, both included
	err      error
}

// The layouts. The county is no part: division judges it.
var (
	componentForm = form{"component", 16, true, []part{{7, 8, ErrClass}, {9, 10, ErrSubclass}, {11, 16, ErrSequence}}}
	eventForm     = form{"event", 10, true, []part{{7, 8, ErrClass}, {9, 10, ErrSubclass}}}
	classForm     = form{"item", 2, false, []part{{1, 2, ErrClass}}}
	itemForm      = form{"item", 5, false, []part{{1, 2, ErrClass}, {3, 5, ErrNumber}}}
)

const countyDigits = 6

// pow10 is the powers of ten that a code of sixteen digits needs.
var pow10 = [...]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16}

// cut is the number that the digits from to to of n show.
func (f *form) cut(n uint64, from, to int) uint64 {
	return n / pow10[f.digits-to] % pow10[to-from+1]
}

// countyOf is the county of n as division writes it, filled to fifteen digits.
func (f *form) countyOf(n uint64) division.Code {
	return division.Code(f.cut(n, 1, countyDigits) * 1e9)
}

// isCounty reports whether streets may come directly under c: a county, or a
// prefecture without counties.
func isCounty(c division.Code) bool { return (c + 1e6).Valid() }

// valid reports whether n obeys the rules.
func (f *form) valid(n uint64) bool {
	if n >= pow10[f.digits] || f.county && !isCounty(f.countyOf(n)) {
		return false
	}
	for _, p := range f.parts {
		if f.cut(n, p.from, p.to) == 0 {
			return false
		}
	}
	return true
}

// readDigits is the number that s spells with exactly the digits of f, if it
// spells a valid one. O(len).
func readDigits[T ~string | ~[]byte](f *form, s T) (uint64, bool) {
	if len(s) != f.digits {
		return 0, false
	}
	n := uint64(0)
	for i := range len(s) {
		d := s[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = 10*n + uint64(d)
	}
	return n, f.valid(n)
}

// appendDigits writes n with the digits of f, with leading zeros. A number of
// more digits is written whole.
func (f *form) appendDigits(b []byte, n uint64) []byte {
	var all [20]byte
	i := len(all)
	for n > 0 || len(all)-i < f.digits {
		i--
		all[i] = byte('0' + n%10)
		n /= 10
	}
	return append(b, all[i:]...)
}

// group writes n for reading, with a space before every part.
func (f *form) group(n uint64) string {
	digits := f.appendDigits(nil, n)
	if len(digits) != f.digits {
		return string(digits)
	}
	var b []byte
	for i, d := range digits {
		for _, p := range f.parts {
			if i > 0 && i == p.from-1 {
				b = append(b, ' ')
			}
		}
		b = append(b, d)
	}
	return string(b)
}
