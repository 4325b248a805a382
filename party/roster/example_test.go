package roster_test

import (
	"fmt"
	"time"

	"github.com/gridgov/gridgov/party/roster"
)

// The night desk of a subdistrict: three people in turns of two worked days, one of
// whom joins in June, and a swap that both have agreed to.
func Example() {
	zone, _ := time.LoadLocation("Asia/Shanghai")
	hours, _ := roster.ParseHours("20:00-08:00")
	turn, _ := roster.ParseTurn("2d")
	start, _ := roster.ParseDate("2026-05-30")
	swapped, _ := roster.ParseDate("2026-06-01")
	with, _ := roster.ParseDate("2026-06-03")
	june := time.Date(2026, 6, 1, 0, 0, 0, 0, zone)
	r, err := roster.New(zone, roster.Plan{
		Rotations: []roster.Rotation{{
			Post: "night-desk", Turn: turn, Start: start, Hours: hours,
			Members: []roster.Member{{Person: "chen"}, {Person: "li", During: roster.Interval{From: june}}, {Person: "wang"}},
		}},
		Exceptions: []roster.Exception{{
			Post: "night-desk", Kind: roster.Swap, Date: swapped, Person: "li", WithDate: with, With: "wang", Consent: true,
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for s := range r.Shifts("night-desk", june.AddDate(0, 0, -2), june.AddDate(0, 0, 4)) {
		fmt.Println(s.Date, s.Person, s.Why, s.For, s.Minutes())
	}
	// Output:
	// 2026-05-30 chen in_turn  720
	// 2026-05-31 chen in_turn  720
	// 2026-06-01 wang swapped li 720
	// 2026-06-02 li in_turn  720
	// 2026-06-03 li swapped wang 720
	// 2026-06-04 wang in_turn  720
}

// desk is the weekday desk of the subdistrict, whose only member is on leave on
// Tuesday, and its zone.
func desk() (*roster.Roster, *time.Location) {
	zone, _ := time.LoadLocation("Asia/Shanghai")
	days, _ := roster.ParseDays("Mon-Fri")
	hours, _ := roster.ParseHours("09:00-12:00;14:00-18:00")
	start, _ := roster.ParseDate("2026-06-01")
	leave, _ := roster.ParseDate("2026-06-02")
	r, err := roster.New(zone, roster.Plan{
		Rotations: []roster.Rotation{{
			Post: "desk", Days: days, Hours: hours, Start: start, Members: []roster.Member{{Person: "chen"}},
		}},
		Exceptions: []roster.Exception{{Kind: roster.Leave, Person: "chen", Date: leave}},
	})
	if err != nil {
		panic(err)
	}
	return r, zone
}

// Nobody is on shift without a reason.
func ExampleRoster_At() {
	r, zone := desk()
	for _, hour := range []int{10, 13, 34, 82} {
		status := r.At("desk", time.Date(2026, 6, 1, hour, 0, 0, 0, zone))
		fmt.Println(len(status.On), status.Until.In(zone).Format("Mon 15:04"))
		for _, a := range status.Off {
			fmt.Println(" ", a.Person, a.Reason.Text("zh"))
		}
	}
	// Output:
	// 1 Mon 12:00
	// 0 Mon 14:00
	//    非值班时段
	// 0 Tue 12:00
	//   chen 请假
	// 1 Thu 12:00
}

func ExampleRoster_Duty() {
	r, zone := desk()
	on, until := r.Duty("chen", time.Date(2026, 6, 1, 20, 0, 0, 0, zone))
	fmt.Println(on, until.In(zone).Format("Mon 15:04"))
	// Output: false Wed 09:00
}

func ExampleRoster_Gaps() {
	r, zone := desk()
	monday := time.Date(2026, 6, 1, 0, 0, 0, 0, zone)
	for g := range r.Gaps("desk", monday, monday.AddDate(0, 0, 7), false) {
		fmt.Println(g.From.In(zone).Format("Mon 15:04"), g.Until.In(zone).Format("15:04"), g.Off[0].Reason, g.Off[0].Person)
	}
	// Output:
	// Tue 09:00 12:00 on_leave chen
	// Tue 14:00 18:00 on_leave chen
}

func ExampleRoster_Check() {
	r, zone := desk()
	monday := time.Date(2026, 6, 1, 0, 0, 0, 0, zone)
	found, _ := r.Check(roster.Rules{Rest: 11 * time.Hour, Month: 30 * time.Hour, Manned: true}, monday, monday.AddDate(0, 0, 7))
	for _, f := range found {
		fmt.Println(f.Text("en", zone))
	}
	// Output:
	// 2026-06-01 00:00 to 2026-07-01 00:00: chen is on duty 8820 min, more than 1800
	// 2026-06-02 09:00 to 2026-06-02 12:00: nobody on desk, 180 min: on leave
	// 2026-06-02 14:00 to 2026-06-02 18:00: nobody on desk, 240 min: on leave
}

func ExampleRoster_Fairness() {
	r, zone := desk()
	monday := time.Date(2026, 6, 1, 0, 0, 0, 0, zone)
	for _, s := range r.Fairness("desk", monday, monday.AddDate(0, 0, 7), nil).Shares {
		fmt.Println(s.Person, s.Minutes[roster.Weekday], s.Minutes[roster.Weekend], s.Expected)
	}
	// Output: chen 1680 0 1680
}

// Chen is on leave on Tuesday: Fill asks who has the least duty, passes over whoever
// lacks the skill, and says so.
func ExampleFill() {
	zone, _ := time.LoadLocation("Asia/Shanghai")
	hours, _ := roster.ParseHours("09:00-18:00")
	monday := roster.Date{Year: 2026, Month: time.June, Day: 1}
	tuesday := roster.Date{Year: 2026, Month: time.June, Day: 2}
	plan := roster.Plan{
		Rotations:  []roster.Rotation{{Post: "desk", Start: monday, Hours: hours, Members: []roster.Member{{Person: "an"}, {Person: "chen"}, {Person: "bo"}}}},
		Exceptions: []roster.Exception{{Kind: roster.Leave, Person: "chen", Date: tuesday}},
	}
	list, _, err := roster.Fill(zone, plan, roster.Filling{
		From: time.Date(2026, 6, 1, 0, 0, 0, 0, zone), Until: time.Date(2026, 6, 8, 0, 0, 0, 0, zone),
		Rules: roster.Rules{Rest: 12 * time.Hour}, People: []roster.Code{"dan"},
		Fit: func(person, post roster.Code, from, until time.Time) bool { return person != "dan" },
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, x := range list {
		for _, c := range x.Passed {
			fmt.Println(c.Person, c.Text("en"))
		}
		fmt.Println(x.Date, x.Off[0].Person, x.Off[0].Reason, "->", x.Exception.Kind, x.Chosen.Person)
	}
	// Output:
	// dan does not fit
	// 2026-06-02 chen on_leave -> replace bo
}
