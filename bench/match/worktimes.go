package main

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/rickar/cal/v2"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

// question is one about working time; from and until lie at most 60 days apart.
type question struct{ from, until time.Time }

// clerk answers questions about working time: 4 working hours, 15 working days,
// and how much was worked.
type clerk struct {
	name    string
	ours    bool
	agree   int // questions on which it must agree
	hours   func(time.Time) time.Time
	days    func(time.Time) time.Time
	between func(a, b time.Time) time.Duration
	fail    *error
}

// questions are whole minutes from 2015 to 2025. Daylight saving does not come
// into it: rickar/cal adds 24 hours where it means a day.
func questions(n int, seed uint64) []question {
	r := rand.New(rand.NewPCG(seed, 15))
	first := time.Date(2015, 1, 1, 0, 0, 0, 0, zone)
	out := make([]question, n)
	for i := range out {
		from := first.Add(time.Duration(r.IntN(11*365*24*60)) * time.Minute)
		out[i] = question{from, from.Add(time.Duration(r.IntN(60*24*60)) * time.Minute)}
	}
	return out
}

// clerks are ours and the peers, all with the published days of China and one
// window a day, 09:00 to 17:00, which is as many as rickar/cal has.
func clerks() ([]clerk, error) {
	calendar, err := worktime.New(worktime.China(zone))
	if err != nil {
		return nil, err
	}
	failed := new(error)
	add := func(unit worktime.Unit, n int64) func(time.Time) time.Time {
		budget := worktime.Budget{N: n, Unit: unit}
		return func(at time.Time) time.Time {
			due, err := calendar.Add(at, budget)
			if err != nil {
				*failed = err
			}
			return due
		}
	}
	w := walker{published: published()}
	business := cal.NewBusinessCalendar()
	business.WorkdayFunc = w.workday
	return []clerk{
		{
			name: "gridgov", ours: true, hours: add(worktime.WorkingHours, 4), days: add(worktime.WorkingDays, 15), fail: failed,
			between: func(a, b time.Time) time.Duration {
				d, err := calendar.Between(a, b)
				if err != nil {
					*failed = err
				}
				return d
			},
		},
		{
			name: "rickar/cal", agree: 1000, fail: failed,
			hours: func(at time.Time) time.Time { return business.AddWorkHours(at, 4*time.Hour) },
			days:  func(at time.Time) time.Time { return business.WorkdayEnd(business.WorkdaysFrom(at, 15)) },
			between: func(a, b time.Time) time.Duration {
				return business.WorkHoursInRange(a, b)
			},
		},
		{name: "minute-walk", agree: 300, hours: w.hours, days: w.days, between: w.between, fail: failed},
	}, nil
}

// published says of each listed day whether it is worked.
func published() map[[3]int]bool {
	days := map[[3]int]bool{}
	for _, d := range worktime.ChinaDays() {
		days[[3]int{d.Date.Year, int(d.Date.Month), d.Date.Day}] = d.Kind == worktime.Work
	}
	return days
}

// walker looks at one minute after the other.
type walker struct{ published map[[3]int]bool }

// workday is also the hook that tells rickar/cal of the published days.
func (w walker) workday(at time.Time) bool {
	year, month, day := at.Date()
	if worked, listed := w.published[[3]int{year, int(month), day}]; listed {
		return worked
	}
	return at.Weekday() != time.Saturday && at.Weekday() != time.Sunday
}

func (w walker) working(at time.Time) bool {
	hour := at.Hour()
	return hour >= 9 && hour < 17 && w.workday(at)
}

func (w walker) hours(at time.Time) time.Time {
	for left := 4 * 60; left > 0; at = at.Add(time.Minute) {
		if w.working(at) {
			left--
		}
	}
	return at
}

// days counts the closes of working days after the day of at.
func (w walker) days(at time.Time) time.Time {
	today := at.YearDay()
	for left := 15; ; at = at.Add(time.Minute) {
		if at.YearDay() != today && at.Hour() == 17 && at.Minute() == 0 && w.workday(at) {
			if left--; left == 0 {
				return at
			}
		}
	}
}

func (w walker) between(a, b time.Time) time.Duration {
	var sum time.Duration
	for ; a.Before(b); a = a.Add(time.Minute) {
		if w.working(a) {
			sum += time.Minute
		}
	}
	return sum
}

// measureWorktime asks everybody the same questions, after checking that all give
// the same answers.
func measureWorktime(p *plan) ([]row, error) {
	fmt.Fprintln(p.tell, "worktime")
	asked := questions(4096, p.seed)
	all, err := clerks()
	if err != nil {
		return nil, err
	}
	var cs []*contestant
	for _, c := range all {
		if !p.wants(c.name, c.ours) {
			continue
		}
		if err := c.check(&all[0], asked); err != nil {
			return nil, err
		}
		next := 0
		contest := func(what string, ask func(question)) {
			cs = append(cs, &contestant{row: row{what: what, size: "China 2007–2026", who: c.name, ours: c.ours}, op: func() error {
				ask(asked[next%len(asked)])
				next++
				return *c.fail
			}})
		}
		contest("Add 4wh", func(q question) { c.hours(q.from) })
		contest("Add 15wd", func(q question) { c.days(q.from) })
		contest("Between, up to 60 days", func(q question) { c.between(q.from, q.until) })
	}
	rows, err := measure(cs, p.effort)
	if err != nil {
		return nil, err
	}
	var sorted []row
	for i := range 3 { // by question, not by who answers
		for j := i; j < len(rows); j += 3 {
			sorted = append(sorted, rows[j])
		}
	}
	return sorted, nil
}

// check compares with ours.
func (c *clerk) check(ours *clerk, asked []question) error {
	for _, q := range asked[:c.agree] {
		if got, want := c.hours(q.from), ours.hours(q.from); !got.Equal(want) {
			return fmt.Errorf("%s: 4wh from %s end at %s, ours at %s", c.name, q.from, got, want.In(zone))
		}
		if got, want := c.days(q.from), ours.days(q.from); !got.Equal(want) {
			return fmt.Errorf("%s: 15wd from %s end at %s, ours at %s", c.name, q.from, got, want.In(zone))
		}
		if got, want := c.between(q.from, q.until), ours.between(q.from, q.until); got != want {
			return fmt.Errorf("%s: %s worked from %s until %s, ours %s", c.name, got, q.from, q.until, want)
		}
	}
	return *c.fail
}
