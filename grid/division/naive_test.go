package division_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid/division"
)

// naive is a code as text: the rules of the standards, written with patterns and
// slices of strings, to compare with.
type naive struct {
	written string   // fifteen digits
	parts   []string // without those of zeros at the end
}

// naiveFault is a place and a rule.
type naiveFault struct {
	from, to int
	err      error
}

func (f naiveFault) String() string { return fmt.Sprintf("%d-%d %v", f.from, f.to, f.err) }

var (
	digitsOnly    = regexp.MustCompile(`^[0-9]*$`)
	provinceForm  = regexp.MustCompile(`^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|81|82)$`)
	streetForm    = regexp.MustCompile(`^([0-5][0-9][1-9]|[0-5][1-9][0-9]|[1-5]00)$`)
	countylessSet = []string{"4419", "4420", "4603", "4604", "6202"}
	naiveWidths   = []int{2, 2, 2, 3, 3, 3}
	naiveEnds     = []int{2, 4, 6, 9, 12, 15}
	naiveErrs     = []error{
		division.ErrProvince, division.ErrPrefecture, division.ErrCounty,
		division.ErrStreet, division.ErrCommunity, division.ErrSequence,
	}
)

// readNaive reads a text of ASCII digits and lists what is wrong with it.
func readNaive(s string) (naive, []naiveFault) {
	if !slices.Contains(naiveEnds, len(s)) {
		whole := []naiveFault{{0, 0, division.ErrLength}}
		if len(s) == 16 {
			whole[0].err = division.ErrComponent
		}
		if len(s) >= 2 && len(s) <= 96 && !provinceForm.MatchString(s[:2]) {
			whole = append(whole, naiveFault{1, 2, division.ErrProvince})
		}
		return naive{}, whole
	}
	padded := s + strings.Repeat("0", 15-len(s))
	var parts []string
	for rest, i := padded, 0; rest != ""; i++ {
		parts, rest = append(parts, rest[:naiveWidths[i]]), rest[naiveWidths[i]:]
	}
	if len(s) < 15 {
		for len(parts) > 1 && strings.Trim(parts[len(parts)-1], "0") == "" {
			parts = parts[:len(parts)-1]
		}
	}
	var faults []naiveFault
	for i, part := range parts {
		zero := strings.Trim(part, "0") == ""
		bad := zero
		switch i {
		case 0:
			bad = !provinceForm.MatchString(part)
		case 1:
			bad = zero && parts[0] != "81" && parts[0] != "82"
		case 2:
			bad = zero && !slices.Contains(countylessSet, parts[0]+parts[1])
		case 3:
			bad = !streetForm.MatchString(part)
		}
		if bad {
			faults = append(faults, naiveFault{naiveEnds[i] - naiveWidths[i] + 1, naiveEnds[i], naiveErrs[i]})
		}
	}
	return naive{padded, parts}, faults
}

func (n naive) short() string { return strings.Join(n.parts, "") }

// at is the padded text at the i-th level, or "".
func (n naive) at(i int) string {
	if i >= len(n.parts) || strings.Trim(n.parts[i], "0") == "" {
		return ""
	}
	short := strings.Join(n.parts[:i+1], "")
	return short + strings.Repeat("0", 15-len(short))
}

// parent is the last ancestor there is, or "".
func (n naive) parent() string {
	for i := len(n.parts) - 2; i >= 0; i-- {
		if a := n.at(i); a != "" {
			return a
		}
	}
	return ""
}

// covers says whether n's digits begin m's.
func (n naive) covers(m naive) bool { return strings.HasPrefix(m.written, n.short()) }

// fill is a code as fifteen digits.
func fill(c division.Code) string { return fmt.Sprintf("%015d", uint64(c)) }

// anyCode draws a text of a legal or nearly legal length, mostly of valid parts,
// with the odd prefectures often and parts of zeros often.
var anyCode = rapid.Custom(func(t *rapid.T) string {
	s := rapid.SampledFrom([]string{"44", "44", "44", "46", "62", "11", "81", "82", "71", "52", "99", "00"}).Draw(t, "province")
	s += rapid.SampledFrom([]string{"03", "03", "19", "20", "04", "02", "90", "00", "01"}).Draw(t, "prefecture")
	s += rapid.SampledFrom([]string{"09", "09", "00", "00", "01", "81", "99"}).Draw(t, "county")
	s += rapid.SampledFrom([]string{"006", "006", "001", "100", "203", "400", "599", "600", "999", "000", "000"}).Draw(t, "street")
	s += rapid.SampledFrom([]string{"001", "001", "200", "498", "598", "601", "999", "000", "000"}).Draw(t, "community")
	s += rapid.SampledFrom([]string{"001", "012", "012", "999", "000", "010"}).Draw(t, "sequence")
	n := rapid.SampledFrom([]int{15, 15, 12, 12, 9, 6, 4, 2, 16, 14, 1, 0}).Draw(t, "length")
	return (s + "07")[:n]
})

// validCode draws a code that is valid.
var validCode = rapid.Custom(func(t *rapid.T) division.Code {
	c, _ := division.Code(0).Child(division.Province, rapid.SampledFrom([]int{11, 44, 44, 44, 46, 62, 81}).Draw(t, "province"))
	for l := division.Prefecture; l <= division.Grid; l++ {
		n := rapid.SampledFrom([]int{0, 2, 3, 4, 19, 99}).Draw(t, l.String())
		if d, ok := c.Child(l, n); ok {
			c = d
		}
	}
	return c
})

// twin is a valid code as text.
func twin(c division.Code) naive {
	n, _ := readNaive(strings.TrimSuffix(fill(c), "000"))
	return n
}
