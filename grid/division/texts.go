package division

import "github.com/gridgov/gridgov/internal/phrase"

// texts holds every message. A fault has two: its name, and the sentence that
// says what was found, {0}, and what may stand there.
var texts = phrase.Catalog{
	"refused": {"{0}: {1}", "{0}：{1}"},
	"at":      {"at {0}: {1}", "第{0}位：{1}"},

	"invalid":     {"not a valid code", "编码无效"},
	"spreadsheet": {"code was broken by a spreadsheet", "编码被电子表格改写"},
	"length":      {"wrong number of digits", "位数不对"},
	"component":   {"16 digits are a component id", "16位是部件标识码"},
	"wide":        {"full-width digit", "全角数字"},
	"space":       {"space", "空格"},
	"character":   {"not a digit", "不是数字"},
	"province":    {"no such province", "没有这个省级代码"},
	"prefecture":  {"prefecture is missing", "缺少地级代码"},
	"county":      {"county is missing", "缺少县级代码"},
	"street":      {"no such street part", "乡级代码不合规"},
	"community":   {"community is missing", "缺少村级代码"},
	"sequence":    {"sequence is missing", "缺少顺序码"},

	"spreadsheet-found": {"a spreadsheet wrote the code as a number: {0}", "编码被电子表格改写成了数值：{0}"},
	"length-found": {
		"{0} digits; a division code has 2, 4, 6, 9 or 12, a unit grid code 15",
		"有{0}位；行政区划代码为2、4、6、9或12位，单元网格编码为15位",
	},
	"component-found": {
		"{0} digits are a component id (6 county, 2 class, 2 subclass, 6 sequence), not a division code",
		"{0}位是部件标识码（县级6位、大类2位、小类2位、顺序6位），不是区划代码",
	},
	"wide-found":      {"full-width {0}; digits are 0-9", "全角数字{0}；应为半角0-9"},
	"space-found":     {"space {0}; a code has none", "空格{0}；编码中不得有空格"},
	"character-found": {"{0}; digits are 0-9", "{0}；应为数字0-9"},
	"province-found": {
		"no province {0}; there are 11-15, 21-23, 31-37, 41-46, 50-54, 61-65, 71, 81, 82",
		"没有省级代码{0}；有11-15、21-23、31-37、41-46、50-54、61-65、71、81、82",
	},
	"prefecture-found": {
		"prefecture {0} before a place inside it; 01-99 (00 only in 81 and 82)",
		"有下级而地级代码为{0}；应为01-99（仅81、82可为00）",
	},
	"county-found": {
		"county {0} before a place inside it; 01-99 (00 only in 4419, 4420, 4603, 4604, 6202)",
		"有下级而县级代码为{0}；应为01-99（仅4419、4420、4603、4604、6202可为00）",
	},
	"street-found": {
		"street part {0}; 001-099 subdistrict, 100-199 town, 200-399 township, 400-599 similar unit",
		"乡级代码为{0}；应为001-099街道、100-199镇、200-399乡、400-599类似乡级单位",
	},
	"community-found": {"community {0} before a unit grid; 001-999", "有单元网格而村级代码为{0}；应为001-999"},
	"sequence-found":  {"sequence {0}; 001-999", "顺序码为{0}；应为001-999"},

	"level-none":       {"none", "无"},
	"level-province":   {"province", "省级"},
	"level-prefecture": {"prefecture", "地级"},
	"level-county":     {"county", "县级"},
	"level-street":     {"street", "乡级"},
	"level-community":  {"community", "村级"},
	"level-grid":       {"unit grid", "单元网格"},

	"street-none":        {"none", "无"},
	"street-subdistrict": {"subdistrict", "街道"},
	"street-town":        {"town", "镇"},
	"street-township":    {"township", "乡"},
	"street-similar":     {"unit similar to a township", "类似乡级单位"},

	"community-none":            {"none", "无"},
	"community-residents":       {"residents' committee", "居民委员会"},
	"community-villagers":       {"villagers' committee", "村民委员会"},
	"community-like-residents":  {"unit similar to a residents' committee", "类似居民委员会"},
	"community-virtual":         {"virtual community", "虚拟社区"},
	"community-like-villagers":  {"unit similar to a villagers' committee", "类似村民委员会"},
	"community-virtual-village": {"virtual living area", "虚拟生活区"},
	"community-local":           {"numbered by the city", "地方自编"},

	"contradiction": {"{0} does not lie in {1}: {2}", "{0}不属于{1}：{2}"},
	"mismatch":      {"at {0}: {1} {2}, the parent's is {3}", "第{0}位：{1}代码为{2}，上级为{3}"},
	"not-inside":    {"a {0} cannot lie in a {1}", "{0}不能是{1}的下级"},
}

// levelTexts is the message of each level.
var levelTexts = [Grid + 1]string{
	"level-none", "level-province", "level-prefecture", "level-county", "level-street", "level-community", "level-grid",
}

var streetTexts = [TownshipLike + 1]string{
	"street-none", "street-subdistrict", "street-town", "street-township", "street-similar",
}

var communityTexts = [LocalCommunity + 1]string{
	"community-none", "community-residents", "community-villagers", "community-like-residents",
	"community-virtual", "community-like-villagers", "community-virtual-village", "community-local",
}
