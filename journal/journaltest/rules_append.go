package journaltest

import (
	"bytes"
	"context"
	"fmt"
	"sync"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
)

var appendRules = []Rule{
	{Name: "EmptyHead", Says: "a stream that does not exist reads as empty", Check: emptyHead},
	{Name: "ReadBack", Says: "every field comes back byte for byte", Check: readBack},
	{Name: "ZeroBody", Says: "a body may be empty", Check: zeroBody},
	{Name: "Dense", Says: "numbers are dense from 1", Check: dense},
	{Name: "Atomic", Says: "a batch is written as a whole or not at all", Check: atomic},
	{Name: "AtomicReaders", Says: "no reader sees half a batch", Check: atomicReaders},
	{Name: "Streams", Says: "two streams do not mix", Check: streams},
	{Name: "CopiesIn", Says: "the caller's memory is not kept", Check: copiesIn},
	{Name: "CopiesOut", Says: "the store's memory is not given away", Check: copiesOut},
	{Name: "Context", Says: "a context that is done is answered, and nothing is written", Check: contexts},
}

func emptyHead(t T, rig *Rig) {
	holds(t, rig.Store, alpha, nil)
	require.Empty(t, read(t, rig.Store, alpha, 7))
	_, err := rig.Store.Find(t.Context(), alpha, sum("none"))
	require.ErrorIs(t, err, journal.ErrNotFound)
	require.ErrorIs(t, rig.Store.Erase(t.Context(), alpha, 1), journal.ErrNotFound)
}

func readBack(t T, rig *Rig) {
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	full := keyed(0, "key \x00\xff", "body")
	full.Body = every
	full.Effective = -62135596800000
	full.Private = &journal.Private{Salt: bytes.Repeat([]byte{0, 0xff}, journal.SaltMax/2), Data: every}
	odd := record(1)
	odd.Kind = ""
	odd.Effective = 253402300799999
	want := put(t, rig.Store, alpha, full, odd)
	want = append(want, put(t, rig.Store, alpha, record(2))...)
	holds(t, rig.Store, alpha, want)
	got, err := rig.Store.Find(t.Context(), alpha, full.Key)
	require.NoError(t, err)
	same(t, want[0], got)
}

func zeroBody(t T, rig *Rig) {
	r := record(0)
	r.Body = nil
	holds(t, rig.Store, alpha, put(t, rig.Store, alpha, r))
}

func dense(t T, rig *Rig) {
	want := fill(t, rig.Store, alpha, 3)
	want = append(want, put(t, rig.Store, alpha, record(3), record(4), record(5))...)
	holds(t, rig.Store, alpha, want)
	for i, r := range read(t, rig.Store, alpha, 0) {
		require.Equal(t, journal.Seq(i+1), r.Seq)
	}
}

func atomic(t T, rig *Rig) {
	want := put(t, rig.Store, alpha, keyed(0, "k0", "b"))
	back := record(2)
	back.Recorded = start - 1
	refused(t, rig.Store, batch(alpha, 1, record(1), back), journal.ErrTimeBack)
	refused(t, rig.Store, batch(alpha, 1, record(1), keyed(2, "k0", "b")), journal.ErrKeyReused)
	bad := record(2)
	bad.Kind = "\n"
	refused(t, rig.Store, batch(alpha, 1, record(1), bad), journal.ErrInvalid)
	holds(t, rig.Store, alpha, want)
}

func atomicReaders(t T, rig *Rig) {
	const batches, size = 40, 5
	var wg sync.WaitGroup
	stop := make(chan struct{})
	odd := make(chan string, 2)
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			if h, err := rig.Store.Head(t.Context(), alpha); err != nil || h.Seq%size != 0 {
				odd <- fmt.Sprintf("head %d, %v", h.Seq, err)
				return
			}
			n := 0
			for _, err := range rig.Store.Read(t.Context(), alpha, 1) {
				if err != nil {
					odd <- err.Error()
					return
				}
				n++
			}
			if n%size != 0 {
				odd <- fmt.Sprintf("read %d records", n)
				return
			}
		}
	})
	var err error
	for i := range batches {
		var b []journal.Record
		for j := range size {
			b = append(b, record(i*size+j))
		}
		if _, err = rig.Store.Append(t.Context(), batch(alpha, journal.AnyHead, b...)); err != nil {
			break
		}
	}
	close(stop)
	wg.Wait()
	require.NoError(t, err)
	require.Empty(t, odd, "half a batch was seen")
}

func streams(t T, rig *Rig) {
	a := put(t, rig.Store, alpha, keyed(0, "same", "a"))
	b := put(t, rig.Store, beta, keyed(0, "same", "b"), record(1))
	require.NotEqual(t, a[0].Chain, b[0].Chain)
	a = append(a, put(t, rig.Store, alpha, record(1))...)
	holds(t, rig.Store, alpha, a)
	holds(t, rig.Store, beta, b)
	got, err := rig.Store.Find(t.Context(), beta, sum("same"))
	require.NoError(t, err)
	same(t, b[0], got)
	_, err = rig.Store.Find(t.Context(), alpha+"/", sum("same"))
	require.ErrorIs(t, err, journal.ErrNotFound)
}

func copiesIn(t T, rig *Rig) {
	r := record(0)
	r.Private = &journal.Private{Salt: bytes.Clone(salt), Data: []byte("name")}
	given := []journal.Record{r.Clone()}
	want := put(t, rig.Store, alpha, given...)
	want[0] = want[0].Clone()
	given[0].Body[0], given[0].Private.Data[0], given[0].Private.Salt[0] = '!', '!', '!'
	given[0].Kind = "other"
	holds(t, rig.Store, alpha, want)
	data := []byte("state")
	require.NoError(t, rig.Store.SaveSnapshot(t.Context(), journal.Snapshot{Stream: alpha, Head: want[0].Head(), Data: data}))
	data[0] = '!'
	snap, err := rig.Store.LoadSnapshot(t.Context(), alpha, 1)
	require.NoError(t, err)
	require.Equal(t, "state", string(snap.Data))
}

func copiesOut(t T, rig *Rig) {
	r := keyed(0, "k", "b")
	r.Private = &journal.Private{Salt: salt, Data: []byte("name")}
	want := put(t, rig.Store, alpha, r.Clone())
	require.NoError(t, rig.Store.SaveSnapshot(t.Context(), journal.Snapshot{Stream: alpha, Head: want[0].Head(), Data: []byte("state")}))
	for range 2 {
		got := read(t, rig.Store, alpha, 1)[0]
		same(t, want[0], got)
		got.Body[0], got.Private.Data[0], got.Private.Salt[0] = '!', '!', '!'
		got, err := rig.Store.Find(t.Context(), alpha, r.Key)
		require.NoError(t, err)
		same(t, want[0], got)
		got.Body[0], got.Private.Data[0] = '!', '!'
		snap, err := rig.Store.LoadSnapshot(t.Context(), alpha, 1)
		require.NoError(t, err)
		require.Equal(t, "state", string(snap.Data))
		snap.Data[0] = '!'
	}
}

func contexts(t T, rig *Rig) {
	want := fill(t, rig.Store, alpha, 2)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := rig.Store.Append(ctx, batch(alpha, 2, record(2)))
	require.ErrorIs(t, err, context.Canceled)
	_, err = rig.Store.Head(ctx, alpha)
	require.ErrorIs(t, err, context.Canceled)
	_, err = rig.Store.Find(ctx, alpha, sum("k"))
	require.ErrorIs(t, err, context.Canceled)
	_, err = rig.Store.LoadSnapshot(ctx, alpha, 1)
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, rig.Store.SaveSnapshot(ctx, journal.Snapshot{Stream: alpha, Head: want[0].Head()}), context.Canceled)
	require.ErrorIs(t, rig.Store.Erase(ctx, alpha, 1), context.Canceled)
	n := 0
	for r, err := range rig.Store.Read(ctx, alpha, 1) {
		require.ErrorIs(t, err, context.Canceled)
		require.Zero(t, r.Seq, "an error comes with a zero record")
		n++
	}
	require.Equal(t, 1, n, "an error is yielded once")
	holds(t, rig.Store, alpha, want)
}
