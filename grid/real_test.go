package grid_test

import (
	"compress/gzip"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/geofile"
)

var (
	realAreas  = flag.String("areas", "", "GeoJSON files of leaves, plain or gzip, separated by commas: TestRealAreas compares the ways to find owners on them")
	realPoints = flag.Int("points", 1_000_000, "points that TestRealAreas asks of each file and of each synthetic tiling")
)

// TestRealAreas compares the cell index with the R-tree path on many points, and
// both with a scan of all leaves on one point in a thousand. Real boundaries are
// given by path: go test ./grid -run RealAreas -areas a.geojson.gz -points 10000000.
func TestRealAreas(t *testing.T) {
	points := *realPoints
	if *realAreas == "" {
		points = 40_000
	}
	for _, n := range []int{10, 71} {
		units := wavy(n)
		compareOwners(t, "wavy", units, points)
	}
	if *realAreas == "" {
		t.Log("no -areas given: synthetic tilings only")
		return
	}
	for _, name := range strings.Split(*realAreas, ",") {
		compareOwners(t, name, readAreas(t, name), points)
	}
}

func readAreas(t *testing.T, name string) []grid.Unit {
	file, err := os.Open(name)
	require.NoError(t, err)
	defer file.Close()
	var r io.Reader = file
	if strings.HasSuffix(name, ".gz") {
		r, err = gzip.NewReader(file)
		require.NoError(t, err)
	}
	features, err := geofile.Decode(name, r, geofile.Options{})
	require.NoError(t, err)
	units, err := geofile.Units(features, 0, geofile.UnitOptions{})
	require.NoError(t, err)
	return units
}

func compareOwners(t *testing.T, name string, units []grid.Unit, points int) {
	m, err := grid.Build(units, grid.Options{Levels: []string{"网格"}})
	require.NoError(t, err)
	edges := make([][]segment, len(units))
	for i, u := range units {
		edges[i] = naiveEdges(u)
	}
	scan := func(p orb.Point) (owner grid.Code) {
		s, _ := naiveSnap(p)
		for i, u := range units {
			if (owner == "" || u.Code < owner) && scanHolds(edges[i], s) {
				owner = u.Code
			}
		}
		return owner
	}
	var vertices []orb.Point
	var rings []orb.Ring
	bound := units[0].Boundary.Bound()
	for _, u := range units {
		bound = bound.Union(u.Boundary.Bound())
		for _, polygon := range u.Boundary {
			for _, ring := range polygon {
				vertices = append(vertices, ring...)
				rings = append(rings, ring)
			}
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	in := func(low, high float64) float64 { return low + random.Float64()*(high-low) }
	shift := func() float64 { return float64(random.IntN(5)-2) / 1e7 }
	batch := make([]orb.Point, 0, 4096)
	var found []grid.Ref
	start, owned, scanned := time.Now(), 0, 0
	for i := range points {
		var p orb.Point
		switch i % 4 {
		case 0:
			p = orb.Point{in(bound.Min[0], bound.Max[0]), in(bound.Min[1], bound.Max[1])}
		case 1: // a vertex
			p = vertices[random.IntN(len(vertices))]
		case 2: // on an edge, as near as may be
			ring := rings[random.IntN(len(rings))]
			k := random.IntN(len(ring))
			a, b, f := ring[k], ring[(k+1)%len(ring)], random.Float64()
			p = orb.Point{a[0] + f*(b[0]-a[0]), a[1] + f*(b[1]-a[1])}
		case 3: // beside a vertex
			v := vertices[random.IntN(len(vertices))]
			p = orb.Point{v[0] + shift(), v[1] + shift()}
		}
		if batch = append(batch, p); len(batch) < cap(batch) && i+1 < points {
			continue
		}
		found = m.LocateAll(batch, found)
		for k, p := range batch {
			r, ok := m.Locate(p)
			if r != found[k] || ok != (r != 0) || r != grid.OwnerByTree(m, p) {
				t.Fatalf("%s: at %v Locate says %v, LocateAll %v, the tree %v", name, p, r, found[k], grid.OwnerByTree(m, p))
			}
			if ok {
				owned++
			}
			if k%1000 == 0 {
				scanned++
				require.Equal(t, scan(p), m.Info(r).Code, "%s: %v", name, p)
			}
		}
		batch = batch[:0]
	}
	t.Logf("%s: %d leaves, %d points, %d owned, %d scanned, %v", name, m.LeafCount(), points, owned, scanned, time.Since(start).Round(time.Millisecond))
	require.Greater(t, owned, points/10)
}
