package points

import (
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/gridgov/gridgov/internal/code"
)

// The limits of a command's texts, in bytes.
const (
	KeyMax  = 1024
	TextMax = 512
)

// Actor is who gives a command: a person, acting on a post. The zero Actor is the
// host itself, a system of record, to which everything is allowed.
type Actor struct {
	Person Code `json:"person,omitzero"`
	Post   Code `json:"post,omitzero"`
}

// Command asks to record something. A Key makes it safe to send again: the same
// key with the same actor and Do answers the first outcome for ever, with another
// body it is ErrReused. An empty Key is no key. Expect, when not zero, must be the
// version of the account that the command touches (for Adopt, the number of plans
// adopted), else it is refused as stale.
type Command struct {
	Key    string
	Actor  Actor
	Expect uint64
	Do     Do
}

// Do is one of the verbs, given by value: Adopt, Award, Deduct, Reverse. Verbs lists
// them.
type Do interface {
	verb() string
	check() *Error // nil when well formed
}

// Adopt adopts a plan for a natural year and those after it, up to the first year
// for which another one is adopted.
type Adopt struct {
	Year int  `json:"year"`
	Plan Plan `json:"plan"`
}

// Award gives a subject the points of an item, above zero (加分). On is the date of
// the deed and decides year and period; zero is the date of the command. Times is
// how often, zero is once. Basis is the code of what it rests on (a case, a meeting)
// and may be empty. The id is unique among awards and deductions.
type Award struct {
	Award   Code `json:"award"`
	Subject Code `json:"subject"`
	Item    Code `json:"item"`
	On      Date `json:"on,omitzero"`
	Times   int  `json:"times,omitzero"`
	Basis   Code `json:"basis,omitzero"`
}

// Deduct takes the points of an item below zero (扣分); its fields are those of Award.
type Deduct Award

// Reverse takes an award or a deduction back (冲销), once and whole. Reason is a code
// and may be empty.
type Reverse struct {
	Award  Code `json:"award"`
	Reason Code `json:"reason,omitzero"`
}

func (Adopt) verb() string   { return "adopt" }
func (Award) verb() string   { return "award" }
func (Deduct) verb() string  { return "deduct" }
func (Reverse) verb() string { return "reverse" }

// Verb describes one verb.
type Verb struct {
	Name  string
	Doc   string // one line
	Right string // what the actor needs over the scope of the plan
	Zero  Do     // its zero value, which shows the fields
}

// RightAssess is the right (监督考核) that every verb needs: over the scope of the plan
// of the year, and for Adopt over the new plan's as well.
const RightAssess = "assess"

// Verbs lists every verb, in the order in which an account meets them.
func Verbs() []Verb {
	return []Verb{
		{"adopt", "adopt the plan of a year and those after it (积分办法)", RightAssess, Adopt{}},
		{"award", "give the points of an item, as far as the caps leave room", RightAssess, Award{}},
		{"deduct", "take the points of an item, as far as the caps leave room", RightAssess, Deduct{}},
		{"reverse", "take an award or a deduction back", RightAssess, Reverse{}},
	}
}

// known answers do when it is one of the verbs by value.
func known(do Do) bool {
	switch do.(type) {
	case Adopt, Award, Deduct, Reverse:
		return true
	}
	return false
}

// clean reports what is malformed about a command, nil when nothing is.
func (c *Command) clean() error {
	if len(c.Key) > KeyMax {
		return &Error{Field: "key", Text: c.Key, Err: ErrKey}
	}
	if !known(c.Do) {
		return &Error{Field: "do", Text: fmt.Sprintf("%T", c.Do), Err: ErrVerb}
	}
	if fault := firstOf(optional("person", c.Actor.Person), optional("post", c.Actor.Post), c.Do.check()); fault != nil {
		fault.What = c.Do.verb()
		return fault
	}
	return nil
}

func firstOf(faults ...*Error) *Error {
	for _, f := range faults {
		if f != nil {
			return f
		}
	}
	return nil
}

func (d Adopt) check() *Error { return firstOf(year(d.Year), d.Plan.check()) }

func (d Award) check() *Error {
	fault := firstOf(required("award", d.Award), required("subject", d.Subject), required("item", d.Item))
	switch {
	case fault != nil:
		return fault
	case !d.On.IsZero() && !d.On.Valid():
		return &Error{Field: "on", Text: d.On.String(), Err: ErrDate}
	case d.Times < 0 || d.Times > TimesMax:
		return &Error{Field: "times", Text: strconv.Itoa(d.Times), Err: ErrTimes}
	}
	return optional("basis", d.Basis)
}

func (d Deduct) check() *Error { return Award(d).check() }

func (d Reverse) check() *Error {
	return firstOf(required("award", d.Award), optional("reason", d.Reason))
}

// required faults a code that is missing or bad.
func required(field string, c Code) *Error {
	if err := code.Check(c); err != nil {
		return &Error{Field: field, Err: fmt.Errorf("%w: %w", ErrCode, err)}
	}
	return nil
}

func optional(field string, c Code) *Error {
	if c == "" {
		return nil
	}
	return required(field, c)
}

func text(field, s string) *Error {
	if len(s) > TextMax || !utf8.ValidString(s) {
		return &Error{Field: field, Text: s, Err: ErrText}
	}
	return nil
}

func within(field string, p, least, most Points) *Error {
	if p < least || p > most {
		return &Error{Field: field, Text: p.String(), Err: ErrPoints}
	}
	return nil
}

func year(y int) *Error {
	if !(Date{Year: y, Month: time.January, Day: 1}).Valid() {
		return &Error{Field: "year", Text: strconv.Itoa(y), Err: ErrYear}
	}
	return nil
}
