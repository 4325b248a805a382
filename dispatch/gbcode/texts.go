package gbcode

import "github.com/gridgov/gridgov/internal/phrase"

// texts holds every message. A fault has two: its name, and the sentence that
// says what was found, {0}, and what may stand there. That of ErrLength is named
// by what was to be read.
var texts = phrase.Catalog{
	"refused": {"{0}: {1}", "{0}：{1}"},
	"at":      {"at {0}: {1}", "第{0}位：{1}"},

	"provenance": {
		"Names taken from a public repository that attributes them to GB/T 47678.5-2026; not compared with the printed standard.",
		"名称取自一个公开代码库，该库称其出自GB/T 47678.5-2026；未与标准印刷本核对。",
	},

	"kind-part":   {"managed part", "管理部件"},
	"kind-matter": {"managed matter", "管理事项"},
	"kind-none":   {"none", "无"},

	"invalid":     {"not a valid code", "编码无效"},
	"kind":        {"no such kind", "没有这个类别"},
	"spreadsheet": {"code was broken by a spreadsheet", "编码被电子表格改写"},
	"length":      {"wrong number of digits", "位数不对"},
	"form":        {"wrong dots", "点号位置不对"},
	"wide":        {"full-width digit", "全角数字"},
	"space":       {"space", "空格"},
	"character":   {"not a digit", "不是数字"},
	"county":      {"not a county", "不是县级代码"},
	"class":       {"class is missing", "缺少大类代码"},
	"subclass":    {"subclass is missing", "缺少小类代码"},
	"sequence":    {"sequence is missing", "缺少顺序码"},
	"number":      {"number is missing", "缺少序号"},

	"kind-found":        {"kind {0}; a code is of a part (1) or a matter (2)", "类别为{0}；应为管理部件（1）或管理事项（2）"},
	"spreadsheet-found": {"a spreadsheet wrote the code as a number: {0}", "编码被电子表格改写成了数值：{0}"},
	"length-component-found": {
		"{0} digits; a component id has 16 (6 county, 2 class, 2 subclass, 6 sequence)",
		"有{0}位；部件标识码为16位（县级6位、大类2位、小类2位、顺序6位）",
	},
	"length-event-found": {
		"{0} digits; an event code has 10 (6 county, 2 class, 2 subclass)",
		"有{0}位；事件代码为10位（县级6位、大类2位、小类2位）",
	},
	"length-item-found": {
		"{0} digits; a part or matter has 5 (2 class, 3 number), a class 2",
		"有{0}位；部件、事项代码为5位（大类2位、序号3位），大类为2位",
	},
	"form-found":      {"{0}; a code is part.01 or part.01.001", "{0}；应为part.01或part.01.001"},
	"wide-found":      {"full-width {0}; digits are 0-9", "全角数字{0}；应为半角0-9"},
	"space-found":     {"space {0}; a code has none", "空格{0}；编码中不得有空格"},
	"character-found": {"{0}; digits are 0-9", "{0}；应为数字0-9"},
	"county-found":    {"{0} is not a county", "{0}不是县级代码"},
	"class-found":     {"class {0}; 01-99", "大类代码为{0}；应为01-99"},
	"subclass-found":  {"subclass {0}; 01-99", "小类代码为{0}；应为01-99"},
	"sequence-found":  {"sequence {0}; 000001-999999", "顺序码为{0}；应为000001-999999"},
	"number-found":    {"number {0}; 001-999", "序号为{0}；应为001-999"},
}
