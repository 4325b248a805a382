package journaltest

import (
	"fmt"
	"math"
	"sync"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
)

var chainRules = []Rule{
	{Name: "Chain", Says: "the chain is the one of journal.Seal", Check: chain},
	{Name: "Sealed", Says: "a sealed record goes in only where it was sealed", Check: sealed},
	{Name: "TimeBack", Says: "recorded instants never go back", Check: timeBack},
}

var expectRules = []Rule{
	{Name: "Expect", Says: "an expected head must be the head", Check: expect},
	{Name: "AnyHead", Says: "AnyHead appends at the end", Check: anyHead},
	{Name: "OneWinner", Says: "of 64 writers who expect the same head one wins", Check: oneWinner},
}

var keyRules = []Rule{
	{Name: "KeyFound", Says: "Find answers the record of a key", Check: keyFound},
	{Name: "KeyReused", Says: "a key goes in once, whatever the body", Check: keyReused},
	{Name: "KeyTwice", Says: "a key goes into one batch once", Check: keyTwice},
	{Name: "KeyAfterMany", Says: "a key never expires", Check: keyAfterMany},
	{Name: "KeyRace", Says: "a key that races in 64 goroutines is written once", Check: keyRace},
	{Name: "KeyOrder", Says: "a stale head is told before a reused key", Check: keyOrder},
}

var readRules = []Rule{
	{Name: "ReadFrom", Says: "a read begins where it is asked to", Check: readFrom},
	{Name: "ReadTwice", Says: "a sequence may be ranged over twice and left early", Check: readTwice},
	{Name: "ReadWhileWriting", Says: "a read while others write is a prefix without a gap", Check: readWhileWriting},
	{Name: "ReadThenCall", Says: "the store may be called from within a read", Check: readThenCall},
}

func chain(t T, rig *Rig) {
	want := fill(t, rig.Store, alpha, 3)
	require.NotEqual(t, want[0].Chain, want[1].Chain)
	holds(t, rig.Store, alpha, want)
	_, err := journal.VerifyAnchored(t.Context(), rig.Store, alpha, []journal.Head{want[1].Head(), want[2].Head()})
	require.NoError(t, err)
}

func sealed(t T, rig *Rig) {
	want := fill(t, rig.Store, alpha, 2)
	ahead, _, err := journal.Seal(alpha, want[1].Head(), []journal.Record{record(2), record(3)})
	require.NoError(t, err)
	refused(t, rig.Store, batch(alpha, journal.AnyHead, ahead[1]), journal.ErrConflict)
	other, _, err := journal.Seal(alpha, journal.Head{Seq: 2, Chain: sum("other"), Recorded: start}, []journal.Record{record(2)})
	require.NoError(t, err)
	f := refused(t, rig.Store, batch(alpha, 2, other...), journal.ErrConflict)
	require.Equal(t, journal.Seq(2), f.Seq)
	want = append(want, put(t, rig.Store, alpha, ahead...)...)
	holds(t, rig.Store, alpha, want)
}

func timeBack(t T, rig *Rig) {
	want := put(t, rig.Store, alpha, record(5))
	refused(t, rig.Store, batch(alpha, 1, record(4)), journal.ErrTimeBack)
	same := record(5)
	same.Effective = 0
	holds(t, rig.Store, alpha, append(want, put(t, rig.Store, alpha, same)...))
}

func expect(t T, rig *Rig) {
	f := refused(t, rig.Store, batch(alpha, 1, record(0)), journal.ErrConflict)
	require.Zero(t, f.Seq)
	want := fill(t, rig.Store, alpha, 3)
	for _, stale := range []journal.Seq{0, 2, 4, math.MaxInt64, math.MaxUint64 - 1} {
		f := refused(t, rig.Store, batch(alpha, stale, record(3)), journal.ErrConflict)
		require.Equal(t, journal.Seq(3), f.Seq, "the conflict tells the head")
		require.Equal(t, alpha, f.Stream)
	}
	holds(t, rig.Store, alpha, want)
}

func anyHead(t T, rig *Rig) {
	for i := range 3 {
		got, err := rig.Store.Append(t.Context(), batch(alpha, journal.AnyHead, record(i)))
		require.NoError(t, err)
		require.Equal(t, journal.Seq(i+1), got.First)
		require.Equal(t, got.Head, head(t, rig.Store, alpha))
	}
}

func oneWinner(t T, rig *Rig) {
	const rounds, writers = 8, 64
	for round := range rounds {
		expect := head(t, rig.Store, alpha).Seq
		errs := race(writers, func(int) error {
			_, err := rig.Store.Append(t.Context(), batch(alpha, expect, record(round)))
			return err
		})
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else {
				require.ErrorIs(t, err, journal.ErrConflict)
			}
		}
		require.Equal(t, 1, won, "winners of round %d", round)
	}
	require.Len(t, read(t, rig.Store, alpha, 1), rounds)
}

// race runs n calls side by side and answers their errors.
func race(n int, do func(i int) error) []error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	begin := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-begin
			errs[i] = do(i)
		})
	}
	close(begin)
	wg.Wait()
	return errs
}

func keyFound(t T, rig *Rig) {
	odd := journal.Sum{0: 0, 1: 0xff, 30: 0xff, 31: 0}
	r := record(1)
	r.Key, r.Sum = odd, sum("b")
	want := put(t, rig.Store, alpha, keyed(0, "k0", "b"), r)
	want = append(want, put(t, rig.Store, alpha, record(2), keyed(3, "k3", "b"))...)
	for _, i := range []int{0, 1, 3} {
		got, err := rig.Store.Find(t.Context(), alpha, want[i].Key)
		require.NoError(t, err)
		same(t, want[i], got)
	}
	for _, key := range []journal.Sum{{}, sum("k1"), {1: 0xff}} {
		_, err := rig.Store.Find(t.Context(), alpha, key)
		require.ErrorIs(t, err, journal.ErrNotFound)
	}
}

func keyReused(t T, rig *Rig) {
	want := put(t, rig.Store, alpha, record(0), keyed(1, "k", "body"))
	for _, body := range []string{"body", "other"} {
		f := refused(t, rig.Store, batch(alpha, 2, keyed(2, "k", body)), journal.ErrKeyReused)
		require.Equal(t, journal.Seq(2), f.Seq, "the error tells the record of the key")
		refused(t, rig.Store, batch(alpha, journal.AnyHead, keyed(2, "k", body)), journal.ErrKeyReused)
	}
	want = append(want, put(t, rig.Store, alpha, keyed(2, "k2", "body"))...)
	holds(t, rig.Store, alpha, want)
}

func keyTwice(t T, rig *Rig) {
	f := refused(t, rig.Store, batch(alpha, 0, record(0), keyed(1, "k", "b"), keyed(2, "k", "b")), journal.ErrKeyReused)
	require.Equal(t, journal.Seq(2), f.Seq)
	refused(t, rig.Store, batch(alpha, 0, keyed(1, "k", "b"), keyed(2, "k", "c")), journal.ErrKeyReused)
	holds(t, rig.Store, alpha, put(t, rig.Store, alpha, keyed(1, "k", "b"), keyed(2, "l", "b")))
}

func keyAfterMany(t T, rig *Rig) {
	const batches, size = 20, 500
	first := put(t, rig.Store, alpha, keyed(0, "first", "b"))
	for i := range batches {
		var b []journal.Record
		for j := range size {
			b = append(b, keyed(1+i, fmt.Sprintf("key %d/%d", i, j), "b"))
		}
		_, err := rig.Store.Append(t.Context(), batch(alpha, journal.AnyHead, b...))
		require.NoError(t, err)
	}
	got, err := rig.Store.Find(t.Context(), alpha, sum("first"))
	require.NoError(t, err)
	same(t, first[0], got)
	refused(t, rig.Store, batch(alpha, journal.AnyHead, keyed(100, "first", "b")), journal.ErrKeyReused)
}

func keyRace(t T, rig *Rig) {
	errs := race(64, func(i int) error {
		_, err := rig.Store.Append(t.Context(), batch(alpha, journal.AnyHead, keyed(0, "k", fmt.Sprint(i%2))))
		return err
	})
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			require.ErrorIs(t, err, journal.ErrKeyReused)
		}
	}
	require.Equal(t, 1, won, "writes of one key")
	require.Len(t, read(t, rig.Store, alpha, 1), 1)
}

func keyOrder(t T, rig *Rig) {
	put(t, rig.Store, alpha, keyed(0, "k", "b"))
	refused(t, rig.Store, batch(alpha, 0, keyed(1, "k", "b")), journal.ErrConflict)
	back := keyed(0, "k", "b")
	back.Recorded--
	refused(t, rig.Store, batch(alpha, 1, back), journal.ErrTimeBack)
}

func readFrom(t T, rig *Rig) {
	want := fill(t, rig.Store, alpha, 4)
	for _, c := range []struct {
		from  journal.Seq
		after int
	}{{0, 0}, {1, 0}, {2, 1}, {4, 3}, {5, 4}, {6, 4}, {math.MaxInt64, 4}, {math.MaxUint64, 4}} {
		same(t, want[c.after:], read(t, rig.Store, alpha, c.from))
	}
}

func readTwice(t T, rig *Rig) {
	want := fill(t, rig.Store, alpha, 4)
	all := rig.Store.Read(t.Context(), alpha, 2)
	for r, err := range all {
		require.NoError(t, err)
		require.Equal(t, want[1].Seq, r.Seq)
		break
	}
	for range 2 {
		var got []journal.Record
		for r, err := range all {
			require.NoError(t, err)
			got = append(got, r)
		}
		same(t, want[1:], got)
	}
}

func readWhileWriting(t T, rig *Rig) {
	const writes = 200
	done := make(chan error, 1)
	go func() {
		for i := range writes {
			if _, err := rig.Store.Append(t.Context(), batch(alpha, journal.AnyHead, record(i))); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	defer func() { require.NoError(t, <-done) }()
	for last := 0; last < writes; {
		known := int(head(t, rig.Store, alpha).Seq)
		n := 0
		for r, err := range rig.Store.Read(t.Context(), alpha, 1) {
			require.NoError(t, err)
			n++
			require.Equal(t, journal.Seq(n), r.Seq)
		}
		require.GreaterOrEqual(t, n, known, "a read is not older than the head before it")
		last = n
		select {
		case err := <-done:
			done <- err
			if err != nil {
				return
			}
		default:
		}
	}
}

func readThenCall(t T, rig *Rig) {
	want := fill(t, rig.Store, alpha, 3)
	n := 0
	for r, err := range rig.Store.Read(t.Context(), alpha, 1) {
		require.NoError(t, err)
		if n++; n == 1 {
			want = append(want, put(t, rig.Store, alpha, keyed(9, "k", "b"))...)
			_, err = rig.Store.Find(t.Context(), alpha, sum("k"))
			require.NoError(t, err)
		}
		require.Equal(t, journal.Seq(n), r.Seq)
		if n == len(want) {
			break
		}
	}
	require.GreaterOrEqual(t, n, 3)
	holds(t, rig.Store, alpha, want)
}
