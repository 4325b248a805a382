package dispatch_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// serialProperty: two commands of one instant, sent with keys and each sent again at
// any moment, lead to what one of them after the other leads to, in the order in which
// they were first carried out; what is sent again changes nothing and is answered as
// before; commands on cases that have nothing to do with each other lead to the same
// cases in either order; and a command that expects the version from before the other
// is refused as stale, so that it cannot act on what it has not seen.
func serialProperty(t *rapid.T) {
	w := newLawWalk(t, false)
	w.ids = w.ids[:2]
	w.file(t, "waste", "lamp", "gas", "wish", "noise")
	for range rapid.IntRange(0, 15).Draw(t, "steps before") {
		w.step(t, "merge", "attach", "split")
	}
	w.later(t)
	w.tick(t)
	var pair [2]dispatch.Command
	for i := range pair {
		id := rapid.SampledFrom(w.ids).Draw(t, "case")
		c, _ := w.d.Case(id)
		verb := rapid.SampledFrom(append(twinLikely(string(c.State)), "merge", "split", "attach")).Draw(t, "verb")
		pair[i] = dispatch.Command{Key: fmt.Sprintf("key%d", i), Do: w.command(t, verb, id)}
	}
	fork := func(order ...int) (*dispatch.Desk, map[int]dispatch.Outcome) {
		d := w.copy(t)
		first := map[int]dispatch.Outcome{}
		for _, i := range order {
			hash, seq := d.Hash(), d.Seq()
			out, err := d.Decide(w.now, pair[i])
			require.NoError(t, err)
			if before, again := first[i]; again {
				require.True(t, out.Replayed, "%s", pair[i].Key)
				require.Empty(t, out.Entries)
				require.Equal(t, []any{before.Seq, before.Refusal}, []any{out.Seq, out.Refusal})
				require.Equal(t, []any{hash, seq}, []any{d.Hash(), d.Seq()})
				continue
			}
			first[i] = out
			deskApply(t, d, out.Entries)
		}
		return d, first
	}
	order := rapid.SliceOfN(rapid.IntRange(0, 1), 0, 6).Draw(t, "order")
	order = append(order, 0, 1)
	mixed, answers := fork(order...)
	ab, forward := fork(0, 1)
	ba, backward := fork(1, 0)
	serial, same := ab, forward
	if order[0] == 1 {
		serial, same = ba, backward
	}
	require.Equal(t, serial.Hash(), mixed.Hash())
	require.Equal(t, same[0].Refusal, answers[0].Refusal)
	require.Equal(t, same[1].Refusal, answers[1].Refusal)
	one, two := touched(pair[0].Do), touched(pair[1].Do)
	apart := true
	for id := range one {
		apart = apart && !two[id]
	}
	if apart {
		require.Equal(t, ab.Hash(), ba.Hash(), "%T and %T", pair[0].Do, pair[1].Do)
	}
	if id := w.ids[0]; forward[0].Refusal == nil && len(one) == 1 && one[id] && caseOf(pair[1].Do) == id {
		c, _ := w.d.Case(id)
		pair[1].Expect = c.Version
		_, answers := fork(0, 1)
		require.NotNil(t, answers[1].Refusal, "%T", pair[1].Do)
	}
}

// touched are the cases that a command may change; every case when it goes by what is
// merged or attached.
func touched(do dispatch.Do) map[dispatch.Code]bool {
	switch do.(type) {
	case dispatch.Merge, dispatch.Part, dispatch.Close:
		return map[dispatch.Code]bool{"E1": true, "E2": true}
	}
	return map[dispatch.Code]bool{caseOf(do): true}
}

// caseOf is the case whose version a command may expect.
func caseOf(do dispatch.Do) dispatch.Code {
	text, _ := json.Marshal(do)
	var body struct {
		Case dispatch.Code `json:"case"`
	}
	_ = json.Unmarshal(text, &body)
	return body.Case
}

// copy is a desk that replayed the walk's entries.
func (w *lawWalk) copy(t *rapid.T) *dispatch.Desk {
	setup, err := lawSetups()
	require.NoError(t, err)
	d := dispatch.NewDesk(setup)
	deskApply(t, d, w.journal)
	return d
}

func TestLawInterleavingsAreSerial(t *testing.T) { rapid.Check(t, serialProperty) }

func FuzzLawSerial(f *testing.F) { f.Fuzz(rapid.MakeFuzz(serialProperty)) }
