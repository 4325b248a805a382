package worktime

import (
	"math"
	"slices"
	"time"
)

// Calendar is immutable and safe for concurrent use. It answers for the local
// days from YearMin to YearMax. New makes one; the zero Calendar covers no year.
type Calendar struct {
	config  Config // resolved
	days    []day  // one per civil day, and the day after the last
	spans   []span // one per window of every working day, and an empty last one
	closes  []int64
	perDay  int64  // working ms of a day on which the clocks do not change
	windows int32  // spans a working day
	reach   int    // of the spans from that of a day, those that may have begun by its end
	from    int64  // first instant of the years that answers may rest on
	until   int64  // first instant after them
	second  int64  // from in seconds
	seconds uint64 // how many seconds the years have
	total   int64  // working ms before until
	hash    [32]byte
}

// day is one civil day.
type day struct {
	start int64 // instant of its midnight, ms; as the next day's when the zone skipped it
	span  int32 // its first span, or the next there is
	rank  int32 // working days up to and including this one
}

// span is one window of one day; it ends where the working time before the next
// span is reached.
type span struct {
	start  int64 // instant, ms
	before int64 // working ms before start
}

// New builds a Calendar from a copy of config. It reports all faults at once as
// *Faults: by field in the order of Config, then by index. Time and memory are
// proportional to the days from YearMin to YearMax, whatever the config.
func New(config Config) (*Calendar, error) {
	resolved, faults := config.resolve()
	if len(faults) > 0 {
		return nil, refuse(faults)
	}
	first := Date{Year: YearMin, Month: time.January, Day: 1}.number()
	count := Date{Year: YearMax + 1, Month: time.January, Day: 1}.number() - first
	margin := int64(3 * millisPerDay) // more than two offsets
	runs, ok := stretches(resolved.Zone, first*millisPerDay-margin, (first+count)*millisPerDay+margin)
	if !ok {
		return nil, refuse([]*Error{{Err: ErrZone, Field: "Zone", Index: -1, Value: resolved.Zone.String()}})
	}
	c := &Calendar{config: resolved, days: make([]day, count+1)}
	clock := sweep{runs}
	for i := range c.days {
		c.days[i].start = clock.instant((first + int64(i)) * millisPerDay)
	}
	c.fill(first, sweep{runs})
	c.bound(first)
	c.hash = c.digest(runs)
	return c, nil
}

// fill computes spans, closes and ranks from the starts of the days, the first
// of which has the number first.
func (c *Calendar) fill(first int64, clock sweep) {
	last := len(c.days) - 1
	listed, listedNumber := c.config.Days, make([]int64, 0, len(c.config.Days))
	for _, d := range listed {
		listedNumber = append(listedNumber, d.Date.number())
	}
	c.spans = make([]span, 0, (last*5/7+len(listed))*len(c.config.Windows)+1)
	working := int64(0)
	weekday := dateOf(first).Weekday()
	for i := range last {
		d := &c.days[i]
		d.span = int32(len(c.spans))
		work := c.config.Week[weekday]
		if weekday++; weekday == 7 {
			weekday = 0
		}
		if len(listed) > 0 && listedNumber[0] == first+int64(i) {
			work = listed[0].Kind == Work
			listed, listedNumber = listed[1:], listedNumber[1:]
		}
		if work && d.start < c.days[i+1].start {
			end := d.start
			for _, w := range c.config.Windows {
				midnight := (first + int64(i)) * millisPerDay
				start := clock.instant(midnight + int64(w.Start)*millisPerMinute)
				end = clock.instant(midnight + int64(w.End)*millisPerMinute)
				c.spans = append(c.spans, span{start: start, before: working})
				working += end - start
			}
			c.closes = append(c.closes, end)
		}
		d.rank = int32(len(c.closes))
	}
	c.days[last].span, c.days[last].rank = int32(len(c.spans)), int32(len(c.closes))
	c.spans = append(c.spans, span{start: math.MaxInt64, before: working})
	for _, w := range c.config.Windows {
		c.perDay += int64(w.End-w.Start) * millisPerMinute
	}
	c.windows = int32(len(c.config.Windows))
	c.reach = min(len(c.config.Windows), len(c.spans)-1)
}

// bound computes the instants that answers may rest on.
func (c *Calendar) bound(first int64) {
	from, until := c.config.FirstYear, c.config.LastYear
	if c.config.Provisional {
		from, until = YearMin, YearMax
	}
	c.from = c.yearStart(from, first)
	c.until = c.yearStart(until+1, first)
	c.second, c.seconds = c.from/1000, uint64((c.until-c.from)/1000)
	c.total = c.before(c.until)
}

// yearStart is the instant at which the local year begins.
func (c *Calendar) yearStart(year int, first int64) int64 {
	return c.days[Date{Year: year, Month: time.January, Day: 1}.number()-first].start
}

// Zone is the zone of the local clock; nil for the zero Calendar.
func (c *Calendar) Zone() *time.Location { return c.config.Zone }

// Windows are the windows of a working day, in order.
func (c *Calendar) Windows() []Window { return slices.Clone(c.config.Windows) }

// Week says which weekdays are worked when no listed day says otherwise.
func (c *Calendar) Week() Week { return c.config.Week }

// Years are the first and the last published year.
func (c *Calendar) Years() (first, last int) { return c.config.FirstYear, c.config.LastYear }

// Hash identifies the answers of the Calendar: equal hashes mean that zone law,
// windows, week, listed days, years and Provisional are the same. The order in
// which the Config gave windows and days does not matter, nor does it matter
// whether a default was written out.
func (c *Calendar) Hash() [32]byte { return c.hash }
