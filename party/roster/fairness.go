package roster

import (
	"maps"
	"math/bits"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

// DayKind is a kind of date for the comparison of burdens.
type DayKind uint8

// The kinds of a date; a listed holiday is one whatever the day of the week.
const (
	Weekday DayKind = iota
	Weekend         // Saturday and Sunday
	Holiday
	dayKinds
)

// Share is one person's part of a post's duty.
type Share struct {
	Person   Code
	Minutes  [3]int64 // by DayKind of the date on which each minute falls
	Total    int64
	Expected int64 // part of everybody's total by dates of membership
}

// Fairness compares the burdens of one post in an interval.
type Fairness struct {
	Shares []Share  // by person
	Spread [3]int64 // by DayKind: the largest share less the smallest, among members
	Total  int64    // spread of the totals, among members
}

// Fairness sums the minutes of duty on the post in [from, until) by person and kind
// of date; a shift over midnight counts on both dates, each its part. Expected
// shares out the sum of all totals over the members of its rotations and of their
// teams, by the number of dates in the interval on which each is a member; they are
// whole minutes and add up to that sum, 0 for all when nobody is a member. Spreads
// are over the members; somebody who only stood in is listed with nothing expected.
// O(d p) for d dates and p people on the post.
func (r *Roster) Fairness(c Code, from, until time.Time, holidays []Date) Fairness {
	p := r.posts[c]
	if p == nil {
		return Fairness{}
	}
	a, b := bounds(from, until)
	listed := map[int64]bool{}
	for _, d := range holidays {
		listed[d.Number()] = true
	}
	spans := map[Code][]duty{} // by start
	r.sessions(p, a, b, func(s session) bool {
		for _, v := range s.on {
			spans[v.Person] = append(spans[v.Person], duty{from: max(s.from, a), until: min(s.until, b)})
		}
		return true
	})
	sums := map[Code]*[dayKinds]int64{}
	for person, list := range spans {
		sums[person] = &[dayKinds]int64{}
		slices.SortStableFunc(list, byStart)
		for _, span := range merge(list) { // who is there twice is there once
			for n := civil.Floor(r.clock.Wall(span.from), civil.Day) - 1; ; n++ {
				begin, end := r.clock.Instant(n*civil.Day), r.clock.Instant((n+1)*civil.Day)
				sums[person][kindOf(n, listed)] += max(0, min(span.until, end)-max(span.from, begin))
				if begin >= span.until {
					break
				}
			}
		}
	}
	dates := p.membership(r.clock.FirstDay(a), r.clock.FirstDay(b))
	for person := range dates {
		if sums[person] == nil {
			sums[person] = &[dayKinds]int64{}
		}
	}
	return fairness(sums, dates)
}

func kindOf(n int64, holidays map[int64]bool) DayKind {
	switch w := civil.Weekday(n); {
	case holidays[n]:
		return Holiday
	case w == time.Saturday || w == time.Sunday:
		return Weekend
	}
	return Weekday
}

// membership counts, for each member, the dates of [from, until) on which they
// belong to a rotation of the post that stands.
func (p *post) membership(from, until int64) map[Code]int64 {
	dates := map[Code]int64{}
	for n := max(from, civil.DayMin); n < min(until, civil.DayMax); n++ {
		today := map[Code]bool{}
		for _, rota := range p.rotas {
			if !rota.stands(n) {
				continue
			}
			for _, m := range rota.members {
				if n < m.from || n >= m.until {
					continue
				}
				if m.team == "" {
					today[m.person] = true
				}
				for _, t := range m.people {
					if t.from <= n && n < t.until {
						today[t.person] = true
					}
				}
			}
		}
		for person := range today {
			dates[person]++
		}
	}
	return dates
}

// fairness turns sums of milliseconds and dates of membership into shares.
func fairness(sums map[Code]*[dayKinds]int64, dates map[Code]int64) Fairness {
	var f Fairness
	total, weight := int64(0), int64(0)
	for _, person := range slices.Sorted(maps.Keys(sums)) {
		s := Share{Person: person}
		for k, ms := range sums[person] {
			s.Minutes[k] = ms / civil.Minute
			s.Total += s.Minutes[k]
		}
		total, weight = total+s.Total, weight+dates[person]
		f.Shares = append(f.Shares, s)
	}
	given, sum := int64(0), int64(0)
	var least, most [dayKinds + 1]int64
	first := true
	for i := range f.Shares {
		s := &f.Shares[i]
		if dates[s.Person] == 0 {
			continue
		}
		sum += dates[s.Person]
		upTo := share(total, sum, weight)
		s.Expected, given = upTo-given, upTo
		for k, v := range append(s.Minutes[:], s.Total) {
			if first || v < least[k] {
				least[k] = v
			}
			most[k] = max(most[k], v)
		}
		first = false
	}
	for k := range f.Spread {
		f.Spread[k] = most[k] - least[k]
	}
	f.Total = most[dayKinds] - least[dayKinds]
	return f
}

// share is total*part/whole rounded down, 0 <= part <= whole, in 128 bits.
func share(total, part, whole int64) int64 {
	high, low := bits.Mul64(uint64(total), uint64(part))
	quotient, _ := bits.Div64(high, low, uint64(whole))
	return int64(quotient)
}
