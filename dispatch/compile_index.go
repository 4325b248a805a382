package dispatch

import (
	"cmp"
	"math"
	"slices"

	"github.com/gridgov/gridgov/grid"
)

// entry is everything that restricts a rule, as numbers. 0 in class, condition,
// channel and window does not restrict.
type entry struct {
	from, until int64 // ms, [from, until)
	min, max    int64 // fen, [min, max]
	class       uint32
	condition   uint32
	channel     uint32
	rank        uint32 // equal exactly when nothing decides; lower goes first
	who         uint32 // equal exactly when party and post are
	window      uint8
	role        uint8
}

// free reports whether the entry applies to every query about its matter and
// area.
func (e *entry) free() bool {
	return e.class|e.condition|e.channel == 0 && e.timeless()
}

// timeless reports whether neither instant nor cost can keep the entry from
// applying.
func (e *entry) timeless() bool {
	return e.window == 0 && e.from == math.MinInt64 && e.until == math.MaxInt64 && e.min == 0 && e.max == math.MaxInt64
}

// plant copies the tree of units as arrays.
func (l *List) plant(m *grid.Map) {
	n := m.Len()
	l.parent, l.last = make([]uint32, n+1), make([]uint32, n+1)
	l.last[0] = uint32(n)
	for r := 1; r <= n; r++ {
		unit := grid.Ref(r)
		l.parent[r], l.last[r] = uint32(m.Parent(unit)), uint32(m.Last(unit))
	}
}

// arrange orders the rules and builds the index.
func (l *List) arrange(ready []readyRule) {
	slices.SortFunc(ready, func(a, b readyRule) int {
		order, _ := a.rank.Compare(b.rank)
		return cmp.Or(order, compareCodes(a.ID, b.ID))
	})
	l.classes, l.conditions, l.channels = map[string]uint32{}, map[string]uint32{}, map[string]uint32{}
	l.absent, l.owners, l.forces = map[uint32][]Interval{}, map[uint32]string{}, map[uint32]Interval{}
	l.served, l.tended = map[uint32]Code{}, map[uint32]Code{}
	windows, parties := map[timeWindow]uint8{}, map[[2]Code]uint32{}
	for i := range ready {
		r := &ready[i]
		e := entry{
			from: math.MinInt64, until: math.MaxInt64, min: r.MinCost, max: math.MaxInt64, role: uint8(roleIndex(r.Role)),
			class: l.label(l.classes, r.Class), condition: l.label(l.conditions, r.Condition), channel: l.label(l.channels, r.Channel),
		}
		e.from, e.until = intervalMillis(r.During)
		from, until := intervalMillis(r.force)
		if r.force != (Interval{}) {
			l.forces[uint32(i)] = r.force
		}
		e.from, e.until = max(e.from, from), min(e.until, until)
		if r.MaxCost > 0 {
			e.max = r.MaxCost - 1
		}
		if r.timed {
			e.window = numberOf(windows, r.window)
			if int(e.window) > len(l.windows) {
				l.windows = append(l.windows, r.window)
			}
		}
		who := [2]Code{r.duty.Party, r.duty.Post}
		if r.layer != "" {
			who = [2]Code{r.Party}
			l.owners[uint32(i)] = r.layer
		}
		e.who = numberOf(parties, who)
		if i > 0 {
			e.rank = l.entries[i-1].rank
			if order, _ := ready[i-1].rank.Compare(r.rank); order != 0 {
				e.rank++
			}
		}
		if r.served != "" {
			l.served[uint32(i)] = r.served
		}
		if r.tended != "" {
			l.tended[uint32(i)] = r.tended
		}
		if len(r.active) > 0 {
			l.absent[uint32(i)] = absences(r.holds(), r.active)
		}
		l.rules, l.duties = append(l.rules, r.Rule), append(l.duties, r.duty)
		l.ranks, l.entries = append(l.ranks, r.rank), append(l.entries, e)
		l.byID = append(l.byID, uint32(i))
	}
	slices.SortFunc(l.byID, func(a, b uint32) int { return compareCodes(l.rules[a].ID, l.rules[b].ID) })
	l.tabulate(ready)
}

// numberOf answers the number of key, from 1 in the order of asking.
func numberOf[K comparable, N uint8 | uint32](numbers map[K]N, key K) N {
	n, ok := numbers[key]
	if !ok {
		n = N(len(numbers) + 1)
		numbers[key] = n
	}
	return n
}

// label is the number of a class, condition or channel, with 0 for no text. All
// three share one series of numbers, so that a set of labels is a set of bits.
func (l *List) label(numbers map[string]uint32, text string) uint32 {
	if text == "" {
		return 0
	}
	n, ok := numbers[text]
	if !ok {
		l.labels++
		n = l.labels
		numbers[text] = n
	}
	return n
}

func compareCodes(a, b Code) int { return cmp.Compare(a, b) }

// holds is when a rule is in force, as far as it and its version say.
func (r *readyRule) holds() Interval {
	if r.force == (Interval{}) || !r.force.Meets(r.During) {
		return r.During
	}
	return r.During.And(r.force)
}

// absences are the parts of a rule's interval in which its party, or one above
// it, does not exist. A rule with an open beginning claims nothing about the
// past, so only what comes after the party's end counts then.
func absences(during Interval, active []Interval) []Interval {
	var life Interval
	for _, a := range active {
		if a.From.After(life.From) {
			life.From = a.From
		}
		if !a.Until.IsZero() && (life.Until.IsZero() || a.Until.Before(life.Until)) {
			life.Until = a.Until
		}
	}
	if !life.Valid() || !life.Meets(during) {
		return []Interval{during}
	}
	var parts []Interval
	if !during.From.IsZero() && life.From.After(during.From) {
		parts = append(parts, Interval{From: during.From, Until: life.From})
	}
	if !life.Until.IsZero() && (during.Until.IsZero() || life.Until.Before(during.Until)) {
		parts = append(parts, Interval{From: life.Until, Until: during.Until})
	}
	return parts
}
