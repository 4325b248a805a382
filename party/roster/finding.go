package roster

import (
	"cmp"
	"strconv"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
	"github.com/gridgov/gridgov/internal/phrase"
)

// FindingCode says what is wrong with a roster.
type FindingCode string

// What Roster.Findings tells about an exception.
const (
	NoShift   FindingCode = "no_shift"   // it matches no shift
	NoConsent FindingCode = "no_consent" // a swap to which the other side has not agreed
	Twice     FindingCode = "twice"      // the person already serves there: an addition or swap did nothing, a replacement left one
)

// What Roster.Check finds.
const (
	DoubleBooked FindingCode = "double_booked" // Person has two shifts at once, on Post and Other
	ShortRest    FindingCode = "short_rest"    // Person's rest between Post and Other is shorter than Limit minutes
	LongDuty     FindingCode = "long_duty"     // Person's duty from Post to Other is longer than Limit minutes without a break
	LeaveOverlap FindingCode = "leave_overlap" // Person's shift on Post reaches into their leave
	OverHours    FindingCode = "over_hours"    // Person has Minutes in a month, more than Limit
	Understaffed FindingCode = "understaffed"  // Have people serve where Limit should; Post is the name of the rule
	Unmanned     FindingCode = "unmanned"      // nobody serves on Post within its hours
)

// What speaks against somebody whom Fill passed over, besides what Check finds and
// NoShift: no exception would put them there, such as for somebody taken off that day.
const Unfit FindingCode = "unfit" // Filling.Fit says no

// Finding is one thing wrong: what, who, where, from when until when.
type Finding struct {
	Code        FindingCode
	Person      Code
	With        Code // of an exception: the other person
	Post        Code
	Other       Code // the other post
	From, Until time.Time
	Minutes     int64 // whole minutes: between From and Until, for OverHours on duty in between
	Limit       int64
	Have        int64
	Kind        Kind   // of an exception
	Reason      Reason // Unmanned: the first reason why
}

// Text says the finding in lang: "zh" is Chinese, anything else English. Instants
// are written in zone; nil is UTC.
func (f Finding) Text(lang string, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	layout := "2006-01-02 15:04"
	return findingTexts.Text(lang, string(f.Code), f.From.In(zone).Format(layout), f.Until.In(zone).Format(layout),
		string(f.Person), string(f.Post), string(f.Other), strconv.FormatInt(f.Minutes, 10),
		strconv.FormatInt(f.Limit, 10), strconv.FormatInt(f.Have, 10), string(f.Kind), string(f.With), f.Reason.Text(lang))
}

// Text says the reason in lang: "zh" is Chinese, anything else English.
func (r Reason) Text(lang string) string { return reasonTexts.Text(lang, string(r)) }

// findingTexts: {0} from, {1} until, {2} person, {3} post, {4} other post, {5}
// minutes, {6} limit, {7} have, {8} kind, {9} other person, {10} reason.
var findingTexts = phrase.Catalog{
	"no_shift":      {"{0}: {8} of {2} on {3} matches no shift", "{0}：{3} 对 {2} 的 {8} 没有对应的班次"},
	"no_consent":    {"{0}: swap of {2} with {9} on {3} lacks consent", "{0}：{2} 与 {9} 在 {3} 的换班未经对方同意"},
	"twice":         {"{0}: {8} of {2} on {3} would have somebody serve twice", "{0}：{3} 对 {2} 的 {8} 会使同一人重复当班"},
	"double_booked": {"{0} to {1}: {2} is on {3} and {4} at once, {5} min", "{0}至{1}：{2} 同时在 {3} 和 {4} 当班{5}分钟"},
	"short_rest":    {"{0} to {1}: {2} rests {5} min between {3} and {4}, less than {6}", "{0}至{1}：{2} 在 {3} 与 {4} 之间仅休息{5}分钟，少于{6}分钟"},
	"long_duty":     {"{0} to {1}: {2} is on duty from {3} to {4} for more than {6} min without a break", "{0}至{1}：{2} 从 {3} 到 {4} 连续当班超过{6}分钟"},
	"leave_overlap": {"{0} to {1}: {2} is on {3} while on leave, {5} min", "{0}至{1}：{2} 请假期间仍在 {3} 当班{5}分钟"},
	"over_hours":    {"{0} to {1}: {2} is on duty {5} min, more than {6}", "{0}至{1}：{2} 当班{5}分钟，超过{6}分钟"},
	"understaffed":  {"{0} to {1}: {7} on duty for {3}, fewer than {6}, {5} min", "{0}至{1}：{3} 当班{7}人，少于{6}人，共{5}分钟"},
	"unmanned":      {"{0} to {1}: nobody on {3}, {5} min: {10}", "{0}至{1}：{3} 无人当班{5}分钟：{10}"},
}

// againstTexts is what speaks against a candidate.
var againstTexts = phrase.Catalog{
	"double_booked": {"has another shift then", "同时有其他班次"},
	"short_rest":    {"would rest too little", "休息时间不足"},
	"long_duty":     {"would be on duty too long", "连续当班过长"},
	"leave_overlap": {"is on leave", "请假"},
	"over_hours":    {"would have too many hours in the month", "当月工时超限"},
	"unfit":         {"does not fit", "不符合条件"},
	"no_shift":      {"is taken off or replaced that day", "当日已撤班或被替班"},
}

var reasonTexts = phrase.Catalog{
	string(InTurn):        {"in turn", "轮到"},
	string(Added):         {"added", "加班"},
	string(Replaced):      {"stands in", "替班"},
	string(Swapped):       {"swapped", "换班"},
	string(NoRotation):    {"no rotation", "没有轮班"},
	string(OffHours):      {"off hours", "非值班时段"},
	string(EmptyRotation): {"rotation without members", "轮班没有成员"},
	string(EmptyTeam):     {"team without people", "班组没有人员"},
	string(OnLeave):       {"on leave", "请假"},
	string(Removed):       {"taken off", "撤班"},
}

// exceptionFinding is the finding about one exception, on its whole date.
func exceptionFinding(clock *civil.Clock, code FindingCode, e *Exception) Finding {
	n := e.Date.Number()
	return finished(Finding{
		Code: code, Person: e.Person, With: e.With, Post: e.Post, Kind: e.Kind,
		From: millis(clock.Instant(n * civil.Day)), Until: millis(clock.Instant((n + 1) * civil.Day)),
	})
}

// finished fills in the minutes between From and Until.
func finished(f Finding) Finding {
	f.Minutes = int64(f.Until.Sub(f.From) / time.Minute)
	return f
}

// compareFindings is a total order of findings: by time, then who and where.
func compareFindings(a, b Finding) int {
	return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.Post, b.Post), cmp.Compare(a.Person, b.Person),
		cmp.Compare(a.With, b.With), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Other, b.Other), a.Until.Compare(b.Until), cmp.Compare(a.Have, b.Have), cmp.Compare(a.Limit, b.Limit))
}
