package party

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

const (
	// anywhereMin is how many digits a number needs to be looked for inside longer
	// runs of digits: local numbers have 7 or 8, and fewer turn up by chance.
	anywhereMin = 7
	// groupMin is how many digits a number needs to be looked for as a group of its
	// own: with fewer, every year and every "110" would be somebody's.
	groupMin = 5
)

// Redactor hides personal numbers in texts (脱敏): those of everybody in a Directory
// who has not consented, however they are written, and mobile numbers of people
// whom it does not know; see Hide. It is immutable and safe for concurrent use; the
// zero Redactor hides nothing. It holds the numbers, so it prints and marshals as
// nothing.
type Redactor struct {
	numbers map[string]bool
	lengths []int           // of those, ascending
	open    map[string]bool // numbers that may be shown; nil: strangers' are not looked for
}

// Redactor collects the numbers of everybody who has not consented, and those that
// may be shown: of everybody who has, and the public contacts of posts.
// O(people + posts).
func (d *Directory) Redactor() *Redactor {
	p := &Redactor{numbers: map[string]bool{}, open: map[string]bool{}}
	for person := range d.People() {
		number, _ := d.Call(person.Code)
		if person.Consent {
			collect(p.open, number)
		} else {
			collect(p.numbers, number)
		}
	}
	for post := range d.Posts() {
		text := []rune(post.Public)
		for _, at := range mobiles(text) {
			p.open[mobileAt(text, at)] = true
		}
	}
	p.measure()
	return p
}

// collect adds the numbers of one field, as they may be written.
func collect(to map[string]bool, field string) {
	for _, one := range append(strings.FieldsFunc(field, separates), field) {
		for _, form := range forms(digitsOf(one)) {
			to[form] = true
		}
	}
}

// measure finds how long the numbers are.
func (p *Redactor) measure() {
	lengths := map[int]bool{}
	for number := range p.numbers {
		lengths[len(number)] = true
	}
	p.lengths = slices.Sorted(maps.Keys(lengths))
}

// Format prints nothing of the numbers.
func (p *Redactor) Format(s fmt.State, _ rune) { _, _ = fmt.Fprintf(s, "Redactor(%d)", len(p.numbers)) }

// separates reports whether a character stands between two numbers of one field.
func separates(r rune) bool { return strings.ContainsRune("/,;|\\、，；／", r) }

// forms is a number as one may also write it: without the country's code, and a
// landline without the area's (3 digits for 010 and 02x, else 4).
func forms(digits string) []string {
	if digits == "" {
		return nil
	}
	all := []string{digits}
	if len(digits) > 11 {
		all = append(all, digits[len(digits)-11:])
	}
	if area, ok := strings.CutPrefix(strings.TrimPrefix(digits, "00"), "86"); ok && len(area) >= 10 && area[0] != '0' {
		all = append(all, area, "0"+area) // +86 10 6500 1235 is 010-65001235
		digits = "0" + area
	}
	switch {
	case len(digits) < 10 || digits[0] != '0':
	case digits[1] == '1' || digits[1] == '2':
		all = append(all, digits[3:])
	default:
		all = append(all, digits[4:])
	}
	return all
}

// digits is the digits of other scripts, ten by ten from 0: wide; Chinese in small
// letters, as accounts write them, and as numbers are spoken (〇, 幺); Arabic.
const digits = "０１２３４５６７８９零一二三四五六七八九零壹贰叁肆伍陆柒捌玖〇幺两叁肆伍陆柒捌玖零壹貳參肆伍陸柒捌玖٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"

var digitRunes = func() map[rune]byte {
	all := map[rune]byte{}
	for i, r := range []rune(digits) {
		all[r] = byte('0' + i%10)
	}
	return all
}()

// digit is a digit typed narrow, wide or in words.
func digit(r rune) (byte, bool) {
	if '0' <= r && r <= '9' {
		return byte(r), true
	}
	if r < 0x80 {
		return 0, false
	}
	d, ok := digitRunes[r]
	return d, ok
}

func digitsOf(s string) string {
	var b strings.Builder
	for _, r := range s {
		if d, ok := digit(r); ok {
			b.WriteByte(d)
		}
	}
	return b.String()
}

// run is digits of a text that may be one number.
type run struct {
	digits []byte
	at     []int // the rune of each digit
}

// joins reports whether r may stand between two digits of one number: a space, a
// dash, a bracket, a comma, what cannot be seen, or one of "+./·_".
func joins(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Ps, unicode.Pe, unicode.Cf) || strings.ContainsRune("+./·_,，、،", r)
}

// never joins nothing: digits must be adjacent.
func never(rune) bool { return false }

// runs cuts a text into runs of digits with only what joins between them.
func runs(text []rune, joins func(rune) bool, digit func(rune) (byte, bool)) []run {
	var all []run
	apart := true
	for i, r := range text {
		d, ok := digit(r)
		if !ok {
			apart = apart || !joins(r)
			continue
		}
		if apart {
			all = append(all, run{})
		}
		apart = false
		current := &all[len(all)-1]
		current.digits = append(current.digits, d)
		current.at = append(current.at, i)
	}
	return all
}

// Hide is s with every digit but the last two of each private number replaced by
// '*', as Mask has it but in place. So is every mobile number, 11 digits from 13 to
// 19 on, that stands by itself or after the country's 86 and is not known to be one
// that may be shown: of a resident, or of somebody who was erased.
// O(len · different lengths of number).
func (p *Redactor) Hide(s string) string {
	if s = p.hideKnown(s); p == nil || p.open == nil {
		return s
	}
	text := []rune(s)
	hidden := make([]bool, len(text))
	for _, at := range mobiles(text) {
		if !p.open[mobileAt(text, at)] {
			mark(hidden, at)
		}
	}
	return masked(text, hidden)
}

// hideKnown is Hide for the numbers that are known to be private.
func (p *Redactor) hideKnown(s string) string {
	if p == nil || len(p.numbers) == 0 || s == "" {
		return s
	}
	text := []rune(s)
	hidden := make([]bool, len(text))
	for _, r := range runs(text, joins, digit) {
		for _, length := range p.lengths {
			for i := 0; length >= anywhereMin && i+length <= len(r.digits); i++ {
				if p.numbers[string(r.digits[i:i+length])] {
					mark(hidden, r.at[i:i+length])
				}
			}
		}
	}
	for _, r := range runs(text, never, digit) {
		if len(r.digits) >= groupMin && p.numbers[string(r.digits)] {
			mark(hidden, r.at)
		}
	}
	return masked(text, hidden)
}

// HideContact is Hide for the public contact of a post, which may be a mobile number
// that nobody is known to have: it is hidden also when all its digits together are a
// private number, however short.
func (p *Redactor) HideContact(s string) string {
	if p != nil && p.numbers[digitsOf(s)] {
		text := []rune(s)
		hidden := make([]bool, len(text))
		var at []int
		for i, r := range text {
			if _, ok := digit(r); ok {
				at = append(at, i)
			}
		}
		mark(hidden, at)
		return masked(text, hidden)
	}
	return p.hideKnown(s)
}

// mark hides the digits of one number, of a long one but the last two.
func mark(hidden []bool, at []int) {
	if len(at) >= groupMin {
		at = at[:len(at)-2]
	}
	for _, i := range at {
		hidden[i] = true
	}
}

func masked(text []rune, hidden []bool) string {
	for i := range text {
		if hidden[i] {
			text[i] = '*'
		}
	}
	return string(text)
}
