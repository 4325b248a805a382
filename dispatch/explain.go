package dispatch

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridgov/gridgov/internal/phrase"
)

// Verdict says what became of a candidate rule.
type Verdict string

// The verdicts, besides those that say why a rule does not apply.
const (
	VerdictWon         Verdict = "won"       // it is named in the Decision
	VerdictBeaten      Verdict = "beaten"    // another goes before it, by the step named
	VerdictRepeated    Verdict = "repeated"  // the party is named already
	VerdictTied        Verdict = "tied"      // equal to the first, with different parties
	VerdictUnowned     Verdict = "unowned"   // it is first, but nobody owns what it speaks of
	VerdictNotYet      Verdict = "not yet"   // before From, or before its version of the list
	VerdictNoLonger    Verdict = "no longer" // at or after Until, or after its version
	VerdictNoClass     Verdict = "class"     // the place has not its class
	VerdictNoCondition Verdict = "condition" // another condition or none
	VerdictNoChannel   Verdict = "channel"   // another channel or none
	VerdictNoCost      Verdict = "cost"      // the cost is not in [MinCost, MaxCost)
	VerdictNoWindow    Verdict = "window"    // the instant is not in its window
)

// Candidate is one rule considered: its matter covers the Query's and its area holds
// the Query's.
type Candidate struct {
	Rule    Code    `json:"rule"`
	Role    Role    `json:"role"`
	Party   Code    `json:"party"`
	Post    Code    `json:"post,omitzero"`
	Rank    Rank    `json:"rank"`
	Verdict Verdict `json:"verdict"`
	By      Code    `json:"by,omitzero"`   // VerdictBeaten, VerdictRepeated: the rule that goes before it
	Over    string  `json:"over,omitzero"` // VerdictBeaten: the step of Rank that decided
	// Needs is what does not hold, of VerdictNotYet and VerdictNoLonger the instant at
	// which the rule begins or ended, its own or that of its version of the list.
	Needs string `json:"needs,omitzero"`
}

// Explanation is a Decision with every candidate rule: by role in the order
// lead, regulator, rectifier, assist, notify, then in order of precedence, then
// by id.
type Explanation struct {
	Query      Query
	Place      Code // code of the Query's area
	Decision   Decision
	Candidates []Candidate
}

// Explain answers what Match answers, by the same path, and why. It looks at
// every candidate where Match stops early.
func (l *List) Explain(q Query) Explanation {
	rec := recorder{why: map[uint32]Verdict{}}
	x := Explanation{Query: q}
	l.decide(&x.Decision, &q, &rec)
	x.Query.Classes, x.Query.Owners = slices.Clone(q.Classes), slices.Clone(q.Owners)
	x.Place = l.Map().Info(q.Area).Code
	positions := make([]uint32, 0, len(rec.why))
	for pos := range rec.why {
		positions = append(positions, pos)
	}
	slices.SortFunc(positions, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(l.entries[a].role, l.entries[b].role), cmp.Compare(a, b))
	})
	var first [len(rolesInOrder)]int // applicable rules of the role so far
	var best [len(rolesInOrder)]uint32
	for _, pos := range positions {
		step := l.step(pos, rec.why[pos], q.Owners)
		role := l.entries[pos].role
		if step.Verdict == VerdictWon {
			if first[role]++; first[role] == 1 {
				best[role] = pos
			}
			l.judge(&step, pos, best[role], &x)
		}
		x.Candidates = append(x.Candidates, step)
	}
	return x
}

// step is a candidate with what was recorded of it.
func (l *List) step(pos uint32, why Verdict, owners []LayerOwner) Candidate {
	r := l.rules[pos]
	var d Duty
	l.fill(&d, pos, owners)
	s := Candidate{Rule: r.ID, Role: r.Role, Party: cmp.Or(d.Party, r.Party), Post: d.Post, Rank: l.ranks[pos], Verdict: cmp.Or(why, VerdictWon)}
	switch why {
	case VerdictNotYet:
		s.Needs = time.UnixMilli(l.entries[pos].from).UTC().Format(explainTime)
	case VerdictNoLonger:
		s.Needs = time.UnixMilli(l.entries[pos].until).UTC().Format(explainTime)
	case VerdictNoClass:
		s.Needs = r.Class
	case VerdictNoCondition:
		s.Needs = r.Condition
	case VerdictNoChannel:
		s.Needs = r.Channel
	case VerdictNoWindow:
		s.Needs = r.Window
	case VerdictNoCost:
		s.Needs = strconv.FormatInt(r.MinCost, 10) + "-"
		if r.MaxCost > 0 {
			s.Needs += strconv.FormatInt(r.MaxCost, 10)
		}
	}
	return s
}

const explainTime = "2006-01-02T15:04:05.000Z07:00"

// judge says how an applicable rule fared against the best of its role.
func (l *List) judge(s *Candidate, pos, best uint32, x *Explanation) {
	role := l.entries[pos].role
	if role >= singleRoles {
		if l.unowned(pos, x.Query.Owners) {
			s.Verdict, s.Needs = VerdictUnowned, l.owners[pos]
			return
		}
		for i := range x.Candidates {
			if e := &x.Candidates[i]; e.Role == s.Role && e.Verdict == VerdictWon && e.Party == s.Party && e.Post == s.Post {
				s.Verdict, s.By = VerdictRepeated, e.Rule
			}
		}
		return
	}
	named := [singleRoles]Code{x.Decision.Lead.Rule, x.Decision.Regulator.Rule, x.Decision.Rectifier.Rule}[role]
	order, over := l.ranks[best].Compare(l.ranks[pos])
	left := named == "" && (role != 0 || x.Decision.Status == Tied)
	switch {
	case order != 0:
		s.Verdict, s.By, s.Over = VerdictBeaten, l.rules[best].ID, over
	case !left && l.unowned(best, x.Query.Owners):
		s.Verdict, s.Needs = VerdictUnowned, l.owners[best]
	case named == "":
		s.Verdict = VerdictTied
	case pos != best:
		s.Verdict, s.By = VerdictRepeated, l.rules[best].ID
	}
}

// unowned reports whether a rule names the owner of a feature and there is none.
func (l *List) unowned(pos uint32, owners []LayerOwner) bool {
	if l.duties[pos].Party != "" {
		return false
	}
	var d Duty
	l.fill(&d, pos, owners)
	return d.Party == ""
}

// recorder keeps why each candidate rule does not apply, "" when it does.
type recorder struct{ why map[uint32]Verdict }

func (r *recorder) note(pos uint32, why Verdict) { r.why[pos] = why }

var explainPhrases = phrase.Catalog{
	"decided":        {"{0} in {1}: {2} leads, by rule {3}", "{0}，{1}：{2} 主办，依据规则 {3}"},
	"tie":            {"{0} in {1}: no lead, rules {4} tie", "{0}，{1}：规则 {4} 冲突，主办未定"},
	"no rule":        {"{0} in {1}: no lead, no rule applies", "{0}，{1}：无适用规则，主办未定"},
	"no list":        {"{0} in {1}: no lead, the list has no lead rule", "{0}，{1}：清单没有主办规则"},
	"no owner":       {"{0} in {1}: no lead, nobody owns the feature and there is no regulator", "{0}，{1}：要素无权属主体，也无监管主体，主办未定"},
	"outside":        {"{0}: the place is outside the map", "{0}：地点不在地图内"},
	"unknown matter": {"{0}: not a matter of the list", "{0}：清单中没有此事项"},

	"won":       {"{0} ({1}, {2}) applies", "{0}（{1}，{2}）适用"},
	"beaten":    {"{0} ({1}, {2}) yields to {3} by {4}", "{0}（{1}，{2}）让位于 {3}，比较{4}"},
	"repeated":  {"{0} ({1}, {2}) says the same as {3}", "{0}（{1}，{2}）与 {3} 相同"},
	"tied":      {"{0} ({1}, {2}) ties for the first place", "{0}（{1}，{2}）并列第一"},
	"unowned":   {"{0} ({1}, {2}) finds no owner in layer {5}", "{0}（{1}，{2}）：图层 {5} 无权属主体"},
	"not yet":   {"{0} ({1}, {2}) begins at {5}", "{0}（{1}，{2}）自 {5} 起生效"},
	"no longer": {"{0} ({1}, {2}) ended at {5}", "{0}（{1}，{2}）已于 {5} 失效"},
	"class":     {"{0} ({1}, {2}) needs class {5}", "{0}（{1}，{2}）要求类别 {5}"},
	"condition": {"{0} ({1}, {2}) needs condition {5}", "{0}（{1}，{2}）要求情形 {5}"},
	"channel":   {"{0} ({1}, {2}) needs channel {5}", "{0}（{1}，{2}）要求渠道 {5}"},
	"cost":      {"{0} ({1}, {2}) needs a cost of {5} fen", "{0}（{1}，{2}）要求费用 {5} 分"},
	"window":    {"{0} ({1}, {2}) holds only at {5}", "{0}（{1}，{2}）仅在 {5} 适用"},

	"by.precedence": {"explicit precedence", "优先级"},
	"by.matter":     {"longer matter", "事项层级"},
	"by.area":       {"deeper area", "区域层级"},
	"by.class":      {"named class", "是否限定类别"},
	"by.condition":  {"named condition", "是否限定情形"},
	"by.window":     {"narrower window", "时段宽窄"},
	"by.validity":   {"shorter validity", "有效期长短"},

	"window.work": {"working time", "工作时间"}, "window.rest": {"rest time", "休息时间"},

	"role.lead": {"lead", "主办"}, "role.assist": {"assist", "协办"}, "role.regulator": {"regulator", "监管主体"},
	"role.rectifier": {"rectifier", "整改责任主体"}, "role.notify": {"notify", "知会"},
}

// Text is the explanation in words, one line for the decision and one for each
// candidate: "zh" is Chinese, anything else English.
func (x Explanation) Text(lang string) string {
	say := func(code string, args ...string) string { return explainPhrases.Text(lang, code, args...) }
	d := x.Decision
	party := string(d.Lead.Party)
	if d.Lead.Post != "" {
		party += "/" + string(d.Lead.Post)
	}
	lines := []string{say(string(d.Status), string(x.Query.Matter), string(x.Place), party, string(d.Lead.Rule), joinCodes(d.Tie))}
	for _, s := range x.Candidates {
		party := string(s.Party)
		if s.Post != "" {
			party += "/" + string(s.Post)
		}
		over := ""
		if s.Over != "" {
			over = say("by." + s.Over)
		}
		needs := s.Needs
		if s.Verdict == VerdictNoWindow && (needs == "work" || needs == "rest") {
			needs = say("window." + needs)
		}
		lines = append(lines, "  "+say(string(s.Verdict), string(s.Rule), say("role."+string(s.Role)), party, string(s.By), over, needs))
	}
	return strings.Join(lines, "\n")
}
