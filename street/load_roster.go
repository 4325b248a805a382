package street

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/roster"
)

// rostered is who serves on a line of rosters.csv.
type rostered struct {
	post   Code
	people []Code
	at     columnOf
}

// roster reads rosters.csv and exceptions.csv into the plan. It answers the lines of
// rosters.csv.
func (l *loader) roster(plan *party.Plan) []rostered {
	var rota roster.Plan
	places := map[string][]columnOf{}
	lines := map[string]columnOf{} // of exceptions, by what they say
	var on []rostered
	before := len(l.faults) + l.left
	l.rows(rostersFile, func(r *row) {
		x := rostered{at: r.remember("post", "cycle", "days", "start", "hours", "people", "from", "until")}
		rota.Rotations = append(rota.Rotations, r.rotation(&rota, &x))
		places["rotations"] = append(places["rotations"], x.at)
		on = append(on, x)
	})
	l.rows(exceptionsFile, func(r *row) {
		x := r.rosterException()
		rota.Exceptions = append(rota.Exceptions, x)
		at := r.remember("post", "date", "kind", "person", "with", "consent")
		places["exceptions"] = append(places["exceptions"], at)
		lines[exceptionKey(x.Post, x.Kind, x.Person, x.Date.String())] = at
	})
	if len(l.faults)+l.left > before || len(rota.Rotations)+len(rota.Exceptions) == 0 {
		return on
	}
	built, err := roster.New(l.zone, rota)
	if list, ok := errors.AsType[*roster.Faults](err); ok {
		l.rosterFaults(list, places)
		return on
	}
	plan.Roster = built
	for _, f := range built.Findings() {
		if f.Kind == roster.Leave && f.Code == roster.NoShift {
			continue // a day off, or a post without shifts: he is away all the same
		}
		n := Finding{File: exceptionsFile.Name}
		if at, ok := lines[exceptionKey(f.Post, f.Kind, f.Person, f.From.In(l.zone).Format(time.DateOnly))]; ok {
			n = at.finding("person")
		}
		n.Level, n.Code, n.Unit = Warning, "roster."+string(f.Code), f.Post
		n.Said = map[string]string{"en": f.Text("en", l.zone), "zh": f.Text("zh", l.zone)}
		l.note(n)
	}
	return on
}

// exceptionKey is what an exception says, by which its line is found again.
func exceptionKey(post Code, kind roster.Kind, person Code, date string) string {
	return strings.Join([]string{string(post), string(kind), string(person), date}, "\x00")
}

// rosterColumns are the columns of the fields of roster.Rotation and Exception.
var rosterColumns = map[string]string{"turn": "cycle", "members": "people", "withdate": "with", "during": "until", "together": "people"}

// rosterFaults puts the roster's faults where they stand in the files.
func (l *loader) rosterFaults(list *roster.Faults, places map[string][]columnOf) {
	for _, e := range list.All {
		column, _, _ := strings.Cut(strings.ToLower(e.Field), "[")
		if name, ok := rosterColumns[column]; ok {
			column = name
		}
		f := Finding{File: rostersFile.Name}
		if at := places[e.List]; e.Index < len(at) {
			f = at[e.Index].finding(column)
		}
		f.Code, f.Err, f.Args = "no-rotation", e, []string{column, e.Value}
		if errors.Is(e, roster.ErrPost) && l.follows(&f) {
			continue
		}
		f.Code, f.Args = "bad-entry", append(f.Args, e.Err.Error())
		f.Said = map[string]string{"en": e.TextAt("en", column), "zh": e.TextAt("zh", column)}
		l.fault(f)
	}
	l.left += list.More
}

// rotation reads one line of rosters.csv. People joined by "+" are a team that
// serves together.
func (r *row) rotation(plan *roster.Plan, line *rostered) roster.Rotation {
	x := roster.Rotation{Post: r.code("post"), Start: r.date("start"), During: r.interval()}
	r.checkPost("post", x.Post)
	line.post = x.Post
	var err error
	if x.Turn, err = roster.ParseTurn(r.cell("cycle")); err != nil && r.cell("cycle") != "" {
		r.fault("bad-turn", "cycle", err)
	}
	if x.Days, err = roster.ParseDays(r.cell("days")); err != nil {
		r.fault("bad-days", "days", err)
	}
	if x.Hours, err = roster.ParseHours(r.required("hours")); err != nil {
		r.fault("bad-windows", "hours", err)
	}
	for i, text := range r.list("people") {
		people := strings.Split(text, "+")
		if len(people) == 1 {
			x.Members = append(x.Members, roster.Member{Person: Code(text)})
			line.people = append(line.people, r.onRoster(Code(text)))
			continue
		}
		team := roster.Team{Code: Code(fmt.Sprintf("%s#%d.%d", x.Post, r.Line, i+1))}
		for _, p := range people {
			p = strings.TrimSpace(p)
			line.people = append(line.people, r.onRoster(Code(p)))
			team.People = append(team.People, roster.Mate{Person: Code(p)})
		}
		plan.Teams = append(plan.Teams, team)
		x.Members = append(x.Members, roster.Member{Team: team.Code})
	}
	if len(x.Members) == 0 && r.cell("people") == "" {
		r.fault("empty-cell", "people", nil)
	}
	return x
}

// rosterException reads one line of exceptions.csv.
func (r *row) rosterException() roster.Exception {
	x := roster.Exception{Post: r.wild("post"), Date: r.date("date"), Person: r.optional("person")}
	r.checkPost("post", x.Post)
	r.checkPerson("person", x.Person)
	x.Kind = roster.Kind(r.must("kind", string(roster.Add), string(roster.Remove), string(roster.Replace), string(roster.Leave), string(roster.Swap)))
	with, date, dated := strings.Cut(r.cell("with"), "@")
	x.With = Code(with)
	if with != "" {
		r.checkCode("with", x.With)
		r.checkPerson("with", x.With)
	}
	if dated {
		var err error
		if x.WithDate, err = roster.ParseDate(date); err != nil {
			r.fault("bad-date", "with", err)
		}
	}
	if x.Kind == roster.Swap {
		consent, said := r.truth("consent")
		x.Consent = consent || !said // files tell what has been agreed
	}
	return x
}

// onRoster checks one of the people of a rotation.
func (r *row) onRoster(c Code) Code {
	r.checkCode("people", c)
	r.checkPerson("people", c)
	return c
}

// date reads a required day.
func (r *row) date(name string) roster.Date {
	text := r.required(name)
	if text == "" {
		return roster.Date{}
	}
	d, err := roster.ParseDate(text)
	if err != nil {
		r.fault("bad-date", name, err)
	}
	return d
}
