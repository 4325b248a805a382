package dispatch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// listMap is a street of n communities with k grids each: s, s-c1 …, s-c1-g1 ….
func listMap(t testing.TB, n, k int) *grid.Map {
	t.Helper()
	square := func(x, y, w, h float64) orb.MultiPolygon {
		x, y, w, h = 113.9+x/1000, 22.7+y/1000, w/1000, h/1000
		return orb.MultiPolygon{{{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}, {x, y}}}}
	}
	units := []grid.Unit{{Code: "s", Level: 0, Boundary: square(0, 0, float64(n), float64(k))}}
	for i := range n {
		c := grid.Code(fmt.Sprintf("s-c%d", i+1))
		units = append(units, grid.Unit{Code: c, Parent: "s", Level: 1, Boundary: square(float64(i), 0, 1, float64(k))})
		for j := range k {
			units = append(units, grid.Unit{
				Code: grid.Code(fmt.Sprintf("%s-g%d", c, j+1)), Parent: c, Level: 2, Boundary: square(float64(i), float64(j), 1, 1),
			})
		}
	}
	m, err := grid.Build(units, grid.Options{Levels: []string{"street", "community", "grid"}})
	require.NoError(t, err)
	return m
}

func listRef(t testing.TB, m *grid.Map, c grid.Code) grid.Ref {
	t.Helper()
	r, ok := m.Lookup(c)
	require.True(t, ok, c)
	return r
}

func listCalendar(t testing.TB) *worktime.Calendar {
	t.Helper()
	config := worktime.China(shanghai)
	config.Windows = []worktime.Window{{Start: 8 * 60, End: 12 * 60}, {Start: 14 * 60, End: 18 * 60}}
	c, err := worktime.New(config)
	require.NoError(t, err)
	return c
}

func instant(text string) time.Time {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		panic(err)
	}
	return at
}

// naive answers a query by reading the rules one after another, from the text
// of the rules of precedence and sharing nothing with the package.
type naive struct {
	matters []dispatch.Matter
	rules   []dispatch.Rule
	m       *grid.Map
	cal     *worktime.Calendar
	zone    *time.Location
	force   map[dispatch.Code]dispatch.Interval // when each version is in force; nil without versions
}

// above lists a matter and what is above it, by hand: cut at dots, then digits.
func above(matter string) []string {
	var list []string
	parts := strings.Split(matter, ".")
	for n := len(parts); n > 1; n-- {
		list = append(list, strings.Join(parts[:n], "."))
	}
	first := parts[0]
	if strings.Trim(first, "0123456789") == "" {
		for n := len(first); n > 0; n-- {
			list = append(list, first[:n])
		}
	} else {
		list = append(list, first)
	}
	return append(list, "*")
}

// minuteSet is the minutes of a day that a clock window holds.
func minuteSet(window string) map[int]bool {
	var h1, m1, h2, m2 int
	if n, err := fmt.Sscanf(window, "%d:%d-%d:%d", &h1, &m1, &h2, &m2); n != 4 || err != nil {
		panic(window)
	}
	set := map[int]bool{}
	for minute := h1*60 + m1; minute != h2*60+m2; {
		set[minute%1440] = true
		minute++
		if minute == 1440 && h2*60+m2 != 1440 {
			minute = 0
		}
	}
	return set
}

func (n naive) path(q dispatch.Query) []grid.Code {
	var list []grid.Code
	for r := range n.m.Path(q.Area) {
		list = append(list, n.m.Info(r).Code)
	}
	return list
}

func (n naive) applies(r dispatch.Rule, q dispatch.Query) bool {
	if !slices.Contains(above(string(q.Matter)), string(r.Matter)) {
		return false
	}
	if r.Area != "" && r.Area != "*" && !slices.Contains(n.path(q), r.Area) {
		return false
	}
	if r.Class != "" && !slices.Contains(q.Classes, r.Class) || r.Condition != "" && r.Condition != q.Condition || r.Channel != "" && r.Channel != q.Channel {
		return false
	}
	if q.Cost < r.MinCost || r.MaxCost > 0 && q.Cost >= r.MaxCost {
		return false
	}
	if !r.During.From.IsZero() && q.At.Before(r.During.From) || !r.During.Until.IsZero() && !q.At.Before(r.During.Until) {
		return false
	}
	if n.force != nil && r.Version != "" && !n.force[r.Version].Holds(q.At) {
		return false
	}
	switch r.Window {
	case "":
		return true
	case "work":
		return n.cal.Working(q.At)
	case "rest":
		return !n.cal.Working(q.At)
	}
	local := q.At.In(n.zone)
	return minuteSet(r.Window)[local.Hour()*60+local.Minute()]
}

// key is the precedence as numbers, smaller first.
func (n naive) key(r dispatch.Rule) []int64 {
	flag := func(b bool) int64 {
		if b {
			return 0
		}
		return 1
	}
	area := int64(0)
	if ref, ok := n.m.Lookup(r.Area); ok {
		area = int64(n.m.Info(ref).Level) + 1
	}
	minutes := int64(7 * 1440)
	switch {
	case r.Window == "work":
		minutes = 5 * 8 * 60
	case r.Window == "rest":
		minutes = 7*1440 - 5*8*60
	case r.Window != "":
		minutes = 7 * int64(len(minuteSet(r.Window)))
	}
	long := int64(1) << 60
	if !r.During.From.IsZero() && !r.During.Until.IsZero() {
		long = r.During.Until.Sub(r.During.From).Milliseconds()
	}
	depth := len(above(string(r.Matter))) - 1
	if r.Matter == "*" {
		depth = 0
	}
	return []int64{-int64(r.Precedence), -int64(depth), -area, flag(r.Class != ""), flag(r.Condition != ""), minutes, long}
}

func (n naive) match(q dispatch.Query) dispatch.Decision {
	known := len(n.matters) == 0
	for _, m := range n.matters {
		known = known || m.Code == q.Matter
	}
	if !known {
		return dispatch.Decision{Status: dispatch.UnknownMatter}
	}
	if q.Area == 0 || int(q.Area) > n.m.Len() {
		return dispatch.Decision{Status: dispatch.Outside}
	}
	d := dispatch.Decision{Status: dispatch.NoList}
	for _, r := range n.rules {
		if r.Role == dispatch.Lead {
			d.Status = dispatch.NoRule
		}
	}
	duty := func(r dispatch.Rule) dispatch.Duty {
		if layer, ok := strings.CutPrefix(string(r.Party), "owner("); ok {
			for _, o := range q.Owners {
				if o.Layer+")" == layer && o.Owner != "" {
					return dispatch.Duty{Rule: r.ID, Party: o.Owner, Mode: r.Mode, Budget: r.Budget}
				}
			}
			return dispatch.Duty{Rule: r.ID, Reason: dispatch.ReasonNoOwner}
		}
		return dispatch.Duty{Rule: r.ID, Party: r.Party, Mode: r.Mode, Budget: r.Budget}
	}
	var lead dispatch.Rule
	for _, role := range []dispatch.Role{dispatch.Lead, dispatch.Regulator, dispatch.Rectifier, dispatch.Assist, dispatch.Notify} {
		var found []dispatch.Rule
		for _, r := range n.rules {
			if r.Role == role && n.applies(r, q) {
				found = append(found, r)
			}
		}
		if len(found) == 0 {
			continue
		}
		slices.SortFunc(found, func(a, b dispatch.Rule) int {
			if c := slices.Compare(n.key(a), n.key(b)); c != 0 {
				return c
			}
			return strings.Compare(string(a.ID), string(b.ID))
		})
		var tops []dispatch.Code
		tie := false
		for _, r := range found {
			if slices.Equal(n.key(r), n.key(found[0])) {
				tops = append(tops, r.ID)
				tie = tie || r.Party != found[0].Party
			}
		}
		switch role {
		case dispatch.Lead:
			if tie {
				d.Status, d.Tie = dispatch.Tied, tops
			} else {
				d.Status, d.Lead, lead = dispatch.Decided, duty(found[0]), found[0]
			}
		case dispatch.Regulator:
			if !tie {
				d.Regulator = duty(found[0])
			}
		case dispatch.Rectifier:
			if !tie {
				d.Rectifier = duty(found[0])
			}
		default:
			var duties []dispatch.Duty
			for _, r := range found {
				d := duty(r)
				if d.Party != "" && !slices.ContainsFunc(duties, func(x dispatch.Duty) bool { return x.Party == d.Party }) {
					duties = append(duties, d)
				}
			}
			if role == dispatch.Assist {
				d.Assist = duties
			} else {
				d.Notify = duties
			}
		}
	}
	if d.Status == dispatch.Decided && d.Lead.Party == "" {
		d.Lead = d.Regulator
		d.Lead.Reason = dispatch.ReasonNoOwner
		if d.Lead.Budget.IsZero() {
			d.Lead.Budget = lead.Budget
		}
		if d.Regulator.Party == "" {
			d.Status, d.Lead = dispatch.Unowned, dispatch.Duty{}
		}
	}
	return d
}

// Small alphabets, so that rules meet.
var (
	listMatters = []dispatch.Code{"road", "road.hole", "road.hole.deep", "road.lamp", "01", "0101", "0102", "noise"}
	listAreas   = []dispatch.Code{"", "*", "s", "s-c1", "s-c2", "s-c1-g1", "s-c1-g2", "s-c2-g1", "s-c2-g2"}
	listClasses = []string{"", "", "road=main", "road=lane", "park=city"}
	listWindows = []string{"", "", "", "work", "rest", "18:00-08:00", "08:00-18:00", "00:30-02:30", "12:00-14:00"}
	listDates   = []time.Time{{}, {}, instant("2025-01-01T00:00:00+08:00"), instant("2025-10-01T00:00:00+08:00"), instant("2026-02-14T00:00:00.001+08:00"), instant("2026-03-08T12:00:00+08:00")}
	listCosts   = []int64{0, 0, 0, 1, 5_000_000, 5_000_001}
)

func drawRule(t *rapid.T, id int, simple bool) dispatch.Rule {
	pick := func(name string, n int) int { return rapid.IntRange(0, n-1).Draw(t, name) }
	r := dispatch.Rule{
		ID:     dispatch.Code(fmt.Sprintf("R%03d", id)),
		Role:   []dispatch.Role{"lead", "lead", "lead", "assist", "regulator", "rectifier", "notify"}[pick("role", 7)],
		Matter: append([]dispatch.Code{"*", "*"}, listMatters...)[pick("matter", len(listMatters)+2)],
		Area:   listAreas[pick("area", len(listAreas))],
		Party:  []dispatch.Code{"works", "urban", "c1"}[pick("party", 3)],
	}
	if simple {
		return r
	}
	if owner := pick("owner", 8); owner < 2 && r.Role != dispatch.Regulator {
		r.Party = dispatch.Code([]string{"owner(road)", "owner(park)"}[owner])
	}
	if pick("budget", 3) == 0 {
		r.Budget = worktime.Budget{N: int64(1 + id), Unit: worktime.Hours}
	}
	r.Version = []dispatch.Code{"", "", "v1", "v2", "v3"}[pick("version", 5)]
	r.Class = listClasses[pick("class", len(listClasses))]
	r.Condition = []string{"", "", "", "blocked", "dark"}[pick("condition", 5)]
	r.Channel = []string{"", "", "", "12345", "patrol"}[pick("channel", 5)]
	r.Window = listWindows[pick("window", len(listWindows))]
	r.MinCost = listCosts[pick("min", len(listCosts))]
	r.MaxCost = listCosts[pick("max", len(listCosts))]
	if r.MaxCost != 0 && r.MinCost >= r.MaxCost {
		r.MinCost = 0
	}
	r.During = dispatch.Interval{From: listDates[pick("from", len(listDates))], Until: listDates[pick("until", len(listDates))]}
	if !r.During.Valid() {
		r.During.Until = time.Time{}
	}
	r.Precedence = []int{0, 0, 0, 0, 0, 0, 1, -1}[pick("precedence", 8)]
	return r
}

// drawVersions are three versions, or none: the second begins at once or after a
// hole, the third when the second ends.
func drawVersions(t *rapid.T) ([]dispatch.Version, map[dispatch.Code]dispatch.Interval) {
	if !rapid.Bool().Draw(t, "versions") {
		return nil, nil
	}
	first, second, third := listDates[2], listDates[3], listDates[4]
	list := []dispatch.Version{{Code: "v2", From: second}, {Code: "v1", From: first}, {Code: "v3", From: third}}
	force := map[dispatch.Code]dispatch.Interval{"v1": {From: first, Until: second}, "v2": {From: second, Until: third}, "v3": {From: third}}
	if rapid.Bool().Draw(t, "hole") {
		list[1].Until = second.AddDate(0, -1, 0)
		force["v1"] = dispatch.Interval{From: first, Until: list[1].Until}
	}
	return list, force
}

func drawQuery(t *rapid.T, m *grid.Map) dispatch.Query {
	pick := func(name string, n int) int { return rapid.IntRange(0, n-1).Draw(t, name) }
	q := dispatch.Query{
		Matter:    append([]dispatch.Code{"road.hole.wide", "010", "other"}, listMatters...)[pick("q.matter", len(listMatters)+3)],
		Area:      grid.Ref(pick("q.area", m.Len()+2)),
		Condition: []string{"", "blocked", "dark", "new"}[pick("q.condition", 4)],
		Channel:   []string{"", "12345", "patrol", "new"}[pick("q.channel", 4)],
		Cost:      append([]int64{2, 4_999_999}, listCosts...)[pick("q.cost", len(listCosts)+2)],
	}
	for _, class := range []string{"road=main", "road=lane", "park=city", "park=new"} {
		if pick(class, 3) == 0 {
			q.Classes = append(q.Classes, class)
		}
	}
	for _, layer := range []string{"road", "park"} {
		if n := pick("owner."+layer, 4); n > 0 {
			q.Owners = append(q.Owners, dispatch.LayerOwner{Layer: layer, Owner: []dispatch.Code{"", "works", "estate"}[n-1]})
		}
	}
	base := append([]time.Time{instant("2026-03-08T06:59:59Z")}, listDates...)[pick("q.base", len(listDates)+1)]
	if base.IsZero() {
		base = instant("2026-02-12T00:00:00+08:00")
	}
	shift := []int64{0, -1, 1, 1_800_000, 3_600_000 * 18, 3_600_000*18 - 1, 3_600_000 * 8, 3_600_000 * 13}[pick("q.shift", 8)]
	q.At = base.Add(time.Duration(shift)*time.Millisecond).AddDate(0, 0, pick("q.days", 10))
	return q
}
