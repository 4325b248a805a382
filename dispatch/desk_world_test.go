package dispatch_test

import (
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// deskWorld is one subdistrict: two grids, a department, a property company, a
// duty desk, and the same place as three maps.
type deskWorld struct {
	setup   dispatch.Setup // map: grids G1 (west) and G2 (east)
	split   dispatch.Setup // map: G1 split into G1A (south) and G1B (north), G2 as it was
	west    dispatch.Setup // map: only G1
	strict  dispatch.Setup // other policy: the desk "night", shorter times
	beijing *time.Location
}

// The places of the test world.
var (
	deskWest  = orb.Point{114.005, 22.505}
	deskEast  = orb.Point{114.015, 22.505}
	deskNorth = orb.Point{114.005, 22.5075}
	deskSea   = orb.Point{115, 22}
)

func deskBox(west, south, east, north float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}}}
}

var deskSetups = sync.OnceValues(buildDeskWorld)

func deskStreet(t require.TestingT) deskWorld {
	w, err := deskSetups()
	require.NoError(t, err)
	return w
}

func buildDeskWorld() (deskWorld, error) {
	w := deskWorld{beijing: time.FixedZone("CST", 8*60*60)}
	calendar, err := worktime.New(worktime.Config{Zone: w.beijing})
	if err != nil {
		return w, err
	}
	street := grid.Unit{Code: "S", Name: "Guanlan", Boundary: deskBox(114, 22.5, 114.02, 22.51)}
	g1 := grid.Unit{Code: "G1", Parent: "S", Level: 1, Boundary: deskBox(114, 22.5, 114.01, 22.51)}
	g2 := grid.Unit{Code: "G2", Parent: "S", Level: 1, Boundary: deskBox(114.01, 22.5, 114.02, 22.51)}
	g1a := grid.Unit{Code: "G1A", Parent: "S", Level: 1, Boundary: deskBox(114, 22.5, 114.01, 22.505)}
	g1b := grid.Unit{Code: "G1B", Parent: "S", Level: 1, Boundary: deskBox(114, 22.505, 114.01, 22.51)}
	for setup, units := range map[*dispatch.Setup][]grid.Unit{
		&w.setup: {street, g1, g2}, &w.split: {street, g1a, g1b, g2}, &w.west: {street, g1},
	} {
		if *setup, err = deskSetup(units, calendar); err != nil {
			return w, err
		}
	}
	w.strict = w.setup
	w.strict.Policy = dispatch.Policy{
		Desk: "night", Register: deskBudget("5m"), Ack: deskBudget("10m"), Review: deskBudget("4wh"), Verify: deskBudget("2h"),
	}
	return w, nil
}

func deskSetup(units []grid.Unit, calendar *worktime.Calendar) (dispatch.Setup, error) {
	m, err := grid.Build(units, grid.Options{Levels: []string{"street", "grid"}})
	if err != nil {
		return dispatch.Setup{}, err
	}
	dir, err := party.NewDirectory(m, deskPlan())
	if err != nil {
		return dispatch.Setup{}, err
	}
	rules := slices.DeleteFunc(deskRules(), func(r dispatch.Rule) bool {
		_, known := m.Lookup(r.Area)
		return r.Area != "" && !known
	})
	list, err := dispatch.Compile(deskMatters(), rules, m, dir, dispatch.Options{})
	if err != nil {
		return dispatch.Setup{}, err
	}
	return dispatch.Setup{Map: m, List: list, Directory: dir, Calendar: calendar}, nil
}

func deskPlan() party.Plan {
	from := party.Interval{From: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}
	return party.Plan{
		Parties: []party.Party{
			{Code: "street"}, {Code: "desk", Parent: "street"}, {Code: "night", Parent: "street"},
			{Code: "sanitation", Parent: "street"}, {Code: "squad", Parent: "sanitation"}, {Code: "property"},
			{Code: "urban", Parent: "street"}, {Code: "community"},
		},
		People: []party.Person{{Code: "wang"}, {Code: "li"}, {Code: "chen"}, {Code: "zhao"}, {Code: "night-officer"}},
		Posts: []party.Post{
			{Code: "desk-officer", Party: "desk"}, {Code: "night-watch", Party: "night"}, {Code: "foreman", Party: "squad"},
			{Code: "manager", Party: "property"}, {Code: "empty-post", Party: "urban"},
		},
		Appointments: []party.Appointment{
			{Person: "wang", Post: "desk-officer", During: from}, {Person: "li", Post: "foreman", During: from},
			{Person: "chen", Post: "foreman", Kind: party.Mobile, During: from}, {Person: "zhao", Post: "manager", During: from},
			{Person: "night-officer", Post: "night-watch", During: from},
		},
	}
}

func deskMatters() []dispatch.Matter {
	return []dispatch.Matter{
		{Code: "waste.missed", Name: "missed collection"}, {Code: "lamp", Name: "street lamp", Risk: dispatch.LowRisk},
		{Code: "cover", Name: "manhole cover", Risk: dispatch.SafetyRisk}, {Code: "tree", Name: "fallen branch"},
		{Code: "noise", Name: "noise at night"},
	}
}

func deskRules() []dispatch.Rule {
	return []dispatch.Rule{
		{ID: "R1", Role: dispatch.Lead, Matter: "waste", Party: "foreman", Budget: deskBudget("2wd")},
		{ID: "R2", Role: dispatch.Lead, Matter: "lamp", Party: "property"},
		{ID: "R3", Role: dispatch.Lead, Matter: "cover", Party: "sanitation", Budget: deskBudget("2h")},
		{ID: "R4", Role: dispatch.Regulator, Matter: "cover", Party: "urban"},
		{ID: "R5", Role: dispatch.Assist, Matter: "cover", Party: "community"},
		{ID: "R6", Role: dispatch.Lead, Matter: "tree", Party: "empty-post", Area: "G2", Budget: deskBudget("4wh")},
		{ID: "R7", Role: dispatch.Lead, Matter: "noise", Party: "urban"},
		{ID: "R8", Role: dispatch.Lead, Matter: "noise", Party: "property"},
	}
}

func deskBudget(text string) worktime.Budget {
	b, err := worktime.ParseBudget(text)
	if err != nil {
		panic(err)
	}
	return b
}

// day is a local instant in March 2026; the 2nd is a Monday.
func (w deskWorld) day(day, hour, minute int) time.Time {
	return time.Date(2026, 3, day, hour, minute, 0, 0, w.beijing)
}

// deskDo decides a command of the host and applies what comes of it.
func deskDo(t require.TestingT, d *dispatch.Desk, at time.Time, do dispatch.Do) []dispatch.Entry {
	return deskAs(t, d, at, dispatch.Actor{}, do)
}

func deskAs(t require.TestingT, d *dispatch.Desk, at time.Time, actor dispatch.Actor, do dispatch.Do) []dispatch.Entry {
	out, err := d.Decide(at, dispatch.Command{Actor: actor, Do: do})
	require.NoError(t, err)
	if out.Refusal != nil {
		require.Fail(t, "refused", "%s", out.Refusal.Text("en"))
	}
	deskApply(t, d, out.Entries)
	return out.Entries
}

func deskApply(t require.TestingT, d *dispatch.Desk, entries []dispatch.Entry) {
	for _, e := range entries {
		require.NoError(t, d.Apply(e))
	}
}

// deskTick ticks until nothing more is due and answers all the entries.
func deskTick(t require.TestingT, d *dispatch.Desk, at time.Time) []dispatch.Entry {
	var all []dispatch.Entry
	for {
		out, err := d.Tick(at)
		require.NoError(t, err)
		deskApply(t, d, out.Entries)
		all = append(all, out.Entries...)
		if !out.More {
			return all
		}
	}
}

// deskRefusal decides a command that must be refused.
func deskRefusal(t require.TestingT, d *dispatch.Desk, at time.Time, cmd dispatch.Command) string {
	out, err := d.Decide(at, cmd)
	require.NoError(t, err)
	if out.Refusal == nil {
		return ""
	}
	return out.Refusal.Code
}

// deskNew is a desk with the world's rules installed at the 1st of March.
func deskNew(t require.TestingT, w deskWorld) *dispatch.Desk {
	d := dispatch.NewDesk()
	deskDo(t, d, w.day(1, 0, 0), dispatch.Install{Setup: w.setup})
	return d
}

func deskCase(t require.TestingT, d *dispatch.Desk, id dispatch.Code) dispatch.Case {
	c, ok := d.Case(id)
	require.True(t, ok)
	return c
}

// deskFacts is the names of the facts in order.
func deskFacts(entries []dispatch.Entry) []string {
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = dispatch.FactName(e.Fact)
	}
	return names
}

// deskThroughJSON writes entries and reads them back.
func deskThroughJSON(t require.TestingT, entries []dispatch.Entry) []dispatch.Entry {
	out := make([]dispatch.Entry, len(entries))
	for i, e := range entries {
		text, err := json.Marshal(e)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &out[i]), string(text))
	}
	return out
}

func deskEvent(id, matter dispatch.Code, p orb.Point) dispatch.Event {
	return dispatch.Event{ID: id, Matter: matter, Point: &p, Channel: "12345"}
}
