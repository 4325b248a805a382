package dispatch

import "github.com/gridgov/gridgov/internal/phrase"

// Text is the notice in words, with whom it is for and its card: "zh" is Chinese,
// anything else English. Every fact that anybody is told of has its own sentence.
func (n Notice) Text(lang string) string {
	text := noticeTexts.Text(lang, n.Why, string(n.Case))
	if n.Card != NoCard {
		text += noticeFrames.Text(lang, string(n.Card))
	}
	return noticeFrames.Text(lang, "to", string(n.To), text)
}

// noticeFrames say whom a notice is for and with which card it comes.
var noticeFrames = phrase.Catalog{
	"to":               {"to {0}: {1}", "通知{0}：{1}"},
	string(YellowCard): {", with a yellow card", "，并亮黄牌"},
	string(RedCard):    {", with a red card", "，并亮红牌"},
}

// noticeTexts say why somebody is told: one for every kind of fact that concerned
// answers anybody for. {0} is the case.
var noticeTexts = phrase.Catalog{
	"case_filed":        {"case {0} was reported", "案件{0}已上报"},
	"case_imported":     {"case {0} was brought over from another system", "案件{0}已从其他系统迁入"},
	"owner_unclear":     {"case {0} has no certain lead, the duty desk answers for it", "案件{0}主办未定，由值班台负责"},
	"supplement_asked":  {"more is wanted about case {0}", "案件{0}需要补充材料"},
	"supplement_given":  {"what was asked for about case {0} has come", "案件{0}已补充材料"},
	"supplement_lapsed": {"nobody answered in time what was asked about case {0}", "案件{0}逾期未补充材料"},
	"case_rejected":     {"case {0} is not taken on", "案件{0}不予受理"},
	"case_cancelled":    {"case {0} was withdrawn", "案件{0}已撤回"},
	"case_closed":       {"case {0} is closed", "案件{0}已结案"},
	"attached":          {"case {0} was reported once more", "案件{0}并入一次新的上报"},
	"called_back":       {"the reporter was asked about the result of case {0}", "案件{0}已回访反映人"},
	"reopened":          {"case {0} was taken up again", "案件{0}已重新立案"},
	"merged":            {"case {0} goes on as part of another", "案件{0}已并入其他案件"},
	"merged_in":         {"another case was merged into case {0}", "有案件并入案件{0}"},
	"split":             {"case {0} stands alone again", "案件{0}已拆出单独办理"},
	"split_off":         {"a case was split off case {0}", "有案件从案件{0}拆出"},
	"dispatched":        {"case {0} was dispatched", "案件{0}已派遣"},
	"claimed":           {"case {0} was claimed", "案件{0}已认领"},
	"unclaimed":         {"case {0} was given back by who claimed it", "案件{0}已放弃认领"},
	"ack_deemed":        {"case {0} counts as acknowledged, for nobody did in time", "案件{0}逾期未签收，视为已签收"},
	"assigned":          {"people were sent to case {0}", "案件{0}已派员"},
	"handed_over":       {"case {0} was handed to the duty desk", "案件{0}已移交值班台"},
	"work_done":         {"the work on case {0} is done", "案件{0}已处置完成"},
	"verified":          {"case {0} was found done", "案件{0}核查通过"},
	"verify_failed":     {"case {0} was not found done", "案件{0}核查不通过"},
	"verify_lapsed":     {"nobody verified case {0} in time", "案件{0}逾期未核查"},
	"verify_waived":     {"case {0} needs no verification", "案件{0}免予核查"},
	"rework_ordered":    {"case {0} must be done again", "案件{0}须返工"},
	"reworks_spent":     {"case {0} was done again as often as allowed, the duty desk has it", "案件{0}返工已达上限，转由值班台办理"},
	"redirected":        {"case {0} was given to somebody else", "案件{0}已改派"},
	"return_accepted":   {"the return of case {0} was accepted", "案件{0}的退件已同意"},
	"review_lapsed":     {"nobody looked at the return of case {0} in time", "案件{0}的退件逾期未审"},
	"return_asked":      {"case {0} was returned as somebody else's", "案件{0}申请退件"},
	"return_refused":    {"the return of case {0} was refused", "案件{0}的退件未获同意"},
	"dispute_opened":    {"case {0} is disputed", "案件{0}已提出权属争议"},
	"dispute_appealed":  {"the ruling on case {0} was appealed", "案件{0}的裁定已申请复核"},
	"dispute_raised":    {"the dispute about case {0} went up a level, for nobody ruled in time", "案件{0}的争议逾期未裁定，已逐级上报"},
	"dispute_settled":   {"the dispute about case {0} was settled by consent", "案件{0}的争议已协商一致"},
	"dispute_ruled":     {"the dispute about case {0} was ruled on", "案件{0}的争议已裁定"},
	"due_extended":      {"the time of case {0} was extended", "案件{0}已延期"},
	"due_revised":       {"the dues of case {0} follow the new working days", "案件{0}的时限已按新的工作日调整"},
	"suspended":         {"case {0} is suspended", "案件{0}已挂起"},
	"resumed":           {"case {0} goes on", "案件{0}已恢复办理"},
	"rezoned":           {"case {0} lies in another area by the new map", "案件{0}因网格调整改属其他区域"},
	"review_due":        {"case {0} is to be looked at again", "案件{0}须督办复核"},
	"stage_overdue":     {"a stage of case {0} ran out of time", "案件{0}的一个阶段已超期"},
	"total_overdue":     {"case {0} is overdue", "案件{0}已超期"},
	"ladder_raised":     {"case {0} was raised on the overdue ladder", "案件{0}已升级督办"},
	"note_deemed":       {"case {0} counts as noted, for nobody said so in time", "案件{0}逾期未接收，视为已接收"},
	"finding_contested": {"the finding of case {0} is contested", "案件{0}的认定被提出异议"},
	"rectify_reported":  {"what case {0} is about was mended", "案件{0}已整改完成"},
	"rectify_accepted":  {"the rectification in case {0} was accepted", "案件{0}的整改通过验收"},
	"rectify_declined":  {"the rectification in case {0} was not accepted", "案件{0}的整改未通过验收"},
	"rectify_lapsed":    {"the rectification in case {0} ran out of time", "案件{0}逾期未整改"},
	"assist_reported":   {"an assisting party has done its part of case {0}", "案件{0}的协办单位已完成协办"},
}
