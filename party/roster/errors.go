package roster

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/gridgov/gridgov/internal/civil"
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/fault"
	"github.com/gridgov/gridgov/internal/phrase"
)

// The faults of a Plan and of a text. Those of a Plan reach the caller inside an
// Error.
var (
	ErrZone      = civil.ErrZone
	ErrDate      = civil.ErrDate
	ErrTooMany   = errors.New("too many entries")
	ErrCode      = errors.New("bad code")
	ErrDuplicate = errors.New("named twice at the same time")
	ErrTurn      = errors.New("not a turn")
	ErrDays      = errors.New("not a list of days")
	ErrWindow    = errors.New("not a daily window")
	ErrOverlap   = errors.New("windows overlap")
	ErrTogether  = errors.New("not a number of members who serve at once")
	ErrInterval  = errors.New("interval ends before it begins")
	ErrNotMillis = errors.New("instant is not a whole millisecond")
	ErrMember    = errors.New("member is not one person or one team")
	ErrTeam      = errors.New("unknown team")
	ErrKind      = errors.New("unknown kind of exception")
	ErrPost      = errors.New("post without a rotation")
	ErrField     = errors.New("field does not belong to this kind of exception")
	ErrSelf      = errors.New("person would stand in for themselves")
)

// Error is one fault of a Plan and where it is.
type Error struct {
	Err   error  // the sentinel, perhaps with more inside
	List  string // "zone", "rotations", "teams" or "exceptions"
	Index int    // position in that list, from 0
	Field string // the field at fault, with a position inside a list field: "members[2].person"
	Value string // what was given, as text; may be empty
}

// Error says the fault in English.
func (e *Error) Error() string { return "roster: " + e.Text("en") }

// Unwrap is the sentinel.
func (e *Error) Unwrap() error { return e.Err }

// Text says the fault in lang: "zh" is Chinese, anything else English.
func (e *Error) Text(lang string) string {
	where := e.List
	if e.Field != "" {
		where += "[" + strconv.Itoa(e.Index) + "]." + e.Field
	}
	return e.TextAt(lang, where)
}

// TextAt is Text with another name for the place, such as the column of a file.
func (e *Error) TextAt(lang, where string) string {
	return faultTexts.Text(lang, codeOf(e.Err), where, e.Value)
}

// FaultsMax is the number of faults that New reports; the rest are counted.
const FaultsMax = 100

// Faults are all the faults of one Plan: by list in the order of Error.List, then
// by index, then by field. It unwraps to its Errors.
type Faults struct {
	All  []*Error // at most FaultsMax
	More int      // how many were left out
}

// Error says every fault in English, one a line.
func (f *Faults) Error() string { return fault.Lines(f.All, f.More, "roster: %d more faults") }

// Unwrap lists the faults, so that errors.Is and errors.AsType find each.
func (f *Faults) Unwrap() []error { return fault.Errors(f.All) }

// faults collects what is wrong with a Plan.
type faults struct{ all []*Error }

func (f *faults) add(list string, index int, field, value string, err error) {
	f.all = append(f.all, &Error{Err: err, List: list, Index: index, Field: field, Value: value})
}

func (f *faults) code(list string, index int, field string, c Code) {
	if err := code.Check(c); err != nil {
		f.add(list, index, field, string(c), fmt.Errorf("%w: %w", ErrCode, err))
	}
}

func (f *faults) interval(list string, index int, field string, i Interval) {
	if !i.Valid() {
		f.add(list, index, field, "", ErrInterval)
	}
	if i.From.Nanosecond()%1_000_000 != 0 || i.Until.Nanosecond()%1_000_000 != 0 {
		f.add(list, index, field, "", ErrNotMillis)
	}
}

func (f *faults) err() error {
	if len(f.all) == 0 {
		return nil
	}
	lists := []string{"zone", "rotations", "teams", "exceptions"}
	slices.SortStableFunc(f.all, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(slices.Index(lists, a.List), slices.Index(lists, b.List)),
			cmp.Compare(a.Index, b.Index), cmp.Compare(a.Field, b.Field))
	})
	kept := f.all[:min(len(f.all), FaultsMax)]
	return &Faults{All: kept, More: len(f.all) - len(kept)}
}

// coded pairs every sentinel with its message code.
var coded = []struct {
	err  error
	code string
}{
	{ErrZone, "zone"}, {ErrDate, "date"}, {ErrTooMany, "too_many"}, {ErrCode, "code"}, {ErrDuplicate, "duplicate"},
	{ErrTurn, "turn"}, {ErrDays, "days"}, {ErrWindow, "window"}, {ErrOverlap, "overlap"}, {ErrTogether, "together"},
	{ErrInterval, "interval"}, {ErrNotMillis, "not_millis"}, {ErrMember, "member"}, {ErrTeam, "team"},
	{ErrKind, "kind"}, {ErrPost, "post"}, {ErrField, "field"}, {ErrSelf, "self"},
}

func codeOf(err error) string {
	for _, c := range coded {
		if errors.Is(err, c.err) {
			return c.code
		}
	}
	return "unknown"
}

// faultTexts holds each message; {0} is the place, {1} the value.
var faultTexts = phrase.Catalog{
	"zone":       {"{0}: needs a time zone within 26 hours of UTC, not {1}", "{0}：需要与世界时相差不超过26小时的时区，而不是 {1}"},
	"date":       {"{0}: {1} is not a date from 1970 to 2100", "{0}：{1} 不是1970年至2100年间的日期"},
	"too_many":   {"{0}: too many entries, {1}", "{0}：数量超限 {1}"},
	"code":       {"{0}: {1} is not a code", "{0}：{1} 不是有效的编码"},
	"duplicate":  {"{0}: {1} is named twice at the same time", "{0}：{1} 在同一时间重复列出"},
	"turn":       {"{0}: {1} is not a turn of 1 to 366 days, weeks or months", "{0}：{1} 不是1至366天、周或月的轮换周期"},
	"days":       {"{0}: {1} is not a list of days", "{0}：{1} 不是日期列表"},
	"window":     {"{0}: {1} is not a window of at most 24 hours that begins on its date", "{0}：{1} 不是当日开始、不超过24小时的时段"},
	"overlap":    {"{0}: windows {1} overlap", "{0}：时段 {1} 相互重叠"},
	"together":   {"{0}: {1} is not a number of members who can serve at once", "{0}：{1} 不是可同时当班的人数"},
	"interval":   {"{0}: the interval ends before it begins", "{0}：期间的结束早于开始"},
	"not_millis": {"{0}: an end of the interval is not a whole millisecond", "{0}：期间的端点不是整毫秒"},
	"member":     {"{0}: a member is one person or one team", "{0}：成员应为一人或一个班组"},
	"team":       {"{0}: unknown team {1}", "{0}：未知班组 {1}"},
	"kind":       {"{0}: {1} is not add, remove, replace, leave or swap", "{0}：{1} 不是 add、remove、replace、leave、swap 之一"},
	"post":       {"{0}: {1} has no rotation", "{0}：{1} 没有轮班"},
	"field":      {"{0}: {1} does not belong to this kind of exception", "{0}：{1} 不适用于此类调整"},
	"self":       {"{0}: {1} would stand in for themselves", "{0}：{1} 不能替换本人"},
}
