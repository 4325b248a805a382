package street

// The files about disputes, escalation and matters handed down.
var (
	laddersFile = &fileSpec{Name: "ladders.csv", Doc: "who rules on disputes, and who is told of overdue cases", Columns: []columnSpec{
		need("ladder", "`dispute` or `overdue`", "阶梯", "类别"),
		need("level", "1 is the first rung", "级别", "层级"),
		need("party", "who rules, or is told: a party or post", "单位", "责任单位"),
		may("at", "of `overdue`, required: a share of the time (`80%`), or a time after the due (`3wd`); of `dispute`: the time for a ruling (`5wd`)", "时点", "时限"),
		may("card", "what the rung gives out: `yellow`, `red`; of `overdue` only", "牌", "亮牌"),
		may("final", "`true`: the ruling ends the dispute; of `dispute` only", "终局", "最终"),
		may("appeal_days", "working days in which a ruling may be taken to the next level; of `dispute` only", "复核期限", "申诉天数"),
		may("area", "area and its subtree; `*` or empty for all", "区域", "网格"),
		may("line", "matter and all below it; `*` or empty for all", "条线", "事项"),
	}}
	admissionsFile = &fileSpec{Name: "admissions.csv", Doc: "matters handed down to communities: who applied, what was decided, what came with it", Columns: []columnSpec{
		need("id", "unique id of the mandate", "编号", "编码"),
		need("matter", "matter code", "事项", "事项编码"),
		need("applicant", "party that hands the matter down", "申请单位"),
		need("community", "party that takes it", "社区", "承接单位"),
		need("applied_at", "when it was applied for", "申请时间"),
		may("decided_at", "when it was decided; empty while it waits", "决定时间", "审批时间"),
		may("decision", "`admitted` or `denied`", "决定", "审批结果"),
		may("approver", "party or person that decided", "审批单位", "审批人"),
		may("powers", "what the community may do", "权限", "赋权"),
		may("people", "staff that come with it", "人员", "编制人数"),
		may("fund", "line of funds.csv that pays; the money moves in the record that admits", "资金", "经费来源"),
		may("amount", "yuan; an admitted matter that costs money names its fund, else it is refused", "金额", "经费"),
		fromColumn, untilColumn,
		may("revoked_at", "when it was ended", "撤销时间"),
		may("basis", "legal or documentary basis", "依据"),
	}}
)
