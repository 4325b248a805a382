package street

import "strings"

// fileSpec says what a file of the folder holds.
type fileSpec struct {
	Name    string
	Doc     string
	Later   bool // known, but this version does not read it and says so
	Columns []columnSpec
}

// columnSpec says what a column of a CSV file holds.
type columnSpec struct {
	Name     string
	Required bool
	Later    bool     // known, but this version does not use it and says so
	Alias    []string // other headers that mean the same
	Doc      string
}

func (s *fileSpec) column(name string) *columnSpec {
	for i := range s.Columns {
		if s.Columns[i].Name == name {
			return &s.Columns[i]
		}
	}
	return nil
}

func (c columnSpec) aliases() string { return strings.Join(c.Alias, ", ") }

// need, may and later describe columns: required, optional, and known but not
// used by this version.
func need(name, doc string, alias ...string) columnSpec {
	return columnSpec{Name: name, Required: true, Alias: alias, Doc: doc}
}

func may(name, doc string, alias ...string) columnSpec {
	return columnSpec{Name: name, Alias: alias, Doc: doc}
}

func later(name string, alias ...string) columnSpec {
	return columnSpec{Name: name, Later: true, Alias: alias, Doc: "not used yet"}
}

// The columns that many files share.
var (
	codeColumn  = need("code", "unique code", "编码", "代码", "编号")
	nameColumn  = need("name", "name shown to people", "名称", "姓名")
	fromColumn  = may("from", "first instant, inclusive", "开始", "起始时间", "生效时间")
	untilColumn = may("until", "last instant, exclusive", "结束", "截止时间", "失效时间")
)

// giving is the columns of offers and of needs.
var giving = []columnSpec{
	codeColumn,
	need("party", "who offers, or asks", "单位"),
	need("kind", "dotted, such as `venue.hall`; a need is met by its kind and what is below", "类型"),
	may("area", "where; everywhere when empty", "区域", "网格"),
	may("quantity", "units at any one time; 1 when empty", "数量"),
	may("skills", "skills offered, or needed", "技能"),
	fromColumn, untilColumn,
}

// files is the closed list of the CSV files of format 1 that this version
// reads.
var (
	calendarFile = &fileSpec{Name: "calendar.csv", Doc: "days off and make-up working days", Columns: []columnSpec{
		need("date", "civil date", "日期"),
		need("kind", "`off` or `work`", "类型"),
		may("name", "name of the holiday", "名称"),
		may("notice", "link to the notice", "通知", "依据"),
	}}
	addressesFile = &fileSpec{Name: "addresses.csv", Doc: "where an address lies", Columns: []columnSpec{
		need("address", "address text; events match it exactly, else by longest prefix", "地址"),
		may("lng", "longitude, degrees, in the system of `crs`", "经度"),
		may("lat", "latitude, degrees, in the system of `crs`", "纬度"),
		may("area", "area code, when there is no point", "网格", "区域"),
		later("building", "楼栋"),
	}}
	partiesFile = &fileSpec{Name: "parties.csv", Doc: "organisations", Columns: []columnSpec{
		codeColumn, nameColumn,
		need("kind", "committee, department, community, station, squad, unit, company, …", "类型", "类别"),
		may("class", "class of a regulated entity", "分类"),
		may("parent", "party it belongs to", "上级", "上级编码"),
		may("area", "area it serves", "区域", "网格"),
		may("line", "functional line", "条线"),
		fromColumn, untilColumn,
	}}
	peopleFile = &fileSpec{Name: "people.csv", Doc: "people", Columns: []columnSpec{
		codeColumn, nameColumn,
		may("home", "home party", "所属单位"),
		may("kinds", "establishment, seconded, elected, civil-servant, member, …", "身份"),
		may("skills", "skills", "技能"),
		may("phone", "personal number; masked wherever it is shown, unless `consent`", "电话", "手机"),
		may("consent", "`true` when the number may be shown", "同意公开"),
	}}
	postsFile = &fileSpec{Name: "posts.csv", Doc: "posts", Columns: []columnSpec{
		codeColumn, nameColumn,
		need("party", "party the post belongs to", "单位"),
		need("role", "role of the post", "职务", "角色"),
		may("area", "area it looks after, or `layer:code` of a building", "区域", "网格"),
		may("quota", "how many may hold it at once; 1 when empty", "编制"),
		may("deputy", "post that stands in", "副职"),
		may("public_contact", "contact shown to the public", "公开联系方式"),
		may("limit", "largest amount it may approve, yuan", "审批权限"),
		may("duties_text", "what it is there for, as a notice shows it", "职责"),
	}}
	appointmentsFile = &fileSpec{Name: "appointments.csv", Doc: "who holds which post", Columns: []columnSpec{
		need("person", "person code", "人员"),
		need("post", "post code", "岗位"),
		may("kind", "`resident`, `mobile`, `part-time`, `volunteer`", "类型"),
		need("from", "first instant, inclusive", "开始", "起始时间"),
		untilColumn,
	}}
	rightsFile = &fileSpec{Name: "rights.csv", Doc: "who may do what, and where", Columns: []columnSpec{
		need("holder", "post or party", "权利人", "单位", "岗位"),
		need("right", "`command`, `assess`, `appoint`, `decide`, `guarantee`, `manage`, `approve`", "权限"),
		need("scope", "area or party it reaches, with all below", "范围"),
		fromColumn, untilColumn,
	}}
	registrationsFile = &fileSpec{Name: "registrations.csv", Doc: "who is registered where", Columns: []columnSpec{
		need("person", "person code", "人员"),
		need("area", "area code", "区域", "网格"),
		need("kind", "`membership`, `report-in`, `volunteer`", "类型"),
		may("branch", "party branch", "支部"),
		fromColumn, untilColumn,
	}}
	facilitiesFile = &fileSpec{Name: "facilities.csv", Doc: "premises and equipment", Columns: []columnSpec{
		codeColumn,
		need("party", "party that has it", "单位"),
		need("kind", "`office`, `service-centre`, `unified-management`, `unified-insignia`, `unified-equipment`, `unified-support`, …", "类型"),
		may("area_m2", "square metres", "面积"),
		fromColumn, untilColumn,
	}}
	mattersFile = &fileSpec{Name: "matters.csv", Doc: "categories of things that happen or are asked", Columns: []columnSpec{
		codeColumn, nameColumn,
		may("kind", "`component`, `event`, `service`, `demand`, `wish`, `mediation`, `mandate`", "类型"),
		may("risk", "`low`, `normal`, `safety`", "风险"),
		later("duplicate_m", "重复距离"), later("duplicate_h", "重复小时"), later("skills", "技能"),
		later("evidence", "证据"), later("verify_sample", "抽查比例"), later("outcomes", "结果"),
	}}
	dutiesFile = &fileSpec{Name: "duties.csv", Doc: "the responsibility list", Columns: []columnSpec{
		need("id", "rule id", "编号", "编码"),
		need("role", "`lead`, `assist`, `regulator`, `rectifier`, `notify`", "角色", "责任类型"),
		need("matter", "matter and all below it; `*` for all", "事项"),
		need("party", "party or post", "责任单位", "单位"),
		may("area", "area and its subtree; `*` or empty for all", "区域", "网格"),
		may("class", "`layer=class` of the place", "分类"),
		may("condition", "condition reported", "情形", "条件"),
		may("channel", "channel of the report", "渠道", "来源"),
		may("window", "`work`, `rest` or `18:00-08:00`", "时段"),
		may("mode", "`separate`, `self`, `claim`", "方式"),
		may("budget", "time limit, such as `4wh`, `3wd`, `24h`", "时限"),
		may("min_cost", "estimated cost at least, yuan", "最低金额"),
		may("max_cost", "estimated cost below, yuan", "最高金额"),
		may("precedence", "higher goes first", "优先级"),
		fromColumn, untilColumn,
		may("basis", "legal or documentary basis", "依据"),
		may("version", "version of the list", "版本"),
	}}
	eventsFile = &fileSpec{Name: "events.csv", Doc: "what was reported", Columns: []columnSpec{
		need("id", "unique id", "编号", "事件编号"),
		need("at", "when it was reported", "时间", "上报时间"),
		need("matter", "matter code", "事项", "事项编码"),
		may("lng", "longitude, degrees, in the system of `crs`", "经度"),
		may("lat", "latitude, degrees, in the system of `crs`", "纬度"),
		may("area", "area code, when there is no point", "区域", "网格"),
		may("address", "address, when there is neither", "地址"),
		may("channel", "channel of the report", "渠道", "来源"),
		may("external_id", "id at the source", "外部编号"),
		may("reporter", "who reported it; kept apart as personal data", "上报人"),
		may("summary", "text of the report; kept apart as personal data", "描述", "内容"),
		may("condition", "condition reported", "情形", "条件"),
		may("cost", "estimated cost, yuan", "金额"),
		may("evidence", "URIs of evidence", "证据"),
		may("due_at", "due time imposed by the source", "截止时间", "要求完成时间"),
		may("closed_at", "when it was closed", "结案时间", "办结时间"),
		may("outcome", "outcome code or text", "结果"),
		may("satisfied", "`true`, `false`, or empty for no answer", "满意"),
		may("truth_area", "for back-tests: the true area, of any level", "实际区域"),
		may("truth_party", "for back-tests: the party that handled it", "实际单位"),
		may("truth_on_time", "for back-tests: whether it was on time", "实际按期"),
	}}
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
		may("teams", "teams in the order in which they lead a period each: `t1=p1+p2;t2=p3`, or posts whose holders at the start are the team", "班组"),
		need("start", "first day", "开始日期", "起始日期"),
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
	}}
	attendanceFile = &fileSpec{Name: "attendance.csv", Doc: "attendance", Columns: []columnSpec{
		need("person", "person code", "人员"),
		need("date", "day", "日期"),
		may("in", "`08:34`, or an instant", "签到"),
		may("out", "likewise; the day after when it is not later than in", "签退"),
		may("status", "`present`, `late`, `field`, `absent`, `leave`", "状态"),
	}}
	positionsFile = &fileSpec{Name: "positions.csv", Doc: "where people were; only those on shift are followed", Columns: []columnSpec{
		need("person", "person code", "人员"),
		need("at", "when", "时间"),
		need("lng", "longitude, degrees, in the system of `crs`", "经度"),
		need("lat", "latitude, degrees, in the system of `crs`", "纬度"),
		may("accuracy_m", "radius that the device claims, metres", "精度"),
	}}
	boardsFile = &fileSpec{Name: "boards.csv", Doc: "what areas say about themselves on their notice", Columns: []columnSpec{
		need("area", "area code", "区域", "网格"),
		need("facts", "what the area is", "基本情况"),
		need("goals", "what is to be reached", "治理目标", "目标"),
		fromColumn, untilColumn,
	}}
	offersFile  = &fileSpec{Name: "offers.csv", Doc: "what parties bring (资源)", Columns: giving}
	needsFile   = &fileSpec{Name: "needs.csv", Doc: "what is asked for (需求)", Columns: giving}
	rostersFile = &fileSpec{Name: "rosters.csv", Doc: "who is on shift on a post (值班表)", Columns: []columnSpec{
		need("post", "post code", "岗位"),
		may("cycle", "how long one serves before the next: `1` worked day (when empty), `3d`, `2w`, `1m`", "周期"),
		may("days", "days that are worked: `Mon-Fri`, `Mon;Wed`, `1;15;last`; every day when empty", "日期"),
		need("start", "first day of the first turn", "开始日期", "起始日期"),
		need("hours", "`08:00-12:00;14:00-18:00`, `20:00-08:00` overnight, `00:00-24:00`", "时间", "班次"),
		need("people", "people in the order of their turns; `a+b` serve together", "人员"),
		fromColumn, untilColumn,
	}}
	exceptionsFile = &fileSpec{Name: "exceptions.csv", Doc: "changes of single days", Columns: []columnSpec{
		need("post", "post code; `*` for leave from every post", "岗位"),
		need("date", "day on which the shift begins", "日期"),
		need("kind", "`add`, `remove`, `replace`, `leave`, `swap`", "类型"),
		may("person", "who serves, does not serve or is away", "人员"),
		may("with", "who stands in, or with whom shifts are swapped: `p2`, or `p2@2026-03-05` for that day's", "与", "替换人员"),
		may("consent", "`false` while the other side of a swap has not agreed", "同意"),
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
	fundsFile = &fileSpec{Name: "funds.csv", Doc: "fund lines", Columns: []columnSpec{
		codeColumn, nameColumn,
		need("party", "party that owns the line", "单位"),
		need("purpose", "what the money is for", "用途"),
		need("year", "budget year", "年度"),
		need("amount", "appropriated, yuan", "金额"),
		may("source", "`finance` (when empty), `department`, `social`", "来源"),
		may("special", "`true` for an earmarked fund that may not serve another purpose", "专项"),
		later("parent", "上级"), later("mandate", "准入事项"), later("ceiling", "上限"),
		later("carry", "结转"), later("from", "开始"), later("until", "结束"),
	}}
)

// readFiles are the CSV files this version reads, in the order of reading.
func readFiles() []*fileSpec {
	return []*fileSpec{
		calendarFile, addressesFile, partiesFile, peopleFile, postsFile, appointmentsFile,
		rightsFile, registrationsFile, facilitiesFile, rostersFile, exceptionsFile,
		mattersFile, dutiesFile, fundsFile, eventsFile,
		councilsFile, councilMembersFile, meetingsFile, topicsFile, votesFile,
		boardsFile, offersFile, needsFile, positionsFile,
		householdsFile, visitPlansFile, visitsFile, tasksFile, attendanceFile,
	}
}

// laterFiles are files of format 1 that this version knows but does not read.
// A folder that has one gets a warning.
var laterFiles = []string{
	"list_versions.csv", "standards.csv", "ladders.csv", "admissions.csv",
	"projects.csv", "shares.csv", "deals.csv",
	"scheme.json", "marks.csv", "point_items.csv", "points.csv", "measures.csv",
}

// columnName is the column that a header cell means: itself, or the column of
// the file that has it as an alias.
func columnName(spec *fileSpec, header string) string {
	for _, c := range spec.Columns {
		for _, a := range c.Alias {
			if a == header {
				return c.Name
			}
		}
	}
	return strings.ToLower(header)
}

// valueAliases are the Chinese values of closed sets, by column.
var valueAliases = map[string]map[string]string{
	"kind": {
		"常驻": "resident", "机动": "mobile", "兼职": "part-time", "志愿者": "volunteer", "志愿": "volunteer",
		"加班": "add", "撤班": "remove", "替班": "replace", "请假": "leave", "换班": "swap",
		"议事会": "council", "理事会": "council", "联席会议": "coordination", "例会": "coordination",
		"组织关系": "membership", "报到": "report-in", "志愿服务": "volunteer",
		"部件": "component", "事件": "event", "服务": "service", "诉求": "demand", "微心愿": "wish", "调解": "mediation", "准入事项": "mandate",
		"休": "off", "班": "work",
		"党委": "committee", "部门": "department", "社区": "community", "工作站": "station", "队伍": "squad", "单位": "unit",
		"企业": "company", "物业": "property", "商铺": "shop", "承包商": "contractor", "燃气": "gas", "社会组织": "social", "区": "district",
	},
	"right": {
		"统一指挥": "command", "监督考核": "assess", "人事安排": "appoint", "重要事项决定": "decide",
		"领导保障": "guarantee", "管理监督": "manage", "审批": "approve",
	},
	"facility": {
		"办公用房": "office", "党群服务中心": "service-centre", "统一管理": "unified-management", "统一标识": "unified-insignia",
		"统一装备": "unified-equipment", "统一保障": "unified-support",
	},
	"base":    {"全体": "all", "到会": "present", "投票": "cast"},
	"abstain": {"反对": "against", "不计": "out"},
	"vote":    {"赞成": "yes", "反对": "no", "弃权": "abstain", "有": "true", "无": "false", "是": "true", "否": "false"},
	"strict":  {"是": "true", "否": "false"},
	"result":  {"已完成": "done", "未完成": "undone", "结转": "carried", "通过": "passed", "未通过": "failed", "暂缓": "deferred"},
	"state": {
		"已提出": "raised", "跟踪处理": "tracking", "跟踪中": "tracking", "已处理": "done", "已办结": "done", "已上报": "risen",
		"未通过": "failed", "已撤回": "withdrawn", "暂缓": "deferred",
	},
	"household":     {"重点": "key", "重点户": "key", "常规": "regular", "常规户": "regular"},
	"status":        {"出勤": "present", "正常": "present", "迟到": "late", "外勤": "field", "缺勤": "absent", "请假": "leave"},
	"consent":       {"是": "true", "否": "false"},
	"role":          {"主办": "lead", "协办": "assist", "监管主体": "regulator", "supervisor": "regulator", "整改责任主体": "rectifier", "知会": "notify"},
	"mode":          {"采办分离": "separate", "采办合一": "self", "认领": "claim"},
	"window":        {"工作时间": "work", "休息时间": "rest"},
	"risk":          {"低": "low", "一般": "normal", "安全": "safety"},
	"source":        {"财政": "finance", "部门": "department", "社会": "social"},
	"satisfied":     {"是": "true", "否": "false", "满意": "true", "不满意": "false"},
	"special":       {"是": "true", "否": "false"},
	"truth_on_time": {"是": "true", "否": "false"},
}

// valueName is the value that a cell means in a column with a closed set.
func valueName(column, value string) string {
	if name, ok := valueAliases[column][value]; ok {
		return name
	}
	return value
}
