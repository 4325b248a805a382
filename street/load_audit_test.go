package street_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/street"
)

func audited(t *testing.T, folder fstest.MapFS) *street.Folder {
	t.Helper()
	asked := options
	asked.Audit = true
	f, err := street.Load(folder, asked)
	require.NoError(t, err)
	require.NotNil(t, f.Audit)
	return f
}

// between are the findings of the audit among f's.
func between(f *street.Folder) []street.Finding {
	var list []street.Finding
	for _, x := range f.Findings {
		if strings.HasPrefix(x.Code, "area.") || x.Code == "audit-more" {
			list = append(list, x)
		}
	}
	return list
}

func TestCleanAreasAreProved(t *testing.T) {
	f := audited(t, smallFolder())
	require.Empty(t, f.Findings)
	require.True(t, f.Audit.Complete())
	require.Contains(t, f.Audit.Certificate.Text("en"), "exactly one of its 2 leaves")
	f, err := street.Load(smallFolder(), options)
	require.NoError(t, err)
	require.Nil(t, f.Audit, "only when asked")
}

// TestDefectsBetweenAreas plants one defect each, a strip of 0.0001 by 0.02
// degrees, some 10.3 m by 2,215 m.
func TestDefectsBetweenAreas(t *testing.T) {
	for name, c := range map[string]struct {
		old, new, code, place string
		unit                  street.Code
	}{
		"overlap": {"[114.02,22.70],[114.02,22.72],[114,22.72]", "[114.0201,22.70],[114.0201,22.72],[114,22.72]", "area.overlap", "areas/grid.geojson:2:1", "G1"},
		"gap":     {"[[[114.02,22.70],[114.04,22.70],[114.04,22.72],[114.02,22.72],[114.02,22.70]]]", "[[[114.0201,22.70],[114.04,22.70],[114.04,22.72],[114.0201,22.72],[114.0201,22.70]]]", "area.uncovered", "areas/grid.geojson:2:1", "G1"},
		"outside": {"[114.04,22.70],[114.04,22.72]", "[114.0401,22.70],[114.0401,22.72]", "area.outside", "areas/grid.geojson:3:1", "G2"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := smallFolder()
			edit(folder, "areas/grid.geojson", c.old, c.new)
			f, err := street.Load(folder, options)
			require.NoError(t, err)
			require.Empty(t, f.Findings, "not looked for unless asked")

			f = audited(t, folder)
			require.False(t, f.Audit.Complete())
			list := between(f)
			require.Len(t, list, 1, "%v", list)
			x := list[0]
			require.Equal(t, street.Warning, x.Level)
			require.Equal(t, c.code, x.Code)
			require.Equal(t, c.place, x.Place())
			require.Equal(t, c.unit, x.Unit)
			require.InEpsilon(t, 10.28*2215, x.SquareMeters, 0.01)
			require.True(t, x.HasAt)
			require.InDelta(t, 22.71, x.At[1], 0.01)
			require.Contains(t, x.Text("en"), "m²")
			require.Contains(t, x.Text("zh"), "平方米")

			edit(folder, "street.json", `"format": 1,`, `"format": 1, "strict": true,`)
			f, err = street.Load(folder, options)
			require.NoError(t, err, "a street with overlaps loads, strict or not")
			require.NotNil(t, f.Audit, "strict asks for it")
			list = between(f)
			require.Len(t, list, 1)
			require.Equal(t, street.Error, list[0].Level)
		})
	}
}

// TestThinDefectsOnlyWarn: less than a surveyor's tolerance is no error even of a
// strict street.
func TestThinDefectsOnlyWarn(t *testing.T) {
	folder := smallFolder()
	edit(folder, "areas/grid.geojson", "[114.02,22.70],[114.02,22.72],[114,22.72]", "[114.020001,22.70],[114.020001,22.72],[114,22.72]")
	edit(folder, "street.json", `"format": 1,`, `"format": 1, "strict": true,`)
	f := audited(t, folder)
	require.Len(t, between(f), 1)
	require.Equal(t, street.Warning, between(f)[0].Level)
}

// TestCountsAreToldOnce: the loader and the audit both add counts up.
func TestCountsAreToldOnce(t *testing.T) {
	folder := smallFolder()
	edit(folder, "street.json", `"format": 1,`, `"format": 1, "counts": ["households"],`)
	edit(folder, "areas/community.geojson", `"code":"NH"`, `"code":"NH","households":10`)
	edit(folder, "areas/grid.geojson", `"code":"G1"`, `"code":"G1","households":4`)
	edit(folder, "areas/grid.geojson", `"code":"G2"`, `"code":"G2","households":5`)
	f := audited(t, folder)
	require.Len(t, f.Findings, 1, "%v", f.Findings)
	require.Equal(t, "counts", f.Findings[0].Code)
	require.NotEmpty(t, f.Audit.Totals, "the audit knows it too")
}

// TestTheWorstDefectsAreListed makes more overlaps than are listed, each wider
// than the one before.
func TestTheWorstDefectsAreListed(t *testing.T) {
	const units = 2 * (street.AuditFindingsMax + 20)
	var features []string
	for i := range units {
		south := 22.70 + float64(i)*0.0001
		north := south + 0.0001
		if i%2 == 0 {
			north += 0.00001 + float64(i)*1e-7
		}
		features = append(features, fmt.Sprintf(`{"type":"Feature","properties":{"code":"U%03d"},"geometry":{"type":"Polygon","coordinates":[[[114,%.7f],[114.01,%.7f],[114.01,%.7f],[114,%.7f],[114,%.7f]]]}}`, i, south, south, north, north, south))
	}
	folder := fstest.MapFS{}
	set(folder, "street.json", `{"format": 1, "name": "n", "time_zone": "UTC", "levels": [{"name": "a", "file": "a.geojson"}]}`)
	set(folder, "a.geojson", `{"type":"FeatureCollection","features":[`+strings.Join(features, ",\n")+`]}`)
	f := audited(t, folder)
	list := between(f)
	require.Len(t, list, street.AuditFindingsMax+1)
	require.Equal(t, "audit-more", list[0].Code)
	require.Equal(t, []string{"20", fmt.Sprint(units / 2)}, list[0].Args)
	for _, x := range list[1:] {
		require.Equal(t, "area.overlap", x.Code)
		require.GreaterOrEqual(t, string(x.Unit), "U040", "the 20 smallest are left out")
	}
}

// TestFindingsOfBuildAreToldOnce: a hole that rounding closes is found when the map
// is built, and known to the audit.
func TestFindingsOfBuildAreToldOnce(t *testing.T) {
	folder := smallFolder()
	edit(folder, "areas/grid.geojson", "[114,22.70]]]", "[114,22.70]],[[114.01,22.71],[114.01,22.71000001],[114.01000001,22.71],[114.01,22.71]]]")
	f := audited(t, folder)
	require.Len(t, f.Findings, 1, "%v", f.Findings)
	require.Equal(t, "collapsed", f.Findings[0].Code)
	require.NotEmpty(t, f.Audit.Totals, "the audit knows it too")
}
