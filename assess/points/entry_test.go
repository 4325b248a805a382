package points_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/assess"
	"github.com/gridgov/gridgov/assess/points"
	"github.com/gridgov/gridgov/internal/keyed"
)

var record = flag.Bool("record", false, "write the golden journal anew; only for a format that was never released")

const (
	goldenFile = "testdata/journal-1.jsonl"
	goldenHash = "434cef7816a3438de5fffbb5c21d66ce4acc81330df82d42804be4d363526680"
)

// story is a short history with every fact in it.
func story(t require.TestingT) *hand {
	h := fresh(t)
	n := 0
	tell := func(do points.Do) {
		n++
		h.at = h.at.Add(1234567 * time.Millisecond)
		h.try(points.Command{Key: fmt.Sprint("story ", n), Actor: points.Actor{Person: "zhang", Post: "clerk"}, Do: do})
	}
	tell(points.Award{Award: "early", Subject: "li", Item: "idea"}) // refused: no plan yet
	plan := office()
	plan.Ceiling = 90 * assess.Point
	tell(points.Adopt{Year: 2026, Plan: plan})
	tell(points.Award{Award: "i1", Subject: "li", Item: "idea", On: day(4, 1), Basis: "meeting-7"})
	tell(points.Award{Award: "i2", Subject: "li", Item: "idea", On: day(4, 20)})
	tell(points.Deduct{Award: "d1", Subject: "li", Item: "absent", Times: 3})
	tell(points.Deduct{Award: "d2", Subject: "li", Item: "absent", Times: 3})
	tell(points.Reverse{Award: "i1", Reason: "double"})
	tell(points.Reverse{Award: "i1"}) // refused
	h.ok(points.Award{Award: "r1", Subject: "li", Item: "rescue", Times: 2})
	tell(points.Award{Award: "v1", Subject: "wang", Item: "volunteer", Times: 5})
	plan.Items = append(plan.Items, points.Item{Code: "blood", Name: "献血", Points: 30_001})
	tell(points.Adopt{Year: 2026, Plan: plan})
	tell(points.Reverse{Award: "d1"})
	return h
}

// TestGolden: the recorded journal of this format replays to the recorded state,
// and is what the ledger writes today.
func TestGolden(t *testing.T) {
	h := story(t)
	var now bytes.Buffer
	for _, e := range h.entries {
		data, err := json.Marshal(e)
		require.NoError(t, err)
		now.Write(append(data, '\n'))
	}
	if *record {
		require.NoError(t, os.WriteFile(goldenFile, now.Bytes(), 0o644))
	}
	golden, err := os.ReadFile(goldenFile)
	require.NoError(t, err)
	require.Equal(t, string(golden), now.String())
	marks, facts := points.NewMarks(nil), map[string]bool{}
	for data := range bytes.Lines(golden) {
		var e points.Entry
		require.NoError(t, json.Unmarshal(data, &e))
		require.NoError(t, marks.Apply(e))
		facts[points.FactName(e.Fact)] = true
	}
	require.Equal(t, goldenHash, marks.Hash().String())
	require.Len(t, facts, len(points.Facts()), "a fact is missing from the story")
}

func TestFacts(t *testing.T) {
	names := map[string]bool{}
	for _, f := range points.Facts() {
		names[points.FactName(f)] = true
		require.ErrorIs(t, points.NewMarks(nil).Apply(points.Entry{Seq: 1, At: noon, Fact: f}), points.ErrImpossible, "the zero %T is possible", f)
	}
	require.Len(t, names, len(points.Facts()))
	for _, f := range []points.Fact{nil, &points.Awarded{}, struct{ points.Fact }{}} {
		e := points.Entry{Seq: 1, At: noon, Fact: f}
		require.Empty(t, points.FactName(f))
		require.ErrorIs(t, points.NewMarks(nil).Apply(e), points.ErrFact)
		_, err := json.Marshal(e)
		require.ErrorIs(t, err, points.ErrFact)
	}
}

func TestEntryJSON(t *testing.T) {
	e := points.Entry{Seq: 7, At: time.Date(2026, 3, 2, 17, 0, 0, 5e6, beijing), Fact: points.Deducted{Award: "d", Subject: "li", Item: "absent", On: day(3, 1), Times: 2, Asked: -10_000, Given: -5_000, Cut: points.CutItem, Cap: 20_000}}
	data, err := json.Marshal(e)
	require.NoError(t, err)
	require.Equal(t, `{"seq":7,"at":"2026-03-02T09:00:00.005Z","fact":"deducted","body":{"award":"d","subject":"li","item":"absent","on":"2026-03-01","times":2,"asked":"-1","given":"-0.5","cut":"item","cap":"2"}}`, string(data))
	var back points.Entry
	require.NoError(t, json.Unmarshal(data, &back))
	e.At = e.At.UTC()
	require.Empty(t, cmp.Diff(e, back))
	for bad, want := range map[string]error{
		`{}`: points.ErrJSON, `null`: points.ErrJSON, `7`: points.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"eaten","body":{}}`:                              points.ErrFact,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"awarded"}`:                                      points.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"awarded","body":null}`:                          points.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"awarded","body":{"more":1}}`:                    points.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"awarded","body":{"Award":"a"}}`:                 points.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"awarded","body":{"award":"a","award":"b"}}`:     points.ErrJSON,
		`{"seq":1,"seq":2,"at":"2026-03-02T09:00:00.000Z","fact":"awarded","body":{}}`:                    points.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"awarded","body":{"given":1}}`:                   points.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"awarded","body":{"on":"2026-3-1"}}`:             points.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00,000Z","fact":"awarded","body":{}}`:                            points.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000+08:00","fact":"awarded","body":{}}`:                       points.ErrJSON,
		`{"seq":1,"at":"1969-03-02T09:00:00.000Z","fact":"awarded","body":{}}`:                            points.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"awarded","body":{},"more":1}`:                   points.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"reversed","body":{"refills":[{"points":"x"}]}}`: points.ErrJSON,
	} {
		was := back
		require.ErrorIs(t, json.Unmarshal([]byte(bad), &back), want, bad)
		require.Equal(t, was, back)
	}
}

// TestImpossible: an entry that does not fit the state is refused by the field that
// does not fit, and leaves no trace.
func TestImpossible(t *testing.T) {
	h := open(t, office())
	h.ok(points.Award{Award: "i1", Subject: "li", Item: "idea"})
	h.ok(points.Award{Award: "i2", Subject: "li", Item: "idea"}) // 2 of 5 given
	h.ok(points.Award{Award: "i3", Subject: "li", Item: "idea"}) // nothing
	h.ok(points.Deduct{Award: "d1", Subject: "li", Item: "absent"})
	h.ok(points.Award{Award: "w", Subject: "wang", Item: "idea"})
	p := assess.Point
	mark := func(change func(*points.Awarded)) points.Awarded {
		f := points.Awarded{Award: "new", Subject: "li", Item: "volunteer", On: day(6, 1), Times: 1, Asked: 2 * p, Given: 2 * p}
		change(&f)
		return f
	}
	back := func(refills ...points.Refill) points.Reversed {
		return points.Reversed{Award: "i1", Subject: "li", Year: 2026, Back: -5 * p, Refills: refills}
	}
	other := office()
	other.Floor--
	for i, c := range []struct {
		fact  points.Fact
		field string
	}{
		{mark(func(f *points.Awarded) { f.Award = "i1" }), "award"}, {mark(func(f *points.Awarded) { f.Subject = "" }), "subject"},
		{mark(func(f *points.Awarded) { f.Item = "none" }), "item"}, {mark(func(f *points.Awarded) { f.Item = "absent" }), "item"},
		{mark(func(f *points.Awarded) { f.On = points.Date{} }), "on"}, {mark(func(f *points.Awarded) { f.On.Year = 2024 }), "on"},
		{mark(func(f *points.Awarded) { f.On = day(6, 4) }), "on"}, {mark(func(f *points.Awarded) { f.Times = 0 }), "times"},
		{mark(func(f *points.Awarded) { f.Asked = 0 }), "asked"}, {mark(func(f *points.Awarded) { f.Asked = points.EachMax*points.TimesMax + 1 }), "asked"},
		{mark(func(f *points.Awarded) { f.Given = 3 * p }), "given"}, {mark(func(f *points.Awarded) { f.Given = -1 }), "given"},
		{mark(func(f *points.Awarded) { f.Asked, f.Given = 5*p, 5*p }), "given"}, {mark(func(f *points.Awarded) { f.Given = p }), "cut"},
		{mark(func(f *points.Awarded) { f.Cut, f.Cap = points.CutItem, p }), "cut"}, {mark(func(f *points.Awarded) { f.Cap = p }), "cap"},
		{mark(func(f *points.Awarded) { f.Given, f.Cut = p, points.CutYear }), "cap"}, {mark(func(f *points.Awarded) { f.Item, f.Asked, f.Given = "rescue", 6*p, 6*p }), "given"},
		{points.Deducted(mark(func(f *points.Awarded) { f.Item = "absent" })), "asked"},
		{points.Deducted(mark(func(f *points.Awarded) { f.Item, f.Asked, f.Given = "absent", -2*p, -2*p })), "given"},
		{points.Reversed{Award: "none", Subject: "li", Year: 2026}, "award"}, {points.Reversed{Award: "i1", Subject: "wang", Year: 2026, Back: -5 * p}, "subject"},
		{points.Reversed{Award: "i1", Subject: "li", Year: 2025, Back: -5 * p}, "year"}, {points.Reversed{Award: "i1", Subject: "li", Year: 2026, Back: 5 * p}, "back"},
		{points.Reversed{Award: "i1", Subject: "li", Year: 2026, Back: -4 * p}, "back"}, {points.Reversed{Award: "i1", Subject: "li", Year: 2026, Back: -5 * p, Reason: "/"}, "reason"},
		{back(points.Refill{Award: "i2", Points: 3*p + 1}), "refills"}, {back(points.Refill{Award: "i3", Points: 2 * p}, points.Refill{Award: "i2", Points: 3 * p}), "refills"},
		{back(points.Refill{Award: "i2", Points: 3 * p}, points.Refill{Award: "i3", Points: 3 * p}), "refills"}, {back(points.Refill{Award: "i2", Points: 0}), "refills"},
		{back(points.Refill{Award: "i2", Points: p}, points.Refill{Award: "i2", Points: p}), "refills"}, {back(points.Refill{Award: "i1", Points: p}), "refills"},
		{back(points.Refill{Award: "w", Points: p}), "refills"}, {back(points.Refill{Award: "d1", Points: p}), "refills"}, {back(points.Refill{Award: "none", Points: p}), "refills"},
		{points.Adopted{Year: 2026, Plan: office()}, "items"}, {points.Adopted{Year: 2026, Plan: points.Plan{}}, "scope"},
		{points.Adopted{Year: 2026, Plan: byCode(other)}, "plan"}, {points.Refused{Verb: "award", Refusal: points.Refusal{Code: "no-item", Args: []string{"a"}}}, "key"},
	} {
		hash := h.marks.Hash()
		err := h.marks.Apply(points.Entry{Seq: h.marks.Seq() + 1, At: h.at, Fact: c.fact})
		require.ErrorIs(t, err, points.ErrImpossible, "%d: %#v", i, c.fact)
		var at *points.Error
		require.ErrorAs(t, err, &at)
		require.Equal(t, c.field, at.Field, "%d: %#v", i, c.fact)
		require.Equal(t, hash, h.marks.Hash())
	}
	require.NoError(t, h.marks.Apply(points.Entry{Seq: h.marks.Seq() + 1, At: h.at, Fact: back(points.Refill{Award: "i3", Points: p})}), "which mark gets it was decided before")
	for _, e := range []points.Entry{{Seq: 1, At: h.at}, {Seq: h.marks.Seq() + 2, At: h.at}} {
		require.ErrorIs(t, h.marks.Apply(e), points.ErrGap)
	}
	require.ErrorIs(t, h.marks.Apply(points.Entry{Seq: h.marks.Seq() + 1, At: noon.Add(-time.Millisecond), Fact: back()}), points.ErrTimeBack)
}

func byCode(p points.Plan) points.Plan {
	m := points.NewMarks(nil)
	o, _ := m.Decide(noon, points.Command{Do: points.Adopt{Year: 2026, Plan: p}})
	return o.Entries[0].Fact.(points.Adopted).Plan
}

func FuzzEntryJSON(f *testing.F) {
	for _, e := range story(f).entries {
		data, err := json.Marshal(e)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte(`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"awarded","body":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var e points.Entry
		if json.Unmarshal(data, &e) != nil {
			require.Zero(t, e)
			return
		}
		again, err := json.Marshal(e)
		require.NoError(t, err)
		var back points.Entry
		require.NoError(t, json.Unmarshal(again, &back))
		require.Empty(t, cmp.Diff(e, back))
		h := story(t)
		e.Seq, e.Key, e.Sum = h.marks.Seq()+1, keyed.Of(nil), keyed.Of(nil)
		if e.At.Before(h.at) {
			e.At = h.at
		}
		hash := h.marks.Hash()
		if h.marks.Apply(e) != nil {
			require.Equal(t, hash, h.marks.Hash())
		}
	})
}
