package main

import "fmt"

// guangmingMatters are the categories, by line; the times are made up.
var guangmingMatters = []matter{
	{"政法.矛盾纠纷", "矛盾纠纷", "mediation", "normal", "5wd", 0, 5, 6, "mediated"},
	{"政法.治安隐患", "治安隐患", "event", "normal", "1wd", 0, 1, 7, "removed"},
	{"安监.违规作业", "违规作业", "event", "safety", "24h", 24 * 60, 0, 7, "stopped"},
	{"安监.隐患整改", "安全隐患整改", "event", "safety", "3wd", 0, 3, 12, "rectified"},
	{"执法.乱摆卖", "乱摆卖", "event", "normal", "1wd", 0, 1, 18, "removed"},
	{"执法.乱张贴", "乱张贴", "event", "low", "2wd", 0, 2, 10, "removed"},
	{"执法.违法搭建", "违法搭建", "event", "normal", "5wd", 0, 5, 3, "removed"},
	{"市政.路灯不亮", "路灯不亮", "component", "normal", "2wd", 0, 2, 8, "repaired"},
	{"市政.井盖缺失", "井盖缺失", "component", "safety", "4h!", 4 * 60, 0, 2, "replaced"},
	{"市政.暴露垃圾", "暴露垃圾", "event", "normal", "1wd", 0, 1, 14, "cleared"},
	{"网格.出租屋登记", "出租屋登记", "service", "normal", "3wd", 0, 3, 9, "registered"},
	{"网格.人口信息", "人口信息", "service", "low", "3wd", 0, 3, 6, "registered"},
	{"消安.堵塞通道", "堵塞消防通道", "event", "safety", "24h", 24 * 60, 0, 8, "cleared"},
	{"消安.电动车充电", "电动车违规充电", "event", "safety", "1wd", 0, 1, 9, "removed"},
	{"消安.灭火器失效", "灭火器失效", "component", "normal", "2wd", 0, 2, 5, "replaced"},
	{"其他.咨询", "政策咨询", "demand", "low", "", 0, 3, 3, "answered"},
}

// duties writes the matters and the responsibility list: day to day the squads,
// larger works and what the subdistrict kept the departments.
func (t *guangmingTown) duties() {
	matters := t.table("matters.csv", "code", "name", "kind", "risk")
	for _, m := range guangmingMatters {
		matters.add(m.code, m.name, m.kind, m.risk)
	}
	matters.add("准入.综治勤务", "社区综合治理勤务", "mandate", "normal")
	matters.add("准入.专项整治", "专项整治", "mandate", "normal")
	duties := t.table("duties.csv", "id", "role", "matter", "party", "area", "class", "window", "mode", "budget", "min_cost", "precedence", "from", "basis")
	rule := func(role, matter, party, area, class, window, budget, cost string, precedence int, basis string) {
		mode := ""
		if role == "lead" {
			mode = "separate"
		}
		duties.add(fmt.Sprintf("R%03d", len(duties.rows)+1), role, matter, party, area, class, window, mode, budget, cost, precedence, "", basis)
	}
	for i, c := range t.communities {
		for _, m := range guangmingMatters {
			if m.budget == "" {
				continue // the last rule's
			}
			rule("lead", m.code, squad(i), c.code, "", "", m.budget, "", 0, "社区综合治理中队职责")
		}
		rule("lead", "执法.乱摆卖", squad(i)+"-DUTY", c.code, "", "rest", "1wd", "", 0, "休息时间由中队值班员处置")
		rule("lead", "准入", committee(i), c.code, "", "", "30wd", "", 0, "社区事务准入")
		rule("lead", "*", fmt.Sprintf("C%dZ", i+1), c.code, "", "", "5wd", "", 0, "兜底:社区工作站")
	}
	for i, l := range lines {
		rule("assist", l.line, department(i), "", "", "", "", "", 0, "条块协作")
	}
	rule("lead", "市政", "D4", "", "", "", "15wd", "50000.00", 10, "大一点的项目由街道做")
	rule("lead", "安监", "D2", "", "enterprises=key", "", "3wd", "", 5, "重点企业由安监办直接监管")
	rule("regulator", "安监", "D2", "", "parks=industrial", "", "", "", 0, "园区安全监管")
	rule("regulator", "消安", "D6", "", "", "", "", "", 0, "消防安全监管")
	rule("notify", "*", "IC", "", "", "", "", "", 0, "统一分拨平台")
	rule("notify", "*", "LGO", "", "", "", "", "", 0, "领导小组办公室")
}

// month writes the events of November 2018.
func (t *guangmingTown) month() {
	events := t.table("events.csv", "id", "at", "matter", "lng", "lat", "channel", "cost", "closed_at", "outcome", "satisfied", "truth_area")
	m := month{
		prefix: "G", from: day(complete), days: 30, count: 1200, matters: guangmingMatters,
		channels:  []string{"网格采集", "网格采集", "中队巡查", "12345", "微信随手拍"},
		satisfied: [2]string{"true", "false"}, costs: true,
		place: func(d *draw, _ matter) (point, *area) {
			g := t.grids[d.below(len(t.grids))]
			return t.ground.somewhere(d, g.cells), g
		},
	}
	m.add(events, newDraw("guangming/events"))
}

// Money of the made-up budget, in yuan.
const (
	lineMoney    = 360_000 // of each department's line for the squads
	specialMoney = 900_000
)

// money writes the fund lines and moves each line's working funds, and the special
// fund apart from them, to the communities with the work (费随事转).
func (t *guangmingTown) money() {
	funds := t.table("funds.csv", "code", "name", "party", "purpose", "year", "amount", "source", "special")
	for i, l := range lines {
		funds.add("F-"+l.code, l.name+"下沉工作经费", department(i), "综治勤务", guangmingYear, yuan(lineMoney), "department", "false")
	}
	funds.add("F-SP", "基层治理专项经费", "GB", "专项整治", guangmingYear, yuan(specialMoney), "finance", "true")
	var commands []any
	for i := range squadsCount {
		var shares []map[string]any
		for _, l := range lines {
			shares = append(shares, map[string]any{"line": "F-" + l.code, "amount": yuan(lineMoney / squadsCount)})
		}
		commands = append(commands, admitted(fmt.Sprintf("2018-11-01 09:%02d", 10+i), "QW"+squad(i), "准入.综治勤务", "综治勤务", "GB", committee(i), "GW",
			guangmingYear, []string{"统一指挥", "监督考核"}, lineMoney/squadsCount*departmentsCount, shares))
	}
	for i := range squadsCount {
		shares := []map[string]any{{"line": "F-SP", "amount": yuan(specialMoney / squadsCount)}}
		commands = append(commands, admitted(fmt.Sprintf("2018-11-02 09:%02d", 10+i), "ZX"+squad(i), "准入.专项整治", "专项整治", "GB", committee(i), "GW",
			guangmingYear, []string{"组织实施"}, specialMoney/squadsCount, shares))
	}
	for i := range squadsCount {
		spent := 80_000 + 7_500*i
		commands = append(commands,
			book(fmt.Sprintf("2018-11-05 10:%02d", i), "ZX"+squad(i)+"-c", "commit", map[string]any{"mandate": "ZX" + squad(i), "commitment": "合同" + squad(i), "payee": "示意工程公司", "amount": yuan(spent)}),
			book(fmt.Sprintf("2018-11-05 11:%02d", i), "ZX"+squad(i)+"-p", "pay", map[string]any{"commitment": "合同" + squad(i), "payment": "付款" + squad(i), "amount": yuan(spent)}))
	}
	t.lines("commands.jsonl", commands)
}
