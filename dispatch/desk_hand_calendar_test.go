package dispatch_test

import (
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// handCalendar is the test calendar by hand: Monday to Friday from 9 to 17 in Beijing,
// but for the listed days, by their date, of which some are worked and some are off.
type handCalendar map[string]bool

var handZone = time.FixedZone("CST", 8*60*60)

// day is when work begins and ends on the civil day of an instant; both are the same
// instant on a day off.
func (h handCalendar) day(at time.Time) (opens, closes time.Time) {
	at = at.In(handZone)
	opens = time.Date(at.Year(), at.Month(), at.Day(), 9, 0, 0, 0, handZone)
	works, listed := h[at.Format(time.DateOnly)]
	if !listed {
		works = at.Weekday() != time.Saturday && at.Weekday() != time.Sunday
	}
	if !works {
		return opens, opens
	}
	return opens, opens.Add(8 * time.Hour)
}

// between is the time from one instant to another that falls on working hours, day by
// day; negative when the second comes first.
func (h handCalendar) between(from, until time.Time) time.Duration {
	if until.Before(from) {
		return -h.between(until, from)
	}
	sum := time.Duration(0)
	for day := from; ; day = day.AddDate(0, 0, 1) {
		opens, closes := h.day(day)
		if midnight := opens.Add(-9 * time.Hour); !midnight.Before(until) {
			return sum
		}
		if from.After(opens) {
			opens = from
		}
		if until.Before(closes) {
			closes = until
		}
		sum += max(0, closes.Sub(opens))
	}
}

// add is the first instant by which so much working time has passed.
func (h handCalendar) add(from time.Time, left time.Duration) time.Time {
	if left <= 0 {
		return from
	}
	for day := from; ; day = day.AddDate(0, 0, 1) {
		opens, closes := h.day(day)
		if from.After(opens) {
			opens = from
		}
		if rest := closes.Sub(opens); rest > 0 {
			if left <= rest {
				return opens.Add(left)
			}
			left -= rest
		}
	}
}

// days is the close of the n-th working day after the day of an instant.
func (h handCalendar) days(from time.Time, n int) time.Time {
	for day := from.In(handZone); ; {
		day = day.AddDate(0, 0, 1)
		opens, closes := h.day(day)
		if closes.After(opens) {
			n--
		}
		if n == 0 {
			return closes
		}
	}
}

// setup is rules with this calendar.
func (h handCalendar) setup(t require.TestingT, rules dispatch.Setup) dispatch.Setup {
	config := worktime.Config{Zone: handZone, FirstYear: worktime.YearMin, LastYear: worktime.YearMax}
	for date, works := range h {
		day, err := time.Parse(time.DateOnly, date)
		require.NoError(t, err)
		listed := worktime.Day{Date: worktime.Date{Year: day.Year(), Month: day.Month(), Day: day.Day()}, Kind: worktime.Off}
		if works {
			listed.Kind = worktime.Work
		}
		config.Days = append(config.Days, listed)
	}
	var err error
	rules.Calendar, err = worktime.New(config)
	require.NoError(t, err)
	return rules
}

// drawHandCalendar is a calendar with some listed days from an instant on.
func drawHandCalendar(t *rapid.T, from time.Time) handCalendar {
	h := handCalendar{}
	for range rapid.IntRange(0, 6).Draw(t, "listed") {
		day := from.In(handZone).AddDate(0, 0, rapid.IntRange(0, 15).Draw(t, "day"))
		h[day.Format(time.DateOnly)] = rapid.IntRange(0, 2).Draw(t, "works") == 0
	}
	return h
}
