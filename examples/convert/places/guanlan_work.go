package main

import (
	"fmt"
	"strings"
	"time"
)

// Households that the red grids visit, in each grid; made up.
const (
	keyHouseholds     = 5
	regularHouseholds = 6
	visitMonths       = 12 // from May 2021
	skippedGrid       = 9  // whose key households nobody visited in March 2022
	skippedMonth      = 10
)

// visiting writes the households, the plans of the red grids and a year of visits
// (联户走访): key households every month, regular ones every quarter.
func (t *guanlanTown) visiting() {
	d := newDraw("guanlan/visits")
	households := t.table("households.csv", "code", "area", "building", "class")
	plans := t.table("visit_plans.csv", "area", "class", "every", "teams", "start")
	visits := t.table("visits.csv", "household", "at", "people", "kind", "result", "event")
	kinds := []string{"政策宣传上门", "关爱帮扶上门", "民情收集上门", "矛盾调解上门", "安全提醒上门", "便民服务上门"}
	for i, g := range t.grids {
		var codes []string
		teams := g.teams()
		for k := range teams {
			codes = append(codes, visitTeam(g, k))
		}
		plans.add(g.code, "key", "1mo", strings.Join(codes, ";"), "2021-05-01")
		plans.add(g.code, "regular", "3mo", strings.Join(codes, ";"), "2021-05-01")
		for h := range keyHouseholds + regularHouseholds {
			code, class, every := fmt.Sprintf("H-%s-%02d", g.code, h+1), "key", 1
			if h >= keyHouseholds {
				class, every = "regular", 3
			}
			households.add(code, g.code, "", class)
			for m := 0; m < visitMonths; m += every {
				missed := class == "key" && i == skippedGrid && m == skippedMonth || d.below(1000) < 6
				at := day("2021-05-01").AddDate(0, m, d.below(27)+(every-1)*d.below(30)).Add(time.Duration(d.between(9*60, 20*60)) * time.Minute)
				if missed {
					continue
				}
				going := teams[m/every%len(teams)]
				result := pick(d, "met", "met", "met", "met", "demand", "help")
				visits.add(code, minute(at), strings.Join(going[:min(2, len(going))], ";"), pick(d, kinds...), result, "")
			}
		}
	}
}

// guanlanMatters are the categories; the times are made up.
var guanlanMatters = []matter{
	{"市容.垃圾堆放", "暴露垃圾", "event", "normal", "1wd", 0, 1, 16, "已清运"},
	{"市容.占道经营", "占道经营", "event", "normal", "1wd", 0, 1, 14, "已劝离"},
	{"市容.乱贴广告", "乱贴小广告", "event", "low", "2wd", 0, 2, 9, "已清除"},
	{"设施.路灯不亮", "路灯不亮", "component", "normal", "2wd", 0, 2, 8, "已更换"},
	{"设施.井盖缺失", "井盖缺失", "component", "safety", "4h!", 4 * 60, 0, 2, "已补装"},
	{"设施.健身器材", "健身器材损坏", "component", "low", "5wd", 0, 5, 4, "已维修"},
	{"安全.消防通道", "堵塞消防通道", "event", "safety", "24h", 24 * 60, 0, 9, "已清理"},
	{"安全.燃气异味", "燃气异味", "event", "safety", "4h!", 4 * 60, 0, 3, "已处置"},
	{"安全.电动车", "电动车违规充电", "event", "safety", "1wd", 0, 1, 9, "已搬离"},
	{"民生.邻里纠纷", "邻里纠纷", "mediation", "normal", "5wd", 0, 5, 7, "已调解"},
	{"民生.微心愿", "微心愿", "wish", "low", "10wd", 0, 8, 5, "已送达"},
	{"民生.困难帮扶", "困难帮扶", "demand", "normal", "5wd", 0, 5, 5, "已帮扶"},
	{"其他.咨询", "政策咨询", "demand", "low", "", 0, 3, 4, "已答复"},
}

// byBlock reports whether a block sees to the matter by itself.
func byBlock(code string) bool {
	return strings.HasPrefix(code, "民生.") || code == "设施.健身器材"
}

// duties writes the responsibility list: what a block can do it does, the rest the
// community leads, or the subdistrict.
func (t *guanlanTown) duties() {
	matters := t.table("matters.csv", "code", "name", "kind", "risk")
	for _, m := range guanlanMatters {
		matters.add(m.code, m.name, m.kind, m.risk)
	}
	matters.add("准入.公益康乐园", "建设公益康乐园", "mandate", "normal")
	duties := t.table("duties.csv", "id", "role", "matter", "party", "area", "window", "mode", "budget", "min_cost", "precedence", "basis")
	rule := func(role, matter, party, area, window, budget, cost string, precedence int, basis string) {
		mode := ""
		if role == "lead" {
			mode = "separate"
		}
		duties.add(fmt.Sprintf("R%03d", len(duties.rows)+1), role, matter, party, area, window, mode, budget, cost, precedence, basis)
	}
	for _, c := range t.communities {
		for _, m := range guanlanMatters {
			if m.budget != "" && !byBlock(m.code) {
				rule("lead", m.code, c.code+"-Z", c.code, "", m.budget, "", 0, "社区工作站职责")
			}
		}
		rule("lead", "安全", c.code+"-DUTY", c.code, "22:00-06:00", "12h", "", 2, "夜间由社区值班岗处置")
		rule("lead", "准入", c.code+"-W", c.code, "", "30wd", "", 0, "准入事项由社区党委牵头")
		rule("lead", "*", c.code+"-W", c.code, "", "5wd", "", 0, "兜底:每一个诉求都有人理")
	}
	for _, b := range t.blocks {
		for _, m := range guanlanMatters {
			if byBlock(m.code) {
				rule("lead", m.code, b.code+"-HEAD", b.code, "", m.budget, "", 0, "能够用街区资源解决的街区包干")
			}
		}
	}
	rule("lead", "设施", "CJB", "", "", "15wd", "50000.00", 10, "较大项目由街道牵头")
	rule("assist", "市容", "HW", "", "", "", "", 0, "环卫公司协助")
	rule("regulator", "市容", "CGB", "", "", "", "", 0, "城市管理监管")
	rule("regulator", "安全", "YJB", "", "", "", "", 0, "安全管理监管")
	rule("notify", "*", "ZHZX", "", "", "", "", 0, "智慧指挥中心")
}

// month writes the events of the thirty days before the report.
func (t *guanlanTown) month() {
	events := t.table("events.csv", "id", "at", "matter", "lng", "lat", "channel", "cost", "closed_at", "outcome", "satisfied", "truth_area")
	m := month{
		prefix: "S", from: day("2022-04-20"), days: 30, count: 800, matters: guanlanMatters,
		channels: []string{"网格采集", "红色网格", "红色网格", "街区理事会", "12345"},
		off:      []string{"2022-05-02", "2022-05-03", "2022-05-04"}, work: []string{"2022-04-24", "2022-05-07"},
		satisfied: [2]string{"true", "false"}, costs: true,
		place: func(d *draw, _ matter) (point, *area) {
			g := t.grids[d.below(len(t.grids))]
			return t.ground.somewhere(d, g.cells), g.area
		},
	}
	m.add(events, newDraw("guanlan/events"))
}

// money writes the park that three parties paid for: its project, their shares,
// the fund lines and what became of the money.
func (t *guanlanTown) money() {
	b := t.blocks[shiyi]
	projects := t.table("projects.csv", "id", "kind", "party", "area", "name", "cost", "year", "topic", "published_at", "site", "contractor")
	projects.add("KLY", "cofunded", b.parent+"-W", b.code, b.name+"公益康乐园", yuan(parkCost), guanlanYear, "YT-"+b.code+"-05", "2021-07-19", "荒废空地", "绿园建设(示意)")
	shares := t.table("shares.csv", "project", "payer", "amount", "due")
	funds := t.table("funds.csv", "code", "name", "party", "purpose", "year", "amount", "source", "special")
	var paid []map[string]any
	for _, x := range []struct {
		payer, line, name, source string
		amount, has               int
	}{
		{"GX", "Z-GX", "更新单位共建资金", "social", 350_000, 350_000},
		{"GLB", "Z-JD", "街道民生实事资金", "finance", 250_000, 600_000},
		{b.parent + "-W", "Z-SQ", "社区党群服务专项", "finance", 150_000, 400_000},
	} {
		shares.add("KLY", x.payer, yuan(x.amount), "2021-08-31")
		funds.add(x.line, x.name, x.payer, "康乐园", guanlanYear, yuan(x.has), x.source, "false")
		paid = append(paid, map[string]any{"line": x.line, "amount": yuan(x.amount)})
	}
	mandate := admitted("2021-08-02 09:00", "KLY", "准入.公益康乐园", "康乐园", "GLB", b.parent+"-W", "GLB", guanlanYear, []string{"组织施工", "验收"}, parkCost, paid)
	t.lines("commands.jsonl", []any{
		mandate,
		book("2021-08-10 10:00", "KLY-2", "commit", map[string]any{"mandate": "KLY", "commitment": "施工合同", "payee": "绿园建设(示意)", "amount": yuan(738_000)}),
		book("2021-09-10 15:00", "KLY-3", "pay", map[string]any{"commitment": "施工合同", "payment": "首付款", "amount": yuan(500_000)}),
		book("2021-11-30 15:00", "KLY-4", "pay", map[string]any{"commitment": "施工合同", "payment": "尾款", "amount": yuan(238_000)}),
		book("2021-12-10 16:00", "KLY-5", "settle", map[string]any{"mandate": "KLY"}),
	})
}
