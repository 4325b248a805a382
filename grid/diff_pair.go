package grid

import (
	"cmp"
	"slices"
)

// differ is the work of one Diff.
type differ struct {
	old, new *edition
	flows    []flow // of swept leaves, by old, then new
	into     []flow // the same by new, then old
	same     []Ref  // by old Ref: the unit's identity in the new map; 0 for none
	back     []Ref  // by new Ref: the other way
}

// pair finds for each leaf the leaf of the other map with the same rings: the one
// of the same code, or else the only other one on both sides.
func (d *differ) pair() {
	d.old.prepare()
	d.new.prepare()
	var loose []Ref
	for r := range d.old.m.Leaves(0) {
		other, ok := d.new.m.Lookup(d.old.code(r))
		if ok && d.new.m.Info(other).Leaf && d.sameRings(r, other) {
			d.old.twin[r], d.new.twin[other] = other, r
		} else {
			loose = append(loose, r)
		}
	}
	byShape := map[uint64][2][]Ref{}
	for _, r := range loose {
		k := shapeOf(d.old.m, r)
		byShape[k] = [2][]Ref{append(byShape[k][0], r), nil}
	}
	for r := range d.new.m.Leaves(0) {
		if d.new.twin[r] != 0 || len(byShape) == 0 {
			continue
		}
		k := shapeOf(d.new.m, r)
		if e, ok := byShape[k]; ok {
			byShape[k] = [2][]Ref{e[0], append(e[1], r)}
		}
	}
	for _, e := range byShape { // pairs do not depend on each other
		if len(e[0]) == 1 && len(e[1]) == 1 && d.sameRings(e[0][0], e[1][0]) {
			d.old.twin[e[0][0]], d.new.twin[e[1][0]] = e[1][0], e[0][0]
		}
	}
}

// sameRings reports whether two units have the same rings in the same order.
func (d *differ) sameRings(old, new Ref) bool {
	var rings [][]point
	for ring := range d.new.m.outline(new).rings() {
		rings = append(rings, ring)
	}
	n := 0
	for ring := range d.old.m.outline(old).rings() {
		if n == len(rings) || !slices.Equal(ring, rings[n]) {
			return false
		}
		n++
	}
	return n == len(rings)
}

// shapeOf is a number that is the same for the same rings (FNV-1a by points).
func shapeOf(m *Map, r Ref) uint64 {
	h := uint64(14695981039346656037)
	for ring := range m.outline(r).rings() {
		for _, p := range ring {
			h = (h ^ p.key()) * 1099511628211
			h ^= h >> 29
		}
	}
	return h
}

// stir marks the leaves whose land must be measured: those without a twin, those
// whose twin stands in another order of codes to a neighbour, and every leaf whose
// box meets one of these. All that a leaf left out can have in common with others
// is, then, the same in both maps, and so is what it owns.
func (d *differ) stir() {
	var boxes [][2]point
	add := func(s *edition, r Ref) {
		s.swept[r] = true
		if low, high, some := s.box(r); some {
			boxes = append(boxes, [2]point{low, high})
		}
	}
	var near []Ref
	for r := range d.old.m.Leaves(0) {
		if d.old.twin[r] == 0 || d.turned(r, &near) {
			add(d.old, r)
		}
	}
	for r := range d.new.m.Leaves(0) {
		if d.new.twin[r] == 0 || d.old.swept[d.new.twin[r]] {
			add(d.new, r)
		}
	}
	for _, b := range boxes {
		for _, s := range []*edition{d.old, d.new} {
			for _, r := range s.m.leavesNear(b[0], b[1], near[:0]) {
				s.swept[r] = true
			}
		}
	}
}

// turned reports whether a leaf has a twin of another code, which some neighbour
// had to yield to and has not any more, or the other way round.
func (d *differ) turned(r Ref, near *[]Ref) bool {
	code, now := d.old.code(r), d.new.code(d.old.twin[r])
	if code == now {
		return false
	}
	low, high, some := d.old.box(r)
	if !some {
		return false
	}
	*near = d.old.m.leavesNear(low, high, (*near)[:0])
	return slices.ContainsFunc(*near, func(n Ref) bool {
		twin := d.old.twin[n]
		return n != r && twin != 0 && cmp.Compare(code, d.old.code(n)) != cmp.Compare(now, d.new.code(twin))
	})
}
