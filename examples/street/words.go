package main

// wording are the words of the summary and the report, English and Chinese.
var wording = map[string][2]string{
	"street":            {"street", "街道"},
	"events":            {"events", "事件"},
	"located":           {"located", "已定位"},
	"decided":           {"with a lead", "已定主办"},
	"rules":             {"rules", "规则"},
	"agree.area":        {"right area", "区域一致"},
	"agree.party":       {"right party", "单位一致"},
	"agree.party_top":   {"right top party", "上级单位一致"},
	"agree.on_time":     {"right verdict on time", "按期判断一致"},
	"rate.on_time_rate": {"on-time rate", "按期结案率"},
	"rate.closing_rate": {"closing rate", "结案率"},
	"seconds":           {"load + play + report, s", "载入+运行+报告(秒)"},
	"per_second":        {"events/s", "件/秒"},
	"findings":          {"findings", "提示"},
	"crs":               {"coordinates", "坐标系"},
	"results":           {"results", "结果目录"},
	"attribution":       {"data", "数据来源"},
	"progress":          {"playing", "运行中"},

	"record": {"record", "记录"},
	"time":   {"time", "时间"},
	"fact":   {"fact", "事实"},
	"by":     {"by", "操作人"},
	"said":   {"what", "内容"},

	"archived":   {"(archived)", "（已归档）"},
	"for_good":   {"it can no longer be reopened", "不可再重新立案"},
	"may_repeat": {"(may repeat)", "（疑似重复）"},

	"more": {"more: see summary.json", "其余见 summary.json"},

	"as_of":          {"as of", "截至"},
	"map.events":     {"Events", "事件数量"},
	"map.on_time":    {"On time", "按期率"},
	"map.none":       {"no event", "无事件"},
	"map.no_data":    {"no data", "无数据"},
	"parties":        {"Who answers", "主办单位"},
	"areas":          {"Where", "区域"},
	"undecided":      {"Without a lead", "未定主办"},
	"latest":         {"Latest events", "最近事件"},
	"agreement":      {"Agreement with what really happened", "与实际处理的一致程度"},
	"party":          {"party", "单位"},
	"area":           {"area", "区域"},
	"cases":          {"cases", "案件"},
	"reason":         {"reason", "原因"},
	"event":          {"event", "事件"},
	"matter":         {"matter", "事项"},
	"lead":           {"lead", "主办"},
	"status":         {"state", "状态"},
	"due":            {"due", "时限"},
	"place":          {"place", "位置"},
	"text":           {"finding", "提示内容"},
	"money":          {"Money that follows the matter", "费随事转"},
	"mandate":        {"mandate", "准入事项"},
	"payer":          {"payer", "出资方"},
	"granted":        {"granted, yuan", "核定(元)"},
	"paid":           {"paid, yuan", "支付(元)"},
	"paid_back":      {"returned, yuan", "退回(元)"},
	"total":          {"total", "合计"},
	"more_rows":      {"and more: see decisions.csv and summary.json", "其余见 decisions.csv 和 summary.json"},
	"title":          {"who answers, by when, how well", "谁负责、何时办结、办得如何"},
	"generated_from": {"Made by gridgov from the folder's own data; nothing is loaded from a network.", "由 gridgov 根据文件夹数据生成，不访问网络。"},

	"not_strict":    {"These errors of areas are warnings here, because street.json is not strict.", "street.json未设strict，上述区域错误在此仅作警告。"},
	"areas_only":    {"Areas: ", "区域："},
	"with_below":    {"Each with what lies below it.", "各行含其下级。"},
	"excluded":      {"excluded", "不计"},
	"duty":          {"On duty now", "当前值班"},
	"on_duty":       {"who answers", "当班"},
	"post":          {"post", "岗位"},
	"why":           {"why", "原因"},
	"councils":      {"Councils", "议事会"},
	"council":       {"council", "议事会"},
	"meetings":      {"meetings", "会议"},
	"raised":        {"raised", "提出"},
	"topic":         {"topic", "议题"},
	"title_of":      {"title", "内容"},
	"visits":        {"Visits", "走访"},
	"household":     {"household", "住户"},
	"period":        {"period", "周期"},
	"owed":          {"owed", "应访"},
	"made":          {"made", "已访"},
	"missed":        {"missed", "漏访"},
	"person_visits": {"people × visits", "人次"},
	"notices":       {"Notices not ready to put up", "尚不能公示的公示牌"},
	"missing":       {"missing", "缺项"},
	"structure":     {"Not set up as the rules ask", "机构设置与规则不符"},
	"resources":     {"Needs and who meets them", "需求与资源"},
	"need":          {"need", "需求"},
	"met_by":        {"met by", "对接资源"},
	"refused":       {"refused", "未获准"},
	"more_sections": {"and more: see check, duty, council, visits and notice", "其余见 check、duty、council、visits、notice 命令"},

	"unit.m": {" min", "分钟"}, "unit.h": {" h", "小时"}, "unit.d": {" days", "天"}, "unit.wh": {" working h", "个工作小时"}, "unit.wd": {" working days", "个工作日"},
	"by_state": {"Cases by state", "案件状态"}, "reports": {"reports", "上报"},
	"overdue_ladder": {"Overdue ladder", "督办升级"}, "rung": {"rung", "级"}, "told": {"who is told", "督办单位"}, "at": {"at", "时点"}, "after_due": {"due +", "超期"},
	"card": {"card", "亮牌"}, "card.": {"–", "–"}, "card.yellow": {"yellow", "黄牌"}, "card.red": {"red", "红牌"}, "raised_times": {"raised", "次数"}, "cards": {"Cards", "亮牌单位"},
	"dispute_ladder": {"Dispute ladder", "争议裁定"}, "level": {"level", "级"}, "rules_on": {"who rules", "裁定单位"}, "line": {"line", "条线"}, "all": {"all", "全部"},
	"ruling_time": {"time to rule", "裁定期限"}, "appeal": {"appeal", "复核期限"}, "final": {"final", "终局"}, "rulings": {"rulings", "裁定数"},
	"disputes": {"Disputes", "权属争议"}, "between": {"between", "争议方"}, "body": {"who ruled last, or is to", "裁定单位"}, "ruling": {"given to", "裁定归属"},
	"admissions": {"Matters handed down", "社区事务准入"}, "community": {"community", "社区"}, "applied": {"applied for", "申请日期"},
	"mandate.": {"admitted", "已准入"}, "mandate.applied": {"waiting", "待审批"}, "mandate.refused": {"refused", "不予准入"}, "mandate.revoked": {"revoked", "已撤销"},

	"diff.cells": {"matters × grids", "事项×网格"}, "diff.changed": {"with another lead", "主办变更"}, "diff.added": {"matter added", "新增事项"},
	"diff.removed": {"matter removed", "取消事项"}, "diff.open": {"open cases affected", "受影响在办案件"}, "diff.backtest": {"right party, last year", "上年回测单位一致"},
	"nobody": {"nobody", "无人"}, "case": {"case", "案件"}, "next_due": {"next due", "下一时限"}, "more_cases": {"more", "更多"},

	"topic.raised": {"raised", "已提出"}, "topic.open": {"undecided", "待议"}, "topic.tracking": {"tracking", "跟踪"}, "topic.done": {"done", "办结"},
	"topic.failed": {"failed", "未通过"}, "topic.risen": {"risen", "上报"}, "topic.deferred": {"deferred", "暂缓"}, "topic.withdrawn": {"withdrawn", "撤回"},
	"after now": {"after now", "晚于截止时刻"}, "unknown matter": {"unknown matter", "事项不在目录"}, "no point": {"no place given", "无位置"},
	"outside": {"outside the street", "界外"}, "no list": {"no list", "无职责清单"}, "no rule": {"no rule", "无规则"}, "tie": {"rules tie", "规则冲突"},
	"filed": {"filed", "已上报"}, "registered": {"registered", "已立案"}, "dispatched": {"dispatched", "已派遣"}, "acknowledged": {"acknowledged", "已签收"},
	"offered": {"waiting for a claimant", "待认领"}, "returned": {"returned", "退件待审"}, "disputed": {"disputed", "权属争议"}, "suspended": {"suspended", "已挂起"},
	"rejected": {"rejected", "不予受理"}, "cancelled": {"cancelled", "已撤回"}, "merged": {"merged", "已并案"},
	"in_progress": {"in progress", "处置中"}, "done": {"done", "已处置"}, "verified": {"verified", "已核查"}, "closed": {"closed", "已结案"},
	"true": {"on time", "按期"}, "false": {"late", "超期"}, "open": {"open", "在办"},
}

// words are the wording in one language.
func words(lang string) map[string]string {
	pick := 0
	if lang == "zh" {
		pick = 1
	}
	list := make(map[string]string, len(wording))
	for key, texts := range wording {
		list[key] = texts[pick]
	}
	return list
}
