package grid

import (
	"maps"
	"slices"
)

// identify finds which unit of the new map each old unit is.
func (d *differ) identify() {
	d.same, d.back = make([]Ref, d.old.m.Len()+1), make([]Ref, d.new.m.Len()+1)
	for r := range d.old.m.All() {
		if v, ok := d.new.m.Lookup(d.old.code(r)); ok {
			d.same[r], d.back[v] = v, r
		}
	}
	for r := range d.old.m.All() {
		if d.same[r] != 0 {
			continue
		}
		to := d.landOf(r).links()
		if len(to) != 1 || to[0] == 0 || d.back[to[0]] != 0 || d.old.m.Info(r).Leaf != d.new.m.Info(to[0]).Leaf {
			continue
		}
		if from := d.landTo(to[0]).links(); len(from) == 1 && from[0] == r {
			d.same[r], d.back[to[0]] = to[0], r
		}
	}
}

// land is how the land of one unit is shared out among units of the other map.
type land map[Ref]piece

// piece is a unit's part of land; 0 is nobody's.
type piece struct {
	area int64
	link bool // some of it is no sliver
}

func (l land) add(r Ref, f flow) {
	p := l[r]
	l[r] = piece{p.area + f.area, p.link || !f.sliver}
}

// links are the units that have more than slivers, ascending. Land that is all
// slivers is nobody's.
func (l land) links() []Ref {
	var out []Ref
	for r, p := range l {
		if p.link {
			out = append(out, r)
		}
	}
	slices.Sort(out)
	if len(out) == 0 && len(l) > 0 {
		return []Ref{0}
	}
	return out
}

func (l land) total() (sum int64) {
	for _, p := range l {
		sum += p.area
	}
	return sum
}

// landOf is where the land of an old unit went.
func (d *differ) landOf(r Ref) land {
	l := land{}
	peer := peers(d.old, r, d.new)
	for leaf := range d.old.m.Leaves(r) {
		for _, f := range d.out(leaf) {
			l.add(peer(f.new), f)
		}
	}
	return l
}

// landTo is where the land of a new unit came from.
func (d *differ) landTo(r Ref) land {
	l := land{}
	peer := peers(d.new, r, d.old)
	for leaf := range d.new.m.Leaves(r) {
		for _, f := range d.in(leaf) {
			l.add(peer(f.old), f)
		}
	}
	return l
}

// peers answers how a leaf of other stands for a unit that r is compared with:
// itself when r is a leaf, its ancestor on the level of r's level's name else.
func peers(s *edition, r Ref, other *edition) func(leaf Ref) Ref {
	info := s.m.Info(r)
	level := slices.Index(other.levels, s.levels[info.Level])
	if info.Leaf || level < 0 {
		return func(leaf Ref) Ref { return leaf }
	}
	return func(leaf Ref) Ref { return other.m.Ancestor(leaf, level) }
}

// sameLand reports whether no more than slivers passed between u and other units
// than v, or between v and others than u.
func (d *differ) sameLand(u, v Ref) bool {
	for leaf := range d.old.m.Leaves(u) {
		if !d.old.swept[leaf] {
			if !d.new.m.Contains(v, d.old.twin[leaf]) {
				return false
			}
			continue
		}
		for _, f := range d.out(leaf) {
			if !f.sliver && !d.new.m.Contains(v, f.new) {
				return false
			}
		}
	}
	for leaf := range d.new.m.Leaves(v) {
		if !d.new.swept[leaf] {
			if !d.old.m.Contains(u, d.new.twin[leaf]) {
				return false
			}
			continue
		}
		for _, f := range d.in(leaf) {
			if !f.sliver && !d.old.m.Contains(u, f.old) {
				return false
			}
		}
	}
	return true
}

// changes lists what is not kept.
func (d *differ) changes() *Changes {
	c := &Changes{old: d.old.m, new: d.new.m, byOld: map[Code]int32{}, byNew: map[Code]int32{}}
	for u := range d.old.m.All() {
		if change := d.change(u, d.same[u]); !change.Has(Kept) {
			c.list = append(c.list, change)
		}
	}
	for v := range d.new.m.All() {
		if d.back[v] == 0 {
			c.list = append(c.list, d.change(0, v))
		}
	}
	slices.SortFunc(c.list, compareChanges)
	for i, change := range c.list {
		if change.Old != "" {
			c.byOld[change.Old] = int32(i)
		}
		if change.New != "" {
			c.byNew[change.New] = int32(i)
		}
	}
	return c
}

// change is what became of one unit: u in the old map, v in the new one, either
// of which may be 0.
func (d *differ) change(u, v Ref) Change {
	c := Change{Old: d.old.code(u), New: d.new.code(v)}
	shaped := u == 0 || v == 0 || !d.sameLand(u, v) // also measures less
	add := func(kind ChangeKind, holds bool) {
		if holds {
			c.Kinds = append(c.Kinds, kind)
		}
	}
	if u != 0 && v != 0 {
		was, is := d.old.m.Info(u), d.new.m.Info(v)
		add(Recoded, was.Code != is.Code)
		add(Renamed, was.Name != is.Name)
		add(Restated, !maps.Equal(d.old.m.Counts(u), d.new.m.Counts(v)) || !maps.Equal(d.old.m.Attrs(u), d.new.m.Attrs(v)))
		add(Moved, d.moved(u, v))
		add(Reshaped, shaped)
		add(Redrawn, !shaped && !d.sameRings(u, v))
	}
	var to, from land
	if u != 0 && (shaped || d.old.m.Info(u).Leaf != d.new.m.Info(v).Leaf) {
		to = d.landOf(u)
		add(Divided, d.heirs(to, func(r Ref) int64 { return d.landTo(r).total() }))
	}
	if v != 0 && (shaped || d.old.m.Info(u).Leaf != d.new.m.Info(v).Leaf) {
		from = d.landTo(v)
		add(Merged, d.heirs(from, func(r Ref) int64 { return d.landOf(r).total() }))
	}
	add(Added, u == 0)
	add(Gone, v == 0)
	if len(c.Kinds) == 0 {
		c.Kinds = []ChangeKind{Kept}
		return c
	}
	if u != 0 && to == nil {
		to = d.landOf(u)
	}
	if v != 0 && from == nil {
		from = d.landTo(v)
	}
	c.To, c.From = to.shares(d.new), from.shares(d.old)
	return c
}

// heirs reports whether two or more units have more than half of their own land in l.
func (d *differ) heirs(l land, areaOf func(Ref) int64) bool {
	links := l.links()
	if len(links) < 2 {
		return false
	}
	n := 0
	for _, r := range links {
		if r != 0 && l[r].area > areaOf(r)-l[r].area {
			n++
		}
	}
	return n >= 2
}

// moved reports whether the parents are not the same unit, or the levels' names
// differ. Parents outside the maps are the same when their codes are.
func (d *differ) moved(u, v Ref) bool {
	was, is := d.old.m.Info(u), d.new.m.Info(v)
	if d.old.levels[was.Level] != d.new.levels[is.Level] {
		return true
	}
	p, q := d.old.m.Parent(u), d.new.m.Parent(v)
	if p == 0 && q == 0 {
		return was.Parent != is.Parent
	}
	return p == 0 || q == 0 || d.same[p] != q
}
