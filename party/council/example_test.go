package council_test

import (
	"fmt"
	"time"

	"github.com/gridgov/gridgov/party/council"
)

// The council of the block Shiyi (石一街区理事会) decides on the wasteland: two of
// its five members are not enough, three are. The community has to build the park.
func ExampleMinutes() {
	minutes := council.NewMinutes(nil) // a *party.Directory would say who may do what
	at := time.Date(2021, 6, 1, 19, 0, 0, 0, time.UTC)
	do := func(verb council.Do) {
		outcome, err := minutes.Decide(at, council.Command{Do: verb})
		if err != nil {
			fmt.Println(err)
			return
		}
		if outcome.Refusal != nil {
			fmt.Println("refused:", outcome.Refusal.Text("en"))
		}
		for _, entry := range outcome.Entries {
			if err := minutes.Apply(entry); err != nil {
				fmt.Println(err)
			}
		}
	}
	do(council.Found{Council: "shiyi", Name: "石一街区理事会", Area: "niuhu-1", Level: "block", Kind: council.KindCouncil, Rules: council.Presets()[0].Rules})
	for person, capacity := range map[council.Code]string{"huang": "街区负责人", "zhu": "红色网格牵头人", "chen": "股份公司", "wu": "居民", "lin": "商户"} {
		do(council.Seat{Council: "shiyi", Person: person, Capacity: capacity, Vote: true})
	}
	do(council.Convene{Meeting: "2021-06", Council: "shiyi", For: at})
	do(council.Raise{Topic: "park", Council: "shiyi", Title: "空地改建康乐园", Meeting: "2021-06", By: "wu"})
	do(council.Open{Meeting: "2021-06", Present: []council.Code{"huang", "wu"}})
	do(council.Tally{Topic: "park", Yes: 2})
	do(council.Attend{Meeting: "2021-06", Arrived: []council.Code{"lin"}})
	do(council.Tally{Topic: "park", Yes: 2, No: 1})
	do(council.Resolve{Topic: "park"})
	do(council.Resolve{Topic: "park", Owner: "niuhu", Due: at.AddDate(0, 3, 0)})
	park, _ := minutes.Topic("park")
	fmt.Println(park.State, park.Decided.Owner, park.NextDue.Format(time.DateOnly))
	fmt.Printf("%+v\n", minutes.Count(minutes.Below("shiyi"), council.Interval{}, at))
	// Output:
	// refused: meeting 2021-06 has no quorum: 2 present, 3 needed
	// refused: topic park passed and needs an owner with a due, a case or a project
	// tracking niuhu 2021-09-01
	// {Meetings:1 Raised:1 FromBelow:0 Open:0 Deferred:0 Tracking:1 Done:0 Failed:0 Withdrawn:0 Risen:0}
}

// At least two thirds of nine is six, of ten it is seven; more than half of ten is
// six.
func ExampleRatio() {
	twoThirds, half := council.Ratio{Num: 2, Den: 3}, council.Ratio{Num: 1, Den: 2, Above: true}
	fmt.Println(twoThirds.Least(9), twoThirds.Least(10), half.Least(10))
	fmt.Println(half.Met(5, 10), half.Met(6, 10))
	// Output:
	// 6 7 6
	// false true
}

// Two abstain: counted against, five of ten is not more than half; left out, five
// of eight is.
func ExampleRules_Result() {
	rules := council.Presets()[0].Rules
	votes := council.Count{Members: 12, Present: 10, Yes: 5, No: 3, Abstain: 2}
	fmt.Println(rules.Result(votes, ""), "of", rules.Of(votes))
	rules.Abstain = council.AbstainOut
	fmt.Println(rules.Result(votes, ""), "of", rules.Of(votes))
	// Output:
	// failed of 10
	// passed of 8
}
