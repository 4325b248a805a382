package assess

// The marks that the presets are made of. A host may use any others.
const (
	MarkDue          = "due"            // was to be closed within the period (应结案)
	MarkClosed       = "closed"         // has been closed (结案)
	MarkClosedOnTime = "closed_on_time" // closed at or before the due instant (按期结案)
	MarkClosedLate   = "closed_late"    // closed after the due instant (超期结案)
	MarkDone         = "done"           // has been handled (处置)
	MarkRework       = "rework"         // came back at least once (返工)
	MarkAnswered     = "answered"       // a valid answer to the visit was given (有效回访)
	MarkSatisfied    = "satisfied"      // and the answer was good (满意)
	MarkDeferred     = "deferred"       // may wait, by decision (缓办)
	MarkMerged       = "merged"         // went into another case (并案)
	MarkCancelled    = "cancelled"      // withdrawn (撤销)
	MarkRejected     = "rejected"       // was not to be filed (不予立案)
	MarkExempt       = "exempt"         // late, but excused on appeal (申诉免责)
	MarkToHandle     = "to_handle"      // was to be handled within the period (应处置)
	MarkDoneOnTime   = "done_on_time"   // handled at or before the due instant (按期处置)
	MarkPendingLate  = "pending_late"   // past its due and not handled (超期待处置)
	MarkExtended     = "extended"       // got more time on application (延期)
	MarkToAnswer     = "to_answer"      // the citizen was to be answered (应响应)
	MarkResponded    = "responded"      // the citizen was answered in time (响应)
	MarkSolved       = "solved"         // the citizen says that it is solved (解决)
)

// The codes of the presets.
const (
	OnTimeRate       Code = "on_time_rate"      // 按期结案率
	ClosingRate      Code = "closing_rate"      // 结案率
	LateClosingRate  Code = "late_closing_rate" // 超期结案率
	ReworkRate       Code = "rework_rate"       // 返工率
	SatisfactionRate Code = "satisfaction_rate" // 满意率
)

// The codes of the indicators that only formulas use.
const (
	HandlingRate       Code = "handling_rate"         // 日常处置率
	OnTimeHandlingRate Code = "on_time_handling_rate" // 按期处置率
	PendingLateRate    Code = "pending_late_rate"     // 超期待处置率
	ExtensionRate      Code = "extension_rate"        // 延期率
	DueReworkRate      Code = "due_rework_rate"       // 返工率, of the cases due
	ResponseRate       Code = "response_rate"         // 响应率
	SolvingRate        Code = "solving_rate"          // 解决率
)

// Presets are the indicators in common use, by code, with names in lang ("zh"
// is Chinese, anything else English). Rates of closing go by the cases due in
// the period less the deferred; merged, cancelled and rejected cases leave every
// denominator, and a case excused on appeal leaves the rates that speak of being
// late. A preset is data: cities define some of these differently, so
// change a copy where the local rule differs. The closing rates follow the
// practice of CJ/T 292 and GB/T 30428.4.
func Presets(lang string) []Indicator {
	gone := func(more ...string) []string {
		return append(more, MarkMerged, MarkCancelled, MarkRejected)
	}
	pick := 0
	if lang == "zh" {
		pick = 1
	}
	return []Indicator{
		{ClosingRate, [2]string{"closing rate", "结案率"}[pick], MarkDue, MarkClosed, gone(MarkDeferred)},
		{LateClosingRate, [2]string{"late closing rate", "超期结案率"}[pick], MarkDue, MarkClosedLate, gone(MarkDeferred, MarkExempt)},
		{OnTimeRate, [2]string{"on-time rate", "按期结案率"}[pick], MarkDue, MarkClosedOnTime, gone(MarkDeferred, MarkExempt)},
		{ReworkRate, [2]string{"rework rate", "返工率"}[pick], MarkDone, MarkRework, gone()},
		{SatisfactionRate, [2]string{"satisfaction rate", "满意率"}[pick], MarkAnswered, MarkSatisfied, gone()},
	}
}
