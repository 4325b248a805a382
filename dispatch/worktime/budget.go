package worktime

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Unit is the clock in which a Budget is counted.
type Unit string

// The units of a Budget. Elapsed units run day and night; working units run
// only inside a Calendar's windows (紧急工作时 / 工作时 / 工作日 / 自然日).
const (
	Minutes      Unit = "m"  // elapsed minutes
	Hours        Unit = "h"  // elapsed hours
	Days         Unit = "d"  // elapsed days of 24 hours
	WorkingHours Unit = "wh" // hours inside working windows
	WorkingDays  Unit = "wd" // the start day is not counted; due at the close of the n-th working day
)

// AmountMax is the largest number of units in a Budget: a century of minutes.
const AmountMax = 100 * 366 * 24 * 60

// ErrBudget marks text that is not a budget.
var ErrBudget = errors.New("not a budget")

// Budget is a length of time for doing something, such as 4wh or 15wd!. The
// zero Budget is none.
type Budget struct {
	N    int64
	Unit Unit
	Firm bool // may not be suspended, written as a trailing "!"
}

// ParseBudget reads a whole number from 1 to AmountMax, a unit (m, h, d, wh, wd)
// and an optional "!". Empty text is the zero Budget. Anything else is
// ErrBudget.
func ParseBudget(text string) (Budget, error) {
	if text == "" {
		return Budget{}, nil
	}
	body, firm := strings.CutSuffix(text, "!")
	cut := strings.IndexFunc(body, func(r rune) bool { return r < '0' || r > '9' })
	if cut <= 0 {
		return Budget{}, fmt.Errorf("%w: %q needs a number and a unit", ErrBudget, text)
	}
	n, err := strconv.ParseInt(body[:cut], 10, 64)
	if err != nil || n < 1 || n > AmountMax {
		return Budget{}, fmt.Errorf("%w: %q is not between 1 and %d", ErrBudget, text, AmountMax)
	}
	unit := Unit(body[cut:])
	switch unit {
	case Minutes, Hours, Days, WorkingHours, WorkingDays:
		return Budget{N: n, Unit: unit, Firm: firm}, nil
	}
	return Budget{}, fmt.Errorf("%w: %q has no unit m, h, d, wh or wd", ErrBudget, text)
}

// IsZero reports whether there is no budget.
func (b Budget) IsZero() bool { return b == Budget{} }

// String writes the budget as ParseBudget reads it.
func (b Budget) String() string {
	if b.IsZero() {
		return ""
	}
	text := strconv.FormatInt(b.N, 10) + string(b.Unit)
	if b.Firm {
		text += "!"
	}
	return text
}

// MarshalText writes the budget as ParseBudget reads it.
func (b Budget) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText reads a budget as ParseBudget does.
func (b *Budget) UnmarshalText(text []byte) error {
	parsed, err := ParseBudget(string(text))
	if err == nil {
		*b = parsed
	}
	return err
}

// Text is the budget in words: "zh" is Chinese, anything else English. Whether it is Firm
// is not said, and the zero Budget is "".
func (b Budget) Text(lang string) string {
	if b.IsZero() {
		return ""
	}
	words := unitWords[b.Unit]
	n := strconv.FormatInt(b.N, 10)
	switch {
	case lang == "zh":
		return n + words[1]
	case b.N == 1:
		return n + " " + strings.TrimSuffix(words[0], "s")
	}
	return n + " " + words[0]
}

var unitWords = map[Unit][2]string{
	Minutes: {"minutes", "分钟"}, Hours: {"hours", "小时"}, Days: {"days", "天"},
	WorkingHours: {"working hours", "个工作小时"}, WorkingDays: {"working days", "个工作日"},
}
