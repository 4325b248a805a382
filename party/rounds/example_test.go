package rounds_test

import (
	"fmt"
	"time"

	"github.com/gridgov/gridgov/party/rounds"
)

// Red grid 27 of Niuhu visits its key households every month, four teams in
// turn. One household is visited in March, the other is a gap for ever.
func ExampleLog() {
	zone := time.FixedZone("UTC+8", 8*3600)
	log := rounds.NewLog(zone, nil)
	do := func(at time.Time, do rounds.Do) {
		o, err := log.Decide(at, rounds.Command{Do: do})
		if err != nil || o.Refusal != nil {
			fmt.Println(err, o.Refusal)
		}
		for _, e := range o.Entries {
			if err := log.Apply(e); err != nil {
				fmt.Println(err)
			}
		}
	}
	var start rounds.Date
	if err := start.UnmarshalText([]byte("2026-03-01")); err != nil {
		fmt.Println(err)
	}
	first := time.Date(2026, 3, 1, 9, 0, 0, 0, zone)
	for _, house := range []rounds.Code{"house-5", "house-9"} {
		do(first, rounds.Enrol{Household: house, Areas: []rounds.Code{"grid-27", "niuhu"}, Class: "key"})
	}
	do(first, rounds.Plan{
		Plan: "lianhu", Areas: []rounds.Code{"niuhu"}, Classes: []rounds.Code{"key"}, Every: "1mo", Start: start,
		Teams: []rounds.Team{{Team: "team-1", People: []rounds.Code{"zhu"}}, {Team: "team-2", People: []rounds.Code{"zheng"}}},
	})
	do(first.AddDate(0, 0, 20), rounds.Visit{Household: "house-5", People: []rounds.Code{"zhu", "he"}, Kind: "door"})
	april := time.Date(2026, 4, 2, 9, 0, 0, 0, zone)
	do(april, rounds.Visit{Household: "house-9", People: []rounds.Code{"zheng"}, Kind: "door"})
	for s := range log.Slots(rounds.Filter{Plan: "lianhu"}, rounds.DateOf(april)) {
		team, _ := log.LeadingOn("lianhu", s.From)
		fmt.Println(s.From, s.Household, s.State, team)
	}
	n := log.Count(rounds.Filter{}, rounds.DateOf(april))
	fmt.Println(n.Made, "of", n.Due, "made,", n.PersonVisits, "person-visits")
	// Output:
	// 2026-03-01 house-5 made team-1
	// 2026-04-01 house-5 open team-2
	// 2026-03-01 house-9 missing team-1
	// 2026-04-01 house-9 made team-2
	// 2 of 4 made, 3 person-visits
}
