package geofile_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
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

// The same areas as GeoJSON, as a Shapefile and as WKB; places/s compares them,
// for their bytes hold different amounts.
func BenchmarkBinary(b *testing.B) {
	var shapes []shape
	code, name := column{name: "code", kind: 'C', width: 20}, column{name: "name", kind: 'C', width: 40}
	homes := column{name: "homes", kind: 'N', width: 9}
	features, err := geofile.Decode("", strings.NewReader(city(70)), geofile.Options{})
	require.NoError(b, err)
	places := 0
	var rows [][]byte
	for i, f := range features {
		ring := f.Polygons[0][0]
		places += len(ring)
		shapes = append(shapes, shape{5, [][]orb.Point{ring}})
		code.cells = append(code.cells, "440311"+strconv.Itoa(100000+i))
		name.cells = append(name.cells, "\xb9\xe2\xc3\xf7\xcd\xf8\xb8\xf1"+strconv.Itoa(i))
		homes.cells = append(homes.cells, strconv.Itoa(i))
		row := []byte{1, 3, 0, 0, 0, 1, 0, 0, 0}
		row = binary.LittleEndian.AppendUint32(row, uint32(len(ring)))
		for _, p := range ring {
			row = binary.LittleEndian.AppendUint64(row, math.Float64bits(p[0]))
			row = binary.LittleEndian.AppendUint64(row, math.Float64bits(p[1]))
		}
		rows = append(rows, row)
	}
	s := &geofile.Shapefile{Name: "s", DBF: writeTable(0x4d, []column{code, name, homes}, len(shapes), nil)}
	s.SHP, s.SHX = writeShapes(5, shapes)
	shapeAlone := *s
	shapeAlone.DBF = nil
	perSecond := func(b *testing.B) {
		b.ReportMetric(float64(places)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mplaces/s")
	}
	for name, s := range map[string]*geofile.Shapefile{"Shapefile": s, "shapes-alone": &shapeAlone} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s.SHP) + len(s.SHX) + len(s.DBF)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.Decode(geofile.ShapefileOptions{}); err != nil {
					b.Fatal(err)
				}
			}
			perSecond(b)
		})
	}
	for name, text := range map[string]bool{"WKB": false, "WKB-text": true} {
		input, size := rows, 0
		if text {
			input = nil
			for _, row := range rows {
				input = append(input, []byte(hex.EncodeToString(row)))
			}
		}
		for _, row := range input {
			size += len(row)
		}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, row := range input {
					if _, _, err := geofile.DecodeWKB("", row, geofile.Options{}); err != nil {
						b.Fatal(err)
					}
				}
			}
			perSecond(b)
		})
	}
	// The peer: what orb's decoder takes for the same rows.
	b.Run("orb-wkb", func(b *testing.B) {
		b.SetBytes(int64(len(rows) * len(rows[0])))
		b.ReportAllocs()
		for b.Loop() {
			for _, row := range rows {
				if _, err := wkb.Unmarshal(row); err != nil {
					b.Fatal(err)
				}
			}
		}
		perSecond(b)
	})
}
