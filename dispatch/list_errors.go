package dispatch

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/fault"
)

// The faults of a responsibility list, in the order of the columns they are
// found in.
var (
	ErrTooMany       = errors.New("too many")
	ErrCode          = errors.New("bad code")
	ErrDuplicate     = errors.New("code is used twice")
	ErrMatterKind    = errors.New("unknown kind of matter")
	ErrRisk          = errors.New("unknown risk")
	ErrSample        = errors.New("sample is not 0 to 10000 of 10000")
	ErrRole          = errors.New("unknown role")
	ErrUnknownMatter = errors.New("no known matter begins so")
	ErrUnknownParty  = errors.New("unknown party or post")
	ErrOwner         = errors.New("owner(layer) names no layer, or the role must name its party")
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
	ErrSeason        = errors.New("season is not days as 03-15..05-31")
	ErrVersion       = errors.New("no such version of the list")
	ErrOverlap       = errors.New("another version begins before this one ends")
)

// FaultsMax is how many faults a BuildError lists; the rest are counted.
const FaultsMax = 100

// Error is one fault of a responsibility list: of which rule, matter, version or
// standard, in which column, why.
type Error struct {
	Rule     Code   // the rule's id; empty when the fault is of something else
	Matter   Code   // the matter's code, when the fault is a matter's or a standard's
	Version  Code   // the version's code, when the fault is a version's
	Standard bool   // the fault is a standard's
	Index    int    // position among what was given of its kind, from 0
	Field    string // the column
	Value    string // what was given
	Err      error  // one of the sentinels, alone or wrapped

	kind faultKind
}

// faultKind is what has a fault; the kinds are reported in this order.
type faultKind uint8

const (
	ruleFault faultKind = iota // also of an Error that nobody here made
	matterFault
	versionFault
	standardFault
)

// of is the kind of an error, also of one that was written by hand.
func (e *Error) of() faultKind {
	switch {
	case e.kind != ruleFault:
		return e.kind
	case e.Standard:
		return standardFault
	case e.Version != "":
		return versionFault
	case e.Matter != "" || slices.Contains(matterColumns, e.Field):
		return matterFault
	}
	return ruleFault
}

// name is the code of what has the fault.
func (e *Error) name() Code {
	switch e.of() {
	case matterFault, standardFault:
		return e.Matter
	case versionFault:
		return e.Version
	}
	return e.Rule
}

// Error says where and why.
func (e *Error) Error() string {
	text := fmt.Sprintf("dispatch: %s %s: %s: %v", faultNouns[e.of()], e.name(), e.Field, e.Err)
	if e.Value != "" {
		text += fmt.Sprintf(": %q", e.Value)
	}
	return text
}

var faultNouns = [...]string{ruleFault: "rule", matterFault: "matter", versionFault: "version", standardFault: "standard"}

// Unwrap gives the sentinel.
func (e *Error) Unwrap() error { return e.Err }

// BuildError holds every fault that Compile or NewStandards found: matters, then
// versions, then rules, each by code, position and column. It unwraps to its faults, so errors.Is finds
// each sentinel among those listed.
type BuildError struct {
	Faults []*Error // at most FaultsMax
	Left   int      // how many more there are
}

// Error lists the faults, one a line.
func (b *BuildError) Error() string { return fault.Lines(b.Faults, b.Left, "dispatch: %d more faults") }

// Unwrap gives the faults listed.
func (b *BuildError) Unwrap() []error { return fault.Errors(b.Faults) }

// matterColumns and faultColumns order the faults of one line.
var (
	matterColumns = []string{"matters", "code", "kind", "risk", "skills", "verify_sample"}
	faultColumns  = [...][]string{
		matterFault:  matterColumns,
		versionFault: {"versions", "code", "from", "until", "approved_by", "reason", "notice"},
		ruleFault: {
			"rules", "map", "id", "role", "matter", "party", "area", "class", "condition", "channel", "window", "mode",
			"budget", "min_cost", "max_cost", "from", "until", "basis", "version",
		},
		standardFault: {"standards", "matter", "condition", "season", "name", "limit", "file_when", "close_when", "evidence"},
	}
	faultOrder = [...]faultKind{matterFault, versionFault, ruleFault, standardFault}
)

// listFaults collects what is wrong with a list.
type listFaults struct{ all []*Error }

func (f *listFaults) matter(i int, m Code, field, value string, err error) {
	f.all = append(f.all, &Error{Matter: m, Index: i, Field: field, Value: value, Err: err, kind: matterFault})
}

func (f *listFaults) rule(i int, r Code, field, value string, err error) {
	f.all = append(f.all, &Error{Rule: r, Index: i, Field: field, Value: value, Err: err})
}

func (f *listFaults) version(i int, v Code, field, value string, err error) {
	f.all = append(f.all, &Error{Version: v, Index: i, Field: field, Value: value, Err: err, kind: versionFault})
}

func (f *listFaults) standard(i int, m Code, field, value string, err error) {
	f.all = append(f.all, &Error{Matter: m, Standard: true, Index: i, Field: field, Value: value, Err: err, kind: standardFault})
}

// build answers nil, or a *BuildError with the faults in order.
func (f *listFaults) build() error {
	if len(f.all) == 0 {
		return nil
	}
	slices.SortStableFunc(f.all, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(slices.Index(faultOrder[:], a.of()), slices.Index(faultOrder[:], b.of())),
			cmp.Compare(a.name(), b.name()), cmp.Compare(a.Index, b.Index),
			cmp.Compare(slices.Index(faultColumns[a.of()], a.Field), slices.Index(faultColumns[b.of()], b.Field)))
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
