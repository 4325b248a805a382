package audit_test

import (
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/audit"
)

var (
	manchester = []string{"uk_manchester_msoa", "uk_manchester_lsoa", "uk_manchester_oa"}
	manila     = []string{"ph_ncr_province", "ph_ncr_municity", "ph_ncr_barangay"}
)

func boston(t testing.TB) *grid.Map {
	return build(t, load(t, "../../examples/street/places/boston/areas", "ward", "precinct"), "ward", "precinct")
}

// pairs are the overlaps of two units of the same level, in m², by codes.
func pairs(m *grid.Map, r *audit.Report, level int) map[[2]grid.Code]float64 {
	out := map[[2]grid.Code]float64{}
	for _, f := range of(r, audit.Overlap, audit.Across) {
		for i, a := range f.Units {
			for _, b := range f.Units[:i] {
				one, _ := m.Lookup(a)
				two, _ := m.Lookup(b)
				if m.Info(one).Level == level && m.Info(two).Level == level {
					out[[2]grid.Code{b, a}] += f.SquareMeters
				}
			}
		}
	}
	return out
}

// over counts and adds up the pairs that share at least 1 m².
func over(pairs map[[2]grid.Code]float64) (n int, sum float64) {
	for _, area := range pairs {
		if area >= 1 {
			n, sum = n+1, sum+area
		}
	}
	return n, sum
}

// Another tool counted 44 overlaps of precincts, the worst 0113 with 0114: those
// of a square metre and more. There are 19 smaller ones.
func TestBoston(t *testing.T) {
	m := boston(t)
	r := audit.Audit(m, audit.Options{})
	require.Zero(t, r.Left)
	found := pairs(m, r, 1)
	n, sum := over(found)
	require.Equal(t, 44, n)
	near(t, 2689, sum, 1, "m²")
	require.Len(t, found, 63)
	worst := found[[2]grid.Code{"0113", "0114"}]
	near(t, 955.07, worst, 0.01, "m²")
	for _, area := range found {
		require.LessOrEqual(t, area, worst)
	}
	// 1.6 % of the precincts' area is outside their ward, most of it harbour.
	precincts := r.Certificate.LevelSquareMeters[1]
	near(t, 0.0158, total(r, audit.Outside)/precincts, 0.0003, "share outside")
	require.Empty(t, of(r, audit.Tangled))
	require.False(t, r.Complete())
}

// Another tool counted 13 overlapping pairs of cities and 178 of barangays, and
// 10 barangays with their inner point outside their city.
func TestManila(t *testing.T) {
	m := build(t, load(t, "testdata", manila...), manila...)
	r := audit.Audit(m, audit.Options{})
	require.Zero(t, r.Left)
	cities, _ := over(pairs(m, r, 1))
	barangays, _ := over(pairs(m, r, 2))
	require.Equal(t, [2]int{13, 178}, [2]int{cities, barangays})
	require.Len(t, pairs(m, r, 2), 182, "with those under a square metre")

	var childless []grid.Code
	for _, f := range of(r, audit.Childless) {
		childless = append(childless, f.Units...)
	}
	require.Equal(t, []grid.Code{"1380600000"}, childless, "City of Manila")

	// The ten belong to Taguig by their parent, to Makati by the cities' borders.
	outside := map[grid.Code]float64{}
	for _, f := range of(r, audit.Outside) {
		outside[f.Units[0]] += flat(f.Geometry)
	}
	var moved []grid.Code
	for ref := range m.Leaves(0) {
		if c := m.Info(ref).Code; outside[c] > 0.5*math.Abs(flat(m.Boundary(ref))) {
			moved = append(moved, c)
		}
	}
	require.Equal(t, []grid.Code{
		"1381500029", "1381500030", "1381500031", "1381500032", "1381500033",
		"1381500034", "1381500035", "1381500036", "1381500037", "1381500038",
	}, moved)
	for _, f := range of(r, audit.Outside) {
		if slices.Contains(moved, f.Units[0]) && !f.Thin {
			require.Equal(t, []grid.Code{"1380300000"}, f.In)
			owner, ok := m.Locate(f.At)
			require.True(t, ok && m.Info(owner).Code == f.Units[0])
		}
	}
	require.Empty(t, of(r, audit.Tangled))
}

// Manchester's levels nest but for three vertices that were rounded differently
// in two files: between four of the 282 middle areas and their parts lie 14 m²,
// nowhere wider than 5 cm.
func TestManchester(t *testing.T) {
	m := build(t, load(t, "testdata", manchester...), manchester...)
	r := audit.Audit(m, audit.Options{})
	c := r.Certificate
	require.Equal(t, [4]int{339, 335, 1530, 0}, [4]int{c.Families, c.FamiliesProved, c.Leaves, c.Errors})
	require.Equal(t, []grid.Code{"E01005180", "E01005184", "E01005205", "E01005207"}, r.Unproved())
	for _, f := range of(r, ownership...) {
		require.True(t, f.Thin && f.WidthMeters < 0.06, f.Text("en"))
	}
	near(t, 13.87, total(r, audit.Outside), 0.01, "m²")
	near(t, 13.87, total(r, audit.Uncovered), 0.01, "m²")
	near(t, c.LevelSquareMeters[0], c.LevelSquareMeters[2], 1e-3, "all of it is covered")
}

// What is planted in real data is found beside what was there.
func TestManchesterPlanted(t *testing.T) {
	units := load(t, "testdata", manchester...)
	before := audit.Audit(build(t, units, manchester...), audit.Options{})
	leaf, other := unit(units, "E00025604"), unit(units, "E00026000")
	home, far := leaf.Parent, other.Parent
	require.NotEqual(t, home, far)
	leaf.Parent, other.Parent = far, home // two children change places
	m := build(t, units, manchester...)
	after := audit.Audit(m, audit.Options{})
	require.Len(t, after.Unproved(), len(before.Unproved())+2)
	require.Equal(t, before.Certificate.Errors+4, after.Certificate.Errors)
	for _, f := range after.Findings[:4] {
		if f.Kind == audit.Outside {
			want := map[grid.Code]grid.Code{leaf.Code: home, other.Code: far}[f.Units[0]]
			require.Equal(t, []grid.Code{want}, f.In)
			ref, _ := m.Lookup(f.Units[0])
			near(t, math.Abs(flat(m.Boundary(ref))), flat(f.Geometry), 1, "all of it")
		}
	}

	// An islet of one square metre in a neighbour: 90 units by 151 at 53.46° north.
	units = load(t, "testdata", manchester...)
	leaf = unit(units, "E00025604")
	p, _ := insideOf(t, units, "E00026000")
	x, y := int(p[0]*1e7), int(p[1]*1e7)
	leaf.Boundary = append(leaf.Boundary, square(x, y, 151, 90)[0])
	after = audit.Audit(build(t, units, manchester...), audit.Options{})
	found := of(after, audit.Across)
	require.Len(t, found, 1)
	require.Equal(t, []grid.Code{"E00025604", "E00026000"}, found[0].Units)
	near(t, 1, found[0].SquareMeters, 0.01, "m²")
	require.True(t, found[0].Geometry.Bound().Contains(found[0].At))
	out := of(after, audit.Outside)[0]
	require.Equal(t, []grid.Code{"E00025604"}, out.Units)
	near(t, 1, out.SquareMeters, 0.01, "m²")
}

// insideOf is a place well inside a unit: the middle of a vertex and one far
// from it, if the map says that the unit owns it.
func insideOf(t *testing.T, units []grid.Unit, c grid.Code) (orb.Point, bool) {
	m := build(t, units, manchester...)
	ref, _ := m.Lookup(c)
	ring := m.Boundary(ref)[0][0]
	for i := range ring {
		for k := len(ring) / 2; k > 0; k-- {
			q := ring[(i+k)%len(ring)]
			p := orb.Point{(ring[i][0] + q[0]) / 2, (ring[i][1] + q[1]) / 2}
			owned := true
			for _, d := range []orb.Point{{-3e-5, -3e-5}, {3e-5, -3e-5}, {-3e-5, 3e-5}, {3e-5, 3e-5}, {}} {
				owner, _ := m.Locate(orb.Point{p[0] + d[0], p[1] + d[1]})
				owned = owned && owner == ref
			}
			if owned {
				return p, true
			}
		}
	}
	require.Fail(t, "no place inside")
	return orb.Point{}, false
}

// London's 25,053 leaves are too many to ship: GRIDGOV_LONDON names a folder with
// uk_london_{msoa,lsoa,oa}.geojson.gz.
func TestLondon(t *testing.T) {
	dir := os.Getenv("GRIDGOV_LONDON")
	if dir == "" {
		t.Skip("set GRIDGOV_LONDON to a folder with uk_london_{msoa,lsoa,oa}.geojson.gz")
	}
	var files []string
	for _, f := range manchester {
		files = append(files, strings.ReplaceAll(f, "manchester", "london"))
	}
	m := build(t, load(t, dir, files...), files...)
	start := time.Now()
	r := audit.Audit(m, audit.Options{})
	t.Log(time.Since(start), r.Certificate.Text("en"))
	c := r.Certificate
	require.Equal(t, [3]int{5818, 5648, 25_053}, [3]int{c.Families, c.FamiliesProved, c.Leaves})
	require.Zero(t, c.Errors)
	for _, f := range of(r, ownership...) {
		require.True(t, f.Thin, f.Text("en"))
	}
}
