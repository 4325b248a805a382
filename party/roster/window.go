package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gridgov/gridgov/internal/civil"
)

// MinutesPerDay is midnight at the end of a date, 24:00.
const MinutesPerDay = 24 * 60

// WindowsMax is the largest number of windows a day: one an hour.
const WindowsMax = 24

// Window is a part of a worked date, [Start, End) in minutes of the local clock
// after the date's midnight. Start lies on the date; End may pass midnight, by at
// most as much as makes the window 24 hours long.
type Window struct {
	Start, End int
}

// ParseWindow reads a window written as 08:00-12:00. An end at or before the start
// is on the next date: 20:00-08:00 is a night, 08:00-08:00 and 00:00-24:00 are 24
// hours. Anything else is ErrWindow.
func ParseWindow(text string) (Window, error) {
	from, until, ok := strings.Cut(strings.TrimSpace(text), "-")
	start, okStart := clock(from)
	end, okEnd := clock(until)
	if end <= start {
		end += MinutesPerDay
	}
	if w := (Window{Start: start, End: end}); ok && okStart && okEnd && w.valid() {
		return w, nil
	}
	return Window{}, fmt.Errorf("%w: %q is not written as 08:00-12:00", ErrWindow, text)
}

// ParseHours reads windows separated by ";". Empty text is the whole day, no
// window. Anything else is ErrWindow.
func ParseHours(text string) ([]Window, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	var list []Window
	for part := range strings.SplitSeq(text, ";") {
		w, err := ParseWindow(part)
		if err != nil {
			return nil, err
		}
		list = append(list, w)
	}
	return list, nil
}

// clock reads HH:MM as minutes from 00:00 to 24:00.
func clock(text string) (int, bool) {
	if len(text) != 5 || text[2] != ':' {
		return 0, false
	}
	hour, okHour := whole(text[:2])
	minute, okMinute := whole(text[3:])
	total := 60*hour + minute
	return total, okHour && okMinute && minute < 60 && total <= MinutesPerDay
}

func (w Window) valid() bool {
	return 0 <= w.Start && w.Start < MinutesPerDay && w.Start < w.End && w.End <= w.Start+MinutesPerDay
}

// String writes the window as ParseWindow reads it.
func (w Window) String() string {
	end := w.End
	if end > MinutesPerDay {
		end -= MinutesPerDay
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", w.Start/60, w.Start%60, end/60, end%60)
}

// MarshalText writes the window as ParseWindow reads it.
func (w Window) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads a window as ParseWindow does.
func (w *Window) UnmarshalText(text []byte) error {
	parsed, err := ParseWindow(string(text))
	if err == nil {
		*w = parsed
	}
	return err
}

// on are the wall times between which the window of the date n lies.
func (w Window) on(n int64) (from, until int64) {
	midnight := n * civil.Day
	return midnight + int64(w.Start)*civil.Minute, midnight + int64(w.End)*civil.Minute
}

// inOrder sorts windows by start.
func inOrder(list []Window) []Window {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Window) int { return cmp.Compare(a.Start, b.Start) })
	return list
}

// overlap reports whether a window begins before the one before it has ended, the
// last one counting against the first of the next date.
func overlap(sorted []Window) bool {
	for i, w := range sorted {
		next := sorted[(i+1)%len(sorted)].Start
		if i+1 == len(sorted) {
			next += MinutesPerDay
		}
		if w.End > next {
			return true
		}
	}
	return false
}
