package audit_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/audit"
	"github.com/gridgov/gridgov/grid/geofile"
)

// sumsOf are the Args of the Sum findings, by parent.
func sumsOf(t *testing.T, change func(units []grid.Unit)) map[grid.Code]string {
	units := made()
	change(units)
	out := map[grid.Code]string{}
	for _, f := range of(auditMade(t, units), audit.Sum) {
		out[f.Parent] += f.Severity.String() + " " + strings.Join(f.Args, " ") + ";"
	}
	return out
}

func TestSums(t *testing.T) {
	require.Empty(t, sumsOf(t, func([]grid.Unit) {}))
	// A unit without the count is what is below it: the blocks have none here.
	require.Equal(t, map[grid.Code]string{"S": "error households 4321 4320 0;"}, sumsOf(t, func(units []grid.Unit) {
		for _, b := range []grid.Code{"B00", "B01", "B10", "B11"} {
			unit(units, b).Counts = nil
		}
		unit(units, "G33").Counts["households"]++
	}))
	// A child without it: the sum may only lack that child, so it is a warning.
	require.Equal(t, map[grid.Code]string{"B00": "warning households 960 1080 1;"}, sumsOf(t, func(units []grid.Unit) {
		unit(units, "G00").Counts = nil
	}))
	// A count that no child has, and one that no parent has, cannot be compared.
	require.Empty(t, sumsOf(t, func(units []grid.Unit) {
		unit(units, "S").Counts["shops"] = 7
		unit(units, "G00").Counts["schools"] = 7
	}))
	// Sums beyond an int64 are sums, not what is left of them.
	require.Equal(t, map[grid.Code]string{"B00": "warning people 18446744073709551614 -2 7;"}, sumsOf(t, func(units []grid.Unit) {
		unit(units, "G00").Counts["people"] = math.MaxInt64
		unit(units, "G01").Counts["people"] = math.MaxInt64
		unit(units, "B00").Counts["people"] = -2 // what int64 would wrap to
	}))
}

func TestCodes(t *testing.T) {
	units := []grid.Unit{{Code: "440309006"}}
	for i := range 12 {
		code := grid.Code(fmt.Sprintf("4403090060%02d", i+1))
		box := square(west+i*100, south, 100, 100)
		units = append(units, grid.Unit{Code: code, Parent: "440309006", Level: 1, Boundary: box})
	}
	audited := func() *audit.Report { return audit.Audit(build(t, units, "街道", "社区"), audit.Options{}) }
	require.Empty(t, of(audited(), audit.Coded, audit.Prefix))

	units[3].Code = "440309007003" // of the street next door
	wrong := of(audited(), audit.Coded)
	require.Len(t, wrong, 1)
	require.Equal(t, []grid.Code{"440309007003"}, wrong[0].Units)
	require.Equal(t, audit.Error, wrong[0].Severity)
	require.Contains(t, wrong[0].Text("en"), "440309007003")
	require.Contains(t, wrong[0].Text("zh"), "440309007003")
	require.NotEqual(t, wrong[0].Text("zh"), wrong[0].Text("en"))

	units[3].Code = "X-3" // no division code, and the others have a habit
	odd := of(audited(), audit.Coded, audit.Prefix)
	require.Len(t, odd, 1)
	require.Equal(t, audit.Prefix, odd[0].Kind)
	require.Equal(t, []grid.Code{"X-3"}, odd[0].Units)

	units[4].Code, units[5].Code = "X-4", "X-5" // three in twelve: no habit
	require.Empty(t, of(audited(), audit.Prefix))
}

func TestMisplaced(t *testing.T) {
	cause := func(change func(units []grid.Unit)) string {
		units := made()
		change(units)
		var out []string
		for _, f := range of(auditMade(t, units), audit.Misplaced) {
			require.Equal(t, audit.Warning, f.Severity)
			out = append(out, string(f.Units[0])+" "+f.Args[0])
		}
		return strings.Join(out, ", ")
	}
	put := func(units []grid.Unit, c grid.Code, move func(p orb.Point) orb.Point) {
		for i, p := range unit(units, c).Boundary[0][0] {
			unit(units, c).Boundary[0][0][i] = move(p)
		}
	}
	require.Empty(t, cause(func([]grid.Unit) {}))
	require.Equal(t, "G22 far", cause(func(units []grid.Unit) {
		put(units, "G22", func(p orb.Point) orb.Point { return orb.Point{p[0] + 2, p[1]} })
	}))
	require.Equal(t, "G22 null-island", cause(func(units []grid.Unit) {
		put(units, "G22", func(p orb.Point) orb.Point { return orb.Point{p[0] - 114.05, p[1] - 22.7} })
	}))
	// Shenzhen swapped is beyond the pole, which Build refuses; Europe is not.
	require.Equal(t, "G22 swapped", cause(func(units []grid.Unit) {
		for i := range units {
			put(units, units[i].Code, func(p orb.Point) orb.Point { return orb.Point{p[0] - 100, p[1] + 20} })
		}
		put(units, "G22", func(p orb.Point) orb.Point { return orb.Point{p[1], p[0]} })
	}))
}

func TestSlivers(t *testing.T) {
	strip := func(width int) *audit.Report {
		return audit.Audit(build(t, []grid.Unit{{Code: "A", Boundary: square(west, south, 10_000, width)}}, "网格"), audit.Options{})
	}
	r := strip(150) // 1.66 m
	require.Len(t, r.Findings, 1)
	f := r.Findings[0]
	require.Equal(t, audit.Sliver, f.Kind)
	near(t, 1.66, f.WidthMeters, 0.01, "width")
	near(t, 170.7, f.SquareMeters, 0.5, "m²")
	require.True(t, f.Inside)
	require.Empty(t, strip(200).Findings) // 2.2 m
	m := build(t, made(), madeLevels...)
	require.Len(t, of(audit.Audit(m, audit.Options{UnitMeters: 500}), audit.Sliver), 36)
}

func TestSingleBoundaries(t *testing.T) {
	units := made()
	b := unit(units, "B00")
	b.Boundary = nil // hollow: its grids stand for it
	g := unit(units, "G55")
	ring := g.Boundary[0][0] // a spike: out and back again
	g.Boundary[0][0] = append(ring, ring[0], at(west+5*side+4000, south+5*side+4000))
	r := auditMade(t, units)
	require.NotEmpty(t, of(r, audit.Fold))
	hollow := of(r, audit.Hollow)
	require.Len(t, hollow, 1)
	require.Equal(t, audit.Note, hollow[0].Severity)
	require.Equal(t, "B00 has units below it and no boundary of its own", hollow[0].Text("en"))
	require.True(t, r.Complete(), "%v", r.Findings)
	require.False(t, r.Proved("B00"))
	require.True(t, r.Proved("S"))

	flat := []grid.Unit{{Code: "A", Boundary: orb.MultiPolygon{{{at(0, 0), at(10, 0), at(20, 0), at(0, 0)}}}}}
	r = audit.Audit(build(t, flat, "网格"), audit.Options{})
	require.Len(t, of(r, audit.Empty), 1)
}

func TestHoles(t *testing.T) {
	ring := func(skip int) (units []grid.Unit) { // eight boxes round a ninth
		for i := range 9 {
			if i != 4 && i != skip {
				units = append(units, grid.Unit{Code: grid.Code(fmt.Sprint("U", i)), Boundary: square(west+i%3*1000, south+i/3*1000, 1000, 1000)})
			}
		}
		return units
	}
	r := audit.Audit(build(t, ring(-1), "街道"), audit.Options{})
	holes := of(r, audit.Hole)
	require.Len(t, holes, 1)
	require.Equal(t, []grid.Code{"U1", "U3", "U5", "U7"}, holes[0].Units)
	require.Equal(t, audit.Warning, holes[0].Severity)
	near(t, 10.27*11.07, holes[0].SquareMeters, 0.5, "m²")
	require.True(t, r.Complete(), "a hole is in no unit")
	require.Empty(t, of(audit.Audit(build(t, ring(7), "街道"), audit.Options{}), audit.Hole), "open to the outside")

	own := []grid.Unit{{Code: "A", Boundary: orb.MultiPolygon{{square(west, south, 3000, 3000)[0][0], square(west+1000, south+1000, 9, 9)[0][0]}}}}
	require.Empty(t, of(audit.Audit(build(t, own, "街道"), audit.Options{}), audit.Hole), "drawn by the unit itself")
}

// Every kind has both texts, each takes its arguments, and none is left over.
func TestTexts(t *testing.T) {
	known := map[string]bool{}
	for _, k := range audit.Kinds {
		f := audit.Finding{
			Kind: k, Units: []grid.Code{"A", "B"}, Parent: "P", In: []grid.Code{"Q"}, At: orb.Point{114.05, 22.71}, HasAt: true,
			SquareMeters: 12.345, WidthMeters: 0.001, Geometry: make(orb.MultiPolygon, 3), Args: []string{"one", "two", "three", "four"},
		}
		if k == audit.Misplaced {
			f.Args = []string{"swapped"}
		}
		for _, lang := range []string{"en", "zh"} {
			text := f.Text(lang)
			require.NotContains(t, text, "{", k)
			require.NotEqual(t, string(k), strings.Fields(text)[0], "no text")
		}
		require.NotEqual(t, f.Text("en"), f.Text("zh"))
		known[string(k)] = true
	}
	for code, texts := range audit.Catalogues[0] {
		require.True(t, known[code], code)
		require.NotEqual(t, texts[0], texts[1])
	}
	many := audit.Finding{Kind: audit.Overlap, Units: slices.Repeat([]grid.Code{"U"}, 10)}
	require.Contains(t, many.Text("en"), "U, U and 2 more")
	require.Equal(t, "error warning note unknown", fmt.Sprint(audit.Error, " ", audit.Warning, " ", audit.Note, " ", audit.Severity(9)))
}

// The written findings read back, with the same polygons.
func TestWriteGeoJSON(t *testing.T) {
	r := audit.Audit(boston(t), audit.Options{})
	var b, again bytes.Buffer
	require.NoError(t, r.WriteGeoJSON(&b))
	require.NoError(t, r.WriteGeoJSON(&again))
	require.Equal(t, b.Bytes(), again.Bytes())
	features, err := geofile.Decode("findings.geojson", &b, geofile.Options{})
	require.NoError(t, err)
	require.Len(t, features, len(r.Findings))
	for i, f := range features {
		want := r.Findings[i]
		require.Empty(t, cmp.Diff([]orb.Polygon(want.Geometry), []orb.Polygon(f.Polygons)))
		kind, _ := f.Lookup("kind")
		zh, _ := f.Lookup("zh")
		require.Equal(t, []string{string(want.Kind), want.Text("zh")}, []string{kind.Value.Text, zh.Value.Text})
		require.Equal(t, want.HasAt && len(want.Geometry) == 0, len(f.Points) == 1)
	}
}

func TestNoMap(t *testing.T) {
	for _, m := range []*grid.Map{nil, {}, build(t, nil, "网格")} {
		r := audit.Audit(m, audit.Options{})
		require.Empty(t, r.Findings)
		require.True(t, r.Complete())
		require.Zero(t, r.Certificate.Leaves)
	}
}

// More findings than are listed are counted; the totals have them all.
func TestFindingsAreCapped(t *testing.T) {
	var units []grid.Unit
	for i := range audit.FindingsMax + 7 {
		units = append(units, grid.Unit{Code: grid.Code(fmt.Sprintf("U%05d", i)), Boundary: square(i%200*1000, i/200*1000, 100, 100)})
	}
	r := audit.Audit(build(t, units, "网格"), audit.Options{})
	require.Len(t, r.Findings, audit.FindingsMax)
	require.Equal(t, 7, r.Left)
	require.Equal(t, []audit.Total{{Kind: audit.Sliver, Warnings: audit.FindingsMax + 7, SquareMeters: r.Totals[0].SquareMeters}}, r.Totals)
	require.True(t, r.Complete())
}
