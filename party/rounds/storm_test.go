package rounds_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party/rounds"
)

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
	often, never := fresh(t, shanghai), fresh(t, shanghai)
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
			for p := range often.log.Periods(h.Code) {
				if missed[h.Code] == nil {
					missed[h.Code] = map[rounds.Due]bool{}
				}
				if missed[h.Code][p.Due] {
					require.Equal(t, rounds.Lapsed, p.State, "a gap stays a gap")
				}
				missed[h.Code][p.Due] = p.State == rounds.Lapsed
			}
		}
	}
	often.tick()
	never.tick()
	require.Equal(t, often.log.Hash(), never.log.Hash(), "any cadence")
	require.Equal(t, never.log.Hash(), never.replay().Hash(), "a replay")
	n := never.log.Count(rounds.Scope{})
	require.Equal(t, n.Due, n.Made+n.Missed+n.Open)
	var sum rounds.Counts
	for _, class := range []rounds.Code{"key", "regular"} {
		c := never.log.Count(rounds.Scope{Class: class})
		sum.Due, sum.Made, sum.Missed, sum.Open = sum.Due+c.Due, sum.Made+c.Made, sum.Missed+c.Missed, sum.Open+c.Open
	}
	require.Equal(t, [4]int{n.Due, n.Made, n.Missed, n.Open}, [4]int{sum.Due, sum.Made, sum.Missed, sum.Open}, "classes share it out")
	w := never.log.Work("", 0, 1<<30)
	require.Equal(t, w.Given, w.Done+w.Undone+w.Carried+w.Open)
}

func TestStorm(t *testing.T) { rapid.Check(t, propStorm) }
func FuzzStorm(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propStorm)) }

// Every verb, fact and refusal has its place and its texts.
func TestNames(t *testing.T) {
	require.Len(t, rounds.Verbs(), 15)
	for _, f := range rounds.Facts() {
		require.NotEmpty(t, rounds.FactName(f))
	}
	for _, code := range rounds.RefusalCodes() {
		r := rounds.Refusal{Code: code, Args: []string{"A", "B", "C"}}
		require.NotEqual(t, r.Text("en"), r.Text("zh"), code)
		require.NotContains(t, r.Text("en"), "{", code)
	}
}

// Rights are asked for, by area or squad; the host needs none.
func TestRights(t *testing.T) {
	log := rounds.NewLog(shanghai, deny{})
	at := time.Date(2026, 1, 1, 9, 0, 0, 0, shanghai)
	clerk := rounds.Actor{Person: "li"}
	for _, do := range []rounds.Do{
		rounds.Enrol{Household: "h", Areas: []rounds.Code{"g"}, Class: "key"}, monthly(day(2026, 1, 1)),
		rounds.Brief{Shift: "s", Squad: "q", Date: day(2026, 1, 1), From: at, Until: at.Add(time.Hour)},
		rounds.Attend{Record: "r", Squad: "q", Person: "li", Date: day(2026, 1, 1), Status: rounds.Absent},
	} {
		o, err := log.Decide(at, rounds.Command{Actor: clerk, Do: do})
		require.NoError(t, err)
		require.NotNil(t, o.Refusal, "%T", do)
		require.Equal(t, rounds.NoRight, o.Refusal.Code)
		o, err = log.Decide(at, rounds.Command{Do: do})
		require.NoError(t, err)
		require.Nil(t, o.Refusal)
	}
}

type deny struct{}

func (deny) Allows(_, _ rounds.Code, _ string, _ rounds.Code, _ time.Time) bool { return false }

func BenchmarkVisits(b *testing.B) {
	log := rounds.NewLog(shanghai, nil)
	at := time.Date(2026, 1, 1, 9, 0, 0, 0, shanghai)
	do := func(d rounds.Do) {
		o, err := log.Decide(at, rounds.Command{Do: d})
		if err != nil || o.Refusal != nil {
			b.Fatal(err, o.Refusal)
		}
		for _, e := range o.Entries {
			if err := log.Apply(e); err != nil {
				b.Fatal(err)
			}
		}
	}
	do(monthly(day(2026, 1, 1)))
	names := make([]rounds.Code, 100_000)
	for i := range names {
		names[i] = rounds.Code("h" + string(rune('0'+i%10)) + time.Unix(int64(i), 0).UTC().Format("150405"))
	}
	seen := map[rounds.Code]bool{}
	for _, c := range names {
		if !seen[c] {
			seen[c] = true
			do(rounds.Enrol{Household: c, Areas: []rounds.Code{"g", "block"}, Class: "key"})
		}
	}
	i := 0
	for b.Loop() {
		do(rounds.Visit{Household: names[i%len(names)], People: []rounds.Code{"p1", "p2"}, Kind: "home"})
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commands/s")
}
