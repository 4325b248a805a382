package responder_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch/responder"
	"github.com/gridgov/gridgov/grid"
)

// street is needs in ten clusters and people anywhere in 5 km.
func street(n, m int) ([]responder.Need, []responder.Responder) {
	r := rand.New(rand.NewPCG(1, 2))
	at := func() orb.Point { return orb.Point{114 + 0.05*r.Float64(), 22.6 + 0.045*r.Float64()} }
	spots := make([]orb.Point, 10)
	for i := range spots {
		spots[i] = at()
	}
	needs, people := make([]responder.Need, n), make([]responder.Responder, m)
	for i := range needs {
		s := spots[r.IntN(len(spots))]
		p := orb.Point{s[0] + 0.002*r.NormFloat64(), s[1] + 0.002*r.NormFloat64()}
		needs[i] = responder.Need{ID: responder.Code(fmt.Sprintf("case-%04d", i)), Place: &p}
	}
	for i := range people {
		p := at()
		people[i] = responder.Responder{Person: responder.Code(fmt.Sprintf("p-%04d", i)), OnDuty: true, Place: &p, At: now}
	}
	return needs, people
}

// byArrival gives each need, by id, the nearest person left.
func byArrival(needs []responder.Need, people []responder.Responder, o responder.Options) (total int64) {
	gone := make([]bool, len(people))
	for _, n := range needs {
		column, least := -1, int64(math.MaxInt64)
		for j, p := range people {
			if c := judge(n, p, o); !gone[j] && c.reason == 0 && c.cost < least {
				column, least = j, c.cost
			}
		}
		if column >= 0 {
			gone[column] = true
			total += least
		}
	}
	return total
}

var sizes = [][2]int{{50, 50}, {200, 200}, {300, 300}, {500, 500}, {100, 494}}

// BenchmarkAssignBatch plans exactly and by the cheapest pair first; "of-greedy" is
// how much more than the optimum it costs to serve by arrival and the cheapest first.
func BenchmarkAssignBatch(b *testing.B) {
	for _, n := range sizes {
		needs, people := street(n[0], n[1])
		exact := responder.Options{At: now, Exact: responder.ExactMax}
		greedy := responder.Options{At: now, Exact: 1}
		plan, err := responder.AssignBatch(needs, people, exact)
		require.NoError(b, err)
		rough, err := responder.AssignBatch(needs, people, greedy)
		require.NoError(b, err)
		require.LessOrEqual(b, plan.Cost, rough.Cost)
		arrival := byArrival(needs, people, exact)
		require.LessOrEqual(b, plan.Cost, arrival)
		for _, o := range []struct {
			name    string
			options responder.Options
			cost    int64
		}{{"exact", exact, plan.Cost}, {"greedy", greedy, rough.Cost}} {
			b.Run(fmt.Sprintf("%dx%d/%s", n[0], n[1], o.name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := responder.AssignBatch(needs, people, o.options); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(o.cost)/float64(plan.Cost), "cost/optimum")
			})
		}
		b.Run(fmt.Sprintf("%dx%d/arrival", n[0], n[1]), func(b *testing.B) {
			for b.Loop() {
				byArrival(needs, people, exact)
			}
			b.ReportMetric(float64(arrival)/float64(plan.Cost), "cost/optimum")
		})
	}
}

// BenchmarkTies plans 300 needs for 300 people who all cost the same, and who cost
// one of three.
func BenchmarkTies(b *testing.B) {
	for _, costs := range []uint64{1, 3} {
		needs, people := street(300, 300)
		r := rand.New(rand.NewPCG(3, 4))
		table := map[[2]responder.Code]int64{}
		for _, n := range needs {
			for _, p := range people {
				table[[2]responder.Code{n.ID, p.Person}] = int64(r.Uint64N(costs))
			}
		}
		b.Run(fmt.Sprintf("costs=%d", costs), func(b *testing.B) {
			o := responder.Options{At: now, Cost: func(n *responder.Need, p *responder.Responder, _ grid.Meters) (int64, bool) {
				return table[[2]responder.Code{n.ID, p.Person}], true
			}}
			for b.Loop() {
				if _, err := responder.AssignBatch(needs, people, o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRank orders 500 people for one need.
func BenchmarkRank(b *testing.B) {
	needs, people := street(1, 500)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := responder.Rank(needs[0], people, responder.Options{At: now}); err != nil {
			b.Fatal(err)
		}
	}
}
