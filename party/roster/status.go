package roster

import (
	"math"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

// Reason says why somebody serves, or why nobody does.
type Reason string

// Why somebody serves.
const (
	InTurn   Reason = "in_turn"  // the rotation's turn
	Added    Reason = "added"    // an addition
	Replaced Reason = "replaced" // stands in for For
	Swapped  Reason = "swapped"  // has changed shifts with For
)

// Why nobody or somebody does not serve.
const (
	NoRotation    Reason = "no_rotation"    // no rotation of the post stands on the date
	OffHours      Reason = "off_hours"      // outside the hours of the rotation or on a date it does not work
	EmptyRotation Reason = "empty_rotation" // the rotation has no member on the date
	EmptyTeam     Reason = "empty_team"     // the team in turn has nobody on the date
	OnLeave       Reason = "on_leave"
	Removed       Reason = "removed"
)

// Serving is somebody in a shift.
type Serving struct {
	Person Code
	Team   Code   // the team that has the turn, if it is one
	Why    Reason // InTurn when nothing else
	For    Code   // Replaced and Swapped: whose shift it was
}

// Absence is a reason why somebody, or nobody at all, serves.
type Absence struct {
	Person Code // OnLeave and Removed
	Team   Code // EmptyTeam
	Reason Reason
}

// Status is the answer to who is on shift at an instant.
type Status struct {
	Post Code
	// On lists who serves: by rotation as the Plan gives them, then in order of
	// taking over, a team's people as it lists them; then additions by code.
	On []Serving
	// Off says who of those in turn does not serve and why: by rotation, in it empty
	// teams first, then leave, then removals, each by person. While nobody serves it
	// is never empty.
	Off []Absence
	// Until ends the stretch for which this Status was computed; the next one may
	// be alike. Zero when nothing follows.
	Until time.Time
}

// At is who is on shift on the post at the instant t, or why nobody is. A post that
// the Plan does not know has no rotation. O(log n) in the changes of membership,
// the changes of the clocks and the post's dates with exceptions, whatever the
// time since the rotation started.
func (r *Roster) At(c Code, t time.Time) Status {
	status := Status{Post: c}
	p, wall, day := r.posts[c], int64(0), civil.DayMax+1
	if p != nil {
		wall = r.clock.Wall(civil.Millis(t))
		day = civil.Floor(wall, civil.Day)
	}
	if day > civil.DayMax {
		status.Off = []Absence{{Reason: NoRotation}}
		return status
	}
	inHours, next := p.at(&status, wall, day)
	if !inHours {
		reason := NoRotation
		if p.stands(day) {
			reason = OffHours
		}
		status.Off = []Absence{{Reason: reason}}
		next = min(next, (day+1)*civil.Day)
	}
	status.Until = millis(r.clock.Instant(next))
	return status
}

// at fills in who serves at a wall time of the date day and tells whether any
// rotation is in hours, and the next wall time at which one begins or ends.
func (p *post) at(status *Status, wall, day int64) (inHours bool, next int64) {
	next = math.MaxInt64
	for i, rota := range p.rotas {
		for n := day - 1; n <= day+1; n++ {
			for _, w := range rota.windows {
				from, until := w.on(n)
				switch {
				case wall < from && from < next && p.works(i, n):
					next = from
				case from <= wall && wall < until && p.works(i, n):
					status.On, status.Off, _ = p.sheet(i, n, status.On, status.Off)
					next, inHours = min(next, until), true
				}
			}
		}
	}
	return inHours, next
}

// LookAhead is how many dates Next and Duty look ahead: a year.
const LookAhead = 366

// Next is the first instant after t at which other people, or the same in another
// order, are on shift on the post: the hand-over (交接班). False when none comes in
// the next LookAhead dates.
func (r *Roster) Next(c Code, t time.Time) (time.Time, bool) {
	now := r.At(c, t)
	for next, end := now, t.AddDate(0, 0, LookAhead); !next.Until.IsZero() && next.Until.Before(end); {
		at := next.Until
		if next = r.At(c, at); !slices.EqualFunc(now.On, next.On, func(a, b Serving) bool { return a.Person == b.Person }) {
			return at, true
		}
	}
	return time.Time{}, false
}
