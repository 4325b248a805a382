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
//
// Two facts keep it short. A deeper prefix only adds rules, so what a rule of
// some prefix can do shows in the classes next below that prefix, and what has a
// lead everywhere above has one below. And within a table a deeper area goes
// first, so a bucket is looked at where no deeper one is, then elsewhere only as
// long as something about it is open.
type check struct {
	list     *List
	time     *timeline
	classes  []matterClass
	classOf  []int      // by prefix: the class whose deepest prefix it is, -1 none
	below    [][]uint32 // by prefix: those next below
	alive    []bool     // by position: first for some query
	hopeless []bool     // by position: never first, because of its own bucket
	before   []int      // by position: a rule that goes before it, -1 unknown
	turns    []turn
	holes    [gapKinds][]hole
	pairs    []tiePair
	apart    map[[2]uint32]bool // pairs that never tie, because of their own bucket
	groups   [2][]uint32        // union-find over positions: of ties, of crossings
	expired  []Finding
	reported []bool               // by position: its absent party is among expired
	firstAt  map[uint32]firstSpot // by position: where a lead without a budget is first
	unowned  []Finding
	orphaned []bool         // by position: it is among unowned
	home     map[uint32]int // first matter class that a prefix covers

	own, rules   []uint32 // memory used again: of settle, of what it calls
	in           []*entry // of free
	dates, costs []int64
}

// matterClass is the matters that the same rules speak of.
type matterClass struct {
	name    Code   // stands for all of them in a query
	members []Code // all of them, by code
	prefix  uint32 // the deepest that covers them
}

// hole is a unit in which some query about a matter class has no lead.
type hole struct {
	class   int
	unit    uint32    // 0 is everywhere
	rules   []uint32  // lead rules that speak of it
	gaps    *gapSpots // shared by all with these rules
	leaf    uint32    // in which the witness is; 0 is the unit's first
	witness spot
}

func newCheck(l *List) *check {
	n := len(l.rules)
	c := &check{
		list: l, time: newTimeline(l), turns: l.turns(), classOf: make([]int, len(l.up)), below: make([][]uint32, len(l.up)),
		alive: make([]bool, n), hopeless: make([]bool, n), before: make([]int, n), apart: map[[2]uint32]bool{},
		reported: make([]bool, n), orphaned: make([]bool, n), firstAt: map[uint32]firstSpot{}, home: map[uint32]int{},
	}
	for kind := range c.groups {
		c.groups[kind] = make([]uint32, n)
		for i := range c.groups[kind] {
			c.groups[kind][i] = uint32(i)
		}
	}
	for i := range c.before {
		c.before[i] = -1
	}
	for prefix, up := range l.up {
		c.classOf[prefix] = -1
		if up != nowhere {
			c.below[up] = append(c.below[up], uint32(prefix))
		}
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
			c.classes = append(c.classes, matterClass{name: m, prefix: chain[0]})
			c.classOf[chain[0]] = slot
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
