package dispatch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

func budget(text string) worktime.Budget {
	b, err := worktime.ParseBudget(text)
	if err != nil {
		panic(err)
	}
	return b
}

// manhole is the published limits for one kind of component under four
// conditions.
func manhole() []dispatch.Standard {
	return []dispatch.Standard{
		{Matter: "01.0101", Condition: "missing", Limit: budget("2h"), FileWhen: "井盖缺失", CloseWhen: "井盖补齐", Evidence: []string{"before", "after"}},
		{Matter: "01.0101", Condition: "broken", Limit: budget("4wh"), FileWhen: "破损超过 25 平方厘米"},
		{Matter: "01.0101", Condition: "rattling", Limit: budget("2wd")},
		{Matter: "01.0101", Condition: "sunk", Limit: budget("5wd")},
		{Matter: "01", Limit: budget("7wd"), Name: "公用设施"},
		{Matter: "04.planting", Limit: budget("5wd")},
		{Matter: "04.planting", Season: "03-01..05-31", Limit: budget("15wd"), Name: "种植季节"},
	}
}

func TestStandardsGB(t *testing.T) {
	s, err := dispatch.NewStandards(manhole(), shanghai)
	require.NoError(t, err)
	at := instant("2026-07-01T10:00:00+08:00")
	for _, tc := range []struct {
		matter    dispatch.Code
		condition string
		at        time.Time
		want      string
	}{
		{"01.0101", "missing", at, "2h"}, {"01.0101", "broken", at, "4wh"}, {"01.0101", "rattling", at, "2wd"}, {"01.0101", "sunk", at, "5wd"},
		{"01.0101.05", "broken", at, "4wh"}, {"01.0101", "", at, "7wd"}, {"01.0101", "dirty", at, "7wd"}, {"01.0102", "missing", at, "7wd"},
		{"04.planting", "", at, "5wd"}, {"04.planting", "", instant("2026-03-01T00:00:00+08:00"), "15wd"},
		{"04.planting", "", instant("2026-02-28T23:59:59.999+08:00"), "5wd"}, {"04.planting", "", instant("2026-05-31T23:59:59.999+08:00"), "15wd"},
		{"04.planting", "", instant("2026-06-01T00:00:00+08:00"), "5wd"},
	} {
		got, ok := s.Find(tc.matter, tc.condition, tc.at)
		require.True(t, ok)
		require.Equal(t, tc.want, got.Limit.String(), "%s %s", tc.matter, tc.condition)
	}
	_, ok := s.Find("02", "", at)
	require.False(t, ok)
	_, ok = (*dispatch.Standards)(nil).Find("01", "", at)
	require.False(t, ok)
}

// TestMatchTakesStandard: a rule's own budget goes before a standard's.
func TestMatchTakesStandard(t *testing.T) {
	s, err := dispatch.NewStandards(manhole(), shanghai)
	require.NoError(t, err)
	rules := []dispatch.Rule{
		{ID: "A", Role: dispatch.Lead, Matter: "01", Party: "works"}, {ID: "B", Role: dispatch.Lead, Matter: "01.0102", Party: "works", Budget: budget("1d")},
		{ID: "C", Role: dispatch.Lead, Matter: "09", Party: "works"},
	}
	l, err := dispatch.Compile(nil, rules, listMap(t, 1, 1), nil, dispatch.Options{Standards: s})
	require.NoError(t, err)
	require.Same(t, s, l.Standards())
	d := l.Match(dispatch.Query{Matter: "01.0101", Area: 1, Condition: "broken"})
	require.Equal(t, budget("4wh"), d.Lead.Budget)
	require.Equal(t, "01.0101/broken", d.Standard)
	d = l.Match(dispatch.Query{Matter: "01.0102", Area: 1})
	require.Equal(t, budget("1d"), d.Lead.Budget)
	require.Empty(t, d.Standard)
	require.True(t, l.Match(dispatch.Query{Matter: "09", Area: 1}).Lead.Budget.IsZero())

	bare, err := dispatch.Compile(nil, rules, listMap(t, 1, 1), nil, dispatch.Options{})
	require.NoError(t, err)
	require.NotEqual(t, bare.Hash(), l.Hash())
}

func TestStandardFaults(t *testing.T) {
	for _, tc := range []struct {
		field string
		err   error
		spoil func(*dispatch.Standard)
	}{
		{"matter", dispatch.ErrCode, func(s *dispatch.Standard) { s.Matter = "" }},
		{"limit", dispatch.ErrBudget, func(s *dispatch.Standard) { s.Limit = worktime.Budget{} }},
		{"limit", dispatch.ErrBudget, func(s *dispatch.Standard) { s.Limit.N = -1 }},
		{"season", dispatch.ErrSeason, func(s *dispatch.Standard) { s.Season = "03-01" }},
		{"season", dispatch.ErrSeason, func(s *dispatch.Standard) { s.Season = "02-30..03-01" }},
		{"season", dispatch.ErrSeason, func(s *dispatch.Standard) { s.Season = "00-01..03-01" }},
		{"season", dispatch.ErrNoZone, func(s *dispatch.Standard) { s.Season = "03-01..03-01" }},
		{"condition", dispatch.ErrText, func(s *dispatch.Standard) { s.Condition = "\xff" }},
		{"name", dispatch.ErrText, func(s *dispatch.Standard) { s.Name = strings.Repeat("x", dispatch.TextMax+1) }},
		{"file_when", dispatch.ErrText, func(s *dispatch.Standard) { s.FileWhen = "\xff" }},
		{"evidence", dispatch.ErrText, func(s *dispatch.Standard) { s.Evidence = []string{""} }},
		{"evidence", dispatch.ErrDuplicate, func(s *dispatch.Standard) { s.Evidence = []string{"after", "after"} }},
		{"evidence", dispatch.ErrTooMany, func(s *dispatch.Standard) { s.Evidence = make([]string, dispatch.StandardEvidence+1) }},
	} {
		bad := dispatch.Standard{Matter: "a", Limit: budget("1d")}
		tc.spoil(&bad)
		_, err := dispatch.NewStandards([]dispatch.Standard{bad}, nil)
		require.ErrorIs(t, err, tc.err, tc.field)
		fault := err.(*dispatch.BuildError).Faults[0]
		require.Equal(t, tc.field, fault.Field)
		require.True(t, fault.Standard)
		require.Contains(t, fault.Text("zh"), "标准")
	}
	all := dispatch.Standard{Matter: "a", Limit: budget("1d")}
	spring, winter, march := all, all, all
	spring.Season, winter.Season, march.Season = "03-01..05-31", "11-01..02-29", "03-31..04-01"
	_, err := dispatch.NewStandards([]dispatch.Standard{all, spring, winter}, shanghai)
	require.NoError(t, err)
	for _, list := range [][]dispatch.Standard{{all, all}, {spring, march}, {march, spring}, {winter, {Matter: "a", Limit: budget("1d"), Season: "01-01..01-02"}}} {
		_, err = dispatch.NewStandards(list, shanghai)
		require.ErrorIs(t, err, dispatch.ErrDuplicate)
	}
	_, err = dispatch.NewStandards(make([]dispatch.Standard, dispatch.StandardsMax+1), nil)
	require.ErrorIs(t, err, dispatch.ErrTooMany)
	_, err = dispatch.NewStandards([]dispatch.Standard{{}, {Matter: "b"}}, nil)
	require.Len(t, err.(*dispatch.BuildError).Faults, 3, "every fault at once")
}

// findsNaively draws standards and asks for the best by comparing them all, on
// every day of a year.
func findsNaively(t *rapid.T) {
	pick := func(name string, n int) int { return rapid.IntRange(0, n-1).Draw(t, name) }
	matters := []dispatch.Code{"*", "a", "a.b", "a.b.c", "01", "0101"}
	spans := []string{"", "01-01..02-29", "03-01..03-31", "04-01..10-31", "11-01..12-31", "12-01..01-31", "02-29..02-29"}
	var list []dispatch.Standard
	for i := range pick("n", 12) {
		list = append(list, dispatch.Standard{
			Matter: matters[pick("matter", 6)], Condition: []string{"", "x", "y"}[pick("condition", 3)], Season: spans[pick("season", len(spans))],
			Limit: worktime.Budget{N: int64(i + 1), Unit: worktime.Days}, Name: fmt.Sprint(i),
		})
	}
	in := func(s dispatch.Standard, at time.Time) bool {
		first, last, ok := strings.Cut(s.Season, "..")
		today := at.Format("01-02")
		if !ok {
			return true
		}
		if first <= last {
			return first <= today && today <= last
		}
		return today >= first || today <= last
	}
	clash := func() bool {
		for i, a := range list {
			for _, b := range list[:i] {
				if a.Matter != b.Matter || a.Condition != b.Condition || (a.Season == "") != (b.Season == "") {
					continue
				}
				for day := instant("2024-01-01T12:00:00Z"); day.Year() == 2024; day = day.AddDate(0, 0, 1) {
					if in(a, day) && in(b, day) {
						return true
					}
				}
			}
		}
		return false
	}
	s, err := dispatch.NewStandards(list, time.UTC)
	require.Equal(t, clash(), err != nil, "%v %v", list, err)
	if err != nil {
		return
	}
	shuffled, err := dispatch.NewStandards(rapid.Permutation(list).Draw(t, "order"), time.UTC)
	require.NoError(t, err)
	require.Equal(t, s.Hash(), shuffled.Hash())
	require.Equal(t, len(list), s.Len())
	for range 6 {
		at := instant("2024-01-01T12:00:00Z").AddDate(0, 0, pick("day", 366))
		m, condition := []dispatch.Code{"a.b.c.d", "a.b", "a", "010", "01011", "zz"}[pick("q.matter", 6)], []string{"", "x", "z"}[pick("q.condition", 3)]
		var best []dispatch.Standard
		for _, x := range list {
			if slices.Contains(above(string(m)), string(x.Matter)) && (x.Condition == "" || x.Condition == condition) && in(x, at) {
				best = append(best, x)
			}
		}
		slices.SortFunc(best, func(a, b dispatch.Standard) int {
			key := func(s dispatch.Standard) []int {
				k := []int{slices.Index(above(string(m)), string(s.Matter)), 1, 1}
				if s.Condition != "" {
					k[1] = 0
				}
				if s.Season != "" {
					k[2] = 0
				}
				return k
			}
			return slices.Compare(key(a), key(b))
		})
		got, ok := s.Find(m, condition, at)
		require.Equal(t, len(best) > 0, ok)
		if ok {
			require.Equal(t, best[0].Name, got.Name, "%s %s %s", m, condition, at)
		}
	}
}

func TestStandardsFindNaively(t *testing.T) { rapid.Check(t, findsNaively) }

func FuzzStandards(f *testing.F) { f.Fuzz(rapid.MakeFuzz(findsNaively)) }

func ExampleStandards_Find() {
	standards, err := dispatch.NewStandards([]dispatch.Standard{
		{Matter: "cover", Condition: "missing", Limit: worktime.Budget{N: 2, Unit: worktime.Hours}, CloseWhen: "井盖补齐", Evidence: []string{"before", "after"}},
		{Matter: "cover", Condition: "rattling", Limit: worktime.Budget{N: 2, Unit: worktime.WorkingDays}},
		{Matter: "cover", Limit: worktime.Budget{N: 7, Unit: worktime.WorkingDays}},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2026, 3, 4, 1, 0, 0, 0, time.UTC)
	for _, condition := range []string{"missing", "rattling", "leaning"} {
		s, _ := standards.Find("cover.water", condition, at)
		fmt.Println(condition, s.Limit, s.Name, s.Evidence)
	}
	// Output:
	// missing 2h cover/missing [before after]
	// rattling 2wd cover/rattling []
	// leaning 7wd cover []
}
