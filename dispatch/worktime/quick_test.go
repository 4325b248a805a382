package worktime_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

// TestInstantsAtTheDoor: parts of a millisecond and instants outside the years are
// refused wherever a working time begins or ends; the end of the last year is in.
func TestInstantsAtTheDoor(t *testing.T) {
	calendar := china(t)
	first, last := calendar.Years()
	home := calendar.Zone()
	from, until := time.Date(first, 1, 1, 0, 0, 0, 0, home), time.Date(last+1, 1, 1, 0, 0, 0, 0, home)
	fine := time.Date(2025, 3, 3, 10, 0, 0, 0, home)
	for _, tc := range []struct {
		at  time.Time
		err error
	}{
		{from, nil}, {until, nil}, {fine.Add(time.Millisecond), nil},
		{fine.Add(time.Nanosecond), worktime.ErrNotMillis}, {fine.Add(time.Millisecond - 1), worktime.ErrNotMillis},
		{from.Add(-time.Millisecond), worktime.ErrCalendarHorizon}, {until.Add(time.Millisecond), worktime.ErrCalendarHorizon},
		{until.Add(time.Second), worktime.ErrCalendarHorizon}, {time.Unix(math.MaxInt64, 0), worktime.ErrCalendarHorizon},
		{time.Unix(math.MinInt64, 0), worktime.ErrCalendarHorizon}, {time.Unix(fine.Unix()+(1<<61), 0), worktime.ErrCalendarHorizon}, // aliases of 2025 in milliseconds
	} {
		_, err := calendar.Between(tc.at, fine)
		require.ErrorIs(t, err, tc.err, "from %s", tc.at)
		_, err = calendar.Between(fine, tc.at)
		require.ErrorIs(t, err, tc.err, "until %s", tc.at)
		if tc.err == nil {
			continue
		}
		for _, unit := range []worktime.Unit{worktime.WorkingHours, worktime.WorkingDays} {
			_, err = calendar.Add(tc.at, worktime.Budget{N: 1, Unit: unit})
			require.ErrorIs(t, err, tc.err, "%s from %s", unit, tc.at)
		}
	}
	all, err := calendar.Between(from, until)
	require.NoError(t, err)
	back, err := calendar.Between(until, from)
	require.NoError(t, err)
	require.Equal(t, all, -back)
	_, err = new(worktime.Calendar).Between(time.Unix(0, 0), time.Unix(0, 0))
	require.ErrorIs(t, err, worktime.ErrCalendarHorizon)
}
