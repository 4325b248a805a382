package assess_test

import (
	"fmt"
	"time"

	"github.com/gridgov/gridgov/assess"
)

// The street scores one month. Case c3 is deferred by decision and leaves the
// denominator; grid g2 has only that case, so it has no data.
func Example() {
	month := assess.Interval{From: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Until: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)}
	scheme, err := assess.NewScheme(assess.Plan{Period: month, Indicators: assess.Presets("en")})
	if err != nil {
		fmt.Println(err)
		return
	}
	fact := func(id, grid assess.Code, day int, marks ...string) assess.Fact {
		return assess.Fact{
			ID: id, At: time.Date(2026, 6, day, 18, 0, 0, 0, time.UTC), Marks: append(marks, assess.MarkDue),
			Groups: []assess.Group{{By: "area", Code: grid}, {By: "area", Code: "street"}},
		}
	}
	board, err := assess.Score(scheme, []assess.Fact{
		fact("c1", "g1", 3, assess.MarkClosed, assess.MarkClosedOnTime),
		fact("c2", "g1", 9, assess.MarkClosed, assess.MarkClosedLate),
		fact("c3", "g2", 9, assess.MarkDeferred),
		fact("c4", "g1", 12, assess.MarkClosed, assess.MarkClosedOnTime),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for rate := range board.Rates() {
		if rate.Indicator == assess.OnTimeRate {
			fmt.Println(rate.Text("en"))
		}
	}
	why, _ := board.Explain(assess.OnTimeRate, "area", "street")
	fmt.Println("in time", why.Counted, "not in time", why.Missed, "excluded", why.Excluded)
	// Output:
	// on_time_rate of area g1: 2 of 3 = 66.67 % (0 excluded)
	// on_time_rate of area g2: no data (1 excluded)
	// on_time_rate of area street: 2 of 3 = 66.67 % (1 excluded)
	// in time [c1 c4] not in time [c2] excluded [c3]
}

// Two quarters are added by their counts: 1 of 2 and 9 of 10 are 10 of 12, not
// the average of 50 % and 90 %.
func ExampleRate_Plus() {
	spring := assess.Rate{Indicator: "on_time_rate", By: "area", Code: "g1", Numerator: 1, Denominator: 2}
	summer := assess.Rate{Indicator: "on_time_rate", By: "area", Code: "g1", Numerator: 9, Denominator: 10}
	both, _ := spring.Plus(summer)
	fmt.Println(both.Value())
	// Output: 83.33 % true
}

// A city whose denominator differs writes its own indicator.
func ExampleNewScheme() {
	_, err := assess.NewScheme(assess.Plan{Indicators: []assess.Indicator{
		{Code: "patrol_share", Of: "filed", Counts: "found_by_patrol"},
		{Code: "patrol_share", Of: "filed", Counts: "", Except: []string{"filed"}},
	}})
	fmt.Println(err)
	// Output:
	// assess: Indicators[1]: patrol_share is used twice
	// assess: Indicators[1]: a mark is empty
	// assess: Indicators[1]: the mark filed both puts a fact in the denominator and takes it out
}

func ExampleRate_Value() {
	fmt.Println(assess.Rate{Numerator: 911, Denominator: 972}.Value())
	_, ok := assess.Rate{Numerator: 0, Denominator: 0}.Value()
	fmt.Println(ok)
	// Output:
	// 93.72 % true
	// false
}
