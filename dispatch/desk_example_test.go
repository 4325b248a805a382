package dispatch_test

import (
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// One report of a broken manhole cover lives its day: the sanitation squad has
// two hours, says nothing for thirty minutes, and is done in time.
func ExampleDesk() {
	zone := time.FixedZone("CST", 8*60*60)
	clock := func(hour, minute int) time.Time { return time.Date(2026, 3, 2, hour, minute, 0, 0, zone) }
	box := orb.MultiPolygon{{{{114, 22.5}, {114.01, 22.5}, {114.01, 22.51}, {114, 22.51}, {114, 22.5}}}}
	m, err := grid.Build([]grid.Unit{{Code: "440309001001", Name: "Guanlan grid 1", Boundary: box}}, grid.Options{Levels: []string{"grid"}})
	deskMust(err)
	dir, err := party.NewDirectory(m, party.Plan{Parties: []party.Party{{Code: "desk"}, {Code: "sanitation"}}})
	deskMust(err)
	twoHours, err := worktime.ParseBudget("2h")
	deskMust(err)
	list, err := dispatch.Compile(nil, []dispatch.Rule{
		{ID: "R1", Role: dispatch.Lead, Matter: "cover", Party: "sanitation", Budget: twoHours},
	}, m, dir, dispatch.Options{})
	deskMust(err)
	calendar, err := worktime.New(worktime.Config{Zone: zone})
	deskMust(err)

	desk := dispatch.NewDesk()
	do := func(at time.Time, verb dispatch.Do) {
		out, err := desk.Decide(at, dispatch.Command{Do: verb})
		deskMust(err)
		for _, e := range out.Entries {
			deskMust(desk.Apply(e))
			fmt.Printf("%s %s\n", e.At.In(zone).Format("15:04:05.000"), dispatch.FactName(e.Fact))
		}
	}
	do(clock(8, 0), dispatch.Install{Setup: dispatch.Setup{Map: m, List: list, Directory: dir, Calendar: calendar}})
	do(clock(9, 0), dispatch.File{Straight: true, Event: dispatch.Event{ID: "E1", Matter: "cover", Point: &orb.Point{114.005, 22.505}}})
	c, _ := desk.Case("E1")
	fmt.Println(c.Area, c.Answers.Party, "until", c.DueAt.In(zone).Format("15:04"))
	do(clock(10, 0), dispatch.Start{Case: "E1"})
	do(clock(10, 40), dispatch.Finish{Case: "E1", Override: "alone"})
	do(clock(11, 0), dispatch.Verify{Case: "E1"})
	do(clock(11, 0), dispatch.Close{Case: "E1", Outcome: "replaced"})
	c, _ = desk.Case("E1")
	fmt.Println(c.State, "on time:", c.OnTime(clock(12, 0)), "late:", c.Late)
	// Output:
	// 08:00:00.000 setup_installed
	// 09:00:00.000 case_filed
	// 09:00:00.000 case_registered
	// 09:00:00.000 dispatched
	// 440309001001 sanitation until 11:00
	// 09:30:00.001 ack_deemed
	// 10:00:00.000 work_started
	// 10:40:00.000 work_done
	// 11:00:00.000 verified
	// 11:00:00.000 case_closed
	// closed on time: true late: [ack]
}

func deskMust(err error) {
	if err != nil {
		panic(err)
	}
}
