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

// sizes are the sides of the square of leaves: 100 and about 5,000 of them.
var sizes = []int{10, 71}

// wavy is n × n leaves with 10 points on each side, neighbours sharing them.
func wavy(n int) []grid.Unit {
	const perSide = 10
	at := func(i, j int) orb.Point { // a lattice point, bent a little
		x, y := float64(i)/perSide, float64(j)/perSide
		sinX, cosY := math.Sin(3*y+x), math.Cos(3*x-y)
		return orb.Point{114 + (x+0.2*sinX)/1000, 22.5 + (y+0.2*cosY)/1000}
	}
	var units []grid.Unit
	for i := range n {
		for j := range n {
			var ring orb.Ring
			for k := range perSide {
				ring = append(ring, at(i*perSide+k, j*perSide))
			}
			for k := range perSide {
				ring = append(ring, at((i+1)*perSide, j*perSide+k))
			}
			for k := range perSide {
				ring = append(ring, at((i+1)*perSide-k, (j+1)*perSide))
			}
			for k := range perSide {
				ring = append(ring, at(i*perSide, (j+1)*perSide-k))
			}
			units = append(units, grid.Unit{Code: grid.Code(fmt.Sprintf("%04d%04d", i, j)), Boundary: orb.MultiPolygon{{ring}}})
		}
	}
	return units
}

// scatter is points all over n × n leaves, the same in every run.
func scatter(n, count int) []orb.Point {
	points := make([]orb.Point, count)
	for i := range points {
		u, v := math.Mod(float64(i)*0.7548776662466927, 1), math.Mod(float64(i)*0.5698402909980532, 1)
		points[i] = orb.Point{114 + u*float64(n)/1000, 22.5 + v*float64(n)/1000}
	}
	return points
}

func benchmarkMap(b *testing.B, n int) (*grid.Map, []grid.Unit, []orb.Point) {
	units := wavy(n)
	m, err := grid.Build(units, grid.Options{Levels: []string{"网格"}})
	require.NoError(b, err)
	return m, units, scatter(n, 1<<14)
}

func BenchmarkLocate(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n*n), func(b *testing.B) {
			m, _, points := benchmarkMap(b, n)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				m.Locate(points[i&(len(points)-1)])
			}
		})
	}
}

func BenchmarkLocateAll(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n*n), func(b *testing.B) {
			m, _, points := benchmarkMap(b, n)
			var dst []grid.Ref
			for b.Loop() {
				dst = m.LocateAll(points, dst)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(points)), "ns/point")
		})
	}
}

// BenchmarkLocateNaive asks every leaf, in whole numbers snapped beforehand, which
// is the least that a scan without an index must do.
func BenchmarkLocateNaive(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n*n), func(b *testing.B) {
			_, units, points := benchmarkMap(b, n)
			leaves := make([][]segment, len(units))
			for i, u := range units {
				leaves[i] = naiveEdges(u)
			}
			for i := 0; b.Loop(); i++ {
				s, _ := naiveSnap(points[i&(len(points)-1)])
				for _, edges := range leaves {
					if scanHolds(edges, s) {
						break
					}
				}
			}
		})
	}
}

// scanHolds is naiveHolds in int64, for edges that are short enough.
func scanHolds(edges []segment, s spot) bool {
	odd := false
	for _, e := range edges {
		if (e.a.y <= s.y) != (e.b.y <= s.y) {
			if e.a.y > e.b.y {
				e.a, e.b = e.b, e.a
			}
			if (e.b.x-e.a.x)*(s.y-e.a.y) <= (s.x-e.a.x)*(e.b.y-e.a.y) {
				odd = !odd
			}
		}
	}
	return odd
}

func BenchmarkBuild(b *testing.B) {
	units := wavy(71)
	vertices := 0
	for _, u := range units {
		vertices += len(u.Boundary[0][0])
	}
	for b.Loop() {
		if _, err := grid.Build(units, grid.Options{Levels: []string{"网格"}}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(vertices)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mvertices/s")
}

// BenchmarkBuildBigRing is one boundary of 100,000 points, which goes by sweep.
func BenchmarkBuildBigRing(b *testing.B) {
	var ring orb.Ring
	const n = 100_000
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / n)
		r := 1 + 0.05*math.Sin(float64(i)) + 0.3*math.Sin(float64(i)/900)
		ring = append(ring, orb.Point{r * cos, r * sin})
	}
	units := []grid.Unit{{Code: "coast", Boundary: orb.MultiPolygon{{ring}}}}
	for b.Loop() {
		if _, err := grid.Build(units, grid.Options{Levels: []string{"网格"}}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mvertices/s")
}

// BenchmarkApply edits one leaf of about 100,000.
func BenchmarkApply(b *testing.B) {
	const n = 316
	units := wavy(n)
	m, err := grid.Build(units, grid.Options{Levels: []string{"网格"}})
	require.NoError(b, err)
	at := n*n/2 + n/2
	u := units[at]
	ring := u.Boundary[0][0]
	moved := slices.Clone(ring)
	moved[5] = orb.Point{(ring[4][0] + ring[5][0]) / 2, (ring[4][1] + ring[5][1]) / 2}
	cut := len(ring) / 2
	one, two := u, u
	one.Boundary = orb.MultiPolygon{{ring[:cut+1]}}
	two.Boundary = orb.MultiPolygon{{append(slices.Clone(ring[cut:]), ring[0])}}
	two.Code = "new"
	for _, c := range []struct {
		name  string
		edits []grid.Edit
	}{
		{"reshape", []grid.Edit{grid.Reshape(u.Code, orb.MultiPolygon{{moved}})}},
		{"describe", []grid.Edit{grid.Describe(u.Code, "新名", nil, nil)}},
		{"add", []grid.Edit{grid.Add(two)}},
		{"remove", []grid.Edit{grid.Remove(u.Code)}},
		{"split", []grid.Edit{grid.Split(u.Code, one, two)}},
		{"merge", []grid.Edit{grid.Merge(grid.Unit{Code: u.Code}, u.Code, units[at+1].Code)}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := m.Apply(c.edits...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
