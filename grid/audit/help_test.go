package audit_test

import (
	"compress/gzip"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/audit"
	"github.com/gridgov/gridgov/grid/geofile"
)

// load reads one file a level, outermost first.
func load(t testing.TB, dir string, files ...string) []grid.Unit {
	t.Helper()
	var units []grid.Unit
	for level, name := range files {
		units = append(units, loadLevel(t, filepath.Join(dir, name+".geojson.gz"), level)...)
	}
	return units
}

func loadLevel(t testing.TB, path string, level int) []grid.Unit {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	require.NoError(t, err)
	features, err := geofile.Decode(path, z, geofile.Options{})
	require.NoError(t, err)
	units, err := geofile.Units(features, level, geofile.UnitOptions{})
	require.NoError(t, err)
	return units
}

func build(t testing.TB, units []grid.Unit, levels ...string) *grid.Map {
	t.Helper()
	m, err := grid.Build(units, grid.Options{Levels: levels})
	require.NoError(t, err)
	return m
}

// of are the findings of a kind.
func of(r *audit.Report, kinds ...audit.Kind) []audit.Finding {
	var out []audit.Finding
	for _, f := range r.Findings {
		for _, k := range kinds {
			if f.Kind == k {
				out = append(out, f)
			}
		}
	}
	return out
}

// total is the area of all findings of a kind.
func total(r *audit.Report, kind audit.Kind) float64 {
	for _, t := range r.Totals {
		if t.Kind == kind {
			return t.SquareMeters
		}
	}
	return 0
}

// ownership is the kinds that say that a place has no or several owners.
var ownership = []audit.Kind{audit.Overlap, audit.Across, audit.Gap, audit.Uncovered, audit.Outside, audit.Hole, audit.Tangled}

// The made area: a subdistrict of 2 × 2 blocks, each of 3 × 3 grids about 100 m
// wide, at Guanlan. One unit is 1.11 cm northwards and 1.03 cm eastwards there.
const (
	west, south = 1140_400_000, 227_000_000
	side        = 9_000
)

// corner is the place of lattice point i, j; inner ones are moved a little, so
// that edges are slanted.
func corner(i, j int) orb.Point {
	x, y := west+i*side, south+j*side
	if i > 0 && i < 6 && j > 0 && j < 6 {
		x, y = x+(i*37+j*53)%400-200, y+(i*71+j*29)%400-200
	}
	return at(x, y)
}

func at(x, y int) orb.Point { return orb.Point{float64(x) / 1e7, float64(y) / 1e7} }

// made is the clean made area. The grid at column i and row j is G<i><j>.
func made() []grid.Unit {
	outline := func(i, j, w int) orb.MultiPolygon {
		var ring orb.Ring
		for k := range w {
			ring = append(ring, corner(i+k, j))
		}
		for k := range w {
			ring = append(ring, corner(i+w, j+k))
		}
		for k := range w {
			ring = append(ring, corner(i+w-k, j+w))
		}
		for k := range w {
			ring = append(ring, corner(i, j+w-k))
		}
		return orb.MultiPolygon{{ring}}
	}
	units := []grid.Unit{{Code: "S", Boundary: outline(0, 0, 6), Counts: map[string]int64{"households": 36 * 120}}}
	for i := range 6 {
		for j := range 6 {
			block := grid.Code(fmt.Sprintf("B%d%d", i/3, j/3))
			if i%3 == 0 && j%3 == 0 {
				units = append(units, grid.Unit{
					Code: block, Parent: "S", Level: 1, Boundary: outline(i, j, 3),
					Counts: map[string]int64{"households": 9 * 120},
				})
			}
			units = append(units, grid.Unit{
				Code: grid.Code(fmt.Sprintf("G%d%d", i, j)), Parent: block, Level: 2, Boundary: outline(i, j, 1),
				Counts: map[string]int64{"households": 120},
			})
		}
	}
	return units
}

var madeLevels = []string{"街道", "街区", "网格"}

func auditMade(t *testing.T, units []grid.Unit) *audit.Report {
	t.Helper()
	return audit.Audit(build(t, units, madeLevels...), audit.Options{})
}

// unit is the unit with a code.
func unit(units []grid.Unit, c grid.Code) *grid.Unit {
	for i := range units {
		if units[i].Code == c {
			return &units[i]
		}
	}
	panic(c)
}

// flat is an area in square units of 1e-7 degree, as in a plane, relative to the
// first place so that little is lost.
func flat(region orb.MultiPolygon) float64 {
	sum := 0.0
	for _, polygon := range region {
		for _, ring := range polygon {
			o := ring[0]
			for i, a := range ring {
				b := ring[(i+1)%len(ring)]
				sum += ((a[0]-o[0])*(b[1]-o[1]) - (b[0]-o[0])*(a[1]-o[1])) / 2 * 1e14
			}
		}
	}
	return sum
}

func near(t testing.TB, want, got, tolerance float64, what string) {
	t.Helper()
	require.False(t, math.Abs(want-got) > tolerance, "%s: want %g, got %g", what, want, got)
}
