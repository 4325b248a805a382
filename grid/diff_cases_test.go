package grid_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/geodesy"
)

// strips are leaves side by side in one block: codes with their west and east ends.
func strips(codes string, ends ...float64) []grid.Unit {
	units := []grid.Unit{{Code: "B1", Name: "古墟街区"}, {Code: "B2", Name: "老街街区"}}
	for i := range len(ends) / 2 {
		units = append(units, grid.Unit{Code: grid.Code(codes[2*i : 2*i+2]), Parent: "B1", Level: 1, Boundary: rectangle(ends[2*i], 22.71, ends[2*i+1], 22.72)})
	}
	return append(units, grid.Unit{Code: "ZZ", Parent: "B2", Level: 1, Boundary: rectangle(115, 22.71, 115.01, 22.72)})
}

func TestDiffCases(t *testing.T) {
	base := func() []grid.Unit { return strips("G1G2", 114, 114.01, 114.01, 114.02) }
	edit := func(do func(g1 *grid.Unit)) []grid.Unit {
		units := base()
		do(&units[2])
		return units
	}
	for _, c := range []struct {
		name     string
		old, now []grid.Unit
		want     []string
	}{
		{"nothing", base(), base(), nil},
		{"renamed", base(), edit(func(u *grid.Unit) { u.Name = "甲" }), []string{"G1 has another name"}},
		{"counts", base(), edit(func(u *grid.Unit) { u.Counts = map[string]int64{"households": 3} }), []string{"G1 has other counts or attributes"}},
		{"attributes", base(), edit(func(u *grid.Unit) { u.Attrs = map[string]string{"a": "b"} }), []string{"G1 has other counts or attributes"}},
		{"moved", base(), edit(func(u *grid.Unit) { u.Parent = "B2" }), []string{
			"B1 has other land: from B1 100.00%", "B2 has other land: from B1 50.00%, B2 50.00%", "G1 has another parent or level",
		}},
		{"recoded", base(), edit(func(u *grid.Unit) { u.Code = "G7" }), []string{"G1 has the code G7 now"}},
		{"recoded, drawn from another point", base(), edit(func(u *grid.Unit) {
			r := u.Boundary[0][0]
			u.Code, u.Boundary = "G7", orb.MultiPolygon{{{r[1], r[2], r[3], r[0]}}}
		}), []string{"G1 has the code G7 now; G7 was drawn anew around the same land"}},
		{"drawn with a point more", base(), edit(func(u *grid.Unit) {
			r := u.Boundary[0][0]
			u.Boundary = orb.MultiPolygon{{{r[0], {114.005, 22.71}, r[1], r[2], r[3]}}}
		}), []string{"G1 was drawn anew around the same land"}},
		{"sliver", base(), strips("G1G2", 114, 114.0100001, 114.01, 114.02), []string{"G1 was drawn anew around the same land"}},
		{"shifted by the sliver", base(), strips("G1G2", 114, 114.0100001, 114.0100001, 114.02),
			[]string{"G1 was drawn anew around the same land", "G2 was drawn anew around the same land"}},
		{"no sliver", base(), strips("G1G2", 114, 114.0100100, 114.01, 114.02), []string{
			"G1 has other land: from G1 99.90%, G2 0.10%", "G2 has other land: from G2 100.00%",
		}},
		{"split", base(), strips("G1G2G3", 114, 114.004, 114.01, 114.02, 114.004, 114.01), []string{
			"G3 is new: from G1 100.00%", "G1 has other land: from G1 100.00%; G1 was split: G1 40.00%, G3 60.00%",
		}},
		{"merged", base(), strips("G1", 114, 114.02), []string{
			"G1 has other land: from G1 50.00%, G2 50.00%; G1 was merged from G1 50.00%, G2 50.00%", "G2 is gone: to G1 100.00%",
		}},
		{"subdivided", base(), append(base(), grid.Unit{Code: "G1a", Parent: "G1", Level: 2, Boundary: rectangle(114, 22.71, 114.005, 22.72)},
			grid.Unit{Code: "G1b", Parent: "G1", Level: 2, Boundary: rectangle(114.005, 22.71, 114.01, 22.72)}), []string{
			"G1a is new: from G1 100.00%", "G1b is new: from G1 100.00%", "G1 was split: G1a 50.00%, G1b 50.00%",
		}},
		{"ceded", base(), strips("G1G2", 114.001, 114.01, 114.01, 114.02), []string{
			"B1 has other land: from B1 100.00%", "G1 has other land: from G1 100.00%",
		}},
		{"gained", base(), strips("G1G2", 113.999, 114.01, 114.01, 114.02), []string{
			"B1 has other land: from B1 95.24%, no unit 4.76%", "G1 has other land: from G1 90.91%, no unit 9.09%",
		}},
		{"moved and reshaped", base(), edit(func(u *grid.Unit) { u.Parent, u.Boundary = "B2", rectangle(114, 22.71, 114.01, 22.715) }), []string{
			"B1 has other land: from B1 100.00%", "B2 has other land: from B1 33.33%, B2 66.67%",
			"G1 has another parent or level; G1 has other land: from G1 100.00%",
		}},
		{"order of codes turned in an overlap", strips("G1G2", 114, 114.01, 114.005, 114.02), strips("G9G2", 114, 114.01, 114.005, 114.02), []string{
			"G9 is new: from G1 100.00%", "G1 is gone: to G2 50.00%, G9 50.00%", "G2 has other land: from G1 33.33%, G2 66.67%",
		}},
		{"all gone", base(), nil, []string{
			"B1 is gone: to no unit 100.00%", "B2 is gone: to no unit 100.00%", "G1 is gone: to no unit 100.00%",
			"G2 is gone: to no unit 100.00%", "ZZ is gone: to no unit 100.00%",
		}},
		{"level renamed", base(), nil, nil},
	} {
		levels := []string{"街区", "网格", "微网格"}
		build := func(units []grid.Unit, levels []string) *grid.Map {
			m, err := grid.Build(units, grid.Options{Levels: levels})
			require.NoError(t, err)
			return m
		}
		old, now := build(c.old, levels), build(c.now, levels)
		if c.name == "level renamed" {
			now = build(c.old, []string{"街区", "基础网格", "微网格"})
			c.want = []string{"G1 has another parent or level", "G2 has another parent or level", "ZZ has another parent or level"}
		}
		var got []string
		for change := range grid.Diff(old, now).All() {
			require.NotEqual(t, change.Text("en"), change.Text("zh"))
			got = append(got, change.Text("en"))
			if !slices.Contains([]string{"sliver", "no sliver", "order of codes turned in an overlap"}, c.name) { // their leaves overlap
				sameArea(t, old, change.Old, change.To)
				sameArea(t, now, change.New, change.From)
			}
		}
		require.Equal(t, c.want, got, c.name)
	}
}

// sameArea checks that shares add up to the rings of the unit's leaves, which do
// not overlap.
func sameArea(t *testing.T, m *grid.Map, code grid.Code, shares []grid.Share) {
	r, ok := m.Lookup(code)
	if !ok {
		require.Empty(t, shares)
		return
	}
	sum, area := int64(0), 0.
	for _, s := range shares {
		sum += s.Area
	}
	for leaf := range m.Leaves(r) {
		area += math.Abs(geodesy.Area(m.Boundary(leaf)[0][0])) * 1e4
	}
	require.InDelta(t, area, sum, 10, "%s: %v", code, shares)
}

// A unit whose parent is gone and that is outermost now has moved, though its
// level has the same name.
func TestDiffWithoutTheParent(t *testing.T) {
	leaf := grid.Unit{Code: "G1", Parent: "B1", Level: 1, Boundary: rectangle(114, 22, 115, 23)}
	old, err := grid.Build([]grid.Unit{{Code: "B1"}, leaf}, grid.Options{Levels: []string{"街区", "网格"}})
	require.NoError(t, err)
	leaf.Level = 0
	now, err := grid.Build([]grid.Unit{leaf}, grid.Options{Levels: []string{"网格"}})
	require.NoError(t, err)
	change, _ := grid.Diff(old, now).Of("G1")
	require.Equal(t, []grid.ChangeKind{grid.Moved}, change.Kinds)
	change, _ = grid.Diff(now, old).Of("G1")
	require.Equal(t, []grid.ChangeKind{grid.Moved}, change.Kinds)
}

func TestDiffOfNothing(t *testing.T) {
	m, err := grid.Build(guanlan(), grid.Options{Levels: []string{"街道", "街区", "红色网格"}})
	require.NoError(t, err)
	for _, empty := range []*grid.Map{nil, {}} {
		require.Zero(t, grid.Diff(empty, empty).Len())
		require.Equal(t, m.Len(), grid.Diff(empty, m).Len())
		require.Equal(t, m.Len(), grid.Diff(m, empty).Len())
	}
	c := grid.Diff(m, m)
	for _, code := range []grid.Code{"440309006", "440309006-01-1"} {
		change, ok := c.Of(code)
		require.True(t, ok)
		require.Equal(t, []grid.ChangeKind{grid.Kept}, change.Kinds)
		require.Equal(t, 10_000, change.To[0].BasisPoints)
		require.Equal(t, change.To, c.Predecessors(code))
	}
	_, ok := c.Of("nobody")
	require.False(t, ok)
	require.Nil(t, c.Successors("nobody"))
	require.Nil(t, c.Predecessors("nobody"))
	var none *grid.Changes
	require.Zero(t, none.Len())
	require.Empty(t, slices.Collect(none.All()))
	_, ok = none.Of("440309006")
	require.False(t, ok)
}

// BenchmarkDiff: 100,000 leaves of 40 points of which one changes, or all do.
func BenchmarkDiff(b *testing.B) {
	for _, n := range []int{71, 317} {
		units := wavy(n)
		build := func(units []grid.Unit) *grid.Map {
			m, err := grid.Build(units, grid.Options{Levels: []string{"网格"}})
			require.NoError(b, err)
			return m
		}
		old := build(units)
		one := slices.Clone(units)
		ring := slices.Clone(one[n*n/2].Boundary[0][0])
		ring[3][1] += 0.0001
		one[n*n/2].Boundary = orb.MultiPolygon{{ring}}
		recoded := slices.Clone(units)
		for i := range recoded {
			recoded[i].Code = "N" + recoded[i].Code
		}
		all := slices.Clone(units)
		for i := range all {
			ring := slices.Clone(all[i].Boundary[0][0])
			for k := range ring {
				ring[k][0] += 0.00001
			}
			all[i].Boundary = orb.MultiPolygon{{ring}}
		}
		for _, c := range []struct {
			name string
			now  []grid.Unit
		}{{"none", units}, {"one", one}, {"recoded", recoded}, {"all", all}} {
			if c.name == "all" && n > 100 {
				continue
			}
			now := build(c.now)
			b.Run(fmt.Sprintf("%d/%s", n*n, c.name), func(b *testing.B) {
				for b.Loop() {
					grid.Diff(old, now)
				}
			})
		}
	}
}
