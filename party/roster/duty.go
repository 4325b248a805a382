package roster

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

// Duty reports whether the person is on shift on any post at the instant t, and
// until when that answer holds: shifts that touch or overlap count as one. It looks
// LookAhead dates ahead; when the answer outlasts them, until is the last instant
// for which it is known, and zero when no calendar is left. O(p log n) for p posts
// on which the person may serve, for each date until the answer changes.
func (r *Roster) Duty(person Code, t time.Time) (on bool, until time.Time) {
	posts := r.people[person]
	if len(posts) == 0 {
		return false, time.Time{}
	}
	ms := civil.Millis(t)
	day := civil.Floor(r.clock.Wall(ms), civil.Day)
	end := day + LookAhead + 1
	reached, begins := ms, int64(math.MaxInt64) // the end of the duty at ms, and the next one after ms
	for n := max(day-1, civil.DayMin); n < min(end, civil.DayMax); n++ {
		if midnight := r.clock.Instant(n * civil.Day); on && reached < midnight || !on && begins <= midnight {
			break // no later date has an earlier shift
		}
		for _, s := range r.spans(posts, person, n) {
			switch {
			case s.from <= reached && reached < s.until:
				on, reached = true, s.until
			case !on && s.from > ms:
				begins = min(begins, s.from)
			}
		}
	}
	switch {
	case on:
		return true, millis(reached)
	case begins < math.MaxInt64:
		return false, millis(begins)
	case end > civil.DayMax:
		return false, time.Time{}
	}
	return false, millis(r.clock.Instant(end * civil.Day))
}

// spans lists the person's shifts of the date n on the posts, by start.
func (r *Roster) spans(posts []Code, person Code, n int64) []duty {
	var found []duty
	var on []Serving
	for _, c := range posts {
		p := r.posts[c]
		for i, rota := range p.rotas {
			on, _, _ = p.sheet(i, n, on[:0], nil)
			for _, s := range on {
				if s.Person == person {
					found = r.windows(found, c, rota, n)
				}
			}
		}
	}
	slices.SortStableFunc(found, byStart)
	return found
}

// windows appends the windows of the rotation on the date n that have a length.
func (r *Roster) windows(list []duty, post Code, rota *rota, n int64) []duty {
	for _, w := range rota.windows {
		begin, end := w.on(n)
		if from, until := r.clock.Instant(begin), r.clock.Instant(end); from < until {
			list = append(list, duty{post, post, rota.index, n, from, until})
		}
	}
	return list
}

func byStart(a, b duty) int { return cmp.Compare(a.from, b.from) }
