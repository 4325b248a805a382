package dispatch

import (
	"maps"
	"slices"
)

// gaps turns holes into findings: for each matter class the widest units that
// are holes throughout, then for each such unit the widest matters.
func (c *check) gaps() []Finding {
	byClass := map[int]map[uint32]hole{}
	for _, h := range c.holes {
		if byClass[h.class] == nil {
			byClass[h.class] = map[uint32]hole{}
		}
		byClass[h.class][h.unit] = h
	}
	byUnit := map[uint32][]hole{}
	for class := range c.classes {
		for _, h := range c.widen(byClass[class]) {
			byUnit[h.unit] = append(byUnit[h.unit], h)
		}
	}
	total := c.counts(nil)
	var out []Finding
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

// name makes the findings of one unit: one for each widest prefix under which
// every matter has a hole there.
func (c *check) name(unit uint32, holes []hole, total map[Code]int) []Finding {
	classes := make([]int, len(holes))
	for i, h := range holes {
		classes[i] = h.class
	}
	have := c.counts(classes)
	named := map[Code]bool{}
	var out []Finding
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
			if named[widest] {
				continue
			}
			named[widest] = true
			f := Finding{Severity: SeverityError, Code: FindingGap, Role: Lead, Matter: widest, Area: c.areaCode(unit)}
			f = c.finding(f, h.class, h.leaf, h.witness)
			f.Witness.Matter = m
			out = append(out, f)
		}
	}
	return out
}
