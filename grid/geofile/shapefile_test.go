package geofile_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/crs"
	"github.com/gridgov/gridgov/grid/geofile"
)

// readReal is the Shapefile of that name in testdata.
func readReal(t testing.TB, name string) *geofile.Shapefile {
	t.Helper()
	s, err := geofile.ReadShapefile(os.DirFS("testdata"), name, geofile.Limits{})
	require.NoError(t, err)
	return s
}

// sameValues compares what features hold, not where; numbers by their value and
// what has a name by the name.
var sameValues = cmp.Options{
	opaque, cmpopts.EquateEmpty(),
	cmpopts.IgnoreFields(geofile.Feature{}, "Line", "Column"), cmpopts.IgnoreFields(geofile.Property{}, "Line", "Column"),
	cmp.Comparer(func(a, b geofile.Value) bool {
		x, ok := a.Float()
		y, too := b.Float()
		return ok && too && x == y || a == b
	}),
}

// What GDAL reads from each file is what Decode reads.
func TestShapefileGDAL(t *testing.T) {
	for name, c := range map[string]struct {
		features, deleted int
		encoding          string
	}{
		"gbk": {4, 1, "GB18030"}, "language": {5, 0, "GB18030"}, "tall": {5, 0, "UTF-8"}, "measured": {5, 0, "UTF-8"},
		"lines": {2, 0, "UTF-8"}, "points": {2, 0, "UTF-8"}, "multipoints": {2, 0, "UTF-8"}, "wards": {2, 0, ""},
	} {
		layer, err := readReal(t, name).Decode(geofile.ShapefileOptions{})
		require.NoError(t, err, name)
		text, err := os.ReadFile("testdata/" + name + ".gdal.geojson")
		require.NoError(t, err)
		want, err := decode(string(text))
		require.NoError(t, err)
		require.Len(t, layer.Features, c.features, name)
		require.Empty(t, cmp.Diff(want, layer.Features, sameValues), name)
		require.Equal(t, c.deleted, layer.Deleted, name)
		require.Equal(t, c.encoding, layer.Encoding, name)
		require.Empty(t, layer.Findings, name)
	}
}

// The areas that GDAL turned into Shapefiles come back: as sets of places, for it
// turned the rings round.
func TestShapefileAreas(t *testing.T) {
	text, err := os.ReadFile("testdata/areas.geojson")
	require.NoError(t, err)
	areas, err := decode(string(text))
	require.NoError(t, err)
	for _, name := range []string{"gbk", "tall", "measured"} {
		layer, err := readReal(t, name).Decode(geofile.ShapefileOptions{})
		require.NoError(t, err)
		i := 0
		for _, want := range areas {
			code, _ := want.Lookup("code")
			if name == "gbk" && code.Value.Text == "440311001003" {
				continue // deleted
			}
			got := layer.Features[i]
			i++
			same, _ := got.Lookup("code")
			require.Equal(t, code.Value, same.Value)
			require.Equal(t, len(want.Polygons), len(got.Polygons))
			for p := range want.Polygons {
				require.Equal(t, len(want.Polygons[p]), len(got.Polygons[p]))
				for r, ring := range want.Polygons[p] {
					require.ElementsMatch(t, ring, got.Polygons[p][r])
				}
			}
		}
	}
}

// Rings that run the wrong way are sorted by where they lie, and said so. GDAL
// 3.6 takes the hole of BOTH-WRONG for its outer ring.
func TestShapefileDirty(t *testing.T) {
	layer, err := readReal(t, "dirty").Decode(geofile.ShapefileOptions{})
	require.NoError(t, err)
	require.Len(t, layer.Features, 4)
	corners := func(i int) (all [][]orb.Point) {
		for _, polygon := range layer.Features[i].Polygons {
			var starts []orb.Point
			for _, ring := range polygon {
				starts = append(starts, ring[0])
			}
			all = append(all, starts)
		}
		return all
	}
	require.Equal(t, [][]orb.Point{{{113.90, 22.70}}}, corners(0))
	require.Equal(t, [][]orb.Point{{{113.92, 22.70}, {113.922, 22.702}}}, corners(1))
	require.Equal(t, [][]orb.Point{{{113.94, 22.70}, {113.942, 22.702}}}, corners(2))
	require.Equal(t, [][]orb.Point{{{113.96, 22.70}, {113.962, 22.702}}, {{113.964, 22.704}}}, corners(3))
	var said []string
	for _, f := range layer.Findings {
		require.ErrorIs(t, f, geofile.ErrCourse)
		said = append(said, f.Error())
	}
	require.Equal(t, []string{
		"dirty.shp: record 1, byte 156: ring runs the wrong way round",
		"dirty.shp: record 2, byte 376: ring runs the wrong way round",
		"dirty.shp: record 3, byte 516: ring runs the wrong way round",
		"dirty.shp: record 3, byte 596: ring runs the wrong way round",
	}, said)
	values := map[string]geofile.Value{}
	for i, name := range []string{"a", "b", "c"} {
		for _, p := range layer.Features[i].Properties {
			values[name+p.Name] = p.Value
		}
	}
	require.Equal(t, map[string]geofile.Value{
		"acode": {Kind: geofile.String, Text: "OUTER-WRONG"}, "aold": {Kind: geofile.Bool, Text: "true"}, "aratio": {Kind: geofile.Number, Text: "1.500000"}, "ashort": {Kind: geofile.String, Text: "光明"},
		"bcode": {Kind: geofile.String, Text: "HOLE-WRONG"}, "bold": {Kind: geofile.Bool, Text: "false"}, "bratio": {Kind: geofile.Number, Text: "-2.000000"}, "bshort": {Kind: geofile.String, Text: "街道"},
		"ccode": {Kind: geofile.String, Text: "BOTH-WRONG"}, "cold": {}, "cratio": {}, "cshort": {},
	}, values)
	require.Equal(t, "UTF-8", layer.Encoding, "told from the bytes: pyshp names none")
}

// A Map is built from a Shapefile as from GeoJSON; what is wrong leads back to
// the byte of its cell or its vertex.
func TestShapefileUnits(t *testing.T) {
	layer, err := readReal(t, "gbk").Decode(geofile.ShapefileOptions{})
	require.NoError(t, err)
	opts := geofile.UnitOptions{Counts: []string{"homes"}}
	units, err := geofile.Units(layer.Features, 0, opts)
	require.NoError(t, err)
	require.Equal(t, map[string]int64{"homes": 1203}, units[0].Counts)
	require.Equal(t, "东至光明大道，南至河心北路", units[0].Attrs["note"])
	units[2].Boundary = units[3].Boundary // record 4 has a null shape
	units = units[:3]
	m, err := grid.Build(units, grid.Options{Levels: []string{"community"}})
	require.NoError(t, err)
	at, ok := m.Locate(orb.Point{113.907, 22.707})
	require.False(t, ok, "in the hole: %v", m.Info(at))
	at, _ = m.Locate(orb.Point{113.94, 22.71})
	require.Equal(t, "东周社区", m.Info(at).Name, "the island in the hole")

	s := readReal(t, "gbk")
	copy(s.DBF[cellAt(t, s, 2, "code"):], "4.40311E+11         ")
	copy(s.DBF[cellAt(t, s, 5, "homes"):], "      1.5")
	layer, err = s.Decode(geofile.ShapefileOptions{})
	require.NoError(t, err)
	_, err = geofile.Units(layer.Features, 0, opts)
	all := faults(t, err)
	require.Len(t, all.Faults, 2)
	require.Equal(t, geofile.Position{File: "gbk.dbf", Binary: true, Record: 2, Field: "code", Offset: cellAt(t, s, 2, "code")}, all.Faults[0].Position)
	require.ErrorIs(t, all.Faults[0], geofile.ErrCode)
	require.Equal(t, "gbk.dbf: record 5, field homes, byte 1550: count is not a whole number from 0: homes, 1.5", all.Faults[1].Error())
	_, err = geofile.Units(layer.Features[:1], 1, opts)
	require.Equal(t, "gbk.shp: record 1, byte 100: required but missing: parent", err.Error())

	f := layer.Features[1]
	eachVertex(f, func(p orb.Point, part, ring, i int) {
		at, ok := f.Vertex(part, ring, i)
		require.True(t, ok)
		require.Equal(t, geofile.Position{File: "gbk.shp", Binary: true, Record: 2, Offset: at.Offset}, at)
		require.Equal(t, p, placeAt(s.SHP, at.Offset))
	})
	at2, _ := f.Vertex(0, 1, 2)
	require.Equal(t, at2, f.Fault(&grid.Error{Polygon: 0, Ring: 1, Vertex: 2}))
	_, ok = f.Vertex(0, 1, 5)
	require.False(t, ok)
}

// cellAt is where the cell of a record and field stands in the .dbf, from the
// header.
func cellAt(t testing.TB, s *geofile.Shapefile, record int, name string) int {
	t.Helper()
	at := int(s.DBF[8]) + int(s.DBF[9])<<8 + (record-1)*(int(s.DBF[10])+int(s.DBF[11])<<8) + 1
	for head := 32; s.DBF[head] != '\r'; head += 32 {
		if field, _, _ := bytes.Cut(s.DBF[head:head+11], []byte{0}); string(field) == name {
			return at
		}
		at += int(s.DBF[head+16])
	}
	t.Fatalf("no field %s", name)
	return 0
}

func TestShapefileTransform(t *testing.T) {
	s := readReal(t, "plane")
	require.Contains(t, s.Projection(), `PROJCS["CGCS2000_3_Degree_GK_CM_114E"`)
	bare := *s
	bare.PRJ = nil
	_, err := bare.Decode(geofile.ShapefileOptions{})
	require.ErrorIs(t, err, geofile.ErrRange)
	require.Len(t, faults(t, err).Faults, 4, "one a record, none for the null shape")
	plane, err := s.Decode(geofile.ShapefileOptions{Options: geofile.Options{Projected: true}})
	require.NoError(t, err)
	require.Equal(t, s.Projection(), plane.Projection)
	shift := func(p orb.Point) (orb.Point, error) {
		if p[0] > 500000 {
			return p, errDisk
		}
		return orb.Point{p[0]/1e6 + 113, p[1]/1e6 + 20}, nil
	}
	layer, err := s.Decode(geofile.ShapefileOptions{Options: geofile.Options{Transform: shift}})
	require.ErrorIs(t, err, geofile.ErrTransform)
	require.ErrorIs(t, err, errDisk)
	all := faults(t, err)
	require.Len(t, all.Faults, 1, "the third lies east of the meridian")
	require.Equal(t, 3, all.Faults[0].Record)
	require.Equal(t, placeAt(s.SHP, all.Faults[0].Offset)[0] > 500000, true)
	require.Len(t, layer.Features, 4)
	for i, f := range layer.Features[:2] {
		for p, polygon := range f.Polygons {
			for r, ring := range polygon {
				for k, place := range ring {
					want, err := shift(plane.Features[i].Polygons[p][r][k])
					require.NoError(t, err)
					require.Equal(t, want, place)
				}
			}
		}
	}
	require.Empty(t, layer.Findings)
	far := func(p orb.Point) (orb.Point, error) { return orb.Point{p[0], 95}, nil }
	_, err = s.Decode(geofile.ShapefileOptions{Options: geofile.Options{Transform: far}})
	require.ErrorIs(t, err, geofile.ErrRange)
	_, err = geofile.Decode("", bytes.NewReader([]byte(feature(ring, "{}"))), geofile.Options{Transform: far})
	require.ErrorIs(t, err, geofile.ErrRange)
	got, err := geofile.Decode("", bytes.NewReader([]byte(feature(`{"type":"LineString","coordinates":[[400000,2700000],[ 410000,2700000]]}`, "{}"))), geofile.Options{Transform: shift})
	require.NoError(t, err)
	require.Equal(t, orb.MultiLineString{{{113.4, 22.7}, {113.41, 22.7}}}, got[0].Lines)
	_, err = decodeWith(feature(`{"type":"Point","coordinates":[600000,1]}`, "{}"), geofile.Options{Transform: shift})
	require.ErrorIs(t, err, errDisk)
	require.Equal(t, "areas.geojson:1:116: place cannot be converted: 600000, 1, disk fell out", err.Error())
}

func decodeWith(text string, opts geofile.Options) ([]geofile.Feature, error) {
	return geofile.Decode("areas.geojson", bytes.NewReader([]byte(text)), opts)
}

func TestReadShapefile(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	disk := fstest.MapFS{
		"a/Wards.SHP": file("s"), "a/Wards.shx": file("x"), "a/Wards.Dbf": file("d"), "a/Wards.CPG": file("c"), "a/Wards.prj": file("p"),
		"a/Wards.shp.xml": file("-"), "a/wards.dbf": file("-"), "a/Wards2.dbf": file("-"),
		"b/x.shp": file("s"), "b/x.SHP": file("s"), "c/x.dbf": file("d"), "c/d.shp/e": file("-"), "top.shp": file("s"),
	}
	want := &geofile.Shapefile{Name: "a/Wards", SHP: []byte("s"), SHX: []byte("x"), DBF: []byte("d"), CPG: []byte("c"), PRJ: []byte("p")}
	for _, name := range []string{"a/Wards", "a/Wards.shp", "a/Wards.SHP"} {
		s, err := geofile.ReadShapefile(disk, name, geofile.Limits{BytesMax: 5})
		require.NoError(t, err)
		want.Name = "a/Wards"
		require.Equal(t, want, s)
	}
	s, err := geofile.ReadShapefile(disk, "top", geofile.Limits{})
	require.NoError(t, err)
	require.Equal(t, &geofile.Shapefile{Name: "top", SHP: []byte("s")}, s)
	for name, c := range map[string]struct {
		want  error
		limit int
		text  string
	}{
		"a/Wards":   {geofile.ErrTooLarge, 4, "a/Wards.shx: file holds more bytes than allowed once inflated: 4"},
		"a/WARDS":   {fs.ErrNotExist, 0, "a/WARDS.shp: file cannot be read: file does not exist"},
		"b/x":       {geofile.ErrDuplicate, 0, "b/x.shp: name given twice: b/x.SHP"},
		"c/x":       {geofile.ErrRead, 0, "c/x.shp: file cannot be read: file does not exist"},
		"c/d":       {fs.ErrNotExist, 0, "c/d.shp: file cannot be read: file does not exist"},
		"nowhere/x": {fs.ErrNotExist, 0, "nowhere/x.shp: file cannot be read: open nowhere: file does not exist"},
		"../x":      {fs.ErrNotExist, 0, "../x.shp: file cannot be read: open ..: file does not exist"},
	} {
		_, err := geofile.ReadShapefile(disk, name, geofile.Limits{BytesMax: c.limit})
		require.ErrorIs(t, err, c.want, name)
		require.Equal(t, c.text, err.Error())
		_, ok := errors.AsType[*geofile.Errors](err)
		require.True(t, ok)
	}
}

// Without options the .prj decides, and one that is not read stops the reading: its
// numbers may well be degrees, and a hundred metres off.
func TestShapefileHonoursPRJ(t *testing.T) {
	s := readReal(t, "plane")
	system, err := crs.ParseWKT(s.Projection())
	require.NoError(t, err)
	want, err := s.Decode(geofile.ShapefileOptions{Options: geofile.Options{Transform: system.ToWGS84}})
	require.NoError(t, err)
	got, err := s.Decode(geofile.ShapefileOptions{})
	require.NoError(t, err)
	require.NotEmpty(t, got.Features)
	require.Equal(t, polygons(want), polygons(got))

	degrees := readReal(t, "gbk")
	plain, err := degrees.Decode(geofile.ShapefileOptions{})
	require.NoError(t, err)
	for _, c := range []struct {
		name, prj string
		want      string
	}{
		{"Xian 1980", `GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980",SPHEROID["Xian_1980",6378140.0,298.257]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`, `Xian 1980`},
		{"NAD83", `GEOGCS["GCS_North_American_1983",DATUM["D_North_American_1983",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`, `GCS_North_American_1983`},
		{"not a text", "\x01\x02", ``},
	} {
		degrees.PRJ = []byte(c.prj)
		layer, err := degrees.Decode(geofile.ShapefileOptions{})
		require.ErrorIs(t, err, geofile.ErrCRS, c.name)
		require.ErrorContains(t, err, "gbk.prj: ", c.name)
		require.ErrorContains(t, err, c.want)
		require.Empty(t, layer.Features)
		asIs := func(p orb.Point) (orb.Point, error) { return p, nil }
		layer, err = degrees.Decode(geofile.ShapefileOptions{Options: geofile.Options{Transform: asIs}})
		require.NoError(t, err, "the caller knows better")
		require.Equal(t, polygons(plain), polygons(layer))
	}
	for _, none := range []string{"", " \r\n\x00"} {
		degrees.PRJ = []byte(none)
		layer, err := degrees.Decode(geofile.ShapefileOptions{})
		require.NoError(t, err)
		require.Equal(t, polygons(plain), polygons(layer))
	}
}

func polygons(l *geofile.Layer) []orb.MultiPolygon {
	var all []orb.MultiPolygon
	for _, f := range l.Features {
		all = append(all, f.Polygons)
	}
	return all
}
