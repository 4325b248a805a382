package roster

import (
	"slices"
	"sort"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

// counter counts the worked dates of one Days in one zone.
type counter struct {
	days    Days
	every   bool
	perWeek int64
	months  []int32 // for Days of the month: worked dates before each month from 1970 on, and in all
	skipped []int64 // the dates that would be worked had the zone not skipped them
}

func newCounter(days Days, clock *civil.Clock) *counter {
	c := &counter{days: days, every: days.every()}
	for _, worked := range days.Week {
		if worked {
			c.perWeek++
		}
	}
	if days.monthly() {
		c.months = make([]int32, 0, 12*(civil.YearMax-civil.YearMin+1)+1)
		count, n := int32(0), civil.DayMin
		for n < civil.DayMax {
			c.months = append(c.months, count)
			for range civil.DaysIn(civil.Numbered(n).Year, civil.Numbered(n).Month) {
				if c.days.holds(n) {
					count++
				}
				n++
			}
		}
		c.months = append(c.months, count)
	}
	for _, n := range clock.Skipped() {
		if c.named(n) {
			c.skipped = append(c.skipped, n)
		}
	}
	return c
}

// named reports whether the days name the date n, whether or not it came.
func (c *counter) named(n int64) bool { return c.every || c.days.holds(n) }

// worked reports whether the date n is worked.
func (c *counter) worked(n int64) bool { return c.named(n) && !slices.Contains(c.skipped, n) }

// before counts the worked dates in [civil.DayMin, n).
func (c *counter) before(n int64) int64 {
	n = min(max(n, civil.DayMin), civil.DayMax)
	missed := int64(sort.Search(len(c.skipped), func(i int) bool { return c.skipped[i] >= n }))
	switch {
	case c.every:
		return n - civil.DayMin - missed
	case c.months == nil:
		weeks := (n - civil.DayMin) / 7
		count := weeks * c.perWeek
		for d := civil.DayMin + 7*weeks; d < n; d++ {
			if c.days.Week[civil.Weekday(d)] {
				count++
			}
		}
		return count - missed
	}
	date := civil.Numbered(n)
	count := int64(c.months[12*(date.Year-civil.YearMin)+int(date.Month-time.January)])
	for d := n - int64(date.Day) + 1; d < n; d++ {
		if c.days.holds(d) {
			count++
		}
	}
	return count - missed
}
