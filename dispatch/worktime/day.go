package worktime

import (
	"math"
	"slices"
	"time"
)

// Working reports whether at lies inside a window of a working day; the end of a
// window does not. Outside the published years it goes by the weekly rule and
// any listed days, outside YearMin to YearMax it is false. O(1).
func (c *Calendar) Working(at time.Time) bool {
	ms, ok := c.inTable(at)
	if !ok {
		return false
	}
	k := c.spanAt(ms)
	return int(k) < len(c.spans)-1 && ms >= c.spans[k].start
}

// Next is the first working instant at or after at, in UTC: at itself while it
// is working, else the start of the next window. ErrCalendarHorizon when at lies
// outside the published years or no work follows within them.
func (c *Calendar) Next(at time.Time) (time.Time, error) {
	if _, err := c.Day(at); err != nil {
		return time.Time{}, err
	}
	ms, _ := c.inTable(at)
	k := c.spanAt(ms)
	for int(k) < len(c.spans)-1 && c.spans[k].before == c.spans[k+1].before {
		k++ // the clocks skipped the whole window
	}
	switch {
	case c.spans[k].start >= c.until:
		return time.Time{}, c.past("at")
	case ms >= c.spans[k].start:
		return at.UTC(), nil
	}
	return time.UnixMilli(c.spans[k].start).UTC(), nil
}

// spanAt is the first span that ends after ms; the empty last one when none does.
func (c *Calendar) spanAt(ms int64) int32 {
	k := c.days[c.dayAt(ms)].span
	for int(k) < len(c.spans)-1 && ms >= c.end(k) {
		k++
	}
	return k
}

// Covers reports whether at lies in a published year, local time.
func (c *Calendar) Covers(at time.Time) bool {
	_, ok := c.inTable(at)
	year := c.year(at)
	return ok && c.config.FirstYear <= year && year <= c.config.LastYear
}

// IsWorkday reports whether the local day of at is worked. Errors as Day.
func (c *Calendar) IsWorkday(at time.Time) (bool, error) {
	kind, err := c.DayKind(at)
	return kind == Work, err
}

// DayKind is the kind of the local day of at. Errors as Day.
func (c *Calendar) DayKind(at time.Time) (Kind, error) {
	i, err := c.dayOf(at)
	if err != nil {
		return "", err
	}
	return c.kind(i), nil
}

// Day is the local day of at: with name and notice when it is listed, with the
// kind by the weekly rule when not. A repeated hour before midnight belongs to
// the day that had already begun. ErrCalendarHorizon when at lies outside the
// published years, outside YearMin to YearMax when the Calendar is provisional.
func (c *Calendar) Day(at time.Time) (Day, error) {
	i, err := c.dayOf(at)
	if err != nil {
		return Day{}, err
	}
	first := Date{Year: YearMin, Month: time.January, Day: 1}.number()
	date := dateOf(first + int64(i))
	listed, ok := slices.BinarySearchFunc(c.config.Days, date, func(d Day, want Date) int { return d.Date.Compare(want) })
	if ok {
		return c.config.Days[listed], nil
	}
	return Day{Date: date, Kind: c.kind(i)}, nil
}

// dayOf is the index of the day of at, when the Calendar answers for it.
func (c *Calendar) dayOf(at time.Time) (int, error) {
	ms, ok := c.inTable(at)
	if !ok || ms < c.from || ms >= c.until {
		return 0, horizon("at", c.year(at))
	}
	return c.dayAt(ms), nil
}

// kind is the kind of day i, which exists and so has a span of its own exactly
// when it is worked.
func (c *Calendar) kind(i int) Kind {
	if c.days[i].span < c.days[i+1].span {
		return Work
	}
	return Off
}

// inTable is the whole millisecond that holds at, when it is one of a day from
// YearMin to YearMax.
func (c *Calendar) inTable(at time.Time) (int64, bool) {
	seconds := at.Unix()
	if len(c.days) == 0 || seconds < math.MinInt64/2000 || seconds > math.MaxInt64/2000 {
		return 0, false
	}
	ms := seconds*1000 + int64(at.Nanosecond())/int64(time.Millisecond)
	return ms, ms >= c.days[0].start && ms < c.days[len(c.days)-1].start
}
