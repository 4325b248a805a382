package street

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/gridgov/gridgov/dispatch"
)

// Row is what became of one event: a line of decisions.csv.
type Row struct {
	Event      Code
	Case       Code
	Status     string // the case's state; empty when it was not filed
	Area       Code   // leaf; empty when only a larger unit is known
	Path       []Code // outermost first
	Lead       Code   // party
	LeadPost   Code
	LeadPerson Code
	Assist     []Code // parties
	Rule       Code   // the lead's rule
	Regulator  Code
	Rectifier  Code
	DueAt      time.Time
	ClosedAt   time.Time
	OnTime     string // as dispatch.Case.OnTime: "true", "false", "open" or ""
	Note       Note   // why there is no lead; "" when there is one
}

// Note says why an event has no lead.
type Note string

// The notes, in the order in which they are looked for.
const (
	NoteAfterNow      Note = "after now"
	NoteUnknownMatter Note = "unknown matter"
	NoteNoPoint       Note = "no point"
	NoteOutside       Note = "outside"
	NoteNoList        Note = "no list"
	NoteNoRule        Note = "no rule"
	NoteTie           Note = "tie"
)

// Rows answers what became of every event of the folder, in file order, as of
// now.
func (s *Street) Rows(now time.Time) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for _, e := range s.folder.Events {
			if !yield(s.row(e, now)) {
				return
			}
		}
	}
}

func (s *Street) row(e Event, now time.Time) Row {
	r := Row{Event: e.ID}
	var c dispatch.Case
	filed := false
	if err := s.host.View(context.Background(), func(m *machine) { c, filed = m.resultOf(e.ID) }); err != nil {
		filed = false
	}
	if e.At.After(now) || !filed {
		r.Note = NoteAfterNow
		return r
	}
	r.Case, r.Status = c.ID, string(c.State)
	if ref, ok := s.folder.Map.Lookup(c.Area); ok {
		if s.folder.Map.Info(ref).Leaf {
			r.Area = c.Area
		}
		for u := range s.folder.Map.Path(ref) {
			r.Path = append(r.Path, s.folder.Map.Info(u).Code)
		}
	}
	r.Lead, r.LeadPost, r.LeadPerson, r.Rule = c.Lead.Party, c.Lead.Post, c.LeadPerson, c.Lead.Rule
	r.Regulator, r.Rectifier = c.Regulator.Party, c.Rectifier.Party
	for _, a := range c.Assist {
		r.Assist = append(r.Assist, a.Party)
	}
	r.DueAt, r.ClosedAt, r.OnTime = c.DueAt, c.ClosedAt, c.OnTime(now)
	if r.Lead == "" {
		r.Note = s.note(e, c)
	}
	return r
}

// note is the first reason that applies for a filed event without a lead.
func (s *Street) note(e Event, c dispatch.Case) Note {
	if c.Status == dispatch.UnknownMatter {
		return NoteUnknownMatter
	}
	if !e.HasPoint && e.Area == "" && e.Address == "" {
		return NoteNoPoint
	}
	switch c.Status {
	case dispatch.Outside, dispatch.NoPoint: // an address that nobody knows lies nowhere on the map
		return NoteOutside
	case dispatch.NoList:
		return NoteNoList
	case dispatch.Tied:
		return NoteTie
	case dispatch.Unowned:
		return NoteNoRule // the one rule names an owner that the place has not
	}
	return NoteNoRule
}

// RowHeader are the columns of decisions.csv.
func RowHeader() []string {
	return []string{
		"event", "case", "status", "area", "path", "lead", "lead_post", "lead_person", "assist", "rule",
		"regulator", "rectifier", "due_at", "closed_at", "on_time", "note",
	}
}

// Fields are the cells of the row, in the order of RowHeader, times in zone.
func (r Row) Fields(zone *time.Location) []string {
	return []string{
		string(r.Event), string(r.Case), r.Status, string(r.Area), join(r.Path, "/"),
		string(r.Lead), string(r.LeadPost), string(r.LeadPerson), join(r.Assist, ";"), string(r.Rule),
		string(r.Regulator), string(r.Rectifier), stamp(r.DueAt, zone), stamp(r.ClosedAt, zone), r.OnTime, string(r.Note),
	}
}

func join(codes []Code, separator string) string {
	texts := make([]string, len(codes))
	for i, c := range codes {
		texts[i] = string(c)
	}
	return strings.Join(texts, separator)
}

// Share is how many of how many were right.
type Share struct {
	Right int `json:"right"`
	Of    int `json:"of"`
}

func (s *Share) count(right bool) {
	s.Of++
	if right {
		s.Right++
	}
}

// String is "right of of (percent)".
func (s Share) String() string {
	if s.Of == 0 {
		return "no data"
	}
	return fmt.Sprintf("%d / %d (%d.%02d %%)", s.Right, s.Of, s.Right*100/s.Of, s.Right*10_000/s.Of%100)
}

// Agreement compares what the street decided with what the events say is true.
type Agreement struct {
	Area     Share `json:"area"`      // of the events with a point and truth_area
	Party    Share `json:"party"`     // of the events with truth_party since evaluate_from
	PartyTop Share `json:"party_top"` // the same, of the top ancestors
	OnTime   Share `json:"on_time"`   // of the events with truth_on_time, due_at and closed_at
}

// Agree compares rows with the truth columns of the folder's events. Undecided
// is wrong. A post counts as its party.
func (s *Street) Agree(now time.Time) Agreement {
	var a Agreement
	for i, r := range s.rows(now) {
		e := s.folder.Events[i]
		if e.HasPoint && e.TruthArea != "" {
			a.Area.count(contains(r.Path, e.TruthArea))
		}
		if e.TruthParty != "" && !e.At.Before(s.folder.EvaluateFrom) {
			truth := s.folder.partyOf(e.TruthParty)
			a.Party.count(r.Lead == truth)
			a.PartyTop.count(s.folder.Directory.Top(r.Lead) == s.folder.Directory.Top(truth))
		}
		if e.TruthOnTime != "" && !e.Due.IsZero() && !e.Closed.IsZero() {
			a.OnTime.count(r.OnTime == e.TruthOnTime)
		}
	}
	return a
}

func (s *Street) rows(now time.Time) []Row {
	rows := make([]Row, 0, len(s.folder.Events))
	for r := range s.Rows(now) {
		rows = append(rows, r)
	}
	return rows
}

func contains(codes []Code, c Code) bool {
	for _, x := range codes {
		if x == c {
			return true
		}
	}
	return false
}

// partyOf is the party of a post, or the code itself.
func (f *Folder) partyOf(c Code) Code {
	if p, ok := f.Directory.Post(c); ok {
		return p.Party
	}
	return c
}
