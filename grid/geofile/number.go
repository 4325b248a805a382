package geofile

import "strconv"

// number is a JSON number as it was scanned: mantissa × 10^exponent, exact when
// no digit was left out.
type number struct {
	mantissa uint64
	exponent int
	negative bool
	exact    bool
}

// digitsMax is how many digits surely fit a uint64.
const digitsMax = 19

// exponentMax stops the sum of a long exponent: float64 ends at 10^±324, and
// what is beyond goes the slow way whatever its size.
const exponentMax = 100_000

// scanNumber reads the JSON number (RFC 8259 §6) at text[at:], and answers where
// it ends. ok is false when there is none; what follows it is for the caller.
func scanNumber(text string, at int) (n number, end int, ok bool) {
	i, size := at, len(text)
	if i < size && text[i] == '-' {
		n.negative = true
		i++
	}
	if i >= size || !digit(text[i]) {
		return n, i, false
	}
	start := i
	for i < size && digit(text[i]) {
		n.mantissa = n.mantissa*10 + uint64(text[i]-'0')
		i++
	}
	digits := i - start
	if digits > 1 && text[start] == '0' {
		return n, i, false
	}
	if i < size && text[i] == '.' {
		i++
		start = i
		for i < size && digit(text[i]) {
			n.mantissa = n.mantissa*10 + uint64(text[i]-'0')
			i++
		}
		if i == start {
			return n, i, false
		}
		digits += i - start
		n.exponent = start - i
	}
	n.exact = digits <= digitsMax
	if i < size && text[i]|0x20 == 'e' {
		exponent, after, ok := scanExponent(text, i+1)
		if !ok {
			return n, after, false
		}
		n.exponent += exponent
		i = after
	}
	return n, i, true
}

func scanExponent(text string, at int) (exponent, end int, ok bool) {
	i, sign := at, 1
	if i < len(text) && (text[i] == '+' || text[i] == '-') {
		if text[i] == '-' {
			sign = -1
		}
		i++
	}
	start := i
	for i < len(text) && digit(text[i]) {
		exponent = min(exponent*10+int(text[i]-'0'), exponentMax)
		i++
	}
	return sign * exponent, i, i > start
}

func digit(c byte) bool { return c-'0' <= 9 }

// powers are the powers of ten that a float64 holds exactly.
var powers = [...]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// float is the float64 nearest to n, which was scanned from text; ok is false
// when it is infinite. A mantissa below 2^53 and a power of ten up to 10^22 are
// exact, so that one division or product rounds correctly (Clinger 1990);
// everything else goes through strconv.
func (n number) float(text string) (v float64, ok bool) {
	if n.exact && n.mantissa < 1<<53 && n.exponent > -len(powers) && n.exponent < len(powers) {
		v = float64(n.mantissa)
		if n.exponent < 0 {
			v /= powers[-n.exponent]
		} else {
			v *= powers[n.exponent]
		}
		if n.negative {
			v = -v
		}
		return v, true
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil
}
