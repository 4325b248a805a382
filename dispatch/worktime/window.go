package worktime

import (
	"fmt"
	"strings"
	"time"
)

// MinutesPerDay is the end of a window that lasts until midnight, 24:00.
const MinutesPerDay = 24 * 60

// WindowsMax is the largest number of windows a day: one an hour.
const WindowsMax = 24

// Window is a part of every working day, [Start, End) in minutes of the local
// clock after midnight. It lies within one day: a night shift is two windows.
type Window struct {
	Start, End int
}

// ParseWindow reads a window written as 08:00-12:00; the end may be 24:00.
// Anything else, and an end not after the start, is ErrWindow.
func ParseWindow(text string) (Window, error) {
	from, until, ok := strings.Cut(strings.TrimSpace(text), "-")
	start, okStart := clock(from)
	end, okEnd := clock(until)
	w := Window{Start: start, End: end}
	switch {
	case !ok || !okStart || !okEnd:
		return Window{}, fmt.Errorf("%w: %q is not written as 08:00-12:00", ErrWindow, text)
	case !w.valid():
		return Window{}, fmt.Errorf("%w: %q does not end after it starts on the same day", ErrWindow, text)
	}
	return w, nil
}

// clock reads HH:MM as minutes from 00:00 to 24:00.
func clock(text string) (int, bool) {
	if len(text) != 5 || text[2] != ':' {
		return 0, false
	}
	var digit [4]int
	for i, at := range [4]int{0, 1, 3, 4} {
		if text[at] < '0' || text[at] > '9' {
			return 0, false
		}
		digit[i] = int(text[at] - '0')
	}
	hour, minute := 10*digit[0]+digit[1], 10*digit[2]+digit[3]
	total := 60*hour + minute
	return total, minute < 60 && total <= MinutesPerDay
}

func (w Window) valid() bool { return 0 <= w.Start && w.Start < w.End && w.End <= MinutesPerDay }

// String writes the window as ParseWindow reads it.
func (w Window) String() string {
	return fmt.Sprintf("%02d:%02d-%02d:%02d", w.Start/60, w.Start%60, w.End/60, w.End%60)
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

// Week says which weekdays are worked, indexed by time.Weekday (Sunday is 0).
// The zero Week means Monday to Friday.
type Week [7]bool

// mondayToFriday is the usual week.
var mondayToFriday = Week{false, true, true, true, true, true, false}

// ParseWeek reads weekdays written as Mon-Fri or Mon,Wed,Fri or a mix of both,
// in any case; a range may run over the weekend (Sat-Mon). Empty text, an
// unknown name and an empty part are ErrWeek.
func ParseWeek(text string) (Week, error) {
	var week Week
	for part := range strings.SplitSeq(text, ",") {
		first, last, ranged := strings.Cut(strings.TrimSpace(part), "-")
		from, ok := weekday(first)
		until := from
		if ranged && ok {
			until, ok = weekday(last)
		}
		if !ok {
			return Week{}, fmt.Errorf("%w: %q, want Mon-Fri or Mon,Wed", ErrWeek, text)
		}
		for d := from; ; d = (d + 1) % 7 {
			week[d] = true
			if d == until {
				break
			}
		}
	}
	return week, nil
}

func weekday(name string) (time.Weekday, bool) {
	for d := range time.Saturday + 1 {
		if strings.EqualFold(strings.TrimSpace(name), d.String()[:3]) {
			return d, true
		}
	}
	return 0, false
}

// String lists the weekdays as ParseWeek reads them, Monday first; the zero
// Week is written as the Monday to Friday that it means.
func (w Week) String() string {
	w = w.orDefault()
	var names []string
	for i := range time.Weekday(7) {
		if d := (i + 1) % 7; w[d] {
			names = append(names, d.String()[:3])
		}
	}
	return strings.Join(names, ",")
}

func (w Week) orDefault() Week {
	if w == (Week{}) {
		return mondayToFriday
	}
	return w
}
