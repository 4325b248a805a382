package duplicate_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch/duplicate"
)

// reports are so many of 40 matters in four groups in a subdistrict of 5 km, about
// 20 spots of some 150 m, over so many days.
func reports(n, days int) []duplicate.Report {
	r := rand.New(rand.NewPCG(1, 2))
	spots := make([]orb.Point, 20)
	for i := range spots {
		spots[i] = orb.Point{114 + 0.05*r.Float64(), 22.6 + 0.045*r.Float64()}
	}
	out := make([]duplicate.Report, n)
	for i := range out {
		s := spots[r.IntN(len(spots))]
		p := orb.Point{s[0] + 0.0015*r.NormFloat64(), s[1] + 0.0015*r.NormFloat64()}
		out[i] = duplicate.Report{
			ID: duplicate.Code(fmt.Sprintf("case-%07d", i)), Matter: duplicate.Code(fmt.Sprintf("m%02d", r.IntN(40))), Point: &p,
			At: start.Add(time.Duration(r.IntN(days*86_400_000)) * time.Millisecond), Channel: []string{"12345", "patrol", "sensor"}[r.IntN(3)],
		}
		if r.IntN(4) == 0 {
			out[i].Asset = duplicate.Code(fmt.Sprintf("44030902%08d", r.IntN(2*n)))
		}
	}
	return out
}

func benchConfig() duplicate.Config {
	var c duplicate.Config
	for i := range 40 {
		p := duplicate.Policy{Matter: duplicate.Code(fmt.Sprintf("m%02d", i))}
		if i < 12 {
			p.Group = duplicate.Code(fmt.Sprint("g", i%4))
		}
		c.Policies = append(c.Policies, p)
	}
	return c
}

const benchReports = 100_000

func filled(b testing.TB, list []duplicate.Report) *duplicate.Index {
	index, err := duplicate.New(benchConfig())
	require.NoError(b, err)
	for _, r := range list {
		require.NoError(b, index.Add(r))
	}
	return index
}

// BenchmarkCandidates asks about other reports of the same crowd; with 100,000 open
// reports of the last day, a week and a month. The twin scans.
func BenchmarkCandidates(b *testing.B) {
	for _, days := range []int{1, 7, 30} {
		list := reports(benchReports+1000, days)
		index := filled(b, list[:benchReports])
		b.Run(fmt.Sprintf("days=%d", days), func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for i := 0; b.Loop(); i++ {
				found, more := index.Candidates(list[benchReports+i%1000])
				n += len(found) + more
			}
			b.ReportMetric(float64(n)/float64(b.N), "found/op")
		})
	}
	b.Run("twin", func(b *testing.B) {
		list := reports(benchReports+1000, 7)
		w := twin{benchConfig(), map[duplicate.Code]duplicate.Report{}}
		for _, r := range list[:benchReports] {
			w.open[r.ID] = r
		}
		for i := 0; b.Loop(); i++ {
			w.candidates(list[benchReports+i%1000])
		}
	})
}

// BenchmarkChange is Add, Move and Remove of one report among 100,000.
func BenchmarkChange(b *testing.B) {
	list := reports(benchReports+1000, 7)
	index := filled(b, list[:benchReports])
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		r := list[benchReports+i%1000]
		if index.Add(r) != nil || index.Move(r.ID, list[i%1000].Point) != nil || !index.Remove(r.ID) {
			b.Fatal("refused")
		}
	}
}

// BenchmarkMemory reports bytes for an open report, its own id included.
func BenchmarkMemory(b *testing.B) {
	list := reports(benchReports, 7)
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		index := filled(b, list)
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/benchReports, "B/report")
		runtime.KeepAlive(index)
	}
}
