package main

import (
	"fmt"
	"slices"
	"time"
)

// matter is a category of things that happen, and how they go.
type matter struct {
	code, name, kind, risk string
	budget                 string // as the list writes it; none: no rule of its own
	minutes                int    // of an elapsed budget; 0: working days
	days                   int    // of a budget in working days
	often                  int    // share of the events
	outcome                string
}

// month is the events of a stretch of time.
type month struct {
	prefix    string
	from      time.Time // midnight, the street's clock
	days      int
	count     int
	matters   []matter
	channels  []string
	off, work []string // holidays on weekdays, worked days at weekends
	place     func(d *draw, m matter) (point, *area)
	satisfied [2]string // yes and no, as the file writes them
	costs     bool      // a cost in yuan for every fifth event of a component
}

const clockLayout, dateLayout = "2006-01-02 15:04", "2006-01-02"

// day is midnight of a date on the street's clock, which is written without zone.
func day(text string) time.Time {
	at, err := time.Parse(dateLayout, text)
	if err != nil {
		return time.Time{}
	}
	return at
}

func date(at time.Time) string { return at.Format(dateLayout) }

func minute(at time.Time) string { return at.Format(clockLayout) }

// worked reports whether offices are open on the date.
func (m *month) worked(at time.Time) bool {
	switch d := date(at); {
	case slices.Contains(m.off, d):
		return false
	case slices.Contains(m.work, d):
		return true
	}
	return at.Weekday() != time.Saturday && at.Weekday() != time.Sunday
}

// late is how many of a hundred cases end after their due.
const late = 6

// closed is when a case that began at the instant ends.
func (m *month) closed(d *draw, at time.Time, k matter) time.Time {
	isLate := d.percent(late)
	if k.minutes > 0 {
		if isLate {
			return at.Add(time.Duration(k.minutes+d.between(10, k.minutes/2+20)) * time.Minute)
		}
		return at.Add(time.Duration(d.between(k.minutes/6, k.minutes*9/10)) * time.Minute)
	}
	after := d.between(1, k.days)
	if isLate {
		after = k.days + d.between(1, 3)
	}
	end := at
	for after > 0 {
		if end = end.AddDate(0, 0, 1); m.worked(end) {
			after--
		}
	}
	hour := pick(d, 9, 10, 11, 14, 15, 16, 17)
	return time.Date(end.Year(), end.Month(), end.Day(), hour, d.below(60), 0, 0, time.UTC)
}

// add writes the events of the month, by time, in the columns id, at, matter, lng,
// lat, channel, cost, closed_at, outcome, satisfied, truth_area.
func (m *month) add(t *table, d *draw) {
	type event struct {
		at     time.Time
		matter matter
	}
	total := 0
	for _, k := range m.matters {
		total += k.often
	}
	list := make([]event, m.count)
	for i := range list {
		n := d.below(total)
		chosen := m.matters[0]
		for _, k := range m.matters {
			if n -= k.often; n < 0 {
				chosen = k
				break
			}
		}
		at := m.from.AddDate(0, 0, d.below(m.days)).Add(time.Duration(d.between(7*60, 21*60+59)) * time.Minute)
		list[i] = event{at, chosen}
	}
	slices.SortStableFunc(list, func(a, b event) int { return a.at.Compare(b.at) })
	end := m.from.AddDate(0, 0, m.days)
	for i, e := range list {
		p, a := m.place(d, e.matter)
		cost, closedAt, outcome, satisfied := "", "", "", ""
		if m.costs && e.matter.kind == "component" && d.percent(20) {
			cost = fmt.Sprintf("%d.00", 100*d.between(5, 900))
		}
		if c := m.closed(d, e.at, e.matter); c.Before(end) {
			closedAt, outcome = minute(c), e.matter.outcome
			if d.percent(60) {
				satisfied = m.satisfied[0]
				if d.percent(9) {
					satisfied = m.satisfied[1]
				}
			}
		}
		t.add(fmt.Sprintf("%s%04d", m.prefix, i+1), minute(e.at), e.matter.code, p.lng, p.lat,
			pick(d, m.channels...), cost, closedAt, outcome, satisfied, a.code)
	}
}

// phone is a number that belongs to nobody.
func phone(n int) string { return fmt.Sprintf("138-0000-%04d", n%10_000) }
