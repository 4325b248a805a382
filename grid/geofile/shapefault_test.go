package geofile_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid/geofile"
)

// Of three squares of 136 bytes with their heads record i begins at 100+144(i-1)
// in the .shp; the rows of 15 bytes begin at 97 in the .dbf.
func record(i int) int { return 100 + 136*(i-1) }
func row(i int) int    { return 97 + 15*(i-1) }

func big(b []byte, at int, v uint32)              { binary.BigEndian.PutUint32(b[at:], v) }
func little(b []byte, at int, v uint32)           { binary.LittleEndian.PutUint32(b[at:], v) }
func float(b []byte, at int, v float64)           { binary.LittleEndian.PutUint64(b[at:], math.Float64bits(v)) }
func cell(s *geofile.Shapefile, at int, v string) { copy(s.DBF[at:], v) }

// damage is what each fault looks like, and what is said of it. left is the
// features that are still read.
var damage = []struct {
	name string
	make func(s *geofile.Shapefile)
	left int
	want []string
}{
	{"empty", func(s *geofile.Shapefile) { s.SHP = nil }, 0, []string{"s.shp: byte 0: file ends too early"}},
	{"header cut", func(s *geofile.Shapefile) { s.SHP = s.SHP[:99] }, 0, []string{"s.shp: byte 99: file ends too early"}},
	{"magic", func(s *geofile.Shapefile) { s.SHP[3] = 0 }, 0, []string{"s.shp: byte 0: not a Shapefile that can be read"}},
	{"version", func(s *geofile.Shapefile) { little(s.SHP, 28, 2000) }, 0, []string{"s.shp: byte 28: not a Shapefile that can be read: 2000"}},
	{"MultiPatch", func(s *geofile.Shapefile) { little(s.SHP, 32, 31) }, 0, []string{"s.shp: byte 32: geometry type is not read: MultiPatch"}},
	{"no such type", func(s *geofile.Shapefile) { little(s.SHP, 32, 35) }, 0, []string{"s.shp: byte 32: geometry type is not read: 35"}},
	{"other type", func(s *geofile.Shapefile) { little(s.SHP, record(2)+8, 3) }, 2, []string{"s.shp: record 2, byte 244: geometry type is not read: 3"}},
	{"longer than it is", func(s *geofile.Shapefile) { big(s.SHP, 24, 1e6) }, 3, []string{"s.shp: byte 508: file ends too early: 2000000"}},
	{"cut", func(s *geofile.Shapefile) { s.SHP, s.SHX = s.SHP[:507], nil }, 2, []string{
		"s.dbf: byte 4: .shp and .dbf hold different numbers of records: 2, 3", "s.shp: byte 507: file ends too early: 508", "s.shp: record 3, byte 376: file ends too early: 128",
	}},
	{"cut amid a head", func(s *geofile.Shapefile) { s.SHP, s.SHX = s.SHP[:379], nil }, 2, []string{
		"s.dbf: byte 4: .shp and .dbf hold different numbers of records: 2, 3", "s.shp: byte 379: file ends too early: 508", "s.shp: record 3, byte 379: file ends too early",
	}},
	{"number", func(s *geofile.Shapefile) { big(s.SHP, record(2), 7); s.SHX = nil }, 2, []string{"s.shp: record 2, byte 236: record is damaged: 7"}},
	{"no content", func(s *geofile.Shapefile) {
		big(s.SHP, record(3)+4, 0)
		big(s.SHX, 100+16+4, 0)
	}, 2, []string{"s.shp: record 3, byte 380: record is damaged: 0"}},
	{"short content", func(s *geofile.Shapefile) {
		big(s.SHP, record(3)+4, 10)
		big(s.SHX, 100+16+4, 10)
	}, 2, []string{"s.shp: record 3, byte 380: record is damaged: 20"}},
	{"parts", func(s *geofile.Shapefile) { little(s.SHP, record(2)+8+36, math.MaxUint32) }, 2, []string{"s.shp: record 2, byte 280: record is damaged: 4294967295"}},
	{"no parts", func(s *geofile.Shapefile) { little(s.SHP, record(2)+8+36, 0) }, 2, []string{"s.shp: record 2, byte 284: record is damaged: 5"}},
	{"points", func(s *geofile.Shapefile) { little(s.SHP, record(2)+8+40, math.MaxInt32) }, 2, []string{"s.shp: record 2, byte 284: record is damaged: 2147483647"}},
	{"one point more", func(s *geofile.Shapefile) { little(s.SHP, record(2)+8+40, 6) }, 2, []string{"s.shp: record 2, byte 284: record is damaged: 6"}},
	{"no heights", func(s *geofile.Shapefile) {
		little(s.SHP, 32, 15)
		little(s.SHP, record(1)+8, 15)
		little(s.SHP, record(2)+8, 0)
		little(s.SHP, record(3)+8, 0)
	}, 2, []string{"s.shp: record 1, byte 148: record is damaged: 5"}},
	{"nothing in it", func(s *geofile.Shapefile) { little(s.SHP, record(2)+8+36, 0); little(s.SHP, record(2)+8+40, 0) }, 3, nil},
	{"first part", func(s *geofile.Shapefile) { little(s.SHP, record(2)+8+44, 1) }, 2, []string{"s.shp: record 2, byte 288: record is damaged: 1, 5"}},
	{"short ring", func(s *geofile.Shapefile) { little(s.SHP, record(2)+8+40, 2) }, 2, []string{"s.shp: record 2, byte 292: ring of fewer than 3 or line of fewer than 2 places: 2"}},
	{"NaN", func(s *geofile.Shapefile) { float(s.SHP, record(2)+8+48+32+8, math.NaN()) }, 2, []string{"s.shp: record 2, byte 324: coordinate is not a finite number"}},
	{"range", func(s *geofile.Shapefile) { float(s.SHP, record(2)+8+48+16, 180.5) }, 2, []string{"s.shp: record 2, byte 308: place outside ±180, ±90 degrees: 180.5, 1"}},

	{"index cut", func(s *geofile.Shapefile) { s.SHX = s.SHX[:50] }, 3, []string{"s.shx: byte 50: file ends too early"}},
	{"index magic", func(s *geofile.Shapefile) { s.SHX[2] = 1 }, 3, []string{"s.shx: byte 0: .shx does not fit the .shp"}},
	{"index size", func(s *geofile.Shapefile) { big(s.SHX, 24, 1e9) }, 3, []string{"s.shx: byte 24: .shx does not fit the .shp: 2000000000, 124"}},
	{"index shorter", func(s *geofile.Shapefile) { big(s.SHX, 24, 58) }, 2, []string{"s.dbf: byte 4: .shp and .dbf hold different numbers of records: 2, 3"}},
	{"index beyond", func(s *geofile.Shapefile) { big(s.SHX, 100+8, math.MaxUint32) }, 2, []string{"s.shx: record 2, byte 108: .shx does not fit the .shp: 8589934590, 128"}},
	{"index in the header", func(s *geofile.Shapefile) { big(s.SHX, 100+8, 0) }, 2, []string{"s.shx: record 2, byte 108: .shx does not fit the .shp: 0, 128"}},
	{"index to another", func(s *geofile.Shapefile) { big(s.SHX, 100+8, uint32(record(3)/2)) }, 2, []string{"s.shx: record 2, byte 108: .shx does not fit the .shp: 3"}},
	{"index length", func(s *geofile.Shapefile) { big(s.SHX, 100+8+4, 60) }, 2, []string{"s.shx: record 2, byte 112: .shx does not fit the .shp: 120, 128"}},

	{"table cut", func(s *geofile.Shapefile) { s.DBF = s.DBF[:32] }, 3, []string{"s.dbf: byte 32: file ends too early"}},
	{"dBASE 7", func(s *geofile.Shapefile) { s.DBF[0] = 4 }, 3, []string{"s.dbf: byte 0: header of the .dbf is damaged: 4"}},
	{"head beyond", func(s *geofile.Shapefile) { s.DBF[9] = 0x7f }, 3, []string{"s.dbf: byte 8: header of the .dbf is damaged: 32609, 15"}},
	{"row size", func(s *geofile.Shapefile) { s.DBF[10] = 16 }, 3, []string{"s.dbf: byte 10: header of the .dbf is damaged: 16, 15", "s.dbf: byte 143: file ends too early: 3"}},
	{"no row size", func(s *geofile.Shapefile) { s.DBF[10] = 0 }, 3, []string{"s.dbf: byte 8: header of the .dbf is damaged: 97, 0"}},
	{"rows", func(s *geofile.Shapefile) { little(s.DBF, 4, 4_000_000_000) }, 3, []string{
		"s.dbf: byte 4: .shp and .dbf hold different numbers of records: 3, 4000000000", "s.dbf: byte 143: file ends too early: 4000000000",
	}},
	{"fewer rows", func(s *geofile.Shapefile) { little(s.DBF, 4, 2) }, 3, []string{"s.dbf: byte 4: .shp and .dbf hold different numbers of records: 3, 2"}},
	{"memo", func(s *geofile.Shapefile) { s.DBF[32+11] = 'M' }, 3, []string{"s.dbf: field code, byte 43: field of a type that is not read: M (memo)"}},
	{"double", func(s *geofile.Shapefile) { s.DBF[32+11] = 'O' }, 3, []string{"s.dbf: field code, byte 43: field of a type that is not read: \"O\""}},
	{"no name", func(s *geofile.Shapefile) { copy(s.DBF[64:75], "\x00omes") }, 3, []string{"s.dbf: byte 64: required but missing: name"}},
	{"same name", func(s *geofile.Shapefile) { copy(s.DBF[64:75], "code\x00") }, 3, []string{"s.dbf: field code, byte 64: name given twice"}},
	{"number cell", func(s *geofile.Shapefile) { cell(s, row(2)+9, " 1,5 a") }, 2, []string{"s.dbf: record 2, field homes, byte 121: malformed or too large a number: 1,5 a"}},
	{"two in a row", func(s *geofile.Shapefile) {
		cell(s, row(2)+1, "\xff\xff\xff")
		cell(s, row(2)+9, "0x1F")
		float(s.SHP, record(2)+8+48, math.Inf(1))
	}, 2, []string{
		"s.dbf: record 2, field code, byte 113: file is not UTF-8 or GB18030 text: text is GB18030 with a byte that is not",
		"s.dbf: record 2, field homes, byte 121: malformed or too large a number: 0x1F 1",
		"s.shp: record 2, byte 292: coordinate is not a finite number",
	}},
	{"not UTF-8", func(s *geofile.Shapefile) { s.CPG = []byte("utf8"); cell(s, row(1)+1, "光\xff") }, 2,
		[]string{"s.dbf: record 1, field code, byte 101: file is not UTF-8 or GB18030 text: text is UTF-8 with a byte that is not"}},
	{"code page", func(s *geofile.Shapefile) { s.CPG = []byte("Big5\r\n"); cell(s, row(1)+1, "\xa5\xfa") }, 2,
		[]string{"s.dbf: byte 29: file is not UTF-8 or GB18030 text: Big5"}},
	{"language", func(s *geofile.Shapefile) { s.DBF[29] = 0x78; cell(s, row(1)+1, "\xa5\xfa") }, 2,
		[]string{"s.dbf: byte 29: file is not UTF-8 or GB18030 text: 950"}},
	{"field name", func(s *geofile.Shapefile) { copy(s.DBF[32:43], "\xff\xfe"); s.CPG = []byte("GBK") }, 3,
		[]string{"s.dbf: byte 32: file is not UTF-8 or GB18030 text: text is GB18030 with a byte that is not"}},
}

func TestShapefileFaults(t *testing.T) {
	for _, c := range damage {
		s := squares(3)
		c.make(s)
		layer, err := s.Decode(geofile.ShapefileOptions{})
		var got []string
		if err != nil {
			for _, f := range faults(t, err).Faults {
				got = append(got, f.Error())
				require.Equal(t, f.Record, f.Feature, c.name)
			}
		}
		require.Equal(t, c.want, got, c.name)
		require.Len(t, layer.Features, c.left, c.name)
	}
}

func TestShapefileLimits(t *testing.T) {
	s := squares(3)
	size := len(s.SHP) + len(s.SHX) + len(s.DBF)
	for _, c := range []struct {
		fits, not geofile.Limits
		want      error
		left      int
	}{
		{geofile.Limits{BytesMax: size}, geofile.Limits{BytesMax: size - 1}, geofile.ErrTooLarge, 0},
		{geofile.Limits{FeaturesMax: 3}, geofile.Limits{FeaturesMax: 2}, geofile.ErrFeatures, 2},
		{geofile.Limits{VerticesMax: 15}, geofile.Limits{VerticesMax: 14}, geofile.ErrVertices, 2},
		{geofile.Limits{PropertiesMax: 2}, geofile.Limits{PropertiesMax: 1}, geofile.ErrProperties, 3},
		{geofile.Limits{ValuesMax: 6}, geofile.Limits{ValuesMax: 5}, geofile.ErrValues, 2},
	} {
		for _, index := range [][]byte{s.SHX, nil} {
			part := *s
			if c.fits.BytesMax == 0 {
				part.SHX = index
			}
			_, err := part.Decode(geofile.ShapefileOptions{Options: geofile.Options{Limits: c.fits}})
			require.NoError(t, err)
			layer, err := part.Decode(geofile.ShapefileOptions{Options: geofile.Options{Limits: c.not}})
			require.ErrorIs(t, err, c.want)
			if c.want != geofile.ErrFeatures || index == nil {
				require.Len(t, layer.Features, c.left)
			}
		}
	}
}

// What ends the reading is never crowded out by a hundred faults before it.
func TestShapefileFaultsCapped(t *testing.T) {
	s := squares(200)
	for i := range 200 {
		cell(s, row(i+1)+9, "x")
	}
	_, err := s.Decode(geofile.ShapefileOptions{Options: geofile.Options{Limits: geofile.Limits{VerticesMax: 5 * 150}}})
	all := faults(t, err)
	require.Len(t, all.Faults, geofile.FaultsMax)
	require.Equal(t, 51, all.Left)
	require.ErrorIs(t, all.Faults[99], geofile.ErrVertices)
	require.Equal(t, 151, all.Faults[99].Record)
}

func TestShapefileCells(t *testing.T) {
	null, number := geofile.Value{}, func(s string) geofile.Value { return geofile.Value{Kind: geofile.Number, Text: s} }
	text := func(s string) geofile.Value { return geofile.Value{Kind: geofile.String, Text: s} }
	word := func(s string) geofile.Value { return geofile.Value{Kind: geofile.Bool, Text: s} }
	for _, c := range []struct {
		kind byte
		cell string
		want geofile.Value
		err  error
	}{
		{'C', "a b", text("a b"), nil}, {'C', " a", text(" a"), nil}, {'C', "", null, nil}, {'C', "a\x00junk", text("a"), nil}, {'C', "\x00\xff\xff", null, nil},
		{'N', "12", number("12"), nil}, {'N', "  -3.50", number("-3.50"), nil}, {'N', "+5", number("5"), nil}, {'N', "007", number("7"), nil},
		{'N', ".5", number("0.5"), nil}, {'N', "-.5", number("-0.5"), nil}, {'N', "5.", number("5"), nil}, {'N', "-0", number("-0"), nil},
		{'N', "000", number("0"), nil}, {'N', "****", null, nil}, {'N', "", null, nil}, {'N', "12\x00", number("12"), nil},
		{'N', "440311001002003004", number("440311001002003004"), nil},
		{'F', "1.25e+003", number("1.25e+003"), nil}, {'F', "1.e5", number("1e5"), nil}, {'F', ".e5", null, geofile.ErrNumber},
		{'N', ".", null, geofile.ErrNumber}, {'N', "-", null, geofile.ErrNumber}, {'N', "+-1", null, geofile.ErrNumber}, {'N', "1 2", null, geofile.ErrNumber},
		{'N', "nan", null, geofile.ErrNumber}, {'N', "1,5", null, geofile.ErrNumber}, {'N', "00-5", null, geofile.ErrNumber}, {'N', "--1", null, geofile.ErrNumber}, {'N', "0x10", null, geofile.ErrNumber},
		{'L', "T", word("true"), nil}, {'L', "y", word("true"), nil}, {'L', "F", word("false"), nil}, {'L', "n", word("false"), nil},
		{'L', "?", null, nil}, {'L', "", null, nil}, {'L', "1", null, geofile.ErrBool},
		{'D', "20260228", text("2026-02-28"), nil}, {'D', "00000000", null, nil}, {'D', "0", null, nil}, {'D', "", null, nil},
		{'D', "20260229", null, geofile.ErrDate}, {'D', "2026-1-1", null, geofile.ErrDate}, {'D', "2026", null, geofile.ErrDate},
	} {
		s := &geofile.Shapefile{Name: "s", DBF: writeTable(0, []column{{"x", c.kind, 20, []string{c.cell}}}, 1, nil)}
		s.SHP, s.SHX = writeShapes(1, []shape{{1, [][]orb.Point{{{1, 2}}}}})
		layer, err := s.Decode(geofile.ShapefileOptions{})
		require.ErrorIs(t, err, c.err, "%c %q", c.kind, c.cell)
		if c.err == nil {
			p, ok := layer.Features[0].Lookup("x")
			require.True(t, ok)
			require.Equal(t, c.want, p.Value, "%c %q", c.kind, c.cell)
		}
	}
}

// The code page comes from the .cpg, else the language byte, else the option,
// else the bytes.
func TestShapefileEncoding(t *testing.T) {
	const gbk, utf8, latin = "\xb9\xe2\xc3\xf7", "光明", "Caf\xe9"
	for _, c := range []struct {
		cpg      string
		language byte
		option   string
		cell     string
		want     string
		encoding string
	}{
		{"", 0, "", "plain", "plain", ""}, {"Big5", 0x78, "x", "plain", "plain", ""},
		{"GBK", 0, "UTF-8", gbk, "光明", "GB18030"}, {"UTF-8", 0x4d, "GBK", utf8, "光明", "UTF-8"},
		{"", 0x4d, "UTF-8", gbk, "光明", "GB18030"}, {"", 0x57, "CP936", gbk, "光明", "GB18030"}, {"", 0, "ISO-8859-1", latin, "Café", "ISO-8859-1"},
		{"", 0, "", gbk, "光明", "GB18030"}, {"", 0, "", utf8, "光明", "UTF-8"}, {"", 0x03, "GBK", gbk, "光明", "GB18030"}, {"Big5", 0x4d, "", gbk, "光明", "GB18030"},
		{"ISO 8859_1\n", 0, "", latin, "Café", "ISO-8859-1"},
		{"UTF-8", 0, "", "光明街\xe5", "光明街", "UTF-8"}, {"GBK", 0, "", "\xb9\xe2\xb9\xe2\xb9\xe2\xb9\xe2a\xb9", "光光光光a", "GB18030"}, {"", 0, "", "光明街\xe5", "光明街", "UTF-8"},
	} {
		s := &geofile.Shapefile{Name: "s", CPG: []byte(c.cpg), DBF: writeTable(c.language, []column{{"x", 'C', 10, []string{c.cell}}}, 1, nil)}
		s.SHP, s.SHX = writeShapes(1, []shape{{1, [][]orb.Point{{{1, 2}}}}})
		layer, err := s.Decode(geofile.ShapefileOptions{Encoding: c.option})
		require.NoError(t, err, "%v", c)
		require.Equal(t, c.want, layer.Features[0].Properties[0].Value.Text)
		require.Equal(t, c.encoding, layer.Encoding, "%v", c)
		var said []string
		for _, f := range layer.Findings {
			require.ErrorIs(t, f, geofile.ErrCut)
			said = append(said, f.Error())
		}
		if len(c.cell) == 10 {
			require.Equal(t, []string{fmt.Sprintf("s.dbf: record 1, field x, byte 66: text ends amid a character: %s", c.want)}, said)
		} else {
			require.Empty(t, said)
		}
	}
}

func TestShapefileSkip(t *testing.T) {
	s := squares(2)
	s.DBF[32+11] = 'M'
	layer, err := s.Decode(geofile.ShapefileOptions{Skip: []string{"code", "nowhere"}})
	require.NoError(t, err)
	require.Len(t, layer.Features[1].Properties, 1)
	require.Equal(t, "1", layer.Features[1].Properties[0].Value.Text)
	s.DBF = nil
	layer, err = s.Decode(geofile.ShapefileOptions{})
	require.NoError(t, err)
	require.Empty(t, layer.Features[1].Properties)
	_, err = geofile.Units(layer.Features, 0, geofile.UnitOptions{})
	require.True(t, strings.HasPrefix(err.Error(), "s.shp: record 1, byte 100: required but missing: code"))
}

// Records that overlap by a forged .shx cannot be read over and over.
func TestShapefileOverlap(t *testing.T) {
	s := squares(3)
	// A record 2 within the places of record 1, as long as the rest of the file.
	at := record(1) + 8 + 48
	big(s.SHP, at, 2)
	big(s.SHP, at+4, uint32(len(s.SHP)-at-8)/2)
	big(s.SHX, 108, uint32(at)/2)
	big(s.SHX, 112, uint32(len(s.SHP)-at-8)/2)
	_, err := s.Decode(geofile.ShapefileOptions{})
	require.ErrorIs(t, err, geofile.ErrIndex)
	require.Contains(t, err.Error(), "s.shx: record 2, byte 108: .shx does not fit the .shp: 156")
}

// A writer that edits in place moves a record that has grown to the end and leaves
// a gap: only the .shx knows.
func TestShapefileMoved(t *testing.T) {
	s := squares(3)
	want, err := s.Decode(geofile.ShapefileOptions{})
	require.NoError(t, err)
	moved := append([]byte(nil), s.SHP[record(2):record(3)]...)
	big(s.SHX, 108, uint32(len(s.SHP)/2))
	s.SHP = append(s.SHP, moved...)
	big(s.SHP, 24, uint32(len(s.SHP)/2))
	for i := record(2); i < record(3); i++ {
		s.SHP[i] = 0xee
	}
	got, err := s.Decode(geofile.ShapefileOptions{})
	require.NoError(t, err)
	for i := range want.Features {
		require.Equal(t, want.Features[i].Polygons, got.Features[i].Polygons)
		require.Equal(t, want.Features[i].Properties, got.Features[i].Properties)
	}
	require.Equal(t, 508, got.Features[1].Position().Offset)
	s.SHX = nil
	_, err = s.Decode(geofile.ShapefileOptions{})
	require.ErrorIs(t, err, geofile.ErrTruncated)
}
