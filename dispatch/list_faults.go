package dispatch

import (
	"errors"
	"strconv"

	"github.com/gridgov/gridgov/internal/phrase"
)

// listFaultTexts names each sentinel and says it in English and Chinese. {0} is
// the rule or matter, {1} the column, {2} what was given.
var listFaultTexts = [...]struct {
	err  error
	code string
	text [2]string
}{
	{ErrTooMany, "too many", [2]string{"{0}: too many {1}: {2}", "{0}：{1} 过多：{2}"}},
	{ErrCode, "bad code", [2]string{"{0}: {1} {2} is no code", "{0}：{1} 的编码 {2} 不合规"}},
	{ErrDuplicate, "duplicate", [2]string{"{0}: the {1} is used twice", "{0}：{1} 重复"}},
	{ErrMatterKind, "kind", [2]string{"{0}: unknown kind of matter {2}", "{0}：未知事项种类 {2}"}},
	{ErrRisk, "risk", [2]string{"{0}: unknown risk {2}", "{0}：未知风险等级 {2}"}},
	{ErrRole, "role", [2]string{"{0}: unknown role {2}", "{0}：未知角色 {2}"}},
	{ErrUnknownMatter, "unknown matter", [2]string{"{0}: no known matter begins with {2}", "{0}：没有以 {2} 开头的事项"}},
	{ErrUnknownParty, "unknown party", [2]string{"{0}: unknown party or post {2}", "{0}：未知主体或岗位 {2}"}},
	{ErrOwner, "owner", [2]string{"{0}: {2} names no layer, or this role must name its party", "{0}：{2} 未写明图层，或该角色须直接写明主体"}},
	{ErrUnknownArea, "unknown area", [2]string{"{0}: unknown area {2}", "{0}：未知区域 {2}"}},
	{ErrNoMap, "no map", [2]string{"there is no map", "缺少地图"}},
	{ErrClass, "class", [2]string{"{0}: class {2} is not written layer=class", "{0}：类别 {2} 应写作 图层=类别"}},
	{ErrText, "text", [2]string{"{0}: {1} is too long or not UTF-8", "{0}：{1} 过长或不是 UTF-8"}},
	{ErrWindow, "window", [2]string{"{0}: window {2} is not work, rest or clock times as 18:00-08:00", "{0}：时段 {2} 应为 work、rest 或 18:00-08:00"}},
	{ErrNoCalendar, "no calendar", [2]string{"{0}: window {2} needs a calendar", "{0}：时段 {2} 需要工作日历"}},
	{ErrNoZone, "no zone", [2]string{"{0}: window {2} needs a time zone", "{0}：时段 {2} 需要时区"}},
	{ErrMode, "mode", [2]string{"{0}: unknown mode {2}", "{0}：未知模式 {2}"}},
	{ErrBudget, "budget", [2]string{"{0}: bad budget {2}", "{0}：时限 {2} 不合规"}},
	{ErrCost, "cost", [2]string{"{0}: {1} {2} is negative or leaves no cost", "{0}：{1} {2} 为负或区间为空"}},
	{ErrInterval, "interval", [2]string{"{0}: it ends before it begins", "{0}：终止不晚于起始"}},
	{ErrSeason, "season", [2]string{"{0}: season {2} is not written as 03-15..05-31", "{0}：季节 {2} 应写作 03-15..05-31"}},
	{ErrVersion, "version", [2]string{"{0}: there is no version {2} of the list", "{0}：没有清单版本 {2}"}},
	{ErrOverlap, "overlap", [2]string{"{0}: another version begins before {2}", "{0}：另一版本在 {2} 之前已生效"}},
	{ErrNotMillis, "millis", [2]string{"{0}: {1} {2} is finer than a millisecond", "{0}：{1} {2} 精度超过毫秒"}},
}

var listFaultPhrases = func() phrase.Catalog {
	c := phrase.Catalog{
		"rule":     {"rule {0}", "规则 {0}"},
		"matter":   {"matter {0}", "事项 {0}"},
		"version":  {"version {0}", "清单版本 {0}"},
		"standard": {"standard of {0}", "标准（{0}）"},
	}
	for _, f := range listFaultTexts {
		c["fault."+f.code] = f.text
	}
	return c
}()

// Code names the fault in a word or two, for whoever must tell faults apart
// without Go errors. It is "" for an error that Compile never makes.
func (e *Error) Code() string {
	for _, f := range listFaultTexts {
		if errors.Is(e.Err, f.err) {
			return f.code
		}
	}
	return ""
}

// Text is the fault in words: "zh" is Chinese, anything else English.
func (e *Error) Text(lang string) string {
	where := listFaultPhrases.Text(lang, faultNouns[e.of()], string(e.name()))
	return listFaultPhrases.Text(lang, "fault."+e.Code(), where, e.Field, strconv.Quote(e.Value))
}
