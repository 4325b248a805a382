package dispatch

import "slices"

// byCells collects what changes for one class of matters, and answers in how many
// leaves; false when the class has no cells. Units with the same two lists are
// looked at once.
func (j *joint) byCells(class int, holes map[handover][]hole) (leaves int, ok bool) {
	l := j.list
	var starts, lists [sides][]uint32
	for side := range sides {
		if starts[side], lists[side], ok = l.intervals(side, j.classes[class].prefix); !ok {
			return 0, false
		}
	}
	var at [sides]int
	for unit, end := uint32(0), uint32(0); unit <= l.last[0]; unit = end {
		var pair [sides]uint32
		end = l.last[0] + 1
		for side := range sides {
			pair[side] = lists[side][at[side]]
			if at[side]+1 < len(starts[side]) {
				end = min(end, starts[side][at[side]+1])
			}
		}
		leaves += j.within(class, unit, end, pair, holes)
		for side := range sides {
			if at[side]+1 < len(starts[side]) && starts[side][at[side]+1] == end {
				at[side]++
			}
		}
	}
	return leaves, true
}

// intervals are those of a class, and where the rules of each begin in cells;
// false when it has no cells. Without any rule there is one of all units.
func (l *List) intervals(role int, prefix uint32) (starts, lists []uint32, ok bool) {
	r := l.roles[role].cells[prefix]
	if r.n > 0 {
		return l.cells.starts[r.at : r.at+r.n], l.cells.lists[r.at : r.at+r.n], true
	}
	tour := l.tour(role, prefix)
	return []uint32{0}, []uint32{nowhere}, tour.table() == nil
}

// within collects what changes in the units of [from, until), in all of which the
// two lists of cells hold, and answers in how many leaves.
func (j *joint) within(class int, from, until uint32, pair [sides]uint32, holes map[handover][]hole) int {
	l, leaves := j.list, 0
	for unit := from; unit < until; {
		if l.last[unit] >= until {
			unit++ // no leaf, and not all of it is within
			continue
		}
		moves, ok := j.known[pair]
		if !ok {
			moves = j.moves(class, j.leaf(unit), [sides][]uint32{l.cells.positions(pair[0]), l.cells.positions(pair[1])})
			j.known[pair] = moves
		}
		if len(moves) == 0 {
			return 0
		}
		leaves += j.leaves(unit)
		for _, m := range moves {
			holes[m.handover] = append(holes[m.handover], hole{class: class, unit: unit, leaf: j.leaf(unit), witness: m.witness})
		}
		unit = l.last[unit] + 1
	}
	return leaves
}

// positions are the rules of a list of cells.
func (c *cells) positions(list uint32) []uint32 {
	var out []uint32
	for at := list; list != nowhere; at++ {
		out = append(out, c.slots[at].pos)
		if c.slots[at].last {
			break
		}
	}
	return out
}

// byTables is byCells for a class that has none. It looks only where a rule of one
// list alone speaks.
func (j *joint) byTables(class int, holes map[handover][]hole) int {
	l := j.list
	var areas []uint32 // outermost ones of rules in one list only, ascending
	var tables []*table
	for role := range sides {
		for tour := l.tour(role, j.classes[class].prefix); ; {
			t := tour.table()
			if t == nil {
				break
			}
			tables = append(tables, t)
			for _, b := range l.buckets[t.first : t.first+t.n] {
				if slices.ContainsFunc(l.slots[b.at:b.end], func(s slot) bool { return j.single[s.pos] }) {
					areas = append(areas, b.area)
				}
			}
		}
	}
	slices.Sort(areas)
	leaves, done := 0, -1 // done is the last unit of the areas looked at
	for _, area := range slices.Compact(areas) {
		if int(area) <= done {
			continue
		}
		done = int(l.last[area])
		w := walk{list: l, whole: true}
		for _, t := range tables {
			w.add(t, area, true)
		}
		w.run(area, func(units, rules []uint32) bool {
			leaves += j.region(class, units, rules, holes)
			return false
		})
	}
	return leaves
}

// region compares the two lists where the same rules apply, and answers in how
// many leaves something changes.
func (j *joint) region(class int, units, rules []uint32, holes map[handover][]hole) int {
	var side [sides][]uint32
	for _, pos := range rules {
		role := j.list.entries[pos].role
		side[role] = append(side[role], pos)
	}
	for i := range side {
		slices.Sort(side[i])
	}
	moves := j.moves(class, j.leaf(units[0]), side)
	n := 0
	for _, unit := range units {
		if len(moves) > 0 {
			n += j.leaves(unit)
		}
		for _, m := range moves {
			holes[m.handover] = append(holes[m.handover], hole{class: class, unit: unit, leaf: j.leaf(unit), witness: m.witness})
		}
	}
	return n
}

// moves are the changes between the rules of the two lists that apply in a leaf,
// in order of rank.
func (j *joint) moves(class int, leaf uint32, side [sides][]uint32) []moved {
	for i := range side {
		if n := slices.IndexFunc(side[i], func(pos uint32) bool { return j.list.entries[pos].free() }); n >= 0 {
			side[i] = side[i][:n+1]
		}
	}
	alone := func(pos uint32) bool { return j.single[pos] }
	if !slices.ContainsFunc(side[0], alone) && !slices.ContainsFunc(side[1], alone) {
		return nil // what is alone comes after a rule that always applies
	}
	var out []moved
	for a := range len(side[0]) + 1 {
		for b := range len(side[1]) + 1 {
			m, ok := j.try(class, leaf, side, a, b, out)
			if ok {
				out = append(out, m)
			}
		}
	}
	return out
}

// try looks for a query whose first rule is the a-th in the old list and the b-th
// in the new one, beyond the last none, and whose change is not among the seen.
func (j *joint) try(class int, leaf uint32, side [sides][]uint32, a, b int, seen []moved) (moved, bool) {
	l := j.list
	var move handover
	var named []uint32
	within := everything
	if a < len(side[0]) {
		e := &l.entries[side[0][a]]
		move.from, named, within = e.who, append(named, side[0][a]), within.and(boxOf(e))
	}
	if b < len(side[1]) {
		e := &l.entries[side[1][b]]
		move.to, named, within = e.who, append(named, side[1][b]), within.and(boxOf(e))
	}
	if move.from == move.to || len(named) == 2 && !j.compatible(named[0], named[1]) ||
		slices.ContainsFunc(seen, func(m moved) bool { return m.handover == move }) {
		return moved{}, false
	}
	blockers := append(append(j.rules[:0], side[0][:a]...), side[1][:b]...)
	j.rules = blockers
	s, ok := j.free(within, named, blockers)
	if !ok {
		return moved{}, false
	}
	q := j.query(class, leaf, s)
	q.Owners = j.owners
	return moved{move, s}, holder(j.old.Match(q)) != holder(j.new.Match(q))
}
