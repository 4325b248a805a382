package roster

import (
	"cmp"
	"slices"
	"sort"

	"github.com/gridgov/gridgov/internal/civil"
)

// rota is a checked Rotation as queries read it.
type rota struct {
	index    int // position in Plan.Rotations
	members  []member
	windows  []Window // by start
	counter  *counter
	turn     Turn
	together int
	start    int64 // first date of the first turn
	from     int64 // it stands on the dates [from, until)
	until    int64
	prior    int64 // worked dates before start
	segments []segment
}

// member is a place in a rotation; people is nil but for a team.
type member struct {
	person, team Code
	from, until  int64 // dates
	people       []mate
}

// mate is a person of a team on the dates [from, until).
type mate struct {
	person      Code
	from, until int64
}

// segment is a run of dates between two changes of membership.
type segment struct {
	from   int64   // first date; it lasts until the next segment
	turn   int64   // the turn of its first counting date
	active []int16 // positions of the members, ascending
	first  []int16 // who serves in that turn, in order of taking over
	last   int16   // the last who took over, -1 before anybody
}

// worked reports whether the rotation serves on the date n.
func (r *rota) worked(n int64) bool {
	return r.stands(n) && r.counter.worked(n)
}

// stands reports whether the rotation has begun and not ended on the date n.
func (r *rota) stands(n int64) bool { return r.from <= n && n < r.until }

// counted is how many counting dates lie in [start, n): worked dates when a turn
// is so many of them, all dates when it is weeks or months.
func (r *rota) counted(n int64) int64 {
	if r.turn.Unit == WorkedDays {
		return r.counter.before(n) - r.prior
	}
	return n - r.start
}

// turnOf is the turn, from 0, of the counting date n, of which before counting
// dates come before n.
func (r *rota) turnOf(n, before int64) int64 {
	length := int64(r.turn.N)
	switch r.turn.Unit {
	case Weeks:
		return (week(n) - week(r.start)) / length
	case Months:
		return (month(n) - month(r.start)) / length
	}
	return before / length
}

// week numbers calendar weeks from Monday: 1970-01-01 was a Thursday.
func week(n int64) int64 { return civil.Floor(n+3, 7) }

// month numbers calendar months.
func month(n int64) int64 {
	d := civil.Numbered(n)
	return 12*int64(d.Year) + int64(d.Month)
}

// cut computes the segments. O(c m) time and memory for m members with c dates on
// which one of them joins or leaves.
func (r *rota) cut() {
	bounds := []int64{r.start}
	for _, m := range r.members {
		for _, n := range []int64{m.from, m.until} {
			if r.start < n && n < civil.DayMax {
				bounds = append(bounds, n)
			}
		}
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	now := segment{turn: -1, last: -1}
	for i, from := range bounds {
		until := civil.DayMax
		if i+1 < len(bounds) {
			until = bounds[i+1]
		}
		before, after := r.counted(from), r.counted(until)
		if before == after {
			continue // no counting date, so nothing turns on it
		}
		now = r.enter(now, from, r.turnOf(from, before))
		r.segments = append(r.segments, now)
		now.first, now.last = now.serving(r.turnOf(until-1, after-1), r.together)
		now.turn = r.turnOf(until-1, after-1)
	}
}

// enter begins a segment at the date from, in turn, given how the one before it
// ended: whoever serves and is still a member goes on, others step in.
func (r *rota) enter(ended segment, from, turn int64) segment {
	s := segment{from: from, turn: turn, last: ended.last}
	for i, m := range r.members {
		if m.from <= from && from < m.until {
			s.active = append(s.active, int16(i))
		}
	}
	if turn == ended.turn {
		for _, i := range ended.first {
			if _, ok := slices.BinarySearch(s.active, i); ok {
				s.first = append(s.first, i)
			}
		}
	}
	at := s.after()
	for range s.active {
		if len(s.first) == r.together {
			break
		}
		if i := s.active[at]; !slices.Contains(s.first, i) {
			s.first = append(s.first, i)
			s.last = i
		}
		at = (at + 1) % len(s.active)
	}
	return s
}

// after is the index in active of the first member after the last server.
func (s *segment) after() int {
	if len(s.active) == 0 {
		return 0
	}
	at, found := slices.BinarySearch(s.active, s.last)
	if found {
		at++
	}
	return at % len(s.active)
}

// serving is who serves in a turn of the segment, together at once, and the last
// who has taken over by then. The list may be the segment's own.
func (s *segment) serving(turn int64, together int) ([]int16, int16) {
	n := len(s.active)
	if turn == s.turn || n == 0 {
		if turn != s.turn {
			return nil, s.last
		}
		return s.first, s.last
	}
	size := min(together, n)
	at := (int64(s.after()) + (turn-s.turn-1)*int64(size)) % int64(n)
	if at+int64(size) <= int64(n) {
		list := s.active[at : at+int64(size)]
		return list, list[size-1]
	}
	list := make([]int16, 0, size)
	for range size {
		list = append(list, s.active[at])
		at = (at + 1) % int64(n)
	}
	return list, list[size-1]
}

// turning is who of the members serves on the worked date n, in order of taking
// over. O(log segments).
func (r *rota) turning(n int64) []int16 {
	i := sort.Search(len(r.segments), func(i int) bool { return r.segments[i].from > n }) - 1
	if i < 0 {
		return nil
	}
	list, _ := r.segments[i].serving(r.turnOf(n, r.counted(n)), r.together)
	return list
}

// sheet is who serves in one rotation on one date, and who does not and why.
type sheet struct {
	rota int
	on   []Serving
	off  []Absence
}

// base appends who serves on the worked date n before any exception, and which
// turn nobody takes.
func (r *rota) base(n int64, on []Serving, off []Absence) ([]Serving, []Absence) {
	serving := r.turning(n)
	for _, i := range serving {
		m := &r.members[i]
		if m.team == "" {
			on = append(on, Serving{Person: m.person, Why: InTurn})
			continue
		}
		found := false
		for _, p := range m.people {
			if p.from <= n && n < p.until {
				on = append(on, Serving{Person: p.person, Team: m.team, Why: InTurn})
				found = true
			}
		}
		if !found {
			off = append(off, Absence{Team: m.team, Reason: EmptyTeam})
		}
	}
	if len(serving) == 0 {
		off = append(off, Absence{Reason: EmptyRotation})
	}
	return on, off
}

// slot is one window of one rotation of a post.
type slot struct {
	rota   int
	window Window
}

// slots lists the windows of all rotations by start, then rotation.
func slots(rotas []*rota) []slot {
	var list []slot
	for i, r := range rotas {
		for _, w := range r.windows {
			list = append(list, slot{i, w})
		}
	}
	slices.SortStableFunc(list, func(a, b slot) int { return cmp.Compare(a.window.Start, b.window.Start) })
	return list
}
