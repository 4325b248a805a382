package rounds_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/keyed"
	"github.com/gridgov/gridgov/party/rounds"
)

var record = flag.Bool("record", false, "write the golden journal anew; only for a format that was never released")

const (
	goldenFile = "testdata/journal-1.jsonl"
	goldenHash = "447ef415539885b031f17a836f59706da0cd5a8623d3d61a8b8fce8198dff15b"
)

// story is a short history with every fact in it.
func story(t require.TestingT) *hand {
	h := fresh(t, east8, local(2026, 1, 5, 9))
	n := 0
	tell := func(do rounds.Do) {
		n++
		h.at = h.at.Add(time.Hour)
		h.try(rounds.Command{Key: fmt.Sprint("story ", n), Actor: rounds.Actor{Person: "zheng", Post: "lead-27"}, Do: do})
	}
	tell(enrol("house-1", "key"))
	tell(enrol("house-2", "key"))
	tell(enrol("house-2", "key")) // refused
	p := monthly("2026-01-05")
	p.Kinds = []rounds.Code{"door"}
	p.Teams = []rounds.Team{{Team: "t1", People: []rounds.Code{"zheng", "li"}}, {Team: "t2", People: []rounds.Code{"wu"}}}
	tell(p)
	tell(rounds.Form{Plan: "lianhu", Team: "t3", People: []rounds.Code{"he"}})
	h.at = local(2026, 1, 7, 9)
	tell(rounds.Join{Plan: "lianhu", Team: "t3", Person: "zhu"})
	tell(rounds.Quit{Plan: "lianhu", Team: "t1", Person: "li"})
	tell(rounds.Visit{Household: "house-1", People: []rounds.Code{"zheng", "zhu"}, Kind: "door", Result: "need", Event: "wish-1"})
	tell(brief("shift-1", "2026-01-08", local(2026, 1, 8, 8), local(2026, 1, 8, 16), "task-1", "task-2"))
	h.at = local(2026, 1, 8, 12)
	tell(rounds.Report{Shift: "shift-1", Answer: rounds.Answer{Task: "task-1", Result: rounds.Done}})
	h.at = local(2026, 1, 8, 20)
	tell(rounds.Debrief{Shift: "shift-1", Answers: []rounds.Answer{{Task: "task-2", Result: rounds.Carried, Reason: "rain"}}})
	tell(rounds.Attend{Record: "att-1", Squad: "squad-1", Person: "wang", Date: day("2026-01-08"), Status: rounds.Present, In: local(2026, 1, 8, 8), Out: local(2026, 1, 8, 16)})
	h.tick(local(2026, 2, 3, 9))
	tell(rounds.Dissolve{Plan: "lianhu", Team: "t2"})
	tell(rounds.Amend{Plan: "lianhu", Areas: p.Areas, Classes: []rounds.Code{"key", "regular"}, Every: "3mo"})
	tell(rounds.Reclass{Household: "house-2", Class: "regular"})
	tell(rounds.Visit{Household: "house-2", At: local(2026, 1, 31, 9), People: []rounds.Code{"wu"}, Kind: "door"}) // too late for January
	tell(rounds.Leave{Household: "house-1"})
	h.tick(local(2026, 3, 1, 9))
	tell(rounds.End{Plan: "lianhu"})
	h.tick(local(2026, 7, 1, 9))
	return h
}

// TestGolden: the recorded journal of this format replays, without a zone, to
// the recorded state, and is what the log writes today.
func TestGolden(t *testing.T) {
	h := story(t)
	var now bytes.Buffer
	for _, e := range h.entries {
		data, err := json.Marshal(e)
		require.NoError(t, err)
		now.Write(append(data, '\n'))
	}
	if *record {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(goldenFile, now.Bytes(), 0o644))
	}
	golden, err := os.ReadFile(goldenFile)
	require.NoError(t, err)
	require.Equal(t, string(golden), now.String())
	log, facts := rounds.NewLog(nil, nil), map[string]bool{}
	for data := range bytes.Lines(golden) {
		var e rounds.Entry
		require.NoError(t, json.Unmarshal(data, &e))
		require.NoError(t, log.Apply(e))
		facts[rounds.FactName(e.Fact)] = true
	}
	require.Equal(t, goldenHash, log.Hash().String())
	for _, f := range rounds.Facts() {
		require.True(t, facts[rounds.FactName(f)], "the story has no %s", rounds.FactName(f))
	}
}

// TestNames: verbs and facts are told by name, both ways, and only by value.
func TestNames(t *testing.T) {
	for _, v := range rounds.Verbs() {
		do, err := rounds.DecodeDo(v.Name, []byte("{}"))
		require.NoError(t, err)
		require.Equal(t, v.Zero, do)
		_, err = rounds.DecodeDo(v.Name, []byte(`{"other":1}`))
		require.ErrorIs(t, err, rounds.ErrJSON)
		_, err = fresh(t, east8, local(2026, 1, 1, 0)).log.Decide(local(2026, 1, 1, 0), rounds.Command{Do: do})
		require.ErrorIs(t, err, rounds.ErrCode, "the zero %s is malformed", v.Name)
	}
	_, err := rounds.DecodeDo("other", []byte("{}"))
	require.ErrorIs(t, err, rounds.ErrVerb)
	names := map[string]bool{}
	for _, f := range rounds.Facts() {
		name := rounds.FactName(f)
		require.NotEmpty(t, name)
		require.False(t, names[name])
		names[name] = true
		pointer, _ := reflect.New(reflect.TypeOf(f)).Interface().(rounds.Fact)
		require.Empty(t, rounds.FactName(pointer))
		var e rounds.Entry
		require.NoError(t, json.Unmarshal(fmt.Appendf(nil, `{"seq":1,"at":"2026-01-01T00:00:00.000Z","fact":%q,"body":{}}`, name), &e))
		require.IsType(t, f, e.Fact)
		require.Error(t, json.Unmarshal(fmt.Appendf(nil, `{"seq":1,"at":"2026-01-01T00:00:00.000Z","fact":%q,"body":{"x":1}}`, name), &e))
	}
}

// probe gives a log an entry; an entry refused must change nothing.
func probe(t require.TestingT, log *rounds.Log, e rounds.Entry) bool {
	hash, seq := log.Hash(), log.Seq()
	if err := log.Apply(e); err != nil {
		require.Equal(t, hash, log.Hash(), "%v changed the log", err)
		require.Equal(t, seq, log.Seq())
		return false
	}
	return true
}

// upTo is the log after the first n entries.
func upTo(t require.TestingT, entries []rounds.Entry) *rounds.Log {
	log := rounds.NewLog(east8, nil)
	for _, e := range entries {
		require.NoError(t, log.Apply(e))
	}
	return log
}

// propForged: an entry of the story with any one value changed is refused and
// changes nothing, or leaves a log that answers everything and goes on.
func propForged(t *rapid.T) {
	all := story(t).entries
	n := rapid.IntRange(0, len(all)-1).Draw(t, "entry")
	log := upTo(t, all[:n])
	data, err := json.Marshal(all[n])
	require.NoError(t, err)
	var v map[string]any
	require.NoError(t, json.Unmarshal(data, &v))
	mutate(t, v["body"])
	data, err = json.Marshal(v)
	require.NoError(t, err)
	var e rounds.Entry
	if json.Unmarshal(data, &e) != nil || !probe(t, log, e) {
		return
	}
	for house := range log.Households() {
		log.Visits(house.Code)
	}
	for p := range log.Plans() {
		log.Fairness(p.Plan, day("2025-01-01"), day("2027-01-01"))
		for d := day("2026-01-01"); d < day("2026-09-01"); d += 13 {
			log.LeadingOn(p.Plan, d)
		}
	}
	tasks(t, log)
	for range log.Slots(rounds.Filter{}, day("2027-01-01")) {
	}
	for range 10 {
		o, err := log.Tick(e.At.AddDate(1, 0, 0))
		require.NoError(t, err)
		for _, f := range o.Entries {
			require.NoError(t, log.Apply(f), "what Tick answers always fits")
		}
	}
}

// mutate changes one value somewhere below v.
func mutate(t *rapid.T, v any) {
	values := []any{"", "house-1", "house-2", "t1", "t3", "lianhu", "key", "2026-02-01", "2026-01-31T16:00:00Z", "1d", -1, 0, 1, 2, 3, 1 << 30, true, nil, []any{}}
	for {
		switch node := v.(type) {
		case map[string]any:
			if len(node) == 0 {
				return
			}
			keys := []string{}
			for k := range node {
				keys = append(keys, k)
			}
			sortStrings(keys)
			k := rapid.SampledFrom(keys).Draw(t, "key")
			if v = node[k]; scalar(v) || rapid.IntRange(0, 3).Draw(t, "here") == 0 {
				node[k] = rapid.SampledFrom(values).Draw(t, "value")
				return
			}
		case []any:
			if len(node) == 0 {
				return
			}
			i := rapid.IntRange(0, len(node)-1).Draw(t, "item")
			if v = node[i]; scalar(v) {
				node[i] = rapid.SampledFrom(values).Draw(t, "value")
				return
			}
		default:
			return
		}
	}
}

func scalar(v any) bool {
	switch v.(type) {
	case map[string]any, []any:
		return false
	}
	return true
}

func TestForged(t *testing.T) { rapid.Check(t, propForged) }

func FuzzForged(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propForged)) }

// TestImpossible: entries out of their place are refused and change nothing.
func TestImpossible(t *testing.T) {
	all := story(t).entries
	for n, e := range all {
		log := upTo(t, all[:n])
		gap := e
		gap.Seq++
		require.ErrorIs(t, log.Apply(gap), rounds.ErrGap)
		keyless := e
		keyless.Key, keyless.Sum = keyed.Sum{}, e.Sum
		if e.Sum != (keyed.Sum{}) {
			require.ErrorIs(t, log.Apply(keyless), rounds.ErrImpossible)
		}
		if n > 0 {
			back := e
			back.At = all[n-1].At.Add(-time.Millisecond)
			require.ErrorIs(t, log.Apply(back), rounds.ErrTimeBack)
		}
		if due, ok := log.NextDue(); ok {
			late := e
			late.At = due.Add(time.Hour)
			require.ErrorIs(t, log.Apply(late), rounds.ErrImpossible, "%s while something is due", rounds.FactName(e.Fact))
		}
		require.True(t, probe(t, log, e))
		again := e
		again.Seq++
		if _, ok := e.Fact.(rounds.Attended); ok {
			again.Key, again.Sum = keyed.Sum{}, keyed.Sum{}
		}
		require.Error(t, log.Apply(again), "%s twice", rounds.FactName(e.Fact))
	}
	// A household missed may not be left out of what Missed names.
	for n, e := range all {
		if _, ok := e.Fact.(rounds.Missed); ok {
			next := all[n+1]
			next.Seq--
			require.ErrorIs(t, upTo(t, all[:n]).Apply(next), rounds.ErrImpossible)
		}
	}
}

func FuzzEntryJSON(f *testing.F) {
	for _, e := range story(f).entries {
		data, err := json.Marshal(e)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var e rounds.Entry
		if json.Unmarshal(data, &e) != nil {
			return
		}
		once, err := json.Marshal(e)
		if err != nil {
			return // a fact may hold an instant that cannot be written
		}
		var back rounds.Entry
		require.NoError(t, json.Unmarshal(once, &back))
		twice, err := json.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, string(once), string(twice))
		e.Seq = 1
		_ = rounds.NewLog(nil, nil).Apply(e)
	})
}

// TestForgedEnd: a period cannot be said to end elsewhere than around the day it
// ends on, which would leave the log waiting for ever (found by propForged).
func TestForgedEnd(t *testing.T) {
	all := story(t).entries
	for n, e := range all {
		if f, ok := e.Fact.(rounds.Planned); ok {
			f.Every = "1d"
			e.Fact = f
			require.ErrorIs(t, upTo(t, all[:n]).Apply(e), rounds.ErrImpossible)
		}
	}
}
