package dispatch

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/gridgov/gridgov/internal/fault"
)

// The faults of a history, in the order in which a case is checked.
var (
	ErrHandledID     = errors.New("bad id of a handled case")
	ErrHandledTwice  = errors.New("id of a handled case occurs twice")
	ErrHandledMatter = errors.New("bad matter of a handled case")
	ErrHandledParty  = errors.New("bad party of a handled case")
	ErrHandledArea   = errors.New("area of a handled case is not in the map")
	ErrHandledAt     = errors.New("handled case without a time")
)

// The other errors of Learn and Backtest.
var (
	ErrLearnOptions   = errors.New("bad learn option")
	ErrTooManyHandled = errors.New("too many handled cases")
	ErrNoHistory      = errors.New("no handled case names a party")
	ErrNoList         = errors.New("no list to test")
)

// HandledError is one fault of one handled case.
type HandledError struct {
	Index int  // position in the history
	ID    Code // as given
	Value string
	Err   error // one of the ErrHandled sentinels, possibly wrapping a cause
}

// Error names the case, the fault and the value at fault.
func (e *HandledError) Error() string {
	return fmt.Sprintf("handled case %d (%q): %v: %q", e.Index, string(e.ID), e.Err, e.Value)
}

// Unwrap is the fault.
func (e *HandledError) Unwrap() error { return e.Err }

// HistoryFaultsMax is how many faults a HistoryError lists.
const HistoryFaultsMax = 100

// HistoryError is every fault of a history, by position and then in the order of
// the sentinels, the first HistoryFaultsMax of them.
type HistoryError struct {
	Faults []*HandledError
	More   int // faults not listed
}

// Error lists the faults, one a line.
func (e *HistoryError) Error() string { return fault.Lines(e.Faults, e.More, "and %d more") }

// Unwrap lets errors.Is and errors.AsType find each fault.
func (e *HistoryError) Unwrap() []error { return fault.Errors(e.Faults) }

type historyFaults struct{ list []*HandledError }

func (f *historyFaults) add(i int, id Code, value string, sentinel, cause error) {
	err := sentinel
	if cause != nil {
		err = fmt.Errorf("%w: %w", sentinel, cause)
	}
	f.list = append(f.list, &HandledError{Index: i, ID: id, Value: value, Err: err})
}

func (f *historyFaults) err() error {
	if len(f.list) == 0 {
		return nil
	}
	slices.SortStableFunc(f.list, func(a, b *HandledError) int { return cmp.Compare(a.Index, b.Index) })
	n := min(len(f.list), HistoryFaultsMax)
	return &HistoryError{Faults: f.list[:n:n], More: len(f.list) - n}
}

func optionError(name string, got, most int) error {
	return fmt.Errorf("%w: %s is %d, must be 0 to %d", ErrLearnOptions, name, got, most)
}
