package party_test

import (
	"fmt"

	"github.com/gridgov/gridgov/party"
)

func ExampleNewDirectory() {
	_, err := party.NewDirectory(nil, party.Plan{
		Parties: []party.Party{{Code: "niuhu", Parent: "guanlan"}},
		Posts:   []party.Post{{Code: "grid-lead", Party: "niuhu", Deputy: "grid-lead"}},
	})
	fmt.Println(err)
	// Output:
	// party: parties[0] niuhu: parent: unknown party: "guanlan"
	// party: posts[0] grid-lead: deputy: chain leads back to itself: "grid-lead"
}

func ExampleDirectory_Chain() {
	d := guanlan()
	for p := range d.Chain("squad") {
		fmt.Print(p.Name, " ")
	}
	fmt.Println(d.Top("squad"))
	// Output: 牛湖网格队 牛湖社区党委 街道办 office
}

func ExampleDirectory_Active() {
	d := guanlan()
	fmt.Println(d.Active("squad", march(4)), d.Active("grid-lead", march(5)))
	// Output: false true
}

func ExampleDirectory_Parties() {
	d := guanlan()
	for p := range d.Parties() {
		fmt.Print(p.Code, " ")
	}
	one, ok := d.Party("squad")
	fmt.Println(one.Parent, ok)
	// Output: committee fire gas-1 gas-2 office squad committee true
}

func ExampleDirectory_Posts() {
	d := guanlan()
	for p := range d.Posts() {
		fmt.Print(p.Code, " ")
	}
	one, ok := d.Post("captain-3")
	fmt.Println(one.Place, ok)
	// Output: captain-3 grid-lead secretary building:3 true
}

func ExampleDirectory_Entities() {
	d := guanlan()
	fmt.Println(d.Classes())
	for p := range d.Entities("gas", "niuhu", march(2)) {
		fmt.Println(p.Name)
	}
	// Output:
	// [gas]
	// 石一燃气站
	// 大和燃气站
}

func ExampleDirectory_Acts() {
	d := guanlan()
	// On the 20th Zhu's appointment has ended and the secretary stands in.
	fmt.Println(d.Acts("huang", "grid-lead", march(19)), d.Acts("huang", "grid-lead", march(20)))
	// Output: false true
}

func ExampleDirectory_Serves() {
	d := guanlan()
	fmt.Println(d.Serves("zhu", "office", march(6)), d.Serves("huang", "squad", march(6)))
	// Output: true false
}

func ExampleDirectory_Appointments() {
	d := guanlan()
	for a := range d.Appointments("grid-lead") {
		fmt.Println(a.Person, a.Kind)
	}
	for a := range d.Serving("huang") {
		fmt.Println(a.Post)
	}
	// Output:
	// zhu mobile
	// secretary
	// captain-3
}

func ExampleDirectory_Team() {
	d := guanlan()
	for p := range d.PostsFor("grid-27") {
		fmt.Println(p.Code)
	}
	for m := range d.Team("grid-27", march(6)) {
		fmt.Println(m.Role, m.Person, m.Kind)
	}
	// Output:
	// grid-lead
	// lead zhu mobile
}

func ExampleDirectory_Captain() {
	who, ok := guanlan().Captain(party.Place{Layer: "building", Feature: "3"}, march(2))
	fmt.Println(who, ok)
	// Output: huang true
}

func ExampleDirectory_Headcount() {
	d := guanlan()
	fmt.Println(d.Headcount(march(4)), d.Headcount(march(5)))
	fmt.Println(d.HeadcountIn("squad", march(5)))
	// Output:
	// map[part-time:1 resident:1] map[mobile:1 part-time:1 resident:1]
	// map[mobile:1]
}

func ExampleDirectory_Superiors() {
	for s := range guanlan().Superiors("zhu", march(6)) {
		fmt.Println(s.Party, s.By, s.Post)
	}
	// Output:
	// committee area grid-lead
	// squad line grid-lead
	// fire home
}
