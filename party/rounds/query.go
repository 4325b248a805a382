package rounds

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"
)

// Household is a household as it stands. Left is 0 while it is enrolled.
type Household struct {
	Code     Code   `json:"household"`
	Areas    []Code `json:"areas"`
	Building Code   `json:"building,omitzero"`
	Class    Code   `json:"class"`
	Since    Date   `json:"since"`
	Left     Date   `json:"left,omitzero"`
	Version  uint64 `json:"version"`
}

// Household answers a household by code.
func (l *Log) Household(c Code) (Household, bool) {
	h := l.house(c)
	if h == nil {
		return Household{}, false
	}
	return Household{
		Code: c, Areas: slices.Clone(l.areas(h.place)), Building: l.names.at(h.building), Class: l.names.at(h.class),
		Since: h.since, Left: h.left, Version: h.version,
	}, true
}

// Households ranges over every household by code. Each range sorts, O(n log n).
func (l *Log) Households() iter.Seq[Household] {
	return func(yield func(Household) bool) {
		for _, c := range slices.Sorted(maps.Keys(l.houseOf)) {
			if v, _ := l.Household(c); !yield(v) {
				return
			}
		}
	}
}

// State is what became of a visit that is owed.
type State string

// The states. Every period that a household owes is in exactly one of them.
const (
	Made   State = "made"   // 已走访
	Lapsed State = "missed" // 漏访: for ever, whatever comes later
	Open   State = "open"   // 待走访: the period is not over
)

// Period is one period of a plan that a household owes, [From, Until).
type Period struct {
	Due
	From  Date  `json:"from"`
	Until Date  `json:"until"`
	Class Code  `json:"class"` // of the household when it came to owe it
	State State `json:"state"`
}

// Periods ranges over what a household owes and owed, up to the present period of
// each plan, by plan and period. The present one is that which Tick has not closed.
func (l *Log) Periods(household Code) iter.Seq[Period] {
	return func(yield func(Period) bool) {
		h := l.house(household)
		if h == nil {
			return
		}
		var list []Period
		for i := range h.stays {
			s := &h.stays[i]
			for k := int(s.first); k <= s.term.closed && s.owes(k); k++ {
				list = append(list, l.period(s, k))
			}
		}
		slices.SortFunc(list, func(a, b Period) int { return byDue(a.Due, b.Due) })
		for _, p := range list {
			if !yield(p) {
				return
			}
		}
	}
}

func (l *Log) period(s *stay, k int) Period {
	p := Period{Due: Due{s.term.plan.code, s.term.base + k}, Class: l.names.at(s.class), State: Open}
	p.From, p.Until = s.term.bounds(k)
	switch {
	case s.made(k):
		p.State = Made
	case k < s.term.closed:
		p.State = Lapsed
	}
	return p
}

// Visitation is one visit as it was recorded.
type Visitation struct {
	Household Code      `json:"household"`
	At        time.Time `json:"at"`
	On        Date      `json:"on"`
	People    []Code    `json:"people"`
	Kind      Code      `json:"kind"`
	Result    Code      `json:"result,omitzero"`
	Event     Code      `json:"event,omitzero"`
	Late      bool      `json:"late,omitzero"` // its period had ended when it was recorded
	Fills     []Fill    `json:"fills,omitempty"`
}

// Visits ranges over the visits of a household, the latest record first.
func (l *Log) Visits(household Code) iter.Seq[Visitation] {
	return func(yield func(Visitation) bool) {
		h := l.house(household)
		if h == nil {
			return
		}
		for i := h.last; i != 0; i = l.visits[i-1].before {
			if !yield(l.visitation(int(i - 1))) {
				return
			}
		}
	}
}

func (l *Log) visitation(i int) Visitation {
	v := &l.visits[i]
	var before visit
	if i > 0 {
		before = l.visits[i-1]
	}
	out := Visitation{
		Household: l.houses[v.house].code, At: time.UnixMilli(v.at).UTC(), On: v.on, Kind: l.names.at(v.kind),
		Result: l.names.at(v.result), Event: l.names.at(v.event), Late: v.late,
	}
	for _, p := range l.people[before.peopleEnd:v.peopleEnd] {
		out.People = append(out.People, l.names.at(p))
	}
	for _, f := range l.fills[before.fillsEnd:v.fillsEnd] {
		out.Fills = append(out.Fills, Fill{f.term.plan.code, f.term.base + int(f.period), l.names.at(f.team), f.led})
	}
	return out
}

// Leading answers the team whose turn it is in a plan on a date, and who is in it
// then, by code; false when the plan has no team or no period on the date.
func (l *Log) Leading(plan Code, on Date) (team Code, people []Code, ok bool) {
	p := l.plans[plan]
	if p == nil || !on.valid() || len(p.terms) == 0 || on < p.terms[0].start {
		return "", nil, false
	}
	team, ok = p.leads(on)
	if !ok {
		return "", nil, false
	}
	for i := range p.members {
		if m := &p.members[i]; m.team == team && m.on(on) {
			people = append(people, m.person)
		}
	}
	slices.Sort(people)
	return team, people, true
}

// Shift is a shift as it stands.
type Shift struct {
	Briefed
	Answers     []Answer   `json:"answers,omitempty"` // of the tasks that are answered, in their order
	State       ShiftState `json:"state"`
	Overdue     bool       `json:"overdue,omitzero"` // was not debriefed when it was due
	DebriefedAt time.Time  `json:"debriefed_at,omitzero"`
	Version     uint64     `json:"version"`
}

// Shift answers a shift by code.
func (l *Log) Shift(c Code) (Shift, bool) {
	s := l.shifts[c]
	if s == nil {
		return Shift{}, false
	}
	v := Shift{Briefed: s.Briefed, State: s.state, Overdue: s.fired, Version: s.version}
	v.People, v.Tasks = slices.Clone(s.People), slices.Clone(s.Tasks)
	for _, a := range s.answers {
		if a.Result != "" {
			v.Answers = append(v.Answers, a)
		}
	}
	if s.debrief != 0 {
		v.DebriefedAt = time.UnixMilli(s.debrief).UTC()
	}
	return v, true
}

// Shifts ranges over the shifts of a squad that begin on a date in [from, until),
// by beginning and code. An empty squad is every squad. O(n log n).
func (l *Log) Shifts(squad Code, from, until Date) iter.Seq[Shift] {
	return func(yield func(Shift) bool) {
		var list []*shift
		for _, s := range l.shifts {
			if (squad == "" || s.Squad == squad) && from <= s.Date && s.Date < until {
				list = append(list, s)
			}
		}
		slices.SortFunc(list, func(a, b *shift) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.Shift, b.Shift)) })
		for _, s := range list {
			if v, _ := l.Shift(s.Shift); !yield(v) {
				return
			}
		}
	}
}

// Record is a record of attendance. CorrectedBy is the record that took its place.
type Record struct {
	Attend
	CorrectedBy Code `json:"corrected_by,omitzero"`
}

// Records ranges over the records of a person as they were made, also those that
// were corrected.
func (l *Log) Records(person Code) iter.Seq[Record] {
	return func(yield func(Record) bool) {
		r := l.attendance[person]
		if r == nil {
			return
		}
		for _, x := range r.records {
			if !yield(Record{x.Attend, x.by}) {
				return
			}
		}
	}
}
