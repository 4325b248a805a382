package assess

import (
	"slices"
	"sort"
)

// fault is what is wrong with the curve of a leaf, in this order: ErrTooMany,
// ErrCurve (one knot, inputs that do not ascend or are out of range), ErrScore,
// ErrTurns. nil when nothing is.
func (c Curve) fault(measured bool) error {
	low, high := int64(0), int64(Whole)
	if measured {
		low, high = -InputMax, InputMax
	}
	rises, falls := false, false
	switch {
	case len(c.Knots) > KnotsMax:
		return ErrTooMany
	case len(c.Knots) == 1, len(c.Knots) == 0 && c.Step:
		return ErrCurve
	}
	for i, k := range c.Knots {
		if k.At < low || k.At > high || i > 0 && k.At <= c.Knots[i-1].At {
			return ErrCurve
		}
	}
	for i, k := range c.Knots {
		if k.Score < 0 || k.Score > Full {
			return ErrScore
		}
		if i > 0 {
			rises = rises || k.Score > c.Knots[i-1].Score
			falls = falls || k.Score < c.Knots[i-1].Score
		}
	}
	if rises && falls {
		return ErrTurns
	}
	return nil
}

func (c Curve) clone() Curve {
	c.Knots = slices.Clone(c.Knots)
	return c
}

// line is the zero Curve of a rate: its per cent as points.
var line = []Knot{{0, 0}, {int64(Whole), Full}}

// at is the score of the input x/den and the knots on whose line it lies; they are
// the same where the curve is flat for being stepped or at an end. den is 1 to
// FactsMax, and x then within 10,000 times that, or den is 1. Products stay below
// 4·10^18: a difference of inputs is at most 2·10^12, or 10^4 times 2^24, and a
// score 10^6.
func (c *Curve) at(x, den int64, measured bool) (score Points, from, to Knot) {
	knots := c.Knots
	if len(knots) == 0 {
		if measured {
			p := max(0, min(Points(x), Full))
			return p, Knot{x, p}, Knot{x, p}
		}
		knots = line
	}
	i := sort.Search(len(knots), func(i int) bool { return knots[i].At*den > x }) - 1
	switch {
	case i < 0:
		return knots[0].Score, knots[0], knots[0]
	case i == len(knots)-1 || c.Step || knots[i].At*den == x:
		return knots[i].Score, knots[i], knots[i]
	}
	from, to = knots[i], knots[i+1]
	width := (to.At - from.At) * den
	height := int64(from.Score)*width + int64(to.Score-from.Score)*(x-from.At*den)
	return Points((2*height + width) / (2 * width)), from, to
}
