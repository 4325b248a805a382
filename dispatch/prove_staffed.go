package dispatch

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/gridgov/gridgov/party"
)

// StaffedDaysMax is how many days ProveStaffed looks at in one call: four years
// and a day, longer than any roster is planned.
const StaffedDaysMax = 4*366 + 1

// ProveStaffed looks at every post and party that a lead rule names and at every
// instant of [from, until): a post answers when OnDuty finds a person for it,
// its own or one in its place, a party when it exists. What does not answer, while
// a rule that names it is in force and in its window, is a FindingUnstaffed with
// Party, Post, the Rules in force, the interval During in [from, until), and a
// witness at its first such instant.
//
// Findings are ordered by party, post and beginning; at most FindingsMax, the
// rest counted in one last FindingMore. Instants are whole milliseconds; finer
// ones are cut off. A rule that names owner(layer) is not looked at.
//
// Nothing is sampled: who is on duty changes only where a shift of the rotation,
// an appointment or a party begins or ends, or on leave at a midnight; leave is
// looked for at least twice a day.
//
// Errors: ErrNoList for a nil list, ErrInterval when from is not before until,
// ErrTooMany when they are more than StaffedDaysMax days apart. O(n·c) for n posts and c changes.
func ProveStaffed(list *List, dir *party.Directory, from, until time.Time) ([]Finding, error) {
	if list == nil {
		return nil, ErrNoList
	}
	from, until = from.Truncate(time.Millisecond).UTC(), until.Truncate(time.Millisecond).UTC()
	if !from.Before(until) {
		return nil, fmt.Errorf("dispatch: %w: from %s until %s", ErrInterval, from, until)
	}
	if until.After(from.AddDate(0, 0, StaffedDaysMax)) {
		return nil, fmt.Errorf("dispatch: %w days from %s until %s: at most %d", ErrTooMany, from, until, StaffedDaysMax)
	}
	s := staffing{list: list, dir: dir, check: newCheck(list)}
	rules := map[[2]Code][]uint32{}
	for i, e := range list.entries {
		if d := list.duties[i]; e.role == 0 && d.Party != "" {
			who := [2]Code{d.Party, d.Post}
			rules[who] = append(rules[who], uint32(i))
		}
	}
	for who, positions := range rules {
		s.look(who, positions, from, until)
	}
	slices.SortFunc(s.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Post, b.Post), a.During.From.Compare(b.During.From))
	})
	return capFindings(s.found, nil), nil
}

// staffing is one run of ProveStaffed.
type staffing struct {
	list  *List
	dir   *party.Directory
	check *check
	found []Finding
}

// look goes from change to change and joins what has nobody.
func (s *staffing) look(who [2]Code, rules []uint32, from, until time.Time) {
	var empty Interval
	for at := from; at.Before(until); {
		there, next := s.answers(who, at, until)
		if !there {
			if empty.From.IsZero() {
				empty.From = at
			}
			empty.Until = next
		}
		if (there || !next.Before(until)) && !empty.From.IsZero() {
			s.report(who, rules, empty)
			empty = Interval{}
		}
		at = next
	}
}

// answers reports whether somebody answers at an instant, and until when nothing
// about it can change.
func (s *staffing) answers(who [2]Code, at, until time.Time) (bool, time.Time) {
	next := until
	sooner := func(t time.Time) {
		if t.After(at) && t.Before(next) {
			next = t
		}
	}
	parties := func(c Code) {
		for p := range s.dir.Chain(c) {
			sooner(p.During.From)
			sooner(p.During.Until)
		}
	}
	parties(who[0])
	if who[1] == "" {
		return s.dir.Active(who[0], at), next
	}
	duty := s.dir.OnDuty(who[1], at)
	for _, step := range duty.Steps {
		if step.Post == "" {
			continue
		}
		parties(step.Party)
		sooner(s.dir.Roster().At(step.Post, at).Until)
		for a := range s.dir.Appointments(step.Post) {
			sooner(a.During.From)
			sooner(a.During.Until)
			if a.During.Holds(at) {
				sooner(s.leaves(a.Person, step.Post, at, next))
			}
		}
	}
	return duty.Person != "", next
}

// leaves is when a person's leave next begins or ends, before until; else zero.
// Leave lasts whole local days, so no more than one end of it lies in half a day.
func (s *staffing) leaves(person, post Code, at, until time.Time) time.Time {
	const step = 12 * time.Hour
	away := func(t time.Time) bool { return s.dir.Roster().Away(person, post, t) }
	now := away(at)
	for low := at; low.Before(until); low = low.Add(step) {
		high := low.Add(step)
		if away(high) == now {
			continue
		}
		for high.Sub(low) > time.Millisecond {
			if mid := low.Add((high.Sub(low) / 2).Truncate(time.Millisecond)); away(mid) == now {
				low = mid
			} else {
				high = mid
			}
		}
		return high
	}
	return time.Time{}
}

// report adds a finding for the part of an interval in which some rule needs the
// post or party.
func (s *staffing) report(who [2]Code, rules []uint32, empty Interval) {
	l := s.list
	f := Finding{Severity: SeverityError, Code: FindingUnstaffed, Role: Lead, Party: who[0], Post: who[1], During: empty}
	var first spot
	for _, pos := range rules {
		sp, ok := s.needed(pos, empty)
		if !ok {
			continue
		}
		r := l.rules[pos]
		f.Rules = append(f.Rules, r.ID)
		if first.named == nil || sp.at < first.at {
			class, leaf := s.check.somewhere(pos)
			first, f.Matter, f.Area = sp, r.Matter, ruleArea(r)
			f = s.check.finding(f, class, leaf, sp)
		}
	}
	if first.named != nil {
		slices.Sort(f.Rules)
		s.found = append(s.found, f)
	}
}

// needed is the first instant of an interval at which a rule is in force and in
// its window.
func (s *staffing) needed(pos uint32, in Interval) (spot, bool) {
	l, t := s.list, s.check.time
	e := &l.entries[pos]
	from, until := max(e.from, in.From.UnixMilli()), min(e.until, in.Until.UnixMilli())
	found := spot{cost: e.min, named: []uint32{pos}}
	if from >= until {
		return spot{}, false
	}
	if e.window == 0 {
		found.at = from
		return found, true
	}
	ok := false
	t.walk(from, until, t.minutes(), nil, func(at int64) {
		w := l.windows[e.window-1]
		if (!ok || at < found.at) && w.holds(time.UnixMilli(at), l.zone, l.calendar) {
			found.at, ok = at, true
		}
	})
	return found, ok
}
