package street

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

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

// readFiles are the CSV files this version reads, in the order of reading.
func readFiles() []*fileSpec {
	return []*fileSpec{
		calendarFile, addressesFile, partiesFile, peopleFile, postsFile, appointmentsFile,
		rightsFile, registrationsFile, facilitiesFile, groupsFile, fieldsFile, rostersFile, exceptionsFile,
		mattersFile, versionsFile, standardsFile, dutiesFile, laddersFile, fundsFile, admissionsFile, eventsFile,
		councilsFile, councilMembersFile, meetingsFile, topicsFile, votesFile,
		boardsFile, offersFile, needsFile, positionsFile,
		householdsFile, visitPlansFile, visitTeamsFile, visitsFile, tasksFile, attendanceFile,
	}
}

// laterFiles are files of format 1 that this version knows but does not read.
// A folder that has one gets a warning.
var laterFiles = []string{
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
	"outcome":       {"已调解": "settled", "达成调解": "settled", "调解成功": "settled", "mediated": "settled", "司法确认": "judicially_confirmed", "调解不成": "failed", "移送": "referred"},
	"household":     {"重点": "key", "重点户": "key", "常规": "regular", "常规户": "regular"},
	"status":        {"出勤": "present", "正常": "present", "迟到": "late", "外勤": "field", "缺勤": "absent", "请假": "leave"},
	"consent":       {"是": "true", "否": "false"},
	"role":          {"主办": "lead", "协办": "assist", "监管主体": "regulator", "supervisor": "regulator", "整改责任主体": "rectifier", "知会": "notify"},
	"mode":          {"采办分离": "separate", "采办合一": "self", "认领": "claim"},
	"window":        {"工作时间": "work", "休息时间": "rest"},
	"ladder":        {"争议": "dispute", "争议裁定": "dispute", "督办": "overdue", "督办升级": "overdue", "超期": "overdue"},
	"card":          {"黄牌": "yellow", "红牌": "red"},
	"final":         {"是": "true", "否": "false"},
	"decision":      {"准入": "admitted", "同意": "admitted", "不予准入": "denied", "不同意": "denied"},
	"risk":          {"低": "low", "一般": "normal", "安全": "safety"},
	"source":        {"财政": "finance", "部门": "department", "社会": "social"},
	"satisfied":     {"是": "true", "否": "false", "满意": "true", "不满意": "false"},
	"special":       {"是": "true", "否": "false"},
	"truth_on_time": {"是": "true", "否": "false"},
}

// valueWords are values of a closed set, as a list is written, in Chinese where there is
// a word: of several the first.
func valueWords(column, list string) string {
	words := strings.Split(list, ", ")
	for i, value := range words {
		for _, word := range slices.Sorted(maps.Keys(valueAliases[column])) {
			if valueAliases[column][word] == value && word[0] >= utf8.RuneSelf {
				words[i] = word
				break
			}
		}
	}
	return strings.Join(words, "、")
}

// valueName is the value that a cell means in a column with a closed set.
func valueName(column, value string) string {
	if name, ok := valueAliases[column][value]; ok {
		return name
	}
	return value
}
