package dispatch_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/grid"
)

// largeList is n rules about 1,300 matters in 255 grids with a fallback, and
// queries about them.
// With clear, rules of one matter and area name one party, so that none tie.
func largeList(tb testing.TB, n int, clear bool) (naive, *dispatch.List, []dispatch.Query) {
	tb.Helper()
	m := listMap(tb, 17, 15)
	r := rand.New(rand.NewPCG(1, uint64(n)))
	matter := func(depth int) dispatch.Code {
		c := fmt.Sprintf("k%d", r.IntN(10))
		if depth > 1 {
			c += fmt.Sprintf(".t%d", r.IntN(13))
		}
		if depth > 2 {
			c += fmt.Sprintf(".i%d", r.IntN(10))
		}
		return dispatch.Code(c)
	}
	area := func(level int) dispatch.Code {
		c := dispatch.Code("s")
		if level > 0 {
			c += dispatch.Code(fmt.Sprintf("-c%d", 1+r.IntN(17)))
		}
		if level > 1 {
			c += dispatch.Code(fmt.Sprintf("-g%d", 1+r.IntN(15)))
		}
		return c
	}
	twin := naive{m: m, cal: listCalendar(tb), zone: shanghai}
	twin.rules = append(twin.rules, dispatch.Rule{ID: "Z", Role: dispatch.Lead, Matter: "*", Party: "desk"})
	for i := 1; i < n; i++ {
		rule := dispatch.Rule{
			ID: dispatch.Code(fmt.Sprintf("R%06d", i)), Role: dispatch.Lead, Matter: matter(1 + r.IntN(3)), Area: area(r.IntN(3)),
			Party: dispatch.Code(fmt.Sprintf("p%d", r.IntN(40))),
		}
		if r.IntN(4) == 0 {
			rule.Class = []string{"road=main", "road=lane"}[r.IntN(2)]
		}
		if r.IntN(8) == 0 {
			rule.Window = []string{"work", "rest", "18:00-08:00"}[r.IntN(3)]
		}
		if r.IntN(8) == 0 {
			rule.During.From = instant("2026-01-01T00:00:00+08:00").AddDate(0, r.IntN(24), 0)
		}
		if clear {
			rule.Party = dispatch.Code(fmt.Sprintf("p%d", (len(rule.Matter)*31+len(rule.Area)*17)%40))
		}
		twin.rules = append(twin.rules, rule)
	}
	l, err := dispatch.Compile(nil, twin.rules, m, nil, dispatch.Options{Calendar: twin.cal})
	require.NoError(tb, err)
	queries := make([]dispatch.Query, 1024)
	for i := range queries {
		leaf := listRef(tb, m, grid.Code(area(2)))
		queries[i] = dispatch.Query{Matter: matter(3), Area: leaf, At: instant("2026-05-04T10:00:00+08:00").AddDate(0, 0, r.IntN(300))}
		if r.IntN(2) == 0 {
			queries[i].Classes = []string{"road=main"}
		}
	}
	return twin, l, queries
}

func BenchmarkListMatch(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		_, l, queries := largeList(b, n, false)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				_ = l.Match(queries[i&1023])
				i++
			}
		})
	}
}

// BenchmarkListMatchClear is a list in which nothing ties.
func BenchmarkListMatchClear(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		_, l, queries := largeList(b, n, true)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				_ = l.Match(queries[i&1023])
				i++
			}
		})
	}
}

func BenchmarkListMatchNaive(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		twin, _, queries := largeList(b, n, false)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			i := 0
			for b.Loop() {
				_ = twin.match(queries[i&1023])
				i++
			}
		})
	}
}

// BenchmarkListMatchScan is the scan one would write by hand: rules sorted once
// by precedence, the first that applies wins.
func BenchmarkListMatchScan(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		twin, _, queries := largeList(b, n, false)
		slices.SortFunc(twin.rules, func(a, c dispatch.Rule) int { return slices.Compare(twin.key(a), twin.key(c)) })
		areas := make([]grid.Ref, n)
		for i, r := range twin.rules {
			areas[i], _ = twin.m.Lookup(r.Area)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			i, found := 0, 0
			for b.Loop() {
				q := queries[i&1023]
				i++
				for k := range twin.rules {
					r := &twin.rules[k]
					if (areas[k] == 0 || twin.m.Contains(areas[k], q.Area)) && dispatch.Covers(r.Matter, q.Matter) &&
						(r.Class == "" || slices.Contains(q.Classes, r.Class)) && r.During.Holds(q.At) &&
						(r.Window == "" || r.Window != "rest" == twin.cal.Working(q.At)) {
						found++
						break
					}
				}
			}
			require.Equal(b, i, found)
		})
	}
}

func BenchmarkListCompile(b *testing.B) {
	twin, _, _ := largeList(b, 10000, false)
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	compile := func() *dispatch.List {
		l, err := dispatch.Compile(nil, twin.rules, twin.m, nil, dispatch.Options{Calendar: twin.cal})
		require.NoError(b, err)
		return l
	}
	before := heap()
	l := compile()
	kept := heap() - before
	runtime.KeepAlive(l)
	for b.Loop() {
		_ = compile()
	}
	b.ReportMetric(float64(kept), "list-B")
}

func BenchmarkListFindings(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		_, l, _ := largeList(b, n, false)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				_ = l.Findings()
			}
		})
	}
}

func BenchmarkListProve(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		_, l, _ := largeList(b, n, false)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				_ = l.Prove()
			}
		})
	}
}

// BenchmarkListFindingsLearned is the shape a learner makes: 3,000 plain rules
// about 130 matters in 255 grids.
func BenchmarkListFindingsLearned(b *testing.B) {
	l := learnedList(b)
	for b.Loop() {
		_ = l.Findings()
	}
}

func learnedList(tb testing.TB) *dispatch.List {
	tb.Helper()
	m := listMap(tb, 17, 15)
	r := rand.New(rand.NewPCG(3, 4))
	var matters []dispatch.Matter
	for i := range 130 {
		matters = append(matters, dispatch.Matter{Code: dispatch.Code(fmt.Sprintf("k%d.t%d", i%10, i/10))})
	}
	rules := []dispatch.Rule{{ID: "L00000", Role: dispatch.Lead, Matter: "*", Party: "desk"}}
	for i := 1; i < 3000; i++ {
		rules = append(rules, dispatch.Rule{
			ID: dispatch.Code(fmt.Sprintf("L%05d", i)), Role: dispatch.Lead, Matter: matters[r.IntN(130)].Code,
			Area: dispatch.Code(fmt.Sprintf("s-c%d-g%d", 1+r.IntN(17), 1+r.IntN(15))), Party: dispatch.Code(fmt.Sprintf("p%d", r.IntN(40))),
		})
	}
	l, err := dispatch.Compile(matters, rules, m, nil, dispatch.Options{})
	require.NoError(tb, err)
	return l
}
