package gbcode_test

import (
	"fmt"
	"regexp"
	"slices"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch/gbcode"
	"github.com/gridgov/gridgov/grid/division"
)

// naiveFault is a place and a rule.
type naiveFault struct {
	from, to int
	err      error
}

func (f naiveFault) String() string { return fmt.Sprintf("%d-%d %v", f.from, f.to, f.err) }

// The rules as patterns, to compare with.
var (
	naiveComponent = regexp.MustCompile(`^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{6})$`)
	naiveEvent     = regexp.MustCompile(`^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})()$`)
	naiveItem      = regexp.MustCompile(`^(\d{2})(\d{3})?$`)
	naiveZeros     = regexp.MustCompile(`^0+$`)
	naiveProvince  = regexp.MustCompile(`^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])$`)
	naiveCountless = regexp.MustCompile(`^(4419|4420|4603|4604|6202)$`)
)

// naiveRead lists what is wrong with a text of the right number of ASCII digits.
// It reports false for any other text.
func naiveRead(pattern *regexp.Regexp, s string) ([]naiveFault, bool) {
	m := pattern.FindStringSubmatch(s)
	if m == nil {
		return nil, false
	}
	var faults []naiveFault
	fault := func(bad bool, from, to int, err error) {
		if bad {
			faults = append(faults, naiveFault{from, to, err})
		}
	}
	fault(!naiveProvince.MatchString(m[1]), 1, 2, division.ErrProvince)
	fault(m[2] == "00" && m[1] != "81" && m[1] != "82", 3, 4, division.ErrPrefecture)
	fault(m[3] == "00" && !naiveCountless.MatchString(m[1]+m[2]), 5, 6, division.ErrCounty)
	fault(m[4] == "00", 7, 8, gbcode.ErrClass)
	fault(m[5] == "00", 9, 10, gbcode.ErrSubclass)
	fault(naiveZeros.MatchString(m[6]), 11, 16, gbcode.ErrSequence)
	return faults, true
}

// naiveReadItem is naiveRead for a class or an item.
func naiveReadItem(s string) ([]naiveFault, bool) {
	m := naiveItem.FindStringSubmatch(s)
	if m == nil {
		return nil, false
	}
	var faults []naiveFault
	if m[1] == "00" {
		faults = append(faults, naiveFault{1, 2, gbcode.ErrClass})
	}
	if m[2] == "000" {
		faults = append(faults, naiveFault{3, 5, gbcode.ErrNumber})
	}
	return faults, true
}

// digitsText draws a text of nearly legal parts, mostly of a legal length.
var digitsText = rapid.Custom(func(t *rapid.T) string {
	draw := func(name string, from ...string) string { return rapid.SampledFrom(from).Draw(t, name) }
	s := draw("province", "44", "44", "44", "46", "62", "11", "81", "82", "99", "00") +
		draw("prefecture", "03", "03", "19", "20", "04", "02", "00") +
		draw("county", "09", "09", "11", "00", "00", "01") +
		draw("class", "01", "02", "06", "99", "00") + draw("subclass", "01", "13", "99", "00") +
		draw("sequence", "000001", "000017", "999999", "100000", "000000")
	n := rapid.SampledFrom([]int{16, 16, 10, 10, 5, 2, 15, 17, 0, 1}).Draw(t, "length")
	return (s + "7")[:n]
})

// dirtyText draws a code that somebody copied, typed or ran through a spreadsheet.
var dirtyText = rapid.Custom(func(t *rapid.T) string {
	r := []rune(digitsText.Draw(t, "digits"))
	for range rapid.IntRange(0, 4).Draw(t, "spoilt") {
		bad := []rune(rapid.SampledFrom([]string{" ", "\u3000", "\ufeff", "O", ":", "/", "A", "０", "９", "-", "E", ".", "é", "码", "\x00", "+15"}).Draw(t, "by"))
		at := rapid.IntRange(0, len(r)).Draw(t, "at")
		if at < len(r) && rapid.Bool().Draw(t, "instead") {
			r[at] = bad[0]
			continue
		}
		r = slices.Insert(r, at, bad...)
	}
	return string(r)
})

// runesOf is the text from one character to another, counted from 1.
func runesOf(s string, from, to int) string {
	begin := 0
	for at := 1; begin < len(s) && at < from; at++ {
		_, size := utf8.DecodeRuneInString(s[begin:])
		begin += size
	}
	end := begin
	for at := from; end < len(s) && at <= to; at++ {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	return s[begin:end]
}
