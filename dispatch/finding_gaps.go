package dispatch

import (
	"maps"
	"slices"
)

// open finds the holes of a prefix and of all below it, given those of the next
// shorter prefix: where that one has a lead for every query, so do they.
func (c *check) open(prefix uint32, above []hole) {
	l := c.list
	link := l.roles[0].links[prefix]
	var mine []hole
	for _, h := range above {
		w := walk{list: l}
		for _, t := range l.tables[link.at : link.at+link.n] {
			w.add(&t, h.unit, true)
		}
		if !w.touched() {
			mine = append(mine, h)
			continue
		}
		w.run(h.unit, func(units []uint32, rules []uint32) bool {
			all := slices.Concat(h.rules, rules)
			if s, ok := c.free(everything, nil, all); ok {
				gaps := new(gapSpots)
				for _, unit := range units {
					mine = append(mine, hole{unit: unit, rules: all, witness: s, gaps: gaps})
				}
			}
			return false
		})
	}
	if class := c.classOf[prefix]; class >= 0 {
		for _, h := range mine {
			h.class = class
			c.note(h)
		}
	}
	if len(mine) == 0 {
		return
	}
	for _, below := range c.below[prefix] {
		c.open(below, mine)
	}
}

// gaps turns holes into findings, kind by kind.
func (c *check) gaps() []Finding {
	var out []Finding
	total := c.counts(nil)
	for kind, holes := range c.holes {
		for _, p := range c.cover(holes, total) {
			f := Finding{Severity: SeverityError, Code: gapCodes[kind], Role: Lead, Matter: p.matter, Area: c.areaCode(p.unit)}
			f = c.finding(f, p.class, p.leaf, p.witness)
			f.Witness.Matter = p.witnessMatter
			out = append(out, f)
		}
	}
	return out
}

// pairing is a matter, with all below it, and a unit that are holes throughout.
type pairing struct {
	hole
	matter        Code
	witnessMatter Code
	cells         int // matters × leaves
}

// cover finds the smallest covering pairs of holes: for each matter class the
// widest units that are holes throughout, then for each such unit the widest
// matters. total is how many matters lie under each prefix.
func (c *check) cover(holes []hole, total map[Code]int) []pairing {
	byClass := map[int]map[uint32]hole{}
	for _, h := range holes {
		if byClass[h.class] == nil {
			byClass[h.class] = map[uint32]hole{}
		}
		byClass[h.class][h.unit] = h
	}
	byUnit := map[uint32][]hole{}
	for _, class := range slices.Sorted(maps.Keys(byClass)) {
		for _, h := range c.widen(byClass[class]) {
			byUnit[h.unit] = append(byUnit[h.unit], h)
		}
	}
	var out []pairing
	for _, unit := range slices.Sorted(maps.Keys(byUnit)) {
		out = append(out, c.name(unit, byUnit[unit], total)...)
	}
	return out
}

// widen replaces units by their parent when all its children are holes, and
// answers the widest ones by number. A parent keeps a child's witness.
func (c *check) widen(holes map[uint32]hole) []hole {
	if len(holes) == 0 {
		return nil
	}
	l := c.list
	missing := map[uint32]int{} // children of a unit that are no holes, once one is
	queue := slices.Sorted(maps.Keys(holes))
	for len(queue) > 0 {
		unit := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		up := l.parent[unit]
		if unit == 0 {
			continue
		}
		if _, ok := missing[up]; !ok {
			for child := up + 1; child <= l.last[up]; child = l.last[child] + 1 {
				missing[up]++
			}
		}
		if missing[up]--; missing[up] == 0 {
			h := holes[unit]
			if h.leaf == 0 {
				h.leaf = c.leaf(unit)
			}
			h.unit = up
			holes[up] = h
			queue = append(queue, up)
		}
	}
	var out []hole
	for _, unit := range slices.Sorted(maps.Keys(holes)) {
		if _, inside := holes[l.parent[unit]]; unit == 0 || !inside {
			h := holes[unit]
			if h.leaf == 0 {
				h.leaf = c.leaf(unit)
			}
			out = append(out, h)
		}
	}
	return out
}

// counts is how many matters lie under each prefix: of the given classes, or of
// all when nil.
func (c *check) counts(classes []int) map[Code]int {
	n := map[Code]int{}
	add := func(class matterClass) {
		for _, m := range class.members {
			n[Any]++
			for p := m; p != ""; p = ParentMatter(p) {
				n[p]++
			}
		}
	}
	if classes == nil {
		for _, class := range c.classes {
			add(class)
		}
	}
	for _, i := range classes {
		add(c.classes[i])
	}
	return n
}

// name makes the pairs of one unit: one for each widest prefix under which every
// matter has a hole there.
func (c *check) name(unit uint32, holes []hole, total map[Code]int) []pairing {
	classes := make([]int, len(holes))
	for i, h := range holes {
		classes[i] = h.class
	}
	have := c.counts(classes)
	named := map[Code]bool{}
	var out []pairing
	for _, h := range holes {
		for _, m := range c.classes[h.class].members {
			widest := m
			for p := ParentMatter(m); p != "" && have[p] == total[p]; p = ParentMatter(p) {
				if have[p] > have[widest] {
					widest = p
				}
			}
			if have[Any] == total[Any] {
				widest = Any
			}
			if !named[widest] {
				named[widest] = true
				out = append(out, pairing{hole: h, matter: widest, witnessMatter: m, cells: have[widest] * c.leaves(unit)})
			}
		}
	}
	return out
}

// leaves is how many leaves a unit has.
func (c *check) leaves(unit uint32) int {
	n := 0
	for u := max(unit, 1); u <= c.list.last[unit]; u++ {
		if c.list.last[u] == u {
			n++
		}
	}
	return n
}
