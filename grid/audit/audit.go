package audit

import (
	"slices"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/spatial"
)

// Options configures Audit. The zero value is usable.
type Options struct {
	// SliverMeters is the width below which an overlap, a gap or an overhang is
	// thin and so a warning: 0 is SliverMetersDefault, negative is no width.
	SliverMeters float64
	// UnitMeters is the width below which a leaf is a Sliver: 0 is
	// UnitMetersDefault, negative is no width.
	UnitMeters float64
	// Parallel runs do(0) … do(n-1) in any order, on as many goroutines as it
	// likes, and returns when all are done. nil runs them one after another.
	Parallel func(n int, do func(i int))
}

// Limits and what zero options mean.
const (
	// SliverMetersDefault is about a step: less than anybody looks at on the
	// ground, more than what is left of the rounding of coordinates.
	SliverMetersDefault = 0.5
	// UnitMetersDefault is narrower than any lane between two houses.
	UnitMetersDefault = 2
	// FindingsMax is how many findings a Report lists; the rest is counted.
	FindingsMax = 10_000
)

func (o Options) withDefaults() Options {
	if o.SliverMeters == 0 {
		o.SliverMeters = SliverMetersDefault
	}
	if o.UnitMeters == 0 {
		o.UnitMeters = UnitMetersDefault
	}
	return o
}

// chunk is the number of units that one call of Options.Parallel's do prepares.
const chunk = 256

// Audit compares the units of m with each other. It depends on nothing but the
// map and the options; Options.Parallel changes no answer. A nil Map is empty.
//
// A unit with children whose boundary is missing, or holds no place, stands for
// the units in it: they are compared with its siblings, in its parent.
//
// Clean data take O(n) in vertices, but for the outline of all outermost units,
// O(n log n). Units that are not proved clean are drawn around what is wrong,
// O((n+k) log n) for k crossings, and then the units of every level are compared
// across their parents too. Borders that cross more than about 4 times an edge, or
// faces that lie in very many units, are refused as Tangled.
func Audit(m *grid.Map, opts Options) *Report {
	a := &auditor{m: m, opts: opts.withDefaults()}
	a.prepare()
	families := a.families()
	outcomes := a.examine(families)
	r := &Report{proved: map[grid.Code]bool{}}
	r.complete = a.judge(families, outcomes, r.proved)
	if !r.complete {
		layers := a.layers()
		families, outcomes = append(families, layers...), append(outcomes, a.examine(layers)...)
	}
	var found []Finding
	for i, g := range families {
		found = append(found, a.ownership(g, &outcomes[i])...)
	}
	found = append(found, a.single()...)
	found = append(found, a.positions()...)
	found = append(found, a.sums()...)
	found = append(found, a.codes()...)
	r.certify(a, found)
	return r
}

// auditor holds what an audit works on.
type auditor struct {
	m       *grid.Map
	opts    Options
	borders []border // by Ref
	infos   []grid.Info
	parents []grid.Ref    // nearest unit further out with a boundary
	tree    *spatial.Tree // of the units that may be parents; see holding
}

// parallel runs do for 0 … n-1, whatever Options.Parallel leaves out.
func (a *auditor) parallel(n int, do func(i int)) {
	done := make([]bool, n)
	once := func(i int) {
		if i >= 0 && i < n && !done[i] {
			do(i)
			done[i] = true
		}
	}
	if a.opts.Parallel != nil && n > 1 {
		a.opts.Parallel(n, once)
	}
	for i := range n {
		once(i)
	}
}

// prepare reads the boundaries.
func (a *auditor) prepare() {
	n := a.m.Len() + 1
	a.borders, a.infos, a.parents = make([]border, n), make([]grid.Info, n), make([]grid.Ref, n)
	knotted := knots(a.m)
	a.parallel((n+chunk-1)/chunk, func(i int) {
		for r := max(i*chunk, 1); r < min((i+1)*chunk, n); r++ {
			info := a.m.Info(grid.Ref(r))
			a.infos[r] = info
			a.borders[r] = borderOf(a.m.Boundary(grid.Ref(r)), knotted[info.Code])
		}
	})
	for r := range a.m.All() {
		if up := a.m.Parent(r); up == 0 || a.borders[up].known() {
			a.parents[r] = up
		} else {
			a.parents[r] = a.parents[up] // a parent comes before its subtree
		}
	}
}

// families are the outermost units, then of each unit with a boundary those in it.
func (a *auditor) families() []*group {
	byParent := make([]*group, a.m.Len()+1)
	byParent[0] = &group{aim: enclosing}
	families := []*group{byParent[0]}
	for r := range a.m.All() {
		if !a.infos[r].Leaf && !a.borders[r].known() {
			continue // its children stand for it
		}
		up := a.parents[r]
		if byParent[up] == nil {
			byParent[up] = &group{aim: partition, parent: up, outer: &a.borders[up]}
			families = append(families, byParent[up])
		}
		byParent[up].add(a, r)
	}
	return families
}

func (g *group) add(a *auditor, r grid.Ref) {
	g.members = append(g.members, r)
	g.borders = append(g.borders, &a.borders[r])
}

// layers are, of every level but the outermost, its units and the leaves further
// out.
func (a *auditor) layers() []*group {
	var layers []*group
	for level := 1; level < len(a.m.Levels()); level++ {
		g := &group{aim: apart, level: level}
		for r := range a.m.All() {
			info := a.infos[r]
			if a.borders[r].known() && (info.Level == level || info.Level < level && info.Leaf) {
				g.add(a, r)
			}
		}
		layers = append(layers, g)
	}
	return layers
}

func (a *auditor) examine(groups []*group) []outcome {
	outcomes := make([]outcome, len(groups))
	a.parallel(len(groups), func(i int) { outcomes[i] = groups[i].examine() })
	return outcomes
}

// judge notes which units are proved, and reports whether all are and the
// outermost units do not overlap.
func (a *auditor) judge(families []*group, outcomes []outcome, proved map[grid.Code]bool) bool {
	complete := true
	for i, g := range families {
		o := &outcomes[i]
		if g.aim == partition {
			proved[a.infos[g.parent].Code] = o.clean
			complete = complete && o.clean
			continue
		}
		several := func(p patch) bool { return len(p.units) > 1 }
		complete = complete && !o.tangled && !slices.ContainsFunc(o.patches, several)
	}
	return complete
}
