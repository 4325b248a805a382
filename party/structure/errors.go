package structure

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gridgov/gridgov/internal/fault"
	"github.com/gridgov/gridgov/internal/phrase"
)

// The faults of a set of rules, in the order in which they are reported for one
// field.
var (
	ErrTooMany      = errors.New("more than a set of rules may have")
	ErrSyntax       = errors.New("not JSON of a set of rules")
	ErrField        = errors.New("unknown field")
	ErrValue        = errors.New("value is of the wrong type")
	ErrID           = errors.New("id is no code")
	ErrDuplicate    = errors.New("id is used twice")
	ErrKind         = errors.New("unknown kind of rule")
	ErrMissing      = errors.New("field is needed")
	ErrUnused       = errors.New("field has no meaning for this kind of rule")
	ErrCount        = errors.New("count is not from 0 up to at least as many")
	ErrPer          = errors.New("no unit that this kind of rule is checked for")
	ErrName         = errors.New("name is empty")
	ErrAppointment  = errors.New("unknown kind of appointment")
	ErrRegistration = errors.New("unknown kind of registration")
	ErrRight        = errors.New("unknown right")
	ErrTwice        = errors.New("stands here twice")
	ErrSquareMeters = errors.New("not a number of square metres")
	ErrInterval     = errors.New("interval ends before it begins")
	ErrNotMillis    = errors.New("instant is not a whole millisecond")
)

// sentinels is every fault in order, with the Chinese text; the error itself is
// the English one.
var sentinels = []struct {
	err error
	zh  string
}{
	{ErrTooMany, "超过规则集的上限"},
	{ErrSyntax, "不是规则集的JSON"},
	{ErrField, "没有这个字段"},
	{ErrValue, "值的类型不对"},
	{ErrID, "编号不合规"},
	{ErrDuplicate, "编号重复"},
	{ErrKind, "没有这种规则"},
	{ErrMissing, "缺少必需的字段"},
	{ErrUnused, "此类规则不用这个字段"},
	{ErrCount, "数量须不小于0，且上限不小于下限"},
	{ErrPer, "此类规则不能按这种单元核查"},
	{ErrName, "名称为空"},
	{ErrAppointment, "没有这种任职方式"},
	{ErrRegistration, "没有这种登记"},
	{ErrRight, "没有这种权限"},
	{ErrTwice, "重复列出"},
	{ErrSquareMeters, "不是平方米数"},
	{ErrInterval, "截止早于起始"},
	{ErrNotMillis, "时刻不是整毫秒"},
}

// FaultsMax is how many faults a CompileError lists; the rest are counted.
const FaultsMax = 100

// Error is one fault of a set of rules: which rule, which field, why.
type Error struct {
	Index        int // position of the rule, from 0; -1: of none
	Rule         Code
	Field        string // as files name it; "" when it is the rule itself
	Value        string
	Line, Column int // from 1, columns in characters; 0 when the rules are from no file
	Err          error
	offset       int64 // in the file, in bytes
}

// Error says where and why.
func (e *Error) Error() string {
	text := "structure: "
	if e.Line > 0 {
		text += fmt.Sprintf("%d:%d: ", e.Line, e.Column)
	}
	if e.Index >= 0 {
		text += strings.TrimSpace(fmt.Sprintf("rules[%d] %s", e.Index, e.Rule)) + ": "
	}
	if e.Field != "" {
		text += e.Field + ": "
	}
	text += e.Err.Error()
	if e.Value != "" {
		text += fmt.Sprintf(": %q", e.Value)
	}
	return text
}

// Unwrap gives the sentinel.
func (e *Error) Unwrap() error { return e.Err }

var errorTexts = phrase.Catalog{
	"place": {"line {0}, column {1}: {2}", "第{0}行第{1}列：{2}"},
	"rule":  {"rule {0}: {1}", "规则{0}：{1}"},
	"field": {"{0}: {1}", "{0}：{1}"},
	"value": {"{0} ({1})", "{0}（{1}）"},
}

// Text is the fault as a sentence in lang: "zh" is Chinese, anything else English.
func (e *Error) Text(lang string) string {
	text := e.Err.Error()
	for _, s := range sentinels {
		if lang == "zh" && errors.Is(e.Err, s.err) {
			text = s.zh
		}
	}
	if e.Value != "" {
		text = errorTexts.Text(lang, "value", text, e.Value)
	}
	if e.Field != "" {
		text = errorTexts.Text(lang, "field", e.Field, text)
	}
	if e.Index >= 0 {
		text = errorTexts.Text(lang, "rule", cmp.Or(string(e.Rule), fmt.Sprintf("[%d]", e.Index)), text)
	}
	if e.Line > 0 {
		text = errorTexts.Text(lang, "place", fmt.Sprint(e.Line), fmt.Sprint(e.Column), text)
	}
	return text
}

// CompileError holds the faults of a set of rules, sorted by place in the file, rule,
// field, fault and value.
type CompileError struct {
	Faults []*Error
	Left   int // faults beyond FaultsMax
}

// Error lists the faults, one a line.
func (c *CompileError) Error() string {
	return fault.Lines(c.Faults, c.Left, "structure: %d more faults")
}

// Unwrap gives every fault, so errors.Is finds each sentinel.
func (c *CompileError) Unwrap() []error { return fault.Errors(c.Faults) }

// faults collects what is wrong with a set of rules.
type faults struct{ all []*Error }

func (f *faults) add(index int, rule Code, field string, err error, value ...string) {
	f.all = append(f.all, &Error{Index: index, Rule: rule, Field: field, Value: strings.Join(value, " "), Err: err})
}

// err is the faults in order, nil when there are none.
func (f *faults) err() *CompileError {
	if len(f.all) == 0 {
		return nil
	}
	rank := func(e *Error) int {
		for i, s := range sentinels {
			if errors.Is(e.Err, s.err) {
				return i
			}
		}
		return len(sentinels)
	}
	slices.SortFunc(f.all, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.offset, b.offset), cmp.Compare(a.Index, b.Index),
			cmp.Compare(a.Field, b.Field), cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Value, b.Value))
	})
	kept := f.all[:min(len(f.all), FaultsMax)]
	return &CompileError{Faults: kept, Left: len(f.all) - len(kept)}
}
