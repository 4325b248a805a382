package roster

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

// Days says which dates are worked: those that any part names. The zero Days is
// every date.
type Days struct {
	Week  [7]bool  // by time.Weekday, Sunday is 0
	Month [32]bool // by day of the month, 1 to 31; a month without the day has no such date. [0] is not used
	Last  bool     // the last day of every month
}

// ParseDays reads weekdays and days of the month separated by ";": Mon-Fri,
// Mon;Wed, 1;15;last, 10-20. A range of weekdays may run over the weekend
// (Sat-Mon). Empty text is every date. Anything else is ErrDays.
func ParseDays(text string) (Days, error) {
	var days Days
	if strings.TrimSpace(text) == "" {
		return days, nil
	}
	for part := range strings.SplitSeq(text, ";") {
		if !days.add(strings.TrimSpace(part)) {
			return Days{}, fmt.Errorf("%w: %q in %q, want Mon-Fri, Mon;Wed or 1;15;last", ErrDays, part, text)
		}
	}
	return days, nil
}

// add notes one weekday, day of the month, range of either, or "last".
func (d *Days) add(part string) bool {
	if strings.EqualFold(part, "last") {
		d.Last = true
		return true
	}
	first, last, ranged := strings.Cut(part, "-")
	if !ranged {
		last = first
	}
	if from, ok := weekday(first); ok {
		until, ok := weekday(last)
		for w := from; ok; w = (w + 1) % 7 {
			d.Week[w] = true
			if w == until {
				break
			}
		}
		return ok
	}
	from, okFrom := whole(strings.TrimSpace(first))
	until, okUntil := whole(strings.TrimSpace(last))
	if !okFrom || !okUntil || from < 1 || from > until || until > 31 {
		return false
	}
	for n := from; n <= until; n++ {
		d.Month[n] = true
	}
	return true
}

func weekday(name string) (time.Weekday, bool) {
	for d := range time.Saturday + 1 {
		if strings.EqualFold(strings.TrimSpace(name), d.String()[:3]) {
			return d, true
		}
	}
	return 0, false
}

// String writes the days as ParseDays reads them: weekdays from Monday, then days
// of the month, then last; runs of three and more as ranges. Every date is empty.
func (d Days) String() string {
	var parts []string
	names := [7]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
	parts = runs(parts, 7, func(i int) bool { return d.Week[(i+1)%7] }, func(i int) string { return names[i] })
	parts = runs(parts, 32, func(i int) bool { return i > 0 && d.Month[i] }, strconv.Itoa)
	if d.Last {
		parts = append(parts, "last")
	}
	return strings.Join(parts, ";")
}

// runs names the numbers below n that in holds.
func runs(parts []string, n int, in func(int) bool, name func(int) string) []string {
	for i := 0; i < n; i++ {
		if !in(i) {
			continue
		}
		j := i
		for j+1 < n && in(j+1) {
			j++
		}
		if j < i+2 {
			j = i
			parts = append(parts, name(i))
		} else {
			parts = append(parts, name(i)+"-"+name(j))
		}
		i = j
	}
	return parts
}

// MarshalText writes the days as ParseDays reads them.
func (d Days) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads days as ParseDays does.
func (d *Days) UnmarshalText(text []byte) error {
	parsed, err := ParseDays(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

// every reports whether no part names a date, which means all of them.
func (d Days) every() bool {
	d.Month[0] = false
	return d == Days{}
}

// monthly reports whether the day of the month matters.
func (d Days) monthly() bool { return d.Last || d.Month != [32]bool{} }

// holds reports whether the date with the number n is one of the days.
func (d *Days) holds(n int64) bool {
	if d.Week[civil.Weekday(n)] {
		return true
	}
	if !d.monthly() {
		return false
	}
	date := civil.Numbered(n)
	return d.Month[date.Day] || d.Last && date.Day == civil.DaysIn(date.Year, date.Month)
}
