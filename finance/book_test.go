package finance_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/finance"
)

// precedence is the documented order of refusals, written out once more.
var precedence = []string{"line-exists", "no-line", "mandate-exists", "no-mandate", "no-commitment", "commitment-exists", "payment-exists",
	"no-right", "over-limit", "stale", "settled", "commitment-closed", "wrong-year", "wrong-purpose", "line-short", "mandate-short", "commitment-short",
	"commitments-open", "too-many", "too-much"}

// planned is the refusals that the world plans for: it has no authority, so never
// that of a right or a limit, which TestRights and TestLimits are about.
var planned = slices.DeleteFunc(slices.Clone(precedence), func(code string) bool { return code == finance.NoRight || code == finance.OverLimit })

// world runs a book and its model side by side. Outcomes are planned: a command
// is built to be carried out, or to be refused for exactly one reason.
type world struct {
	book    *finance.Book
	model   *model
	at      time.Time
	entries []finance.Entry
	sent    []sent
	held    []finance.Command
	next    int
	*tally
}

type sent struct {
	at      time.Time
	command finance.Command
	outcome finance.Outcome
}

// tally is kept over all runs of a check.
type tally struct {
	accepted, refused int
	planned           map[string]int
}

func newWorld(n *tally) *world {
	return &world{book: finance.NewBook(), model: newModel(), at: noon, tally: n}
}

func (w *world) id(kind string) finance.Code {
	w.next++
	return finance.Code(kind + strconv.Itoa(w.next))
}

// send gives a command to both and compares everything that is said.
func (w *world) send(t *rapid.T, c finance.Command) finance.Outcome {
	why := w.model.why(c.Do, c.Expect)
	hash, seq := w.book.Hash(), w.book.Seq()
	o, err := w.book.Decide(w.at, c)
	require.NoError(t, err, "%#v", c)
	require.Equal(t, hash, w.book.Hash(), "Decide changed the book")
	require.Equal(t, seq, w.book.Seq())
	require.False(t, o.Replayed)
	if len(why) == 0 {
		require.Nil(t, o.Refusal, "refused %#v", c)
		require.NotEmpty(t, o.Entries)
		require.Equal(t, seq+1, o.Seq)
		w.accepted++
		w.model.do(c.Do)
	} else {
		w.refused++
		first := slices.IndexFunc(precedence, func(code string) bool { return slices.Contains(why, code) })
		require.NotNil(t, o.Refusal, "carried out %#v against %v", c, why)
		require.Equal(t, precedence[first], o.Refusal.Code, "of %v", why)
		if c.Key == "" {
			require.Empty(t, o.Entries)
		} else {
			require.Len(t, o.Entries, 1)
			require.Equal(t, finance.Refused{Verb: verbOf(c.Do), Refusal: *o.Refusal}, o.Entries[0].Fact)
		}
	}
	for i, e := range o.Entries {
		require.Equal(t, i == 0 && c.Key != "", e.Key.String() != fmt.Sprintf("%064d", 0))
		require.Equal(t, c.Actor, e.Actor)
		require.NoError(t, w.book.Apply(e))
		w.entries = append(w.entries, e)
	}
	if len(why) > 0 {
		require.Equal(t, hash, w.book.Hash(), "a refusal changed the state")
	}
	if c.Key != "" {
		w.sent = append(w.sent, sent{w.at, c, o})
	}
	return o
}

func verbOf(do finance.Do) string {
	for _, v := range finance.Verbs() {
		if fmt.Sprintf("%T", v.Zero) == fmt.Sprintf("%T", do) {
			return v.Name
		}
	}
	return ""
}

// wrap makes a command of a verb: keyed or not, by somebody or by the host,
// expecting the right version or none.
func (w *world) wrap(t *rapid.T, do finance.Do) finance.Command {
	c := finance.Command{Do: do}
	if rapid.Bool().Draw(t, "keyed") {
		c.Key = string(w.id("key-"))
	}
	if rapid.Bool().Draw(t, "signed") {
		c.Actor = finance.Actor{Person: "wang", Post: "cashier"}
	}
	return c
}

// check compares the book with the model and with a scan of the entries.
func (w *world) check(t *rapid.T) {
	got := ask(t, w.book, w.entries)
	require.Empty(t, cmp.Diff(scan(t, w.entries), got))
	require.Len(t, got.Lines, len(w.model.lines))
	for _, l := range got.Lines {
		m := w.model.lines[l.Code]
		same(t, l.Appropriated, m.in)
		same(t, l.Earmarked, m.earmarked)
		same(t, l.Returned, m.back)
		same(t, l.Available, m.free())
		require.EqualValues(t, m.version, l.Version)
	}
	require.Len(t, got.Mandates, len(w.model.mandates))
	for _, m := range got.Mandates {
		of := w.model.mandates[m.Code]
		require.EqualValues(t, of.version, m.Version)
		require.Equal(t, of.settled, m.Settled)
		for i, l := range got.Lots[m.Code] {
			require.Equal(t, of.order[i], l.Line)
			same(t, l.Granted, of.granted[l.Line])
			same(t, l.Available, of.free[l.Line])
			same(t, l.Committed, of.bound[l.Line])
			same(t, l.Spent, of.out[l.Line])
			same(t, l.Returned, of.ret[l.Line])
			require.Equal(t, l.Granted, l.Available+l.Committed+l.Spent+l.Returned)
			require.False(t, m.Settled && l.Available+l.Committed != 0)
			if m.Settled { // |spent·granted(all) − spent(all)·granted| < granted(all)
				off := minus(new(big.Int).Mul(large(l.Spent), large(m.Granted)), new(big.Int).Mul(large(m.Spent), large(l.Granted)))
				require.Negative(t, off.CmpAbs(large(m.Granted)), "%s bears a fen or more too much", l.Line)
			}
		}
	}
	require.Len(t, got.Commitments, len(w.model.commitments))
	for id, c := range got.Commitments {
		of := w.model.commitments[id]
		same(t, c.Paid, of.paid)
		same(t, c.Released, of.released)
		same(t, c.Rest, sumOf(of.rest))
		require.Equal(t, []finance.Code{of.mandate, of.payee, of.purpose}, []finance.Code{c.Mandate, c.Payee, c.Purpose})
	}
	require.Len(t, got.Payments, len(w.model.payments))
	sum := got.Totals
	require.Equal(t, sum.Appropriated, sum.Available+sum.InLots+sum.Committed+sum.Spent)
}

func same(t *rapid.T, got finance.Fen, want *big.Int) {
	require.Equal(t, want.String(), strconv.FormatInt(int64(got), 10))
}

// again replays a key: the outcome is the first one, whenever it comes.
func (w *world) again(t *rapid.T) {
	if len(w.sent) == 0 {
		t.Skip("nothing sent")
	}
	s := rapid.SampledFrom(w.sent).Draw(t, "sent")
	hash, seq := w.book.Hash(), w.book.Seq()
	o, err := w.book.Decide(rapid.SampledFrom([]time.Time{s.at, w.at, w.at.Add(time.Hour), noon.Add(-time.Hour)}).Draw(t, "at"), s.command)
	require.NoError(t, err)
	require.Equal(t, finance.Outcome{Seq: s.outcome.Seq, Replayed: true, Refusal: s.outcome.Refusal}, o)
	other := s.command
	other.Actor.Person = "li"
	_, err = w.book.Decide(w.at, other)
	require.ErrorIs(t, err, finance.ErrReused)
	other = s.command
	other.Do = finance.Settle{Mandate: "another"}
	_, err = w.book.Decide(w.at, other)
	require.ErrorIs(t, err, finance.ErrReused)
	require.Equal(t, hash, w.book.Hash())
	require.Equal(t, seq, w.book.Seq())
}

// broken gives commands and entries that are errors, and proves that they
// leave no trace.
func (w *world) broken(t *rapid.T) {
	hash, seq := w.book.Hash(), w.book.Seq()
	good := finance.Appropriate{Line: "l1", Amount: 1}
	for _, c := range []struct {
		at   time.Time
		do   finance.Do
		want error
	}{
		{w.at.Add(time.Microsecond), good, finance.ErrNotMillis},
		{w.at.Add(-time.Millisecond), good, finance.ErrTimeBack},
		{w.at, nil, finance.ErrVerb},
		{w.at, finance.Appropriate{Line: "l1", Amount: 0}, finance.ErrAmount},
		{w.at, finance.Pay{Commitment: "a b", Payment: "p", Amount: 1}, finance.ErrCode},
	} {
		if c.want == finance.ErrTimeBack && len(w.entries) == 0 {
			continue
		}
		_, err := w.book.Decide(c.at, finance.Command{Do: c.do, Key: string(w.id("bad-"))})
		if c.want == finance.ErrTimeBack && !w.entries[len(w.entries)-1].At.Equal(w.at) {
			require.NoError(t, err) // time moved on since the last entry
			continue
		}
		require.ErrorIs(t, err, c.want)
	}
	for _, e := range w.entries {
		require.ErrorIs(t, w.book.Apply(e), finance.ErrGap)
		e.Seq = seq + 1
		if e.Key != (finance.Entry{}).Key {
			e.At = w.at
			require.ErrorIs(t, w.book.Apply(e), finance.ErrImpossible) // a key twice
		}
	}
	require.Equal(t, hash, w.book.Hash())
	require.Equal(t, seq, w.book.Seq())
}

// replay writes the journal as JSON, reads it and folds it into a new book.
func (w *world) replay(t *rapid.T) {
	book := finance.NewBook()
	for _, e := range w.entries {
		data, err := json.Marshal(e)
		require.NoError(t, err)
		var back finance.Entry
		require.NoError(t, json.Unmarshal(data, &back))
		require.Empty(t, cmp.Diff(e, back))
		require.NoError(t, book.Apply(back))
	}
	require.Equal(t, w.book.Hash(), book.Hash())
	require.Equal(t, w.book.Seq(), book.Seq())
	w.book = book // go on with the replayed one: keys and refusals are all there
}

func propBook(n *tally) func(*rapid.T) {
	return func(t *rapid.T) {
		w := newWorld(n)
		valid := func(t *rapid.T) {
			for range rapid.IntRange(1, 6).Draw(t, "commands") {
				w.send(t, w.wrap(t, w.valid(t)))
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"":       w.check,
			"valid":  valid,
			"valid2": valid,
			"valid3": valid,
			"versioned": func(t *rapid.T) {
				c := w.wrap(t, w.valid(t))
				c.Expect = w.version(c.Do)
				w.send(t, c)
			},
			"refused": func(t *rapid.T) {
				for range 3 {
					code, c := w.invalid(t)
					why := slices.Compact(slices.Sorted(slices.Values(w.model.why(c.Do, c.Expect))))
					if slices.Equal(why, []string{code}) {
						n.planned[code]++
						w.send(t, c)
					}
				}
			},
			"hold": func(t *rapid.T) { w.held = append(w.held, w.wrap(t, w.valid(t))) },
			"late": func(t *rapid.T) {
				if len(w.held) == 0 {
					t.Skip("nothing held")
				}
				i := rapid.IntRange(0, len(w.held)-1).Draw(t, "which")
				c := w.held[i]
				w.held = slices.Delete(w.held, i, i+1)
				w.send(t, c)
			},
			"again":  w.again,
			"broken": w.broken,
			"replay": w.replay,
			"wait": func(t *rapid.T) {
				w.at = w.at.Add(time.Duration(rapid.Int64Range(0, 86_400_000).Draw(t, "ms")) * time.Millisecond)
			},
		})
		w.replay(t)
		w.check(t)
	}
}

// TestBook: book, model and scan agree on every command and every figure.
func TestBook(t *testing.T) {
	n := &tally{planned: map[string]int{}}
	rapid.Check(t, propBook(n))
	all := n.accepted + n.refused
	t.Logf("%d commands, %d carried out; planned refusals %v", all, n.accepted, n.planned)
	require.GreaterOrEqual(t, 10*n.accepted, 6*all, "fewer than 60%% of the commands were carried out")
	if all > 2000 {
		for _, code := range planned {
			require.True(t, n.planned[code] > 0 || code == "too-many", "%s was never planned", code)
		}
	}
}

func FuzzBook(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(propBook(&tally{planned: map[string]int{}})))
}
