package spatial_test

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/spatial"
)

func box(t *rapid.T) spatial.Box {
	c := rapid.Float64Range(-5, 5)
	if rapid.Bool().Draw(t, "whole") {
		c = rapid.Map(rapid.IntRange(-5, 5), func(i int) float64 { return float64(i) })
	}
	x, y, u, v := c.Draw(t, "x"), c.Draw(t, "y"), c.Draw(t, "u"), c.Draw(t, "v")
	return spatial.Box{Min: [2]float64{min(x, u), min(y, v)}, Max: [2]float64{max(x, u), max(y, v)}}
}

// at is the box of one place.
func at(p [2]float64) spatial.Box { return spatial.Box{Min: p, Max: p} }

func meet(a, b spatial.Box) bool {
	return a.Min[0] <= b.Max[0] && b.Min[0] <= a.Max[0] && a.Min[1] <= b.Max[1] && b.Min[1] <= a.Max[1]
}

// A tree answers what looking at every box answers, in the order of ids.
func TestSearchIsScan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 150).Draw(t, "items")
		var items []spatial.Item
		for id := range n {
			items = append(items, spatial.Item{Box: box(t), ID: uint32(id * 3)})
		}
		tree, err := spatial.Build(items)
		require.NoError(t, err)
		require.Equal(t, n, tree.Len())
		for range 5 {
			b := box(t)
			want := []uint32{7}
			for _, it := range items {
				if meet(it.Box, b) {
					want = append(want, it.ID)
				}
			}
			require.Equal(t, want, tree.Search(b, []uint32{7}))
			var visited []uint32
			tree.Visit(spatial.Box{Min: b.Min, Max: b.Min}, func(id uint32) bool { visited = append(visited, id); return true })
			slices.Sort(visited)
			require.Equal(t, tree.Search(spatial.Box{Min: b.Min, Max: b.Min}, nil), visited)
		}
	})
}

func TestBuildRefusesBadBoxes(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, b := range []spatial.Box{
		{Min: [2]float64{nan, 0}, Max: [2]float64{1, 1}}, {Min: [2]float64{0, 0}, Max: [2]float64{1, nan}},
		{Min: [2]float64{0, nan}, Max: [2]float64{1, nan}}, {Min: [2]float64{-inf, 0}, Max: [2]float64{1, 1}},
		{Min: [2]float64{0, 0}, Max: [2]float64{1, inf}}, {Min: [2]float64{2, 0}, Max: [2]float64{1, 1}},
	} {
		tree, err := spatial.Build([]spatial.Item{{ID: 4}, {Box: b}})
		require.ErrorIs(t, err, spatial.ErrBox)
		require.ErrorContains(t, err, "item 1")
		require.Nil(t, tree)
		good, err := spatial.Build([]spatial.Item{{Box: spatial.Box{Min: [2]float64{-9, -9}, Max: [2]float64{9, 9}}}})
		require.NoError(t, err)
		require.Empty(t, good.Search(b, nil), "%v", b)
	}
}

func TestNaNIsNowhere(t *testing.T) {
	tree, err := spatial.Build([]spatial.Item{{Box: spatial.Box{Min: [2]float64{-1, -1}, Max: [2]float64{1, 1}}}})
	require.NoError(t, err)
	for _, p := range [][2]float64{{math.NaN(), 0}, {0, math.NaN()}} {
		tree.Visit(at(p), func(uint32) bool { t.Fatal("found"); return false })
	}
	tree.Visit(at([2]float64{math.Inf(1), 0}), func(uint32) bool { t.Fatal("found"); return false })
}

func TestEmptyTrees(t *testing.T) {
	built, err := spatial.Build(nil)
	require.NoError(t, err)
	for _, tree := range []*spatial.Tree{nil, {}, built} {
		require.Zero(t, tree.Len())
		require.Empty(t, tree.Search(spatial.Box{}, nil))
		tree.Visit(at([2]float64{}), func(uint32) bool { t.Fatal("found"); return false })
	}
}

func TestVisitStopsAndAllocatesNothing(t *testing.T) {
	items := make([]spatial.Item, 500)
	for i := range items {
		items[i] = spatial.Item{Box: spatial.Box{Max: [2]float64{float64(i), 1}}, ID: uint32(i)}
	}
	tree, err := spatial.Build(items)
	require.NoError(t, err)
	n := 0
	tree.Visit(at([2]float64{}), func(uint32) bool { n++; return n < 3 })
	require.Equal(t, 3, n)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		n = 0
		tree.Visit(at([2]float64{400, 0.5}), func(uint32) bool { n++; return true })
	}))
	require.Equal(t, 100, n)
}

func TestConcurrentReaders(t *testing.T) {
	items := make([]spatial.Item, 200)
	for i := range items {
		items[i] = spatial.Item{Box: spatial.Box{Max: [2]float64{float64(i), 1}}, ID: uint32(i)}
	}
	tree, err := spatial.Build(items)
	require.NoError(t, err)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for range 100 {
				at := [2]float64{float64(g * 20), 0.5}
				if got := len(tree.Search(spatial.Box{Min: at, Max: at}, nil)); got != 200-g*20 {
					panic(got)
				}
			}
		})
	}
	wg.Wait()
}

func propWith(t *rapid.T) {
	items := map[uint32]spatial.Item{}
	draw := func(id uint32) spatial.Item {
		c := rapid.IntRange(0, 20)
		x, y := float64(c.Draw(t, "x")), float64(c.Draw(t, "y"))
		return spatial.Item{ID: id, Box: spatial.Box{Min: [2]float64{x, y}, Max: [2]float64{x + float64(c.Draw(t, "w")), y + float64(c.Draw(t, "h"))}}}
	}
	tree := (*spatial.Tree)(nil)
	type version struct {
		tree  *spatial.Tree
		items map[uint32]spatial.Item
	}
	var versions []version
	for range rapid.IntRange(1, 12).Draw(t, "versions") {
		var out, in []spatial.Item
		for id := range uint32(rapid.IntRange(1, 60).Draw(t, "ids")) {
			if old, ok := items[id]; ok && rapid.Bool().Draw(t, "out") {
				out = append(out, old)
				delete(items, id)
			}
			if _, ok := items[id]; !ok && rapid.Bool().Draw(t, "in") {
				items[id] = draw(id)
				in = append(in, items[id])
			}
		}
		next, err := tree.With(out, in)
		require.NoError(t, err)
		tree = next
		versions = append(versions, version{tree, maps.Clone(items)})
	}
	for _, v := range versions { // the old ones answer as before
		box := draw(0).Box
		var want []uint32
		for id, it := range v.items {
			if it.Min[0] <= box.Max[0] && box.Min[0] <= it.Max[0] && it.Min[1] <= box.Max[1] && box.Min[1] <= it.Max[1] {
				want = append(want, id)
			}
		}
		slices.Sort(want)
		require.Equal(t, want, v.tree.Search(box, nil))
		require.Equal(t, len(v.items), v.tree.Len())
	}
}

func TestWith(t *testing.T) { rapid.Check(t, propWith) }

func FuzzWith(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propWith)) }

func TestWithRefuses(t *testing.T) {
	_, err := (&spatial.Tree{}).With(nil, []spatial.Item{{Box: spatial.Box{Min: [2]float64{1, 0}}}})
	require.ErrorIs(t, err, spatial.ErrBox)
}

// away is the distance from a place to a box; it does not grow with the box.
func away(p [2]float64, b spatial.Box) float64 {
	dx := max(0, b.Min[0]-p[0], p[0]-b.Max[0])
	dy := max(0, b.Min[1]-p[1], p[1]-b.Max[1])
	return dx*dx + dy*dy
}

// A tree answers all items by distance, then id, and stops when told.
func nearbyIsSortedScan(t *rapid.T) {
	n := rapid.IntRange(0, 150).Draw(t, "items")
	type seen struct {
		bound float64
		id    uint32
	}
	p := box(t).Min
	var items []spatial.Item
	var want []seen
	for _, id := range rapid.Permutation(ids(n)).Draw(t, "ids") {
		items = append(items, spatial.Item{Box: box(t), ID: id})
		want = append(want, seen{away(p, items[len(items)-1].Box), id})
	}
	slices.SortFunc(want, func(a, b seen) int { return cmp.Or(cmp.Compare(a.bound, b.bound), cmp.Compare(a.id, b.id)) })
	tree, err := spatial.Build(items)
	require.NoError(t, err)
	for _, most := range []int{n + 1, rapid.IntRange(1, n+1).Draw(t, "most")} {
		var got []seen
		tree.Nearby(func(b spatial.Box) float64 { return away(p, b) }, func(id uint32, bound float64) bool {
			got = append(got, seen{bound, id})
			return len(got) < most
		})
		require.Equal(t, want[:min(most, n)], got)
	}
}

func ids(n int) []uint32 {
	out := make([]uint32, n)
	for i := range out {
		out[i] = uint32(i * 3)
	}
	return out
}

func TestNearbyIsSortedScan(t *testing.T) { rapid.Check(t, nearbyIsSortedScan) }
func FuzzNearby(f *testing.F)             { f.Fuzz(rapid.MakeFuzz(nearbyIsSortedScan)) }

func TestNearbyIsLazy(t *testing.T) {
	var items []spatial.Item
	for i := range 10_000 {
		x, y := float64(i%100), float64(i/100)
		items = append(items, spatial.Item{Box: spatial.Box{Min: [2]float64{x, y}, Max: [2]float64{x + 0.5, y + 0.5}}, ID: uint32(i)})
	}
	tree, err := spatial.Build(items)
	require.NoError(t, err)
	asked := 0
	tree.Nearby(
		func(b spatial.Box) float64 { asked++; return away([2]float64{50.7, 50.8}, b) },
		func(id uint32, _ float64) bool { require.Equal(t, uint32(5150), id); return false })
	require.Less(t, asked, 400)
	for _, empty := range []*spatial.Tree{nil, {}} {
		empty.Nearby(func(spatial.Box) float64 { return 0 }, func(uint32, float64) bool { t.Fatal("visited"); return true })
	}
}
