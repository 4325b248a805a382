package main

import (
	"hash/fnv"
	"math"
)

// draw is a deterministic source of chance, splitmix64. Each file has its own, so
// a change in one leaves the others as they are.
type draw struct{ state uint64 }

// newDraw starts a source that depends on the name alone.
func newDraw(name string) *draw {
	h := fnv.New64a()
	h.Write([]byte(name))
	return &draw{h.Sum64()}
}

func (d *draw) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is a number from 0 to n-1.
func (d *draw) below(n int) int { return int(d.next() % uint64(n)) }

// between is a number from lo to hi, both included.
func (d *draw) between(lo, hi int) int { return lo + d.below(hi-lo+1) }

// unit is a number in [0, 1).
func (d *draw) unit() float64 { return float64(d.next()>>11) / (1 << 53) }

// within is a number in [lo, hi).
func (d *draw) within(lo, hi float64) float64 { return lo + (hi-lo)*d.unit() }

// percent is true in n of a hundred cases.
func (d *draw) percent(n int) bool { return d.below(100) < n }

// pick is one of the values.
func pick[T any](d *draw, values ...T) T { return values[d.below(len(values))] }

// shuffled is the numbers 0 to n-1 in some order.
func (d *draw) shuffled(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	for i := n - 1; i > 0; i-- {
		k := d.below(i + 1)
		order[i], order[k] = order[k], order[i]
	}
	return order
}

// share splits total into whole parts of about the given weights, exactly: each
// part is rounded down, and what is left goes to the first parts, one each.
func share(total int, weights []float64) []int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	parts, left := make([]int, len(weights)), total
	for i, w := range weights {
		parts[i] = int(math.Floor(float64(total) * w / sum))
		left -= parts[i]
	}
	for i := 0; i < left; i++ {
		parts[i%len(parts)]++
	}
	return parts
}

// uneven is n weights within a third of one another.
func (d *draw) uneven(n int) []float64 {
	weights := make([]float64, n)
	for i := range weights {
		weights[i] = d.within(0.85, 1.15)
	}
	return weights
}

// spread splits total into n uneven whole parts, exactly.
func (d *draw) spread(total, n int) []int { return share(total, d.uneven(n)) }
