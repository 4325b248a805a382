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
	owners   []LayerOwner
	known    map[[sides]uint32][]moved // by the two lists of cells
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
	j := &joint{check: newCheck(l), old: old, new: new, owners: l.everyOwner(), known: map[[sides]uint32][]moved{}}
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

// moved is a change and a query, but for its matter and area, that shows it.
type moved struct {
	handover
	witness spot
}

// compare fills in the cells and changes.
func (j *joint) compare(x *Impact) {
	total := j.counts(nil)
	x.Cells = total[Any] * j.leaves(0)
	holes := map[handover][]hole{}
	for class := range j.classes {
		leaves, ok := j.byCells(class, holes)
		if !ok {
			leaves = j.byTables(class, holes)
		}
		x.Changed += len(j.classes[class].members) * leaves
	}
	for _, list := range holes {
		for _, p := range j.cover(list, total) {
			q := j.query(p.class, p.leaf, p.witness)
			q.Matter = p.witnessMatter
			q.Owners = j.owners
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
