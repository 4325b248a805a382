package grid_test

import (
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
)

// march is midnight in Shenzhen.
func march(day int) time.Time {
	return time.Date(2026, 3, day, 0, 0, 0, 0, time.FixedZone("UTC+8", 8*60*60))
}

// guanlanInMarch is guanlan with the second red grid split on the first of March.
func guanlanInMarch() []grid.DatedUnit {
	var units []grid.DatedUnit
	for _, u := range guanlan()[:3] {
		units = append(units, grid.DatedUnit{Unit: u})
	}
	second := guanlan()[3]
	units = append(units, grid.DatedUnit{Unit: second, During: grid.Interval{Until: march(1)}})
	second.Boundary = rectangle(114.05, 22.71, 114.056, 22.72)
	third := grid.Unit{Code: "440309006-01-3", Parent: "440309006-01", Name: "第三红色网格", Level: 2, Boundary: rectangle(114.056, 22.71, 114.06, 22.72)}
	return append(units,
		grid.DatedUnit{Unit: second, During: grid.Interval{From: march(1)}},
		grid.DatedUnit{Unit: third, During: grid.Interval{From: march(1)}})
}

// A grid is split in March. A report of February still answers February's grid,
// and the difference says what became of it.
func ExampleTimelineOf() {
	line, err := grid.TimelineOf(guanlanInMarch(), grid.Options{Levels: []string{"街道", "街区", "红色网格"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	lamp := orb.Point{114.058, 22.715} // a broken street lamp
	for _, at := range []time.Time{march(-3), march(9)} {
		if m, r, ok := line.Locate(lamp, at); ok {
			fmt.Println(at.Format(time.DateOnly), m.Info(r).Code, m.Info(r).Name)
		}
	}
	changes, _ := line.Diff(march(-3), march(9))
	for c := range changes.All() {
		fmt.Println(c.Text("zh"))
	}
	for _, s := range changes.Successors("440309006-01-2") {
		fmt.Printf("%s %.0f 平方米 %d‱\n", s.Unit, s.SquareMeters(), s.BasisPoints)
	}
	households, _ := changes.Carry(map[grid.Code]int64{"440309006-01-1": 812, "440309006-01-2": 777})
	fmt.Println(households)
	// Output:
	// 2026-02-25 440309006-01-2 第二红色网格
	// 2026-03-09 440309006-01-3 第三红色网格
	// 440309006-01-3 新设,来自 440309006-01-2 100.00%
	// 440309006-01-2 调整边界,现由 440309006-01-2 100.00% 组成；440309006-01-2 拆分为 440309006-01-2 60.00%、440309006-01-3 40.00%
	// 440309006-01-2 682623 平方米 6000‱
	// 440309006-01-3 455082 平方米 4000‱
	// map[440309006-01-1:812 440309006-01-2:466 440309006-01-3:311]
}

func ExampleTimeline_With() {
	levels := grid.Options{Levels: []string{"街道", "街区", "红色网格"}}
	before, err := grid.Build(guanlan(), levels)
	if err != nil {
		fmt.Println(err)
		return
	}
	units := guanlan()
	units[3].Name = "先锋红色网格"
	after, err := grid.Build(units, levels)
	if err != nil {
		fmt.Println(err)
		return
	}
	line, err := grid.NewTimeline(grid.Version{During: grid.Interval{From: march(1)}, Map: before})
	if err != nil {
		fmt.Println(err)
		return
	}
	line, err = line.With(grid.Version{During: grid.Interval{From: march(15)}, Map: after})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range line.Versions() {
		fmt.Println(v.During.From.Format(time.RFC3339), v.During.Until.IsZero())
	}
	changes, _ := line.Diff(march(14), march(15))
	for c := range changes.All() {
		fmt.Println(c.Text("zh"))
	}
	// It cannot begin before the last version does.
	_, err = line.With(grid.Version{During: grid.Interval{From: march(2)}, Map: before})
	fmt.Println(err)
	// Output:
	// 2026-02-28T16:00:00Z false
	// 2026-03-14T16:00:00Z true
	// 440309006-01-2 更名
	// grid: version 2: [2026-03-01T16:00:00Z, …): interval meets that of another version
}
