package audit_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/audit"
)

func TestMadeIsClean(t *testing.T) {
	r := auditMade(t, made())
	require.Empty(t, r.Findings)
	require.True(t, r.Complete())
	require.Empty(t, r.Unproved())
	for _, parent := range []grid.Code{"S", "B00", "B01", "B10", "B11"} {
		require.True(t, r.Proved(parent), parent)
	}
	require.False(t, r.Proved("G00"), "a leaf has nothing to prove")
	require.False(t, r.Proved("nowhere"))
	c := r.Certificate
	require.Equal(t, [2]int{5, 5}, [2]int{c.Families, c.FamiliesProved})
	near(t, c.LevelSquareMeters[0], c.LeafSquareMeters, 1e-3, "leaves and subdistrict")
	near(t, 331_800, c.LeafSquareMeters, 100, "554.8 m by 598.1 m")
}

// dent moves the border of one grid alone: a notch with the given width along
// its western edge and that depth, in units, cut out of it or added to it.
func dent(u *grid.Unit, along, depth int) {
	ring := u.Boundary[0][0]
	// The ring begins south-west and runs east; its last edge comes back south
	// along the west. The notch is put on that edge.
	a, b := ring[len(ring)-1], ring[0]
	middle := orb.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}
	x, y := int(middle[0]*1e7), int(middle[1]*1e7)
	// The edge is not upright, so its ends of the notch do not lie on it exactly.
	u.Boundary[0][0] = append(ring, at(x, y+along), at(x+depth, y+along), at(x+depth, y), at(x, y))
}

// square is a region with its corner at x, y.
func square(x, y, w, h int) orb.MultiPolygon {
	return orb.MultiPolygon{{{at(x, y), at(x+w, y), at(x+w, y+h), at(x, y+h), at(x, y)}}}
}

// One square metre at Guanlan: 90 units northwards by 97.3 eastwards.
const north, east = 90, 97

func TestPlantedGap(t *testing.T) {
	units := made()
	u := unit(units, "G22")
	middle := corner(2, 2)
	x, y := int(middle[0]*1e7)+4000, int(middle[1]*1e7)+4000
	u.Boundary[0] = append(u.Boundary[0], square(x, y, east, north)[0][0]) // a hole
	r := auditMade(t, units)
	require.Len(t, r.Findings, 1)
	f := r.Findings[0]
	require.Equal(t, audit.Gap, f.Kind)
	require.Equal(t, audit.Error, f.Severity)
	require.Equal(t, []grid.Code{"G22"}, f.Units)
	require.Equal(t, grid.Code("B00"), f.Parent)
	near(t, 1, f.SquareMeters, 0.01, "m²")
	near(t, 1, f.WidthMeters, 0.01, "width")
	require.True(t, f.Inside)
	require.True(t, f.Geometry.Bound().Contains(f.At))
	require.Equal(t, square(x, y, east, north).Bound(), f.Geometry.Bound())
	require.Equal(t, []grid.Code{"B00"}, r.Unproved())
	require.False(t, r.Complete())
	_, owned := build(t, units, madeLevels...).Locate(f.At)
	require.False(t, owned)
}

func TestPlantedOverlap(t *testing.T) {
	units := made()
	middle := corner(4, 4)
	x, y := int(middle[0]*1e7)+4000, int(middle[1]*1e7)+4000
	u := unit(units, "G34") // a neighbour of the same block claims an islet in G44
	u.Boundary = append(u.Boundary, square(x, y, east, north)[0])
	r := auditMade(t, units)
	require.Len(t, r.Findings, 1)
	f := r.Findings[0]
	require.Equal(t, audit.Overlap, f.Kind)
	require.Equal(t, []grid.Code{"G34", "G44"}, f.Units)
	near(t, 1, f.SquareMeters, 0.01, "m²")
	require.Equal(t, square(x, y, east, north).Bound(), f.Geometry.Bound())
	require.True(t, f.Geometry.Bound().Contains(f.At))
}

// A dent in a border between two grids of one block is a gap, a bulge an overlap.
func TestPlantedDents(t *testing.T) {
	for depth, kind := range map[int]audit.Kind{400: audit.Gap, -400: audit.Overlap} {
		units := made()
		u := unit(units, "G11")
		before := flat(u.Boundary)
		dent(u, 100, depth)
		r := auditMade(t, units)
		require.Equal(t, []grid.Code{"B00"}, r.Unproved())
		sum := 0.0
		for _, f := range r.Findings {
			require.Equal(t, []grid.Code{"G01", "G11"}, f.Units)
			if f.Kind == audit.Overlap {
				sum += flat(f.Geometry)
			} else {
				sum -= flat(f.Geometry)
			}
		}
		m := build(t, units, madeLevels...)
		ref, _ := m.Lookup("G11")
		near(t, flat(m.Boundary(ref))-before, sum, 2, "what G11 has gained")
		near(t, 400*100*0.010273*0.011075, of(r, kind)[0].SquareMeters, 0.5, string(kind))
	}
}

func TestPlantedShiftedParent(t *testing.T) {
	units := made()
	b := unit(units, "B11")
	for i, p := range b.Boundary[0][0] { // east by 100 units, 1.03 m
		b.Boundary[0][0][i] = orb.Point{p[0] + 100e-7, p[1]}
	}
	r := auditMade(t, units)
	require.Equal(t, []grid.Code{"B11", "S"}, r.Unproved())
	// Its three western grids stick out; it is not covered in the east, by as much.
	out := of(r, audit.Outside)
	var who []grid.Code
	area := 0.0
	for _, f := range out {
		if f.Parent == "B11" && !f.Thin {
			who = append(who, f.Units...)
			area += f.SquareMeters
			require.Equal(t, []grid.Code(nil), f.In, "between the blocks")
		}
	}
	require.Subset(t, who, []grid.Code{"G33", "G34", "G35"})
	strip := 3 * side * 100 * 0.010281 * 0.011075
	near(t, strip, area, 3, "outside")
	near(t, strip, areaOf(of(r, audit.Uncovered), "B11"), 10, "uncovered")
	near(t, strip, areaOf(out, "S"), 3, "B11 outside S")
	near(t, strip, areaOf(of(r, audit.Gap, audit.Uncovered), "S"), 10, "gap between the blocks")
}

func areaOf(findings []audit.Finding, parent grid.Code) float64 {
	sum := 0.0
	for _, f := range findings {
		if f.Parent == parent {
			sum += f.SquareMeters
		}
	}
	return sum
}

func TestPlantedSwappedChildren(t *testing.T) {
	units := made()
	unit(units, "G00").Parent, unit(units, "G55").Parent = "B11", "B00"
	r := auditMade(t, units)
	m := build(t, units, madeLevels...)
	require.Equal(t, []grid.Code{"B00", "B11"}, r.Unproved())
	got := map[audit.Kind][][]grid.Code{}
	for _, f := range r.Findings {
		got[f.Kind] = append(got[f.Kind], append([]grid.Code{f.Parent}, append(f.Units, f.In...)...))
		near(t, 9_217, f.SquareMeters, 400, "a whole grid")
		owner, _ := m.Locate(f.At)
		if f.Kind == audit.Outside {
			require.Equal(t, f.Units[0], m.Info(owner).Code)
		}
	}
	require.Empty(t, cmp.Diff(map[audit.Kind][][]grid.Code{
		audit.Outside:   {{"B11", "G00", "B00"}, {"B00", "G55", "B11"}},
		audit.Uncovered: {{"B00", "G01", "G10"}, {"B11", "G45", "G54"}},
	}, got))
}

func TestPlantedCount(t *testing.T) {
	units := made()
	unit(units, "G12").Counts["households"]++
	r := auditMade(t, units)
	require.Len(t, r.Findings, 1)
	f := r.Findings[0]
	require.Equal(t, audit.Sum, f.Kind)
	require.Equal(t, grid.Code("B00"), f.Parent)
	require.Equal(t, []string{"households", "1081", "1080", "0"}, f.Args)
	require.Equal(t, "households of B00 is 1080, its units together have 1081 (0 of them have none)", f.Text("en"))
	require.True(t, r.Complete(), "places are not concerned")
}

// A vertex that one of two neighbours has and the other lacks opens nothing when
// it lies on the line, and a sliver when it does not.
func TestPlantedJunction(t *testing.T) {
	units := made()
	s, b := unit(units, "S"), unit(units, "B00")
	on := at(west+side/2, south)
	for _, u := range []*grid.Unit{s, b} {
		ring := u.Boundary[0][0]
		u.Boundary[0][0] = append(orb.Ring{ring[0], on}, ring[1:]...)
	}
	r := auditMade(t, units)
	require.True(t, r.Complete())
	require.Len(t, r.Findings, 1)
	f := r.Findings[0]
	require.Equal(t, audit.Junction, f.Kind)
	require.Equal(t, audit.Note, f.Severity)
	require.Equal(t, []grid.Code{"B00", "G00"}, f.Units)
	require.Equal(t, on, f.At)

	off := orb.Point{on[0], on[1] + 3e-7} // 3 cm: only the subdistrict and the block say so
	s.Boundary[0][0][1], b.Boundary[0][0][1] = off, off
	r = auditMade(t, units)
	require.Len(t, r.Findings, 1)
	f = r.Findings[0]
	require.Equal(t, audit.Outside, f.Kind)
	require.True(t, f.Thin)
	require.Equal(t, audit.Warning, f.Severity)
	require.Equal(t, []grid.Code{"G00"}, f.Units)
	near(t, side*3/2.0*0.010281*0.011075, f.SquareMeters, 0.01, "a triangle")
	near(t, 0.0166, f.WidthMeters, 0.002, "half its height")
}
