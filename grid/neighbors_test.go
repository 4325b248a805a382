package grid_test

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
)

type beside struct {
	code        grid.Code
	border, gap float64
}

// naiveBeside compares every leaf in the unit with every leaf outside it, edge by
// edge in rational numbers, and cuts what they share at every end.
func (n naive) beside(code grid.Code, gapMost float64) []beside {
	of := map[grid.Code]grid.Unit{}
	for _, u := range n.units {
		of[u.Code] = u
	}
	path := func(c grid.Code) []grid.Unit { // outermost first
		var out []grid.Unit
		for u, ok := of[c]; ok; u, ok = of[u.Parent] {
			out = append([]grid.Unit{u}, out...)
			if u.Level == 0 {
				break
			}
		}
		return out
	}
	in := func(c grid.Code) bool {
		return slices.ContainsFunc(path(c), func(u grid.Unit) bool { return u.Code == code })
	}
	stretches, gaps := map[grid.Code][]segment{}, map[grid.Code]float64{}
	for a, mine := range n.edges {
		for b, others := range n.edges {
			if !in(a) || in(b) {
				continue
			}
			peer := b
			for _, u := range path(b) {
				if u.Level >= of[code].Level {
					peer = u.Code
					break
				}
			}
			along, gap := naiveContact(mine, others, gapMost)
			stretches[peer] = append(stretches[peer], along...)
			if before, ok := gaps[peer]; !ok || gap < before {
				gaps[peer] = gap
			}
		}
	}
	var out []beside
	for peer, gap := range gaps {
		out = append(out, beside{peer, naiveUnion(stretches[peer]), gap})
	}
	slices.SortFunc(out, func(a, b beside) int { return cmp.Compare(a.code, b.code) })
	return out
}

func naiveContact(a, b []segment, most float64) (along []segment, gap float64) {
	touch := false
	for _, e := range a {
		touch = touch || naiveClosed(b, e.a)
		for _, f := range b {
			touch = touch || naiveClosed(a, f.a)
			if _, _, ok := naiveCross(e, f); ok {
				touch = true
			}
			if start, ok := naiveFold(e, f); ok {
				end := e.b // the other end of what they share: the last of all four that is on both
				for _, s := range []spot{e.a, e.b, f.a, f.b} {
					onBoth := naiveDistance2(s, e).Sign() == 0 && naiveDistance2(s, f).Sign() == 0
					if onBoth && s != start {
						end = s
					}
				}
				along = append(along, segment{start, end})
			}
		}
	}
	if touch || most == 0 {
		if touch {
			return along, 0
		}
		return along, math.Inf(1)
	}
	gap = math.Inf(1)
	for _, e := range a {
		for _, f := range b {
			gap = naiveToEdge(inSpace(f.a.degrees()), e, naiveToEdge(inSpace(e.a.degrees()), f, gap))
		}
	}
	return along, gap
}

// naiveUnion cuts stretches at every end that lies on them and adds up the pieces.
func naiveUnion(stretches []segment) float64 {
	less := func(p, q spot) bool { return p.x < q.x || p.x == q.x && p.y < q.y }
	pieces := map[segment]bool{}
	for _, e := range stretches {
		cuts := []spot{}
		for _, f := range stretches {
			for _, s := range []spot{f.a, f.b} {
				if naiveDistance2(s, e).Sign() == 0 {
					cuts = append(cuts, s)
				}
			}
		}
		slices.SortFunc(cuts, func(p, q spot) int { return cmp.Or(cmp.Compare(p.x, q.x), cmp.Compare(p.y, q.y)) })
		cuts = slices.Compact(cuts)
		for i := range len(cuts) - 1 {
			pieces[segment{cuts[i], cuts[i+1]}] = less(cuts[i], cuts[i+1])
		}
	}
	sum := 0.0
	for e := range pieces {
		sum += apart(inSpace(e.a.degrees()), inSpace(e.b.degrees()))
	}
	return sum
}

func requireBeside(t require.TestingT, m *grid.Map, n naive, r grid.Ref, within float64) {
	want := map[grid.Code]beside{}
	for _, b := range n.beside(m.Info(r).Code, within) {
		want[b.code] = b
	}
	var got []grid.Code
	for nb := range m.Neighbors(r, grid.Meters(within)) {
		c := m.Info(nb.Ref).Code
		got = append(got, c)
		w, ok := want[c]
		require.True(t, ok, "%s beside %s", c, m.Info(r).Code)
		require.InDelta(t, w.border, float64(nb.Border), 0.0006+1e-6*w.border, "%s beside %s", c, m.Info(r).Code)
		require.InDelta(t, w.gap, float64(nb.Gap), 0.0007, "%s beside %s", c, m.Info(r).Code)
		require.LessOrEqual(t, float64(nb.Gap), within)
		delete(want, c)
	}
	require.True(t, slices.IsSorted(got) && len(slices.Compact(slices.Clone(got))) == len(got), "%v", got)
	for _, w := range want {
		require.Greater(t, w.gap, within-0.0007, "%s beside %s was left out", w.code, m.Info(r).Code)
		require.NotZero(t, w.gap)
	}
}

func propNeighbors(t *rapid.T) {
	a := drawArea(t)
	m, n := build(t, a), newNaive(a.Units)
	r := grid.Ref(rapid.IntRange(1, m.Len()).Draw(t, "unit"))
	requireBeside(t, m, n, r, rapid.SampledFrom([]float64{0, 0, 0.02, 0.9, 40}).Draw(t, "within"))

	// Beside is said by both, with the same border, when they are on one level.
	for nb := range m.Neighbors(r, 0) {
		if m.Info(nb.Ref).Level == m.Info(r).Level {
			back := slices.Collect(m.Neighbors(nb.Ref, 0))
			require.Contains(t, back, grid.Neighbor{Ref: r, Border: nb.Border, Gap: nb.Gap})
		}
	}
}

func TestNeighbors(t *testing.T) { rapid.Check(t, propNeighbors) }
func FuzzNeighbors(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propNeighbors)) }

func TestNeighborsManchester(t *testing.T) {
	in := manchester(t)[:40]
	m, err := grid.Build(in, grid.Options{Levels: []string{"output area"}})
	require.NoError(t, err)
	n := newNaive(in)
	for _, r := range []grid.Ref{1, 9, 23} {
		requireBeside(t, m, n, r, 0)
	}
}

// box is a boundary in units.
func box(w, s, e, n float64) orb.MultiPolygon {
	return orb.MultiPolygon{{units(w, s, e, s, e, n, w, n)}}
}

func TestNeighborsTable(t *testing.T) {
	const half = 1.8e9
	for name, c := range map[string]struct {
		in     []grid.Unit // of "a", the rest beside or not
		within grid.Meters
		want   []beside
	}{
		"borders with different vertices": {[]grid.Unit{
			{Code: "a", Boundary: box(0, 0, 100, 900)}, {Code: "b", Boundary: box(100, -50, 200, 300)}, {Code: "c", Boundary: box(100, 300, 150, 1000)},
		}, 0, []beside{{"b", 300 * 0.01105743, 0}, {"c", 600 * 0.01105743, 0}}},
		"a corner": {[]grid.Unit{
			{Code: "a", Boundary: box(0, 0, 100, 100)}, {Code: "b", Boundary: box(100, 100, 200, 200)},
		}, 0, []beside{{"b", 0, 0}}},
		"a sliver not asked for": {[]grid.Unit{
			{Code: "a", Boundary: box(0, 0, 100, 100)}, {Code: "b", Boundary: box(101, 0, 200, 100)},
		}, 0, nil},
		"a sliver": {[]grid.Unit{
			{Code: "a", Boundary: box(0, 0, 100, 100)}, {Code: "b", Boundary: box(101, 0, 200, 100)},
		}, 0.02, []beside{{"b", 0, 0.011}}},
		"a sliver a little too wide": {[]grid.Unit{
			{Code: "a", Boundary: box(0, 0, 100, 100)}, {Code: "b", Boundary: box(101, 0, 200, 100)},
		}, 0.01, nil},
		"in a hole, not touching": {[]grid.Unit{
			{Code: "a", Boundary: orb.MultiPolygon{{units(0, 0, 900, 0, 900, 900, 0, 900), units(100, 100, 800, 100, 800, 800, 100, 800)}}}, {Code: "b", Boundary: box(200, 200, 300, 300)},
		}, 0, nil},
		"inside, overlapping": {[]grid.Unit{
			{Code: "a", Boundary: box(0, 0, 900, 900)}, {Code: "b", Boundary: box(200, 200, 300, 300)},
		}, 0, []beside{{"b", 0, 0}}},
		"around, overlapping": {[]grid.Unit{
			{Code: "a", Boundary: box(200, 200, 300, 300)}, {Code: "b", Boundary: box(0, 0, 900, 900)},
		}, 0, []beside{{"b", 0, 0}}},
		"across 180 degrees": {[]grid.Unit{
			{Code: "a", Boundary: box(half-100, 0, half, 900)}, {Code: "b", Boundary: box(-half, 300, 100-half, 1000)}, {Code: "c", Boundary: box(-half, 1000, 100-half, 1100)}, {Code: "d", Boundary: box(-half, -300, 100-half, 0)},
		}, 0, []beside{{"b", 600 * 0.01105743, 0}, {"d", 0, 0}}},
		"a sliver across 180 degrees": {[]grid.Unit{
			{Code: "a", Boundary: box(-half, 0, 100-half, 900)}, {Code: "b", Boundary: box(half-100, 0, half-1, 900)},
		}, 0.02, []beside{{"b", 0, 0.011}}},
		"a stretch that cancels is no border": {[]grid.Unit{
			{Code: "a", Boundary: orb.MultiPolygon{{units(0, 0, 100, 0, 100, 50, 500, 50, 100, 50, 100, 100, 0, 100)}}}, {Code: "b", Boundary: box(200, 50, 300, 150)},
		}, 0, nil},
	} {
		for _, i := range []int{0, len(c.in) - 1} {
			in := slices.Clone(c.in)
			in[0], in[i] = in[i], in[0]
			m, err := grid.Build(in, grid.Options{Levels: []string{"网格"}})
			require.NoError(t, err, name)
			a, _ := m.Lookup("a")
			var got []beside
			for nb := range m.Neighbors(a, c.within) {
				got = append(got, beside{m.Info(nb.Ref).Code, float64(nb.Border), float64(nb.Gap)})
			}
			require.Len(t, got, len(c.want), name)
			for k, w := range c.want {
				require.Equal(t, w.code, got[k].code, name)
				require.InDelta(t, w.border, got[k].border, 0.001, name)
				require.InDelta(t, w.gap, got[k].gap, 0.0006, name)
			}
		}
	}
}

func TestNeighborsHandles(t *testing.T) {
	m, err := grid.Build(append(four(), grid.Unit{
		Code: "zz", Parent: "block", Level: 1, Boundary: orb.MultiPolygon{{{{1e-6, 1e-6}, {1.01e-6, 1e-6}, {1e-6, 1.01e-6}}}},
	}), twoLevels)
	require.NoError(t, err)
	zz, _ := m.Lookup("zz") // collapsed: it owns no place
	require.Empty(t, slices.Collect(m.Neighbors(zz, 10)))
	var none *grid.Map
	for _, r := range []grid.Ref{0, grid.Ref(m.Len() + 1), math.MaxUint32} {
		require.Empty(t, slices.Collect(m.Neighbors(r, 1)))
	}
	require.Empty(t, slices.Collect(none.Neighbors(1, 1)))
	require.Empty(t, slices.Collect((&grid.Map{}).Neighbors(1, 1)))
	sw, _ := m.Lookup("sw")
	for _, bad := range []float64{-1, math.NaN(), math.Inf(-1)} {
		require.Empty(t, slices.Collect(m.Neighbors(sw, grid.Meters(bad))))
	}
	require.Len(t, slices.Collect(m.Neighbors(sw, 0)), 3)
	require.Len(t, slices.Collect(m.Neighbors(sw, grid.Meters(math.Inf(1)))), 3)
	for range m.Neighbors(sw, 0) {
		break
	}
}

// A stretch that several leaves of a neighbour run along counts once, a longer
// one around a shorter one too.
func TestNeighborsCountOnce(t *testing.T) {
	m, err := grid.Build([]grid.Unit{
		{Code: "A"}, {Code: "B"},
		{Code: "a", Parent: "A", Level: 1, Boundary: box(0, 0, 100, 1000)},
		{Code: "long", Parent: "B", Level: 1, Boundary: box(100, 0, 200, 900)},
		{Code: "short", Parent: "B", Level: 1, Boundary: box(100, 100, 150, 300)},
		{Code: "late", Parent: "B", Level: 1, Boundary: box(100, 800, 150, 950)},
	}, twoLevels)
	require.NoError(t, err)
	a, _ := m.Lookup("A")
	b, _ := m.Lookup("B")
	got := slices.Collect(m.Neighbors(a, 0))
	require.Len(t, got, 1)
	require.Equal(t, b, got[0].Ref)
	require.InDelta(t, 950*0.01105743, float64(got[0].Border), 0.001)
}
