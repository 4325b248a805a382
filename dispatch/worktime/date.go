package worktime

import (
	"fmt"
	"time"
)

// YearMin and YearMax bound every Calendar: a century of working days is enough
// for any undertaking, and keeps the prefix sums below two megabytes.
const (
	YearMin = 1990
	YearMax = 2100
)

// Date is a day of the civil calendar, in no zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the local date of at in zone; a nil zone is UTC.
func DateOf(at time.Time, zone *time.Location) Date {
	if zone == nil {
		zone = time.UTC
	}
	y, m, d := at.In(zone).Date()
	return Date{Year: y, Month: m, Day: d}
}

// ParseDate reads a date written as 2006-01-02. Anything else is ErrDate.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, fmt.Errorf("%w: %q is not written as 2006-01-02", ErrDate, text)
	}
	return DateOf(t, time.UTC), nil
}

// Valid reports whether the date exists and lies from YearMin to YearMax.
func (d Date) Valid() bool {
	if d.Year < YearMin || d.Year > YearMax || d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > 31 {
		return false
	}
	return dateOf(d.number()) == d
}

// Weekday is the day of the week of d.
func (d Date) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}

// Compare orders dates by time.
func (d Date) Compare(e Date) int {
	switch {
	case d == e:
		return 0
	case d.Year < e.Year || d.Year == e.Year && (d.Month < e.Month || d.Month == e.Month && d.Day < e.Day):
		return -1
	}
	return 1
}

// String writes the date as ParseDate reads it.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

// MarshalText writes the date as ParseDate reads it.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a date as ParseDate does.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

// secondsPerDay is the length of a civil day on a clock that never changes.
const secondsPerDay = 24 * 60 * 60

// number counts the days from 1970-01-01.
func (d Date) number() int64 {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay
}

// dateOf is the date whose number is n.
func dateOf(n int64) Date { return DateOf(time.Unix(n*secondsPerDay, 0), time.UTC) }

// Kind says whether a day is worked.
type Kind string

// The kinds of a day.
const (
	Off  Kind = "off"  // a public holiday or a day of the weekend (休)
	Work Kind = "work" // a working day, or a day worked instead of another (班)
)

// Day is one day that a notice lists, against or in agreement with the weekly
// rule.
type Day struct {
	Date   Date   `json:"date"`
	Kind   Kind   `json:"kind"`
	Name   string `json:"name,omitzero"`   // the holiday that it belongs to
	Notice string `json:"notice,omitzero"` // where the notice may be read
}
