package responder

import (
	"strconv"
	"time"

	"github.com/gridgov/gridgov/internal/phrase"
)

var reasonCodes = [reasonsEnd]string{
	OffDuty: "off-duty", NotOfParty: "not-of-party", NoPowers: "no-powers", Unskilled: "unskilled", NotOfArea: "not-of-area",
	Full: "full", Unplaced: "unplaced", Stale: "stale", TooFar: "too-far", Refused: "refused",
}

var texts = phrase.Catalog{
	"off-duty":     {"not on duty", "不在岗"},
	"not-of-party": {"not of the party in charge", "不属于责任单位"},
	"no-powers":    {"part-time or a volunteer, may not enforce", "兼职或志愿人员，不得执法"},
	"unskilled":    {"lacks the skill {0}", "缺少技能{0}"},
	"not-of-area":  {"serves other areas", "不负责该区域"},
	"full":         {"has {1} cases in hand already", "在办{1}件，已满"},
	"unplaced":     {"position not known", "位置不明"},
	"stale":        {"last seen too long ago ({2})", "定位过时（{2}）"},
	"too-far":      {"too far away", "超出范围"},
	"refused":      {"ruled out by the host", "不符合自定条件"},

	"second": {"{0} second", "{0}秒"}, "seconds": {"{0} seconds", "{0}秒"}, "minute": {"{0} minute", "{0}分钟"}, "minutes": {"{0} minutes", "{0}分钟"},

	"nobody": {"nobody is fit", "无合适人员"},
	"taken":  {"everybody who is fit is needed elsewhere", "合适人员均已派往他处"},
	"dear":   {"sending anybody costs more than leaving it", "派人成本高于暂缓成本"},

	"fault":          {"responder: {0}: {1}", "派遣：{0}：{1}"},
	"more":           {"and {0} more", "另有{0}处"},
	ErrCode.Error():  {ErrCode.Error(), "编码无效"},
	ErrTwice.Error(): {ErrTwice.Error(), "重复出现"},
	ErrPlace.Error(): {ErrPlace.Error(), "不是有效位置"},
	ErrRange.Error(): {ErrRange.Error(), "超出范围"},
	ErrMany.Error():  {ErrMany.Error(), "数量过多"},
}

// Reasons lists every reason in order of precedence.
func Reasons() []Reason {
	list := make([]Reason, 0, reasonsEnd-1)
	for r := OffDuty; r < reasonsEnd; r++ {
		list = append(list, r)
	}
	return list
}

// String is the reason's code, "off-duty"; "" for what is none.
func (r Reason) String() string {
	if r >= reasonsEnd {
		return ""
	}
	return reasonCodes[r]
}

// age is how old a position is, in whole minutes from one minute on, else in seconds.
func age(lang string, d time.Duration) string {
	unit, n := "second", int64(d/time.Second)
	if d >= time.Minute || d <= -time.Minute {
		unit, n = "minute", int64(d/time.Minute)
	}
	if n != 1 {
		unit += "s"
	}
	return texts.Text(lang, unit, strconv.FormatInt(n, 10))
}
