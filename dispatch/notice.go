package dispatch

import (
	"slices"
	"time"
)

// Notice is somebody to be told of a recorded fact (通知): who, of which case, why
// and with which card. How it is said and sent is for the caller.
type Notice struct {
	Seq  uint64    `json:"seq"` // of the entry
	At   time.Time `json:"at"`
	Case Code      `json:"case"`
	To   Code      `json:"to"`            // a party, a post of a rung, a reporter, or somebody who is sent
	Why  string    `json:"why"`           // the name of the fact
	Card Card      `json:"card,omitzero"` // with a rung of the overdue ladder
}

// NoticesMax is how many entries a Desk remembers for Notices. A caller that asks
// after every command and tick loses none, unless an Install alone had more.
const NoticesMax = 8192

// told is what an entry is to be told by, as the case stood after it.
type told struct {
	seq      uint64
	at       instant
	id       Code
	owner    Code
	reporter Code
	claim    bool // the reporter verifies
	fact     Fact
	parties  *Parties
	side     *caseSide
}

// tell remembers an entry about a case, in place of the oldest when there are too
// many.
func (d *Desk) tell(c *caseState, e *Entry, at instant) {
	t := told{seq: e.Seq, at: at, id: c.id, reporter: c.event.Reporter, claim: c.claim, fact: kept(e.Fact), parties: c.parties, side: c.side}
	if t.owner = d.desk(); c.state.Open() {
		t.owner = c.answerable(t.owner)
	}
	if len(d.told) < NoticesMax {
		d.told = append(d.told, t)
		return
	}
	d.told[d.oldest] = t
	d.oldest = (d.oldest + 1) % NoticesMax
}

// kept is a fact with its own copy of the lists that concerned reads: an entry's
// memory is its caller's.
func kept(f Fact) Fact {
	switch f := f.(type) {
	case Dispatched:
		if len(f.Assist)+len(f.Notify) > 0 {
			f.Parties = f.Parties.own()
			return f
		}
	case Assigned:
		f.People = slices.Clone(f.People)
		return f
	case DisputeOpened:
		f.Parties = slices.Clone(f.Parties)
		return f
	}
	return f
}

// Notices answers who is to be told of entries after `since` and not after `at`, in
// the order of the entries, of one entry by whom. A Desk that was replayed answers
// the same, and what the caller of Apply does with its entries later changes nothing.
// O(NoticesMax).
func (d *Desk) Notices(at time.Time, since uint64) []Notice {
	var out []Notice
	for i := range d.told {
		t := &d.told[(d.oldest+i)%len(d.told)]
		if t.seq <= since || t.at.time().After(at) {
			continue
		}
		to, card := t.concerned(d.desk())
		slices.Sort(to)
		for _, who := range slices.Compact(to) {
			if who != "" {
				out = append(out, Notice{Seq: t.seq, At: t.at.time(), Case: t.id, To: who, Why: FactName(t.fact), Card: card})
			}
		}
	}
	return out
}

// concerned is whom a fact concerns.
func (t *told) concerned(desk Code) ([]Code, Card) {
	owner := t.owner
	var mates Parties
	if t.parties != nil {
		mates = *t.parties
	}
	side := t.side
	if side == nil {
		side = &noSide
	}
	switch f := t.fact.(type) {
	case CaseFiled, CaseImported, OwnerUnclear, SupplementGiven, SupplementLapsed, HandedOver, ReviewDue, ReturnAsked, Unclaimed,
		MergedIn, SplitOff, Split, Reopened, Attached, CalledBack:
		return []Code{desk}, NoCard
	case WorkDone:
		if t.claim {
			return []Code{desk, t.reporter}, NoCard
		}
		return []Code{desk}, NoCard
	case Redirected, ReturnAccepted: // whoever had it so far; who has it now hears of the dispatch
		return []Code{mates.Lead.Party}, NoCard
	case ReviewLapsed:
		return []Code{desk, mates.Lead.Party}, NoCard
	case Dispatched:
		to := []Code{f.Lead.Party, f.Regulator.Party, f.Rectifier.Party}
		for _, duty := range slices.Concat(f.Assist, f.Notify) {
			to = append(to, duty.Party)
		}
		return to, NoCard
	case DueRevised:
		if side.into != "" || len(f.Clocks) == 0 {
			return nil, NoCard // no due that runs now
		}
		return []Code{owner}, NoCard
	case AckDeemed, StageOverdue, TotalOverdue, Rezoned, DueExtended, Suspended, Resumed, ReturnRefused, Claimed, NoteDeemed:
		return []Code{owner}, NoCard
	case VerifyFailed:
		return mends(owner, f.Mend, &mates), NoCard
	case ReworkOrdered:
		return mends(owner, f.Mend, &mates), NoCard
	case Verified, VerifyLapsed, VerifyWaived, ReworksSpent:
		return []Code{desk, mates.Lead.Party}, NoCard
	case Assigned:
		var to []Code
		for _, p := range f.People {
			to = append(to, p.Person)
		}
		return to, NoCard
	case SupplementAsked, CaseRejected, CaseClosed:
		return append([]Code{t.reporter}, side.reporters()...), NoCard
	case DisputeOpened:
		return append([]Code{f.Body}, f.Parties...), NoCard
	case DisputeAppealed:
		return append([]Code{f.Body}, side.dispute.parties...), NoCard
	case DisputeRaised:
		return append([]Code{f.Body}, side.dispute.parties...), NoCard
	case DisputeRuled, DisputeSettled:
		return append([]Code{mates.Lead.Party}, side.dispute.parties...), NoCard
	case LadderRaised:
		return []Code{f.Party, f.Owner}, f.Card
	case FindingContested, RectifyReported:
		return []Code{mates.Regulator.Party}, NoCard
	case RectifyDeclined, RectifyAccepted:
		return []Code{mates.Rectifier.Party, mates.Lead.Party}, NoCard
	case RectifyLapsed:
		return []Code{mates.Lead.Party, mates.Regulator.Party, f.Party}, NoCard
	case AssistReported:
		return []Code{mates.Lead.Party}, NoCard
	case CaseCancelled, Merged:
		to := []Code{desk, mates.Lead.Party, mates.Regulator.Party, mates.Rectifier.Party}
		for _, duty := range mates.Assist {
			to = append(to, duty.Party)
		}
		return to, NoCard
	}
	return nil, NoCard
}

// mends is whose work begins again: the owner's, and the rectifier's of a dual push.
func mends(owner Code, mend bool, mates *Parties) []Code {
	if mend {
		return []Code{owner, mates.Rectifier.Party}
	}
	return []Code{owner}
}

// reporters is everybody beyond the first who waits, or waited, for an answer.
func (s *caseSide) reporters() []Code {
	var list []Code
	for _, r := range s.reports {
		list = append(list, Code(r.reporter))
	}
	return list
}
