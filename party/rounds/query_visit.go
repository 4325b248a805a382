package rounds

import (
	"cmp"
	"iter"
	"slices"
	"time"
)

// Household is a household as it stands. Left is 0 while it is enrolled. Version
// is the number of entries that touched it.
type Household struct {
	Code     Code   `json:"household"`
	Areas    []Code `json:"areas"`
	Building Code   `json:"building,omitzero"`
	Class    Code   `json:"class"`
	Since    Date   `json:"since"`
	Left     Date   `json:"left,omitzero"`
	Version  uint64 `json:"version"`
}

func (l *Log) view(h *house) Household {
	return Household{h.code, slices.Clone(l.areas(h.place)), l.names.at(h.building), l.names.at(h.class), h.since, h.left, h.version}
}

// Household answers the household of that code.
func (l *Log) Household(c Code) (Household, bool) {
	h := l.house(c)
	if h == nil {
		return Household{}, false
	}
	return l.view(h), true
}

// Households ranges over every household by code. Each range sorts, O(n log n);
// the log must not be changed meanwhile.
func (l *Log) Households() iter.Seq[Household] {
	return func(yield func(Household) bool) {
		for _, c := range sorted(l.houseOf) {
			if !yield(l.view(l.house(c))) {
				return
			}
		}
	}
}

// SlotState is where what a household owes in one period stands.
type SlotState string

// The states of a slot; it is always exactly one of them.
const (
	Open    SlotState = "open"    // 待走访
	Made    SlotState = "made"    // 已走访
	Missing SlotState = "missing" // 漏访, for ever
)

// Slot is the visit that a household owes in one period [From, Until) of a plan,
// with the class and the areas it had when it came to owe it.
type Slot struct {
	Household Code      `json:"household"`
	Plan      Code      `json:"plan"`
	Period    int       `json:"period"`
	From      Date      `json:"from"`
	Until     Date      `json:"until"`
	Class     Code      `json:"class"`
	Areas     []Code    `json:"areas"`
	State     SlotState `json:"state"`
}

// Filter says which slots and visits are meant; a zero field does not restrict.
// A slot is meant when the last day of its period lies in [From, Until), a visit
// when it was made in it; the area may be any of the household's. A plan does not
// restrict visits to those that filled a period of it: it restricts slots only.
type Filter struct {
	Plan      Code `json:"plan,omitzero"`
	Class     Code `json:"class,omitzero"`
	Area      Code `json:"area,omitzero"`
	Household Code `json:"household,omitzero"`
	From      Date `json:"from,omitzero"`
	Until     Date `json:"until,omitzero"`
}

func (f *Filter) day(d Date) bool { return f.From <= d && (f.Until == 0 || d < f.Until) }

// Slots ranges over the slots up to the period of a date, by household, plan and
// period. Households that owe the visit but whose period begins after the date
// have no slot yet. Each range sorts, O(n log n); the log must not be changed
// meanwhile.
func (l *Log) Slots(f Filter, today Date) iter.Seq[Slot] {
	return func(yield func(Slot) bool) {
		codes := []Code{f.Household}
		if f.Household == "" {
			codes = sorted(l.houseOf)
		}
		var list []Slot
		for _, c := range codes {
			h := l.house(c)
			if h == nil {
				continue
			}
			list = list[:0]
			for i := range h.stays {
				list = l.slots(list, h, &h.stays[i], &f, today)
			}
			slices.SortFunc(list, func(a, b Slot) int { return byDue(Due{a.Plan, a.Period}, Due{b.Plan, b.Period}) })
			for _, s := range list {
				s.Areas = slices.Clone(s.Areas)
				if !yield(s) {
					return
				}
			}
		}
	}
}

// slots appends the slots of one stay that the filter means.
func (l *Log) slots(dst []Slot, h *house, s *stay, f *Filter, today Date) []Slot {
	t := s.term
	class, areas := l.names.at(s.class), l.areas(s.place)
	if f.Plan != "" && f.Plan != t.plan.code || f.Class != "" && f.Class != class || f.Area != "" && !slices.Contains(areas, f.Area) {
		return dst
	}
	begin := int(s.first)
	if f.From > t.start {
		begin = max(begin, t.every.index(t.start, f.From))
	}
	end := min(int(s.last), t.periods, t.every.index(t.start, today)+1)
	for k := begin; k < end; k++ {
		from, until := t.bounds(k)
		if !f.day(until - 1) {
			continue
		}
		dst = append(dst, Slot{h.code, t.plan.code, t.base + k, from, until, class, areas, t.state(h, s, k)})
	}
	return dst
}

func (t *term) state(h *house, s *stay, k int) SlotState {
	switch {
	case s.made(k):
		return Made
	case k < t.closed || k == t.closed && h.code <= t.named:
		return Missing
	}
	return Open
}

// Counts is what visits add up to. Due = Made + Missed + Open, of slots; Visits
// and PersonVisits (人次, every visit times its people) count visits whether they
// filled a slot or not, Late those recorded after their period had ended.
type Counts struct {
	Due          int `json:"due"`
	Made         int `json:"made"`
	Missed       int `json:"missed"`
	Open         int `json:"open"`
	Visits       int `json:"visits"`
	PersonVisits int `json:"person_visits"`
	Late         int `json:"late"`
}

// Count counts the slots up to the period of a date and the visits that the
// filter means. Visits are counted under the class and the areas that the
// household had when they were recorded. O(slots + visits).
func (l *Log) Count(f Filter, today Date) Counts {
	var n Counts
	var list []Slot
	for i := range l.houses {
		h := &l.houses[i]
		if f.Household != "" && h.code != f.Household {
			continue
		}
		list = list[:0]
		for s := range h.stays {
			list = l.slots(list, h, &h.stays[s], &f, today)
		}
		for _, s := range list {
			n.add(s.State)
		}
	}
	for i := range l.visits {
		v := &l.visits[i]
		h := &l.houses[v.house]
		if !f.day(v.on) || f.Household != "" && h.code != f.Household || f.Class != "" && l.names.at(v.class) != f.Class ||
			f.Area != "" && !slices.Contains(l.areas(v.place), f.Area) {
			continue
		}
		n.Visits++
		n.PersonVisits += len(l.peopleRange(i))
		if v.late {
			n.Late++
		}
	}
	return n
}

func (n *Counts) add(s SlotState) {
	n.Due++
	switch s {
	case Made:
		n.Made++
	case Missing:
		n.Missed++
	case Open:
		n.Open++
	}
}

// Visits answers the visits of a household, the latest recorded first. O(visits of
// the household).
func (l *Log) Visits(household Code) []Visited {
	h := l.house(household)
	if h == nil {
		return nil
	}
	var list []Visited
	for n := h.last; n > 0; n = l.visits[n-1].before {
		v := &l.visits[n-1]
		f := Visited{On: v.on, Late: v.late, Visit: Visit{
			Household: household, At: time.UnixMilli(v.at).UTC(), People: l.peopleOf(int(n - 1)),
			Kind: l.names.at(v.kind), Result: l.names.at(v.result), Event: l.names.at(v.event),
		}}
		for _, g := range l.fillsOf(int(n - 1)) {
			f.Fills = append(f.Fills, Fill{g.term.plan.code, g.term.base + int(g.period), l.names.at(g.team), g.led})
		}
		slices.SortFunc(f.Fills, func(a, b Fill) int { return cmp.Compare(a.Plan, b.Plan) })
		list = append(list, f)
	}
	return list
}

// peopleRange is the numbers of the people of visit i.
func (l *Log) peopleRange(i int) []uint32 {
	from := uint32(0)
	if i > 0 {
		from = l.visits[i-1].peopleEnd
	}
	return l.people[from:l.visits[i].peopleEnd]
}

func (l *Log) peopleOf(i int) []Code {
	var list []Code
	for _, p := range l.peopleRange(i) {
		list = append(list, l.names.at(p))
	}
	return list
}

func (l *Log) fillsOf(i int) []fill {
	from := uint32(0)
	if i > 0 {
		from = l.visits[i-1].fillsEnd
	}
	return l.fills[from:l.visits[i].fillsEnd]
}
