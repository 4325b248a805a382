package responder_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch/responder"
	"github.com/gridgov/gridgov/grid"
)

// never is what the twin reckons for a pair that is not fit.
const never = 1 << 55

// least is the least total of a matrix with no more rows than columns, each row having
// a column of its own: Kuhn's method with potentials from row to row (the one in
// textbooks, rows and columns counted from 1). It shares nothing with the package.
func least(cost [][]int64) (total int64) {
	n, m := len(cost), 0
	if n > 0 {
		m = len(cost[0])
	}
	u, v, match, way := make([]int64, n+1), make([]int64, m+1), make([]int, m+1), make([]int, m+1)
	for i := 1; i <= n; i++ {
		match[0] = i
		slack, used := make([]int64, m+1), make([]bool, m+1)
		for j := range slack {
			slack[j] = math.MaxInt64
		}
		at := 0
		for {
			used[at] = true
			row, delta, next := match[at], int64(math.MaxInt64), 0
			for j := 1; j <= m; j++ {
				if used[j] {
					continue
				}
				if d := cost[row-1][j-1] - u[row] - v[j]; d < slack[j] {
					slack[j], way[j] = d, at
				}
				if slack[j] < delta {
					delta, next = slack[j], j
				}
			}
			for j := 0; j <= m; j++ {
				if used[j] {
					u[match[j]] += delta
					v[j] -= delta
				} else {
					slack[j] -= delta
				}
			}
			if at = next; match[at] == 0 {
				break
			}
		}
		for at != 0 {
			match[at] = match[way[at]]
			at = way[at]
		}
	}
	for j := 1; j <= m; j++ {
		if match[j] > 0 {
			total += cost[match[j]-1][j-1]
		}
	}
	return total
}

// square is needs by people as often as each may be given something, and for every
// need one column more in which it is left.
func square(needs []responder.Need, people []responder.Responder, o responder.Options) (cost [][]int64, of []int) {
	opinions := make([][]opinion, len(needs))
	for i, n := range needs {
		for _, p := range people {
			opinions[i] = append(opinions[i], judge(n, p, o))
		}
	}
	penalties := penaltiesOf(needs, opinions, o)
	for j, p := range people {
		for range capacity(p, o) - p.Load {
			of = append(of, j)
		}
	}
	for i := range needs {
		row := make([]int64, 0, len(of)+len(needs))
		for _, j := range of {
			if c := opinions[i][j]; c.reason == 0 {
				row = append(row, c.cost)
			} else {
				row = append(row, never)
			}
		}
		for k := range needs {
			if k == i {
				row = append(row, penalties[i])
			} else {
				row = append(row, never)
			}
		}
		cost = append(cost, row)
	}
	return cost, of
}

// A plan too large for trying all plans has the total of the textbook's method; and no
// row could go to an earlier column, the rows before it staying: each is tried.
func planIsFirstOfBest(t *rapid.T) {
	needs := make([]responder.Need, rapid.IntRange(0, 12).Draw(t, "needs"))
	people := make([]responder.Responder, rapid.IntRange(0, 12).Draw(t, "people"))
	most := rapid.SampledFrom([]int64{0, 1, 3, 1000, responder.CostMax}).Draw(t, "dearest")
	for i := range needs {
		needs[i] = responder.Need{ID: responder.Code(fmt.Sprintf("N%02d", i)), Penalty: rapid.SampledFrom([]int64{0, 1, most, responder.PenaltyMax}).Draw(t, "penalty")}
	}
	for i := range people {
		people[i] = responder.Responder{
			Person: responder.Code(fmt.Sprintf("p%02d", i)), OnDuty: true,
			Capacity: rapid.IntRange(1, 3).Draw(t, "capacity"), Load: rapid.IntRange(0, 3).Draw(t, "load"),
		}
	}
	table := rapid.SliceOfN(rapid.Int64Range(-most/4-1, most), 144, 144).Draw(t, "table")
	o := responder.Options{At: now, Cost: func(n *responder.Need, p *responder.Responder, _ grid.Meters) (int64, bool) {
		return table[number(n.ID)*12+number(p.Person)], true
	}}
	plan, err := responder.AssignBatch(needs, people, o)
	require.NoError(t, err)
	got, err := of(plan, needs, people, o)
	require.NoError(t, err)
	cost, column := square(needs, people, o)
	best := least(cost)
	require.Equal(t, best, got.total)
	for i, j := range got.goes {
		row := slices.Clone(cost[i])
		for earlier := range j {
			for k := range row {
				if k >= len(column) || column[k] != earlier {
					cost[i][k] = never
				}
			}
			require.Greater(t, least(cost), best, "need %d could go to %d", i, earlier)
			copy(cost[i], row)
		}
		for k := range row {
			if at := len(people); k < len(column) && column[k] != j || k >= len(column) && j != at {
				cost[i][k] = never
			}
		}
	}
}

func TestPlanIsFirstOfBest(t *testing.T) { rapid.Check(t, planIsFirstOfBest) }
func FuzzPlanIsFirst(f *testing.F)       { f.Fuzz(rapid.MakeFuzz(planIsFirstOfBest)) }

// The sizes of a street's morning, in metres, with more and fewer people than needs.
func TestLargePlansAreBest(t *testing.T) {
	for _, n := range [][2]int{{300, 300}, {100, 494}, {300, 40}} {
		needs, people := street(n[0], n[1])
		for j := range people {
			people[j].Capacity = 1 + j%2
		}
		plan, err := responder.AssignBatch(needs, people, responder.Options{At: now})
		require.NoError(t, err)
		require.True(t, plan.Optimal)
		cost, _ := square(needs, people, responder.Options{At: now})
		require.Equal(t, least(cost), plan.Cost+plan.Penalty)
		got, err := of(plan, needs, people, responder.Options{At: now})
		require.NoError(t, err)
		require.Len(t, got.goes, n[0])
	}
}

// The largest codes, costs and numbers of people and needs keep apart in the greedy
// order: the last person is the only one who costs nothing, and only for the last need.
func TestGreedyAtTheLimits(t *testing.T) {
	needs, people := make([]responder.Need, 40), make([]responder.Responder, responder.PeopleMax)
	for i := range needs {
		needs[i] = responder.Need{ID: responder.Code(fmt.Sprintf("N%05d", i))}
	}
	for j := range people {
		people[j] = responder.Responder{Person: responder.Code(fmt.Sprintf("p%05d", j)), OnDuty: true}
	}
	first, last, lastPerson := needs[0].ID, needs[len(needs)-1].ID, people[len(people)-1].Person
	o := responder.Options{At: now, Exact: 1, Cost: func(n *responder.Need, p *responder.Responder, _ grid.Meters) (int64, bool) {
		switch {
		case n.ID == last && p.Person == lastPerson:
			return 0, true
		case n.ID == first && p.Person != lastPerson:
			return responder.CostMax - 1, true
		}
		return responder.CostMax, true
	}}
	plan, err := responder.AssignBatch(needs, people, o)
	require.NoError(t, err)
	require.False(t, plan.Optimal)
	require.Len(t, plan.Assigned, len(needs))
	require.Equal(t, "p00000", string(plan.Assigned[0].Person), "the cheaper ones first, by code")
	require.Equal(t, "p00001", string(plan.Assigned[1].Person))
	require.Equal(t, lastPerson, plan.Assigned[len(needs)-1].Person)
}
