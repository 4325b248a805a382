package dispatch

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gridgov/gridgov/internal/code"
)

// The faults of a responsibility list, in the order of the columns they are
// found in.
var (
	ErrTooMany       = errors.New("too many")
	ErrCode          = errors.New("bad code")
	ErrDuplicate     = errors.New("code is used twice")
	ErrMatterKind    = errors.New("unknown kind of matter")
	ErrRisk          = errors.New("unknown risk")
	ErrRole          = errors.New("unknown role")
	ErrUnknownMatter = errors.New("no known matter begins so")
	ErrUnknownParty  = errors.New("unknown party or post")
	ErrOwner         = errors.New("the owner of a feature is not supported as a party")
	ErrUnknownArea   = errors.New("unknown area")
	ErrNoMap         = errors.New("there is no map")
	ErrClass         = errors.New("class is not written layer=class")
	ErrText          = errors.New("text is too long or not UTF-8")
	ErrWindow        = errors.New("window is not work, rest or clock times as 18:00-08:00")
	ErrNoCalendar    = errors.New("window needs a calendar")
	ErrNoZone        = errors.New("window needs a time zone")
	ErrMode          = errors.New("unknown mode")
	ErrBudget        = errors.New("bad budget")
	ErrCost          = errors.New("cost bounds are negative or hold no cost")
	ErrInterval      = errors.New("interval holds no instant")
	ErrNotMillis     = errors.New("time is finer than a millisecond")
)

// FaultsMax is how many faults a BuildError lists; the rest are counted.
const FaultsMax = 100

// Error is one fault of a responsibility list: of which rule or matter, in
// which column, why.
type Error struct {
	Rule   Code   // the rule's id; empty when the fault is a matter's
	Matter Code   // the matter's code, when the fault is a matter's
	Index  int    // position among the rules or the matters given, from 0
	Field  string // the column of duties.csv, or of matters.csv for a matter
	Value  string // what was given
	Err    error  // one of the sentinels, alone or wrapped
}

// Error says where and why.
func (e *Error) Error() string {
	where := fmt.Sprintf("rule %s", e.Rule)
	if e.Matter != "" || e.ofMatter() {
		where = fmt.Sprintf("matter %s", e.Matter)
	}
	text := fmt.Sprintf("dispatch: %s: %s: %v", where, e.Field, e.Err)
	if e.Value != "" {
		text += fmt.Sprintf(": %q", e.Value)
	}
	return text
}

// Unwrap gives the sentinel.
func (e *Error) Unwrap() error { return e.Err }

func (e *Error) ofMatter() bool { return slices.Contains(matterColumns, e.Field) }

// BuildError holds every fault that Compile found: matters before rules, then
// by code, position and column. It unwraps to its faults, so errors.Is finds
// each sentinel among those listed.
type BuildError struct {
	Faults []*Error // at most FaultsMax
	Left   int      // how many more there are
}

// Error lists the faults, one a line.
func (b *BuildError) Error() string {
	lines := make([]string, 0, len(b.Faults)+1)
	for _, f := range b.Faults {
		lines = append(lines, f.Error())
	}
	if b.Left > 0 {
		lines = append(lines, fmt.Sprintf("dispatch: %d more faults", b.Left))
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the faults listed.
func (b *BuildError) Unwrap() []error {
	errs := make([]error, len(b.Faults))
	for i, f := range b.Faults {
		errs[i] = f
	}
	return errs
}

// matterColumns and ruleColumns order the faults of one matter and one rule.
var (
	matterColumns = []string{"matters", "code", "kind", "risk"}
	ruleColumns   = []string{
		"rules", "map", "id", "role", "matter", "party", "area", "class", "condition", "channel", "window", "mode",
		"budget", "min_cost", "max_cost", "from", "until", "basis", "version",
	}
)

// listFaults collects what is wrong with a list.
type listFaults struct{ all []*Error }

func (f *listFaults) matter(i int, m Code, field, value string, err error) {
	f.all = append(f.all, &Error{Matter: m, Index: i, Field: field, Value: value, Err: err})
}

func (f *listFaults) rule(i int, r Code, field, value string, err error) {
	f.all = append(f.all, &Error{Rule: r, Index: i, Field: field, Value: value, Err: err})
}

// build answers nil, or a *BuildError with the faults in order.
func (f *listFaults) build() error {
	if len(f.all) == 0 {
		return nil
	}
	slices.SortStableFunc(f.all, func(a, b *Error) int {
		switch am, bm := a.ofMatter(), b.ofMatter(); {
		case am && !bm:
			return -1
		case bm && !am:
			return 1
		}
		return cmp.Or(cmp.Compare(a.Matter, b.Matter), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Index, b.Index),
			cmp.Compare(slices.Index(matterColumns, a.Field), slices.Index(matterColumns, b.Field)),
			cmp.Compare(slices.Index(ruleColumns, a.Field), slices.Index(ruleColumns, b.Field)))
	})
	kept := f.all[:min(len(f.all), FaultsMax)]
	return &BuildError{Faults: kept, Left: len(f.all) - len(kept)}
}

// badCode wraps what code.Check says of c, nil when it says nothing.
func badCode(c Code) error {
	if err := code.Check(c); err != nil {
		return fmt.Errorf("%w: %w", ErrCode, err)
	}
	return nil
}
