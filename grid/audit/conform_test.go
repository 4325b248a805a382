package audit_test

import (
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/audit"
	"github.com/gridgov/gridgov/grid/crs"
)

// Areas that are exact in a Gauss-Krüger plane, with a corner of one along the
// edge of another, part by centimetres when they are converted; conformed, they
// are proved again.
func TestConformedAreasAreProved(t *testing.T) {
	system, err := crs.Find("EPSG:4547")
	require.NoError(t, err)
	box := func(x0, y0, x1, y1 float64) orb.MultiPolygon {
		var ring orb.Ring
		for _, p := range []orb.Point{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}} {
			at, err := system.ToWGS84(orb.Point{504_000 + p[0], 2_514_000 + p[1]})
			require.NoError(t, err)
			ring = append(ring, at)
		}
		return orb.MultiPolygon{{ring}}
	}
	units := []grid.Unit{
		{Code: "s", Boundary: box(0, 0, 800, 800)},
		{Code: "s1", Parent: "s", Level: 1, Boundary: box(0, 0, 800, 370)},
		{Code: "s2", Parent: "s", Level: 1, Boundary: box(0, 370, 430, 800)},
		{Code: "s3", Parent: "s", Level: 1, Boundary: box(430, 370, 800, 800)},
	}
	options := grid.Options{Levels: []string{"社区", "网格"}}
	m, err := grid.Build(units, options)
	require.NoError(t, err)
	require.False(t, audit.Audit(m, audit.Options{}).Complete(), "nothing to mend")
	conformed, added := grid.Conform(units, 0.05)
	require.Positive(t, added)
	m, err = grid.Build(conformed, options)
	require.NoError(t, err)
	report := audit.Audit(m, audit.Options{})
	require.True(t, report.Complete(), "%v", report.Findings)
}
