package geofile_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/geofile"
)

const areas = `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":440311001,"name":"光明街道","homes":120},
 "geometry":{"type":"Polygon","coordinates":[[[113.9,22.7],[114,22.7],[114,22.8],[113.9,22.8],[113.9,22.7]]]}}
]}`

func ExampleDecode() {
	features, err := geofile.Decode("areas.geojson", strings.NewReader(areas), geofile.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range features {
		name, _ := f.Lookup("name")
		corner, _ := f.Vertex(0, 0, 2)
		fmt.Println(name.Value.Text, f.Polygons[0][0][2], corner)
	}
	// Output:
	// 光明街道 [114 22.8] areas.geojson:3:71
}

// One bad value does not hide the next.
func ExampleDecode_faults() {
	bad := strings.NewReplacer("22.7]", "NaN]", "120", "1,20").Replace(areas)
	_, err := geofile.Decode("areas.geojson", strings.NewReader(bad), geofile.Options{})
	fmt.Println(err)
	bad = strings.NewReplacer("22.7]", "NaN]", `"homes":120`, `"name":""`).Replace(areas)
	_, err = geofile.Decode("areas.geojson", strings.NewReader(bad), geofile.Options{})
	fmt.Println(err)
	// Output:
	// areas.geojson:2:74: not JSON: '2'
	// areas.geojson:2:64: name given twice: name
	// areas.geojson:3:54: malformed or too large a number: NaN
	// areas.geojson:3:64: malformed or too large a number: NaN
	// areas.geojson:3:100: malformed or too large a number: NaN
}

// A Shapefile from a folder, an archive or an upload: whatever is an fs.FS.
func ExampleReadShapefile() {
	s, err := geofile.ReadShapefile(os.DirFS("testdata"), "gbk", geofile.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	layer, err := s.Decode(geofile.ShapefileOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(layer.Encoding, layer.Deleted, "deleted")
	for _, f := range layer.Features {
		name, _ := f.Lookup("name")
		fmt.Println(f.Position(), name.Value.Text, len(f.Polygons))
	}
	// Output:
	// GB18030 1 deleted
	// gbk.shp: record 1, byte 100 光明社区 1
	// gbk.shp: record 2, byte 320 东周社区 3
	// gbk.shp: record 4, byte 812 翠湖社区 0
	// gbk.shp: record 5, byte 824 Mixed 圳美 1
}

// The .prj tells the system, from which places become WGS84 degrees.
func ExampleShapefile_Decode() {
	s, err := geofile.ReadShapefile(os.DirFS("testdata"), "plane", geofile.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	layer, err := s.Decode(geofile.ShapefileOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	corner := layer.Features[0].Polygons[0][0][0]
	fmt.Printf("%.2f %.2f\n", corner[0], corner[1])
	// Output:
	// 113.90 22.70
}

// Dirt that can be read is told beside the features.
func ExampleLayer() {
	s, err := geofile.ReadShapefile(os.DirFS("testdata"), "dirty", geofile.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	layer, err := s.Decode(geofile.ShapefileOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, finding := range layer.Findings[:2] {
		fmt.Println(finding)
		fmt.Println(finding.Text("zh"))
	}
	// Output:
	// dirty.shp: record 1, byte 156: ring runs the wrong way round
	// 环的方向不对
	// dirty.shp: record 2, byte 376: ring runs the wrong way round
	// 环的方向不对
}

func ExampleUnits() {
	features, err := geofile.Decode("areas.geojson", strings.NewReader(areas), geofile.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	units, err := geofile.Units(features, 0, geofile.UnitOptions{Counts: []string{"homes"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := grid.Build(units, grid.Options{Levels: []string{"subdistrict"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	at, _ := m.Locate(orb.Point{113.95, 22.75})
	fmt.Println(m.Info(at).Code, m.Info(at).Name, m.Counts(at)["homes"])
	// Output:
	// 440311001 光明街道 120
}

func ExampleWriteGeoJSON() {
	m := subdistrict()
	if err := geofile.WriteGeoJSON(os.Stdout, m); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"type":"FeatureCollection","features":[
	// {"type":"Feature","properties":{"code":"G1","name":"一网格","level":0},"geometry":{"type":"Polygon","coordinates":[[[113.9,22.7],[113.91,22.7],[113.91,22.71],[113.9,22.71],[113.9,22.7]]]}}
	// ]}
}

func ExampleWriteSVG() {
	err := geofile.WriteSVG(os.Stdout, subdistrict(), geofile.SVG{
		Width: 320, Lang: "zh", Title: "光明街道", Labels: []int{0},
		Legend: []geofile.Entry{{Fill: "#cfe3ee", Text: "按时办结"}},
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// <svg xmlns="http://www.w3.org/2000/svg" width="320" height="414" viewBox="0 0 320 414" role="img" lang="zh" font-family="system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC','WenQuanYi Micro Hei',sans-serif" fill="#334155">
	// <title>光明街道</title><desc>grid 1</desc>
	// <rect width="100%" height="100%" fill="#ffffff"/>
	// <text x="16" y="38" font-size="20" font-weight="600">光明街道</text>
	// <g transform="scale(.1)" fill-rule="evenodd" stroke="#94a3b8" stroke-width="5" stroke-linejoin="round">
	// <path fill="#cfe3ee" data-code="G1" d="M160 3662l2880 0 0-3122-2880 0z"><title>G1 一网格</title></path>
	// </g>
	// <g text-anchor="middle" pointer-events="none" stroke="#ffffff" stroke-width="2.5" stroke-linejoin="round" stroke-opacity=".9" paint-order="stroke">
	// <text x="160" y="221.6" font-size="14">一网格</text>
	// </g>
	// <g font-size="13">
	// <rect x="16" y="385" width="13" height="13" rx="2" fill="#cfe3ee"/><text x="35" y="396">按时办结</text>
	// </g>
	// </svg>
}

// subdistrict is a map of one grid.
func subdistrict() *grid.Map {
	ring := orb.Ring{{113.9, 22.7}, {113.91, 22.7}, {113.91, 22.71}, {113.9, 22.71}, {113.9, 22.7}}
	m, err := grid.Build([]grid.Unit{{Code: "G1", Name: "一网格", Boundary: orb.MultiPolygon{{ring}}}}, grid.Options{Levels: []string{"grid"}})
	if err != nil {
		panic(err)
	}
	return m
}
