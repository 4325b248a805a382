package worktime_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

// TestClockChanges works whole days and parts of days on which clocks change.
func TestClockChanges(t *testing.T) {
	always := worktime.Week{true, true, true, true, true, true, true}
	for _, row := range []struct {
		name, zone, window, from, until string
		want                            time.Duration
	}{
		{"spring forward loses an hour", "America/New_York", "00:00-24:00", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", 23 * time.Hour},
		{"fall back works it twice", "America/New_York", "00:00-24:00", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 25 * time.Hour},
		{"a window inside the gap is empty", "America/New_York", "02:00-03:00", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", 0},
		{"a start in the gap is after it", "America/New_York", "02:30-04:00", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", time.Hour},
		{"a doubled start and end are the earlier", "America/New_York", "01:15-01:45", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 30 * time.Minute},
		{"a doubled start is the earlier", "America/New_York", "01:30-02:30", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 2 * time.Hour},
		{"half an hour in Lord Howe", "Australia/Lord_Howe", "00:00-24:00", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z", 24*time.Hour + 30*time.Minute},
		{"Ramadan in Casablanca", "Africa/Casablanca", "00:00-24:00", "2026-02-14T23:00:00Z", "2026-02-16T00:00:00Z", 25 * time.Hour},
		{"midnight skipped in Sao Paulo", "America/Sao_Paulo", "00:00-08:00", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z", 7 * time.Hour},
		{"Apia skipped 2011-12-30", "Pacific/Apia", "09:00-17:00", "2011-12-29T10:00:00Z", "2011-12-31T10:00:00Z", 16 * time.Hour},
	} {
		t.Run(row.name, func(t *testing.T) {
			window, err := worktime.ParseWindow(row.window)
			require.NoError(t, err)
			calendar, err := worktime.New(worktime.Config{Zone: zone(row.zone), Windows: []worktime.Window{window}, Week: always})
			require.NoError(t, err)
			from, err := time.Parse(time.RFC3339, row.from)
			require.NoError(t, err)
			until, err := time.Parse(time.RFC3339, row.until)
			require.NoError(t, err)
			got, err := calendar.Between(from, until)
			require.NoError(t, err)
			require.Equal(t, row.want, got)
		})
	}
}

// TestSkippedDate: a date that never came is no working day.
func TestSkippedDate(t *testing.T) {
	apia := zone("Pacific/Apia")
	calendar, err := worktime.New(worktime.Config{Zone: apia})
	require.NoError(t, err)
	thursday := time.Date(2011, 12, 29, 10, 0, 0, 0, apia)
	due, err := calendar.Add(thursday, worktime.Budget{N: 1, Unit: worktime.WorkingDays})
	require.NoError(t, err)
	require.Equal(t, time.Date(2012, 1, 2, 17, 0, 0, 0, apia).UTC(), due, "Friday was skipped, then comes the weekend")
}

// TestRepeatedMidnight: St. John's clocks went back at 00:01, over midnight.
func TestRepeatedMidnight(t *testing.T) {
	loc := zone("America/St_Johns")
	calendar, err := worktime.New(worktime.Config{Zone: loc, Week: worktime.Week{true}}) // Sundays
	require.NoError(t, err)
	change := time.Date(2010, 11, 7, 2, 31, 0, 0, time.UTC) // Sunday 00:01 -> Saturday 23:01
	require.Equal(t, "Sat 23:01", change.In(loc).Format("Mon 15:04"))
	work, err := calendar.IsWorkday(change)
	require.NoError(t, err)
	require.True(t, work, "the repeated hour belongs to the Sunday that had begun")
	work, err = calendar.IsWorkday(change.Add(-2 * time.Minute))
	require.NoError(t, err)
	require.False(t, work)
}

// TestHalfOpen looks at the two ends of a window and of a budget.
func TestHalfOpen(t *testing.T) {
	shanghai := zone("Asia/Shanghai")
	calendar, err := worktime.New(worktime.Config{Zone: shanghai, Windows: []worktime.Window{
		{Start: 14 * 60, End: 18 * 60}, {Start: 8 * 60, End: 12 * 60},
	}})
	require.NoError(t, err)
	monday := func(hour, minute int) time.Time { return time.Date(2026, 6, 1, hour, minute, 0, 0, shanghai) }
	require.True(t, calendar.Working(monday(8, 0)))
	require.False(t, calendar.Working(monday(8, 0).Add(-1)))
	require.True(t, calendar.Working(monday(12, 0).Add(-1)))
	require.False(t, calendar.Working(monday(12, 0)))

	add := func(at time.Time, n int64) time.Time {
		due, err := calendar.Add(at, worktime.Budget{N: n, Unit: worktime.WorkingHours})
		require.NoError(t, err)
		return due.In(shanghai)
	}
	require.Equal(t, monday(12, 0), add(monday(8, 0), 4), "the end of a window, not the start of the next")
	require.Equal(t, monday(15, 0), add(monday(12, 0), 1))
	require.Equal(t, monday(18, 0), add(monday(8, 0), 8))
	require.Equal(t, monday(9, 0).AddDate(0, 0, 1), add(monday(18, 0), 1))
	start, err := calendar.Next(monday(12, 0))
	require.NoError(t, err)
	require.Equal(t, monday(14, 0).UTC(), start)

	friday, err := calendar.Add(time.Date(2026, 6, 5, 0, 0, 0, 0, shanghai), worktime.Budget{N: 1, Unit: worktime.WorkingDays})
	require.NoError(t, err)
	require.Equal(t, time.Date(2026, 6, 8, 18, 0, 0, 0, shanghai).UTC(), friday, "the start day is not counted, even from its midnight")
}

// TestTouchingWindows: one may begin where another ends, and the two are as one.
func TestTouchingWindows(t *testing.T) {
	parts, err := worktime.New(worktime.Config{Zone: time.UTC, Windows: []worktime.Window{{Start: 720, End: 1440}, {Start: 0, End: 720}}})
	require.NoError(t, err)
	whole, err := worktime.New(worktime.Config{Zone: time.UTC, Windows: []worktime.Window{{Start: 0, End: 1440}}})
	require.NoError(t, err)
	monday := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	for hours := range int64(130) {
		budget := worktime.Budget{N: hours + 1, Unit: worktime.WorkingHours}
		a, err := parts.Add(monday, budget)
		require.NoError(t, err)
		b, err := whole.Add(monday, budget)
		require.NoError(t, err)
		require.Equal(t, b, a)
	}
}

// TestCloseOfTheLastYear: what ends with the last published year rests on
// published days only.
func TestCloseOfTheLastYear(t *testing.T) {
	config := worktime.China(zone("Asia/Shanghai"))
	config.Windows = []worktime.Window{{Start: 9 * 60, End: worktime.MinutesPerDay}}
	config.Provisional = true
	calendar, err := worktime.New(config)
	require.NoError(t, err)
	end := time.Date(2027, 1, 1, 0, 0, 0, 0, zone("Asia/Shanghai"))
	due, err := calendar.Due(end.Add(-25*time.Hour), worktime.Budget{N: 1, Unit: worktime.WorkingDays})
	require.NoError(t, err)
	require.Equal(t, worktime.Due{At: end.UTC()}, due)
	due, err = calendar.Due(end.Add(-time.Hour), worktime.Budget{N: 2, Unit: worktime.WorkingHours})
	require.NoError(t, err)
	require.True(t, due.Provisional)
}
