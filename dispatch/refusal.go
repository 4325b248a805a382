package dispatch

import (
	"slices"

	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/internal/phrase"
	"github.com/gridgov/gridgov/party"
)

// Refusal is why a well-formed command was not carried out: a code of the closed
// list below and its arguments. It is an answer, not an error.
type Refusal struct {
	Code string   `json:"code"`
	Args []string `json:"args,omitempty"`
}

// Text is the refusal in lang: "zh" is Chinese, anything else English. States,
// verbs, statuses, time limits and rights among the arguments are said in that language too.
func (r Refusal) Text(lang string) string {
	args := r.own().Args
	switch r.Code {
	case RefusedState, RefusedNoLead, RefusedTooOften, RefusedTooEarly, RefusedTooLate:
		for i := 1; i < len(args); i++ {
			args[i] = wordTexts.Text(lang, args[i])
		}
	case RefusedOverLimit, RefusedStalePosition:
		for i := 1; i < len(args); i++ {
			if limit, err := worktime.ParseBudget(args[i]); err == nil && i == len(args)-1 {
				args[i] = limit.Text(lang)
			}
		}
	case RefusedNotEntitled:
		if len(args) == 3 && slices.Contains(party.RightKinds(), party.RightKind(args[2])) {
			return lacksRight.Text(lang, r.Code, args[0], args[1], rightWords.Text(lang, args[2]))
		}
	case RefusedUnproved:
		for i := 1; i < min(2, len(args)); i++ {
			args[i] = findingWords.Text(lang, args[i])
		}
	}
	return refusalTexts.Text(lang, r.Code, args...)
}

// Text is the state in lang: "zh" is Chinese, anything else English.
func (s State) Text(lang string) string { return wordTexts.Text(lang, string(s)) }

// lacksRight is RefusedNotEntitled where a right is asked for and not a party.
var lacksRight = phrase.Catalog{RefusedNotEntitled: {"person {0} on post {1} does not have the right of {2} there", "人员{0}（岗位{1}）在该处没有“{2}”权"}}

var rightWords = phrase.Catalog{
	string(party.RightCommand): {"unified command", "统一指挥"}, string(party.RightAssess): {"assessment", "监督考核"},
	string(party.RightAppoint): {"a say in appointments", "人事安排"}, string(party.RightDecide): {"decision", "重要事项决定"},
	string(party.RightGuarantee): {"a guarantee", "领导保障"}, string(party.RightManage): {"management", "管理监督"},
	string(party.RightApprove): {"approval", "审批"},
}

// wordTexts says states, verbs and statuses.
var wordTexts = phrase.Catalog{
	"filed": {"filed", "已上报"}, "registered": {"registered", "已立案"}, "dispatched": {"dispatched", "已派遣"},
	"acknowledged": {"acknowledged", "已签收"}, "in_progress": {"in progress", "处置中"}, "done": {"done", "已处置"},
	"verified": {"verified", "已核查"}, "closed": {"closed", "已结案"},
	"install": {"install", "启用"}, "file": {"file", "上报"}, "register": {"register", "立案"},
	"dispatch": {"dispatch", "派遣"}, "ack": {"ack", "签收"}, "start": {"start", "开始处置"},
	"finish": {"finish", "完成处置"}, "verify": {"verify", "核查"}, "close": {"close", "结案"}, "admit": {"admit", "准入"},
	"offered": {"waiting for a claimant", "待认领"}, "returned": {"returned", "退件待审"}, "disputed": {"disputed", "权属争议"},
	"suspended": {"suspended", "已挂起"}, "rejected": {"rejected", "不予受理"}, "cancelled": {"cancelled", "已撤回"},
	"merged":    {"merged", "已并案"},
	"file_self": {"self-handling", "采办合一"}, "attach": {"attach", "并入报告"}, "ask_more": {"asking for more", "要求补充"},
	"answer": {"answer", "补充"}, "reject": {"reject", "不予受理"}, "withdraw": {"withdraw", "撤回"}, "claim": {"claim", "认领"},
	"unclaim": {"unclaim", "放弃认领"}, "return": {"return", "退件"}, "accept_return": {"accepting the return", "同意退件"},
	"refuse_return": {"refusing the return", "不同意退件"}, "redirect": {"redirect", "改派"}, "dispute": {"dispute", "提出争议"},
	"agree": {"agree", "协商一致"}, "rule": {"rule", "裁定"}, "rule_none": {"ruling that nobody is competent", "裁定无主管"},
	"appeal": {"appeal", "申请复核"}, "handover": {"handover", "移交"}, "extend": {"extend", "延期"}, "suspend": {"suspend", "挂起"},
	"resume": {"resume", "恢复"}, "note": {"note", "接收"}, "contest": {"contest", "异议"}, "mend": {"mend", "整改完成"},
	"accept": {"accept", "验收"}, "decline": {"decline", "验收不通过"}, "assist_done": {"assisting", "协办完成"},
	"verify_fail": {"failing the verification", "核查不通过"}, "call_back": {"call-back", "回访"}, "rework": {"rework", "返工"},
	"reply": {"reply", "答复"}, "reopen": {"reopen", "重新立案"}, "merge": {"merge", "并案"}, "split": {"split", "拆案"},
	"archive": {"archive", "归档"}, "assign": {"assigning people", "派员"}, "import": {"import", "迁入"}, "apply": {"apply", "准入申请"}, "deny": {"deny", "不予准入"}, "revoke": {"revoke", "准入撤销"},
	string(Decided): {"decided", "已确定"}, string(UnknownMatter): {"unknown matter", "未知事项"},
	string(NoPoint): {"no place given", "未提供地点"}, string(Outside): {"outside the map", "地图范围外"},
	string(NoList): {"no list", "无职责清单"}, string(NoRule): {"no rule", "清单无对应条目"}, string(Tied): {"tie", "条目冲突"},
	string(Unowned): {"no owner", "无权属主体"},
}

// findingWords says the findings of a list that are errors.
var findingWords = phrase.Catalog{
	string(FindingGap): {"gap", "无主办"}, string(FindingTie): {"tie", "条目冲突"}, string(FindingHandover): {"hand-over hole", "换版空档"},
	otherDirectory:         {"directory other than the list's", "主体名录与清单不符"},
	string(FindingUnowned): {"place without an owner", "无权属主体"}, string(FindingExpired): {"party that is absent", "主体已失效"},
}

// refusalTexts says refusals.
var refusalTexts = func() phrase.Catalog {
	texts := phrase.Catalog{}
	for _, r := range refusals {
		texts[r.code] = [2]string{r.english, r.chinese}
	}
	return texts
}()

func newRefusal(code string, args ...string) *Refusal { return &Refusal{Code: code, Args: args} }
