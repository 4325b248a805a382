package grid

import (
	"fmt"

	"github.com/paulmach/orb"
)

// Counts are the sums, by name, of the counts of the leaves in n. It is nil when
// they have none and for a NodeRef beyond Len. A sum that no int64 holds is an
// *OverlayError of ErrCounts that names the count, the smallest name of several.
func (h *Hierarchy) Counts(n NodeRef) (map[string]int64, error) {
	sums := map[string]wideInt{}
	for r := range h.Leaves(n) {
		for name, count := range h.m.unit(r).counts {
			sums[name] = sums[name].add(wideOf(count))
		}
	}
	if len(sums) == 0 {
		return nil, nil
	}
	out := make(map[string]int64, len(sums))
	bad, failed := "", false
	for name, sum := range sums {
		total, ok := sum.int64()
		if !ok && (!failed || name < bad) {
			bad, failed = name, true
		}
		out[name] = total
	}
	if failed {
		return nil, h.fault(n, fmt.Errorf("%w: %q", ErrCounts, bad))
	}
	return out, nil
}

// Sums is one count of every node, added up from the leaves: that of n at index
// n, and of all leaves at 0. A leaf without the count adds 0. One pass over all
// nodes. A sum that no int64 holds is an *OverlayError of ErrCounts for the first
// such node in hierarchy order, all leaves coming first.
func (h *Hierarchy) Sums(count string) ([]int64, error) {
	tree := h.own()
	sums := make([]wideInt, tree.Len()+1)
	for i := tree.Len(); i > 0; i-- { // what lies in a node comes after it
		n := Ref(i)
		if leaf := h.Leaf(NodeRef(n)); leaf != 0 {
			sums[n] = wideOf(h.m.unit(leaf).counts[count])
		}
		parent := tree.Parent(n)
		sums[parent] = sums[parent].add(sums[n])
	}
	out := make([]int64, len(sums))
	for n, sum := range sums {
		total, ok := sum.int64()
		if !ok {
			return nil, h.fault(NodeRef(n), fmt.Errorf("%w: %q", ErrCounts, count))
		}
		out[n] = total
	}
	return out, nil
}

// Boundary is the union of the regions of the leaves in n, of 0 of all leaves:
// borders between them are gone, outer rings are counter-clockwise and followed
// by their holes. It is nil for a NodeRef beyond Len and when the leaves own no
// place. Leaves that overlap have no union by even-odd: an *OverlayError of
// ErrOverlapping. O(n log n) in the points of the leaves, and a pass over the
// outline for each of its rings.
func (h *Hierarchy) Boundary(n NodeRef) (orb.MultiPolygon, error) {
	var outlines []outline
	for r := range h.Leaves(n) {
		outlines = append(outlines, h.m.outline(r))
	}
	rings, ok := union(outlines)
	if !ok {
		return nil, h.fault(n, ErrOverlapping)
	}
	return degreesOfAll(rings), nil
}

// fault is the one fault of a node; of 0, of the hierarchy as a whole.
func (h *Hierarchy) fault(n NodeRef, err error) error {
	f := overlayFaults{overlay: h.Name()}
	f.add(h.Info(n).Code, err)
	return f.err()
}

func wideOf(n int64) wideInt { return wideInt{n >> 63, uint64(n)} }

// int64 is w when it fits.
func (w wideInt) int64() (int64, bool) { return int64(w.low), w.high == int64(w.low)>>63 }
