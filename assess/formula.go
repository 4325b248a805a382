package assess

// Formula is a published scoring formula: a Plan without a Period whose one tree
// has the formula's Code as its root, and where it was found.
type Formula struct {
	Code   Code
	Name   string
	Source string
	Plan   Plan
}

// The codes of the formulas.
const (
	ThreeRates Code = "three_rates" // 三率
	Jinniu     Code = "jinniu"      // 金牛区数字城管
)

// Formulas are published formulas by code, with names in lang ("zh" is Chinese,
// anything else English). A formula is data: change a copy where the local rule
// differs. What the sources leave open is filled so that nothing is made up: a rate
// without data leaves the score incomplete, and merged, cancelled and rejected
// cases leave every denominator.
func Formulas(lang string) []Formula {
	return []Formula{jinniu(lang), threeRates(lang)}
}

// share is one term of a formula: a rate and its weight in per cent; less says that
// the term is one minus the rate.
type share struct {
	code       Code
	en, zh     string
	of, counts string
	percent    BasisPoints
	less       bool
}

// jinniu is the 100-point formula of Jinniu: handling 30, handling on time 20,
// 1 - rework 20, 1 - pending late 20, 1 - extension 10.
func jinniu(lang string) Formula {
	return Formula{
		Code: Jinniu, Name: choose(lang, "digital city management of Jinniu", "金牛区数字城管考核"),
		Source: "成都市金牛区数字城管考核评分办法：日常处置率×30＋按期处置率×20＋（1−返工率）×20＋（1−超期待处置率）×20＋（1−延期率）×10；返工率以应结案数为分母，超期待处置率、延期率以应处置数为分母（据公开代码库转录）",
		Plan: planOf(lang, Jinniu, choose(lang, "total", "总分"), []share{
			{HandlingRate, "handling rate", "日常处置率", MarkToHandle, MarkDone, 30, false},
			{OnTimeHandlingRate, "on-time handling rate", "按期处置率", MarkToHandle, MarkDoneOnTime, 20, false},
			{DueReworkRate, "rework rate", "返工率", MarkDue, MarkRework, 20, true},
			{PendingLateRate, "pending late rate", "超期待处置率", MarkToHandle, MarkPendingLate, 20, true},
			{ExtensionRate, "extension rate", "延期率", MarkToHandle, MarkExtended, 10, true},
		}),
	}
}

// threeRates is response 30, solving 35, satisfaction 35. Those who gave no answer
// to the visit are in no denominator but the first.
func threeRates(lang string) Formula {
	return Formula{
		Code: ThreeRates, Name: choose(lang, "the three rates", "接诉即办三率"),
		Source: "准格尔旗接诉即办考核：响应率30%、解决率35%、满意率35%（caprane.cn/zixun_detail/445180.html，转引）",
		Plan: planOf(lang, ThreeRates, choose(lang, "total", "总分"), []share{
			{ResponseRate, "response rate", "响应率", MarkToAnswer, MarkResponded, 30, false},
			{SolvingRate, "solving rate", "解决率", MarkAnswered, MarkSolved, 35, false},
			{SatisfactionRate, "satisfaction rate", "满意率", MarkAnswered, MarkSatisfied, 35, false},
		}),
	}
}

// planOf is a tree of one level. Its leaves are called after the formula and their
// rate: "jinniu.handling_rate".
func planOf(lang string, root Code, name string, shares []share) Plan {
	plan := Plan{Nodes: []Node{{Code: root, Name: name}}}
	for _, s := range shares {
		label := choose(lang, s.en, s.zh)
		plan.Indicators = append(plan.Indicators, Indicator{
			Code: s.code, Name: label, Of: s.of, Counts: s.counts, Except: []string{MarkMerged, MarkCancelled, MarkRejected},
		})
		leaf := Node{Code: root + "." + s.code, Name: label, Parent: root, Weight: s.percent * (Whole / 100), Indicator: s.code}
		if s.less {
			leaf.Curve = Curve{Knots: []Knot{{0, Full}, {int64(Whole), 0}}}
		}
		plan.Nodes = append(plan.Nodes, leaf)
	}
	return plan
}

func choose(lang, en, zh string) string {
	if lang == "zh" {
		return zh
	}
	return en
}
