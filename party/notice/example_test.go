package notice_test

import (
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/notice"
)

// The head of a block leaves on 20 May; until somebody follows, the vice stands in.
func ExampleBuild() {
	ring := orb.Ring{{114.05, 22.7}, {114.06, 22.7}, {114.06, 22.71}, {114.05, 22.71}, {114.05, 22.7}}
	m, err := grid.Build([]grid.Unit{{Code: "shiyi", Name: "石一街区", Boundary: orb.MultiPolygon{{ring}}}}, grid.Options{Levels: []string{"block"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	may := func(d int) time.Time { return time.Date(2022, 5, d, 0, 0, 0, 0, time.UTC) }
	d, err := party.NewDirectory(m, party.Plan{
		Parties: []party.Party{{Code: "niuhu", Name: "牛湖社区党委"}},
		People:  []party.Person{{Code: "p1", Name: "黄思标", Phone: "13800138000"}, {Code: "p2", Name: "李小河"}},
		Posts: []party.Post{
			{Code: "head", Party: "niuhu", Name: "街区负责人", Role: "head", Area: "shiyi", Deputy: "vice", Public: "138 0013 8000"},
			{Code: "vice", Party: "niuhu", Name: "副负责人", Role: "vice", Area: "shiyi"},
		},
		Appointments: []party.Appointment{
			{Person: "p1", Post: "head", During: party.Interval{From: may(1), Until: may(20)}},
			{Person: "p2", Post: "vice", During: party.Interval{From: may(1)}},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	texts, err := notice.NewTexts([]notice.Board{{Area: "shiyi", Facts: "两条主街，一座公园。", Goals: "共建共治共享"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	in := notice.Input{Directory: d, Map: m, Texts: texts, Rules: map[string]notice.Rule{"block": {Head: "head"}}}
	before, after := notice.Build(in, "shiyi", may(19)), notice.Build(in, "shiyi", may(20))
	fmt.Print(after.Text("zh"))
	fmt.Println()
	for _, m := range after.Missing {
		fmt.Println(m.Text("zh"))
	}
	for _, c := range notice.Diff(before, after) {
		fmt.Println(c.Text("zh"))
	}
	// Output:
	// 石一街区公示牌
	// 石一街区
	// 截至2022-05-20
	//
	// 基本情况
	//   两条主街，一座公园。
	//
	// 治理目标
	//   共建共治共享
	//
	// 负责人
	//   街区负责人：李小河（代：岗位空缺，由副负责人代理）
	//     联系方式：*** **** **00
	//
	// shiyi：head的联系方式含有未经本人同意公开的号码，已遮盖
	// 负责人 shiyi：由黄思标变为李小河
	// 代理 shiyi head：新增vice 副负责人
}
