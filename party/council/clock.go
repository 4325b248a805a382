package council

import (
	"time"

	"github.com/gridgov/gridgov/internal/envelope"
)

// stamp is the layout of an instant in an entry.
const stamp = envelope.Stamp

const (
	dayMillis = 24 * 60 * 60 * 1000 // a day between reviews
	beijing   = 8 * 60 * 60 * 1000  // China has one time zone, without summer time
	fireAfter = 1                   // a due on the instant is on time
)

// instant says why t cannot be an instant of an entry.
func instant(t time.Time) error {
	_, err := envelope.Millis(t, ErrNotMillis, ErrTimeRange)
	return err
}

// millis is at as Unix milliseconds, or why it cannot be one.
func millis(at time.Time) (int64, error) {
	ms, err := envelope.Millis(at, ErrNotMillis, ErrTimeRange)
	if err != nil {
		return 0, &Error{Field: "at", Err: err}
	}
	return ms, nil
}

// none stands for no instant. No instant that passes the door is as small.
const none int64 = -1 << 63

// milli is a checked instant of a command or fact; none when it is zero.
func milli(t time.Time) int64 {
	if t.IsZero() {
		return none
	}
	return t.UnixMilli()
}

// date is the instant of so many milliseconds, zero for none.
func date(ms int64) time.Time {
	if ms == none {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// after is so many days later, or the last instant there is.
func after(ms int64, days int) int64 { return min(ms+int64(days)*dayMillis, envelope.LastMilli) }

// yearOf is the natural year (自然年) of an instant in Beijing.
func yearOf(ms int64) int { return time.UnixMilli(ms + beijing).UTC().Year() }
