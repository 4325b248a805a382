package points

import (
	"errors"

	"github.com/gridgov/gridgov/internal/envelope"
	"github.com/gridgov/gridgov/internal/keyed"
)

// What can be wrong with a command. Such a command is never recorded. They are
// looked for in this order, field by field within the fields of a verb.
var (
	ErrNotMillis = errors.New("instant is not a whole millisecond")
	ErrTimeRange = errors.New("instant is outside 1970-01-03 to 2100-12-29")
	ErrKey       = errors.New("key is too long")
	ErrVerb      = errors.New("unknown verb")
	ErrCode      = errors.New("bad code")
	ErrText      = errors.New("text is too long or not UTF-8")
	ErrYear      = errors.New("year is outside 1970 to 2100")
	ErrPoints    = errors.New("points are out of range")
	ErrItems     = errors.New("needs between 1 and 512 items")
	ErrPeriod    = errors.New("a cap needs a period, and a period a cap")
	ErrTwice     = errors.New("item is named twice")
	ErrDate      = errors.New("not a date from 1970 to 2100")
	ErrTimes     = errors.New("times are outside 0 to 1000")
	ErrReused    = keyed.ErrReused // the key came back with another body
	ErrTimeBack  = errors.New("instant is before the last entry")
)

// What can be wrong with an entry.
var (
	ErrFact       = errors.New("unknown fact")
	ErrJSON       = errors.New("not the JSON of this type")
	ErrGap        = errors.New("entry is out of sequence")
	ErrImpossible = errors.New("entry does not fit the state of the ledger")
)

// Error says where a fault is. Is and As see Err, which is one of the sentinels of
// this package or wraps one.
type Error struct {
	What  string // verb or fact, if any
	Seq   uint64 // entry, when it was one
	Field string // field, in JSON spelling
	Index int    // item within the field, from 1; 0 when it has none
	Text  string // the offending text
	Err   error
}

// Error reads like "points: award: times: times are outside 0 to 1000: "-5"".
func (e *Error) Error() string { return envelope.Fault(*e).In("points") }

// Unwrap answers the sentinel.
func (e *Error) Unwrap() error { return e.Err }
