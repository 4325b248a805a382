package roster_test

import (
	"cmp"
	"slices"
	"time"
	_ "time/tzdata"

	"github.com/gridgov/gridgov/party/roster"
)

// twin is the naive twin of Roster, written from the rules in the package comment.
// It walks the dates of every rotation from its start, looks at the local clock
// minute by minute, and knows neither segments nor offsets.
type twin struct {
	zone   *time.Location
	plan   roster.Plan
	first  time.Time // the first minute of the walk
	clock  []int64   // what the local clock shows at each minute, as minutes of a clock that never changes
	latest []int64   // the latest of clock up to each minute
	sheets map[roster.Code]map[roster.Date]map[int]*twinSheet
	start  map[roster.Date]time.Time // what begins found
}

// twinSheet is who serves in one rotation on one date.
type twinSheet struct {
	on  []roster.Serving
	off []roster.Absence
}

// shown is the local clock at t as minutes since 1970 on a clock without changes.
func shown(t time.Time, zone *time.Location) int64 {
	l := t.In(zone)
	return time.Date(l.Year(), l.Month(), l.Day(), l.Hour(), l.Minute(), 0, 0, time.UTC).Unix() / 60
}

func midnight(d roster.Date, minutes int) int64 {
	return time.Date(d.Year, d.Month, d.Day, 0, minutes, 0, 0, time.UTC).Unix() / 60
}

func next(d roster.Date, n int) roster.Date {
	y, m, day := time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC).Date()
	return roster.Date{Year: y, Month: m, Day: day}
}

// newTwin walks the minutes of [from, until).
func newTwin(zone *time.Location, plan roster.Plan, from, until time.Time) *twin {
	w := &twin{zone: zone, plan: plan, first: from.Add(-72 * time.Hour).Truncate(time.Minute), sheets: map[roster.Code]map[roster.Date]map[int]*twinSheet{}, start: map[roster.Date]time.Time{}}
	latest := int64(-1 << 60)
	for t := w.first; t.Before(until.Add(72 * time.Hour)); t = t.Add(time.Minute) {
		now := shown(t, zone)
		latest = max(latest, now)
		w.clock, w.latest = append(w.clock, now), append(w.latest, latest)
	}
	for i, r := range plan.Rotations {
		w.walk(i, r, until)
	}
	w.except()
	return w
}

// begins is the first instant at which the local clock shows the date, or later.
func (w *twin) begins(d roster.Date) time.Time {
	t, known := w.start[d]
	if !known {
		t = reach(w.zone, time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC))
		w.start[d] = t
	}
	return t
}

// reach walks to the first minute at which the local clock shows wall or later,
// from the earliest that the offsets of the days around allow.
func reach(zone *time.Location, wall time.Time) time.Time {
	widest := -1 << 30
	for _, near := range []time.Duration{-36 * time.Hour, 0, 36 * time.Hour} {
		_, seconds := wall.Add(near).In(zone).Zone()
		widest = max(widest, seconds)
	}
	t := wall.Add(-time.Duration(widest) * time.Second)
	for shown(t, zone) < wall.Unix()/60 {
		t = t.Add(time.Minute)
	}
	return t
}

// holds reports whether the first instant of d lies in the interval.
func (w *twin) holds(i roster.Interval, d roster.Date) bool {
	return i == roster.Interval{} || i.Holds(w.begins(d))
}

// works reports whether r works the date d.
func (w *twin) works(r roster.Rotation, d roster.Date) bool {
	if d.Compare(r.Start) < 0 || shown(w.begins(d), w.zone) >= midnight(next(d, 1), 0) {
		return false
	}
	last := next(d, 1).Day == 1
	return r.Days == roster.Days{} || r.Days.Week[d.Weekday()] || r.Days.Month[d.Day] || r.Days.Last && last
}

// walk goes from date to date and takes notes of who serves.
func (w *twin) walk(i int, r roster.Rotation, until time.Time) {
	n, together := max(r.Turn.N, 1), max(r.Together, 1)
	var serving []int
	last, worked, units := -1, 0, 0
	for d := r.Start; midnight(d, 0) <= shown(until, w.zone)+2*24*60; d = next(d, 1) {
		counts := true
		turns := d == r.Start
		switch r.Turn.Unit {
		case roster.WorkedDays:
			counts = w.works(r, d)
			turns = worked%n == 0
			if counts {
				worked++
			}
		case roster.Weeks:
			if d.Weekday() == time.Monday && d != r.Start {
				units++
				turns = units%n == 0
			}
		case roster.Months:
			if d.Day == 1 && d != r.Start {
				units++
				turns = units%n == 0
			}
		}
		if counts {
			if turns {
				serving = nil
			}
			serving, last = w.step(r, d, serving, last, together)
		}
		if w.works(r, d) && w.holds(r.During, d) {
			w.note(i, r, d, serving)
		}
	}
}

// step lets go who has left and takes on the next until enough serve.
func (w *twin) step(r roster.Rotation, d roster.Date, serving []int, last, together int) ([]int, int) {
	serving = slices.DeleteFunc(slices.Clone(serving), func(m int) bool { return !w.holds(r.Members[m].During, d) })
	from := last
	for k := 1; k <= len(r.Members) && len(serving) < together; k++ {
		m := (from + k) % len(r.Members)
		if w.holds(r.Members[m].During, d) && !slices.Contains(serving, m) {
			serving, last = append(serving, m), m
		}
	}
	return serving, last
}

// note writes down the sheet of a worked date.
func (w *twin) note(i int, r roster.Rotation, d roster.Date, serving []int) {
	s := &twinSheet{}
	for _, m := range serving {
		member := r.Members[m]
		if member.Team == "" {
			s.on = append(s.on, roster.Serving{Person: member.Person, Why: roster.InTurn})
			continue
		}
		before := len(s.on)
		for _, t := range w.plan.Teams {
			for _, p := range t.People {
				if t.Code == member.Team && w.holds(p.During, d) {
					s.on = append(s.on, roster.Serving{Person: p.Person, Team: t.Code, Why: roster.InTurn})
				}
			}
		}
		if len(s.on) == before {
			s.off = append(s.off, roster.Absence{Team: member.Team, Reason: roster.EmptyTeam})
		}
	}
	if len(serving) == 0 {
		s.off = append(s.off, roster.Absence{Reason: roster.EmptyRotation})
	}
	w.day(r.Post, d)[i] = s
}

func (w *twin) day(post roster.Code, d roster.Date) map[int]*twinSheet {
	if w.sheets[post] == nil {
		w.sheets[post] = map[roster.Date]map[int]*twinSheet{}
	}
	if w.sheets[post][d] == nil {
		w.sheets[post][d] = map[int]*twinSheet{}
	}
	return w.sheets[post][d]
}

// except applies the five steps, each over all exceptions in order.
func (w *twin) except() {
	var list []roster.Exception
	for _, e := range w.plan.Exceptions {
		if e.Kind == roster.Swap && e.WithDate.IsZero() {
			e.WithDate = e.Date
		}
		if e.Post != "" {
			list = append(list, e)
			continue
		}
		for _, post := range posts { // also one that no rotation ever works, where somebody may be added
			e.Post = post
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b roster.Exception) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Person, b.Person), a.WithDate.Compare(b.WithDate), cmp.Compare(a.With, b.With))
	})
	for _, kind := range []roster.Kind{roster.Swap, roster.Replace, roster.Add, roster.Leave, roster.Remove} {
		replaced := map[[2]string][]roster.Exception{}
		for _, e := range list {
			switch {
			case e.Kind != kind:
			case kind == roster.Swap && e.Consent:
				w.swap(e)
			case kind == roster.Replace:
				key := [2]string{string(e.Post), e.Date.String()}
				replaced[key] = append(replaced[key], e)
			case kind == roster.Add:
				w.add(e)
			case kind == roster.Leave:
				w.drop(e, roster.OnLeave)
			case kind == roster.Remove:
				w.drop(e, roster.Removed)
			}
		}
		for _, l := range replaced {
			w.replace(l)
		}
	}
}

func has(s *twinSheet, person roster.Code) bool {
	return slices.ContainsFunc(s.on, func(v roster.Serving) bool { return v.Person == person })
}

func (w *twin) swap(e roster.Exception) {
	here, there := w.day(e.Post, e.Date), w.day(e.Post, e.WithDate)
	mine, theirs, clash := false, false, false
	for _, s := range here {
		mine = mine || has(s, e.Person)
		clash = clash || has(s, e.Person) && has(s, e.With)
	}
	for _, s := range there {
		theirs = theirs || has(s, e.With)
		clash = clash || has(s, e.Person) && has(s, e.With)
	}
	if !mine || !theirs || clash && e.Date != e.WithDate {
		return
	}
	change := func(day map[int]*twinSheet, from, to roster.Code) {
		for _, s := range day {
			for i, v := range s.on {
				if v.Person == from && v.For != "\x00" {
					s.on[i] = roster.Serving{Person: "\x00" + to, Team: v.Team, Why: roster.Swapped, For: from}
				}
			}
		}
	}
	change(here, e.Person, e.With)
	change(there, e.With, e.Person)
	for _, day := range []map[int]*twinSheet{here, there} {
		for _, s := range day {
			for i, v := range s.on {
				if v.Person[0] == 0 {
					s.on[i].Person = v.Person[1:]
				}
			}
		}
	}
}

// replace applies all replacements of one post and date at once.
func (w *twin) replace(list []roster.Exception) {
	for _, s := range w.day(list[0].Post, list[0].Date) {
		var standIn []roster.Code // who takes each place; none: the person stays
		for _, v := range s.on {
			with := roster.Code("")
			for _, e := range list {
				if e.Person == v.Person && with == "" {
					with = e.With
				}
			}
			standIn = append(standIn, with)
		}
		var on []roster.Serving
		for i, v := range s.on {
			double := false
			for j, u := range s.on {
				stays := standIn[j] == "" && u.Person == standIn[i]
				earlier := j < i && standIn[j] == standIn[i]
				double = double || standIn[i] != "" && (stays || earlier)
			}
			switch {
			case double:
			case standIn[i] == "":
				on = append(on, v)
			default:
				on = append(on, roster.Serving{Person: standIn[i], Team: v.Team, Why: roster.Replaced, For: v.Person})
			}
		}
		s.on = on
	}
}

func (w *twin) add(e roster.Exception) {
	day := w.day(e.Post, e.Date)
	for i, r := range w.plan.Rotations {
		if r.Post == e.Post && day[i] != nil {
			if !has(day[i], e.Person) {
				day[i].on = append(day[i].on, roster.Serving{Person: e.Person, Why: roster.Added})
			}
			return
		}
	}
	for i, r := range w.plan.Rotations {
		if r.Post == e.Post && e.Date.Compare(r.Start) >= 0 && w.holds(r.During, e.Date) {
			day[i] = &twinSheet{on: []roster.Serving{{Person: e.Person, Why: roster.Added}}}
			return
		}
	}
}

func (w *twin) drop(e roster.Exception, reason roster.Reason) {
	for _, s := range w.day(e.Post, e.Date) {
		var on []roster.Serving
		for _, v := range s.on {
			if v.Person == e.Person {
				s.off = append(s.off, roster.Absence{Person: v.Person, Team: v.Team, Reason: reason})
			} else {
				on = append(on, v)
			}
		}
		s.on = on
	}
}

// at decides about one minute. A window is open from the first minute at which the
// clock shows its start to the first at which it shows its end.
func (w *twin) at(post roster.Code, t time.Time) (on []roster.Serving, off []roster.Absence) {
	wall := w.latest[int(t.Sub(w.first)/time.Minute)]
	today := roster.Date{}
	y, m, d := time.Unix(wall*60, 0).UTC().Date()
	today = roster.Date{Year: y, Month: m, Day: d}
	stands, open := false, false
	for i, r := range w.plan.Rotations {
		if r.Post != post {
			continue
		}
		stands = stands || today.Compare(r.Start) >= 0 && w.holds(r.During, today)
		hours := r.Hours
		if len(hours) == 0 {
			hours = []roster.Window{{Start: 0, End: 24 * 60}}
		}
		for _, date := range []roster.Date{next(today, -1), today} {
			s := w.sheets[post][date][i]
			for _, h := range hours {
				if s != nil && midnight(date, h.Start) <= wall && wall < midnight(date, h.End) {
					on, off, open = append(on, s.on...), append(off, s.off...), true
				}
			}
		}
	}
	switch {
	case open:
		return on, off
	case stands:
		return nil, []roster.Absence{{Reason: roster.OffHours}}
	}
	return nil, []roster.Absence{{Reason: roster.NoRotation}}
}
