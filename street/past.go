package street

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/gridgov/gridgov/dispatch"
)

// past is what results need of a case that has left the Desk's memory (归档): its line of
// decisions.csv, its part in the rates and tables, and when it left. It follows from the
// entries, so a replay finds the same; it is not in the hash.
type past struct {
	id, area          Code
	state             dispatch.State
	status            dispatch.Status
	parties           dispatch.Parties
	event             dispatch.Event // only what the case's line and tables need
	filed, dispatched time.Time
	due, closed, left time.Time
	satisfied         dispatch.Satisfied
	contention        *dispatch.Contention
	reports           []dispatch.Report
	unproven          bool
}

// pastOf is what is kept of a case that leaves at an instant. Of the parties it keeps
// who they were, and not why.
func pastOf(c dispatch.Case, left time.Time) past {
	duty := func(d dispatch.Duty) dispatch.Duty { return dispatch.Duty{Rule: d.Rule, Party: d.Party, Post: d.Post} }
	p := past{
		id: c.ID, area: c.Area, state: c.State, status: c.Status, filed: c.FiledAt, dispatched: c.DispatchedAt, due: c.DueAt, closed: c.ClosedAt,
		left: left, satisfied: c.Satisfied, contention: c.Contention, reports: c.Reports, unproven: c.Unproven,
		event: dispatch.Event{ID: c.Event.ID, Matter: c.Event.Matter, Channel: c.Event.Channel},
		parties: dispatch.Parties{
			Lead: duty(c.Lead), LeadPerson: c.LeadPerson, Regulator: duty(c.Regulator), Rectifier: duty(c.Rectifier),
			Terms: dispatch.Terms{Standard: c.Terms.Standard},
		},
	}
	for _, a := range c.Assist {
		p.parties.Assist = append(p.parties.Assist, duty(a))
	}
	return p
}

// result is the case as far as it is kept.
func (p past) result() dispatch.Case {
	return dispatch.Case{
		ID: p.id, Area: p.area, State: p.state, Status: p.status, Parties: p.parties, Event: p.event, FiledAt: p.filed, DispatchedAt: p.dispatched,
		DueAt: p.due, ClosedAt: p.closed, Satisfied: p.satisfied, Contention: p.contention, Reports: p.reports, Unproven: p.unproven,
	}
}

// leave keeps what results need of the case that an entry of the Desk archives. It looks
// at the Desk before the entry is folded.
func (m *machine) leave(e *dispatch.Entry) (past, bool) {
	if e == nil {
		return past{}, false
	}
	if _, archives := e.Fact.(dispatch.Archived); !archives {
		return past{}, false
	}
	c, ok := m.desk.Case(e.Case)
	return pastOf(c, e.At), ok
}

// resultOf is the case to which a report went, also when the case has left memory, then
// as far as it is kept.
func (m *machine) resultOf(event Code) (c dispatch.Case, ok bool) {
	for _, id := range []Code{event, m.repeats.wentTo(event)} {
		if c, ok = m.desk.Case(id); ok {
			return c, true
		}
		if p, gone := m.gone[id]; gone && id != "" {
			return p.result(), true
		}
	}
	return c, false
}

// results are every case by id, those that have left memory as far as they are kept.
func (m *machine) results() []dispatch.Case {
	list := slices.Collect(m.desk.Cases())
	for _, id := range slices.Sorted(maps.Keys(m.gone)) {
		list = append(list, m.gone[id].result())
	}
	slices.SortStableFunc(list, func(a, b dispatch.Case) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// Archived is when a case left the Desk's memory, by Policy.Archive or by a command. It
// cannot be reopened, and every command about it is refused as unknown_case; Rows,
// Results, ScoreBoard, Why, Trace and Account still tell of it.
func (s *Street) Archived(id Code) (at time.Time, ok bool) {
	err := s.host.View(context.Background(), func(m *machine) {
		var p past
		p, ok = m.gone[id]
		at = p.left
	})
	return at, ok && err == nil
}

// Results answers every case by id, also those that have left the Desk's memory. Of these
// only identity, event id, matter and channel, area, state, parties by rule, dispute,
// reports, satisfaction and the instants of filing, dispatch, due and end are kept.
// O(n log n).
func (s *Street) Results(ctx context.Context) (list []dispatch.Case, err error) {
	err = s.host.View(ctx, func(m *machine) { list = m.results() })
	return list, err
}
