package party

import (
	"iter"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Person answers a person by code. Phone is masked unless the person consented to
// showing it; see Call.
func (d *Directory) Person(c Code) (Person, bool) {
	if d == nil {
		return Person{}, false
	}
	p, ok := d.people[c]
	p.Kinds, p.Skills = slices.Clone(p.Kinds), slices.Clone(p.Skills)
	if !p.Consent {
		p.Phone = Mask(p.Phone)
	}
	return p, ok
}

// People yields every person by code, as Person answers them.
func (d *Directory) People() iter.Seq[Person] {
	return func(yield func(Person) bool) {
		if d == nil {
			return
		}
		for _, c := range d.order.people {
			if p, _ := d.Person(c); !yield(p) {
				return
			}
		}
	}
}

// Call is the personal number to call a person at. It is for placing the call,
// never for showing. false when there is none.
func (d *Directory) Call(person Code) (string, bool) {
	if d == nil {
		return "", false
	}
	p := d.people[person]
	return p.Phone, p.Phone != ""
}

// shownDigits is how many digits a masked number keeps: enough to tell one's own
// number, too few to call it or to find whose it is.
const shownDigits = 2

// Mask hides a telephone number: every digit but the last two becomes '*', what
// is neither a digit nor one of "+ -()" is dropped. A number of fewer than five
// digits is hidden whole.
func Mask(phone string) string {
	digits := 0
	for _, r := range phone {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	hidden := digits
	if digits >= 5 {
		hidden -= shownDigits
	}
	var b strings.Builder
	for _, r := range phone {
		switch {
		case unicode.IsDigit(r) && hidden > 0:
			hidden--
			b.WriteByte('*')
		case unicode.IsDigit(r), strings.ContainsRune("+ -()", r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Skilled yields the people who have all the skills and serve in the party or
// below it at the instant, by code. An empty party asks nobody to serve: everybody
// who has the skills. O(people).
func (d *Directory) Skilled(party Code, at time.Time, skills ...string) iter.Seq[Person] {
	return func(yield func(Person) bool) {
		for p := range d.People() {
			lacks := slices.ContainsFunc(skills, func(s string) bool { return !slices.Contains(p.Skills, s) })
			if !lacks && (party == "" || d.Serves(p.Code, party, at)) && !yield(p) {
				return
			}
		}
	}
}
