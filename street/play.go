package street

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street/adapt"
)

// step is one thing that happens while a folder is played.
type step struct {
	at    time.Time
	order int  // admissions, events, then tables, then commands at the same instant
	line  int  // in its file; of a table the place among what tables record
	close bool // the closing of an event, after every filing of that instant and line
	event *Event
	plan  *Planned
}

// Play lives the folder up to and including now: fund lines are opened, events
// are filed and, at their closed_at, finished, verified and closed, commands are
// given. Dues fire before anything at their instant; then come admissions, then
// events, then what tables record, then commands, each by (at, line). What lies after
// now does not happen. Every command has a key, so playing the same folder into a
// journal again changes nothing.
// progress, if not nil, is told how many of how many steps are done.
func (s *Street) Play(ctx context.Context, now time.Time, progress func(done, total int)) error {
	steps := s.folder.steps(now)
	first := now
	if len(steps) > 0 {
		first = steps[0].at
	}
	if err := s.OpenFunds(ctx, first); err != nil {
		return err
	}
	for i, st := range steps {
		if err := s.Tick(ctx, st.at); err != nil {
			return err
		}
		if err := s.take(ctx, st); err != nil {
			return err
		}
		if progress != nil {
			progress(i+1, len(steps))
		}
	}
	return s.Tick(ctx, now)
}

// Latest is the last instant that the folder states in a column or key `at` or
// `closed_at`: when a run of it ends unless the caller says otherwise.
func (f *Folder) Latest() time.Time {
	var latest time.Time
	see := func(at time.Time) {
		if at.After(latest) {
			latest = at
		}
	}
	for _, e := range f.Events {
		see(e.At)
		see(e.Closed)
	}
	for _, list := range [][]Planned{f.Recorded, f.Commands} {
		for _, p := range list {
			if p.Stated {
				see(p.At)
			}
		}
	}
	for _, fix := range f.Positions {
		see(fix.At)
	}
	return latest
}

// steps are the filings, closings and commands up to now, in the order of the
// merge.
func (f *Folder) steps(now time.Time) []step {
	var steps []step
	for i := range f.Events {
		e := &f.Events[i]
		if e.At.After(now) {
			continue
		}
		steps = append(steps, step{at: e.At, line: e.Line, event: e})
		if !e.Closed.IsZero() && !e.Closed.After(now) {
			steps = append(steps, step{at: e.Closed, line: e.Line, event: e, close: true})
		}
	}
	for i := range f.Admissions {
		if p := &f.Admissions[i]; !p.At.After(now) {
			steps = append(steps, step{at: p.At, order: -1, line: i, plan: p})
		}
	}
	for i := range f.Recorded {
		if p := &f.Recorded[i]; !p.At.After(now) {
			steps = append(steps, step{at: p.At, order: 1, line: i, plan: p})
		}
	}
	for i := range f.Commands {
		if p := &f.Commands[i]; !p.At.After(now) {
			steps = append(steps, step{at: p.At, order: 2, line: p.Line, plan: p})
		}
	}
	slices.SortStableFunc(steps, func(a, b step) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.order, b.order), cmp.Compare(a.line, b.line))
	})
	return steps
}

// OpenFunds opens the fund lines of the folder and brings their amounts in, for a
// host that does not Play the folder. Doing it again changes nothing.
func (s *Street) OpenFunds(ctx context.Context, at time.Time) error {
	for _, f := range s.folder.Funds {
		c := Command{Key: fundKeyPrefix + string(f.Open.Line) + ":open", Book: f.Open}
		if err := s.must(ctx, at, c); err != nil {
			return err
		}
		if f.Amount == 0 {
			continue
		}
		c = Command{Key: fundKeyPrefix + string(f.Open.Line) + ":appropriate", Book: adapt.Appropriation(f.Open, f.Amount)}
		if err := s.must(ctx, at, c); err != nil {
			return err
		}
	}
	return nil
}

// must gives a command that only a broken folder could make the street refuse.
func (s *Street) must(ctx context.Context, at time.Time, c Command) error {
	out, err := s.Do(ctx, at, c)
	if err == nil && out.Refusal != nil {
		return fmt.Errorf("street: %s: %s", c.Key, out.Refusal.Text("en"))
	}
	return err
}

func (s *Street) take(ctx context.Context, st step) error {
	switch {
	case st.plan != nil:
		_, err := s.Do(ctx, st.at, st.plan.Command) // a refusal is an answer, and recorded
		return err
	case st.close:
		return s.closeEvent(ctx, st.at, *st.event)
	}
	_, err := s.File(ctx, *st.event)
	return err
}

// File reports an event at its own instant, or at the last recorded one when that
// is later: one record files, registers and dispatches it when place and lead are
// certain. Who reported it, and in what words, is kept in the record's private
// part when the Street has a Salt, else not at all. Times are cut to whole
// milliseconds. An event whose place or matter is unknown is filed all the same
// and answered by the duty desk; its case says why. Where the folder's policy is
// automatic, an event that repeats an open case becomes one more report of it.
func (s *Street) File(ctx context.Context, e Event) (Outcome, error) {
	do := dispatch.File{Straight: true, Event: s.folder.DeskEvent(e)}
	return s.Do(ctx, e.At, Command{Key: eventKey(e, "file"), Desk: do, Repeats: s.folder.attaches(), Private: s.private(personal{Reporter: e.Reporter, Summary: e.Summary})})
}

// DeskEvent is an event as the Desk takes it, its place resolved and without
// personal text: the classes of its place, and who owns what lies there for every layer
// that a rule names by owner(layer).
func (f *Folder) DeskEvent(e Event) dispatch.Event {
	out := dispatch.Event{
		ID: e.ID, Matter: e.Matter, Channel: e.Channel, ExternalID: e.ExternalID, Condition: e.Condition,
		Cost: int64(e.Cost), Due: e.Due, Evidence: adapt.Evidence(e.Evidence),
	}
	if point, has, area, ok := f.Place(e); ok {
		out.Area = area
		if has {
			out.Point = &point
			lies := f.Layers.At(f.Map, point, e.At, nil)
			out.Classes = lies.FirstClasses(nil)
			for _, layer := range f.ownerLayers {
				if owner, ok := lies.Owner(layer); ok {
					out.Owners = append(out.Owners, dispatch.LayerOwner{Layer: layer, Owner: owner})
				}
			}
		}
	}
	return out
}

// closeEvent takes an event's case to closed: acknowledged and started if it was
// not yet, finished, verified, closed. Of several reports of one case that which opened
// it says when it was closed; only where that says nothing another one does.
func (s *Street) closeEvent(ctx context.Context, at time.Time, e Event) error {
	c, ok := s.CaseOf(e.ID)
	if !ok || c.ID != e.ID && s.folder.closes(c.Event.ID) {
		return nil
	}
	// Entries hold codes only: an outcome that is a sentence goes to the private
	// part of the record that closes the case.
	outcome, private := e.Outcome, (*journal.Private)(nil)
	matter, _ := s.folder.List.Matter(c.Event.Matter)
	if code.Check(Code(outcome)) != nil && !slices.Contains(matter.KnownOutcomes(), outcome) {
		outcome, private = "", s.private(personal{Outcome: e.Outcome})
	}
	satisfied := map[string]dispatch.Satisfied{"true": dispatch.SatisfiedYes, "false": dispatch.SatisfiedNo}[e.Satisfied]
	for _, do := range adapt.ClosingSteps(c, outcome, satisfied, nil) {
		c := Command{Key: eventKey(e, verbName(do)), Desk: do}
		if end, closes := do.(dispatch.Close); closes {
			if !matter.Takes(end.Outcome) {
				end.Waiver = "closed"
				c.Desk = end
			}
			c.Private = private
		}
		if _, err := s.Do(ctx, at, c); err != nil {
			return err
		}
	}
	return nil
}

// The keys that the street itself gives its commands begin so.
const eventKeyPrefix, fundKeyPrefix, admissionKeyPrefix = "event:", "fund:", "admission:"

// ownKeys are the beginnings of all of them.
var ownKeys = []string{eventKeyPrefix, fundKeyPrefix, admissionKeyPrefix, "council:", "meeting:", "topic:", "household:", "visits:", "visit:", "shift:", "attendance:"}

func eventKey(e Event, step string) string { return eventKeyPrefix + string(e.ID) + ":" + step }
