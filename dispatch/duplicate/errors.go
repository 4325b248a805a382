package duplicate

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gridgov/gridgov/internal/phrase"
)

// The faults of a Config and of a report.
var (
	ErrCode      = errors.New("not a code")
	ErrChannel   = errors.New("channel too long or not UTF-8")
	ErrRange     = errors.New("out of range")
	ErrNotMillis = errors.New("not a whole number of milliseconds")
	ErrTwice     = errors.New("occurs twice")
	ErrMany      = errors.New("too many")
	ErrDefault   = errors.New("the default policy is of no matter and no group")
	ErrPlace     = errors.New("not a place")
	ErrInstant   = errors.New("instant outside the years 1 to 9999")
	ErrUnknown   = errors.New("no such open report")
)

var faultTexts = phrase.Catalog{
	"fault":              {"duplicate: {0}: {1}", "查重：{0}：{1}"},
	"more":               {"and {0} more", "另有{0}处"},
	ErrCode.Error():      {ErrCode.Error(), "编码无效"},
	ErrChannel.Error():   {ErrChannel.Error(), "渠道名过长或不是UTF-8"},
	ErrRange.Error():     {ErrRange.Error(), "超出范围"},
	ErrNotMillis.Error(): {ErrNotMillis.Error(), "不是整毫秒"},
	ErrTwice.Error():     {ErrTwice.Error(), "重复出现"},
	ErrMany.Error():      {ErrMany.Error(), "数量过多"},
	ErrDefault.Error():   {ErrDefault.Error(), "默认规则不属于任何事项和同类组"},
	ErrPlace.Error():     {ErrPlace.Error(), "不是有效位置"},
	ErrInstant.Error():   {ErrInstant.Error(), "时间不在公元1年至9999年之间"},
	ErrUnknown.Error():   {ErrUnknown.Error(), "没有这一在办案件"},
}

// Error is one fault, at a field: "Policies[3].Radius", "ID".
type Error struct {
	Field string
	Value string // as given; empty when there is nothing to show, as of places
	Err   error  // one of the sentinels
	Cause error  // why a code is none, else nil
}

// Error says where and why.
func (e *Error) Error() string {
	s := e.Text("en")
	if e.Cause != nil {
		s += fmt.Sprintf(": %v", e.Cause)
	} else if e.Value != "" {
		s += fmt.Sprintf(": %q", e.Value)
	}
	return s
}

// Text is the fault in words: "zh" is Chinese, anything else English.
func (e *Error) Text(lang string) string {
	return faultTexts.Text(lang, "fault", e.Field, faultTexts.Text(lang, e.Err.Error()))
}

// Unwrap gives the sentinel and the cause.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Err}
	}
	return []error{e.Err, e.Cause}
}

// FaultsMax is how many faults an Errors lists.
const FaultsMax = 100

// Errors is every fault of a Config or a report, in the order of its fields; the
// first FaultsMax of them.
type Errors struct {
	Faults []*Error
	More   int // faults not listed
}

// Error lists the faults, one a line.
func (e *Errors) Error() string { return e.lines("en", (*Error).Error) }

// Text lists the faults in words, one a line: "zh" is Chinese, anything else English.
func (e *Errors) Text(lang string) string {
	return e.lines(lang, func(f *Error) string { return f.Text(lang) })
}

func (e *Errors) lines(lang string, of func(*Error) string) string {
	lines := make([]string, len(e.Faults), len(e.Faults)+1)
	for i, f := range e.Faults {
		lines[i] = of(f)
	}
	if e.More > 0 {
		lines = append(lines, faultTexts.Text(lang, "more", fmt.Sprint(e.More)))
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives every fault listed, so errors.Is finds each sentinel.
func (e *Errors) Unwrap() []error {
	errs := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		errs[i] = f
	}
	return errs
}

func (e *Errors) add(f *Error) {
	if len(e.Faults) == FaultsMax {
		e.More++
		return
	}
	e.Faults = append(e.Faults, f)
}

func (e *Errors) err() error {
	if len(e.Faults) == 0 {
		return nil
	}
	return e
}
