package street

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

// The files about who there is and what they have.
var (
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
		may("limit", "largest amount it may approve in one command, yuan; blank: no limit", "审批权限"),
		may("duties_text", "what it is there for, as a notice shows it", "职责"),
	}}
	appointmentsFile = &fileSpec{Name: "appointments.csv", Doc: "who holds which post", Columns: []columnSpec{
		need("person", "person code", "人员"),
		need("post", "post code", "岗位"),
		may("kind", "`resident`, `mobile`, `part-time`, `volunteer`", "类型"),
		need("from", "first instant, inclusive", "开始", "起始时间"),
		untilColumn,
	}}
	rightsFile = &fileSpec{Name: "rights.csv", Doc: "who may do what, and where: a right that no row gives to anybody binds nobody", Columns: []columnSpec{
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
	groupsFile = &fileSpec{Name: "groups.csv", Doc: "people put together for a task across squads, until it ends (灵活组群)", Columns: []columnSpec{
		codeColumn, nameColumn,
		may("purpose", "what it is for", "任务", "用途"),
		may("lead", "one of `members`", "组长", "负责人"),
		need("members", "people", "成员", "人员"),
		fromColumn,
		need("until", "end of the group, exclusive", "结束", "截止时间", "失效时间"),
	}}
	fieldsFile = &fileSpec{Name: "fields.csv", Doc: "items of data that one party collects for all (一次采集): others take them from there", Columns: []columnSpec{
		codeColumn,
		need("owner", "party that collects it, one at a time", "采集单位", "主责单位"),
		fromColumn, untilColumn,
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
)
