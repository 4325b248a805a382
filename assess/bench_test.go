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
