package civil

import (
	"errors"
	"math"
	"slices"
	"sort"
	"time"
)

// Milliseconds of wall time.
const (
	Minute int64 = 60_000
	Day          = 24 * 60 * Minute
)

// The bounds of a Clock: day numbers [DayMin, DayMax).
var (
	DayMin = Date{Year: YearMin, Month: time.January, Day: 1}.Number()
	DayMax = Date{Year: YearMax + 1, Month: time.January, Day: 1}.Number()
)

// ErrZone is the fault of a zone that is nil, lies more than 26 hours from UTC or
// changes its offset more than changesMax times.
var ErrZone = errors.New("no usable time zone")

// changesMax bounds the changes of one zone from YearMin to YearMax. The busiest
// known zone has four a year.
const changesMax = 4096

// offsetMax is the largest distance from UTC; the zone data format allows less.
const offsetMax = 26 * 60 * Minute

// margin is how far a Clock's table reaches past its days: more than two offsets.
const margin = 3 * Day

// forever ends the last stretch, far enough from overflow to add an offset.
const forever = math.MaxInt64 / 2

// stretch is a run of instants during which a zone keeps one offset from UTC.
type stretch struct {
	from   int64 // instant, ms
	until  int64 // instant, ms
	offset int64 // local clock minus UTC, ms
	past   int64 // greatest until+offset up to here: the wall time not yet reached
}

// Clock is the local clock of one zone from YearMin to YearMax. It is immutable
// and safe for concurrent use. Instants are ms since 1970-01-01 UTC, wall times ms
// since the local 1970-01-01 00:00.
type Clock struct {
	stretches []stretch
	skipped   []int64
}

// NewClock tabulates the zone; ErrZone when it cannot.
func NewClock(zone *time.Location) (*Clock, error) {
	if zone == nil {
		return nil, ErrZone
	}
	c := &Clock{}
	for at, end := DayMin*Day-margin, DayMax*Day+margin; at < end; {
		offset := offsetAt(zone, at)
		if offset > offsetMax || offset < -offsetMax || len(c.stretches) == changesMax {
			return nil, ErrZone
		}
		next := min(NextChange(zone, at), end)
		if last := len(c.stretches) - 1; last >= 0 && c.stretches[last].offset == offset {
			c.stretches[last].until = next
		} else {
			c.stretches = append(c.stretches, stretch{from: at, until: next, offset: offset})
		}
		at = next
	}
	c.stretches[len(c.stretches)-1].until = forever
	for i := range c.stretches {
		s := &c.stretches[i]
		s.past = s.until + s.offset
		if i > 0 {
			s.past = max(s.past, c.stretches[i-1].past)
			c.skip(c.stretches[i-1].past, s.from+s.offset)
		}
	}
	return c, nil
}

// skip notes the whole dates within wall times that the clock never showed.
func (c *Clock) skip(from, until int64) {
	first := (from + Day - 1) / Day
	for n := first; (n+1)*Day <= until; n++ {
		c.skipped = append(c.skipped, n)
	}
}

// offsetAt is local clock minus UTC at the instant at, ms.
func offsetAt(zone *time.Location, at int64) int64 {
	_, seconds := time.UnixMilli(at).In(zone).Zone()
	return int64(seconds) * 1000
}

// NextChange is an instant after at, in ms, up to which the offset of zone stays as it is
// at at; far beyond every date when it always does.
// ZoneBounds tells it, except that it ends every leap year after the zone's table
// on 30 December; on the day after, the next change is looked for by halving.
func NextChange(zone *time.Location, at int64) int64 {
	_, end := time.UnixMilli(at).In(zone).ZoneBounds()
	if end.IsZero() {
		return forever
	}
	if next := end.UnixMilli(); next > at {
		return next
	}
	offset := offsetAt(zone, at)
	if offset == offsetAt(zone, at+Day) {
		return at + Day
	}
	return at + int64(sort.Search(int(Day), func(i int) bool { return offsetAt(zone, at+int64(i)) != offset }))
}

// Start is the first instant, in ms, at which the clocks of zone show a date or a later
// one: midnight, or what the clocks are put forward to where they skip it; where they are
// put back over it the earlier instant counts. midnight is that of the date in UTC.
func Start(midnight int64, zone *time.Location) int64 {
	at := midnight - margin/2 // no zone is 36 hours off
	for {
		first, end := max(at, midnight-offsetAt(zone, at)), NextChange(zone, at)
		if first < end {
			return first
		}
		at = end
	}
}

// Instant is the first instant at which the local clock shows wall or a later
// time. It never falls as wall rises. O(log changes of the zone).
func (c *Clock) Instant(wall int64) int64 {
	i := sort.Search(len(c.stretches)-1, func(i int) bool { return c.stretches[i].past > wall })
	s := c.stretches[i]
	return max(s.from, wall-s.offset)
}

// Wall is the latest wall time that the local clock has shown by the instant at.
// It never falls as at rises, and Instant(w) <= at exactly when w <= Wall(at).
// O(log changes of the zone).
func (c *Clock) Wall(at int64) int64 {
	i := sort.Search(len(c.stretches)-1, func(i int) bool { return c.stretches[i+1].from > at })
	wall := at + c.stretches[i].offset
	if i > 0 {
		wall = max(wall, c.stretches[i-1].past-1)
	}
	return wall
}

// FirstDay is the number of the first date that begins at or after the instant at.
func (c *Clock) FirstDay(at int64) int64 { return Floor(c.Wall(at-1), Day) + 1 }

// Skipped are the numbers of the dates that the zone skipped, ascending.
func (c *Clock) Skipped() []int64 { return slices.Clone(c.skipped) }

// Millis is the whole millisecond that holds at, moved into the table's range
// when it lies outside.
func Millis(at time.Time) int64 {
	low, high := DayMin*Day-margin, DayMax*Day+margin
	switch seconds := at.Unix(); {
	case seconds < low/1000:
		return low
	case seconds >= high/1000:
		return high
	}
	return at.UnixMilli()
}

// Floor is a/b rounded down; b is positive.
func Floor(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
