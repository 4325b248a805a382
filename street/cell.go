package street

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/span"
)

// code reads a required code.
func (r *row) code(name string) Code {
	c := Code(r.cell(name))
	if err := code.Check(c); err != nil {
		r.codeFault(name, err)
		return ""
	}
	return c
}

// optional reads a code that may be absent.
func (r *row) optional(name string) Code {
	if r.cell(name) == "" {
		return ""
	}
	return r.code(name)
}

func (r *row) codeFault(name string, err error) {
	switch {
	case errors.Is(err, code.ErrEmpty):
		r.fault("empty-cell", name, err)
	case errors.Is(err, code.ErrBroken):
		r.fault("broken-code", name, err)
	default:
		r.fault("bad-code", name, err)
	}
}

// wild reads an optional code that may also be "*"; both absent and "*" answer
// "".
func (r *row) wild(name string) Code {
	if r.cell(name) == "*" {
		return ""
	}
	return r.optional(name)
}

// required reads text that may not be empty.
func (r *row) required(name string) string {
	text := r.cell(name)
	if text == "" {
		r.fault("empty-cell", name, nil)
	}
	return text
}

// list reads values separated by ";", or by the marks that a Chinese keyboard has
// there (；、，).
func (r *row) list(name string) []string {
	var values []string
	for v := range strings.FieldsFuncSeq(r.cell(name), func(c rune) bool { return strings.ContainsRune(";；、，", c) }) {
		if v = strings.TrimSpace(v); v != "" {
			values = append(values, v)
		}
	}
	return values
}

// time reads a required instant.
func (r *row) time(name string) time.Time {
	if r.cell(name) == "" {
		r.fault("empty-cell", name, nil)
		return time.Time{}
	}
	return r.maybeTime(name)
}

// maybeTime reads an instant that may be absent.
func (r *row) maybeTime(name string) time.Time {
	text := r.cell(name)
	if text == "" {
		return time.Time{}
	}
	at, ambiguous, err := parseTime(text, r.load.zone)
	switch {
	case errors.Is(err, errNonexistent):
		r.fault("nonexistent-time", name, err, r.load.zone.String())
	case err != nil:
		r.fault("bad-time", name, err)
	case ambiguous:
		r.warn("ambiguous-time", name, at.In(r.load.zone).Format(time.RFC3339))
	}
	return at
}

// near is a time that the street lives through: beyond the years that a calendar
// covers no due can be counted.
func (r *row) near(name string, at time.Time) time.Time {
	if !at.IsZero() && !within(at) {
		r.fault("far-time", name, nil, fmt.Sprint(worktime.YearMin), fmt.Sprint(worktime.YearMax))
	}
	return at
}

// within reports whether at lies in the years that a calendar covers, with a
// year to spare for dues and zones.
func within(at time.Time) bool { return at.Year() > worktime.YearMin && at.Year() < worktime.YearMax }

// interval reads from and until; an interval that holds no instant is a fault.
func (r *row) interval() span.Interval {
	i := span.Interval{From: r.maybeTime("from"), Until: r.maybeTime("until")}
	if !i.Valid() {
		r.fault("empty-interval", "until", nil, r.cell("from"))
	}
	return i
}

// whole reads an optional integer from lo to hi.
func (r *row) whole(name string, lo, hi int64) int64 {
	text := r.cell(name)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < lo || n > hi {
		r.fault("bad-number", name, err, strconv.FormatInt(lo, 10), strconv.FormatInt(hi, 10))
		return 0
	}
	return n
}

// degrees reads an optional coordinate between -limit and limit. ok is false
// when the cell is empty or at fault.
func (r *row) degrees(name string, limit float64) (v float64, ok bool) {
	text := r.cell(name)
	if text == "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) > limit {
		r.fault("bad-coordinate", name, err, fmt.Sprint(limit))
		return 0, false
	}
	return v, true
}

// yuan reads an optional, not negative amount of money.
func (r *row) yuan(name string) finance.Fen {
	text := r.cell(name)
	if text == "" {
		return 0
	}
	amount, err := finance.ParseYuan(text)
	if err != nil || amount < 0 {
		r.fault("bad-money", name, err)
		return 0
	}
	return amount
}

// budget reads an optional length of time such as 4wh.
func (r *row) budget(name string) worktime.Budget {
	b, err := worktime.ParseBudget(r.cell(name))
	if err != nil {
		r.fault("bad-budget", name, err)
	}
	return b
}

// truth reads an optional yes or no.
func (r *row) truth(name string) (value, known bool) {
	switch strings.ToLower(valueName(name, r.cell(name))) {
	case "":
		return false, false
	case "true", "yes", "1", "y":
		return true, true
	case "false", "no", "0", "n":
		return false, true
	}
	r.fault("bad-truth", name, nil)
	return false, false
}

// yes reads an optional yes or no, no when it is empty.
func (r *row) yes(name string) bool {
	value, _ := r.truth(name)
	return value
}

// positive reads an optional number from 0.
func (r *row) positive(name string) float64 {
	text := r.cell(name)
	if text == "" {
		return 0
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(v >= 0) || math.IsInf(v, 0) {
		r.fault("bad-amount", name, err)
		return 0
	}
	return v
}

// must reads a required value of a closed set, through the Chinese aliases.
func (r *row) must(name string, allowed ...string) string {
	if r.cell(name) == "" {
		r.fault("empty-cell", name, nil)
		return ""
	}
	return r.choice(name, allowed...)
}

// choice reads an optional value of a closed set, through the Chinese aliases.
func (r *row) choice(name string, allowed ...string) string {
	text := valueName(name, r.cell(name))
	if text == "" {
		return ""
	}
	for _, a := range allowed {
		if text == a {
			return a
		}
	}
	r.fault("bad-choice", name, nil, strings.Join(allowed, ", "))
	return ""
}

// checkCode faults a cell in whose list c cannot be a code.
func (r *row) checkCode(name string, c Code) {
	if err := code.Check(c); err != nil {
		r.codeFault(name, err)
	}
}
