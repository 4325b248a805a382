package street

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/duplicate"
)

// repeats is what a street knows of repeated reports: which open cases there are, which
// case a report went to, and which case each one may have repeated when it was filed.
// All of it follows from the entries and the folder's policy, so a replay finds the same;
// none of it is in the hash. A nil repeats knows of attached reports only by the Desk.
type repeats struct {
	policies map[Code]bool
	index    *duplicate.Index
	went     map[Code]Code // report → case that it was attached to
	may      map[Code]duplicate.Candidate
}

func (f *Folder) newMachine(setup dispatch.Setup) *machine {
	m := newMachine(f.Zone, setup)
	m.repeats = &repeats{went: map[Code]Code{}, may: map[Code]duplicate.Candidate{}, policies: map[Code]bool{}}
	for _, p := range f.Repeats.Policies {
		m.repeats.policies[p.Matter] = true
	}
	if index, err := duplicate.New(f.Repeats); err == nil && len(f.Repeats.Policies) > 0 { // Load checked every policy
		m.repeats.index = index
	}
	return m
}

// attaches reports whether an event that repeats an open case is attached unasked.
func (f *Folder) attaches() bool {
	return slices.ContainsFunc(f.Repeats.Policies, func(p duplicate.Policy) bool { return p.Mode == duplicate.Auto })
}

// closes reports whether an event of the folder says when it was closed.
func (f *Folder) closes(id Code) bool {
	i, ok := f.eventAt[id]
	return ok && !f.Events[i].Closed.IsZero()
}

// covers reports whether events of a matter are compared.
func (r *repeats) covers(matter Code) bool {
	if r == nil || r.index == nil {
		return false
	}
	for ; matter != ""; matter = dispatch.ParentMatter(matter) {
		if r.policies[matter] {
			return true
		}
	}
	return false
}

func reportOf(id Code, e dispatch.Event, at time.Time) duplicate.Report {
	return duplicate.Report{ID: id, Matter: e.Matter, Point: e.Point, At: at, Channel: e.Channel}
}

// see folds one entry of the Desk, after the Desk itself.
func (r *repeats) see(e *dispatch.Entry, desk *dispatch.Desk) {
	if r == nil {
		return
	}
	switch f := e.Fact.(type) {
	case dispatch.Attached:
		r.went[f.Event.ID] = e.Case
	case dispatch.CaseFiled:
		if !r.covers(f.Event.Matter) {
			return
		}
		report := reportOf(e.Case, f.Event, e.At)
		if best, _, ok := r.index.Best(report); ok {
			r.may[e.Case] = best
		}
		r.open(report)
	case dispatch.CaseImported:
		for _, more := range f.Reports {
			r.went[more.Event] = e.Case
		}
		r.settle(e.Case, desk)
	case dispatch.CaseClosed, dispatch.CaseRejected, dispatch.CaseCancelled, dispatch.Merged, dispatch.Split, dispatch.Reopened, dispatch.DisputeRuled:
		r.settle(e.Case, desk)
	}
}

// settle takes a case in or out of the index, as it stands.
func (r *repeats) settle(id Code, desk *dispatch.Desk) {
	c, ok := desk.Case(id)
	if !ok || !r.covers(c.Event.Matter) {
		return
	}
	if !c.State.Open() {
		r.index.Remove(id)
		return
	}
	r.open(reportOf(id, c.Event, c.FiledAt))
}

// open takes a case in, unless it is there; one that cannot be compared, such as one
// whose point lies on no globe, is left out.
func (r *repeats) open(report duplicate.Report) {
	if _, there := r.index.Report(report.ID); !there {
		_ = r.index.Add(report)
	}
}

// attach decides a filing that repeats an open case as one more report of it; attached
// is false where the command does not ask for that, nothing is repeated, or the Desk
// does not take the report, which is then filed.
func (m *machine) attach(at time.Time, c Command) (list []Entry, attached bool, err error) {
	file, ok := c.Desk.(dispatch.File)
	if !ok || !c.Repeats || len(c.asks()) > 1 || !m.repeats.covers(file.Event.Matter) {
		return nil, false, nil
	}
	if _, known := m.desk.Case(file.Event.ID); known {
		return nil, false, nil // the Desk refuses it
	}
	best, auto, ok := m.repeats.index.Best(reportOf(file.Event.ID, file.Event, at))
	if !ok || !auto {
		return nil, false, nil
	}
	c.Desk = dispatch.Attach{Case: best.Case, Event: file.Event}
	list, refusal, err := deskPart{m.desk}.decide(at, c)
	return list, err == nil && refusal == nil, err
}

// wentTo is the case that a report was attached to, "" for none.
func (r *repeats) wentTo(event Code) Code {
	if r == nil {
		return ""
	}
	return r.went[event]
}

// CaseOf answers the case to which a report went: its own, or the one that it was
// attached to. ok is false once the case is Archived.
func (s *Street) CaseOf(event Code) (c dispatch.Case, ok bool) {
	err := s.host.View(context.Background(), func(m *machine) {
		if c, ok = m.desk.Case(event); !ok {
			c, ok = m.desk.Case(m.repeats.wentTo(event))
		}
	})
	return c, ok && err == nil
}

// Repeats answers the open case that a case may have repeated when it was filed, and
// why. ok is false when there was none, or its matter is not compared.
func (s *Street) Repeats(id Code) (c duplicate.Candidate, ok bool) {
	err := s.host.View(context.Background(), func(m *machine) { c, ok = m.repeats.may[id] })
	return c, ok && err == nil
}

// Repeated tells, in one finding, how many events may repeat an open case; empty for
// none. What was attached is not among them.
func (s *Street) Repeated() []Finding {
	n, first := 0, Finding{}
	for _, e := range s.folder.Events {
		c, ok := s.Repeats(e.ID)
		if !ok {
			continue
		}
		if n++; n == 1 {
			first = Finding{Level: Warning, Code: "repeats", File: eventsFile.Name, Line: e.Line, Unit: e.ID, Args: []string{"", string(e.ID), string(c.Case)}}
		}
	}
	if n == 0 {
		return nil
	}
	first.Args[0] = fmt.Sprint(n)
	return []Finding{first}
}

// whyRepeats says what a case may repeat, and which reports it has besides the first.
func (s *Street) whyRepeats(c dispatch.Case, lang string) string {
	text := ""
	if best, ok := s.Repeats(c.ID); ok {
		var why []string
		for _, r := range best.Why() {
			why = append(why, r.Text(lang))
		}
		text += "\n" + catalog.Text(lang, "why.repeats", string(best.Case), fmt.Sprint(best.Score), strings.Join(why, catalog.Text(lang, "why.comma")))
	}
	var reports []string
	for _, r := range c.Reports {
		reports = append(reports, string(r.Event))
	}
	if len(reports) > 0 {
		text += "\n" + catalog.Text(lang, "why.reports", strings.Join(reports, ", "))
	}
	return text
}
