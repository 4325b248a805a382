package dispatch

import (
	"fmt"
	"slices"
	"time"
)

// Clock names one of the clocks of a case. Every clock has one due instant; due
// on the instant is on time, so a clock fires one millisecond after its due.
type Clock string

// The clocks, in the order in which clocks of one case with the same firing
// instant fire. TotalClock is the promise to the citizen: it starts at filing
// and never starts again. HandleClock is the time of the lead for one dispatch:
// it starts at dispatch, not at acknowledgement. The others give one stage, or
// one review, its time.
const (
	AckClock      Clock = "ack"      // A: the lead acknowledges (签收)
	RegisterClock Clock = "register" // R: the desk registers (立案)
	DispatchClock Clock = "dispatch" // P: the desk dispatches (派遣)
	VerifyClock   Clock = "verify"   // F: the desk verifies the work (核查)
	CloseClock    Clock = "close"    // C: the desk closes (结案)
	HandleClock   Clock = "handle"   // H: the lead handles (处置)
	TotalClock    Clock = "total"    // T: from filing to closing
	ReviewClock   Clock = "review"   // the desk looks again at a late case, or at one that nothing else would call up
)

// clockOrder is every clock in firing order.
var clockOrder = [...]Clock{
	AckClock, RegisterClock, DispatchClock, VerifyClock, CloseClock, HandleClock, TotalClock, ReviewClock,
}

// AllClocks lists every clock in firing order.
func AllClocks() []Clock { return slices.Clone(clockOrder[:]) }

// Letter is the letter of the clock in the transition table.
func (c Clock) Letter() string {
	switch c {
	case AckClock:
		return "A"
	case RegisterClock:
		return "R"
	case DispatchClock:
		return "P"
	case VerifyClock:
		return "F"
	case CloseClock:
		return "C"
	case HandleClock:
		return "H"
	case TotalClock:
		return "T"
	case ReviewClock:
		return "W"
	}
	return ""
}

// Clocks holds every due of a case after the entry that carries it. A zero time
// is no due. Stage is the due of the stage clock of the case's state.
type Clocks struct {
	Total  time.Time `json:"total,omitzero"`
	Handle time.Time `json:"handle,omitzero"`
	Stage  time.Time `json:"stage,omitzero"`
	Review time.Time `json:"review,omitzero"`
	// Provisional marks a due that a firing set past the end of the calendar, in
	// elapsed days instead of working days.
	Provisional bool `json:"provisional,omitzero"`
}

// instant is a count of milliseconds since the beginning of year 1 in UTC, the
// zero time.Time. 0 is no instant. A case holds a dozen of them, at a third of
// the size of a time.Time.
type instant int64

// epochMillis is the distance from the beginning of year 1 to the Unix epoch.
const epochMillis = 62135596800000

// instantMax is the last instant RFC 3339 can write: the end of the year 9999.
const instantMax = instant(253402300799999 + epochMillis)

// instantOf reads a whole millisecond of the years 1 to 9999. Errors, in this
// order: ErrTimeRange, ErrNotMillis. The zero time is ErrTimeRange.
func instantOf(t time.Time) (instant, error) {
	if year := t.UTC().Year(); t.IsZero() || year < 1 || year > 9999 {
		return 0, fmt.Errorf("%w: year %d", ErrTimeRange, year)
	}
	if t.Nanosecond()%int(time.Millisecond) != 0 {
		return 0, fmt.Errorf("%w: %s", ErrNotMillis, t.UTC().Format(time.RFC3339Nano))
	}
	return instant(t.UnixMilli() + epochMillis), nil
}

// optionalInstant is instantOf, with the zero time as no instant.
func optionalInstant(t time.Time) (instant, error) {
	if t.IsZero() {
		return 0, nil
	}
	return instantOf(t)
}

// time is the instant as a UTC time, the zero time when there is none.
func (i instant) time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(i) - epochMillis).UTC()
}

// of is the due of a clock; the empty clock stands for the stage.
func (c Clocks) of(clock Clock) time.Time {
	switch clock {
	case TotalClock:
		return c.Total
	case HandleClock:
		return c.Handle
	case ReviewClock:
		return c.Review
	}
	return c.Stage
}
