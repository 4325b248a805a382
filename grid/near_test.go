package grid_test

import (
	"cmp"
	"compress/gzip"
	"encoding/json"
	"iter"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/gen"
)

// The naive twin of distances looks at every edge of every leaf, tries places all
// along it in space, and knows the ellipsoid by its textbook formula alone.

func inSpace(p orb.Point) [3]float64 {
	const a, e2 = 6378137, 0.00669437999014132
	lng, lat := p[0]*math.Pi/180, p[1]*math.Pi/180
	n := a / math.Sqrt(1-e2*math.Sin(lat)*math.Sin(lat))
	return [3]float64{n * math.Cos(lat) * math.Cos(lng), n * math.Cos(lat) * math.Sin(lng), n * (1 - e2) * math.Sin(lat)}
}

// apart is the straight line bent to an arc of a sphere: as exact as needed near
// by, 1 % off at thousands of kilometres, and up to 900 km for opposite places,
// where lines through a flattened earth are too short.
func apart(a, b [3]float64) float64 {
	line := math.Hypot(math.Hypot(a[0]-b[0], a[1]-b[1]), a[2]-b[2])
	return 2 * 6371008.8 * math.Asin(min(1, line/2/6371008.8))
}

func (s spot) degrees() orb.Point { return orb.Point{float64(s.x) / 1e7, float64(s.y) / 1e7} }

// naiveToEdge is the distance to an edge if it is below most, else most.
func naiveToEdge(p [3]float64, e segment, most float64) float64 {
	a, b := e.a.degrees(), e.b.degrees()
	if apart(p, inSpace(a))-1.01*apart(inSpace(a), inSpace(b)) > most {
		return most // too far even if the edge ran straight here
	}
	from, to, best, least := 0.0, 1.0, 0.0, math.Inf(1)
	for range 7 { // ever closer around the best of 21 places
		for i := range 21 {
			t := from + (to-from)*float64(i)/20
			if d := apart(p, inSpace(orb.Point{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])})); d < least {
				best, least = t, d
			}
		}
		step := (to - from) / 20
		from, to = max(0, best-step), min(1, best+step)
	}
	return min(most, least)
}

// naiveClosed reports whether a region holds s or has it on its border.
func naiveClosed(edges []segment, s spot) bool {
	return naiveHolds(edges, s) || slices.ContainsFunc(edges, func(e segment) bool { return naiveDistance2(s, e).Sign() == 0 })
}

func naiveToLeaf(edges []segment, s spot) float64 {
	p, least := inSpace(s.degrees()), math.Inf(1)
	for _, e := range edges {
		least = naiveToEdge(p, e, least)
	}
	return least
}

type nearHit struct {
	code grid.Code
	away grid.Meters
}

func nearHits(m *grid.Map, seq iter.Seq2[grid.Ref, grid.Meters]) []nearHit {
	var out []nearHit
	for r, d := range seq {
		out = append(out, nearHit{m.Info(r).Code, d})
	}
	return out
}

// requireNear checks what a map says about p against the twin and against itself.
func requireNear(t require.TestingT, m *grid.Map, n naive, p orb.Point, r grid.Meters) {
	s, _ := naiveSnap(p)
	got := nearHits(m, m.Nearest(p))
	require.Len(t, got, len(n.edges), "every leaf is yielded")
	require.True(t, slices.IsSortedFunc(got, func(a, b nearHit) int {
		return cmp.Or(cmp.Compare(a.away, b.away), cmp.Compare(a.code, b.code))
	}), "%v", got)
	seen := map[grid.Code]bool{}
	for _, h := range got {
		require.False(t, seen[h.code])
		seen[h.code] = true
		if naiveClosed(n.edges[h.code], s) {
			require.Zero(t, h.away)
			continue
		}
		want := naiveToLeaf(n.edges[h.code], s)
		require.InDelta(t, want, float64(h.away), 0.0007+0.01*max(0, want-15_000)+0.1*max(0, want-1e7), "%s from %v", h.code, p)
		require.Equal(t, math.Round(float64(h.away)*1000)/1000, float64(h.away))
	}
	within := slices.DeleteFunc(slices.Clone(got), func(h nearHit) bool { return h.away > r })
	require.Equal(t, len(within), len(nearHits(m, m.Radius(p, r))))
	for i, h := range nearHits(m, m.Radius(p, r)) {
		require.Equal(t, within[i], h)
	}
	ref, away, ok := m.Snap(p, r)
	switch owner, owned := m.Locate(p); {
	case owned:
		require.Equal(t, []any{owner, grid.Meters(0), true}, []any{ref, away, ok})
	case got[0].away > r:
		require.Equal(t, []any{grid.Ref(0), got[0].away, false}, []any{ref, away, ok})
	default:
		require.Equal(t, []any{got[0], true}, []any{nearHit{m.Info(ref).Code, away}, ok})
	}
}

// drawArea draws a tiling or leaves that overlap.
func drawArea(t *rapid.T) gen.Area {
	if rapid.Bool().Draw(t, "overlap") {
		return gen.Overlapping(t)
	}
	return gen.Tiling(t)
}

// drawAround draws a place in the area, near it or anywhere on the globe.
func drawAround(t *rapid.T, a gen.Area) orb.Point {
	p := a.Point(t)
	reach := rapid.SampledFrom([]float64{0, 0, 1e-6, 1e-4, 0.01, 180}).Draw(t, "reach")
	d := rapid.Float64Range(-reach, reach)
	p = orb.Point{p[0] + d.Draw(t, "east"), p[1] + d.Draw(t, "north")}
	return orb.Point{math.Remainder(p[0], 360), min(max(p[1], -90), 90)}
}

func propNear(t *rapid.T) {
	a := drawArea(t)
	m, n := build(t, a), newNaive(a.Units)
	r := rapid.SampledFrom([]float64{0, 0.011, 0.3, 12, 900, 5e6, math.Inf(1)}).Draw(t, "radius")
	requireNear(t, m, n, drawAround(t, a), grid.Meters(r))
}

func TestNear(t *testing.T) { rapid.Check(t, propNear) }
func FuzzNear(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propNear)) }

// The earth is round: what lies west of 180 degrees is as far from what lies east
// of it as anywhere. The area is turned until ±180 is beside it or p across it.
func propNearTurns(t *rapid.T) {
	a := drawArea(t)
	p, ok := grid.Snap(drawAround(t, a))
	require.True(t, ok)
	west, east := a.Vertices[0], a.Vertices[len(a.Vertices)-1] // by longitude
	turn := 180 - east[0]
	if rapid.Bool().Draw(t, "to the east") {
		turn = -180 - west[0]
	}
	turned := func(q orb.Point) orb.Point {
		return orb.Point{math.Round((q[0]+turn)*1e7) / 1e7, q[1]}
	}
	units := slices.Clone(a.Units)
	for i, u := range units {
		units[i].Boundary = u.Boundary.Clone()
		for _, polygon := range units[i].Boundary {
			for _, ring := range polygon {
				for k := range ring {
					ring[k] = turned(ring[k])
				}
			}
		}
	}
	there, err := grid.Build(units, a.Options())
	require.NoError(t, err)
	q := turned(p)
	q[0] = math.Round(math.Remainder(q[0], 360)*1e7) / 1e7
	here := build(t, a)
	want := map[grid.Code]grid.Meters{}
	for _, h := range nearHits(here, here.Nearest(p)) {
		want[h.code] = h.away
	}
	got := nearHits(there, there.Nearest(q))
	require.Len(t, got, len(want))
	for _, h := range got {
		require.InDelta(t, float64(want[h.code]), float64(h.away), 0.0011+1e-6*float64(h.away)+0.01*max(0, float64(h.away)-19.8e6), "%v %v", p, q)
	}
}

func TestNearTurns(t *testing.T) { rapid.Check(t, propNearTurns) }
func FuzzNearTurns(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propNearTurns)) }

// manchester is 300 census areas of the middle of Manchester (see testdata).
func manchester(t testing.TB) []grid.Unit {
	file, err := os.Open("testdata/manchester_oa.json.gz")
	require.NoError(t, err)
	defer file.Close()
	plain, err := gzip.NewReader(file)
	require.NoError(t, err)
	var areas []struct {
		Code  grid.Code
		Rings orb.MultiPolygon
	}
	require.NoError(t, json.NewDecoder(plain).Decode(&areas))
	require.Len(t, areas, 300)
	var units []grid.Unit
	for _, a := range areas {
		units = append(units, grid.Unit{Code: a.Code, Boundary: a.Rings})
	}
	return units
}

func TestNearManchester(t *testing.T) {
	units := manchester(t)
	m, err := grid.Build(units, grid.Options{Levels: []string{"output area"}})
	require.NoError(t, err)
	n := newNaive(units)
	for _, p := range []orb.Point{{-2.2374, 53.4810}, {-2.2426, 53.4794}, {-2.19, 53.44}, {-2.2400001, 53.46}, {-2.5, 53.3}} {
		requireNear(t, m, n, p, 400)
	}
}

func TestNearHandles(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	collapsed, err := grid.Build([]grid.Unit{
		{Code: "gone", Boundary: orb.MultiPolygon{{{{1, 1}, {1.00000001, 1}, {1, 1.00000001}}}}},
		{Code: "doubled", Boundary: orb.MultiPolygon{{units(200, 0, 210, 0, 210, 10), units(200, 0, 210, 0, 210, 10)}}},
	}, grid.Options{Levels: []string{"网格"}})
	require.NoError(t, err)
	var none *grid.Map
	for _, m := range []*grid.Map{none, {}, collapsed} {
		require.Empty(t, nearHits(m, m.Nearest(orb.Point{1, 1})))
		require.Empty(t, nearHits(m, m.Radius(orb.Point{1, 1}, 10)))
		r, d, ok := m.Snap(orb.Point{1, 1}, 1e9)
		require.Equal(t, []any{grid.Ref(0), grid.Meters(inf), false}, []any{r, d, ok})
	}
	m, err := grid.Build(four(), twoLevels)
	require.NoError(t, err)
	for _, p := range []orb.Point{{nan, 0}, {0, nan}, {180.1, 0}, {0, -90.1}, {inf, 0}} {
		require.Empty(t, nearHits(m, m.Nearest(p)))
		_, d, ok := m.Snap(p, 1e9)
		require.True(t, !ok && math.IsNaN(float64(d)))
	}
	for _, limit := range []grid.Meters{-1, grid.Meters(nan), grid.Meters(-inf)} {
		require.Empty(t, nearHits(m, m.Radius(orb.Point{}, limit)))
		_, d, ok := m.Snap(orb.Point{}, limit)
		require.True(t, !ok && math.IsNaN(float64(d)))
	}
	seq := m.Nearest(orb.Point{})
	require.Equal(t, nearHits(m, seq), nearHits(m, seq), "ranged over twice")
	for n := 1; n <= 4; n++ {
		count := 0
		for range seq {
			if count++; count == n {
				break
			}
		}
		require.Equal(t, n, count)
	}
}

// On the outer border no leaf may own a place that touches several; a stretch
// that cancels is no border; the hole's rim is.
func TestNearBorders(t *testing.T) {
	m, err := grid.Build(four(), twoLevels) // four squares of 10 units from 0, 0
	require.NoError(t, err)
	at := func(x, y float64) orb.Point { return orb.Point{x / 1e7, y / 1e7} }
	require.Equal(t, []nearHit{{"ne", 0}, {"nw", 0}, {"se", 0}, {"sw", 0}}, nearHits(m, m.Nearest(at(10, 10))))
	corner := nearHits(m, m.Nearest(at(20, 10)))
	require.Equal(t, []nearHit{{"ne", 0}, {"se", 0}}, corner[:2])
	_, owned := m.Locate(at(20, 10))
	require.False(t, owned)
	r, d, ok := m.Snap(at(20, 10), 0)
	require.Equal(t, []any{grid.Code("ne"), grid.Meters(0), true}, []any{m.Info(r).Code, d, ok})

	// Two leaves share a border with different vertices: equally far, so by code.
	split, err := grid.Build([]grid.Unit{
		{Code: "b", Boundary: orb.MultiPolygon{{units(0, 0, 40000, 0, 40000, 30000, 0, 30000)}}},
		{Code: "a", Boundary: orb.MultiPolygon{{units(40000, 30000, 0, 30000, 0, 60000, 40000, 60000)}}},
	}, grid.Options{Levels: []string{"网格"}})
	require.NoError(t, err)
	got := nearHits(split, split.Nearest(at(50000, 30000)))
	require.Equal(t, []grid.Code{"a", "b"}, []grid.Code{got[0].code, got[1].code})
	require.Equal(t, got[0].away, got[1].away)

	spike, err := grid.Build([]grid.Unit{{Code: "u", Boundary: orb.MultiPolygon{
		{units(0, 0, 100, 0, 100, 100, 90000, 40000, 100, 100, 0, 100), units(40, 40, 60, 40, 60, 60, 40, 60)},
	}}}, grid.Options{Levels: []string{"网格"}})
	require.NoError(t, err)
	_, d, _ = spike.Snap(at(90000, 40000), 1e6)
	require.InDelta(t, 1093.7, float64(d), 0.1, "the spike is no border")
	_, d, _ = spike.Snap(at(50, 50), 1)
	require.InDelta(t, 10*0.0110574, float64(d), 0.0006, "in the hole")
}
