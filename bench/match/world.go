package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
)

// The shape of matters and areas: how many children at each of four levels.
var (
	matterFan = [4]int{10, 8, 6, 4} // 1,920 at the last
	areaFan   = [4]int{5, 8, 8, 16} // 5,120 leaves
	levels    = []string{"district", "subdistrict", "community", "grid"}
	zone      = time.FixedZone("Asia/Shanghai", 8*60*60)
	windows   = []string{"work", "rest", "08:00-12:00", "12:00-18:00", "18:00-24:00", "00:00-08:00", "07:30-09:30", "17:00-19:30"}
)

// rule is a rule as the peers read it.
type rule struct {
	id       string
	matter   string
	area     string
	channel  string // empty is any
	window   string // empty is any
	from, to int    // minutes of a clock window
}

// event is what is asked, in every form a peer may want.
type event struct {
	matter, area, channel string
	matters, areas        []string // itself and all above it, outermost first
	work                  bool
	minute                int
	query                 dispatch.Query
}

// world is a list and events about it.
type world struct {
	m      *grid.Map
	cal    *worktime.Calendar
	rules  []rule // in the order of precedence
	lead   *dispatch.List
	events []event
}

func code(prefix string, fan [4]int, depth int, r *rand.Rand) string {
	parts := make([]string, depth)
	for i := range parts {
		parts[i] = fmt.Sprintf("%s%d", prefix, r.IntN(fan[i]))
	}
	return strings.Join(parts, ".")
}

func newWorld(n int, seed uint64) (*world, error) {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	w := &world{}
	var err error
	if w.m, err = buildMap(areaFan); err != nil {
		return nil, err
	}
	if w.cal, err = office(); err != nil {
		return nil, err
	}
	w.rules = append(w.rules, rule{id: ruleID(0), matter: "*", area: "*"}) // so that a first one is always found
	for i := 1; i < n; i++ {
		w.rules = append(w.rules, randomRule(i, matterFan, areaFan, r))
	}
	if w.lead, err = w.compile(dispatch.Lead); err != nil {
		return nil, err
	}
	w.sort()
	for range 1024 {
		w.events = append(w.events, w.event(r))
	}
	return w, nil
}

// office is the calendar of windows work and rest.
func office() (*worktime.Calendar, error) {
	config := worktime.China(zone)
	config.Windows = []worktime.Window{{Start: 8 * 60, End: 12 * 60}, {Start: 14 * 60, End: 18 * 60}}
	return worktime.New(config)
}

func ruleID(i int) string { return fmt.Sprintf("R%06d", i) }

func randomRule(i int, matterFan, areaFan [4]int, r *rand.Rand) rule {
	x := rule{id: ruleID(i), matter: code("k", matterFan, 1+r.IntN(4), r), area: code("a", areaFan, 1+r.IntN(4), r)}
	if r.IntN(3) == 0 {
		x.channel = fmt.Sprintf("c%d", r.IntN(8))
	}
	if r.IntN(4) == 0 {
		x.window = windows[r.IntN(len(windows))]
		var h1, m1, h2, m2 int
		if k, _ := fmt.Sscanf(x.window, "%d:%d-%d:%d", &h1, &m1, &h2, &m2); k == 4 {
			x.from, x.to = h1*60+m1, h2*60+m2
		}
	}
	return x
}

// compile makes our list; every rule has a party of its own, but in the first-hit
// list rules that nothing tells apart must share one.
func (w *world) compile(role dispatch.Role) (*dispatch.List, error) {
	var rules []dispatch.Rule
	for _, x := range w.rules {
		party := dispatch.Code("p" + x.id)
		if role == dispatch.Lead {
			party = "p"
		}
		rules = append(rules, dispatch.Rule{
			ID: dispatch.Code(x.id), Role: role, Matter: dispatch.Code(x.matter), Area: dispatch.Code(x.area), Channel: x.channel, Window: x.window, Party: party,
		})
	}
	return dispatch.Compile(nil, rules, w.m, nil, dispatch.Options{Calendar: w.cal})
}

// sort puts the rules in the order of precedence, then of id.
func (w *world) sort() {
	slices.SortFunc(w.rules, func(a, b rule) int { return cmp.Or(precedence(&a, &b), cmp.Compare(a.id, b.id)) })
}

// precedence is negative when a goes before b.
func precedence(a, b *rule) int {
	return cmp.Or(cmp.Compare(depth(b.matter), depth(a.matter)), cmp.Compare(depth(b.area), depth(a.area)), cmp.Compare(a.minutes(), b.minutes()))
}

func depth(c string) int {
	if c == "*" {
		return 0
	}
	return 1 + strings.Count(c, ".")
}

// minutes is how long the rule's window is in an ordinary week.
func (x *rule) minutes() int {
	switch x.window {
	case "":
		return dispatch.MinutesPerWeek
	case "work":
		return 5 * 8 * 60
	case "rest":
		return dispatch.MinutesPerWeek - 5*8*60
	}
	return 7 * (x.to - x.from)
}

func (w *world) event(r *rand.Rand) event {
	e := event{matter: code("k", matterFan, 4, r), area: code("a", areaFan, 4, r), channel: fmt.Sprintf("c%d", r.IntN(8))}
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, zone).Add(time.Duration(r.IntN(100*24*60)) * time.Minute)
	e.matters, e.areas = chain(e.matter), chain(e.area)
	e.work, e.minute = w.cal.Working(at), at.Hour()*60+at.Minute()
	ref, _ := w.m.Lookup(grid.Code(e.area))
	e.query = dispatch.Query{Matter: dispatch.Code(e.matter), Area: ref, Channel: e.channel, At: at}
	return e
}

func chain(c string) []string {
	var out []string
	for i := range c {
		if c[i] == '.' {
			out = append(out, c[:i])
		}
	}
	return append(out, c)
}

// covers is the reading of one rule that the scans use.
func (x *rule) covers(e *event) bool {
	return under(e.area, x.area) && under(e.matter, x.matter) && (x.channel == "" || x.channel == e.channel) && x.open(e)
}

func under(c, prefix string) bool {
	return prefix == "*" || strings.HasPrefix(c, prefix) && (len(c) == len(prefix) || c[len(prefix)] == '.')
}

func (x *rule) open(e *event) bool {
	switch x.window {
	case "":
		return true
	case "work":
		return e.work
	case "rest":
		return !e.work
	}
	return x.from <= e.minute && e.minute < x.to
}

// covering are the rules that cover an event in order, found with no shortcut:
// the answer that every peer is held to.
func (w *world) covering(e *event) []string {
	var out []string
	for i := range w.rules {
		if w.rules[i].covers(e) {
			out = append(out, w.rules[i].id)
		}
	}
	return out
}

// buildMap is squares in four levels, with fan children at each.
func buildMap(fan [4]int) (*grid.Map, error) {
	var units []grid.Unit
	square := func(x, y, side int) orb.MultiPolygon {
		at := func(x, y int) orb.Point { return orb.Point{113.9 + float64(x)/1000, 22.5 + float64(y)/1000} }
		return orb.MultiPolygon{{{at(x, y), at(x+side, y), at(x+side, y+side), at(x, y+side), at(x, y)}}}
	}
	leaf := 0
	var add func(parent string, level int)
	add = func(parent string, level int) {
		for i := range fan[level] {
			c := strings.TrimPrefix(fmt.Sprintf("%s.a%d", parent, i), ".")
			u := grid.Unit{Code: grid.Code(c), Parent: grid.Code(parent), Level: level}
			if level == len(fan)-1 {
				u.Boundary = square(leaf%72, leaf/72, 1)
				leaf++
			}
			units = append(units, u)
			if level+1 < len(fan) {
				add(c, level+1)
			}
		}
	}
	add("", 0)
	return grid.Build(units, grid.Options{Levels: levels})
}
