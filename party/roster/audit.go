package roster

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

// Rules are what Check asks of a roster. A zero field asks nothing.
type Rules struct {
	Rest     time.Duration // the least rest between two duties of a person; a break between two windows of one rotation on one date is none
	Longest  time.Duration // the longest duty of a person without any break, from post to post too
	Month    time.Duration // the most duty of a person in a calendar month
	Strength []Strength
	Manned   bool // somebody serves on every post within its hours
}

// Strength asks that at least Least different people serve on the posts together
// (在岗力量), at every instant of the interval or, when InHours, at those within the
// hours of at least one of the posts.
type Strength struct {
	Name    Code // of the area or set, for the finding
	Posts   []Code
	Least   int
	InHours bool
}

// FindingsMax is how many findings Check lists; the rest are counted.
const FindingsMax = 10_000

// Check lists what breaks the rules in [from, until), exact to the millisecond:
// people with two shifts at once (whatever the rules), shifts that reach into a
// person's leave (whatever the rules), rests that are too short and meet the
// interval, duties that are too long without a break (their part in the interval),
// months that meet the interval with too much duty (a shift over the end of a month
// counts in both, each its part; an instant on two posts counts once), too few
// people, and posts without anybody. Shifts that touch are one duty and have no rest
// between them. Findings are by time, post, person; more counts those beyond
// FindingsMax. A zero end is open.
// O(s log s) in the shifts of the interval, and s for each month that it meets.
func (r *Roster) Check(rules Rules, from, until time.Time) (list []Finding, more int) {
	a, b := bounds(from, until)
	if a >= b || r.clock == nil {
		return nil, 0
	}
	c := checker{roster: r, rules: rules, from: a, until: b}
	shifts := r.byPerson(c.reach())
	for _, person := range slices.Sorted(maps.Keys(shifts)) {
		c.doubles(person, shifts[person])
		c.leaves(person, shifts[person])
		duties := merge(shifts[person])
		c.rests(person, shifts[person], duties)
		c.longest(person, duties)
		c.months(person, duties)
	}
	for _, s := range rules.Strength {
		c.strength(s)
	}
	if rules.Manned {
		for _, p := range r.order {
			for g := range r.Gaps(p, from, until, false) {
				c.found = append(c.found, finished(Finding{Code: Unmanned, Post: p, From: g.From, Until: g.Until, Reason: g.Off[0].Reason}))
			}
		}
	}
	slices.SortFunc(c.found, compareFindings)
	kept := c.found[:min(len(c.found), FindingsMax)]
	return kept, len(c.found) - len(kept)
}

// checker collects what breaks the rules in [from, until), ms.
type checker struct {
	roster      *Roster
	rules       Rules
	from, until int64
	found       []Finding
}

// duty is a person's time on one post, or from one to another, without a break.
type duty struct {
	post, last  Code // where it begins and where it ends
	rotation    int
	day         int64
	from, until int64
}

// reach is the interval whose shifts the rules look at: whole months, and a rest or
// the longest duty before and after.
func (c *checker) reach() (from, until int64) {
	margin := int64(max(c.rules.Rest, c.rules.Longest) / time.Millisecond)
	from, until = c.from-margin, c.until+margin
	if c.rules.Month > 0 {
		from = min(from, c.monthStart(c.from, 0))
		until = max(until, c.monthStart(c.until-1, 1))
	}
	return from, until
}

// monthStart is the first instant of the month of at, or of the one that comes
// later by so many.
func (c *checker) monthStart(at int64, later time.Month) int64 {
	d := civil.Numbered(civil.Floor(c.roster.clock.Wall(at), civil.Day))
	d.Day, d.Month = 1, d.Month+later
	if d.Month > 12 {
		d.Year, d.Month = d.Year+1, 1
	}
	return c.roster.clock.Instant(d.Number() * civil.Day)
}

// byPerson lists each person's shifts that meet [from, until), by start, then post.
func (r *Roster) byPerson(from, until int64) map[Code][]duty {
	people := map[Code][]duty{}
	for _, c := range r.order {
		r.sessions(r.posts[c], from, until, func(s session) bool {
			for _, v := range s.on {
				people[v.Person] = append(people[v.Person], duty{c, c, s.rotation, s.day, s.from, s.until})
			}
			return true
		})
	}
	for _, list := range people {
		slices.SortStableFunc(list, byStart)
	}
	return people
}

// merge joins shifts that touch or overlap.
func merge(shifts []duty) []duty {
	var list []duty
	for _, s := range shifts {
		if n := len(list) - 1; n >= 0 && s.from <= list[n].until {
			if s.until > list[n].until {
				list[n].until, list[n].last = s.until, s.post
			}
			continue
		}
		list = append(list, s)
	}
	return list
}

// add notes a finding whose interval [from, until) is not empty once clipped.
func (c *checker) add(f Finding, from, until int64) {
	from, until = max(from, c.from), min(until, c.until)
	if from < until {
		f.From, f.Until = millis(from), millis(until)
		c.found = append(c.found, finished(f))
	}
}

func (c *checker) doubles(person Code, shifts []duty) {
	for i, a := range shifts {
		for _, b := range shifts[i+1:] {
			if b.from >= a.until {
				break
			}
			c.add(Finding{Code: DoubleBooked, Person: person, Post: a.post, Other: b.post}, b.from, min(a.until, b.until))
		}
	}
}

func (c *checker) leaves(person Code, shifts []duty) {
	clock := c.roster.clock
	for i, l := range c.roster.leave[person] {
		if i > 0 && c.roster.leave[person][i-1] == l {
			continue
		}
		from, until := clock.Instant(l.date*civil.Day), clock.Instant((l.date+1)*civil.Day)
		first, _ := slices.BinarySearchFunc(shifts, from-2*civil.Day, func(s duty, at int64) int { return cmp.Compare(s.from, at) })
		for _, s := range shifts[first:] {
			if s.from >= until {
				break
			}
			if l.post == "" || l.post == s.post {
				c.add(Finding{Code: LeaveOverlap, Person: person, Post: s.post}, max(from, s.from), min(until, s.until))
			}
		}
	}
}

func (c *checker) rests(person Code, shifts, duties []duty) {
	for i := 1; i < len(duties); i++ {
		a, b := duties[i-1], duties[i]
		short := time.Duration(b.from-a.until)*time.Millisecond < c.rules.Rest
		if short && a.until < c.until && b.from > c.from && !split(shifts, a.until, b.from) {
			c.found = append(c.found, finished(Finding{
				Code: ShortRest, Person: person, Post: a.last, Other: b.post,
				From: millis(a.until), Until: millis(b.from), Limit: int64(c.rules.Rest / time.Minute),
			}))
		}
	}
}

func (c *checker) longest(person Code, duties []duty) {
	if c.rules.Longest <= 0 {
		return
	}
	for _, d := range duties {
		if time.Duration(d.until-d.from)*time.Millisecond > c.rules.Longest {
			c.add(Finding{Code: LongDuty, Person: person, Post: d.post, Other: d.last, Limit: int64(c.rules.Longest / time.Minute)}, d.from, d.until)
		}
	}
}

// split reports whether the time from one instant to another is a break between two
// windows of one rotation on one date.
func split(shifts []duty, from, until int64) bool {
	first, _ := slices.BinarySearchFunc(shifts, from-2*civil.Day, func(s duty, at int64) int { return cmp.Compare(s.from, at) })
	for i, a := range shifts[first:] {
		if a.from >= from {
			break
		}
		for _, b := range shifts[first+i+1:] {
			if a.until == from && b.from == until && a.rotation == b.rotation && a.day == b.day {
				return true
			}
			if b.from > until {
				break
			}
		}
	}
	return false
}

func (c *checker) months(person Code, duties []duty) {
	if c.rules.Month <= 0 {
		return
	}
	for from := c.monthStart(c.from, 0); from < c.until; {
		until := c.monthStart(from, 1)
		if until <= from {
			break // the calendar ends
		}
		sum := int64(0)
		for _, d := range duties {
			sum += max(0, min(d.until, until)-max(d.from, from))
		}
		if time.Duration(sum)*time.Millisecond > c.rules.Month {
			c.found = append(c.found, Finding{
				Code: OverHours, Person: person, From: millis(from), Until: millis(until),
				Minutes: sum / civil.Minute, Limit: int64(c.rules.Month / time.Minute),
			})
		}
		from = until
	}
}
