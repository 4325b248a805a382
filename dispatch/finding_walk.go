package dispatch

import (
	"cmp"
	"slices"
	"sort"
)

// walk goes through the regions of a unit: sets of units in which the same
// buckets apply. Only rules that can be first or tie count, so a bucket with a
// rule that always applies may be taken as shutting out what is ranked after it.
type walk struct {
	list   *List
	around []uint32 // rules of buckets that hold the whole unit
	inside []uint32 // buckets strictly inside it, ascending by area
	shut   bool     // some bucket around always applies
	by     uint32   // when shut: a rule that does
	whole  bool     // visit also what is shut out
}

// add takes in a table's buckets that hold the unit, if asked for, and those
// inside it.
func (w *walk) add(t *table, unit uint32, around bool) {
	l := w.list
	if around {
		for n := l.innermost(t, unit); n != 0; n = l.buckets[n-1].outer {
			w.take(&l.buckets[n-1])
		}
	}
	own := l.buckets[t.first : t.first+t.n]
	from := sort.Search(len(own), func(i int) bool { return own[i].area > unit })
	until := sort.Search(len(own), func(i int) bool { return own[i].area > l.last[unit] })
	for i := from; i < until; i++ {
		w.inside = append(w.inside, t.first+uint32(i))
	}
}

func (w *walk) take(b *bucket) {
	for _, s := range w.list.slots[b.at:b.end] {
		w.around = append(w.around, s.pos)
	}
	if b.closed && !w.shut && !w.whole {
		w.shut, w.by = true, b.sure
	}
}

// touched reports whether any bucket was taken in.
func (w *walk) touched() bool { return len(w.around)+len(w.inside) > 0 }

// run visits every region of the unit that nothing shuts out, with the rules
// that apply there, until visit answers true. Of each unit the part that no
// deeper bucket touches comes first.
func (w *walk) run(unit uint32, visit func(units, rules []uint32) bool) {
	if w.shut {
		return
	}
	slices.SortStableFunc(w.inside, func(a, b uint32) int {
		return cmp.Compare(w.list.buckets[a].area, w.list.buckets[b].area)
	})
	w.descend(unit, w.inside, w.around, visit)
}

// descend is run for a unit inside. Its depth is that of the map's levels.
func (w *walk) descend(unit uint32, inside, rules []uint32, visit func(units, rules []uint32) bool) bool {
	l := w.list
	for len(inside) > 0 && l.buckets[inside[0]].area == unit {
		b := &l.buckets[inside[0]]
		if b.closed && !w.whole {
			return false
		}
		rules = slices.Clip(rules)
		for _, s := range l.slots[b.at:b.end] {
			rules = append(rules, s.pos)
		}
		inside = inside[1:]
	}
	if len(inside) == 0 {
		return visit([]uint32{unit}, rules)
	}
	var plain []uint32
	type branch struct {
		unit   uint32
		inside []uint32
	}
	var branches []branch
	for child := unit + 1; child <= l.last[unit]; child = l.last[child] + 1 {
		n := 0
		for n < len(inside) && l.buckets[inside[n]].area <= l.last[child] {
			n++
		}
		if n == 0 {
			plain = append(plain, child)
			continue
		}
		branches = append(branches, branch{child, inside[:n]})
		inside = inside[n:]
	}
	if len(plain) > 0 && visit(plain, rules) {
		return true
	}
	for _, b := range branches {
		if w.descend(b.unit, b.inside, rules, visit) {
			return true
		}
	}
	return false
}
