package party_test

import (
	"fmt"
	"time"

	"github.com/gridgov/gridgov/party"
)

func ExampleDirectory_Holder() {
	may := func(d int) time.Time { return time.Date(2026, 5, d, 9, 0, 0, 0, time.UTC) }
	d, err := party.NewDirectory(nil, party.Plan{
		Parties: []party.Party{{Code: "niuhu", Name: "牛湖社区"}},
		People:  []party.Person{{Code: "huang", Name: "黄思标"}, {Code: "zhu", Name: "朱县华"}},
		Posts: []party.Post{
			{Code: "block-head", Party: "niuhu", Name: "石一街区负责人", Deputy: "grid-lead"},
			{Code: "grid-lead", Party: "niuhu", Name: "第27红色网格牵头人"},
		},
		Appointments: []party.Appointment{
			{Person: "huang", Post: "block-head", During: party.Interval{From: may(1), Until: may(20)}},
			{Person: "zhu", Post: "grid-lead", During: party.Interval{From: may(1)}},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, day := range []int{19, 20} {
		who, _ := d.Holder("block-head", may(day))
		fmt.Println(day, who)
	}
	// Output:
	// 19 huang
	// 20 zhu
}
