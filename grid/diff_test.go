package grid_test

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/gen"
	"github.com/gridgov/gridgov/internal/geodesy"
)

// A quilt is a lattice of cells of one area each, each owned by one leaf or none:
// where two quilts give a cell to different leaves, the truth is known.
type quilt [][]int // by column and row: number of the leaf, 0 for none

const quiltSpacing = 1000 // units; a cell is no sliver

// boundary is the outline of the cells that owned by leaf n, as the single edges
// between in and out, walked into rings.
func (q quilt) boundary(n int) orb.MultiPolygon {
	at := func(i, j int) bool { return i >= 0 && j >= 0 && i < len(q) && j < len(q[i]) && q[i][j] == n }
	next := map[[2]int][][2]int{}
	for i := range q {
		for j := range q[i] {
			if !at(i, j) {
				continue
			}
			corners := [][2]int{{i, j}, {i + 1, j}, {i + 1, j + 1}, {i, j + 1}}
			for k, side := range [][2]int{{i, j - 1}, {i + 1, j}, {i, j + 1}, {i - 1, j}} {
				if !at(side[0], side[1]) {
					next[corners[k]] = append(next[corners[k]], corners[(k+1)%4])
				}
			}
		}
	}
	starts := make([][2]int, 0, len(next))
	for c := range next {
		starts = append(starts, c)
	}
	slices.SortFunc(starts, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	var out orb.MultiPolygon
	for _, s := range starts {
		for len(next[s]) > 0 {
			ring := orb.Ring{}
			for c := s; len(next[c]) > 0; {
				ring = append(ring, quiltPoint(c))
				to := next[c][0]
				next[c] = next[c][1:]
				c = to
			}
			out = append(out, orb.Polygon{ring}) // even-odd, so a hole may stand on its own
		}
	}
	return out
}

func quiltPoint(c [2]int) orb.Point {
	return orb.Point{114 + float64(c[0])*quiltSpacing/1e7, 22.7 + float64(c[1])*quiltSpacing/1e7}
}

// units are the leaves of the quilt below two communities: odd and even numbers
// go to the community that home says.
func (q quilt) units(prefix string, home func(n int) grid.Code) []grid.Unit {
	seen := map[int]bool{}
	units := []grid.Unit{{Code: "street"}, {Code: "east", Parent: "street", Level: 1, Boundary: rectangle(0, 0, 1, 1)}, {Code: "west", Parent: "street", Level: 1, Boundary: rectangle(0, 0, 1, 1)}}
	for i := range q {
		for _, n := range q[i] {
			if n != 0 && !seen[n] {
				seen[n] = true
				units = append(units, grid.Unit{Code: grid.Code(fmt.Sprintf("%s%02d", prefix, n)), Parent: home(n), Level: 2, Boundary: q.boundary(n)})
			}
		}
	}
	return units
}

var quiltOptions = grid.Options{Levels: []string{"街道", "社区", "网格"}}

func drawQuilt(t *rapid.T, w, h int, label string) quilt {
	q := make(quilt, w)
	for i := range q {
		for range h {
			q[i] = append(q[i], rapid.IntRange(0, 4).Draw(t, label))
		}
	}
	return q
}

func (q quilt) clone() quilt {
	out := make(quilt, len(q))
	for i := range q {
		out[i] = slices.Clone(q[i])
	}
	return out
}

// TestDiffOfQuilts: the shares are the cells that changed hands.
func TestDiffOfQuilts(t *testing.T) { rapid.Check(t, diffOfQuilts) }

func FuzzDiffOfQuilts(f *testing.F) { f.Fuzz(rapid.MakeFuzz(diffOfQuilts)) }

func diffOfQuilts(t *rapid.T) {
	w, h := rapid.IntRange(1, 5).Draw(t, "w"), rapid.IntRange(1, 5).Draw(t, "h")
	a := drawQuilt(t, w, h, "a")
	b := a.clone()
	for range rapid.IntRange(0, 4).Draw(t, "edits") { // cells given to another leaf
		b[rapid.IntRange(0, w-1).Draw(t, "x")][rapid.IntRange(0, h-1).Draw(t, "y")] = rapid.IntRange(0, 6).Draw(t, "to")
	}
	homes := rapid.SliceOfN(rapid.SampledFrom([]grid.Code{"east", "west"}), 7, 7)
	homeA := homes.Draw(t, "homes")
	homeB := slices.Clone(homeA)
	if rapid.Bool().Draw(t, "moves") {
		homeB = homes.Draw(t, "new homes")
	}
	prefix := rapid.SampledFrom([]string{"G", "N"}).Draw(t, "prefix")
	unitsA := a.units("G", func(n int) grid.Code { return homeA[n] })
	unitsB := b.units(prefix, func(n int) grid.Code { return homeB[n] })
	old, err := grid.Build(withLeaves(unitsA), quiltOptions)
	require.NoError(t, err)
	now, err := grid.Build(withLeaves(unitsB), quiltOptions)
	require.NoError(t, err)
	c := grid.Diff(old, now)
	back := grid.Diff(now, old)

	leafOf := func(q quilt, prefix string) func(i, j int) grid.Code {
		return func(i, j int) grid.Code {
			if q[i][j] == 0 {
				return ""
			}
			return grid.Code(fmt.Sprintf("%s%02d", prefix, q[i][j]))
		}
	}
	homeOf := func(q quilt, home []grid.Code) func(i, j int) grid.Code {
		return func(i, j int) grid.Code {
			if q[i][j] == 0 {
				return ""
			}
			return home[q[i][j]]
		}
	}
	checkShares(t, c, back, w, h, leafOf(a, "G"), leafOf(b, prefix))
	checkShares(t, c, back, w, h, homeOf(a, homeA), homeOf(b, homeB))
}

// withLeaves gives a community that has no leaf no boundary trouble: it is left out.
func withLeaves(units []grid.Unit) []grid.Unit {
	has := map[grid.Code]bool{"street": true}
	for _, u := range units {
		if u.Level == 2 {
			has[u.Parent] = true
		}
	}
	out := slices.DeleteFunc(slices.Clone(units), func(u grid.Unit) bool { return u.Level < 2 && !has[u.Code] })
	if len(out) == 1 {
		return nil
	}
	return out
}

// checkShares compares the shares with the count of cells, both ways.
func checkShares(t *rapid.T, c, back *grid.Changes, w, h int, was, is func(i, j int) grid.Code) {
	to, from := map[grid.Code]map[grid.Code]int{}, map[grid.Code]map[grid.Code]int{}
	count := func(m map[grid.Code]map[grid.Code]int, a, b grid.Code) {
		if a == "" {
			return
		}
		if m[a] == nil {
			m[a] = map[grid.Code]int{}
		}
		m[a][b]++
	}
	for i := range w {
		for j := range h {
			count(to, was(i, j), is(i, j))
			count(from, is(i, j), was(i, j))
		}
	}
	for code, want := range to {
		require.Empty(t, gocmp.Diff(want, cells(t, c.Successors(code))), "to, of %s", code)
		require.Empty(t, gocmp.Diff(want, cells(t, back.Predecessors(code))), "back, of %s", code)
		change, ok := c.Of(code)
		require.True(t, ok)
		require.Equal(t, code, change.Old)
		wantKinds(t, change, to, from)
	}
	for code, want := range from {
		require.Empty(t, gocmp.Diff(want, cells(t, c.Predecessors(code))), "from, of %s", code)
	}
}

// wantKinds checks what the cells say about Reshaped, Gone, Recoded, Divided, Merged.
func wantKinds(t *rapid.T, c grid.Change, to, from map[grid.Code]map[grid.Code]int) {
	sum := func(m map[grid.Code]int) (n int) {
		for _, k := range m {
			n += k
		}
		return n
	}
	halves := false // cells are not equal to the cm², so these may go either way
	heirs := func(m map[grid.Code]int, other map[grid.Code]map[grid.Code]int) (n int) {
		for code, k := range m {
			if code != "" && 2*k > sum(other[code]) {
				n++
			}
			if code != "" {
				halves = halves || 2*k == sum(other[code])
			}
		}
		return n
	}
	_, lives := from[c.Old]
	same := len(to[c.Old]) == 1 && len(from[c.Old]) == 1 && to[c.Old][c.Old] > 0
	require.Equal(t, lives && !same, c.Has(grid.Reshaped), "%v", c)
	split, merged := heirs(to[c.Old], from) >= 2, c.New != "" && heirs(from[c.New], to) >= 2
	if !halves {
		require.Equal(t, split, c.Has(grid.Divided), "%v", c)
		require.Equal(t, merged, c.Has(grid.Merged), "%v", c)
	}
	require.Equal(t, c.New == "", c.Has(grid.Gone))
	require.Equal(t, c.New != "" && c.New != c.Old, c.Has(grid.Recoded))
	if c.Has(grid.Recoded) {
		require.Len(t, from[c.New], 1)
		require.Len(t, to[c.Old], 1)
	}
}

// cells turns shares into numbers of cells, and checks that they add up.
func cells(t *rapid.T, shares []grid.Share) map[grid.Code]int {
	one := math.Abs(geodesy.Area([]orb.Point{quiltPoint([2]int{0, 0}), quiltPoint([2]int{1, 0}), quiltPoint([2]int{1, 1}), quiltPoint([2]int{0, 1})}))
	out, points, area := map[grid.Code]int{}, 0, int64(0)
	for i, s := range shares {
		n := s.SquareMeters() / one
		require.InDelta(t, math.Round(n), n, 1e-3, "%v", s)
		out[s.Unit] = int(math.Round(n))
		points += s.BasisPoints
		area += s.Area
		require.True(t, i == 0 || s.Unit == "" || shares[i-1].Unit < s.Unit, "order: %v", shares)
	}
	require.Equal(t, 10_000, points)
	for _, s := range shares { // each within one of its exact share
		exact := float64(s.Area) / float64(area) * 10_000
		require.InDelta(t, exact, s.BasisPoints, 1)
	}
	return out
}

// TestDiffAgreesWithNaive: what each leaf owned and who owns it now, for leaves
// that overlap in any way, against slabs in rational numbers.
func TestDiffAgreesWithNaive(t *testing.T) { rapid.Check(t, diffAgreesWithNaive) }

func FuzzDiffAgreesWithNaive(f *testing.F) { f.Fuzz(rapid.MakeFuzz(diffAgreesWithNaive)) }

func diffAgreesWithNaive(t *rapid.T) {
	a := gen.Overlapping(t)
	units := slices.Clone(a.Units)
	for range rapid.IntRange(0, 3).Draw(t, "edits") {
		i := rapid.IntRange(0, len(units)-1).Draw(t, "unit")
		switch j := rapid.IntRange(0, len(units)-1).Draw(t, "other"); rapid.IntRange(0, 2).Draw(t, "edit") {
		case 0: // two units change boundaries
			units[i].Boundary, units[j].Boundary = units[j].Boundary, units[i].Boundary
		case 1:
			if naiveLeaf(units, units[i]) && units[i].Code != "East" && units[i].Code != "West" {
				units[i].Code = "Z" + units[i].Code
				if slices.IndexFunc(units, func(u grid.Unit) bool { return u.Code == units[i].Code }) != i {
					t.Skip("the code is taken")
				}
			}
		case 2:
			if naiveLeaf(units, units[i]) && units[i].Code != "East" && units[i].Code != "West" {
				units = slices.Delete(units, i, i+1)
			}
		}
	}
	old, err := grid.Build(a.Units, a.Options())
	require.NoError(t, err)
	now, err := grid.Build(units, a.Options())
	require.NoError(t, err)
	flows, want := grid.Flows(old, now), ownedAreas(newNaive(a.Units), newNaive(units))
	for pair, area := range want {
		if flows[pair] == -1 {
			for other := range want {
				require.True(t, other[0] != pair[0] || other == pair, "%v passed to %v, unmeasured", pair, other)
				require.True(t, other[1] != pair[1] || other == pair, "%v came from %v, unmeasured", pair, other)
			}
			continue
		}
		require.InDelta(t, area, flows[pair], 0.51+1e-6*area, "%v", pair)
	}
	for pair, area := range flows {
		if _, ok := want[pair]; !ok {
			require.LessOrEqual(t, area, int64(0), "%v have nothing in common", pair)
		}
	}
}

// ownedAreas are the areas in cm² that passed from leaf to leaf, by the rule: the
// smallest code owns. In a slab, widths and nearly the density are linear, so two rows
// of Gauss–Legendre give its area.
func ownedAreas(a, b naive) map[[2]grid.Code]float64 {
	out := map[[2]grid.Code]float64{}
	var all []segment
	for _, n := range []naive{a, b} {
		for _, edges := range n.edges {
			all = append(all, edges...)
		}
	}
	var rows []*big.Rat
	seen := map[segment]bool{}
	all = slices.DeleteFunc(all, func(s segment) bool { again := seen[s]; seen[s] = true; return again })
	for i, e := range all {
		rows = append(rows, rat(e.a.y), rat(e.b.y))
		for _, f := range all[:i] {
			if _, y, ok := naiveCross(e, f); ok {
				rows = append(rows, y)
			}
		}
	}
	slices.SortFunc(rows, (*big.Rat).Cmp)
	rows = slices.CompactFunc(rows, func(x, y *big.Rat) bool { return x.Cmp(y) == 0 })
	for i := 1; i < len(rows); i++ {
		height := new(big.Rat).Sub(rows[i], rows[i-1])
		for _, part := range []*big.Rat{big.NewRat(211325, 1000000), big.NewRat(788675, 1000000)} {
			y := new(big.Rat).Mul(height, part)
			addRow(out, a, b, all, y.Add(y, rows[i-1]), new(big.Rat).Mul(height, big.NewRat(1, 2)))
		}
	}
	return out
}

// addRow adds the intervals of one row, as high as it says.
func addRow(out map[[2]grid.Code]float64, a, b naive, all []segment, y, height *big.Rat) {
	stops := crossingsOfRow(all, y)
	for k := 1; k < len(stops); k++ {
		width := new(big.Rat).Sub(stops[k], stops[k-1])
		if width.Sign() == 0 {
			continue
		}
		x := new(big.Rat).Add(stops[k], stops[k-1])
		x.Mul(x, big.NewRat(1, 2))
		if was, is := ownerAt(a, x, y), ownerAt(b, x, y); was != "" || is != "" {
			square, _ := width.Mul(width, height).Float64()
			lat, _ := y.Float64()
			out[[2]grid.Code{was, is}] += square * geodesy.Density(lat/1e7) * 1e-14 * 1e4
		}
	}
}

func ownerAt(n naive, x, y *big.Rat) grid.Code {
	best := grid.Code("")
	for code, edges := range n.edges {
		odd := false
		for _, c := range crossingsOfRow(edges, y) {
			odd = odd != (c.Cmp(x) <= 0)
		}
		if odd && (best == "" || code < best) {
			best = code
		}
	}
	return best
}
