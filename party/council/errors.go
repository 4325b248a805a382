package council

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
	ErrTopic     = errors.New("the id of a raised topic may not hold ^ and needs room for it")
	ErrText      = errors.New("text is missing, too long or not UTF-8")
	ErrWord      = errors.New("not one of the words that are possible here")
	ErrRatio     = errors.New("ratio is not between 0 and 1, or its denominator is not between 1 and 1000000")
	ErrNumber    = errors.New("number is out of range")
	ErrInterval  = errors.New("interval holds no instant")
	ErrTooLong   = errors.New("list is too long")
	ErrTwice     = errors.New("named twice")
	ErrChair     = errors.New("the chair is not among those present")
	ErrAssigned  = errors.New("needs at most one of owner with due, case, project")
	ErrReused    = keyed.ErrReused // the key came back with another body
	ErrTimeBack  = errors.New("instant is before the last entry")
	ErrBehind    = errors.New("too much is due: tick first")
)

// What can be wrong with an entry.
var (
	ErrFact       = errors.New("unknown fact")
	ErrJSON       = errors.New("not the JSON of this type")
	ErrGap        = errors.New("entry is out of sequence")
	ErrImpossible = errors.New("entry does not fit the state of the minutes")
)

// Error says where a fault is. Is and As see Err, which is one of the sentinels
// of this package or wraps one.
type Error struct {
	What  string // verb or fact, if any
	Seq   uint64 // entry, when it was one
	Field string // field, in JSON spelling
	Index int    // place in the list of the field, from 1; 0 when it is none
	Text  string // the offending text
	Err   error
}

// Error reads like "open: present 2: named twice: "li"".
func (e *Error) Error() string { return envelope.Fault(*e).In("council") }

// Unwrap answers the sentinel.
func (e *Error) Unwrap() error { return e.Err }
