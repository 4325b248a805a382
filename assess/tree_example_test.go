package assess_test

import (
	"fmt"
	"time"

	"github.com/gridgov/gridgov/assess"
)

// guanlan is how the subdistrict scores its communities: closing in time weighs 60,
// rework 40 and turned round, and the third kind of data, the monthly inspection
// (given in points by the inspectors), 30 of all; a repeated complaint costs a point,
// ten at most.
func guanlan() assess.Plan {
	return assess.Plan{
		Indicators: []assess.Indicator{
			{Code: "on_time", Of: "due", Counts: "closed_on_time"},
			{Code: "rework", Of: "closed", Counts: "rework"},
			{Code: "repeated", Of: "repeated", Counts: "repeated"},
		},
		Nodes: []assess.Node{
			{Code: "total"},
			{Code: "work", Parent: "total", Weight: 7000},
			{Code: "work.on_time", Parent: "work", Weight: 6000, Indicator: "on_time", Curve: assess.Curve{Knots: []assess.Knot{
				{At: 5000, Score: 0}, {At: 9000, Score: 90 * assess.Point}, {At: 10_000, Score: assess.Full},
			}}},
			{Code: "work.rework", Parent: "work", Weight: 4000, Indicator: "rework", Curve: assess.Curve{Knots: []assess.Knot{
				{At: 0, Score: assess.Full}, {At: 5000, Score: 0},
			}}},
			{Code: "inspection", Parent: "total", Weight: 3000, Measured: true, Missing: assess.Spread},
		},
		Adjustments: []assess.Adjustment{{Code: "complaints", Node: "total", Indicator: "repeated", Each: -assess.Point, Cap: 10 * assess.Point}},
	}
}

func june(community assess.Code, kind string, count int, marks ...string) []assess.Fact {
	var facts []assess.Fact
	for i := range count {
		facts = append(facts, assess.Fact{
			ID: assess.Code(fmt.Sprintf("%s-%s-%d", community, kind, i)), At: time.Date(2026, 6, 3, 9, 0, 0, 0, time.UTC),
			Groups: []assess.Group{{By: "area", Code: community}}, Marks: marks,
		})
	}
	return facts
}

// Niuhu closes 6 of 8 in time and 1 of 8 came back; Xincheng closes all 4 in time,
// but its citizens complain again and again. Nobody inspected Xincheng yet.
func ExampleScoreBoard_Breakdown() {
	scheme, err := assess.NewScheme(guanlan())
	if err != nil {
		fmt.Println(err)
		return
	}
	facts := june("niuhu", "good", 5, "due", "closed", "closed_on_time")
	facts = append(facts, june("niuhu", "back", 1, "due", "closed", "closed_on_time", "rework")...)
	facts = append(facts, june("niuhu", "late", 2, "due", "closed")...)
	facts = append(facts, june("xincheng", "good", 4, "due", "closed", "closed_on_time")...)
	facts = append(facts, june("xincheng", "again", 12, "repeated")...)
	board, err := assess.Score(scheme, facts)
	if err != nil {
		fmt.Println(err)
		return
	}
	board, err = board.With([]assess.Measure{{Of: "inspection", Group: assess.Group{By: "area", Code: "niuhu"}, Value: int64(88 * assess.Point)}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, node := range []assess.Code{"work.on_time", "work", "total"} {
		b, _ := board.Breakdown(node, "area", "niuhu")
		fmt.Println(b.Text("en"))
	}
	b, _ := board.Breakdown("total", "area", "xincheng")
	fmt.Println(b.Text("en"))
	// Output:
	// work.on_time of area niuhu: 56.25
	// input 6/8 lies from 5000:0 to 9000:90: 56.25
	// work of area niuhu: 63.75
	// work.on_time: 56.25 × 60.00 % = 33.75
	// work.rework: 75 × 40.00 % = 30
	// total of area niuhu: 71.025
	// inspection: 88 × 30.00 % = 26.4
	// work: 63.75 × 70.00 % = 44.625
	// complaints: 0 times, 0
	// total of area xincheng: 90
	// inspection: no score (weight 30.00 %)
	// work: 100 × 100.00 % = 100 (weight 70.00 %)
	// complaints: 12 times, -12 asked, -10 by the cap
	// inspection: no data, left out; its weight went to its siblings
}

func ExampleScoreBoard_Ranking() {
	scheme, _ := assess.NewScheme(guanlan())
	facts := june("niuhu", "late", 1, "due", "closed")
	for _, c := range []assess.Code{"xincheng", "dahe", "guihua"} {
		facts = append(facts, june(c, "good", 2, "due", "closed", "closed_on_time")...)
	}
	facts = append(facts, june("guihua", "again", 3, "repeated")...)
	facts = append(facts, june("zhangge", "again", 1, "repeated")...) // and nothing was due there
	board, _ := assess.Score(scheme, facts)
	for _, p := range board.Ranking("total", "area") {
		fmt.Println(p.Rank, p.Code, p.Score, p.State)
	}
	// Output:
	// 1 dahe 100 scored
	// 1 xincheng 100 scored
	// 3 guihua 97 scored
	// 4 niuhu 40 scored
	// 0 zhangge 0 incomplete
}

func ExampleFormulas() {
	for _, f := range assess.Formulas("en") {
		fmt.Println(f.Code, f.Name)
		for _, n := range f.Plan.Nodes[1:] {
			fmt.Println(" ", n.Weight, n.Name)
		}
	}
	// Output:
	// jinniu digital city management of Jinniu
	//   30.00 % handling rate
	//   20.00 % on-time handling rate
	//   20.00 % rework rate
	//   20.00 % pending late rate
	//   10.00 % extension rate
	// three_rates the three rates
	//   30.00 % response rate
	//   35.00 % solving rate
	//   35.00 % satisfaction rate
}

func ExampleParsePoints() {
	p, err := assess.ParsePoints("93.72")
	fmt.Println(p, int64(p), err)
	_, err = assess.ParsePoints("1/3")
	fmt.Println(err)
	// Output:
	// 93.72 937200 <nil>
	// assess: Points: 1/3 is not a number with at most four decimals
}
