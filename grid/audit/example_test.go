package audit_test

import (
	"fmt"
	"os"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/audit"
)

// box is a boundary along parallels and meridians.
func box(west, south, east, north float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}}}
}

// guanlan is a block of Guanlan subdistrict with two red grids side by side.
func guanlan() []grid.Unit {
	return []grid.Unit{
		{Code: "440309006-01", Parent: "440309006", Name: "古墟街区", Boundary: box(114.04, 22.71, 114.06, 22.72), Counts: map[string]int64{"households": 410}},
		{Code: "440309006-01-1", Parent: "440309006-01", Name: "第一红色网格", Level: 1, Boundary: box(114.04, 22.71, 114.05, 22.72), Counts: map[string]int64{"households": 200}},
		{Code: "440309006-01-2", Parent: "440309006-01", Name: "第二红色网格", Level: 1, Boundary: box(114.05, 22.71, 114.06, 22.72), Counts: map[string]int64{"households": 210}},
	}
}

func ExampleAudit() {
	levels := grid.Options{Levels: []string{"街区", "红色网格"}}
	m, err := grid.Build(guanlan(), levels)
	if err != nil {
		fmt.Println(err)
		return
	}
	r := audit.Audit(m, audit.Options{})
	fmt.Println(r.Complete(), r.Proved("440309006-01"), len(r.Findings))

	// The second grid is drawn from another map, a metre further west, and its
	// households were counted again.
	dirty := guanlan()
	dirty[2].Boundary = box(114.04999, 22.71, 114.06, 22.72)
	dirty[2].Counts["households"] = 211
	if m, err = grid.Build(dirty, levels); err != nil {
		fmt.Println(err)
		return
	}
	r = audit.Audit(m, audit.Options{})
	fmt.Println(r.Complete(), r.Unproved())
	for _, f := range r.Findings {
		if f.Severity == audit.Note {
			continue // vertices that only one of two neighbours has
		}
		fmt.Println(f.Severity, f.Text("en"))
		fmt.Println(f.Text("zh"))
	}
	// Output:
	// true true 2
	// false [440309006-01]
	// error 440309006-01-1, 440309006-01-2 overlap by 1137.7 m² at 114.049995,22.715 (places: 1, width: 1.03 m)
	// 440309006-01-1、440309006-01-2 相互重叠 1137.7 平方米，位于 114.049995,22.715（共 1 处，宽 1.03 米）
	// error households of 440309006-01 is 410, its units together have 411 (0 of them have none)
	// 440309006-01 的 households 为 410，下级合计 411（0 个下级未填）
}

func ExampleCertificate_Text() {
	m, err := grid.Build(guanlan(), grid.Options{Levels: []string{"街区", "红色网格"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(audit.Audit(m, audit.Options{}).Certificate.Text("en"))
	// Output:
	// Map 4be2c921c3f1be6e82630a031afa7a1748b9249ea9139a827b0c0e3ff40975a1: every place in its 3 units belongs to exactly one of its 2 leaves, 2275409.12 m² in all; proved in whole numbers from 12 edges, for 1 of 1 units with units in them. 0 errors, 0 warnings, 2 notes.
}

func ExampleReport_WriteGeoJSON() {
	dirty := guanlan()
	dirty[1].Boundary = box(114.04, 22.71, 114.049, 22.72)
	m, err := grid.Build(dirty, grid.Options{Levels: []string{"街区", "红色网格"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := audit.Audit(m, audit.Options{}).WriteGeoJSON(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"type":"FeatureCollection","features":[
	// {"type":"Feature","properties":{"kind":"uncovered","severity":"error","units":"440309006-01-1 440309006-01-2","parent":"440309006-01","lng":114.0495,"lat":22.715,"square_meters":113770.45614685802,"width_meters":102.7365086462019,"en":"440309006-01 is not covered by its units along 113770.46 m² at 114.0495,22.715, next to 440309006-01-1, 440309006-01-2 (places: 1, width: 102.74 m)","zh":"440309006-01 沿边界有 113770.46 平方米未被下级覆盖，位于 114.0495,22.715，邻近 440309006-01-1、440309006-01-2（共 1 处，宽 102.74 米）"},"geometry":{"type":"Polygon","coordinates":[[[114.049,22.71],[114.05,22.71],[114.05,22.72],[114.049,22.72],[114.049,22.71]]]}},
	// {"type":"Feature","properties":{"kind":"junction","severity":"note","units":"440309006-01-1 440309006-01","parent":"440309006-01","lng":114.049,"lat":22.71,"en":"440309006-01-1, 440309006-01 share a border on which only one has 2 of the vertices, the first at 114.049,22.71","zh":"440309006-01-1、440309006-01 的公共边上有 2 个顶点只属一方，首个位于 114.049,22.71"},"geometry":{"type":"Point","coordinates":[114.049,22.71]}},
	// {"type":"Feature","properties":{"kind":"junction","severity":"note","units":"440309006-01-2 440309006-01","parent":"440309006-01","lng":114.05,"lat":22.71,"en":"440309006-01-2, 440309006-01 share a border on which only one has 2 of the vertices, the first at 114.05,22.71","zh":"440309006-01-2、440309006-01 的公共边上有 2 个顶点只属一方，首个位于 114.05,22.71"},"geometry":{"type":"Point","coordinates":[114.05,22.71]}}
	// ]}
}
