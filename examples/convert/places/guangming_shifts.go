package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// codes is the codes of members, separated as lists in a cell are, beginning with
// the n-th.
func codes(list []member, n int) string {
	var all []string
	for i := range list {
		all = append(all, list[(i+n)%len(list)].code)
	}
	return strings.Join(all, ";")
}

// rosters writes three shifts a day for each squad's duty officers, weekdays of
// the executive deputies, nights of the centre and the days of the meetings.
func (t *guangmingTown) rosters() {
	rosters := t.table("rosters.csv", "post", "cycle", "days", "start", "hours", "people", "from", "until")
	exceptions := t.table("exceptions.csv", "post", "date", "kind", "person", "with")
	for i := range squadsCount {
		post, team := squad(i)+"-DUTY", t.onDuty(i)
		for k, hours := range []string{"00:00-08:00", "08:00-16:00", "16:00-24:00"} {
			rosters.add(post, "1d", "", complete, hours, codes(team, 2*k), complete, "")
		}
		rosters.add(squad(i)+"-EXEC", "", "Mon-Fri", complete, "09:00-12:00;14:00-18:00", fmt.Sprintf("K2%d", i+1), complete, "")
		// From 2018-11-01 the shift of 08:00 begins with the third, that of 16:00 with
		// the fifth; each goes on by one person a day.
		serving := func(day, shift int) string { return team[(day-1+2*shift)%dutyOfficers].code }
		onDate := func(n int) string { return fmt.Sprintf("2018-11-%02d", n) }
		exceptions.add(post, onDate(6+i), "leave", serving(6+i, 1), "")
		exceptions.add(post, onDate(14+i), "replace", serving(14+i, 2), serving(14+i+1, 2)) // who is off that day
		exceptions.add(post, onDate(22+i), "swap", serving(22+i, 1), serving(22+i, 2))
	}
	rosters.add("IC-NIGHT", "1w", "", "2018-10-29", "20:00-08:00", "S011;S012;S013;S014", complete, "")
	rosters.add("LGO-CHIEF", "", "1;15;last", complete, "14:00-16:00", "S002", complete, "")
	rosters.add("D2-HEAD", "", "Sat;Sun", "2018-11-03", "09:00-18:00", "S022", complete, "")
	exceptions.add("IC-NIGHT", "2018-11-10", "add", "S013", "")
	exceptions.add("LGO-CHIEF", "2018-11-15", "remove", "S002", "")
}

// briefed are what squads are told before they go out.
var briefed = []string{
	"巡查主干道乱摆卖", "检查出租屋消防通道", "复查园区用电隐患", "清理背街小巷乱张贴", "走访重点企业", "登记新入住人员", "巡查河道两侧", "排查电动车室内充电",
}

// shifts writes what the squads were told each day of the month and how it ended,
// and who was there.
func (t *guangmingTown) shifts() {
	d := newDraw("guangming/shifts")
	tasks := t.table("tasks.csv", "id", "squad", "shift", "text", "result", "reason")
	attendance := t.table("attendance.csv", "person", "date", "in", "out", "status")
	for n := range 30 {
		at := day(complete).AddDate(0, 0, n)
		for i := range squadsCount {
			shift := fmt.Sprintf("%s-%s-D", squad(i), at.Format("20060102"))
			for k := range 3 {
				result, reason := "done", ""
				if d.percent(7) {
					result, reason = "undone", pick(d, "现场无人", "天气原因", "待部门会同")
				}
				tasks.add(fmt.Sprintf("%s-%d", shift, k+1), squad(i), shift, pick(d, briefed...), result, reason)
			}
		}
		if at.Weekday() != time.Saturday && at.Weekday() != time.Sunday {
			t.present(d, attendance, at)
		}
	}
}

// present writes the attendance of a day for everybody who is in no night's
// rotation.
func (t *guangmingTown) present(d *draw, attendance *table, at time.Time) {
	var onDuty []string
	for i := range squadsCount {
		for _, m := range t.onDuty(i) {
			onDuty = append(onDuty, m.code)
		}
	}
	for _, m := range t.members {
		if slices.Contains(onDuty, m.code) {
			continue
		}
		switch n := d.below(1000); {
		case n < 15:
			attendance.add(m.code, date(at), "", "", "leave")
		case n < 18:
			attendance.add(m.code, date(at), "", "", "absent")
		case n < 45:
			attendance.add(m.code, date(at), fmt.Sprintf("09:%02d", d.between(5, 40)), fmt.Sprintf("18:%02d", d.below(30)), "late")
		default:
			attendance.add(m.code, date(at), fmt.Sprintf("08:%02d", d.between(30, 59)), fmt.Sprintf("18:%02d", d.below(30)), "present")
		}
	}
}
