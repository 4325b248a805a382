package main

import (
	"fmt"
	"slices"
	"strings"
)

// majiangMatters are the categories; the times are made up.
var majiangMatters = []matter{
	{"设施.路灯不亮", "路灯不亮", "component", "normal", "2wd", 0, 2, 14, "已更换"},
	{"设施.路面破损", "路面破损", "component", "normal", "5wd", 0, 5, 9, "已修复"},
	{"设施.井盖缺失", "井盖缺失", "component", "safety", "4h!", 4 * 60, 0, 4, "已补装"},
	{"设施.下水堵塞", "下水堵塞", "component", "normal", "1wd", 0, 1, 10, "已疏通"},
	{"环境.垃圾未清", "垃圾未清", "event", "normal", "1wd", 0, 1, 17, "已清运"},
	{"环境.绿化损坏", "绿化损坏", "event", "low", "5wd", 0, 5, 6, "已补种"},
	{"治安.可疑情况", "可疑情况", "event", "safety", "12h", 12 * 60, 0, 6, "已处置"},
	{"治安.邻里纠纷", "邻里纠纷", "mediation", "normal", "5wd", 0, 5, 9, "已调解"},
	{"消防.堵塞通道", "堵塞消防通道", "event", "safety", "24h", 24 * 60, 0, 6, "已清理"},
	{"服务.代办", "代办服务", "service", "low", "3wd", 0, 3, 12, "已办结"},
	{"服务.就业", "就业服务", "service", "low", "10wd", 0, 8, 5, "已匹配"},
	{"其他.咨询", "政策咨询", "demand", "low", "", 0, 3, 4, "已答复"},
}

// onStreets reports whether a matter is one of streets, main or lane.
func onStreets(code string) bool {
	return strings.HasPrefix(code, "设施.") || strings.HasPrefix(code, "环境.")
}

// duties writes the responsibility list: 住建部门管大街, 社区服务管小巷.
func (t *majiangTown) duties() {
	matters := t.table("matters.csv", "编码", "名称", "类型", "风险")
	for _, m := range majiangMatters {
		matters.add(m.code, m.name, m.kind, m.risk)
	}
	matters.add("准入.社区经费", "社区服务经费", "准入事项", "一般")
	matters.add("准入.运转经费", "社区运转经费", "准入事项", "一般")
	duties := t.table("duties.csv", "编号", "角色", "事项", "单位", "区域", "分类", "方式", "时限", "优先级", "依据")
	rule := func(role, matter, party, area, class, budget, basis string) {
		mode, precedence := "", 0
		if role == "主办" {
			mode = "采办分离"
		}
		if class == "streets=main" {
			precedence = 1 // a crossing belongs to the main street
		}
		duties.add(fmt.Sprintf("R%03d", len(duties.rows)+1), role, matter, party, area, class, mode, budget, precedence, basis)
	}
	for i, s := range stations {
		c := t.communities[i].code
		for _, m := range majiangMatters {
			switch {
			case m.budget == "":
			case onStreets(m.code):
				rule("主办", m.code, "ZJJ", c, "streets=main", m.budget, "住建部门管大街")
				rule("主办", m.code, s.centre, c, "streets=lane", m.budget, "社区服务管小巷")
				rule("主办", m.code, station(i), c, "", m.budget, "小区内由网格工作站负责")
			default:
				rule("主办", m.code, station(i), c, "", m.budget, "网格工作站职责")
			}
		}
		rule("主办", "准入", s.centre, c, "", "30wd", "责随权走、费随事转")
		rule("主办", "*", station(i), c, "", "5wd", "兜底:网格工作站")
	}
	rule("协办", "治安", "PCS", "", "", "", "片区民警协助")
	rule("协办", "消防", "XFD", "", "", "", "消防联络员协助")
	rule("协办", "治安.邻里纠纷", "SFJ", "", "", "", "法律服务员协助")
	rule("监管主体", "设施", "ZJJ", "", "", "", "设施维护监管")
	rule("知会", "*", "ZHB", "", "", "", "综合指挥办知情")
}

// month writes the events from 2018-10-08 to the end of the month.
func (t *majiangTown) month() {
	owner := map[cell]*area{}
	for _, g := range t.grids {
		for _, c := range g.cells {
			owner[c] = g
		}
	}
	events := t.table("events.csv", "编号", "时间", "事项", "经度", "纬度", "渠道", "金额", "结案时间", "结果", "满意", "实际区域")
	m := month{
		prefix: "M", from: day("2018-10-08"), days: 24, count: 600, matters: majiangMatters,
		channels:  []string{"网格采集", "网格采集", "楼栋长", "大社区APP", "12345"},
		satisfied: [2]string{"是", "否"}, costs: true,
		place: func(d *draw, m matter) (point, *area) {
			if onStreets(m.code) && d.percent(70) {
				s := t.streets[d.below(len(t.streets))]
				if d.percent(40) { // few streets are main, but much happens there
					s = pick(d, slices.DeleteFunc(slices.Clone(t.streets), func(s road) bool { return s.class == "lane" })...)
				}
				k := d.below(len(s.line) - 1)
				return t.beside(d, s.line[k], s.line[k+1], owner)
			}
			g := t.grids[d.below(len(t.grids))]
			return t.ground.somewhere(d, g.cells), g
		},
	}
	m.add(events, newDraw("majiang/events"))
}

// beside is a point two metres off the line between two corners, to the east or
// the north of it, and the area there.
func (t *majiangTown) beside(d *draw, from, to cell, owner map[cell]*area) (point, *area) {
	c := cell{min(from.x, to.x), min(from.y, to.y)}
	a, b := d.within(0.2, 0.8), 0.025
	if from.x == to.x {
		a, b = b, a
	}
	return t.ground.in(c, a, b), owner[c]
}

// money writes the funds of the report and hands money down to the centres.
func (t *majiangTown) money() {
	funds := t.table("funds.csv", "编码", "名称", "单位", "用途", "年度", "金额", "来源", "专项")
	for _, f := range []struct {
		code, name, party, purpose string
		amount                     int
		source, special            string
	}{
		{"JS", "社区活动阵地建设资金", "CZJ", "阵地建设", 24_000_000, "财政", "是"},
		{"BM", "部门整合项目资金", "ZJJ", "公共设施", 32_480_000, "部门", "是"},
		{"YZ", "社区年工作经费", "CZJ", "社区运转", 50_000 * len(stations), "财政", "否"},
		{"SQ", "社区经费", "CZJ", "社区服务", 2_000_000, "财政", "否"},
		{"FW", "社区服务经费", "CZJ", "购买服务", 2_000_000, "财政", "否"},
		{"GY", "公益性岗位补贴", "CZJ", "公益岗位", 4_400_000, "财政", "是"},
		{"WX", "公益性岗位五险", "CZJ", "岗位五险", 1_600_000, "财政", "是"},
		{"SH", "社会资金", "WY", "居民服务业", 3_000_000, "社会", "否"},
	} {
		funds.add(f.code, f.name, f.party, f.purpose, 2018, yuan(f.amount), f.source, f.special)
	}
	var commands []any
	for i, s := range stations {
		commands = append(commands,
			admitted(fmt.Sprintf("2018-10-09 09:%02d", 10+i), "YZ"+station(i), "准入.运转经费", "社区运转", "CZJ", s.centre, "XW", 2018,
				[]string{"使用"}, 50_000, []map[string]any{{"line": "YZ", "amount": yuan(50_000)}}),
			admitted(fmt.Sprintf("2018-10-09 10:%02d", 10+i), "SQ"+station(i), "准入.社区经费", "社区服务", "CZJ", s.centre, "XW", 2018,
				[]string{"设施维护", "环境卫生", "岗位培训"}, 500_000, []map[string]any{{"line": "SQ", "amount": yuan(500_000)}}),
		)
	}
	for i := range stations {
		commands = append(commands,
			book(fmt.Sprintf("2018-10-15 10:%02d", i), "SQ-c"+station(i), "commit", map[string]any{"mandate": "SQ" + station(i), "commitment": "保洁合同" + station(i), "payee": "移民小区物业公司", "amount": yuan(180_000)}),
			book(fmt.Sprintf("2018-10-22 10:%02d", i), "SQ-p"+station(i), "pay", map[string]any{"commitment": "保洁合同" + station(i), "payment": "首期" + station(i), "amount": yuan(90_000)}))
	}
	slices.SortStableFunc(commands, func(a, b any) int {
		return strings.Compare(a.(map[string]any)["at"].(string), b.(map[string]any)["at"].(string))
	})
	t.lines("commands.jsonl", commands)
}
