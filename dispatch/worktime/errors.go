package worktime

import (
	"errors"
	"strconv"

	"github.com/gridgov/gridgov/internal/fault"
	"github.com/gridgov/gridgov/internal/phrase"
)

// The faults of a configuration and of a question. Each reaches the caller
// inside an Error; ErrBudget belongs to them.
var (
	ErrZone            = errors.New("no usable time zone")
	ErrWindow          = errors.New("not a daily window")
	ErrOverlap         = errors.New("windows overlap")
	ErrWeek            = errors.New("not a list of weekdays")
	ErrDate            = errors.New("not a date from 1990 to 2100")
	ErrKind            = errors.New("day is neither off nor work")
	ErrTwice           = errors.New("date is listed twice")
	ErrYears           = errors.New("years are not a range from 1990 to 2100")
	ErrTooMany         = errors.New("too many entries")
	ErrNotMillis       = errors.New("not in whole milliseconds")
	ErrNegative        = errors.New("length of time is negative")
	ErrCalendarHorizon = errors.New("beyond the calendar's published years")
)

// Error is one fault and where it is.
type Error struct {
	Err   error  // the sentinel
	Field string // the field of Config or the argument that is at fault
	Index int    // the position in a list field as the caller gave it, else -1
	Value string // what was given, as text; may be empty
	Year  int    // ErrCalendarHorizon: the first year that was needed and is not covered
}

// Error says the fault in English.
func (e *Error) Error() string { return "worktime: " + e.Text("en") }

// Unwrap is the sentinel.
func (e *Error) Unwrap() error { return e.Err }

// Text says the fault in lang: "zh" is Chinese, anything else English.
func (e *Error) Text(lang string) string {
	where := e.Field
	if e.Index >= 0 {
		where += "[" + strconv.Itoa(e.Index) + "]"
	}
	return texts.Text(lang, codeOf(e.Err), where, e.Value, strconv.Itoa(e.Year))
}

// FaultsMax is the number of faults that New reports; the rest are counted.
const FaultsMax = 100

// Faults are all the faults of one Config: by field in the order of Config,
// then by index. It unwraps to its Errors.
type Faults struct {
	All  []*Error // at most FaultsMax
	More int      // how many were left out
}

// Error says every fault in English, one a line.
func (f *Faults) Error() string { return fault.Lines(f.All, f.More, "worktime: %d more faults") }

// Unwrap lists the faults, so that errors.Is and errors.AsType find each.
func (f *Faults) Unwrap() []error { return fault.Errors(f.All) }

// coded pairs every sentinel with its message code, in the order above.
var coded = []struct {
	err  error
	code string
}{
	{ErrZone, "zone"}, {ErrWindow, "window"}, {ErrOverlap, "overlap"}, {ErrWeek, "week"},
	{ErrDate, "date"}, {ErrKind, "kind"}, {ErrTwice, "twice"}, {ErrYears, "years"},
	{ErrTooMany, "too_many"}, {ErrNotMillis, "not_millis"}, {ErrNegative, "negative"},
	{ErrCalendarHorizon, "horizon"}, {ErrBudget, "budget"},
}

func codeOf(err error) string {
	for _, c := range coded {
		if errors.Is(err, c.err) {
			return c.code
		}
	}
	return "unknown"
}

// texts holds each message; {0} is the field, {1} the value, {2} the year.
var texts = phrase.Catalog{
	"zone":       {"{0}: needs a time zone within 26 hours of UTC, not {1}", "{0}：需要与世界时相差不超过26小时的时区，而不是 {1}"},
	"window":     {"{0}: {1} is not a window from 00:00 to 24:00 that ends after it starts on the same day", "{0}：{1} 不是同一天内（00:00至24:00）先开始后结束的时段"},
	"overlap":    {"{0}: {1} overlaps the window before it", "{0}：{1} 与前一时段重叠"},
	"week":       {"{0}: {1} is not a list of weekdays such as Mon-Fri or Mon,Wed", "{0}：{1} 不是星期列表（如 Mon-Fri 或 Mon,Wed）"},
	"date":       {"{0}: {1} is not a date from 1990 to 2100", "{0}：{1} 不是1990年至2100年间的日期"},
	"kind":       {"{0}: {1} is neither off nor work", "{0}：{1} 既不是 off（休息）也不是 work（上班）"},
	"twice":      {"{0}: {1} is listed twice", "{0}：{1} 重复列出"},
	"years":      {"{0}: {1} is not a range of years from 1990 to 2100", "{0}：{1} 不是1990年至2100年间的年份范围"},
	"too_many":   {"{0}: too many entries, {1}", "{0}：数量超限 {1}"},
	"not_millis": {"{0}: {1} is not in whole milliseconds", "{0}：{1} 不是整毫秒"},
	"negative":   {"{0}: {1} is a negative length of time", "{0}：{1} 是负的时长"},
	"horizon":    {"{0}: the year {2} is beyond the calendar's published years", "{0}：{2}年超出日历已公布的年份"},
	"budget":     {"{0}: {1} is not a budget", "{0}：{1} 不是时限"},
}
