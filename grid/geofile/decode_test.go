package geofile_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid/geofile"
)

// small is a valid file with all that a file can have; its last byte closes it.
const small = `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},` +
	`"bbox":[113.9,22.7,114,22.8],"features":[` + "\n" +
	`{"type":"Feature","id":7,"properties":{"code":"440311001","name":"光明\u8857道","homes":120,"old":false,"x":null,"tags":["a",{}]},` +
	`"geometry":{"type":"Polygon","coordinates":[[[113.9,22.7],[114,22.7,15.5],[114,22.8],[113.9,22.7]]]}},` + "\n" +
	`{"type":"Feature","properties":{"code":2},"geometry":{"coordinates":[[[[0,0],[1,0],[1,1]]],[[[2,2],[3.25e0,2],[3,3]]]],"type":"MultiPolygon"}},` + "\n" +
	`{"type":"Feature","properties":null,"geometry":{"type":"MultiLineString","coordinates":[[[1,2],[-3,-4]]]}},` + "\n" +
	`{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}},` + "\n" +
	`{"type":"Feature","properties":{},"geometry":null}]}`

var opaque = cmpopts.IgnoreUnexported(geofile.Feature{})

func TestDecodeSmall(t *testing.T) {
	got, err := decode(small)
	require.NoError(t, err)
	require.Len(t, got, 5)
	want := geofile.Feature{
		Line: 2, Column: 1,
		Properties: []geofile.Property{
			{Name: "code", Value: geofile.Value{Kind: geofile.String, Text: "440311001"}, Line: 2, Column: 40},
			{Name: "name", Value: geofile.Value{Kind: geofile.String, Text: "光明街道"}, Line: 2, Column: 59},
			{Name: "homes", Value: geofile.Value{Kind: geofile.Number, Text: "120"}, Line: 2, Column: 78},
			{Name: "old", Value: geofile.Value{Kind: geofile.Bool, Text: "false"}, Line: 2, Column: 90},
			{Name: "x", Value: geofile.Value{}, Line: 2, Column: 102},
			{Name: "tags", Value: geofile.Value{Kind: geofile.Nested, Text: `["a",{}]`}, Line: 2, Column: 111},
		},
		Polygons: orb.MultiPolygon{{{{113.9, 22.7}, {114, 22.7}, {114, 22.8}, {113.9, 22.7}}}},
	}
	require.Empty(t, cmp.Diff(want, got[0], opaque))
	require.Equal(t, orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}}}, {{{2, 2}, {3.25, 2}, {3, 3}}}}, got[1].Polygons)
	require.Equal(t, orb.MultiLineString{{{1, 2}, {-3, -4}}}, got[2].Lines)
	require.Equal(t, orb.MultiPoint{{1, 2}}, got[3].Points)
	require.Equal(t, []int{2, 3, 4, 5, 6}, []int{got[0].Line, got[1].Line, got[2].Line, got[3].Line, got[4].Line})
}

// Every prefix of a valid file is a fault, never a panic and never a shorter file.
func TestDecodeTruncated(t *testing.T) {
	for i := range len(small) {
		_, err := decode(small[:i])
		require.Error(t, err, "%d bytes", i)
		all := faults(t, err)
		last := all.Faults[len(all.Faults)-1]
		if utf8.ValidString(small[:i]) {
			require.ErrorIs(t, last, geofile.ErrTruncated, "%d bytes", i)
			require.Equal(t, 1+strings.Count(small[:i], "\n"), last.Line)
			require.Equal(t, 1+utf8.RuneCountInString(small[strings.LastIndexByte(small[:i], '\n')+1:i]), last.Column)
		} else {
			// Half a character: the text is faulty or its encoding is taken for another.
			require.True(t, errors.Is(last, geofile.ErrEncoding) || errors.Is(last, geofile.ErrTruncated))
		}
	}
	packed := zipped(t, small)
	for i := 1; i < len(packed); i++ {
		_, err := geofile.Decode("", bytes.NewReader(packed[:i]), geofile.Options{})
		if i == 1 {
			require.ErrorIs(t, err, geofile.ErrToken) // not yet known for gzip
			continue
		}
		require.ErrorIs(t, err, geofile.ErrTruncated, "%d bytes", i)
	}
}

// chinese writes small in GB18030.
var chinese = strings.NewReplacer("光明", "\xb9\xe2\xc3\xf7", "道", "\xb5\xc0")

func TestDecodeContainers(t *testing.T) {
	want, err := decode(small)
	require.NoError(t, err)
	for name, data := range map[string][]byte{
		"plain":         []byte(small),
		"mark":          []byte("\xef\xbb\xbf" + small),
		"gzip":          zipped(t, small),
		"gzip and mark": zipped(t, "\xef\xbb\xbf"+small),
		"gzip in two":   append(zipped(t, small[:50]), zipped(t, small[50:])...),
		"space after":   []byte(small + " \r\n\t\n"),
		"GB18030":       []byte(chinese.Replace(small)),
		"GB18030, gzip": zipped(t, chinese.Replace(small)),
	} {
		got, err := geofile.Decode("areas.geojson", bytes.NewReader(data), geofile.Options{})
		require.NoError(t, err, name)
		require.Empty(t, cmp.Diff(want, got, opaque), name)
	}
}

func TestDecodeDamagedContainers(t *testing.T) {
	packed := zipped(t, small)
	sum := bytes.Clone(packed)
	sum[len(sum)-6] ^= 1
	body := bytes.Clone(packed)
	body[10] = 0xff
	for name, c := range map[string]struct {
		data []byte
		want error
		text string
	}{
		"checksum":  {sum, geofile.ErrGzip, "f.gz: gzip file is damaged: gzip: invalid checksum"},
		"body":      {body, geofile.ErrGzip, "f.gz: gzip file is damaged: flate: corrupt input before offset 1"},
		"method":    {append([]byte("\x1f\x8b\x07"), packed[3:]...), geofile.ErrGzip, "f.gz: gzip file is damaged: gzip: invalid header"},
		"trailing":  {append(bytes.Clone(packed), "junk junk junk"...), geofile.ErrGzip, "f.gz: gzip file is damaged: gzip: invalid header"},
		"UTF-16":    {[]byte("\xff\xfe{\x00"), geofile.ErrEncoding, "f.gz:1:1: file is not UTF-8 or GB18030 text: text is UTF-16; save it as UTF-8"},
		"neither":   {[]byte("{\n\"光\xff"), geofile.ErrEncoding, "f.gz:2:3: file is not UTF-8 or GB18030 text: text is neither UTF-8 nor GB18030"},
		"empty":     {nil, geofile.ErrTruncated, "f.gz:1:1: file ends too early"},
		"only mark": {[]byte("\xef\xbb\xbf"), geofile.ErrTruncated, "f.gz:1:1: file ends too early"},
	} {
		_, err := geofile.Decode("f.gz", bytes.NewReader(c.data), geofile.Options{})
		require.ErrorIs(t, err, c.want, name)
		require.Equal(t, c.text, err.Error(), name)
	}
	_, err := geofile.Decode("f", io.MultiReader(strings.NewReader("{"), broken{}), geofile.Options{})
	require.ErrorIs(t, err, geofile.ErrRead)
	require.ErrorIs(t, err, errDisk)
}

var errDisk = errors.New("disk fell out")

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errDisk }

func TestDecodeLimits(t *testing.T) {
	at := func(l geofile.Limits) error {
		_, err := geofile.Decode("", strings.NewReader(small), geofile.Options{Limits: l})
		return err
	}
	for _, c := range []struct {
		name     string
		fits     geofile.Limits
		not      geofile.Limits
		want     error
		position string
	}{
		{"bytes", geofile.Limits{BytesMax: len(small)}, geofile.Limits{BytesMax: len(small) - 1}, geofile.ErrTooLarge, ""},
		{"features", geofile.Limits{FeaturesMax: 5}, geofile.Limits{FeaturesMax: 4}, geofile.ErrFeatures, "6:1"},
		{"vertices", geofile.Limits{VerticesMax: 13}, geofile.Limits{VerticesMax: 12}, geofile.ErrVertices, "5:76"},
		{"properties", geofile.Limits{PropertiesMax: 6}, geofile.Limits{PropertiesMax: 5}, geofile.ErrProperties, "2:111"},
		{"depth", geofile.Limits{DepthMax: 8}, geofile.Limits{DepthMax: 7}, geofile.ErrDepth, "3:72"},
	} {
		require.NoError(t, at(c.fits), c.name)
		err := at(c.not)
		require.ErrorIs(t, err, c.want, c.name)
		all := faults(t, err)
		require.Len(t, all.Faults, 1)
		require.Equal(t, c.position, all.Faults[0].Position.String(), c.name)
	}
	require.NoError(t, at(geofile.Limits{BytesMax: -1, FeaturesMax: -1, VerticesMax: -1, PropertiesMax: -1, DepthMax: -1}))
	deep := `{"a":` + strings.Repeat("[", 2_000_000)
	_, err := geofile.Decode("", strings.NewReader(deep), geofile.Options{Limits: geofile.Limits{DepthMax: math.MaxInt}})
	require.ErrorIs(t, err, geofile.ErrDepth)
}

// A few kilobytes that inflate beyond the limit are refused without inflating
// the rest.
func TestDecodeBomb(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	block := bytes.Repeat([]byte(" "), 1<<20)
	for range 64 {
		_, err := z.Write(block)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	require.Less(t, b.Len(), 1<<17)
	_, err := geofile.Decode("bomb.gz", bytes.NewReader(b.Bytes()), geofile.Options{Limits: geofile.Limits{BytesMax: 1 << 20}})
	require.ErrorIs(t, err, geofile.ErrTooLarge)
	require.Equal(t, "bomb.gz: file holds more bytes than allowed once inflated: 1048576", err.Error())
}

// The oracle: on a valid file Decode agrees with encoding/json.
func valid(t *rapid.T) {
	text := drawFile(t)
	require.True(t, json.Valid([]byte(text)))
	want, err := decodeTwin([]byte(text))
	require.NoError(t, err)
	got, err := decode(text)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(want, twins(t, got), cmpopts.EquateEmpty()))
	positions(t, text, got)
	var b bytes.Buffer
	require.NoError(t, geofile.WriteFeatures(&b, got))
	again, err := decode(b.String())
	require.NoError(t, err, b.String())
	require.Empty(t, cmp.Diff(got, again, opaque, cmpopts.IgnoreFields(geofile.Feature{}, "Line", "Column"),
		cmpopts.IgnoreFields(geofile.Property{}, "Line", "Column"), cmpopts.EquateEmpty()))
}

func TestDecodeValid(t *testing.T) { rapid.Check(t, valid) }
func FuzzDecodeValid(f *testing.F) { f.Fuzz(rapid.MakeFuzz(valid)) }

// positions checks that each position is where the text has the thing.
func positions(t require.TestingT, text string, features []geofile.Feature) {
	lines := strings.Split(text, "\n")
	at := func(p geofile.Position) string {
		require.LessOrEqual(t, p.Line, len(lines))
		rest := []rune(lines[p.Line-1])
		require.LessOrEqual(t, p.Column, len(rest), "%v", p)
		return string(rest[p.Column-1:]) + "\n" + strings.Join(lines[p.Line:], "\n")
	}
	for _, f := range features {
		require.True(t, strings.HasPrefix(at(f.Position()), "{"))
		for _, p := range f.Properties {
			var name string
			require.NoError(t, json.NewDecoder(strings.NewReader(at(geofile.Position{Line: p.Line, Column: p.Column}))).Decode(&name))
			require.Equal(t, p.Name, name)
		}
		vertex := func(want orb.Point, part, ring, i int) {
			p, ok := f.Vertex(part, ring, i)
			require.True(t, ok)
			var place []float64
			require.NoError(t, json.NewDecoder(strings.NewReader(at(p))).Decode(&place))
			require.Equal(t, want, orb.Point{place[0], place[1]})
		}
		for i, polygon := range f.Polygons {
			for j, ring := range polygon {
				for k, p := range ring {
					vertex(p, i, j, k)
				}
				_, ok := f.Vertex(i, j, len(ring))
				require.False(t, ok)
			}
			_, ok := f.Vertex(i, len(polygon), 0)
			require.False(t, ok)
		}
		for i, line := range f.Lines {
			for k, p := range line {
				vertex(p, i, 0, k)
			}
		}
		for k, p := range f.Points {
			vertex(p, 0, 0, k)
		}
		for _, v := range [][3]int{{-1, 0, 0}, {0, -1, 0}, {0, 0, -1}, {9, 0, 0}, {0, 9, 0}, {0, 0, 99}} {
			_, ok := f.Vertex(v[0], v[1], v[2])
			require.False(t, ok)
		}
	}
}

// Any text: no panic; what is accepted encoding/json accepts with the same
// meaning; what it refuses is refused with sorted faults that lie in the text.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(small))
	for _, c := range malformed {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { anything(t, data) })
}

func anything(t require.TestingT, data []byte) {
	limits := geofile.Limits{BytesMax: 1 << 20, FeaturesMax: 1000, VerticesMax: 10000}
	got, err := geofile.Decode("", bytes.NewReader(data), geofile.Options{Limits: limits})
	if err != nil {
		all := faults(t, err)
		require.NotEmpty(t, all.Faults)
		require.LessOrEqual(t, len(all.Faults), geofile.FaultsMax)
		for i, f := range all.Faults {
			require.NotEmpty(t, f.Code())
			require.NotEmpty(t, f.Text("zh"))
			if i > 0 {
				before := all.Faults[i-1]
				require.True(t, before.Line < f.Line || (before.Line == f.Line && before.Column <= f.Column))
			}
		}
		return
	}
	plain := bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(plain) || bytes.HasPrefix(data, []byte("\x1f\x8b")) {
		return
	}
	require.True(t, json.Valid(plain))
	if !bytes.Contains(plain, []byte(`\u`)) && json.Valid(plain) {
		positions(t, string(plain), got)
	}
	var b bytes.Buffer
	require.NoError(t, geofile.WriteFeatures(&b, got))
	again, err := decode(b.String())
	require.NoError(t, err)
	require.Len(t, again, len(got))
}

// Any mutation of a valid file.
func mutated(t *rapid.T) {
	text := []byte(drawFile(t))
	for range rapid.IntRange(1, 4).Draw(t, "mutations") {
		i := rapid.IntRange(0, len(text)-1).Draw(t, "at")
		j := rapid.IntRange(i, min(i+5, len(text))).Draw(t, "to")
		with := rapid.SampledFrom([]string{"", ",", "]", "}", "[", "{", `"`, ":", "NaN", "1", "-", "\\", "\n", "null", `"type"`, "\xff"}).Draw(t, "with")
		text = append(append(append([]byte(nil), text[:i]...), with...), text[j:]...)
		if len(text) == 0 {
			break
		}
	}
	anything(t, text)
}

func TestDecodeMutated(t *testing.T) { rapid.Check(t, mutated) }

func TestNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?`).Draw(t, "number")
		v := geofile.Value{Kind: geofile.Number, Text: text}
		want, err := strconv.ParseFloat(text, 64)
		got, ok := v.Float()
		require.Equal(t, err == nil, ok, text)
		if ok {
			require.Equal(t, math.Float64bits(want), math.Float64bits(got), text)
		}
	})
	for text, want := range map[string]int64{"12": 12, "-3": -3, "12.0": 12, "-0": 0, "9223372036854775807": math.MaxInt64, "7.000": 7} {
		got, ok := geofile.Value{Kind: geofile.Number, Text: text}.Int()
		require.True(t, ok, text)
		require.Equal(t, want, got)
	}
	for _, text := range []string{"9223372036854775808", "1e3", "0.5", "", "-", "+1", "1.", "."} {
		_, ok := geofile.Value{Kind: geofile.Number, Text: text}.Int()
		require.False(t, ok, text)
	}
	_, ok := geofile.Value{Kind: geofile.String, Text: "1"}.Int()
	require.False(t, ok)
	_, ok = geofile.Value{Kind: geofile.String, Text: "1"}.Float()
	require.False(t, ok)
}

func TestRealFiles(t *testing.T) {
	for _, file := range realFiles(t) {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		got, err := geofile.Decode(file, bytes.NewReader(data), geofile.Options{})
		require.NoError(t, err)
		if strings.HasSuffix(file, ".gz") {
			z, err := gzip.NewReader(bytes.NewReader(data))
			require.NoError(t, err)
			data, err = io.ReadAll(z)
			require.NoError(t, err)
		}
		want, err := decodeTwin(data)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(want, twins(t, got), cmpopts.EquateEmpty()), file)
		units, err := geofile.Units(got, 1, geofile.UnitOptions{})
		require.NoError(t, err)
		require.Len(t, units, len(got))
	}
}
