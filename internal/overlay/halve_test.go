package overlay

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Halving a box again and again measures what one sweep of all of it does.
func TestHalvesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		star := func(label string) [][]Point {
			n := rapid.IntRange(3, 60).Draw(t, label)
			turn := rapid.Float64Range(0, 40).Draw(t, "turn")
			var ring []Point
			for i := range n {
				sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
				r := 20 + 900*math.Abs(math.Sin(float64(i)*turn))
				ring = append(ring, Point{int32(r * cos), int32(r * sin)})
			}
			return [][]Point{ring, {{0, 0}, {5, 0}, {5, 40}, {-7, 11}}}
		}
		s := NewSheet(Flat)
		s.Begin(star("subject"))
		s.Mask(star("mask"))
		s.Claim(star("first"))
		s.Claim(star("second"))
		parts, rest := s.Parts(nil)

		s.sweep.begin(s.regions)
		var cut func(pieces []piece, b box, depth int)
		cut = func(pieces []piece, b box, depth int) {
			if depth == 0 || rapid.IntRange(0, 4).Draw(t, "stop") == 0 {
				s.sweep.run(pieces, b, &s.weight, s.origin.Y)
				return
			}
			for _, half := range b.halves()[rapid.IntRange(0, 1).Draw(t, "side")] {
				cut(clip(pieces, half, nil), half, depth-1)
			}
		}
		cut(s.pieces, s.box, 7)
		for i, p := range append([]float64{rest}, parts...) {
			require.InDelta(t, p, s.sweep.area[i]*1e-14, 1e-14*2)
		}
	})
}

// The set of claims answers its smallest, in whatever order they come and go.
func TestOwners(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 200).Draw(t, "claims")
		var o owners
		o.begin(n)
		in := map[int]bool{}
		for range 60 {
			c := rapid.IntRange(0, n-1).Draw(t, "claim")
			o.toggle(c)
			if in[c] = !in[c]; !in[c] {
				delete(in, c)
			}
			if rapid.Bool().Draw(t, "ask") {
				want := -1
				for c := range in {
					if want < 0 || c < want {
						want = c
					}
				}
				require.Equal(t, want, o.first())
			}
		}
	})
}
