package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// index answers which leaf of a tiling owns a point. It is used by one goroutine.
type index interface {
	// each looks every point up and answers a sum that depends on every answer, so
	// the compiler can leave none out. Callers need not look at it.
	each(points []orb.Point) uint64
	// chain looks up one point of each pair, the one that the answer before it
	// chose, so no look-up can begin before the last has ended.
	chain(points []orb.Point) uint64
	// owner is the ordinal of the leaf that owns p, -1 for none.
	owner(p orb.Point) int
	// coordinates is the bytes that the coordinates themselves take, which is what
	// a tiling costs without any index.
	coordinates() int
}

// peer is one way to answer.
type peer struct {
	name string
	what string
	// closed peers count a border to every leaf that it bounds and answer the
	// first one found, so there they may differ from ours.
	closed bool
	// rounds peers keep coordinates in float32, so they may differ near a border.
	rounds bool
	// batch is how many points at least each should be given at once; 0 is any.
	batch int
	// leavesMax is beyond what the peer is left out, and why; 0 is no limit.
	leavesMax int
	why       string
	build     func(*tiling) (index, error)
}

// ours is the name of the peer that the others are compared with.
const ours = "gridgov"

// peers lists every peer in the order of the tables.
func peers() []peer {
	return slices.Concat(gridPeers(), orbPeers(), geojsonPeers(), s2Peers(), simplefeaturesPeers(), tzfPeers())
}

// choose answers the peers with the names given, all when there is none, with
// ours before them whether named or not.
func choose(names []string) ([]peer, error) {
	all := peers()
	if len(names) == 0 {
		return all, nil
	}
	var known []string
	for _, p := range all {
		known = append(known, p.name)
	}
	for _, n := range names {
		if !slices.Contains(known, n) {
			return nil, fmt.Errorf("no peer %q: there are %s", n, strings.Join(known, ", "))
		}
	}
	return slices.DeleteFunc(all, func(p peer) bool { return p.name != ours && !slices.Contains(names, p.name) }), nil
}

// sum is index.each for at. It is small enough to be inlined, at with it, so a
// peer is called as directly as a program would call it.
func sum(points []orb.Point, at func(orb.Point) uint32) uint64 {
	var s uint64
	for i := range points {
		s += uint64(at(points[i]))
	}
	return s
}

// follow is index.chain for at.
func follow(points []orb.Point, at func(orb.Point) uint32) uint64 {
	var s uint64
	var last uint32
	for i := 0; i+1 < len(points); i += 2 {
		last = at(points[i+int(last&1)])
		s += uint64(last)
	}
	return s
}

// coordinatesOf is bytes for every point of a tiling's rings, the repeated one at
// the end of each included when closed.
func coordinatesOf(t *tiling, bytes int, closed bool) int {
	n := t.shape.vertices
	if closed {
		n += t.shape.rings
	}
	return n * bytes
}

// copied is a deep copy of a leaf, so a peer pays for the geometry that it keeps.
func copied(leaf orb.MultiPolygon) orb.MultiPolygon { return leaf.Clone() }
