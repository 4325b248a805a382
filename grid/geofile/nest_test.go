package geofile_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid/geofile"
)

// decodeRings is what becomes of one record of rings,
// and the first hundred rings whose course was found wrong.
func decodeRings(t require.TestingT, rings [][]orb.Point) (polygons orb.MultiPolygon, astray []int, more int) {
	s := &geofile.Shapefile{Name: "s"}
	s.SHP, s.SHX = writeShapes(5, []shape{{5, rings}})
	layer, err := s.Decode(geofile.ShapefileOptions{Options: geofile.Options{Projected: true}})
	require.NoError(t, err)
	starts := []int{}
	at := 100 + 8 + 44 + 4*len(rings)
	for _, r := range rings {
		starts = append(starts, at)
		at += 16 * len(r)
	}
	astray = []int{}
	for _, f := range layer.Findings {
		require.ErrorIs(t, f, geofile.ErrCourse)
		astray = append(astray, slices.Index(starts, f.Offset))
	}
	return layer.Features[0].Polygons, astray, layer.Left
}

// node is a ring of a drawn nest and what lies in it.
type node struct {
	ring     []orb.Point
	children []*node
}

// drawNest draws a ring of whole numbers within the square at x, y of that side,
// and rings in it that may touch it and each other, but do not cross.
func drawNest(t *rapid.T, x, y, side, depth int) *node {
	n := &node{}
	add := func(dx, dy int) { n.ring = append(n.ring, orb.Point{float64(x + dx), float64(y + dy)}) }
	add(0, 0)
	switch rapid.IntRange(0, 2).Draw(t, "outline") {
	case 1: // many points on the edge, so that the ring gets bands
		for i := 1; i < min(side, 80); i++ {
			add(0, i)
		}
	case 2: // a point in the middle of it
		add(0, side/2)
	}
	add(0, side)
	add(side, side)
	add(side, 0)
	if rapid.Bool().Draw(t, "closed") {
		add(0, 0)
	}
	if depth == 0 || side < 8 {
		return n
	}
	// Four quarters; each may hold a nest, which may reach its corners.
	half := side / 2
	for _, corner := range [][2]int{{0, 0}, {half, 0}, {0, half}, {half, half}} {
		if rapid.IntRange(0, 2).Draw(t, "child") == 0 {
			continue
		}
		inset := rapid.SampledFrom([]int{0, 1, 1, 2}).Draw(t, "inset")
		if inset == 0 && corner[0] != corner[1] {
			inset = 1 // equal rings and shared edges only where they touch outside
		}
		if half-2*inset < 1 {
			continue
		}
		n.children = append(n.children, drawNest(t, x+corner[0]+inset, y+corner[1]+inset, half-2*inset, depth-1))
	}
	return n
}

// area is twice the area, positive counter-clockwise: the naive way.
func area(ring []orb.Point) (sum float64) {
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		sum += (a[0]-ring[0][0])*(b[1]-ring[0][1]) - (b[0]-ring[0][0])*(a[1]-ring[0][1])
	}
	return sum
}

// nests: rings drawn as a tree, in any order, running either way, come back as
// that tree: the twin knows it because it made it.
func nests(t *rapid.T) {
	var rings [][]orb.Point
	outerOf := map[orb.Point]orb.Point{} // by a mark of each ring: of a hole its outer ring's
	depthOf := map[orb.Point]int{}
	mark := func(ring []orb.Point) orb.Point { return orb.Point{ring[0][0] + ring[0][1]*1e4, math.Abs(area(ring))} }
	var walk func(n *node, depth int, outer orb.Point)
	walk = func(n *node, depth int, outer orb.Point) {
		rings = append(rings, n.ring)
		m := mark(n.ring)
		if depthOf[m] = depth; depth%2 == 1 {
			outerOf[m] = outer
		}
		for _, c := range n.children {
			walk(c, depth+1, m)
		}
	}
	for i := range rapid.IntRange(1, 3).Draw(t, "trees") {
		walk(drawNest(t, 1000*i, 0, rapid.SampledFrom([]int{5, 64, 200, 999}).Draw(t, "side"), 3), 0, orb.Point{})
	}
	rings = rapid.Permutation(rings).Draw(t, "order")
	var astray []int
	for i, ring := range rings {
		if rapid.Bool().Draw(t, "turned") {
			slices.Reverse(ring[1:]) // the mark stays the first
			if ring[1] == ring[0] {
				copy(ring[1:], ring[2:])
				ring[len(ring)-1] = ring[0]
			}
		}
		if hole := depthOf[mark(ring)]%2 == 1; hole != (area(ring) > 0) {
			astray = append(astray, i)
		}
	}
	got, said, more := decodeRings(t, rings)
	require.Equal(t, len(astray), len(said)+more)
	require.Equal(t, append([]int{}, astray[:len(said)]...), said)
	seen := 0
	for _, polygon := range got {
		outer := mark(polygon[0])
		require.Equal(t, 0, depthOf[outer]%2, "%v", polygon[0])
		for _, hole := range polygon[1:] {
			require.Equal(t, 1, depthOf[mark(hole)]%2)
			require.Equal(t, outer, outerOf[mark(hole)])
		}
		for _, ring := range polygon {
			seen++
			i := slices.IndexFunc(rings, func(r []orb.Point) bool { return mark(r) == mark(ring) })
			require.Empty(t, cmp.Diff(orb.Ring(rings[i]), ring), "points stay as they are")
		}
	}
	require.Equal(t, len(rings), seen)
}

func TestNests(t *testing.T) { rapid.Check(t, nests) }
func FuzzNests(f *testing.F) { f.Fuzz(rapid.MakeFuzz(nests)) }

func TestNestCases(t *testing.T) {
	square := func(x, y, side float64) []orb.Point {
		return []orb.Point{{x, y}, {x, y + side}, {x + side, y + side}, {x + side, y}, {x, y}}
	}
	for _, c := range []struct {
		name  string
		rings [][]orb.Point
		want  string // first points of the rings
	}{
		{"beside each other", [][]orb.Point{square(0, 0, 1), square(1, 0, 1)}, "[[0 0]] [[1 0]]"},
		{"in a bay that it fills", [][]orb.Point{
			{{0, 0}, {0, 3}, {3, 3}, {3, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 0}, {0, 0}}, {{1, 0}, {1, 1}, {2, 1}, {2, 0}, {1, 0}},
		}, "[[0 0]] [[1 0]]"},
		{"all corners on the outer ring", [][]orb.Point{
			{{0, 0}, {0, 4}, {4, 4}, {4, 0}, {0, 0}}, {{0, 0}, {4, 4}, {4, 0}, {0, 0}},
		}, "[[0 0] [0 0]]"},
		{"touching from within", [][]orb.Point{square(0, 0, 4), {{0, 2}, {2, 3}, {2, 1}, {0, 2}}}, "[[0 0] [0 2]]"},
		{"corner to corner", [][]orb.Point{square(0, 0, 2), square(2, 2, 2)}, "[[0 0]] [[2 2]]"},
		{"twice the same", [][]orb.Point{square(0, 0, 2), square(0, 0, 2)}, "[[0 0] [0 0]]"},
		{"three times the same", [][]orb.Point{square(0, 0, 2), square(0, 0, 2), square(0, 0, 2)}, "[[0 0] [0 0]] [[0 0]]"},
		{"without extent", [][]orb.Point{square(0, 0, 2), {{1, 1}, {1, 1}, {1, 1}}}, "[[0 0] [1 1]]"},
		{"all in one point", [][]orb.Point{{{1, 1}, {1, 1}, {1, 1}}, {{1, 1}, {1, 1}, {1, 1}}}, "[[1 1] [1 1]]"},
		{"huge", [][]orb.Point{square(-1e300, -1e300, 2e300), square(0, 0, 1)}, "[[-1e+300 -1e+300] [0 0]]"},
	} {
		got, _, _ := decodeRings(t, c.rings)
		text := ""
		for i, polygon := range got {
			var first []orb.Point
			for _, ring := range polygon {
				first = append(first, ring[0])
			}
			if i > 0 {
				text += " "
			}
			text += fmt.Sprint(first)
		}
		require.Equal(t, c.want, text, c.name)
	}
}

// Rings made to lie in each other's way are given up, not waited for; ten thousand
// islands in a lake are sorted.
func TestNestWork(t *testing.T) {
	var towers [][]orb.Point
	for i := range 12000 { // each in all before it, so that none can be passed over
		d := float64(i)
		towers = append(towers, []orb.Point{{d, d}, {d, 1e5 - d}, {1e5 - d, 1e5 - d}, {1e5 - d, d}})
	}
	var points []orb.Point
	var ends []int
	for _, tower := range towers[:3000] {
		points = append(points, tower...)
		ends = append(ends, len(points))
	}
	left, ok := geofile.SortRings(points, ends, 1_000_000)
	require.False(t, ok)
	require.Greater(t, left, -100_000, "it ends when the budget does")
	s := &geofile.Shapefile{Name: "s"}
	s.SHP, s.SHX = writeShapes(5, []shape{{5, towers}})
	layer, err := s.Decode(geofile.ShapefileOptions{Options: geofile.Options{Projected: true}})
	require.ErrorIs(t, err, geofile.ErrNesting)
	require.Equal(t, "s.shp: record 1, byte 48152: rings lie in each other's way too often to be sorted", err.Error())
	require.Empty(t, layer.Features)

	shore := []orb.Point{}
	for i := range 40000 {
		sin, cos := math.Sincos(float64(i) / 40000 * 2 * math.Pi)
		shore = append(shore, orb.Point{-cos, sin})
	}
	rings := [][]orb.Point{shore}
	for i := range 10000 {
		x, y := float64(i%100)/100*1.2-0.6, float64(i/100)/100*1.2-0.6
		rings = append(rings, []orb.Point{{x, y}, {x + 0.005, y}, {x + 0.005, y + 0.005}, {x, y + 0.005}})
	}
	got, astray, _ := decodeRings(t, rings)
	require.Len(t, got, 1)
	require.Len(t, got[0], len(rings))
	require.Empty(t, astray)
}
