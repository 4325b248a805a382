package geofile_test

import (
	"bytes"
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid/geofile"
)

// shapeRoundTrip: what the naive writer writes comes back, with or without a .shx
// and in either code page.
func shapeRoundTrip(t *rapid.T) {
	kind := rapid.SampledFrom([]int{1, 3, 5, 8, 11, 13, 15, 18, 21, 23, 25, 28}).Draw(t, "kind")
	rows := rapid.IntRange(0, 5).Draw(t, "rows")
	place := rapid.Custom(func(t *rapid.T) orb.Point {
		return orb.Point{rapid.Float64Range(-180, 180).Draw(t, "x"), rapid.Float64Range(-90, 90).Draw(t, "y")}
	})
	var shapes []shape
	want := make([]geofile.Feature, rows)
	for i := range want {
		if rapid.IntRange(0, 5).Draw(t, "null") == 0 {
			shapes = append(shapes, shape{})
			continue
		}
		var parts [][]orb.Point
		switch kind % 10 {
		case 1:
			parts = [][]orb.Point{{place.Draw(t, "point")}}
		case 8:
			parts = [][]orb.Point{rapid.SliceOfN(place, 1, 4).Draw(t, "points")}
		case 3:
			parts = rapid.SliceOfN(rapid.SliceOfN(place, 2, 4), 1, 3).Draw(t, "lines")
			for _, line := range parts {
				want[i].Lines = append(want[i].Lines, line)
			}
		case 5: // one ring: how several are sorted is the twin's of nests
			parts = [][]orb.Point{rapid.SliceOfN(place, 3, 6).Draw(t, "ring")}
			want[i].Polygons = orb.MultiPolygon{{parts[0]}}
		}
		if kind%10 == 1 || kind%10 == 8 {
			want[i].Points = parts[0]
		}
		shapes = append(shapes, shape{kind, parts})
	}
	language := rapid.SampledFrom([]byte{0, 0x4d}).Draw(t, "language")
	cpg := ""
	if language == 0 {
		cpg = rapid.SampledFrom([]string{"UTF-8", "GBK"}).Draw(t, "cpg")
	}
	encode := func(s string) string {
		if cpg == "UTF-8" {
			return s
		}
		s, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		require.NoError(t, err)
		return s
	}
	han := rapid.StringOfN(rapid.RuneFrom([]rune("光明街道 abc1東龦")), 0, 9, 30)
	numbers := rapid.SampledFrom([]string{"0", "-12", "440311001002003004", "1.50", "-0.25", "1e3"})
	words := map[string]geofile.Value{"T": {Kind: geofile.Bool, Text: "true"}, "n": {Kind: geofile.Bool, Text: "false"}, "?": {}}
	days := map[string]geofile.Value{"20240229": {Kind: geofile.String, Text: "2024-02-29"}, "": {}}
	columns := []column{{encode("名称"), 'C', 40, nil}, {"n", 'N', 20, nil}, {"f", 'F', 20, nil}, {"l", 'L', 1, nil}, {"d", 'D', 8, nil}}
	deleted := map[int]bool{}
	for i := range rows {
		name := strings.TrimRight(han.Draw(t, "name"), " ")
		number, float := numbers.Draw(t, "n"), numbers.Draw(t, "f")
		word, day := rapid.SampledFrom([]string{"T", "n", "?"}).Draw(t, "l"), rapid.SampledFrom([]string{"20240229", ""}).Draw(t, "d")
		for k, c := range []string{encode(name), fmt.Sprintf("%20s", number), float, word, day} {
			columns[k].cells = append(columns[k].cells, c)
		}
		text := geofile.Value{}
		if name != "" {
			text = geofile.Value{Kind: geofile.String, Text: name}
		}
		want[i].Properties = []geofile.Property{
			{Name: "名称", Value: text}, {Name: "n", Value: geofile.Value{Kind: geofile.Number, Text: number}},
			{Name: "f", Value: geofile.Value{Kind: geofile.Number, Text: float}}, {Name: "l", Value: words[word]}, {Name: "d", Value: days[day]},
		}
		deleted[i] = rapid.IntRange(0, 9).Draw(t, "deleted") == 0
	}
	s := &geofile.Shapefile{Name: "s", DBF: writeTable(language, columns, rows, deleted), CPG: []byte(cpg)}
	s.SHP, s.SHX = writeShapes(kind, shapes)
	if rapid.Bool().Draw(t, "no index") {
		s.SHX = nil
	}
	layer, err := s.Decode(geofile.ShapefileOptions{})
	require.NoError(t, err)
	var live []geofile.Feature
	for i, f := range want {
		if !deleted[i] {
			live = append(live, f)
		}
	}
	require.Empty(t, cmp.Diff(live, layer.Features, sameValues))
	require.Equal(t, rows-len(live), layer.Deleted)
	for _, f := range layer.Features {
		inBytes(t, s, f)
	}

	var b bytes.Buffer
	require.NoError(t, geofile.WriteFeatures(&b, layer.Features))
	again, err := decode(b.String())
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(layer.Features, again, sameValues))
}

func TestShapeRoundTrip(t *testing.T) { rapid.Check(t, shapeRoundTrip) }
func FuzzShapeRoundTrip(f *testing.F) { f.Fuzz(rapid.MakeFuzz(shapeRoundTrip)) }

// inBytes checks that each vertex stands in the .shp where Vertex says.
func inBytes(t require.TestingT, s *geofile.Shapefile, f geofile.Feature) {
	eachVertex(f, func(p orb.Point, part, ring, i int) {
		at, ok := f.Vertex(part, ring, i)
		require.True(t, ok)
		require.Equal(t, p, placeAt(s.SHP, at.Offset))
	})
}

// Any bytes in all parts: no panic; what is read is in the bytes and can be
// written; faults lie in the parts, sorted.
func FuzzShapefile(f *testing.F) {
	for _, name := range []string{"gbk", "language", "tall", "measured", "lines", "points", "multipoints", "dirty"} {
		s := readReal(f, name)
		f.Add(s.SHP, s.SHX, s.DBF, s.CPG)
		f.Add(s.SHP, []byte(nil), s.DBF, []byte("UTF-8"))
	}
	for _, c := range damage {
		s := squares(3)
		c.make(s)
		f.Add(s.SHP, s.SHX, s.DBF, s.CPG)
	}
	f.Fuzz(func(t *testing.T, shp, shx, dbf, cpg []byte) {
		s := &geofile.Shapefile{Name: "s", SHP: shp, SHX: shx, DBF: dbf, CPG: cpg}
		if len(shx) == 0 {
			s.SHX = nil
		}
		layer, err := s.Decode(geofile.ShapefileOptions{})
		require.NotNil(t, layer)
		sizes := map[string]int{"s.shp": len(shp), "s.shx": len(shx), "s.dbf": len(dbf)}
		lie := func(f *geofile.Error) {
			require.NotEmpty(t, f.Code())
			require.NotEmpty(t, f.Text("zh"))
			require.Contains(t, sizes, f.File)
			require.LessOrEqual(t, f.Offset, sizes[f.File])
		}
		if err != nil {
			all := faults(t, err)
			require.LessOrEqual(t, len(all.Faults), geofile.FaultsMax)
			for i, f := range all.Faults {
				lie(f)
				require.True(t, i == 0 || all.Faults[i-1].Record <= f.Record)
			}
		}
		for _, f := range layer.Findings {
			lie(f)
		}
		for _, f := range layer.Features {
			inBytes(t, s, f)
		}
		var b bytes.Buffer
		require.NoError(t, geofile.WriteFeatures(&b, layer.Features))
		again, err := geofile.Decode("", &b, geofile.Options{Limits: geofile.Limits{PropertiesMax: math.MaxInt}})
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(layer.Features, again, sameValues))
	})
}

// No number in a header makes Decode take memory that the bytes do not justify:
// at most 64 bytes for a byte (of a .dbf full of empty cells of one byte).
func TestShapefileMemory(t *testing.T) {
	measure := func(s *geofile.Shapefile) float64 {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		_, _ = s.Decode(geofile.ShapefileOptions{})
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc-before.TotalAlloc) / float64(len(s.SHP)+len(s.SHX)+len(s.DBF)+1<<14)
	}
	for _, c := range damage {
		s := squares(3)
		c.make(s)
		require.Less(t, measure(s), 8.0, c.name)
	}
	var columns []column
	for i := range 1000 {
		columns = append(columns, column{fmt.Sprint(i), 'C', 1, make([]string, 200)})
	}
	s := &geofile.Shapefile{Name: "s", DBF: writeTable(0, columns, 200, nil)}
	s.SHP, s.SHX = writeShapes(1, make([]shape, 200))
	require.Less(t, measure(s), 64.0)
	nulls := &geofile.Shapefile{Name: "s"}
	nulls.SHP, nulls.SHX = writeShapes(1, make([]shape, 20000))
	require.Less(t, measure(nulls), 64.0)
}
