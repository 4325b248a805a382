package rounds

import (
	"errors"

	"github.com/gridgov/gridgov/internal/envelope"
	"github.com/gridgov/gridgov/internal/keyed"
)

// What can be wrong with a command. Such a command is never recorded. They are
// looked for in this order, field by field within the fields of a verb.
var (
	ErrNotMillis = errors.New("instant is not a whole millisecond")
	ErrTimeRange = errors.New("instant is outside the years 1 to 9999")
	ErrKey       = errors.New("key is too long")
	ErrVerb      = errors.New("unknown verb")
	ErrCode      = errors.New("bad code")
	ErrText      = errors.New("text is too long or not UTF-8")
	ErrDate      = errors.New("not a date of the years 1 to 9999")
	ErrEvery     = errors.New("not a period such as 1mo, 7d or 2w")
	ErrNumber    = errors.New("number is out of range")
	ErrList      = errors.New("list is empty or too long")
	ErrTwice     = errors.New("is named twice")
	ErrResult    = errors.New("unknown result of a task, or its reason is missing or not wanted")
	ErrStatus    = errors.New("unknown status of attendance, or its times do not go with it")
	ErrInterval  = errors.New("does not end after it begins, or is too long")
	ErrReused    = keyed.ErrReused // the key came back with another body
	ErrTimeBack  = errors.New("instant is before the last entry")
	ErrZone      = errors.New("needs a time zone")
	ErrBehind    = errors.New("too much is due: tick first")
)

// What can be wrong with an entry.
var (
	ErrFact       = errors.New("unknown fact")
	ErrJSON       = errors.New("not the JSON of this type")
	ErrGap        = errors.New("entry is out of sequence")
	ErrImpossible = errors.New("entry does not fit the state of the log")
)

// Error says where a fault is. Is and As see Err, which is one of the sentinels
// of this package or wraps one.
type Error struct {
	What  string // verb or fact, if any
	Seq   uint64 // entry, when it was one
	Field string // field, in JSON spelling
	Index int    // item within the field, from 1; 0 when it has none
	Text  string // the offending text
	Err   error
}

// Error reads like "plan: every: not a period such as 1mo, 7d or 2w: \"1y\"".
func (e *Error) Error() string { return envelope.Fault(*e).In("rounds") }

// Unwrap answers the sentinel.
func (e *Error) Unwrap() error { return e.Err }
