package main

import (
	"flag"
	"fmt"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// benchSizes is for go test -bench . -args -leaves 100000.
var benchSizes = flag.String("leaves", "100,5000", "leaves of the tilings in benchmarks")

func BenchmarkLookup(b *testing.B) {
	const window = 1 << 12
	eachPeer(b, func(b *testing.B, p peer, t *tiling) {
		x, err := p.build(t)
		require.NoError(b, err)
		for _, kind := range kinds {
			b.Run(kind, func(b *testing.B) {
				points, err := sample(t, kind, 1<<18, 1)
				require.NoError(b, err)
				b.ReportAllocs()
				for done := 0; done < b.N; {
					from := done % len(points)
					n := min(window, b.N-done, len(points)-from)
					x.each(points[from : from+n])
					done += n
				}
			})
		}
	})
}

func BenchmarkBuild(b *testing.B) {
	eachPeer(b, func(b *testing.B, p peer, t *tiling) {
		for b.Loop() {
			_, err := p.build(t)
			require.NoError(b, err)
		}
		b.ReportMetric(float64(t.shape.vertices)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mvertices/s")
	})
}

// eachPeer runs a benchmark for every size and peer.
func eachPeer(b *testing.B, run func(b *testing.B, p peer, t *tiling)) {
	for _, text := range list(*benchSizes) {
		n, err := strconv.Atoi(text)
		require.NoError(b, err)
		t := synthetic(n, 1)
		for _, p := range peers() {
			b.Run(fmt.Sprintf("%d/%s", n, p.name), func(b *testing.B) { run(b, p, t) })
		}
	}
}
