package grid

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/phrase"
)

// The faults of a Timeline, in the order in which those of one place are sorted.
// One that TimelineOf's maps have is a fault of Build.
var (
	ErrVersions   = errors.New("too many versions")
	ErrNoMap      = errors.New("version has no map")
	ErrNotMillis  = errors.New("instant is not a whole millisecond")
	ErrInterval   = errors.New("interval holds no instant")
	ErrOverlap    = errors.New("interval meets that of another version")
	ErrParentTime = errors.New("parent is not valid in this interval")
)

// timeRules is every sentinel with its Chinese text, in sorting order.
var timeRules = []struct {
	err     error
	chinese string
}{
	{ErrVersions, "版本过多"},
	{ErrNoMap, "版本没有地图"},
	{ErrNotMillis, "时刻须为整毫秒"},
	{ErrInterval, "时段为空"},
	{ErrOverlap, "时段与另一版本重叠"},
	{ErrParentTime, "上级在此时段内无效"},
}

// VersionError is one fault of a Timeline and its place.
type VersionError struct {
	Version int      // index in what was given, from 0; -1 when the fault is of no one version
	Unit    Code     // of TimelineOf: the unit, or empty
	During  Interval // the interval that the fault holds in
	Err     error    // one of the sentinels above, or an *Error of Build
}

// Error says what is wrong and when.
func (e *VersionError) Error() string {
	var s string
	if e.Version >= 0 {
		s = fmt.Sprintf("version %d: ", e.Version)
	}
	if e.Unit != "" && errors.As(e.Err, new(*Error)) {
		return s + during(e.During) + ": " + e.Err.Error()
	} else if e.Unit != "" {
		s += fmt.Sprintf("unit %q: ", string(e.Unit))
	}
	return s + during(e.During) + ": " + e.Err.Error()
}

// Unwrap is the sentinel or the *Error.
func (e *VersionError) Unwrap() error { return e.Err }

var timePhrases = phrase.Catalog{
	"version": {"version {0}: {1}", "版本{0}：{1}"},
	"unit":    {"area {0}: {1}", "区域{0}：{1}"},
	"during":  {"{1} ({0})", "{1}（{0}）"},
}

// Text is the fault in words: "zh" is Chinese, anything else English.
func (e *VersionError) Text(lang string) string {
	text := e.rule(lang)
	if fault, ok := errors.AsType[*Error](e.Err); ok {
		text = fault.Text(lang)
	} else if e.Unit != "" {
		text = timePhrases.Text(lang, "unit", string(e.Unit), text)
	}
	text = timePhrases.Text(lang, "during", during(e.During), text)
	if e.Version < 0 {
		return text
	}
	return timePhrases.Text(lang, "version", fmt.Sprint(e.Version), text)
}

func (e *VersionError) rule(lang string) string {
	for _, rule := range timeRules {
		if lang == "zh" && errors.Is(e.Err, rule.err) {
			return rule.chinese
		}
	}
	return e.Err.Error()
}

// during writes an interval as [from, until).
func during(i Interval) string { return "[" + instant(i.From) + ", " + instant(i.Until) + ")" }

func instant(at time.Time) string {
	if at.IsZero() {
		return "…"
	}
	return at.UTC().Format(time.RFC3339Nano)
}

// TimelineError is every fault that kept a Timeline from being made.
type TimelineError struct {
	Faults []*VersionError // the first FaultsMax, by beginning, version, unit, rule
	Left   int             // how many more there are, not counting what Build left out of all versions but the worst
}

// Error is the number of faults and the first of them.
func (e *TimelineError) Error() string {
	switch n := len(e.Faults) + e.Left; {
	case len(e.Faults) == 0:
		return "grid: no timeline"
	case n == 1:
		return "grid: " + e.Faults[0].Error()
	default:
		return fmt.Sprintf("grid: %d faults, first %v", n, e.Faults[0])
	}
}

// Unwrap is the listed faults, for errors.Is and errors.As.
func (e *TimelineError) Unwrap() []error {
	errs := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		errs[i] = f
	}
	return errs
}

// timeFaults collects the faults of a Timeline.
type timeFaults struct {
	all  []*VersionError
	left int // faults that Build left out, at most of one version
}

func (f *timeFaults) add(e *VersionError) { f.all = append(f.all, e) }

func (f *timeFaults) err() error {
	if len(f.all) == 0 {
		return nil
	}
	rule := func(e *VersionError) int {
		for i, r := range timeRules {
			if errors.Is(e.Err, r.err) {
				return i
			}
		}
		return len(timeRules)
	}
	slices.SortStableFunc(f.all, func(a, b *VersionError) int {
		return cmp.Or(compareFrom(a.During, b.During), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Unit, b.Unit), cmp.Compare(rule(a), rule(b)))
	})
	n := min(len(f.all), FaultsMax)
	return &TimelineError{Faults: slices.Clip(f.all[:n]), Left: len(f.all) - n + f.left}
}
