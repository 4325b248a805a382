package finance

import (
	"github.com/gridgov/gridgov/internal/envelope"
	"github.com/gridgov/gridgov/internal/phrase"
)

// The codes of refusals, in order of precedence: when several apply, the first
// one is given. Within one code, the share that comes first by line is named.
const (
	LineExists       = "line-exists"       // line
	NoLine           = "no-line"           // line
	MandateExists    = "mandate-exists"    // mandate
	NoMandate        = "no-mandate"        // mandate
	NoCommitment     = "no-commitment"     // commitment
	CommitmentExists = "commitment-exists" // commitment
	PaymentExists    = "payment-exists"    // payment
	NoRight          = "no-right"          // person or post, right, party or community
	OverLimit        = "over-limit"        // person or post, limit, asked
	Stale            = "stale"             // what, version now, version expected
	Settlement       = "settled"           // mandate
	CommitmentClosed = "commitment-closed" // commitment
	WrongYear        = "wrong-year"        // line, its year, the mandate's year
	WrongPurpose     = "wrong-purpose"     // line or mandate, its purpose, the purpose asked
	LineShort        = "line-short"        // line, available, asked
	MandateShort     = "mandate-short"     // mandate, available, asked
	CommitmentShort  = "commitment-short"  // commitment, left of it, asked
	CommitmentsOpen  = "commitments-open"  // mandate, how many
	TooMany          = "too-many"          // mandate, limit
	TooMuch          = "too-much"          // line; a total of the book would leave the range of Fen
)

// refusals is the closed list of codes in order of precedence with the number
// of arguments of each.
var refusals = envelope.Refusals{
	{LineExists, 1}, {NoLine, 1}, {MandateExists, 1}, {NoMandate, 1}, {NoCommitment, 1}, {CommitmentExists, 1},
	{PaymentExists, 1}, {NoRight, 3}, {OverLimit, 3}, {Stale, 3}, {Settlement, 1}, {CommitmentClosed, 1}, {WrongYear, 3}, {WrongPurpose, 3},
	{LineShort, 3}, {MandateShort, 3}, {CommitmentShort, 3}, {CommitmentsOpen, 2}, {TooMany, 2}, {TooMuch, 1},
}

// RefusalCodes lists every refusal code in order of precedence.
func RefusalCodes() []string { return refusals.Codes() }

var catalog = phrase.Catalog{
	LineExists:       {"fund line {0} is already open", "指标{0}已经存在"},
	NoLine:           {"there is no fund line {0}", "没有指标{0}"},
	MandateExists:    {"mandate {0} is already funded", "事项{0}已经划转过经费"},
	NoMandate:        {"mandate {0} has no funding", "事项{0}没有经费"},
	NoCommitment:     {"there is no commitment {0}", "没有合同{0}"},
	CommitmentExists: {"commitment {0} already exists", "合同{0}已经存在"},
	PaymentExists:    {"payment {0} was already made", "支付{0}已经办理"},
	NoRight:          {"{0} has no right {1} over {2}", "{0}对{2}没有{1}权限"},
	OverLimit:        {"{0} may approve at most {1} yuan, not {2}", "{0}的审批权限为{1}元，不足{2}元"},
	Stale:            {"{0} has changed: it is at version {1}, not {2}", "{0}已有变动：现为第{1}版，不是第{2}版"},
	Settlement:       {"mandate {0} is settled", "事项{0}已经决算"},
	CommitmentClosed: {"nothing is left of commitment {0}", "合同{0}已经结清"},
	WrongYear:        {"fund line {0} is for {1}, the mandate for {2}", "指标{0}属于{1}年度，事项属于{2}年度"},
	WrongPurpose:     {"the money of {0} is for {1} only, not for {2}", "{0}的资金专用于{1}，不得用于{2}"},
	LineShort:        {"fund line {0} has {1} yuan available, not {2}", "指标{0}可用{1}元，不足{2}元"},
	MandateShort:     {"mandate {0} has {1} yuan available, not {2}", "事项{0}可用{1}元，不足{2}元"},
	CommitmentShort:  {"commitment {0} has {1} yuan left, not {2}", "合同{0}剩余{1}元，不足{2}元"},
	CommitmentsOpen:  {"mandate {0} still has {1} open commitments", "事项{0}还有{1}份合同未结清"},
	TooMany:          {"mandate {0} already has {1} open commitments, the most allowed", "事项{0}未结清合同已达上限{1}份"},
	TooMuch:          {"a total would be too large to hold with this amount on fund line {0}", "指标{0}计入这笔金额后，总额超出可记范围"},
}

// Refusal is why a well-formed command was not carried out: one of the codes
// above with the arguments named beside it. Amounts are yuan text.
type Refusal struct {
	Code string   `json:"code"`
	Args []string `json:"args"`
}

// Text is the refusal in words: "zh" is Chinese, anything else English.
func (r Refusal) Text(lang string) string { return catalog.Text(lang, r.Code, r.Args...) }

func refuse(code string, args ...string) *Refusal { return &Refusal{Code: code, Args: args} }

// possible reports whether r is on the closed list with as many arguments as it
// should have, each short enough to keep.
func (r Refusal) possible() bool { return refusals.Possible(r.Code, r.Args, TextMax) }
