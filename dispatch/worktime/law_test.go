package worktime_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

// draw picks a calendar, the config that it was made of and an instant.
func draw(t *rapid.T) (*worktime.Calendar, worktime.Config, time.Time) {
	at := drawInstant(t, zone(rapid.SampledFrom(zones).Draw(t, "zone")))
	config := drawConfig(t, at)
	calendar, err := worktime.New(config)
	require.NoError(t, err)
	return calendar, config, at
}

func millis(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

func sameAsWalker(t *rapid.T) {
	calendar, config, at := draw(t)
	twin := newWalker(config)

	require.Equal(t, twin.working(at), calendar.Working(at), "working at %s", at)
	other := at.Add(millis(rapid.Int64Range(-3*86400_000, 5*86400_000).Draw(t, "until")))
	got, err := calendar.Between(at, other)
	require.NoError(t, err)
	require.Equal(t, twin.between(at, other), got, "between %s and %s", at, other)

	// A week of holidays may follow: add only what the next days are sure to hold.
	later, err := calendar.Between(at, at.Add(12*24*time.Hour))
	require.NoError(t, err)
	if later > 0 {
		left := millis(rapid.Int64Range(1, later.Milliseconds()).Draw(t, "left"))
		if rapid.Bool().Draw(t, "to the close") {
			left = later // mostly up to the end of a window
		}
		due, err := calendar.AddWorking(at, left)
		require.NoError(t, err)
		require.Equal(t, twin.add(at, left).UTC(), due, "add %s to %s", left, at)
		if hours := int64(left / time.Hour); hours > 0 {
			due, err = calendar.Add(at, worktime.Budget{N: hours, Unit: worktime.WorkingHours})
			require.NoError(t, err)
			require.Equal(t, twin.add(at, time.Duration(hours)*time.Hour).UTC(), due)
		}
		start, err := calendar.Next(at)
		require.NoError(t, err)
		walked := at
		for !twin.working(walked) {
			walked = walked.Truncate(time.Minute).Add(time.Minute)
		}
		require.Equal(t, walked.UTC(), start)
	}
	if days := rapid.Int64Range(1, 9).Draw(t, "days"); slices.Contains(config.Week[:], true) {
		due, err := calendar.Add(at, worktime.Budget{N: days, Unit: worktime.WorkingDays})
		require.NoError(t, err)
		require.Equal(t, twin.addDays(at, days).UTC(), due, "%d working days after %s", days, at)
	}
}

func TestSameAsWalker(t *testing.T) { rapid.Check(t, sameAsWalker) }
func FuzzAdd(f *testing.F)          { f.Fuzz(rapid.MakeFuzz(sameAsWalker)) }

func laws(t *rapid.T) {
	calendar, _, a := draw(t)
	dueOf := func(at time.Time, left time.Duration) time.Time {
		due, err := calendar.AddWorking(at, left)
		require.NoError(t, err)
		return due
	}
	x := millis(rapid.Int64Range(0, 40*3600_000).Draw(t, "x"))
	y := millis(rapid.Int64Range(0, 4000*3600_000).Draw(t, "y"))
	b := a.Add(millis(rapid.Int64Range(0, 30*86400_000).Draw(t, "b")))
	if work, err := calendar.Between(a, time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil || work < x+y+1 {
		t.Skip("not enough work left")
	}
	between := func(from, until time.Time) time.Duration {
		worked, err := calendar.Between(from, until)
		require.NoError(t, err)
		return worked
	}
	require.Equal(t, x, between(a, dueOf(a, x)), "what was added has been worked")
	require.Equal(t, dueOf(a, x+y), dueOf(dueOf(a, x), y), "adding twice is adding the sum")
	if x > 0 {
		require.Less(t, between(a, dueOf(a, x).Add(-time.Millisecond)), x, "no earlier instant will do")
	}
	require.Equal(t, between(a, b)+between(b, dueOf(a, y)), between(a, dueOf(a, y)), "between adds up")
	require.Equal(t, -between(a, b), between(b, a))
	require.False(t, dueOf(b, x).Before(dueOf(a, x)), "a later start is never due earlier")
	require.False(t, dueOf(a, x+y).Before(dueOf(a, x)), "a longer budget is never due earlier")
}

func TestLaws(t *testing.T) { rapid.Check(t, laws) }
func FuzzLaws(f *testing.F) { f.Fuzz(rapid.MakeFuzz(laws)) }

// TestExtraHoliday takes one more day off: nothing is due earlier and no stretch
// of time holds more work.
func TestExtraHoliday(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		calendar, config, at := draw(t)
		date := worktime.DateOf(at.AddDate(0, 0, rapid.IntRange(-2, 20).Draw(t, "holiday")), at.Location())
		config.Days = slices.DeleteFunc(slices.Clone(config.Days), func(d worktime.Day) bool { return d.Date == date })
		config.Days = append(config.Days, worktime.Day{Date: date, Kind: worktime.Off})
		fewer, err := worktime.New(config)
		require.NoError(t, err)
		budget := worktime.Budget{N: rapid.Int64Range(1, 60).Draw(t, "n"), Unit: rapid.SampledFrom([]worktime.Unit{
			worktime.Minutes, worktime.Hours, worktime.Days, worktime.WorkingHours, worktime.WorkingDays,
		}).Draw(t, "unit")}
		before, err := calendar.Add(at, budget)
		after, errAfter := fewer.Add(at, budget)
		if err == nil && errAfter == nil {
			require.False(t, after.Before(before))
		} else {
			require.ErrorIs(t, errAfter, worktime.ErrCalendarHorizon)
		}
		worked, err := calendar.Between(at, at.AddDate(0, 1, 0))
		require.NoError(t, err)
		less, err := fewer.Between(at, at.AddDate(0, 1, 0))
		require.NoError(t, err)
		require.LessOrEqual(t, less, worked)
	})
}

// TestElapsed adds what a plain clock adds, whatever the calendar.
func TestElapsed(t *testing.T) {
	calendar, err := worktime.New(worktime.China(zone("Asia/Shanghai")))
	require.NoError(t, err)
	at := time.Date(2031, 2, 3, 4, 5, 6, 789e6, zone("Asia/Shanghai"))
	for text, want := range map[string]time.Time{
		"30m": at.Add(30 * time.Minute), "2h": at.Add(2 * time.Hour), "7d": at.Add(7 * 24 * time.Hour),
	} {
		budget, err := worktime.ParseBudget(text)
		require.NoError(t, err)
		due, err := calendar.Due(at, budget)
		require.NoError(t, err)
		require.Equal(t, worktime.Due{At: want.UTC()}, due)
	}
	_, err = calendar.Add(at, worktime.Budget{N: worktime.AmountMax, Unit: worktime.Days})
	fault := new(worktime.Error)
	require.ErrorAs(t, err, &fault)
	require.ErrorIs(t, fault, worktime.ErrCalendarHorizon)
	require.Greater(t, fault.Year, 100_000)
}

// TestNoPanic asks everything of the oddest instants.
func TestNoPanic(t *testing.T) {
	china, err := worktime.New(worktime.China(zone("Asia/Shanghai")))
	require.NoError(t, err)
	provisional := worktime.China(zone("Pacific/Apia"))
	provisional.Provisional = true
	samoa, err := worktime.New(provisional)
	require.NoError(t, err)
	never, err := worktime.New(worktime.Config{Zone: time.UTC, Days: []worktime.Day{}, Week: worktime.Week{true}})
	require.NoError(t, err)
	instants := []time.Time{
		{}, time.Unix(math.MaxInt64, 0), time.Unix(math.MinInt64, 0), time.Unix(1<<62, 999999999), time.UnixMilli(math.MaxInt64),
		time.UnixMilli(0), time.UnixMilli(-1), time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2101, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(2100, 12, 31, 23, 59, 59, 999e6, time.UTC), time.Date(2101, 1, 1, 0, 0, 0, 0, zone("Pacific/Apia")),
	}
	budgets := []worktime.Budget{
		{}, {N: -1, Unit: worktime.Days}, {N: math.MaxInt64, Unit: worktime.WorkingDays}, {N: 1, Unit: "x"},
		{N: worktime.AmountMax, Unit: worktime.WorkingHours}, {N: worktime.AmountMax, Unit: worktime.WorkingDays}, {N: 1, Unit: worktime.WorkingDays},
	}
	for _, c := range []*worktime.Calendar{china, samoa, never, {}} {
		for _, at := range instants {
			for _, b := range budgets {
				_, _ = c.Due(at, b)
			}
			_, _ = c.AddWorking(at, math.MaxInt64/1e6*1e6)
			_, _ = c.AddWorking(at, math.MinInt64)
			_, _ = c.Next(at)
			_, _ = c.Day(at)
			c.Covers(at)
			c.Working(at)
			for _, b := range instants {
				_, _ = c.Between(at, b)
			}
		}
	}
}
