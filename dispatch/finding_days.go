package dispatch

import (
	"math"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

// A walk through a hundred years of a calendar shows the same few days over and over.
// A day with no change of clocks near it has the windows of every other such day that
// is worked, or not worked, as it is; so one of each is looked at and the rest are
// only counted off.

// changeMillis is how far from a change of clocks a day is as every other: more than
// the clocks can be set by, so that each of its times comes once.
const changeMillis = 3 * dayMillis

// daysSeen is which kinds of such a day were looked at in full: off and worked.
type daysSeen [2]bool

// usesCalendar reports whether a window is work or rest.
func (t *timeline) usesCalendar() bool {
	return slices.ContainsFunc(t.list.windows, func(w timeWindow) bool { return w.kind != clockWindow })
}

// minutes are the minutes of a local day at which a window may begin or end.
func (t *timeline) minutes() []int {
	list := []int{0}
	for _, w := range t.list.windows {
		if w.kind == clockWindow {
			list = append(list, w.start, w.end)
			continue
		}
		for _, part := range t.list.calendar.Windows() {
			list = append(list, part.Start, part.End)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// walk visits from and, up to until, every instant at which a window may begin
// or end: the given minutes of every local day, and each change of clocks. It leaves
// out days like one that was seen in full; none with nil.
func (t *timeline) walk(from, until int64, minutes []int, seen *daysSeen, visit func(at int64)) {
	visit(from)
	if len(t.list.windows) == 0 {
		return
	}
	zone := t.list.zone
	if zone == nil {
		zone = time.UTC
	}
	var kind func(int64) int
	if seen != nil {
		kind = t.dayKinds()
	}
	for at := from; at < until; {
		local := time.UnixMilli(at).In(zone)
		_, seconds := local.Zone()
		changed, _ := local.ZoneBounds()
		changes := civil.NextChange(zone, at)
		s := run{at: at, end: min(until, changes), like: [2]int64{math.MinInt64, changes - changeMillis}, offset: int64(seconds) * 1000}
		if !changed.IsZero() {
			s.like[0] = changed.UnixMilli() + changeMillis
		}
		s.walk(minutes, kind, seen, visit)
		if at = s.end; at < until {
			visit(at)
		}
	}
}

// run is instants with one offset of the local clock.
type run struct {
	at, end int64    // [at, end)
	like    [2]int64 // days within are far from a change of clocks
	offset  int64
}

// walk visits the minutes of the days of a run, past its first instant. kind is that
// of a day that begins at an instant; nil is when days differ by more.
func (r run) walk(minutes []int, kind func(start int64) int, seen *daysSeen, visit func(at int64)) {
	for day := floorDay(r.at + r.offset); day-r.offset < r.end; day += dayMillis {
		start, k := day-r.offset, -1
		if like := r.like[0] <= start && start+dayMillis <= r.like[1]; like && kind != nil {
			if seen[0] && seen[1] {
				day = max(day, floorDay(min(r.like[1], r.end)+r.offset)-dayMillis)
				continue
			}
			if k = kind(start); seen[k] {
				continue
			}
		}
		for _, minute := range minutes {
			if instant := start + int64(minute)*60_000; instant > r.at && instant < r.end {
				visit(instant)
			}
		}
		if k >= 0 && r.at <= start && start+dayMillis <= r.end {
			seen[k] = true
		}
	}
}

// dayKinds answers whether the day that begins at an instant is worked, as an index
// of daysSeen. It is nil when the calendar goes by another local clock than the list.
func (t *timeline) dayKinds() func(start int64) int {
	if !t.usesCalendar() {
		return func(int64) int { return 0 }
	}
	windows := t.list.calendar.Windows()
	if t.list.zone != t.list.calendar.Zone() || len(windows) == 0 {
		return nil
	}
	first := int64(windows[0].Start) * 60_000
	return func(start int64) int {
		if t.list.calendar.Working(time.UnixMilli(start + first)) {
			return 1
		}
		return 0
	}
}

func floorDay(ms int64) int64 {
	days := ms / dayMillis
	if ms%dayMillis < 0 {
		days--
	}
	return days * dayMillis
}
