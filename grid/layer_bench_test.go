package grid_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
)

// town is streets, buildings and posts over the scatter of benchmarks: n features
// in each of three layers.
func town(tb testing.TB, side float64, n int) (lists [3][]grid.Feature, s *grid.Layers) {
	at := func(i int, step float64) orb.Point {
		u, v := math.Mod(float64(i)*0.6180339887498949+step, 1), math.Mod(float64(i)*0.4142135623730951+step, 1)
		return orb.Point{114 + u*side, 22.5 + v*side}
	}
	for i := range n {
		code := grid.Code(fmt.Sprintf("F%06d", i))
		p := at(i, 0)
		var street orb.LineString
		for k := range 8 {
			street = append(street, orb.Point{p[0] + float64(k)*0.0002, p[1] + 0.00002*float64(k%3)})
		}
		lists[0] = append(lists[0], grid.Feature{Code: code, Class: []string{"main", "lane"}[i%2], Owner: "o", Width: 20, Geometry: street})
		p = at(i, 0.3)
		lists[1] = append(lists[1], grid.Feature{Code: code, Class: "building", Owner: "o", Geometry: rectangle(p[0], p[1], p[0]+0.0005, p[1]+0.0004)})
		lists[2] = append(lists[2], grid.Feature{Code: code, Class: "post", Radius: 30, Geometry: at(i, 0.6)})
	}
	var layers []*grid.Layer
	for i, name := range []string{"roads", "buildings", "posts"} {
		l, err := grid.BuildLayer(name, lists[i], grid.LayerOptions{Classes: []string{"main", "lane"}})
		require.NoError(tb, err)
		layers = append(layers, l)
	}
	s, err := grid.NewLayers(layers)
	require.NoError(tb, err)
	return lists, s
}

func BenchmarkLayersAt(b *testing.B) {
	m, _, points := benchmarkMap(b, 71)
	for _, n := range []int{333, 3333} {
		lists, s := town(b, 0.071, n)
		b.Run(fmt.Sprint(s.Len()), func(b *testing.B) {
			b.ReportAllocs()
			var dst []grid.FeatureRef
			found := 0
			for i := 0; b.Loop(); i++ {
				dst = s.At(m, points[i&(len(points)-1)], summer, dst).Features
				found += len(dst)
			}
			b.ReportMetric(float64(found)/float64(b.N), "features/op")
		})
		b.Run(fmt.Sprint(s.Len(), "/naive"), func(b *testing.B) {
			found := 0
			for i := 0; b.Loop(); i++ {
				for _, list := range lists {
					for _, f := range list {
						if naiveFeatureHolds(f, points[i&(len(points)-1)], summer) {
							found++
						}
					}
				}
			}
			b.ReportMetric(float64(found)/float64(b.N), "features/op")
		})
	}
}

func BenchmarkBuildLayer(b *testing.B) {
	lists, _ := town(b, 0.071, 3333)
	for i, name := range []string{"roads", "buildings", "posts"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := grid.BuildLayer(name, lists[i], grid.LayerOptions{})
				require.NoError(b, err)
			}
		})
	}
}

func BenchmarkHierarchyBoundary(b *testing.B) {
	m, units, _ := benchmarkMap(b, 10)
	nodes := []grid.Node{{Code: "all"}}
	for _, u := range units {
		nodes = append(nodes, grid.Node{Code: u.Code, Parent: "all", Level: 1})
	}
	h, err := grid.NewHierarchy(m, "h", []string{"块", "网格"}, nodes)
	require.NoError(b, err)
	for b.Loop() {
		_, err := h.Boundary(1)
		require.NoError(b, err)
	}
}

func BenchmarkNewHierarchy(b *testing.B) {
	m, units, points := benchmarkMap(b, 71)
	nodes := []grid.Node{}
	for i, u := range units {
		station := grid.Code(fmt.Sprint("station-", i/50))
		if i%50 == 0 {
			nodes = append(nodes, grid.Node{Code: station})
		}
		nodes = append(nodes, grid.Node{Code: u.Code, Parent: station, Level: 1})
	}
	h, err := grid.NewHierarchy(m, "service", []string{"工作站", "网格"}, nodes)
	require.NoError(b, err)
	b.Run(fmt.Sprint(len(nodes)), func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err := h.Rebind(m)
			require.NoError(b, err)
		}
	})
	b.Run("Of", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			leaf, _ := m.Locate(points[i&(len(points)-1)])
			if h.Info(h.Ancestor(h.Of(leaf), 0)).Leaf != 0 {
				b.Fatal("a leaf")
			}
		}
	})
}

func TestLayersAtAllocatesNothing(t *testing.T) {
	m, err := grid.Build(wavy(3), grid.Options{Levels: []string{"网格"}})
	require.NoError(t, err)
	_, s := town(t, 0.003, 20)
	points := scatter(3, 500)
	dst := make([]grid.FeatureRef, 0, 256)
	labels := make([]string, 0, 8)
	found := 0
	require.Zero(t, testing.AllocsPerRun(5, func() {
		for _, p := range points {
			place := s.At(m, p, summer, dst)
			labels = place.Classes(labels)
			labels = place.FirstClasses(labels)
			place.Owner("roads")
			found += len(place.Features)
		}
	}))
	require.Greater(t, found, len(points))
}
