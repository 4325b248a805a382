package assess_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/assess"
)

// month is n cases over 5,000 grids of four levels and 60 parties; shuffled ids
// do not come in ascending order.
func month(n int, shuffled bool) []assess.Fact {
	facts := make([]assess.Fact, n)
	for i := range facts {
		id, grid, party := i, i*2654435761%5000, i%60
		if shuffled {
			id = i * 7919 % n
		}
		marks := []string{assess.MarkDue, assess.MarkClosed, assess.MarkClosedOnTime}
		switch i % 10 {
		case 0:
			marks = []string{assess.MarkDue}
		case 1:
			marks[2] = assess.MarkDeferred
		}
		facts[i] = assess.Fact{
			ID: assess.Code(fmt.Sprintf("case-%08d", id)), At: december.From.Add(time.Duration(i%2_000_000) * time.Second), Marks: marks,
			Groups: []assess.Group{
				{By: "area", Code: assess.Code(fmt.Sprintf("grid-%d", grid))}, {By: "area", Code: assess.Code(fmt.Sprintf("community-%d", grid/50))},
				{By: "area", Code: "street"}, {By: "party", Code: assess.Code(fmt.Sprintf("party-%d", party))},
			},
		}
	}
	return facts
}

func scheme(t require.TestingT, count int) (*assess.Scheme, assess.Plan) {
	plan := assess.Plan{Period: december}
	presets := assess.Presets("en")
	for i := range count {
		in := presets[i%3]
		in.Code = assess.Code(fmt.Sprintf("i%02d", i))
		plan.Indicators = append(plan.Indicators, in)
	}
	s, err := assess.NewScheme(plan)
	require.NoError(t, err)
	return s, plan
}

func BenchmarkScore(b *testing.B) {
	for _, order := range []string{"sorted", "shuffled"} {
		facts := month(1_000_000, order == "shuffled")
		for _, count := range []int{2, 30} {
			s, _ := scheme(b, count)
			b.Run(fmt.Sprintf("%s/1M/%d", order, count), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					_, err := assess.Score(s, facts)
					require.NoError(b, err)
				}
			})
		}
	}
}

// BenchmarkSmall is the job of BenchmarkNaive: 2,000 cases, two indicators.
func BenchmarkSmall(b *testing.B) {
	s, _ := scheme(b, 2)
	facts := month(2000, false)
	for b.Loop() {
		_, err := assess.Score(s, facts)
		require.NoError(b, err)
	}
}

func BenchmarkNaive(b *testing.B) {
	_, plan := scheme(b, 2)
	facts := month(2000, false)
	for b.Loop() {
		naiveRates(plan, facts)
	}
}

// appraisal is 1,000 members with a tree of 50 leaves under 7 nodes, half of them
// rates, and a tenth of the values missing.
func appraisal(t require.TestingT, members int) naiveBoard {
	n := naiveBoard{plan: assess.Plan{Nodes: []assess.Node{{Code: "total"}}}}
	presets := assess.Presets("en")
	for i := range 7 {
		n.plan.Nodes = append(n.plan.Nodes, assess.Node{Code: assess.Code(fmt.Sprint("n", i)), Parent: "total", Weight: assess.BasisPoints(1428 + 4*(i/6)), Missing: assess.Spread})
	}
	for i := range 50 {
		group := i % 7
		of := int(7 + (50-1-group)/7 - 6) // leaves of the group
		leaf := assess.Node{Code: assess.Code(fmt.Sprintf("leaf%02d", i)), Parent: assess.Code(fmt.Sprint("n", group)), Weight: assess.BasisPoints(10_000 / of), Missing: assess.Spread}
		if i < 7 {
			leaf.Weight += assess.BasisPoints(10_000 % of)
		}
		if i%2 == 0 {
			in := presets[i%3]
			in.Code = assess.Code(fmt.Sprintf("i%02d", i))
			n.plan.Indicators = append(n.plan.Indicators, in)
			leaf.Indicator = in.Code
			leaf.Curve = assess.Curve{Knots: []assess.Knot{{At: 0, Score: 0}, {At: 7000, Score: 60 * assess.Point}, {At: 9000, Score: 90 * assess.Point}, {At: 10_000, Score: assess.Full}}}
		} else {
			leaf.Measured = true
		}
		n.plan.Nodes = append(n.plan.Nodes, leaf)
	}
	for m := range members {
		g := assess.Group{By: "area", Code: assess.Code(fmt.Sprintf("g%04d", m))}
		for i := range 10 {
			f := assess.Fact{ID: assess.Code(fmt.Sprintf("%s-%d", g.Code, i)), At: december.From, Groups: []assess.Group{g}, Marks: []string{assess.MarkDue}}
			if (m+i)%3 > 0 {
				f.Marks = append(f.Marks, assess.MarkClosed, assess.MarkClosedOnTime)
			}
			n.facts = append(n.facts, f)
		}
		for i := 1; i < 50; i += 2 {
			if (m+i)%10 > 0 {
				n.values = append(n.values, assess.Measure{Of: assess.Code(fmt.Sprintf("leaf%02d", i)), Group: g, Value: int64((m*31 + i*977) % 100 * int(assess.Point))})
			}
		}
	}
	return n
}

// BenchmarkRanking scores and ranks 1,000 members by a tree of 50 leaves.
func BenchmarkRanking(b *testing.B) {
	board := appraisal(b, 1000).board(b)
	b.ReportAllocs()
	for b.Loop() {
		require.Len(b, board.Ranking("total", "area"), 1000)
	}
}

// BenchmarkRankingSmall is the job of BenchmarkRankingNaive: 10 members.
func BenchmarkRankingSmall(b *testing.B) {
	board := appraisal(b, 10).board(b)
	for b.Loop() {
		require.Len(b, board.Ranking("total", "area"), 10)
	}
}

func BenchmarkRankingNaive(b *testing.B) {
	n := appraisal(b, 10)
	for b.Loop() {
		for _, g := range n.members() {
			n.grade("total", g)
		}
	}
}
