package main

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/tidwall/rtree"
)

func orbPeers() []peer {
	return []peer{
		{
			name: "orb-scan", what: "scan of all boxes, orb/planar", closed: true,
			build: func(t *tiling) (index, error) { return &orbScan{newOrbLeaves(t)}, nil },
		},
		{
			name: "orb", what: "tidwall/rtree, orb/planar", closed: true,
			build: func(t *tiling) (index, error) {
				x := &orbTree{orbLeaves: newOrbLeaves(t)}
				for i, b := range x.boxes {
					x.tree.Insert(b.Min, b.Max, uint32(i))
				}
				x.boxes = nil
				return x, nil
			},
		},
	}
}

// orbLeaves is a copy of the leaves with their boxes.
type orbLeaves struct {
	leaves []orb.MultiPolygon
	boxes  []orb.Bound
	bytes  int
}

func newOrbLeaves(t *tiling) orbLeaves {
	x := orbLeaves{bytes: coordinatesOf(t, 16, true)}
	for _, leaf := range t.leaves {
		x.leaves = append(x.leaves, copied(leaf))
		x.boxes = append(x.boxes, leaf.Bound())
	}
	return x
}

func (x *orbLeaves) coordinates() int { return x.bytes }

type orbScan struct{ orbLeaves }

// at is the first leaf that holds p, plus 1; 0 for none.
func (x *orbScan) at(p orb.Point) uint32 {
	for i := range x.boxes {
		if x.boxes[i].Contains(p) && planar.MultiPolygonContains(x.leaves[i], p) {
			return uint32(i + 1)
		}
	}
	return 0
}

func (x *orbScan) each(points []orb.Point) uint64  { return sum(points, x.at) }
func (x *orbScan) chain(points []orb.Point) uint64 { return follow(points, x.at) }
func (x *orbScan) owner(p orb.Point) int           { return int(x.at(p)) - 1 }

type orbTree struct {
	orbLeaves
	tree rtree.RTreeG[uint32]
}

// at is the first leaf found that holds p, plus 1; 0 for none.
func (x *orbTree) at(p orb.Point) uint32 {
	var found uint32
	x.tree.Search(p, p, func(_, _ [2]float64, i uint32) bool {
		if planar.MultiPolygonContains(x.leaves[i], p) {
			found = i + 1
			return false
		}
		return true
	})
	return found
}

func (x *orbTree) each(points []orb.Point) uint64  { return sum(points, x.at) }
func (x *orbTree) chain(points []orb.Point) uint64 { return follow(points, x.at) }
func (x *orbTree) owner(p orb.Point) int           { return int(x.at(p)) - 1 }
