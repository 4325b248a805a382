package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Limits of a Plan, each about ten times what the largest subdistrict needs.
const (
	RotationsMax  = 100_000
	TeamsMax      = 100_000
	ExceptionsMax = 1_000_000
	MembersMax    = 512
	OfPostMax     = 1000 // rotations of one post, one after the other or side by side
)

// check faults everything in the plan that cannot be.
func (plan *Plan) check(f *faults) {
	before := len(f.all)
	if len(plan.Rotations) > RotationsMax {
		f.add("rotations", RotationsMax, "post", strconv.Itoa(len(plan.Rotations)), ErrTooMany)
	}
	if len(plan.Teams) > TeamsMax {
		f.add("teams", TeamsMax, "code", strconv.Itoa(len(plan.Teams)), ErrTooMany)
	}
	if len(plan.Exceptions) > ExceptionsMax {
		f.add("exceptions", ExceptionsMax, "post", strconv.Itoa(len(plan.Exceptions)), ErrTooMany)
	}
	if len(f.all) > before {
		return
	}
	teams, posts, of := map[Code]bool{}, map[Code]bool{}, map[Code]int{}
	for i := range plan.Teams {
		plan.Teams[i].check(i, teams, f)
	}
	for i := range plan.Rotations {
		plan.Rotations[i].check(i, teams, f)
		post := plan.Rotations[i].Post
		posts[post] = true
		if of[post]++; of[post] == OfPostMax+1 {
			f.add("rotations", i, "post", string(post), ErrTooMany)
		}
	}
	for i := range plan.Exceptions {
		plan.Exceptions[i].check(i, posts, f)
	}
}

func (t *Team) check(i int, teams map[Code]bool, f *faults) {
	f.code("teams", i, "code", t.Code)
	if teams[t.Code] {
		f.add("teams", i, "code", string(t.Code), ErrDuplicate)
	}
	teams[t.Code] = true
	if len(t.People) > MembersMax {
		f.add("teams", i, "people", strconv.Itoa(len(t.People)), ErrTooMany)
		return
	}
	var seats []seat
	for j, p := range t.People {
		field := "people[" + strconv.Itoa(j) + "]"
		f.code("teams", i, field+".person", p.Person)
		f.interval("teams", i, field+".during", p.During)
		seats = append(seats, seat{p.Person, field + ".person", p.During})
	}
	twice("teams", i, seats, f)
}

func (r *Rotation) check(i int, teams map[Code]bool, f *faults) {
	f.code("rotations", i, "post", r.Post)
	if !r.Turn.valid() {
		f.add("rotations", i, "turn", r.Turn.String(), ErrTurn)
	}
	if r.Days.Month[0] {
		f.add("rotations", i, "days", "0", ErrDays)
	}
	if !r.Start.Valid() {
		f.add("rotations", i, "start", r.Start.String(), ErrDate)
	}
	if r.Together < 0 || r.Together > MembersMax {
		f.add("rotations", i, "together", strconv.Itoa(r.Together), ErrTogether)
	}
	f.interval("rotations", i, "during", r.During)
	r.checkHours(i, f)
	if len(r.Members) > MembersMax {
		f.add("rotations", i, "members", strconv.Itoa(len(r.Members)), ErrTooMany)
		return
	}
	var people, crews []seat
	for j, m := range r.Members {
		field := "members[" + strconv.Itoa(j) + "]"
		f.interval("rotations", i, field+".during", m.During)
		switch {
		case (m.Person == "") == (m.Team == ""):
			f.add("rotations", i, field, string(m.Person+m.Team), ErrMember)
		case m.Team == "":
			f.code("rotations", i, field+".person", m.Person)
			people = append(people, seat{m.Person, field + ".person", m.During})
		default:
			if !teams[m.Team] {
				f.add("rotations", i, field+".team", string(m.Team), ErrTeam)
			}
			crews = append(crews, seat{m.Team, field + ".team", m.During})
		}
	}
	twice("rotations", i, people, f)
	twice("rotations", i, crews, f)
}

func (r *Rotation) checkHours(i int, f *faults) {
	if len(r.Hours) > WindowsMax {
		f.add("rotations", i, "hours", strconv.Itoa(len(r.Hours)), ErrTooMany)
		return
	}
	sound := true
	for j, w := range r.Hours {
		if !w.valid() {
			f.add("rotations", i, "hours["+strconv.Itoa(j)+"]", fmt.Sprint(w.Start, "-", w.End), ErrWindow)
			sound = false
		}
	}
	if sorted := inOrder(r.Hours); sound && len(sorted) > 0 && overlap(sorted) {
		var texts []string
		for _, w := range sorted {
			texts = append(texts, w.String())
		}
		f.add("rotations", i, "hours", strings.Join(texts, ";"), ErrOverlap)
	}
}

// seat is somebody's place in a list.
type seat struct {
	who    Code
	field  string
	during Interval
}

// twice faults who holds two seats of one list at the same time.
func twice(list string, i int, seats []seat, f *faults) {
	slices.SortStableFunc(seats, func(a, b seat) int {
		return cmp.Or(cmp.Compare(a.who, b.who), a.during.From.Compare(b.during.From)) // the zero From is before every other
	})
	for j, longest := 1, 0; j < len(seats); j++ {
		a, b := &seats[longest], &seats[j]
		if a.who == b.who && a.during.Meets(b.during) {
			f.add(list, i, b.field, string(b.who), ErrDuplicate)
		}
		if a.who != b.who || !a.during.Until.IsZero() && (b.during.Until.IsZero() || b.during.Until.After(a.during.Until)) {
			longest = j
		}
	}
}

func (e *Exception) check(i int, posts map[Code]bool, f *faults) {
	if !slices.Contains(kinds, e.Kind) {
		f.add("exceptions", i, "kind", string(e.Kind), ErrKind)
		return
	}
	if e.Post != "" && e.Kind == Leave {
		f.code("exceptions", i, "post", e.Post) // a post without a rotation has leave too: see Away
	} else if e.Kind != Leave && !posts[e.Post] {
		f.add("exceptions", i, "post", string(e.Post), ErrPost)
	}
	if !e.Date.Valid() {
		f.add("exceptions", i, "date", e.Date.String(), ErrDate)
	}
	f.code("exceptions", i, "person", e.Person)
	swap, both := e.Kind == Swap, e.Kind == Swap || e.Kind == Replace
	switch {
	case both:
		f.code("exceptions", i, "with", e.With)
	case e.With != "":
		f.add("exceptions", i, "with", string(e.With), ErrField)
	}
	if both && e.With == e.Person && e.With != "" {
		f.add("exceptions", i, "with", string(e.With), ErrSelf)
	}
	switch {
	case e.WithDate.IsZero():
	case !swap:
		f.add("exceptions", i, "with_date", e.WithDate.String(), ErrField)
	case !e.WithDate.Valid():
		f.add("exceptions", i, "with_date", e.WithDate.String(), ErrDate)
	}
	if e.Consent && !swap {
		f.add("exceptions", i, "consent", "true", ErrField)
	}
}
