package assess_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/assess"
)

type place struct {
	Err   error
	Field string
	Index int
}

func places(t *testing.T, err error) []place {
	faults := new(assess.Faults)
	require.ErrorAs(t, err, &faults)
	var list []place
	for _, f := range faults.All {
		require.ErrorIs(t, err, f.Err)
		list = append(list, place{f.Err, f.Field, f.Index})
	}
	return list
}

var sameError = cmp.Comparer(func(a, b error) bool { return errors.Is(a, b) })

func TestPlanFaults(t *testing.T) {
	_, err := assess.NewScheme(assess.Plan{
		Period: assess.Interval{From: december.Until, Until: december.From},
		Indicators: []assess.Indicator{
			{Code: "a", Of: "due", Counts: "closed"},
			{Code: "", Of: "", Counts: "closed"},
			{Code: "a", Of: "due", Counts: "", Except: []string{"due", ""}},
			{Code: "x y", Of: "due", Counts: "closed"},
		},
	})
	require.Empty(t, cmp.Diff([]place{
		{assess.ErrPeriod, "Period", -1},
		{assess.ErrCode, "Indicators", 1}, {assess.ErrNoMark, "Indicators", 1},
		{assess.ErrTwice, "Indicators", 2}, {assess.ErrNoMark, "Indicators", 2}, {assess.ErrSelf, "Indicators", 2},
		{assess.ErrCode, "Indicators", 3},
	}, places(t, err), sameError))
}

func TestPlanLimits(t *testing.T) {
	_, err := assess.NewScheme(assess.Plan{Indicators: make([]assess.Indicator, assess.IndicatorsMax+1)})
	require.ErrorIs(t, err, assess.ErrTooMany)
	plan := assess.Plan{}
	for i := range assess.MarksMax / 2 {
		plan.Indicators = append(plan.Indicators, assess.Indicator{Code: assess.Code(fmt.Sprint(i)), Of: fmt.Sprint("of", i), Counts: fmt.Sprint("counts", i)})
	}
	scheme, err := assess.NewScheme(plan)
	require.NoError(t, err, "as many marks as fit")
	board, err := assess.Score(scheme, []assess.Fact{{ID: "f", At: december.From, Groups: []assess.Group{{By: "area", Code: "g"}}, Marks: []string{"of127", "counts127", "of0"}}})
	require.NoError(t, err)
	require.Equal(t, []assess.Rate{
		{Indicator: "0", By: "area", Code: "g", Denominator: 1}, {Indicator: "127", By: "area", Code: "g", Numerator: 1, Denominator: 1},
	}, slices.Collect(board.Rates()))
	plan.Indicators[0].Except = []string{"one more"}
	_, err = assess.NewScheme(plan)
	require.ErrorIs(t, err, assess.ErrTooMany)
}

func TestFactFaults(t *testing.T) {
	scheme, err := assess.NewScheme(assess.Plan{Period: december, Indicators: assess.Presets("en")})
	require.NoError(t, err)
	at, long := december.From.AddDate(1, 0, 0), make([]assess.Group, assess.GroupsPerFactMax+1)
	bad := []assess.Group{{By: "area", Code: "4.40309E+14"}, {By: "", Code: "g"}}
	_, err = assess.Score(scheme, []assess.Fact{
		{ID: "b", At: at}, {ID: "a", At: at, Groups: bad}, {ID: "b", At: at}, {ID: "b/c", Marks: []string{""}},
		{ID: "d", At: at, Groups: bad}, {ID: "e", At: at, Groups: long}, {ID: "f", At: at, Marks: make([]string, assess.MarksPerFactMax+1)},
	})
	require.Empty(t, cmp.Diff([]place{
		{assess.ErrCode, "Facts", 1}, {assess.ErrCode, "Facts", 1}, {assess.ErrTwice, "Facts", 2},
		{assess.ErrCode, "Facts", 3}, {assess.ErrNoInstant, "Facts", 3}, {assess.ErrNoMark, "Facts", 3},
		{assess.ErrTooMany, "Facts", 5}, {assess.ErrTooMany, "Facts", 6},
	}, places(t, err), sameError))

	_, err = assess.Score(nil, []assess.Fact{{}})
	require.Empty(t, cmp.Diff([]place{{assess.ErrNoScheme, "Scheme", -1}}, places(t, err), sameError))
	_, err = assess.Score(scheme, []assess.Fact{{ID: "a", At: at}, {ID: "a", At: at}})
	require.ErrorIs(t, err, assess.ErrTwice, "neighbours that are equal are twice")

	_, err = assess.Score(scheme, make([]assess.Fact, 300))
	faults := new(assess.Faults)
	require.ErrorAs(t, err, &faults)
	require.Len(t, faults.All, assess.FaultsMax)
	require.Equal(t, 2*300-assess.FaultsMax, faults.More, "each has no id and no instant")
	require.Contains(t, err.Error(), "500 more faults")
}

func TestNoPanic(t *testing.T) {
	board, err := assess.Score(new(assess.Scheme), []assess.Fact{{ID: "a", At: time.Unix(math.MaxInt64, 0), Groups: []assess.Group{{By: "area", Code: "g"}}, Marks: []string{"due"}}})
	require.NoError(t, err)
	for _, b := range []*assess.ScoreBoard{board, {}} {
		require.Empty(t, slices.Collect(b.Rates()))
		_, ok := b.Explain("a", "area", "g")
		require.False(t, ok)
		_, ok = b.Rate("a", "area", "g")
		require.False(t, ok)
		require.Equal(t, assess.Interval{}, b.Period())
	}
	full := score(t, assess.Plan{Indicators: assess.Presets("en")}, []assess.Fact{{ID: "a", At: december.From, Groups: []assess.Group{{By: "area", Code: "g"}, {By: "area", Code: "h"}}, Marks: []string{"due"}}})
	for range full.Rates() {
		break
	}
}

// TestTexts proves that every fault has an English and a Chinese text.
func TestTexts(t *testing.T) {
	seen := map[string]bool{}
	for _, err := range []error{
		assess.ErrNoScheme, assess.ErrPeriod, assess.ErrCode, assess.ErrTwice, assess.ErrNoMark, assess.ErrSelf,
		assess.ErrNoInstant, assess.ErrTooMany, assess.ErrMismatch, assess.ErrOverflow,
	} {
		fault := &assess.Error{Err: err, Field: "F", Index: 2, Value: "V"}
		for _, lang := range []string{"en", "zh"} {
			text := fault.Text(lang)
			require.False(t, seen[text], text)
			seen[text] = true
			require.True(t, strings.HasPrefix(text, "F[2]"), text)
			require.NotContains(t, text, "{")
		}
	}
	require.Equal(t, "unknown F V", (&assess.Error{Err: errors.New("x"), Field: "F", Index: -1, Value: "V"}).Text("zh"))
}

// TestPresets: every preset is valid, named in both languages, and sorted.
func TestPresets(t *testing.T) {
	english, chinese := assess.Presets("en"), assess.Presets("zh")
	require.True(t, slices.IsSortedFunc(english, func(a, b assess.Indicator) int { return strings.Compare(string(a.Code), string(b.Code)) }))
	_, err := assess.NewScheme(assess.Plan{Indicators: english})
	require.NoError(t, err)
	for i := range english {
		require.NotEmpty(t, english[i].Name)
		require.NotEqual(t, english[i].Name, chinese[i].Name)
		chinese[i].Name = english[i].Name
		for _, gone := range []string{assess.MarkMerged, assess.MarkCancelled, assess.MarkRejected} {
			require.Contains(t, english[i].Except, gone)
		}
	}
	require.Empty(t, cmp.Diff(english, chinese))
}
