package dispatch_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// deskJournal is a short journal that holds every kind of fact.
func deskJournal(t require.TestingT) (*dispatch.Desk, []dispatch.Entry) {
	w := deskStreet(t)
	d := dispatch.NewDesk()
	var all []dispatch.Entry
	step := func(entries []dispatch.Entry) { all = append(all, entries...) }
	keyed := func(at time.Time, key string, do dispatch.Do) {
		out, err := d.Decide(at, dispatch.Command{Key: key, Do: do, Actor: dispatch.Actor{Person: "wang"}})
		require.NoError(t, err)
		deskApply(t, d, out.Entries)
		step(out.Entries)
	}
	li := dispatch.Actor{Person: "li", Post: "foreman"}
	step(deskDo(t, d, w.day(1, 0, 0), dispatch.Install{Setup: w.setup}))
	full := dispatch.Event{
		ID: "E1", Matter: "cover", Point: new(deskNorth), Channel: "12345", ExternalID: "SZ-1", Condition: "缺失", Cost: 120_00,
		Classes: []string{"roads=lane"}, Due: w.day(6, 12, 0),
		Evidence: []dispatch.Evidence{{Kind: "before", Media: "image/jpeg", URI: "photo/1", At: w.day(2, 8, 59), By: "wang", Point: new(deskWest), Hash: dispatch.Sum{1}}},
	}
	keyed(w.day(2, 9, 0), "file-1", dispatch.File{Event: full, Case: "C1", Straight: true})
	step(deskDo(t, d, w.day(2, 9, 1), dispatch.File{Event: deskEvent("E2", "noise", deskEast), Straight: true}))
	step(deskDo(t, d, w.day(2, 9, 2), dispatch.File{Event: deskEvent("E3", "lamp", deskEast), Straight: true}))
	step(deskAs(t, d, w.day(2, 9, 3), li, dispatch.Ack{Case: "C1"}))
	keyed(w.day(2, 9, 4), "close-1", dispatch.Close{Case: "C1"})
	step(deskAs(t, d, w.day(2, 10, 0), li, dispatch.Start{Case: "C1"}))
	step(deskAs(t, d, w.day(2, 11, 0), li, dispatch.Finish{Case: "C1", Override: "alone", Evidence: []dispatch.Evidence{{Kind: "after"}}}))
	step(deskAs(t, d, w.day(2, 12, 0), dispatch.Actor{Person: "wang"}, dispatch.Verify{Case: "C1"}))
	step(deskDo(t, d, w.day(2, 13, 0), dispatch.Install{Setup: w.split}))
	step(deskDo(t, d, w.day(2, 13, 0), dispatch.Close{Case: "C1", Outcome: "solved", Satisfied: "yes"}))
	step(deskDo(t, d, w.day(2, 13, 0), dispatch.Start{Case: "E3"}))
	step(deskDo(t, d, w.day(2, 13, 0), dispatch.Finish{Case: "E3", Override: "alone"}))
	step(deskDo(t, d, w.day(2, 14, 0), dispatch.Admit{Mandate: deskMandate("M1")}))
	step(deskDo(t, d, w.day(2, 14, 0), dispatch.File{Event: deskEvent("E4", "cover", deskEast), Straight: true}))
	step(deskTick(t, d, w.day(5, 0, 0)))
	return d, all
}

func TestEntryJSONOfEveryFact(t *testing.T) {
	_, all := deskJournal(t)
	seen := map[string]bool{}
	for i, e := range deskThroughJSON(t, all) {
		require.Empty(t, cmp.Diff(all[i], e, cmpopts.IgnoreUnexported(dispatch.SetupInstalled{})))
		seen[dispatch.FactName(e.Fact)] = true
	}
	require.Len(t, seen, 18)
}

func TestEntryJSONRefuses(t *testing.T) {
	good := `{"format":1,"seq":1,"at":"2026-03-02T01:00:00.000Z","case":"E1","fact":"acknowledged","body":{}}`
	var e dispatch.Entry
	require.NoError(t, json.Unmarshal([]byte(good), &e))
	for from, to := range map[string]string{
		`"format":1`: `"format":2`, `"body":{}`: `"body":{"x":1}`, `,"body":{}`: ``, `"acknowledged"`: `"agreed"`,
		`"case"`: `"cases"`, `.000Z`: `Z`, `.000`: `.0000`, `2026`: `0000`, `"seq":1`: `"seq":-1`, `"fact":"acknowledged"`: `"fact":null`,
	} {
		bad := strings.Replace(good, from, to, 1)
		before := e
		err := json.Unmarshal([]byte(bad), &e)
		require.Error(t, err, bad)
		require.Equal(t, before, e)
		var where *dispatch.DeskError
		require.ErrorAs(t, err, &where, bad)
	}
	_, err := json.Marshal(dispatch.Entry{At: time.Unix(0, 0)})
	require.ErrorIs(t, err, dispatch.ErrEntry)
	_, err = json.Marshal(dispatch.Entry{At: time.Unix(0, 1), Fact: dispatch.Verified{}})
	require.ErrorIs(t, err, dispatch.ErrNotMillis)
}

func TestApplyRefusesWhatCannotBe(t *testing.T) {
	d, all := deskJournal(t)
	for i, e := range all {
		fresh := dispatch.NewDesk()
		deskApply(t, fresh, all[:i])
		hash := fresh.Hash()
		for _, seq := range []uint64{0, e.Seq - 1, e.Seq + 1} {
			gap := e
			gap.Seq = seq
			require.ErrorIs(t, fresh.Apply(gap), dispatch.ErrSequence)
		}
		fine := e
		fine.At = e.At.Add(time.Nanosecond)
		require.ErrorIs(t, fresh.Apply(fine), dispatch.ErrNotMillis)
		if _, filing := e.Fact.(dispatch.CaseFiled); e.Case != "" && !filing {
			early := e
			early.At = w2020
			require.ErrorIs(t, fresh.Apply(early), dispatch.ErrEntry)
			stopped := e
			stopped.Clocks = dispatch.Clocks{}
			if c, _ := d.Case(e.Case); c.State.Open() {
				require.ErrorIs(t, fresh.Apply(stopped), dispatch.ErrEntry, "an open case without a due")
			}
		}
		require.Equal(t, hash, fresh.Hash())
		require.Equal(t, uint64(i), fresh.Seq())
		require.NoError(t, fresh.Apply(e))
		again := e
		again.Seq++
		if _, refusedOnce := e.Fact.(dispatch.Refused); e.Key != (dispatch.Sum{}) || refusedOnce {
			require.ErrorIs(t, fresh.Apply(again), dispatch.ErrEntry, "a key used twice")
		}
	}
	require.ErrorIs(t, d.Apply(dispatch.Entry{Seq: d.Seq() + 1, At: w2020}), dispatch.ErrEntry)
	require.ErrorIs(t, dispatch.NewDesk().Apply(dispatch.Entry{Seq: 1, At: w2020, Case: "E", Fact: dispatch.CaseFiled{}}), dispatch.ErrEntry)
}

var w2020 = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// TestHashSeesEveryFact: leaving one entry's effect out, or changing it, shows.
func TestHashSeesEveryFact(t *testing.T) {
	_, all := deskJournal(t)
	d := dispatch.NewDesk()
	seen := map[dispatch.Sum]int{d.Hash(): -1}
	for i, e := range all {
		before := d.Hash()
		require.NoError(t, d.Apply(e))
		if _, refused := e.Fact.(dispatch.Refused); refused {
			require.Equal(t, before, d.Hash())
			continue
		}
		other, dup := seen[d.Hash()]
		require.False(t, dup, "entries %d and %d", i, other)
		seen[d.Hash()] = i
	}
}

// deskHostile takes a journal, damages one entry's JSON, and applies what can
// still be read: no panic, and whatever is taken keeps the promise.
func deskHostile(t *rapid.T) {
	_, all := deskJournal(t)
	d := dispatch.NewDesk()
	for range rapid.IntRange(1, 40).Draw(t, "entries") {
		e := rapid.SampledFrom(all).Draw(t, "entry")
		if rapid.Bool().Draw(t, "in order") {
			e = all[min(int(d.Seq()), len(all)-1)]
		}
		e.Seq = d.Seq() + 1
		if rapid.Bool().Draw(t, "unkeyed") {
			e.Key, e.Sum = dispatch.Sum{}, dispatch.Sum{}
		}
		text, err := json.Marshal(e)
		require.NoError(t, err)
		if rapid.IntRange(0, 2).Draw(t, "damage") == 0 {
			at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
			text[at] = rapid.SampledFrom([]byte(`09aE"{}[],:-.`)).Draw(t, "byte")
		}
		deskSurvives(t, d, text)
	}
}

// deskSurvives applies one line and checks that the desk is whole.
func deskSurvives(t require.TestingT, d *dispatch.Desk, text []byte) {
	var e dispatch.Entry
	if json.Unmarshal(text, &e) != nil {
		return
	}
	back, err := json.Marshal(e)
	require.NoError(t, err)
	var twice dispatch.Entry
	require.NoError(t, json.Unmarshal(back, &twice))
	require.Empty(t, cmp.Diff(e, twice, cmpopts.IgnoreUnexported(dispatch.SetupInstalled{}), cmpopts.EquateEmpty()))
	hash, seq := d.Hash(), d.Seq()
	if d.Apply(e) != nil {
		require.Equal(t, hash, d.Hash())
		require.Equal(t, seq, d.Seq())
	}
	open := 0
	for c := range d.Cases() {
		require.Equal(t, c.State.Open(), c.Answers.Party != "" && !c.NextDue.IsZero())
		if c.State.Open() {
			open++
		}
	}
	require.Equal(t, open, d.OpenLen())
}

func TestDeskHostileJournal(t *testing.T) { rapid.Check(t, deskHostile) }

func FuzzEntryJSON(f *testing.F) {
	_, all := deskJournal(f)
	var installed, filed []byte
	for i, e := range all {
		text, err := json.Marshal(e)
		require.NoError(f, err)
		f.Add(text)
		if i == 0 {
			installed = text
		}
		if i == 1 {
			filed = text
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		d := dispatch.NewDesk()
		deskSurvives(t, d, installed)
		deskSurvives(t, d, filed)
		deskSurvives(t, d, text)
	})
}

func TestDecodeDo(t *testing.T) {
	for _, v := range dispatch.Verbs() {
		body, err := json.Marshal(v.Zero)
		require.NoError(t, err)
		do, err := dispatch.DecodeDo(v.Name, body)
		if v.Name == "install" {
			require.ErrorIs(t, err, dispatch.ErrCommand)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, v.Zero, do)
		for _, bad := range []string{"", "null", "[]", "{", `{"bad":1}`, "{} {}", `{"case":1}`} {
			_, err := dispatch.DecodeDo(v.Name, []byte(bad))
			require.ErrorIs(t, err, dispatch.ErrCommand, bad)
		}
	}
	_, err := dispatch.DecodeDo("dance", []byte("{}"))
	require.ErrorIs(t, err, dispatch.ErrCommand)
	do, err := dispatch.DecodeDo("file", []byte(`{"event":{"id":"E1","matter":"lamp","point":[114.005,22.505]},"straight":true}`))
	require.NoError(t, err)
	require.Equal(t, dispatch.File{Event: dispatch.Event{ID: "E1", Matter: "lamp", Point: &deskWest}, Straight: true}, do)
}
