package dispatch

import (
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
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
		Channel: c.event.Channel, At: at, Cost: c.event.Cost,
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
		Assist: cloneOrNil(found.Assist), Notify: cloneOrNil(found.Notify),
	}
	if found.Lead.Post != "" {
		answer.parties.LeadPerson = a.rules.Directory.OnDuty(found.Lead.Post, at).Person
	}
	return answer
}

// file decides a filing: row 1 and, when straight, rows 3 and 7 or 7u, which the
// desk does by itself.
func (a *attempt) file(do File) (*Refusal, error) {
	if _, ok := a.d.cases[do.Case]; ok {
		return newRefusal(RefusedCaseExists, string(do.Case)), nil
	}
	if id, ok := a.d.eventCase(do.Event.ID); ok {
		return newRefusal(RefusedEventExists, string(do.Event.ID), string(id)), nil
	}
	if refusal := a.stale(0); refusal != nil {
		return refusal, nil
	}
	w := a.draft(caseState{id: do.Case})
	filed := CaseFiled{Event: do.Event, Setup: a.d.number()}
	if ref := place(a.rules.Map, &do.Event); ref != 0 {
		filed.Area = a.rules.Map.Info(ref).Code
	}
	if matter, ok := a.rules.List.Matter(do.Event.Matter); ok {
		filed.Risk = matter.Risk
	}
	if err := w.take(byVerb("file", "", false), a.now, filed); err != nil || !do.Straight {
		return nil, err
	}
	w.actor = Actor{}
	if err := w.take(byVerb("register", StateFiled, false), a.now, CaseRegistered{}); err != nil {
		return nil, err
	}
	answer := a.match(&w.c)
	if answer.status != Decided {
		return nil, w.take(rowUnclear, a.now, OwnerUnclear{Status: answer.status, Tie: answer.tie})
	}
	dispatched := Dispatched{Generation: 1, Setup: a.d.number(), Parties: answer.parties}
	return nil, w.take(byVerb("dispatch", StateRegistered, false), a.now, dispatched)
}

// admit decides an admission: its guards, in order, are mandate_exists, stale,
// not_entitled (the duty desk enters it, or whoever decides over the community's
// important matters, 重要事项决定), unknown_party, unknown_matter.
func (a *attempt) admit(do Admit) (*Refusal, error) {
	m := do.Mandate
	if _, ok := a.d.mandates[m.ID]; ok {
		return newRefusal(RefusedMandate, string(m.ID)), nil
	}
	if refusal := a.stale(0); refusal != nil {
		return refusal, nil
	}
	if refusal := a.entitled(a.d.desk()); refusal != nil && !a.granted(party.RightDecide, m.Community) {
		return refusal, nil
	}
	for _, party := range []Code{m.Applicant, m.Community} {
		if !a.exists(party) {
			return newRefusal(RefusedUnknownParty, string(party)), nil
		}
	}
	if _, ok := a.rules.List.Matter(m.Matter); !ok {
		return newRefusal(RefusedUnknownMatter, string(m.Matter)), nil
	}
	a.entries = append(a.entries, Entry{
		Seq: a.d.seq + 1, At: a.now.time(), Actor: a.cmd.Actor, Fact: MandateAdmitted{Mandate: m},
	})
	return nil, nil
}

// exists reports whether a party exists now. A Directory without parties knows
// none by name and takes all of them.
func (a *attempt) exists(party Code) bool {
	for range a.rules.Directory.Parties() {
		return a.rules.Directory.Active(party, a.now.time())
	}
	return true
}
