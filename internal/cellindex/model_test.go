package cellindex

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// plain is leaves as lists of rings, and the naive twin of the index: every edge
// of every leaf is asked, in 128-bit free arithmetic.
type plain struct {
	rings map[uint32][][]spot
	rank  map[uint32]int
}

type spot struct{ x, y int32 }

func (p *plain) Box(leaf uint32) (Box, bool) {
	b, ok := Box{}, false
	p.Edges(leaf, func(x1, y1, x2, y2 int32) {
		if !ok {
			b, ok = Box{x1, y1, x1, y1}, true
		}
		b = Box{min(b.MinX, x1, x2), min(b.MinY, y1, y2), max(b.MaxX, x1, x2), max(b.MaxY, y1, y2)}
	})
	return b, ok
}

func (p *plain) Size(leaf uint32) (edges int, length int64) {
	p.Edges(leaf, func(x1, y1, x2, y2 int32) {
		dx, dy := int64(x2)-int64(x1), int64(y2)-int64(y1)
		edges, length = edges+1, length+max(dx, -dx)+max(dy, -dy)
	})
	return edges, length
}

func (p *plain) Edges(leaf uint32, yield func(x1, y1, x2, y2 int32)) {
	for _, ring := range p.rings[leaf] {
		for i, a := range ring {
			b := ring[(i+1)%len(ring)]
			yield(a.x, a.y, b.x, b.y)
		}
	}
}

func (p *plain) Before(a, b uint32) bool { return p.rank[a] < p.rank[b] }

// owner is the rule of the package's documentation, read aloud.
func (p *plain) owner(x, y int32) uint32 {
	best := None
	for leaf := range p.rings {
		odd := false
		p.Edges(leaf, func(x1, y1, x2, y2 int32) {
			if y1 > y2 {
				x1, y1, x2, y2 = x2, y2, x1, y1
			}
			if y1 <= y && y < y2 && (int64(x)-int64(x1))*(int64(y2)-int64(y1)) >= (int64(x2)-int64(x1))*(int64(y)-int64(y1)) {
				odd = !odd
			}
		})
		if odd && (best == None || p.rank[leaf] < p.rank[best-1]) {
			best = leaf + 1
		}
	}
	return best
}

func (p *plain) leaves() []uint32 {
	var out []uint32
	for leaf := range uint32(1000) {
		if _, ok := p.rings[leaf]; ok {
			out = append(out, leaf)
		}
	}
	return out
}

func (p *plain) near(b Box) []uint32 {
	var out []uint32
	for _, leaf := range p.leaves() {
		if c, ok := p.Box(leaf); ok && c.MinX <= b.MaxX && b.MinX <= c.MaxX && c.MinY <= b.MaxY && b.MinY <= c.MaxY {
			out = append(out, leaf)
		}
	}
	return out
}

// anything draws leaves with any rings at all: they cross themselves and each
// other, coincide, repeat edges and lie on few places.
func anything(t *rapid.T) *plain {
	p := &plain{rings: map[uint32][][]spot{}, rank: map[uint32]int{}}
	scale := rapid.SampledFrom([]int64{1, 3, 40, 1000, 100_000, 50_000_000}).Draw(t, "scale")
	origin := rapid.SampledFrom([]spot{{0, 0}, {-7, 5}, {1_140_000_000, 225_000_000}, {-1_799_000_000, -899_000_000}, {1_300_000_000, 400_000_000}}).Draw(t, "origin")
	coarse := rapid.Int64Range(0, rapid.SampledFrom([]int64{4, 12, 60}).Draw(t, "places"))
	n := rapid.IntRange(1, 9).Draw(t, "leaves")
	for leaf := range n {
		p.rank[uint32(leaf)] = (leaf*7 + 3) % 11
		for range rapid.IntRange(1, 2).Draw(t, "rings") {
			var ring []spot
			for range rapid.IntRange(2, 9).Draw(t, "points") {
				ring = append(ring, p.spot(origin, coarse.Draw(t, "x")*scale, coarse.Draw(t, "y")*scale))
			}
			p.rings[uint32(leaf)] = append(p.rings[uint32(leaf)], ring)
		}
	}
	return p
}

func (p *plain) spot(o spot, x, y int64) spot {
	const maxX, maxY = 1_800_000_000, 900_000_000
	return spot{int32(min(int64(o.x)+x, maxX)), int32(min(int64(o.y)+y, maxY))}
}

// place draws a place on or about the leaves' points and between them.
func (p *plain) place(t *rapid.T) spot {
	leaf := rapid.SampledFrom(p.leaves()).Draw(t, "leaf")
	ring := rapid.SampledFrom(p.rings[leaf]).Draw(t, "ring")
	a, b := rapid.SampledFrom(ring).Draw(t, "a"), rapid.SampledFrom(ring).Draw(t, "b")
	step := rapid.Int32Range(-2, 2)
	switch rapid.IntRange(0, 3).Draw(t, "where") {
	case 0:
		return a
	case 1:
		return spot{a.x + step.Draw(t, "dx"), a.y + step.Draw(t, "dy")}
	case 2:
		return spot{int32((int64(a.x) + int64(b.x)) / 2), int32((int64(a.y) + int64(b.y)) / 2)}
	}
	in := func(u, v int32) int32 {
		return int32(rapid.Int64Range(int64(min(u, v))-1, int64(max(u, v))+1).Draw(t, "in"))
	}
	return spot{in(a.x, b.x), in(a.y, b.y)}
}

func checkPlaces(t require.TestingT, p *plain, x *Index, places []spot) {
	all := make([]Place, len(places))
	for i, at := range places {
		all[i] = Place{at.x, at.y}
	}
	found := make([]uint32, len(places))
	x.FindAll(all, found)
	for i, at := range places {
		require.Equal(t, x.Find(at.x, at.y), found[i], "batch at %d, %d", at.x, at.y)
		got, want := x.Find(at.x, at.y), p.owner(at.x, at.y)
		if got != Ask {
			require.Equal(t, want, got, "owner of %d, %d", at.x, at.y)
		}
	}
}

func testFind(t *rapid.T) {
	p := anything(t)
	// This only decides how fine the raster is, so any will do.
	perCell := rapid.SampledFrom([]float64{edgesPerCell, 100, 0.1, 0.005}).Draw(t, "edges per cell")
	x := build(p, p.leaves(), perCell, nil)
	var places []spot
	for range 60 {
		places = append(places, p.place(t))
	}
	checkPlaces(t, p, x, places)
}

func TestFind(t *testing.T) { rapid.Check(t, testFind) }

func FuzzFind(f *testing.F) { f.Fuzz(rapid.MakeFuzz(testFind)) }

func testReplace(t *rapid.T) {
	p := anything(t)
	x := build(p, p.leaves(), 0.1, nil)
	old := &plain{rings: map[uint32][][]spot{}, rank: p.rank}
	for leaf, rings := range p.rings {
		old.rings[leaf] = rings
	}
	var places []spot
	for range 20 {
		places = append(places, p.place(t))
	}
	for range rapid.IntRange(1, 4).Draw(t, "changes") {
		leaf := rapid.SampledFrom(p.leaves()).Draw(t, "changed")
		before, _ := p.Box(leaf)
		// A ring of places of the old leaves stays in the raster.
		var ring []spot
		for range rapid.IntRange(2, 6).Draw(t, "points") {
			from := rapid.SampledFrom(old.leaves()).Draw(t, "from")
			ring = append(ring, rapid.SampledFrom(rapid.SampledFrom(old.rings[from]).Draw(t, "r")).Draw(t, "p"))
		}
		p.rings[leaf] = [][]spot{ring}
		after, _ := p.Box(leaf)
		next, ok := x.Replace(p, []Box{before, after}, p.near)
		require.True(t, ok)
		for range 20 {
			places = append(places, p.place(t))
		}
		checkPlaces(t, p, next, places)
		x = next
	}
}

func TestReplace(t *testing.T) { rapid.Check(t, testReplace) }

func FuzzReplace(f *testing.F) { f.Fuzz(rapid.MakeFuzz(testReplace)) }
