package dispatch

import "github.com/gridgov/gridgov/internal/phrase"

// Refusal is why a well-formed command was not carried out: a code of the closed
// list below and its arguments. It is an answer, not an error.
type Refusal struct {
	Code string   `json:"code"`
	Args []string `json:"args,omitempty"`
}

// The codes of refusals, in order of precedence: of two reasons the earlier is
// given. The arguments are listed with each.
const (
	RefusedUnknownCase   = "unknown_case"   // case
	RefusedCaseExists    = "case_exists"    // case
	RefusedEventExists   = "event_exists"   // event, its case
	RefusedMandate       = "mandate_exists" // mandate
	RefusedStale         = "stale"          // expected version, version
	RefusedState         = "wrong_state"    // case, state, verb
	RefusedNotEntitled   = "not_entitled"   // person, post, party one must serve
	RefusedNoLead        = "no_lead"        // case, status of the decision
	RefusedDoerVerifies  = "doer_verifies"  // case, person or post
	RefusedUnknownParty  = "unknown_party"  // party
	RefusedUnknownMatter = "unknown_matter" // matter
)

// RefusalCodes lists every code in order of precedence.
func RefusalCodes() []string {
	return []string{
		RefusedUnknownCase, RefusedCaseExists, RefusedEventExists, RefusedMandate, RefusedStale, RefusedState,
		RefusedNotEntitled, RefusedNoLead, RefusedDoerVerifies, RefusedUnknownParty, RefusedUnknownMatter,
	}
}

// Text is the refusal in lang: "zh" is Chinese, anything else English. States,
// verbs and statuses among the arguments are said in that language too.
func (r Refusal) Text(lang string) string {
	args := r.own().Args
	if r.Code == RefusedState || r.Code == RefusedNoLead {
		for i := 1; i < len(args); i++ {
			args[i] = wordTexts.Text(lang, args[i])
		}
	}
	return refusalTexts.Text(lang, r.Code, args...)
}

// Text is the state in lang: "zh" is Chinese, anything else English.
func (s State) Text(lang string) string { return wordTexts.Text(lang, string(s)) }

// wordTexts says states, verbs and statuses.
var wordTexts = phrase.Catalog{
	"filed": {"filed", "已上报"}, "registered": {"registered", "已立案"}, "dispatched": {"dispatched", "已派遣"},
	"acknowledged": {"acknowledged", "已签收"}, "in_progress": {"in progress", "处置中"}, "done": {"done", "已处置"},
	"verified": {"verified", "已核查"}, "closed": {"closed", "已结案"},
	"install": {"install", "启用"}, "file": {"file", "上报"}, "register": {"register", "立案"},
	"dispatch": {"dispatch", "派遣"}, "ack": {"ack", "签收"}, "start": {"start", "开始处置"},
	"finish": {"finish", "完成处置"}, "verify": {"verify", "核查"}, "close": {"close", "结案"}, "admit": {"admit", "准入"},
	string(Decided): {"decided", "已确定"}, string(UnknownMatter): {"unknown matter", "未知事项"},
	string(NoPoint): {"no place given", "未提供地点"}, string(Outside): {"outside the map", "地图范围外"},
	string(NoList): {"no list", "无职责清单"}, string(NoRule): {"no rule", "清单无对应条目"}, string(Tied): {"tie", "条目冲突"},
}

var refusalTexts = phrase.Catalog{
	RefusedUnknownCase:   {"there is no case {0}", "没有案件{0}"},
	RefusedCaseExists:    {"case {0} exists already", "案件{0}已存在"},
	RefusedEventExists:   {"event {0} was filed already, as case {1}", "事件{0}已上报，案件为{1}"},
	RefusedMandate:       {"mandate {0} was admitted already", "准入事项{0}已办理准入"},
	RefusedStale:         {"version {0} was expected, but it is {1}", "期望版本为{0}，当前版本为{1}"},
	RefusedState:         {"case {0} is {1}, which does not allow {2}", "案件{0}处于“{1}”状态，不能执行“{2}”"},
	RefusedNotEntitled:   {"person {0} on post {1} does not serve {2}", "人员{0}（岗位{1}）不属于{2}，无权操作"},
	RefusedNoLead:        {"case {0} has no certain lead: {1}", "案件{0}无法确定主办单位：{1}"},
	RefusedDoerVerifies:  {"{1} did the work of case {0} and may not verify it", "{1}是案件{0}的处置者，不得自行核查"},
	RefusedUnknownParty:  {"there is no party {0} at that time", "届时没有主体{0}"},
	RefusedUnknownMatter: {"there is no matter {0}", "没有事项{0}"},
}

func newRefusal(code string, args ...string) *Refusal { return &Refusal{Code: code, Args: args} }
