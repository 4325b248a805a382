package track

import (
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/phrase"
)

// Want is who is looked for and where (就近调配的条件). The functions are the host's;
// they are called with people on duty who have a fresh and exact fix, in the order
// of distance, and must not call the Tracker's writer.
type Want struct {
	Point orb.Point // WGS84 degrees, seen as grid.Snap answers it
	K     int       // how many
	At    time.Time // the instant that is asked about, usually now

	Within      grid.Meters // how far off at most, to the millimetre; 0: any distance
	MaxAccuracy grid.Meters // the worst accuracy that will do; 0: whatever was taken in

	Skills  []Code                                      // all are needed
	Skilled func(person, skill Code, at time.Time) bool // nil: nobody has any
	Groups  []Code                                      // one is enough
	InGroup func(person, group Code, at time.Time) bool // nil: nobody is in any; party.Directory.InGroup is one
	Fit     func(person Code) (lacks Code, ok bool)     // further needs; nil: none
	Busy    func(person Code) (with Code, busy bool)    // nil: nobody is busy
}

// Reason is why somebody was passed over. Of several the first one is answered.
type Reason uint8

// The reasons, in order of precedence.
const (
	NotOnDuty  Reason = 1 + iota // at Want.At; such people are counted, never listed
	Stale                        // the latest fix is older than Options.StaleAfter, or later than Want.At by more than Options.Ahead
	TooInexact                   // its accuracy is above Want.MaxAccuracy
	Unskilled                    // What is the first of Want.Skills that is missing
	NotInGroup                   // in none of Want.Groups
	Unfit                        // What is what Want.Fit said
	Occupied                     // What is what Want.Busy said
	Beyond                       // farther than Want.Within, and fit
	reasonsEnd
)

var reasonCodes = [reasonsEnd]string{
	NotOnDuty: "off-duty", Stale: "stale", TooInexact: "inexact", Unskilled: "unskilled",
	NotInGroup: "not-in-group", Unfit: "unfit", Occupied: "busy", Beyond: "beyond",
}

var reasonTexts = phrase.Catalog{
	"off-duty":     {"not on duty", "不在岗"},
	"stale":        {"last seen too long ago ({1})", "定位过时（{1}）"},
	"inexact":      {"position not exact enough", "定位精度不足"},
	"unskilled":    {"lacks the skill {0}", "缺少技能{0}"},
	"not-in-group": {"in none of the groups asked for", "不在所需组群"},
	"unfit":        {"does not fit: {0}", "不符合条件：{0}"},
	"busy":         {"busy with {0}", "正在处理{0}"},
	"beyond":       {"too far away", "超出范围"},
}

// Reasons lists every reason in order of precedence.
func Reasons() []Reason {
	return []Reason{NotOnDuty, Stale, TooInexact, Unskilled, NotInGroup, Unfit, Occupied, Beyond}
}

// String is the reason's code, "off-duty"; "" for what is none.
func (r Reason) String() string {
	if r >= reasonsEnd {
		return ""
	}
	return reasonCodes[r]
}

// Candidate is somebody chosen.
type Candidate struct {
	Person   Code
	Away     grid.Meters   // geodesic, in whole millimetres
	Age      time.Duration // of the fix at Want.At; negative for one of a device that is ahead
	Accuracy grid.Meters   // in millimetres, rounded up
}

// Passed is somebody who was nearer and was passed over.
type Passed struct {
	Candidate
	Reason Reason
	What   Code // see the reasons
}

// Text is the reason in lang: "zh" is Chinese, anything else English.
func (p Passed) Text(lang string) string {
	return reasonTexts.Text(lang, p.Reason.String(), string(p.What), p.Age.Truncate(time.Second).String())
}

// PassedMax is how many people Answer.Passed lists: what a dispatcher can read.
const PassedMax = 32

// Answer is who was chosen and why nobody nearer was.
type Answer struct {
	Chosen []Candidate // nearest first, ties by code
	Passed []Passed    // in the same order, the first PassedMax of them that may be listed
	Short  int         // how many of Want.K are missing
	counts [reasonsEnd]int
}

// Count is how many people were passed over for a reason, listed or not.
func (a *Answer) Count(r Reason) int {
	if r >= reasonsEnd {
		return 0
	}
	return a.counts[r]
}
