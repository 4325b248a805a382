package assess_test

import (
	"fmt"
	"slices"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/assess"
)

// cut draws weights above zero that add up to 10,000.
func cut(t *rapid.T, n int) []assess.BasisPoints {
	if rapid.IntRange(0, 3).Draw(t, "even") == 0 && 10_000%n == 0 {
		return slices.Repeat([]assess.BasisPoints{assess.BasisPoints(10_000 / n)}, n)
	}
	marks := map[int64]bool{0: true, 10_000: true}
	for len(marks) < n+1 {
		marks[rapid.OneOf(rapid.Int64Range(1, 9_999), rapid.Int64Range(1, 20), rapid.Int64Range(9_980, 9_999)).Draw(t, "mark")] = true
	}
	var list []int64
	for m := range marks {
		list = append(list, m)
	}
	slices.Sort(list)
	var weights []assess.BasisPoints
	for i := range n {
		weights = append(weights, assess.BasisPoints(list[i+1]-list[i]))
	}
	return weights
}

var policies = []assess.Missing{assess.Spread, assess.Spread, assess.CountZero, assess.CountFull, assess.Incomplete}

func drawPoints(t *rapid.T) assess.Points {
	return rapid.OneOf(rapid.SampledFrom([]assess.Points{0, 1, assess.Full, assess.Full - 1, assess.Full / 2}),
		rapid.Map(rapid.Int64Range(0, int64(assess.Full)), func(n int64) assess.Points { return assess.Points(n) })).Draw(t, "points")
}

// drawCurve rises or falls.
func drawCurve(t *rapid.T, low, high int64) assess.Curve {
	n := rapid.SampledFrom([]int{0, 2, 2, 3, 5}).Draw(t, "knots")
	if n == 0 {
		return assess.Curve{}
	}
	at := map[int64]bool{}
	for len(at) < n {
		at[rapid.Int64Range(low, high).Draw(t, "at")] = true
	}
	var inputs []int64
	for x := range at {
		inputs = append(inputs, x)
	}
	slices.Sort(inputs)
	var scores []assess.Points
	for range n {
		scores = append(scores, drawPoints(t))
	}
	slices.Sort(scores)
	if rapid.Bool().Draw(t, "falls") {
		slices.Reverse(scores)
	}
	c := assess.Curve{Step: rapid.Bool().Draw(t, "step")}
	for i := range n {
		c.Knots = append(c.Knots, assess.Knot{At: inputs[i], Score: scores[i]})
	}
	return c
}

// drawTree adds trees, adjustments and their codes to a plan with indicators. One
// tree in three has all LevelsMax levels, whatever the others draw, and one plan in
// three has many adjustments of Full on one node.
func drawTree(t *rapid.T, plan *assess.Plan, policies []assess.Missing, adjust bool) {
	open := 0 // inner nodes that are being drawn
	var grow func(code, parent assess.Code, weight assess.BasisPoints, depth int, deep bool)
	grow = func(code, parent assess.Code, weight assess.BasisPoints, depth int, deep bool) {
		n := assess.Node{Code: code, Parent: parent, Weight: weight, Missing: rapid.SampledFrom(policies).Draw(t, "missing")}
		children := 0
		if deep && depth > 0 {
			children = rapid.IntRange(1, 2).Draw(t, "children")
		} else if depth > 0 && len(plan.Nodes)+open < 16 {
			children = rapid.SampledFrom([]int{0, 1, 2, 3, 4}).Draw(t, "children")
		}
		switch {
		case children > 0:
			open++
			for i, w := range cut(t, children) {
				grow(assess.Code(fmt.Sprintf("%s.%d", code, (i*7+3)%5)), code, w, depth-1, deep && i == 0)
			}
			open--
		case len(plan.Indicators) > 0 && rapid.Bool().Draw(t, "rate"):
			n.Indicator = rapid.SampledFrom(plan.Indicators).Draw(t, "indicator").Code
			n.Curve = drawCurve(t, 0, 10_000)
		default:
			n.Measured = true
			n.Curve = drawCurve(t, -1000, 3000)
		}
		plan.Nodes = append(plan.Nodes, n)
	}
	for i := range rapid.IntRange(1, 2).Draw(t, "roots") {
		code, deep := assess.Code(fmt.Sprintf("n%d", i)), rapid.IntRange(0, 2).Draw(t, "deep") == 0
		if deep {
			grow(code, "", 0, assess.LevelsMax, true)
		} else {
			grow(code, "", 0, rapid.SampledFrom([]int{0, 1, 2, 3, assess.LevelsMax}).Draw(t, "depth"), false)
		}
	}
	if !adjust {
		return
	}
	if rapid.IntRange(0, 2).Draw(t, "many") == 0 {
		node := rapid.SampledFrom(plan.Nodes).Draw(t, "node of many").Code
		if rapid.Bool().Draw(t, "of a root") {
			node = "n0"
		}
		each := rapid.SampledFrom([]assess.Points{-assess.Full, -assess.Full, assess.Full}).Draw(t, "each of many")
		for i := range rapid.IntRange(4, 16).Draw(t, "many adjustments") {
			plan.Adjustments = append(plan.Adjustments, assess.Adjustment{Code: assess.Code(fmt.Sprintf("m%d", i)), Node: node, Measured: true, Each: each})
		}
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "adjustments") {
		a := assess.Adjustment{
			Code: assess.Code(fmt.Sprintf("a%d", (i*3+1)%5)), Node: rapid.SampledFrom(plan.Nodes).Draw(t, "node").Code, Cap: drawPoints(t),
			Each: rapid.SampledFrom([]assess.Points{-assess.Full, -5 * assess.Point, -1, 1, 2_500, assess.Full}).Draw(t, "each"),
		}
		if a.Measured = len(plan.Indicators) == 0 || rapid.Bool().Draw(t, "counted"); !a.Measured {
			a.Indicator = rapid.SampledFrom(plan.Indicators).Draw(t, "indicator").Code
		}
		plan.Adjustments = append(plan.Adjustments, a)
	}
}

// drawValues gives some of the measured leaves and adjustments a value for some
// members.
func drawValues(t *rapid.T, plan assess.Plan) []assess.Measure {
	var values []assess.Measure
	groups := []assess.Group{{By: "area", Code: "a"}, {By: "area", Code: "b"}, {By: "area", Code: "e"}, {By: "party", Code: "a"}}
	for _, g := range groups {
		for _, n := range plan.Nodes {
			if n.Measured && rapid.IntRange(0, 3).Draw(t, "given") > 0 {
				v := rapid.Int64Range(-1200, 3200).Draw(t, "value")
				if n.Curve.IsZero() {
					v *= 400
				}
				values = append(values, assess.Measure{Of: n.Code, Group: g, Value: v})
			}
		}
		for _, a := range plan.Adjustments {
			if a.Measured && rapid.IntRange(0, 3).Draw(t, "given") > 0 {
				values = append(values, assess.Measure{Of: a.Code, Group: g, Value: rapid.SampledFrom([]int64{1, 0, 1, 3, assess.InputMax}).Draw(t, "count")})
			}
		}
	}
	return values
}

func few(t *rapid.T) assess.Plan {
	plan := drawPlan(t)
	plan.Indicators = plan.Indicators[:min(5, len(plan.Indicators))]
	return plan
}

func drawWorld(t *rapid.T) naiveBoard {
	n := naiveBoard{plan: few(t)}
	drawTree(t, &n.plan, policies, true)
	for id := range rapid.IntRange(0, 15).Draw(t, "facts") {
		n.facts = append(n.facts, drawFact(t, id))
	}
	n.values = drawValues(t, n.plan)
	return n
}

func (n naiveBoard) board(t require.TestingT) *assess.ScoreBoard {
	board, err := score(t, n.plan, n.facts).With(n.values)
	require.NoError(t, err)
	return board
}
