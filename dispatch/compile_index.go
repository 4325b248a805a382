package dispatch

import (
	"cmp"
	"math"
	"slices"

	"github.com/gridgov/gridgov/grid"
)

// entry is what Match reads of a rule: everything that restricts it, as numbers.
// 0 in class, condition, channel and window does not restrict.
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
	return e.class|e.condition|e.channel == 0 && e.window == 0 && e.from == math.MinInt64 && e.until == math.MaxInt64 &&
		e.min == 0 && e.max == math.MaxInt64
}

// bucket holds the rules of one matter prefix and one area: runs[at:ends[0]]
// are the first role's, runs[ends[0]:ends[1]] the second's, and so on.
type bucket struct {
	at   uint32
	ends [len(rolesInOrder)]uint32
}

// run is the positions of one role, ascending.
func (l *List) run(b *bucket, role int) []uint32 {
	from := b.at
	if role > 0 {
		from = b.ends[role-1]
	}
	return l.runs[from:b.ends[role]]
}

func bucketKey(prefix, area uint32) uint64 { return uint64(prefix)<<32 | uint64(area) }

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
	l.absent = map[uint32][]Interval{}
	windows, parties := map[timeWindow]uint8{}, map[[2]Code]uint32{}
	for i := range ready {
		r := &ready[i]
		e := entry{
			from: math.MinInt64, until: math.MaxInt64, min: r.MinCost, max: math.MaxInt64, role: uint8(roleIndex(r.Role)),
			class: numberText(l.classes, r.Class), condition: numberText(l.conditions, r.Condition), channel: numberText(l.channels, r.Channel),
		}
		if !r.During.From.IsZero() {
			e.from = listMillis(r.During.From)
		}
		if !r.During.Until.IsZero() {
			e.until = listMillis(r.During.Until)
		}
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
		e.who = numberOf(parties, who)
		if i > 0 {
			e.rank = l.entries[i-1].rank
			if order, _ := ready[i-1].rank.Compare(r.rank); order != 0 {
				e.rank++
			}
		}
		if e.role == 0 {
			l.leads++
		}
		if len(r.active) > 0 {
			l.absent[uint32(i)] = absences(r.During, r.active)
		}
		l.rules, l.duties = append(l.rules, r.Rule), append(l.duties, r.duty)
		l.ranks, l.entries = append(l.ranks, r.rank), append(l.entries, e)
		l.byID = append(l.byID, uint32(i))
	}
	slices.SortFunc(l.byID, func(a, b uint32) int { return compareCodes(l.rules[a].ID, l.rules[b].ID) })
	l.fill(ready)
}

// fill builds prefixes, buckets and runs from the ordered rules.
func (l *List) fill(ready []readyRule) {
	l.prefixes = map[Code]uint32{}
	keys := make([]uint64, len(ready))
	for i := range ready {
		prefix := uint32(0)
		if ready[i].Matter != Any {
			prefix = numberOf(l.prefixes, ready[i].Matter)
		}
		keys[i] = bucketKey(prefix, uint32(ready[i].area))
		l.runs = append(l.runs, uint32(i))
	}
	slices.SortFunc(l.runs, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(keys[a], keys[b]), cmp.Compare(l.entries[a].role, l.entries[b].role), cmp.Compare(a, b))
	})
	l.buckets = map[uint64]bucket{}
	for at := 0; at < len(l.runs); {
		key := keys[l.runs[at]]
		b := bucket{at: uint32(at)}
		for role := range b.ends {
			for at < len(l.runs) && keys[l.runs[at]] == key && int(l.entries[l.runs[at]].role) == role {
				at++
			}
			b.ends[role] = uint32(at)
		}
		l.buckets[key] = b
	}
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

// numberText is numberOf, with 0 for no text.
func numberText(numbers map[string]uint32, text string) uint32 {
	if text == "" {
		return 0
	}
	return numberOf(numbers, text)
}

func compareCodes(a, b Code) int { return cmp.Compare(a, b) }

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
