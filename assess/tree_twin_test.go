package assess_test

import (
	"math/big"
	"slices"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/assess"
)

// naiveBoard scores by reading the plan, the facts and the values anew for every
// number, in fractions of any size. It is written from the documentation and
// shares nothing with the engine.
type naiveBoard struct {
	plan   assess.Plan
	facts  []assess.Fact
	values []assess.Measure
}

// naiveGrade is an exact score before the last rounding.
type naiveGrade struct {
	state assess.State
	score *big.Rat
}

func ratio(a, b int64) *big.Rat { return big.NewRat(a, b) }

// ratioOf reads decimal text.
func ratioOf(t require.TestingT, text string) *big.Rat {
	x, ok := new(big.Rat).SetString(text)
	require.True(t, ok)
	return x
}

// halfUp is floor(x + 1/2).
func halfUp(x *big.Rat) assess.Points {
	y := new(big.Rat).Add(x, ratio(1, 2))
	return assess.Points(new(big.Int).Div(y.Num(), y.Denom()).Int64())
}

func (n naiveBoard) node(c assess.Code) assess.Node {
	return n.plan.Nodes[slices.IndexFunc(n.plan.Nodes, func(x assess.Node) bool { return x.Code == c })]
}

// children are by code.
func (n naiveBoard) children(c assess.Code) []assess.Node {
	var list []assess.Node
	for _, x := range n.plan.Nodes {
		if x.Parent == c {
			list = append(list, x)
		}
	}
	slices.SortFunc(list, func(a, b assess.Node) int { return cmpText(string(a.Code), string(b.Code)) })
	return list
}

func (n naiveBoard) value(of assess.Code, g assess.Group) (int64, bool) {
	for _, v := range n.values {
		if v.Of == of && v.Group == g {
			return v.Value, true
		}
	}
	return 0, false
}

func (n naiveBoard) rate(c assess.Code, g assess.Group) naive {
	in := n.plan.Indicators[slices.IndexFunc(n.plan.Indicators, func(x assess.Indicator) bool { return x.Code == c })]
	return naiveRate(n.plan, n.facts, in, g)
}

// on is the curve at x.
func (n naiveBoard) on(c assess.Curve, x *big.Rat) *big.Rat {
	points := func(k assess.Knot) *big.Rat { return ratio(int64(k.Score), 1) }
	last := c.Knots[len(c.Knots)-1]
	if x.Cmp(ratio(c.Knots[0].At, 1)) < 0 {
		return points(c.Knots[0])
	}
	if x.Cmp(ratio(last.At, 1)) >= 0 {
		return points(last)
	}
	for i := range c.Knots {
		low, high := c.Knots[i], c.Knots[i+1]
		if x.Cmp(ratio(high.At, 1)) >= 0 {
			continue
		}
		if c.Step {
			return points(low)
		}
		share := new(big.Rat).Quo(new(big.Rat).Sub(x, ratio(low.At, 1)), ratio(high.At-low.At, 1))
		rise := share.Mul(share, ratio(int64(high.Score-low.Score), 1))
		return rise.Add(rise, points(low))
	}
	panic("no segment")
}

func (n naiveBoard) leaf(node assess.Node, g assess.Group) (*big.Rat, bool) {
	if node.Measured {
		v, ok := n.value(node.Code, g)
		if !ok {
			return nil, false
		}
		if len(node.Curve.Knots) == 0 {
			return ratio(max(0, min(v, 1_000_000)), 1), true
		}
		return ratio(int64(halfUp(n.on(node.Curve, ratio(v, 1)))), 1), true
	}
	r := n.rate(node.Indicator, g)
	all := int64(len(r.counted) + len(r.missed))
	if all == 0 {
		return nil, false
	}
	curve := node.Curve
	if len(curve.Knots) == 0 {
		curve.Knots = []assess.Knot{{At: 0, Score: 0}, {At: 10_000, Score: 1_000_000}}
	}
	return ratio(int64(halfUp(n.on(curve, ratio(10_000*int64(len(r.counted)), all)))), 1), true
}

// effective are the weights of a node's children after those left out have given
// theirs away: largest remainder, ties to the front.
func (n naiveBoard) effective(children []assess.Node, grades []naiveGrade) []int64 {
	whole, parts, rests, given := int64(0), make([]int64, len(children)), make([]int64, len(children)), int64(0)
	for i, c := range children {
		if grades[i].state != assess.LeftOut {
			whole += int64(c.Weight)
		}
	}
	for i, c := range children {
		if grades[i].state != assess.LeftOut {
			parts[i], rests[i] = int64(c.Weight)*10_000/whole, int64(c.Weight)*10_000%whole
			given += parts[i]
		}
	}
	for ; given < 10_000; given++ {
		best := 0
		for i := range rests {
			if rests[i] > rests[best] {
				best = i
			}
		}
		parts[best]++
		rests[best] = -1
	}
	return parts
}

func (n naiveBoard) without(node assess.Node) naiveGrade {
	switch node.Missing {
	case "spread":
		return naiveGrade{assess.LeftOut, nil}
	case "zero":
		return naiveGrade{assess.StoodZero, ratio(0, 1)}
	case "full":
		return naiveGrade{assess.StoodFull, ratio(1_000_000, 1)}
	}
	return naiveGrade{assess.NotComplete, nil}
}

func (n naiveBoard) grade(c assess.Code, g assess.Group) naiveGrade {
	node, children := n.node(c), n.children(c)
	var out naiveGrade
	var grades []naiveGrade
	for _, child := range children {
		grades = append(grades, n.grade(child.Code, g))
	}
	is := func(s assess.State) func(naiveGrade) bool { return func(x naiveGrade) bool { return x.state == s } }
	switch score, ok := (*big.Rat)(nil), false; {
	case len(children) == 0:
		if score, ok = n.leaf(node, g); ok {
			out = naiveGrade{assess.Scored, score}
		} else {
			out = n.without(node)
		}
	case slices.ContainsFunc(grades, is(assess.NotComplete)):
		out.state = assess.NotComplete
	case !slices.ContainsFunc(grades, func(x naiveGrade) bool { return x.state != assess.LeftOut }):
		out = n.without(node)
	default:
		out = naiveGrade{assess.Scored, new(big.Rat)}
		for i, w := range n.effective(children, grades) {
			if grades[i].score != nil {
				out.score.Add(out.score, new(big.Rat).Mul(grades[i].score, ratio(w, 10_000)))
			}
		}
	}
	if out.score == nil {
		return out
	}
	for _, a := range n.plan.Adjustments {
		if a.Node == c {
			out.score.Add(out.score, n.adjusted(a, g))
		}
	}
	if out.score.Sign() < 0 {
		out.score = new(big.Rat)
	}
	if out.score.Cmp(ratio(1_000_000, 1)) > 0 {
		out.score = ratio(1_000_000, 1)
	}
	return out
}

func (n naiveBoard) adjusted(a assess.Adjustment, g assess.Group) *big.Rat {
	var count int64
	if a.Measured {
		count, _ = n.value(a.Code, g)
	} else {
		count = int64(len(n.rate(a.Indicator, g).counted))
	}
	most := ratio(int64(a.Cap), 1)
	if a.Cap == 0 {
		most = ratio(1_000_000, 1)
	}
	sum := new(big.Rat).Mul(ratio(int64(a.Each), 1), ratio(count, 1))
	if sum.Cmp(most) > 0 {
		return most
	}
	if least := new(big.Rat).Neg(most); sum.Cmp(least) < 0 {
		return least
	}
	return sum
}

// members are the groups with a fact of the period that some indicator counts or
// excludes, or with a value.
func (n naiveBoard) members() []assess.Group {
	var list []assess.Group
	for _, v := range n.values {
		list = append(list, v.Group)
	}
	for _, f := range n.facts {
		for _, g := range f.Groups {
			for _, in := range n.plan.Indicators {
				if r := n.rate(in.Code, g); len(r.counted)+len(r.missed)+len(r.excluded) > 0 {
					list = append(list, g)
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b assess.Group) int {
		if a.By != b.By {
			return cmpText(a.By, b.By)
		}
		return cmpText(string(a.Code), string(b.Code))
	})
	return slices.Compact(list)
}

// ranking counts, for each member, those who are better.
func (n naiveBoard) ranking(node assess.Code, by string) []assess.Place {
	var list []assess.Place
	for _, g := range n.members() {
		if g.By == by {
			grade := n.grade(node, g)
			p := assess.Place{Code: g.Code, State: grade.state}
			if grade.score != nil {
				p.Score, p.Rank = halfUp(grade.score), 1
			}
			list = append(list, p)
		}
	}
	for i := range list {
		for _, other := range list {
			if list[i].Rank > 0 && other.Rank > 0 && other.Score > list[i].Score {
				list[i].Rank++
			}
		}
	}
	slices.SortStableFunc(list, func(a, b assess.Place) int {
		switch {
		case a.Rank == b.Rank:
			return cmpText(string(a.Code), string(b.Code))
		case b.Rank == 0 || a.Rank > 0 && a.Rank < b.Rank:
			return -1
		}
		return 1
	})
	return list
}
