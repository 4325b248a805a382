package gbcode

import (
	"cmp"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/gridgov/gridgov/grid/division"
	"github.com/gridgov/gridgov/internal/code"
)

// slot is a character of the text where a digit belongs.
type slot struct {
	at    int  // character of the text, from 1
	digit byte // '0' to '9'; 0 if it shows no digit
}

// diagnose is every fault of a text that f refused. Where the number of digits is
// wrong, no part is judged, since a digit too few or too many shifts all that
// follow.
func diagnose(f *form, s string) *ParseError {
	e := &ParseError{Given: clip(s)}
	switch {
	case code.Broken(s):
		e.add(Error{Found: e.Given, Err: ErrSpreadsheet})
		return e
	case len(s) > code.LenMax:
		e.add(Error{Found: strconv.Itoa(utf8.RuneCountInString(s)), Err: ErrLength, form: f.name})
		return e
	}
	slots := e.characters(s)
	if len(slots) == f.digits {
		e.judge(f, slots)
	} else {
		e.add(Error{Found: strconv.Itoa(len(slots)), Err: ErrLength, form: f.name})
	}
	slices.SortStableFunc(e.Faults, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return e
}

// diagnoseItem is diagnose for a class or an item, with the kind.
func diagnoseItem(kind Kind, s string) *ParseError {
	f := &itemForm
	if utf8.RuneCountInString(s) == classForm.digits {
		f = &classForm
	}
	e := &ParseError{Given: clip(s)}
	if _, ok := readDigits(f, s); !ok {
		e = diagnose(f, s)
	}
	if !kind.Known() {
		e.Faults = slices.Insert(e.Faults, 0, &Error{Found: strconv.Itoa(int(kind)), Err: ErrKind})
	}
	return e
}

// characters reports what is not an ASCII digit, each run of one sort as one
// fault, and answers what stands for digits: a full-width digit is the digit it
// shows, a letter stands for one that is not known, anything else only separates.
func (e *ParseError) characters(s string) []slot {
	var slots []slot
	var run *Error
	at := 0
	for i, r := range s {
		_, size := utf8.DecodeRuneInString(s[i:])
		at++
		sort := sortOf(r)
		switch {
		case sort == nil:
			run = nil
		case run != nil && run.Err == sort:
			run.To, run.Found = at, run.Found+s[i:i+size]
		default:
			run = &Error{From: at, To: at, Found: s[i : i+size], Err: sort}
			e.Faults = append(e.Faults, run)
		}
		switch {
		case sort == nil:
			slots = append(slots, slot{at, byte(r)})
		case sort == ErrWide:
			slots = append(slots, slot{at, byte(r - '０' + '0')})
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			slots = append(slots, slot{at: at})
		}
	}
	return slots
}

// sortOf is what is wrong with a character, nil with an ASCII digit.
func sortOf(r rune) error {
	switch {
	case '0' <= r && r <= '9':
		return nil
	case '０' <= r && r <= '９':
		return ErrWide
	case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r): // Cf: marks of no width
		return ErrSpace
	}
	return ErrCharacter
}

// judge reports the parts of exactly f.digits slots that break a rule, but for
// those with a digit that is not known.
func (e *ParseError) judge(f *form, slots []slot) {
	if county, known := spell(slots[:min(countyDigits, len(slots))]); f.county && known {
		for _, d := range countyFaults(county) {
			e.add(Error{From: slots[d.From-1].at, To: slots[d.To-1].at, Found: d.Found, Err: d.Err})
		}
	}
	for _, p := range f.parts {
		digits := slots[p.from-1 : p.to]
		found, known := spell(digits)
		if n, err := strconv.Atoi(found); known && err == nil && n == 0 {
			e.add(Error{From: digits[0].at, To: digits[len(digits)-1].at, Found: found, Err: p.err})
		}
	}
}

// spell is the digits, and whether all are known.
func spell(slots []slot) (string, bool) {
	b := make([]byte, len(slots))
	for i, s := range slots {
		if s.digit == 0 {
			return "", false
		}
		b[i] = s.digit
	}
	return string(b), true
}

// build is the number of f with these parts, the county first.
func build(f *form, county division.Code, parts ...int) (uint64, error) {
	e := &ParseError{Given: county.String()}
	switch {
	case county >= 1e15 || county%1e9 != 0:
		e.add(Error{From: 1, To: countyDigits, Found: county.String(), Err: ErrCounty})
	case !isCounty(county):
		digits := division.Code(county).String()
		if county == 0 {
			digits = "000000"
		}
		for _, d := range countyFaults(digits) {
			e.add(Error{From: d.From, To: d.To, Found: d.Found, Err: d.Err})
		}
	}
	n := uint64(county/1e9) * pow10[f.digits-countyDigits]
	for i, p := range f.parts {
		v := parts[i]
		e.Given += " " + strconv.Itoa(v)
		if v < 1 || uint64(v) >= pow10[p.to-p.from+1] {
			e.add(Error{From: p.from, To: p.to, Found: strconv.Itoa(v), Err: p.err})
			continue
		}
		n += uint64(v) * pow10[f.digits-p.to]
	}
	if e.Faults != nil {
		return 0, e
	}
	return n, nil
}
