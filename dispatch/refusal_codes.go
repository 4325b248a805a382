package dispatch

// The codes of refusals, in order of precedence: of two reasons the earlier is
// given. The arguments are listed with each.
const (
	RefusedUnknownCase    = "unknown_case"    // case
	RefusedArchived       = "archived"        // case
	RefusedCaseExists     = "case_exists"     // case
	RefusedEventExists    = "event_exists"    // event, its case
	RefusedMandate        = "mandate_exists"  // mandate
	RefusedUnknownMandate = "unknown_mandate" // mandate
	RefusedStale          = "stale"           // expected version, version
	RefusedState          = "wrong_state"     // case, state, verb
	RefusedNotEntitled    = "not_entitled"    // person, post, party one must serve
	RefusedUnproved       = "unproved"        // errors, finding, matter, area: of the first finding that is one
	RefusedInconsistent   = "inconsistent"    // case, field of an import
	RefusedNoLead         = "no_lead"         // case, status of the decision
	RefusedDoerVerifies   = "doer_verifies"   // case, person or post
	RefusedOffDuty        = "off_duty"        // case, person
	RefusedNotOfParty     = "not_of_party"    // case, person, party
	RefusedNoPowers       = "no_powers"       // case, person
	RefusedUnskilled      = "unskilled"       // case, person, skill
	RefusedStalePosition  = "stale_position"  // case, person, limit
	RefusedFinal          = "final"           // case: a ruling was final
	RefusedSpent          = "right_spent"     // case, party
	RefusedReturnFirst    = "return_first"    // case, party
	RefusedNotRuled       = "not_ruled"       // case
	RefusedAdmitted       = "admitted"        // case, party
	RefusedUnadmitted     = "unadmitted"      // case, party
	RefusedNotSelf        = "not_self"        // case
	RefusedBarred         = "barred"          // case
	RefusedNotClaimed     = "not_claimed"     // case
	RefusedSafety         = "safety"          // case
	RefusedNotSole        = "not_sole"        // case
	RefusedFirm           = "firm"            // case
	RefusedWaiting        = "waiting"         // case
	RefusedNotPushed      = "not_pushed"      // case
	RefusedNotAssisting   = "not_assisting"   // case, party
	RefusedUnknownEvent   = "unknown_event"   // case, event
	RefusedAnswered       = "answered"        // case, who
	RefusedNothingMended  = "nothing_mended"  // case
	RefusedTooOften       = "too_often"       // case, verb, limit
	RefusedNothingDue     = "nothing_due"     // case
	RefusedTooEarly       = "too_early"       // case, verb, instant
	RefusedTooLate        = "too_late"        // case, verb, instant
	RefusedOverLimit      = "over_limit"      // case, limit
	RefusedNotAccepted    = "not_accepted"    // case, rectifier
	RefusedAssistOpen     = "assist_open"     // case, party
	RefusedNoEvidence     = "no_evidence"     // case, the kinds that are missing
	RefusedOutcome        = "outcome"         // case, outcome
	RefusedUnanswered     = "unanswered"      // case, event
	RefusedSameCase       = "same_case"       // case
	RefusedMergedIn       = "merged_in"       // case, the first case merged into it
	RefusedTarget         = "target"          // case, target
	RefusedTooMany        = "too_many"        // case, limit
	RefusedUnnamed        = "unnamed"         // case
	RefusedSameParty      = "same_party"      // case, party
	RefusedPartyRules     = "party_rules"     // case, body
	RefusedUnknownParty   = "unknown_party"   // party
	RefusedUnknownMatter  = "unknown_matter"  // matter
)

// refusals is every code in order of precedence, with its texts.
var refusals = []struct{ code, english, chinese string }{
	{RefusedUnknownCase, "there is no case {0}", "没有案件{0}"},
	{RefusedArchived, "case {0} ended long ago and has left memory", "案件{0}已归档，不能再操作"},
	{RefusedCaseExists, "case {0} exists already", "案件{0}已存在"},
	{RefusedEventExists, "event {0} was filed already, as case {1}", "事件{0}已上报，案件为{1}"},
	{RefusedMandate, "mandate {0} was admitted already", "准入事项{0}已办理准入"},
	{RefusedUnknownMandate, "there is no such mandate {0} to decide on", "没有可办理的准入事项{0}"},
	{RefusedStale, "version {0} was expected, but it is {1}", "期望版本为{0}，当前版本为{1}"},
	{RefusedState, "case {0} is {1}, which does not allow {2}", "案件{0}处于“{1}”状态，不能执行“{2}”"},
	{RefusedNotEntitled, "person {0} on post {1} does not serve {2}", "人员{0}（岗位{1}）不属于{2}，无权操作"},
	{RefusedUnproved, "the list is not proved (errors: {0}), first a {1} of matter {2} in {3}", "职责清单未通过证明：有{0}项错误，首项为{1}（事项{2}，区域{3}）"},
	{RefusedInconsistent, "{1} of the import of case {0} contradicts the rest", "案件{0}迁入数据的“{1}”与其他内容不符"},
	{RefusedNoLead, "case {0} has no certain lead: {1}", "案件{0}无法确定主办单位：{1}"},
	{RefusedDoerVerifies, "{1} did the work of case {0} and may not verify it", "{1}是案件{0}的处置者，不得自行核查"},
	{RefusedOffDuty, "{1} is not on duty and cannot be sent to case {0}", "{1}不在岗，不能派往案件{0}"},
	{RefusedNotOfParty, "{1} is not of {2}, which has case {0}", "{1}不是案件{0}承办单位{2}的人员"},
	{RefusedNoPowers, "case {0} is a matter of enforcement, for which {1} has no powers", "案件{0}为执法事项，{1}无执法权限"},
	{RefusedUnskilled, "{1} lacks the skill {2} that case {0} asks for", "{1}不具备案件{0}所需技能“{2}”"},
	{RefusedStalePosition, "{1} has no position younger than {2} for case {0}", "{1}没有{2}以内的定位，不能派往案件{0}"},
	{RefusedFinal, "a final ruling was given on case {0}", "案件{0}已作出最终裁定"},
	{RefusedSpent, "{1} has returned case {0} once already", "{1}对案件{0}已退件一次，不得再退"},
	{RefusedReturnFirst, "{1} may still return case {0}, and names no new facts", "{1}对案件{0}尚可退件，且未提出新的事实"},
	{RefusedNotRuled, "no ruling was given on case {0}", "案件{0}尚无裁定"},
	{RefusedAdmitted, "the matter of case {0} is admitted for {1}, or needs no admission", "案件{0}的事项已对{1}准入或无需准入"},
	{RefusedUnadmitted, "the matter of case {0} was not admitted for {1}, the return stands", "案件{0}的事项未对{1}准入，退件成立"},
	{RefusedNotSelf, "case {0} is not for whoever finds it to handle", "案件{0}不适用采办合一"},
	{RefusedBarred, "case {0} involves an injury, a penalty or a consent", "案件{0}涉及伤害、处罚或须经同意，不得自行处置"},
	{RefusedNotClaimed, "case {0} was not claimed", "案件{0}不是认领案件"},
	{RefusedSafety, "case {0} is a matter of safety and is not withdrawn", "案件{0}涉及安全，不得撤回"},
	{RefusedNotSole, "others reported case {0} too", "案件{0}另有他人反映，不得撤回"},
	{RefusedFirm, "the time of case {0} may not stand still", "案件{0}的时限不得中止"},
	{RefusedWaiting, "case {0} waits for an answer already", "案件{0}已在等待答复"},
	{RefusedNotPushed, "case {0} has no open rectification", "案件{0}没有待整改事项"},
	{RefusedNotAssisting, "{1} does not assist in case {0}", "{1}不是案件{0}的协办单位"},
	{RefusedUnknownEvent, "event {1} is not part of case {0}", "事件{1}不属于案件{0}"},
	{RefusedAnswered, "{1} was answered or has answered in case {0}, or waits for no answer", "案件{0}中{1}已答复或无需答复"},
	{RefusedNothingMended, "nothing was mended or contested in case {0}", "案件{0}尚无整改结果或异议"},
	{RefusedTooOften, "{1} was done to case {0} {2} times, which is the most", "案件{0}的“{1}”已达{2}次上限"},
	{RefusedNothingDue, "case {0} has no time to extend", "案件{0}没有可延长的时限"},
	{RefusedTooEarly, "{1} of case {0} is not possible before {2}", "案件{0}在{2}之前不能“{1}”"},
	{RefusedTooLate, "{1} of case {0} was possible until {2}", "案件{0}的“{1}”截止于{2}"},
	{RefusedOverLimit, "case {0} cannot have more than {1}", "案件{0}不能超过{1}"},
	{RefusedNotAccepted, "the regulator has not accepted the rectification by {1} in case {0}", "案件{0}中{1}的整改尚未经监管主体验收"},
	{RefusedAssistOpen, "{1} has not done its part of case {0}", "案件{0}的协办单位{1}尚未完成"},
	{RefusedNoEvidence, "evidence that case {0} needs is missing: {1}", "案件{0}缺少规定的证据：{1}"},
	{RefusedOutcome, "{1} is not an outcome that the matter of case {0} knows", "“{1}”不是案件{0}所属事项的结案结果"},
	{RefusedUnanswered, "the reporter of event {1} in case {0} was not answered", "案件{0}中事件{1}的反映人尚未答复"},
	{RefusedSameCase, "case {0} cannot be merged into itself", "案件{0}不能并入自身"},
	{RefusedMergedIn, "case {1} was merged into case {0}", "案件{1}已并入案件{0}"},
	{RefusedTarget, "case {1} is not one that case {0} can join or leave", "案件{0}不能并入或脱离案件{1}"},
	{RefusedTooMany, "case {0} has {1} already", "案件{0}已达{1}个上限"},
	{RefusedUnnamed, "no other party is named for case {0}", "案件{0}未指明应由哪一方办理"},
	{RefusedSameParty, "{1} has case {0} already", "案件{0}已由{1}办理"},
	{RefusedPartyRules, "{1} disputes case {0} and may not rule on it", "{1}是案件{0}的争议方，不得裁定"},
	{RefusedUnknownParty, "there is no party {0} at that time", "届时没有主体{0}"},
	{RefusedUnknownMatter, "there is no matter {0}", "没有事项{0}"},
}

// RefusalCodes lists every code in order of precedence.
func RefusalCodes() []string {
	codes := make([]string, len(refusals))
	for i, r := range refusals {
		codes[i] = r.code
	}
	return codes
}
