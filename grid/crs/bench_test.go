package crs_test

import (
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid/crs"
)

// BenchmarkConvert is one point, there and back, in places of one city.
func BenchmarkConvert(b *testing.B) {
	places := make([]orb.Point, 1024)
	for i := range places {
		places[i] = orb.Point{113.8 + float64(i%32)/64, 22.4 + float64(i/32)/64}
	}
	for _, name := range []string{"GCJ-02", "BD-09", "EPSG:4547", "EPSG:3857"} {
		s := find(b, name)
		images := make([]orb.Point, len(places))
		for i, p := range places {
			q, err := s.FromWGS84(p)
			require.NoError(b, err)
			images[i] = q
		}
		b.Run(name+"/from", func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				_, _ = s.FromWGS84(places[i&1023])
			}
		})
		b.Run(name+"/to", func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				_, _ = s.ToWGS84(images[i&1023])
			}
		})
	}
}

func BenchmarkFind(b *testing.B) {
	for b.Loop() {
		_, _ = crs.Find("EPSG:4547")
	}
}

func BenchmarkParseWKT(b *testing.B) {
	b.SetBytes(int64(len(shenzhen)))
	for b.Loop() {
		_, _ = crs.ParseWKT(shenzhen)
	}
}

func BenchmarkSuspect(b *testing.B) {
	sample := make([]orb.Point, 1024)
	for i := range sample {
		sample[i] = orb.Point{38506000 + float64(i), 2494000}
	}
	for b.Loop() {
		crs.Suspect(sample)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(sample)), "ns/point")
}
