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
	strict   bool
	parallel func(n int, do func(i int))
	units    table
	ranks    *ranks
	codes    codebook
	free     []uint32     // slots that edits left
	vertices int          // points of all boundaries, as given
	outside  map[Code]int // how many outermost units name a parent outside the Map
	index    index
	findings func() []Finding // sorted
	hash     func() [32]byte
}

// Len is the number of units. Refs run from 1 to Len.
func (m *Map) Len() int {
	if m == nil || m.ranks == nil {
		return 0
	}
	return len(m.ranks.parents)
}

// LeafCount is the number of leaves.
func (m *Map) LeafCount() int {
	if m == nil || m.ranks == nil {
		return 0
	}
	return len(m.ranks.leaves)
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
	if m == nil || m.hash == nil {
		return [32]byte{}
	}
	return m.hash()
}

// Findings is a copy of what Build found odd and accepted, sorted by unit code,
// then place (by longitude, then latitude), then kind.
func (m *Map) Findings() []Finding {
	if m == nil || m.findings == nil {
		return nil
	}
	out := slices.Clone(m.findings())
	for i := range out {
		out[i].Args = slices.Clone(out[i].Args)
	}
	return out
}

// has reports whether r is a unit of m.
func (m *Map) has(r Ref) bool { return r != 0 && int(r) <= m.Len() }

// unit is what m keeps of r, a unit of m.
func (m *Map) unit(r Ref) *unit { return m.units.at(m.ranks.slot(r)) }

// Lookup answers the unit with code c. O(1).
func (m *Map) Lookup(c Code) (Ref, bool) {
	if m == nil || m.ranks == nil {
		return 0, false
	}
	slot, ok := m.codes.slot(c)
	if !ok {
		return 0, false
	}
	return m.ranks.ref(slot), true
}

// Info describes r. It is the zero Info for 0 and for a Ref beyond Len.
func (m *Map) Info(r Ref) Info {
	if !m.has(r) {
		return Info{}
	}
	info := m.unit(r).info
	info.Leaf = m.ranks.isLeaf(r)
	return info
}

// Boundary is a copy of r's boundary as the Map sees it: snapped, every ring
// closed, points that repeat the one before and vanished rings left out. It is
// nil for a unit without one, for 0 and for a Ref beyond Len.
func (m *Map) Boundary(r Ref) orb.MultiPolygon {
	if !m.has(r) {
		return nil
	}
	return m.unit(r).outline.boundary()
}

// Counts is a copy of the counts given with r, nil if there were none.
func (m *Map) Counts(r Ref) map[string]int64 {
	if !m.has(r) {
		return nil
	}
	return maps.Clone(m.unit(r).counts)
}

// Attrs is a copy of the attributes given with r, nil if there were none.
func (m *Map) Attrs(r Ref) map[string]string {
	if !m.has(r) {
		return nil
	}
	return maps.Clone(m.unit(r).attrs)
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
