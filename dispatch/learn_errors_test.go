package dispatch_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/internal/code"
)

func TestLearnReportsAllFaultsAtOnce(t *testing.T) {
	m := learnMap(t, learnLeaves, 2)
	good := dispatch.Handled{ID: "h1", Matter: "road", Party: "p", Area: 1, At: learnStart}
	bad := dispatch.Handled{ID: "h 2", Matter: "", Party: "a/b", Area: 99}
	twice := good
	_, err := dispatch.Learn([]dispatch.Handled{good, bad, twice}, m, dispatch.LearnOptions{})
	all, ok := errors.AsType[*dispatch.HistoryError](err)
	require.True(t, ok)
	want := []struct {
		index int
		err   error
	}{
		{1, dispatch.ErrHandledID},
		{1, dispatch.ErrHandledMatter},
		{1, dispatch.ErrHandledParty},
		{1, dispatch.ErrHandledArea},
		{1, dispatch.ErrHandledAt},
		{2, dispatch.ErrHandledTwice},
	}
	require.Len(t, all.Faults, len(want))
	for i, w := range want {
		require.Equal(t, w.index, all.Faults[i].Index)
		require.ErrorIs(t, all.Faults[i], w.err)
		require.ErrorIs(t, err, w.err)
	}
	require.ErrorIs(t, err, code.ErrRune)
	require.Contains(t, err.Error(), `handled case 2 ("h1")`)
}

func TestLearnListsTheFirstFaultsAndCountsTheRest(t *testing.T) {
	past := make([]dispatch.Handled, 130)
	for i := range past {
		past[i] = dispatch.Handled{ID: dispatch.Code(fmt.Sprint(i)), Matter: "road", At: learnStart, Area: 1}
	}
	_, err := dispatch.Learn(past, nil, dispatch.LearnOptions{})
	all, ok := errors.AsType[*dispatch.HistoryError](err)
	require.True(t, ok)
	require.Len(t, all.Faults, dispatch.HistoryFaultsMax)
	require.Equal(t, 30, all.More)
	require.Contains(t, err.Error(), "and 30 more")
}

func TestLearnRefusesInOrder(t *testing.T) {
	broken := []dispatch.Handled{{}}
	_, err := dispatch.Learn(broken, nil, dispatch.LearnOptions{Support: -1, Gain: -1})
	require.ErrorIs(t, err, dispatch.ErrLearnOptions)
	require.ErrorContains(t, err, "Support")
	_, err = dispatch.Learn(broken, nil, dispatch.LearnOptions{Gain: dispatch.GainMax + 1})
	require.ErrorIs(t, err, dispatch.ErrLearnOptions)
	require.ErrorContains(t, err, "Gain")
	_, err = dispatch.Learn(broken, nil, dispatch.LearnOptions{})
	require.ErrorIs(t, err, dispatch.ErrHandledID)
	_, err = dispatch.Learn(make([]dispatch.Handled, dispatch.HandledMax+1), nil, dispatch.LearnOptions{})
	require.ErrorIs(t, err, dispatch.ErrTooManyHandled)
	_, err = dispatch.Learn(nil, nil, dispatch.LearnOptions{})
	require.ErrorIs(t, err, dispatch.ErrNoHistory)
	_, err = dispatch.Learn([]dispatch.Handled{{ID: "h1", Matter: "road", At: learnStart}}, nil, dispatch.LearnOptions{})
	require.ErrorIs(t, err, dispatch.ErrNoHistory)
}

func TestLearnWithoutMap(t *testing.T) {
	past := []dispatch.Handled{
		{ID: "h1", Matter: "road", Party: "works", At: learnStart},
		{ID: "h2", Matter: "road", Party: "works", At: learnStart},
		{ID: "h3", Matter: "waste", Party: "cleaning", At: learnStart},
		{ID: "h4", Matter: "waste", At: learnStart},
	}
	l, err := dispatch.Learn(past, nil, dispatch.LearnOptions{})
	require.NoError(t, err)
	require.Len(t, l.Rules, 2)
	require.Equal(t, dispatch.Code("waste"), l.Rules[0].Matter)
	require.Equal(t, dispatch.Code("works"), l.Rules[1].Party)
	require.Equal(t, 3, l.Report.Unplaced)
	require.Equal(t, []dispatch.LeftOut{{Index: 3, ID: "h4", Reason: dispatch.Reason{Code: "learn-no-party"}}}, l.Report.Left)
}

func TestLearnReasonsHaveBothTexts(t *testing.T) {
	for _, c := range dispatch.ReasonCodes() {
		r := dispatch.Reason{Code: c, Args: []string{"0", "1", "2", "3", "4", "5"}}
		require.NotContains(t, r.Text("en"), c)
		require.NotContains(t, r.Text("zh"), c)
		require.NotEqual(t, r.Text("en"), r.Text("zh"))
	}
}

// A department that was renamed is learned under its new name, though most of
// the history has the old one.
func TestLearnForgets(t *testing.T) {
	var past []dispatch.Handled
	for i := range 100 {
		h := dispatch.Handled{
			ID: dispatch.Code(fmt.Sprint(i)), Matter: "road", Party: "old-works", At: learnStart.Add(time.Duration(i) * 24 * time.Hour),
		}
		if i >= 60 {
			h.Party = "new-works"
		}
		past = append(past, h)
	}
	l, err := dispatch.Learn(past, nil, dispatch.LearnOptions{})
	require.NoError(t, err)
	require.Equal(t, dispatch.Code("new-works"), l.Rules[len(l.Rules)-1].Party)
	l, err = dispatch.Learn(past, nil, dispatch.LearnOptions{HalfLife: -1})
	require.NoError(t, err)
	require.Equal(t, dispatch.Code("old-works"), l.Rules[len(l.Rules)-1].Party)
}

// Three office territories are seen in no matter alone, but in all together: the
// office answers for a matter it was never seen to handle in that area.
func TestLearnPoolsTerritory(t *testing.T) {
	m := learnMap(t, learnLeaves, 2)
	var past []dispatch.Handled
	for i := range 120 {
		leaf := learnLeaves[i%len(learnLeaves)]
		matter := []dispatch.Code{"road.hole", "road.sign", "road.lamp"}[i/8%3]
		if leaf == "ab2" && matter == "road.lamp" {
			continue
		}
		past = append(past, dispatch.Handled{
			ID: dispatch.Code(fmt.Sprint(i)), Matter: matter, Area: listRef(t, m, dispatch.Code(leaf)),
			Party: dispatch.Code("office-" + leaf[:2]), At: learnStart.Add(time.Duration(i) * time.Hour),
		})
	}
	_, list := learnList(t, past, m, dispatch.LearnOptions{})
	d := list.Match(dispatch.Query{Matter: "road.lamp", Area: listRef(t, m, "ab2"), At: learnStart})
	require.Equal(t, dispatch.Code("office-ab"), d.Lead.Party)
}

// An exception must set more cases right than the Gain, and have the Support.
func TestLearnGainAndSupportAreBars(t *testing.T) {
	m := learnMap(t, learnLeaves, 2)
	var past []dispatch.Handled
	for i := range 400 {
		h := dispatch.Handled{
			ID: dispatch.Code(fmt.Sprint(i)), Matter: "road", Party: "works",
			Area: listRef(t, m, dispatch.Code(learnLeaves[i%len(learnLeaves)])), At: learnStart,
		}
		if h.Area == listRef(t, m, "ab1") {
			h.Party = "patrol"
		}
		past = append(past, h)
	}
	for _, c := range []struct {
		opts  dispatch.LearnOptions
		rules int
	}{
		{dispatch.LearnOptions{}, 2},
		{dispatch.LearnOptions{Gain: 30_000}, 2},
		{dispatch.LearnOptions{Gain: 50_000}, 1},
		{dispatch.LearnOptions{Support: 50}, 2},
		{dispatch.LearnOptions{Support: 51}, 1},
	} {
		l, err := dispatch.Learn(past, m, c.opts)
		require.NoError(t, err)
		require.Len(t, l.Rules, c.rules, "%+v", c.opts)
	}
}
