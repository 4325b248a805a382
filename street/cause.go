package street

import (
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/internal/textenc"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/roster"
)

// causes is in Chinese what other packages say in English of an entry that they refuse.
var causes = []struct {
	err error
	zh  string
}{
	{roster.ErrOverlap, "时段重叠"}, {roster.ErrSelf, "不能由本人替本人"}, {roster.ErrField, "此类调整没有这一项"}, {roster.ErrTogether, "同时值班人数有误"},
	{roster.ErrMember, "成员须是一人或一个班组"}, {roster.ErrDuplicate, "同一时间重复"}, {roster.ErrTooMany, "条目过多"}, {roster.ErrInterval, "结束早于开始"},
	{roster.ErrTurn, "不是轮换周期"}, {roster.ErrDays, "不是日期列表"}, {roster.ErrWindow, "不是时段"}, {roster.ErrTeam, "没有这个班组"},
	{roster.ErrKind, "没有这种调整"}, {roster.ErrPost, "该岗位没有排班"}, {roster.ErrNotMillis, "时间精度超过毫秒"}, {roster.ErrCode, "不能作为编码"},
	{party.ErrInterval, "结束早于开始"}, {party.ErrNoFrom, "任职没有开始时间"}, {party.ErrKind, "没有这个类别"}, {party.ErrQuota, "编制为负数"},
	{party.ErrLimit, "审批权限为负数"}, {party.ErrRight, "没有这种权限"}, {party.ErrNoUntil, "小组没有结束时间"}, {party.ErrArea, "不是面积（平方米）"},
	{party.ErrNotMillis, "时间精度超过毫秒"}, {party.ErrTooMany, "条目过多"}, {party.ErrCode, "不能作为编码"},
	{worktime.ErrOverlap, "时段重叠"}, {worktime.ErrWindow, "不是时段"}, {worktime.ErrWeek, "不是工作周"}, {worktime.ErrTwice, "日期重复"},
	{worktime.ErrDate, "不是1990至2100年的日期"}, {worktime.ErrYears, "年份不在1990至2100之内"}, {worktime.ErrTooMany, "条目过多"},
	{textenc.ErrTooLong, "超过长度上限"}, {textenc.ErrUTF16, "是UTF-16编码，请另存为UTF-8"}, {textenc.ErrNotUTF8, "UTF-8文本中有无效字节"},
	{textenc.ErrNotGB18030, "GB18030文本中有无效字节"}, {textenc.ErrNeither, "既不是UTF-8，也不是GB18030"},
	{council.ErrRatio, "不是0到1之间的比例"}, {council.ErrChair, "主持人不在到会人员中"}, {council.ErrTwice, "重复列出"}, {council.ErrTooLong, "条目过多"},
	{council.ErrInterval, "结束早于开始"}, {council.ErrNumber, "数值超出范围"}, {council.ErrText, "缺少文字、过长或编码有误"}, {council.ErrWord, "不在可选值内"},
	{errAfter, "对象结束之后还有内容"}, {errNoObject, "不是花括号中的对象"},
	{council.ErrCode, "不能作为编码"}, {council.ErrAssigned, "责任单位与时限、案件、项目只能填一类"}, {council.ErrTopic, "议题编号不能含^且不能过长"},
}

// inChinese puts a cause in Chinese where there are words for it.
func inChinese(err error, text string) string {
	for _, c := range causes {
		if errors.Is(err, c.err) {
			return c.zh
		}
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		text = syntax.Error()
	} else if !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return text
	}
	at, what := "", text
	if m := jsonCharacter.FindStringSubmatch(text); m != nil {
		at, what = "字符"+m[1], m[2]
	}
	for _, w := range jsonWords {
		if strings.HasPrefix(what, w.en) {
			return at + w.zh
		}
	}
	return at + "不能出现在此处"
}

// jsonCharacter is how encoding/json names a character that cannot stand where it does.
var jsonCharacter = regexp.MustCompile(`^invalid character ('.+?') (.*)$`)

// jsonWords is in Chinese where encoding/json says a character cannot stand.
var jsonWords = []struct{ en, zh string }{
	{"unexpected E", "文本不完整，缺少结尾"}, {"unexpected end", "文本不完整，缺少结尾"}, {"EOF", "文本为空"},
	{"looking for beginning of value", "处应为一个值"}, {"looking for beginning of object key string", "处应为加引号的键名"},
	{"after object key:value pair", "前缺少逗号或右花括号"}, {"after object key", "前缺少冒号"}, {"after array element", "前缺少逗号或右方括号"},
	{"after top-level value", "出现在对象结束之后"}, {"in literal", "处的词不是null、true、false，文本须加引号"},
	{"in string literal", "不能直接写在文本中"}, {"in string escape code", "不是有效的转义"}, {"in \\u hexadecimal", "不是十六进制数字"},
	{"in numeric literal", "不能出现在数字中"}, {"in exponent", "不能出现在数字中"}, {"after decimal point", "不能出现在数字中"},
}
