package main

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDivide cuts many towns: the parts are pieces without holes that share out
// every quad once.
func TestDivide(t *testing.T) {
	for seed := range 60 {
		d := newDraw(fmt.Sprint("divide", seed))
		g := site{w: d.between(20, 50), h: d.between(20, 50)}.ground()
		town := g.town(d, 4)
		n := d.between(1, len(town)/16)
		parts := divide(d, town, d.uneven(n))
		require.Len(t, parts, n)
		seen := map[cell]bool{}
		for _, part := range parts {
			_, ok := ring(part)
			require.True(t, ok, "seed %d: %v", seed, part)
			for _, c := range part {
				require.False(t, seen[c], "%v is in two parts", c)
				seen[c] = true
			}
		}
		require.Len(t, seen, len(town))
		for _, c := range town {
			require.True(t, seen[c])
		}
	}
}

func TestRing(t *testing.T) {
	for name, c := range map[string]struct {
		cells []cell
		want  int // corners, closed; 0: none
	}{
		"one":      {[]cell{{0, 0}}, 5},
		"two":      {[]cell{{0, 0}, {1, 0}}, 7},
		"apart":    {[]cell{{0, 0}, {2, 0}}, 0},
		"touching": {[]cell{{0, 0}, {1, 1}}, 0},
		"hole":     {[]cell{{0, 0}, {1, 0}, {2, 0}, {0, 1}, {2, 1}, {0, 2}, {1, 2}, {2, 2}}, 0},
		"nothing":  {nil, 0},
	} {
		corners, ok := ring(c.cells)
		require.Equal(t, c.want > 0, ok, name)
		if ok {
			require.Len(t, corners, c.want, name)
			require.Equal(t, corners[0], corners[len(corners)-1], name)
		}
	}
}

// TestShare splits without a rest.
func TestShare(t *testing.T) {
	require.Equal(t, []int{3, 3, 2}, share(8, []float64{1, 1, 1}))
	for seed := range 200 {
		d := newDraw(fmt.Sprint("share", seed))
		total, n := d.below(5000), d.between(1, 80)
		sum := 0
		for _, part := range d.spread(total, n) {
			require.GreaterOrEqual(t, part, 0)
			sum += part
		}
		require.Equal(t, total, sum)
	}
}

// TestDraw holds the generator to the published numbers of splitmix64.
func TestDraw(t *testing.T) {
	d := &draw{1234567}
	for _, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431} {
		require.Equal(t, want, d.next())
	}
}
