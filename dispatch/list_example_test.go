package dispatch_test

import (
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
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

// The post of the lanes is vacant for a night between two appointments.
func ExampleProveStaffed() {
	m := guanlan()
	day := time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)
	dir, err := party.NewDirectory(m, party.Plan{
		Parties: []party.Party{{Code: "xinlan-community"}},
		People:  []party.Person{{Code: "an"}, {Code: "bo"}},
		Posts:   []party.Post{{Code: "lanes", Party: "xinlan-community"}},
		Appointments: []party.Appointment{
			{Person: "an", Post: "lanes", Kind: party.Resident, During: party.Interval{From: day.AddDate(0, -6, 0), Until: day.Add(20 * time.Hour)}},
			{Person: "bo", Post: "lanes", Kind: party.Resident, During: party.Interval{From: day.Add(30 * time.Hour)}},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	list, _ := dispatch.Compile(nil, []dispatch.Rule{{ID: "R1", Role: dispatch.Lead, Matter: "lane", Party: "lanes"}}, m, dir, dispatch.Options{})
	findings, err := dispatch.ProveStaffed(list, dir, day, day.AddDate(0, 0, 7))
	for _, f := range findings {
		fmt.Println(f.Severity, f.Text("en"))
	}
	fmt.Println(err)
	// Output:
	// error lead rule R1: nobody is on duty for xinlan-community/lanes 2026-03-04T20:00:00.000Z–2026-03-05T06:00:00.000Z
	// <nil>
}

// A version of the list takes over from another at an instant.
func ExampleList_Version() {
	start := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	list, _ := dispatch.Compile(nil, []dispatch.Rule{
		{ID: "R1", Role: dispatch.Lead, Matter: "*", Party: "street-office", Version: "2025"},
		{ID: "R2", Role: dispatch.Lead, Matter: "*", Area: "xinlan-01", Party: "squad", Version: "2026"},
	}, guanlan(), nil, dispatch.Options{Versions: []dispatch.Version{{Code: "2025"}, {Code: "2026", From: start, Reason: "reform", Notice: "notice 12"}}})
	v, _ := list.Version(start)
	fmt.Println(v.Code, v.Notice)
	for _, f := range list.Findings() {
		fmt.Println(f.Code, f.Text("en"))
	}
	// Output:
	// 2026 notice 12
	// handover since the version before nobody leads any matter in xinlan-02: for example other in xinlan-02 at 2026-07-01T00:00:00.000Z
}
