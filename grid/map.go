package grid

import (
	"iter"
	"maps"
	"slices"

	"github.com/paulmach/orb"
)

// Map is the units of one place and time: who lies in whom, and which leaf owns
// which place. It is immutable and safe for concurrent use. A nil and a zero
// Map are empty.
type Map struct {
	levels   []string
	infos    []Info // by Ref-1, as all slices to shapes
	parents  []Ref
	last     []Ref // last Ref of the subtree
	counts   []map[string]int64
	attrs    []map[string]string
	shapes   shapes
	leaves   []Ref // ascending
	byCode   map[Code]Ref
	findings []Finding
	hash     [32]byte
	index    *treeIndex
}

// Len is the number of units. Refs run from 1 to Len.
func (m *Map) Len() int {
	if m == nil {
		return 0
	}
	return len(m.infos)
}

// LeafCount is the number of leaves.
func (m *Map) LeafCount() int {
	if m == nil {
		return 0
	}
	return len(m.leaves)
}

// Levels is a copy of the names of the levels, outermost first.
func (m *Map) Levels() []string {
	if m == nil {
		return nil
	}
	return slices.Clone(m.levels)
}

// Hash is the SHA-256 of the map's canonical content: the levels' names and, in
// hierarchy order, each unit's level, code, parent and snapped rings as they
// were given. The order in which units were given does not matter, nor whether
// rings were closed; names, counts and attributes are not in it. The Hash of a
// nil or zero Map is zero.
func (m *Map) Hash() [32]byte {
	if m == nil {
		return [32]byte{}
	}
	return m.hash
}

// Findings is a copy of what Build found odd and accepted, sorted by unit code,
// then place (by longitude, then latitude), then kind.
func (m *Map) Findings() []Finding {
	if m == nil {
		return nil
	}
	out := slices.Clone(m.findings)
	for i := range out {
		out[i].Args = slices.Clone(out[i].Args)
	}
	return out
}

// has reports whether r is a unit of m.
func (m *Map) has(r Ref) bool { return r != 0 && int(r) <= m.Len() }

// Lookup answers the unit with code c. O(1).
func (m *Map) Lookup(c Code) (Ref, bool) {
	if m == nil {
		return 0, false
	}
	r, ok := m.byCode[c]
	return r, ok
}

// Info describes r. It is the zero Info for 0 and for a Ref beyond Len.
func (m *Map) Info(r Ref) Info {
	if !m.has(r) {
		return Info{}
	}
	return m.infos[r-1]
}

// Boundary is a copy of r's boundary as the Map sees it: snapped, every ring
// closed, points that repeat the one before and vanished rings left out. It is
// nil for a unit without one, for 0 and for a Ref beyond Len.
func (m *Map) Boundary(r Ref) orb.MultiPolygon {
	if !m.has(r) {
		return nil
	}
	return m.shapes.boundary(int(r - 1))
}

// Counts is a copy of the counts given with r, nil if there were none.
func (m *Map) Counts(r Ref) map[string]int64 {
	if !m.has(r) {
		return nil
	}
	return maps.Clone(m.counts[r-1])
}

// Attrs is a copy of the attributes given with r, nil if there were none.
func (m *Map) Attrs(r Ref) map[string]string {
	if !m.has(r) {
		return nil
	}
	return maps.Clone(m.attrs[r-1])
}

// All yields every unit in hierarchy order.
func (m *Map) All() iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		for r := Ref(1); m.has(r); r++ {
			if !yield(r) {
				return
			}
		}
	}
}
