package assess

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/gridgov/gridgov/internal/phrase"
)

// The faults of a Plan and of Facts. Each reaches the caller inside an Error.
var (
	ErrNoScheme  = errors.New("no scheme")
	ErrPeriod    = errors.New("period holds no instant")
	ErrCode      = errors.New("not a code")
	ErrTwice     = errors.New("code is used twice")
	ErrNoMark    = errors.New("empty mark")
	ErrSelf      = errors.New("mark both puts a fact in and takes it out")
	ErrNoInstant = errors.New("fact has no instant")
	ErrTooMany   = errors.New("too many entries")
	ErrMismatch  = errors.New("rates of different things")
	ErrOverflow  = errors.New("count is too large")
)

// Error is one fault and where it is.
type Error struct {
	Err   error  // the sentinel
	Field string // "Period", "Indicators", "Facts" … and the field inside
	Index int    // the position in the list as the caller gave it, else -1
	Value string // what was given, as text; may be empty
}

// Error says the fault in English.
func (e *Error) Error() string { return "assess: " + e.Text("en") }

// Unwrap is the sentinel.
func (e *Error) Unwrap() error { return e.Err }

// Text says the fault in lang: "zh" is Chinese, anything else English.
func (e *Error) Text(lang string) string {
	where := e.Field
	if e.Index >= 0 {
		where += "[" + strconv.Itoa(e.Index) + "]"
	}
	return texts.Text(lang, codeOf(e.Err), where, e.Value)
}

// FaultsMax is the number of faults that one call reports; the rest are counted.
const FaultsMax = 100

// Faults are all the faults of one call: of a Plan the period first, else in the
// order of the caller's list. It unwraps to its Errors.
type Faults struct {
	All  []*Error // at most FaultsMax
	More int      // how many were left out
}

// Error says every fault in English, one a line.
func (f *Faults) Error() string {
	text := ""
	for i, e := range f.All {
		if i > 0 {
			text += "\n"
		}
		text += e.Error()
	}
	if f.More > 0 {
		text += fmt.Sprintf("\nassess: %d more faults", f.More)
	}
	return text
}

// Unwrap lists the faults, so that errors.Is and errors.AsType find each.
func (f *Faults) Unwrap() []error {
	list := make([]error, len(f.All))
	for i, e := range f.All {
		list[i] = e
	}
	return list
}

// add notes one fault, or counts it when there are enough.
func (f *Faults) add(err error, field string, index int, value string) {
	if len(f.All) == FaultsMax {
		f.More++
		return
	}
	f.All = append(f.All, &Error{Err: err, Field: field, Index: index, Value: value})
}

// orNil is the error to answer.
func (f *Faults) orNil() error {
	if len(f.All) == 0 {
		return nil
	}
	return f
}

// coded pairs every sentinel with its message code, in the order above.
var coded = []struct {
	err  error
	code string
}{
	{ErrNoScheme, "no_scheme"}, {ErrPeriod, "period"}, {ErrCode, "code"}, {ErrTwice, "twice"}, {ErrNoMark, "no_mark"},
	{ErrSelf, "self"}, {ErrNoInstant, "no_instant"}, {ErrTooMany, "too_many"}, {ErrMismatch, "mismatch"}, {ErrOverflow, "overflow"},
}

func codeOf(err error) string {
	for _, c := range coded {
		if errors.Is(err, c.err) {
			return c.code
		}
	}
	return "unknown"
}

// texts holds each message; {0} is the place, {1} the value. The last two say a
// Rate: indicator, kind of group, code, numerator, denominator, excluded, value.
var texts = phrase.Catalog{
	"no_scheme":  {"{0}: there is no scheme to score by", "{0}：没有评价方案"},
	"period":     {"{0}: {1} ends before it begins", "{0}：{1} 结束早于开始"},
	"code":       {"{0}: {1} is not a code", "{0}：{1} 不是有效编码"},
	"twice":      {"{0}: {1} is used twice", "{0}：{1} 重复"},
	"no_mark":    {"{0}: a mark is empty", "{0}：标记为空"},
	"self":       {"{0}: the mark {1} both puts a fact in the denominator and takes it out", "{0}：标记 {1} 既计入分母又被剔除"},
	"no_instant": {"{0}: {1} has no instant", "{0}：{1} 没有时间"},
	"too_many":   {"{0}: too many entries, {1}", "{0}：数量超限，{1}"},
	"mismatch":   {"{0}: {1} are rates of different things", "{0}：{1} 不是同一指标同一对象"},
	"overflow":   {"{0}: {1} is too large a count", "{0}：{1} 计数过大"},
	"rate":       {"{0} of {1} {2}: {3} of {4} = {6} ({5} excluded)", "{1} {2} 的{0}：{3}/{4} = {6}（剔除{5}）"},
	"no_data":    {"{0} of {1} {2}: no data ({5} excluded)", "{1} {2} 的{0}：无数据（剔除{5}）"},
}
