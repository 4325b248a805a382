package civil

import (
	"cmp"
	"errors"
	"fmt"
	"time"
)

// YearMin and YearMax bound what a Clock answers for: the rules of zones before
// 1970 are not recorded reliably, and those after a century are guesses.
const (
	YearMin = 1970
	YearMax = 2100
)

// ErrDate is the fault of a text or a date outside YearMin to YearMax.
var ErrDate = errors.New("not a date from 1970 to 2100")

// Date is a day of the civil calendar, in no zone. The zero Date is no day.
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

// ParseDate reads a date from YearMin to YearMax written as 2006-01-02. Anything
// else is ErrDate.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, fmt.Errorf("%w: %q is not written as 2006-01-02", ErrDate, text)
	}
	d := DateOf(t, time.UTC)
	if !d.Valid() {
		return Date{}, fmt.Errorf("%w: %q", ErrDate, text)
	}
	return d, nil
}

// Valid reports whether the date exists and lies from YearMin to YearMax.
func (d Date) Valid() bool {
	if d.Year < YearMin || d.Year > YearMax || d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > 31 {
		return false
	}
	return Numbered(d.Number()) == d
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Weekday is the day of the week of d.
func (d Date) Weekday() time.Weekday { return Weekday(d.Number()) }

// Compare orders dates by time.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// String writes the date as ParseDate reads it.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

// MarshalText writes the date as ParseDate reads it; the zero Date is empty.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads a date as ParseDate does; empty is the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

// The Gregorian calendar repeats after an era of 400 years. Counting years from
// 1 March puts the leap day last, so the days before a month are linear in it.
const (
	daysPerEra   = 146_097
	daysToEpoch  = 719_468 // from 0000-03-01 to 1970-01-01
	yearsPerEra  = 400
	daysPerYear  = 365
	daysPer4     = 1_460 // the last day of a 4-year cycle, from 0
	daysPer100   = 36_524
	lastDayOfEra = 146_096
)

// Number counts the days from 1970-01-01; after Howard Hinnant's days_from_civil.
// The year is not before 0.
func (d Date) Number() int64 {
	year, month := int64(d.Year), int64(d.Month)
	if month <= 2 {
		year, month = year-1, month+12
	}
	era := year / yearsPerEra
	ofEra := year - era*yearsPerEra
	ofYear := (153*(month-3)+2)/5 + int64(d.Day) - 1
	return era*daysPerEra + ofEra*daysPerYear + ofEra/4 - ofEra/100 + ofYear - daysToEpoch
}

// Numbered is the date whose Number is n; after Hinnant's civil_from_days. The
// date is not before the year 0.
func Numbered(n int64) Date {
	n += daysToEpoch
	era := n / daysPerEra
	day := n - era*daysPerEra
	year := (day - day/daysPer4 + day/daysPer100 - day/lastDayOfEra) / daysPerYear
	day -= daysPerYear*year + year/4 - year/100
	month := (5*day + 2) / 153
	d := Date{Year: int(year + era*yearsPerEra), Month: time.Month(month + 3), Day: int(day - (153*month+2)/5 + 1)}
	if d.Month > 12 {
		d.Year, d.Month = d.Year+1, d.Month-12
	}
	return d
}

// Weekday is the day of the week of the date whose Number is n.
func Weekday(n int64) time.Weekday {
	w := (n + int64(time.Thursday)) % 7 // 1970-01-01
	if w < 0 {
		w += 7
	}
	return time.Weekday(w)
}

// DaysIn is how many days the month has.
func DaysIn(year int, month time.Month) int {
	next := Date{Year: year, Month: month + 1, Day: 1}
	if month == time.December {
		next = Date{Year: year + 1, Month: time.January, Day: 1}
	}
	return int(next.Number() - Date{Year: year, Month: month, Day: 1}.Number())
}
