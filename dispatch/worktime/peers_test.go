package worktime_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

func localTime(t testing.TB, text string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", text, zone("Asia/Shanghai"))
	require.NoError(t, err)
	return at
}

func closing(t testing.TB, at time.Time, err error) string {
	require.NoError(t, err)
	return at.In(zone("Asia/Shanghai")).Format("2006-01-02 15:04")
}

// TestCivilCodePeriods: the first day is not counted (201), a last day off gives
// way to the working day after it, also where that is a worked Sunday, and the
// period ends when business does (203); the last day is within it (1259).
func TestCivilCodePeriods(t *testing.T) {
	calendar := china(t)
	for _, tc := range []struct {
		at   string
		n    int64
		want string
	}{
		{"2025-09-15 10:00", 1, "2025-09-16 17:00"},
		{"2025-09-15 00:00", 1, "2025-09-16 17:00"}, // midnight belongs to the day that begins
		{"2025-09-14 23:59", 1, "2025-09-15 17:00"},
		{"2025-09-15 10:00", 5, "2025-09-22 17:00"},  // a Saturday gives way to Monday
		{"2025-09-15 10:00", 13, "2025-09-28 17:00"}, // a Sunday that is worked is a last day
		{"2025-09-15 10:00", 15, "2025-09-30 17:00"},
		{"2025-09-15 10:00", 16, "2025-10-09 17:00"}, // 1 October: after the holiday
		{"2025-12-19 10:00", 15, "2026-01-04 17:00"}, // 3 January is off, Sunday 4 January is worked
		{"2020-01-10 10:00", 21, "2020-02-03 17:00"}, // 31 January became a day off by a later notice
	} {
		got, err := calendar.AddPeriod(localTime(t, tc.at), tc.n)
		require.Equal(t, tc.want, closing(t, got, err), "%s + %d", tc.at, tc.n)
	}
	_, err := calendar.AddPeriod(localTime(t, "2026-12-20 10:00"), 12)
	require.True(t, errors.Is(err, worktime.ErrCalendarHorizon))
	config := worktime.China(zone("Asia/Shanghai"))
	config.LastYear = 2022
	until2022, err := worktime.New(config)
	require.NoError(t, err)
	_, err = until2022.AddPeriod(localTime(t, "2022-12-29 10:00"), 2) // 31 December is a Saturday, what follows is not known
	require.True(t, errors.Is(err, worktime.ErrCalendarHorizon))
	_, err = calendar.AddPeriod(localTime(t, "2026-12-20 10:00"), 0)
	require.True(t, errors.Is(err, worktime.ErrBudget))
	_, err = calendar.AddPeriod(localTime(t, "2026-12-20 10:00").Add(1), 1)
	require.True(t, errors.Is(err, worktime.ErrNotMillis))
	_, err = new(worktime.Calendar).AddPeriod(localTime(t, "2026-12-20 10:00"), 1)
	require.True(t, errors.Is(err, worktime.ErrCalendarHorizon))
}

// periodAsWalked: a period ends where counting dates one by one ends.
func periodAsWalked(t *rapid.T) {
	calendar, config, at := draw(t)
	if !slices.Contains(config.Week[:], true) {
		return
	}
	twin := newWalker(config)
	date := worktime.DateOf(at, config.Zone)
	for !twin.first(next(date), 0).After(at) {
		date = next(date)
	}
	n := rapid.Int64Range(1, 40).Draw(t, "n")
	for range n {
		date = next(date)
	}
	for len(twin.windows(date)) == 0 {
		date = next(date)
	}
	open := twin.windows(date)
	got, err := calendar.AddPeriod(at, n)
	require.NoError(t, err)
	require.Equal(t, open[len(open)-1][1].UTC(), got, "%d days after %s", n, at)
}

func TestPeriodAsWalked(t *testing.T) { rapid.Check(t, periodAsWalked) }
func FuzzPeriod(f *testing.F)         { f.Fuzz(rapid.MakeFuzz(periodAsWalked)) }

// TestLaterNoticeChangesEarlierDays: the calendar of the notice of November 2019
// had 31 January 2020 as a working day; the one of 26 January 2020 has not. Two
// working days from 22 January end later by the new one, and never earlier.
func TestLaterNoticeChangesEarlierDays(t *testing.T) {
	config := worktime.China(zone("Asia/Shanghai"))
	after, err := worktime.New(config)
	require.NoError(t, err)
	config.Days = slices.DeleteFunc(slices.Clone(config.Days), func(d worktime.Day) bool {
		return d.Date.String() == "2020-01-31" || d.Date.String() == "2020-02-01"
	})
	before, err := worktime.New(config)
	require.NoError(t, err)
	budget := worktime.Budget{N: 2, Unit: worktime.WorkingDays}
	old, err := before.Add(localTime(t, "2020-01-22 10:00"), budget)
	require.Equal(t, "2020-01-31 17:00", closing(t, old, err))
	now, err := after.Add(localTime(t, "2020-01-22 10:00"), budget)
	require.Equal(t, "2020-02-03 17:00", closing(t, now, err))
	day, err := after.Day(localTime(t, "2020-01-31 12:00"))
	require.NoError(t, err)
	require.NotEmpty(t, day.Notice)
	require.NotEqual(t, before.Hash(), after.Hash())
}

// rickar/cal asks for the weekend before the holidays (#106), and zendesk/biz had
// no made-up days (#103): a Sunday that is worked stays closed in both.
func TestPeersWorkedWeekend(t *testing.T) {
	calendar := china(t)
	for _, sunday := range []string{"2025-09-28", "2026-01-04"} {
		at := localTime(t, sunday+" 10:00")
		require.Equal(t, time.Sunday, at.Weekday())
		require.True(t, calendar.Working(at), sunday)
		got, err := calendar.Add(at, worktime.Budget{N: 1, Unit: worktime.WorkingHours})
		require.Equal(t, sunday+" 11:00", closing(t, got, err))
		got, err = calendar.Add(at.AddDate(0, 0, -1), worktime.Budget{N: 1, Unit: worktime.WorkingDays})
		require.Equal(t, sunday+" 17:00", closing(t, got, err))
	}
}

// Zammad #390 and frappe/helpdesk #2212: what remains of a limit is working time,
// so neither a night, a weekend nor a lunch break spends any of it.
func TestPeersLunchAndNight(t *testing.T) {
	config := worktime.China(zone("Asia/Shanghai"))
	config.Windows = []worktime.Window{{Start: 9 * 60, End: 12 * 60}, {Start: 14 * 60, End: 18 * 60}}
	calendar, err := worktime.New(config)
	require.NoError(t, err)
	got, err := calendar.Add(localTime(t, "2025-09-19 11:30"), worktime.Budget{N: 6, Unit: worktime.WorkingHours})
	require.Equal(t, "2025-09-22 10:30", closing(t, got, err)) // 0.5 h, lunch, 4 h, weekend, 1.5 h
	spent, err := calendar.Between(localTime(t, "2025-09-19 12:30"), localTime(t, "2025-09-19 13:30"))
	require.NoError(t, err)
	require.Zero(t, spent)
}

// GLPI #15605: a changed limit forgot the pauses before. What is left is limit
// less what was worked, so a pause is never lost whatever calendar or limit comes.
func TestPeersPauseKeptAcrossNewLimit(t *testing.T) {
	calendar := china(t)
	at := func(text string) time.Time { return localTime(t, "2025-09-15 "+text) }
	worked, err := calendar.Between(at("09:00"), at("11:00")) // then paused until 15:00
	require.NoError(t, err)
	for limit, want := range map[time.Duration]string{4 * time.Hour: "2025-09-15 17:00", 8 * time.Hour: "2025-09-16 13:00"} {
		got, err := calendar.AddWorking(at("15:00"), limit-worked)
		require.Equal(t, want, closing(t, got, err))
	}
}
