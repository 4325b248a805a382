package dispatch

import (
	"strings"
	"time"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

// WindowsMax is how many different windows one list may name. A street has a
// few: work, rest, a night shift, a lunch break.
const WindowsMax = 64

// timeWindow is one window of the list, compiled. As a value it is the same for
// texts that mean the same.
type timeWindow struct {
	kind       windowKind
	start, end int // minutes of the local clock; start > end runs over midnight
}

type windowKind uint8

const (
	clockWindow windowKind = iota // local clock times
	workWindow                    // inside the calendar's windows
	restWindow                    // outside them
)

// parseTimeWindow reads "work", "rest" or local clock times "18:00-08:00". The
// end may be 24:00; equal ends are refused, since they could mean all or
// nothing.
func parseTimeWindow(text string) (timeWindow, error) {
	switch text {
	case "work":
		return timeWindow{kind: workWindow}, nil
	case "rest":
		return timeWindow{kind: restWindow}, nil
	}
	from, until, _ := strings.Cut(text, "-")
	start, okStart := clockMinute(from)
	end, okEnd := clockMinute(until)
	if !okStart || !okEnd || start == end || start == worktime.MinutesPerDay {
		return timeWindow{}, ErrWindow
	}
	return timeWindow{start: start, end: end}, nil
}

// clockMinute reads HH:MM, 00:00 to 24:00, as minutes after midnight.
func clockMinute(text string) (int, bool) {
	if len(text) != len("00:00") || text[2] != ':' {
		return 0, false
	}
	for _, i := range [...]int{0, 1, 3, 4} {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
	}
	hour, minute := int(text[0]-'0')*10+int(text[1]-'0'), int(text[3]-'0')*10+int(text[4]-'0')
	total := hour*60 + minute
	return total, minute < 60 && total <= worktime.MinutesPerDay
}

// minutes is how much of an ordinary week the window holds: no holiday, no
// change of clocks.
func (w timeWindow) minutes(cal *worktime.Calendar) int {
	if w.kind == clockWindow {
		length := w.end - w.start
		if length < 0 {
			length += worktime.MinutesPerDay
		}
		return 7 * length
	}
	perDay, days := 0, 0
	for _, part := range cal.Windows() {
		perDay += part.End - part.Start
	}
	for _, worked := range cal.Week() {
		if worked {
			days++
		}
	}
	if w.kind == workWindow {
		return perDay * days
	}
	return MinutesPerWeek - perDay*days
}

// holds reports whether at lies in the window: by the calendar, or by what a
// clock of the zone shows, so a skipped hour is in no window and a repeated one
// in its window twice.
func (w timeWindow) holds(at time.Time, zone *time.Location, cal *worktime.Calendar) bool {
	switch w.kind {
	case workWindow:
		return cal.Working(at)
	case restWindow:
		return !cal.Working(at)
	}
	return w.holdsAt(minuteOf(at, zone))
}

// minuteOf is the minute of the local day.
func minuteOf(at time.Time, zone *time.Location) int {
	hour, minute, _ := at.In(zone).Clock()
	return hour*60 + minute
}

// holdsAt is whether a window of the clock holds at a minute of the local day.
func (w timeWindow) holdsAt(now int) bool {
	if w.start < w.end {
		return w.start <= now && now < w.end
	}
	return now >= w.start || now < w.end
}
