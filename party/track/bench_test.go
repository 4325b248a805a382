package track_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/internal/geodesy"
	"github.com/gridgov/gridgov/party/track"
)

// crowd is people about a district of 40 km: anywhere, or in 20 clusters of some
// 150 m.
func crowd(n int, clustered bool) []track.Fix {
	r := rand.New(rand.NewPCG(1, 2))
	centres := make([]orb.Point, 20)
	for i := range centres {
		centres[i] = orb.Point{113.9 + 0.4*r.Float64(), 22.5 + 0.4*r.Float64()}
	}
	fixes := make([]track.Fix, n)
	for i := range fixes {
		p := orb.Point{113.9 + 0.4*r.Float64(), 22.5 + 0.4*r.Float64()}
		if clustered {
			c := centres[r.IntN(len(centres))]
			p = orb.Point{c[0] + 0.0015*r.NormFloat64(), c[1] + 0.0015*r.NormFloat64()}
		}
		fixes[i] = track.Fix{Person: track.Code(fmt.Sprintf("person-%06d", i)), At: start, Point: p, Accuracy: 8}
	}
	return fixes
}

// walk moves everybody by up to 20 m, ten seconds on, in an order of their own.
func walk(fixes []track.Fix, r *rand.Rand) {
	for i := range fixes {
		f := &fixes[i]
		f.At = f.At.Add(10 * time.Second)
		f.Point[0] += 0.0004 * (r.Float64() - 0.5)
		f.Point[1] += 0.0004 * (r.Float64() - 0.5)
	}
	r.Shuffle(len(fixes), func(i, j int) { fixes[i], fixes[j] = fixes[j], fixes[i] })
}

const benchPeople = 100_000

func benchTracker(b *testing.B, clustered bool) (*track.Tracker, []track.Fix) {
	t, err := track.New(always{}, track.Options{Fixes: 16})
	require.NoError(b, err)
	fixes := crowd(benchPeople, clustered)
	t.AddBatch(start, fixes, nil)
	r := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		walk(fixes, r)
		for _, v := range t.AddBatch(fixes[0].At, fixes, nil) {
			require.Equal(b, track.Accepted, v)
		}
	}
	return t, fixes
}

// BenchmarkAdd is one fix of one of 100,000 people who walk, rings being full.
func BenchmarkAdd(b *testing.B) {
	for _, clustered := range []bool{false, true} {
		b.Run(fmt.Sprintf("clustered=%t", clustered), func(b *testing.B) {
			t, fixes := benchTracker(b, clustered)
			r := rand.New(rand.NewPCG(5, 6))
			verdicts := make([]track.Verdict, 0, len(fixes))
			b.ReportAllocs()
			b.ResetTimer()
			for n := 0; n < b.N; n += len(fixes) {
				b.StopTimer()
				walk(fixes, r)
				b.StartTimer()
				verdicts = t.AddBatch(fixes[0].At, fixes[:min(len(fixes), b.N-n)], verdicts[:0])
			}
			require.NotContains(b, verdicts, track.Jump)
		})
	}
}

func BenchmarkNearest(b *testing.B) {
	for _, clustered := range []bool{false, true} {
		t, fixes := benchTracker(b, clustered)
		w := track.Want{K: 5, At: fixes[0].At}
		r := rand.New(rand.NewPCG(7, 8))
		at := func(i int) orb.Point { return fixes[(i*7919)%len(fixes)].Point }
		b.Run(fmt.Sprintf("clustered=%t/still", clustered), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				w.Point = at(i)
				t.Nearest(w)
			}
		})
		b.Run(fmt.Sprintf("clustered=%t/moving", clustered), func(b *testing.B) {
			for i := 0; b.Loop(); i++ { // with ten fixes between two questions
				if i%(len(fixes)/10) == 0 {
					b.StopTimer()
					walk(fixes, r)
					w.At = fixes[0].At
					b.StartTimer()
				}
				n := i % (len(fixes) / 10) * 10
				t.AddBatch(w.At, fixes[n:n+10], nil)
				w.Point = at(i)
				t.Nearest(w)
			}
		})
		b.Run(fmt.Sprintf("clustered=%t/half-unfit", clustered), func(b *testing.B) {
			w := w
			w.Fit = func(person track.Code) (track.Code, bool) { return "", person[len(person)-1]%2 == 0 }
			for i := 0; b.Loop(); i++ {
				w.Point = at(i)
				t.Nearest(w)
			}
		})
		b.Run(fmt.Sprintf("clustered=%t/naive", clustered), func(b *testing.B) {
			away := make([]float64, len(fixes))
			for i := 0; b.Loop(); i++ {
				for j := range fixes {
					away[j] = geodesy.Distance(at(i), fixes[j].Point)
				}
				slices.Sort(away)
			}
		})
	}
}

// BenchmarkNearestNobody is a question that nobody answers, so all are looked at.
func BenchmarkNearestNobody(b *testing.B) {
	t, fixes := benchTracker(b, false)
	for b.Loop() {
		t.Nearest(track.Want{K: 1, Point: fixes[0].Point, At: fixes[0].At, Groups: []track.Code{"g"}})
	}
}

// BenchmarkExpire goes through 100,000 people of whom each has one fix to lose.
func BenchmarkExpire(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		t, fixes := benchTracker(b, false)
		now := fixes[0].At.Add(24*time.Hour - 150*time.Second)
		b.StartTimer()
		require.Equal(b, benchPeople, t.Expire(now))
	}
}

// BenchmarkMemory answers bytes per person with one fix, and per fix.
func BenchmarkMemory(b *testing.B) {
	const people, each = 20_000, 256
	heap := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	for b.Loop() {
		fixes := crowd(people, false)
		before := heap()
		t, err := track.New(always{}, track.Options{Fixes: each})
		require.NoError(b, err)
		t.AddBatch(start, fixes, nil)
		one := heap()
		r := rand.New(rand.NewPCG(3, 4))
		for range each - 1 {
			walk(fixes, r)
			for i := range fixes {
				t.Add(fixes[0].At, fixes[i])
			}
		}
		require.Equal(b, people*each, t.Fixes())
		b.ReportMetric((one-before)/people, "B/person")
		b.ReportMetric((heap()-one)/people/each, "B/fix")
		runtime.KeepAlive(fixes)
		runtime.KeepAlive(t)
	}
}

// BenchmarkTracks reads a turn of eight hours.
func BenchmarkTracks(b *testing.B) {
	t, err := track.New(always{}, track.Options{Speed: track.SpeedMax})
	require.NoError(b, err)
	var route orb.LineString
	for i := range 2880 {
		p := orb.Point{114 + 0.00005*float64(i%400), 22.5 + 0.00004*float64(i/400*20) + 0.000001*float64(i%7)}
		f := track.Fix{Person: "zhu", At: start.Add(time.Duration(i) * 10 * time.Second), Point: p, Accuracy: 5}
		require.Equal(b, track.Accepted, t.Add(f.At, f))
		if i%40 == 0 {
			route = append(route, p)
		}
	}
	end := start.Add(8 * time.Hour)
	b.Run("TimeIn", func(b *testing.B) {
		for b.Loop() {
			t.TimeIn("zhu", start, end, func(p orb.Point) track.Code { return "g" })
		}
	})
	b.Run("Coverage", func(b *testing.B) {
		c, err := t.Coverage(route, "zhu", start, end, 20)
		require.NoError(b, err)
		b.Logf("%v of %v m", c.Covered, c.Total)
		for b.Loop() {
			_, _ = t.Coverage(route, "zhu", start, end, 20)
		}
	})
	b.Run("Track", func(b *testing.B) {
		for b.Loop() {
			for range t.Track("zhu", start, end) {
			}
		}
	})
}
