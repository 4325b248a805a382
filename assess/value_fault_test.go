package assess_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/assess"
)

// valueFaults: With reports what reading the values one by one finds, a value that
// comes again after a faulty one too, and takes all of them when nothing is wrong.
func valueFaults(t *rapid.T) {
	plan := assess.Plan{
		Indicators: []assess.Indicator{{Code: "i", Of: "due", Counts: "closed"}},
		Nodes: []assess.Node{
			{Code: "root"}, {Code: "a", Parent: "root", Weight: 5000, Measured: true},
			{Code: "b", Parent: "root", Weight: 3000, Measured: true}, {Code: "r", Parent: "root", Weight: 2000, Indicator: "i"},
		},
		Adjustments: []assess.Adjustment{{Code: "n", Node: "root", Measured: true, Each: 1}, {Code: "m", Node: "root", Indicator: "i", Each: 1}},
	}
	known := map[assess.Code]bool{"a": true, "b": true, "n": true}
	draw := rapid.Custom(func(t *rapid.T) assess.Measure {
		return assess.Measure{
			Of: rapid.SampledFrom([]assess.Code{"a", "b", "n", "n", "m", "r", "root", "none", ""}).Draw(t, "of"),
			Group: assess.Group{By: rapid.SampledFrom([]string{"area", "area", "area", "party", "x y"}).Draw(t, "by"),
				Code: rapid.SampledFrom([]assess.Code{"g", "h", "k", "l", ""}).Draw(t, "code")},
			Value: rapid.SampledFrom([]int64{0, 1, -1, assess.InputMax, assess.InputMax + 1}).Draw(t, "value"),
		}
	})
	board, had := score(t, plan, nil), []assess.Measure(nil)
	for range rapid.IntRange(1, 3).Draw(t, "boards") {
		values := rapid.SliceOfN(draw, 0, 30).Draw(t, "values")
		var want []place
		for i, v := range values {
			if !known[v.Of] {
				want = append(want, place{assess.ErrUnknown, "Measures", i})
			}
			if v.Group.By == "x y" || v.Group.Code == "" {
				want = append(want, place{assess.ErrCode, "Measures", i})
			}
			for _, before := range append(values[:i:i], had...) {
				if known[v.Of] && before.Of == v.Of && before.Group == v.Group {
					want = append(want, place{assess.ErrTwice, "Measures", i})
					break
				}
			}
			if (v.Of == "n" || v.Of == "m") && (v.Value < 0 || v.Value > assess.InputMax) {
				want = append(want, place{assess.ErrScore, "Measures", i})
			}
		}
		next, err := board.With(values)
		if len(want) == 0 {
			require.NoError(t, err)
			board, had = next, append(had, values...)
			require.Empty(t, cmp.Diff(naiveBoard{plan: plan, values: had}.ranking("a", "area"), board.Ranking("a", "area")))
			continue
		}
		faults := new(assess.Faults)
		require.ErrorAs(t, err, &faults)
		var got []place
		for _, f := range faults.All {
			got = append(got, place{f.Err, f.Field, f.Index})
		}
		require.Empty(t, cmp.Diff(want, got, sameError))
		require.Nil(t, next)
	}
}

func TestValueFaults(t *testing.T) { rapid.Check(t, valueFaults) }
func FuzzValueFaults(f *testing.F) { f.Fuzz(rapid.MakeFuzz(valueFaults)) }

// BenchmarkFaultyValues: a list of one value over and over costs its length; were each
// kept, it would take half a minute.
func BenchmarkFaultyValues(b *testing.B) {
	board := score(b, assess.Plan{Nodes: []assess.Node{{Code: "root", Measured: true}}}, nil)
	values := make([]assess.Measure, assess.MeasuresMax/4)
	for i := range values {
		values[i] = assess.Measure{Of: "root", Group: assess.Group{By: "area", Code: "a"}}
	}
	for b.Loop() {
		_, err := board.With(values)
		require.Error(b, err)
	}
}
