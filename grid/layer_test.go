package grid_test

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/gen"
	"github.com/gridgov/gridgov/internal/geodesy"
)

var (
	spring = time.Date(2022, 3, 1, 0, 0, 0, 0, time.UTC)
	summer = time.Date(2022, 6, 1, 0, 0, 0, 0, time.UTC)
	autumn = time.Date(2022, 9, 1, 0, 0, 0, 0, time.UTC)
)

// naiveLayer is a layer by the rules read aloud: no tree, no parts, no index.
type naiveLayer struct {
	name     string
	features []grid.Feature
	classes  []string
}

func naiveLines(g orb.Geometry) [][]orb.Point {
	var out [][]orb.Point
	add := func(line []orb.Point) {
		var snapped []orb.Point
		for _, p := range line {
			s, _ := grid.Snap(p)
			snapped = append(snapped, s)
		}
		out = append(out, snapped)
	}
	switch g := g.(type) {
	case orb.Point:
		add([]orb.Point{g, g})
	case orb.LineString:
		add(g)
	case orb.MultiLineString:
		for _, line := range g {
			add(line)
		}
	}
	return out
}

func naivePolygons(g orb.Geometry) (orb.MultiPolygon, bool) {
	switch g := g.(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g}, true
	case orb.MultiPolygon:
		return g, true
	}
	return nil, false
}

// naiveReach is the distance of p from the middle of a feature's line or point.
func naiveReach(f grid.Feature, p orb.Point) float64 {
	least := math.Inf(1)
	for _, line := range naiveLines(f.Geometry) {
		for i := range line[1:] {
			d, _ := geodesy.ToSegment(p, line[i], line[i+1])
			least = min(least, math.Round(d*1000)/1000)
		}
	}
	return least
}

func naiveFeatureHolds(f grid.Feature, p orb.Point, at time.Time) bool {
	if !f.During.From.IsZero() && at.Before(f.During.From) || !f.During.Until.IsZero() && !at.Before(f.During.Until) {
		return false
	}
	s, ok := naiveSnap(p)
	if !ok {
		return false
	}
	if b, ok := naivePolygons(f.Geometry); ok {
		return naiveHolds(naiveEdges(grid.Unit{Boundary: b}), s)
	}
	snapped, _ := grid.Snap(p)
	return naiveReach(f, snapped) <= float64(f.Width/2+f.Radius)
}

func naiveSize(f grid.Feature) float64 {
	b, ok := naivePolygons(f.Geometry)
	if !ok {
		if f.Radius > 0 {
			return math.Round(math.Pi * float64(f.Radius) * float64(f.Radius))
		}
		length := 0.0
		for _, line := range naiveLines(f.Geometry) {
			for i := range line[1:] {
				length += geodesy.Distance(line[i], line[i+1]) * float64(f.Width)
			}
		}
		return math.Round(length)
	}
	total := 0.0
	for _, polygon := range b {
		whole := 0.0
		for i, ring := range naiveRings(grid.Unit{Boundary: orb.MultiPolygon{polygon}}) {
			var degrees []orb.Point
			for _, s := range append(ring, ring[0]) {
				degrees = append(degrees, orb.Point{float64(s.x) / 1e7, float64(s.y) / 1e7})
			}
			area := math.Abs(geodesy.Area(degrees))
			if i > 0 {
				area = -area
			}
			whole += area
		}
		total += max(0, whole)
	}
	return math.Round(total)
}

// order is the features' codes by class, size, code.
func (n naiveLayer) order() []grid.Feature {
	rank := func(f grid.Feature) int {
		if i := slices.Index(n.classes, f.Class); i >= 0 {
			return i
		}
		return len(n.classes)
	}
	out := slices.Clone(n.features)
	slices.SortFunc(out, func(f, g grid.Feature) int {
		return cmp.Or(cmp.Compare(rank(f), rank(g)), cmp.Compare(naiveSize(f), naiveSize(g)), cmp.Compare(f.Code, g.Code))
	})
	return out
}

func (n naiveLayer) at(p orb.Point, at time.Time) []grid.Feature {
	return slices.DeleteFunc(n.order(), func(f grid.Feature) bool { return !naiveFeatureHolds(f, p, at) })
}

var classesDrawn = []string{"main", "lane", "park", "其他"}

// drawFeature draws a feature made of an area's borders and places.
func drawFeature(t *rapid.T, a gen.Area, code grid.Code) grid.Feature {
	f := grid.Feature{
		Code: code, Class: rapid.SampledFrom(classesDrawn).Draw(t, "class"),
		Owner: rapid.SampledFrom([]grid.Code{"", "公园办", "住建局"}).Draw(t, "owner"), Name: "要素",
		During: rapid.SampledFrom([]grid.Interval{{}, {From: spring}, {Until: summer}, {From: spring, Until: summer}}).Draw(t, "during"),
	}
	meters := rapid.SampledFrom([]grid.Meters{0.012, 0.5, 3, 12.5, 40, 700, 9000})
	onGlobe := func() orb.Point {
		p := a.Point(t)
		return orb.Point{max(-180, min(180, p[0])), max(-90, min(90, p[1]))}
	}
	switch rapid.IntRange(0, 3).Draw(t, "kind") {
	case 0:
		f.Geometry, f.Radius = onGlobe(), meters.Draw(t, "radius")
	case 1:
		line := orb.LineString{a.Edges[0][0], a.Edges[0][1]}
		for range rapid.IntRange(0, 4).Draw(t, "points") {
			line = append(line, onGlobe())
		}
		f.Geometry, f.Width = line, 2*meters.Draw(t, "half width")
	case 2:
		var lines orb.MultiLineString
		for range rapid.IntRange(1, 3).Draw(t, "lines") {
			e := rapid.SampledFrom(a.Edges).Draw(t, "edge")
			lines = append(lines, orb.LineString{e[0], e[1], onGlobe()})
		}
		f.Geometry, f.Width = lines, 2*meters.Draw(t, "half width")
	default:
		var with []grid.Unit
		for _, u := range a.Units {
			if len(u.Boundary) > 0 {
				with = append(with, u)
			}
		}
		boundary := rapid.SampledFrom(with).Draw(t, "as").Boundary
		if f.Geometry = boundary; len(boundary) == 1 {
			f.Geometry = boundary[0]
		}
	}
	return f
}

func drawLayers(t *rapid.T, a gen.Area) (naive []naiveLayer, s *grid.Layers) {
	var list []*grid.Layer
	for i := range rapid.IntRange(0, 3).Draw(t, "layers") {
		n := naiveLayer{name: fmt.Sprint("层", i)}
		for _, k := range rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6}).Draw(t, "codes")[:rapid.IntRange(0, 7).Draw(t, "features")] {
			n.features = append(n.features, drawFeature(t, a, grid.Code(fmt.Sprint("F", k))))
		}
		n.classes = classesDrawn[:rapid.IntRange(0, 3).Draw(t, "classes")]
		l, err := grid.BuildLayer(n.name, n.features, grid.LayerOptions{Classes: n.classes})
		require.NoError(t, err)
		naive, list = append(naive, n), append(list, l)
	}
	s, err := grid.NewLayers(list)
	require.NoError(t, err)
	return naive, s
}

func key(layer string, f grid.Feature) string { return layer + "/" + string(f.Code) }

func keysOf(s *grid.Layers, refs []grid.FeatureRef) []string {
	out := []string{}
	for _, f := range refs {
		out = append(out, s.Info(f).Layer+"/"+string(s.Info(f).Code))
	}
	return out
}

func propLayers(t *rapid.T) {
	a := gen.Tiling(t)
	m := build(t, a)
	naive, s := drawLayers(t, a)
	for range 15 {
		p := a.Point(t)
		at := rapid.SampledFrom([]time.Time{{}, spring, spring.Add(-1), summer, summer.Add(-1), autumn}).Draw(t, "at")
		keys, labels, firsts := []string{}, []string{}, []string{}
		owners := map[string]grid.Code{}
		for _, n := range naive {
			for i, f := range n.at(p, at) {
				keys = append(keys, key(n.name, f))
				if label := n.name + "=" + f.Class; !slices.Contains(labels, label) {
					labels = append(labels, label)
				}
				if i == 0 {
					owners[n.name] = f.Owner
					firsts = append(firsts, n.name+"="+f.Class)
				}
			}
		}
		place := s.At(m, p, at, nil)
		require.Equal(t, keys, keysOf(s, place.Features), "%v", p)
		require.True(t, slices.IsSorted(place.Features))
		leaf, _ := m.Locate(p)
		require.Equal(t, leaf, place.Leaf)
		require.Equal(t, labels, append([]string{}, place.Classes(nil)...))
		require.Equal(t, firsts, append([]string{}, place.FirstClasses(nil)...))
		for _, n := range append(naive, naiveLayer{name: "nobody"}) {
			first, ok := place.First(n.name)
			i := slices.IndexFunc(keys, func(k string) bool { return strings.HasPrefix(k, n.name+"/") })
			require.Equal(t, i >= 0, ok)
			if ok {
				require.Equal(t, keys[i], keysOf(s, []grid.FeatureRef{first})[0])
			}
			owner, ok := place.Owner(n.name)
			require.Equal(t, owners[n.name], owner)
			require.Equal(t, owner != "", ok)
		}
	}
	if box := a.Box(t); box.Min[0] >= -180 && box.Max[0] <= 180 && box.Min[1] >= -90 && box.Max[1] <= 90 {
		checkWithin(t, naive, s, box)
	}
	checkListing(t, naive, s)
}

// checkWithin compares polygons exactly, lines and points to 2 mm.
func checkWithin(t *rapid.T, naive []naiveLayer, s *grid.Layers, box orb.Bound) {
	var got []string
	last := grid.FeatureRef(0)
	for f := range s.Within(box, summer) {
		require.Greater(t, f, last)
		last = f
		got = append(got, keysOf(s, []grid.FeatureRef{f})[0])
	}
	for _, n := range naive {
		for _, f := range n.features {
			b, polygon := naivePolygons(f.Geometry)
			there := !f.During.From.After(summer) && f.During.Until.IsZero()
			if polygon {
				one := naive2(b)
				require.Equal(t, there && len(one.within(box)) > 0, slices.Contains(got, key(n.name, f)))
				continue
			}
			apart, reach := naiveBoxReach(f, box), float64(f.Width/2+f.Radius)
			if in := slices.Contains(got, key(n.name, f)); math.Abs(apart-reach) > 0.002 {
				require.Equal(t, there && apart <= reach, in, "%s: %v of %v", f.Code, apart, reach)
			}
		}
	}
}

// naiveBoxReach is the distance of a line or point from a box: 0 when it has a
// point in the box, else that of some side, found by looking along each.
func naiveBoxReach(f grid.Feature, box orb.Bound) float64 {
	low, _ := grid.Snap(box.Min)
	high, _ := grid.Snap(box.Max)
	lines := naiveLines(f.Geometry)
	least := math.Inf(1)
	for _, line := range lines {
		for _, p := range line {
			if low[0] <= p[0] && p[0] <= high[0] && low[1] <= p[1] && p[1] <= high[1] {
				return 0
			}
		}
		for i := range line[1:] {
			for _, side := range [][2]orb.Point{{low, {high[0], low[1]}}, {{high[0], low[1]}, high}, {high, {low[0], high[1]}}, {{low[0], high[1]}, low}} {
				d := func(u float64) float64 {
					metres, _ := geodesy.ToSegment(orb.Point{
						side[0][0] + u*(side[1][0]-side[0][0]), side[0][1] + u*(side[1][1]-side[0][1]),
					}, line[i], line[i+1])
					return metres
				}
				length := 111_700 * (math.Abs(side[1][0]-side[0][0]) + math.Abs(side[1][1]-side[0][1])) // metres, at most
				const steps = 6
				for k := range steps { // ternary search in each piece
					a, b := float64(k)/steps, float64(k+1)/steps
					for range 32 {
						u, v := a+(b-a)/3, b-(b-a)/3
						if d(u) <= d(v) {
							b = v
						} else {
							a = u
						}
						if d(a)-length*(b-a) > least { // nothing here
							break
						}
					}
					least = min(least, d(a), d(b))
				}
			}
		}
	}
	return least
}

func naive2(b orb.MultiPolygon) naive { return newNaive([]grid.Unit{{Code: "f", Boundary: b}}) }

func checkListing(t *rapid.T, naive []naiveLayer, s *grid.Layers) {
	all := slices.Collect(s.All())
	require.Len(t, all, s.Len())
	var want []string
	owned := map[grid.Code][]string{}
	for _, n := range naive {
		var mine []string
		classes := map[string][]string{}
		for _, f := range n.order() {
			k := key(n.name, f)
			mine = append(mine, k)
			classes[f.Class] = append(classes[f.Class], k)
			owned[f.Owner] = append(owned[f.Owner], k)
			ref, ok := s.Lookup(n.name, f.Code)
			require.True(t, ok)
			require.Equal(t, grid.FeatureInfo{
				Layer: n.name, Code: f.Code, Class: f.Class, Label: n.name + "=" + f.Class, Name: f.Name, Owner: f.Owner, During: f.During,
			}, s.Info(ref))
		}
		want = append(want, mine...)
		require.Equal(t, append([]string{}, mine...), keysOf(s, slices.Collect(s.Layer(n.name))))
		for _, class := range classesDrawn {
			require.Equal(t, append([]string{}, classes[class]...), keysOf(s, slices.Collect(s.Class(n.name, class))))
		}
	}
	require.Equal(t, append([]string{}, want...), keysOf(s, all))
	for _, owner := range []grid.Code{"公园办", "住建局"} {
		require.Equal(t, append([]string{}, owned[owner]...), keysOf(s, slices.Collect(s.Owned(owner))))
	}
	require.Empty(t, slices.Collect(s.Owned("")))
}

func TestLayers(t *testing.T) { rapid.Check(t, propLayers) }

func FuzzLayers(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propLayers)) }

// The order in which features come does not matter, and what a layer gives back
// as geometry makes the same layer.
func TestLayerOrderAndRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := gen.Tiling(t)
		var features []grid.Feature
		for i := range rapid.IntRange(2, 8).Draw(t, "features") {
			features = append(features, drawFeature(t, a, grid.Code(fmt.Sprint("F", i))))
		}
		set := func(features []grid.Feature) *grid.Layers {
			l, err := grid.BuildLayer("sites", features, grid.LayerOptions{})
			require.NoError(t, err)
			s, err := grid.NewLayers([]*grid.Layer{l})
			require.NoError(t, err)
			return s
		}
		s := set(features)
		again := slices.Clone(features)
		for i, f := range again {
			ref, _ := s.Lookup("sites", f.Code)
			again[i].Geometry = s.Geometry(ref)
		}
		for _, other := range []*grid.Layers{set(rapid.Permutation(features).Draw(t, "order")), set(again)} {
			for f := range s.All() {
				require.Equal(t, s.Info(f), other.Info(f))
				require.Empty(t, gocmp.Diff(s.Geometry(f), other.Geometry(f)))
			}
			for _, p := range a.Points(t, 5) {
				require.Equal(t, s.At(nil, p, autumn, nil).Features, other.At(nil, p, autumn, nil).Features)
			}
		}
	})
}

// Far from the poles and near by, degrees are metres to within a few per mille:
// a check of width that does not go through the ellipsoid.
func TestWidthIsMetres(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lng, lat := rapid.Float64Range(-179, 179).Draw(t, "lng"), rapid.Float64Range(-60, 60).Draw(t, "lat")
		metres := func(x, y float64) orb.Point {
			return orb.Point{lng + x/(111_320*math.Cos(lat*math.Pi/180)), lat + y/110_900}
		}
		angle := rapid.Float64Range(0, 2*math.Pi).Draw(t, "angle")
		sin, cos := math.Sincos(angle)
		half := rapid.Float64Range(2, 60).Draw(t, "half")
		l, err := grid.BuildLayer("roads", []grid.Feature{
			{Code: "S", Class: "main", Width: grid.Meters(2 * half), Geometry: orb.LineString{metres(0, 0), metres(500*cos, 500*sin)}},
			{Code: "P", Class: "post", Radius: grid.Meters(half), Geometry: metres(0, 0)},
		}, grid.LayerOptions{})
		require.NoError(t, err)
		s, err := grid.NewLayers([]*grid.Layer{l})
		require.NoError(t, err)
		along, across := rapid.Float64Range(-80, 580).Draw(t, "along"), rapid.Float64Range(-80, 80).Draw(t, "across")
		p := metres(along*cos-across*sin, along*sin+across*cos)
		beside := max(0, -along, along-500)
		for code, d := range map[grid.Code]float64{"S": math.Hypot(beside, across), "P": math.Hypot(along, across)} {
			f, _ := s.Lookup("roads", code)
			if in := slices.Contains(s.At(nil, p, summer, nil).Features, f); d < half*0.985 || d > half*1.015 {
				require.Equal(t, d < half, in, "%s: %v of %v", code, d, half)
			}
		}
	})
}

// A park with a lake in it is as big as its land: smaller than the plain one.
func TestHolesCountAgainstSize(t *testing.T) {
	park := rectangle(0, 0, 0.01, 0.01)[0]
	lake := rectangle(0.001, 0.001, 0.009, 0.009)[0][0]
	l, err := grid.BuildLayer("parks", []grid.Feature{
		{Code: "A", Class: "park", Geometry: rectangle(0, 0, 0.007, 0.007)},
		{Code: "B", Class: "park", Geometry: orb.Polygon{park[0], lake}},
	}, grid.LayerOptions{})
	require.NoError(t, err)
	s, err := grid.NewLayers([]*grid.Layer{l})
	require.NoError(t, err)
	require.Equal(t, []string{"parks/B", "parks/A"}, keysOf(s, s.At(nil, orb.Point{0.0005, 0.0005}, summer, nil).Features))
	require.Equal(t, []string{"parks/A"}, keysOf(s, s.At(nil, orb.Point{0.005, 0.005}, summer, nil).Features))
}

func one(t testing.TB, f grid.Feature) *grid.Layers {
	f.Code, f.Class = "F", "any"
	l, err := grid.BuildLayer("one", []grid.Feature{f}, grid.LayerOptions{})
	require.NoError(t, err)
	s, err := grid.NewLayers([]*grid.Layer{l})
	require.NoError(t, err)
	return s
}

// The edge of a street belongs to it, to the millimetre: a degree of longitude
// on the equator is 111,319.491 m, so 0.001 degree is 111.319 m.
func TestReachIsInclusive(t *testing.T) {
	for _, c := range []struct {
		half grid.Meters
		in   bool
	}{{111.319, true}, {111.3189, false}, {111.320, true}, {111.318, false}} {
		road := one(t, grid.Feature{Width: 2 * c.half, Geometry: orb.LineString{{0, -1}, {0, 1}}})
		post := one(t, grid.Feature{Radius: c.half, Geometry: orb.Point{0, 0}})
		for _, x := range []float64{0.001, -0.001} {
			require.Equal(t, c.in, len(road.At(nil, orb.Point{x, 0}, summer, nil).Features) == 1, "%v", c)
			require.Equal(t, c.in, len(post.At(nil, orb.Point{x, 0}, summer, nil).Features) == 1, "%v", c)
		}
	}
}

// A degree is about 111.2 km here. The street runs from 0,0 to 0.01,0.01.
func TestWithinReach(t *testing.T) {
	for _, c := range []struct {
		name                     string
		west, south, east, north float64
		width                    grid.Meters
		in                       bool
	}{
		{"through two sides", 0.004, 0.0045, 0.006, 0.0055, 1, true},
		{"an end inside", 0.0095, 0.0095, 0.02, 0.02, 1, true},
		{"all inside", -1, -1, 1, 1, 1, true},
		{"only the boxes meet", 0.008, 0.001, 0.009, 0.002, 20, false},
		{"corner 7.85 m off", 0.0051, 0.004, 0.006, 0.005, 20, true},
		{"corner 7.85 m off a narrow street", 0.0051, 0.004, 0.006, 0.005, 14, false},
		{"side 11.13 m from the end", 0.0101, 0.009, 0.011, 0.011, 24, true},
		{"side 11.13 m from a narrow street's end", 0.0101, 0.009, 0.011, 0.011, 20, false},
		{"a place on the street", 0.005, 0.005, 0.005, 0.005, 1, true},
		{"a place beside it", 0.0051, 0.005, 0.0051, 0.005, 14, false},
	} {
		road := one(t, grid.Feature{Width: c.width, Geometry: orb.LineString{{0, 0}, {0.01, 0.01}}})
		box := orb.Bound{Min: orb.Point{c.west, c.south}, Max: orb.Point{c.east, c.north}}
		require.Equal(t, c.in, len(slices.Collect(road.Within(box, summer))) == 1, c.name)
	}
}

func TestReachAcrossTheDateLineAndPole(t *testing.T) {
	holds := func(s *grid.Layers, p orb.Point) bool { return len(s.At(nil, p, summer, nil).Features) == 1 }
	road := one(t, grid.Feature{Width: 200, Geometry: orb.LineString{{179.9995, 0}, {179.9995, 1}}})
	require.True(t, holds(road, orb.Point{-179.9998, 0.5}))
	require.False(t, holds(road, orb.Point{-179.999, 0.5}))
	road = one(t, grid.Feature{Width: 200, Geometry: orb.LineString{{-179.9995, 0}, {-179.9995, 1}}})
	require.True(t, holds(road, orb.Point{179.9998, 0.5}))
	require.False(t, holds(road, orb.Point{179.999, 0.5}))
	west := orb.Bound{Min: orb.Point{-179.9999, 0.4}, Max: orb.Point{-179.9998, 0.5}}
	road = one(t, grid.Feature{Width: 200, Geometry: orb.LineString{{179.9995, 0}, {179.9995, 1}}})
	require.Len(t, slices.Collect(road.Within(west, summer)), 1)
	west.Min[0], west.Max[0] = -179.9995, -179.9993 // 111 m from the line
	require.Empty(t, slices.Collect(road.Within(west, summer)))
	pole := one(t, grid.Feature{Radius: 5000, Geometry: orb.Point{10, 89.99}})
	require.True(t, holds(pole, orb.Point{-170, 89.97}))
	require.False(t, holds(pole, orb.Point{-170, 89.96}))
}

func TestBuildLayerFaults(t *testing.T) {
	nan := math.NaN()
	square := orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}}
	line := orb.LineString{{0, 0}, {1, 1}}
	for _, c := range []struct {
		name string
		f    grid.Feature
		want error
		text string
	}{
		{"no code", grid.Feature{Code: "", Class: "c", Geometry: square}, grid.ErrCode, "empty"},
		{"no class", grid.Feature{Code: "A", Geometry: square}, grid.ErrClass, ""},
		{"long class", grid.Feature{Code: "A", Class: strings.Repeat("x", 255), Geometry: square}, grid.ErrClass, ""},
		{"class with a line end", grid.Feature{Code: "A", Class: "a\nb", Geometry: square}, grid.ErrClass, ""},
		{"class not UTF-8", grid.Feature{Code: "A", Class: "\xff", Geometry: square}, grid.ErrClass, ""},
		{"owner", grid.Feature{Code: "A", Class: "c", Owner: "a b", Geometry: square}, grid.ErrOwner, ""},
		{"period", grid.Feature{Code: "A", Class: "c", Geometry: square, During: grid.Interval{From: spring, Until: spring}}, grid.ErrInterval, ""},
		{"half a millisecond", grid.Feature{Code: "A", Class: "c", Geometry: square, During: grid.Interval{From: spring.Add(500)}}, grid.ErrNotMillis, ""},
		{"no geometry", grid.Feature{Code: "A", Class: "c"}, grid.ErrGeometry, ""},
		{"no polygon", grid.Feature{Code: "A", Class: "c", Geometry: orb.MultiPolygon{}}, grid.ErrGeometry, ""},
		{"no line", grid.Feature{Code: "A", Class: "c", Width: 3, Geometry: orb.MultiLineString{}}, grid.ErrGeometry, ""},
		{"ring", grid.Feature{Code: "A", Class: "c", Geometry: orb.Ring{{0, 0}, {1, 0}, {1, 1}}}, grid.ErrGeometry, ""},
		{"polygon without ring", grid.Feature{Code: "A", Class: "c", Geometry: orb.Polygon{}}, grid.ErrPolygon, "polygon 0"},
		{"two-point ring", grid.Feature{Code: "A", Class: "c", Geometry: orb.Polygon{{{0, 0}, {1, 1}, {0, 0}}}}, grid.ErrRing, "ring 0"},
		{"bow tie", grid.Feature{Code: "A", Class: "c", Geometry: orb.Polygon{{{0, 0}, {1, 1}, {1, 0}, {0, 1}}}}, grid.ErrCrossing, "0.5,0.5"},
		{"NaN in ring", grid.Feature{Code: "A", Class: "c", Geometry: orb.Polygon{{{0, 0}, {1, nan}, {1, 0}}}}, grid.ErrCoordinate, "vertex 1"},
		{"off the globe", grid.Feature{Code: "A", Class: "c", Width: 3, Geometry: orb.LineString{{0, 0}, {0, 91}}}, grid.ErrCoordinate, "line 0: vertex 1: at 0,91"},
		{"NaN in point", grid.Feature{Code: "A", Class: "c", Radius: 3, Geometry: orb.Point{nan, 0}}, grid.ErrCoordinate, ""},
		{"one point", grid.Feature{Code: "A", Class: "c", Width: 3, Geometry: orb.LineString{{0, 0}}}, grid.ErrLine, "line 0"},
		{"one place", grid.Feature{Code: "A", Class: "c", Width: 3, Geometry: orb.MultiLineString{line, {{0, 0}, {0, 0}}}}, grid.ErrLine, "line 1"},
		{"empty line", grid.Feature{Code: "A", Class: "c", Width: 3, Geometry: orb.LineString{}}, grid.ErrLine, ""},
		{"no width", grid.Feature{Code: "A", Class: "c", Geometry: line}, grid.ErrWidth, ""},
		{"negative width", grid.Feature{Code: "A", Class: "c", Width: -1, Geometry: line}, grid.ErrWidth, ""},
		{"NaN width", grid.Feature{Code: "A", Class: "c", Width: grid.Meters(nan), Geometry: line}, grid.ErrWidth, ""},
		{"huge width", grid.Feature{Code: "A", Class: "c", Width: 2*grid.ReachMax + 1, Geometry: line}, grid.ErrWidth, ""},
		{"line with a radius", grid.Feature{Code: "A", Class: "c", Width: 3, Radius: 3, Geometry: line}, grid.ErrWidth, ""},
		{"no radius", grid.Feature{Code: "A", Class: "c", Geometry: orb.Point{}}, grid.ErrWidth, ""},
		{"huge radius", grid.Feature{Code: "A", Class: "c", Radius: grid.ReachMax + 1, Geometry: orb.Point{}}, grid.ErrWidth, ""},
		{"polygon with a width", grid.Feature{Code: "A", Class: "c", Width: 3, Geometry: square}, grid.ErrWidth, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := grid.BuildLayer("sites", []grid.Feature{c.f}, grid.LayerOptions{})
			require.Nil(t, l)
			refused, ok := errors.AsType[*grid.OverlayError](err)
			require.True(t, ok)
			require.Len(t, refused.Faults, 1, "%v", err)
			require.Equal(t, c.f.Code, refused.Faults[0].Code)
			require.Equal(t, "sites", refused.Faults[0].Overlay)
			require.ErrorIs(t, err, c.want)
			require.ErrorContains(t, err, c.text)
			for _, lang := range []string{"zh", "en"} {
				require.NotEmpty(t, refused.Faults[0].Text(lang))
			}
			require.NotEqual(t, refused.Faults[0].Text("zh"), refused.Faults[0].Text("en"))
		})
	}
}

// All faults come at once, sorted by code and rule, the first hundred of them.
func TestBuildLayerFaultsAtOnce(t *testing.T) {
	var bad []grid.Feature
	for i := range 80 {
		bad = append(bad, grid.Feature{Code: grid.Code(fmt.Sprintf("F%02d", 79-i)), Geometry: orb.Point{}})
	}
	bad = append(bad, grid.Feature{Code: "F00", Class: "c", Radius: 1, Geometry: orb.Point{}})
	_, err := grid.BuildLayer("a=b", bad, grid.LayerOptions{Classes: []string{"c", "", "c"}})
	refused, ok := errors.AsType[*grid.OverlayError](err)
	require.True(t, ok)
	require.Len(t, refused.Faults, grid.FaultsMax)
	require.Equal(t, 1+2+160+1-grid.FaultsMax, refused.Left)
	require.ErrorIs(t, refused.Faults[0], grid.ErrOverlayName)
	require.ErrorIs(t, refused.Faults[1], grid.ErrClasses)
	require.ErrorIs(t, refused.Faults[2], grid.ErrClasses)
	require.ErrorIs(t, refused.Faults[3], grid.ErrClass)
	require.ErrorIs(t, refused.Faults[4], grid.ErrWidth)
	require.ErrorIs(t, refused.Faults[5], grid.ErrDuplicate)
	require.Equal(t, grid.Code("F01"), refused.Faults[6].Code)
	require.ErrorContains(t, err, "164 faults")
}

// Too many points are refused before any is looked at.
func TestBuildLayerLimit(t *testing.T) {
	line := make(orb.LineString, 1<<17) // all one place, which would be a fault of its own
	lines := make(orb.MultiLineString, grid.VerticesMax>>17)
	for i := range lines {
		lines[i] = line
	}
	_, err := grid.BuildLayer("", []grid.Feature{{Geometry: lines}}, grid.LayerOptions{})
	refused, ok := errors.AsType[*grid.OverlayError](err)
	require.True(t, ok)
	require.Len(t, refused.Faults, 1)
	require.ErrorIs(t, err, grid.ErrFeatures)
}

func TestLayerFindings(t *testing.T) {
	fold := grid.Feature{Code: "P", Class: "park", Geometry: orb.MultiPolygon{
		{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}}, {{{1, 0}, {2, 0}, {2, 1}, {1, 1}}},
	}}
	l, err := grid.BuildLayer("parks", []grid.Feature{fold}, grid.LayerOptions{})
	require.NoError(t, err)
	kinds := map[grid.FindingKind]bool{}
	for _, f := range l.Findings() {
		require.Equal(t, grid.Code("P"), f.Unit)
		kinds[f.Kind] = true
	}
	require.True(t, kinds[grid.Fold])
	s, err := grid.NewLayers([]*grid.Layer{l})
	require.NoError(t, err)
	require.Len(t, s.At(nil, orb.Point{1, 0.5}, summer, nil).Features, 1, "the common border is inside")
	_, err = grid.BuildLayer("parks", []grid.Feature{fold}, grid.LayerOptions{Strict: true})
	require.ErrorIs(t, err, grid.ErrFold)
}

func TestNewLayersFaults(t *testing.T) {
	a, err := grid.BuildLayer("a", nil, grid.LayerOptions{})
	require.NoError(t, err)
	for _, list := range [][]*grid.Layer{{a, a}, {nil}, {{}}, {a, nil}} {
		_, err := grid.NewLayers(list)
		require.ErrorIs(t, err, grid.ErrOverlayName)
	}
	_, err = grid.NewLayers(make([]*grid.Layer, grid.LayersMax+1))
	require.ErrorIs(t, err, grid.ErrOverlays)
}

func TestEmptyLayers(t *testing.T) {
	built, err := grid.NewLayers(nil)
	require.NoError(t, err)
	hollow, err := grid.BuildLayer("a", nil, grid.LayerOptions{})
	require.NoError(t, err)
	withHollow, err := grid.NewLayers([]*grid.Layer{hollow})
	require.NoError(t, err)
	for _, s := range []*grid.Layers{nil, {}, built, withHollow} {
		require.Zero(t, s.Len())
		place := s.At(nil, orb.Point{1, 1}, summer, nil)
		require.Zero(t, place.Leaf)
		require.Empty(t, place.Features)
		require.Empty(t, place.Classes(nil))
		_, ok := place.Owner("a")
		require.False(t, ok)
		for _, f := range []grid.FeatureRef{0, 1, math.MaxUint32} {
			require.Zero(t, s.Info(f))
			require.Nil(t, s.Geometry(f))
		}
		_, ok = s.Lookup("a", "A")
		require.False(t, ok)
		for range s.All() {
			t.Fatal("a feature")
		}
		for range s.Within(orb.Bound{Max: orb.Point{1, 1}}, summer) {
			t.Fatal("a feature")
		}
	}
	_, ok := grid.Place{Features: []grid.FeatureRef{1}}.Owner("a")
	require.False(t, ok)
	require.Empty(t, grid.Place{Features: []grid.FeatureRef{1}}.Classes(nil))
	require.Empty(t, grid.Place{Features: []grid.FeatureRef{1}}.FirstClasses(nil))
	s := one(t, grid.Feature{Radius: 5, Geometry: orb.Point{}})
	for _, p := range []orb.Point{{math.NaN(), 0}, {0, math.Inf(1)}, {181, 0}, {0, -91}} {
		require.Empty(t, s.At(nil, p, summer, nil).Features)
	}
	require.Empty(t, slices.Collect(s.Within(orb.Bound{Min: orb.Point{1, 1}}, summer)))
}

// Nothing of the caller's memory is kept, and nothing inside given away.
func TestLayerKeepsNothing(t *testing.T) {
	ring := orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 1}}
	line := orb.LineString{{5, 5}, {6, 6}}
	features := []grid.Feature{
		{Code: "P", Class: "park", Geometry: orb.Polygon{ring}}, {Code: "L", Class: "lane", Width: 3, Geometry: line},
	}
	classes := []string{"lane", "park"}
	l, err := grid.BuildLayer("x", features, grid.LayerOptions{Classes: classes})
	require.NoError(t, err)
	list := []*grid.Layer{l}
	s, err := grid.NewLayers(list)
	require.NoError(t, err)
	ring[1], line[0], features[0].Code, classes[0], list[0] = orb.Point{9, 9}, orb.Point{9, 9}, "Q", "z", nil
	f, ok := s.Lookup("x", "P")
	require.True(t, ok)
	s.Geometry(f).(orb.MultiPolygon)[0][0][0] = orb.Point{7, 7}
	require.Len(t, s.At(nil, orb.Point{0.9, 0.5}, summer, nil).Features, 1)
	require.Len(t, s.At(nil, orb.Point{5.5, 5.5}, summer, nil).Features, 1)
	require.Equal(t, orb.Point{0, 0}, s.Geometry(f).(orb.MultiPolygon)[0][0][0])
}
