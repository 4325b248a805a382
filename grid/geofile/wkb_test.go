package geofile_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid/geofile"
)

// recorded yields the lines of wkb.txt: what is expected, the SRID, the text.
func recorded(t testing.TB) [][3]string {
	t.Helper()
	text, err := os.ReadFile("testdata/wkb.txt")
	require.NoError(t, err)
	var all [][3]string
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		require.Len(t, fields, 3)
		all = append(all, [3]string(fields))
	}
	require.Len(t, all, 36)
	return all
}

// What GEOS and GDAL wrote is what Decode reads from the same geometry as GeoJSON,
// as bytes and in each spelling of hexadecimal text.
func TestWKBRecorded(t *testing.T) {
	for _, c := range recorded(t) {
		want, err := decode(feature(c[0], "{}"))
		require.NoError(t, err)
		data, err := hex.DecodeString(c[2])
		require.NoError(t, err)
		for _, form := range [][]byte{data, []byte(strings.ToUpper(c[2])), []byte(strings.ToLower(c[2])), []byte(`\x` + c[2]), []byte(" " + c[2] + "\r\n")} {
			got, srid, err := geofile.DecodeWKB("row 1", form, geofile.Options{})
			require.NoError(t, err, c[2])
			require.Empty(t, cmp.Diff(want[0], got, sameValues), c[2])
			require.Equal(t, c[1], strconv.Itoa(srid))
		}
		f, _, err := geofile.DecodeWKB("row 1", data, geofile.Options{})
		require.NoError(t, err)
		vertices(t, data, 1, 0, f)
		f, _, err = geofile.DecodeWKB("row 1", []byte(`\x`+c[2]), geofile.Options{})
		require.NoError(t, err)
		vertices(t, data, 2, 2, f)
	}
}

// vertices checks that each vertex stands in data where Vertex says.
func vertices(t require.TestingT, data []byte, digits, before int, f geofile.Feature) {
	eachVertex(f, func(p orb.Point, part, ring, i int) {
		at, ok := f.Vertex(part, ring, i)
		require.True(t, ok)
		require.Equal(t, "row 1", at.File)
		require.Zero(t, (at.Offset-before)%digits)
		b := data[(at.Offset-before)/digits:]
		little := orb.Point{math.Float64frombits(binary.LittleEndian.Uint64(b)), math.Float64frombits(binary.LittleEndian.Uint64(b[8:]))}
		big := orb.Point{math.Float64frombits(binary.BigEndian.Uint64(b)), math.Float64frombits(binary.BigEndian.Uint64(b[8:]))}
		require.True(t, p == little || p == big, "%v at %v", p, at)
	})
}

// wkbWriter writes WKB the naive way: every head may have its own byte order,
// numbering and SRID.
type wkbWriter struct {
	t    *rapid.T
	b    bytes.Buffer
	srid uint32 // 0 for none
	dims int    // bit 0 z, bit 1 m
}

func (w *wkbWriter) head(kind uint32, top bool) binary.ByteOrder {
	var order binary.ByteOrder = binary.LittleEndian
	if rapid.Bool().Draw(w.t, "big") {
		order = binary.BigEndian
	}
	w.b.WriteByte(map[bool]byte{true: 0, false: 1}[order == binary.BigEndian])
	if rapid.Bool().Draw(w.t, "iso") {
		kind += 1000 * uint32(w.dims)
	} else {
		kind |= uint32(w.dims&1)<<31 | uint32(w.dims>>1)<<30
	}
	sub := w.srid != 0 && (top || rapid.Bool().Draw(w.t, "srid again"))
	if sub {
		kind |= 1 << 29
	}
	w.put(order, kind)
	if sub {
		w.put(order, w.srid)
	}
	return order
}

func (w *wkbWriter) put(order binary.ByteOrder, v any) {
	if err := binary.Write(&w.b, order, v); err != nil {
		panic(err)
	}
}

func (w *wkbWriter) places(order binary.ByteOrder, places []orb.Point, counted bool) {
	if counted {
		w.put(order, uint32(len(places)))
	}
	for _, p := range places {
		w.put(order, p)
		for range w.dims&1 + w.dims>>1 {
			w.put(order, math.NaN()) // what is dropped is not looked at
		}
	}
}

// wkbRoundTrip: what the naive writer writes comes back, and so does what
// WriteFeatures makes of it.
func wkbRoundTrip(t *rapid.T) {
	w := &wkbWriter{t: t, srid: rapid.SampledFrom([]uint32{0, 4326, 4490}).Draw(t, "srid"), dims: rapid.IntRange(0, 3).Draw(t, "dims")}
	place := rapid.Custom(func(t *rapid.T) orb.Point {
		return orb.Point{rapid.Float64Range(-180, 180).Draw(t, "x"), rapid.Float64Range(-90, 90).Draw(t, "y")}
	})
	var want geofile.Feature
	polygon := func(top bool) {
		order := w.head(3, top)
		rings := rapid.SliceOfN(rapid.SliceOfN(place, 3, 5), 1, 3).Draw(t, "rings")
		w.put(order, uint32(len(rings)))
		var p orb.Polygon
		for _, r := range rings {
			w.places(order, r, true)
			p = append(p, r)
		}
		want.Polygons = append(want.Polygons, p)
	}
	line := func(top bool) {
		order := w.head(2, top)
		places := rapid.SliceOfN(place, 2, 5).Draw(t, "line")
		w.places(order, places, true)
		want.Lines = append(want.Lines, places)
	}
	point := func(top bool) {
		order := w.head(1, top)
		p := place.Draw(t, "point")
		w.places(order, []orb.Point{p}, false)
		want.Points = append(want.Points, p)
	}
	one := []func(bool){point, line, polygon}
	kind := rapid.IntRange(1, 3).Draw(t, "kind")
	var many func(depth int, top bool)
	many = func(depth int, top bool) {
		switch form := rapid.IntRange(0, 2).Draw(t, "form"); {
		case form == 0:
			one[kind-1](top)
		case form == 1:
			order := w.head(uint32(kind)+3, top)
			n := rapid.IntRange(0, 3).Draw(t, "parts")
			w.put(order, uint32(n))
			for range n {
				one[kind-1](false)
			}
		default:
			order := w.head(7, top)
			n := 0
			if depth < 3 {
				n = rapid.IntRange(0, 3).Draw(t, "members")
			}
			w.put(order, uint32(n))
			for range n {
				many(depth+1, false)
			}
		}
	}
	many(0, true)
	data := w.b.Bytes()
	got, srid, err := geofile.DecodeWKB("row 1", data, geofile.Options{})
	require.NoError(t, err, "%x", data)
	require.Equal(t, int(w.srid), srid)
	require.Empty(t, cmp.Diff(want, got, sameValues))
	vertices(t, data, 1, 0, got)

	var b bytes.Buffer
	require.NoError(t, geofile.WriteFeatures(&b, []geofile.Feature{got}))
	again, err := decode(b.String())
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(got, again[0], sameValues))

	// Every prefix is a fault within it.
	cut := rapid.IntRange(0, len(data)-1).Draw(t, "cut")
	_, _, err = geofile.DecodeWKB("", data[:cut], geofile.Options{})
	all := faults(t, err)
	require.Len(t, all.Faults, 1)
	require.True(t, all.Faults[0].Code() == "truncated" || all.Faults[0].Code() == "counts", "%v", err)
	require.LessOrEqual(t, all.Faults[0].Offset, cut)
	_, _, err = geofile.DecodeWKB("", append(bytes.Clone(data), 0), geofile.Options{})
	require.ErrorIs(t, err, geofile.ErrTrailing)
	require.Equal(t, len(data), faults(t, err).Faults[0].Offset)
}

func TestWKBRoundTrip(t *testing.T) { rapid.Check(t, wkbRoundTrip) }
func FuzzWKBRoundTrip(f *testing.F) { f.Fuzz(rapid.MakeFuzz(wkbRoundTrip)) }

func TestWKBFaults(t *testing.T) {
	const n0, n1, big = "0000000000000000", "000000000000f03f", "000000000000f07f"
	ring3 := "03000000" + n0 + n0 + n1 + n0 + n1 + n1
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "row: byte 0: file ends too early"},
		{"byte order", "02010000", "row: byte 0: not WKB: 2"},
		{"cut head", "010300", "row: byte 6: file ends too early"},
		{"half a byte", "010", "row: byte 3: file ends too early"},
		{"not hexadecimal", "0103g0", "row: byte 4: not WKB: \"g\""},
		{"prefixed", `\x0102x`, "row: byte 6: not WKB: \"x\""},
		{"text", "POINT(1 2)", "row: byte 0: not WKB: \"P\""},
		{"curve", "01080000", "row: byte 8: file ends too early"},
		{"CircularString", "0108000000", "row: byte 2: geometry type is not read: CircularString"},
		{"TIN Z", "01f8030000", "row: byte 2: geometry type is not read: TIN"},
		{"no such type", "0163000000", "row: byte 2: geometry type is not read: 99"},
		{"no such dimension", "01a30f0000", "row: byte 2: geometry type is not read: 4003"},
		{"zero", "0100000000", "row: byte 2: geometry type is not read: Geometry"},
		{"no SRID", "0103000020e6", "row: byte 12: file ends too early"},
		{"rings", "0103000000ffffffff", "row: byte 10: count of more than there are bytes for: 4294967295"},
		{"places", "010300000001000000ffffff7f" + n0 + n0, "row: byte 18: count of more than there are bytes for: 2147483647"},
		{"places with z", "01eb0300000100000003000000" + strings.Repeat(n0, 8), "row: byte 18: count of more than there are bytes for: 3"},
		{"parts", "010600000002000000" + "0103000000" + "00000000", "row: byte 10: count of more than there are bytes for: 2"},
		{"ring of two", "01030000000100000002000000" + n0 + n0 + n1 + n1, "row: byte 18: ring of fewer than 3 or line of fewer than 2 places: 2"},
		{"empty ring", "01030000000100000000000000", "row: byte 18: ring of fewer than 3 or line of fewer than 2 places: 0"},
		{"line of one", "010200000001000000" + n0 + n0, "row: byte 10: ring of fewer than 3 or line of fewer than 2 places: 1"},
		{"infinite", "0101000000" + big + n0, "row: byte 10: coordinate is not a finite number"},
		{"half a point", "0101000000" + n0 + "000000000000f87f", "row: byte 10: coordinate is not a finite number"},
		{"range", "0101000000" + n0 + "0000000000c06640", "row: byte 10: place outside ±180, ±90 degrees: 0, 182"},
		{"point in polygons", "010600000001000000" + "0101000000" + n0 + n0, "row: byte 20: geometry type is not read: Point"},
		{"multi in multi", "010600000001000000" + "010600000000000000", "row: byte 20: geometry type is not read: MultiPolygon"},
		{"mixed", "010700000002000000" + "0101000000" + n0 + n0 + "010300000001000000" + ring3, "row: byte 62: geometry type is not read: Polygon"},
		{"other SRID", "0107000020e610000001000000" + "01010000208a110000" + n0 + n0, "row: byte 36: parts in different coordinate systems: 4490, 4326"},
		{"SRID only within", "010700000001000000" + "01010000208a110000" + n0 + n0, "row: byte 28: parts in different coordinate systems: 4490, 0"},
		{"trailing", "0101000000" + n0 + n0 + "0000", "row: byte 42: bytes after the end: 2"},
	} {
		_, _, err := geofile.DecodeWKB("row", []byte(c.text), geofile.Options{})
		require.Error(t, err, c.name)
		require.Len(t, faults(t, err).Faults, 1)
		require.Equal(t, c.want, err.Error(), c.name)
	}
	data, err := hex.DecodeString("010300000001000000" + ring3)
	require.NoError(t, err)
	for _, c := range []struct {
		limits geofile.Limits
		want   error
	}{
		{geofile.Limits{BytesMax: len(data), VerticesMax: 3, DepthMax: 1}, nil},
		{geofile.Limits{BytesMax: len(data) - 1}, geofile.ErrTooLarge},
		{geofile.Limits{VerticesMax: 2}, geofile.ErrVertices},
	} {
		_, _, err := geofile.DecodeWKB("", data, geofile.Options{Limits: c.limits})
		require.ErrorIs(t, err, c.want)
	}
	shift := func(p orb.Point) (orb.Point, error) {
		if p[1] > 0 {
			return p, errDisk
		}
		return orb.Point{p[0] + 1, p[1]}, nil
	}
	_, _, err = geofile.DecodeWKB("row", data, geofile.Options{Transform: shift})
	require.ErrorIs(t, err, errDisk)
	require.Equal(t, "row: byte 45: place cannot be converted: 1, 1, disk fell out", err.Error())
	f, _, err := geofile.DecodeWKB("row", data[:len(data)-len(ring3)/2+4], geofile.Options{})
	require.Error(t, err)
	require.Empty(t, f.Polygons)
}

// Depth is bounded, and a bomb of counts costs no memory.
func TestWKBHostile(t *testing.T) {
	deep := bytes.Repeat([]byte{1, 7, 0, 0, 0, 1, 0, 0, 0}, 1_000_000)
	_, _, err := geofile.DecodeWKB("", deep, geofile.Options{})
	require.ErrorIs(t, err, geofile.ErrDepth)
	require.Equal(t, "byte 576: nested deeper than allowed: 64", err.Error())
	_, _, err = geofile.DecodeWKB("", deep, geofile.Options{Limits: geofile.Limits{DepthMax: math.MaxInt}})
	require.Equal(t, "byte 9000: nested deeper than allowed: 1000", err.Error())
	bomb := append([]byte{1, 3, 0, 0, 0}, bytes.Repeat([]byte{0xff}, 1<<12)...)
	used := testing.AllocsPerRun(10, func() { _, _, err = geofile.DecodeWKB("", bomb, geofile.Options{}) })
	require.ErrorIs(t, err, geofile.ErrCounts)
	require.Less(t, used, 20.0)
}

// Any bytes: no panic; what is read can be written; a fault lies in the bytes.
func FuzzWKB(f *testing.F) {
	for _, c := range recorded(f) {
		data, err := hex.DecodeString(c[2])
		require.NoError(f, err)
		f.Add(data)
		f.Add([]byte(c[2]))
	}
	f.Add([]byte("01030000000100000000000000"))
	f.Add(bytes.Repeat([]byte{1, 7, 0, 0, 0, 1, 0, 0, 0}, 70))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, _, err := geofile.DecodeWKB("row 1", data, geofile.Options{})
		if err != nil {
			all := faults(t, err)
			require.Len(t, all.Faults, 1)
			require.LessOrEqual(t, all.Faults[0].Offset, len(data))
			require.NotEmpty(t, all.Faults[0].Code())
			return
		}
		if data[0] <= 1 {
			// Of places of two sizes the bytes are not kept.
			if _, ok := got.Vertex(0, 0, 0); ok {
				vertices(t, data, 1, 0, got)
			}
		}
		var b bytes.Buffer
		require.NoError(t, geofile.WriteFeatures(&b, []geofile.Feature{got}))
		again, err := decode(b.String())
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(got, again[0], sameValues))
	})
}

func ExampleDecodeWKB() {
	// SELECT ST_AsEWKB(geom) FROM grids, as text
	const text = `01030000208A1100000100000004000000` +
		`9A99999999795C40` + `3333333333B33640` + `7B14AE47E17A5C40` + `3333333333B33640` +
		`7B14AE47E17A5C40` + `B81E85EB51B83640` + `9A99999999795C40` + `3333333333B33640`
	grid, srid, err := geofile.DecodeWKB("grids row 1", []byte(text), geofile.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(srid, grid.Polygons[0][0][1])
	_, _, err = geofile.DecodeWKB("grids row 2", []byte(text[:80]), geofile.Options{})
	fmt.Println(err)
	// Output:
	// 4490 [113.92 22.7]
	// grids row 2: byte 26: count of more than there are bytes for: 4
}
