package street

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/grid"
)

// DeskEntries yields every entry of the Desk in the journal, oldest first. O(journal).
func (s *Street) DeskEntries(ctx context.Context) iter.Seq2[dispatch.Entry, error] {
	return func(yield func(dispatch.Entry, error) bool) {
		for r, err := range s.host.Follow(ctx, 1) {
			if err != nil {
				yield(dispatch.Entry{}, err)
				return
			}
			entries, err := decodeEntries(r.Body)
			if err != nil {
				yield(dispatch.Entry{}, err)
				return
			}
			for _, e := range entries {
				if e.Desk != nil && !yield(*e.Desk, nil) {
					return
				}
			}
		}
	}
}

// Account is who held a case for how long, from its filing to its end or to now.
// ErrNoCase for one that was not filed by then. O(journal).
func (s *Street) Account(ctx context.Context, id Code, now time.Time) (dispatch.Account, error) {
	var entries []dispatch.Entry
	filed := false
	for e, err := range s.DeskEntries(ctx) {
		if err != nil {
			return dispatch.Account{}, err
		}
		_, rules := e.Fact.(dispatch.SetupInstalled)
		if e.Case == id && !e.At.After(now) {
			filed = true
		}
		if rules || e.Case == id {
			entries = append(entries, e)
		}
	}
	if !filed || id == "" {
		return dispatch.Account{}, fmt.Errorf("%w: %s", ErrNoCase, id)
	}
	return dispatch.Accountability(id, slices.Values(entries), now)
}

// ErrNobody marks a code that is no post, party, person or area of the folder.
var ErrNobody = errors.New("street: there is no such post, party, person or area")

// Worklist answers the open cases of a post, a party, a person or an area, the one due
// first at the top, at most so many of them, after a cursor; "" is the beginning and 0
// as many as a Worklist of the Desk has. A post has the cases of which a rule named it
// as lead, a person those for which it was on duty at the dispatch, an area those in it
// and below. The cursor it answers is "" when nothing is left.
func (s *Street) Worklist(ctx context.Context, c Code, cursor string, most int) (list []dispatch.Case, next string, err error) {
	filter, err := s.folder.filterFor(c)
	if err != nil {
		return nil, "", err
	}
	filter.Max = most
	viewed := s.host.View(ctx, func(m *machine) { list, next, err = m.desk.Worklist(filter, cursor) })
	return list, next, cmp.Or(err, viewed)
}

// filterFor is the filter for a code.
func (f *Folder) filterFor(c Code) (dispatch.Filter, error) {
	if p, ok := f.Directory.Post(c); ok {
		return dispatch.Filter{Party: p.Party, Post: c}, nil
	}
	if _, ok := f.Directory.Party(c); ok || c == cmp.Or(f.Policy.Desk, dispatch.DefaultDesk) {
		return dispatch.Filter{Party: c}, nil
	}
	if _, ok := f.Directory.Person(c); ok {
		return dispatch.Filter{Person: c}, nil
	}
	if r, ok := f.Map.Lookup(c); ok {
		return dispatch.Filter{Areas: f.below(r)}, nil
	}
	return dispatch.Filter{}, fmt.Errorf("%w: %s", ErrNobody, c)
}

// below is a unit of the map and everything in it.
func (f *Folder) below(r grid.Ref) []Code {
	list := []Code{f.Map.Info(r).Code}
	for u := range f.Map.Children(r) {
		list = append(list, f.below(u)...)
	}
	return list
}

// Impact is what would change if the list of another folder over the same areas took
// the place of this one's at the instant now: cells, open cases (but
// for those that a final ruling binds), and the back-test with
// the folder's events of the year before of which it is known who handled them. Errors
// are those of dispatch.Diff.
func (s *Street) Impact(ctx context.Context, to *Folder, now time.Time) (*dispatch.Impact, error) {
	if to == nil || to.List == nil {
		return nil, ErrFolder
	}
	opts := dispatch.DiffOptions{Directory: s.folder.Directory}
	err := s.host.View(ctx, func(m *machine) {
		for c := range m.desk.Open() {
			area, _ := s.folder.Map.Lookup(c.Area)
			open := dispatch.OpenCase{Case: c.ID, Query: queryOf(c, area, now), Lead: dispatch.Holder{Party: c.Lead.Party, Post: c.Lead.Post, Status: dispatch.Decided}}
			if d := c.Contention; d != nil && d.Final && d.For != "" {
				open.Bound = d.For == c.Lead.Party || d.For == c.Lead.Post
			}
			opts.Open = append(opts.Open, open)
		}
	})
	if err != nil {
		return nil, err
	}
	var past []Event
	for _, e := range s.folder.Events {
		if e.TruthParty != "" && !e.At.After(now) && e.At.After(now.AddDate(-1, 0, 0)) {
			past = append(past, e)
		}
	}
	if len(past) > 0 {
		opts.History = s.folder.Handled(past)
	}
	return dispatch.Diff(s.folder.List, to.List, opts)
}

// queryOf is what the list is asked about a case at an instant.
func queryOf(c dispatch.Case, area grid.Ref, at time.Time) dispatch.Query {
	return dispatch.Query{
		Matter: c.Event.Matter, Area: area, Classes: c.Event.Classes, Condition: c.Event.Condition,
		Channel: c.Event.Channel, At: at, Cost: c.Event.Cost, Owners: c.Event.Owners,
	}
}
