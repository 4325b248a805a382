package assess

import (
	"errors"
	"strconv"

	"github.com/gridgov/gridgov/internal/fault"
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
	ErrUnknown   = errors.New("there is nothing of that code")
	ErrInput     = errors.New("a leaf needs one input, an inner node none")
	ErrWeight    = errors.New("weight is out of range")
	ErrMissing   = errors.New("unknown policy for missing data")
	ErrCurve     = errors.New("inputs of a curve do not ascend within their range")
	ErrScore     = errors.New("points are out of range")
	ErrTurns     = errors.New("curve rises and falls")
	ErrCycle     = errors.New("node is above itself")
	ErrDeep      = errors.New("too many levels")
	ErrWeights   = errors.New("weights do not add up to 10,000")
	ErrPoints    = errors.New("not points")
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

// Faults are all the faults of one call, in the order that NewScheme, Score or With
// states. It unwraps to its Errors.
type Faults struct {
	All  []*Error // at most FaultsMax
	More int      // how many were left out
}

// Error says every fault in English, one a line.
func (f *Faults) Error() string { return fault.Lines(f.All, f.More, "assess: %d more faults") }

// Unwrap lists the faults, so that errors.Is and errors.AsType find each.
func (f *Faults) Unwrap() []error { return fault.Errors(f.All) }

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
	{ErrUnknown, "unknown_code"}, {ErrInput, "input_count"}, {ErrWeight, "weight"}, {ErrMissing, "missing"}, {ErrCurve, "curve"}, {ErrScore, "points_range"},
	{ErrTurns, "turns"}, {ErrCycle, "cycle"}, {ErrDeep, "deep"}, {ErrWeights, "weights"}, {ErrPoints, "points"},
}

func codeOf(err error) string {
	for _, c := range coded {
		if errors.Is(err, c.err) {
			return c.code
		}
	}
	return "unknown"
}

// texts holds each message; of a fault {0} is the place, {1} the value. Those from
// "score" to "gap_incomplete" are lines of a Breakdown. The last two say a Rate:
// indicator, kind of group, code, numerator, denominator, excluded, value.
var texts = phrase.Catalog{
	"no_scheme":      {"{0}: there is no scheme to score by", "{0}：没有评价方案"},
	"period":         {"{0}: {1} ends before it begins", "{0}：{1} 结束早于开始"},
	"code":           {"{0}: {1} is not a code", "{0}：{1} 不是有效编码"},
	"twice":          {"{0}: {1} is used twice", "{0}：{1} 重复"},
	"no_mark":        {"{0}: a mark is empty", "{0}：标记为空"},
	"self":           {"{0}: the mark {1} both puts a fact in the denominator and takes it out", "{0}：标记 {1} 既计入分母又被剔除"},
	"no_instant":     {"{0}: {1} has no instant", "{0}：{1} 没有时间"},
	"too_many":       {"{0}: too many entries, {1}", "{0}：数量超限，{1}"},
	"mismatch":       {"{0}: {1} are rates of different things", "{0}：{1} 不是同一指标同一对象"},
	"overflow":       {"{0}: {1} is too large a count", "{0}：{1} 计数过大"},
	"unknown_code":   {"{0}: there is no {1}", "{0}：没有 {1}"},
	"input_count":    {"{0}: {1} needs exactly one input when it is a leaf or an adjustment, and has none when it has children", "{0}：{1} 为末级指标或加减分项时须有且仅有一个数据来源，有下级时不得有"},
	"weight":         {"{0}: the weight of {1} is not 1 to 10,000, or that of a root not 0", "{0}：{1} 权重须为1至10000，根节点须为0"},
	"missing":        {"{0}: {1} is no policy for missing data", "{0}：{1} 不是缺数处理方式"},
	"curve":          {"{0}: the curve of {1} needs two knots or more whose inputs ascend within their range", "{0}：{1} 的评分标准至少两档，且输入值须在范围内递增"},
	"points_range":   {"{0}: {1} is out of range", "{0}：{1} 超出范围"},
	"turns":          {"{0}: the curve of {1} rises and falls", "{0}：{1} 的评分标准有升有降"},
	"cycle":          {"{0}: {1} is above itself", "{0}：{1} 是自身的上级"},
	"deep":           {"{0}: {1} has too many levels above it", "{0}：{1} 层级过深"},
	"weights":        {"{0}: the weights below {1}, not 10,000", "{0}：下级权重之和 {1}，不是10000"},
	"points":         {"{0}: {1} is not a number with at most four decimals", "{0}：{1} 不是至多四位小数的分数"},
	"score":          {"{0} of {1} {2}: {3}", "{1} {2} 的{0}：{3}分"},
	"no_score":       {"{0} of {1} {2}: no score", "{1} {2} 的{0}：无得分"},
	"input":          {"input {0} lies from {1} to {2}: {3}", "输入{0}，位于{1}至{2}：{3}分"},
	"part":           {"{0}: {1} × {2} = {4}", "{0}：{1} × {2} = {4}"},
	"part_spread":    {"{0}: {1} × {3} = {4} (weight {2})", "{0}：{1} × {3} = {4}（原权重{2}）"},
	"part_alone":     {"{0}: {1} (weight {2})", "{0}：{1}（权重{2}）"},
	"part_without":   {"{0}: no score (weight {2})", "{0}：无得分（权重{2}）"},
	"adjusted":       {"{0}: {1} times, {3}", "{0}：{1}次，{3}分"},
	"adjusted_cap":   {"{0}: {1} times, {2} asked, {3} by the cap", "{0}：{1}次，应计{2}分，封顶计{3}分"},
	"held":           {"held within 0 and 100: {0}", "限于0至100分：{0}分"},
	"gap_left_out":   {"{0}: no data, left out; its weight went to its siblings", "{0}：无数据，不参评，权重由同级分担"},
	"gap_zero":       {"{0}: no data, counted as 0", "{0}：无数据，按0分计"},
	"gap_full":       {"{0}: no data, counted as 100", "{0}：无数据，按满分计"},
	"gap_incomplete": {"{0}: no data, so the score is incomplete", "{0}：无数据，得分不完整"},
	"rate":           {"{0} of {1} {2}: {3} of {4} = {6} ({5} excluded)", "{1} {2} 的{0}：{3}/{4} = {6}（剔除{5}）"},
	"no_data":        {"{0} of {1} {2}: no data ({5} excluded)", "{1} {2} 的{0}：无数据（剔除{5}）"},
}
