package points_test

import (
	"fmt"
	"time"

	"github.com/gridgov/gridgov/assess"
	"github.com/gridgov/gridgov/assess/points"
)

// The Party members without a post in Guanlan (无职党员) earn points: 60 to begin the
// year with, 2 for a shift of voluntary work but 4 a month at most, 5 for a proposal
// but 7 a quarter, and half a point less for every meeting missed.
func ExampleMarks() {
	marks := points.NewMarks(time.FixedZone("Beijing", 8*3600))
	at := time.Date(2026, 6, 30, 18, 0, 0, 0, time.UTC)
	do := func(verb points.Do) {
		outcome, err := marks.Decide(at, points.Command{Do: verb})
		if err != nil {
			fmt.Println(err)
			return
		}
		if outcome.Refusal != nil {
			fmt.Println("refused:", outcome.Refusal.Text("en"))
		}
		for _, entry := range outcome.Entries {
			if err := marks.Apply(entry); err != nil {
				fmt.Println(err)
			}
		}
		at = at.Add(time.Hour)
	}
	june := func(day int) points.Date { return points.Date{Year: 2026, Month: time.June, Day: day} }
	do(points.Adopt{Year: 2026, Plan: points.Plan{
		Scope: "guanlan-party-committee", Base: 60 * assess.Point, AwardCap: 12 * assess.Point, Source: "党员积分管理办法",
		Items: []points.Item{
			{Code: "volunteer", Name: "志愿服务", Points: 2 * assess.Point, Cap: 4 * assess.Point, Period: points.Monthly},
			{Code: "proposal", Name: "建言献策", Points: 5 * assess.Point, Cap: 7 * assess.Point, Period: points.Quarterly},
			{Code: "absent", Name: "无故缺席", Points: -assess.Point / 2},
		},
	}})
	do(points.Award{Award: "p1", Subject: "chen", Item: "proposal", On: june(3), Basis: "meeting-6"})
	do(points.Award{Award: "v1", Subject: "chen", Item: "volunteer", On: june(6)})
	do(points.Award{Award: "p2", Subject: "chen", Item: "proposal", On: june(20)})
	do(points.Deduct{Award: "d1", Subject: "chen", Item: "absent", On: june(21)})
	do(points.Deduct{Award: "d2", Subject: "chen", Item: "proposal"})
	do(points.Reverse{Award: "p1", Reason: "not-adopted"})
	do(points.Reverse{Award: "p1"})
	for _, line := range marks.Statement("chen", 2026, at) {
		fmt.Println(line.Balance, line.Text("en"))
	}
	balance, _ := marks.Balance("chen", 2026, at)
	fmt.Println(balance.Balance, "=", balance.Base, "+", balance.Awards, balance.Deductions)
	// Output:
	// refused: item proposal of 5 points is not to deduct
	// refused: p1 is reversed
	// 60 base points: 60
	// 65 2026-06-03 proposal (p1): 5
	// 67 2026-06-06 volunteer (v1): 2
	// 69 2026-06-20 proposal (p2): 5 asked, 2 given: the cap of the item, 7, is reached
	// 68.5 2026-06-21 absent (d1): -0.5
	// 63.5 p1 (proposal) reversed: -5
	// 66.5 p2 (proposal) gets what the reversal of p1 freed: 3
	// 66.5 = 60 + 7 -0.5
}

// A dry run costs nothing: the desk asks what a third shift in June would give.
func ExampleMarks_Decide() {
	marks := points.NewMarks(time.FixedZone("Beijing", 8*3600))
	at := time.Date(2026, 6, 30, 9, 0, 0, 0, time.UTC)
	for _, do := range []points.Do{
		points.Adopt{Year: 2026, Plan: points.Plan{Scope: "guanlan-party-committee", Source: "党员积分管理办法", Items: []points.Item{
			{Code: "volunteer", Points: 2 * assess.Point, Cap: 5 * assess.Point, Period: points.Monthly},
		}}},
		points.Award{Award: "v1", Subject: "chen", Item: "volunteer", Times: 2},
	} {
		outcome, _ := marks.Decide(at, points.Command{Do: do})
		for _, e := range outcome.Entries {
			fmt.Println(e.Seq, marks.Apply(e))
		}
	}
	outcome, _ := marks.Decide(at, points.Command{Do: points.Award{Award: "v2", Subject: "chen", Item: "volunteer"}})
	would := outcome.Entries[0].Fact.(points.Awarded)
	fmt.Println(would.Asked, would.Given, would.Cut, would.Cap, "after", marks.Seq())
	// Output:
	// 1 <nil>
	// 2 <nil>
	// 2 1 item 5 after 2
}
