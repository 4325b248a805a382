package dispatch

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/code"
)

// check is one run of Findings. It goes through the cells of the list: a class
// of matters that the same rules speak of, times a set of leaves that the same
// rules speak of. What can happen within a cell is settled by spot.
type check struct {
	list     *List
	time     *timeline
	classes  []matterClass
	areas    map[uint32][]uint32 // areas that rules of a prefix name, ascending
	alive    []bool              // by position: first for some query
	before   []int               // by position: a rule that goes before it, -1 unknown
	holes    []hole
	pairs    []tiePair
	paired   map[[2]uint32]bool
	expired  []Finding
	reported []bool         // by position: its absent party is among expired
	home     map[uint32]int // first matter class that a prefix covers
}

// matterClass is the matters that the same rules speak of.
type matterClass struct {
	name     Code     // stands for all of them in a query
	members  []Code   // all of them, by code
	prefixes []uint32 // the numbers of the rules' prefixes that cover them
}

// region is whole units with the same rules: those of one matter class.
type region struct {
	class int
	units []uint32 // 0 alone is everywhere
	first uint32   // a leaf in it
}

// hole is a unit in which some query about a matter class has no lead.
type hole struct {
	class   int
	unit    uint32
	leaf    uint32 // in which the witness is; 0 is the unit's first
	witness spot
}

func newCheck(l *List) *check {
	c := &check{
		list: l, time: newTimeline(l), areas: map[uint32][]uint32{},
		alive: make([]bool, len(l.rules)), before: make([]int, len(l.rules)), paired: map[[2]uint32]bool{},
		reported: make([]bool, len(l.rules)), home: map[uint32]int{},
	}
	for i := range c.before {
		c.before[i] = -1
	}
	for _, key := range slices.Sorted(maps.Keys(l.buckets)) {
		c.areas[uint32(key>>32)] = append(c.areas[uint32(key>>32)], uint32(key))
	}
	c.classify()
	return c
}

// classify groups the matters that can be asked for by the deepest prefix that
// covers them, which settles all the others.
func (c *check) classify() {
	l := c.list
	matters := slices.Sorted(maps.Keys(l.matters))
	if len(matters) == 0 {
		matters = append(slices.Sorted(maps.Keys(l.prefixes)), c.unnamed())
	}
	slots := map[uint32]int{}
	for _, m := range matters {
		var chain []uint32
		for p := m; p != ""; p = ParentMatter(p) {
			if id, ok := l.prefixes[p]; ok {
				chain = append(chain, id)
			}
		}
		chain = append(chain, 0)
		slot, ok := slots[chain[0]]
		if !ok {
			slot = len(c.classes)
			slots[chain[0]] = slot
			c.classes = append(c.classes, matterClass{name: m, prefixes: chain})
			for _, prefix := range chain {
				if _, ok := c.home[prefix]; !ok {
					c.home[prefix] = slot
				}
			}
		}
		c.classes[slot].members = append(c.classes[slot].members, m)
	}
}

// unnamed is a matter that no rule names: it stands for all the rest.
func (c *check) unnamed() Code {
	name := code.Code("other")
	for n := 2; ; n++ {
		if _, ok := c.list.prefixes[name]; !ok {
			return name
		}
		name = Code("other-" + strconv.Itoa(n))
	}
}

// sweep visits every region of every matter class for one role.
func (c *check) sweep(role int) {
	for i := range c.classes {
		var touched []areaRun
		for _, prefix := range c.classes[i].prefixes {
			var own []areaRun
			for _, area := range c.areas[prefix] {
				b := c.list.buckets[bucketKey(prefix, area)]
				if run := c.list.run(&b, role); len(run) > 0 {
					own = append(own, areaRun{area, run})
				}
			}
			touched = mergeRuns(touched, own)
		}
		c.descend(role, i, 0, touched, nil)
	}
}

// areaRun is the rules of one role and prefix that name an area.
type areaRun struct {
	area uint32
	run  []uint32
}

// mergeRuns merges two lists that ascend by area.
func mergeRuns(a, b []areaRun) []areaRun {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	out := make([]areaRun, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].area <= b[0].area {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// descend splits a unit into regions. touched are the rules that name the unit
// or one below it, by area; rules those that name one above it, by position.
// The depth is that of the map's levels.
func (c *check) descend(role, class int, unit uint32, touched []areaRun, rules []uint32) {
	own := 0
	for own < len(touched) && touched[own].area == unit {
		rules = mergePositions(rules, touched[own].run)
		own++
	}
	touched = touched[own:]
	if len(touched) == 0 {
		c.settle(role, region{class: class, units: []uint32{unit}, first: c.leaf(unit)}, rules)
		return
	}
	var plain []uint32
	for child := unit + 1; child <= c.list.last[unit]; child = c.list.last[child] + 1 {
		n := 0
		for n < len(touched) && touched[n].area <= c.list.last[child] {
			n++
		}
		if n == 0 {
			plain = append(plain, child)
			continue
		}
		c.descend(role, class, child, touched[:n], rules)
		touched = touched[n:]
	}
	if len(plain) > 0 {
		c.settle(role, region{class: class, units: plain, first: c.leaf(plain[0])}, rules)
	}
}

// mergePositions merges two ascending lists into a new one.
func mergePositions(a, b []uint32) []uint32 {
	out := make([]uint32, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0] < b[0] {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// leaf is the first leaf in a unit; 0 is everywhere.
func (c *check) leaf(unit uint32) uint32 {
	for unit < c.list.last[unit] {
		unit++
	}
	return unit
}

// query is the witness of a spot in a region.
func (c *check) query(class int, leaf uint32, s spot) Query {
	q := Query{Matter: c.classes[class].name, Area: grid.Ref(leaf), At: time.UnixMilli(s.at).UTC(), Cost: s.cost}
	for _, pos := range s.named {
		r := c.list.rules[pos]
		if r.Class != "" && !slices.Contains(q.Classes, r.Class) {
			q.Classes = append(q.Classes, r.Class)
		}
		q.Condition = cmp.Or(q.Condition, r.Condition)
		q.Channel = cmp.Or(q.Channel, r.Channel)
	}
	slices.Sort(q.Classes)
	return q
}

// finding fills in what every finding with a witness has.
func (c *check) finding(f Finding, class int, leaf uint32, s spot) Finding {
	f.Witness, f.HasWitness = c.query(class, leaf, s), true
	f.Place = c.list.m.Info(grid.Ref(leaf)).Code
	return f
}

// areaCode names a unit in a finding.
func (c *check) areaCode(unit uint32) Code {
	if unit == 0 {
		return Any
	}
	return c.list.m.Info(grid.Ref(unit)).Code
}
