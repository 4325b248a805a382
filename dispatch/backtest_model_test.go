package dispatch_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/party"
)

func backtestDirectory(t testing.TB) *party.Directory {
	t.Helper()
	dir, err := party.NewDirectory(nil, party.Plan{
		Parties: []party.Party{
			{Code: "bureau", Name: "bureau", Kind: "district"},
			{Code: "p0", Parent: "bureau", Name: "p0", Kind: "station"},
			{Code: "p1", Parent: "bureau", Name: "p1", Kind: "station"},
			{Code: "p2", Name: "p2", Kind: "station"},
			{Code: "p3", Parent: "p2", Name: "p3", Kind: "station"},
		},
		Posts: []party.Post{{Code: "p4", Party: "p1", Name: "head", Role: "head"}},
	})
	require.NoError(t, err)
	return dir
}

// slowTop and slowParty say what the directory above says, from reading it.
func slowParty(c dispatch.Code) dispatch.Code {
	if c == "p4" {
		return "p1"
	}
	return c
}

func slowTop(c dispatch.Code) dispatch.Code {
	switch c {
	case "p0", "p1":
		return "bureau"
	case "p3":
		return "p2"
	}
	return c
}

// Backtest is a count over Match, done here the dumb way.
func TestBacktestCounts(t *testing.T) {
	m := learnMap(t, learnLeaves, 2)
	dir := backtestDirectory(t)
	rapid.Check(t, func(rt *rapid.T) {
		list, err := dispatch.Compile(nil, []dispatch.Rule{
			{ID: "R1", Role: dispatch.Lead, Matter: "road", Party: "p0"},
			{ID: "R2", Role: dispatch.Lead, Matter: "waste", Party: "p4"},
			{ID: "R3", Role: dispatch.Lead, Matter: "waste", Area: "aa", Party: "p3"},
			{ID: "R4", Role: dispatch.Lead, Matter: "01001", Party: "p2"},
			{ID: "R5", Role: dispatch.Lead, Matter: "01001", Party: "p1"},
		}, m, dir, dispatch.Options{})
		require.NoError(rt, err)
		cases := drawHistory(rt, m)
		got, err := dispatch.Backtest(list, cases, dir)
		require.NoError(rt, err)
		right, top, of, wrong, undecided := 0, 0, 0, 0, 0
		byMatter := map[dispatch.Code]dispatch.Agreement{}
		for _, h := range cases {
			if h.Party == "" {
				continue
			}
			of++
			d := list.Match(dispatch.Query{Matter: h.Matter, Area: h.Area, At: h.At})
			a := byMatter[h.Matter]
			a.Of++
			if d.Status != dispatch.Decided {
				undecided++
			} else {
				if d.Lead.Party == slowParty(h.Party) {
					right++
					a.Right++
				}
				if slowTop(d.Lead.Party) == slowTop(slowParty(h.Party)) {
					top++
				}
			}
			byMatter[h.Matter] = a
		}
		require.Equal(rt, dispatch.Agreement{Right: right, Of: of}, got.Party)
		require.Equal(rt, dispatch.Agreement{Right: top, Of: of}, got.Top)
		require.Equal(rt, len(cases)-of, got.Untested)
		require.Len(rt, got.Cases, of)
		for i, c := range got.Confusion {
			wrong += c.Cases
			require.NotEqual(rt, c.Expected, c.Got)
			require.True(rt, i == 0 || got.Confusion[i-1].Cases >= c.Cases)
		}
		require.Equal(rt, of-right, wrong)
		for _, u := range got.Undecided {
			undecided -= u.Cases
		}
		require.Zero(rt, undecided)
		require.Len(rt, got.ByMatter, len(byMatter))
		for i, x := range got.ByMatter {
			require.Equal(rt, byMatter[x.Matter], x.Party)
			require.True(rt, i == 0 || got.ByMatter[i-1].Matter < x.Matter)
		}
		shuffled, err := dispatch.Backtest(list, rapid.Permutation(cases).Draw(rt, "order"), dir)
		require.NoError(rt, err)
		got.Cases, shuffled.Cases = nil, nil
		require.Empty(rt, cmp.Diff(got, shuffled))
	})
}

func TestBacktestAsksChannelAndCondition(t *testing.T) {
	m := learnMap(t, learnLeaves, 2)
	list, err := dispatch.Compile(nil, []dispatch.Rule{
		{ID: "R1", Role: dispatch.Lead, Matter: dispatch.Any, Party: "desk"},
		{ID: "R2", Role: dispatch.Lead, Matter: dispatch.Any, Condition: "urgent", Channel: "app", Party: "patrol"},
	}, m, nil, dispatch.Options{})
	require.NoError(t, err)
	got, err := dispatch.Backtest(list, []dispatch.Handled{
		{ID: "h1", Matter: "road", Area: 1, Party: "patrol", At: learnStart, Channel: "app", Condition: "urgent"},
		{ID: "h2", Matter: "road", Area: 1, Party: "desk", At: learnStart, Condition: "urgent"},
		{ID: "h3", Matter: "road", Area: 1 << 31, Party: "desk", At: learnStart},
	}, nil)
	require.NoError(t, err)
	require.Equal(t, dispatch.Agreement{Right: 2, Of: 3}, got.Party)
	require.Equal(t, []dispatch.Undecided{{Status: dispatch.Outside, Cases: 1}}, got.Undecided)
	require.Equal(t, []dispatch.Confused{{Expected: "desk", Cases: 1}}, got.Confusion)
}

func TestBacktestRefuses(t *testing.T) {
	m := learnMap(t, learnLeaves, 2)
	_, err := dispatch.Backtest(nil, []dispatch.Handled{{}}, nil)
	require.ErrorIs(t, err, dispatch.ErrNoList)
	list, err := dispatch.Compile(nil, nil, m, nil, dispatch.Options{})
	require.NoError(t, err)
	_, err = dispatch.Backtest(list, []dispatch.Handled{{}}, nil)
	require.ErrorIs(t, err, dispatch.ErrHandledID)
	require.ErrorIs(t, err, dispatch.ErrHandledAt)
	got, err := dispatch.Backtest(list, nil, nil)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(&dispatch.Result{}, got))
}
