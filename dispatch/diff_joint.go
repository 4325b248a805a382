package dispatch

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/gridgov/gridgov/internal/phrase"
)

// joint is the lead rules of two lists in one List, so that they have the same
// classes, intervals, labels and windows: those of the old list with the role
// lead, those of the new one with the role regulator.
type joint struct {
	*check
	old, new *List
	single   []bool // by position: the rule is in one list only
}

// sides are the roles that the two lists' rules have.
const sides = 2

func newJoint(old, new *List) *joint {
	l := &List{m: old.m, calendar: old.calendar, zone: old.zone}
	if len(old.windows) == 0 {
		l.calendar, l.zone = new.calendar, new.zone
	}
	l.matters = map[Code]Matter{}
	for _, side := range [...][2]*List{{old, new}, {new, old}} {
		for c, m := range side[0].matters {
			if _, ok := side[1].matters[c]; ok || len(side[1].matters) == 0 {
				l.matters[c] = m
			}
		}
	}
	l.plant(l.m)
	var ready []readyRule
	for side, from := range [...]*List{old, new} {
		for pos := range from.rules {
			if from.entries[pos].role == 0 {
				ready = append(ready, from.again(uint32(pos), rolesInOrder[side]))
			}
		}
	}
	l.arrange(ready)
	j := &joint{check: newCheck(l), old: old, new: new}
	j.pick()
	return j
}

// again is a compiled rule as Compile had it, in force as its version says, with
// another role.
func (l *List) again(pos uint32, role Role) readyRule {
	e := &l.entries[pos]
	r := readyRule{Rule: l.rules[pos], duty: l.duties[pos], rank: l.ranks[pos], layer: l.owners[pos], force: l.forces[pos]}
	r.Role = role
	r.area, _ = l.m.Lookup(r.Area)
	if e.window != 0 {
		r.window, r.timed = l.windows[e.window-1], true
	}
	return r
}

// sameRule is what two rules must share to be the same in every answer about who
// leads.
type sameRule struct {
	entry
	matter Code
	area   Code
	rank   Rank
}

// pick marks the rules that have no counterpart in the other list. Rules of one
// side that say the same count as one.
func (j *joint) pick() {
	l := j.list
	in := map[sameRule]uint8{}
	key := func(pos int) sameRule {
		k := sameRule{l.entries[pos], l.rules[pos].Matter, ruleArea(l.rules[pos]), l.ranks[pos]}
		k.role, k.entry.rank = 0, 0
		return k
	}
	for pos, e := range l.entries {
		in[key(pos)] |= 1 << e.role
	}
	j.single = make([]bool, len(l.rules))
	for pos := range l.rules {
		j.single[pos] = in[key(pos)] != 1<<sides-1
	}
}

// handover is the holders that a hole goes from and to, by entry.who; 0 is
// nobody.
type handover struct{ from, to uint32 }

// compare fills in the cells and changes.
func (j *joint) compare(x *Impact) {
	total := j.counts(nil)
	x.Cells = total[Any] * j.leaves(0)
	holes := map[handover][]hole{}
	for class := range j.classes {
		x.Changed += len(j.classes[class].members) * j.class(class, holes)
	}
	for _, list := range holes {
		for _, p := range j.cover(list, total) {
			q := j.query(p.class, p.leaf, p.witness)
			q.Matter = p.witnessMatter
			q.Owners = j.list.everyOwner()
			x.Changes = append(x.Changes, Change{
				Matter: p.matter, Area: j.areaCode(p.unit), Cells: p.cells, Witness: q, Place: j.list.m.Info(q.Area).Code,
				From: holder(j.old.Match(q)), To: holder(j.new.Match(q)),
			})
		}
	}
	slices.SortFunc(x.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(b.Cells, a.Cells), compareHolders(a.From, b.From), compareHolders(a.To, b.To),
			cmp.Compare(a.Matter, b.Matter), cmp.Compare(a.Area, b.Area))
	})
	x.Left = max(0, len(x.Changes)-ImpactMax)
	x.Changes = x.Changes[:len(x.Changes)-x.Left]
}

// everyOwner gives every layer that a rule names an owner called like the rule's
// party.
func (l *List) everyOwner() []LayerOwner {
	var out []LayerOwner
	for pos, layer := range l.owners {
		if o := (LayerOwner{layer, l.rules[pos].Party}); !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b LayerOwner) int { return cmp.Compare(a.Layer, b.Layer) })
	return out
}

// class collects what changes for one class of matters, and answers in how many
// leaves. It looks only where a rule of one list alone speaks.
func (j *joint) class(class int, holes map[handover][]hole) int {
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
	alone := func(pos uint32) bool { return j.single[pos] }
	if !slices.ContainsFunc(rules, alone) {
		return 0
	}
	var side [sides][]uint32
	for _, pos := range rules {
		side[j.list.entries[pos].role] = append(side[j.list.entries[pos].role], pos)
	}
	for i := range side {
		slices.Sort(side[i])
		if n := slices.IndexFunc(side[i], func(pos uint32) bool { return j.list.entries[pos].free() }); n >= 0 {
			side[i] = side[i][:n+1]
		}
	}
	if !slices.ContainsFunc(side[0], alone) && !slices.ContainsFunc(side[1], alone) {
		return 0 // what is alone comes after a rule that always applies
	}
	seen := map[handover]bool{}
	for a := range len(side[0]) + 1 {
		for b := range len(side[1]) + 1 {
			j.try(class, units, side, a, b, seen, holes)
		}
	}
	if len(seen) == 0 {
		return 0
	}
	n := 0
	for _, unit := range units {
		n += j.leaves(unit)
	}
	return n
}

// try looks for a query whose first rule is the a-th in the old list and the b-th
// in the new one; beyond the last there is none.
func (j *joint) try(class int, units []uint32, side [sides][]uint32, a, b int, seen map[handover]bool, holes map[handover][]hole) {
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
	if move.from == move.to || seen[move] || len(named) == 2 && !j.compatible(named[0], named[1]) {
		return
	}
	blockers := append(append([]uint32{}, side[0][:a]...), side[1][:b]...)
	s, ok := j.free(within, named, blockers)
	if !ok {
		return
	}
	leaf := j.leaf(units[0])
	q := j.query(class, leaf, s)
	q.Owners = l.everyOwner()
	if holder(j.old.Match(q)) == holder(j.new.Match(q)) {
		return
	}
	seen[move] = true
	for _, unit := range units {
		holes[move] = append(holes[move], hole{class: class, unit: unit, leaf: j.leaf(unit), witness: s})
	}
}

var diffPhrases = phrase.Catalog{
	"change": {"{0} in {1}: from {2} to {3}, {4} cells; {5}", "{0} 在 {1}：由 {2} 改为 {3}，共 {4} 格；{5}"},
	"nobody": {"nobody", "无人"},
}

// Text is the change in words: "zh" is Chinese, anything else English.
func (x Change) Text(lang string) string {
	say := func(code string, args ...string) string { return diffPhrases.Text(lang, code, args...) }
	who := func(h Holder) string {
		switch {
		case h.Party == "":
			return say("nobody")
		case h.Post != "":
			return string(h.Party) + "/" + string(h.Post)
		}
		return string(h.Party)
	}
	matter, area := string(x.Matter), string(x.Area)
	if x.Matter == Any {
		matter = findingPhrases.Text(lang, "any matter")
	}
	if x.Area == Any {
		area = findingPhrases.Text(lang, "everywhere")
	}
	f := Finding{Witness: x.Witness, Place: x.Place, HasWitness: true}
	return say("change", matter, area, who(x.From), who(x.To), strconv.Itoa(x.Cells), f.witness(lang))
}
