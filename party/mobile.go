package party

import (
	"strings"
	"unicode"
)

// mobileLen is how many digits a mobile number has.
const mobileLen = 11

// spaced reports whether r may stand between the digits of one mobile number: what
// joins, but for points and commas, which group the digits of an amount.
func spaced(r rune) bool {
	return r == '+' || r == '_' || unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Ps, unicode.Pe, unicode.Cf)
}

// mobiles is where the digits of each mobile number of a text stand: of every run
// of digits that is one, or several one after another.
func mobiles(text []rune) [][]int {
	var all [][]int
	for _, of := range [][]run{runs(text, spaced, digit), runs(text, never, digit), runs(text, spaced, plain)} {
		for _, r := range of {
			for i := firstMobile(string(r.digits)); i < len(r.digits); i += mobileLen {
				all = append(all, r.at[i:i+mobileLen])
			}
		}
	}
	return all
}

// plain is the digits 0 to 9 alone, for a number that a numeral of the text stands beside:
// 王五13800138000.
func plain(r rune) (byte, bool) { return byte(r), '0' <= r && r <= '9' }

// mobileAt is the digits that stand there.
func mobileAt(text []rune, at []int) string {
	var b strings.Builder
	for _, i := range at {
		d, _ := digit(text[i])
		b.WriteByte(d)
	}
	return b.String()
}

// firstMobile is where in a run of digits the first mobile number begins, when it is
// nothing but such numbers, after the country's code or without; else the end.
func firstMobile(digits string) int {
	for _, country := range []string{"", "86", "0086"} {
		if rest, ok := strings.CutPrefix(digits, country); ok && allMobile(rest) {
			return len(country)
		}
	}
	return len(digits)
}

func allMobile(digits string) bool {
	if len(digits)%mobileLen != 0 {
		return false
	}
	for ; digits != ""; digits = digits[mobileLen:] {
		if digits[0] != '1' || digits[1] < '3' {
			return false
		}
	}
	return true
}
