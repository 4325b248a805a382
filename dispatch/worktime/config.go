package worktime

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// DaysMax is the largest number of listed days: every day of every year.
const DaysMax = (YearMax - YearMin + 1) * 366

// Config says when work is done. New copies it.
type Config struct {
	// Zone is the zone of the local clock. Required.
	Zone *time.Location
	// Windows are the working parts of every working day, in any order; none
	// means 09:00-17:00.
	Windows []Window
	// Week says which weekdays are worked; zero means Monday to Friday.
	Week Week
	// Days are the listed days, in any order. A day that is not listed follows
	// Week, also beside a holiday. A listed day outside the published years
	// counts wherever the weekly rule would.
	Days []Day
	// FirstYear and LastYear are the local years whose days have been published.
	// Zero means the year of the first (last) listed day, or YearMin (YearMax)
	// when none is listed. The next year's notice may still change the last days
	// of LastYear.
	FirstYear, LastYear int
	// Provisional lets answers reach past the published years to YearMin and
	// YearMax by the weekly rule. Due and Covers tell which answers do.
	Provisional bool
}

// resolve copies c with its defaults filled in and everything in order, or lists
// every fault.
func (c Config) resolve() (Config, []*Error) {
	var faults []*Error
	if c.Zone == nil {
		faults = append(faults, &Error{Err: ErrZone, Field: "Zone", Index: -1, Value: "nil"})
	}
	windows, wrong := resolveWindows(c.Windows)
	faults = append(faults, wrong...)
	days, wrong := resolveDays(c.Days)
	faults = append(faults, wrong...)
	c.Windows, c.Days, c.Week = windows, days, c.Week.orDefault()
	if c.FirstYear == 0 {
		c.FirstYear = YearMin
		if len(days) > 0 {
			c.FirstYear = days[0].Date.Year
		}
	}
	if c.LastYear == 0 {
		c.LastYear = YearMax
		if len(days) > 0 {
			c.LastYear = days[len(days)-1].Date.Year
		}
	}
	if c.FirstYear < YearMin || c.LastYear > YearMax || c.FirstYear > c.LastYear {
		value := fmt.Sprintf("%d-%d", c.FirstYear, c.LastYear)
		faults = append(faults, &Error{Err: ErrYears, Field: "Years", Index: -1, Value: value})
	}
	return c, faults
}

// resolveWindows sorts the windows and reports those that are wrong or overlap.
func resolveWindows(given []Window) ([]Window, []*Error) {
	if len(given) == 0 {
		return []Window{{Start: 9 * 60, End: 17 * 60}}, nil
	}
	if len(given) > WindowsMax {
		return nil, []*Error{tooMany("Windows", len(given), WindowsMax)}
	}
	var faults []*Error
	order := make([]int, 0, len(given))
	for i, w := range given {
		if w.valid() {
			order = append(order, i)
		} else {
			faults = append(faults, &Error{Err: ErrWindow, Field: "Windows", Index: i, Value: w.String()})
		}
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(given[i].Start, given[j].Start), cmp.Compare(given[i].End, given[j].End))
	})
	windows := make([]Window, 0, len(order))
	reach := 0
	for _, i := range order {
		if given[i].Start < reach {
			faults = append(faults, &Error{Err: ErrOverlap, Field: "Windows", Index: i, Value: given[i].String()})
		}
		reach = max(reach, given[i].End)
		windows = append(windows, given[i])
	}
	slices.SortStableFunc(faults, func(a, b *Error) int { return cmp.Compare(a.Index, b.Index) })
	return windows, faults
}

// resolveDays sorts the listed days and reports those that are wrong or listed
// twice. Of two entries for one date the later in the list is at fault.
func resolveDays(given []Day) ([]Day, []*Error) {
	if len(given) > DaysMax {
		return nil, []*Error{tooMany("Days", len(given), DaysMax)}
	}
	var faults []*Error
	days := make([]Day, 0, len(given))
	seen := make(map[Date]bool, len(given))
	for i, d := range given {
		switch {
		case !d.Date.Valid():
			faults = append(faults, &Error{Err: ErrDate, Field: "Days", Index: i, Value: d.Date.String()})
			continue
		case d.Kind != Off && d.Kind != Work:
			faults = append(faults, &Error{Err: ErrKind, Field: "Days", Index: i, Value: fmt.Sprintf("%s %q", d.Date, d.Kind)})
		case seen[d.Date]:
			faults = append(faults, &Error{Err: ErrTwice, Field: "Days", Index: i, Value: d.Date.String()})
		}
		seen[d.Date] = true
		days = append(days, d)
	}
	slices.SortStableFunc(days, func(a, b Day) int { return a.Date.Compare(b.Date) })
	return days, faults
}

func tooMany(field string, given, most int) *Error {
	return &Error{Err: ErrTooMany, Field: field, Index: -1, Value: fmt.Sprintf("%d > %d", given, most)}
}

// refuse turns a list of faults into the error that New answers.
func refuse(faults []*Error) error {
	if len(faults) <= FaultsMax {
		return &Faults{All: faults}
	}
	return &Faults{All: faults[:FaultsMax:FaultsMax], More: len(faults) - FaultsMax}
}
