package roster

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"maps"
	"slices"
	"sort"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

// People lists the people who may serve on some post, by rotation, team or
// exception, or are on leave, by code.
func (r *Roster) People() []Code {
	seen := map[Code]bool{}
	for person := range r.people {
		seen[person] = true
	}
	for person := range r.leave {
		seen[person] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// Away reports whether the person is on leave on the local date of the instant:
// from every post, or from this one. It is for posts without a rotation; At knows
// the leave of those with one. O(log n).
func (r *Roster) Away(person, post Code, t time.Time) bool {
	list := r.leave[person]
	if len(list) == 0 {
		return false
	}
	day := r.clock.FirstDay(civil.Millis(t)+1) - 1
	i := sort.Search(len(list), func(i int) bool { return list[i].date >= day })
	for ; i < len(list) && list[i].date == day; i++ {
		if list[i].post == "" || list[i].post == post {
			return true
		}
	}
	return false
}

// Hash identifies the content: the zone by name, the rotations in their order, the
// teams and exceptions in any order.
func (r *Roster) Hash() [32]byte { return r.hash }

// sum is the digest of a plan, in which instants are milliseconds, so that their
// zones do not matter.
func sum(zone *time.Location, plan Plan) [32]byte {
	type during struct{ From, Until *int64 } // nil is open
	of := func(i Interval) (d during) {
		if !i.From.IsZero() {
			d.From = new(i.From.UnixMilli())
		}
		if !i.Until.IsZero() {
			d.Until = new(i.Until.UnixMilli())
		}
		return d
	}
	h := sha256.New()
	enc := json.NewEncoder(h)
	write := func(values ...any) { _ = enc.Encode(values) }
	write(zone.String(), len(plan.Rotations), len(plan.Teams), len(plan.Exceptions))
	for _, x := range plan.Rotations {
		write(x.Post, max(x.Turn.N, 1), x.Turn.Unit, x.Days.Week, x.Days.Month, x.Days.Last, x.Start.String(), len(x.Hours), len(x.Members), max(x.Together, 1), of(x.During))
		for _, w := range x.Hours {
			write(w.Start, w.End)
		}
		for _, m := range x.Members {
			write(m.Person, m.Team, of(m.During))
		}
	}
	for _, x := range slices.SortedFunc(slices.Values(plan.Teams), func(a, b Team) int { return cmp.Compare(a.Code, b.Code) }) {
		write(x.Code, len(x.People))
		for _, m := range x.People {
			write(m.Person, of(m.During))
		}
	}
	exceptions := slices.Clone(plan.Exceptions)
	for i, e := range exceptions {
		if e.Kind == Swap && e.WithDate.IsZero() {
			exceptions[i].WithDate = e.Date // which is what it means
		}
	}
	slices.SortFunc(exceptions, compareExceptions)
	for _, e := range exceptions {
		write(e.Post, e.Date.String(), e.Kind, e.Person, e.With, e.WithDate.String(), e.Consent)
	}
	return [32]byte(h.Sum(nil))
}
