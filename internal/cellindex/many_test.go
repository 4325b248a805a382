package cellindex

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// asks compares random places in a box and counts those where the index asks.
func asks(t *testing.T, p *plain, x *Index, low, high spot) int {
	random := rand.New(rand.NewPCG(1, 2))
	var places []spot
	asked := 0
	for range 3000 {
		at := spot{low.x + random.Int32N(high.x-low.x), low.y + random.Int32N(high.y-low.y)}
		places = append(places, at)
		if x.Find(at.x, at.y) == Ask {
			asked++
		}
	}
	checkPlaces(t, p, x, places)
	return asked
}

// Slanting slivers, so long and close that no raster parts them: the cells that
// may not be cut again ask, and what lies right of them is known again.
func TestCombAsks(t *testing.T) {
	p := &plain{rings: map[uint32][][]spot{}, rank: map[uint32]int{}}
	const teeth, long = 400, 2_000_000
	for i := range int32(teeth) {
		p.rings[uint32(i)] = [][]spot{{{i * 4, 0}, {i*4 + 3, 0}, {i*4 + 30_003, long}, {i*4 + 30_000, long}}}
		p.rank[uint32(i)] = int(i)
	}
	p.rings[teeth] = [][]spot{{{40_000, 0}, {900_000, 0}, {900_000, long}, {45_000, long}}}
	p.rank[teeth] = teeth
	x := Build(p, p.leaves(), nil)
	require.Less(t, x.Words(), 400*p.edges()+4096, "memory is bounded by the edges")
	require.Positive(t, asks(t, p, x, spot{0, 0}, spot{32_000, long}))
	require.Zero(t, asks(t, p, x, spot{300_000, 0}, spot{910_000, long}), "right of the comb the index knows")
}

// More leaves over one place than a set may have: the index asks there and as far
// as the row goes, and never says anything wrong.
func TestStackAsks(t *testing.T) {
	p := &plain{rings: map[uint32][][]spot{}, rank: map[uint32]int{}}
	for i := range int32(setMax + 20) {
		p.rings[uint32(i)] = [][]spot{{{i, i}, {100_000 - i, i}, {100_000 - i, 100_000 - i}, {i, 100_000 - i}}}
		p.rank[uint32(i)] = int(i*31) % 1000
	}
	p.rings[900] = [][]spot{{{200_000, -50_000}, {250_000, -50_000}, {250_000, 150_000}, {200_000, 150_000}}}
	p.rank[900] = 1
	x := Build(p, p.leaves(), nil)
	require.Positive(t, asks(t, p, x, spot{-10, -10}, spot{100_010, 100_010}))
	require.Zero(t, asks(t, p, x, spot{200_000, -50_000}, spot{260_000, -40}), "a row without a stack")
}

// The same square many times over has no cell that is not one leaf's or unknown,
// so its blocks all fold; they still count against what a root cell may cost.
func TestRepeatedSquaresAreBounded(t *testing.T) {
	p := &plain{rings: map[uint32][][]spot{}, rank: map[uint32]int{}}
	const many, side = 2*linesMax + 40, 1_000_000
	for i := range uint32(many) {
		p.rings[i] = [][]spot{{{0, 0}, {side, 0}, {side, side}, {0, side}}}
		p.rank[i] = int(i)
	}
	cells := testing.AllocsPerRun(1, func() { Build(p, p.leaves(), nil) })
	require.Less(t, cells, float64(2000*many), "work is bounded by the edges, not by the length of the border")
	asks(t, p, Build(p, p.leaves(), nil), spot{-10, -10}, spot{side + 10, side + 10})
}

func (p *plain) edges() int {
	n := 0
	for _, rings := range p.rings {
		for _, ring := range rings {
			n += len(ring)
		}
	}
	return n
}
