package dispatch

import (
	"strconv"
	"strings"

	"github.com/gridgov/gridgov/internal/phrase"
)

var findingPhrases = phrase.Catalog{
	"gap":          {"nobody leads {0} in {1}: {2}", "{0} 在 {1} 无主办：{2}"},
	"tie":          {"{3} {4} name different parties for {0} in {1} and nothing decides: {2}", "{0} 在 {1} 的{3}规则 {4} 冲突，无法取舍：{2}"},
	"crossing":     {"{3} {4} tie where a place has two classes of one layer, for {0} in {1}: {2}", "同一图层两类重叠处，{0} 在 {1} 的{3}规则 {4} 冲突：{2}"},
	"expired":      {"{3} {4} names {5}, which does not exist then: {0} in {1}, {2}", "{3}规则 {4} 指定的 {5} 当时不存在：{0}，{1}，{2}"},
	"dead":         {"{3} {4} is never first", "{3}规则 {4} 从不生效"},
	"dead.by":      {"{3} {4} is never first; {5} goes before it", "{3}规则 {4} 从不生效，{5} 优先"},
	"unowned":      {"{3} {4} goes to the owner of a feature; without one nobody answers for {0} in {1}: {2}", "{3}规则 {4} 由要素权属主体承担，无权属主体时 {0} 在 {1} 无人负责：{2}"},
	"handover":     {"since the version before nobody leads {0} in {1}: {2}", "清单换版后 {0} 在 {1} 无主办：{2}"},
	"jurisdiction": {"{3} {4} reaches outside the area of {5}: {0} in {1}, {2}", "{3}规则 {4} 超出 {5} 的管辖范围：{0}，{1}，{2}"},
	"self wide":    {"{3} {4} lets {5} handle what it finds outside its area: {0} in {1}, {2}", "{3}规则 {4} 的自办范围超出 {5} 的责任区：{0}，{1}，{2}"},
	"no budget":    {"{3} {4} sets no time limit and no standard does: {0} in {1}, {2}", "{3}规则 {4} 未定时限，也无处置标准：{0}，{1}，{2}"},
	"unstaffed":    {"{3} {4}: nobody is on duty for {5} {6}", "{3}规则 {4}：{5} 在 {6} 无人值守"},
	"more":         {"{0} more findings", "另有 {0} 条"},

	"any matter":  {"any matter", "所有事项"},
	"everywhere":  {"all areas", "全域"},
	"role.lead":   {"lead rule", "主办"},
	"role.assist": {"assist rule", "协办"}, "role.regulator": {"regulator rule", "监管"},
	"role.rectifier": {"rectifier rule", "整改责任"}, "role.notify": {"notify rule", "知会"},

	"witness":           {"for example {0} in {1} at {2}", "例如 {0}，{1}，{2}"},
	"witness.class":     {", class {0}", "，类别 {0}"},
	"witness.condition": {", condition {0}", "，情形 {0}"},
	"witness.channel":   {", channel {0}", "，渠道 {0}"},
	"witness.cost":      {", cost {0} fen", "，费用 {0} 分"},
}

// Text is the finding in words: "zh" is Chinese, anything else English.
func (f Finding) Text(lang string) string {
	say := func(code string, args ...string) string { return findingPhrases.Text(lang, code, args...) }
	if f.Code == FindingMore {
		return say("more", strconv.Itoa(f.Count))
	}
	matter, area := string(f.Matter), string(f.Area)
	if f.Matter == Any {
		matter = say("any matter")
	}
	if f.Area == Any {
		area = say("everywhere")
	}
	code, other := string(f.Code), string(f.Party)
	if f.Code == FindingDead && f.By != "" {
		code, other = "dead.by", string(f.By)
	}
	if f.Post != "" && f.Code != FindingExpired {
		other += "/" + string(f.Post)
	}
	when := ""
	if f.Code == FindingUnstaffed {
		when = f.During.From.UTC().Format(explainTime) + "–" + f.During.Until.UTC().Format(explainTime)
	}
	return say(code, matter, area, f.witness(lang), say("role."+string(f.Role)), joinCodes(f.Rules), other, when)
}

// witness is the witness in words.
func (f Finding) witness(lang string) string {
	if !f.HasWitness {
		return ""
	}
	q := f.Witness
	var text strings.Builder
	text.WriteString(findingPhrases.Text(lang, "witness", string(q.Matter), string(f.Place), q.At.UTC().Format(stamp)))
	for _, class := range q.Classes {
		text.WriteString(findingPhrases.Text(lang, "witness.class", class))
	}
	if q.Condition != "" {
		text.WriteString(findingPhrases.Text(lang, "witness.condition", q.Condition))
	}
	if q.Channel != "" {
		text.WriteString(findingPhrases.Text(lang, "witness.channel", q.Channel))
	}
	if q.Cost != 0 {
		text.WriteString(findingPhrases.Text(lang, "witness.cost", strconv.FormatInt(q.Cost, 10)))
	}
	return text.String()
}

func joinCodes(codes []Code) string {
	texts := make([]string, len(codes))
	for i, c := range codes {
		texts[i] = string(c)
	}
	return strings.Join(texts, ", ")
}
