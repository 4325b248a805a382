package dispatch

import (
	"errors"
	"fmt"

	"github.com/gridgov/gridgov/internal/keyed"
)

// The faults of a command, an entry or a clock that a Desk answers as an error.
// They are never recorded. Decide reports the first that applies in this order:
// ErrTimeRange, ErrNotMillis, ErrCommand, ErrReused, ErrTimeBack, ErrNoSetup,
// ErrBehind, then what the calendar says.
var (
	ErrTimeRange = errors.New("time is outside the years 1 to 9999")
	ErrCommand   = errors.New("malformed command")
	ErrReused    = keyed.ErrReused // the key came back with another body
	ErrTimeBack  = errors.New("time runs back")
	ErrNoSetup   = errors.New("the installed setup is not at hand")
	ErrBehind    = errors.New("too many firings are due, tick first")
	ErrSequence  = errors.New("entry is out of sequence")
	ErrEntry     = errors.New("impossible entry")
	ErrFormat    = errors.New("unknown entry format")
	ErrCursor    = errors.New("not a cursor of a worklist")
)

// DeskError says where a Desk met a fault: the verb of the command or the kind
// of the fact, the case and, for an entry, its sequence number.
type DeskError struct {
	Verb string // verb of the command, or kind of the fact; "tick" for Tick
	Case Code   // when one case is meant
	Seq  uint64 // when one entry is meant
	Err  error
}

// Error is the fault with its place.
func (e *DeskError) Error() string {
	text := "dispatch: " + e.Verb
	if e.Seq != 0 {
		text += fmt.Sprintf(" (entry %d)", e.Seq)
	}
	if e.Case != "" {
		text += " case " + string(e.Case)
	}
	return text + ": " + e.Err.Error()
}

// Unwrap is the fault itself.
func (e *DeskError) Unwrap() error { return e.Err }
