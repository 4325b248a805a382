package assess_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/assess"
)

var december = assess.Interval{
	From:  time.Date(2016, 12, 1, 0, 0, 0, 0, time.UTC),
	Until: time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC),
}

var words = []string{"due", "closed", "late", "deferred", "merged", "filed"}

// drawPlan has up to 70 indicators, so that classes take more than two words.
func drawPlan(t *rapid.T) assess.Plan {
	plan := assess.Plan{}
	if rapid.Bool().Draw(t, "from") {
		plan.Period.From = december.From
	}
	if rapid.Bool().Draw(t, "until") {
		plan.Period.Until = december.Until
	}
	count := rapid.OneOf(rapid.IntRange(0, 4), rapid.IntRange(31, 33), rapid.IntRange(60, 70)).Draw(t, "indicators")
	for i := range count {
		of := rapid.SampledFrom(words).Draw(t, "of")
		except := rapid.SliceOfN(rapid.SampledFrom(words), 0, 3).Draw(t, "except")
		plan.Indicators = append(plan.Indicators, assess.Indicator{
			Code: assess.Code(fmt.Sprintf("i%d", (i*37)%101)), Of: of, Counts: rapid.SampledFrom(words).Draw(t, "counts"),
			Except: slices.DeleteFunc(except, func(mark string) bool { return mark == of }),
		})
	}
	return plan
}

func drawFact(t *rapid.T, id int) assess.Fact {
	fact := assess.Fact{
		ID:    assess.Code(fmt.Sprintf("f%d", id)),
		At:    december.From.Add(time.Duration(rapid.IntRange(-2, 33).Draw(t, "day")) * 24 * time.Hour),
		Marks: rapid.SliceOfN(rapid.SampledFrom(append([]string{"other"}, words...)), 0, 6).Draw(t, "marks"),
	}
	for range rapid.IntRange(0, 5).Draw(t, "groups") {
		fact.Groups = append(fact.Groups, assess.Group{
			By:   rapid.SampledFrom([]string{"area", "party"}).Draw(t, "by"),
			Code: rapid.SampledFrom([]assess.Code{"a", "b", "c", "d"}).Draw(t, "code"),
		})
	}
	return fact
}

func drawFacts(t *rapid.T) []assess.Fact {
	var facts []assess.Fact
	for id := range rapid.IntRange(0, 40).Draw(t, "facts") {
		facts = append(facts, drawFact(t, id))
	}
	return facts
}

func score(t require.TestingT, plan assess.Plan, facts []assess.Fact) *assess.ScoreBoard {
	scheme, err := assess.NewScheme(plan)
	require.NoError(t, err)
	board, err := assess.Score(scheme, facts)
	require.NoError(t, err)
	return board
}

func sameAsNaive(t *rapid.T) {
	plan, facts := drawPlan(t), drawFacts(t)
	board := score(t, plan, facts)
	want := naiveRates(plan, facts)
	require.Empty(t, cmp.Diff(want, slices.Collect(board.Rates())))
	require.Empty(t, cmp.Diff(want, slices.Collect(board.Rates())), "rangeable twice")
	require.Equal(t, plan.Period, board.Period())

	for _, rate := range want {
		got, ok := board.Rate(rate.Indicator, rate.By, rate.Code)
		require.True(t, ok)
		require.Equal(t, rate, got)
		in := plan.Indicators[slices.IndexFunc(plan.Indicators, func(in assess.Indicator) bool { return in.Code == rate.Indicator })]
		why, ok := board.Explain(rate.Indicator, rate.By, rate.Code)
		require.True(t, ok)
		n := naiveRate(plan, facts, in, assess.Group{By: rate.By, Code: rate.Code})
		require.Equal(t, n, naive{why.Counted, why.Missed, why.Excluded})
		require.Equal(t, rate, why.Rate)
		require.Equal(t, in.Of, why.Indicator.Of)
	}
	for _, absent := range []assess.Rate{{Indicator: "i0", By: "area", Code: "z"}, {Indicator: "none", By: "area", Code: "a"}, {Indicator: "i0", By: "post", Code: "a"}} {
		_, ok := board.Rate(absent.Indicator, absent.By, absent.Code)
		require.False(t, ok)
		_, ok = board.Explain(absent.Indicator, absent.By, absent.Code)
		require.False(t, ok)
	}
}

func TestSameAsNaive(t *testing.T) { rapid.Check(t, sameAsNaive) }
func FuzzScore(f *testing.F)       { f.Fuzz(rapid.MakeFuzz(sameAsNaive)) }

// TestOrderIrrelevant shuffles facts, groups and marks.
func TestOrderIrrelevant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan, facts := drawPlan(t), drawFacts(t)
		shuffled := slices.Clone(facts)
		for i := range shuffled {
			shuffled[i].Groups = slices.Clone(shuffled[i].Groups)
			slices.Reverse(shuffled[i].Groups)
			shuffled[i].Marks = slices.Clone(shuffled[i].Marks)
			slices.Reverse(shuffled[i].Marks)
		}
		shuffled = rapid.Permutation(shuffled).Draw(t, "facts")
		turned := plan
		turned.Indicators = rapid.Permutation(plan.Indicators).Draw(t, "indicators")
		a, b := score(t, plan, facts), score(t, turned, shuffled)
		require.Empty(t, cmp.Diff(slices.Collect(a.Rates()), slices.Collect(b.Rates())))
		for rate := range a.Rates() {
			x, _ := a.Explain(rate.Indicator, rate.By, rate.Code)
			y, _ := b.Explain(rate.Indicator, rate.By, rate.Code)
			require.Empty(t, cmp.Diff(x, y))
		}
	})
}

// TestDisjointUnion: the rates of a whole are the summed counts of its parts.
func TestDisjointUnion(t *testing.T) { rapid.Check(t, disjointUnion) }
func FuzzDisjointUnion(f *testing.F) { f.Fuzz(rapid.MakeFuzz(disjointUnion)) }

func disjointUnion(t *rapid.T) {
	plan, facts := drawPlan(t), drawFacts(t)
	cut := rapid.IntRange(0, len(facts)).Draw(t, "cut")
	left, right := score(t, plan, facts[:cut]), score(t, plan, facts[cut:])
	sum := map[assess.Rate]assess.Rate{}
	for _, board := range []*assess.ScoreBoard{left, right} {
		for rate := range board.Rates() {
			key := assess.Rate{Indicator: rate.Indicator, By: rate.By, Code: rate.Code}
			before, ok := sum[key]
			if !ok {
				before = key
			}
			total, err := before.Plus(rate)
			require.NoError(t, err)
			sum[key] = total
		}
	}
	whole := map[assess.Rate]assess.Rate{}
	for rate := range score(t, plan, facts).Rates() {
		whole[assess.Rate{Indicator: rate.Indicator, By: rate.By, Code: rate.Code}] = rate
	}
	require.Empty(t, cmp.Diff(sum, whole))
}

// TestExcludedFact: one more excluded fact changes Excluded and nothing else.
func TestExcludedFact(t *testing.T) {
	plan := assess.Plan{Period: december, Indicators: assess.Presets("en")[2:3]}
	rapid.Check(t, func(t *rapid.T) {
		facts := drawFacts(t)
		extra := drawFact(t, 1000)
		extra.At = december.From
		extra.Marks = append(extra.Marks, "due", rapid.SampledFrom([]string{"deferred", "merged", "rejected", "cancelled", "exempt"}).Draw(t, "why"))
		before, after := score(t, plan, facts), score(t, plan, append(slices.Clone(facts), extra))
		for rate := range after.Rates() {
			was, _ := before.Rate(rate.Indicator, rate.By, rate.Code)
			want := int64(0)
			if slices.Contains(extra.Groups, assess.Group{By: rate.By, Code: rate.Code}) {
				want = 1
			}
			require.Equal(t, was.Excluded+want, rate.Excluded)
			require.Equal(t, was.Numerator, rate.Numerator)
			require.Equal(t, was.Denominator, rate.Denominator)
		}
	})
}

// TestOnlyExcluded: a group all of whose facts were left out has no data.
func TestOnlyExcluded(t *testing.T) {
	board := score(t, assess.Plan{Period: december, Indicators: assess.Presets("en")}, []assess.Fact{{
		ID: "c1", At: december.From, Groups: []assess.Group{{By: "area", Code: "g1"}}, Marks: []string{assess.MarkDue, assess.MarkDeferred},
	}})
	rate, ok := board.Rate(assess.OnTimeRate, "area", "g1")
	require.True(t, ok)
	require.Equal(t, assess.Rate{Indicator: assess.OnTimeRate, By: "area", Code: "g1", Excluded: 1}, rate)
	_, ok = rate.Value()
	require.False(t, ok)
	_, ok = board.Rate(assess.SatisfactionRate, "area", "g1")
	require.False(t, ok, "nobody was asked, so there is no row")
}

// TestTianmen reproduces the published report of one month: of 996 filed cases
// 972 were due, 911 closed, 737 of them on time.
func TestTianmen(t *testing.T) {
	everyone := []assess.Group{{By: "area", Code: "tianmen"}}
	var facts []assess.Fact
	for i := range 996 {
		marks := []string{"filed", "by_patrol", "event"}
		if i >= 953 {
			marks[1] = "by_public"
		}
		if i < 972 {
			marks = append(marks, assess.MarkDue)
		}
		if i < 911 {
			marks = append(marks, assess.MarkClosed)
		}
		if i < 737 {
			marks = append(marks, assess.MarkClosedOnTime)
		}
		if i < 9 || 965 <= i && i < 972 { // 16 parts were due, 9 of them closed
			marks[2] = "part"
		}
		groups := append([]assess.Group{{By: "kind", Code: assess.Code(marks[2])}}, everyone...)
		facts = append(facts, assess.Fact{ID: assess.Code(fmt.Sprintf("c%04d", i)), At: december.From.Add(time.Duration(i) * time.Minute), Groups: groups, Marks: marks})
	}
	plan := assess.Plan{Period: december, Indicators: append(assess.Presets("zh"),
		assess.Indicator{Code: "patrol", Of: "filed", Counts: "by_patrol"}, assess.Indicator{Code: "public", Of: "filed", Counts: "by_public"})}
	board := score(t, plan, facts)
	for _, row := range []struct {
		indicator  assess.Code
		by         string
		code       assess.Code
		num, den   int64
		percentage string
	}{
		{assess.ClosingRate, "area", "tianmen", 911, 972, "93.72 %"},
		{assess.OnTimeRate, "area", "tianmen", 737, 972, "75.82 %"},
		{assess.ClosingRate, "kind", "event", 902, 956, "94.35 %"},
		{assess.ClosingRate, "kind", "part", 9, 16, "56.25 %"},
		{"patrol", "area", "tianmen", 953, 996, "95.68 %"},
		{"public", "area", "tianmen", 43, 996, "4.32 %"},
	} {
		rate, ok := board.Rate(row.indicator, row.by, row.code)
		require.True(t, ok)
		require.Equal(t, [2]int64{row.num, row.den}, [2]int64{rate.Numerator, rate.Denominator}, "%s %s", row.indicator, row.code)
		value, ok := rate.Value()
		require.True(t, ok)
		require.Equal(t, row.percentage, value.String())
	}
}

// TestPeriod counts from the first instant until the last, which is out.
func TestPeriod(t *testing.T) {
	fact := func(id assess.Code, at time.Time) assess.Fact {
		return assess.Fact{ID: id, At: at, Groups: []assess.Group{{By: "area", Code: "g"}}, Marks: []string{assess.MarkDue}}
	}
	board := score(t, assess.Plan{Period: december, Indicators: assess.Presets("en")}, []assess.Fact{
		fact("early", december.From.Add(-1)), fact("first", december.From), fact("last", december.Until.Add(-1)), fact("late", december.Until),
	})
	why, ok := board.Explain(assess.ClosingRate, "area", "g")
	require.True(t, ok)
	require.Equal(t, []assess.Code{"first", "last"}, why.Missed)
}

// TestOwnCopy: neither side can change what the other holds.
func TestOwnCopy(t *testing.T) {
	plan := assess.Plan{Indicators: assess.Presets("en")}
	scheme, err := assess.NewScheme(plan)
	require.NoError(t, err)
	want := scheme.Indicators()
	plan.Indicators[0].Except[0] = "x"
	scheme.Indicators()[0].Except[0] = "x"
	in, _ := scheme.Indicator(assess.ClosingRate)
	in.Except[0] = "x"
	require.Empty(t, cmp.Diff(want, scheme.Indicators()))

	facts := []assess.Fact{{ID: "c", At: december.From, Groups: []assess.Group{{By: "area", Code: "g"}}, Marks: []string{assess.MarkDue}}}
	board, err := assess.Score(scheme, facts)
	require.NoError(t, err)
	facts[0].Groups[0].Code, facts[0].Marks[0], facts[0].ID = "h", "x", "d"
	why, ok := board.Explain(assess.ClosingRate, "area", "g")
	require.True(t, ok)
	why.Missed[0] = "x"
	why, _ = board.Explain(assess.ClosingRate, "area", "g")
	require.Equal(t, []assess.Code{"c"}, why.Missed)
}
