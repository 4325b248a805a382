package overlay_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gridgov/gridgov/internal/overlay"
)

// round is a ring of n points about a centre, wavy by a part of its radius.
func round(x, y int32, radius float64, n int, wave, turn float64) []overlay.Point {
	var ring []overlay.Point
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		r := radius * (1 + wave*math.Sin(turn*float64(i)))
		ring = append(ring, overlay.Point{X: x + int32(r*cos), Y: y + int32(r*sin)})
	}
	return ring
}

// BenchmarkArea: leaves of 72 points side by side and rings of 100,000.
func BenchmarkArea(b *testing.B) {
	for _, c := range []struct {
		name string
		a, b []overlay.Point
	}{
		{"leaves", round(0, 0, 50_000, 72, 0.1, 2.5), round(60_000, 0, 50_000, 72, 0.1, 2.5)},
		{"moved leaf", round(0, 0, 50_000, 72, 0.1, 2.5), round(3, 3, 50_000, 72, 0.1, 2.5)},
		{"same leaf", round(0, 0, 50_000, 72, 0.1, 2.5), round(0, 0, 50_000, 72, 0.1, 2.5)},
		{"leaf in 100,000", round(0, 0, 50_000, 72, 0.1, 2.5), round(9_000_000, 0, 9_000_000, 100_000, 0.1, 0.01)},
		{"100,000 with itself", round(0, 0, 9_000_000, 100_000, 0.1, 0.01), round(0, 0, 9_000_000, 100_000, 0.1, 0.01)},
		{"100,000 moved", round(0, 0, 9_000_000, 100_000, 0.1, 0.01), round(999, 0, 9_000_000, 100_000, 0.1, 0.01)},
		{"25,000 jagged", round(0, 0, 9_000_000, 25_000, 0.05, 1), round(0, 0, 9_000_000, 25_000, 0.05, 1)},
	} {
		b.Run(c.name, func(b *testing.B) {
			s := overlay.NewSheet(cosine)
			x, y := region{c.a}, region{c.b}
			b.ReportAllocs()
			for b.Loop() {
				s.Area(x, y)
			}
		})
	}
}

// comb has n teeth that lean, each of its own length, so that every row meets
// most of them: the worst case.
func comb(n int, lean int32) []overlay.Point {
	ring := []overlay.Point{{X: int32(n) * 100, Y: -100}, {X: 0, Y: -100}}
	for i := range int32(n) {
		h := 1_000_000 + (i*7919%1000)*100
		ring = append(ring, overlay.Point{X: i * 100, Y: 0}, overlay.Point{X: i*100 + 40 + lean*(h/100), Y: h})
	}
	return ring
}

func BenchmarkComb(b *testing.B) {
	for _, lean := range []int32{0, 100} {
		for _, n := range []int{500, 2_000} {
			b.Run(fmt.Sprintf("lean %d/%d", lean, n), func(b *testing.B) {
				s := overlay.NewSheet(cosine)
				x := region{comb(n, lean)}
				for b.Loop() {
					s.Area(x, x)
				}
			})
		}
	}
}
