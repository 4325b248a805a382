package overlay_test

import (
	"math/big"
	"sort"

	"github.com/gridgov/gridgov/internal/overlay"
)

// The naive twin: even-odd regions cut into slabs by every vertex and every
// crossing of two edges, in rational numbers.

type line struct{ ax, ay, bx, by int64 } // ay < by

func linesOf(rings [][]overlay.Point) []line {
	var out []line
	for _, ring := range rings {
		for i, p := range ring {
			q := ring[(i+1)%len(ring)]
			if p.Y > q.Y {
				p, q = q, p
			}
			if p.Y < q.Y {
				out = append(out, line{int64(p.X), int64(p.Y), int64(q.X), int64(q.Y)})
			}
		}
	}
	return out
}

func (l line) at(y *big.Rat) *big.Rat {
	x := new(big.Rat).Sub(y, big.NewRat(l.ay, 1))
	x.Mul(x, big.NewRat(l.bx-l.ax, l.by-l.ay))
	return x.Add(x, big.NewRat(l.ax, 1))
}

// crossing is the row on which the lines through k and l meet.
func crossing(k, l line) (*big.Rat, bool) {
	slope := new(big.Rat).Sub(big.NewRat(k.bx-k.ax, k.by-k.ay), big.NewRat(l.bx-l.ax, l.by-l.ay))
	if slope.Sign() == 0 {
		return nil, false
	}
	gap := new(big.Rat).Sub(l.at(big.NewRat(k.ay, 1)), big.NewRat(k.ax, 1))
	return gap.Quo(gap, slope).Add(gap, big.NewRat(k.ay, 1)), true
}

// naiveParts answers the exact areas, in square units, that Parts measures.
func naiveParts(subject [][]overlay.Point, masks, claims [][][]overlay.Point) (parts []*big.Rat, rest *big.Rat) {
	regions := append([][][]overlay.Point{subject}, append(masks, claims...)...)
	var edges [][]line
	var all []line
	for _, r := range regions {
		edges = append(edges, linesOf(r))
		all = append(all, edges[len(edges)-1]...)
	}
	var rows []*big.Rat
	for i, k := range all {
		rows = append(rows, big.NewRat(k.ay, 1), big.NewRat(k.by, 1))
		for _, l := range all[:i] {
			if y, ok := crossing(k, l); ok {
				rows = append(rows, y)
			}
		}
	}
	sort.Slice(rows, func(i, j int) bool { return rows[i].Cmp(rows[j]) < 0 })
	for range claims {
		parts = append(parts, new(big.Rat))
	}
	rest = new(big.Rat)
	for i := 1; i < len(rows); i++ {
		if rows[i].Cmp(rows[i-1]) == 0 {
			continue
		}
		height := new(big.Rat).Sub(rows[i], rows[i-1])
		middle := new(big.Rat).Add(rows[i], rows[i-1])
		middle.Mul(middle, big.NewRat(1, 2))
		naiveRow(edges, middle, func(width *big.Rat, in []bool) {
			area := new(big.Rat).Mul(width, height) // an interval's width is linear in a slab
			switch owner := naiveOwner(in, len(masks)); {
			case owner >= 0:
				parts[owner].Add(parts[owner], area)
			case owner == nobody:
				rest.Add(rest, area)
			}
		})
	}
	return parts, rest
}

const (
	nobody  = -1
	outside = -2
)

// naiveOwner reads the rule: in the subject, in no mask, the first claim.
func naiveOwner(in []bool, masks int) int {
	if !in[0] {
		return outside
	}
	for i, held := range in[1:] {
		switch {
		case held && i < masks:
			return outside
		case held:
			return i - masks
		}
	}
	return nobody
}

// naiveRow yields the intervals of a row and which regions hold each.
func naiveRow(edges [][]line, y *big.Rat, yield func(width *big.Rat, in []bool)) {
	type stop struct {
		x      *big.Rat
		region int
	}
	var stops []stop
	for r, lines := range edges {
		for _, l := range lines {
			if big.NewRat(l.ay, 1).Cmp(y) < 0 && y.Cmp(big.NewRat(l.by, 1)) < 0 {
				stops = append(stops, stop{l.at(y), r})
			}
		}
	}
	sort.Slice(stops, func(i, j int) bool { return stops[i].x.Cmp(stops[j].x) < 0 })
	in := make([]bool, len(edges))
	for i, s := range stops {
		if i > 0 {
			yield(new(big.Rat).Sub(s.x, stops[i-1].x), in)
		}
		in[s.region] = !in[s.region]
	}
}
