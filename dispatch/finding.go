package dispatch

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/gridgov/gridgov/internal/phrase"
)

// FindingsMax is how many findings Findings lists; the rest are counted in one
// more.
const FindingsMax = 1000

// Severity says how bad a Finding is.
type Severity string

// The severities.
const (
	SeverityError   Severity = "error"   // a case would be left without its one answerable party
	SeverityWarning Severity = "warning" // the list does not say what its author may have meant
)

// FindingCode says what a Finding is about.
type FindingCode string

// The findings of a list, in the order in which they are reported within one
// severity.
const (
	// FindingGap: some query about the matter in the area has no lead.
	FindingGap FindingCode = "gap"
	// FindingTie: some query has two first rules of one role with different
	// parties.
	FindingTie FindingCode = "tie"
	// FindingExpired: some query goes to a party that does not exist at its
	// instant, by the directory.
	FindingExpired FindingCode = "expired"
	// FindingCrossing is a tie that needs a place with two classes of one layer,
	// such as the corner of a main street and a lane. Only a warning: most maps
	// give a place one class of each layer.
	FindingCrossing FindingCode = "crossing"
	// FindingDead: the rule is first for no query, so it changes nothing.
	FindingDead FindingCode = "dead"
	// FindingMore counts what FindingsMax leaves out.
	FindingMore FindingCode = "more"
)

// findingOrder is the order of the codes within a severity.
var findingOrder = []FindingCode{FindingGap, FindingTie, FindingExpired, FindingCrossing, FindingDead, FindingMore}

// Finding is something that its author should know about a list.
type Finding struct {
	Severity Severity
	Code     FindingCode
	Role     Role
	Matter   Code   // the matters concerned: this one and all below it; Any is every matter
	Area     Code   // the area concerned, with all in it; Any is everywhere
	Rules    []Code // the rules concerned, by id; none for a gap
	By       Code   // FindingDead: a rule that goes before it
	Party    Code   // FindingExpired: the party
	Count    int    // FindingMore: how many
	// Witness is a query that shows the finding: Match answers it with NoRule or
	// NoList for a gap, Tied for a tie of leads, the absent party for an expired
	// one, another rule for a dead one. Place is the code of its area.
	// HasWitness is false for FindingMore, and for a dead rule that no instant
	// fits.
	Witness    Query
	Place      Code
	HasWitness bool
}

var findingPhrases = phrase.Catalog{
	"gap":      {"nobody leads {0} in {1}: {2}", "{0} 在 {1} 无主办：{2}"},
	"tie":      {"{3} {4} name different parties for {0} in {1} and nothing decides: {2}", "{0} 在 {1} 的{3}规则 {4} 冲突，无法取舍：{2}"},
	"crossing": {"{3} {4} tie where a place has two classes of one layer, for {0} in {1}: {2}", "同一图层两类重叠处，{0} 在 {1} 的{3}规则 {4} 冲突：{2}"},
	"expired":  {"{3} {4} names {5}, which does not exist then: {0} in {1}, {2}", "{3}规则 {4} 指定的 {5} 当时不存在：{0}，{1}，{2}"},
	"dead":     {"{3} {4} is never first", "{3}规则 {4} 从不生效"},
	"dead.by":  {"{3} {4} is never first; {5} goes before it", "{3}规则 {4} 从不生效，{5} 优先"},
	"more":     {"{0} more findings", "另有 {0} 条"},

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
	return say(code, matter, area, f.witness(lang), say("role."+string(f.Role)), joinCodes(f.Rules), other)
}

// witness is the witness in words.
func (f Finding) witness(lang string) string {
	if !f.HasWitness {
		return ""
	}
	q := f.Witness
	var text strings.Builder
	text.WriteString(findingPhrases.Text(lang, "witness", string(q.Matter), string(f.Place), q.At.UTC().Format("2006-01-02T15:04:05.000Z")))
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

// Findings proves the list over every matter, every leaf of the map, every
// class, condition, channel and cost, and all instants: what it does not report
// cannot happen. It reports gaps, ties, rules that go to an absent party and
// rules that are never first, each with a witness and, for gaps, as few and as
// wide as whole matters and whole areas allow. Errors come first, then by code,
// role, matter, area and rules; at most FindingsMax, the rest counted in one
// last FindingMore.
//
// Every matter is every matter of the table; without one, every matter that a
// rule names and one that none does. A query about an area that is not a leaf,
// about a matter unknown to the table, or with a negative cost is not covered;
// and when a window is work or rest, no instant before 2 January of
// worktime.YearMin or from 31 December of worktime.YearMax on, since no calendar
// knows of work there.
//
// Nothing is sampled: an answer can change only where a matter or an area is
// named, at the beginning or end of a rule, a party or a window, at a cost
// bound, or by a class, condition or channel that a rule names; and naming fewer
// of these never makes more rules apply.
//
// About O(c·r) for c matters that rules tell apart and r rules that speak of
// one of them.
func (l *List) Findings() []Finding {
	if l == nil || len(l.parent) == 1 {
		return nil
	}
	c := newCheck(l)
	for role := range singleRoles {
		c.sweep(role)
	}
	c.absentEverywhere()
	all := slices.Concat(c.gaps(), c.ties(), c.expired, c.dead())
	slices.SortFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(slices.Index(findingOrder, a.Code), slices.Index(findingOrder, b.Code)),
			cmp.Compare(roleIndex(a.Role), roleIndex(b.Role)), cmp.Compare(a.Matter, b.Matter),
			cmp.Compare(a.Area, b.Area), slices.Compare(a.Rules, b.Rules))
	})
	if len(all) > FindingsMax {
		left := all[FindingsMax:]
		all = append(all[:FindingsMax:FindingsMax], Finding{Severity: left[0].Severity, Code: FindingMore, Count: len(left)})
	}
	return all
}
