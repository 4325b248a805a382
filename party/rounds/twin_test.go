package rounds_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/gridgov/gridgov/party/rounds"
)

// twin walks day by day and keeps a slot for each household and period, from the
// rules alone: it shares with the log the verbs and the refusals, no arithmetic.
type twin struct {
	today  time.Time // midnight of the civil date, in UTC
	houses map[rounds.Code]*twinHouse
	plans  map[rounds.Code]*twinPlan
	slots  map[rounds.Code]map[string]string // household: "plan from": state
	made   int
}

type twinHouse struct {
	class rounds.Code
	areas []rounds.Code
	gone  bool
}

type twinPlan struct {
	terms   rounds.Amend
	start   time.Time // of these terms
	next    *rounds.Amend
	ending  bool
	over    bool
	from    time.Time // of the present period
	until   time.Time
	running bool
}

func newTwin(today time.Time) *twin {
	return &twin{today, map[rounds.Code]*twinHouse{}, map[rounds.Code]*twinPlan{}, map[rounds.Code]map[string]string{}, 0}
}

func civilDay(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// walk goes on to the civil date of t, a day at a time.
func (w *twin) walk(t time.Time) {
	for to := civilDay(t); w.today.Before(to); {
		w.today = w.today.AddDate(0, 0, 1)
		for name, p := range w.plans {
			w.morning(name, p)
		}
	}
}

// period is the end of the period that begins on a day, and its whole length.
func period(every rounds.Every, day time.Time) (until time.Time, days int) {
	switch every {
	case "1mo":
		until = time.Date(day.Year(), day.Month()+1, 1, 0, 0, 0, 0, time.UTC)
		return until, time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	case "3mo":
		until = time.Date(day.Year(), day.Month()+3, 1, 0, 0, 0, 0, time.UTC)
		for m := range 3 {
			days += time.Date(day.Year(), day.Month()+time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
		}
		return until, days
	case "1d":
		return day.AddDate(0, 0, 1), 1
	case "2w":
		return day.AddDate(0, 0, 14), 14
	}
	panic(every)
}

func (w *twin) morning(name rounds.Code, p *twinPlan) {
	if p.over {
		return
	}
	if p.running && w.today.Equal(p.until) {
		for _, slots := range w.slots {
			if key := fmt.Sprint(name, " ", p.from.Format(time.DateOnly)); slots[key] == "open" {
				slots[key] = "missing"
			}
		}
		p.running = false
		if p.ending {
			p.over = true
			return
		}
		if p.next != nil {
			p.terms, p.next = *p.next, nil
		}
		p.start = w.today
	}
	if !p.running && w.today.Equal(p.start) {
		p.running, p.from = true, w.today
		p.until, _ = period(p.terms.Every, w.today)
		for c, h := range w.houses {
			w.owe(name, p, c, h)
		}
	}
}

// owe opens a slot today when enough of the period is left.
func (w *twin) owe(name rounds.Code, p *twinPlan, c rounds.Code, h *twinHouse) {
	if !p.running || p.over || h.gone || !slices.Contains(p.terms.Classes, h.class) ||
		!slices.ContainsFunc(h.areas, func(a rounds.Code) bool { return slices.Contains(p.terms.Areas, a) }) {
		return
	}
	left := 0
	for d := w.today; d.Before(p.until); d = d.AddDate(0, 0, 1) {
		left++
	}
	_, days := period(p.terms.Every, p.from)
	least := p.terms.Least
	if least == 0 {
		least = 50
	}
	key := fmt.Sprint(name, " ", p.from.Format(time.DateOnly))
	if left*100 < least*days || w.slots[c][key] != "" {
		return
	}
	if w.slots[c] == nil {
		w.slots[c] = map[string]string{}
	}
	w.slots[c][key] = "open"
}

// do takes a command that was carried out today.
func (w *twin) do(do rounds.Do, at time.Time) {
	switch do := do.(type) {
	case rounds.Enrol:
		w.houses[do.Household] = &twinHouse{class: do.Class, areas: do.Areas}
		w.oweAll(do.Household)
	case rounds.Reclass:
		w.houses[do.Household].class = do.Class
		w.oweAll(do.Household)
	case rounds.Leave:
		w.houses[do.Household].gone = true
		for key, state := range w.slots[do.Household] {
			if state == "open" {
				delete(w.slots[do.Household], key)
			}
		}
	case rounds.Plan:
		start, _ := time.Parse(time.DateOnly, do.Start.String())
		p := &twinPlan{terms: rounds.Amend{Plan: do.Plan, Areas: do.Areas, Classes: do.Classes, Every: do.Every, Kinds: do.Kinds, Least: do.Least}, start: start}
		w.plans[do.Plan] = p
		w.morning(do.Plan, p)
	case rounds.Amend:
		if p := w.plans[do.Plan]; p.running {
			p.next = &do
		} else {
			p.terms = do
		}
	case rounds.End:
		p := w.plans[do.Plan]
		p.ending, p.over = true, !p.running
	case rounds.Visit:
		day := civilDay(at)
		for name, p := range w.plans {
			key := fmt.Sprint(name, " ", p.from.Format(time.DateOnly))
			if p.running && !day.Before(p.from) && w.slots[do.Household][key] == "open" && (len(p.terms.Kinds) == 0 || slices.Contains(p.terms.Kinds, do.Kind)) {
				w.slots[do.Household][key] = "made"
			}
		}
	}
}

func (w *twin) oweAll(c rounds.Code) {
	for name, p := range w.plans {
		w.owe(name, p, c, w.houses[c])
	}
}
