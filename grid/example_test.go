package grid_test

import (
	"errors"
	"fmt"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
)

// rectangle is a boundary along parallels and meridians.
func rectangle(west, south, east, north float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}}}
}

// guanlan is a block of Guanlan subdistrict with two red grids side by side.
func guanlan() []grid.Unit {
	return []grid.Unit{
		{Code: "440309006", Parent: "440309", Name: "观澜街道", Level: 0},
		{Code: "440309006-01", Parent: "440309006", Name: "古墟街区", Level: 1, Boundary: rectangle(114.04, 22.71, 114.06, 22.72)},
		{Code: "440309006-01-1", Parent: "440309006-01", Name: "第一红色网格", Level: 2, Boundary: rectangle(114.04, 22.71, 114.05, 22.72)},
		{Code: "440309006-01-2", Parent: "440309006-01", Name: "第二红色网格", Level: 2, Boundary: rectangle(114.05, 22.71, 114.06, 22.72)},
	}
}

func ExampleBuild() {
	levels := []string{"街道", "街区", "红色网格"}
	m, err := grid.Build(guanlan(), grid.Options{Levels: levels})
	if err != nil {
		fmt.Println(err)
		return
	}
	for r := range m.All() {
		info := m.Info(r)
		fmt.Println(levels[info.Level], info.Code, info.Name)
	}
	for _, f := range m.Findings() {
		fmt.Println(f.Text("zh"))
	}

	// Everything that is wrong is said at once.
	bad := append(guanlan(), grid.Unit{Code: "440309006-02-1", Parent: "440309006-02", Level: 2, Boundary: orb.MultiPolygon{
		{{{114.06, 22.71}, {114.07, 22.72}, {114.07, 22.71}, {114.06, 22.72}}},
	}})
	_, err = grid.Build(bad, grid.Options{Levels: levels})
	if refused, ok := errors.AsType[*grid.BuildError](err); ok {
		for _, fault := range refused.Faults {
			fmt.Println(fault)
		}
	}
	// Output:
	// 街道 440309006 观澜街道
	// 街区 440309006-01 古墟街区
	// 红色网格 440309006-01-1 第一红色网格
	// 红色网格 440309006-01-2 第二红色网格
	// 440309006 有下级单元,但没有自己的边界
	// unit "440309006-02-1": parent is not in the map: "440309006-02"
	// unit "440309006-02-1": polygon 0: ring 0: vertex 0: at 114.065,22.715: boundary crosses itself
}

func ExampleMap_Locate() {
	m, err := grid.Build(guanlan(), grid.Options{Levels: []string{"街道", "街区", "红色网格"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range []orb.Point{
		{114.045, 22.715},
		{114.05, 22.715}, // on the border of the two: the eastern one
		{114.07, 22.715},
	} {
		r, ok := m.Locate(p)
		if !ok {
			fmt.Println(p, "在图外")
			continue
		}
		block := m.Ancestor(r, 1)
		fmt.Println(p, m.Info(block).Name, m.Info(r).Name)
	}
	// Output:
	// [114.045 22.715] 古墟街区 第一红色网格
	// [114.05 22.715] 古墟街区 第二红色网格
	// [114.07 22.715] 在图外
}

func ExampleMap_Path() {
	m, err := grid.Build(guanlan(), grid.Options{Levels: []string{"街道", "街区", "红色网格"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	r, _ := m.Lookup("440309006-01-2")
	for at := range m.Path(r) {
		fmt.Println(m.Info(at).Name)
	}
	// Output:
	// 观澜街道
	// 古墟街区
	// 第二红色网格
}

func ExampleMap_Within() {
	m, err := grid.Build(guanlan(), grid.Options{Levels: []string{"街道", "街区", "红色网格"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	screen := orb.Bound{Min: orb.Point{114.03, 22.70}, Max: orb.Point{114.049, 22.73}}
	for r := range m.Within(screen) {
		fmt.Println(m.Info(r).Name)
	}
	// Output:
	// 第一红色网格
}
