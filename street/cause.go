package street

import (
	"errors"

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
	{council.ErrCode, "不能作为编码"}, {council.ErrAssigned, "责任单位与时限、案件、项目只能填一类"}, {council.ErrTopic, "议题编号不能含^且不能过长"},
}

// inChinese puts a cause in Chinese where there are words for it.
func inChinese(err error, text string) string {
	for _, c := range causes {
		if errors.Is(err, c.err) {
			return c.zh
		}
	}
	return text
}
