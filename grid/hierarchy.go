package grid

import (
	"iter"
	"slices"
)

// Parent is the unit that r lies in; 0 for an outermost unit, whose Info.Parent
// may still name a unit outside the Map, and for 0 and a Ref beyond Len.
func (m *Map) Parent(r Ref) Ref {
	if !m.has(r) {
		return 0
	}
	return m.ranks.parents[r-1]
}

// Ancestor is the unit on that level among r and the units it lies in; 0 when
// none of them is on that level. At most LevelsMax steps.
func (m *Map) Ancestor(r Ref, level int) Ref {
	for ; m.has(r); r = m.ranks.parents[r-1] {
		switch l := m.unit(r).info.Level; {
		case l == level:
			return r
		case l < level:
			return 0
		}
	}
	return 0
}

// Path yields the units that r lies in, outermost first, and r last. It yields
// nothing for 0 and for a Ref beyond Len.
func (m *Map) Path(r Ref) iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		var path [LevelsMax]Ref // a parent's level is smaller, so there are no more
		n := 0
		for at := r; m.has(at); at = m.ranks.parents[at-1] {
			path[n] = at
			n++
		}
		for ; n > 0; n-- {
			if !yield(path[n-1]) {
				return
			}
		}
	}
}

// Children yields the units that name r as their parent, by code; of 0, the
// outermost units. It yields nothing for a leaf and for a Ref beyond Len.
func (m *Map) Children(r Ref) iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		if r != 0 && !m.has(r) {
			return
		}
		for c, last := r+1, m.end(r); c <= last; c = m.ranks.last[c-1] + 1 {
			if !yield(c) {
				return
			}
		}
	}
}

// Leaves yields the leaves in r, r itself if it is one, in hierarchy order; of
// 0, all leaves. It yields nothing for a Ref beyond Len.
func (m *Map) Leaves(r Ref) iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		if m.LeafCount() == 0 {
			return
		}
		last := m.end(r)
		i, _ := slices.BinarySearch(m.ranks.leaves, r)
		for ; i < len(m.ranks.leaves) && m.ranks.leaves[i] <= last; i++ {
			if !yield(m.ranks.leaves[i]) {
				return
			}
		}
	}
}

// Contains reports whether inner is outer or lies in it. It is false when
// either is 0 or beyond Len. O(1).
func (m *Map) Contains(outer, inner Ref) bool {
	return m.has(outer) && outer <= inner && inner <= m.ranks.last[outer-1]
}

// Last is the last unit of r's subtree, r itself for a leaf: the units in r are
// those from r to Last(r). It is 0 for 0 and for a Ref beyond Len.
func (m *Map) Last(r Ref) Ref {
	if !m.has(r) {
		return 0
	}
	return m.ranks.last[r-1]
}

// end is Last, but of 0 the last unit of all.
func (m *Map) end(r Ref) Ref {
	if r == 0 {
		return Ref(m.Len())
	}
	return m.Last(r)
}
