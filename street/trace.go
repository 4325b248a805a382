package street

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/internal/keyed"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/party/council"
)

// Trace yields every recorded fact of a case, oldest first, with the record it
// stands in. O(journal).
func (s *Street) Trace(ctx context.Context, id Code) iter.Seq2[Traced, error] {
	return func(yield func(Traced, error) bool) {
		for r, err := range s.host.Follow(ctx, 1) {
			if err != nil {
				yield(Traced{}, err)
				return
			}
			entries, err := decodeEntries(r.Body)
			if err != nil {
				yield(Traced{}, err)
				return
			}
			for _, e := range entries {
				if e.Desk != nil && e.Desk.Case == id && !yield(Traced{r.Seq, *e.Desk}, nil) {
					return
				}
			}
		}
	}
}

// Told answers who was to be told of the facts of a case and why, oldest first, however
// long ago. O(journal).
func (s *Street) Told(ctx context.Context, id Code) ([]dispatch.Notice, error) {
	var list []dispatch.Notice
	desk := dispatch.NewDesk(s.folder.Setup())
	for e, err := range s.DeskEntries(ctx) {
		if err != nil {
			return nil, err
		}
		if err := desk.Apply(e); err != nil {
			return nil, err
		}
		if e.Case == id && id != "" {
			list = append(list, desk.Notices(e.At, e.Seq-1)...)
		}
	}
	return list, nil
}

// Traced is one fact of a case and the record that holds it.
type Traced struct {
	Record journal.Seq
	Entry  dispatch.Entry
}

// Fact is the name of the fact, as entries are written.
func (t Traced) Fact() string { return dispatch.FactName(t.Entry.Fact) }

// Refused answers every recorded refusal, oldest first: what the folder's
// commands asked for and did not get. Money that does not add up is an error: an
// over-spend, an admitted mandate without its funding. A refusal by the Desk only
// warns, for a case may have moved on, and so does one by the councils. What a table
// says happened in a meeting that could not be opened is not refused once more, nor
// are two steps of one line for one reason.
func (s *Street) Refused(ctx context.Context) ([]Finding, error) {
	var list []Finding
	asked := map[keyed.Sum]Planned{}
	names := []*Names{s.folder.Names("en"), s.folder.Names("zh")}
	shut := map[Code]bool{} // meetings that could not be opened, so nothing could happen there
	for _, list := range [][]Planned{s.folder.Admissions, s.folder.Recorded, s.folder.Commands} {
		for _, p := range list {
			asked[keyed.Of([]byte(p.Command.Key))] = p
		}
	}
	for r, err := range s.host.Follow(ctx, 1) {
		if err != nil {
			return nil, err
		}
		if !bytes.Contains(r.Body, []byte(`"refused"`)) {
			continue // most records have none
		}
		entries, err := decodeEntries(r.Body)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if e.Refused == nil {
				continue
			}
			p := asked[e.Key]
			if open, ok := p.Command.Council.(council.Open); ok {
				shut[open.Meeting] = true
			}
			f := refusal(e, p, names)
			_, opening := p.Command.Council.(council.Open)
			again := len(list) > 0 && f.Line > 0 && list[len(list)-1].File == f.File && list[len(list)-1].Line == f.Line && list[len(list)-1].Text("en") == f.Text("en")
			if again || shut[p.meeting] && !opening {
				continue
			}
			list = append(list, f)
		}
	}
	err := s.host.View(ctx, func(m *machine) { list = append(list, s.folder.misjudged(m.council)...) })
	return list, err
}

// misjudged tells of topics of which the table says another result than the votes and
// the council's rules led to.
func (f *Folder) misjudged(m *council.Minutes) []Finding {
	var list []Finding
	for _, p := range f.Recorded {
		do, ok := p.Command.Council.(council.Resolve)
		if !ok || p.claims == "" {
			continue
		}
		t, ok := m.Topic(do.Topic)
		if !ok || t.Decided == nil || t.Decided.Meeting != p.meeting || t.Decided.Result == p.claims {
			continue
		}
		list = append(list, Finding{
			Level: Warning, Code: "result-differs", File: p.File, Line: p.Line, Column: p.Column, Unit: do.Topic,
			Args: []string{string(do.Topic), string(p.claims), string(t.Decided.Result)},
		})
	}
	return list
}

// refusal places a recorded refusal at the line of the command that asked.
func refusal(e Entry, asked Planned, names []*Names) Finding {
	f := Finding{Level: Warning, Code: "refused." + e.Refused.Code, Said: map[string]string{}}
	for _, n := range names {
		f.Said[n.lang] = n.Refusal(*e.Refused)
	}
	if e.Refused.By == BookMachine || e.Refused.By == StreetMachine {
		f.Level = Error
	}
	f.File, f.Line, f.Column = asked.File, asked.Line, asked.Column
	return f
}

// Why explains a case in words, with the names that the folder has: who answers for it
// now and by when, the latest ruling, what became of it, and how the responsibility list
// decided, beside whoever leads it by hand or by a ruling. The explanation asks the folder's list at the
// instant at which the case was dispatched, or filed when it was not. Of a case that is
// Archived it says so; the list is asked about the folder's event, if that is there.
func (s *Street) Why(id Code, lang string) (string, error) {
	c, left, ok := s.known(id)
	if !ok {
		return "", fmt.Errorf("%w: %s", ErrNoCase, id)
	}
	at := c.DispatchedAt
	if at.IsZero() {
		at = c.FiledAt
	}
	names := s.folder.Names(lang)
	text := catalog.Text(lang, "why.case", string(c.ID), catalog.Text(lang, "state."+string(c.State)))
	switch {
	case c.Answers.Party != "":
		text += "\n" + catalog.Text(lang, "why.answers", names.Office(c.Answers.Party))
	case c.Lead.Party != "":
		text += "\n" + catalog.Text(lang, "why.led", names.Office(c.Lead.Party))
	default:
		text += "\n" + catalog.Text(lang, "why.desk", names.Office(cmp.Or(s.folder.Policy.Desk, dispatch.DefaultDesk)))
	}
	if !c.DueAt.IsZero() {
		text += "\n" + catalog.Text(lang, "why.due", stamp(c.DueAt, s.folder.Zone))
		switch {
		case c.State == dispatch.StateClosed && c.ClosedAt.After(c.DueAt), c.State.Open() && c.Overdue:
			text += catalog.Text(lang, "why.overdue")
		}
	}
	if !c.ClosedAt.IsZero() && !c.State.Open() {
		text += "\n" + catalog.Text(lang, "why.closed", stamp(c.ClosedAt, s.folder.Zone))
	}
	rule, ruled, err := s.ruling(c)
	if err != nil {
		return "", err
	}
	if ruled {
		text += whyRuled(rule, names, lang)
	}
	text += s.whyCourse(c, lang) + s.whyTerms(c, lang) + s.whyRepeats(c, lang)
	if !left.IsZero() {
		text += "\n" + catalog.Text(lang, "why.archived", stamp(left, s.folder.Zone))
		i, planned := s.folder.eventAt[c.Event.ID]
		if !planned {
			return text, nil
		}
		c.Event = s.folder.DeskEvent(s.folder.Events[i])
	}
	area, _ := s.folder.Map.Lookup(c.Area)
	return text + "\n" + whyList(s.folder.List.Explain(queryOf(c, area, at)), c, rule, ruled, names, lang), nil
}

// known is a case by id, and when it left memory, if it has: then it is as far as it is
// kept.
func (s *Street) known(id Code) (c dispatch.Case, left time.Time, ok bool) {
	err := s.host.View(context.Background(), func(m *machine) {
		if c, ok = m.desk.Case(id); ok {
			return
		}
		var p past
		if p, ok = m.gone[id]; ok {
			c, left = p.result(), p.left
		}
	})
	return c, left, ok && err == nil
}

// whyTerms says which standard a case is done by, when it is closed, and what evidence is
// still wanted.
func (s *Street) whyTerms(c dispatch.Case, lang string) string {
	text := ""
	if standard, ok := s.folder.List.Standards().Named(c.Terms.Standard); ok {
		text += "\n" + catalog.Text(lang, "why.standard", standard.Name)
		if standard.CloseWhen != "" {
			text += catalog.Text(lang, "why.close_when", standard.CloseWhen)
		}
	}
	switch {
	case c.Unproven:
		text += "\n" + catalog.Text(lang, "why.unproven")
	case len(c.Wanted) > 0:
		text += "\n" + catalog.Text(lang, "why.wanted", strings.Join(c.Wanted, ", "))
	}
	return text
}

// ErrNoCase marks a case that was never filed.
var ErrNoCase = errors.New("street: there is no such case")
