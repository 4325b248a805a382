package council

import (
	"math"
	"math/bits"
)

// Ratio is a threshold: at least Num/Den (以上, which includes the number), or
// with Above more than Num/Den (过半数, which does not). At least 0/1 is no
// threshold.
type Ratio struct {
	Num   int64 `json:"num"`
	Den   int64 `json:"den"`
	Above bool  `json:"above,omitzero"`
}

func (r Ratio) valid() bool { return r.Num >= 0 && r.Num <= r.Den && r.Den >= 1 && r.Den <= DenMax }

// Met reports whether part is enough of whole. One is always the least: nobody is
// never enough. It compares part×Den with whole×Num exactly, for any numbers; a
// negative number, or a Ratio that no Rules could hold, meets nothing. O(1).
func (r Ratio) Met(part, whole int64) bool {
	if part < 1 || whole < 0 || !r.valid() {
		return false
	}
	hi, lo := bits.Mul64(uint64(part), uint64(r.Den))
	hi2, lo2 := bits.Mul64(uint64(whole), uint64(r.Num))
	if hi == hi2 && lo == lo2 {
		return !r.Above
	}
	return hi > hi2 || hi == hi2 && lo > lo2
}

// Least is the smallest part for which Met holds, 0 when none does: r is not
// valid, whole is negative, or the part would not be an int64. It may be whole + 1,
// where more than all is asked for.
func (r Ratio) Least(whole int64) int64 {
	if whole < 0 || !r.valid() {
		return 0
	}
	hi, lo := bits.Mul64(uint64(whole), uint64(r.Num))
	least, rest := bits.Div64(hi, lo, uint64(r.Den)) // at most whole, since Num ≤ Den
	if r.Above || rest > 0 {
		least++
	}
	if least > math.MaxInt64 {
		return 0
	}
	return max(1, int64(least))
}

// Way is how a council decides.
type Way string

// The ways.
const (
	ByVote      Way = "vote"      // 表决
	ByConsensus Way = "consensus" // 协商一致: nobody votes, the chair states what was agreed
)

// Base is of what number of people Rules.Pass is a share.
type Base string

// The bases.
const (
	BaseAll     Base = "all"     // the members who may vote (全体成员)
	BasePresent Base = "present" // those of them who are present (到会人员)
	BaseCast    Base = "cast"    // the votes cast (投票人数)
)

// Abstention is what becomes of abstentions.
type Abstention string

// The ways to count an abstention.
const (
	AbstainAgainst Abstention = "against" // it stays in the base
	AbstainOut     Abstention = "out"     // it is left out of the base
)

// Tie is what happens when as many vote yes as no, at least one each, and the
// threshold is not met.
type Tie string

// The ways to break a tie.
const (
	TieFails  Tie = "fails"
	TieDefers Tie = "defers"
	TieChair  Tie = "chair" // as the chair voted; deferred when the chair did not vote yes or no
)

// Rules is how a council works: when it may decide, what passes, and how a
// tracked topic is followed up. Source is the sentence it rests on.
type Rules struct {
	Way        Way        `json:"way"`
	Quorum     Ratio      `json:"quorum"`      // of the members who may vote, for those of them present
	MembersMin int64      `json:"members_min"` // fewer members who may vote cannot decide; 0: no minimum
	Pass       Ratio      `json:"pass"`        // of the base, for the votes in favour
	Base       Base       `json:"base"`
	Abstain    Abstention `json:"abstain"`
	Tie        Tie        `json:"tie"`
	Absences   int        `json:"absences"` // unexcused absences in a natural year that cost a seat; 0: off
	Lapse      bool       `json:"lapse"`    // closing a meeting records the loss of the seat; else it is only a finding
	Follow     int        `json:"follow"`   // days from the due to the first review, and between reviews
	Reviews    int        `json:"reviews"`  // reviews after which a tracked topic rises at the next
	Source     string     `json:"source"`
}

// Count is a vote in numbers: the members who may vote, those of them present,
// and the votes of those.
type Count struct {
	Members int64 `json:"members"`
	Present int64 `json:"present"`
	Yes     int64 `json:"yes"`
	No      int64 `json:"no"`
	Abstain int64 `json:"abstain"`
}

// Quorate reports whether those present may decide: there are members enough, and
// enough of them are present.
func (r Rules) Quorate(c Count) bool {
	return c.Members >= r.MembersMin && r.Quorum.Met(c.Present, c.Members)
}

// Of is the number of which Pass is a share. Left out, abstentions are taken from
// every base. O(1).
func (r Rules) Of(c Count) int64 {
	var base int64
	switch r.Base {
	case BaseAll:
		base = c.Members
	case BasePresent:
		base = c.Present
	case BaseCast:
		base = c.Yes + c.No + c.Abstain
	}
	if r.Abstain == AbstainOut {
		base -= c.Abstain
	}
	return base
}

// Result is what a count leads to, given how the chair voted ("" for not at
// all). It does not look at the quorum.
func (r Rules) Result(c Count, chair Choice) Result {
	switch {
	case r.Pass.Met(c.Yes, r.Of(c)):
		return Passed
	case c.Yes == 0 || c.Yes != c.No || r.Tie == TieFails:
		return Failed
	case r.Tie == TieChair && chair == Yes:
		return Passed
	case r.Tie == TieChair && chair == No:
		return Failed
	}
	return Deferred
}

// Preset is a set of rules in use, under a name.
type Preset struct {
	Name  string
	Rules Rules
}

// Presets lists rules in use with their sources. Days and reviews are not in the
// sources: they are set to a review every thirty days and to rising after the
// third.
func Presets() []Preset {
	half := Ratio{Num: 1, Den: 2, Above: true}
	assembly := Rules{
		Way: ByVote, Quorum: half, Pass: half, Base: BasePresent, Abstain: AbstainAgainst, Tie: TieFails, Follow: 30, Reviews: 3,
		Source: "《城市居民委员会组织法》第九条：过半数出席才能举行，决定由出席人的过半数通过",
	}
	delegates := assembly
	delegates.Quorum = Ratio{Num: 2, Den: 3}
	delegates.Absences, delegates.Lapse = 3, true
	delegates.Source = "社区居民代表会议制度：三分之二以上的组成人员参加方可召开，到会人员过半数同意；一年内无故三次不参加的，代表资格停止"
	all := assembly
	all.Base = BaseAll
	all.Source = "居民代表会议制度（另一通行写法）：决定由全体代表的过半数通过"
	consensus := assembly
	consensus.Way, consensus.Quorum = ByConsensus, Ratio{Num: 0, Den: 1}
	consensus.Source = "联席会议、例会：协商一致，不付表决，议而未决的事项逐级上报"
	return []Preset{
		{"residents-assembly", assembly}, {"residents-delegates", delegates},
		{"all-members", all}, {"coordination", consensus},
	}
}
