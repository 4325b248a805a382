package street

// The files about the place, what happens there and the money.
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
	mattersFile = &fileSpec{Name: "matters.csv", Doc: "categories of things that happen or are asked", Columns: []columnSpec{
		codeColumn, nameColumn,
		may("kind", "`component`, `event`, `service`, `demand`, `wish`, `mediation`, `mandate`", "类型"),
		may("risk", "`low`, `normal`, `safety`", "风险"),
		may("duplicate_m", "metres within which an event may repeat an open case of the matter", "重复距离"),
		may("duplicate_h", "hours within which it may; with one of the two cells the other is 50 m or 24 h, with neither events are not compared", "重复小时"),
		may("skills", "what everybody sent to it must know", "技能"),
		may("verify_sample", "share of self-handled cases that somebody else must verify, such as `20%`; empty for all", "抽查比例"),
		may("evidence", "kinds of evidence that finishing a case needs, beside those of its standard", "证据"),
		may("outcomes", "what a case may be closed as; empty for anything, of a `mediation` `settled`, `judicially_confirmed`, `failed`, `referred`", "结果", "结案结果"),
	}}
	dutiesFile = &fileSpec{Name: "duties.csv", Doc: "the responsibility list", Columns: []columnSpec{
		need("id", "rule id", "编号", "编码"),
		need("role", "`lead`, `assist`, `regulator`, `rectifier`, `notify`", "角色", "责任类型"),
		need("matter", "matter and all below it; `*` for all", "事项"),
		need("party", "party or post; `owner(layer)` is who owns the feature of the layer at the place", "责任单位", "单位"),
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
	versionsFile = &fileSpec{Name: "list_versions.csv", Doc: "editions of the responsibility list: the rules of one are in force until the next begins, and those of the first also before it", Columns: []columnSpec{
		need("version", "version that rules name", "版本"),
		need("from", "when it comes into force", "开始", "启用时间"),
		need("approved_by", "who approved it: a party or post", "批准单位", "审批单位"),
		need("reason", "why it was made", "理由", "原因"),
		may("notice", "the notice that published it", "文号", "公告"),
	}}
	standardsFile = &fileSpec{Name: "standards.csv", Doc: "when a case is filed, how long it may take and when it is closed; a rule's own limit goes before", Columns: []columnSpec{
		need("matter", "matter and all below it; `*` for all", "事项", "事项编码"),
		may("condition", "condition reported", "情形", "条件"),
		may("name", "what it is called; unique", "名称"),
		need("limit", "time limit, such as `4wh`, `3wd`, `24h`", "时限", "处置时限"),
		may("file_when", "filing condition", "立案条件"),
		may("close_when", "closing condition", "结案条件"),
		may("evidence", "kinds of evidence that finishing a case needs, such as `before;after`", "证据"),
		may("season", "`03-15..05-31`, both days included", "季节"),
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
		may("evidence", "URIs of evidence; `kind=uri` says what it shows, such as `before=photos/17.jpg`, else it is of kind `report`", "证据"),
		may("due_at", "due time imposed by the source", "截止时间", "要求完成时间"),
		may("closed_at", "when it was closed", "结案时间", "办结时间"),
		may("outcome", "outcome code or text", "结果"),
		may("satisfied", "`true`, `false`, or empty for no answer", "满意"),
		may("truth_area", "for back-tests: the true area, of any level", "实际区域"),
		may("truth_party", "for back-tests: the party that handled it", "实际单位"),
		may("truth_on_time", "for back-tests: whether it was on time", "实际按期"),
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
