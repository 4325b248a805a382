package grid_test

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/gen"
)

// sameMap compares everything two maps can be asked.
func sameMap(t require.TestingT, want, got *grid.Map, points []orb.Point, boxes []orb.Bound) {
	require.Equal(t, want.Len(), got.Len())
	require.Equal(t, want.LeafCount(), got.LeafCount())
	require.Equal(t, want.Levels(), got.Levels())
	require.Equal(t, want.Findings(), got.Findings())
	require.Equal(t, want.Hash(), got.Hash())
	for r := range want.All() {
		require.Equal(t, want.Info(r), got.Info(r))
		require.Equal(t, want.Parent(r), got.Parent(r))
		require.Equal(t, want.Last(r), got.Last(r))
		require.Equal(t, want.Boundary(r), got.Boundary(r))
		require.Equal(t, want.Counts(r), got.Counts(r))
		require.Equal(t, want.Attrs(r), got.Attrs(r))
		found, ok := got.Lookup(want.Info(r).Code)
		require.True(t, ok)
		require.Equal(t, r, found)
	}
	require.Equal(t, want.LocateAll(points, nil), got.LocateAll(points, nil))
	for _, p := range points {
		a, _ := want.Locate(p)
		b, _ := got.Locate(p)
		require.Equal(t, a, b, "%v", p)
		require.Equal(t, a, grid.OwnerByTree(got, p), "by tree, %v", p)
	}
	for _, b := range boxes {
		require.Equal(t, slices.Collect(want.Within(b)), slices.Collect(got.Within(b)))
	}
}

// workshop is a street being edited: the units as the naive twin keeps them, and
// the versions of the Map with what each was built from.
type workshop struct {
	area     gen.Area
	units    map[grid.Code]grid.Unit
	opts     grid.Options
	fresh    int
	versions []version
}

type version struct {
	m     *grid.Map
	units []grid.Unit
}

func newWorkshop(t *rapid.T) *workshop {
	w := &workshop{area: gen.Tiling(t), units: map[grid.Code]grid.Unit{}}
	if rapid.Bool().Draw(t, "overlapping") {
		w.area = gen.Overlapping(t)
	}
	w.opts = grid.Options{Levels: w.area.Levels}
	for _, u := range w.area.Units {
		w.units[u.Code] = u
	}
	m, err := grid.Build(w.area.Units, w.opts)
	require.NoError(t, err)
	w.versions = []version{{m, w.area.Units}}
	return w
}

func (w *workshop) codes() []grid.Code { return slices.Sorted(maps.Keys(w.units)) }

// code draws a code in use, seldom one that is not.
func (w *workshop) code(t *rapid.T, label string) grid.Code {
	codes := append(w.codes(), "nobody", "outside")
	if rapid.IntRange(0, 9).Draw(t, label+" unknown") > 0 && len(codes) > 2 {
		codes = codes[:len(codes)-2]
	}
	return rapid.SampledFrom(codes).Draw(t, label)
}

func (w *workshop) boundary(t *rapid.T) orb.MultiPolygon {
	if rapid.IntRange(0, 3).Draw(t, "own") > 0 {
		p, q := w.area.Box(t), w.area.Box(t)
		box := orb.Bound{Min: p.Min, Max: q.Max}
		return orb.MultiPolygon{box.ToPolygon()}
	}
	u := w.area.Units[rapid.IntRange(0, len(w.area.Units)-1).Draw(t, "like")]
	return u.Boundary
}

// edit draws an edit and makes it on units; ok is false when it cannot be made.
func (w *workshop) edit(t *rapid.T, units map[grid.Code]grid.Unit) (e grid.Edit, ok bool) {
	c := w.code(t, "code")
	u, there := units[c]
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		w.fresh++
		n := grid.Unit{
			Code: grid.Code(fmt.Sprintf("%c%d", 'A'+rune(w.fresh%60), w.fresh)), Parent: w.code(t, "parent"),
			Level: rapid.IntRange(0, len(w.area.Levels)-1).Draw(t, "level"), Boundary: w.boundary(t), Name: "新网格",
		}
		if rapid.IntRange(0, 9).Draw(t, "again") == 0 {
			n.Code = c
		}
		if _, taken := units[n.Code]; taken {
			return grid.Add(n), false
		}
		units[n.Code] = n
		return grid.Add(n), true
	case 1:
		delete(units, c)
		return grid.Remove(c), there
	case 2:
		u.Parent = w.code(t, "parent")
		e = grid.Move(c, u.Parent)
	case 3:
		u.Boundary = w.boundary(t)
		e = grid.Reshape(c, u.Boundary)
	case 4:
		u.Name, u.Counts, u.Attrs = "改名", map[string]int64{"households": int64(w.fresh)}, map[string]string{"k": "v"}
		e = grid.Describe(c, u.Name, u.Counts, u.Attrs)
	case 5: // out and in again, another unit with the same code
		delete(units, c)
		return grid.Remove(c), there
	}
	if there {
		units[c] = u
	}
	return e, there
}

// faultsOf is what an error of Build or Apply lists, without the edits.
func faultsOf(err error) []string {
	var all []string
	if b, ok := errors.AsType[*grid.BuildError](err); ok {
		for _, f := range b.Faults {
			plain := *f
			plain.Edit = 0
			all = append(all, plain.Error())
		}
	}
	slices.Sort(all)
	return all
}

func propApply(t *rapid.T) {
	w := newWorkshop(t)
	for range rapid.IntRange(1, 6).Draw(t, "rounds") {
		units := maps.Clone(w.units)
		var edits []grid.Edit
		good := true
		for range rapid.IntRange(0, 4).Draw(t, "edits") {
			e, ok := w.edit(t, units)
			edits = append(edits, e)
			good = good && ok
		}
		list := slices.Collect(maps.Values(units))
		want, wantErr := grid.Build(list, w.opts)
		m, err := w.versions[len(w.versions)-1].m.Apply(edits...)
		switch {
		case !good:
			require.Error(t, err)
			require.Nil(t, m)
		case wantErr != nil:
			require.Equal(t, faultsOf(wantErr), faultsOf(err))
			require.Nil(t, m)
		default:
			require.NoError(t, err)
			w.units = units
			w.versions = append(w.versions, version{m, list})
			sameMap(t, want, m, w.area.Points(t, 12), []orb.Bound{w.area.Box(t)})
		}
	}
	for _, v := range w.versions { // each old Map answers as before
		want, err := grid.Build(v.units, w.opts)
		require.NoError(t, err)
		sameMap(t, want, v.m, w.area.Points(t, 6), []orb.Bound{w.area.Box(t)})
	}
}

func TestApply(t *testing.T) { rapid.Check(t, propApply) }

func FuzzApply(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propApply)) }

// Leaves are merged and split again into what they were, so that the end is the
// beginning.
func propMergeSplit(t *rapid.T) {
	a := gen.Tiling(t)
	m := build(t, a)
	byParent := map[string][]grid.Unit{}
	for _, u := range a.Units {
		if r, _ := m.Lookup(u.Code); m.Info(r).Leaf {
			key := fmt.Sprint(u.Parent, " ", u.Level)
			byParent[key] = append(byParent[key], u)
		}
	}
	for key, leaves := range byParent {
		if len(leaves) < 2 {
			delete(byParent, key)
		}
	}
	if len(byParent) == 0 {
		return
	}
	leaves := byParent[rapid.SampledFrom(slices.Sorted(maps.Keys(byParent))).Draw(t, "parent")]
	slices.SortFunc(leaves, func(a, b grid.Unit) int { return strings.Compare(string(a.Code), string(b.Code)) })
	n := rapid.IntRange(2, len(leaves)).Draw(t, "merged")
	leaves = rapid.Permutation(leaves).Draw(t, "leaves")[:n]
	var codes []grid.Code
	sum := map[string]int64{}
	for _, u := range leaves {
		codes = append(codes, u.Code)
		for k, v := range u.Counts {
			sum[k] += v
		}
	}
	into := rapid.SampledFrom([]grid.Code{"merged", codes[0], codes[n-1]}).Draw(t, "into")
	merged, err := m.Apply(grid.Merge(grid.Unit{Code: into}, codes...))
	require.NoError(t, err)
	r, ok := merged.Lookup(into)
	require.True(t, ok)
	if len(sum) > 0 {
		require.Equal(t, sum, merged.Counts(r))
	}
	require.Equal(t, leaves[0].Name, merged.Info(r).Name)
	points := a.Points(t, 20)
	for _, p := range points {
		want := codeAt(m, p)
		if slices.Contains(codes, want) {
			want = into
		}
		require.Equal(t, want, codeAt(merged, p), "%v", p)
	}
	for _, f := range merged.Findings() {
		require.NotEqual(t, grid.Fold, f.Kind, "a border between merged leaves is left: %v", f)
	}
	again, err := merged.Apply(grid.Split(into, leaves...))
	require.NoError(t, err)
	sameMap(t, m, again, points, []orb.Bound{a.Box(t)})
}

func TestMergeSplit(t *testing.T) { rapid.Check(t, propMergeSplit) }

func FuzzMergeSplit(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propMergeSplit)) }

// editable is a street of two blocks: west has two grids side by side, east one.
func editable(t *testing.T) *grid.Map {
	m, err := grid.Build([]grid.Unit{
		{Code: "east", Boundary: degrees(orb.Point{2, 0}, orb.Point{3, 0}, orb.Point{3, 1}, orb.Point{2, 1})},
		{Code: "west", Boundary: degrees(orb.Point{0, 0}, orb.Point{2, 0}, orb.Point{2, 1}, orb.Point{0, 1})},
		{Code: "w1", Parent: "west", Level: 1, Name: "一", Counts: map[string]int64{"people": 3}, Boundary: degrees(orb.Point{0, 0}, orb.Point{1, 0}, orb.Point{1, 1}, orb.Point{0, 1})},
		{Code: "w2", Parent: "west", Level: 1, Counts: map[string]int64{"people": math.MaxInt64}, Boundary: degrees(orb.Point{1, 0}, orb.Point{2, 0}, orb.Point{2, 1}, orb.Point{1, 1})},
		{Code: "e1", Parent: "east", Level: 1, Boundary: degrees(orb.Point{2, 0}, orb.Point{3, 0}, orb.Point{3, 1}, orb.Point{2, 1})},
	}, grid.Options{Levels: []string{"街区", "网格"}})
	require.NoError(t, err)
	return m
}

func TestApplyRefuses(t *testing.T) {
	box := func(x0, y0, x1, y1 float64) orb.MultiPolygon {
		return degrees(orb.Point{x0, y0}, orb.Point{x1, y0}, orb.Point{x1, y1}, orb.Point{x0, y1})
	}
	left, right := grid.Unit{Code: "a", Boundary: box(0, 0, 0.5, 1)}, grid.Unit{Code: "b", Boundary: box(0.5, 0, 1, 1)}
	part := func(u grid.Unit, b orb.MultiPolygon) grid.Unit { u.Boundary = b; return u }
	for _, c := range []struct {
		name  string
		edits []grid.Edit
		want  []string
		is    error
	}{
		{"unknown", []grid.Edit{grid.Remove("x"), grid.Move("y", "west")}, []string{`edit 1: unit "x": no such unit`, `edit 2: unit "y": no such unit`}, grid.ErrUnknown},
		{"removed twice", []grid.Edit{grid.Remove("w1"), grid.Remove("w1")}, []string{`edit 2: unit "w1": no such unit`}, grid.ErrUnknown},
		{"duplicate", []grid.Edit{grid.Add(grid.Unit{Code: "w1", Parent: "west", Level: 1, Boundary: left.Boundary})}, []string{`edit 1: unit "w1": code is used more than once`}, grid.ErrDuplicate},
		{"bad code", []grid.Edit{grid.Add(grid.Unit{Code: "a b", Parent: "west", Level: 1, Boundary: left.Boundary})}, []string{`edit 1: unit "a b": bad code: code holds a character it may not: ' ' in "a b"`}, grid.ErrCode},
		{"orphans", []grid.Edit{grid.Remove("west")}, []string{`unit "w1": parent is not in the map: "west"`, `unit "w2": parent is not in the map: "west"`}, grid.ErrParent},
		{"own parent", []grid.Edit{grid.Move("w1", "w2")}, []string{`edit 1: unit "w1": parent is not further out: "w2"`}, grid.ErrParentLevel},
		{"crossing", []grid.Edit{grid.Reshape("w1", degrees(orb.Point{0, 0}, orb.Point{1, 1}, orb.Point{1, 0}, orb.Point{0, 1}))}, []string{`edit 1: unit "w1": polygon 0: ring 0: vertex 0: at 0.5,0.5: boundary crosses itself`}, grid.ErrCrossing},
		{"no boundary", []grid.Edit{grid.Reshape("w1", nil)}, []string{`edit 1: unit "w1": unit without children has no boundary`}, grid.ErrNoBoundary},
		{"split inner", []grid.Edit{grid.Split("west", left, right)}, []string{`edit 1: unit "west": unit has children`}, grid.ErrNotLeaf},
		{"one part", []grid.Edit{grid.Split("w1", left)}, []string{`edit 1: unit "w1": parts do not share out the region`}, grid.ErrParts},
		{"gap", []grid.Edit{grid.Split("w1", left, part(right, box(0.501, 0, 1, 1)))}, []string{`edit 1: unit "w1": at 0.501,0.5: parts do not share out the region`}, grid.ErrParts},
		{"overlap", []grid.Edit{grid.Split("w1", left, part(right, box(0.499, 0, 1, 1)))}, []string{`edit 1: unit "w1": at 0.5,0.5: parts do not share out the region`}, grid.ErrParts},
		{"gap and as much overlap", []grid.Edit{grid.Split("w1", part(left, box(0, 0, 0.6, 0.9)), part(right, box(0.5, 0, 1, 1)))}, []string{`edit 1: unit "w1": at 0.5,0.5: parts do not share out the region`}, grid.ErrParts},
		{"hole of a metre", []grid.Edit{grid.Split("w1", part(left, orb.MultiPolygon{{left.Boundary[0][0], box(0.2, 0.2, 0.20001, 0.20001)[0][0]}}), right)}, []string{`edit 1: unit "w1": at 0.20001,0.200005: parts do not share out the region`}, grid.ErrParts},
		{"outside", []grid.Edit{grid.Split("w1", part(left, box(-0.1, 0, 0.5, 1)), right)}, []string{`edit 1: unit "w1": at 0,0.5: parts do not share out the region`}, grid.ErrParts},
		{"thrice", []grid.Edit{grid.Split("w1", left, right, part(grid.Unit{Code: "c"}, left.Boundary), part(grid.Unit{Code: "d"}, left.Boundary))}, []string{`edit 1: unit "w1": at 0,0: parts do not share out the region`}, grid.ErrParts},
		{"faulty part", []grid.Edit{grid.Split("w1", left, part(right, orb.MultiPolygon{{}}))}, []string{`edit 1: unit "b": polygon 0: polygon has no ring`}, grid.ErrPolygon},
		{"merge one", []grid.Edit{grid.Merge(grid.Unit{Code: "m"}, "w1")}, []string{`edit 1: unit "m": units to be merged are not two or more leaves of one parent and level`}, grid.ErrMerge},
		{"merge twice", []grid.Edit{grid.Merge(grid.Unit{Code: "m"}, "w1", "w1")}, []string{`edit 1: unit "w1": units to be merged are not two or more leaves of one parent and level`}, grid.ErrMerge},
		{"merge cousins", []grid.Edit{grid.Merge(grid.Unit{Code: "m"}, "w1", "e1")}, []string{`edit 1: unit "e1": units to be merged are not two or more leaves of one parent and level`}, grid.ErrMerge},
		{"merge inner", []grid.Edit{grid.Merge(grid.Unit{Code: "m"}, "east", "west")}, []string{`edit 1: unit "east": unit has children`}, grid.ErrNotLeaf},
		{"merge into another", []grid.Edit{grid.Merge(grid.Unit{Code: "e1", Counts: map[string]int64{}}, "w1", "w2")}, []string{`edit 1: unit "e1": code is used more than once`}, grid.ErrDuplicate},
		{"counts", []grid.Edit{grid.Merge(grid.Unit{Code: "m"}, "w1", "w2")}, []string{`edit 1: unit "m": sum of counts is too large: "people"`}, grid.ErrCounts},
		{"merge overlapping", []grid.Edit{
			grid.Reshape("w2", box(0.9, 0, 2, 1)), grid.Merge(grid.Unit{Code: "m", Counts: map[string]int64{}}, "w1", "w2"),
		}, []string{`edit 2: unit "m": units to be merged overlap`}, grid.ErrMergeOverlap},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := editable(t)
			hash := m.Hash()
			next, err := m.Apply(c.edits...)
			require.Nil(t, next)
			require.ErrorIs(t, err, c.is)
			b, ok := errors.AsType[*grid.BuildError](err)
			require.True(t, ok)
			var got []string
			for _, f := range b.Faults {
				got = append(got, f.Error())
			}
			require.Equal(t, c.want, got)
			require.Equal(t, hash, m.Hash())
		})
	}
	_, err := (*grid.Map)(nil).Apply()
	require.ErrorIs(t, err, grid.ErrLevels)
}

func TestApplyNothing(t *testing.T) {
	m := editable(t)
	same, err := m.Apply(grid.Edit{})
	require.NoError(t, err)
	sameMap(t, m, same, nil, nil)
	empty, err := grid.Build(nil, grid.Options{Levels: []string{"网格"}})
	require.NoError(t, err)
	one, err := empty.Apply(grid.Add(grid.Unit{Code: "a", Boundary: degrees(orb.Point{0, 0}, orb.Point{1, 0}, orb.Point{0, 1})}))
	require.NoError(t, err)
	require.Equal(t, grid.Code("a"), codeAt(one, orb.Point{0.1, 0.1}))
	none, err := one.Apply(grid.Remove("a"))
	require.NoError(t, err)
	sameMap(t, empty, none, []orb.Point{{0.1, 0.1}}, nil)
}

// A strict Map stays strict.
func TestApplyStrict(t *testing.T) {
	units := []grid.Unit{{Code: "a", Boundary: degrees(orb.Point{0, 0}, orb.Point{1, 0}, orb.Point{0, 1})}}
	m, err := grid.Build(units, grid.Options{Levels: []string{"街区", "网格"}, Strict: true})
	require.NoError(t, err)
	_, err = m.Apply(grid.Reshape("a", degrees(orb.Point{0, 0}, orb.Point{2, 0}, orb.Point{2, 2}, orb.Point{1, 0}, orb.Point{0, 2})))
	require.ErrorIs(t, err, grid.ErrTouch)
	_, err = m.Apply(grid.Reshape("a", nil), grid.Add(grid.Unit{Code: "b", Parent: "a", Level: 1, Boundary: units[0].Boundary}))
	require.ErrorIs(t, err, grid.ErrHollow)
}

// TestApplyOfAUnitThatRootsNamed: an outermost unit may name as its parent one that is not
// in the Map. When that comes without a boundary, Apply tells the same faults as Build:
// it is named, so it has no boundary because it is no leaf.
func TestApplyOfAUnitThatRootsNamed(t *testing.T) {
	root := grid.Unit{Code: "G011", Parent: "outside", Boundary: degrees(orb.Point{0, 0}, orb.Point{1, 0}, orb.Point{1, 1}, orb.Point{0, 1})}
	opts := grid.Options{Levels: []string{"block"}}
	m, err := grid.Build([]grid.Unit{root}, opts)
	require.NoError(t, err)
	came := grid.Unit{Code: "outside"}
	_, want := grid.Build([]grid.Unit{root, came}, opts)
	_, got := m.Apply(grid.Add(came))
	require.Equal(t, []string{`unit "G011": parent is not further out: "outside"`}, faultsOf(want))
	require.Equal(t, faultsOf(want), faultsOf(got))
}
