package rounds_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/rounds"
)

var east8 = time.FixedZone("UTC+8", 8*3600)

// hand drives a log by hand and keeps its journal.
type hand struct {
	t       require.TestingT
	log     *rounds.Log
	zone    *time.Location
	at      time.Time
	entries []rounds.Entry
}

func fresh(t require.TestingT, zone *time.Location, at time.Time) *hand {
	return &hand{t: t, log: rounds.NewLog(zone, nil), zone: zone, at: at}
}

func local(y int, m time.Month, d, hour int) time.Time {
	return time.Date(y, m, d, hour, 0, 0, 0, east8)
}

func day(s string) rounds.Date {
	var d rounds.Date
	if err := d.UnmarshalText([]byte(s)); err != nil {
		panic(err)
	}
	return d
}

func (h *hand) apply(entries []rounds.Entry) {
	for _, e := range entries {
		require.NoError(h.t, h.log.Apply(e))
		h.entries = append(h.entries, e)
	}
}

// try decides and applies.
func (h *hand) try(c rounds.Command) rounds.Outcome {
	o, err := h.log.Decide(h.at, c)
	require.NoError(h.t, err)
	h.apply(o.Entries)
	return o
}

func (h *hand) ok(do rounds.Do) rounds.Outcome {
	o := h.try(rounds.Command{Do: do})
	require.Nil(h.t, o.Refusal, "%#v", do)
	require.NotEmpty(h.t, o.Entries)
	return o
}

func (h *hand) no(code string, do rounds.Do) {
	o := h.try(rounds.Command{Do: do})
	require.NotNil(h.t, o.Refusal, "%#v was carried out", do)
	require.Equal(h.t, code, o.Refusal.Code, "%#v", do)
	require.Empty(h.t, o.Entries)
}

// tick ticks until nothing is left.
func (h *hand) tick(at time.Time) {
	h.at = at
	for {
		o, err := h.log.Tick(at)
		require.NoError(h.t, err)
		h.apply(o.Entries)
		due, ok := h.log.NextDue()
		require.Equal(h.t, o.More, ok && !due.After(at))
		if !o.More {
			return
		}
	}
}

func enrol(house, class rounds.Code) rounds.Enrol {
	return rounds.Enrol{Household: house, Areas: []rounds.Code{"grid-27", "niuhu"}, Building: "b1", Class: class}
}

func monthly(start string) rounds.Plan {
	return rounds.Plan{Plan: "lianhu", Areas: []rounds.Code{"niuhu"}, Classes: []rounds.Code{"key"}, Every: "1mo", Start: day(start)}
}

func (h *hand) states(house rounds.Code) []string {
	var list []string
	for s := range h.log.Slots(rounds.Filter{Household: house}, rounds.DateOf(h.at.In(h.zone))) {
		list = append(list, fmt.Sprintf("%s %d %s", s.From, s.Period, s.State))
	}
	return list
}

// TestGap: a month without a visit is a gap for ever; a visit recorded after it
// does not fill it, whatever day it says.
func TestGap(t *testing.T) {
	h := fresh(t, east8, local(2026, 1, 31, 9))
	h.ok(monthly("2026-01-31"))
	h.ok(enrol("a", "key"))
	h.tick(local(2026, 2, 1, 0).Add(-time.Millisecond))
	require.Empty(t, h.states("a"), "one day of January is less than half")
	due, _ := h.log.NextDue()
	require.Equal(t, local(2026, 2, 1, 0).UTC(), due)
	h.at = local(2026, 2, 28, 23)
	o := h.ok(rounds.Visit{Household: "a", People: []rounds.Code{"zheng"}, Kind: "liushangmen"})
	require.IsType(t, rounds.Closed{}, o.Entries[0].Fact, "what is due comes first")
	require.Equal(t, []rounds.Fill{{Plan: "lianhu", Period: 1}}, o.Entries[1].Fact.(rounds.Visited).Fills)
	h.at = local(2026, 4, 2, 9)
	o = h.ok(rounds.Visit{Household: "a", At: local(2026, 3, 31, 20), People: []rounds.Code{"zheng", "li"}, Kind: "liushangmen"})
	v := o.Entries[len(o.Entries)-1].Fact.(rounds.Visited)
	require.True(t, v.Late)
	require.Empty(t, v.Fills)
	require.Equal(t, []string{"2026-02-01 1 made", "2026-03-01 2 missing", "2026-04-01 3 open"}, h.states("a"))
	require.Equal(t, rounds.Counts{Due: 3, Made: 1, Missed: 1, Open: 1, Visits: 2, PersonVisits: 3, Late: 1},
		h.log.Count(rounds.Filter{Class: "key", Area: "niuhu"}, day("2026-04-02")))
	require.Equal(t, rounds.Counts{Due: 1, Missed: 1, Visits: 1, PersonVisits: 2, Late: 1},
		h.log.Count(rounds.Filter{From: day("2026-03-01"), Until: day("2026-04-01")}, day("2026-04-02")))
	require.Len(t, h.log.Visits("a"), 2)
	h.ok(rounds.Reclass{Household: "a", Class: "regular"}) // what was visited was visited as it was then
	require.Equal(t, 2, h.log.Count(rounds.Filter{Class: "key"}, day("2026-04-02")).Visits)
	h.ok(rounds.Reclass{Household: "a", Class: "key"})
	// Leap years and the instant of the turn: the first of March belongs to March.
	h.at = local(2026, 5, 1, 0)
	o = h.ok(rounds.Visit{Household: "a", People: []rounds.Code{"zheng"}, Kind: "x"})
	require.Equal(t, 4, o.Entries[len(o.Entries)-1].Fact.(rounds.Visited).Fills[0].Period)
}

// TestHalf: the days left of the period that make it owed, that day included.
func TestHalf(t *testing.T) {
	for _, c := range []struct {
		start, at string
		least     int
		first     int
	}{
		{"2026-04-01", "2026-04-16", 0, 0}, {"2026-04-01", "2026-04-17", 0, 1}, // 15 and 14 of 30
		{"2026-02-01", "2026-02-15", 50, 0}, {"2026-02-01", "2026-02-16", 50, 1}, // 14 of 28
		{"2028-02-01", "2028-02-15", 50, 0}, {"2028-02-01", "2028-02-16", 50, 1}, // 15, 14 of 29
		{"2026-04-01", "2026-04-30", 1, 0}, {"2026-04-01", "2026-04-02", 100, 1}, {"2026-04-01", "2026-04-01", 100, 0},
	} {
		at, _ := time.ParseInLocation(time.DateOnly, c.at, east8)
		begin, _ := time.ParseInLocation(time.DateOnly, c.start, east8)
		h := fresh(t, east8, begin)
		p := monthly(c.start)
		p.Least = c.least
		h.ok(p)
		h.at = at
		o := h.ok(enrol("a", "key"))
		require.Equal(t, []rounds.Due{{Plan: "lianhu", Period: c.first}}, o.Entries[len(o.Entries)-1].Fact.(rounds.Enrolled).Joins, c)
	}
}

// TestStays: what is due stays due when the class or the plan changes, and a
// household that is withdrawn is let off only what is open.
func TestStays(t *testing.T) {
	h := fresh(t, east8, local(2026, 1, 1, 9))
	h.ok(monthly("2026-01-01"))
	for _, c := range []rounds.Code{"a", "b", "c"} {
		h.ok(enrol(c, "key"))
	}
	h.at = local(2026, 1, 10, 9)
	h.ok(rounds.Reclass{Household: "a", Class: "regular"})
	h.ok(rounds.Visit{Household: "b", People: []rounds.Code{"li"}, Kind: "k"})
	h.ok(rounds.Leave{Household: "b"})
	h.ok(rounds.Leave{Household: "c"})
	h.no("withdrawn", rounds.Leave{Household: "c"})
	h.ok(enrol("c", "key")) // back on the same day: it owes January again
	h.at = local(2026, 1, 20, 9)
	h.ok(rounds.Reclass{Household: "a", Class: "key"}) // no second January
	h.ok(rounds.Amend{Plan: "lianhu", Areas: []rounds.Code{"niuhu"}, Classes: []rounds.Code{"key"}, Every: "2w"})
	h.tick(local(2026, 2, 20, 9))
	require.Equal(t, []string{"2026-01-01 0 missing", "2026-02-01 1 missing", "2026-02-15 2 open"}, h.states("a"))
	require.Equal(t, []string{"2026-01-01 0 made"}, h.states("b"))
	require.Equal(t, []string{"2026-01-01 0 missing", "2026-02-01 1 missing", "2026-02-15 2 open"}, h.states("c"))
	h.ok(rounds.End{Plan: "lianhu"})
	h.no("plan-over", rounds.End{Plan: "lianhu"})
	h.tick(local(2027, 2, 20, 9))
	require.Len(t, h.states("a"), 3)
	require.Equal(t, "2026-02-15 2 missing", h.states("a")[2])
	_, ok := h.log.NextDue()
	require.False(t, ok)
}

// TestBatches: a thousand names an entry, by code, and a tick is bounded.
func TestBatches(t *testing.T) {
	h := fresh(t, east8, local(2026, 1, 1, 9))
	h.ok(monthly("2026-01-01"))
	for i := range 2500 {
		h.ok(enrol(rounds.Code(fmt.Sprintf("h%04d", i)), "key"))
	}
	o, err := h.log.Tick(local(2026, 2, 1, 0))
	require.NoError(t, err)
	require.Len(t, o.Entries, 4)
	for i, n := range []int{1000, 1000, 500} {
		require.Len(t, o.Entries[i].Fact.(rounds.Missed).Households, n)
	}
	h.apply(o.Entries[:1]) // a tick that was cut short goes on where it stopped
	again, err := h.log.Tick(local(2026, 2, 1, 0))
	require.NoError(t, err)
	require.Equal(t, o.Entries[1:], again.Entries)
	require.Equal(t, rounds.Counts{Due: 2500, Missed: 1000, Open: 1500}, h.log.Count(rounds.Filter{}, day("2026-01-31")))
	o, err = h.log.Tick(local(2036, 2, 1, 0))
	require.NoError(t, err)
	require.Len(t, o.Entries, rounds.TickMax)
	require.True(t, o.More)
	h.tick(local(2036, 2, 1, 0))
	require.Equal(t, 2500*121, h.log.Count(rounds.Filter{}, day("2036-01-31")).Missed)
}

// TestTeams: 11 members and 2 grid staff in 4 teams, one leads each month, over
// 14 months with a join and a leave; then a team is dissolved on its turn.
func TestTeams(t *testing.T) {
	h := fresh(t, east8, local(2026, 1, 1, 9))
	p := monthly("2026-01-01")
	n := 0
	for i, size := range []int{4, 3, 3, 3} {
		team := rounds.Team{Team: rounds.Code(fmt.Sprintf("t%d", i+1))}
		for range size {
			n++
			team.People = append(team.People, rounds.Code(fmt.Sprintf("p%02d", n)))
		}
		p.Teams = append(p.Teams, team)
	}
	require.Equal(t, 13, n)
	h.ok(p)
	h.ok(enrol("a", "key"))
	var order []rounds.Code
	for m := range 14 {
		h.at = local(2026, time.Month(1+m), 5, 9)
		if m == 4 {
			h.ok(rounds.Join{Plan: "lianhu", Team: "t1", Person: "new"})
			h.no("in-team", rounds.Join{Plan: "lianhu", Team: "t2", Person: "new"})
		}
		if m == 8 {
			h.ok(rounds.Quit{Plan: "lianhu", Team: "t1", Person: "p01"})
			h.no("not-in-team", rounds.Quit{Plan: "lianhu", Team: "t1", Person: "p01"})
		}
		team, ok := h.log.Leading("lianhu", h.at)
		require.True(t, ok)
		order = append(order, team)
		o := h.ok(rounds.Visit{Household: "a", People: []rounds.Code{"p01", "p05"}, Kind: "k"})
		f := o.Entries[len(o.Entries)-1].Fact.(rounds.Visited).Fills[0]
		require.Equal(t, team, f.Team)
		require.Equal(t, team == "t2" || team == "t1" && m <= 8, f.Led, "month %d", m)
	}
	require.Equal(t, []rounds.Code{"t1", "t2", "t3", "t4", "t1", "t2", "t3", "t4", "t1", "t2", "t3", "t4", "t1", "t2"}, order)
	fair := map[rounds.Code][2]int{}
	for _, s := range h.log.Fairness("lianhu", day("2026-01-01"), day("2027-03-01")) {
		fair[s.Team+"."+s.Person] = [2]int{s.Led, s.Visits}
	}
	require.Len(t, fair, 4+14)
	for who, want := range map[rounds.Code][2]int{
		"t1.": {4, 9}, "t2.": {4, 14}, "t3.": {3, 0}, "t4.": {3, 0},
		"t1.p01": {2, 9}, "t1.p02": {4, 0}, "t1.new": {3, 0}, "t2.p05": {4, 14}, "t4.p13": {3, 0},
	} {
		require.Equal(t, want, fair[who], who)
	}
	h.ok(rounds.Dissolve{Plan: "lianhu", Team: "t2"}) // in February 2027, its turn
	for d, want := range map[string]rounds.Code{
		"2026-02-28": "t2", "2027-02-05": "t2", "2027-02-06": "t3", "2027-02-28": "t3", "2027-03-01": "t4", "2027-04-01": "t1", "2027-05-01": "t3",
	} {
		got, _ := h.log.LeadingOn("lianhu", day(d))
		require.Equal(t, want, got, d)
	}
	h.at = local(2027, 2, 6, 9)
	h.ok(rounds.Form{Plan: "lianhu", Team: "t5", People: []rounds.Code{"p05"}})
	got, _ := h.log.LeadingOn("lianhu", day("2027-05-31"))
	require.Equal(t, rounds.Code("t5"), got, "t3 t4 t1 t5")
	require.Equal(t, 4, h.log.Fairness("lianhu", day("2026-01-01"), day("2027-02-01"))[0].Led, "what was led stays led")
}

// TestSkippedDay: Samoa had no 30 December 2011; a period of that day has no
// length, is owed all the same and is over as it begins (found by propLog).
func TestSkippedDay(t *testing.T) {
	h := fresh(t, zones[2], time.Date(2011, 12, 29, 9, 0, 0, 0, zones[2]))
	p := monthly("2011-12-29")
	p.Every = "1d"
	h.ok(p)
	h.ok(enrol("a", "key"))
	turn := time.Date(2011, 12, 30, 10, 0, 0, 0, time.UTC) // midnight to the 31st
	h.tick(turn)
	require.Equal(t, []string{"2011-12-29 0 missing", "2011-12-30 1 missing", "2011-12-31 2 open"}, h.states("a"))
	h.tick(turn.Add(24 * time.Hour))
	require.Equal(t, "2011-12-31 2 missing", h.states("a")[2])
}
