package audit_test

import (
	"testing"

	"github.com/peterstace/simplefeatures/geom"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/audit"
)

// simplefeatures, which clips in floating point, agrees on every overlapping pair
// of Boston's precincts and of Metro Manila's barangays.
func TestAgreesWithSimplefeatures(t *testing.T) {
	for _, c := range []struct {
		m     *grid.Map
		level int
	}{
		{boston(t), 1},
		{build(t, load(t, "testdata", manila...), manila...), 2},
	} {
		r := audit.Audit(c.m, audit.Options{})
		got := map[[2]grid.Code]float64{}
		for _, f := range of(r, audit.Overlap, audit.Across) {
			for i, a := range f.Units {
				for _, b := range f.Units[:i] {
					got[[2]grid.Code{b, a}] += flat(f.Geometry)
				}
			}
		}
		var refs []grid.Ref
		var shapes []geom.Geometry
		for ref := range c.m.All() {
			if c.m.Info(ref).Level == c.level {
				refs = append(refs, ref)
				shapes = append(shapes, region(t, c.m, ref))
			}
		}
		compared := 0
		for i, a := range refs {
			for k, b := range refs[:i] {
				if !c.m.Boundary(a).Bound().Intersects(c.m.Boundary(b).Bound()) {
					continue
				}
				both, err := geom.Intersection(shapes[i], shapes[k])
				require.NoError(t, err)
				key := [2]grid.Code{min(c.m.Info(a).Code, c.m.Info(b).Code), max(c.m.Info(a).Code, c.m.Info(b).Code)}
				area := both.Area()
				near(t, area, got[key], 1e-6*area+20, string(key[0]+" "+key[1])) // 20 units² are 25 cm²
				compared++
			}
		}
		require.Greater(t, compared, 500)
	}
}

// region is a unit as simplefeatures has it, in units from the map's first place.
// A boundary that touches itself is no valid polygon there: rings are joined one
// by one.
func region(t *testing.T, m *grid.Map, r grid.Ref) geom.Geometry {
	origin := m.Boundary(1)[0][0][0]
	var whole geom.Geometry
	for i, polygon := range m.Boundary(r) {
		var rings [][]geom.XY
		for _, ring := range polygon {
			var line []geom.XY
			for _, p := range ring {
				line = append(line, geom.XY{X: (p[0] - origin[0]) * 1e7, Y: (p[1] - origin[1]) * 1e7})
			}
			rings = append(rings, line)
		}
		one := polygonOf(rings)
		if i == 0 {
			whole = one
			continue
		}
		var err error
		whole, err = geom.SymmetricDifference(whole, one)
		require.NoError(t, err)
	}
	return whole
}

func polygonOf(rings [][]geom.XY) geom.Geometry {
	var lines []geom.LineString
	for _, ring := range rings {
		var flat []float64
		for _, p := range ring {
			flat = append(flat, p.X, p.Y)
		}
		lines = append(lines, geom.NewLineString(geom.NewSequence(flat, geom.DimXY)))
	}
	return geom.NewPolygon(lines).AsGeometry()
}
