package grid_test

import (
	"cmp"
	"encoding/hex"
	"iter"
	"math"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/gen"
)

// naiveTree walks the caller's units.
type naiveTree []grid.Unit

func (n naiveTree) unit(c grid.Code) *grid.Unit {
	for i := range n {
		if n[i].Code == c {
			return &n[i]
		}
	}
	return nil
}

// children are the units below parent, or the outermost ones for "", by code.
func (n naiveTree) children(parent grid.Code) []grid.Code {
	out := []grid.Code{}
	for _, u := range n {
		if u.Level == 0 && parent == "" || u.Level > 0 && u.Parent == parent {
			out = append(out, u.Code)
		}
	}
	slices.SortFunc(out, cmp.Compare)
	return out
}

// subtree is c and all below it, siblings by code; all units for "".
func (n naiveTree) subtree(c grid.Code) []grid.Code {
	out := []grid.Code{}
	if c != "" {
		out = append(out, c)
	}
	for _, child := range n.children(c) {
		out = append(out, n.subtree(child)...)
	}
	return out
}

func (n naiveTree) leaves(c grid.Code) []grid.Code {
	return slices.DeleteFunc(n.subtree(c), func(c grid.Code) bool { return len(n.children(c)) > 0 })
}

// path is from the outermost unit to c.
func (n naiveTree) path(c grid.Code) []grid.Code {
	u := n.unit(c)
	if u.Level == 0 {
		return []grid.Code{c}
	}
	return append(n.path(u.Parent), c)
}

func codes(m *grid.Map, refs iter.Seq[grid.Ref]) []grid.Code {
	out := []grid.Code{}
	for r := range refs {
		out = append(out, m.Info(r).Code)
	}
	return out
}

// sequence checks that a sequence is the same twice, and stops when told to.
func sequence(t require.TestingT, refs iter.Seq[grid.Ref]) iter.Seq[grid.Ref] {
	all := slices.Collect(refs)
	require.Equal(t, all, slices.Collect(refs), "rangeable twice")
	for stop := range all {
		n := 0
		for r := range refs { // a yield after false would panic
			require.Equal(t, all[n], r)
			if n++; n > stop {
				break
			}
		}
	}
	return refs
}

func propHierarchy(t *rapid.T) {
	a := gen.Tiling(t)
	m, n := build(t, a), naiveTree(a.Units)
	require.Equal(t, a.Levels, m.Levels())
	require.Equal(t, len(a.Units), m.Len())
	require.Equal(t, len(n.leaves("")), m.LeafCount())
	require.Equal(t, n.subtree(""), codes(m, sequence(t, m.All())))
	require.Equal(t, n.children(""), codes(m, sequence(t, m.Children(0))))
	require.Equal(t, n.leaves(""), codes(m, sequence(t, m.Leaves(0))))
	for r := range m.All() {
		info := m.Info(r)
		c, u := info.Code, n.unit(info.Code)
		require.Equal(t, grid.Info{Code: u.Code, Parent: u.Parent, Name: u.Name, Level: u.Level, Leaf: len(n.children(c)) == 0}, info)
		found, ok := m.Lookup(c)
		require.True(t, ok)
		require.Equal(t, r, found)
		require.Equal(t, u.Counts, m.Counts(r))
		require.Equal(t, n.children(c), codes(m, sequence(t, m.Children(r))))
		require.Equal(t, n.leaves(c), codes(m, sequence(t, m.Leaves(r))))
		path := n.path(c)
		require.Equal(t, path, codes(m, sequence(t, m.Path(r))))
		parent := grid.Code("")
		if len(path) > 1 {
			parent = path[len(path)-2]
		}
		require.Equal(t, parent, m.Info(m.Parent(r)).Code)
		for level := -1; level <= len(a.Levels); level++ {
			i := slices.IndexFunc(path, func(c grid.Code) bool { return n.unit(c).Level == level })
			want := grid.Code("")
			if i >= 0 {
				want = path[i]
			}
			require.Equal(t, want, m.Info(m.Ancestor(r, level)).Code)
		}
		subtree := n.subtree(c)
		require.Equal(t, subtree[len(subtree)-1], m.Info(m.Last(r)).Code)
		for inner := range m.All() {
			require.Equal(t, slices.Contains(subtree, m.Info(inner).Code), m.Contains(r, inner))
		}
	}
}

func TestHierarchy(t *testing.T) { rapid.Check(t, propHierarchy) }

func FuzzHierarchy(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propHierarchy)) }

// Nothing depends on the order in which units come.
func TestOrderOfInput(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := gen.Tiling(t)
		if rapid.Bool().Draw(t, "overlap") {
			a = gen.Overlapping(t)
		}
		b := a
		b.Units = gen.Shuffled(t, a.Units)
		m, n := build(t, a), build(t, b)
		require.Equal(t, m.Hash(), n.Hash())
		require.Equal(t, m.Findings(), n.Findings())
		points := a.Points(t, 10)
		require.Equal(t, m.LocateAll(points, nil), n.LocateAll(points, nil))
		for r := range m.All() {
			require.Equal(t, m.Info(r), n.Info(r))
			require.Equal(t, m.Boundary(r), n.Boundary(r))
		}
	})
}

// What a map gives back as boundaries builds the same map.
func TestBoundaryRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := gen.Tiling(t)
		m := build(t, a)
		for i, u := range a.Units {
			r, _ := m.Lookup(u.Code)
			a.Units[i].Boundary = m.Boundary(r)
		}
		require.Equal(t, m.Hash(), build(t, a).Hash())
	})
}

func TestEmptyMaps(t *testing.T) {
	built, err := grid.Build(nil, grid.Options{Levels: []string{"网格"}})
	require.NoError(t, err)
	require.NotZero(t, built.Hash())
	full, err := grid.Build(four(), twoLevels)
	require.NoError(t, err)
	for name, m := range map[string]*grid.Map{"nil": nil, "zero": {}, "no units": built, "full": full} {
		t.Run(name, func(t *testing.T) {
			if m != full {
				require.Zero(t, m.Len())
				require.Zero(t, m.LeafCount())
				require.Empty(t, m.Findings())
				_, ok := m.Locate(orb.Point{5e-7, 5e-7})
				require.False(t, ok)
				require.Equal(t, []grid.Ref{0}, m.LocateAll([]orb.Point{{5e-7, 5e-7}}, nil))
				require.Empty(t, codes(m, m.All()))
				require.Empty(t, codes(m, m.Children(0)))
				require.Empty(t, codes(m, m.Leaves(0)))
				require.Empty(t, codes(m, m.Within(orb.Bound{Min: orb.Point{-1, -1}, Max: orb.Point{1, 1}})))
			}
			_, ok := m.Lookup("nobody")
			require.False(t, ok)
			_, ok = m.Lookup("")
			require.False(t, ok)
			for _, r := range []grid.Ref{0, 6, 7, math.MaxUint32 - 1, math.MaxUint32} {
				require.Zero(t, m.Info(r))
				require.Nil(t, m.Boundary(r))
				require.Nil(t, m.Counts(r))
				require.Nil(t, m.Attrs(r))
				require.Zero(t, m.Parent(r))
				require.Zero(t, m.Ancestor(r, 0))
				require.Zero(t, m.Last(r))
				require.False(t, m.Contains(r, r))
				require.False(t, m.Contains(r, 1))
				require.False(t, m.Contains(1, r))
				require.Empty(t, codes(m, m.Path(r)))
				if r != 0 {
					require.Empty(t, codes(m, m.Children(r)))
					require.Empty(t, codes(m, m.Leaves(r)))
				}
			}
		})
	}
	require.Zero(t, (*grid.Map)(nil).Hash())
	require.Nil(t, (*grid.Map)(nil).Levels())
}

// The hash is a promise: the same content has it in every release of format 2.
func TestHashIsKnown(t *testing.T) {
	m, err := grid.Build(four(), twoLevels)
	require.NoError(t, err)
	const want = "d0d4192bbfdfc1dc8a888dc73ff987f540665410354b156fd70607e8e29d4118"
	require.Equal(t, want, hexOf(m.Hash()))
	for name, change := range map[string]func(u []grid.Unit, o *grid.Options){
		"level name": func(_ []grid.Unit, o *grid.Options) { o.Levels = []string{"街区", "格"} },
		"code":       func(u []grid.Unit, _ *grid.Options) { u[4].Code = "n" },
		"parent":     func(u []grid.Unit, _ *grid.Options) { u[0].Parent = "street" },
		"point":      func(u []grid.Unit, _ *grid.Options) { u[1].Boundary[0][0][0][0] = 1e-7 },
		"ring start": func(u []grid.Unit, _ *grid.Options) {
			ring := u[1].Boundary[0][0]
			u[1].Boundary[0][0] = append(slices.Clone(ring[1:]), ring[0])
		},
	} {
		u, o := four(), twoLevels
		change(u, &o)
		other, err := grid.Build(u, o)
		require.NoError(t, err)
		require.NotEqual(t, m.Hash(), other.Hash(), name)
	}
	same := four()
	same[1].Name, same[1].Counts = "另一个名字", map[string]int64{"people": 1}
	same[1].Boundary[0][0] = append(same[1].Boundary[0][0], same[1].Boundary[0][0][0]) // closed
	same[1].Boundary[0][0][1][0] += 0.4e-7                                             // within half a unit
	other, err := grid.Build(same, twoLevels)
	require.NoError(t, err)
	require.Empty(t, gocmp.Diff(m.Hash(), other.Hash()))
}

func hexOf(h [32]byte) string { return hex.EncodeToString(h[:]) }
