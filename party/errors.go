package party

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/fault"
)

// The faults of a Plan, in the order in which they are reported for one field.
var (
	ErrCode          = errors.New("bad code")
	ErrDuplicate     = errors.New("code is used twice")
	ErrUnknownParty  = errors.New("unknown party")
	ErrUnknownPost   = errors.New("unknown post")
	ErrUnknownPerson = errors.New("unknown person")
	ErrUnknownArea   = errors.New("unknown area")
	ErrCycle         = errors.New("chain leads back to itself")
	ErrInterval      = errors.New("interval ends before it begins")
	ErrNoFrom        = errors.New("appointment has no beginning")
	ErrKind          = errors.New("unknown kind")
	ErrQuota         = errors.New("quota is negative")
	ErrLimit         = errors.New("approval limit is negative")
	ErrUnknownPlace  = errors.New("unknown building")
	ErrUnknownHolder = errors.New("neither a party nor a post")
	ErrUnknownScope  = errors.New("neither an area nor a party")
	ErrRight         = errors.New("unknown right")
	ErrNoUntil       = errors.New("group has no end")
	ErrArea          = errors.New("not an area in square metres")
	ErrTwoOwners     = errors.New("field has another master at the same time")
	ErrNotMillis     = errors.New("instant is not a whole millisecond")
	ErrTooMany       = errors.New("plan has too many entries")
)

// FaultsMax is how many faults a BuildError lists; the rest are counted.
const FaultsMax = 100

// EntriesMax bounds each list of a Plan. The largest subdistricts have some
// 100,000 regulated entities; ten times that is a mistake, not a street.
const EntriesMax = 1_000_000

// Error is one fault of a Plan: which list, which entry, which field, why.
type Error struct {
	List  string // "parties", "people", "posts", "appointments", "registrations", …
	Index int    // position in that list, from 0
	Code  Code   // the entry's code; of an appointment and a registration the person's, of a right the holder's
	Field string // the column at fault
	Value string
	Err   error
}

// Error says where and why.
func (e *Error) Error() string {
	text := fmt.Sprintf("party: %s[%d]", e.List, e.Index)
	if e.Code != "" {
		text += " " + string(e.Code)
	}
	if e.Field != "" {
		text += ": " + e.Field
	}
	text += ": " + e.Err.Error()
	if e.Value != "" {
		text += fmt.Sprintf(": %q", e.Value)
	}
	return text
}

// Unwrap gives the sentinel.
func (e *Error) Unwrap() error { return e.Err }

// BuildError holds the faults of a Plan, sorted by list in the order of Plan, then
// by index and field.
type BuildError struct {
	Faults []*Error
	Left   int // faults beyond FaultsMax
}

// Error lists the faults, one a line.
func (b *BuildError) Error() string { return fault.Lines(b.Faults, b.Left, "party: %d more faults") }

// Unwrap gives every fault, so errors.Is finds each sentinel.
func (b *BuildError) Unwrap() []error { return fault.Errors(b.Faults) }

// faults collects what is wrong with a Plan.
type faults struct{ all []*Error }

func (f *faults) add(list string, index int, c Code, field, value string, err error) {
	f.all = append(f.all, &Error{List: list, Index: index, Code: c, Field: field, Value: value, Err: err})
}

// code adds a fault when c cannot be a code.
func (f *faults) code(list string, index int, c Code) bool {
	if err := code.Check(c); err != nil {
		f.add(list, index, c, "code", "", fmt.Errorf("%w: %w", ErrCode, err))
		return false
	}
	return true
}

// fresh adds a fault when c cannot be a code or its list has had it before.
func (f *faults) fresh(list string, index int, c Code, taken bool) bool {
	if !f.code(list, index, c) {
		return false
	}
	if taken {
		f.add(list, index, c, "code", "", ErrDuplicate)
	}
	return !taken
}

// instants adds a fault for each end of an interval that is no whole millisecond.
func (f *faults) instants(list string, index int, c Code, i Interval) {
	if i.From.Nanosecond()%1_000_000 != 0 {
		f.add(list, index, c, "from", "", ErrNotMillis)
	}
	if i.Until.Nanosecond()%1_000_000 != 0 {
		f.add(list, index, c, "until", "", ErrNotMillis)
	}
}

func (f *faults) err() error {
	if len(f.all) == 0 {
		return nil
	}
	lists := []string{"parties", "people", "posts", "appointments", "registrations", "rights", "groups", "facilities", "fields", "rosters", "desk"}
	slices.SortStableFunc(f.all, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(slices.Index(lists, a.List), slices.Index(lists, b.List)),
			cmp.Compare(a.Index, b.Index), cmp.Compare(a.Field, b.Field))
	})
	kept := f.all[:min(len(f.all), FaultsMax)]
	return &BuildError{Faults: kept, Left: len(f.all) - len(kept)}
}
