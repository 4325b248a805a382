package worktime_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

// A report of a broken manhole cover reaches the street on the eve of the
// National Day holiday of 2025. The office works 08:00-12:00 and 14:00-18:00.
func Example() {
	shanghai, _ := time.LoadLocation("Asia/Shanghai")
	config := worktime.China(shanghai)
	morning, _ := worktime.ParseWindow("08:00-12:00")
	afternoon, _ := worktime.ParseWindow("14:00-18:00")
	config.Windows = []worktime.Window{morning, afternoon}
	calendar, err := worktime.New(config)
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2025, 9, 30, 16, 30, 0, 0, shanghai)
	for _, text := range []string{"2h", "4wh", "2wd"} {
		budget, _ := worktime.ParseBudget(text)
		due, _ := calendar.Add(at, budget)
		fmt.Println(text, due.In(shanghai).Format("Mon 2006-01-02 15:04"))
	}
	// Output:
	// 2h Tue 2025-09-30 18:30
	// 4wh Thu 2025-10-09 10:30
	// 2wd Fri 2025-10-10 18:00
}

// The holidays of 2027 are not announced: the calendar refuses, or answers by
// the weekly rule and says so.
func ExampleCalendar_Due() {
	shanghai, _ := time.LoadLocation("Asia/Shanghai")
	at := time.Date(2026, 12, 30, 15, 0, 0, 0, shanghai)
	budget, _ := worktime.ParseBudget("5wd")

	config := worktime.China(shanghai)
	calendar, _ := worktime.New(config)
	_, err := calendar.Due(at, budget)
	fmt.Println(errors.Is(err, worktime.ErrCalendarHorizon), err)

	config.Provisional = true
	calendar, _ = worktime.New(config)
	due, _ := calendar.Due(at, budget)
	fmt.Println(due.At.In(shanghai).Format("Mon 2006-01-02 15:04"), due.Provisional)
	// Output:
	// true worktime: at: the year 2027 is beyond the calendar's published years
	// Wed 2027-01-06 17:00 true
}

// A case is paused and goes on: what is left of the budget is never lost.
func ExampleCalendar_AddWorking() {
	calendar, _ := worktime.New(worktime.Config{Zone: time.UTC})
	friday := time.Date(2026, 6, 5, 15, 0, 0, 0, time.UTC)
	used, _ := calendar.Between(friday, friday.Add(90*time.Minute))
	due, _ := calendar.AddWorking(friday.AddDate(0, 0, 4), 8*time.Hour-used)
	fmt.Println(used, due.Format("Mon 15:04"))
	// Output: 1h30m0s Wed 13:30
}

// A Sunday is worked for the New Year holiday, and the calendar says by which
// notice.
func ExampleCalendar_Day() {
	shanghai, _ := time.LoadLocation("Asia/Shanghai")
	calendar, _ := worktime.New(worktime.China(shanghai))
	day, _ := calendar.Day(time.Date(2026, 1, 4, 10, 0, 0, 0, shanghai))
	fmt.Println(day.Date, day.Date.Weekday(), day.Kind, day.Name)
	fmt.Println(day.Notice)
	// Output:
	// 2026-01-04 Sunday work 元旦
	// https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm
}

func ExampleParseWeek() {
	week, _ := worktime.ParseWeek("Sat-Mon,Wed")
	fmt.Println(week)
	_, err := worktime.ParseWeek("Mon-Fry")
	fmt.Println(err)
	// Output:
	// Mon,Wed,Sat,Sun
	// not a list of weekdays: "Mon-Fry", want Mon-Fri or Mon,Wed
}
