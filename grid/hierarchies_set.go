package grid

import (
	"iter"
	"slices"
)

// HierarchiesMax is how many hierarchies a Hierarchies may have; the field has two
// or three over the same grids.
const HierarchiesMax = 64

// Hierarchies is several hierarchies over the leaves of one Map in an order that
// the caller gives. It is immutable and safe for concurrent use. A nil and a zero
// Hierarchies are empty.
type Hierarchies struct {
	list []*Hierarchy
}

// NewHierarchies makes a set of hierarchies, or answers an *OverlayError with all
// faults: more than HierarchiesMax (ErrOverlays, alone), one that is nil or zero or
// two of one name (ErrOverlayName), or one over another Map than the first one's
// (ErrOverlayMap). It keeps the hierarchies, which never change, not the slice.
func NewHierarchies(list []*Hierarchy) (*Hierarchies, error) {
	var f overlayFaults
	if len(list) > HierarchiesMax {
		f.add("", ErrOverlays)
		return nil, f.err()
	}
	seen := map[string]bool{"": true}
	for _, h := range list {
		f.overlay = h.Name()
		if seen[f.overlay] {
			f.add("", ErrOverlayName)
		}
		if h.Map() != list[0].Map() {
			f.add("", ErrOverlayMap)
		}
		seen[f.overlay] = true
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	return &Hierarchies{slices.Clone(list)}, nil
}

// Lookup answers the hierarchy of that name.
func (s *Hierarchies) Lookup(name string) (*Hierarchy, bool) {
	for h := range s.All() {
		if h.name == name {
			return h, true
		}
	}
	return nil, false
}

// All yields the hierarchies in their order.
func (s *Hierarchies) All() iter.Seq[*Hierarchy] {
	return func(yield func(*Hierarchy) bool) {
		if s == nil {
			return
		}
		for _, h := range s.list {
			if !yield(h) {
				return
			}
		}
	}
}

// Of yields the node that a leaf of the Map is in each hierarchy, in their order:
// its path there is h.Path(n). It yields nothing for what is no leaf.
func (s *Hierarchies) Of(leaf Ref) iter.Seq2[*Hierarchy, NodeRef] {
	return func(yield func(*Hierarchy, NodeRef) bool) {
		for h := range s.All() {
			if n := h.Of(leaf); n != 0 && !yield(h, n) {
				return
			}
		}
	}
}

// Rebind makes the same hierarchies over another version of the Map, or answers
// an *OverlayError with the faults of all of them.
func (s *Hierarchies) Rebind(next *Map) (*Hierarchies, error) {
	var f overlayFaults
	out := &Hierarchies{}
	for h := range s.All() {
		bound, err := h.Rebind(next)
		f.merge(err)
		out.list = append(out.list, bound)
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	return out, nil
}
