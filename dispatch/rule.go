package dispatch

import (
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/span"
)

// Code identifies a matter, a rule, a case or a party, each among its own kind.
type Code = code.Code

// Interval is [From, Until) with open ends when zero.
type Interval = span.Interval

// Any is the matter, area or party-free wildcard of a rule.
const Any Code = "*"

// Matter is a category of things that can happen or be asked (事项). Codes form
// a tree by prefix: dotted codes by segment ("waste.missed" is below "waste"),
// all-digit codes by digit ("01001" is below "01"), others stand alone.
type Matter struct {
	Code Code
	Name string
	Kind MatterKind
	Risk Risk

	Skills      []string // what everybody sent to it must know (所需技能), as party.Person.Skills says them
	Enforcement bool     // 执法事项: part-time staff and volunteers may report it and no more
	// VerifySample is how many of 10,000 self-handled cases somebody else must verify
	// (抽查比例); 0 is all of them. See Sampled.
	VerifySample int

	Evidence []string // kinds that finishing a case needs, beside those of its Standard (处置证据)
	Outcomes []string // what a case may be closed as (结案结果); none: anything, of a mediation MediationOutcomes
}

// Limits of a matter.
const (
	SkillsMax = 16     // skills that one matter asks for, and outcomes that it knows
	SampleAll = 10_000 // basis points: all
)

// MatterKind says what sort of thing a matter is.
type MatterKind string

// The kinds of matter; the empty kind means EventKind.
const (
	ComponentKind MatterKind = "component" // 部件
	EventKind     MatterKind = "event"     // 事件
	ServiceKind   MatterKind = "service"   // 服务
	DemandKind    MatterKind = "demand"    // 诉求
	WishKind      MatterKind = "wish"      // 微心愿
	MediationKind MatterKind = "mediation" // 调解
	MandateKind   MatterKind = "mandate"   // 准入事项
)

// Risk decides what silence may mean: only a low-risk matter may be taken as
// verified when nobody looked in time.
type Risk string

// The risks; the empty risk means NormalRisk.
const (
	LowRisk    Risk = "low"
	NormalRisk Risk = "normal"
	SafetyRisk Risk = "safety"
)

// Role is the part a party plays in a case.
type Role string

// The roles. Lead, Regulator and Rectifier have one party each; Assist and
// Notify collect every party that a rule names.
const (
	Lead      Role = "lead"      // 主办
	Assist    Role = "assist"    // 协办
	Regulator Role = "regulator" // 监管主体
	Rectifier Role = "rectifier" // 整改责任主体
	Notify    Role = "notify"    // 知会
)

// Mode says how the lead works.
type Mode string

// The modes; the empty mode means Separate.
const (
	Separate Mode = "separate" // 采办分离: who finds is not who handles
	Self     Mode = "self"     // 采办合一: who finds may handle
	Claim    Mode = "claim"    // one claimant takes it, as for micro-wishes
)

// Rule is one line of the responsibility list (职责清单): in this role, for
// these matters, in this area, this party answers. Every field but ID, Role,
// Matter and Party may be empty and then does not restrict.
type Rule struct {
	ID     Code
	Role   Role
	Matter Code // a matter code and all below it; Any is every matter
	Party  Code // a party, a post (then the party is the post's), or "owner(layer)": who owns the layer's feature at the place
	Area   Code // a unit and its subtree; empty or Any is everywhere

	Class     string // "layer=class": the place has this class
	Condition string // the event reports this condition
	Channel   string // the event came through this channel
	Window    string // "work", "rest", or local clock times "18:00-08:00"
	MinCost   int64  // fen; the estimated cost is at least this
	MaxCost   int64  // fen; the estimated cost is below this; 0 is no limit
	During    Interval

	Mode       Mode
	Budget     worktime.Budget // time to do it; the zero Budget is none
	Precedence int             // higher goes first, before anything else is compared
	Basis      string          // legal or documentary basis
	Version    Code            // version of the list it belongs to; none: all of them
}
