package finance

import (
	"errors"

	"github.com/gridgov/gridgov/internal/apportion"
	"github.com/gridgov/gridgov/internal/envelope"
	"github.com/gridgov/gridgov/internal/keyed"
)

// What can be wrong with an amount.
var (
	ErrYuan     = errors.New("not an amount in yuan")
	ErrOverflow = errors.New("amount out of range")
	ErrNegative = apportion.ErrNegative
	ErrNoWeight = apportion.ErrNoWeight
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
	ErrYear      = errors.New("year is outside 1 to 9999")
	ErrSource    = errors.New("unknown source of money")
	ErrAmount    = errors.New("amount is not above zero")
	ErrShares    = errors.New("needs between 1 and 64 shares")
	ErrTwice     = errors.New("line is named twice")
	ErrSubject   = errors.New("needs a line or a mandate, not both")
	ErrReused    = keyed.ErrReused // the key came back with another body
	ErrTimeBack  = errors.New("instant is before the last entry")
)

// What can be wrong with an entry.
var (
	ErrFact       = errors.New("unknown fact")
	ErrJSON       = errors.New("not the JSON of this type")
	ErrGap        = errors.New("entry is out of sequence")
	ErrImpossible = errors.New("entry does not fit the state of the book")
)

// Error says where a fault is. Is and As see Err, which is one of the sentinels
// of this package or wraps one.
type Error struct {
	What  string // verb or fact, if any
	Seq   uint64 // entry, when it was one
	Field string // field, in JSON spelling
	Index int    // share within the field, from 1; 0 when it has none
	Text  string // the offending text
	Err   error
}

// Error reads like "pay: amount: amount is not above zero: -5.00".
func (e *Error) Error() string { return envelope.Fault(*e).In("finance") }

// Unwrap answers the sentinel.
func (e *Error) Unwrap() error { return e.Err }
