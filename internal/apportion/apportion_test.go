package apportion_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/apportion"
)

// naive is the rule in arbitrary precision: floor every share, then give one
// unit at a time to the largest remainder that has not had one yet.
func naive(total int64, weights []int64) []int64 {
	sum := new(big.Int)
	for _, w := range weights {
		sum.Add(sum, big.NewInt(w))
	}
	parts, rests := make([]int64, len(weights)), make([]*big.Int, len(weights))
	left := total
	for i, w := range weights {
		quo, rem := new(big.Int).QuoRem(new(big.Int).Mul(big.NewInt(total), big.NewInt(w)), sum, new(big.Int))
		parts[i], rests[i] = quo.Int64(), rem
		left -= parts[i]
	}
	for ; left > 0; left-- {
		best := 0
		for i := range rests {
			if rests[i].Cmp(rests[best]) > 0 {
				best = i
			}
		}
		parts[best]++
		rests[best] = big.NewInt(-1)
	}
	return parts
}

// amounts mixes everyday numbers with the ends of the range.
func amounts() *rapid.Generator[int64] {
	return rapid.OneOf(rapid.Int64Range(0, 12), rapid.Int64Range(0, 1e8), rapid.Int64Range(math.MaxInt64-9, math.MaxInt64), rapid.Int64Range(0, math.MaxInt64))
}

func weights() *rapid.Generator[[]int64] {
	return rapid.OneOf(rapid.SliceOfN(amounts(), 1, 5), rapid.SliceOfN(amounts(), 60, 70), rapid.SliceOfN(rapid.Just(int64(math.MaxInt64)), 2, 9)).
		Filter(func(w []int64) bool { return slices.Max(w) > 0 })
}

func propSplit(t *rapid.T) {
	total, w := amounts().Draw(t, "total"), weights().Draw(t, "weights")
	got, err := apportion.Append([]int64(nil), total, w)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(naive(total, w), got))

	sum, all := new(big.Int), new(big.Int)
	for i := range w {
		all.Add(all, big.NewInt(w[i]))
		sum.Add(sum, big.NewInt(got[i]))
	}
	require.Zero(t, sum.Cmp(big.NewInt(total)), "parts add up to %s, not %d", sum, total)
	for i := range w { // |part·Σ − total·weight| < Σ
		off := new(big.Int).Mul(big.NewInt(got[i]), all)
		off.Sub(off, new(big.Int).Mul(big.NewInt(total), big.NewInt(w[i])))
		require.Negative(t, off.CmpAbs(all), "part %d is a unit or more off", i)
		require.False(t, w[i] == 0 && got[i] != 0)
		require.False(t, total <= all.Int64() && all.IsInt64() && got[i] > w[i], "part %d is above its weight", i)
	}
}

func TestSplit(t *testing.T) { rapid.Check(t, propSplit) }

func FuzzSplit(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propSplit)) }

// TestOrder: the same weights in another order give the same parts, except that
// those with equal remainders may change places among themselves.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total, w := amounts().Draw(t, "total"), weights().Draw(t, "weights")
		order := rapid.Permutation(slices.Collect(func(yield func(int) bool) {
			for i := range w {
				if !yield(i) {
					return
				}
			}
		})).Draw(t, "order")
		mixed := make([]int64, len(w))
		for i, at := range order {
			mixed[i] = w[at]
		}
		a, err := apportion.Append([]int64(nil), total, w)
		require.NoError(t, err)
		b, err := apportion.Append([]int64(nil), total, mixed)
		require.NoError(t, err)
		require.Equal(t, byRemainder(total, w, a), byRemainder(total, mixed, b))
	})
}

// TestOrderOfEqualRemainders: 2½ and 5½ have the same claim on the unit left over.
func TestOrderOfEqualRemainders(t *testing.T) {
	for _, c := range []struct{ weights, want []int64 }{{[]int64{5, 11}, []int64{3, 5}}, {[]int64{11, 5}, []int64{6, 2}}} {
		got, err := apportion.Append([]int64(nil), 8, c.weights)
		require.NoError(t, err)
		require.Equal(t, c.want, got)
	}
}

// byRemainder lists, for each part, the remainder of its exact share, its whole
// units and whether it got one more, in order: what is left when ties are not told
// apart.
func byRemainder(total int64, w, parts []int64) [][3]string {
	all := new(big.Int)
	for _, each := range w {
		all.Add(all, big.NewInt(each))
	}
	var list [][3]string
	units := map[string]*big.Int{} // the sum of whole units of a remainder
	for i := range w {
		whole, rest := new(big.Int).QuoRem(new(big.Int).Mul(big.NewInt(total), big.NewInt(w[i])), all, new(big.Int))
		more := new(big.Int).Sub(big.NewInt(parts[i]), whole)
		list = append(list, [3]string{rest.String(), "", more.String()})
		if units[rest.String()] == nil {
			units[rest.String()] = new(big.Int)
		}
		units[rest.String()].Add(units[rest.String()], whole)
	}
	for i := range list {
		list[i][1] = units[list[i][0]].String()
	}
	slices.SortFunc(list, func(a, b [3]string) int { return slices.Compare(a[:], b[:]) })
	return list
}

func TestVectors(t *testing.T) {
	for _, c := range []struct {
		total   int64
		weights []int64
		want    []int64
	}{
		{15, []int64{80, 8, 12}, []int64{12, 1, 2}}, // list order would give 13, 1, 1
		{10, []int64{5, 5, 1}, []int64{5, 4, 1}},    // a capped rest would lose one
		{1, []int64{1, 1, 1}, []int64{1, 0, 0}},
		{2, []int64{1, 0, 1, 1}, []int64{1, 0, 1, 0}},
		{0, []int64{3, 4}, []int64{0, 0}},
		{math.MaxInt64, []int64{math.MaxInt64, math.MaxInt64, math.MaxInt64}, []int64{3074457345618258603, 3074457345618258602, 3074457345618258602}},
		{math.MaxInt64, []int64{math.MaxInt64}, []int64{math.MaxInt64}},
	} {
		got, err := apportion.Append([]int64(nil), c.total, c.weights)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(c.want, got), "%d over %v", c.total, c.weights)
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		total   int64
		weights []int64
		want    error
	}{
		{-1, []int64{1}, apportion.ErrNegative},
		{1, []int64{1, -1}, apportion.ErrNegative},
		{-1, nil, apportion.ErrNegative},
		{1, []int64{math.MinInt64}, apportion.ErrNegative},
		{0, nil, apportion.ErrNoWeight},
		{5, []int64{0, 0}, apportion.ErrNoWeight},
	} {
		dst := []int64{7}
		got, err := apportion.Append(dst, c.total, c.weights)
		require.ErrorIs(t, err, c.want)
		require.Equal(t, []int64{7}, got)
	}
}

func TestAllocations(t *testing.T) {
	w := make([]int64, 64)
	for i := range w {
		w[i] = math.MaxInt64 - int64(i*i)
	}
	dst := make([]int64, 0, len(w))
	require.Zero(t, testing.AllocsPerRun(100, func() { dst, _ = apportion.Append(dst[:0], math.MaxInt64-1, w) }))
}

func ExampleAppend() {
	parts, err := apportion.Append([]int64(nil), 100, []int64{1, 1, 1})
	fmt.Println(parts, err)
	// Output: [34 33 33] <nil>
}

func BenchmarkAppend(b *testing.B) {
	for _, c := range []struct {
		name    string
		weights []int64
	}{
		{"3", []int64{30_000_000, 25_000_000, 20_000_000}},
		{"20", slices.Repeat([]int64{7, 11, 13, 17}, 5)},
		{"3-wide", []int64{math.MaxInt64, math.MaxInt64 - 1, math.MaxInt64 - 5}},
	} {
		b.Run(c.name, func(b *testing.B) {
			dst := make([]int64, 0, len(c.weights))
			b.ReportAllocs()
			for b.Loop() {
				dst, _ = apportion.Append(dst[:0], 49_999_999, c.weights)
			}
		})
		b.Run(c.name+"/naive", func(b *testing.B) {
			for b.Loop() {
				naive(49_999_999, c.weights)
			}
		})
	}
}
