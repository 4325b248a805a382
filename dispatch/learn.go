package dispatch

import (
	"slices"
	"time"

	"github.com/gridgov/gridgov/grid"
)

// Handled is one case of the past: what it was, where and when it happened and
// which party handled it.
type Handled struct {
	ID     Code
	Matter Code
	Area   grid.Ref // the smallest unit of the Map that is known; 0 is unknown
	Party  Code     // who handled it; empty leaves the case out
	At     time.Time

	// Channel and Condition are asked of the List by Backtest. Learn does not
	// split by them.
	Channel, Condition string
}

// LearnOptions configures Learn. The zero value is usable.
type LearnOptions struct {
	// Support is the least number of cases that the party of a rule handled
	// within the rule's matter and area; 0 means 1. The fallback is exempt.
	Support int
	// Gain is how many past cases' worth of right answers a rule must add to
	// earn its line, in thousandths of a case; 0 means GainDefault. A larger
	// Gain gives a shorter list.
	Gain int
	// HalfLife is the age, counted back from the latest case, at which a case
	// weighs half; 0 means half the time the history spans, negative means that
	// every case weighs the same.
	HalfLife time.Duration
}

// The limits of Learn.
const (
	HandledMax  = 2 << 20 // cases in one history; some GB of counts
	SupportMax  = 1 << 20
	GainMax     = 1 << 20 // thousandths
	GainDefault = 100     // thousandths: a tenth of a case
)

// Learned is a responsibility list mined from handled cases. The caller owns it.
type Learned struct {
	Rules  []Rule  // ready for Compile; the fallback Any × Any is last
	Mined  []Mined // what speaks for each rule, in the order of Rules
	Report LearnReport
}

// Mined is what the history says about one learned rule.
type Mined struct {
	Rule       Code
	Support    int  // past cases within the rule's matter and area
	Right      int  // of those, handled by the rule's party
	Confidence int  // per mille, rounded down: Right of Support
	Decides    int  // past cases that the whole list decides by this rule
	Hits       int  // of those, handled by the rule's party
	Instead    Code // who would answer without the rule; empty for the fallback
	Reason     Reason
}

// LearnReport says what Learn did with the history.
type LearnReport struct {
	Events   int       // cases given
	Used     int       // cases learned from
	Unplaced int       // of those, without an area: they teach only what holds everywhere
	Left     []LeftOut // by id
	Matters  int       // distinct matters used
	Parties  int       // distinct parties used
	Kept     int       // rules in the list
	Strength int       // cases after which a matter's own cases in an area outweigh what is known of its parties; chosen on the later part of the history
	Dropped  int       // rules that were considered and did not earn their line or decided nothing
}

// LeftOut is a case that Learn did not use, and why.
type LeftOut struct {
	Index  int
	ID     Code
	Reason Reason
}

// Learn mines a responsibility list (职责清单) from the cases that were handled:
// the shortest list it can justify that sends a new case to the party that would
// have handled it. The answer depends on the set of cases, never on their order.
//
// How: every matter and every area is believed to follow what is known of the
// matter above it and of the area around it, as far as its own cases do not say
// otherwise. A party's territory is learned from all matters it handles
// together, so that a few cases of each teach where a district office works.
// Then, from broad to narrow, a rule for matter × area is kept only where it
// changes the answer, where its party handled at least Support cases there, and
// where it is expected to set more than Gain cases right. Rules that then decide
// no past case, or without which every answer is the same, are dropped. The list
// needs no explicit precedence: longer matter first, then deeper area.
//
// The rules have role Lead, ids L00001, L00002 … and Basis "learned support=S
// confidence=C/1000" (see Mined). They are ordered by matter, Any last, then by
// area in hierarchy order, everywhere last: the last one is Any × Any.
//
// O(n log n) in the cases for trees of fixed depth, times the parties of a matter. m may be nil when no case has
// an area. Errors: ErrLearnOptions, ErrTooManyHandled, then a *HistoryError with
// every faulty case, then ErrNoHistory when no case has a party.
func Learn(history []Handled, m *grid.Map, opts LearnOptions) (*Learned, error) {
	set, err := opts.settings()
	if err != nil {
		return nil, err
	}
	past, err := readHistory(history, m)
	if err != nil {
		return nil, err
	}
	strength := past.strength(m, set)
	return past.plan(m, set, strength).learned(strength), nil
}

// plan mines the rules of a history.
func (p *past) plan(m *grid.Map, set learnSettings, strength float64) *planner {
	p.weigh(set.halfLife)
	plan := newPlanner(newBelief(p, newAreaTree(m, p), strength), set)
	plan.solve()
	plan.dropIdle()
	plan.dropEqual()
	return plan
}

// tryMin is the fewest cases that are worth a trial.
const tryMin = 50

// strength is the best of areaPriors: each learns the first 70 % of the cases by
// time and is tested on the rest, as the whole list will be on what comes next.
func (p *past) strength(m *grid.Map, set learnSettings) float64 {
	if len(p.events) < tryMin {
		return areaPriors[0]
	}
	cut := len(p.events) * 7 / 10
	best, most := areaPriors[0], -1
	for _, s := range areaPriors {
		early := *p
		early.events = slices.Clone(p.events[:cut])
		plan, right := early.plan(m, set, s), 0
		for _, e := range p.events[cut:] {
			if plan.answer(e.matter, int32(e.area)) == e.party {
				right++
			}
		}
		if right > most {
			best, most = s, right
		}
	}
	return best
}

type learnSettings struct {
	support  int32
	gain     float64 // cases
	halfLife time.Duration
}

func (o LearnOptions) settings() (learnSettings, error) {
	switch {
	case o.Support < 0 || o.Support > SupportMax:
		return learnSettings{}, optionError("Support", o.Support, SupportMax)
	case o.Gain < 0 || o.Gain > GainMax:
		return learnSettings{}, optionError("Gain", o.Gain, GainMax)
	}
	gain := o.Gain
	if gain == 0 {
		gain = GainDefault
	}
	return learnSettings{int32(max(o.Support, 1)), float64(gain) / 1000, o.HalfLife}, nil
}
