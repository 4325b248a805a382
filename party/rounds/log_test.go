package rounds_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party/rounds"
)

// zones have midnights that do not exist (São Paulo, until 2018), a day that does
// not exist (Apia, 2011-12-30) and clocks that change at other hours.
var zones = func() []*time.Location {
	list := []*time.Location{east8}
	for _, name := range []string{"America/Sao_Paulo", "Pacific/Apia", "Europe/London"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			panic(err)
		}
		list = append(list, zone)
	}
	return list
}()

func codeOf(t *rapid.T, prefix string, n int) rounds.Code {
	return rounds.Code(fmt.Sprint(prefix, rapid.IntRange(1, n).Draw(t, prefix)))
}

func some(t *rapid.T, label string, codes ...rounds.Code) []rounds.Code {
	return rapid.SampledFrom([][]rounds.Code{codes, codes[:1], codes[1:]}).Draw(t, label)
}

// draw is a command at an instant.
func draw(t *rapid.T, at time.Time, n int) rounds.Do {
	terms := func() rounds.Amend {
		return rounds.Amend{Plan: codeOf(t, "p", 3), Areas: some(t, "areas", "west", "east"), Classes: some(t, "classes", "key", "regular"),
			Every: rapid.SampledFrom([]rounds.Every{"1mo", "1mo", "3mo", "2w", "1d"}).Draw(t, "every"),
			Kinds: rapid.SampledFrom([][]rounds.Code{nil, {"home"}}).Draw(t, "kinds"),
			Least: rapid.SampledFrom([]int{0, 0, 1, 33, 100}).Draw(t, "least")}
	}
	person := func() rounds.Code { return codeOf(t, "w", 4) }
	switch rapid.SampledFrom([]string{"visit", "visit", "visit", "enrol", "enrol", "reclass", "leave", "plan", "plan", "amend", "end",
		"form", "dissolve", "join", "quit", "brief", "report", "debrief", "attend"}).Draw(t, "verb") {
	case "enrol":
		return rounds.Enrol{Household: codeOf(t, "h", 5), Areas: some(t, "in", "west", "all"), Class: rapid.SampledFrom([]rounds.Code{"key", "regular", "none"}).Draw(t, "class")}
	case "reclass":
		return rounds.Reclass{Household: codeOf(t, "h", 5), Class: rapid.SampledFrom([]rounds.Code{"key", "regular", "none"}).Draw(t, "class")}
	case "leave":
		return rounds.Leave{Household: codeOf(t, "h", 5)}
	case "plan":
		a := terms()
		return rounds.Plan{Plan: a.Plan, Areas: a.Areas, Classes: a.Classes, Every: a.Every, Kinds: a.Kinds, Least: a.Least,
			Start: rounds.DateOf(at.AddDate(0, 0, rapid.IntRange(0, 40).Draw(t, "in days"))),
			Teams: []rounds.Team{{Team: "t1", People: []rounds.Code{"w1"}}, {Team: "t2"}}}
	case "amend":
		return terms()
	case "end":
		return rounds.End{Plan: codeOf(t, "p", 3)}
	case "form":
		return rounds.Form{Plan: codeOf(t, "p", 3), Team: codeOf(t, "t", 6), People: []rounds.Code{person()}}
	case "dissolve":
		return rounds.Dissolve{Plan: codeOf(t, "p", 3), Team: codeOf(t, "t", 6)}
	case "join":
		return rounds.Join{Plan: codeOf(t, "p", 3), Team: codeOf(t, "t", 6), Person: person()}
	case "quit":
		return rounds.Quit{Plan: codeOf(t, "p", 3), Team: codeOf(t, "t", 6), Person: person()}
	case "brief":
		from := at.Add(time.Duration(rapid.IntRange(0, 30).Draw(t, "in hours")) * time.Hour)
		return rounds.Brief{Shift: rounds.Code(fmt.Sprint("s", n)), Squad: codeOf(t, "q", 2), Date: rounds.DateOf(from), From: from,
			Until: from.Add(8 * time.Hour), Hours: rapid.IntRange(0, 5).Draw(t, "hours"), People: []rounds.Code{person()},
			Tasks: []rounds.Task{{Task: rounds.Code(fmt.Sprint("k", n))}}}
	case "report":
		return rounds.Report{Shift: codeOf(t, "s", n), Answer: rounds.Answer{Task: codeOf(t, "k", n), Result: rounds.Carried, Reason: "r"}}
	case "debrief":
		d := rounds.Debrief{Shift: codeOf(t, "s", n)}
		if rapid.Bool().Draw(t, "answered") {
			d.Answers = []rounds.Answer{{Task: rounds.Code("k" + d.Shift[1:]), Result: rounds.Undone, Reason: "r"}}
		}
		return d
	case "attend":
		in := at.Add(-time.Duration(rapid.IntRange(1, 40).Draw(t, "before")) * time.Hour)
		return rounds.Attend{Record: rounds.Code(fmt.Sprint("r", n)), Squad: "q1", Person: person(), Date: rounds.DateOf(in), Status: rounds.Present, In: in, Out: in.Add(time.Hour)}
	}
	back := time.Duration(rapid.SampledFrom([]int{0, 0, 1, 30, 800}).Draw(t, "hours back")) * time.Hour
	return rounds.Visit{Household: codeOf(t, "h", 5), At: at.Add(-back), People: []rounds.Code{person()}, Kind: rapid.SampledFrom([]rounds.Code{"home", "call"}).Draw(t, "kind")}
}

// propLog: three logs get the same commands. One is ticked before each command,
// one at random, one never; they answer the same and end in the same state, which
// is what the twin has and what the journal replays to without a zone.
func propLog(t *rapid.T) {
	zone := rapid.SampledFrom(zones).Draw(t, "zone")
	begin := rapid.SampledFrom([]time.Time{
		time.Date(2010, 12, 31, 12, 0, 0, 0, zone), time.Date(2011, 11, 28, 1, 0, 0, 0, zone),
		time.Date(2016, 1, 31, 23, 0, 0, 0, zone), time.Date(2026, 3, 1, 0, 0, 0, 0, zone),
	}).Draw(t, "begin")
	often, random, never := fresh(t, zone, begin), fresh(t, zone, begin), fresh(t, zone, begin)
	twin := newTwin(civilDay(begin))
	at := begin
	for n := range rapid.IntRange(1, 60).Draw(t, "commands") {
		at = at.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 5, 24, 100, 400, 1200}).Draw(t, "hours")) * time.Hour)
		c := rounds.Command{Do: draw(t, at, n+1)}
		if rapid.Bool().Draw(t, "keyed") {
			c.Key = fmt.Sprint("c", n)
		}
		often.tick(at)
		if rapid.Bool().Draw(t, "tick") {
			random.tick(at)
		}
		var refusal *rounds.Refusal
		for i, h := range []*hand{often, random, never} {
			h.at = at
			hash := h.log.Hash()
			o, err := h.log.Decide(at, c)
			require.NoError(t, err)
			require.Equal(t, hash, h.log.Hash(), "Decide changed the log")
			if i > 0 {
				require.Equal(t, refusal, o.Refusal)
			}
			refusal = o.Refusal
			h.apply(o.Entries)
			if c.Key != "" {
				again, err := h.log.Decide(at.Add(-time.Hour), c)
				require.NoError(t, err)
				require.True(t, again.Replayed)
				require.Equal(t, o.Seq, again.Seq)
				require.Equal(t, o.Refusal, again.Refusal)
			}
		}
		twin.walk(at.In(zone))
		if refusal == nil {
			when := at
			if v, ok := c.Do.(rounds.Visit); ok {
				when = v.At
			}
			twin.do(c.Do, when.In(zone))
		}
		compare(t, often, twin)
		tasks(t, often.log)
	}
	for _, h := range []*hand{random, never} {
		h.tick(at)
		require.Equal(t, often.log.Hash(), h.log.Hash(), "ticked otherwise")
	}
	require.Equal(t, len(often.entries), len(random.entries), "ticked otherwise")
	back := rounds.NewLog(nil, nil)
	for _, e := range never.entries {
		data, err := json.Marshal(e)
		require.NoError(t, err)
		var read rounds.Entry
		require.NoError(t, json.Unmarshal(data, &read))
		require.NoError(t, back.Apply(read))
	}
	require.Equal(t, never.log.Hash(), back.Hash(), "replayed")
}

// compare compares every slot, and that each state is counted.
func compare(t *rapid.T, h *hand, w *twin) {
	today := rounds.DateOf(w.today)
	want, got := map[string]string{}, map[string]string{}
	n := rounds.Counts{}
	for house, slots := range w.slots {
		for key, state := range slots {
			want[fmt.Sprint(house, " ", key)] = state
			n.Due++
			switch state {
			case "open":
				n.Open++
			case "made":
				n.Made++
			case "missing":
				n.Missed++
			}
		}
	}
	for s := range h.log.Slots(rounds.Filter{}, today) {
		key := fmt.Sprint(s.Household, " ", s.Plan, " ", s.From)
		require.Empty(t, got[key], "two slots of %s", key)
		got[key] = string(s.State)
	}
	require.Empty(t, cmp.Diff(want, got), "at %s", h.at.In(h.zone))
	c := h.log.Count(rounds.Filter{}, today)
	c.Visits, c.PersonVisits, c.Late = 0, 0, 0
	require.Equal(t, n, c)
}

// tasks: every task of a shift is exactly one of done, undone, carried, open.
func tasks(t require.TestingT, l *rounds.Log) {
	n := l.CountTasks("", 0, 0)
	require.Equal(t, n.Tasks, n.Done+n.Undone+n.Carried+n.Open)
	for s := range l.Shifts() {
		require.Equal(t, len(s.Tasks), len(s.Answers))
		if s.State == rounds.Debriefing {
			for _, a := range s.Answers {
				require.NotEmpty(t, a.Result)
			}
		}
	}
}

func TestLog(t *testing.T) { rapid.Check(t, propLog) }

func FuzzLog(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propLog)) }

// propAttendance: minutes by walking every minute.
func propAttendance(t *rapid.T) {
	h := fresh(t, time.UTC, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	begin := h.at
	minutes := func(label string, most int) time.Duration {
		return time.Duration(rapid.IntRange(1, most).Draw(t, label)) * time.Minute
	}
	var shifts, spells []rounds.Brief
	for n := range rapid.IntRange(0, 6).Draw(t, "shifts") {
		from := begin.Add(minutes("from", 4000))
		b := rounds.Brief{Shift: rounds.Code(fmt.Sprint("s", n)), Squad: "q", Date: rounds.DateOf(from), From: from, Until: from.Add(minutes("long", 700)), People: []rounds.Code{"w"}}
		meets := false
		for _, s := range shifts {
			meets = meets || s.From.Before(b.Until) && b.From.Before(s.Until)
		}
		if o := h.try(rounds.Command{Do: b}); meets {
			require.Equal(t, "booked", o.Refusal.Code)
		} else {
			require.Nil(t, o.Refusal)
			shifts = append(shifts, b)
		}
	}
	h.tick(begin.AddDate(0, 0, 9))
	for n := range rapid.IntRange(0, 6).Draw(t, "spells") {
		in := begin.Add(minutes("in", 4000))
		a := rounds.Attend{Record: rounds.Code(fmt.Sprint("r", n)), Squad: "q", Person: "w", Date: rounds.DateOf(in), Status: rounds.Present, In: in, Out: in.Add(minutes("stay", 700))}
		meets := false
		for _, s := range spells {
			meets = meets || s.From.Before(a.Out) && a.In.Before(s.Until)
		}
		if o := h.try(rounds.Command{Do: a}); meets {
			require.Equal(t, "in-twice", o.Refusal.Code)
		} else {
			require.Nil(t, o.Refusal)
			spells = append(spells, rounds.Brief{Date: a.Date, From: a.In, Until: a.Out})
		}
	}
	var planned, attended, outside int64
	for _, s := range shifts {
		planned += int64(s.Until.Sub(s.From) / time.Minute)
	}
	for _, r := range spells {
		inside, whole, dated := int64(0), int64(0), false
		for m := r.From; m.Before(r.Until); m = m.Add(time.Minute) {
			whole++
			for _, s := range shifts {
				if !m.Before(s.From) && m.Before(s.Until) {
					inside++
				}
			}
		}
		for _, s := range shifts {
			dated = dated || s.Date == r.Date
		}
		if inside == 0 && !dated {
			inside = whole
		}
		attended, outside = attended+inside, outside+whole-inside
	}
	got := h.log.Attended("w", "q", 0, 0)
	require.Equal(t, []int64{planned, attended, outside}, []int64{got.Planned, got.Attended, got.Outside})
}

func TestAttendanceByTheMinute(t *testing.T) { rapid.Check(t, propAttendance) }

func FuzzAttendance(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propAttendance)) }
