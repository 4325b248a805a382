package resource

import (
	"strconv"
	"strings"

	"github.com/gridgov/gridgov/internal/phrase"
)

var phrases = phrase.Catalog{
	string(WhyKind):      {"{0}: another kind", "{0}：类别不符"},
	string(WhySkills):    {"{0}: lacks a skill", "{0}：不具备所需技能"},
	string(WhyArea):      {"{0}: serves an area too far away", "{0}：服务区域不相邻"},
	string(WhyTime):      {"{0}: not at the same time", "{0}：时间不符"},
	string(WhyReserved):  {"{0}: kept for another project", "{0}：已归其他项目"},
	string(WhySpent):     {"{0}: not enough is left", "{0}：余量不足"},
	string(WhyNotNeeded): {"{0}: others met the need", "{0}：需求已由他方满足"},
	string(WhyBeyond):    {"{0}: too many fit better", "{0}：有过多更合适的资源"},
	"nobody":             {"nothing of the kind is offered", "没有这类资源"},
	"own":                {"of the same project", "同一项目"},
	string(SameKind):     {"same kind", "类别相同"},
	string(SpecialKind):  {"more special kind", "类别更具体"},
	string(GeneralKind):  {"more general kind, to be asked", "类别更宽，须确认"},
	"holds":              {"serves the area", "服务该区域"},
	"steps":              {"{0} steps away", "相隔{0}级"},
	"whole":              {"all the time", "全程"},
	"days":               {"{0} days of the time", "其中{0}天"},
	"open":               {"a part of the time", "其中一段时间"},
	"enough":             {"enough units", "数量足够"},
	"few":                {"a part of the units", "数量不足"},
	"earlier":            {"its party was matched {0} times before", "该单位此前匹配过{0}次"},
}

// Text says why in lang ("zh", else English).
func (p Passed) Text(lang string) string { return phrases.Text(lang, string(p.Why), string(p.Offer)) }

// Reason says in lang ("zh", else English) what stopped the offer that came nearest,
// nothing when the need is met in full.
func (x Allotment) Reason(lang string) string {
	switch {
	case x.Full():
		return ""
	case x.Near == "":
		return phrases.Text(lang, "nobody")
	}
	return phrases.Text(lang, string(x.Why), string(x.Near))
}

// Text says in lang ("zh", else English) why the offer stands where it does.
func (f Fit) Text(lang string) string {
	var parts []string
	say := func(code string, args ...string) { parts = append(parts, phrases.Text(lang, code, args...)) }
	if f.Own {
		say("own")
	}
	say(string(f.Kind))
	if f.Steps == 0 {
		say("holds")
	} else {
		say("steps", strconv.Itoa(f.Steps))
	}
	switch {
	case f.Whole:
		say("whole")
	case f.Days < 0:
		say("open")
	default:
		say("days", strconv.FormatInt(f.Days, 10))
	}
	if f.Enough {
		say("enough")
	} else {
		say("few")
	}
	if f.Earlier > 0 {
		say("earlier", strconv.Itoa(f.Earlier))
	}
	if lang == "zh" {
		return string(f.Offer) + "：" + strings.Join(parts, "、")
	}
	return string(f.Offer) + ": " + strings.Join(parts, ", ")
}
