package division

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gridgov/gridgov/internal/code"
)

// diagnose is every fault of a text that read refused.
func diagnose(s string) *ParseError {
	e := &ParseError{Given: s}
	switch {
	case code.Broken(s):
		e.whole(ErrSpreadsheet, s)
		return e
	case len(s) > code.LenMax:
		e.Given = clip(s)
		e.whole(ErrLength, number(utf8.RuneCountInString(s)))
		return e
	}
	slots := e.characters(s)
	switch n := len(slots); {
	case levelOf(n) != 0:
		e.parts(slots)
	case n == componentDigits:
		e.whole(ErrComponent, number(n))
		e.parts(slots[:layout[Province].to])
	default:
		// A digit too few or too many shifts all that follow it, so only the
		// province, which nothing precedes, is judged.
		e.whole(ErrLength, number(n))
		e.parts(slots[:min(n, layout[Province].to)])
	}
	slices.SortStableFunc(e.Faults, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return e
}

// componentDigits is the length of the id of a managed component (部件标识码).
const componentDigits = 16

// slot is a character that stands where a digit belongs.
type slot struct {
	at    int    // character of the text, from 1
	digit uint64 // 0 if not known
	known bool
}

// characters reports what is not an ASCII digit, each run of one kind as one
// fault, and answers the digits. A full-width digit is the digit it shows. A
// letter stands for a digit that is not known. Anything else separates digits
// and is none.
func (e *ParseError) characters(s string) []slot {
	var slots []slot
	var run *Error
	at, end := 0, 0
	for i, r := range s {
		_, size := utf8.DecodeRuneInString(s[i:])
		at, end = at+1, i+size
		kind := kindOf(r)
		switch {
		case kind == nil:
			run = nil
		case run != nil && run.Err == kind:
			run.To, run.Found = at, run.Found+s[i:end]
		default:
			run = &Error{From: at, To: at, Found: s[i:end], Err: kind}
			e.Faults = append(e.Faults, run)
		}
		switch {
		case kind == nil:
			slots = append(slots, slot{at, uint64(r - '0'), true})
		case kind == ErrWide:
			slots = append(slots, slot{at, uint64(r - '０'), true})
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			slots = append(slots, slot{at: at})
		}
	}
	return slots
}

// kindOf is what is wrong with a character, nil with an ASCII digit.
func kindOf(r rune) error {
	switch {
	case '0' <= r && r <= '9':
		return nil
	case '０' <= r && r <= '９':
		return ErrWide
	case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r): // Cf: marks of no width
		return ErrSpace
	default:
		return ErrCharacter
	}
}

// parts reports the parts that break a rule, but for those with a digit that is
// not known. There must be as many slots as a level has digits up to its own;
// else there are no parts.
func (e *ParseError) parts(slots []slot) {
	last := levelOf(len(slots))
	if last == 0 {
		return
	}
	n := uint64(0)
	for _, s := range slots {
		n = 10*n + s.digit
	}
	bad := Code(n * layout[last].unit).wrong(last == Grid)
	for l := Province; l <= last; l++ {
		part := slots[layout[l].from-1 : layout[l].to]
		if bad.has(l) && !slices.ContainsFunc(part, func(s slot) bool { return !s.known }) {
			e.Faults = append(e.Faults, &Error{
				From: part[0].at, To: part[len(part)-1].at, Found: spell(part), Err: partFaults[l],
			})
		}
	}
}

func spell(part []slot) string {
	var b strings.Builder
	for _, s := range part {
		b.WriteByte(byte('0' + s.digit))
	}
	return b.String()
}
