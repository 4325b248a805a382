package geofile_test

import (
	"bytes"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid/geofile"
)

func BenchmarkDecode(b *testing.B) {
	var data []byte
	if os.Getenv("GRIDGOV_GEOJSON") != "" {
		for _, file := range realFiles(b) {
			text, err := os.ReadFile(file)
			require.NoError(b, err)
			if strings.HasSuffix(file, ".geojson") && len(text) > len(data) {
				data = text
			}
		}
	} else {
		data = []byte(city(60))
	}
	b.Run("Decode", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := geofile.Decode("", bytes.NewReader(data), geofile.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := decodeTwin(data); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// city is n × n grids of 24 vertices each.
func city(n int) string {
	var features []geofile.Feature
	for i := range n * n {
		x, y := 113.9+float64(i%n)*0.001, 22.7+float64(i/n)*0.001
		var ring orb.Ring
		for k := range 24 {
			sin, cos := math.Sincos(float64(k) * math.Pi / 12)
			ring = append(ring, orb.Point{math.Round((x+cos*0.0005)*1e7) / 1e7, math.Round((y+sin*0.0005)*1e7) / 1e7})
		}
		features = append(features, geofile.Feature{
			Properties: []geofile.Property{
				{Name: "code", Value: geofile.Value{Kind: geofile.String, Text: "G" + strconv.Itoa(10000+i)}},
				{Name: "parent", Value: geofile.Value{Kind: geofile.String, Text: "440311001"}},
			},
			Polygons: orb.MultiPolygon{{ring}},
		})
	}
	var b bytes.Buffer
	if err := geofile.WriteFeatures(&b, features); err != nil {
		panic(err)
	}
	return b.String()
}
