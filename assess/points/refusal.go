package points

import (
	"slices"

	"github.com/gridgov/gridgov/internal/envelope"
	"github.com/gridgov/gridgov/internal/phrase"
)

// The codes of refusals, in order of precedence: when several apply, the first one
// is given.
const (
	AwardExists = "award-exists" // award or deduction
	NoAward     = "no-award"     // award or deduction
	NoPlan      = "no-plan"      // year
	NoItem      = "no-item"      // item, year
	NoRight     = "no-right"     // person or post, right, scope
	Stale       = "stale"        // what, version now, version expected
	Gone        = "reversed"     // award or deduction
	WrongSign   = "wrong-sign"   // item, its points, verb
	Future      = "future"       // the date, the date of the command
	InUse       = "in-use"       // year
	TooMany     = "too-many"     // what, the most
)

// refusals is the closed list of codes in order of precedence with the number of
// arguments of each.
var refusals = envelope.Refusals{
	{AwardExists, 1}, {NoAward, 1}, {NoPlan, 1}, {NoItem, 2}, {NoRight, 3}, {Stale, 3}, {Gone, 1}, {WrongSign, 3}, {Future, 2}, {InUse, 1}, {TooMany, 2},
}

// RefusalCodes lists every refusal code in order of precedence.
func RefusalCodes() []string { return refusals.Codes() }

var catalog = phrase.Catalog{
	AwardExists: {"{0} is recorded already", "{0}已经登记"},
	NoAward:     {"there is no award or deduction {0}", "没有加分或扣分{0}"},
	NoPlan:      {"no plan is adopted for {0}", "{0}年没有积分办法"},
	NoItem:      {"the plan for {1} has no item {0}", "{1}年积分办法没有积分项{0}"},
	NoRight:     {"{0} has no right {1} over {2}", "{0}对{2}没有{1}权限"},
	Stale:       {"{0} has changed: it is at version {1}, not {2}", "{0}已有变动：现为第{1}版，不是第{2}版"},
	Gone:        {"{0} is reversed", "{0}已经冲销"},
	WrongSign:   {"item {0} of {1} points is not to {2}", "积分项{0}为{1}分，不能用于{2}"},
	Future:      {"{0} is after {1}", "{0}晚于{1}"},
	InUse:       {"points are recorded under the plan for {0}, which may only get items, names and a source", "{0}年积分办法下已有记录，只能增加积分项、更改名称和依据"},
	TooMany:     {"{0} has {1} already, the most allowed", "{0}已达上限{1}"},

	// Lines of a statement: award, item, date, asked, given, cap, the award reversed.
	"base":    {"base points: {4}", "基础分：{4}分"},
	"award":   {"{2} {1} ({0}): {4}", "{2} {1}（{0}）：{4}分"},
	"cut":     {"{2} {1} ({0}): {3} asked, {4} given", "{2} {1}（{0}）：应计{3}分，实计{4}分"},
	"item":    {": the cap of the item, {5}, is reached", "：已达该项封顶{5}分"},
	"year":    {": the cap of the year, {5}, is reached", "：已达年度封顶{5}分"},
	"reverse": {"{0} ({1}) reversed: {4}", "冲销{0}（{1}）：{4}分"},
	"refill":  {"{0} ({1}) gets what the reversal of {6} freed: {4}", "{6}冲销后，{0}（{1}）补计：{4}分"},
	"floor":   {"held at the floor: {4}", "不低于下限：{4}分"},
	"ceiling": {"held at the ceiling: {4}", "不高于上限：{4}分"},
}

// Refusal is why a well-formed command was not carried out: one of the codes above
// with the arguments named beside it.
type Refusal struct {
	Code string   `json:"code"`
	Args []string `json:"args"`
}

// Text is the refusal in words: "zh" is Chinese, anything else English.
func (r Refusal) Text(lang string) string {
	args := slices.Clone(r.Args)
	if r.Code == WrongSign && len(args) == 3 && lang == "zh" {
		if word, ok := signWords[args[2]]; ok {
			args[2] = word
		}
	}
	return catalog.Text(lang, r.Code, args...)
}

// signWords are the verbs that WrongSign names.
var signWords = map[string]string{"award": "加分", "deduct": "扣分"}

func refuse(code string, args ...string) *Refusal { return &Refusal{Code: code, Args: args} }

// own is a copy that shares no memory.
func (r Refusal) own() Refusal { return Refusal{r.Code, slices.Clone(r.Args)} }

// possible reports whether r is on the closed list with as many arguments as it
// should have, each short enough to keep.
func (r Refusal) possible() bool { return refusals.Possible(r.Code, r.Args, TextMax) }
