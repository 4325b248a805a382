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
	NoteClock     Clock = "note"     // N: regulator and rectifier acknowledge a dual push
	RegisterClock Clock = "register" // R: the desk registers (立案)
	AnswerClock   Clock = "answer"   // Q: the reporter answers what the desk asked (补充)
	DispatchClock Clock = "dispatch" // P: the desk dispatches (派遣)
	ReturnClock   Clock = "return"   // V: the desk looks at a return (退件审核)
	DisputeClock  Clock = "dispute"  // D: a body of the dispute ladder rules (争议裁定)
	SuspendClock  Clock = "suspend"  // U: a suspended case is looked at again (挂起复查)
	VerifyClock   Clock = "verify"   // F: the desk verifies the work (核查)
	CloseClock    Clock = "close"    // C: the desk closes (结案)
	RectifyClock  Clock = "rectify"  // X: the rectifier mends (整改)
	HandleClock   Clock = "handle"   // H: the lead handles (处置)
	TotalClock    Clock = "total"    // T: from filing to closing
	LadderClock   Clock = "ladder"   // L: the next rung of the overdue ladder (督办升级)
	ReviewClock   Clock = "review"   // the desk looks again at a late case, or at one that nothing else would call up
	ArchiveClock  Clock = "archive"  // Y: a case that has ended leaves memory (归档)
)

// clockOrder is every clock in firing order.
var clockOrder = [...]Clock{
	AckClock, NoteClock, RegisterClock, AnswerClock, DispatchClock, ReturnClock, DisputeClock, SuspendClock, VerifyClock,
	CloseClock, RectifyClock, HandleClock, TotalClock, LadderClock, ReviewClock, ArchiveClock,
}

// AllClocks lists every clock in firing order.
func AllClocks() []Clock { return slices.Clone(clockOrder[:]) }

// Letter is the letter of the clock in the transition table.
func (c Clock) Letter() string {
	const letters = "ANRQPVDUFCXHTLWY"
	for i, each := range clockOrder {
		if each == c {
			return letters[i : i+1]
		}
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

	Note    time.Time `json:"note,omitzero"`
	Rectify time.Time `json:"rectify,omitzero"`
	Ladder  time.Time `json:"ladder,omitzero"`
	Archive time.Time `json:"archive,omitzero"` // only of a case that has ended
	// Own is T without the cases merged into this one, when it is set or goes on, or a
	// new calendar moves it.
	Own time.Time `json:"own,omitzero"`
	// Span is the whole length of the handle time in milliseconds as its clock counts
	// it, extensions included; 0 without an overdue ladder.
	Span   int64    `json:"span,omitzero"`
	Paused []Paused `json:"paused,omitempty"` // clocks that stand still, and what is left of them
	// Provisional marks a due that rests on days outside the published years, or that a
	// firing set past the end of the calendar, in elapsed days instead of working days.
	Provisional bool `json:"provisional,omitzero"`
}

// Paused is what is left of a clock that stands still: milliseconds of working
// time, or of any time when the clock counts every minute. The clock goes on with
// exactly that much. Where new calendars came meanwhile, working time is counted on
// each calendar in force since it stands still, and the latest due stands, so that no
// new calendar brings the clock forward (时限重算).
type Paused struct {
	Clock   Clock `json:"clock"`
	Left    int64 `json:"left"`
	Working bool  `json:"working,omitzero"`
	// Setup is the number of the setup in force when a clock that counts working time
	// began to stand still, or was imported standing still. With 0 only the calendar in
	// force when it goes on counts; an import's own number is replaced.
	Setup uint64 `json:"setup,omitzero"`
	// Own is what is left of T without the cases merged into this one, when that is more.
	Own        int64 `json:"own,omitzero"`
	OwnWorking bool  `json:"own_working,omitzero"`
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
	// By seconds: the year of an instant costs more than all else here.
	if sec := t.Unix(); t.IsZero() || sec < -epochMillis/1000 || sec > int64(instantMax-epochMillis)/1000 {
		return 0, fmt.Errorf("%w: year %d", ErrTimeRange, t.UTC().Year())
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
	case NoteClock:
		return c.Note
	case RectifyClock:
		return c.Rectify
	case LadderClock:
		return c.Ladder
	case ArchiveClock:
		return c.Archive
	}
	return c.Stage
}

// set changes the due of a clock; every clock without a field is the stage.
func (c *Clocks) set(clock Clock, due time.Time) {
	switch clock {
	case TotalClock:
		c.Total = due
	case HandleClock:
		c.Handle = due
	case ReviewClock:
		c.Review = due
	case NoteClock:
		c.Note = due
	case RectifyClock:
		c.Rectify = due
	case LadderClock:
		c.Ladder = due
	case ArchiveClock:
		c.Archive = due
	default:
		c.Stage = due
	}
}
