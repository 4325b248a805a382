package grid_test

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/gen"
)

// naiveForest walks the caller's nodes.
type naiveForest []grid.Node

func (n naiveForest) children(parent grid.Code) []grid.Code {
	out := []grid.Code{}
	for _, v := range n {
		if v.Level == 0 && parent == "" || v.Level > 0 && v.Parent == parent {
			out = append(out, v.Code)
		}
	}
	slices.SortFunc(out, cmp.Compare)
	return out
}

func (n naiveForest) subtree(c grid.Code) []grid.Code {
	out := []grid.Code{}
	if c != "" {
		out = append(out, c)
	}
	for _, child := range n.children(c) {
		out = append(out, n.subtree(child)...)
	}
	return out
}

func (n naiveForest) node(c grid.Code) grid.Node {
	return n[slices.IndexFunc(n, func(v grid.Node) bool { return v.Code == c })]
}

func (n naiveForest) path(c grid.Code) []grid.Code {
	v := n.node(c)
	if v.Level == 0 {
		return []grid.Code{c}
	}
	return append(n.path(v.Parent), c)
}

// leafCodes are the codes of the map's leaves, in no useful order.
func leafCodes(units []grid.Unit) []grid.Code {
	var out []grid.Code
	for _, u := range units {
		if naiveLeaf(units, u) {
			out = append(out, u.Code)
		}
	}
	return out
}

// drawNodes draws a hierarchy over leaves, with levels skipped and codes that are those of inner units now and then.
func drawNodes(t *rapid.T, leaves []grid.Code, inner []grid.Code) ([]string, []grid.Node) {
	levels := []string{"街道", "社区", "街区", "红色网格", "网格"}[:rapid.IntRange(1, 5).Draw(t, "levels")]
	var nodes []grid.Node
	spare := rapid.Permutation(append(slices.Clone(inner), "n1", "n2", "n3")).Draw(t, "spare")
	code := func() grid.Code {
		if len(spare) > 0 && rapid.Bool().Draw(t, "spare code") {
			c := spare[0]
			spare = spare[1:]
			return c
		}
		return grid.Code(fmt.Sprintf("N%03d", len(nodes)))
	}
	var split func(leaves []grid.Code, level int, parent grid.Code)
	split = func(leaves []grid.Code, level int, parent grid.Code) {
		if level == len(levels)-1 || len(leaves) == 1 && rapid.Bool().Draw(t, "hang") {
			for _, c := range leaves {
				nodes = append(nodes, grid.Node{Code: c, Parent: parent, Level: level, Name: "不读"})
			}
			return
		}
		parts := map[int][]grid.Code{}
		n := rapid.IntRange(1, 3).Draw(t, "nodes")
		for _, c := range leaves {
			k := rapid.IntRange(0, n-1).Draw(t, "node")
			parts[k] = append(parts[k], c)
		}
		for _, k := range slices.Sorted(maps.Keys(parts)) {
			c := code()
			nodes = append(nodes, grid.Node{Code: c, Parent: parent, Level: level, Name: "节点" + string(c)})
			next := min(level+rapid.IntRange(1, 2).Draw(t, "skip"), len(levels)-1)
			split(parts[k], next, c)
		}
	}
	split(leaves, 0, rapid.SampledFrom([]grid.Code{"", "outside"}).Draw(t, "root parent"))
	if len(nodes) > 1 {
		nodes = rapid.Permutation(nodes).Draw(t, "order")
	}
	return levels, nodes
}

func nodeCodes(h *grid.Hierarchy, refs iter.Seq[grid.NodeRef]) []grid.Code {
	out := []grid.Code{}
	for n := range refs {
		out = append(out, h.Info(n).Code)
	}
	return out
}

func innerCodes(a gen.Area) []grid.Code {
	leaves := leafCodes(a.Units)
	var out []grid.Code
	for _, u := range a.Units {
		if !slices.Contains(leaves, u.Code) {
			out = append(out, u.Code)
		}
	}
	return out
}

func propHierarchies(t *rapid.T) {
	a := gen.Tiling(t)
	m := build(t, a)
	levels, nodes := drawNodes(t, leafCodes(a.Units), innerCodes(a))
	h, err := grid.NewHierarchy(m, "service", levels, nodes)
	require.NoError(t, err)
	checkHierarchy(t, m, h, levels, nodes, false)

	// The map's own tree is a hierarchy by the same rules.
	var own []grid.Node
	for _, u := range a.Units {
		own = append(own, grid.Node{Code: u.Code, Parent: u.Parent, Level: u.Level, Name: u.Name})
	}
	checkHierarchy(t, m, m.Hierarchy("city"), a.Levels, own, true)

	set, err := grid.NewHierarchies([]*grid.Hierarchy{m.Hierarchy("city"), h})
	require.NoError(t, err)
	for r := range m.All() {
		var names []string
		for in, n := range set.Of(r) {
			names = append(names, in.Name())
			require.Equal(t, m.Info(r).Code, in.Info(n).Code)
			require.Equal(t, in.Of(r), n)
		}
		if m.Info(r).Leaf {
			require.Equal(t, []string{"city", "service"}, names)
		} else {
			require.Empty(t, names)
		}
	}
}

func checkHierarchy(t *rapid.T, m *grid.Map, h *grid.Hierarchy, levels []string, nodes []grid.Node, own bool) {
	n := naiveForest(nodes)
	isLeaf := func(c grid.Code) bool { r, ok := m.Lookup(c); return ok && m.Info(r).Leaf }
	leavesOf := func(c grid.Code) []grid.Code {
		return slices.DeleteFunc(n.subtree(c), func(c grid.Code) bool { return !isLeaf(c) })
	}
	require.Equal(t, levels, h.Levels())
	require.Equal(t, len(nodes), h.Len())
	require.Equal(t, m, h.Map())
	require.Equal(t, n.subtree(""), nodeCodes(h, h.All()))
	require.Equal(t, n.children(""), nodeCodes(h, h.Children(0)))
	require.Equal(t, leavesOf(""), codes(m, h.Leaves(0)))
	sums, err := h.Sums("households")
	require.NoError(t, err)
	total := func(leaves []grid.Code) (sum int64) {
		for _, c := range leaves {
			r, _ := m.Lookup(c)
			sum += m.Counts(r)["households"]
		}
		return sum
	}
	require.Equal(t, total(leavesOf("")), sums[0])
	for ref := range h.All() {
		info := h.Info(ref)
		c, v := info.Code, n.node(info.Code)
		name, leaf := v.Name, grid.Ref(0)
		if isLeaf(c) {
			leaf, _ = m.Lookup(c)
			name = m.Info(leaf).Name
		}
		require.Equal(t, grid.NodeInfo{Code: c, Parent: v.Parent, Name: name, Level: v.Level, Leaf: leaf}, info)
		found, ok := h.Lookup(c)
		require.True(t, ok)
		require.Equal(t, ref, found)
		require.Equal(t, n.children(c), nodeCodes(h, h.Children(ref)))
		path := n.path(c)
		require.Equal(t, path, nodeCodes(h, h.Path(ref)))
		parent := grid.Code("")
		if len(path) > 1 {
			parent = path[len(path)-2]
		}
		require.Equal(t, parent, h.Info(h.Parent(ref)).Code)
		for level := range levels {
			want := grid.Code("")
			for _, c := range path {
				if n.node(c).Level == level {
					want = c
				}
			}
			require.Equal(t, want, h.Info(h.Ancestor(ref, level)).Code)
		}
		subtree := n.subtree(c)
		require.Equal(t, subtree[len(subtree)-1], h.Info(h.Last(ref)).Code)
		for inner := range h.All() {
			require.Equal(t, slices.Contains(subtree, h.Info(inner).Code), h.Contains(ref, inner))
		}
		leaves := leavesOf(c)
		require.Equal(t, leaves, codes(m, h.Leaves(ref)))
		require.NotEmpty(t, leaves)
		require.Equal(t, total(leaves), sums[ref])
		counts, err := h.Counts(ref)
		require.NoError(t, err)
		require.Equal(t, total(leaves), counts["households"])
	}
	for r := range m.All() {
		require.Equal(t, m.Info(r).Leaf, h.Of(r) != 0)
		if m.Info(r).Leaf {
			require.Equal(t, r, h.Leaf(h.Of(r)))
		}
	}
}

func TestHierarchies(t *testing.T) { rapid.Check(t, propHierarchies) }

func FuzzHierarchies(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propHierarchies)) }

// Damage of a good list of nodes is found, named, and nothing else is.
func propHierarchyDamage(t *rapid.T) {
	a := gen.Tiling(t)
	m := build(t, a)
	leaves := leafCodes(a.Units)
	levels, nodes := drawNodes(t, leaves, nil)
	want := map[string]int{}
	expect := func(c grid.Code, rule error) { want[string(c)+": "+rule.Error()]++ }
	switch rapid.IntRange(0, 7).Draw(t, "damage") {
	case 0: // a leaf is forgotten
		c := rapid.SampledFrom(leaves).Draw(t, "leaf")
		lost := naiveForest(nodes).node(c)
		nodes = slices.DeleteFunc(nodes, func(n grid.Node) bool { return n.Code == c })
		expect(c, grid.ErrLeafMissing)
		if lost.Level > 0 && len(naiveForest(nodes).children(lost.Parent)) == 0 {
			expect(lost.Parent, grid.ErrNodeEmpty)
		}
	case 1: // a leaf hangs twice
		n := naiveForest(nodes).node(rapid.SampledFrom(leaves).Draw(t, "leaf"))
		nodes = append(nodes, n)
		expect(n.Code, grid.ErrDuplicate)
	case 2: // no such leaf
		n := naiveForest(nodes).node(rapid.SampledFrom(leaves).Draw(t, "leaf"))
		n.Code, n.Level = "nobody", len(levels)-1
		if len(levels) > 1 && n.Parent == "outside" || n.Parent == "" {
			return
		}
		nodes = append(nodes, n)
		expect("nobody", grid.ErrLeafUnknown)
	case 3: // a parent that is not there
		if len(levels) == 1 {
			return
		}
		nodes = append(nodes, grid.Node{Code: "lost", Parent: "nowhere", Level: len(levels) - 1})
		expect("lost", grid.ErrLeafUnknown)
		expect("lost", grid.ErrParent)
	case 4: // something below a leaf
		n := naiveForest(nodes).node(rapid.SampledFrom(leaves).Draw(t, "leaf"))
		if n.Level == len(levels)-1 {
			expect("below", grid.ErrParentLevel)
		}
		nodes = append(nodes, grid.Node{Code: "below", Parent: n.Code, Level: len(levels) - 1})
		expect("below", grid.ErrLeafUnknown)
		expect(n.Code, grid.ErrLeafParent)
		if n.Level == 0 && len(levels) == 1 {
			return
		}
	case 5: // a cycle
		if len(levels) < 2 {
			return
		}
		last := len(levels) - 1
		nodes = append(nodes, grid.Node{Code: "x", Parent: "y", Level: last}, grid.Node{Code: "y", Parent: "x", Level: last})
		expect("x", grid.ErrParentLevel)
		expect("y", grid.ErrParentLevel)
	case 7: // a node to which nothing was given
		if len(levels) < 2 {
			return
		}
		nodes = append(nodes, grid.Node{Code: "idle", Level: rapid.IntRange(0, len(levels)-2).Draw(t, "level")})
		expect("idle", grid.ErrNodeEmpty)
		if nodes[len(nodes)-1].Level > 0 {
			expect("idle", grid.ErrParent)
		}
	case 6: // a level that is not there
		nodes = append(nodes, grid.Node{Code: "deep", Level: len(levels)})
		expect("deep", grid.ErrLevel)
	}
	h, err := grid.NewHierarchy(m, "service", levels, nodes)
	require.Nil(t, h)
	refused, ok := errors.AsType[*grid.OverlayError](err)
	require.True(t, ok)
	got := map[string]int{}
	for _, f := range refused.Faults {
		for _, rule := range []error{
			grid.ErrLeafMissing, grid.ErrDuplicate, grid.ErrLeafUnknown, grid.ErrParent, grid.ErrLeafParent, grid.ErrParentLevel, grid.ErrLevel, grid.ErrNodeEmpty,
		} {
			if errors.Is(f, rule) {
				got[string(f.Code)+": "+rule.Error()]++
			}
		}
		require.NotEqual(t, f.Text("zh"), f.Text("en"))
	}
	require.Equal(t, want, got)
}

func TestHierarchyDamage(t *testing.T) { rapid.Check(t, propHierarchyDamage) }

func FuzzHierarchyDamage(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propHierarchyDamage)) }

func TestHierarchyFaultsAtOnce(t *testing.T) {
	m, err := grid.Build(four(), twoLevels)
	require.NoError(t, err)
	_, err = grid.NewHierarchy(m, "a b", []string{"站", "站"}, []grid.Node{
		{Code: "S1"}, {Code: "", Level: 1, Parent: "S1"}, {Code: "sw", Level: 1, Parent: "S1"}, {Code: "sw", Level: 1, Parent: "S1"},
		{Code: "gone", Level: 1, Parent: "S1"},
	})
	refused, ok := errors.AsType[*grid.OverlayError](err)
	require.True(t, ok)
	var got []string
	for _, f := range refused.Faults {
		got = append(got, f.Error())
	}
	require.Equal(t, []string{
		`"a b": name of a layer or hierarchy is not usable: code holds a character it may not: ' ' in "a b"`,
		`"a b": no such leaf in the map`,
		`"a b": levels must be 1 to 8 different names`,
		`"a b": bad code: empty code`,
		`"a b": "gone": no such leaf in the map`,
		`"a b": "ne": leaf of the map is in no node`,
		`"a b": "nw": leaf of the map is in no node`,
		`"a b": "se": leaf of the map is in no node`,
		`"a b": "sw": code is used more than once`,
	}, got)
}

func TestRebind(t *testing.T) {
	m, err := grid.Build(four(), twoLevels)
	require.NoError(t, err)
	nodes := []grid.Node{
		{Code: "W"}, {Code: "E"},
		{Code: "sw", Parent: "W", Level: 1}, {Code: "nw", Parent: "W", Level: 1}, {Code: "se", Parent: "E", Level: 1},
		{Code: "ne", Level: 0},
	}
	h, err := grid.NewHierarchy(m, "half", []string{"半", "网格"}, nodes)
	require.NoError(t, err)
	nodes[2].Parent = "E" // the caller's memory is not kept
	set, err := grid.NewHierarchies([]*grid.Hierarchy{h, m.Hierarchy("own")})
	require.NoError(t, err)

	reshaped, err := m.Apply(grid.Reshape("sw", square(0, 0, 9)))
	require.NoError(t, err)
	again, err := set.Rebind(reshaped)
	require.NoError(t, err)
	for g := range again.All() {
		require.Same(t, reshaped, g.Map())
		before, ok := set.Lookup(g.Name())
		require.True(t, ok)
		require.Equal(t, nodeCodes(before, before.All()), nodeCodes(g, g.All()))
	}

	// sw and the outermost ne go, s1, s2 and far come.
	cut, err := m.Apply(
		grid.Split("sw", grid.Unit{Code: "s1", Boundary: rectangle(0, 0, 10e-7, 5e-7)}, grid.Unit{Code: "s2", Boundary: rectangle(0, 5e-7, 10e-7, 10e-7)}),
		grid.Remove("ne"), grid.Add(grid.Unit{Code: "far", Boundary: square(50, 50, 5)}),
	)
	require.NoError(t, err)
	_, err = set.Rebind(cut)
	refused, ok := errors.AsType[*grid.OverlayError](err)
	require.True(t, ok)
	got := map[grid.Code]string{}
	for _, f := range refused.Faults {
		require.Equal(t, "half", f.Overlay)
		got[f.Code] = f.Err.Error()
	}
	require.Equal(t, map[grid.Code]string{
		"far": grid.ErrLeafMissing.Error(), "s1": grid.ErrLeafMissing.Error(), "s2": grid.ErrLeafMissing.Error(),
		"ne": grid.ErrLeafUnknown.Error(), "sw": grid.ErrLeafUnknown.Error(),
	}, got)
	_, err = h.Rebind(cut)
	require.Error(t, err)
	flat, err := grid.NewHierarchy(m, "flat", []string{"网格"}, []grid.Node{{Code: "sw"}, {Code: "nw"}, {Code: "se"}, {Code: "ne"}})
	require.NoError(t, err)
	both, err := grid.NewHierarchies([]*grid.Hierarchy{h, flat})
	require.NoError(t, err)
	_, err = both.Rebind(cut)
	require.ErrorContains(t, err, "10 faults", "five of each")
	require.Equal(t, 6, h.Len())

	// A leaf that got units below it is no leaf any more.
	deeper, err := grid.Build(append(four(), grid.Unit{Code: "in", Parent: "ne", Level: 2, Boundary: square(12, 12, 2)}),
		grid.Options{Levels: []string{"街区", "网格", "格"}})
	require.NoError(t, err)
	_, err = h.Rebind(deeper)
	require.ErrorContains(t, err, `"in": leaf of the map is in no node`)
	require.ErrorContains(t, errors.Join(unwrapped(err)...), `"ne": no such leaf in the map`)
}

func unwrapped(err error) []error {
	refused, _ := errors.AsType[*grid.OverlayError](err)
	return refused.Unwrap()
}

func TestNewHierarchiesFaults(t *testing.T) {
	m, err := grid.Build(four(), twoLevels)
	require.NoError(t, err)
	other, err := grid.Build(four(), twoLevels)
	require.NoError(t, err)
	_, err = grid.NewHierarchies([]*grid.Hierarchy{m.Hierarchy("a"), other.Hierarchy("b"), m.Hierarchy("a"), nil, {}})
	require.ErrorIs(t, err, grid.ErrOverlayMap)
	require.ErrorIs(t, err, grid.ErrOverlayName)
	_, tooMany := grid.NewHierarchies(make([]*grid.Hierarchy, grid.HierarchiesMax+1))
	require.ErrorIs(t, tooMany, grid.ErrOverlays)
	require.ErrorContains(t, err, "6 faults") // nil and zero have neither a name nor the map
}

func TestSumsOverflow(t *testing.T) {
	units := four()
	for i := range units[1:] {
		units[i+1].Counts = map[string]int64{"big": math.MaxInt64, "small": -1, "low": math.MinInt64}
	}
	units[1].Counts["big"], units[2].Counts["big"] = math.MinInt64, math.MinInt64 // the sum is -2
	m, err := grid.Build(units, twoLevels)
	require.NoError(t, err)
	h := m.Hierarchy("own")
	sums, err := h.Sums("big")
	require.NoError(t, err, "only what comes out must fit")
	require.Equal(t, int64(-2), sums[0])
	sums, err = h.Sums("small")
	require.NoError(t, err)
	require.Equal(t, int64(-4), sums[1])
	sums, err = h.Sums("unknown")
	require.NoError(t, err)
	require.Equal(t, make([]int64, 6), sums)
	_, err = h.Sums("low")
	require.ErrorIs(t, err, grid.ErrCounts)
	n, _ := h.Lookup("block")
	_, err = h.Counts(n)
	require.ErrorIs(t, err, grid.ErrCounts)
	require.ErrorContains(t, err, `"block": sum of counts is too large: "low"`)
	leaf, _ := h.Lookup("se")
	counts, err := h.Counts(leaf)
	require.NoError(t, err)
	require.Equal(t, units[2].Counts, counts)
	counts, err = h.Counts(99)
	require.NoError(t, err)
	require.Nil(t, counts)
}

func TestEmptyHierarchies(t *testing.T) {
	none, err := grid.Build(nil, grid.Options{Levels: []string{"格"}})
	require.NoError(t, err)
	built, err := grid.NewHierarchy(none, "none", []string{"格"}, nil)
	require.NoError(t, err)
	overNil, err := grid.NewHierarchy(nil, "none", []string{"站", "格"}, nil)
	require.NoError(t, err)
	for _, h := range []*grid.Hierarchy{nil, {}, built, none.Hierarchy("x"), (*grid.Map)(nil).Hierarchy("x"), overNil} {
		for _, n := range []grid.NodeRef{0, 2, math.MaxUint32} {
			require.Zero(t, h.Info(n))
			require.Zero(t, h.Leaf(n))
			require.Zero(t, h.Parent(n))
			require.Zero(t, h.Last(n))
			require.Empty(t, nodeCodes(h, h.Path(n)))
			require.Empty(t, slices.Collect(h.Leaves(n)))
		}
		require.Zero(t, h.Of(1))
		require.Zero(t, h.Of(0))
		sums, err := h.Sums("x")
		require.NoError(t, err)
		require.Equal(t, make([]int64, h.Len()+1), sums)
	}
	var set *grid.Hierarchies
	_, ok := set.Lookup("x")
	require.False(t, ok)
	for range set.Of(1) {
		t.Fatal("a node")
	}
	_, err = set.Rebind(none)
	require.NoError(t, err)
	_, err = (*grid.Hierarchy)(nil).Rebind(none)
	require.ErrorIs(t, err, grid.ErrOverlayName)
}

// A node's boundary holds exactly what its leaves hold; its rings turn as
// promised and do nothing odd but touch.
func propNodeBoundary(t *rapid.T) {
	a := gen.Tiling(t)
	m := build(t, a)
	levels, nodes := drawNodes(t, leafCodes(a.Units), nil)
	h, err := grid.NewHierarchy(m, "service", levels, nodes)
	require.NoError(t, err)
	n := newNaive(a.Units)
	for ref := range h.All() {
		boundary, err := h.Boundary(ref)
		require.NoError(t, err)
		leaves := codes(m, h.Leaves(ref))
		checkUnion(t, n, leaves, boundary, a.Points(t, 8))
	}
}

func checkUnion(t *rapid.T, n naive, leaves []grid.Code, boundary orb.MultiPolygon, points []orb.Point) {
	union := naiveEdges(grid.Unit{Boundary: boundary})
	for _, p := range points {
		s, ok := naiveSnap(p)
		if !ok {
			continue
		}
		want := slices.ContainsFunc(leaves, func(c grid.Code) bool { return naiveHolds(n.edges[c], s) })
		require.Equal(t, want, naiveHolds(union, s), "%v", p)
	}
	for _, polygon := range boundary {
		for i, ring := range polygon {
			area := naiveArea2(naiveEdges(grid.Unit{Boundary: orb.MultiPolygon{{ring}}}))
			require.Equal(t, i == 0, area > 0, "outer rings turn left, holes right")
		}
		for _, hole := range polygon[min(1, len(polygon)):] { // each lies in its outer ring
			outer := naiveEdges(grid.Unit{Boundary: orb.MultiPolygon{{polygon[0]}}})
			inside := naiveArea2(naiveEdges(grid.Unit{Boundary: orb.MultiPolygon{polygon}}))
			require.Positive(t, inside)
			for _, p := range hole {
				s, _ := naiveSnap(p)
				require.True(t, naiveHolds(outer, s) || onBorder(outer, s))
			}
		}
	}
	if len(boundary) > 0 {
		u, err := grid.Build([]grid.Unit{{Code: "u", Boundary: boundary}}, grid.Options{Levels: []string{"格"}})
		require.NoError(t, err)
		for _, f := range u.Findings() {
			require.Equal(t, grid.Touch, f.Kind)
		}
	}
}

func onBorder(edges []segment, s spot) bool {
	return slices.ContainsFunc(edges, func(e segment) bool { return naiveDistance2(s, e).Sign() == 0 })
}

// naiveArea2 is twice the signed area, relative to a first point so that it fits.
func naiveArea2(edges []segment) (sum int64) {
	for _, e := range edges {
		o := edges[0].a
		sum += (e.a.x-o.x)*(e.b.y-o.y) - (e.b.x-o.x)*(e.a.y-o.y)
	}
	return sum
}

func TestNodeBoundary(t *testing.T) { rapid.Check(t, propNodeBoundary) }

func FuzzNodeBoundary(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propNodeBoundary)) }

// Boxes and triangles that touch anyhow have a union unless two overlap.
func propUnionOfTouching(t *rapid.T) {
	a := gen.Overlapping(t)
	m, n := build(t, a), newNaive(a.Units)
	apart := map[grid.Code][]segment{}
	for _, c := range rapid.Permutation(slices.Sorted(maps.Keys(n.edges))).Draw(t, "some")[:rapid.IntRange(1, len(n.edges)).Draw(t, "n")] {
		if rapid.IntRange(0, 9).Draw(t, "anyhow") == 0 || !slices.ContainsFunc(slices.Collect(maps.Values(apart)), func(e []segment) bool { return overlapping(e, n.edges[c]) }) {
			apart[c] = n.edges[c]
		}
	}
	chosen := slices.Sorted(maps.Keys(apart))
	want := true
	for i, c := range chosen {
		for _, d := range chosen[:i] {
			want = want && !overlapping(n.edges[c], n.edges[d])
		}
	}
	nodes := []grid.Node{{Code: "in"}}
	if len(apart) < m.LeafCount() {
		nodes = append(nodes, grid.Node{Code: "rest"})
	}
	for r := range m.Leaves(0) {
		c := m.Info(r).Code
		parent := grid.Code("rest")
		if apart[c] != nil {
			parent = "in"
		}
		nodes = append(nodes, grid.Node{Code: c, Parent: parent, Level: 1})
	}
	h, err := grid.NewHierarchy(m, "some", []string{"组", "格"}, nodes)
	require.NoError(t, err)
	in, _ := h.Lookup("in")
	boundary, err := h.Boundary(in)
	if !want {
		require.ErrorIs(t, err, grid.ErrOverlapping)
		require.Nil(t, boundary)
		return
	}
	require.NoError(t, err)
	checkUnion(t, n, chosen, boundary, a.Points(t, 15))
	var sum int64
	for _, c := range chosen {
		area := naiveArea2(n.edges[c])
		sum += max(area, -area)
	}
	for _, polygon := range boundary {
		for _, ring := range polygon {
			sum -= naiveArea2(naiveEdges(grid.Unit{Boundary: orb.MultiPolygon{{ring}}}))
		}
	}
	require.Zero(t, sum, "no area is lost")
}

// overlapping reports whether the insides of two convex shapes meet: no edge's
// line has one on each side.
func overlapping(a, b []segment) bool {
	separates := func(edges, other []segment) bool {
		turn := naiveArea2(edges)
		return slices.ContainsFunc(edges, func(e segment) bool {
			return !slices.ContainsFunc(other, func(f segment) bool {
				cross := (e.b.x-e.a.x)*(f.a.y-e.a.y) - (e.b.y-e.a.y)*(f.a.x-e.a.x)
				return cross > 0 && turn > 0 || cross < 0 && turn < 0
			})
		})
	}
	return !separates(a, b) && !separates(b, a)
}

func TestUnionOfTouching(t *testing.T) { rapid.Check(t, propUnionOfTouching) }

func FuzzUnionOfTouching(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propUnionOfTouching)) }

// A corner of one leaf may lie inside an edge of another: the two stay two rings,
// and none is lost.
func TestUnionOfCornerOnEdge(t *testing.T) {
	const d = 1e-7
	ring := func(spots ...[2]float64) orb.MultiPolygon {
		var r orb.Ring
		for _, s := range spots {
			r = append(r, orb.Point{s[0] * d, s[1] * d})
		}
		return orb.MultiPolygon{{r}}
	}
	m, err := grid.Build([]grid.Unit{
		{Code: "slope", Boundary: ring([2]float64{0, 0}, [2]float64{10, 0}, [2]float64{10, 10})},
		{Code: "above", Boundary: ring([2]float64{5, 5}, [2]float64{7, 8}, [2]float64{6, 9})},
	}, grid.Options{Levels: []string{"格"}})
	require.NoError(t, err)
	boundary, err := m.Hierarchy("own").Boundary(0)
	require.NoError(t, err)
	require.Len(t, boundary, 2)
	_, err = m.Apply(grid.Merge(grid.Unit{Code: "both"}, "slope", "above"))
	require.NoError(t, err, "nor does a merge take it for an overlap")
}
