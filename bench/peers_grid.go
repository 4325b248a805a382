package main

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
)

func gridPeers() []peer {
	build := func(t *tiling) (*gridIndex, error) {
		units := make([]grid.Unit, len(t.leaves))
		for i, leaf := range t.leaves {
			units[i] = grid.Unit{Code: leafCode(i), Boundary: leaf}
		}
		m, err := grid.Build(units, grid.Options{Levels: []string{"leaf"}})
		if err != nil {
			return nil, err
		}
		return &gridIndex{m: m, bytes: coordinatesOf(t, 8, false)}, nil
	}
	return []peer{
		{
			name: ours, what: "grid.Map.Locate",
			build: func(t *tiling) (index, error) { return build(t) },
		},
		{
			name: "gridgov-all", what: "grid.Map.LocateAll", batch: 1 << 16,
			build: func(t *tiling) (index, error) {
				x, err := build(t)
				if err != nil {
					return nil, err
				}
				return &gridBatch{gridIndex: *x}, nil
			},
		},
	}
}

// leafCode is the code of leaf i; codes are in the order of the leaves.
func leafCode(i int) grid.Code { return grid.Code(fmt.Sprintf("%07d", i)) }

// gridIndex is a grid.Map of leaves alone, so that leaf i has the Ref i+1.
type gridIndex struct {
	m     *grid.Map
	bytes int
}

func (x *gridIndex) each(points []orb.Point) uint64 {
	return sum(points, func(p orb.Point) uint32 { r, _ := x.m.Locate(p); return uint32(r) })
}

func (x *gridIndex) chain(points []orb.Point) uint64 {
	return follow(points, func(p orb.Point) uint32 { r, _ := x.m.Locate(p); return uint32(r) })
}

func (x *gridIndex) owner(p orb.Point) int {
	r, _ := x.m.Locate(p)
	return int(r) - 1
}

func (x *gridIndex) coordinates() int { return x.bytes }

// gridBatch asks for all points at once. It has no chain of its own: a batch
// cannot wait for its own answers.
type gridBatch struct {
	gridIndex
	refs []grid.Ref
	one  [1]orb.Point
}

func (x *gridBatch) each(points []orb.Point) uint64 {
	x.refs = x.m.LocateAll(points, x.refs)
	return uint64(x.refs[0]) + uint64(x.refs[len(x.refs)-1])
}

func (x *gridBatch) owner(p orb.Point) int {
	x.one[0] = p
	x.refs = x.m.LocateAll(x.one[:], x.refs)
	return int(x.refs[0]) - 1
}
