package track_test

import (
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/party/track"
)

// The squads of the morning turn report; a heap of rubbish is seen at the market.
func ExampleTracker_Nearest() {
	turn := [][2]int64{{0, (8 * time.Hour).Milliseconds()}}
	t, err := track.New(shifts{"huang": turn, "zhu": turn, "li": turn}, track.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range []track.Fix{
		{Person: "huang", At: start, Point: orb.Point{114.0600, 22.6801}, Accuracy: 5},
		{Person: "zhu", At: start.Add(9 * time.Minute), Point: orb.Point{114.0610, 22.6800}, Accuracy: 5},
		{Person: "li", At: start.Add(9 * time.Minute), Point: orb.Point{114.0640, 22.6800}, Accuracy: 5},
		{Person: "wang", At: start, Point: orb.Point{114.0600, 22.6800}, Accuracy: 5},
	} {
		fmt.Println(f.Person, t.Add(start.Add(9*time.Minute), f))
	}
	a := t.Nearest(track.Want{
		Point: orb.Point{114.0600, 22.6800}, K: 1, At: start.Add(12 * time.Minute),
		Busy: func(person track.Code) (track.Code, bool) { return "case-7", person == "zhu" },
	})
	for _, p := range a.Passed {
		fmt.Println(p.Person, p.Away, p.Text("en"))
	}
	for _, c := range a.Chosen {
		fmt.Println("goes:", c.Person, c.Away, c.Age)
	}
	// Output:
	// huang accepted
	// zhu accepted
	// li accepted
	// wang off-duty
	// huang 11.074 last seen too long ago (12m0s)
	// zhu 102.763 busy with case-7
	// goes: li 411.05 3m0s
}

// A patrol of 400 m was walked but for the last fifth.
func ExampleTracker_Coverage() {
	t, err := track.New(always{}, track.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i := range 4 {
		at := start.Add(time.Duration(i) * time.Minute)
		t.Add(at, track.Fix{Person: "zhu", At: at, Point: orb.Point{114.0600 + 0.001*float64(i), 22.6801}})
	}
	route := orb.LineString{{114.0600, 22.6800}, {114.0640, 22.6800}}
	c, err := t.Coverage(route, "zhu", start, start.Add(time.Hour), 20)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Covered, "of", c.Total, "m; missed", c.Uncovered)
	spent := t.TimeIn("zhu", start, start.Add(10*time.Minute), func(p orb.Point) track.Code {
		if p[0] < 114.0615 {
			return "grid-27"
		}
		return "grid-28"
	})
	fmt.Println(spent.By, spent.Unknown)
	// Output:
	// 324.942 of 411.05 m; missed [{324.942 411.05}]
	// [{grid-27 2m0s} {grid-28 6m0s}] 2m0s
}
