package rounds_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party/rounds"
)

var shanghai = time.FixedZone("CST", 8*60*60)

// clerk drives a log by hand and keeps its journal.
type clerk struct {
	t       require.TestingT
	log     *rounds.Log
	at      time.Time
	entries []rounds.Entry
}

func clerkIn(t require.TestingT, zone *time.Location) *clerk {
	return &clerk{t: t, log: rounds.NewLog(zone, nil), at: time.Date(2026, 1, 1, 9, 0, 0, 0, zone)}
}

func (h *clerk) try(c rounds.Command) rounds.Outcome {
	sum, seq := h.log.Hash(), h.log.Seq()
	o, err := h.log.Decide(h.at, c)
	require.NoError(h.t, err, "%#v", c.Do)
	require.Equal(h.t, sum, h.log.Hash(), "Decide changed the log")
	require.Equal(h.t, seq, h.log.Seq())
	h.apply(o.Entries)
	return o
}

func (h *clerk) apply(entries []rounds.Entry) {
	for _, e := range entries {
		require.NoError(h.t, h.log.Apply(e), "%#v", e.Fact)
		h.entries = append(h.entries, e)
	}
}

func (h *clerk) ok(list ...rounds.Do) {
	for _, do := range list {
		o := h.try(rounds.Command{Do: do})
		require.Nil(h.t, o.Refusal, "%#v", do)
	}
}

func (h *clerk) no(code string, do rounds.Do) {
	o := h.try(rounds.Command{Do: do})
	require.NotNil(h.t, o.Refusal, "%#v was carried out", do)
	require.Equal(h.t, code, o.Refusal.Code)
	require.NotEqual(h.t, o.Refusal.Text("en"), o.Refusal.Text("zh"))
}

// today is the local date.
func (h *clerk) today() rounds.Date { return rounds.DateOf(h.at) }

// tick fires everything up to now.
func (h *clerk) tick() {
	for {
		due, ok := h.log.NextDue()
		if !ok || due.After(h.at) {
			return
		}
		o, err := h.log.Tick(h.at)
		require.NoError(h.t, err)
		require.NotEmpty(h.t, o.Entries)
		h.apply(o.Entries)
	}
}

func (h *clerk) to(year int, month time.Month, day, hour int) {
	h.at = time.Date(year, month, day, hour, 0, 0, 0, h.at.Location())
}

// replay folds the journal, through JSON, into a log without a zone.
func (h *clerk) replay() *rounds.Log {
	again := rounds.NewLog(nil, nil)
	for _, e := range h.entries {
		data, err := json.Marshal(e)
		require.NoError(h.t, err)
		var back rounds.Entry
		require.NoError(h.t, json.Unmarshal(data, &back), string(data))
		require.NoError(h.t, again.Apply(back), string(data))
	}
	return again
}

func ymd(y int, m time.Month, d int) rounds.Date {
	return rounds.DateOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

func everyMonth(start rounds.Date, teams ...rounds.Team) rounds.Plan {
	return rounds.Plan{Plan: "key", Areas: []rounds.Code{"block"}, Classes: []rounds.Code{"key"}, Every: "1mo", Start: start, Teams: teams}
}

func statesOf(h *clerk, household rounds.Code) []rounds.SlotState {
	var list []rounds.SlotState
	for p := range h.log.Slots(rounds.Filter{Household: household}, h.today()) {
		list = append(list, p.State)
	}
	return list
}

// A missed month stays a gap whatever comes later.
func TestMissedMonthStaysAGap(t *testing.T) {
	h := clerkIn(t, shanghai)
	h.ok(rounds.Enrol{Household: "h1", Areas: []rounds.Code{"grid", "block"}, Class: "key"}, everyMonth(ymd(2026, 1, 1)))
	h.ok(rounds.Visit{Household: "h1", People: []rounds.Code{"p1", "p2"}, Kind: "home"})
	require.Equal(t, []rounds.SlotState{rounds.Made}, statesOf(h, "h1"))
	h.to(2026, 3, 2, 9) // nobody ticked in February
	h.ok(rounds.Visit{Household: "h1", People: []rounds.Code{"p1"}, Kind: "home", At: time.Date(2026, 2, 27, 9, 0, 0, 0, shanghai)})
	h.tick()
	require.Equal(t, []rounds.SlotState{rounds.Made, rounds.Missing, rounds.Open}, statesOf(h, "h1"))
	h.ok(rounds.Visit{Household: "h1", People: []rounds.Code{"p1"}, Kind: "home"}, rounds.Visit{Household: "h1", People: []rounds.Code{"p1"}, Kind: "home"})
	require.Equal(t, []rounds.SlotState{rounds.Made, rounds.Missing, rounds.Made}, statesOf(h, "h1"))
	require.Equal(t, rounds.Counts{Due: 3, Made: 2, Missed: 1, Visits: 4, PersonVisits: 5, Late: 1}, h.log.Count(rounds.Filter{}, h.today()))
	require.Equal(t, rounds.Counts{Due: 1, Missed: 1, Visits: 1, PersonVisits: 1, Late: 1}, h.log.Count(rounds.Filter{From: ymd(2026, 2, 1), Until: ymd(2026, 3, 1)}, h.today()))
	require.Equal(t, rounds.Counts{}, h.log.Count(rounds.Filter{Area: "elsewhere"}, h.today()))
	var late []bool
	for _, v := range h.log.Visits("h1") {
		late = append(late, v.Late)
	}
	require.Equal(t, []bool{false, false, true, false}, late, "the latest record first")
	require.Equal(t, h.log.Hash(), h.replay().Hash())
}

// Eleven members and two grid staff in four teams: one leads each month, a join and
// a leave change nothing that was.
func TestElevenAndTwoInFourTeams(t *testing.T) {
	h := clerkIn(t, shanghai)
	teams := []rounds.Team{
		{Team: "t1", People: []rounds.Code{"m1", "m2", "m3"}}, {Team: "t2", People: []rounds.Code{"m4", "m5", "m6"}},
		{Team: "t3", People: []rounds.Code{"m7", "m8", "m9", "g1"}}, {Team: "t4", People: []rounds.Code{"m10", "m11", "g2"}},
	}
	h.ok(everyMonth(ymd(2026, 1, 31), teams...)) // the first month is January
	var led []rounds.Code
	for month := range 14 {
		if month == 5 {
			h.to(2026, 6, 10, 9)
			h.ok(rounds.Join{Plan: "key", Team: "t2", Person: "m12"}, rounds.Quit{Plan: "key", Team: "t4", Person: "m11"})
		}
		on := rounds.DateOf(time.Date(2026, time.Month(month+2), 0, 0, 0, 0, 0, time.UTC)) // the last day
		team, ok := h.log.LeadingOn("key", on)
		require.True(t, ok, month)
		people := h.log.Members("key", team, on)
		led = append(led, team)
		if team == "t2" {
			require.Equal(t, month >= 5, slices.Contains(people, "m12"), month)
		}
		if team == "t4" {
			require.Equal(t, month < 5, slices.Contains(people, "m11"), month)
		}
	}
	require.Equal(t, []rounds.Code{"t1", "t2", "t3", "t4", "t1", "t2", "t3", "t4", "t1", "t2", "t3", "t4", "t1", "t2"}, led)
	h.to(2026, 8, 10, 9)
	h.ok(rounds.Dissolve{Plan: "key", Team: "t4"}) // it led in August: its turn passes on
	team, _ := h.log.LeadingOn("key", ymd(2026, 8, 10))
	require.Equal(t, rounds.Code("t4"), team)
	team, _ = h.log.LeadingOn("key", ymd(2026, 8, 11))
	require.Equal(t, rounds.Code("t1"), team)
	_, ok := h.log.LeadingOn("key", ymd(2026, 1, 30))
	require.False(t, ok, "before it starts")
	h.tick()
	led = nil
	for _, s := range h.log.Fairness("key", ymd(2026, 1, 1), ymd(2026, 8, 1)) {
		if s.Person == "" {
			led = append(led, slices.Repeat([]rounds.Code{s.Team}, s.Led)...)
		}
	}
	require.Equal(t, []rounds.Code{"t1", "t1", "t2", "t2", "t3", "t3", "t4"}, led)
	require.Equal(t, h.log.Hash(), h.replay().Hash())
}

// Briefing, tasks done, not done and carried, a debrief too late, attendance.
func TestShifts(t *testing.T) {
	h := clerkIn(t, shanghai)
	at := func(d, hour int) time.Time { return time.Date(2026, 1, d, hour, 0, 0, 0, shanghai) }
	brief := func(shift rounds.Code, d int, tasks ...rounds.Code) rounds.Brief {
		b := rounds.Brief{Shift: shift, Squad: "q", Date: ymd(2026, 1, d), From: at(d, 20), Until: at(d+1, 8), Hours: 2, People: []rounds.Code{"p1", "p2"}}
		for _, c := range tasks {
			b.Tasks = append(b.Tasks, rounds.Task{Task: c, Text: "巡查"})
		}
		return b
	}
	h.ok(brief("s1", 1, "a", "b", "c"))
	h.no(rounds.ShiftExists, brief("s1", 2))
	h.no(rounds.Booked, rounds.Brief{Shift: "s0", Squad: "r", Date: ymd(2026, 1, 2), From: at(2, 7), Until: at(2, 9), People: []rounds.Code{"p2"}})
	h.no(rounds.WrongDate, rounds.Brief{Shift: "s0", Squad: "r", Date: ymd(2026, 1, 1), From: at(2, 9), Until: at(2, 10)})
	h.no(rounds.ShiftEarly, rounds.Debrief{Shift: "s1"})
	h.to(2026, 1, 2, 8)
	h.ok(rounds.Report{Shift: "s1", Answer: rounds.Answer{Task: "b", Result: rounds.Undone, Reason: "rain"}})
	h.no(rounds.TaskClosed, rounds.Report{Shift: "s1", Answer: rounds.Answer{Task: "b", Result: rounds.Done}})
	h.no(rounds.TasksOpen, rounds.Debrief{Shift: "s1", Answers: []rounds.Answer{{Task: "a", Result: rounds.Done}}})
	h.no(rounds.NoTask, rounds.Debrief{Shift: "s1", Answers: []rounds.Answer{{Task: "x", Result: rounds.Done}}})
	h.to(2026, 1, 2, 10) // on the instant is in time
	h.tick()
	s, _ := h.log.Shift("s1")
	require.False(t, s.Overdue)
	h.at = h.at.Add(time.Millisecond)
	h.tick()
	s, _ = h.log.Shift("s1")
	require.True(t, s.Overdue)
	h.ok(rounds.Debrief{Shift: "s1", Answers: []rounds.Answer{{Task: "c", Result: rounds.Carried, Reason: "parts"}, {Task: "a", Result: rounds.Done}}})
	h.no(rounds.ShiftClosed, rounds.Debrief{Shift: "s1"})
	require.Equal(t, rounds.TaskCounts{Shifts: 1, Debriefed: 1, Late: 1, Overdue: 1, Tasks: 3, Done: 1, Undone: 1, Carried: 1}, h.log.CountTasks("q", 0, ymd(2027, 1, 1)))
	h.ok(brief("s2", 2, "d"))
	s, _ = h.log.Shift("s2")
	require.Equal(t, rounds.Code("c"), s.Tasks[0].Task.Task, "what was carried over comes first")
	require.Equal(t, 1, s.Tasks[0].Carries)
	_, late := h.entries[len(h.entries)-2].Fact.(rounds.Debriefed)
	require.True(t, late)

	h.to(2026, 1, 2, 12)
	in := rounds.Attend{Record: "r1", Squad: "q", Person: "p1", Date: ymd(2026, 1, 1), Status: rounds.Late, In: at(1, 21), Out: at(2, 9)}
	h.ok(in)
	again := in
	again.Record = "r2"
	h.no(rounds.InTwice, again)
	again.Corrects, again.Status, again.In = "r1", rounds.Present, at(1, 20)
	h.ok(again)
	again.Record, again.Corrects = "r3", "r1"
	h.no(rounds.Corrected, again)
	h.ok(rounds.Attend{Record: "r4", Squad: "q", Person: "p2", Date: ymd(2026, 1, 1), Status: rounds.Absent})
	require.Equal(t, rounds.Attendance{Shifts: 1, Planned: 720, Attended: 720, Outside: 60, Records: 1, Present: 1}, h.log.Attended("p1", "", ymd(2026, 1, 1), ymd(2026, 1, 2)))
	require.Equal(t, rounds.Attendance{Shifts: 1, Planned: 720, Records: 1, Absences: 1, Unexcused: 1}, h.log.Attended("p2", "", ymd(2026, 1, 1), ymd(2026, 1, 2)))
	require.Len(t, slices.Collect(h.log.Records("p1")), 2, "what was corrected stays visible")
	require.Equal(t, h.log.Hash(), h.replay().Hash())
}

// Every period that a household owes is exactly one of made, missed and open, as a
// walk over the calendar says; the cadence of ticks and a replay change nothing.
func propPeriods(t *rapid.T) {
	zones := []string{"Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Pacific/Apia"}
	zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
	require.NoError(t, err)
	often, never := clerkIn(t, zone), clerkIn(t, zone)
	never.at = never.at.AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "begin"))
	often.at = never.at
	start := rounds.DateOf(never.at) + rounds.Date(rapid.IntRange(0, 40).Draw(t, "start"))
	both := func(do rounds.Do) {
		often.tick()
		a, b := often.try(rounds.Command{Do: do}), never.try(rounds.Command{Do: do})
		require.Equal(t, a.Refusal, b.Refusal)
	}
	both(everyMonth(start))
	enrolled := map[rounds.Code]rounds.Date{}
	visits := map[rounds.Code][]rounds.Date{}
	houses := []rounds.Code{"h1", "h2", "h3"}
	for range rapid.IntRange(1, 40).Draw(t, "steps") {
		ahead := time.Duration(rapid.IntRange(0, 20*24).Draw(t, "hours")) * time.Hour
		often.at, never.at = often.at.Add(ahead), never.at.Add(ahead)
		house := rapid.SampledFrom(houses).Draw(t, "house")
		today := rounds.DateOf(never.at)
		if _, ok := enrolled[house]; !ok {
			enrolled[house] = today
			both(rounds.Enrol{Household: house, Areas: []rounds.Code{"block"}, Class: "key"})
			continue
		}
		both(rounds.Visit{Household: house, People: []rounds.Code{"p"}, Kind: "home"})
		visits[house] = append(visits[house], today)
	}
	often.tick()
	never.tick()
	require.Equal(t, often.log.Hash(), never.log.Hash(), "any cadence")
	require.Equal(t, never.log.Hash(), never.replay().Hash(), "a replay")
	today := rounds.DateOf(never.at)
	for house, since := range enrolled {
		var want []rounds.Slot
		first := max(since, start)
		for k := 0; ; k++ {
			y, m, _ := time.Unix(int64(start-ymd(1970, 1, 1))*86400, 0).UTC().Date()
			from := rounds.DateOf(time.Date(y, m+time.Month(k), 1, 0, 0, 0, 0, time.UTC))
			until := rounds.DateOf(time.Date(y, m+time.Month(k+1), 1, 0, 0, 0, 0, time.UTC))
			if max(from, start) > today {
				break
			}
			if until <= first || first > from && int(until-first)*100 < 50*int(until-from) {
				continue // not owed yet: less than half of it is left
			}
			p := rounds.Slot{Household: house, Plan: "key", Period: k, From: max(from, start), Until: until, Class: "key", Areas: []rounds.Code{"block"}, State: rounds.Open}
			switch {
			case slices.ContainsFunc(visits[house], func(d rounds.Date) bool { return p.From <= d && d < until }):
				p.State = rounds.Made
			case until <= today:
				p.State = rounds.Missing
			}
			want = append(want, p)
		}
		require.Equal(t, want, slices.Collect(never.log.Slots(rounds.Filter{Household: house}, today)), house)
	}
}

func TestPeriodsEqualAWalk(t *testing.T) { rapid.Check(t, propPeriods) }
func FuzzPeriodsEqualAWalk(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propPeriods)) }

// drawDo draws any verb with arguments that are often possible.
func drawDo(t *rapid.T, at time.Time) rounds.Do {
	one := func(name string, of ...rounds.Code) rounds.Code { return rapid.SampledFrom(of).Draw(t, name) }
	house := one("house", "h1", "h2", "h3")
	plan := one("plan", "p1", "p2")
	team := one("team", "t1", "t2", "t3")
	person := one("person", "a", "b", "c")
	class := one("class", "key", "regular")
	shift := one("shift", "s1", "s2", "s3")
	task := one("task", "k1", "k2", "k3")
	every := rapid.SampledFrom([]rounds.Every{"1mo", "7d", "2w", "3mo"}).Draw(t, "every")
	today := rounds.DateOf(at)
	soon := rounds.Date(rapid.IntRange(0, 20).Draw(t, "soon"))
	answer := rounds.Answer{Task: task, Result: rounds.Done}
	if rapid.Bool().Draw(t, "carry") {
		answer.Result, answer.Reason = rounds.Carried, "later"
	}
	from := at.Add(time.Duration(soon) * time.Hour)
	return rapid.SampledFrom([]rounds.Do{
		rounds.Enrol{Household: house, Areas: []rounds.Code{"g", "block"}, Class: class},
		rounds.Visit{Household: house, People: []rounds.Code{person}, Kind: one("kind", "home", "call")},
		rounds.Visit{Household: house, People: []rounds.Code{person}, Kind: "home", At: at.Add(-time.Duration(soon) * 24 * time.Hour)},
		rounds.Reclass{Household: house, Class: class}, rounds.Leave{Household: house},
		rounds.Plan{Plan: plan, Areas: []rounds.Code{"block"}, Classes: []rounds.Code{class}, Every: every, Start: today + soon,
			Teams: []rounds.Team{{Team: "t1", People: []rounds.Code{"a"}}, {Team: "t2", People: []rounds.Code{"b"}}}},
		rounds.Amend{Plan: plan, Areas: []rounds.Code{"g"}, Classes: []rounds.Code{"key", "regular"}, Every: every},
		rounds.End{Plan: plan}, rounds.Form{Plan: plan, Team: team}, rounds.Dissolve{Plan: plan, Team: team},
		rounds.Join{Plan: plan, Team: team, Person: person}, rounds.Quit{Plan: plan, Team: team, Person: person},
		rounds.Brief{Shift: shift, Squad: "q", Date: rounds.DateOf(from), From: from, Until: from.Add(8 * time.Hour), Hours: 3, People: []rounds.Code{person}, Tasks: []rounds.Task{{Task: task}}},
		rounds.Report{Shift: shift, Answer: answer}, rounds.Debrief{Shift: shift, Answers: []rounds.Answer{answer}}, rounds.Debrief{Shift: shift},
		rounds.Attend{Record: one("record", "r1", "r2", "r3"), Squad: "q", Person: person, Date: today, Status: rounds.Absent},
	}).Draw(t, "do")
}

// Whatever is asked: the cadence of ticks and a replay change nothing, what is owed
// is made, missed or open, tasks add up, a period that was missed stays missed, and
// a key answers the same for ever.
func propStorm(t *rapid.T) {
	often, never := clerkIn(t, shanghai), clerkIn(t, shanghai)
	missed := map[rounds.Code]map[rounds.Due]bool{}
	for i := range rapid.IntRange(1, 60).Draw(t, "steps") {
		ahead := time.Duration(rapid.IntRange(0, 15*24).Draw(t, "hours")) * time.Hour
		often.at, never.at = often.at.Add(ahead), never.at.Add(ahead)
		often.tick()
		c := rounds.Command{Do: drawDo(t, never.at)}
		if rapid.Bool().Draw(t, "keyed") {
			c.Key = string(rune('a' + i%26))
		}
		a, errA := often.log.Decide(often.at, c)
		b, errB := never.log.Decide(never.at, c)
		require.Equal(t, errA == nil, errB == nil)
		if errA != nil {
			require.ErrorIs(t, errA, rounds.ErrReused)
			continue
		}
		require.Equal(t, a.Refusal, b.Refusal, "%#v", c.Do)
		require.Equal(t, a.Replayed, b.Replayed)
		often.apply(a.Entries)
		never.apply(b.Entries)
		if c.Key != "" && !b.Replayed {
			again := never.try(c)
			require.True(t, again.Replayed)
			require.Equal(t, b.Refusal, again.Refusal)
		}
		for h := range often.log.Households() {
			for p := range often.log.Slots(rounds.Filter{Household: h.Code}, often.today()) {
				due := rounds.Due{Plan: p.Plan, Period: p.Period}
				if missed[h.Code] == nil {
					missed[h.Code] = map[rounds.Due]bool{}
				}
				if missed[h.Code][due] {
					require.Equal(t, rounds.Missing, p.State, "a gap stays a gap")
				}
				missed[h.Code][due] = p.State == rounds.Missing
			}
		}
	}
	often.tick()
	never.tick()
	require.Equal(t, often.log.Hash(), never.log.Hash(), "any cadence")
	require.Equal(t, never.log.Hash(), never.replay().Hash(), "a replay")
	n := never.log.Count(rounds.Filter{}, never.today())
	require.Equal(t, n.Due, n.Made+n.Missed+n.Open)
	var sum rounds.Counts
	for _, class := range []rounds.Code{"key", "regular"} {
		c := never.log.Count(rounds.Filter{Class: class}, never.today())
		sum.Due, sum.Made, sum.Missed, sum.Open = sum.Due+c.Due, sum.Made+c.Made, sum.Missed+c.Missed, sum.Open+c.Open
	}
	require.Equal(t, [4]int{n.Due, n.Made, n.Missed, n.Open}, [4]int{sum.Due, sum.Made, sum.Missed, sum.Open}, "classes share it out")
	w := never.log.CountTasks("", 0, 0)
	require.Equal(t, w.Tasks, w.Done+w.Undone+w.Carried+w.Open)
}

func TestStorm(t *testing.T) { rapid.Check(t, propStorm) }
func FuzzStorm(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propStorm)) }
