package main

import (
	"fmt"

	"github.com/paulmach/orb"
)

// tiling is leaves as every peer is given them. Every coordinate is the float64
// nearest to a whole number of 1e-7 degree, so all peers see the same places.
type tiling struct {
	name   string
	leaves []orb.MultiPolygon // in the order of their codes; rings closed
	box    orb.Bound          // where points are drawn
	shape  shape
}

// shape is what a tiling is made of.
type shape struct {
	leaves   int
	vertices int // of all rings, the repeated one at the end of each not counted
	rings    int
	low      int // vertices of the leaf with the fewest
	high     int
	holes    int
	multi    int // leaves of several polygons
}

// synthetic makes a tiling of leaves that share borders: a lattice with bent
// sides, its pieces merged by random growth, dense in places, with enclaves,
// leaves in several parts, and sea around. It is the same for the same arguments.
func synthetic(leaves int, seed uint64) *tiling {
	l := newLattice(latticeSide(leaves), seed)
	owner := grow(l.side, leaves, seed)
	return newTiling(fmt.Sprintf("synthetic, seed %d", seed), outlines(l, owner, leaves))
}

func newTiling(name string, leaves []orb.MultiPolygon) *tiling {
	t := &tiling{name: name, leaves: leaves}
	t.shape.leaves = len(leaves)
	for i, leaf := range leaves {
		if len(leaf) > 1 {
			t.shape.multi++
		}
		n := 0
		for _, polygon := range leaf {
			t.shape.holes += len(polygon) - 1
			for _, ring := range polygon {
				t.shape.rings++
				n += len(ring) - 1
			}
		}
		t.shape.vertices += n
		if i == 0 || n < t.shape.low {
			t.shape.low = n
		}
		t.shape.high = max(t.shape.high, n)
		if i == 0 {
			t.box = leaf.Bound()
		}
		t.box = t.box.Union(leaf.Bound())
	}
	return t
}

func (s shape) String() string {
	return fmt.Sprintf("%d leaves, %d ring vertices (%.1f a leaf, %d to %d), %d holes, %d in several parts",
		s.leaves, s.vertices, float64(s.vertices)/float64(max(1, s.leaves)), s.low, s.high, s.holes, s.multi)
}
