package assess_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/assess"
)

// scoresLikeTwin compares every score, breakdown and ranking with the twin.
func scoresLikeTwin(t *rapid.T) {
	n := drawWorld(t)
	board := n.board(t)
	for _, node := range n.plan.Nodes {
		for _, by := range []string{"area", "party", "none"} {
			require.Empty(t, cmp.Diff(n.ranking(node.Code, by), board.Ranking(node.Code, by)))
		}
		for _, g := range n.members() {
			want := n.grade(node.Code, g)
			got, ok := board.Total(node.Code, g.By, g.Code)
			require.Equal(t, want.score != nil, ok)
			if ok {
				require.Equal(t, halfUp(want.score), got, "%s of %v", node.Code, g)
			}
			b, ok := board.Breakdown(node.Code, g.By, g.Code)
			require.True(t, ok)
			require.Equal(t, want.state, b.State)
			require.Equal(t, got, b.Score)
			n.explains(t, b, g)
		}
	}
	for _, absent := range []assess.Group{{By: "area", Code: "z"}, {By: "post", Code: "a"}, {}} {
		_, ok := board.Total(n.plan.Nodes[0].Code, absent.By, absent.Code)
		require.False(t, ok)
		_, ok = board.Breakdown(n.plan.Nodes[0].Code, absent.By, absent.Code)
		require.False(t, ok)
	}
	require.Nil(t, board.Ranking("none", "area"))
}

// explains checks a breakdown against the plan: what it says went in did, and its
// parts add up.
func (n naiveBoard) explains(t *rapid.T, b assess.Breakdown, g assess.Group) {
	sum := b.Stands + b.Held
	for _, a := range b.Adjusted {
		sum += a.Given
	}
	require.Equal(t, b.Score, sum, "stands, adjustments and holding are the score")
	if !b.State.Has() {
		require.NotContains(t, b.Text("zh")+b.Text("en"), "×", "a sum is told that was not made")
	}
	node, children := n.node(b.Node), n.children(b.Node)
	require.Len(t, b.Parts, len(children))
	if len(children) == 0 {
		exact, ok := n.leaf(node, g)
		require.Equal(t, ok, b.Input != nil)
		if ok {
			require.Equal(t, halfUp(exact), b.Stands)
			require.LessOrEqual(t, b.Input.From.At, b.Input.To.At)
			low, high := min(b.Input.From.Score, b.Input.To.Score), max(b.Input.From.Score, b.Input.To.Score)
			require.True(t, low <= b.Stands && b.Stands <= high, "the score lies on the segment that is named")
		}
		return
	}
	weights, shares, scored := assess.BasisPoints(0), assess.Points(0), true
	var grades []naiveGrade
	for i, c := range children {
		grades = append(grades, n.grade(c.Code, g))
		require.Equal(t, []any{c.Code, c.Weight, grades[i].state}, []any{b.Parts[i].Node, b.Parts[i].Weight, b.Parts[i].State})
		weights, shares = weights+b.Parts[i].Effective, shares+b.Parts[i].Contribution
		scored = scored && grades[i].state != assess.NotComplete
	}
	if !scored || weights == 0 {
		require.Zero(t, weights)
		require.Zero(t, shares)
		return
	}
	require.Equal(t, assess.Whole, weights, "effective weights keep the sum")
	require.Equal(t, b.Stands, shares, "contributions add up")
	for i, w := range n.effective(children, grades) {
		require.Equal(t, assess.BasisPoints(w), b.Parts[i].Effective)
		if grades[i].score != nil {
			exact := float64(w) / 10_000 * float64(halfUp(grades[i].score))
			require.InDelta(t, exact, float64(b.Parts[i].Contribution), 2)
		}
	}
}

func TestScoresLikeTwin(t *testing.T) { rapid.Check(t, scoresLikeTwin) }
func FuzzScores(f *testing.F)         { f.Fuzz(rapid.MakeFuzz(scoresLikeTwin)) }

// scoreWithin: every score is from 0 to 100, whatever the bonuses and deductions.
func scoreWithin(t *rapid.T) {
	n := drawWorld(t)
	board := n.board(t)
	for _, node := range n.plan.Nodes {
		for _, by := range []string{"area", "party"} {
			for _, p := range board.Ranking(node.Code, by) {
				require.True(t, 0 <= p.Score && p.Score <= assess.Full, "%v", p)
			}
		}
	}
}

func TestScoreWithin(t *testing.T) { rapid.Check(t, scoreWithin) }
func FuzzScoreWithin(f *testing.F) { f.Fuzz(rapid.MakeFuzz(scoreWithin)) }

// reweighting: whichever leaves have data, the effective weights of every sum add
// up to 10,000, those with data keep the order of their weights, and the
// contributions add up to the sum.
func reweighting(t *rapid.T) {
	n := naiveBoard{}
	drawTree(t, &n.plan, []assess.Missing{assess.Spread}, false)
	n.values = drawValues(t, n.plan)
	board := n.board(t)
	for _, node := range n.plan.Nodes {
		for _, g := range n.members() {
			b, _ := board.Breakdown(node.Code, g.By, g.Code)
			if b.State != assess.Scored || len(b.Parts) == 0 {
				continue
			}
			weights, shares := assess.BasisPoints(0), assess.Points(0)
			for _, p := range b.Parts {
				weights, shares = weights+p.Effective, shares+p.Contribution
				require.Equal(t, p.State == assess.LeftOut, p.Effective == 0)
				for _, q := range b.Parts {
					if p.Effective > 0 && q.Effective > 0 && p.Weight > q.Weight {
						require.GreaterOrEqual(t, p.Effective, q.Effective)
					}
				}
			}
			require.Equal(t, assess.Whole, weights)
			require.Equal(t, b.Stands, shares)
		}
	}
}

func TestReweighting(t *testing.T) { rapid.Check(t, reweighting) }
func FuzzReweighting(f *testing.F) { f.Fuzz(rapid.MakeFuzz(reweighting)) }

// raisingALeaf: a leaf that has data and gets a better score lowers no score,
// under every policy. A leaf that gets data for the first time lowers none where
// it counted as zero, and raises none where it counted as full; where it was left
// out it may do either (TestFirstDataMayLower).
func raisingALeaf(t *rapid.T) {
	n := naiveBoard{}
	drawTree(t, &n.plan, policies, true)
	for i := range n.plan.Nodes {
		n.plan.Nodes[i].Curve = assess.Curve{}
	}
	n.values = drawValues(t, n.plan)
	g := assess.Group{By: "area", Code: "a"}
	leaf := rapid.SampledFrom(n.plan.Nodes).Filter(func(x assess.Node) bool { return x.Measured }).Draw(t, "leaf")
	value := int64(drawPoints(t))
	was, had := n.value(leaf.Code, g)
	raised := naiveBoard{plan: n.plan, values: slices.DeleteFunc(slices.Clone(n.values), func(v assess.Measure) bool { return v.Of == leaf.Code && v.Group == g })}
	raised.values = append(raised.values, assess.Measure{Of: leaf.Code, Group: g, Value: max(value, was)})
	if !had && leaf.Missing != assess.CountZero && leaf.Missing != assess.CountFull {
		return
	}
	before, after := n.board(t), raised.board(t)
	for _, node := range n.plan.Nodes {
		old, ok := before.Total(node.Code, g.By, g.Code)
		now, still := after.Total(node.Code, g.By, g.Code)
		if len(n.values) > 0 && had {
			require.Equal(t, ok, still, "the same nodes have a score")
		}
		switch {
		case !ok:
		case had || leaf.Missing == assess.CountZero:
			require.GreaterOrEqual(t, now, old, "%s after %s rose", node.Code, leaf.Code)
		default:
			require.LessOrEqual(t, now, old, "%s after full %s got data", node.Code, leaf.Code)
		}
	}
}

func TestRaisingALeaf(t *testing.T) { rapid.Check(t, raisingALeaf) }
func FuzzRaisingALeaf(f *testing.F) { f.Fuzz(rapid.MakeFuzz(raisingALeaf)) }

// TestFirstDataMayLower: why the property above needs its condition.
func TestFirstDataMayLower(t *testing.T) {
	plan := assess.Plan{Nodes: []assess.Node{
		{Code: "total"}, {Code: "a", Parent: "total", Weight: 5000, Measured: true, Missing: assess.Spread},
		{Code: "b", Parent: "total", Weight: 5000, Measured: true, Missing: assess.Spread},
	}}
	g := assess.Group{By: "area", Code: "g"}
	one := naiveBoard{plan: plan, values: []assess.Measure{{Of: "a", Group: g, Value: 900_000}}}
	two := naiveBoard{plan: plan, values: append(one.values, assess.Measure{Of: "b", Group: g, Value: 100_000})}
	before, _ := one.board(t).Total("total", "area", "g")
	after, _ := two.board(t).Total("total", "area", "g")
	require.Equal(t, []assess.Points{900_000, 500_000}, []assess.Points{before, after})
}

// anotherMember: facts and values of one more member leave the rank order, the
// scores and the states of all others as they were.
func anotherMember(t *rapid.T) {
	n := drawWorld(t)
	more := naiveBoard{plan: n.plan, facts: slices.Clone(n.facts), values: slices.Clone(n.values)}
	for id := range rapid.IntRange(0, 5).Draw(t, "facts of the new") {
		f := drawFact(t, 2000+id)
		f.Groups = []assess.Group{{By: "area", Code: "new"}}
		more.facts = append(more.facts, f)
	}
	for _, v := range drawValues(t, n.plan) {
		if v.Group.Code == "e" {
			v.Group.Code = "new"
			more.values = append(more.values, v)
		}
	}
	before, after := n.board(t), more.board(t)
	for _, node := range n.plan.Nodes {
		old, now := before.Ranking(node.Code, "area"), after.Ranking(node.Code, "area")
		now = slices.DeleteFunc(now, func(p assess.Place) bool { return p.Code == "new" })
		require.Len(t, now, len(old))
		for i := range old {
			require.Equal(t, []any{old[i].Code, old[i].Score, old[i].State}, []any{now[i].Code, now[i].Score, now[i].State})
			if i > 0 {
				require.Equal(t, old[i-1].Rank == old[i].Rank, now[i-1].Rank == now[i].Rank, "ties stay ties")
			}
		}
	}
}

func TestAnotherMember(t *testing.T) { rapid.Check(t, anotherMember) }
func FuzzAnotherMember(f *testing.F) { f.Fuzz(rapid.MakeFuzz(anotherMember)) }

// treeOrder: the order of nodes, adjustments and values does not matter, and a
// board that values were added to in two steps is the same; JSON of a plan's nodes
// and of values reads back.
func treeOrder(t *rapid.T) {
	n := drawWorld(t)
	turned := n
	turned.plan.Nodes = rapid.Permutation(n.plan.Nodes).Draw(t, "nodes")
	turned.plan.Adjustments = rapid.Permutation(n.plan.Adjustments).Draw(t, "adjustments")
	values := rapid.Permutation(n.values).Draw(t, "values")
	first := rapid.IntRange(0, len(values)).Draw(t, "first")
	plain := score(t, turned.plan, n.facts)
	half, err := plain.With(values[:first])
	require.NoError(t, err)
	was := half.Ranking(n.plan.Nodes[0].Code, "area")
	b, err := half.With(values[first:])
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(was, half.Ranking(n.plan.Nodes[0].Code, "area")), "With changed its board")
	a := n.board(t)
	for _, node := range n.plan.Nodes {
		require.Empty(t, cmp.Diff(a.Ranking(node.Code, "area"), b.Ranking(node.Code, "area")))
		for _, g := range n.members() {
			x, _ := a.Breakdown(node.Code, g.By, g.Code)
			y, _ := b.Breakdown(node.Code, g.By, g.Code)
			require.Empty(t, cmp.Diff(x, y))
		}
	}
	if first > 0 {
		_, err = b.With(values[:1])
		require.ErrorIs(t, err, assess.ErrTwice)
	}
	data, err := json.Marshal(n.plan.Nodes)
	require.NoError(t, err)
	var nodes []assess.Node
	require.NoError(t, json.Unmarshal(data, &nodes))
	require.Empty(t, cmp.Diff(n.plan.Nodes, nodes))
	for _, v := range n.values {
		data, err := json.Marshal(v)
		require.NoError(t, err)
		require.Equal(t, fmt.Sprintf(`{"of":%q,"group":{"by":%q,"code":%q},"value":%d}`, v.Of, v.Group.By, v.Group.Code, v.Value), string(data))
		var back assess.Measure
		require.NoError(t, json.Unmarshal(data, &back))
		require.Equal(t, v, back)
	}
}

func TestTreeOrder(t *testing.T) { rapid.Check(t, treeOrder) }
func FuzzTreeOrder(f *testing.F) { f.Fuzz(rapid.MakeFuzz(treeOrder)) }
