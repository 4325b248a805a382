package audit_test

import (
	"cmp"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/audit"
)

// chainIsEnough: looking only where the chain says so finds what looking at
// everything finds.
func chainIsEnough(t *rapid.T) {
	m := nudged(t)
	if m == nil {
		return
	}
	chained, whole := audit.BothWays(m)
	for _, groups := range [][][]audit.Patch{chained, whole} {
		for _, g := range groups {
			slices.SortFunc(g, func(a, b audit.Patch) int {
				return cmp.Or(slices.Compare(a.Units, b.Units), cmp.Compare(a.At[0], b.At[0]), cmp.Compare(a.At[1], b.At[1]), cmp.Compare(a.Area, b.Area))
			})
		}
	}
	require.Empty(t, gocmp.Diff(whole, chained, cmpopts.EquateApprox(1e-6, 1e-6), cmpopts.EquateEmpty()))
}

func TestChainIsEnough(t *testing.T) { rapid.Check(t, chainIsEnough) }
func FuzzChainIsEnough(f *testing.F) { f.Fuzz(rapid.MakeFuzz(chainIsEnough)) }

// Crossings are those of rational arithmetic, up to the ends of the globe.
func TestCrossing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		reach := rapid.SampledFrom([]int32{3, 1000, 1_800_000_000}).Draw(t, "reach")
		draw := func(label string) [2]int32 {
			return [2]int32{rapid.Int32Range(-reach, reach).Draw(t, label), rapid.Int32Range(-reach/2, reach/2).Draw(t, label)}
		}
		a, b, p, q := draw("a"), draw("b"), draw("p"), draw("q")
		r := func(n int32) *big.Rat { return rat(int64(n)) }
		minus := func(x, y *big.Rat) *big.Rat { return new(big.Rat).Sub(x, y) }
		times := func(x, y *big.Rat) *big.Rat { return new(big.Rat).Mul(x, y) }
		turn := func(a, b, p, q [2]int32) *big.Rat {
			return minus(times(minus(r(b[0]), r(a[0])), minus(r(q[1]), r(p[1]))), times(minus(r(b[1]), r(a[1])), minus(r(q[0]), r(p[0]))))
		}
		if turn(a, b, a, p).Sign()*turn(a, b, a, q).Sign() >= 0 || turn(p, q, p, a).Sign()*turn(p, q, p, b).Sign() >= 0 {
			return
		}
		share := new(big.Rat).Quo(turn(a, p, p, q), turn(a, b, p, q))
		got := audit.Crossing(a, b, p, q)
		for i := range 2 {
			want := new(big.Rat).Add(r(a[i]), times(share, minus(r(b[i]), r(a[i]))))
			den := new(big.Rat).SetInt(new(big.Int).SetUint64(uint64(got[3*i+2])))
			num := new(big.Rat).SetInt(new(big.Int).SetUint64(uint64(got[3*i+1])))
			is := new(big.Rat).Add(rat(got[3*i]), new(big.Rat).Quo(num, den))
			require.Zero(t, want.Cmp(is), "%v %v", want, is)
			require.Less(t, uint64(got[3*i+1]), uint64(got[3*i+2]))
			require.Equal(t, want.Denom().Uint64(), uint64(got[3*i+2]), "lowest terms")
		}
	})
}

// Lines that all cross are given up in bounded time; as many that do not are not.
func TestTangleIsRefused(t *testing.T) {
	const n = 2500
	var crossed, apart [][2][2]int32
	for i := range int32(n) {
		crossed = append(crossed, [2][2]int32{{i * 3, 0}, {(n - i) * 5, 100_000}})
		apart = append(apart, [2][2]int32{{i * 3, 0}, {i*3 + 1, 100_000}})
	}
	ok, _ := audit.Tangle(crossed)
	require.False(t, ok)
	ok, cuts := audit.Tangle(apart)
	require.True(t, ok)
	require.Zero(t, cuts)
}

func TestWideSums(t *testing.T) {
	source := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var numbers []int64
		want := new(big.Int)
		for range source.IntN(40) {
			n := int64(source.Uint64())
			if source.IntN(2) == 0 {
				n = cmp.Or(n>>62, 1) * 9_223_372_036_854_775_807
			}
			numbers = append(numbers, n)
			want.Add(want, big.NewInt(n))
		}
		require.Equal(t, want.String(), audit.Wide(numbers...))
	}
}

// Squares in squares are told by hundreds and given up by thousands, because
// their borders are compared in pairs.
func TestNestIsRefused(t *testing.T) {
	nest := func(n int) []grid.Unit {
		var units []grid.Unit
		for i := range n {
			units = append(units, grid.Unit{Code: grid.Code(fmt.Sprintf("U%05d", i)), Boundary: square(west+i, south+i, 3*n-2*i, 3*n-2*i)})
		}
		return units
	}
	r := audit.Audit(build(t, nest(300), "网格"), audit.Options{UnitMeters: -1})
	require.Len(t, of(r, audit.Overlap), 299)
	refused(t, nest(4000))
}

// So are thousands of faces that each lie in the same thousands of units.
func TestDeepCoverIsRefused(t *testing.T) {
	deep := func(n, m int) []grid.Unit {
		var units []grid.Unit
		for i := range n {
			units = append(units, grid.Unit{Code: grid.Code(fmt.Sprintf("U%05d", i)), Boundary: square(west, south, 1000, 1000)})
		}
		for i := range m {
			units = append(units, grid.Unit{Code: grid.Code(fmt.Sprintf("V%05d", i)), Boundary: square(west+10+i%70*14, south+10+i/70*14, 9, 9)})
		}
		return units
	}
	r := audit.Audit(build(t, deep(40, 40), "网格"), audit.Options{UnitMeters: -1})
	require.Len(t, of(r, audit.Overlap), 41)
	refused(t, deep(2200, 2200))
}

func refused(t *testing.T, units []grid.Unit) {
	r := audit.Audit(build(t, units, "网格"), audit.Options{UnitMeters: -1})
	require.Len(t, r.Findings, 1)
	require.Equal(t, audit.Tangled, r.Findings[0].Kind)
	require.Len(t, r.Findings[0].Units, len(units))
	require.False(t, r.Complete())
	require.Contains(t, r.Findings[0].Text("en"), "U00000, U00001")
}
