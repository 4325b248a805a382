package dispatch

import (
	"github.com/gridgov/gridgov/grid"
)

// NoPoint is the Status of a case whose event names neither a point nor an area.
// Only a Desk gives it, where a List would say Outside.
const NoPoint Status = "no point"

// decision is who answers for a case, or why that is not certain.
type decision struct {
	status  Status
	tie     []Code
	parties Parties
}

// place is the unit that owns the event's place: the leaf of its point, or its
// area when it has no point. 0 is off the map.
func place(m *grid.Map, e *Event) grid.Ref {
	var ref grid.Ref
	var ok bool
	switch {
	case e.Point != nil:
		ref, ok = m.Locate(*e.Point)
	case e.Area != "":
		ref, ok = m.Lookup(e.Area)
	}
	if !ok {
		return 0
	}
	return ref
}

// match asks the list who answers for the case now.
func (a *attempt) match(c *caseState) decision {
	ref := grid.Ref(0)
	if c.area != "" {
		ref, _ = a.rules.Map.Lookup(c.area)
	}
	at := a.now.time()
	found := a.rules.List.Match(Query{
		Matter: c.event.Matter, Area: ref, Classes: c.event.Classes, Condition: c.event.Condition,
		Channel: c.event.Channel, At: at, Cost: c.event.Cost, Owners: a.owners(c),
	})
	answer := decision{status: found.Status, tie: cloneOrNil(found.Tie)}
	if found.Status == Outside && c.event.Point == nil && c.event.Area == "" {
		answer.status = NoPoint
	}
	if found.Status != Decided {
		return answer
	}
	answer.parties = Parties{
		Lead: found.Lead, Regulator: found.Regulator, Rectifier: found.Rectifier,
		Assist: cloneOrNil(found.Assist), Notify: cloneOrNil(found.Notify), Terms: a.rules.terms(c, a.now),
	}
	if found.Lead.Post != "" {
		answer.parties.LeadPerson = a.rules.Directory.OnDuty(found.Lead.Post, at).Person
	}
	return answer
}

// owners are who owns what lies at the place: as the command says, else as the case
// has it.
func (a *attempt) owners(c *caseState) []LayerOwner {
	if given := ownersOf(a.cmd.Do); len(given) > 0 {
		return given
	}
	return c.event.Owners
}

// ownersOf are the owners that a command brings to a case.
func ownersOf(do Do) []LayerOwner {
	switch do := do.(type) {
	case Dispatch:
		return do.Owners
	case Redirect:
		return do.Owners
	}
	return nil
}

// file decides a filing: row 1 and, when straight, rows 3 and 7, 7c, 7u or 8, which
// the desk does by itself.
func (a *attempt) file(do File) (*Refusal, error) {
	if do.Link != "" && !a.d.taken(do.Link) {
		return newRefusal(RefusedUnknownCase, string(do.Link)), nil
	}
	if refusal := a.unfiled(do.Case, do.Event.ID); refusal != nil {
		return refusal, nil
	}
	if refusal := a.stale(0); refusal != nil {
		return refusal, nil
	}
	if do.Straight {
		a.entries = make([]Entry, 0, 3) // filed, registered, dispatched
	}
	w := a.draft(&caseState{id: do.Case})
	filed := a.filed(&do.Event)
	filed.Link = do.Link
	if err := w.take(row("1"), a.now, filed); err != nil || !do.Straight {
		return nil, err
	}
	w.actor = Actor{}
	if err := w.take(row("3"), a.now, CaseRegistered{}); err != nil {
		return nil, err
	}
	answer := a.match(&w.c)
	switch {
	case answer.status != Decided && len(a.d.rungs(&w.c, DisputeLadder)) == 0:
		return nil, w.take(row("7u"), a.now, OwnerUnclear{Status: answer.status, Tie: answer.tie})
	case answer.status != Decided:
		facts := append([]Fact{OwnerUnclear{Status: answer.status, Tie: answer.tie}}, w.openDispute(a.now, string(answer.status), "")...)
		return nil, w.take(row("8"), a.now, facts...)
	case answer.parties.Lead.Mode == Claim:
		return nil, w.take(row("7c"), a.now, ClaimOpened{Setup: a.d.number(), Parties: answer.parties})
	}
	return nil, w.take(row("7"), a.now, a.dispatched(&w.c, answer.parties))
}

// filed is the fact of a report.
func (a *attempt) filed(event *Event) CaseFiled {
	filed := CaseFiled{Event: *event, Setup: a.d.number()}
	if ref := place(a.rules.Map, event); ref != 0 {
		filed.Area = a.rules.Map.Info(ref).Code
	}
	if matter, ok := a.rules.List.Matter(event.Matter); ok {
		filed.Risk = matter.Risk
	}
	return filed
}

// dispatched is the fact of a dispatch.
func (a *attempt) dispatched(c *caseState, parties Parties) Dispatched {
	sent := Dispatched{Generation: c.generation + 1, Setup: a.d.number(), Parties: parties, Owners: ownersOf(a.cmd.Do)}
	if parties.Regulator.Party != "" && parties.Rectifier.Party == "" {
		if sent.Alone = "no rectifier"; parties.Rectifier.Reason == ReasonNoOwner || parties.Lead.Reason == ReasonNoOwner {
			sent.Alone = string(ReasonNoOwner)
		}
	}
	return sent
}

// fileSelf decides row 2.
func (a *attempt) fileSelf(do FileSelf) (*Refusal, error) {
	if refusal := a.unfiled(do.Case, do.Event.ID); refusal != nil {
		return refusal, nil
	}
	if refusal := a.stale(0); refusal != nil {
		return refusal, nil
	}
	filed := a.filed(&do.Event)
	w := a.draft(&caseState{id: do.Case})
	answer := a.match(&caseState{id: do.Case, event: &do.Event, area: filed.Area})
	lead := answer.parties.Lead
	switch {
	case answer.status != Decided:
		return newRefusal(RefusedNoLead, string(do.Case), string(answer.status)), nil
	case a.entitled(lead.Party) != nil:
		return a.entitled(lead.Party), nil
	case lead.Mode != Self:
		return newRefusal(RefusedNotSelf, string(do.Case)), nil
	case do.Event.Injury || do.Event.Penalty || do.Event.Consent:
		return newRefusal(RefusedBarred, string(do.Case)), nil
	}
	answer.parties.Rectifier = Duty{} // who finds and handles has nobody else to mend it
	if actor := a.cmd.Actor; !a.enforcement(&do.Event) || !a.powerless(actor.Person, actor.Post) {
		answer.parties.LeadPerson = actor.Person
	} // whoever has no powers only reports, and somebody else of the lead handles it
	self := SelfHandled{Generation: 1, Setup: a.d.number(), Parties: answer.parties}
	return nil, w.take(row("2"), a.now, filed, self)
}

// unfiled refuses a case or an event that is there already, or was, or is to be imported.
func (a *attempt) unfiled(id, event Code) *Refusal {
	if _, awaited := a.d.awaited[id]; awaited || a.d.taken(id) {
		return newRefusal(RefusedCaseExists, string(id))
	}
	if known, ok := a.d.eventCase(event); ok {
		return newRefusal(RefusedEventExists, string(event), string(known))
	}
	return nil
}
