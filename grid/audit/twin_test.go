package audit_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/audit"
	"github.com/gridgov/gridgov/internal/gen"
)

// tilingIsProved: what shares out its parent by construction is proved, and
// nothing is found about who owns what.
func tilingIsProved(t *rapid.T) {
	area := gen.Tiling(t)
	m, err := grid.Build(area.Units, area.Options())
	require.NoError(t, err)
	r := audit.Audit(m, audit.Options{UnitMeters: -1})
	require.Empty(t, of(r, ownership...))
	require.Empty(t, of(r, audit.Sum, audit.Empty, audit.Tangled))
	require.True(t, r.Complete())
	for ref := range m.All() {
		info := m.Info(ref)
		require.Equal(t, !info.Leaf && len(m.Boundary(ref)) > 0, r.Proved(info.Code), info.Code)
	}
}

func TestTilingIsProved(t *testing.T) { rapid.Check(t, tilingIsProved) }
func FuzzTilingIsProved(f *testing.F) { f.Fuzz(rapid.MakeFuzz(tilingIsProved)) }

// nudged moves some vertices of a tiling, of one unit each, or changes parents.
// It answers no map when that makes a boundary cross itself.
func nudged(t *rapid.T) *grid.Map {
	area := gen.Tiling(t)
	reach := rapid.SampledFrom([]int{1, 2, 4, 60}).Draw(t, "reach")
	for range rapid.IntRange(0, 6).Draw(t, "nudges") {
		u := &area.Units[rapid.IntRange(0, len(area.Units)-1).Draw(t, "unit")]
		if len(u.Boundary) == 0 {
			continue
		}
		polygon := rapid.SampledFrom(u.Boundary).Draw(t, "polygon")
		ring := rapid.SampledFrom(polygon).Draw(t, "ring")
		k := rapid.IntRange(0, len(ring)-1).Draw(t, "vertex")
		old := ring[k]
		d := rapid.IntRange(-reach, reach)
		moved := orb.Point{old[0] + float64(d.Draw(t, "right"))/1e7, old[1] + float64(d.Draw(t, "up"))/1e7}
		for i, p := range ring { // a closing vertex moves too
			if p == old {
				ring[i] = moved
			}
		}
	}
	m, err := grid.Build(area.Units, area.Options())
	if err != nil {
		return nil
	}
	return m
}

// agrees: what is found is what the naive twin finds, by the square unit.
func agrees(t *rapid.T, m *grid.Map) {
	r := audit.Audit(m, audit.Options{UnitMeters: -1})
	got, across := map[string]float64{}, map[string]float64{}
	for _, f := range r.Findings {
		require.True(t, len(f.Geometry) > 0 || !slices.Contains(ownership, f.Kind))
		codes := make([]string, len(f.Units))
		for i, c := range f.Units {
			codes[i] = string(c)
		}
		size := flat(f.Geometry)
		switch f.Kind {
		case audit.Overlap, audit.Outside:
			got[string(f.Kind)+" "+string(f.Parent)+": "+strings.Join(codes, " ")] += size
		case audit.Gap, audit.Uncovered:
			got["missing "+string(f.Parent)] += size
		case audit.Across:
			if !slices.ContainsFunc(f.Units, func(c grid.Code) bool {
				ref, _ := m.Lookup(c)
				return !m.Info(ref).Leaf
			}) {
				across[strings.Join(codes, " ")] += size
			}
		}
	}
	want := naive(m)
	same(t, m, want, got)
	disjoint := true
	for what := range want {
		disjoint = disjoint && !strings.HasPrefix(what, "overlap :")
	}
	require.Equal(t, len(want) == 0, r.Complete(), "%v", want)
	for ref := range m.All() {
		info, clean := m.Info(ref), true
		if info.Leaf || !naiveBounded(m, ref) {
			continue
		}
		for what := range want {
			clean = clean && strings.TrimSuffix(strings.Fields(what)[1], ":") != string(info.Code)
		}
		require.Equal(t, clean, r.Proved(info.Code), info.Code)
	}
	if r.Complete() {
		require.Empty(t, naiveAcross(m))
	} else {
		same(t, m, naiveAcross(m), across)
	}
}

// same compares areas in square units. Degrees as float64 are off by up to 1e-7
// unit, by so much an area for each unit of its border.
func same(t *rapid.T, m *grid.Map, want, got map[string]float64) {
	extent := 0.0
	for r := range m.All() {
		b := m.Boundary(r).Bound()
		extent = max(extent, (b.Max[0]-b.Min[0])*1e7, (b.Max[1]-b.Min[1])*1e7)
	}
	keys := slices.Sorted(maps.Keys(want))
	require.Equal(t, keys, slices.Sorted(maps.Keys(got)))
	for _, k := range keys {
		if math.Abs(want[k]-got[k]) > 1e-6*want[k]+3e-7*extent {
			require.Fail(t, "areas differ", "%s: want %v, got %v", k, want[k], got[k])
		}
	}
}

func nudgesAreFound(t *rapid.T) {
	if m := nudged(t); m != nil {
		agrees(t, m)
	}
}

func TestNudgesAreFound(t *testing.T) { rapid.Check(t, nudgesAreFound) }
func FuzzNudgesAreFound(f *testing.F) { f.Fuzz(rapid.MakeFuzz(nudgesAreFound)) }

// Overlapping areas share stretches of borders and have parents that do not
// cover them at all.
func overlapsAreFound(t *rapid.T) {
	area := gen.Overlapping(t)
	m, err := grid.Build(area.Units, area.Options())
	require.NoError(t, err)
	agrees(t, m)
}

func TestOverlapsAreFound(t *testing.T) { rapid.Check(t, overlapsAreFound) }
func FuzzOverlapsAreFound(f *testing.F) { f.Fuzz(rapid.MakeFuzz(overlapsAreFound)) }

// placesAreInside: At lies where the finding says, asked of the map itself.
func placesAreInside(t *rapid.T) {
	if m := nudged(t); m != nil {
		inside(t, m)
	}
}

func inside(t *rapid.T, m *grid.Map) {
	for _, f := range audit.Audit(m, audit.Options{UnitMeters: -1}).Findings {
		if !slices.Contains(ownership, f.Kind) || !f.Inside {
			continue
		}
		in := func(c grid.Code) bool {
			r, ok := m.Lookup(c)
			return ok && naiveHolds(m, r, f.At)
		}
		family := func() (inside []grid.Code) {
			parent, _ := m.Lookup(f.Parent)
			for _, r := range naiveFamily(m, parent) {
				if naiveHolds(m, r, f.At) {
					inside = append(inside, m.Info(r).Code)
				}
			}
			slices.Sort(inside)
			return inside
		}
		switch f.Kind {
		case audit.Overlap:
			require.Equal(t, f.Units, family())
		case audit.Across:
			for _, c := range f.Units {
				require.True(t, in(c))
			}
		case audit.Gap, audit.Uncovered:
			require.True(t, in(f.Parent))
			require.Empty(t, family())
		case audit.Outside:
			require.True(t, in(f.Units[0]))
			require.False(t, in(f.Parent))
		case audit.Hole:
			require.Empty(t, family())
		}
	}
}

func TestPlacesAreInside(t *testing.T) { rapid.Check(t, placesAreInside) }
func FuzzPlacesAreInside(f *testing.F) { f.Fuzz(rapid.MakeFuzz(placesAreInside)) }

// naiveHolds is the half-open rule, in rational numbers.
func naiveHolds(m *grid.Map, r grid.Ref, p orb.Point) bool {
	at := spot{int64(math.Round(p[0] * 1e7)), int64(math.Round(p[1] * 1e7))}
	in := false
	for _, e := range segments(m, []grid.Ref{r}) {
		if e.a.y <= at.y && at.y < e.b.y && e.column(rat(at.y)).Cmp(rat(at.x)) <= 0 {
			in = !in
		}
	}
	return in
}

// Neither the order of the units nor Parallel changes a report.
func TestOrderDoesNotMatter(t *testing.T) {
	backwards := func(n int, do func(i int)) {
		for i := n - 1; i >= -1; i -= 2 { // and leaves some out
			do(i)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		area := gen.Overlapping(t)
		m, err := grid.Build(area.Units, area.Options())
		require.NoError(t, err)
		n, err := grid.Build(gen.Shuffled(t, area.Units), area.Options())
		require.NoError(t, err)
		one, two := audit.Audit(m, audit.Options{}), audit.Audit(n, audit.Options{Parallel: backwards})
		require.Empty(t, cmp.Diff(one.Findings, two.Findings))
		require.Equal(t, one.Certificate, two.Certificate)
		require.Equal(t, one.Unproved(), two.Unproved())
	})
}

// islandsAreFound: small boxes and rings strewn over a parent lie in each other,
// so faces have holes and islands in the holes.
func islandsAreFound(t *rapid.T) {
	const w = 24
	units := []grid.Unit{
		{Code: "P", Boundary: square(west, south, w, w)},
		{Code: "Q", Boundary: square(west+w, south, 3, w)},
	}
	for i := range rapid.IntRange(1, 9).Draw(t, "islands") {
		x, y := rapid.IntRange(0, w-1).Draw(t, "x"), rapid.IntRange(0, w-1).Draw(t, "y")
		wide, high := rapid.IntRange(1, w).Draw(t, "w"), rapid.IntRange(1, w).Draw(t, "h")
		u := grid.Unit{Code: grid.Code(fmt.Sprint("I", i)), Parent: rapid.SampledFrom([]grid.Code{"P", "P", "P", "Q"}).Draw(t, "parent"), Level: 1}
		u.Boundary = square(west+x, south+y, wide, high)
		if wide > 2 && high > 2 && rapid.Bool().Draw(t, "ring") {
			u.Boundary[0] = append(u.Boundary[0], square(west+x+1, south+y+1, wide-2, high-2)[0][0])
		}
		units = append(units, u)
	}
	m, err := grid.Build(units, grid.Options{Levels: []string{"街道", "网格"}})
	require.NoError(t, err)
	agrees(t, m)
	inside(t, m)
}

func TestIslandsAreFound(t *testing.T) { rapid.Check(t, islandsAreFound) }
func FuzzIslandsAreFound(f *testing.F) { f.Fuzz(rapid.MakeFuzz(islandsAreFound)) }
