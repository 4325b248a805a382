package roster

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

// FillsMax is how many shifts without anybody one call of Fill looks at: a month of
// thirty posts that nobody serves.
const FillsMax = 1000

// Order is whom Fill asks first.
type Order string

// The orders. Ties are broken by the other one, then by code.
const (
	Fairest     Order = ""             // who has the least duty in the month of the shift
	LeastRecent Order = "least_recent" // whose last duty ended first, who has had none before all
)

// Filling says which shifts Fill looks at and who may take them.
type Filling struct {
	Posts       []Code    // none: every post with a rotation
	From, Until time.Time // shifts that begin in between, with all windows of their date; both are required
	Rules       Rules     // Rest, Longest and Month are never broken; the others are not asked
	People      []Code    // who may be asked besides the members of the post's rotations on the date
	// Fit tells who may serve on a post from when until when: has the skills, holds
	// the post, is reachable; nil: everybody may.
	Fit   func(person, post Code, from, until time.Time) bool
	Order Order
}

// Filled is a shift that nobody served, and who takes it.
type Filled struct {
	Post        Code
	Rotation    int // position in Plan.Rotations
	Date        Date
	From, Until time.Time // of the first and the last window of the date
	Off         []Absence // why nobody served
	// Exception is what fills it, Replace for somebody absent or Add; without a Kind
	// nobody could.
	Exception Exception
	Chosen    Candidate   // the Person of an Add, the With of a Replace
	Passed    []Candidate // who came before, each with what speaks against them
}

// Fill finds somebody for each shift of the plan that nobody serves, by beginning,
// then post and rotation, and answers what it found. It is greedy: what it has
// filled counts for the next one, and nothing is taken back. Adding the exceptions
// to the plan gives the roster that it had in mind: each of these shifts is served,
// all others are as before, and no one chosen is double booked, on leave, unfit or
// beyond the rules for it. The same input gives the same answer. The errors are
// those of New, and ErrInterval; more is how many shifts beyond FillsMax were not
// looked at. O(shifts filled · (plan + candidates · dates of a month)).
func Fill(zone *time.Location, plan Plan, o Filling) (list []Filled, more int, err error) {
	plan.Exceptions = slices.Clone(plan.Exceptions)
	r, err := New(zone, plan)
	if err != nil {
		return nil, 0, err
	}
	if o.From.IsZero() || !o.From.Before(o.Until) {
		return nil, 0, ErrInterval
	}
	list, more = r.unserved(o)
	for i := range list {
		f := filler{roster: r, plan: &plan, zone: zone, of: &o, shift: &list[i]}
		if next := f.fill(); next != nil {
			r = next
		}
	}
	return list, more, nil
}

// unserved lists the dates of rotations that nobody serves.
func (r *Roster) unserved(o Filling) (list []Filled, more int) {
	posts := r.order
	if len(o.Posts) > 0 {
		posts = slices.Compact(slices.Sorted(slices.Values(o.Posts)))
	}
	a, b := bounds(o.From, o.Until)
	for _, c := range posts {
		p := r.posts[c]
		r.sessions(p, a, b, func(s session) bool {
			if s.from < a || len(s.on) > 0 {
				return true
			}
			windows := r.windows(nil, c, p.rota(s.rotation), s.day)
			if s.from == windows[0].from { // of several windows of the date the first
				list = append(list, Filled{
					Post: c, Rotation: s.rotation, Date: civil.Numbered(s.day), Off: slices.Clone(s.off),
					From: millis(s.from), Until: millis(windows[len(windows)-1].until),
				})
			}
			return true
		})
	}
	slices.SortFunc(list, func(x, y Filled) int {
		return cmp.Or(x.From.Compare(y.From), cmp.Compare(x.Post, y.Post), cmp.Compare(x.Rotation, y.Rotation), x.Date.Compare(y.Date))
	})
	kept := list[:min(len(list), FillsMax)]
	return kept, len(list) - len(kept)
}

// rota is the rotation of the post at a position in Plan.Rotations.
func (p *post) rota(index int) *rota {
	return p.rotas[slices.IndexFunc(p.rotas, func(x *rota) bool { return x.index == index })]
}

// filler fills one shift.
type filler struct {
	roster *Roster
	plan   *Plan
	zone   *time.Location
	of     *Filling
	shift  *Filled
}

// fill finds who takes the shift and answers the roster with them, nil for nobody.
func (f *filler) fill() *Roster {
	p, n := f.roster.posts[f.shift.Post], f.shift.Date.Number()
	rota := p.rota(f.shift.Rotation)
	ways := f.ways()
	for _, c := range f.ranked(f.roster.windows(nil, p.code, rota, n)) {
		if f.of.Fit != nil && !f.of.Fit(c.Person, p.code, f.shift.From, f.shift.Until) {
			c.Against = []FindingCode{Unfit}
		}
		for i := 0; i < len(ways) && !slices.Contains(c.Against, Unfit); i++ {
			way, wanted := ways[i], f.roster.windows(nil, p.code, rota, n)
			if way.Kind == Replace {
				wanted = f.roster.wanted(p, way.Person, n) // all that was theirs
				way.With = c.Person
			} else {
				way.Person = c.Person
			}
			against := f.roster.candidate(c.Person, wanted, f.of.Rules).Against
			if len(against) == 0 {
				if next := f.with(way, c.Person); next != nil {
					c.Against = nil
					f.shift.Exception, f.shift.Chosen = way, c
					return next
				}
				against = []FindingCode{NoShift}
			}
			if len(c.Against) == 0 || len(against) < len(c.Against) {
				c.Against = against // of the way that least speaks against
			}
		}
		f.shift.Passed = append(f.shift.Passed, c)
	}
	return nil
}

// ways are the exceptions that may fill the shift, but for who does: in place of
// somebody on leave, or besides; last in place of somebody taken off, whose removal
// then matches no shift.
func (f *filler) ways() []Exception {
	blank := Exception{Post: f.shift.Post, Date: f.shift.Date, Kind: Replace}
	var leave, removed []Exception
	for _, a := range f.shift.Off {
		blank.Person = a.Person
		switch a.Reason {
		case OnLeave:
			leave = append(leave, blank)
		case Removed:
			removed = append(removed, blank)
		}
	}
	blank.Kind, blank.Person = Add, ""
	return slices.Concat(leave, []Exception{blank}, removed)
}

// ranked is who may be asked, in order, with what duty they have in the month.
func (f *filler) ranked(wanted []duty) []Candidate {
	p, n := f.roster.posts[f.shift.Post], f.shift.Date.Number()
	absent := map[Code]bool{}
	for _, a := range f.shift.Off {
		absent[a.Person] = true
	}
	people := p.membership(n, n+1)
	for _, c := range f.of.People {
		people[c]++
	}
	var list []Candidate
	last := map[Code]int64{}
	for c := range people {
		if absent[c] {
			continue
		}
		list = append(list, Candidate{Person: c, Minutes: f.roster.candidate(c, wanted, Rules{}).Minutes})
		last[c] = f.roster.lastDuty(c, wanted[0].from, n)
	}
	slices.SortFunc(list, func(a, b Candidate) int {
		fair, recent := cmp.Compare(a.Minutes, b.Minutes), cmp.Compare(last[a.Person], last[b.Person])
		if f.of.Order == LeastRecent {
			fair, recent = recent, fair
		}
		return cmp.Or(fair, recent, cmp.Compare(a.Person, b.Person))
	})
	return list
}

// lastDuty is when the person's last duty that begins before an instant of the date n
// ends; the least number when LookAhead dates back there is none.
func (r *Roster) lastDuty(person Code, before, n int64) int64 {
	last := int64(math.MinInt64)
	for day := n; day > n-LookAhead && day >= civil.DayMin && last == math.MinInt64; day-- {
		for _, s := range r.spans(r.people[person], person, day) {
			if s.from < before {
				last = max(last, s.until)
			}
		}
	}
	return last
}

// with answers the roster with one more exception, nil when it does not put the
// person into the shift or takes somebody out of another.
func (f *filler) with(e Exception, person Code) *Roster {
	f.plan.Exceptions = append(f.plan.Exceptions, e)
	next, err := New(f.zone, *f.plan)
	if err == nil && f.holds(next, person) {
		return next
	}
	f.plan.Exceptions = f.plan.Exceptions[:len(f.plan.Exceptions)-1]
	return nil
}

func (f *filler) holds(next *Roster, person Code) bool {
	was, now, n := f.roster.posts[f.shift.Post], next.posts[f.shift.Post], f.shift.Date.Number()
	for i, rota := range was.rotas {
		before, _, _ := was.sheet(i, n, nil, nil)
		after, _, _ := now.sheet(i, n, nil, nil)
		if rota.index == f.shift.Rotation {
			before = append(before, Serving{Person: person})
		} else if len(after) != len(before) {
			return false
		}
		for _, s := range before {
			if !slices.ContainsFunc(after, func(x Serving) bool { return x.Person == s.Person }) {
				return false
			}
		}
	}
	return true
}

// Text says what speaks against the candidate in lang: "zh" is Chinese, anything else
// English; empty when nothing does.
func (c Candidate) Text(lang string) string {
	var texts []string
	for _, code := range c.Against {
		texts = append(texts, againstTexts.Text(lang, string(code)))
	}
	if lang == "zh" {
		return strings.Join(texts, "、")
	}
	return strings.Join(texts, ", ")
}
