package grid_test

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
)

// basicGrids is a community of Guanlan with six basic grids of the city's in a row.
func basicGrids() []grid.Unit {
	units := []grid.Unit{{Code: "440309006012", Name: "新澜社区"}}
	for i := range 6 {
		west := 114.04 + float64(i)/100
		units = append(units, grid.Unit{
			Code: grid.Code(fmt.Sprintf("440309006012%03d", i+1)), Parent: "440309006012", Level: 1, Name: fmt.Sprintf("基础网格%d", i+1),
			Boundary: rectangle(west, 22.71, west+0.01, 22.72), Counts: map[string]int64{"households": 300 + int64(i)},
		})
	}
	return units
}

// 社区—街区—红色网格: the Party's blocks and red grids are drawn over the basic
// grids of the city's management, which keep their own tree.
func ExampleNewHierarchy() {
	m, err := grid.Build(basicGrids(), grid.Options{Levels: []string{"社区", "基础网格"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	nodes := []grid.Node{
		{Code: "B1", Name: "古墟街区", Level: 0}, {Code: "B2", Name: "大和街区", Level: 0},
		{Code: "R1", Parent: "B1", Name: "古墟红色网格", Level: 1}, {Code: "R2", Parent: "B1", Name: "老街红色网格", Level: 1},
		{Code: "R3", Parent: "B2", Name: "大和红色网格", Level: 1},
	}
	for i, red := range []grid.Code{"R1", "R1", "R2", "R2", "R3", "R3"} {
		nodes = append(nodes, grid.Node{Code: grid.Code(fmt.Sprintf("440309006012%03d", i+1)), Parent: red, Level: 2})
	}
	red, err := grid.NewHierarchy(m, "red", []string{"街区", "红色网格", "基础网格"}, nodes)
	if err != nil {
		fmt.Println(err)
		return
	}
	all, err := grid.NewHierarchies([]*grid.Hierarchy{m.Hierarchy("city"), red})
	if err != nil {
		fmt.Println(err)
		return
	}
	leaf, _ := m.Locate(orb.Point{114.075, 22.715})
	for h, n := range all.Of(leaf) {
		fmt.Print(h.Name())
		for step := range h.Path(n) {
			fmt.Print(" / ", h.Info(step).Name)
		}
		fmt.Println()
	}
	households, err := red.Sums("households")
	if err != nil {
		fmt.Println(err)
		return
	}
	for n := range red.Children(0) {
		fmt.Println(red.Info(n).Name, households[n])
	}
	block, _ := red.Lookup("B1")
	boundary, err := red.Boundary(block)
	fmt.Println(len(boundary), boundary.Bound().Max[0], err)

	// A basic grid is split: the hierarchy must be drawn anew, and says where.
	next, err := m.Apply(grid.Split("440309006012002",
		grid.Unit{Code: "440309006012002", Boundary: rectangle(114.05, 22.71, 114.055, 22.72)},
		grid.Unit{Code: "440309006012007", Boundary: rectangle(114.055, 22.71, 114.06, 22.72)}))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = all.Rebind(next)
	fmt.Println(err)
	// Output:
	// city / 新澜社区 / 基础网格4
	// red / 古墟街区 / 老街红色网格 / 基础网格4
	// 古墟街区 1206
	// 大和街区 609
	// 1 114.08 <nil>
	// grid: "red": "440309006012007": leaf of the map is in no node
}

// Majiang: two service centres and four stations over the 45 grids of four
// communities. The stations' tree adds up to the same households as the Map's own.
func ExampleHierarchy_Sums() {
	units := []grid.Unit{}
	nodes := []grid.Node{
		{Code: "centre-1", Name: "第一服务中心"}, {Code: "centre-2", Name: "第二服务中心"},
	}
	number := 0
	for i, grids := range []int{12, 11, 11, 11} {
		community := grid.Code(fmt.Sprintf("community-%d", i+1))
		station := grid.Code(fmt.Sprintf("station-%d", i+1))
		units = append(units, grid.Unit{Code: community, Name: fmt.Sprintf("社区%d", i+1)})
		nodes = append(nodes, grid.Node{Code: station, Parent: nodes[i/2].Code, Name: fmt.Sprintf("网格工作站%d", i+1), Level: 1})
		for k := range grids {
			code := grid.Code(fmt.Sprintf("grid-%02d", number+1))
			x, y, households := 107.59+float64(k)/1000, 26.49+float64(i)/1000, int64(233)
			if number == 0 { // 10,479 in all
				households += 10479 - 45*233
			}
			units = append(units, grid.Unit{
				Code: code, Parent: community, Level: 1, Boundary: rectangle(x, y, x+0.001, y+0.001),
				Counts: map[string]int64{"households": households},
			})
			nodes = append(nodes, grid.Node{Code: code, Parent: station, Level: 2})
			number++
		}
	}
	m, err := grid.Build(units, grid.Options{Levels: []string{"社区", "网格"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	service, err := grid.NewHierarchy(m, "service", []string{"服务中心", "工作站", "网格"}, nodes)
	if err != nil {
		fmt.Println(err)
		return
	}
	sums, err := service.Sums("households")
	if err != nil {
		fmt.Println(err)
		return
	}
	own, err := m.Hierarchy("own").Sums("households")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.LeafCount(), sums[0], own[0])
	for n := range service.All() {
		if info := service.Info(n); info.Leaf == 0 {
			leaves := 0
			for range service.Leaves(n) {
				leaves++
			}
			fmt.Println(service.Levels()[info.Level], info.Name, leaves, sums[n])
		}
	}
	// Output:
	// 45 10479 10479
	// 服务中心 第一服务中心 23 5353
	// 工作站 网格工作站1 12 2790
	// 工作站 网格工作站2 11 2563
	// 服务中心 第二服务中心 22 5126
	// 工作站 网格工作站3 11 2563
	// 工作站 网格工作站4 11 2563
}
