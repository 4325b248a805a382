package audit

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/spatial"
)

// ownership says what a group's outcome means.
func (a *auditor) ownership(g *group, o *outcome) []Finding {
	parent := a.infos[g.parent].Code
	if o.tangled {
		return []Finding{{Kind: Tangled, Severity: Error, Units: a.tangledUnits(g), Parent: parent}}
	}
	b := bundle{a: a, g: g}
	for i := range o.patches {
		b.take(&o.patches[i])
	}
	found := b.findings()
	return append(found, a.junctions(g, o.tees)...)
}

func (a *auditor) tangledUnits(g *group) []grid.Code {
	if g.parent != 0 {
		return []grid.Code{a.infos[g.parent].Code}
	}
	return a.codesOf(g.members)
}

// codesOf are the codes of units, ascending.
func (a *auditor) codesOf(refs []grid.Ref) []grid.Code {
	out := make([]grid.Code, len(refs))
	for i, r := range refs {
		out[i] = a.infos[r].Code
	}
	slices.Sort(out)
	return out
}

// bundle gathers patches of which the same is said.
type bundle struct {
	a     *auditor
	g     *group
	items []item
}

// item is one thing said of one patch.
type item struct {
	kind  Kind
	units []grid.Code
	thin  bool
	*patch
}

func (b *bundle) take(p *patch) {
	thin := p.width < b.a.opts.SliverMeters
	say := func(kind Kind, members []int32) {
		refs := make([]grid.Ref, len(members))
		for i, m := range members {
			refs[i] = b.g.members[m]
		}
		b.items = append(b.items, item{kind, b.a.codesOf(refs), thin, p})
	}
	if b.g.aim == apart {
		if b.across(p) {
			say(Across, p.units)
		}
		return
	}
	if len(p.units) > 1 {
		say(Overlap, p.units)
	}
	switch {
	case b.g.aim == enclosing:
		if len(p.units) == 0 && len(p.around) > 1 { // else a hole that one unit has drawn itself
			say(Hole, p.around)
		}
	case len(p.units) == 0 && p.edge:
		say(Uncovered, p.around)
	case len(p.units) == 0:
		say(Gap, p.around)
	case !p.inside:
		for _, u := range p.units {
			say(Outside, []int32{u})
		}
	}
}

// across reports whether the units in a patch of a layer have different parents,
// and whether this layer is the one to say so: the innermost of leaves, which
// shows all leaves, else the one that the units with children are on.
func (b *bundle) across(p *patch) bool {
	mixed, inner := false, false
	for _, u := range p.units {
		r := b.g.members[u]
		mixed = mixed || b.a.parents[r] != b.a.parents[b.g.members[p.units[0]]]
		inner = inner || !b.a.infos[r].Leaf
	}
	return mixed && (inner || b.g.level == len(b.a.m.Levels())-1)
}

// findings makes one finding of the items with the same kind, units and thinness.
func (b *bundle) findings() []Finding {
	same := func(p, q item) int {
		return cmp.Or(cmp.Compare(slices.Index(kinds, p.kind), slices.Index(kinds, q.kind)),
			slices.Compare(p.units, q.units), cmp.Compare(boolean(p.thin), boolean(q.thin)))
	}
	slices.SortStableFunc(b.items, func(p, q item) int {
		return cmp.Or(same(p, q), cmp.Compare(q.area, p.area), cmp.Compare(p.at[0], q.at[0]), cmp.Compare(p.at[1], q.at[1]))
	})
	var found []Finding
	for i := 0; i < len(b.items); {
		first := b.items[i]
		f := Finding{
			Kind: first.kind, Severity: Error, Units: first.units, Parent: b.a.infos[b.g.parent].Code,
			At: first.at, HasAt: true, Inside: first.hit, WidthMeters: first.width, Thin: first.thin,
		}
		if f.Kind == Hole || f.Thin {
			f.Severity = Warning
		}
		for ; i < len(b.items) && same(b.items[i], first) == 0; i++ {
			f.Geometry = append(f.Geometry, slices.Clone(b.items[i].polygon))
			f.SquareMeters += b.items[i].area
		}
		if f.Kind == Outside {
			f.In = b.a.holding(f.At, b.g.parent)
		}
		found = append(found, f)
	}
	return found
}

// holding are the units on parent's level, but itself, that hold a place.
func (a *auditor) holding(at orb.Point, parent grid.Ref) []grid.Code {
	if a.tree == nil {
		innermost := len(a.m.Levels()) - 1
		var items []spatial.Item
		for r := range a.m.All() {
			if b := &a.borders[r]; b.known() && a.infos[r].Level < innermost {
				items = append(items, spatial.Item{Box: treeBox(box{b.low, b.high}), ID: uint32(r)})
			}
		}
		a.tree, _ = spatial.Build(items) // no error: the corners are finite and in order
	}
	p := pointOf(at)
	var out []grid.Code
	for _, id := range a.tree.Search(treeBox(box{p, p}), nil) {
		r := grid.Ref(id)
		if r == parent || a.infos[r].Level != a.infos[parent].Level {
			continue
		}
		in := false
		for _, d := range a.borders[r].darts {
			if toggles(d.a, d.b, p) {
				in = !in
			}
		}
		if in {
			out = append(out, a.infos[r].Code)
		}
	}
	slices.Sort(out)
	return out
}

// junctions makes one finding of each two units that share a border with
// vertices only one of them has. Of units with one parent their family says it,
// not a layer.
func (a *auditor) junctions(g *group, tees []tee) []Finding {
	if g.aim == apart {
		tees = slices.DeleteFunc(tees, func(t tee) bool {
			return a.parents[g.members[t.vertex]] == a.parents[g.members[t.edge]]
		})
	}
	code := func(unit int32) grid.Code {
		if unit < 0 {
			return a.infos[g.parent].Code
		}
		return a.infos[g.members[unit]].Code
	}
	var found []Finding
	for i := 0; i < len(tees); {
		first, from := tees[i], i
		for i < len(tees) && tees[i].vertex == first.vertex && tees[i].edge == first.edge {
			i++
		}
		found = append(found, Finding{
			Kind: Junction, Severity: Note, Units: []grid.Code{code(first.vertex), code(first.edge)},
			Parent: a.infos[g.parent].Code, At: first.at.degrees(), HasAt: true, Inside: true,
			Args: []string{strconv.Itoa(i - from)},
		})
	}
	return found
}
