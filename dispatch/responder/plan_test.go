package responder_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch/responder"
	"github.com/gridgov/gridgov/grid"
)

func sample[T any](t *rapid.T, label string, from ...T) T {
	return rapid.SampledFrom(from).Draw(t, label)
}

func drawPlace(t *rapid.T) *orb.Point {
	if rapid.IntRange(0, 11).Draw(t, "placed") == 0 {
		return nil
	}
	// Two subdistricts, one on the date line; a coarse net so that distances tie.
	x := sample(t, "west", 114.06, 179.9995) + 0.0002*float64(rapid.IntRange(0, 5).Draw(t, "x"))
	if x > 180 {
		x -= 360
	}
	return &orb.Point{x, 22.68 + 0.0002*float64(rapid.IntRange(0, 5).Draw(t, "y"))}
}

func drawNeeds(t *rapid.T, most int) []responder.Need {
	list := make([]responder.Need, rapid.IntRange(0, most).Draw(t, "needs"))
	for i := range list {
		list[i] = responder.Need{
			ID: responder.Code(fmt.Sprintf("N%02d", i)), Place: drawPlace(t),
			Skills: sample(t, "need skills", nil, nil, nil, []responder.Code{"boat"}, []responder.Code{"boat", "rope"}),
			Area:   sample(t, "area", responder.Code(""), "", "G1", "G2"), Party: sample(t, "party", responder.Code(""), "", "", "P1"),
			Enforcement: rapid.IntRange(0, 4).Draw(t, "enforcement") == 0,
			Penalty:     sample(t, "penalty", int64(0), 0, 1, 30, 400, responder.PenaltyMax),
		}
	}
	return list
}

func drawPeople(t *rapid.T, most int) []responder.Responder {
	list := make([]responder.Responder, rapid.IntRange(0, most).Draw(t, "people"))
	for i := range list {
		list[i] = responder.Responder{
			Person: responder.Code(fmt.Sprintf("p%02d", i)), Post: "post", Place: drawPlace(t), OnDuty: rapid.IntRange(0, 9).Draw(t, "duty") > 0,
			Party: sample(t, "of", responder.Code("P1"), "P1", "P2"), Areas: sample(t, "areas", nil, nil, []responder.Code{"G1"}, []responder.Code{"G2", "C1"}),
			At:     now.Add(sample(t, "ago", 0, 0, 0, -10*time.Minute, -10*time.Minute-1, 10*time.Minute, 11*time.Minute)),
			Skills: sample(t, "skills", []responder.Code{"rope", "boat"}, []responder.Code{"boat", "rope"}, []responder.Code{"boat"}, nil),
			Kind:   sample(t, "kind", responder.Regular, responder.Regular, responder.PartTime, responder.Volunteer),
			Load:   sample(t, "load", 0, 0, 0, 1, 2), Capacity: sample(t, "capacity", 0, 1, 2, 3),
		}
	}
	return list
}

func drawOptions(t *rapid.T) responder.Options {
	o := responder.Options{
		At: now, Within: sample(t, "within", grid.Meters(0), 0, 60, 1000), Capacity: sample(t, "each", 0, 1, 2),
		Penalty: sample(t, "leaving", int64(0), 0, 1, 50, responder.PenaltyMax),
	}
	if rapid.Bool().Draw(t, "covers") {
		o.Covers = func(serves, area responder.Code) bool { return serves == "C1" && area == "G1" }
	}
	switch rapid.IntRange(0, 3).Draw(t, "cost") {
	case 0: // few costs, many ties
		table := rapid.SliceOfN(rapid.Int64Range(-1, 3), 49, 49).Draw(t, "table")
		o.Cost = func(n *responder.Need, p *responder.Responder, _ grid.Meters) (int64, bool) {
			c := table[(number(n.ID)*7+number(p.Person))%49]
			return c, c != 3
		}
	case 1:
		table := rapid.SliceOfN(rapid.SampledFrom([]int64{0, 1, responder.CostMax, responder.CostMax + 1, 100}), 49, 49).Draw(t, "table")
		o.Cost = func(n *responder.Need, p *responder.Responder, _ grid.Meters) (int64, bool) {
			return table[(number(n.ID)*7+number(p.Person))%49], true
		}
	}
	return o
}

func number(c responder.Code) int { return int(c[1]-'0')*10 + int(c[2]-'0') }

// The plan is the first of the best of all plans, in any order of the input; and the
// greedy one is no better and what it says that it is.
func planIsBest(t *rapid.T) {
	needs, people, o := drawNeeds(t, 7), drawPeople(t, 7), drawOptions(t)
	plan, err := responder.AssignBatch(needs, people, o)
	require.NoError(t, err)
	got, err := of(plan, needs, people, o)
	require.NoError(t, err)
	want := best(needs, people, o)
	require.Equal(t, want.total, got.total)
	require.Equal(t, want.goes, got.goes)
	require.True(t, plan.Optimal)
	mixedNeeds, mixed := rapid.Permutation(needs).Draw(t, "mixed needs"), rapid.Permutation(people).Draw(t, "mixed people")
	again, err := responder.AssignBatch(mixedNeeds, mixed, o)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(plan, again, cmp.AllowUnexported(responder.Left{})))
	checkLeft(t, plan, needs, people, o)
	checkBefore(t, plan, needs, people, o)

	o.Exact = 1
	greedy, err := responder.AssignBatch(mixedNeeds, mixed, o)
	require.NoError(t, err)
	require.Equal(t, len(needs) <= 1, greedy.Optimal)
	rough, err := of(greedy, needs, people, o)
	require.NoError(t, err)
	if !greedy.Optimal {
		require.Equal(t, cheapestFirst(needs, people, o), rough)
	}
	require.LessOrEqual(t, got.total, rough.total)
	checkLeft(t, greedy, needs, people, o)
	checkBefore(t, greedy, needs, people, o)
}

// checkBefore ranks the people for each need that has one.
func checkBefore(t *rapid.T, plan *responder.Plan, needs []responder.Need, people []responder.Responder, o responder.Options) {
	for _, a := range plan.Assigned {
		n := needs[slices.IndexFunc(needs, func(n responder.Need) bool { return n.ID == a.Need })]
		list, err := responder.Rank(n, people, o)
		require.NoError(t, err)
		require.Equal(t, a.Person, list[a.Before].Person)
	}
}

// checkLeft asks everybody again why a need is left.
func checkLeft(t *rapid.T, plan *responder.Plan, needs []responder.Need, people []responder.Responder, o responder.Options) {
	for _, l := range plan.Left {
		n := needs[slices.IndexFunc(needs, func(n responder.Need) bool { return n.ID == l.Need })]
		fit, counts, cheap := 0, map[responder.Reason]int{}, false
		for _, p := range people {
			op := judge(n, p, o)
			if op.reason == 0 {
				fit++
				cheap = cheap || op.cost <= l.Penalty
			} else {
				counts[op.reason]++
			}
		}
		require.Equal(t, fit, l.Fit)
		for _, r := range responder.Reasons() {
			require.Equal(t, counts[r], l.Count(r))
		}
		why := "taken"
		if fit == 0 {
			why = "nobody"
		} else if !cheap {
			why = "dear"
		}
		require.Equal(t, why, l.Why())
		require.NotEqual(t, l.Text("zh"), l.Text("en"))
	}
}

func TestPlanIsBest(t *testing.T) { rapid.Check(t, planIsBest) }
func FuzzPlan(f *testing.F)       { f.Fuzz(rapid.MakeFuzz(planIsBest)) }

// Hardly anything but ties.
func tiesAreBroken(t *rapid.T) {
	needs := make([]responder.Need, rapid.IntRange(2, 7).Draw(t, "needs"))
	people := make([]responder.Responder, rapid.IntRange(2, 6).Draw(t, "people"))
	for i := range needs {
		needs[i] = responder.Need{ID: responder.Code(fmt.Sprintf("N%02d", i)), Penalty: rapid.Int64Range(1, 3).Draw(t, "penalty")}
	}
	for i := range people {
		people[i] = responder.Responder{Person: responder.Code(fmt.Sprintf("p%02d", i)), OnDuty: true, Capacity: rapid.IntRange(1, 2).Draw(t, "capacity")}
	}
	table := rapid.SliceOfN(rapid.Int64Range(-1, 2), 49, 49).Draw(t, "table")
	o := responder.Options{At: now, Cost: func(n *responder.Need, p *responder.Responder, _ grid.Meters) (int64, bool) {
		return table[number(n.ID)*7+number(p.Person)], true
	}}
	plan, err := responder.AssignBatch(needs, people, o)
	require.NoError(t, err)
	got, err := of(plan, needs, people, o)
	require.NoError(t, err)
	require.Equal(t, best(needs, people, o), got)
}

func TestTiesAreBroken(t *testing.T) { rapid.Check(t, tiesAreBroken) }
func FuzzTies(f *testing.F)          { f.Fuzz(rapid.MakeFuzz(tiesAreBroken)) }

// The first of two optimal plans, where a column that one row leaves for a free one
// must be filled again from a third that can spare one.
func TestExchangeOverOutside(t *testing.T) {
	cost := map[responder.Code]int64{"N1a": 0, "N1b": 0, "N1c": 0, "N2a": 9, "N2b": 1, "N2c": 0, "N3a": 1, "N3b": 1, "N3c": 0}
	plan, err := responder.AssignBatch(
		[]responder.Need{{ID: "N1"}, {ID: "N2"}, {ID: "N3"}},
		[]responder.Responder{{Person: "a", OnDuty: true, Capacity: 2}, {Person: "b", OnDuty: true}, {Person: "c", OnDuty: true}},
		responder.Options{At: now, Cost: func(n *responder.Need, p *responder.Responder, _ grid.Meters) (int64, bool) {
			return cost[n.ID+p.Person], true
		}})
	require.NoError(t, err)
	var goes []responder.Code
	for _, a := range plan.Assigned {
		goes = append(goes, a.Person)
	}
	require.Equal(t, []responder.Code{"a", "b", "c"}, goes)
	require.Equal(t, int64(1), plan.Cost)
}

// As many needs are assigned as can be, whatever that costs, unless a penalty is given.
func TestAssignsAsManyAsCanBe(t *testing.T) {
	cost := map[string]int64{"N1a": 0, "N1b": responder.CostMax, "N2a": responder.CostMax}
	o := responder.Options{At: now, Cost: func(n *responder.Need, p *responder.Responder, _ grid.Meters) (int64, bool) {
		c, ok := cost[string(n.ID)+string(p.Person)]
		return c, ok
	}}
	needs := []responder.Need{{ID: "N1"}, {ID: "N2"}}
	people := []responder.Responder{{Person: "a", OnDuty: true}, {Person: "b", OnDuty: true}}
	plan, err := responder.AssignBatch(needs, people, o)
	require.NoError(t, err)
	require.Len(t, plan.Assigned, 2)
	require.Equal(t, int64(2*responder.CostMax), plan.Cost)
	o.Penalty = responder.CostMax
	plan, err = responder.AssignBatch(needs, people, o)
	require.NoError(t, err)
	require.Equal(t, []responder.Assignment{{Need: "N1", Person: "a"}}, plan.Assigned)
	require.Equal(t, "taken", plan.Left[0].Why(), "worth exactly its penalty, but by one who is needed elsewhere")
}

// Sums of the largest costs and penalties stay in range.
func TestNothingOverflows(t *testing.T) {
	needs := make([]responder.Need, 60)
	people := make([]responder.Responder, 40)
	for i := range needs {
		needs[i] = responder.Need{ID: responder.Code(fmt.Sprintf("N%02d", i)), Penalty: responder.PenaltyMax}
	}
	for i := range people {
		people[i] = responder.Responder{Person: responder.Code(fmt.Sprintf("p%02d", i)), OnDuty: true}
	}
	plan, err := responder.AssignBatch(needs, people, responder.Options{At: now, Cost: func(n *responder.Need, p *responder.Responder, _ grid.Meters) (int64, bool) {
		return responder.CostMax * int64((number(n.ID)+number(p.Person))%2), true
	}})
	require.NoError(t, err)
	require.Len(t, plan.Assigned, 40)
	require.Zero(t, plan.Cost)
	require.Equal(t, int64(20*responder.PenaltyMax), plan.Penalty)
}
