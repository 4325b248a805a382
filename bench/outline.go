package main

import (
	"slices"

	"github.com/paulmach/orb"
)

// side is one side of a piece on the border of its leaf, walked with the piece
// on its left.
type side struct {
	from, to int // nodes
	piece    int
	used     bool
}

// outlines answers the boundary of each leaf: polygons with their holes, outer
// rings counter-clockwise, holes clockwise, every ring closed and free of nodes
// that it passes twice.
func outlines(l *lattice, owner []int32, leaves int) []orb.MultiPolygon {
	pieces := make([][]int, leaves)
	for p, leaf := range owner {
		if leaf >= 0 {
			pieces[leaf] = append(pieces[leaf], p)
		}
	}
	out := make([]orb.MultiPolygon, leaves)
	for leaf := range out {
		out[leaf] = l.polygons(l.rings(borderSides(l, owner, pieces[leaf])))
	}
	return out
}

// borderSides is the sides of a leaf's pieces that another leaf or nobody is behind.
func borderSides(l *lattice, owner []int32, pieces []int) []side {
	var sides []side
	for _, p := range pieces {
		i, j := p%l.side, p/l.side
		corner := [4]int{l.node(i, j), l.node(i+1, j), l.node(i+1, j+1), l.node(i, j+1)}
		behind := [4]int32{sea, sea, sea, sea} // south, east, north, west
		if j > 0 {
			behind[0] = owner[p-l.side]
		}
		if i < l.side-1 {
			behind[1] = owner[p+1]
		}
		if j < l.side-1 {
			behind[2] = owner[p+l.side]
		}
		if i > 0 {
			behind[3] = owner[p-1]
		}
		for k, other := range behind {
			if other != owner[p] {
				sides = append(sides, side{from: corner[k], to: corner[(k+1)%4], piece: p})
			}
		}
	}
	return sides
}

// rings strings sides together. A walk that comes back to a node of its own is
// cut there, so pieces that meet only in a corner make rings of their own.
func (l *lattice) rings(sides []side) [][]int {
	var rings [][]int
	for first := range sides {
		if sides[first].used {
			continue
		}
		path := []int{sides[first].from}
		for k := first; k >= 0; {
			s := &sides[k]
			s.used = true
			if at := slices.Index(path, s.to); at >= 0 {
				rings = append(rings, slices.Clone(path[at:]))
				path = path[:at+1]
			} else {
				path = append(path, s.to)
			}
			k = after(sides, *s)
		}
	}
	return rings
}

// after is an unused side that begins where s ends, of the same piece if there
// is one; -1 if there is none.
func after(sides []side, s side) int {
	next := -1
	for k := range sides {
		if !sides[k].used && sides[k].from == s.to && (next < 0 || sides[k].piece == s.piece) {
			next = k
		}
	}
	return next
}

// polygons puts each hole into the smallest outer ring around it.
func (l *lattice) polygons(rings [][]int) orb.MultiPolygon {
	var outer, holes [][]int
	for _, r := range rings {
		if l.area(r) > 0 {
			outer = append(outer, r)
		} else {
			holes = append(holes, r)
		}
	}
	polygons := make(orb.MultiPolygon, len(outer))
	for i, r := range outer {
		polygons[i] = orb.Polygon{l.expand(r)}
	}
	for _, h := range holes {
		best := -1
		for i, r := range outer {
			if l.surrounds(r, h) && (best < 0 || l.area(r) < l.area(outer[best])) {
				best = i
			}
		}
		polygons[best] = append(polygons[best], l.expand(h))
	}
	return polygons
}

// expand is a ring of nodes with the bends between them.
func (l *lattice) expand(nodes []int) orb.Ring {
	ring := make(orb.Ring, 0, len(nodes)*(segmentsMin+segmentsMax)/2)
	for i, a := range nodes {
		ring = l.appendSide(ring, a, nodes[(i+1)%len(nodes)])
	}
	return slices.Clip(append(ring, ring[0]))
}

// area is twice the area of a ring of nodes, in pieces, as if nothing were bent.
func (l *lattice) area(nodes []int) int {
	sum := 0
	for i, a := range nodes {
		b := nodes[(i+1)%len(nodes)]
		w := l.side + 1
		sum += (a%w)*(b/w) - (b%w)*(a/w)
	}
	return sum
}

// surrounds reports whether the piece right of the hole's first side lies in the
// ring: whether an odd number of the ring's vertical sides are west of it.
func (l *lattice) surrounds(ring, hole []int) bool {
	w := l.side + 1
	ax, ay, bx, by := hole[0]%w, hole[0]/w, hole[1]%w, hole[1]/w
	// The middle of the piece, doubled: half a step on, half a step to the right.
	x, y := ax+bx+(by-ay), ay+by-(bx-ax)
	odd := false
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if a%w == b%w && 2*(a%w) < x && 2*min(a/w, b/w) < y && y < 2*max(a/w, b/w) {
			odd = !odd
		}
	}
	return odd
}
