// Package spatial finds the boxes that meet a box, hold a place or are nearest to
// one. A Tree is built once, never changes and is safe for concurrent use; its
// answers are in ascending order of the ids the caller gave, or of distance and
// then id, whatever the tree looks like.
package spatial

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/tidwall/rtree"
)

// ErrBox marks a box that has no extent: a side that is not a number or
// infinite, or a minimum above its maximum.
var ErrBox = errors.New("box has no extent")

// Box is a closed box; Min and Max belong to it and may be equal.
type Box struct {
	Min, Max [2]float64
}

// Valid reports whether b can be stored: finite sides, Min at or below Max.
func (b Box) Valid() bool {
	for i := range b.Min {
		// A NaN fails every comparison, so it is never within the limits.
		if !(b.Min[i] >= -math.MaxFloat64 && b.Min[i] <= b.Max[i] && b.Max[i] <= math.MaxFloat64) {
			return false
		}
	}
	return true
}

// Item is a box with the id that stands for it in answers.
type Item struct {
	Box
	ID uint32
}

// Tree is an R-tree over boxes. The nil and the zero Tree are empty. Nodes that
// two trees share are never written, so readers need no lock.
type Tree struct {
	rt      rtree.RTreeG[uint32]
	copying sync.Mutex // Copy writes to what it copies, though not what readers read
}

// Build makes the tree of items, or answers an error wrapping ErrBox that names
// the first item whose box is not valid. O(n log n).
func Build(items []Item) (*Tree, error) {
	t := &Tree{}
	for i, it := range items {
		if !it.Valid() {
			return nil, fmt.Errorf("item %d: %w: %v to %v", i, ErrBox, it.Min, it.Max)
		}
		t.rt.Insert(it.Min, it.Max, it.ID)
	}
	return t, nil
}

// Len is the number of items.
func (t *Tree) Len() int {
	if t == nil {
		return 0
	}
	return t.rt.Len()
}

// Search appends to dst the ids of the items whose boxes share a point with b,
// ascending. A box that is not valid meets nothing.
func (t *Tree) Search(b Box, dst []uint32) []uint32 {
	if t.Len() == 0 || !b.Valid() {
		return dst
	}
	from := len(dst)
	t.rt.Search(b.Min, b.Max, func(_, _ [2]float64, id uint32) bool {
		dst = append(dst, id)
		return true
	})
	slices.Sort(dst[from:])
	return dst
}

// Visit calls visit with the id of every item whose box shares a point with b,
// in no particular order, until visit answers false. It allocates nothing. The
// caller must fold the ids into an answer that does not depend on their order. A
// box that is not valid meets nothing.
func (t *Tree) Visit(b Box, visit func(id uint32) bool) {
	if t.Len() == 0 || !b.Valid() {
		return
	}
	t.rt.Search(b.Min, b.Max, func(_, _ [2]float64, id uint32) bool { return visit(id) })
}

// Nearby calls visit with the id of every item and the lower bound of its
// distance, by bound, then id, until visit answers false. lower answers the
// bound for a box: not NaN, and not more for a box than for one inside it; where
// it is more, be it by rounding, the item is visited with the bound of the box
// around it. Only the boxes on the way to what is visited are looked at: visiting
// k of n items costs about O((k + log n)·log n).
func (t *Tree) Nearby(lower func(b Box) float64, visit func(id uint32, bound float64) bool) {
	if t.Len() == 0 {
		return
	}
	var ids []uint32 // with the same bound, which come one after another
	level, more := math.Inf(-1), true
	flush := func() bool {
		slices.Sort(ids)
		for _, id := range ids {
			if more = more && visit(id, level); !more {
				return false
			}
		}
		ids = ids[:0]
		return true
	}
	t.rt.Nearby(
		func(low, high [2]float64, _ uint32, _ bool) float64 { return lower(Box{low, high}) },
		func(_, _ [2]float64, id uint32, bound float64) bool {
			if bound > level {
				if !flush() {
					return false
				}
				level = bound
			}
			ids = append(ids, id)
			return true
		})
	if more {
		flush()
	}
}
