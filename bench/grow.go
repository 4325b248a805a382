package main

import (
	"math"
	"math/rand/v2"
)

// Marks of a piece that belongs to no leaf.
const (
	sea  = -2
	land = -1 // not yet shared out
)

// What the leaves are like, made to look like those of a city.
const (
	enclavesPerMille = 9  // of the leaves lie in a hole of another
	partsEvery       = 50 // one leaf in so many starts in two places
	piecesPerLeaf    = 3
	landShare        = 0.69 // of the lattice; the rest is sea
)

// latticeSide is the side of a lattice with piecesPerLeaf pieces of land a leaf.
func latticeSide(leaves int) int {
	return max(6, int(math.Ceil(math.Sqrt(float64(piecesPerLeaf*leaves)/landShare))))
}

// grower shares the land of a lattice out among leaves.
type grower struct {
	side   int
	rnd    *rand.Rand
	owner  []int32 // of each piece: a leaf, sea or land
	pieces []int32 // the land
	edge   []claim
}

// claim is a piece that a leaf may take next.
type claim struct{ piece, leaf int32 }

// grow answers the leaf of each piece, sea where there is none. Every leaf has a
// piece. Leaves near each other have numbers near each other, as the codes of
// real grids do.
func grow(side, leaves int, seed uint64) []int32 {
	g := &grower{side: side, rnd: rand.New(rand.NewPCG(seed, 1)), owner: make([]int32, side*side)}
	g.coast()
	g.rnd.Shuffle(len(g.pieces), func(i, j int) { g.pieces[i], g.pieces[j] = g.pieces[j], g.pieces[i] })
	next := g.enclaves(leaves)
	g.seed(next, leaves)
	for len(g.edge) > 0 {
		i := g.rnd.IntN(len(g.edge))
		c := g.edge[i]
		g.edge[i] = g.edge[len(g.edge)-1]
		g.edge = g.edge[:len(g.edge)-1]
		if g.owner[c.piece] == land {
			g.take(c.piece, c.leaf)
		}
	}
	return g.renumber(leaves)
}

// coast divides the lattice into a round island and the sea.
func (g *grower) coast() {
	for p := range g.owner {
		x := (float64(p%g.side)+0.5)/float64(g.side) - 0.5
		y := (float64(p/g.side)+0.5)/float64(g.side) - 0.5
		angle := math.Atan2(y, x)
		radius := 0.465 * (1 + 0.05*math.Sin(3*angle+1) + 0.03*math.Sin(11*angle))
		g.owner[p] = sea
		if math.Hypot(x, y) < radius {
			g.owner[p] = land
			g.pieces = append(g.pieces, int32(p))
		}
	}
}

// enclaves makes pairs of leaves, one of one piece, the other all around it, and
// answers the number of leaves made.
func (g *grower) enclaves(leaves int) int32 {
	var next int32
	for _, p := range g.pieces {
		if int(next) >= 2*max(1, leaves*enclavesPerMille/1000) || int(next)+2 > leaves {
			break
		}
		if !g.free(int(p)) {
			continue
		}
		g.owner[p] = next + 1
		for dy := -1; dy <= 1; dy++ {
			for dx := -1; dx <= 1; dx++ {
				if around := p + int32(dy*g.side+dx); around != p {
					g.take(around, next)
				}
			}
		}
		next += 2
	}
	return next
}

// free reports whether p and the eight pieces around it are land.
func (g *grower) free(p int) bool {
	x, y := p%g.side, p/g.side
	if x == 0 || y == 0 || x == g.side-1 || y == g.side-1 {
		return false
	}
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			if g.owner[p+dy*g.side+dx] != land {
				return false
			}
		}
	}
	return true
}

// seed gives each leaf from next on a piece of land, some a second one nearby.
func (g *grower) seed(next int32, leaves int) {
	for _, p := range g.pieces {
		if int(next) >= leaves {
			return
		}
		if g.owner[p] != land {
			continue
		}
		g.take(p, next)
		if next%partsEvery == partsEvery/2 {
			g.part(p, next)
		}
		next++
	}
}

// part gives a leaf a second piece within 4 of p, if chance finds one.
func (g *grower) part(p, leaf int32) {
	const tries, reach = 8, 4
	for range tries {
		x := int(p)%g.side + g.rnd.IntN(2*reach+1) - reach
		y := int(p)/g.side + g.rnd.IntN(2*reach+1) - reach
		if x >= 0 && x < g.side && y >= 0 && y < g.side && g.owner[y*g.side+x] == land {
			g.take(int32(y*g.side+x), leaf)
			return
		}
	}
}

// take gives a piece to a leaf, which may then claim the land next to it.
func (g *grower) take(piece, leaf int32) {
	g.owner[piece] = leaf
	x, side := int(piece)%g.side, int32(g.side)
	if x > 0 {
		g.claim(piece-1, leaf)
	}
	if x < g.side-1 {
		g.claim(piece+1, leaf)
	}
	g.claim(piece-side, leaf)
	g.claim(piece+side, leaf)
}

func (g *grower) claim(piece, leaf int32) {
	if piece >= 0 && int(piece) < len(g.owner) && g.owner[piece] == land {
		g.edge = append(g.edge, claim{piece, leaf})
	}
}

// renumber numbers the leaves in the order in which a walk through blocks of
// 8 × 8 pieces meets them, and lets land that nobody reached be sea.
func (g *grower) renumber(leaves int) []int32 {
	const block = 8
	number := make([]int32, leaves)
	var next int32
	out := make([]int32, len(g.owner))
	for by := 0; by < g.side; by += block {
		for bx := 0; bx < g.side; bx += block {
			for y := by; y < min(by+block, g.side); y++ {
				for x := bx; x < min(bx+block, g.side); x++ {
					p := y*g.side + x
					leaf := g.owner[p]
					if leaf < 0 {
						out[p] = sea
						continue
					}
					if number[leaf] == 0 {
						next++
						number[leaf] = next
					}
					out[p] = number[leaf] - 1
				}
			}
		}
	}
	return out
}
