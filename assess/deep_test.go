package assess_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/assess"
)

// chain is a tree of so many levels below its root with one measured leaf.
func chain(levels int) assess.Plan {
	plan := assess.Plan{Nodes: []assess.Node{{Code: "n0"}}}
	for i := 1; i <= levels; i++ {
		parent := assess.Code(fmt.Sprintf("n%d", i-1))
		plan.Nodes = append(plan.Nodes, assess.Node{Code: assess.Code(fmt.Sprintf("n%d", i)), Parent: parent, Weight: assess.Whole, Measured: i == levels})
	}
	return plan
}

// TestManyFullAdjustments: a score is held within 0 and Full at every level, however
// many adjustments of Full each move it.
func TestManyFullAdjustments(t *testing.T) {
	g := assess.Group{By: "area", Code: "a"}
	for levels := 1; levels <= assess.LevelsMax; levels++ {
		for _, many := range []int{1, 2, 3, 4, 5, 6, 7, 8, 15, 16, 100, assess.AdjustmentsMax} {
			for want, each := range map[assess.Points]assess.Points{0: -assess.Full, assess.Full: assess.Full} {
				n := naiveBoard{plan: chain(levels)}
				n.values = []assess.Measure{{Of: assess.Code(fmt.Sprintf("n%d", levels)), Group: g, Value: int64(assess.Full - want)}}
				for i := range many {
					code := assess.Code(fmt.Sprintf("d%d", i))
					n.plan.Adjustments = append(n.plan.Adjustments, assess.Adjustment{Code: code, Node: "n0", Measured: true, Each: each})
					n.values = append(n.values, assess.Measure{Of: code, Group: g, Value: 1})
				}
				got, ok := n.board(t).Total("n0", "area", "a")
				require.True(t, ok)
				require.Equal(t, want, got, "%d levels, %d times %s", levels, many, each)
			}
		}
	}
}
