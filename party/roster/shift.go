package roster

import (
	"iter"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

// Shift is one person's duty in one window of one date, as long as it really lasts.
type Shift struct {
	Post     Code
	Rotation int  // position in Plan.Rotations
	Date     Date // the date on which it begins
	From     time.Time
	Until    time.Time
	Serving
}

// Minutes is how long the shift really lasts, in whole minutes.
func (s Shift) Minutes() int64 { return int64(s.Until.Sub(s.From) / time.Minute) }

// session is one window of one rotation on one date, served or not.
type session struct {
	rotation    int // position in Plan.Rotations
	day         int64
	from, until int64 // ms
	on          []Serving
	off         []Absence
}

// bounds are [from, until) in ms, zero being open.
func bounds(from, until time.Time) (int64, int64) {
	a, b := (civil.DayMin-3)*civil.Day, (civil.DayMax+3)*civil.Day
	if !from.IsZero() {
		a = max(a, civil.Millis(from))
	}
	if !until.IsZero() {
		b = min(b, civil.Millis(until.Add(time.Millisecond-1)))
	}
	return a, b
}

// sessions hands out those of the post that meet [from, until), whole, by start,
// then rotation. What it hands out may change with the next one.
func (r *Roster) sessions(p *post, from, until int64, yield func(session) bool) {
	if p == nil || from >= until {
		return
	}
	var on []Serving
	var off []Absence
	last := civil.Floor(r.clock.Wall(until-1), civil.Day)
	for n := max(civil.Floor(r.clock.Wall(from), civil.Day)-1, civil.DayMin); n <= min(last, civil.DayMax); n++ {
		for _, s := range p.slots {
			var works bool
			if on, off, works = p.sheet(s.rota, n, on[:0], off[:0]); !works {
				continue
			}
			begin, end := s.window.on(n)
			v := session{rotation: p.rotas[s.rota].index, day: n, from: r.clock.Instant(begin), until: r.clock.Instant(end), on: on, off: off}
			if v.from < v.until && v.from < until && from < v.until && !yield(v) {
				return
			}
		}
	}
}

// Shifts lists the shifts of the post that meet [from, until), whole: by start, then
// rotation, then as Status.On. A zero end is open. A shift that the clocks skip has
// no length and does not exist.
func (r *Roster) Shifts(c Code, from, until time.Time) iter.Seq[Shift] {
	a, b := bounds(from, until)
	return func(yield func(Shift) bool) {
		r.sessions(r.posts[c], a, b, func(v session) bool {
			shift := Shift{Post: c, Rotation: v.rotation, Date: civil.Numbered(v.day), From: millis(v.from), Until: millis(v.until)}
			for _, s := range v.on {
				shift.Serving = s
				if !yield(shift) {
					return false
				}
			}
			return true
		})
	}
}

// Gap is a time in which nobody serves on a post.
type Gap struct {
	Post        Code
	From, Until time.Time
	Off         []Absence // why, as in Status.Off
}

// Gaps lists the times in [from, until) in which nobody is on shift on the post, in
// order, each with one set of reasons: those within the hours of a rotation, and
// when all is true the other times too, whose reason is OffHours or NoRotation. A
// zero end is open. A shift of one rotation covers the hours of another.
func (r *Roster) Gaps(c Code, from, until time.Time, all bool) iter.Seq[Gap] {
	a, b := bounds(from, until)
	return func(yield func(Gap) bool) {
		var open Gap
		for at, end := millis(a), millis(b); at.Before(end); {
			status := r.At(c, at)
			next := status.Until
			if next.IsZero() || next.After(end) {
				next = end
			}
			gap := Gap{Post: c, From: at, Until: next, Off: status.Off}
			switch wanted := len(status.On) == 0 && (all || inHours(status.Off)); {
			case wanted && open.Until.Equal(at) && slices.Equal(open.Off, gap.Off):
				open.Until = next
			case len(open.Off) > 0 && !yield(open):
				return
			case wanted:
				open = gap
			default:
				open = Gap{}
			}
			at = next
		}
		if len(open.Off) > 0 {
			yield(open)
		}
	}
}

// inHours reports whether the reasons are those of a time within a rotation's hours.
func inHours(off []Absence) bool {
	return off[0].Reason != OffHours && off[0].Reason != NoRotation
}
