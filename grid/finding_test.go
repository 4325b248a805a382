package grid_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
)

// units writes a ring in whole units of 1e-7 degree.
func units(xy ...float64) orb.Ring {
	var ring orb.Ring
	for i := 0; i < len(xy); i += 2 {
		ring = append(ring, orb.Point{xy[i] / 1e7, xy[i+1] / 1e7})
	}
	return ring
}

func TestFindings(t *testing.T) {
	type found struct {
		Kind grid.FindingKind
		X, Y float64 // units
		Args string
	}
	for _, c := range []struct {
		name   string
		rings  orb.Polygon
		want   []found
		strict string
	}{
		{"clean with hole", orb.Polygon{units(0, 0, 90, 0, 90, 90, 0, 90), units(10, 10, 20, 10, 20, 20)}, nil, ""},
		{"corner on corner", orb.Polygon{units(0, 0, 10, 0, 10, 10, 0, 10), units(10, 10, 20, 10, 20, 20, 10, 20)},
			[]found{{grid.Touch, 10, 10, "0 0"}},
			`unit "u": polygon 0: ring 0: vertex 2: at 0.000001,0.000001: boundary touches itself`},
		{"corner on edge", orb.Polygon{units(0, 0, 30, 0, 30, 30, 0, 30), units(0, 15, 10, 10, 10, 20)},
			[]found{{grid.Touch, 0, 15, "0 1"}},
			`unit "u": polygon 0: ring 1: vertex 0: at 0,0.0000015: boundary touches itself`},
		{"bow-tie through a vertex", orb.Polygon{units(0, 0, 10, 10, 20, 20, 20, 0, 10, 10, 0, 20)},
			[]found{{grid.Touch, 10, 10, "0 0"}},
			`unit "u": polygon 0: ring 0: vertex 1: at 0.000001,0.000001: boundary touches itself`},
		{"spike", orb.Polygon{units(0, 0, 10, 0, 10, 10, 30, 10, 10, 10, 0, 10)},
			[]found{{grid.Touch, 10, 10, "0 0"}, {grid.Fold, 10, 10, "0 0"}},
			`unit "u": polygon 0: ring 0: vertex 2: at 0.000001,0.000001: boundary touches itself`},
		{"hole along its outer ring", orb.Polygon{units(0, 0, 30, 0, 30, 30, 0, 30), units(10, 0, 20, 0, 15, 10)},
			[]found{{grid.Touch, 10, 0, "0 1"}, {grid.Fold, 10, 0, "0 1"}, {grid.Touch, 20, 0, "0 1"}}, ""},
		{"ring less than a unit", orb.Polygon{units(0, 0, 30, 0, 30, 30), units(5.1, 4.1, 5.2, 4.2, 5.1, 4.3)},
			[]found{{grid.Collapsed, 5.1, 4.1, "0 1"}},
			`unit "u": polygon 0: ring 1: vertex 0: at 0.0000005,0.0000004: ring vanishes at 1e-7 degree`},
		{"crossing by a unit", orb.Polygon{units(0, 0, 1000, 0, 1000, 100, 500, -1, 0, 100)},
			[]found{{grid.SnapCrossing, 495, 0, "0 0"}, {grid.SnapCrossing, 504, 0, "0 0"}}, ""},
		{"crossing by 2 units", orb.Polygon{units(0, 0, 1000, 0, 1000, 100, 500, -2, 0, 100)},
			[]found{{grid.SnapCrossing, 490, 0, "0 0"}, {grid.SnapCrossing, 509, 0, "0 0"}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := []grid.Unit{{Code: "u", Boundary: orb.MultiPolygon{c.rings}}}
			m, err := grid.Build(in, grid.Options{Levels: []string{"网格"}})
			require.NoError(t, err)
			var got []found
			for _, f := range m.Findings() {
				require.True(t, f.HasAt)
				require.Equal(t, grid.Code("u"), f.Unit)
				got = append(got, found{f.Kind, math.Round(f.At[0]*1e9) / 100, math.Round(f.At[1]*1e9) / 100, strings.Join(f.Args, " ")})
			}
			require.Empty(t, cmp.Diff(c.want, got))
			_, err = grid.Build(in, grid.Options{Levels: []string{"网格"}, Strict: true})
			require.Len(t, said(err), len(c.want))
			if c.strict != "" {
				require.Equal(t, c.strict, said(err)[0])
			}
			want := newNaive(in)
			for x := -3.0; x < 35; x++ {
				for y := -3.0; y < 35; y++ {
					p := orb.Point{x / 1e7, y / 1e7}
					require.Equal(t, want.owner(p), codeAt(m, p), "%v %v", x, y)
				}
			}
		})
	}
}

// Three units are too many for snapping to have done it.
func TestCrossingBy3UnitsIsAFault(t *testing.T) {
	in := []grid.Unit{{Code: "u", Boundary: orb.MultiPolygon{{units(0, 0, 1000, 0, 1000, 100, 500, -3, 0, 100)}}}}
	_, err := grid.Build(in, grid.Options{Levels: []string{"网格"}})
	require.ErrorIs(t, err, grid.ErrCrossing)
	require.Len(t, said(err), 2)
}

// Snapping may turn edges that do not cross into ones that do; never so that
// Build refuses.
func TestSnappingNeverMakesAFault(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// A thin sliver between two nearly parallel sides, off the resolution.
		c := rapid.Float64Range(0, 3)
		long := rapid.Float64Range(5, 5000).Draw(t, "long")
		lean := rapid.Float64Range(-3, 3).Draw(t, "lean")
		ring := units(
			c.Draw(t, "x"), 0, long, lean, long/2, lean/2+c.Draw(t, "thin")/2+1e-3, 0, c.Draw(t, "y")+1e-3)
		if crosses(ring) {
			t.Skip("crosses before it is snapped")
		}
		_, err := grid.Build([]grid.Unit{{Code: "u", Boundary: orb.MultiPolygon{{ring}}}}, grid.Options{Levels: []string{"网格"}})
		require.NoError(t, err)
	})
}

// crosses reports whether a ring crosses itself before snapping, at a thousand
// times the resolution.
func crosses(ring orb.Ring) bool {
	var fine []segment
	at := func(p orb.Point) spot { return spot{int64(math.Round(p[0] * 1e12)), int64(math.Round(p[1] * 1e12))} }
	for i, p := range ring {
		fine = append(fine, segment{at(p), at(ring[(i+1)%len(ring)])})
	}
	return slices.ContainsFunc(fine, func(e segment) bool {
		return slices.ContainsFunc(fine, func(f segment) bool { _, _, ok := naiveCross(e, f); return ok })
	})
}

func TestHollow(t *testing.T) {
	m, err := grid.Build(four(), twoLevels)
	require.NoError(t, err)
	want := []grid.Finding{{Kind: grid.Hollow, Unit: "block"}}
	require.Empty(t, cmp.Diff(want, m.Findings()))
	strict := twoLevels
	strict.Strict = true
	_, err = grid.Build(four(), strict)
	require.ErrorIs(t, err, grid.ErrHollow)
	require.Equal(t, []string{`unit "block": unit with children has no boundary`}, said(err))
}

func TestFindingsAreCopies(t *testing.T) {
	in := []grid.Unit{{Code: "u", Boundary: orb.MultiPolygon{{units(0, 0, 30, 0, 30, 30), units(5, 4, 5.1, 4, 5, 4.1)}}}}
	m, err := grid.Build(in, grid.Options{Levels: []string{"网格"}})
	require.NoError(t, err)
	m.Findings()[0].Args[0] = "changed"
	m.Findings()[0].Unit = "changed"
	require.Equal(t, []string{"0", "1"}, m.Findings()[0].Args)
	require.Equal(t, grid.Code("u"), m.Findings()[0].Unit)
}

// Every kind has its own text in both languages, with every argument in it.
func TestFindingTexts(t *testing.T) {
	seen := map[string]bool{}
	for _, kind := range grid.FindingKinds() {
		f := grid.Finding{Kind: kind, Unit: "440309006001", At: orb.Point{114.05, 22.7}, HasAt: true, Args: []string{"81", "92"}}
		if kind == grid.Hollow {
			f.HasAt, f.At, f.Args = false, orb.Point{}, nil
		}
		for _, lang := range []string{"en", "zh"} {
			text := f.Text(lang)
			require.False(t, seen[text] || strings.ContainsAny(text, "{}") || strings.HasPrefix(text, string(kind)), text)
			seen[text] = true
			require.Contains(t, text, "440309006001")
			for _, arg := range f.Args {
				require.Contains(t, text, arg)
			}
			if f.HasAt {
				require.Contains(t, text, "114.05,22.7")
			}
			require.Equal(t, lang == "zh", strings.ContainsAny(text, "的有"), text)
		}
	}
	require.Equal(t, "440309006001 的边界在 114.05,22.7 处自相接触(第 0 个多边形,第 2 个环,从 0 起数)",
		grid.Finding{Kind: grid.Touch, Unit: "440309006001", At: orb.Point{114.05, 22.7}, HasAt: true, Args: []string{"0", "2"}}.Text("zh"))
}

// Each finding is one error when Strict, and the sentinel of its kind.
func TestStrictCarriesSentinels(t *testing.T) {
	in := []grid.Unit{{Code: "u", Boundary: orb.MultiPolygon{{
		units(0, 0, 1000, 0, 1000, 100, 500, -1, 0, 100),              // crosses by a unit
		units(0, 500, 100, 500, 100, 600, 300, 600, 100, 600, 0, 600), // spike
		units(7, 200, 7.1, 200, 7, 200.1),                             // vanishes
	}}}}
	_, err := grid.Build(in, grid.Options{Levels: []string{"网格"}, Strict: true})
	for _, sentinel := range []error{grid.ErrSnapCrossing, grid.ErrCollapsed, grid.ErrTouch, grid.ErrFold} {
		require.ErrorIs(t, err, sentinel)
	}
	require.False(t, errors.Is(err, grid.ErrCrossing))
}
