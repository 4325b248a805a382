package structure_test

import (
	"fmt"
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/structure"
)

// niuhu is one community with its committee and squad, until its secretary changed
// on 12 May and the new one was not made leader of the squad.
func niuhu() (*party.Directory, *grid.Map, error) {
	m, err := grid.Build([]grid.Unit{{Code: "NH", Name: "牛湖社区", Boundary: square(114.05, 22.70, 114.06, 22.71)}},
		grid.Options{Levels: []string{"community"}})
	if err != nil {
		return nil, nil, err
	}
	may := func(d int) time.Time { return time.Date(2026, 5, d, 0, 0, 0, 0, time.UTC) }
	d, err := party.NewDirectory(m, party.Plan{
		Parties: []party.Party{
			{Code: "niuhu-committee", Kind: "committee", Area: "NH"},
			{Code: "niuhu-squad", Kind: "squad", Area: "NH"},
		},
		People: []party.Person{{Code: "chen"}, {Code: "lin"}},
		Posts: []party.Post{
			{Code: "secretary", Party: "niuhu-committee", Role: "secretary"},
			{Code: "leader", Party: "niuhu-squad", Role: "squad-leader"},
		},
		Appointments: []party.Appointment{
			{Person: "chen", Post: "secretary", During: party.Interval{From: may(1), Until: may(12)}},
			{Person: "lin", Post: "secretary", During: party.Interval{From: may(12)}},
			{Person: "chen", Post: "leader", During: party.Interval{From: may(1)}},
		},
	})
	return d, m, err
}

func ExampleRules_Audit() {
	d, m, err := niuhu()
	if err != nil {
		fmt.Println(err)
		return
	}
	list, err := structure.Decode([]byte(`{"rules": [
		{"id": "leader", "role": "squad-leader", "per": "area:community", "count": 1, "same_as": "secretary"},
		{"id": "deputy", "role": "executive-deputy", "per": "area:community", "count": 1}
	]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	rules, err := structure.Compile(list)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range rules.Audit(d, m, time.Date(2026, 5, 20, 0, 0, 0, 0, time.UTC)) {
		fmt.Println(v.Rule, v.Kind, v.Area, v.Person, "since", v.Since.Format(time.DateOnly))
		fmt.Println(v.Text("en"))
		fmt.Println(v.Text("zh"))
	}
	// Output:
	// deputy too-few NH  since 0001-01-01
	// NH: people who serve as executive-deputy: 0, at least 1 needed
	// NH：任executive-deputy的人数为0，应不少于1
	// leader not-same NH chen since 2026-05-12
	// NH, leader: chen serves as squad-leader and is not secretary of the same unit
	// NH、leader：chen任squad-leader，但不是同一单位的secretary
}

func ExampleRules_AuditDuring() {
	d, m, err := niuhu()
	if err != nil {
		fmt.Println(err)
		return
	}
	rules, err := structure.Compile([]structure.Rule{{
		ID: "secretary", Role: []string{"secretary"}, Per: structure.EachArea("community"), Count: structure.Exactly(1),
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range rules.AuditDuring(d, m, party.Interval{}) {
		fmt.Println(v.Kind, v.Area, v.Since.IsZero(), v.Until.Format(time.DateOnly))
	}
	// Output:
	// too-few NH true 2026-05-01
}

func ExamplePreset() {
	rules, _ := structure.Preset("1+1+6", structure.PresetOptions{Levels: map[string]string{"community": "社区"}})
	for _, r := range rules[3:5] {
		fmt.Println(r.ID, r.Kind, r.Per, *r.Count, r.SameAs)
		fmt.Println(r.Basis)
	}
	// Output:
	// 1+1+6.squad parties area:社区 {1 1} []
	// Each community has one squad.
	// 1+1+6.squad-leader people area:社区 {1 1} [secretary]
	// The secretary of the community's committee leads its squad.
}

func ExampleDecode() {
	_, err := structure.Decode([]byte(`{"rules": [
  {"id": "captain", "role": "building-captain", "per": "house", "count": 1},
  {"id": "shops", "kind": "parties", "per": "street", "count": {"min": 3}}
]}`))
	fmt.Println(err)
	// Output:
	// structure: 2:56: rules[0] captain: per: no unit that this kind of rule is checked for: "house"
	// structure: 3:3: rules[1] shops: parties: field is needed: "parties"
}

// The lead of a grid sits on the council of the block by the council's own minutes.
func ExampleRules_Seated() {
	rules, _ := structure.Compile([]structure.Rule{
		{ID: "lead-in-council", Role: []string{"grid-lead"}, Per: structure.Street(), SameAs: []string{structure.RoleCouncilMember}},
	})
	d, _ := party.NewDirectory(nil, party.Plan{
		Parties:      []party.Party{{Code: "squad"}},
		People:       []party.Person{{Code: "an"}},
		Posts:        []party.Post{{Code: "g1-lead", Party: "squad", Role: "grid-lead"}},
		Appointments: []party.Appointment{{Person: "an", Post: "g1-lead", During: party.Interval{From: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}}},
	})
	at := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	for _, v := range rules.Audit(d, nil, at) {
		fmt.Println(v.Text("en"))
	}
	seats := []structure.Seat{{Council: "block", Area: "G1", Person: "an", Vote: true}}
	fmt.Println(len(rules.Seated(seats).Audit(d, nil, at)))
	// Output:
	// g1-lead: an serves as grid-lead and is not council-member of the same unit
	// 0
}
