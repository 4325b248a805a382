package responder

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/gridgov/gridgov/grid"
)

// Ranked is somebody looked at for a need.
type Ranked struct {
	Person, Post Code
	Reason       Reason // 0: fit
	What         Code   // see the reasons
	Measured     bool   // the distance was measured
	Away         grid.Meters
	Cost         int64 // of those who are fit
	Load         int
	Age          time.Duration // of the position, of those Stale or Measured
}

// Fit reports whether the person may be sent.
func (r Ranked) Fit() bool { return r.Reason == 0 }

// Text is the reason in lang: "zh" is Chinese, anything else English; "" for who is
// fit.
func (r Ranked) Text(lang string) string {
	if r.Fit() {
		return ""
	}
	return texts.Text(lang, r.Reason.String(), string(r.What), strconv.Itoa(r.Load), age(lang, r.Age))
}

// Rank answers everybody: first who is fit, by cost, then load, then code; then who
// is passed over, in the order of the reasons, then by distance, then code. Every
// fault of what was given is answered as *Errors: of the need as "Needs[0]".
// O(n log n).
func Rank(n Need, people []Responder, o Options) ([]Ranked, error) {
	c, err := check([]Need{n}, people, o)
	if err != nil {
		return nil, err
	}
	list := make([]Ranked, len(c.people))
	for i := range c.people {
		p := &c.people[i]
		v := c.judge(&c.needs[0], p)
		list[i] = Ranked{
			Person: p.Person, Post: p.Post, Reason: v.reason, What: v.what,
			Measured: v.measured, Away: v.away, Cost: v.cost, Load: p.Load,
		}
		if v.measured || v.reason == Stale {
			list[i].Age = p.age
		}
		if v.reason != 0 {
			list[i].Cost = 0
		}
	}
	slices.SortFunc(list, func(a, b Ranked) int {
		if c := cmp.Compare(a.Reason, b.Reason); c != 0 {
			return c
		}
		if a.Fit() {
			return cmp.Or(cmp.Compare(a.Cost, b.Cost), cmp.Compare(a.Load, b.Load), cmp.Compare(a.Person, b.Person))
		}
		return cmp.Or(cmp.Compare(a.Away, b.Away), cmp.Compare(a.Person, b.Person))
	})
	return list, nil
}
