package dispatch

import (
	"cmp"
	"maps"
	"slices"
)

// nowhere is the prefix above Any.
const nowhere = ^uint32(0)

// slot is what Match reads of a rule before anything else: its labels as bits,
// and whether anything else restricts it.
type slot struct {
	bits uint64 // classes, conditions and channels numbered up to labelBits
	pos  uint32
	more bool // instants, costs, a window or a label beyond labelBits restrict it too

	// Of cells only: it is the last of its list; a later one of equal rank names
	// another party or post.
	last, rival bool
}

// labelBits is how many labels have a bit of their own; a rule that names
// another one is looked at more closely.
const labelBits = 64

// bucket is the rules of one role, one precedence, one matter prefix and one
// area, in order of rank: slots[at:end]. A rule that always applies has the lowest
// rank that a bucket can have, so if there is one, no bucket further out is first.
type bucket struct {
	area    uint32
	at, end uint32
	outer   uint32 // the next bucket outwards in its table, counted from 1; 0 is none
	sure    uint32 // the first rule that always applies, when closed
	closed  bool   // there is one
}

// table is the buckets of one role, precedence and matter prefix. Their areas
// are intervals of the units' pre-order, nested or apart, so the units fall into
// intervals that have one innermost bucket each.
type table struct {
	precedence int
	at, end    uint32 // of starts and inner
	first, n   uint32 // of buckets, ascending by area
}

// roleIndexes are the tables of one role.
type roleIndexes struct {
	rules  int
	levels int         // how many different precedences its rules have
	links  []roleLink  // by prefix
	cells  []cellRange // of a single role, by prefix
}

// roleLink is the tables of one prefix, highest precedence first, and the next
// shorter prefix that has any.
type roleLink struct {
	at, n uint32
	up    uint32
}

// tableKey says which table a rule belongs to.
type tableKey struct {
	role   int
	prefix uint32
	level  int
	area   uint32
}

// tabulate builds the look-up structure from the ordered rules. Its size is
// linear in the rules, plus the units and the matter table.
func (l *List) tabulate(ready []readyRule) {
	l.numberPrefixes(ready)
	for role := range l.roles {
		l.roles[role].links = make([]roleLink, len(l.up))
	}
	keys := make([]tableKey, len(ready))
	order := make([]uint32, len(ready))
	for i := range ready {
		r := &ready[i]
		prefix := l.prefixes[r.Matter] // 0 for Any
		keys[i] = tableKey{int(l.entries[i].role), prefix, r.rank.Precedence, uint32(r.area)}
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		x, y := &keys[a], &keys[b]
		return cmp.Or(cmp.Compare(x.role, y.role), cmp.Compare(x.prefix, y.prefix), cmp.Compare(y.level, x.level),
			cmp.Compare(x.area, y.area), cmp.Compare(a, b))
	})
	l.slots = make([]slot, len(order))
	for i, pos := range order {
		l.slots[i] = l.slotOf(pos)
	}
	levels := [len(rolesInOrder)]map[int]bool{}
	for at := 0; at < len(order); {
		key := keys[order[at]]
		role := &l.roles[key.role]
		link := &role.links[key.prefix]
		if link.n == 0 {
			link.at = uint32(len(l.tables))
		}
		link.n++
		if levels[key.role] == nil {
			levels[key.role] = map[int]bool{}
		}
		levels[key.role][key.level] = true
		end := at
		for end < len(order) && keys[order[end]].sameTable(key) {
			end++
		}
		l.addTable(keys, order, at, end)
		role.rules += end - at
		at = end
	}
	for role := range l.roles {
		l.roles[role].levels = len(levels[role])
		l.linkUp(l.roles[role].links)
	}
	l.addCells()
}

func (k tableKey) sameTable(o tableKey) bool {
	return k.role == o.role && k.prefix == o.prefix && k.level == o.level
}

// numberPrefixes numbers the matters of rules, Any as 0, and finds for each the
// next shorter one and for each matter of the table the deepest one.
func (l *List) numberPrefixes(ready []readyRule) {
	l.prefixes = map[Code]uint32{}
	codes := []Code{Any}
	for i := range ready {
		if m := ready[i].Matter; m != Any && l.prefixes[m] == 0 {
			l.prefixes[m] = uint32(len(codes))
			codes = append(codes, m)
		}
	}
	l.up = make([]uint32, len(codes))
	l.up[0] = nowhere
	for n, c := range codes[1:] {
		l.up[n+1] = l.climb(ParentMatter(c))
	}
	l.byMatter = newMatterIndex(len(l.prefixes), maps.All(l.prefixes))
	if len(l.matters) > 0 {
		l.byMatter = newMatterIndex(len(l.matters), func(yield func(Code, uint32) bool) {
			for m := range l.matters {
				if !yield(m, l.climb(m)) {
					return
				}
			}
		})
	}
}

// climb is the deepest prefix that covers a matter.
func (l *List) climb(m Code) uint32 {
	for ; m != ""; m = ParentMatter(m) {
		if n, ok := l.prefixes[m]; ok {
			return n
		}
	}
	return 0
}

// slotOf is the slot of a rule.
func (l *List) slotOf(pos uint32) slot {
	e := &l.entries[pos]
	s := slot{pos: pos, more: !e.timeless()}
	for _, label := range [...]uint32{e.class, e.condition, e.channel} {
		switch {
		case label == 0:
		case label <= labelBits:
			s.bits |= 1 << (label - 1)
		default:
			s.more = true
		}
	}
	return s
}

// addTable makes the table of order[at:end], which are its rules by area and
// position.
func (l *List) addTable(keys []tableKey, order []uint32, at, end int) {
	t := table{precedence: keys[order[at]].level, at: uint32(len(l.starts)), first: uint32(len(l.buckets))}
	l.starts, l.inner = append(l.starts, 0), append(l.inner, 0)
	var open []uint32 // buckets that hold the unit reached, outermost first, counted from 1
	change := func(unit uint32) {
		innermost := uint32(0)
		if len(open) > 0 {
			innermost = open[len(open)-1]
		}
		if n := len(l.starts) - 1; n >= int(t.at) && l.starts[n] == unit {
			l.inner[n] = innermost
			return
		}
		l.starts, l.inner = append(l.starts, unit), append(l.inner, innermost)
	}
	closeBefore := func(unit uint32) {
		for len(open) > 0 {
			last := l.last[l.buckets[open[len(open)-1]-1].area]
			if last >= unit {
				return
			}
			open = open[:len(open)-1]
			change(last + 1)
		}
	}
	for at < end {
		area := keys[order[at]].area
		closeBefore(area)
		b := bucket{area: area, at: uint32(at)}
		if len(open) > 0 {
			b.outer = open[len(open)-1]
		}
		for at < end && keys[order[at]].area == area {
			at++
		}
		b.end = uint32(at)
		l.close(&b)
		l.buckets = append(l.buckets, b)
		open = append(open, uint32(len(l.buckets)))
		change(area)
	}
	closeBefore(l.last[0] + 1)
	t.end, t.n = uint32(len(l.starts)), uint32(len(l.buckets))-t.first
	l.tables = append(l.tables, t)
}

// close notes the first rule of a bucket that always applies.
func (l *List) close(b *bucket) {
	for _, s := range l.slots[b.at:b.end] {
		if l.entries[s.pos].free() {
			b.sure, b.closed = s.pos, true
			return
		}
	}
}

// linkUp lets every prefix point at the next shorter one that has tables. A
// shorter prefix may have a higher number.
func (l *List) linkUp(links []roleLink) {
	for n := range links {
		up := l.up[n]
		for up != nowhere && links[up].n == 0 {
			up = l.up[up]
		}
		links[n].up = up
	}
}

// innermost is the innermost bucket of a table that holds a unit, counted from
// 1; 0 is none. O(log n) for n buckets.
func (l *List) innermost(t *table, unit uint32) uint32 {
	base, n := t.at, t.end-t.at // starts[base] <= unit, and the answer is among the next n
	for n > 1 {
		half := n / 2
		if l.starts[base+half] <= unit {
			base += half
		}
		n -= half
	}
	return l.inner[base]
}
