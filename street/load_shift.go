package street

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/party/rounds"
)

// shiftDate and shiftHours find the day and the hours in the name of a shift.
var (
	shiftDate  = regexp.MustCompile(`(\d{4})-?(\d{2})-?(\d{2})`)
	shiftHours = regexp.MustCompile(`\d{2}:\d{2}-\d{2}:\d{2}`)
)

func (b *roundsBook) task(r *row) {
	squad, name := r.code("squad"), r.required("shift")
	r.checkOwner("squad", squad)
	id, shift := r.code("id"), shiftCode(squad, name)
	d := b.byName[[2]Code{squad, shift}]
	if d == nil {
		from, until, ok := b.times(name)
		if !ok {
			r.fault("bad-shift", "shift", nil)
			return
		}
		d = &duty{of: r.remember("id", "squad", "shift"), brief: rounds.Brief{
			Shift: shift, Squad: squad, Date: rounds.DateOf(from), From: from, Until: until, Hours: debriefHours,
		}}
		b.shifts, b.byName[[2]Code{squad, shift}] = append(b.shifts, d), d
	}
	for _, person := range r.persons("people") {
		if !slices.Contains(d.brief.People, person) {
			d.brief.People = append(d.brief.People, person)
		}
	}
	d.brief.Tasks = append(d.brief.Tasks, rounds.Task{Task: id, Text: r.required("text")})
	switch result := r.choice("result", string(rounds.Done), string(rounds.Undone), string(rounds.Carried)); {
	case result == "":
		d.open = true
	case rounds.Result(result) == rounds.Done:
		d.answers = append(d.answers, rounds.Answer{Task: id, Result: rounds.Done})
	default:
		reason := Code(r.required("reason"))
		if code.Check(reason) != nil {
			reason = "other" // a sentence; the table has it
		}
		d.answers = append(d.answers, rounds.Answer{Task: id, Result: rounds.Result(result), Reason: reason})
	}
}

// debriefHours is how long after its end a shift of a folder must be debriefed.
const debriefHours = 4

// shiftCode is a shift's name as a code of its squad.
func shiftCode(squad Code, name string) Code {
	name = strings.Join(strings.Fields(name), "_")
	if strings.HasPrefix(name, string(squad)) {
		return Code(name)
	}
	return squad + "." + Code(name)
}

// times is the beginning and the end of a shift: the day in its name, and the hours
// there or else the working hours.
func (b *roundsBook) times(name string) (from, until time.Time, ok bool) {
	day := shiftDate.FindStringSubmatch(name)
	if day == nil {
		return from, until, false
	}
	at, err := time.Parse(time.DateOnly, day[1]+"-"+day[2]+"-"+day[3])
	if err != nil {
		return from, until, false
	}
	begin, end := 8*60, 18*60
	if hours := shiftHours.FindString(name); hours != "" {
		var h1, m1, h2, m2 int
		if _, err := fmt.Sscanf(hours, "%02d:%02d-%02d:%02d", &h1, &m1, &h2, &m2); err != nil || max(h1, h2) > 24 || max(m1, m2) > 59 {
			return from, until, false
		}
		if begin, end = 60*h1+m1, 60*h2+m2; end <= begin {
			end += 24 * 60
		}
	}
	first := startOf(at.Year(), at.Month(), at.Day(), b.load.zone)
	clock := func(minutes int) time.Time {
		shown := time.Date(at.Year(), at.Month(), at.Day(), 0, minutes, 0, 0, b.load.zone)
		if shown.Before(first) {
			return first // the clocks skip it
		}
		return shown
	}
	return clock(begin), clock(end), true
}
