package street

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/party/rounds"
)

// roundsBook gathers the tables of visits, shifts and attendance until they can
// become commands.
type roundsBook struct {
	load   *loader
	enrols []dated[rounds.Enrol]
	plans  []visitPlan
	visits []dated[rounds.Visit]
	marks  []dated[rounds.Attend]
	shifts []*duty
	byName map[[2]Code]*duty // by squad and shift
	houses map[Code]bool
	marked map[string]int // records of a person and date
}

// dated is a command and the line that means it.
type dated[T rounds.Do] struct {
	do T
	at time.Time
	of columnOf
}

// duty is one shift with its tasks.
type duty struct {
	brief   rounds.Brief
	answers []rounds.Answer
	open    bool // a task has no result
	of      columnOf
}

// rounds reads households.csv, visit_plans.csv,
// visit_teams.csv, visits.csv, tasks.csv and
// attendance.csv and turns them into the commands that they record.
func (l *loader) rounds() {
	b := &roundsBook{load: l, byName: map[[2]Code]*duty{}, houses: map[Code]bool{}, marked: map[string]int{}}
	before := len(l.faults) + l.left
	l.rows(householdsFile, b.household)
	l.rows(visitPlansFile, b.plan)
	l.rows(visitTeamsFile, b.team)
	for i := range b.plans {
		b.strangers(&b.plans[i])
	}
	l.rows(visitsFile, b.visit)
	l.rows(tasksFile, b.task)
	l.rows(attendanceFile, b.attend)
	if len(l.faults)+l.left == before && l.areasOK {
		b.commands()
	}
}

// pathOf is the areas of a household, innermost first, of which the first says it
// all: more must be what the map has. false when they are not.
func (f *Folder) pathOf(areas []Code) ([]Code, bool) {
	if len(areas) == 0 {
		return nil, false
	}
	ref, ok := f.Map.Lookup(areas[0])
	if !ok {
		return areas, false
	}
	var path []Code
	for u := range f.Map.Path(ref) {
		path = append(path, f.Map.Info(u).Code)
	}
	slices.Reverse(path)
	return path, len(areas) == 1 || slices.Equal(areas, path)
}

func (b *roundsBook) household(r *row) {
	do := rounds.Enrol{Household: r.code("code"), Building: r.optional("building"), Class: r.householdClass()}
	area := r.code("area")
	r.checkArea("area", area)
	do.Areas, _ = b.load.out.pathOf([]Code{area})
	if b.houses[do.Household] {
		r.fault("duplicate", "code", nil)
	}
	b.houses[do.Household] = true
	b.enrols = append(b.enrols, dated[rounds.Enrol]{do, time.Time{}, r.remember("code", "area", "class")})
}

// householdClass reads the class of a household.
func (r *row) householdClass() Code {
	text := valueName("household", r.required("class"))
	if text != "" && text != "key" && text != "regular" {
		r.fault("bad-choice", "class", nil, "key, regular")
	}
	return Code(text)
}

func (b *roundsBook) plan(r *row) {
	area, class := r.code("area"), r.householdClass()
	r.checkArea("area", area)
	start := r.date("start")
	at := startOf(start.Year, start.Month, start.Day, b.load.zone)
	do := rounds.Plan{
		Plan: area + "." + class, Areas: []Code{area}, Classes: []Code{class}, Every: rounds.Every(r.required("every")),
		Start: rounds.DateOf(at),
	}
	if do.Every != "" && !do.Every.Valid() {
		r.fault("bad-every", "every", rounds.ErrEvery)
	}
	p := visitPlan{dated: dated[rounds.Plan]{do, at, r.remember("area", "class", "every", "teams", "start")}}
	for _, text := range r.list("teams") {
		name, people, named := strings.Cut(text, "=")
		c := crew{team: Code(name), lasts: true, known: named}
		if named {
			for person := range strings.SplitSeq(people, "+") {
				r.checkPerson("teams", Code(person))
				c.stays = append(c.stays, stay{person: Code(person), from: do.Start, of: p.of})
			}
		} else { // a post: who holds it
			_, c.known = b.load.out.Directory.Post(c.team)
			c.stays = b.holders(c.team, do.Start, p.of)
		}
		p.crews = append(p.crews, c)
	}
	b.plans = append(b.plans, p)
}

func (b *roundsBook) visit(r *row) {
	do := rounds.Visit{
		Household: r.code("household"), People: r.persons("people"), Kind: Code(cmp.Or(r.cell("kind"), "visit")),
		Result: r.optional("result"), Event: r.optional("event"),
	}
	at := r.near("at", r.time("at"))
	if do.Household != "" && !b.houses[do.Household] {
		r.fault("unknown-household", "household", nil)
	}
	b.visits = append(b.visits, dated[rounds.Visit]{do, at, r.remember("household", "at", "people", "kind", "result", "event")})
}

func (b *roundsBook) attend(r *row) {
	date := r.date("date")
	do := rounds.Attend{Person: r.person("person")}
	midnight := startOf(date.Year, date.Month, date.Day, b.load.zone)
	do.Date = rounds.DateOf(midnight)
	do.In, do.Out = r.timeOn("in", midnight), r.timeOn("out", midnight)
	if !do.Out.IsZero() && !do.Out.After(do.In) {
		do.Out = do.Out.AddDate(0, 0, 1)
	}
	status := r.choice("status", string(rounds.Present), string(rounds.Late), string(rounds.Field), string(rounds.Absent), string(rounds.OnLeave))
	do.Status = rounds.Status(status)
	switch {
	case status == "" && !do.In.IsZero():
		do.Status = rounds.Present
	case status == "":
		do.Status = rounds.Absent
	}
	key := fmt.Sprintf("%s.%s", do.Person, do.Date)
	if b.marked[key]++; b.marked[key] > 1 {
		key = fmt.Sprintf("%s.%d", key, b.marked[key])
	}
	do.Record, do.Squad = Code(key), b.squad(do.Person, midnight)
	at := do.Out
	if at.IsZero() {
		at = startOf(date.Year, date.Month, date.Day+1, b.load.zone)
	}
	b.marks = append(b.marks, dated[rounds.Attend]{do, at, r.remember("person", "date", "in", "out", "status")})
}

// squad is the party for which a person serves on a day, else the home party.
func (b *roundsBook) squad(person Code, at time.Time) Code {
	d := b.load.out.Directory
	for a := range d.Serving(person) {
		if p, ok := d.Post(a.Post); ok && a.During.Holds(at) {
			return p.Party
		}
	}
	p, _ := d.Person(person)
	return cmp.Or(p.Home, "street")
}

// timeOn reads an optional time of day, 08:34, or a whole instant.
func (r *row) timeOn(name string, midnight time.Time) time.Time {
	var h, m int
	text := r.cell(name)
	if n, err := fmt.Sscanf(text, "%d:%d", &h, &m); err == nil && n == 2 && len(text) <= 5 && h < 25 && m < 60 {
		return time.Date(midnight.Year(), midnight.Month(), midnight.Day(), h, m, 0, 0, r.load.zone)
	}
	return r.maybeTime(name)
}

// commands turns the tables into commands: households and plans at the midnight of
// the first day, then what was done, each at its instant.
func (b *roundsBook) commands() {
	var first time.Time
	see := func(at time.Time) {
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	for _, p := range b.plans {
		see(p.at)
	}
	for _, v := range b.visits {
		see(v.at)
	}
	if first.IsZero() {
		first = b.load.out.Latest()
	}
	add := func(at time.Time, of columnOf, key string, do rounds.Do) {
		_, stated := do.(rounds.Visit) // at the `at` of a visit
		b.load.record(Planned{At: at, Stated: stated, Command: Command{Key: key, Rounds: do}}, of)
	}
	for _, e := range b.enrols {
		add(first, e.of, "household:"+string(e.do.Household), e.do)
	}
	for _, p := range b.plans {
		p.begin()
		add(first, p.of, "visits:"+string(p.do.Plan), p.do)
		for _, c := range p.changes() {
			if at, ok := c.given(b.load.zone); ok {
				add(at, c.of, c.key(p.do.Plan), c.do)
			}
		}
	}
	for _, v := range b.visits {
		add(v.at, v.of, fmt.Sprintf("visit:%s:%s", v.do.Household, stamp(v.at, time.UTC)), v.do)
	}
	for _, d := range b.shifts {
		key := "shift:" + string(d.brief.Shift)
		add(d.brief.From, d.of, key+":brief", d.brief)
		if !d.open {
			add(d.brief.Until, d.of, key+":debrief", rounds.Debrief{Shift: d.brief.Shift, Answers: d.answers})
		}
	}
	for _, m := range b.marks {
		add(m.at, m.of, "attendance:"+string(m.do.Record), m.do)
	}
}
