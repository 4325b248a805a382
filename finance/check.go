package finance

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gridgov/gridgov/internal/code"
)

// known answers do when it is one of the verbs by value. Anything else (nil, a
// pointer, a foreign type that embeds a verb) is not.
func known(do Do) bool {
	switch do.(type) {
	case Open, Appropriate, Fund, Commit, Pay, Release, Settle, Assert:
		return true
	}
	return false
}

// well reports what is malformed about a command, nil when nothing is.
func (c *Command) well() error {
	if len(c.Key) > KeyMax {
		return &Error{Field: "key", Text: c.Key, Err: ErrKey}
	}
	if !known(c.Do) {
		return &Error{Field: "do", Text: fmt.Sprintf("%T", c.Do), Err: ErrVerb}
	}
	fault := cmp.Or(optional("person", c.Actor.Person), optional("post", c.Actor.Post), c.Do.check())
	if fault != nil {
		fault.What = c.Do.verb()
		return fault
	}
	return nil
}

func (d Open) check() *Error {
	return cmp.Or(required("line", d.Line), text("name", d.Name), required("party", d.Party),
		required("purpose", d.Purpose), year(d.Year), source(d.Source))
}

func (d Appropriate) check() *Error {
	return cmp.Or(required("line", d.Line), positive("amount", d.Amount), text("basis", d.Basis))
}

func (d Fund) check() *Error {
	return cmp.Or(required("mandate", d.Mandate), required("purpose", d.Purpose), year(d.Year),
		required("community", d.Community), required("approver", d.Approver), shares("shares", d.Shares))
}

func (d Commit) check() *Error {
	return cmp.Or(required("mandate", d.Mandate), required("commitment", d.Commitment),
		required("payee", d.Payee), optional("purpose", d.Purpose), positive("amount", d.Amount))
}

func (d Pay) check() *Error {
	return cmp.Or(required("commitment", d.Commitment), required("payment", d.Payment), positive("amount", d.Amount))
}

func (d Release) check() *Error { return required("commitment", d.Commitment) }

func (d Settle) check() *Error { return required("mandate", d.Mandate) }

func (d Assert) check() *Error {
	if (d.Line == "") == (d.Mandate == "") {
		return &Error{Field: "line", Err: ErrSubject}
	}
	return cmp.Or(optional("line", d.Line), optional("mandate", d.Mandate))
}

// required faults a code that is missing or bad.
func required(field string, c Code) *Error {
	if plain(c) {
		return nil
	}
	if err := code.Check(c); err != nil {
		return &Error{Field: field, Err: fmt.Errorf("%w: %w", ErrCode, err)}
	}
	return nil
}

// plain is the quick way through code.Check for most codes: a letter first,
// then letters, digits, points, hyphens and underscores.
func plain(c Code) bool {
	if c == "" || len(c) > code.LenMax || c[0] <= '9' {
		return false
	}
	for i := range len(c) {
		if b := c[i]; !('a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '-' || b == '.' || b == '_') {
			return false
		}
	}
	return true
}

func optional(field string, c Code) *Error {
	if c == "" {
		return nil
	}
	return required(field, c)
}

func positive(field string, f Fen) *Error {
	if f <= 0 {
		return &Error{Field: field, Text: f.String(), Err: ErrAmount}
	}
	return nil
}

func text(field, s string) *Error {
	if len(s) > TextMax || !utf8.ValidString(s) {
		return &Error{Field: field, Text: s, Err: ErrText}
	}
	return nil
}

func year(y int) *Error {
	if y < 1 || y > YearMax {
		return &Error{Field: "year", Text: fmt.Sprint(y), Err: ErrYear}
	}
	return nil
}

func source(s Source) *Error {
	switch s {
	case Treasury, Department, Social:
		return nil
	}
	return &Error{Field: "source", Text: string(s), Err: ErrSource}
}

// shares faults a list of shares, whatever its order.
func shares(field string, list []Share) *Error {
	if len(list) == 0 || len(list) > SharesMax {
		return &Error{Field: field, Text: fmt.Sprint(len(list)), Err: ErrShares}
	}
	for i, s := range list {
		fault := cmp.Or(required(field, s.Line), positive(field, s.Amount))
		if fault == nil && slices.ContainsFunc(list[:i], func(p Share) bool { return p.Line == s.Line }) {
			fault = &Error{Field: field, Text: string(s.Line), Err: ErrTwice}
		}
		if fault != nil {
			fault.Index = i + 1
			return fault
		}
	}
	return nil
}

// covers reports whether a purpose allows another: itself and what is below it
// by dots.
func covers(purpose, other Code) bool {
	rest, ok := strings.CutPrefix(string(other), string(purpose))
	return ok && (rest == "" || rest[0] == '.')
}

// byLine orders shares by the code of their line.
func byLine(a, b Share) int { return strings.Compare(string(a.Line), string(b.Line)) }
