package rounds

import (
	"strconv"
	"strings"
)

// Every is how long a period is: "1mo" is one calendar month, "3mo" three,
// "7d" seven days and "2w" two weeks. At most 120 months or 3,660 days.
type Every string

// rhythm is a parsed Every: one of the two is above zero.
type rhythm struct{ months, days int }

// Valid reports whether e is a period.
func (e Every) Valid() bool {
	_, ok := e.parse()
	return ok
}

func (e Every) parse() (rhythm, bool) {
	for _, u := range []struct {
		suffix string
		most   int
		of     rhythm
	}{{"mo", 120, rhythm{months: 1}}, {"d", 3660, rhythm{days: 1}}, {"w", 522, rhythm{days: 7}}} {
		digits, ok := strings.CutSuffix(string(e), u.suffix)
		if !ok {
			continue
		}
		n, err := strconv.Atoi(digits)
		if err != nil || n < 1 || n > u.most || strconv.Itoa(n) != digits {
			return rhythm{}, false
		}
		return rhythm{n * u.of.months, n * u.of.days}, true
	}
	return rhythm{}, false
}

// index is the number of the period that holds d when the first begins at s,
// -1 before s.
func (r rhythm) index(s, d Date) int {
	switch {
	case d < s:
		return -1
	case r.months > 0:
		return (d.month() - s.month()) / r.months
	}
	return int(d-s) / r.days
}

// bounds is period k, [from, until), as the calendar has it. The first period of
// months may begin before s.
func (r rhythm) bounds(s Date, k int) (from, until Date) {
	if r.months > 0 {
		m := s.month() + k*r.months
		return first(m), first(m + r.months)
	}
	from = s + Date(k*r.days)
	return from, from + Date(r.days)
}

// owed is the first period in which who comes on day d owes a visit: the one of
// d when at least least percent of its days are left, else the next.
func (r rhythm) owed(s, d Date, least int) int {
	d = max(d, s)
	k := r.index(s, d)
	from, until := r.bounds(s, k)
	if 100*int(until-d) >= least*int(until-from) {
		return k
	}
	return k + 1
}
