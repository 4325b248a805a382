package rounds

import (
	"crypto/sha256"
	"encoding/json"
	"maps"
	"slices"

	"github.com/gridgov/gridgov/internal/keyed"
)

// hashForm is the first word of what is hashed; it changes with the form.
const hashForm = "gridgov rounds 1"

// Hash is the digest of the state: households with what they owe and owed, plans,
// visits in the order in which they were recorded, shifts, tasks and attendance. It
// leaves out the sequence, the instant of the last entry and the key index, so
// refusals and the cadence of ticks do not change it. O(n log n).
func (l *Log) Hash() keyed.Sum {
	h := sha256.New()
	enc := json.NewEncoder(h)
	write := func(values ...any) { _ = enc.Encode(values) } // codes, numbers and dates always marshal
	write(hashForm)
	for v := range l.Households() {
		write("household", v)
		for p := range l.Periods(v.Code) {
			write(p)
		}
		for v := range l.Visits(v.Code) {
			write(v)
		}
	}
	for _, c := range slices.Sorted(maps.Keys(l.plans)) {
		p := l.plans[c]
		write("plan", c, p.teams, p.over, p.version)
		for _, t := range p.terms {
			write(t.terms, t.start, t.base, t.periods, t.closed, t.named, t.missed, t.due.at)
		}
		for _, m := range p.members {
			write(m.person, m.team, m.from, m.until)
		}
		for _, t := range p.turns {
			write(t.from, t.period, t.order)
		}
	}
	for _, c := range slices.Sorted(maps.Keys(l.shifts)) {
		s := l.shifts[c]
		write("shift", s.Briefed, s.answers, s.open, s.state, s.fired, s.debrief, s.due.at, s.version)
	}
	for _, c := range slices.Sorted(maps.Keys(l.tasks)) {
		t := l.tasks[c]
		write("task", t.squad, t.shift, t.closed, t.carries, t.Task)
	}
	for _, c := range slices.Sorted(maps.Keys(l.waiting)) {
		if len(l.waiting[c]) > 0 {
			write("waiting", c, l.waiting[c])
		}
	}
	for _, c := range slices.Sorted(maps.Keys(l.records)) {
		r := l.records[c]
		write("record", r.Attend, r.by)
	}
	return keyed.Sum(h.Sum(nil))
}
