package dispatch_test

import (
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/grid"
)

// learnedStreet is a subdistrict of two communities and what happened there last
// month: roads are mended by one station, waste is taken by two.
func learnedStreet() (*grid.Map, []dispatch.Handled) {
	square := func(x float64) orb.MultiPolygon {
		return orb.MultiPolygon{{{{x, 0}, {x + 0.01, 0}, {x + 0.01, 0.01}, {x, 0.01}, {x, 0}}}}
	}
	m, err := grid.Build([]grid.Unit{
		{Code: "east", Boundary: square(0.01)},
		{Code: "west", Boundary: square(0)},
	}, grid.Options{Levels: []string{"community"}})
	if err != nil {
		panic(err)
	}
	var past []dispatch.Handled
	for i := range 30 {
		area := []dispatch.Code{"east", "west"}[i%2]
		ref, _ := m.Lookup(area)
		h := dispatch.Handled{
			ID: dispatch.Code(fmt.Sprint("case-", i)), Matter: "waste.missed", Party: "cleaning-" + area, Area: ref,
			At: time.Date(2026, 3, 1+i, 9, 0, 0, 0, time.UTC),
		}
		if i%3 == 0 {
			h.Matter, h.Party = "road.hole", "road-station"
		}
		past = append(past, h)
	}
	return m, past
}

func ExampleLearn() {
	m, past := learnedStreet()
	learned, err := dispatch.Learn(past, m, dispatch.LearnOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, r := range learned.Rules {
		fmt.Println(r.ID, r.Matter, r.Area, r.Party, "|", r.Basis)
		fmt.Println("  ", learned.Mined[i].Reason.Text("en"))
	}
	// Output:
	// L00001 road * road-station | learned support=10 confidence=1000/1000
	//    10 of 10 cases of matter road went to road-station; without this rule cleaning-east would answer.
	// L00002 * west cleaning-west | learned support=15 confidence=666/1000
	//    10 of 15 cases in area west went to cleaning-west; without this rule cleaning-east would answer.
	// L00003 * * cleaning-east | learned support=30 confidence=333/1000
	//    10 of all 30 cases went to cleaning-east, which answers when no other rule does.
}

func ExampleBacktest() {
	m, past := learnedStreet()
	list, err := dispatch.Compile(nil, []dispatch.Rule{
		{ID: "D1", Role: dispatch.Lead, Matter: "road", Party: "road-station"},
		{ID: "D2", Role: dispatch.Lead, Matter: "waste", Party: "cleaning-east"},
	}, m, nil, dispatch.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := dispatch.Backtest(list, past, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("right", result.Party.Right, "of", result.Party.Of)
	for _, c := range result.Confusion {
		fmt.Println(c.Expected, "but the list says", c.Got, c.Cases)
	}
	for _, by := range result.ByMatter {
		fmt.Println(by.Matter, by.Party.Right, "of", by.Party.Of)
	}
	// Output:
	// right 20 of 30
	// cleaning-west but the list says cleaning-east 10
	// road.hole 10 of 10
	// waste.missed 10 of 20
}
