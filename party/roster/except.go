package roster

import (
	"cmp"
	"slices"

	"github.com/gridgov/gridgov/internal/civil"
)

// draft is one post's date while exceptions are applied to it.
type draft struct {
	sheets []sheet
	seen   map[Code]bool // everybody who served at some step
}

// drafts are the dates of one post that have exceptions.
type drafts struct {
	post *post
	days map[int64]*draft
	note func(FindingCode, *Exception)

	skipped []int64 // dates that the zone left out
}

// except applies every exception.
func (r *Roster) except(list []Exception) {
	byPost, skipped := map[Code][]Exception{}, r.clock.Skipped()
	idle := map[away]map[Code]bool{}
	for _, e := range list {
		if e.WithDate.IsZero() && e.Kind == Swap {
			e.WithDate = e.Date
		}
		if e.Post != "" {
			if r.posts[e.Post] != nil { // else it is leave from a post without shifts
				byPost[e.Post] = append(byPost[e.Post], e)
			}
			continue
		}
		for _, p := range r.people[e.Person] {
			byPost[p] = append(byPost[p], e)
		}
		key := away{date: e.Date.Number()}
		if idle[key] == nil {
			idle[key] = map[Code]bool{}
		}
		idle[key][e.Person] = true
	}
	note := func(code FindingCode, e *Exception) {
		r.findings = append(r.findings, exceptionFinding(r.clock, code, e))
	}
	for c, exceptions := range byPost {
		d := drafts{post: r.posts[c], days: map[int64]*draft{}, note: note, skipped: skipped}
		d.apply(exceptions)
		for n, day := range d.days {
			for person := range day.seen {
				delete(idle[away{date: n}], person)
			}
			d.post.changed = append(d.post.changed, n)
		}
		slices.Sort(d.post.changed)
		for _, n := range d.post.changed {
			d.post.sheets = append(d.post.sheets, d.days[n].sheets)
		}
	}
	for key, people := range idle {
		for person := range people {
			note(NoShift, &Exception{Kind: Leave, Person: person, Date: civil.Numbered(key.date)})
		}
	}
	slices.SortFunc(r.findings, compareFindings)
}

// day is the draft of the date n, begun from the rotations when it is new.
func (d *drafts) day(date Date) *draft {
	n := date.Number()
	if d.days[n] == nil {
		day := &draft{seen: map[Code]bool{}}
		for i, r := range d.post.rotas {
			if !r.worked(n) {
				continue
			}
			on, off := r.base(n, nil, nil)
			s := sheet{rota: i, on: on, off: off}
			for _, v := range on {
				day.seen[v.Person] = true
			}
			day.sheets = append(day.sheets, s)
		}
		d.days[n] = day
	}
	return d.days[n]
}

// apply runs the five steps over one post's exceptions.
func (d *drafts) apply(list []Exception) {
	slices.SortFunc(list, compareExceptions)
	step := func(kind Kind, do func(e *Exception)) {
		for i := range list {
			if list[i].Kind == kind {
				do(&list[i])
			}
		}
	}
	step(Swap, d.swap)
	d.replace(list)
	step(Add, d.add)
	step(Leave, func(e *Exception) { d.drop(e, OnLeave) })
	step(Remove, func(e *Exception) { d.drop(e, Removed) })
}

// compareExceptions orders those of one post: the order in which swaps apply and
// in which the first of two that cannot both apply wins.
func compareExceptions(a, b Exception) int {
	return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Person, b.Person), a.WithDate.Compare(b.WithDate),
		cmp.Compare(a.With, b.With), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Post, b.Post), -consents(a)+consents(b))
}

func consents(e Exception) int {
	if e.Consent {
		return 1
	}
	return 0
}

// holds reports whether the sheet has person.
func (s *sheet) holds(person Code) bool {
	return slices.ContainsFunc(s.on, func(v Serving) bool { return v.Person == person })
}

// of lists the entries of person on the day.
func (d *draft) of(person Code) []*Serving {
	var list []*Serving
	for i := range d.sheets {
		for j := range d.sheets[i].on {
			if d.sheets[i].on[j].Person == person {
				list = append(list, &d.sheets[i].on[j])
			}
		}
	}
	return list
}

// clash reports whether some rotation of the day has both people.
func (d *draft) clash(a, b Code) bool {
	return slices.ContainsFunc(d.sheets, func(s sheet) bool { return s.holds(a) && s.holds(b) })
}

// swap exchanges the shifts of two people, all or nothing.
func (d *drafts) swap(e *Exception) {
	if !e.Consent {
		d.note(NoConsent, e)
		return
	}
	here, there := d.day(e.Date), d.day(e.WithDate)
	mine, theirs := here.of(e.Person), there.of(e.With)
	switch {
	case len(mine) == 0 || len(theirs) == 0:
		d.note(NoShift, e)
		return
	case here != there && (here.clash(e.Person, e.With) || there.clash(e.Person, e.With)):
		d.note(Twice, e)
		return
	}
	for _, v := range mine {
		v.Person, v.Why, v.For = e.With, Swapped, e.Person
	}
	for _, v := range theirs {
		v.Person, v.Why, v.For = e.Person, Swapped, e.With
	}
	here.seen[e.With], there.seen[e.Person] = true, true
}

// replace puts every stand-in in place, all of a date at once.
func (d *drafts) replace(list []Exception) {
	for i := 0; i < len(list); {
		date := list[i].Date
		by := map[Code]*Exception{} // by who is replaced
		for ; i < len(list) && list[i].Date == date; i++ {
			e := &list[i]
			if e.Kind != Replace {
				continue
			}
			if day := d.day(date); by[e.Person] != nil || len(day.of(e.Person)) == 0 {
				d.note(NoShift, e)
				continue
			}
			by[e.Person] = e
		}
		if len(by) > 0 {
			d.standIn(d.day(date), by)
		}
	}
}

// standIn replaces people by their stand-ins; nobody stands twice in one rotation.
func (d *drafts) standIn(day *draft, by map[Code]*Exception) {
	for i := range day.sheets {
		s := &day.sheets[i]
		stays := func(person Code) bool { return by[person] == nil && s.holds(person) }
		taken := map[Code]bool{}
		var on []Serving
		for _, v := range s.on {
			if e := by[v.Person]; e != nil {
				if stays(e.With) || taken[e.With] {
					d.note(Twice, e)
					continue
				}
				taken[e.With] = true
				day.seen[e.With] = true
				v.Person, v.Why, v.For = e.With, Replaced, e.Person
			}
			on = append(on, v)
		}
		s.on = on
	}
}

// add puts a person into the first rotation that works on the date, else into the
// first that stands.
func (d *drafts) add(e *Exception) {
	day, n := d.day(e.Date), e.Date.Number()
	if slices.Contains(d.skipped, n) { // the zone left the date out
		d.note(NoShift, e)
		return
	}
	if len(day.sheets) == 0 {
		i := slices.IndexFunc(d.post.rotas, func(r *rota) bool { return r.stands(n) })
		if i < 0 {
			d.note(NoShift, e)
			return
		}
		day.sheets = append(day.sheets, sheet{rota: i})
	}
	s := &day.sheets[0]
	if s.holds(e.Person) {
		d.note(Twice, e)
		return
	}
	s.on = append(s.on, Serving{Person: e.Person, Why: Added})
	day.seen[e.Person] = true
}

// drop takes a person off every rotation of the date.
func (d *drafts) drop(e *Exception, reason Reason) {
	day, found := d.day(e.Date), false
	for i := range day.sheets {
		s := &day.sheets[i]
		s.on = slices.DeleteFunc(s.on, func(v Serving) bool {
			if v.Person != e.Person {
				return false
			}
			s.off = append(s.off, Absence{Person: v.Person, Team: v.Team, Reason: reason})
			found = true
			return true
		})
	}
	if !found && (reason == Removed || e.Post != "" && !day.seen[e.Person]) {
		d.note(NoShift, e)
	}
}
