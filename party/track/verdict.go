package track

import "github.com/gridgov/gridgov/internal/phrase"

// Verdict is what became of a fix. The refusals are listed in order of
// precedence: of two the earlier is answered.
type Verdict uint8

// The verdicts.
const (
	Accepted  Verdict = 1 + iota
	Malformed         // not a code, a place on the globe, an accuracy from 0 or an instant of the years 1 to 9999
	Ahead             // later than now by more than Options.Ahead
	Expired           // Options.Retention or more before now
	OffDuty           // the person was not on duty at the fix's instant; nothing is kept
	Inexact           // the accuracy is above Options.Accuracy
	Late              // earlier than the person's latest fix by more than Options.Late, or than all of a full track
	Full              // the person has no track yet and Options.People have
	Known             // there is a fix of that instant that is as exact or more so
	Jump              // too far for the time from the fixes before and after
)

var verdictCodes = [...]string{"", "accepted", "malformed", "ahead", "expired", "off-duty", "inexact", "late", "full", "known", "jump"}

var verdictTexts = phrase.Catalog{
	"accepted":  {"accepted", "已接收"},
	"malformed": {"not a fix", "定位数据不合规"},
	"ahead":     {"from the future", "定位时间超前"},
	"expired":   {"older than what is kept", "超过保存期限"},
	"off-duty":  {"not on duty", "不在岗"},
	"inexact":   {"not exact enough", "定位精度不足"},
	"late":      {"too late", "补传过迟"},
	"full":      {"too many people", "人数超限"},
	"known":     {"nothing new", "重复定位"},
	"jump":      {"too far in too short a time", "位置跳变"},
}

// Verdicts lists every verdict.
func Verdicts() []Verdict {
	return []Verdict{Accepted, Malformed, Ahead, Expired, OffDuty, Inexact, Late, Full, Known, Jump}
}

// String is the verdict's code, "off-duty"; "" for what is none.
func (v Verdict) String() string {
	if int(v) >= len(verdictCodes) {
		return ""
	}
	return verdictCodes[v]
}

// Text is the verdict in lang: "zh" is Chinese, anything else English.
func (v Verdict) Text(lang string) string { return verdictTexts.Text(lang, v.String()) }
