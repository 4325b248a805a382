package grid_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
)

func BenchmarkNearestFirst(b *testing.B) {
	m, _, points := benchmarkMap(b, 71)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		for range m.Nearest(points[i&(len(points)-1)]) {
			break
		}
	}
}

// around moves places to just outside n × n leaves: up to 55 m off a side.
func around(points []orb.Point, n int) []orb.Point {
	side := float64(n) / 1000
	out := make([]orb.Point, len(points))
	for i, p := range points {
		off := 0.0003 + 0.0005*(p[0]-114)/side // the sides are wavy, by 0.0002
		switch i % 4 {
		case 0:
			out[i] = orb.Point{114 - off, p[1]}
		case 1:
			out[i] = orb.Point{114 + side + off, p[1]}
		case 2:
			out[i] = orb.Point{p[0], 22.5 - off}
		case 3:
			out[i] = orb.Point{p[0], 22.5 + side + off}
		}
	}
	return out
}

func BenchmarkNearestFirstOutside(b *testing.B) {
	m, _, points := benchmarkMap(b, 71)
	points = around(points, 71)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		for range m.Nearest(points[i&(len(points)-1)]) {
			break
		}
	}
}

// BenchmarkNearestFirstNaive is the scan of BenchmarkRadiusNaive for the least.
func BenchmarkNearestFirstNaive(b *testing.B) {
	_, units, points := benchmarkMap(b, 71)
	leaves := make([][]segment, len(units))
	for i, u := range units {
		leaves[i] = naiveEdges(u)
	}
	for i := 0; b.Loop(); i++ {
		s, _ := naiveSnap(points[i&(len(points)-1)])
		first, least := -1, math.Inf(1)
		for k, edges := range leaves {
			if scanHolds(edges, s) {
				first = k
				break
			}
			if d := scanAway(edges, s); d < least {
				first, least = k, d
			}
		}
		require.NotEqual(b, -1, first)
	}
}

func BenchmarkSnap(b *testing.B) {
	m, _, points := benchmarkMap(b, 71)
	for name, points := range map[string][]orb.Point{"inside": points, "outside": around(points, 71)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				m.Snap(points[i&(len(points)-1)], 50)
			}
		})
	}
}

func BenchmarkRadius200(b *testing.B) {
	m, _, points := benchmarkMap(b, 71)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		for range m.Radius(points[i&(len(points)-1)], 200) {
		}
	}
}

// BenchmarkRadiusNaive is a scan of all edges in a plane, which is the least
// that must be done without an index and far from exact.
func BenchmarkRadiusNaive(b *testing.B) {
	_, units, points := benchmarkMap(b, 71)
	leaves := make([][]segment, len(units))
	for i, u := range units {
		leaves[i] = naiveEdges(u)
	}
	within := make([]int, 0, len(units))
	for i := 0; b.Loop(); i++ {
		s, _ := naiveSnap(points[i&(len(points)-1)])
		within = within[:0]
		for k, edges := range leaves {
			if scanAway(edges, s) <= 200 {
				within = append(within, k)
			}
		}
	}
}

func scanAway(edges []segment, s spot) float64 {
	least := math.Inf(1)
	east := math.Cos(float64(s.y)/1e7*math.Pi/180) * 0.0111319
	for _, e := range edges {
		ax, ay := float64(e.a.x-s.x)*east, float64(e.a.y-s.y)*0.0110574
		dx, dy := float64(e.b.x-e.a.x)*east, float64(e.b.y-e.a.y)*0.0110574
		t := min(max(-(ax*dx+ay*dy)/(dx*dx+dy*dy), 0), 1)
		x, y := ax+t*dx, ay+t*dy
		least = min(least, x*x+y*y)
	}
	return math.Sqrt(least)
}

func BenchmarkNeighbors(b *testing.B) {
	m, _, _ := benchmarkMap(b, 71)
	for _, within := range []grid.Meters{0, 1} {
		b.Run(fmt.Sprint(within), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				for range m.Neighbors(grid.Ref(i%m.Len()+1), within) {
				}
			}
		})
	}
}

// BenchmarkNeighborsNaive compares one leaf's edges with all others by their ends,
// which finds only borders with the same vertices.
func BenchmarkNeighborsNaive(b *testing.B) {
	_, units, _ := benchmarkMap(b, 71)
	leaves := make([][]segment, len(units))
	for i, u := range units {
		leaves[i] = naiveEdges(u)
	}
	for i := 0; b.Loop(); i++ {
		mine, found := leaves[i%len(leaves)], 0
		for _, others := range leaves {
			if slices.ContainsFunc(others, func(e segment) bool { return slices.Contains(mine, segment{e.b, e.a}) }) {
				found++
			}
		}
		require.NotZero(b, found)
	}
}

func ExampleMap_Nearest() {
	m, err := grid.Build(guanlan(), grid.Options{Levels: []string{"街道", "街区", "红色网格"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for r, away := range m.Nearest(orb.Point{114.061, 22.715}) {
		fmt.Printf("%s %.3f\n", m.Info(r).Name, away)
	}
	for r, away := range m.Radius(orb.Point{114.061, 22.715}, 200) {
		fmt.Printf("200 m: %s %.3f\n", m.Info(r).Name, away)
	}
	// Output:
	// 第二红色网格 102.737
	// 第一红色网格 1130.102
	// 200 m: 第二红色网格 102.737
}

func ExampleMap_Snap() {
	m, err := grid.Build(guanlan(), grid.Options{Levels: []string{"街道", "街区", "红色网格"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range []orb.Point{{114.045, 22.715}, {114.0601, 22.715}, {114.07, 22.715}} {
		if r, away, ok := m.Snap(p, 50); ok {
			fmt.Printf("%s %.3f\n", m.Info(r).Name, away)
		} else {
			fmt.Printf("在图外 %.3f\n", away)
		}
	}
	// Output:
	// 第一红色网格 0.000
	// 第二红色网格 10.274
	// 在图外 1027.365
}

func ExampleMap_Neighbors() {
	m, err := grid.Build(guanlan(), grid.Options{Levels: []string{"街道", "街区", "红色网格"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	r, _ := m.Lookup("440309006-01-1")
	for n := range m.Neighbors(r, 0) {
		fmt.Printf("%s %.3f %.3f\n", m.Info(n.Ref).Name, n.Border, n.Gap)
	}
	// Output:
	// 第二红色网格 1107.400 0.000
}
