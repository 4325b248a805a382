package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// luohuMatters are the categories; times and shares are made up.
var luohuMatters = []matter{
	{"市容.门前三包", "门前三包", "event", "normal", "1wd", 0, 1, 18, "已整改"},
	{"市容.乱贴广告", "乱贴小广告", "event", "low", "1wd", 0, 1, 10, "已清除"},
	{"环卫.垃圾", "垃圾堆放", "event", "normal", "8h", 8 * 60, 0, 16, "已清运"},
	{"物业.电梯", "电梯困人和故障", "event", "safety", "4h!", 4 * 60, 0, 5, "已修复"},
	{"燃气.隐患", "燃气隐患", "event", "safety", "24h!", 24 * 60, 0, 6, "已消除"},
	{"消防.通道", "堵塞消防通道", "event", "safety", "24h", 24 * 60, 0, 8, "已清理"},
	{"经营.无照", "无照经营", "event", "normal", "3wd", 0, 3, 7, "已查处"},
	{"民生.信访", "信访诉求", "demand", "normal", "10wd", 0, 9, 8, "已答复"},
	{"妇儿.维权", "妇女儿童维权", "demand", "normal", "3wd", 0, 3, 4, "已帮扶"},
	{"民生.调解", "商圈和邻里纠纷", "mediation", "normal", "5wd", 0, 5, 12, ""},
	{"民生.咨询", "政策咨询", "demand", "low", "2wd", 0, 2, 6, "已答复"},
}

// The events and the mediations among them.
const (
	luohuEvents  = 420
	luohuRepeats = 24 // besides: the same thing, reported once more within the hour
	lostOf       = 12 // the photograph of the finished work is missing of one in so many
	confirmedOf  = 9  // one settled mediation in so many is confirmed by the court, as 2,166 of 19,078 are
)

// duties writes the matters and the responsibility list. What is in front of premises
// is pushed to the regulator and to their owner, gas, lifts and street cleaning to the
// regulator and to a company under contract.
func (t *luohuTown) duties() {
	matters := t.table("matters.csv", "编码", "名称", "类型", "风险", "重复距离", "重复小时")
	for _, m := range luohuMatters {
		radius, hours := "", ""
		if strings.HasPrefix(m.code, "市容.") || strings.HasPrefix(m.code, "环卫.") {
			radius, hours = "30", "12"
		}
		matters.add(m.code, m.name, m.kind, m.risk, radius, hours)
	}
	matters.add("准入.协管", "城市管理协管", "准入事项", "一般", "", "")
	matters.add("准入.养老", "长者食堂运营", "准入事项", "一般", "", "")
	duties := t.table("duties.csv", "编号", "角色", "事项", "单位", "区域", "方式", "时限", "依据")
	rule := func(role, matter, party, area, mode, budget, basis string) {
		duties.add(fmt.Sprintf("L%03d", len(duties.rows)+1), role, matter, party, area, mode, budget, basis)
	}
	for _, m := range luohuMatters {
		lead, mode := map[string]string{
			"市容.门前三包": "ZF", "环卫.垃圾": "CGB", "物业.电梯": "CGB", "燃气.隐患": "YJ", "消防.通道": "YJ", "经营.无照": "ZF",
			"民生.信访": "XF", "妇儿.维权": "FL", "民生.调解": "TJ", "民生.咨询": "FB",
		}[m.code], "采办分离"
		if m.code == "市容.乱贴广告" {
			for _, c := range t.communities {
				rule("主办", m.code, "fenbo-"+c.code, c.code, "采办合一", "", "综合网格员采办合一")
			}
			continue
		}
		rule("主办", m.code, lead, "", mode, m.budget, "民生诉求事项职责清单(示意)")
	}
	for _, p := range [][3]string{
		{"市容.门前三包", "CGB", "owner(premises)"}, {"环卫.垃圾", "CGB", "WB01"}, {"物业.电梯", "ZJ", "WY01"}, {"燃气.隐患", "ZJ", "RQ01"},
	} {
		rule("监管主体", p[0], p[1], "", "", "", "同步推送")
		rule("整改责任主体", p[0], p[2], "", "", "", "同步推送")
	}
	rule("协办", "消防.通道", "ZF", "", "", "", "联合处置")
	rule("知会", "*", "FB", "", "", "", "统一监管")
	rule("主办", "准入", "JD", "", "采办分离", "10wd", "社区事务准入")
}

// The kinds of evidence that standards.csv asks for.
const (
	shotBefore = "before"
	shotAfter  = "after"
)

// luohuShown is what evidence the standard of a matter asks for.
var luohuShown = map[string][]string{
	"市容.乱贴广告": {shotBefore, shotAfter}, "环卫.垃圾": {shotBefore, shotAfter}, "市容.门前三包": {shotAfter}, "燃气.隐患": {shotAfter},
}

// standards writes when a case is filed and closed and on what evidence; posters have
// their limit here, the other matters in the list.
func (t *luohuTown) standards() {
	standards := t.table("standards.csv", "事项", "情形", "名称", "时限", "立案条件", "结案条件", "证据")
	for _, s := range [][5]string{
		{"市容.乱贴广告", "", "小广告清除", "有乱贴、乱写、乱挂", "表面恢复原貌"},
		{"环卫.垃圾", "", "垃圾清运", "裸露垃圾占地1平方米以上", "垃圾清走，地面干净"},
		{"市容.门前三包", "", "门前三包整改", "责任区内脏乱或占道", "责任区恢复整洁"},
		{"燃气.隐患", "", "燃气隐患消除", "泄漏、私改或过期", "专业人员检测合格"},
		{"物业.电梯", "困人", "电梯困人解救", "轿厢内有人被困", "人员脱困，原因查明"},
		{"物业.电梯", "故障", "电梯故障修复", "停运或异响", "恢复运行"},
	} {
		i := slices.IndexFunc(luohuMatters, func(m matter) bool { return m.code == s[0] })
		standards.add(s[0], s[1], s[2], luohuMatters[i].budget, s[3], s[4], strings.Join(luohuShown[s[0]], ";"))
	}
}

// photos are the photographs of an event; one closed case in so many lost the last one.
func photos(id string, i int, e luohuEvent) string {
	var list []string
	for _, kind := range luohuShown[e.matter.code] {
		if kind == shotAfter && (e.closed.IsZero() || i%lostOf == 0) {
			continue
		}
		list = append(list, fmt.Sprintf("%s=照片/%s-%s.jpg", kind, id, kind))
	}
	return strings.Join(list, ";")
}

// condition is in what state a lift was found.
func condition(i int, e luohuEvent) string {
	if e.matter.code != "物业.电梯" {
		return ""
	}
	return []string{"困人", "故障", "故障"}[i%3]
}

// ladders writes the three levels of coordination, the last one final, and who is told
// of overdue cases.
func (t *luohuTown) ladders() {
	ladders := t.table("ladders.csv", "阶梯", "级别", "单位", "时点", "亮牌", "终局", "复核期限", "条线")
	for _, g := range [][2]string{{"ZJ", "物业"}, {"ZJ", "燃气"}, {"SJ", "经营"}, {"YJJ", "消防"}} {
		ladders.add("争议裁定", 1, g[0], "2wd", "", "", 3, g[1])
	}
	ladders.add("争议裁定", 2, "QCG", "3wd", "", "", 5, "")
	ladders.add("争议裁定", 3, "WYH", "5wd", "", "是", "", "")
	ladders.add("督办升级", 1, "FB", "80%", "", "", "", "")
	ladders.add("督办升级", 2, "JD", "1wd", "黄牌", "", "", "")
	ladders.add("督办升级", 3, "QCG", "3wd", "红牌", "", "", "")
}

// channelsOf is how a matter is reported.
func channelsOf(code string) []string {
	switch {
	case code == "民生.信访":
		return []string{"信访"}
	case code == "妇儿.维权":
		return []string{"妇儿维权", "12345"}
	case strings.HasPrefix(code, "民生."):
		return []string{"12345", "12345", "信访"}
	case code == "燃气.隐患" || code == "经营.无照":
		return []string{"协同监管", "网格采集", "12345"}
	}
	return []string{"网格采集", "网格采集", "12345"}
}

// luohuEvent is one line of events.csv before it has a number.
type luohuEvent struct {
	at             time.Time
	matter         matter
	p              point
	area           *area
	channel        string
	closed         time.Time
	outcome, happy string
}

// events writes four weeks of events, repeats among them, and the disputes.
func (t *luohuTown) events() {
	d := newDraw("luohu/events")
	m := &month{from: day("2022-10-10"), days: 28}
	total := 0
	for _, k := range luohuMatters {
		total += k.often
	}
	var list []luohuEvent
	for len(list) < luohuEvents {
		n, k := d.below(total), luohuMatters[0]
		for _, k = range luohuMatters {
			if n -= k.often; n < 0 {
				break
			}
		}
		e := luohuEvent{at: m.from.AddDate(0, 0, d.below(m.days)).Add(time.Duration(d.between(7*60, 21*60+59)) * time.Minute), matter: k, channel: pick(d, channelsOf(k.code)...)}
		e.area = t.grids[d.below(len(t.grids))]
		e.p = t.ground.somewhere(d, e.area.cells)
		if k.code == "市容.门前三包" {
			p := t.premises[d.below(len(t.premises))]
			e.area, e.p = p.grid, t.ground.in(p.cell, d.within(0.3, 0.7), d.within(0.3, 0.7))
		}
		t.end(d, m, &e)
		list = append(list, e)
	}
	for _, i := range d.shuffled(len(list)) {
		if e := list[i]; len(list) < luohuEvents+luohuRepeats && (e.matter.code == "环卫.垃圾" || e.matter.code == "市容.门前三包") {
			after := e.at.Add(time.Duration(d.between(3, 50)) * time.Minute)
			if e.closed.IsZero() || after.Before(e.closed) {
				e.at, e.channel, e.happy = after, "12345", ""
				list = append(list, e)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b luohuEvent) int { return a.at.Compare(b.at) })
	table := t.table("events.csv", "编号", "时间", "事项", "经度", "纬度", "渠道", "结案时间", "结果", "满意", "实际区域", "情形", "证据")
	for i, e := range list {
		closed := ""
		if !e.closed.IsZero() {
			closed = minute(e.closed)
		}
		id := fmt.Sprintf("LH%04d", i+1)
		table.add(id, minute(e.at), e.matter.code, e.p.lng, e.p.lat, e.channel, closed, e.outcome, e.happy, e.area.code, condition(i, e), photos(id, i, e))
	}
	t.disputes(table)
}

// end is when and how an event ends; of mediations most are settled, one in so many of
// these by the court, and a few fail or go elsewhere.
func (t *luohuTown) end(d *draw, m *month, e *luohuEvent) {
	closed := m.closed(d, e.at, e.matter)
	if !closed.Before(m.from.AddDate(0, 0, m.days)) {
		return
	}
	e.closed, e.outcome = closed, e.matter.outcome
	if e.matter.kind == "mediation" {
		switch e.outcome = "达成调解"; {
		case d.percent(8):
			e.outcome = "调解不成"
		case d.percent(5):
			e.outcome = "移送"
		case d.below(confirmedOf) == 0:
			e.outcome = "司法确认"
		}
	}
	if d.percent(60) {
		e.happy = "满意"
		if d.percent(8) {
			e.happy = "不满意"
		}
	}
}

// disputes writes three events of which nobody wants to be the lead: one agrees at the
// first level, one at the second, one goes to the commission, whose word is final.
func (t *luohuTown) disputes(events *table) {
	var lines []any
	command := func(at time.Time, id, do string, fields map[string]any) {
		fields["at"], fields["machine"], fields["do"], fields["case"] = minute(at), "desk", do, id
		fields["key"] = fmt.Sprintf("%s-%d-%s", id, len(lines)+1, do)
		lines = append(lines, fields)
	}
	d := newDraw("luohu/disputes")
	for i, x := range []struct {
		matter, named string
		rulings       []string
	}{
		{"经营.无照", "CGB", []string{"ZF"}},
		{"物业.电梯", "WY01", []string{"CGB", "WY01"}},
		{"消防.通道", "ZF", []string{"YJ", "ZF", "YJ"}},
	} {
		id, g := fmt.Sprintf("ZY%02d", i+1), t.grids[7*i+2]
		p := t.ground.somewhere(d, g.cells)
		at := day("2022-10-12").AddDate(0, 0, i).Add(10 * time.Hour)
		events.add(id, minute(at), x.matter, p.lng, p.lat, "协同监管", minute(at.AddDate(0, 0, 2+2*i)), "已处置", "", g.code, "", "")
		command(at.Add(5*time.Minute), id, "return", map[string]any{"basis": "不属本单位职责", "party": x.named})
		command(at.Add(10*time.Minute), id, "refuse_return", map[string]any{"reason": "按清单属本单位"})
		command(at.Add(20*time.Minute), id, "dispute", map[string]any{"basis": "职责交叉", "party": x.named})
		when := at.Add(4 * time.Hour)
		for n, party := range x.rulings {
			if n > 0 {
				command(when.Add(5*time.Minute), id, "appeal", map[string]any{"basis": "对裁定不服"})
				when = when.Add(22 * time.Hour)
			}
			command(when, id, "rule", map[string]any{"party": party, "basis": fmt.Sprintf("第%d级协调意见", n+1)})
		}
	}
	t.lines("commands.jsonl", lines)
}

// handedDown writes the fund lines and what was handed down to communities.
func (t *luohuTown) handedDown() {
	funds := t.table("funds.csv", "编码", "名称", "单位", "用途", "年度", "金额", "来源")
	funds.add("XG2022", "城市管理协管经费", "JD", "xieguan", 2022, yuan(900_000), "财政")
	funds.add("YL2022", "长者食堂经费", "JD", "yanglao", 2022, yuan(400_000), "财政")
	a := t.table("admissions.csv", "编号", "事项", "申请单位", "社区", "申请时间", "决定时间", "决定", "审批单位", "权限", "人员", "资金", "金额", "开始", "结束", "撤销时间", "依据")
	a.add("ZR01", "准入.协管", "CGB", "GZZ1", "2022-10-10 09:30", "2022-10-14 10:00", "准入", "JD", "巡查;劝导;上报", 3, "XG2022", yuan(180_000), "2022-10-15", "2023-10-15", "", "社区事务准入")
	a.add("ZR02", "准入.协管", "CGB", "GZZ2", "2022-10-10 09:40", "2022-10-14 10:05", "准入", "JD", "巡查;劝导", 2, "XG2022", yuan(120_000), "2022-10-15", "2023-10-15", "2022-10-31 17:00", "社区事务准入")
	a.add("ZR03", "准入.养老", "JD", "GZZ3", "2022-10-11 09:00", "2022-10-18 15:00", "准入", "JD", "运营", 0, "YL2022", yuan(260_000), "2022-10-20", "", "", "社区事务准入")
	a.add("ZR04", "准入.养老", "JD", "GZZ4", "2022-10-11 09:10", "2022-10-18 15:10", "不予准入", "JD", "", "", "", "", "", "", "", "场地不足")
	a.add("ZR05", "准入.协管", "CGB", "GZZ5", "2022-10-12 16:00", "", "", "", "", "", "", "", "", "", "", "")
}
