package worktime

import (
	"strconv"
	"time"
)

// AddPeriod is the instant at which a period of n civil days (日历天的期间) ends, as
// the Civil Code of China counts it (民法典第二百零一条、第二百零三条): the day of at is not
// counted, and when the last day is a day off, the working day after it takes its
// place. It ends at the close of that day's last window, since whoever is bound
// keeps those hours; 以内 includes that day (第一千二百五十九条). An ordinary weekend
// counts as a day off as a holiday does.
//
// O(1), no allocation unless it fails. Errors are *Error, in precedence: ErrBudget
// when n is not from 1 to AmountMax, ErrNotMillis, ErrCalendarHorizon when at or
// the end lies outside the years that Add answers for.
func (c *Calendar) AddPeriod(at time.Time, n int64) (time.Time, error) {
	if n < 1 || n > AmountMax {
		return time.Time{}, fail(ErrBudget, "n", strconv.FormatInt(n, 10))
	}
	from, err := c.millis(at, "at")
	if err != nil {
		return time.Time{}, err
	}
	last := int64(c.dayAt(from)) + n
	if last >= int64(len(c.days)-1) || c.days[last].start >= c.until {
		return time.Time{}, c.past("at")
	}
	order := c.days[last-1].rank // working days before the last day
	if int(order) >= len(c.closes) || c.closes[order] > c.until {
		return time.Time{}, c.past("at")
	}
	return time.UnixMilli(c.closes[order]).UTC(), nil
}
