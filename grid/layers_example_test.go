package grid_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/grid"
)

// 住建管大街、社区管小巷: a main street is the housing department's, a lane the
// community centre's. At their crossing both are there, the main street first.
func ExampleLayers_At() {
	m, err := grid.Build(guanlan(), grid.Options{Levels: []string{"街道", "街区", "红色网格"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	roads, err := grid.BuildLayer("roads", []grid.Feature{
		{
			Code: "L-07", Class: "lane", Name: "贵湖塘一巷", Owner: "guihu-centre", Width: 6,
			Geometry: orb.LineString{{114.045, 22.711}, {114.045, 22.719}},
		},
		{
			Code: "M-01", Class: "main", Name: "观澜大道", Owner: "housing", Width: 40,
			Geometry: orb.LineString{{114.04, 22.715}, {114.06, 22.715}},
		},
	}, grid.LayerOptions{Classes: []string{"main", "lane"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	layers, err := grid.NewLayers([]*grid.Layer{roads})
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2022, 3, 1, 9, 0, 0, 0, time.UTC)
	for _, p := range []orb.Point{
		{114.045, 22.715}, // the crossing
		{114.045, 22.718}, // in the lane
		{114.055, 22.715}, // on the main street
		{114.055, 22.718},
	} {
		place := layers.At(m, p, at, nil)
		fmt.Print(m.Info(place.Leaf).Name)
		for _, f := range place.Features {
			fmt.Print(" ", layers.Info(f).Name)
		}
		owner, known := place.Owner("roads")
		fmt.Println("", place.Classes(nil), owner, known)
	}
	// Output:
	// 第一红色网格 观澜大道 贵湖塘一巷 [roads=main roads=lane] housing true
	// 第一红色网格 贵湖塘一巷 [roads=lane] guihu-centre true
	// 第二红色网格 观澜大道 [roads=main] housing true
	// 第二红色网格 []  false
}

// A key enterprise lies in an industrial park, both of one layer: the smaller one
// is answered first, so its owner answers. The workshop beside it came in March.
func ExamplePlace_Owner() {
	sites, err := grid.BuildLayer("sites", []grid.Feature{
		{Code: "park-3", Class: "industrial park", Name: "第三工业园", Owner: "park-office", Geometry: rectangle(114.041, 22.711, 114.049, 22.719)[0]},
		{Code: "ent-17", Class: "key enterprise", Name: "电镀厂", Owner: "plating-co", Geometry: rectangle(114.042, 22.712, 114.044, 22.714)[0]},
		{
			Code: "ent-18", Class: "workshop", Name: "木工坊", Geometry: orb.Point{114.046, 22.716}, Radius: 30,
			During: grid.Interval{From: time.Date(2022, 3, 1, 0, 0, 0, 0, time.UTC)},
		},
	}, grid.LayerOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	layers, err := grid.NewLayers([]*grid.Layer{sites})
	if err != nil {
		fmt.Println(err)
		return
	}
	february, march := time.Date(2022, 2, 28, 0, 0, 0, 0, time.UTC), time.Date(2022, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, q := range []struct {
		p  orb.Point
		at time.Time
	}{
		{orb.Point{114.043, 22.713}, march},
		{orb.Point{114.044, 22.713}, march}, // on the enterprise's eastern border, which is not its own
		{orb.Point{114.046, 22.716}, february},
		{orb.Point{114.046, 22.716}, march}, // the workshop's owner is not known, and the park's is no substitute
	} {
		place := layers.At(nil, q.p, q.at, nil)
		owner, known := place.Owner("sites")
		fmt.Println(place.Classes(nil), owner, known)
	}
	// Output:
	// [sites=key enterprise sites=industrial park] plating-co true
	// [sites=industrial park] park-office true
	// [sites=industrial park] park-office true
	// [sites=workshop sites=industrial park]  false
}

func ExampleBuildLayer() {
	_, err := grid.BuildLayer("parks", []grid.Feature{
		{Code: "P1", Class: "park", Geometry: orb.Polygon{{{114.04, 22.71}, {114.05, 22.72}, {114.05, 22.71}, {114.04, 22.72}}}},
		{Code: "P2", Geometry: orb.Point{114.04, 22.71}},
	}, grid.LayerOptions{})
	if refused, ok := errors.AsType[*grid.OverlayError](err); ok {
		for _, fault := range refused.Faults {
			fmt.Println(fault)
			fmt.Println(fault.Text("zh"))
		}
	}
	// Output:
	// "parks": "P1": polygon 0: ring 0: vertex 0: at 114.045,22.715: boundary crosses itself
	// parks，P1：边界自相交，位于114.0450000,22.7150000
	// "parks": "P2": class is empty, too long or not plain text
	// parks，P2：类别为空、过长或不是普通文本
	// "parks": "P2": width or radius is not what the geometry needs: width 0 m, radius 0 m
	// parks，P2：宽度或半径与几何不符
}

// A place becomes what a responsibility list is asked in one step. Where a lane
// meets a main street the list ties when it is told of both, and decides when it
// is told of what comes first.
func ExamplePlace_FirstClasses() {
	m, err := grid.Build(guanlan(), grid.Options{Levels: []string{"街道", "街区", "红色网格"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	list, err := dispatch.Compile(nil, []dispatch.Rule{
		{ID: "R1", Role: dispatch.Lead, Matter: "road", Class: "roads=main", Party: "housing"},
		{ID: "R2", Role: dispatch.Lead, Matter: "road", Class: "roads=lane", Party: "guihu-centre"},
	}, m, nil, dispatch.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	roads, err := grid.BuildLayer("roads", []grid.Feature{
		{Code: "L-07", Class: "lane", Width: 6, Geometry: orb.LineString{{114.045, 22.711}, {114.045, 22.719}}},
		{Code: "M-01", Class: "main", Width: 40, Geometry: orb.LineString{{114.04, 22.715}, {114.06, 22.715}}},
	}, grid.LayerOptions{Classes: []string{"main", "lane"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	layers, err := grid.NewLayers([]*grid.Layer{roads})
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2022, 3, 1, 9, 0, 0, 0, time.UTC)
	for _, p := range []orb.Point{{114.045, 22.715}, {114.045, 22.718}} {
		place := layers.At(m, p, at, nil)
		q := dispatch.Query{Matter: "road", Area: place.Leaf, Classes: place.Classes(nil), At: at}
		fmt.Println(q.Classes, list.Match(q).Status)
		q.Classes = place.FirstClasses(nil)
		fmt.Println(q.Classes, list.Match(q).Lead.Party)
	}
	// Output:
	// [roads=main roads=lane] tie
	// [roads=main] housing
	// [roads=lane] decided
	// [roads=lane] guihu-centre
}
