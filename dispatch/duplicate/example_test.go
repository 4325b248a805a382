package duplicate_test

import (
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch/duplicate"
)

// A patrol reports a heap of rubbish at the market that a resident had called about
// two hours before, and a manhole that is open already.
func Example() {
	index, err := duplicate.New(duplicate.Config{Policies: []duplicate.Policy{
		{Matter: "waste.heap", Radius: 40, Window: 12 * time.Hour, Group: "dirty-street", Mode: duplicate.Auto, Threshold: 8000},
		{Matter: "waste.bin", Group: "dirty-street"},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	morning := time.Date(2026, 5, 20, 8, 0, 0, 0, time.UTC)
	for _, r := range []duplicate.Report{
		{ID: "case-1", Matter: "waste.heap", Point: &orb.Point{114.0600, 22.6800}, At: morning, Channel: "12345"},
		{ID: "case-2", Matter: "waste.bin", Point: &orb.Point{114.0601, 22.6800}, At: morning, Channel: "patrol"},
		{ID: "case-3", Matter: "road.cover", At: morning, Asset: "4403090200000017"},
	} {
		if err := index.Add(r); err != nil {
			fmt.Println(err)
		}
	}
	heap := duplicate.Report{ID: "case-4", Matter: "waste.heap", Point: &orb.Point{114.06005, 22.6800}, At: morning.Add(2 * time.Hour), Channel: "patrol"}
	list, more := index.Candidates(heap)
	for _, c := range list {
		fmt.Println(c.Case, c.Score)
		for _, why := range c.Why() {
			fmt.Println("  ", why.Text("en"))
		}
	}
	fmt.Println(more, "more")
	best, auto, _ := index.Best(heap)
	fmt.Println(best.Case, auto)
	best, auto, _ = index.Best(duplicate.Report{ID: "case-5", Matter: "road.cover", At: morning.Add(72 * time.Hour), Asset: "4403090200000017"})
	fmt.Println(best.Case, best.Score, auto, best.Why()[0].Text("zh"))
	// Output:
	// case-1 8563
	//    the same matter waste.heap
	//    5.138 m away
	//    reported 2h earlier
	//    through another channel, 12345
	// case-2 6850
	//    matter waste.bin of the same group dirty-street
	//    5.138 m away
	//    reported 2h earlier
	//    through the same channel patrol
	// 0 more
	// case-1 true
	// case-3 6000 false 同一部件4403090200000017
}
