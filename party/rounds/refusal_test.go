package rounds_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/rounds"
)

func sortStrings(s []string) { slices.Sort(s) }

// TestTexts: every code has an English and a Chinese text, and each uses exactly
// the arguments the code is given with.
func TestTexts(t *testing.T) {
	slot := regexp.MustCompile(`\{(\d)\}`)
	han := func(r rune) bool { return unicode.Is(unicode.Han, r) }
	for _, code := range rounds.RefusalCodes() {
		en, zh := rounds.Refusal{Code: code}.Text("en"), rounds.Refusal{Code: code}.Text("zh")
		require.NotEqual(t, code, en)
		require.True(t, strings.ContainsFunc(zh, han), zh)
		require.False(t, strings.ContainsFunc(en, han), en)
		used := func(s string) []string {
			var list []string
			for _, m := range slot.FindAllStringSubmatch(s, -1) {
				list = append(list, m[1])
			}
			return slices.Compact(slices.Sorted(slices.Values(list)))
		}
		require.Equal(t, used(en), used(zh), code)
		for i, u := range used(en) {
			require.Equal(t, strconv.Itoa(i), u, code)
		}
	}
}

// TestPairs: of two reasons that apply at once, the first in the documented
// order is given, whatever else is wrong.
func TestPairs(t *testing.T) {
	h := fresh(t, east8, local(2026, 3, 2, 7))
	h.ok(enrol("a", "key"))
	h.ok(enrol("gone", "key"))
	p := monthly("2026-03-02")
	p.Teams = []rounds.Team{{Team: "t1", People: []rounds.Code{"li"}}}
	h.ok(p)
	p.Plan = "over"
	h.ok(p)
	h.ok(rounds.End{Plan: "over"})
	h.ok(rounds.Leave{Household: "gone"})
	h.ok(brief("s1", "2026-03-02", local(2026, 3, 2, 8), local(2026, 3, 2, 16), "k1", "k2"))
	h.ok(brief("s2", "2026-03-03", local(2026, 3, 3, 8), local(2026, 3, 3, 16), "k3"))
	h.at = local(2026, 3, 2, 9)
	h.ok(rounds.Report{Shift: "s1", Answer: rounds.Answer{Task: "k1", Result: rounds.Done}})
	h.ok(rounds.Attend{Record: "r1", Squad: "q", Person: "wang", Date: day("2026-03-02"), Status: rounds.Present, In: local(2026, 3, 2, 7), Out: local(2026, 3, 2, 8)})
	h.ok(rounds.Attend{Record: "r2", Squad: "q", Person: "wang", Date: day("2026-03-02"), Status: rounds.Absent, Corrects: "r1"})
	h.at = local(2026, 3, 3, 7)
	old := p
	old.Plan, old.Start = "old", day("2026-03-01")
	visit := func(house rounds.Code, at time.Time) rounds.Visit {
		return rounds.Visit{Household: house, At: at, People: []rounds.Code{"li"}, Kind: "k"}
	}
	attend := func(id, person, corrects rounds.Code, d string, in time.Time) rounds.Attend {
		return rounds.Attend{Record: id, Squad: "q", Person: person, Date: day(d), Status: rounds.Present, In: in, Out: in.Add(time.Hour), Corrects: corrects}
	}
	far := h.at.AddDate(0, 0, 9)
	undone := func(shift rounds.Code, tasks ...rounds.Code) rounds.Debrief {
		d := rounds.Debrief{Shift: shift}
		for _, c := range tasks {
			d.Answers = append(d.Answers, rounds.Answer{Task: c, Result: rounds.Undone, Reason: "r"})
		}
		return d
	}
	for i, c := range []struct {
		expect uint64
		right  bool
		do     rounds.Do
		want   string
	}{
		{9, false, enrol("a", "x"), "household-exists"}, {9, false, enrol("b", "x"), "no-right"}, {9, true, enrol("b", "x"), "stale"},
		{9, false, rounds.Reclass{Household: "b", Class: "x"}, "no-household"}, {9, false, rounds.Reclass{Household: "gone", Class: "key"}, "no-right"},
		{9, true, rounds.Reclass{Household: "gone", Class: "key"}, "stale"}, {0, true, rounds.Reclass{Household: "gone", Class: "key"}, "withdrawn"},
		{0, true, rounds.Reclass{Household: "a", Class: "key"}, "same-class"},
		{9, false, p, "plan-exists"}, {9, false, old, "no-right"}, {9, true, old, "stale"}, {0, true, old, "start-passed"},
		{9, false, rounds.End{Plan: "x"}, "no-plan"}, {9, false, rounds.End{Plan: "over"}, "no-right"}, {9, true, rounds.End{Plan: "over"}, "stale"},
		{0, true, rounds.Form{Plan: "over", Team: "t1", People: []rounds.Code{"li"}}, "plan-over"},
		{0, true, rounds.Form{Plan: "lianhu", Team: "t1", People: []rounds.Code{"li"}}, "team-exists"},
		{0, true, rounds.Form{Plan: "lianhu", Team: "t2", People: []rounds.Code{"li"}}, "in-team"},
		{0, true, rounds.Dissolve{Plan: "over", Team: "t1"}, "plan-over"}, {0, true, rounds.Dissolve{Plan: "lianhu", Team: "t9"}, "no-team"},
		{0, true, rounds.Dissolve{Plan: "lianhu", Team: "t1"}, "last-team"},
		{0, true, rounds.Join{Plan: "lianhu", Team: "t9", Person: "li"}, "no-team"}, {0, true, rounds.Join{Plan: "lianhu", Team: "t1", Person: "li"}, "in-team"},
		{0, true, rounds.Quit{Plan: "lianhu", Team: "t9", Person: "x"}, "no-team"}, {0, true, rounds.Quit{Plan: "lianhu", Team: "t1", Person: "x"}, "not-in-team"},
		{9, false, visit("b", far), "no-household"}, {9, false, visit("gone", far), "stale"}, {0, false, visit("gone", far), "withdrawn"},
		{0, false, visit("a", far), "future"}, {0, false, visit("a", h.at.AddDate(0, 0, -9)), "not-enrolled-yet"},
		{9, false, brief("s1", "2026-03-01", local(2026, 3, 2, 8), local(2026, 3, 2, 9), "k1"), "shift-exists"},
		{9, false, brief("s3", "2026-03-01", local(2026, 3, 2, 8), local(2026, 3, 2, 9), "k1"), "no-right"},
		{9, true, brief("s3", "2026-03-01", local(2026, 3, 2, 8), local(2026, 3, 2, 9), "k1"), "stale"},
		{0, true, brief("s3", "2026-03-01", local(2026, 3, 2, 8), local(2026, 3, 2, 9), "k1"), "wrong-date"},
		{0, true, brief("s3", "2026-03-02", local(2026, 3, 2, 8), local(2026, 3, 2, 9), "k1"), "shift-over"},
		{0, true, brief("s3", "2026-03-03", local(2026, 3, 3, 8), local(2026, 3, 3, 9), "k1"), "task-exists"},
		{0, true, brief("s3", "2026-03-03", local(2026, 3, 3, 8), local(2026, 3, 3, 9), "k9"), "booked"},
		{9, false, undone("s9", "k9"), "no-shift"}, {9, false, undone("s2", "k9"), "no-right"}, {9, true, undone("s2", "k9"), "stale"},
		{0, true, undone("s2", "k9"), "shift-early"}, {0, true, undone("s1", "k1", "k9"), "no-task"}, {0, true, undone("s1", "k1"), "task-closed"},
		{0, true, undone("s1"), "tasks-open"},
		{9, false, attend("r1", "li", "r9", "2026-03-01", far), "record-exists"}, {9, false, attend("r3", "li", "r9", "2026-03-01", far), "no-record"},
		{9, false, attend("r3", "li", "r1", "2026-03-01", far), "no-right"}, {9, true, attend("r3", "li", "r1", "2026-03-01", far), "stale"},
		{0, true, attend("r3", "li", "r1", "2026-03-01", far), "future"},
		{0, true, attend("r3", "li", "r1", "2026-03-03", local(2026, 3, 2, 7)), "wrong-date"},
		{0, true, attend("r3", "li", "r1", "2026-03-02", local(2026, 3, 2, 7)), "other-person"},
		{0, true, attend("r3", "wang", "r1", "2026-03-02", local(2026, 3, 2, 7)), "corrected"},
	} {
		log := rounds.NewLog(east8, grant(c.right))
		for _, e := range h.entries {
			require.NoError(t, log.Apply(e))
		}
		o, err := log.Decide(h.at, rounds.Command{Expect: c.expect, Actor: rounds.Actor{Person: "x"}, Do: c.do})
		require.NoError(t, err)
		require.NotNil(t, o.Refusal, "%d %#v", i, c.do)
		require.Equal(t, c.want, o.Refusal.Code, "%d %#v", i, c.do)
		require.Contains(t, rounds.RefusalCodes(), c.want)
	}
}

type grant bool

func (g grant) Allows(_, _ rounds.Code, _ string, _ rounds.Code, _ time.Time) bool { return bool(g) }

type asked struct{ list []string }

func (a *asked) Allows(person, post rounds.Code, right string, scope rounds.Code, _ time.Time) bool {
	a.list = append(a.list, right+" "+string(scope))
	return true
}

// TestRights: which right each verb needs, over what; the host is never asked.
func TestRights(t *testing.T) {
	entries := story(t).entries
	for _, c := range []struct {
		do   rounds.Do
		want []string
	}{
		{enrol("z", "key"), []string{"manage grid-27"}},
		{rounds.Reclass{Household: "house-2", Class: "key"}, []string{"manage grid-27"}},
		{rounds.Leave{Household: "house-2"}, []string{"manage grid-27"}},
		{rounds.Plan{Plan: "z", Areas: []rounds.Code{"a", "b"}, Classes: []rounds.Code{"key"}, Every: "1d", Start: day("2027-01-01")}, []string{"manage a", "manage b"}},
		{rounds.Amend{Plan: "lianhu", Areas: []rounds.Code{"a"}, Classes: []rounds.Code{"key"}, Every: "1d"}, []string{"manage niuhu", "manage a"}},
		{rounds.End{Plan: "lianhu"}, []string{"manage niuhu"}},
		{rounds.Form{Plan: "lianhu", Team: "z"}, []string{"manage niuhu"}},
		{rounds.Dissolve{Plan: "lianhu", Team: "t1"}, []string{"manage niuhu"}},
		{rounds.Join{Plan: "lianhu", Team: "t1", Person: "z"}, []string{"manage niuhu"}},
		{rounds.Quit{Plan: "lianhu", Team: "t1", Person: "zheng"}, []string{"manage niuhu"}},
		{rounds.Visit{Household: "house-2", People: []rounds.Code{"z"}, Kind: "k"}, nil},
		{brief("z", "2026-07-02", local(2026, 7, 2, 8), local(2026, 7, 2, 9)), []string{"command squad-1"}},
		{rounds.Report{Shift: "shift-1", Answer: rounds.Answer{Task: "z", Result: rounds.Done}}, []string{"command squad-1"}},
		{rounds.Debrief{Shift: "shift-1"}, []string{"command squad-1"}},
		{rounds.Attend{Record: "z", Squad: "q", Person: "z", Date: day("2026-07-01"), Status: rounds.Absent}, []string{"assess q"}},
	} {
		a := &asked{}
		log := rounds.NewLog(east8, a)
		for _, e := range entries {
			require.NoError(t, log.Apply(e))
		}
		_, err := log.Decide(local(2026, 7, 1, 10), rounds.Command{Do: c.do})
		require.NoError(t, err)
		require.Empty(t, a.list, "the host is asked")
		_, err = log.Decide(local(2026, 7, 1, 10), rounds.Command{Actor: rounds.Actor{Post: "x"}, Do: c.do})
		require.NoError(t, err)
		require.Equal(t, c.want, a.list, "%#v", c.do)
	}
}

// TestMalformed: one sentinel for each fault, never recorded, with its place.
func TestMalformed(t *testing.T) {
	at := local(2026, 3, 2, 9)
	plan := func(change func(*rounds.Plan)) rounds.Plan {
		p := monthly("2026-03-02")
		change(&p)
		return p
	}
	shift := brief("s", "2026-03-02", at, at.Add(time.Hour), "k", "k")
	long := brief("s", "2026-03-02", at, at.Add(rounds.ShiftMax+time.Millisecond))
	fraction := brief("s", "2026-03-02", at.Add(1), at.Add(time.Hour))
	for _, c := range []struct {
		do    rounds.Do
		want  error
		field string
	}{
		{nil, rounds.ErrVerb, "do"}, {&rounds.Leave{}, rounds.ErrVerb, "do"},
		{rounds.Enrol{Household: "a b", Areas: []rounds.Code{"x"}, Class: "k"}, rounds.ErrCode, "household"},
		{rounds.Enrol{Household: "a", Class: "k"}, rounds.ErrList, "areas"},
		{rounds.Enrol{Household: "a", Areas: []rounds.Code{"x", "x"}, Class: "k"}, rounds.ErrTwice, "areas"},
		{plan(func(p *rounds.Plan) { p.Every = "1y" }), rounds.ErrEvery, "every"},
		{plan(func(p *rounds.Plan) { p.Least = 101 }), rounds.ErrNumber, "least"},
		{plan(func(p *rounds.Plan) { p.Start = 0 }), rounds.ErrDate, "start"},
		{plan(func(p *rounds.Plan) {
			p.Teams = []rounds.Team{{Team: "a", People: []rounds.Code{"x"}}, {Team: "b", People: []rounds.Code{"x"}}}
		}), rounds.ErrTwice, "teams"},
		{rounds.Visit{Household: "a", Kind: "k"}, rounds.ErrList, "people"},
		{shift, rounds.ErrTwice, "tasks"}, {long, rounds.ErrInterval, "until"}, {fraction, rounds.ErrNotMillis, "until"},
		{rounds.Report{Shift: "s", Answer: rounds.Answer{Task: "k", Result: rounds.Undone}}, rounds.ErrResult, "answer"},
		{rounds.Report{Shift: "s", Answer: rounds.Answer{Task: "k", Result: rounds.Done, Reason: "r"}}, rounds.ErrResult, "answer"},
		{rounds.Attend{Record: "r", Squad: "q", Person: "p", Date: 1, Status: "x"}, rounds.ErrStatus, "status"},
		{rounds.Attend{Record: "r", Squad: "q", Person: "p", Date: 1, Status: rounds.Absent, In: at}, rounds.ErrStatus, "status"},
		{rounds.Attend{Record: "r", Squad: "q", Person: "p", Date: 1, Status: rounds.OnLeave, Corrects: "r"}, rounds.ErrTwice, "corrects"},
	} {
		_, err := rounds.NewLog(east8, nil).Decide(at, rounds.Command{Do: c.do})
		require.ErrorIs(t, err, c.want, "%#v", c.do)
		var e *rounds.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, c.field, e.Field)
		require.Contains(t, err.Error(), "rounds: ")
	}
	log := rounds.NewLog(nil, nil)
	_, err := log.Decide(at, rounds.Command{Do: enrol("a", "key")})
	require.ErrorIs(t, err, rounds.ErrZone)
	_, err = log.Decide(at.Add(1), rounds.Command{})
	require.ErrorIs(t, err, rounds.ErrNotMillis)
	h := fresh(t, east8, at)
	h.try(rounds.Command{Key: "k", Do: enrol("a", "key")})
	_, err = h.log.Decide(at, rounds.Command{Key: "k", Do: enrol("b", "key")})
	require.ErrorIs(t, err, rounds.ErrReused)
	_, err = h.log.Decide(at.Add(-time.Millisecond), rounds.Command{Do: enrol("b", "key")})
	require.ErrorIs(t, err, rounds.ErrTimeBack)
}
