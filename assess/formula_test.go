package assess_test

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/assess"
)

// facts are so many facts of one member with the same marks.
func repeat(prefix string, count int, marks ...string) []assess.Fact {
	var list []assess.Fact
	for i := range count {
		list = append(list, assess.Fact{ID: assess.Code(fmt.Sprint(prefix, i)), At: december.From, Marks: marks, Groups: []assess.Group{{By: "area", Code: "g"}}})
	}
	return list
}

func formula(c assess.Code) assess.Plan {
	for _, f := range assess.Formulas("en") {
		if f.Code == c {
			return f.Plan
		}
	}
	return assess.Plan{}
}

// TestJinniu reckons the formula by hand: of 1,000 to handle 950 were, 900 in time,
// 20 are late and not handled, 37 were extended; of 972 due 13 came back.
//
//	0.95×30 + 0.9×20 + (1−13/972)×20 + (1−0.02)×20 + (1−0.037)×10
//	= 28.5 + 18 + 20×0.986625… + 19.6 + 9.63 = 95.4625…
//
// The leaf of 13/972 is 98.66255… points, which is rounded to 98.6626.
func TestJinniu(t *testing.T) {
	plan := formula(assess.Jinniu)
	h, d, o := assess.MarkToHandle, assess.MarkDone, assess.MarkDoneOnTime
	var facts []assess.Fact
	facts = append(facts, repeat("in-time", 863, h, d, o)...)
	facts = append(facts, repeat("in-time-extended", 37, h, d, o, assess.MarkExtended)...)
	facts = append(facts, repeat("after", 50, h, d)...)
	facts = append(facts, repeat("late", 20, h, assess.MarkPendingLate)...)
	facts = append(facts, repeat("pending", 30, h)...)
	facts = append(facts, repeat("merged", 9, h, assess.MarkMerged)...)
	facts = append(facts, repeat("due", 959, assess.MarkDue)...)
	facts = append(facts, repeat("back", 13, assess.MarkDue, assess.MarkRework)...)
	board := score(t, plan, facts)
	total, ok := board.Total(assess.Jinniu, "area", "g")
	require.True(t, ok)
	require.Equal(t, "95.4625", total.String())
	b, _ := board.Breakdown("jinniu.due_rework_rate", "area", "g")
	require.Equal(t, "98.6626", b.Score.String())
	require.Equal(t, assess.Input{
		Rate:  &assess.Rate{Indicator: assess.DueReworkRate, By: "area", Code: "g", Numerator: 13, Denominator: 972},
		Value: 134, From: assess.Knot{At: 0, Score: assess.Full}, To: assess.Knot{At: 10_000, Score: 0},
	}, *b.Input)
}

// TestThreeRates: 30/35/35, and a citizen who gave no answer counts in no
// denominator but the first; without any answer there is no score.
func TestThreeRates(t *testing.T) {
	plan := formula(assess.ThreeRates)
	facts := repeat("a", 8, assess.MarkToAnswer, assess.MarkResponded)
	_, ok := score(t, plan, facts).Total(assess.ThreeRates, "area", "g")
	require.False(t, ok, "solving and satisfaction have no data")
	facts = append(facts, repeat("b", 1, assess.MarkToAnswer, assess.MarkResponded, assess.MarkAnswered, assess.MarkSolved, assess.MarkSatisfied)...)
	facts = append(facts, repeat("c", 1, assess.MarkToAnswer, assess.MarkAnswered, assess.MarkSolved)...)
	total, ok := score(t, plan, facts).Total(assess.ThreeRates, "area", "g")
	require.True(t, ok)
	require.Equal(t, "79.5", total.String()) // 0.9×30 + 1×35 + 0.5×35
}

func TestFormulas(t *testing.T) {
	en, zh := assess.Formulas("en"), assess.Formulas("zh")
	for i, f := range en {
		require.NotEmpty(t, f.Source)
		require.NotEqual(t, f.Name, zh[i].Name)
		scheme, err := assess.NewScheme(f.Plan)
		require.NoError(t, err)
		require.Len(t, scheme.Nodes(), len(f.Plan.Nodes))
		require.Equal(t, f.Code, f.Plan.Nodes[0].Code)
		if i > 0 {
			require.Less(t, en[i-1].Code, f.Code)
		}
	}
}

// TestDeep: eight levels of the smallest weights are exact in 128 bits, with a
// bonus on top; and a half is rounded up, just below it down.
func TestDeep(t *testing.T) {
	plan := assess.Plan{Nodes: []assess.Node{{Code: "n0"}}}
	for i := range assess.LevelsMax {
		up := assess.Code(fmt.Sprint("n", i))
		plan.Nodes = append(plan.Nodes, assess.Node{Code: assess.Code(fmt.Sprint("n", i+1)), Parent: up, Weight: 9_999},
			assess.Node{Code: up + ".x", Parent: up, Weight: 1, Measured: true})
	}
	plan.Nodes[len(plan.Nodes)-2].Measured = true
	plan.Adjustments = []assess.Adjustment{{Code: "bonus", Node: "n0", Measured: true, Each: assess.Full}}
	n := naiveBoard{plan: plan}
	g := assess.Group{By: "area", Code: "g"}
	for _, node := range plan.Nodes {
		if node.Measured {
			n.values = append(n.values, assess.Measure{Of: node.Code, Group: g, Value: int64(assess.Full)})
		}
	}
	total, _ := n.board(t).Total("n0", "area", "g")
	require.Equal(t, assess.Full, total)
	n.values = append(n.values, assess.Measure{Of: "bonus", Group: g, Value: assess.InputMax})
	total, _ = n.board(t).Total("n0", "area", "g")
	require.Equal(t, assess.Full, total)

	half := assess.Plan{Nodes: []assess.Node{{Code: "n"}, {Code: "a", Parent: "n", Weight: 5_000, Measured: true}, {Code: "b", Parent: "n", Weight: 5_000, Measured: true}}}
	for a, want := range map[int64]assess.Points{0: 0, 1: 1, 2: 1, 3: 2} {
		m := naiveBoard{plan: half, values: []assess.Measure{{Of: "a", Group: g, Value: a}, {Of: "b", Group: g}}}
		total, _ = m.board(t).Total("n", "area", "g")
		require.Equal(t, want, total, "half of %d", a)
	}
}

func TestTreeFaults(t *testing.T) {
	turn := assess.Curve{Knots: []assess.Knot{{At: 0, Score: 0}, {At: 5, Score: 7}, {At: 9, Score: 3}}}
	knots := func(k ...assess.Knot) assess.Curve { return assess.Curve{Knots: k} }
	_, err := assess.NewScheme(assess.Plan{
		Indicators: []assess.Indicator{{Code: "r", Of: "due", Counts: "closed"}},
		Nodes: []assess.Node{
			{Code: "a"}, // 0: weights below add up to 9,999
			{Code: "b", Parent: "a", Weight: 9_999, Indicator: "r"},
			{Code: "b", Parent: "a", Indicator: "no"},                                                 // 2
			{Code: "/", Parent: "none", Weight: 10_001, Indicator: "r", Measured: true, Missing: "x"}, // 3
			{Code: "c"},                                         // 4: a leaf without input
			{Code: "d", Parent: "e", Weight: 10_000},            // 5: d and e are above each other
			{Code: "e", Parent: "d", Weight: 10_000},            // 6
			{Code: "f", Weight: 5, Measured: true, Curve: turn}, // 7
			{Code: "g", Indicator: "r", Curve: knots(assess.Knot{At: 0}, assess.Knot{At: 10_001})},                    // 8
			{Code: "h", Measured: true, Curve: knots(assess.Knot{At: 0}, assess.Knot{At: 0, Score: assess.Full})},     // 9
			{Code: "i", Measured: true, Curve: knots(assess.Knot{At: 0}, assess.Knot{At: 1, Score: assess.Full + 1})}, // 10
			{Code: "j", Measured: true, Curve: knots(assess.Knot{At: 0})},                                             // 11
			{Code: "k", Measured: true, Curve: assess.Curve{Step: true}},                                              // 12
			{Code: "l", Measured: true, Curve: assess.Curve{Knots: make([]assess.Knot, assess.KnotsMax+1)}},           // 13
			{Code: "m", Indicator: "r"}, {Code: "m2", Parent: "m", Weight: 10_000, Measured: true}, // 14: inner with an input
			{Code: "o", Measured: true, Curve: knots(assess.Knot{At: -assess.InputMax}, assess.Knot{At: assess.InputMax, Score: 1})},     // 16: fine
			{Code: "p", Measured: true, Curve: knots(assess.Knot{At: -assess.InputMax - 1}, assess.Knot{At: assess.InputMax, Score: 1})}, // 17
		},
		Adjustments: []assess.Adjustment{
			{Code: "x", Node: "a", Indicator: "r", Each: 1},
			{Code: "a", Node: "q", Indicator: "q"},
			{Code: "", Node: "a", Measured: true, Indicator: "r", Each: assess.Full + 1, Cap: -1},
		},
	})
	node := func(i int, errs ...error) []place {
		var list []place
		for _, e := range errs {
			list = append(list, place{e, "Nodes", i})
		}
		return list
	}
	var want []place
	for _, list := range [][]place{
		node(0, assess.ErrWeights), node(2, assess.ErrTwice, assess.ErrUnknown, assess.ErrWeight),
		node(3, assess.ErrCode, assess.ErrUnknown, assess.ErrInput, assess.ErrWeight, assess.ErrMissing), node(4, assess.ErrInput), node(5, assess.ErrCycle),
		node(7, assess.ErrWeight, assess.ErrTurns), node(8, assess.ErrCurve), node(9, assess.ErrCurve), node(10, assess.ErrScore),
		node(11, assess.ErrCurve), node(12, assess.ErrCurve), node(13, assess.ErrTooMany), node(14, assess.ErrInput), node(17, assess.ErrCurve),
		{{assess.ErrTwice, "Adjustments", 1}, {assess.ErrUnknown, "Adjustments", 1}, {assess.ErrUnknown, "Adjustments", 1}, {assess.ErrScore, "Adjustments", 1}},
		{{assess.ErrCode, "Adjustments", 2}, {assess.ErrInput, "Adjustments", 2}, {assess.ErrScore, "Adjustments", 2}},
	} {
		want = append(want, list...)
	}
	require.Empty(t, cmp.Diff(want, places(t, err), sameError))
	require.NotContains(t, err.Error(), "{")

	_, err = assess.NewScheme(assess.Plan{Nodes: make([]assess.Node, assess.NodesMax+1)})
	require.Empty(t, cmp.Diff([]place{{assess.ErrTooMany, "Nodes", -1}}, places(t, err), sameError))
	deep := assess.Plan{Nodes: []assess.Node{{Code: "n0"}}}
	for i := range assess.LevelsMax + 1 {
		deep.Nodes = append(deep.Nodes, assess.Node{Code: assess.Code(fmt.Sprint("n", i+1)), Parent: assess.Code(fmt.Sprint("n", i)), Weight: 10_000})
	}
	deep.Nodes[assess.LevelsMax+1].Measured = true
	_, err = assess.NewScheme(deep)
	require.Empty(t, cmp.Diff([]place{{assess.ErrDeep, "Nodes", assess.LevelsMax + 1}}, places(t, err), sameError))
}

func TestMeasureFaults(t *testing.T) {
	plan := assess.Plan{Nodes: []assess.Node{{Code: "n", Measured: true}}, Adjustments: []assess.Adjustment{{Code: "a", Node: "n", Measured: true, Each: -1}}}
	g := assess.Group{By: "area", Code: "g"}
	board := score(t, plan, nil)
	_, err := board.With([]assess.Measure{
		{Of: "n", Group: g, Value: math.MinInt64}, {Of: "m", Group: assess.Group{}}, {Of: "n", Group: g}, {Of: "a", Group: g, Value: -1}, {Of: "a", Group: assess.Group{By: "area", Code: "h"}, Value: assess.InputMax + 1},
	})
	require.Empty(t, cmp.Diff([]place{
		{assess.ErrUnknown, "Measures", 1}, {assess.ErrCode, "Measures", 1}, {assess.ErrTwice, "Measures", 2}, {assess.ErrScore, "Measures", 3}, {assess.ErrScore, "Measures", 4},
	}, places(t, err), sameError))
	_, err = new(assess.ScoreBoard).With(nil)
	require.ErrorIs(t, err, assess.ErrNoScheme)
	_, err = board.With(make([]assess.Measure, assess.MeasuresMax+1))
	require.ErrorIs(t, err, assess.ErrTooMany)
	_, err = score(t, assess.Plan{}, nil).With([]assess.Measure{{Of: "n", Group: g}})
	require.ErrorIs(t, err, assess.ErrUnknown)
	require.Nil(t, new(assess.ScoreBoard).Ranking("n", "area"))
}

// TestBreakdownText: each line has a text in both languages, with nothing left open.
func TestBreakdownText(t *testing.T) {
	plan := assess.Plan{Indicators: []assess.Indicator{{Code: "r", Of: "due", Counts: "closed"}}, Nodes: []assess.Node{{Code: "n"}}, Adjustments: []assess.Adjustment{
		{Code: "few", Node: "n", Measured: true, Each: -1}, {Code: "many", Node: "n", Measured: true, Each: -assess.Full, Cap: 5},
	}}
	for i, m := range []assess.Missing{assess.Spread, assess.CountZero, assess.CountFull, ""} {
		c := assess.Code(fmt.Sprint("m", i))
		plan.Nodes = append(plan.Nodes, assess.Node{Code: c, Parent: "n", Weight: 2_000, Measured: true, Missing: m})
	}
	plan.Nodes = append(plan.Nodes, assess.Node{Code: "r1", Parent: "n", Weight: 2_000, Indicator: "r"})
	g := assess.Group{By: "area", Code: "g"}
	n := naiveBoard{plan: plan, facts: repeat("a", 1, "due", "closed"), values: []assess.Measure{{Of: "few", Group: g, Value: 2}, {Of: "many", Group: g, Value: 1}}}
	none, _ := n.board(t).Breakdown("n", "area", "g")
	n.values = append(n.values, assess.Measure{Of: "m3", Group: g})
	some, _ := n.board(t).Breakdown("n", "area", "g")
	leaf, _ := n.board(t).Breakdown("r1", "area", "g")
	for _, lang := range []string{"en", "zh"} {
		for _, b := range []assess.Breakdown{none, some, leaf} {
			require.NotContains(t, b.Text(lang), "{")
			require.NotContains(t, b.Text(lang), "gap_")
		}
	}
	require.Equal(t, `n of area g: 49.9993
m0: no score (weight 20.00 %)
m1: 0 × 25.00 % = 0 (weight 20.00 %)
m2: 100 × 25.00 % = 25 (weight 20.00 %)
m3: 0 × 25.00 % = 0 (weight 20.00 %)
r1: 100 × 25.00 % = 25 (weight 20.00 %)
few: 2 times, -0.0002
many: 1 times, -100 asked, -0.0005 by the cap
m0: no data, left out; its weight went to its siblings
m1: no data, counted as 0
m2: no data, counted as 100`, some.Text("en"))
	require.Equal(t, `n of area g: no score
m0: no score (weight 20.00 %)
m1: 0 (weight 20.00 %)
m2: 100 (weight 20.00 %)
m3: no score (weight 20.00 %)
r1: 100 (weight 20.00 %)
m0: no data, left out; its weight went to its siblings
m1: no data, counted as 0
m2: no data, counted as 100
m3: no data, so the score is incomplete`, none.Text("en"))
	require.Contains(t, leaf.Text("en"), "input 1/1 lies from 10000:100 to 10000:100: 100")
	data, err := json.Marshal(some)
	require.NoError(t, err)
	require.Contains(t, string(data), `"score":"49.9993"`)
}

// pointsText: what is written reads back, and nothing else is read twice.
func pointsText(t *rapid.T) {
	p := assess.Points(rapid.OneOf(rapid.Int64(), rapid.Int64Range(-20_001, 20_001)).Draw(t, "points"))
	back, err := assess.ParsePoints(p.String())
	require.NoError(t, err)
	require.Equal(t, p, back)
	x := ratio(int64(p), int64(assess.Point))
	require.Zero(t, x.Cmp(ratioOf(t, p.String())))
}

func TestPointsText(t *testing.T) { rapid.Check(t, pointsText) }
func FuzzPoints(f *testing.F)     { f.Fuzz(rapid.MakeFuzz(pointsText)) }

func TestParsePoints(t *testing.T) {
	for text, want := range map[string]assess.Points{"0": 0, "-0": 0, "12": 120_000, "93.72": 937_200, "0.0001": 1, "-0.5": -5_000, "007.50": 75_000,
		"922337203685477.5807": math.MaxInt64, "-922337203685477.5808": math.MinInt64} {
		got, err := assess.ParsePoints(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "-", ".5", "5.", "+1", "1e3", "1.00001", "--1", " 1", "１"} {
		_, err := assess.ParsePoints(text)
		require.ErrorIs(t, err, assess.ErrPoints, text)
	}
	for _, text := range []string{"922337203685477.5808", "-922337203685477.5809", "99999999999999999999"} {
		_, err := assess.ParsePoints(text)
		require.ErrorIs(t, err, assess.ErrOverflow, text)
	}
	var p assess.Points
	require.Error(t, json.Unmarshal([]byte("1.5"), &p))
	require.NoError(t, json.Unmarshal([]byte(`"1.5"`), &p))
	require.Equal(t, assess.Points(15_000), p)
}
