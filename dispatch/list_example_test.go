package dispatch_test

import (
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/grid"
)

// guanlan is a subdistrict with one community and two grids.
func guanlan() *grid.Map {
	square := func(x, w float64) orb.MultiPolygon {
		return orb.MultiPolygon{{{{x, 22.7}, {x + w, 22.7}, {x + w, 22.71}, {x, 22.71}, {x, 22.7}}}}
	}
	m, err := grid.Build([]grid.Unit{
		{Code: "guanlan", Level: 0, Boundary: square(114.00, 0.02)},
		{Code: "xinlan", Parent: "guanlan", Level: 1, Boundary: square(114.00, 0.02)},
		{Code: "xinlan-01", Parent: "xinlan", Level: 2, Boundary: square(114.00, 0.01)},
		{Code: "xinlan-02", Parent: "xinlan", Level: 2, Boundary: square(114.01, 0.01)},
	}, grid.Options{Levels: []string{"subdistrict", "community", "grid"}})
	if err != nil {
		panic(err)
	}
	return m
}

// The construction office looks after main streets, the community after lanes
// (住建管大街、社区管小巷), and the community after whatever is neither.
func ExampleList_Match() {
	m := guanlan()
	list, err := dispatch.Compile(
		[]dispatch.Matter{{Code: "road.hole", Name: "路面破损"}, {Code: "road.lamp", Name: "路灯不亮"}},
		[]dispatch.Rule{
			{ID: "R1", Role: dispatch.Lead, Matter: "road", Class: "road=main", Party: "construction"},
			{ID: "R2", Role: dispatch.Lead, Matter: "road", Party: "xinlan-community"},
			{ID: "R3", Role: dispatch.Assist, Matter: "road", Party: "squad"},
		}, m, nil, dispatch.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	place, _ := m.Lookup("xinlan-02")
	q := dispatch.Query{Matter: "road.hole", Area: place, Classes: []string{"road=main"}, At: time.Date(2026, 3, 4, 1, 0, 0, 0, time.UTC)}
	fmt.Println("main street:", list.Match(q).Lead.Party)
	q.Classes = []string{"road=lane"}
	fmt.Println("lane:", list.Match(q).Lead.Party)
	fmt.Println("findings:", len(list.Findings()))
	// Output:
	// main street: construction
	// lane: xinlan-community
	// findings: 0
}

func ExampleList_Explain() {
	m := guanlan()
	list, _ := dispatch.Compile(nil, []dispatch.Rule{
		{ID: "R1", Role: dispatch.Lead, Matter: "road", Class: "road=main", Party: "construction"},
		{ID: "R2", Role: dispatch.Lead, Matter: "road", Party: "xinlan-community"},
		{ID: "R3", Role: dispatch.Lead, Matter: "*", Party: "office"},
	}, m, nil, dispatch.Options{})
	place, _ := m.Lookup("xinlan-02")
	q := dispatch.Query{Matter: "road.hole", Area: place, Classes: []string{"road=lane"}}
	fmt.Println(list.Explain(q).Text("en"))
	fmt.Println(list.Explain(q).Text("zh"))
	// Output:
	// road.hole in xinlan-02: xinlan-community leads, by rule R2
	//   R1 (lead, construction) needs class road=main
	//   R2 (lead, xinlan-community) applies
	//   R3 (lead, office) yields to R2 by longer matter
	// road.hole，xinlan-02：xinlan-community 主办，依据规则 R2
	//   R1（主办，construction）要求类别 road=main
	//   R2（主办，xinlan-community）适用
	//   R3（主办，office）让位于 R2，比较事项层级
}

func ExampleList_Findings() {
	list, _ := dispatch.Compile(
		[]dispatch.Matter{{Code: "road.hole"}, {Code: "road.lamp"}, {Code: "noise"}},
		[]dispatch.Rule{
			{ID: "R1", Role: dispatch.Lead, Matter: "road", Party: "construction"},
			{ID: "R2", Role: dispatch.Lead, Matter: "noise", Area: "xinlan-01", Party: "squad"},
			{ID: "R3", Role: dispatch.Lead, Matter: "road", Party: "works", Channel: "12345"},
		}, guanlan(), nil, dispatch.Options{})
	for _, f := range list.Findings() {
		fmt.Println(f.Severity, f.Text("en"))
	}
	// Output:
	// error nobody leads noise in xinlan-02: for example noise in xinlan-02 at 2026-01-05T00:00:00.000Z
	// error lead rule R1, R3 name different parties for road in all areas and nothing decides: for example road.hole in xinlan-01 at 2026-01-05T00:00:00.000Z, channel 12345
}
