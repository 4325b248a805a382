package finance_test

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
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/internal/keyed"
)

var record = flag.Bool("record", false, "write the golden journal anew; only for a format that was never released")

const (
	goldenFile = "testdata/journal-1.jsonl"
	goldenHash = "3ed6200c521dc446efbc3d6e6581cf3a02875c29ab8ba30d60a3826bec5a18fb"
)

// story is a short history with every fact in it.
func story(t require.TestingT) *hand {
	h := fresh(t)
	n := 0
	tell := func(do finance.Do) finance.Outcome {
		n++
		h.at = h.at.Add(1234567 * time.Millisecond)
		return h.try(finance.Command{Key: fmt.Sprint("story ", n), Actor: finance.Actor{Person: "wang", Post: "cashier"}, Do: do})
	}
	shares := []finance.Share{{Line: "renewal", Amount: 40_000_000}, {Line: "community", Amount: 10_000_000}, {Line: "street", Amount: 25_000_000}}
	for _, s := range shares {
		for _, do := range line(s.Line, s.Amount) {
			tell(do)
		}
	}
	tell(funds("park", shares...))
	tell(funds("park", shares...)) // refused
	tell(finance.Commit{Mandate: "park", Commitment: "build", Payee: "builder", Amount: 50_000_001})
	tell(finance.Commit{Mandate: "park", Commitment: "trees", Payee: "garden", Purpose: "park.trees", Amount: 7_777_777})
	for _, amount := range []finance.Fen{33_333_333, 2, 2, 2, 2, 2, 2} {
		tell(finance.Pay{Commitment: "build", Payment: finance.Code(fmt.Sprint("v", n)), Amount: amount})
	}
	tell(finance.Assert{Line: "street", Balance: 1})
	tell(finance.Assert{Mandate: "park", Balance: 41_666_664})
	h.ok(finance.Release{Commitment: "trees"}) // by the host, without a key
	tell(finance.Settle{Mandate: "park", Release: true})
	return h
}

// TestGolden: the recorded journal of this format replays to the recorded
// state, and is what the book writes today.
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

	book, facts := finance.NewBook(), map[string]bool{}
	for data := range bytes.Lines(golden) {
		var e finance.Entry
		require.NoError(t, json.Unmarshal(data, &e))
		require.NoError(t, book.Apply(e))
		facts[finance.FactName(e.Fact)] = true
	}
	require.Equal(t, goldenHash, book.Hash().String())
	require.Len(t, facts, len(finance.Facts()), "a fact is missing from the story")
	require.Equal(t, scan(t, h.entries), ask(t, book, h.entries))
}

func TestFacts(t *testing.T) {
	names := map[string]bool{}
	for _, f := range finance.Facts() {
		names[finance.FactName(f)] = true
		e := finance.Entry{Seq: 1, At: noon, Fact: f}
		data, err := json.Marshal(e)
		require.NoError(t, err)
		var back finance.Entry
		require.NoError(t, json.Unmarshal(data, &back))
		require.Empty(t, cmp.Diff(e, back))
		require.Empty(t, e.Postings())
		require.ErrorIs(t, finance.NewBook().Apply(e), finance.ErrImpossible, "the zero %T is possible", f)
	}
	require.Len(t, names, 9)
	for _, f := range []finance.Fact{nil, &finance.Settled{}, (*finance.Paid)(nil), struct{ finance.Fact }{}} {
		e := finance.Entry{Seq: 1, At: noon, Fact: f}
		require.Empty(t, finance.FactName(f))
		require.Nil(t, e.Postings())
		require.ErrorIs(t, finance.NewBook().Apply(e), finance.ErrFact)
		_, err := json.Marshal(e)
		require.ErrorIs(t, err, finance.ErrFact)
	}
}

func TestEntryJSON(t *testing.T) {
	e := finance.Entry{Seq: 7, At: time.Date(2026, 3, 2, 17, 0, 0, 5e6, time.FixedZone("", 8*3600)), Fact: finance.Paid{Mandate: "m", Commitment: "c", Payment: "v", Amount: 150, Parts: []finance.Share{{Line: "a", Amount: 150}}}}
	data, err := json.Marshal(e)
	require.NoError(t, err)
	require.Equal(t, `{"seq":7,"at":"2026-03-02T09:00:00.005Z","fact":"paid","body":{"mandate":"m","commitment":"c","payment":"v","amount":"1.50","parts":[{"line":"a","amount":"1.50"}]}}`, string(data))
	e.Key, e.Sum, e.Actor = keyed.Of(nil), keyed.Of([]byte("x")), finance.Actor{Person: "wang"}
	data, err = json.Marshal(e)
	require.NoError(t, err)
	var back finance.Entry
	require.NoError(t, json.Unmarshal(data, &back))
	e.At = e.At.UTC()
	require.Empty(t, cmp.Diff(e, back))

	e.At = noon.Add(1)
	_, err = json.Marshal(e)
	require.ErrorIs(t, err, finance.ErrNotMillis)
	for bad, want := range map[string]error{
		`{}`: finance.ErrJSON, `null`: finance.ErrJSON, `[]`: finance.ErrJSON, `7`: finance.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"eaten","body":{}}`:                 finance.ErrFact,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","body":{}}`:                                finance.ErrFact,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"paid"}`:                            finance.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"paid","body":null}`:                finance.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"paid","body":{"more":1}}`:          finance.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"paid","body":{"amount":1.5}}`:      finance.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"paid","body":{},"more":1}`:         finance.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000+08:00","fact":"paid","body":{}}`:             finance.ErrJSON,
		`{"seq":1,"seq":2,"at":"2026-03-02T09:00:00.000Z","fact":"paid","body":{}}`:          finance.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"paid","body":{"Amount":1}}`:        finance.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00,000Z","fact":"paid","body":{}}`:                  finance.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00Z","fact":"paid","body":{}}`:                      finance.ErrJSON,
		`{"seq":1,"at":"2026-02-30T09:00:00.000Z","fact":"paid","body":{}}`:                  finance.ErrJSON,
		`{"seq":-1,"at":"2026-03-02T09:00:00.000Z","fact":"paid","body":{}}`:                 finance.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","key":"00","fact":"paid","body":{}}`:       finance.ErrJSON,
		`{"seq":1,"at":"0000-03-02T09:00:00.000Z","fact":"paid","body":{}}`:                  finance.ErrJSON,
		`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"paid","body":{"parts":[{"a":1}]}}`: finance.ErrJSON,
	} {
		was := back
		require.ErrorIs(t, json.Unmarshal([]byte(bad), &back), want, bad)
		require.Equal(t, was, back)
	}
}

// TestImpossible: an entry that does not fit the state is refused by the field
// that does not fit.
func TestImpossible(t *testing.T) {
	h := park(t)
	h.ok(finance.Commit{Mandate: "park", Commitment: "build", Payee: "p", Amount: 30})
	h.ok(finance.Commit{Mandate: "park", Commitment: "trees", Payee: "p", Amount: 30})
	h.ok(finance.Pay{Commitment: "build", Payment: "v", Amount: 15})
	part := func(a, b, c finance.Fen) []finance.Share {
		return []finance.Share{{Line: "a", Amount: a}, {Line: "b", Amount: b}, {Line: "c", Amount: c}}
	}
	for _, c := range []struct {
		fact  finance.Fact
		field string
	}{
		{finance.Opened{Line: "a", Party: "p", Purpose: "x", Year: 2026, Source: finance.Social}, "line"},
		{finance.Appropriated{Line: "none", Amount: 1}, "line"},
		{finance.Appropriated{Line: "a", Amount: finance.FenMax}, "amount"},
		{finance.Funded(funds("park", part(1, 1, 1)...)), "mandate"},
		{finance.Funded(funds("new", part(1, 1, 2)...)), "shares"}, // a line has one fen left
		{finance.Funded(funds("new", finance.Share{Line: "b", Amount: 1}, finance.Share{Line: "a", Amount: 1})), "shares"},
		{finance.Committed{Mandate: "none", Commitment: "x", Payee: "p", Purpose: "park", Amount: 3, Parts: part(1, 1, 1)}, "mandate"},
		{finance.Committed{Mandate: "park", Commitment: "build", Payee: "p", Purpose: "park", Amount: 3, Parts: part(1, 1, 1)}, "commitment"},
		{finance.Committed{Mandate: "park", Commitment: "x", Payee: "p", Amount: 3, Parts: part(1, 1, 1)}, "purpose"},
		{finance.Committed{Mandate: "park", Commitment: "x", Payee: "p", Purpose: "park", Amount: 4, Parts: part(1, 1, 1)}, "parts"},
		{finance.Committed{Mandate: "park", Commitment: "x", Payee: "p", Purpose: "park", Amount: 3, Parts: part(1, 3, -1)}, "parts"},
		{finance.Committed{Mandate: "park", Commitment: "x", Payee: "p", Purpose: "park", Amount: 10_000_002, Parts: part(1, 1, 10_000_000)}, "parts"},
		{finance.Committed{Mandate: "park", Commitment: "x", Payee: "p", Purpose: "park", Amount: 2, Parts: []finance.Share{{Line: "a", Amount: 1}, {Line: "a", Amount: 1}}}, "parts"},
		{finance.Paid{Mandate: "park", Commitment: "none", Payment: "w", Amount: 3, Parts: part(1, 1, 1)}, "commitment"},
		{finance.Paid{Mandate: "other", Commitment: "build", Payment: "w", Amount: 3, Parts: part(1, 1, 1)}, "mandate"},
		{finance.Paid{Mandate: "park", Commitment: "build", Payment: "v", Amount: 3, Parts: part(1, 1, 1)}, "payment"},
		{finance.Paid{Mandate: "park", Commitment: "build", Payment: "w", Amount: 12, Parts: part(1, 1, 10)}, "parts"},
		{finance.Released{Mandate: "park", Commitment: "build", Parts: part(1, 1, 1)}, "parts"},
		{finance.Released{Mandate: "other", Commitment: "build", Parts: part(8, 5, 2)}, "mandate"},
		{finance.Released{Mandate: "park", Commitment: "none", Parts: part(8, 5, 2)}, "commitment"},
		{finance.Settled{Mandate: "none"}, "mandate"},
		{finance.Settled{Mandate: "park", Spent: 15}, "mandate"}, // commitments are open
		{finance.Asserted{Line: "a", Stated: 7, Held: 7}, "line"},
		{finance.Asserted{Mandate: "park", Stated: 7, Held: 7}, "mandate"},
		{finance.Asserted{Line: "none"}, "line"},
		{finance.Asserted{Mandate: "none"}, "mandate"},
	} {
		h.impossible(c.fact, c.field)
	}
	h.ok(finance.Release{Commitment: "build"})
	h.ok(finance.Release{Commitment: "trees"})
	for _, c := range []struct {
		fact  finance.Settled
		field string
	}{
		{finance.Settled{Mandate: "park", Spent: 14, Returned: part(39_999_992, 24_999_995, 9_999_998)}, "spent"},
		{finance.Settled{Mandate: "park", Spent: 15, Returned: part(39_999_992, 24_999_995, 9_999_997)}, "returned"},
		{finance.Settled{Mandate: "park", Spent: 15, Returned: part(39_999_993, 24_999_994, 9_999_998)}, "returned"},
		{finance.Settled{Mandate: "park", Spent: 15, TrueUps: part(1, 1, -1), Returned: part(39_999_992, 24_999_995, 9_999_998)}, "true_ups"},
		{finance.Settled{Mandate: "park", Spent: 15, TrueUps: part(1, 2, -3), Returned: part(39_999_991, 24_999_993, 10_000_001)}, "true_ups"},
	} {
		h.impossible(c.fact, c.field)
	}
	e := h.next(finance.Refused{Verb: "pay", Refusal: finance.Refusal{Code: "no-line", Args: []string{"a"}}})
	e.Key, e.Sum = keyed.Of(nil), keyed.Of(nil)
	require.NoError(t, h.book.Apply(e))
	e = h.next(finance.Refused{Verb: "pay", Refusal: finance.Refusal{Code: "no-line", Args: []string{"a"}}})
	require.ErrorIs(t, h.book.Apply(e), finance.ErrImpossible) // no key, so nothing to record
}

func (h *hand) next(f finance.Fact) finance.Entry {
	return finance.Entry{Seq: h.book.Seq() + 1, At: h.at, Fact: f}
}

func (h *hand) impossible(f finance.Fact, field string) {
	hash := h.book.Hash()
	err := h.book.Apply(h.next(f))
	require.ErrorIs(h.t, err, finance.ErrImpossible, "%#v", f)
	var at *finance.Error
	require.ErrorAs(h.t, err, &at)
	require.Equal(h.t, field, at.Field, "%#v", f)
	require.Equal(h.t, h.book.Seq()+1, at.Seq)
	require.Equal(h.t, hash, h.book.Hash())
}

// probe gives an entry to a book as the next one. Either it is refused and
// leaves no trace, or the books still balance to the fen.
func probe(t require.TestingT, h *hand, e finance.Entry) {
	hash, seq := h.book.Hash(), h.book.Seq()
	err := h.book.Apply(e)
	if err != nil {
		require.Equal(t, hash, h.book.Hash(), "a refused entry changed the book: %v", err)
		require.Equal(t, seq, h.book.Seq())
		return
	}
	require.Equal(t, seq+1, h.book.Seq())
	h.entries = append(h.entries, e)
	require.Empty(t, cmp.Diff(scan(t, h.entries), ask(t, h.book, h.entries)))
}

// forge changes one number, name or part of a fact.
func forge(t *rapid.T, f finance.Fact) finance.Fact {
	code := func(c finance.Code) finance.Code {
		return rapid.SampledFrom([]finance.Code{c, c, "", "a", "b", "c", "park", "build", "trees", "v1", "x y", "new"}).Draw(t, "code")
	}
	money := func(f finance.Fen) finance.Fen {
		return rapid.SampledFrom([]finance.Fen{f, f, f + 1, f - 1, -f, 0, finance.FenMax, finance.FenMin, 1}).Draw(t, "fen")
	}
	shares := func(list []finance.Share) []finance.Share {
		list = append([]finance.Share(nil), list...)
		for i := range list {
			if rapid.Bool().Draw(t, "this") {
				list[i] = finance.Share{Line: code(list[i].Line), Amount: money(list[i].Amount)}
			}
		}
		switch rapid.IntRange(0, 5).Draw(t, "list") {
		case 0:
			return append(list, finance.Share{Line: code("a"), Amount: money(1)})
		case 1:
			if len(list) > 1 {
				list[0], list[1] = list[1], list[0]
			}
		case 2:
			if len(list) > 0 {
				return list[1:]
			}
		case 3: // one fen from one to the other
			if len(list) > 1 {
				list[0].Amount++
				list[1].Amount--
			}
		}
		return list
	}
	switch f := f.(type) {
	case finance.Opened:
		f.Line, f.Year = code(f.Line), rapid.IntRange(-1, 1).Draw(t, "year")+f.Year
		return f
	case finance.Appropriated:
		f.Line, f.Amount = code(f.Line), money(f.Amount)
		return f
	case finance.Funded:
		f.Mandate, f.Shares = code(f.Mandate), shares(f.Shares)
		return f
	case finance.Committed:
		f.Mandate, f.Commitment, f.Payee, f.Purpose, f.Amount, f.Parts = code(f.Mandate), code(f.Commitment), code(f.Payee), code(f.Purpose), money(f.Amount), shares(f.Parts)
		return f
	case finance.Paid:
		f.Mandate, f.Commitment, f.Payment, f.Amount, f.Parts = code(f.Mandate), code(f.Commitment), code(f.Payment), money(f.Amount), shares(f.Parts)
		return f
	case finance.Released:
		f.Mandate, f.Commitment, f.Parts = code(f.Mandate), code(f.Commitment), shares(f.Parts)
		return f
	case finance.Settled:
		f.Mandate, f.Spent, f.TrueUps, f.Returned = code(f.Mandate), money(f.Spent), shares(f.TrueUps), shares(f.Returned)
		return f
	case finance.Asserted:
		f.Line, f.Mandate, f.Stated, f.Held = code(f.Line), code(f.Mandate), money(f.Stated), money(f.Held)
		return f
	case finance.Refused:
		f.Verb, f.Args = string(code("pay")), rapid.SliceOfN(rapid.StringN(0, 3, 600), 0, 4).Draw(t, "args")
		return f
	}
	return f
}

func propForged(t *rapid.T) {
	h := park(t)
	for _, do := range []finance.Do{
		finance.Commit{Mandate: "park", Commitment: "build", Payee: "p", Amount: 10_000_001},
		finance.Commit{Mandate: "park", Commitment: "trees", Payee: "p", Amount: 20},
		finance.Pay{Commitment: "build", Payment: "v1", Amount: 7},
		finance.Pay{Commitment: "build", Payment: "v2", Amount: 1},
		finance.Release{Commitment: "trees"},
	} {
		if rapid.Bool().Draw(t, "done") {
			h.try(finance.Command{Do: do})
		}
	}
	for range rapid.IntRange(1, 4).Draw(t, "forgeries") {
		do := rapid.SampledFrom([]finance.Do{
			finance.Open{Line: "d", Party: "p", Purpose: "park", Year: 2026, Source: finance.Social}, finance.Appropriate{Line: "a", Amount: 5},
			funds("new", finance.Share{Line: "a", Amount: 1}, finance.Share{Line: "b", Amount: 1}),
			finance.Commit{Mandate: "park", Commitment: "new", Payee: "p", Amount: 1000}, finance.Pay{Commitment: "build", Payment: "new", Amount: 1000},
			finance.Release{Commitment: "build"}, finance.Settle{Mandate: "park", Release: true}, finance.Settle{Mandate: "park"},
			finance.Assert{Line: "a"}, finance.Assert{Mandate: "park"}, finance.Settle{Mandate: "none"},
		}).Draw(t, "do")
		o, err := h.book.Decide(h.at, finance.Command{Key: string(rapid.SampledFrom([]string{"k1", "k2", "k3"}).Draw(t, "key")), Do: do})
		if err != nil || o.Replayed {
			continue
		}
		e := o.Entries[len(o.Entries)-1]
		e.Seq = h.book.Seq() + rapid.SampledFrom([]uint64{1, 1, 1, 1, 0, 2}).Draw(t, "seq")
		e.At = e.At.Add(rapid.SampledFrom([]time.Duration{0, 0, 0, 0, -time.Millisecond, 1}).Draw(t, "at"))
		e.Actor.Person = rapid.SampledFrom([]finance.Code{"", "", "", "x y"}).Draw(t, "person")
		if rapid.IntRange(0, 9).Draw(t, "keyless") == 0 {
			e.Key = keyed.Sum{}
		}
		e.Fact = forge(t, e.Fact)
		probe(t, h, e)
	}
}

// TestForged: whatever an entry claims, the book balances or refuses it.
func TestForged(t *testing.T) { rapid.Check(t, propForged) }

func FuzzForged(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propForged)) }

func FuzzEntryJSON(f *testing.F) {
	for _, e := range story(f).entries {
		data, err := json.Marshal(e)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte(`{"seq":1,"at":"2026-03-02T09:00:00.000Z","fact":"paid","body":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var e finance.Entry
		if json.Unmarshal(data, &e) != nil {
			require.Zero(t, e)
			return
		}
		again, err := json.Marshal(e)
		require.NoError(t, err)
		var back finance.Entry
		require.NoError(t, json.Unmarshal(again, &back))
		twice, err := json.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, string(again), string(twice))
		h := story(t)
		e.Seq = h.book.Seq() + 1
		if e.At.Before(h.at) {
			e.At = h.at
		}
		probe(t, h, e)
	})
}
