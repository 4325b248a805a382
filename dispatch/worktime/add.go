package worktime

import (
	"strconv"
	"time"
)

// Due is an instant by which something must be done.
type Due struct {
	At          time.Time
	Provisional bool // rests on days outside the published years
}

// Add is the instant at which budget, started at `at`, runs out, in UTC. Elapsed
// units are added to the instant. Working hours end at the least instant t, not
// before at, by which that much working time has passed since at; so they never
// end at the start of a window. Working days leave out the day of at and end at
// the close of the n-th working day after it.
//
// About 20 ns, no allocation unless it fails. Errors are *Error, in precedence:
// ErrBudget (also for the zero Budget), ErrNotMillis, ErrCalendarHorizon when
// working units start or end outside the published years (outside YearMin to
// YearMax when the Calendar is provisional), or when elapsed units leave the
// years 1 to 9999.
func (c *Calendar) Add(at time.Time, budget Budget) (time.Time, error) {
	if budget.N < 1 || budget.N > AmountMax {
		return time.Time{}, fail(ErrBudget, "budget", budget.String())
	}
	switch budget.Unit {
	case WorkingHours:
		return c.addWorking(at, budget.N*60*millisPerMinute)
	case WorkingDays:
		return c.addDays(at, budget.N)
	case Hours:
		return addElapsed(at, budget.N*60*millisPerMinute)
	case Minutes:
		return addElapsed(at, budget.N*millisPerMinute)
	case Days:
		return addElapsed(at, budget.N*millisPerDay)
	}
	return time.Time{}, fail(ErrBudget, "budget", budget.String())
}

// Due is Add together with whether the answer is provisional. Elapsed units
// never are. Errors as Add.
func (c *Calendar) Due(at time.Time, budget Budget) (Due, error) {
	due, err := c.Add(at, budget)
	if err != nil || budget.Unit != WorkingHours && budget.Unit != WorkingDays {
		return Due{At: due}, err
	}
	return Due{At: due, Provisional: !c.Covers(at) || !c.Covers(due.Add(-time.Millisecond))}, nil
}

// AddWorking is Add for an exact length of working time, such as what is left of
// a budget after a pause; zero answers at itself. Errors in precedence:
// ErrNegative, ErrNotMillis, ErrCalendarHorizon.
func (c *Calendar) AddWorking(at time.Time, left time.Duration) (time.Time, error) {
	switch {
	case left < 0:
		return time.Time{}, fail(ErrNegative, "left", left.String())
	case left%time.Millisecond != 0:
		return time.Time{}, fail(ErrNotMillis, "left", left.String())
	}
	return c.addWorking(at, int64(left/time.Millisecond))
}

// Between is the working time from a until b: W(b) - W(a), negative when b comes
// before a. About 10 ns, no allocation unless it fails. Errors in precedence, a
// before b: ErrNotMillis, ErrCalendarHorizon.
func (c *Calendar) Between(a, b time.Time) (time.Duration, error) {
	from, ok := c.quick(a)
	if !ok {
		var err error
		if from, err = c.millis(a, "a"); err != nil {
			return 0, err
		}
	}
	until, ok := c.quick(b)
	if !ok {
		var err error
		if until, err = c.millis(b, "b"); err != nil {
			return 0, err
		}
	}
	return time.Duration(c.before(until)-c.before(from)) * time.Millisecond, nil
}

// addWorking adds ms of working time.
func (c *Calendar) addWorking(at time.Time, ms int64) (time.Time, error) {
	from, ok := c.quick(at)
	if !ok {
		var err error
		if from, err = c.millis(at, "at"); err != nil {
			return time.Time{}, err
		}
	}
	if ms == 0 {
		return at.UTC(), nil
	}
	i := c.dayAt(from)
	target := c.workedBy(i, from) + ms
	if target > c.total {
		return time.Time{}, c.past("at")
	}
	k := c.days[i].span + int32(ms/c.perDay)*c.windows
	k = min(k, int32(len(c.spans)-2))
	for c.spans[k].before >= target {
		k--
	}
	for c.spans[k+1].before < target {
		k++
	}
	return time.UnixMilli(c.spans[k].start + target - c.spans[k].before).UTC(), nil
}

// addDays adds n working days.
func (c *Calendar) addDays(at time.Time, n int64) (time.Time, error) {
	from, ok := c.quick(at)
	if !ok {
		var err error
		if from, err = c.millis(at, "at"); err != nil {
			return time.Time{}, err
		}
	}
	order := int64(c.days[c.dayAt(from)].rank) + n - 1
	if order >= int64(len(c.closes)) || c.closes[order] > c.until {
		return time.Time{}, c.past("at")
	}
	return time.UnixMilli(c.closes[order]).UTC(), nil
}

// The seconds at which the years 1 and 10000 begin; RFC 3339 writes no others.
const (
	secondMin = -62135596800
	secondEnd = 253402300800
)

// addElapsed adds ms whatever the clocks show.
func addElapsed(at time.Time, ms int64) (time.Time, error) {
	if at.Nanosecond()%int(time.Millisecond) != 0 {
		return time.Time{}, fail(ErrNotMillis, "at", at.Format(time.RFC3339Nano))
	}
	if s := at.Unix(); s < secondMin || s >= secondEnd {
		return time.Time{}, horizon("at", at.UTC().Year())
	}
	due := time.UnixMilli(at.UnixMilli() + ms).UTC()
	if due.Unix() >= secondEnd {
		return time.Time{}, horizon("at", due.Year())
	}
	return due, nil
}

// millis is at in milliseconds, when the Calendar answers for it. The end of the
// last year is still in, as the end of an interval.
func (c *Calendar) millis(at time.Time, field string) (int64, error) {
	if at.Nanosecond()%int(time.Millisecond) != 0 {
		return 0, fail(ErrNotMillis, field, at.Format(time.RFC3339Nano))
	}
	seconds := at.Unix()
	if seconds < secondMin || seconds >= secondEnd {
		return 0, horizon(field, at.Year())
	}
	ms := seconds*1000 + int64(at.Nanosecond())/int64(time.Millisecond)
	if ms < c.from || ms > c.until || len(c.days) == 0 {
		return 0, horizon(field, c.year(at))
	}
	return ms, nil
}

// quick is millis without a reason, small enough to be inlined; it leaves the end of
// the last year to millis. The years begin and end on whole seconds, and a second
// among theirs cannot overflow.
func (c *Calendar) quick(at time.Time) (int64, bool) {
	s, ns := at.Unix(), at.Nanosecond()
	ms := s*1000 + int64(ns/1e6)
	return ms, uint64(s-c.second) < c.seconds && ns%1e6 == 0
}

// dayAt is the index of the day that holds ms, which lies in the table. The
// estimate is wrong by at most the days that the zone has skipped and one.
func (c *Calendar) dayAt(ms int64) int {
	i := min(int((ms-c.days[0].start)/millisPerDay), len(c.days)-2)
	for c.days[i].start > ms {
		i--
	}
	for i < len(c.days)-2 && c.days[i+1].start <= ms {
		i++
	}
	return i
}

// before is W: the working ms before the instant ms, which lies in the table.
func (c *Calendar) before(ms int64) int64 { return c.workedBy(c.dayAt(ms), ms) }

// workedBy is before for an instant of day i. It adds what was worked of each window of
// that day, or of the next that has any, which is nothing of one that is to come: a branch
// on the time of day would be guessed wrong every other time, and costs more than a window.
func (c *Calendar) workedBy(i int, ms int64) int64 {
	k := min(int(c.days[i].span), len(c.spans)-1-c.reach)
	spans := c.spans[k:][:c.reach+1]
	worked := spans[0].before
	for j, next := range spans[1:] {
		s := &spans[j]
		worked += min(max(ms-s.start, 0), next.before-s.before)
	}
	return worked
}

// end is the instant at which span k ends.
func (c *Calendar) end(k int32) int64 {
	return c.spans[k].start + c.spans[k+1].before - c.spans[k].before
}

// year is the local year of at.
func (c *Calendar) year(at time.Time) int {
	if c.config.Zone == nil {
		return at.UTC().Year()
	}
	return at.In(c.config.Zone).Year()
}

// past is the error for working time that ends after the last year.
func (c *Calendar) past(field string) error {
	if c.config.Provisional {
		return horizon(field, YearMax+1)
	}
	return horizon(field, c.config.LastYear+1)
}

func horizon(field string, year int) *Error {
	return &Error{Err: ErrCalendarHorizon, Field: field, Index: -1, Value: strconv.Itoa(year), Year: year}
}

func fail(err error, field, value string) *Error {
	return &Error{Err: err, Field: field, Index: -1, Value: value}
}
