package dispatch

import "github.com/gridgov/gridgov/internal/keyed"

// Desk is the case machine (案件台): every open case has exactly one answerable
// party and a next due instant, always. It is deterministic and single-writer:
// Decide and Tick answer entries and change nothing, Apply folds them. Its state
// is the fold of its entries, whatever the cadence of Tick. Reading it while
// Apply runs is not safe; reading it from many goroutines otherwise is.
//
// Entries hold every decision (areas, parties, dues), so Apply reads no rules
// and an old journal replays to the same state under new ones.
type Desk struct {
	seq     uint64
	last    instant // the latest instant of any entry
	cases   map[Code]*caseState
	events  map[Code]Code     // case of an event whose id is not its case's
	alike   map[Code]*Parties // the latest parties by the lead's rule
	open    int
	queue   dueQueue // open cases
	ended   dueQueue // cases that have ended and will leave memory by themselves
	agenda  agenda   // open cases, for Worklist
	keys    keyed.Index
	refused map[uint64]Refusal // keyed refusals by sequence number

	mandates  map[Code]*Admission
	pending   []*Admission  // applications that can fall due, by due and id
	scratch   caseState     // into which Apply folds before a case changes
	archived  map[Code]bool // ids of cases that left memory; true when it is an event's too
	awaited   map[Code]Code // cases to be imported, and into which case they were merged
	proposals []Proposal
	told      []told // the latest, as a ring
	oldest    int    // where the ring begins

	setups []SetupInstalled // by number - 1
	known  map[Versions]*Setup
	rules  *Setup // nil when the objects of the latest Setup are not at hand
}

// NewDesk is a desk without cases and without rules. The known setups are those
// that a journal to be replayed may name: a replayed Install takes effect with
// the known Setup that has the same hashes. Incomplete setups are left out.
func NewDesk(known ...Setup) *Desk {
	d := &Desk{
		cases: map[Code]*caseState{}, events: map[Code]Code{}, alike: map[Code]*Parties{}, refused: map[uint64]Refusal{},
		mandates: map[Code]*Admission{}, archived: map[Code]bool{}, awaited: map[Code]Code{}, known: map[Versions]*Setup{},
	}
	for _, s := range known {
		if s, err := s.clean(); err == nil {
			d.known[s.Versions()] = &s
		}
	}
	return d
}

// Seq is the sequence number of the latest entry, 0 before the first.
func (d *Desk) Seq() uint64 { return d.seq }

// desk is the party of the duty desk.
func (d *Desk) desk() Code {
	if len(d.setups) == 0 {
		return ""
	}
	return d.setups[len(d.setups)-1].Desk
}

// taken reports whether a case of this id is or was there.
func (d *Desk) taken(id Code) bool {
	_, gone := d.archived[id]
	return gone || d.cases[id] != nil
}

// await keeps the names that an import brought for the cases that are to come, until
// their target leaves memory. They follow from the cases: they are named there, and
// are neither in memory nor archived.
func (d *Desk) await(id Code, fact Fact, merged []Code) {
	delete(d.awaited, id)
	for _, part := range merged {
		switch fact.(type) {
		case CaseImported:
			d.awaited[part] = id
		case Archived:
			if d.awaited[part] == id {
				delete(d.awaited, part)
			}
		}
	}
}

// eventCase is the case of an event that was filed.
func (d *Desk) eventCase(event Code) (Code, bool) {
	if id, ok := d.events[event]; ok {
		return id, true
	}
	if d.archived[event] {
		return event, true
	}
	c, ok := d.cases[event]
	return event, ok && c.event.ID == event
}
