package geofile_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/geofile"
)

// elements reads the picture as XML and answers its elements by name.
func elements(t require.TestingT, svg []byte) map[string][]map[string]string {
	all := map[string][]map[string]string{}
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		require.NoError(t, err, "%s", svg)
		if e, ok := token.(xml.StartElement); ok {
			attrs := map[string]string{}
			for _, a := range e.Attr {
				_, twice := attrs[a.Name.Local]
				require.False(t, twice)
				attrs[a.Name.Local] = a.Value
			}
			all[e.Name.Local] = append(all[e.Name.Local], attrs)
		}
	}
}

// pathRings reads path data back: the naive twin of the writer.
func pathRings(t require.TestingT, d string) (rings [][][2]int) {
	number := regexp.MustCompile(`-?\d+`)
	for _, part := range strings.Split(strings.TrimSuffix(d, "z"), "z") {
		require.True(t, strings.HasPrefix(part, "M"))
		var ring [][2]int
		numbers := number.FindAllString(part, -1)
		for i := 0; i+1 < len(numbers); i += 2 {
			x, _ := strconv.Atoi(numbers[i])
			y, _ := strconv.Atoi(numbers[i+1])
			if n := len(ring); n > 0 {
				x, y = x+ring[n-1][0], y+ring[n-1][1]
			}
			ring = append(ring, [2]int{x, y})
		}
		require.GreaterOrEqual(t, len(ring), 3)
		rings = append(rings, ring)
	}
	return rings
}

// onRing reports whether p lies on the closed ring.
func onRing(p [2]int, ring [][2]int) bool {
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		cross := (b[0]-a[0])*(p[1]-a[1]) - (b[1]-a[1])*(p[0]-a[0])
		if cross == 0 && min(a[0], b[0]) <= p[0] && p[0] <= max(a[0], b[0]) && min(a[1], b[1]) <= p[1] && p[1] <= max(a[1], b[1]) {
			return true
		}
	}
	return false
}

// What is drawn is the map: every corner, rounded to 0.1 px, lies on the path
// drawn for its ring, and every corner of the path is a corner of the ring.
func drawn(t *rapid.T) {
	m, _ := drawMap(t)
	width := rapid.IntRange(160, 3000).Draw(t, "width")
	title := rapid.SampledFrom([]string{"", "光明"}).Draw(t, "title")
	var b, again bytes.Buffer
	opts := geofile.SVG{Width: width, Title: title, Labels: []int{0, 1}, Legend: []geofile.Entry{{Text: rapid.String().Draw(t, "legend")}}}
	require.NoError(t, geofile.WriteSVG(&b, m, opts))
	require.NoError(t, geofile.WriteSVG(&again, m, opts))
	require.Equal(t, b.String(), again.String())
	all := elements(t, b.Bytes())
	require.Equal(t, strconv.Itoa(width), all["svg"][0]["width"])
	height, err := strconv.Atoi(all["svg"][0]["height"])
	require.NoError(t, err)

	var bound orb.Bound
	first := true
	for r := range m.All() {
		for _, p := range m.Boundary(r) {
			if first {
				bound, first = p.Bound(), false
			}
			bound = bound.Union(p.Bound())
		}
	}
	paths := map[string]string{}
	for _, p := range all["path"] {
		if p["data-code"] != "" {
			paths[p["data-code"]] = p["d"]
		}
	}
	k := math.Cos((bound.Min[1] + bound.Max[1]) / 2 * math.Pi / 180)
	w, h := (bound.Max[0]-bound.Min[0])*k, bound.Max[1]-bound.Min[1]
	scale := min(float64(width-32)/w, float64(width-32)*1.2/h)
	left := 16 + (float64(width-32)-w*scale)/2
	top := 16.0
	if title != "" {
		top += 38
	}
	for r := range m.Leaves(0) {
		drawnRings := pathRings(t, paths[string(m.Info(r).Code)])
		i := 0
		for _, polygon := range m.Boundary(r) {
			for _, ring := range polygon {
				require.Less(t, i, len(drawnRings)) // no ring here is under a pixel
				corners := map[[2]int]bool{}
				for _, q := range ring {
					x := left + (q[0]-bound.Min[0])*k*scale
					y := top + (bound.Max[1]-q[1])*scale
					// The two sums round differently in the last bit; allow the neighbour.
					found := false
					for _, p := range [][2]int{{int(math.Round(x * 10)), int(math.Round(y * 10))}} {
						for dx := -1; dx <= 1; dx++ {
							for dy := -1; dy <= 1; dy++ {
								near := [2]int{p[0] + dx, p[1] + dy}
								corners[near] = true
								found = found || onRing(near, drawnRings[i])
							}
						}
						require.True(t, p[0] >= 0 && p[0] <= width*10 && p[1] >= 0 && p[1] <= height*10)
					}
					require.True(t, found, "%v", q)
				}
				for _, p := range drawnRings[i] {
					require.True(t, corners[p], "%v", p)
				}
				i++
			}
		}
		require.Len(t, drawnRings, i)
	}
}

func TestDrawn(t *testing.T) { rapid.Check(t, drawn) }
func FuzzDrawn(f *testing.F) { f.Fuzz(rapid.MakeFuzz(drawn)) }

// twoGrids is a community of two grids that share a border.
func twoGrids(t testing.TB) *grid.Map {
	t.Helper()
	box := func(west, east float64) orb.MultiPolygon {
		return orb.MultiPolygon{{{{west, 22.70}, {(west + east) / 2, 22.70}, {east, 22.70}, {east, 22.72}, {west, 22.72}, {west, 22.72}}}}
	}
	m, err := grid.Build([]grid.Unit{
		{Code: "440311001", Name: "光明社区 <A&B>", Boundary: box(113.90, 113.94)},
		{Code: "G1", Parent: "440311001", Name: "一网格", Level: 1, Boundary: box(113.90, 113.92)},
		{Code: "G2", Parent: "440311001", Name: "二网格", Level: 1, Boundary: box(113.92, 113.94)},
	}, grid.Options{Levels: []string{"community", "grid"}})
	require.NoError(t, err)
	return m
}

func TestWriteSVG(t *testing.T) {
	var b bytes.Buffer
	m := twoGrids(t)
	require.NoError(t, geofile.WriteSVG(&b, m, geofile.SVG{
		Lang: "zh", Title: `"光明" & <script>`, Labels: []int{0, 1},
		Style: func(r grid.Ref) geofile.Style {
			if m.Info(r).Code == "G2" {
				return geofile.Style{Fill: "rgb(1, 2, 3)", Class: "over due", Title: "92 %\x00"}
			}
			return geofile.Style{}
		},
		Marks: []geofile.Mark{
			{At: orb.Point{113.91, 22.71}, Title: "case <1>"},
			{At: orb.Point{113.93, 22.71}, Radius: math.Inf(1), Fill: "gold", Class: "duty"},
			{At: orb.Point{113.93, 22.71}, Radius: math.NaN()},
			{At: orb.Point{114, 22.71}}, {At: orb.Point{math.NaN(), 22.71}}, {At: orb.Point{113.91, math.Inf(1)}},
		},
		Legend: []geofile.Entry{{Fill: "#cfe3ee", Text: "on time"}, {Text: strings.Repeat("长", 200)}, {Text: "last"}},
	}))
	all := elements(t, b.Bytes())
	require.Equal(t, "img", all["svg"][0]["role"])
	require.Equal(t, "zh", all["svg"][0]["lang"])
	require.Contains(t, b.String(), "<title>&quot;光明&quot; &amp; &lt;script&gt;</title><desc>community 1, grid 2</desc>")
	require.Contains(t, b.String(), `class="over due"`)
	require.Contains(t, b.String(), "<title>92 %\ufffd</title>")
	require.Contains(t, b.String(), "<title>G1 一网格</title>")
	require.Len(t, all["path"], 3)
	require.Equal(t, []string{"3", "50", "3"}, []string{all["circle"][0]["r"], all["circle"][1]["r"], all["circle"][2]["r"]})
	require.Len(t, all["circle"], 3)
	require.Len(t, all["text"], 1+3+3) // title, labels, legend
	// The point in the middle of a straight side is dropped, the shared side drawn alike.
	require.Len(t, pathRings(t, all["path"][0]["d"])[0], 4)
	for _, banned := range []string{"href", "url(", "<style", "<script", "http://www.w3.org/1999", "@"} {
		require.NotContains(t, b.String(), banned)
	}
}

func TestWriteSVGColors(t *testing.T) {
	m := twoGrids(t)
	for _, fill := range []string{"url(#a)", "URL(http://a)", "red;x", `red"`, "var(--a)\n", "红", "a:b", "\x00"} {
		var b bytes.Buffer
		err := geofile.WriteSVG(&b, m, geofile.SVG{Style: func(grid.Ref) geofile.Style { return geofile.Style{Fill: fill} }})
		require.ErrorIs(t, err, geofile.ErrColor, fill)
		require.Len(t, faults(t, err).Faults, 2)
		require.Zero(t, b.Len())
		require.ErrorIs(t, geofile.WriteSVG(&b, m, geofile.SVG{Marks: []geofile.Mark{{Fill: fill}}}), geofile.ErrColor)
		require.ErrorIs(t, geofile.WriteSVG(&b, m, geofile.SVG{Legend: make([]geofile.Entry, 3)[:1:1]}), nil)
		require.ErrorIs(t, geofile.WriteSVG(&b, m, geofile.SVG{Legend: []geofile.Entry{{Fill: fill}}}), geofile.ErrColor)
	}
	err := geofile.WriteSVG(io.Discard, m, geofile.SVG{Marks: slicesOf(geofile.Mark{Fill: "?"}, 130)})
	require.Equal(t, 30, faults(t, err).Left)
	require.ErrorIs(t, geofile.WriteSVG(full{}, m, geofile.SVG{}), errDisk)
}

func slicesOf[T any](v T, n int) []T {
	out := make([]T, n)
	for i := range out {
		out[i] = v
	}
	return out
}

// Maps without an extent, without units, and widths beyond the bounds.
func TestWriteSVGEdges(t *testing.T) {
	thin, err := grid.Build([]grid.Unit{
		{Code: "A", Boundary: orb.MultiPolygon{{{{179, 89}, {180, 90}, {180, 89}}}, {{{-180, -90}, {-179, -90}, {-180, -89}}}}},
		{Code: "B", Boundary: orb.MultiPolygon{{{{0, 0}, {1e-7, 0}, {0, 1e-7}}}}},
	}, grid.Options{Levels: []string{"grid"}})
	require.NoError(t, err)
	for name, c := range map[string]struct {
		m     *grid.Map
		width int
		want  string
	}{
		"nil":      {nil, 0, "960"},
		"zero":     {&grid.Map{}, -5, "960"},
		"narrow":   {twoGrids(t), 1, "160"},
		"wide":     {twoGrids(t), math.MaxInt, "10000"},
		"globe":    {thin, 500, "500"},
		"ordinary": {twoGrids(t), 500, "500"},
	} {
		var b bytes.Buffer
		require.NoError(t, geofile.WriteSVG(&b, c.m, geofile.SVG{Width: c.width, Title: "t", Labels: []int{-1, 0, 1, 9}}), name)
		all := elements(t, b.Bytes())
		require.Equal(t, c.want, all["svg"][0]["width"], name)
		require.NotContains(t, b.String(), "NaN", name)
		require.NotContains(t, b.String(), "Inf", name)
	}
	var b bytes.Buffer
	require.NoError(t, geofile.WriteSVG(&b, thin, geofile.SVG{}))
	require.NotContains(t, b.String(), `data-code="B"`) // far below a pixel
}

// The tip of a spike is part of the boundary, though it lies on a straight line
// with the points before and after it.
func TestSpikeDrawn(t *testing.T) {
	m, err := grid.Build([]grid.Unit{{Code: "A", Boundary: orb.MultiPolygon{{{
		{0, 0}, {0.02, 0}, {0.02, 0.02}, {0.01, 0.02}, {0.01, 0.03}, {0.01, 0.02}, {0, 0.02},
	}}}}}, grid.Options{Levels: []string{"grid"}})
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, geofile.WriteSVG(&b, m, geofile.SVG{}))
	path := pathRings(t, elements(t, b.Bytes())["path"][0]["d"])[0]
	require.Len(t, path, 7)
	require.Equal(t, 160, path[4][1]) // at the top of the map
}

// Labels never touch each other.
func TestLabelsApart(t *testing.T) {
	features, err := decode(city(12))
	require.NoError(t, err)
	units, err := geofile.Units(features, 0, geofile.UnitOptions{})
	require.NoError(t, err)
	m, err := grid.Build(units, grid.Options{Levels: []string{"grid"}})
	require.NoError(t, err)
	for _, width := range []int{300, 960, 2000} {
		var b bytes.Buffer
		opts := geofile.SVG{Width: width, Labels: []int{0}, Label: func(r grid.Ref) string { return strings.Repeat("格", 1+int(r)%7) }}
		require.NoError(t, geofile.WriteSVG(&b, m, opts))
		type box struct{ x0, y0, x1, y1 float64 }
		var boxes []box
		label := regexp.MustCompile(`<text x="([\d.]+)" y="([\d.]+)" font-size="([\d.]+)"[^>]*>([^<]*)`)
		for _, s := range label.FindAllStringSubmatch(b.String(), -1) {
			x, _ := strconv.ParseFloat(s[1], 64)
			y, _ := strconv.ParseFloat(s[2], 64)
			size, _ := strconv.ParseFloat(s[3], 64)
			half := float64(len([]rune(s[4]))) * size / 2
			boxes = append(boxes, box{x - half, y - size*0.8, x + half, y + size*0.2})
		}
		require.NotEmpty(t, boxes)
		for i, p := range boxes {
			for _, q := range boxes[:i] {
				require.False(t, p.x0 < q.x1 && q.x0 < p.x1 && p.y0 < q.y1 && q.y0 < p.y1, "%v %v", p, q)
			}
		}
	}
}

// A picture of the real maps stays small.
func TestRealPictures(t *testing.T) {
	for _, levels := range [][]string{{"ward", "precinct"}} {
		m := realMap(t, levels)
		var b bytes.Buffer
		require.NoError(t, geofile.WriteSVG(&b, m, geofile.SVG{Title: levels[0], Labels: []int{0, 1}}))
		elements(t, b.Bytes())
		t.Logf("%s: %d units, %d bytes", levels[0], m.Len(), b.Len())
		require.Less(t, b.Len(), 300*m.LeafCount()+200_000)
		var g bytes.Buffer
		require.NoError(t, geofile.WriteGeoJSON(&g, m))
		features, err := decode(g.String())
		require.NoError(t, err)
		units, err := geofile.Units(features, geofile.OwnLevel, geofile.UnitOptions{})
		require.NoError(t, err)
		back, err := grid.Build(units, grid.Options{Levels: levels})
		require.NoError(t, err)
		require.Equal(t, m.Hash(), back.Hash())
	}
}

func BenchmarkWriteSVG(b *testing.B) {
	features, err := decode(city(60))
	require.NoError(b, err)
	units, err := geofile.Units(features, 0, geofile.UnitOptions{})
	require.NoError(b, err)
	m, err := grid.Build(units, grid.Options{Levels: []string{"grid"}})
	require.NoError(b, err)
	for b.Loop() {
		if err := geofile.WriteSVG(io.Discard, m, geofile.SVG{Labels: []int{0}}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(m.Len()), "units/op")
}
