package track

import (
	"errors"
	"math"
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/fault"
	"github.com/gridgov/gridgov/internal/phrase"
)

// Options are the limits of a Tracker; in each a zero stands for the default.
// Durations are whole milliseconds.
type Options struct {
	Retention  time.Duration // how long a fix is kept; 24 h, at most RetentionMax
	StaleAfter time.Duration // the age above which a position says nothing; 10 min, at most Retention
	Late       time.Duration // how much older than the latest a fix may come in; 2 min, at most Retention
	Ahead      time.Duration // how far in the host's future; 30 s, at most AheadMax
	MaxGap     time.Duration // the longest time that one fix stands for; 5 min, at most Retention
	Accuracy   grid.Meters   // the worst accuracy taken in; 100 m, at most AccuracyMax
	Speed      float64       // metres a second that a person may move; 45 (a car), at most SpeedMax
	Fixes      int           // per person, the oldest making room; 4,096, at most FixesMax
	People     int           // with a track; 200,000, at most PeopleMax
}

// The limits of the limits.
const (
	// RetentionMax is 30 days: longer is a file on people, which a Tracker is not.
	RetentionMax = 30 * 24 * time.Hour
	// AheadMax is an hour: a device further ahead is set to another time zone.
	AheadMax = time.Hour
	// AccuracyMax is 10 km, the size of a radio cell: worse is no position.
	AccuracyMax grid.Meters = 10_000
	// SpeedMax is about that of sound, above all that people on duty ride.
	SpeedMax = 350.0
	// FixesMax is a fix every second for 18 hours.
	FixesMax = 1 << 16
	// PeopleMax is ten times the staff and volunteers of a large city.
	PeopleMax = 1 << 20
)

func (o Options) withDefaults() Options {
	o.Retention = or(o.Retention, 24*time.Hour)
	o.StaleAfter = or(o.StaleAfter, min(10*time.Minute, o.Retention))
	o.Late = or(o.Late, min(2*time.Minute, o.Retention))
	o.Ahead = or(o.Ahead, 30*time.Second)
	o.MaxGap = or(o.MaxGap, min(5*time.Minute, o.Retention))
	o.Accuracy = or(o.Accuracy, 100)
	o.Speed = or(o.Speed, 45)
	o.Fixes = or(o.Fixes, 4096)
	o.People = or(o.People, 200_000)
	return o
}

// or is v, or other when v is zero. Unlike cmp.Or it takes NaN for a value.
func or[T int | float64 | grid.Meters | time.Duration](v, other T) T {
	if v == 0 {
		return other
	}
	return v
}

// The faults of Options.
var (
	ErrRange     = errors.New("out of range")
	ErrNotMillis = errors.New("not a whole number of milliseconds")
	ErrNoDuties  = errors.New("nobody to say who is on duty")
)

var faultTexts = phrase.Catalog{
	"fault":                {"track: {0}: {1}", "轨迹：{0}：{1}"},
	ErrRange.Error():       {ErrRange.Error(), "超出范围"},
	ErrNotMillis.Error():   {ErrNotMillis.Error(), "不是整毫秒"},
	ErrNoDuties.Error():    {ErrNoDuties.Error(), "未指定在岗依据"},
	ErrNotRoute.Error():    {ErrNotRoute.Error(), "不是路线"},
	ErrNotInterval.Error(): {ErrNotInterval.Error(), "不是时段"},
}

// Error is one fault of what a constructor or Coverage was given, at a field.
type Error struct {
	Field string
	Err   error
}

// Error says where and why.
func (e *Error) Error() string { return e.Text("en") }

// Text is the fault in words: "zh" is Chinese, anything else English.
func (e *Error) Text(lang string) string {
	return faultTexts.Text(lang, "fault", e.Field, faultTexts.Text(lang, e.Err.Error()))
}

// Unwrap gives the sentinel.
func (e *Error) Unwrap() error { return e.Err }

// OptionsError holds every fault of Options, in the order of the fields.
type OptionsError struct{ Faults []*Error }

// Error lists the faults, one a line.
func (e *OptionsError) Error() string { return fault.Lines(e.Faults, 0, "") }

// Unwrap gives every fault, so errors.Is finds each sentinel.
func (e *OptionsError) Unwrap() []error { return fault.Errors(e.Faults) }

// check answers every fault of options that have their defaults.
func (o Options) check() []*Error {
	var faults []*Error
	add := func(field string, err error) { faults = append(faults, &Error{field, err}) }
	span := func(field string, d, most time.Duration) {
		if d < 0 || d > most {
			add(field, ErrRange)
		} else if d%time.Millisecond != 0 {
			add(field, ErrNotMillis)
		}
	}
	number := func(field string, n, most float64) {
		if !(n > 0 && n <= most) {
			add(field, ErrRange)
		}
	}
	span("Retention", o.Retention, RetentionMax)
	span("StaleAfter", o.StaleAfter, o.Retention)
	span("Late", o.Late, o.Retention)
	span("Ahead", o.Ahead, AheadMax)
	span("MaxGap", o.MaxGap, o.Retention)
	number("Accuracy", float64(o.Accuracy), float64(AccuracyMax))
	number("Speed", o.Speed, SpeedMax)
	number("Fixes", float64(o.Fixes), FixesMax)
	number("People", float64(o.People), PeopleMax)
	return faults
}

// limits are Options in the units that are reckoned in: milliseconds, millimetres.
type limits struct {
	retention, stale, late, ahead, gap int64
	accuracy                           uint32
	speed                              float64 // millimetres a millisecond
	fixes, people                      int
}

func (o Options) limits() limits {
	return limits{
		retention: o.Retention.Milliseconds(), stale: o.StaleAfter.Milliseconds(), late: o.Late.Milliseconds(),
		ahead: o.Ahead.Milliseconds(), gap: o.MaxGap.Milliseconds(),
		accuracy: uint32(math.Floor(float64(o.Accuracy) * 1000)), speed: o.Speed, fixes: o.Fixes, people: o.People,
	}
}
