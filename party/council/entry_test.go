package council_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/keyed"
	"github.com/gridgov/gridgov/party/council"
)

func TestFacts(t *testing.T) {
	names := map[string]bool{}
	for _, f := range council.Facts() {
		names[council.FactName(f)] = true
		e := council.Entry{Seq: 1, At: noon, Fact: f}
		data, err := json.Marshal(e)
		require.NoError(t, err)
		var back council.Entry
		require.NoError(t, json.Unmarshal(data, &back))
		require.Empty(t, cmp.Diff(e, back))
		require.ErrorIs(t, council.NewMinutes(nil).Apply(e), council.ErrImpossible, "the zero %T is possible", f)
	}
	require.Len(t, names, 21)
	for _, f := range []council.Fact{nil, &council.Closed{}, (*council.Voted)(nil), struct{ council.Fact }{}} {
		e := council.Entry{Seq: 1, At: noon, Fact: f}
		require.Empty(t, council.FactName(f))
		require.ErrorIs(t, council.NewMinutes(nil).Apply(e), council.ErrFact)
		_, err := json.Marshal(e)
		require.ErrorIs(t, err, council.ErrFact)
	}
}

func TestEntryJSON(t *testing.T) {
	e := council.Entry{Seq: 7, At: time.Date(2026, 3, 2, 17, 0, 0, 5e6, time.FixedZone("", 8*3600)), Fact: council.Voted{Topic: "t", Meeting: "g", Person: "li", Choice: council.No}}
	data, err := json.Marshal(e)
	require.NoError(t, err)
	require.Equal(t, `{"seq":7,"at":"2026-03-02T09:00:00.005Z","fact":"voted","body":{"topic":"t","meeting":"g","person":"li","choice":"no"}}`, string(data))
	e.Key, e.Sum, e.Actor = keyed.Of(nil), keyed.Of([]byte("x")), council.Actor{Person: "li"}
	data, err = json.Marshal(e)
	require.NoError(t, err)
	var back council.Entry
	require.NoError(t, json.Unmarshal(data, &back))
	e.At = e.At.UTC()
	require.Empty(t, cmp.Diff(e, back))
	e.At = noon.Add(1)
	_, err = json.Marshal(e)
	require.ErrorIs(t, err, council.ErrNotMillis)
	for bad, want := range map[string]error{
		`{}`: council.ErrJSON, `null`: council.ErrJSON, `[]`: council.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"eaten","body":{}}`:                  council.ErrFact,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","body":{}}`:                                 council.ErrFact,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"voted"}`:                            council.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"voted","body":null}`:                council.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"voted","body":{"more":1}}`:          council.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"tallied","body":{"yes":1.5}}`:       council.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"voted","body":{},"more":1}`:         council.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000+08:00","fact":"voted","body":{}}`:             council.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00Z","fact":"voted","body":{}}`:                      council.ErrJSON,
		`{"seq":-1,"at":"2026-03-02T09:00:00.000Z","fact":"voted","body":{}}`:                 council.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","key":"00","fact":"voted","body":{}}`:       council.ErrJSON,
		`{"seq":1,"at":"0000-03-02T09:00:00.000Z","fact":"voted","body":{}}`:                  council.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"opened","body":{"rules":{"a":1}}}`:  council.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"resolved","body":{"due":"monday"}}`: council.ErrJSON,
	} {
		was := back
		require.ErrorIs(t, json.Unmarshal([]byte(bad), &back), want, bad)
		require.Equal(t, was, back)
	}
}

// TestVerbs: every verb is listed once, is read back as itself and has what it
// needs; only the verbs by value are verbs.
func TestVerbs(t *testing.T) {
	require.Len(t, council.Verbs(), 17)
	for _, v := range council.Verbs() {
		data, err := json.Marshal(v.Zero)
		require.NoError(t, err)
		do, err := council.DecodeDo(v.Name, data)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(v.Zero, do))
		_, err = council.NewMinutes(nil).Decide(noon, council.Command{Do: v.Zero})
		require.Error(t, err, "the zero %s is well formed", v.Name)
		require.Equal(t, rightsTable[v.Name], v.Right)
		require.NotEmpty(t, v.Doc)
		_, err = council.DecodeDo(v.Name, []byte(`{"more":1}`))
		require.ErrorIs(t, err, council.ErrJSON)
	}
	_, err := council.DecodeDo("eat", []byte(`{}`))
	require.ErrorIs(t, err, council.ErrVerb)
	for _, do := range []council.Do{nil, &council.Close{Meeting: "g"}, (*council.Close)(nil), struct{ council.Do }{}} {
		_, err := council.NewMinutes(nil).Decide(noon, council.Command{Do: do})
		require.ErrorIs(t, err, council.ErrVerb)
	}
}

// TestMalformed: a malformed command is an error with its place, and the first
// fault in the documented order.
func TestMalformed(t *testing.T) {
	long := strings.Repeat("x", council.TextMax+1)
	rules := func(change func(*council.Rules)) council.Found {
		f := founded("c", plain(), "")
		change(&f.Rules)
		return f
	}
	for _, c := range []struct {
		do    council.Do
		field string
		err   error
	}{
		{council.Found{Council: "a b", Name: long}, "council", council.ErrCode},
		{council.Found{Council: "c", Name: long}, "name", council.ErrText},
		{council.Found{Council: "c", Name: "n", Area: "a", Level: "block", Kind: "club"}, "kind", council.ErrWord},
		{rules(func(r *council.Rules) { r.Way = "dice" }), "way", council.ErrWord},
		{rules(func(r *council.Rules) { r.Quorum.Den = 0 }), "quorum", council.ErrRatio},
		{rules(func(r *council.Rules) { r.Quorum.Den = council.DenMax + 1 }), "quorum", council.ErrRatio},
		{rules(func(r *council.Rules) { r.Pass = council.Ratio{Num: 3, Den: 2} }), "pass", council.ErrRatio},
		{rules(func(r *council.Rules) { r.Pass = council.Ratio{Num: -1, Den: 2} }), "pass", council.ErrRatio},
		{rules(func(r *council.Rules) { r.MembersMin = -1 }), "members_min", council.ErrNumber},
		{rules(func(r *council.Rules) { r.Base = "" }), "base", council.ErrWord},
		{rules(func(r *council.Rules) { r.Abstain = "x" }), "abstain", council.ErrWord},
		{rules(func(r *council.Rules) { r.Tie = "x" }), "tie", council.ErrWord},
		{rules(func(r *council.Rules) { r.Absences = -1 }), "absences", council.ErrNumber},
		{rules(func(r *council.Rules) { r.Follow = 0 }), "follow", council.ErrNumber},
		{rules(func(r *council.Rules) { r.Reviews = council.ReviewsMax + 1 }), "reviews", council.ErrNumber},
		{rules(func(r *council.Rules) { r.Source = "" }), "source", council.ErrText},
		{council.Seat{Council: "c", Person: "p", Capacity: ""}, "capacity", council.ErrText},
		{council.Seat{Council: "c", Person: "p", Capacity: "x", From: noon.Add(1)}, "from", council.ErrNotMillis},
		{council.Seat{Council: "c", Person: "p", Capacity: "x", From: noon, Until: noon}, "until", council.ErrInterval},
		{council.Convene{Meeting: "g", Council: "c"}, "for", council.ErrTimeRange},
		{council.Convene{Meeting: "g", Council: "c", For: noon, Agenda: []council.Code{"t", "t"}}, "agenda", council.ErrTwice},
		{council.Convene{Meeting: "g", Council: "c", For: noon, Agenda: make([]council.Code, council.AgendaMax+1)}, "agenda", council.ErrTooLong},
		{council.Open{Meeting: "g", Present: []council.Code{"p", "p"}}, "present", council.ErrTwice},
		{council.Open{Meeting: "g", Present: []council.Code{"p"}, Excused: []council.Code{"p"}}, "excused", council.ErrTwice},
		{council.Open{Meeting: "g", Present: []council.Code{"p"}, Chair: "q"}, "chair", council.ErrChair},
		{council.Attend{Meeting: "g", Arrived: []council.Code{"p"}, Left: []council.Code{"p"}}, "left", council.ErrTwice},
		{council.Raise{Topic: "t^1", Council: "c", Title: "x"}, "topic", council.ErrTopic},
		{council.Raise{Topic: council.Code(strings.Repeat("x", 94)), Council: "c", Title: "x"}, "topic", council.ErrTopic},
		{council.Raise{Topic: "t", Council: "c"}, "title", council.ErrText},
		{council.Vote{Topic: "t", Person: "p", Choice: "maybe"}, "choice", council.ErrWord},
		{council.Tally{Topic: "t", Yes: -1}, "yes", council.ErrNumber},
		{council.Resolve{Topic: "t", Result: "maybe"}, "result", council.ErrWord},
		{council.Resolve{Topic: "t", Owner: "o"}, "owner", council.ErrAssigned},
		{council.Resolve{Topic: "t", Due: noon}, "owner", council.ErrAssigned},
		{council.Resolve{Topic: "t", Case: "e", Project: "p"}, "owner", council.ErrAssigned},
		{council.Resolve{Topic: "t", Case: "e", Owner: "o", Due: noon}, "owner", council.ErrAssigned},
		{council.Done{Topic: "t"}, "result", council.ErrText},
		{council.Publish{Council: "c", From: noon, Until: noon}, "until", council.ErrInterval},
	} {
		_, err := council.NewMinutes(nil).Decide(noon, council.Command{Do: c.do})
		require.ErrorIs(t, err, c.err, "%#v", c.do)
		at, ok := errors.AsType[*council.Error](err)
		require.True(t, ok)
		require.Equal(t, c.field, at.Field, "%#v", c.do)
	}
	for _, c := range []struct {
		at  time.Time
		cmd council.Command
		err error
	}{
		{noon.Add(1), council.Command{Key: strings.Repeat("k", council.KeyMax+1)}, council.ErrNotMillis},
		{time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), council.Command{}, council.ErrTimeRange},
		{noon, council.Command{Key: strings.Repeat("k", council.KeyMax+1)}, council.ErrKey},
		{noon, council.Command{Actor: council.Actor{Person: "a b"}, Do: council.Close{}}, council.ErrCode},
	} {
		_, err := council.NewMinutes(nil).Decide(c.at, c.cmd)
		require.ErrorIs(t, err, c.err)
	}
	_, err := council.NewMinutes(nil).Decide(noon, council.Command{Do: council.Open{Meeting: "g", Present: []council.Code{"p", "p"}}})
	require.EqualError(t, err, `council: open: present 2: named twice: "p"`)
	h := fresh(t)
	h.ok(founded("c", plain(), ""))
	_, err = h.m.Decide(noon.Add(-time.Millisecond), council.Command{Do: council.Dissolve{Council: "c"}})
	require.ErrorIs(t, err, council.ErrTimeBack)
	require.ErrorIs(t, h.m.Apply(h.entries[0]), council.ErrGap)
}

// history is a journal with every fact but Dissolved in it.
func history(t require.TestingT) []council.Entry {
	rules := plain()
	rules.Follow, rules.Reviews, rules.Absences, rules.Lapse = 1, 1, 1, true
	h := fresh(t)
	h.ok(founded("up", rules, ""), founded("c", rules, "up"), council.Amend{Council: "c", Rules: rules, RisesTo: "up"})
	for _, p := range people(6) {
		h.ok(council.Seat{Council: "c", Person: p, Capacity: "居民", Vote: true})
	}
	h.at = h.at.Add(time.Hour)
	h.ok(council.Unseat{Council: "c", Person: "paf"})
	h.session("g", 3, "t", "u", "v", "w")
	h.ok(council.Attend{Meeting: "g", Left: []council.Code{"pac"}, Arrived: []council.Code{"pad"}})
	h.ok(council.Vote{Topic: "t", Person: "paa", Choice: council.Yes}, council.Vote{Topic: "t", Person: "pab", Choice: council.Yes}, council.Vote{Topic: "t", Person: "pad", Choice: council.No})
	h.ok(council.Tally{Topic: "u", Yes: 3}, owned("t", h.at.Add(day)), council.Resolve{Topic: "u", Case: "E1"})
	h.ok(council.Rise{Topic: "v"}, council.Withdraw{Topic: "w"}, council.Close{Meeting: "g"})
	h.tick(h.at.Add(4 * day))
	h.at = h.at.Add(4 * day)
	h.ok(council.Done{Topic: "u", Result: "好"}, council.Publish{Council: "c"})
	h.try(council.Command{Key: "again", Do: founded("c", rules, "")})
	return h.entries
}

// TestForged: an entry of a journal in which one value was changed is refused and
// leaves no trace, or leads to a state in which all that must hold does.
func TestForged(t *testing.T) { rapid.Check(t, forged) }

func FuzzForged(f *testing.F) { f.Fuzz(rapid.MakeFuzz(forged)) }

func forged(t *rapid.T) {
	entries := history(t)
	i := rapid.IntRange(0, len(entries)-1).Draw(t, "entry")
	m := council.NewMinutes(nil)
	for _, e := range entries[:i] {
		require.NoError(t, m.Apply(e))
	}
	data, err := json.Marshal(entries[rapid.SampledFrom([]int{i, i, i, max(0, i-1), min(i+1, len(entries)-1)}).Draw(t, "which")])
	require.NoError(t, err)
	var tree map[string]any
	require.NoError(t, json.Unmarshal(data, &tree))
	tree["seq"] = i + 1
	change(t, tree, "seq", "key", "sum")
	data, err = json.Marshal(tree)
	require.NoError(t, err)
	var e council.Entry
	if json.Unmarshal(data, &e) != nil {
		return
	}
	hash, seq := m.Hash(), m.Seq()
	if err := m.Apply(e); err != nil {
		require.Equal(t, hash, m.Hash(), "a refused entry changed the minutes: %v", err)
		require.Equal(t, seq, m.Seq())
		return
	}
	require.Equal(t, seq+1, m.Seq())
	for c := range m.Councils() {
		for topic := range m.Topics(c.Code) {
			require.Equal(t, topic.State == council.StateTracking, !topic.NextDue.IsZero())
		}
	}
	o, err := m.Tick(noon.Add(20 * day))
	require.NoError(t, err)
	for _, e := range o.Entries {
		require.NoError(t, m.Apply(e), "Tick produced what Apply refuses")
	}
}

// change changes one value somewhere in a tree of JSON.
func change(t *rapid.T, tree map[string]any, not ...string) {
	var names []string
	for name := range tree {
		if !slices.Contains(not, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	name := rapid.SampledFrom(names).Draw(t, "name")
	switch v := tree[name].(type) {
	case map[string]any:
		if len(v) > 0 {
			change(t, v)
		}
	case []any:
		if len(v) > 0 && rapid.Bool().Draw(t, "one less") {
			tree[name] = v[1:]
		} else {
			tree[name] = append(slices.Clone(v), rapid.SampledFrom([]any{"paa", "pae", "t", "x", ""}).Draw(t, "more"))
		}
	case string:
		tree[name] = rapid.SampledFrom([]any{"", "c", "up", "paa", "pae", "paf", "t", "u", "v", "w", "t^1", "v^1", "g", "yes", "passed", "failed", "asked", "overdue", "tallied",
			"voted", "risen", "resolved", noon.Format(time.RFC3339), "2026-03-03T05:00:00Z", "2026-03-03T05:00:00.001Z", "x y"}).Draw(t, "text")
	case float64:
		tree[name] = rapid.SampledFrom([]any{v + 1, v - 1, 0, -v, 1e9}).Draw(t, "number")
	case bool:
		tree[name] = !v
	}
}

func FuzzDecodeDo(f *testing.F) {
	for _, v := range council.Verbs() {
		data, err := json.Marshal(v.Zero)
		require.NoError(f, err)
		f.Add(v.Name, string(data))
	}
	f.Add("resolve", `{"topic":"t","owner":"o","due":"2026-03-02T04:00:00+08:00"}`)
	f.Fuzz(func(t *testing.T, verb, body string) {
		do, err := council.DecodeDo(verb, []byte(body))
		if err != nil {
			return
		}
		m := council.NewMinutes(nil)
		out, err := m.Decide(noon, council.Command{Key: "k", Do: do})
		if err != nil {
			return
		}
		for _, e := range out.Entries {
			require.NoError(t, m.Apply(e))
		}
	})
}

func FuzzEntry(f *testing.F) {
	for _, e := range history(f) {
		data, err := json.Marshal(e)
		require.NoError(f, err)
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, data string) {
		var e council.Entry
		if json.Unmarshal([]byte(data), &e) != nil {
			return
		}
		again, err := json.Marshal(e)
		require.NoError(t, err)
		var back council.Entry
		require.NoError(t, json.Unmarshal(again, &back))
		require.Empty(t, cmp.Diff(e, back))
		m := council.NewMinutes(nil)
		hash := m.Hash()
		if m.Apply(e) != nil {
			require.Equal(t, hash, m.Hash())
		}
	})
}
