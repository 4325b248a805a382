package rounds

import (
	"fmt"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

// Date is a day of the civil calendar without a zone: 1 is 0001-01-01 and 0 is
// no date. It is written "2026-03-31", and "" for none. Dates compare and
// subtract as numbers of days.
type Date int32

const (
	dateMax   = Date(3_652_059) // 9999-12-31
	epochDate = Date(719_163)   // 1970-01-01
	daySecs   = 86_400
)

// DateOf is the date that t shows in its own zone, 0 outside the years 1 to 9999.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	if y < 1 || y > 9999 {
		return 0
	}
	return dateOn(y, m, d)
}

// dateOn is a date; months and days outside their range are carried over.
func dateOn(y int, m time.Month, d int) Date {
	return Date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/daySecs) + epochDate
}

// midnight is the beginning of d in UTC.
func (d Date) midnight() time.Time { return time.Unix(int64(d-epochDate)*daySecs, 0).UTC() }

// month is the number of the month of d, counted from year 0.
func (d Date) month() int {
	y, m, _ := d.midnight().Date()
	return 12*y + int(m) - 1
}

// first is the first day of a month numbered as by month.
func first(month int) Date { return dateOn(month/12, time.Month(month%12+1), 1) }

func (d Date) valid() bool { return 0 < d && d <= dateMax }

// String is "2026-03-31", "" for 0 and "day 4000000" for what is no date of the
// years 1 to 9999.
func (d Date) String() string {
	switch {
	case d == 0:
		return ""
	case !d.valid():
		return fmt.Sprintf("day %d", int32(d))
	}
	return d.midnight().Format(time.DateOnly)
}

// MarshalText writes the date; ErrDate outside the years 1 to 9999.
func (d Date) MarshalText() ([]byte, error) {
	if d != 0 && !d.valid() {
		return nil, &Error{Field: "date", Text: d.String(), Err: ErrDate}
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText wrote and nothing else; ErrDate.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil || !DateOf(t).valid() {
		return &Error{Field: "date", Text: string(text), Err: ErrDate}
	}
	*d = DateOf(t)
	return nil
}

// start is the first instant, in Unix milliseconds, at which the clocks of zone
// show d or a later date. It exists also where midnight does not (clocks put
// forward at midnight) and where a whole day is left out; where clocks are put
// back over midnight the earlier instant counts. ok is false past the year 9999.
func start(d Date, zone *time.Location) (ms int64, ok bool) {
	if !d.valid() {
		return 0, false
	}
	return civil.Start(d.midnight().UnixMilli(), zone), true
}

// dateOf is the date of an instant in zone: the latest that has begun by start.
func dateOf(ms int64, zone *time.Location) Date {
	d := DateOf(time.UnixMilli(ms).In(zone))
	if next, ok := start(d+1, zone); ok && next <= ms {
		return d + 1
	}
	return d
}
