package adapt_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/assess"
	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/street/adapt"
)

func TestCaseFact(t *testing.T) {
	square := orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}}}
	m, err := grid.Build([]grid.Unit{
		{Code: "NH", Level: 0, Boundary: square}, {Code: "G1", Parent: "NH", Level: 1, Boundary: square},
	}, grid.Options{Levels: []string{"community", "grid"}})
	require.NoError(t, err)
	d, err := party.NewDirectory(m, party.Plan{Parties: []party.Party{{Code: "station"}, {Code: "squad", Parent: "station"}}})
	require.NoError(t, err)
	due := time.Date(2026, 3, 2, 18, 0, 0, 0, time.UTC)
	groups := []assess.Group{
		{By: "all", Code: "all"}, {By: "area", Code: "NH"}, {By: "area", Code: "G1"},
		{By: "party", Code: "squad"}, {By: "party", Code: "station"},
	}
	c := dispatch.Case{ID: "E1", State: dispatch.StateInProgress, Area: "G1", FiledAt: due.Add(-time.Hour), DueAt: due}
	c.Lead.Party = "squad"
	for name, x := range map[string]struct {
		change func(*dispatch.Case)
		now    time.Time
		at     time.Time
		marks  []string
	}{
		"open past its due":        {func(*dispatch.Case) {}, due.Add(time.Hour), due, []string{"case", "due"}},
		"due on the instant":       {func(*dispatch.Case) {}, due, due, []string{"case", "due"}},
		"not due yet":              {func(*dispatch.Case) {}, due.Add(-time.Millisecond), c.FiledAt, []string{"case", "not_due"}},
		"without a due":            {func(c *dispatch.Case) { c.DueAt = time.Time{} }, due, c.FiledAt, []string{"case", "not_due"}},
		"merged":                   {func(c *dispatch.Case) { c.State = dispatch.StateMerged }, due, c.FiledAt, []string{"case", "merged", "due"}},
		"rejected before its due":  {func(c *dispatch.Case) { c.State = dispatch.StateRejected }, due.Add(-time.Hour), c.FiledAt, []string{"case", "rejected", "not_due"}},
		"closed on the due":        {func(c *dispatch.Case) { c.State, c.ClosedAt = dispatch.StateClosed, due }, due, due, []string{"case", "due", "closed", "closed_on_time"}},
		"closed a moment too late": {func(c *dispatch.Case) { c.State, c.ClosedAt = dispatch.StateClosed, due.Add(time.Millisecond) }, due.Add(time.Hour), due, []string{"case", "due", "closed", "closed_late"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := c
			x.change(&c)
			want := assess.Fact{ID: "E1", At: x.at, Groups: groups, Marks: x.marks}
			require.Empty(t, cmp.Diff(want, adapt.CaseFact(c, m, d, x.now)))
		})
	}
}

// TestNotDueIsExcludedAndCounted scores one case of each kind.
func TestNotDueIsExcludedAndCounted(t *testing.T) {
	due := time.Date(2026, 3, 2, 18, 0, 0, 0, time.UTC)
	scheme, err := assess.NewScheme(assess.Plan{Indicators: adapt.Rates()})
	require.NoError(t, err)
	var facts []assess.Fact
	for i, closed := range []time.Time{due, due.Add(time.Hour), {}} {
		c := dispatch.Case{ID: dispatch.Code('a' + rune(i)), FiledAt: due, DueAt: due, State: dispatch.StateDispatched}
		if !closed.IsZero() {
			c.State, c.ClosedAt = dispatch.StateClosed, closed
		}
		facts = append(facts, adapt.CaseFact(c, nil, nil, due.Add(2*time.Hour)))
	}
	facts = append(facts, adapt.CaseFact(dispatch.Case{ID: "z", FiledAt: due}, nil, nil, due))
	board, err := assess.Score(scheme, facts)
	require.NoError(t, err)
	rate, ok := board.Rate(assess.OnTimeRate, adapt.ByAll, adapt.AllCode)
	require.True(t, ok)
	require.Equal(t, [3]int64{1, 3, 1}, [3]int64{rate.Numerator, rate.Denominator, rate.Excluded})
	rate, ok = board.Rate(assess.ClosingRate, adapt.ByAll, adapt.AllCode)
	require.True(t, ok)
	require.Equal(t, [3]int64{2, 3, 1}, [3]int64{rate.Numerator, rate.Denominator, rate.Excluded})
}

// TestRatesAreThePresets: of any cases the presets of assess and Rates give the same
// rates, those of a count by hand, and no case falls out of Rates.
func TestRatesAreThePresets(t *testing.T) { rapid.Check(t, ratesAreThePresets) }

func FuzzRatesAreThePresets(f *testing.F) { f.Fuzz(rapid.MakeFuzz(ratesAreThePresets)) }

func ratesAreThePresets(t *rapid.T) {
	now := time.Date(2026, 3, 2, 18, 0, 0, 0, time.UTC)
	hour := rapid.IntRange(-2, 2)
	var facts []assess.Fact
	var due, closed, late int64
	n := rapid.IntRange(1, 12).Draw(t, "cases")
	for i := range n {
		c := dispatch.Case{ID: dispatch.Code('a' + rune(i)), FiledAt: now.AddDate(0, 0, -1), State: rapid.SampledFrom(dispatch.States()).Draw(t, "state")}
		if rapid.Bool().Draw(t, "has a due") {
			c.DueAt = now.Add(time.Duration(hour.Draw(t, "due")) * time.Hour)
		}
		if c.State == dispatch.StateClosed {
			c.ClosedAt = now.Add(time.Duration(hour.Draw(t, "closed")) * time.Hour)
		}
		facts = append(facts, adapt.CaseFact(c, nil, nil, now))
		gone := c.State == dispatch.StateMerged || c.State == dispatch.StateRejected || c.State == dispatch.StateCancelled
		if c.DueAt.IsZero() || c.DueAt.After(now) || gone {
			continue
		}
		due++
		if c.State == dispatch.StateClosed {
			closed++
			if c.OnTime(now) == "false" {
				late++
			}
		}
	}
	score := func(of []assess.Indicator, code assess.Code) assess.Rate {
		scheme, err := assess.NewScheme(assess.Plan{Indicators: of})
		require.NoError(t, err)
		board, err := assess.Score(scheme, facts)
		require.NoError(t, err)
		rate, _ := board.Rate(code, adapt.ByAll, adapt.AllCode)
		return rate
	}
	for code, numerator := range map[assess.Code]int64{assess.OnTimeRate: closed - late, assess.ClosingRate: closed, assess.LateClosingRate: late} {
		rate := score(assess.Presets("en"), code)
		require.Equal(t, [2]int64{numerator, due}, [2]int64{rate.Numerator, rate.Denominator}, code)
		if code != assess.LateClosingRate {
			own := score(adapt.Rates(), code)
			require.Equal(t, [3]int64{numerator, due, int64(n) - due}, [3]int64{own.Numerator, own.Denominator, own.Excluded}, code)
		}
	}
}

func TestClosingSteps(t *testing.T) {
	verbs := func(c dispatch.Case) int { return len(adapt.ClosingSteps(c, "", "", nil)) }
	for state, want := range map[dispatch.State]int{
		dispatch.StateFiled: 0, dispatch.StateRegistered: 0, dispatch.StateDispatched: 5, dispatch.StateAcknowledged: 4,
		dispatch.StateInProgress: 3, dispatch.StateDone: 2, dispatch.StateVerified: 1, dispatch.StateClosed: 0,
	} {
		require.Equal(t, want, verbs(dispatch.Case{ID: "E1", State: state}), state)
	}
	interim := dispatch.Case{ID: "E1", State: dispatch.StateRegistered, Answers: dispatch.Answering{Party: "desk", Interim: true}}
	require.Equal(t, 3, verbs(interim), "the desk finishes what it stands in for")
}

func TestYuanToFen(t *testing.T) {
	got, err := adapt.YuanToFen(json.RawMessage(`{"id":"m","amount":"750000.01"}`), "amount")
	require.NoError(t, err)
	require.JSONEq(t, `{"id":"m","amount":75000001}`, string(got))
	for _, left := range []string{``, `{"id":"m"}`, `[1]`} {
		got, err = adapt.YuanToFen(json.RawMessage(left), "amount")
		require.NoError(t, err)
		require.Equal(t, left, string(got))
	}
	for _, bad := range []string{`{"amount":750000}`, `{"amount":"1.001"}`, `{"amount":"x"}`} {
		_, err = adapt.YuanToFen(json.RawMessage(bad), "amount")
		require.Error(t, err, bad)
	}
}

func TestFundingIsTheOtherHalf(t *testing.T) {
	m := dispatch.Mandate{ID: "park", Community: "nh", Approver: "street", Amount: 3}
	f := adapt.Funding(m, "park", 2026, []finance.Share{{Line: "a", Amount: 3}})
	require.Equal(t, finance.Fund{
		Mandate: "park", Purpose: "park", Year: 2026, Community: "nh", Approver: "street", Shares: []finance.Share{{Line: "a", Amount: 3}},
	}, f)
}
