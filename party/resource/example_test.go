package resource_test

import (
	"fmt"
	"time"

	"github.com/gridgov/gridgov/party/resource"
)

// A school lends its hall in the holidays and a clinic sends two doctors; the
// community has a free clinic to hold and two evenings to house.
func ExampleMatch() {
	july := func(from, until int) resource.Interval {
		return resource.Interval{From: time.Date(2026, 7, from, 0, 0, 0, 0, time.UTC), Until: time.Date(2026, 7, until, 0, 0, 0, 0, time.UTC)}
	}
	lists, err := resource.NewLists(nil, nil, resource.Plan{
		Offers: []resource.Offer{
			{Code: "hall", Party: "school", Kind: "venue.hall", During: july(10, 31)},
			{Code: "doctors", Party: "clinic", Kind: "people.doctor", Quantity: 2, During: july(1, 31)},
		},
		Needs: []resource.Need{
			{Code: "film", Kind: "venue", During: july(12, 13)},
			{Code: "free-clinic", Kind: "people.doctor", Quantity: 2, During: july(12, 14)},
			{Code: "chess", Kind: "venue.hall", During: july(12, 13)},
			{Code: "wifi", Kind: "network", During: july(12, 13)},
		},
		Projects: []resource.Project{{Code: "summer", Kind: "service", Needs: []resource.Code{"film", "free-clinic"}, Offers: []resource.Code{"doctors"}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	result := resource.Match(lists, resource.Options{})
	for _, x := range result.Needs {
		fmt.Println(x.Need, x.Full())
		if !x.Full() {
			fmt.Println(" ", x.Reason("en"))
		}
		for _, taken := range x.Taken {
			fmt.Println(" ", taken.Units, "of", taken.Text("en"))
		}
	}
	for _, p := range result.Projects {
		fmt.Println(p.Project, p.Met, p.Unmet)
	}
	for _, p := range result.Passed("film") {
		fmt.Println("film passed", p.Text("en"))
	}
	// Output:
	// chess true
	//   1 of hall: same kind, serves the area, all the time, enough units
	// film false
	//   hall: not enough is left
	// free-clinic true
	//   2 of doctors: of the same project, same kind, serves the area, all the time, enough units
	// wifi false
	//   nothing of the kind is offered
	// summer [free-clinic] [film]
	// film passed doctors: another kind
	// film passed hall: not enough is left
}
