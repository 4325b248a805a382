package street

// The files about what councils, visits and shifts did.
var (
	householdsFile = &fileSpec{Name: "households.csv", Doc: "households that are visited", Columns: []columnSpec{
		codeColumn,
		need("area", "area it lies in", "区域", "网格"),
		may("building", "building", "楼栋"),
		need("class", "`key` or `regular`", "分类", "类别"),
	}}
	visitPlansFile = &fileSpec{Name: "visit_plans.csv", Doc: "how often which households are owed a visit", Columns: []columnSpec{
		need("area", "area, with all below", "区域", "网格"),
		need("class", "class of household", "分类", "类别"),
		need("every", "`1mo` is each calendar month; `3mo`, `7d`, `2w`", "周期"),
		may("teams", "teams in the order in which they lead a period each: `t1=p1+p2;t2=p3`, or posts, whose holders are the team as they come and go", "班组"),
		need("start", "first day", "开始日期", "起始日期"),
	}}
	visitTeamsFile = &fileSpec{Name: "visit_teams.csv", Doc: "who is in a team of visit_plans.csv from when to when; a team that is new there lasts from the first day of its people to their last", Columns: []columnSpec{
		need("area", "area of the plan", "区域", "网格"),
		need("class", "class of household of the plan", "分类", "类别"),
		need("team", "team; one that is new leads after the others", "班组"),
		need("person", "person code", "人员"),
		fromColumn, untilColumn,
	}}
	visitsFile = &fileSpec{Name: "visits.csv", Doc: "visits that were made", Columns: []columnSpec{
		need("household", "household code", "住户"),
		need("at", "when", "时间"),
		need("people", "people who took part", "人员"),
		may("kind", "kind of visit", "类型"),
		may("result", "result code", "结果"),
		may("event", "event it led to", "事件"),
	}}
	tasksFile = &fileSpec{Name: "tasks.csv", Doc: "tasks of shifts; a shift of which every task has a result was debriefed at its end", Columns: []columnSpec{
		need("id", "unique id", "编号"),
		need("squad", "squad", "队伍"),
		need("shift", "name of the shift with its day, `2026-03-02` or `SQ1-20260302-N`, and hours when not 08:00-18:00: `2026-03-02 20:00-08:00`", "班次"),
		need("text", "what is to be done; no personal text", "任务"),
		may("result", "`done`, `undone`, `carried`", "结果"),
		may("reason", "why not", "原因"),
		may("people", "who is on the shift; of several lines of one shift all together", "人员", "当班人员"),
	}}
	attendanceFile = &fileSpec{Name: "attendance.csv", Doc: "attendance", Columns: []columnSpec{
		need("person", "person code", "人员"),
		need("date", "day", "日期"),
		may("in", "`08:34`, or an instant", "签到"),
		may("out", "likewise; the day after when it is not later than in", "签退"),
		may("status", "`present`, `late`, `field`, `absent`, `leave`", "状态"),
	}}
	councilsFile = &fileSpec{Name: "councils.csv", Doc: "councils and coordination meetings", Columns: []columnSpec{
		codeColumn, nameColumn,
		need("area", "area it is for, or `layer:code` of a building", "区域", "网格"),
		need("quorum", "share of the voting members who must be present, such as `2/3`; `>1/2` is more than half", "法定人数"),
		need("pass", "share of the base in favour, such as `1/2`, or `consensus`", "通过比例"),
		may("kind", "`council` (when empty), or `coordination`, whose unresolved topics rise", "类型"),
		may("base", "`all` members, those `present` (when empty), votes `cast`", "基数"),
		may("strict", "`false` when exactly `pass` is enough; otherwise it must be exceeded", "须超过"),
		may("abstain", "abstentions count `against` (when empty) or are left `out`", "弃权"),
		may("rises_to", "council to which topics rise", "上报至"),
		may("basis", "rule it rests on", "依据"),
	}}
	councilMembersFile = &fileSpec{Name: "council_members.csv", Doc: "who sits on a council", Columns: []columnSpec{
		need("council", "council code", "议事会"),
		need("person", "person code", "人员"),
		need("capacity", "as what: red grid lead, resident, shop …", "身份"),
		may("vote", "`false` for those who attend without a vote", "表决权"),
		fromColumn, untilColumn,
	}}
	meetingsFile = &fileSpec{Name: "meetings.csv", Doc: "meetings that were held", Columns: []columnSpec{
		need("id", "unique id", "编号"),
		need("council", "council code", "议事会"),
		need("at", "when it was held", "时间"),
		may("present", "people who were present, or how many voting members where nobody wrote down who", "到会人员", "到会人数"),
	}}
	topicsFile = &fileSpec{Name: "topics.csv", Doc: "topics of meetings; those without votes stay raised", Columns: []columnSpec{
		need("id", "unique id", "编号"),
		need("meeting", "meeting at which it was raised", "会议"),
		need("title", "what it is about; no personal text", "议题", "标题"),
		may("matter", "matter code", "事项"),
		may("yes", "votes in favour", "赞成"), may("no", "votes against", "反对"), may("abstain", "abstentions", "弃权"),
		may("result", "`passed`, `failed`, `deferred`; with votes they decide", "结果"),
		may("owner", "party that does what was passed, with `due`", "责任单位"),
		may("due", "by when", "时限", "截止时间"),
		may("state", "`raised`, `tracking`, `done`, `risen`, `withdrawn`, …", "状态"),
		may("done_at", "when it was done", "办结时间"),
		may("outcome", "what was done", "办理结果"),
		may("case", "case that it became", "案件"), may("project", "project that it became", "项目"),
	}}
	votesFile = &fileSpec{Name: "votes.csv", Doc: "votes by name, in place of counts", Columns: []columnSpec{
		need("topic", "topic id", "议题"),
		need("person", "person code", "人员"),
		need("vote", "`yes`, `no`, `abstain`", "表决"),
	}}
)
