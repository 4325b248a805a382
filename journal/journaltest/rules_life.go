package journaltest

import (
	"bytes"
	"context"
	"errors"
	"math"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
)

var limitRules = []Rule{
	{Name: "Invalid", Says: "malformed batches are refused", Check: invalid},
	{Name: "Limits", Says: "the limits are taken and one over is refused", Check: limits},
}

var snapshotRules = []Rule{
	{Name: "Snapshot", Says: "the newest snapshot that is not above the number is answered", Check: snapshot},
	{Name: "SnapshotAhead", Says: "a snapshot of a record that is not there is refused", Check: snapshotAhead},
	{Name: "SnapshotStreams", Says: "snapshots of two streams do not mix", Check: snapshotStreams},
}

var privateRules = []Rule{
	{Name: "Erase", Says: "Erase deletes the private data and nothing else, for good", Check: erase},
	{Name: "EraseMissing", Says: "Erase tells when there is no such record", Check: eraseMissing},
}

var lifeRules = []Rule{
	{Name: "Closed", Says: "after Close every method answers ErrClosed", Check: closed},
	{Name: "CloseTwice", Says: "a second Close does nothing", Check: closeTwice},
	{Name: "Reopen", Says: "records, keys, chains and erasures outlive Close", Needs: func(r *Rig) bool { return r.Reopen != nil }, Check: reopen},
}

func invalid(t T, rig *Rig) {
	bad := func(change func(r *journal.Record)) journal.Batch {
		r := keyed(0, "k", "b")
		r.Private = &journal.Private{Salt: salt}
		change(&r)
		return batch(alpha, 0, r)
	}
	for name, b := range map[string]journal.Batch{
		"no records":     batch(alpha, 0),
		"unknown digest": bad(func(r *journal.Record) { r.Alg = 9 }),
		"key alone":      bad(func(r *journal.Record) { r.Sum = journal.Sum{} }),
		"sum alone":      bad(func(r *journal.Record) { r.Key = journal.Sum{} }),
		"late":           bad(func(r *journal.Record) { r.Recorded = math.MaxInt64 }),
		"early":          bad(func(r *journal.Record) { r.Effective = math.MinInt64 }),
		"control kind":   bad(func(r *journal.Record) { r.Kind = "a\x00" }),
		"long kind":      bad(func(r *journal.Record) { r.Kind = journal.Kind(strings.Repeat("k", journal.KindMax+1)) }),
		"short salt":     bad(func(r *journal.Record) { r.Private.Salt = salt[:journal.SaltMin-1] }),
		"long salt":      bad(func(r *journal.Record) { r.Private.Salt = make([]byte, journal.SaltMax+1) }),
		"other private":  bad(func(r *journal.Record) { r.PrivateSum = sum("x") }),
	} {
		_, err := rig.Store.Append(t.Context(), b)
		require.ErrorIs(t, err, journal.ErrInvalid, name)
	}
	for _, name := range []string{"", "a\n", "a\x00b", "a\xff", strings.Repeat("s", journal.StreamMax+1)} {
		_, err := rig.Store.Append(t.Context(), batch(name, 0, record(0)))
		require.ErrorIs(t, err, journal.ErrInvalid, "stream %q", name)
	}
	holds(t, rig.Store, alpha, nil)
}

func limits(t T, rig *Rig) {
	big := record(0)
	big.Body = bytes.Repeat([]byte("b"), journal.BodyMax)
	big.Kind = journal.Kind(strings.Repeat("k", journal.KindMax))
	over := big
	over.Body = append(bytes.Clone(big.Body), 'b')
	refused(t, rig.Store, batch(alpha, 0, over), journal.ErrTooLarge)
	refused(t, rig.Store, batch(alpha, 0, big, big, record(0)), journal.ErrTooLarge)
	secret := record(0)
	secret.Private = &journal.Private{Salt: salt, Data: make([]byte, journal.PrivateMax+1)}
	refused(t, rig.Store, batch(alpha, 0, secret), journal.ErrTooLarge)
	refused(t, rig.Store, batch(alpha, 0, make([]journal.Record, journal.BatchMax+1)...), journal.ErrTooLarge)

	secret.Private.Data = secret.Private.Data[1:]
	holds(t, rig.Store, alpha, put(t, rig.Store, alpha, big, secret))
	name := strings.Repeat("麻", journal.StreamMax/3)
	most := make([]journal.Record, journal.BatchMax)
	for i := range most {
		most[i] = record(i)
	}
	holds(t, rig.Store, name, put(t, rig.Store, name, most...))
}

func snapshot(t T, rig *Rig) {
	want := fill(t, rig.Store, alpha, 6)
	load := func(atMost journal.Seq) string {
		s, err := rig.Store.LoadSnapshot(t.Context(), alpha, atMost)
		if errors.Is(err, journal.ErrNotFound) {
			return ""
		}
		require.NoError(t, err)
		require.Equal(t, alpha, s.Stream)
		require.Equal(t, want[s.Head.Seq-1].Head(), s.Head)
		return string(s.Data)
	}
	require.Empty(t, load(math.MaxUint64))
	save := func(i int, data string) {
		require.NoError(t, rig.Store.SaveSnapshot(t.Context(), journal.Snapshot{Stream: alpha, Head: want[i-1].Head(), Data: []byte(data)}))
	}
	save(4, "four")
	save(2, "two")
	save(5, "five")
	require.Equal(t, []string{"", "", "four", "five", "five"}, []string{load(0), load(1), load(4), load(6), load(math.MaxUint64)})
	// An older snapshot may have been dropped, but never a newer one answered.
	require.Contains(t, []string{"", "two"}, load(3))
	save(5, "five again\x00\xff")
	require.Equal(t, "five again\x00\xff", load(5))
	holds(t, rig.Store, alpha, want)
}

func snapshotAhead(t T, rig *Rig) {
	want := fill(t, rig.Store, alpha, 2)
	for _, seq := range []journal.Seq{0, 3, math.MaxUint64} {
		err := rig.Store.SaveSnapshot(t.Context(), journal.Snapshot{Stream: alpha, Head: journal.Head{Seq: seq}})
		require.ErrorIs(t, err, journal.ErrInvalid)
	}
	err := rig.Store.SaveSnapshot(t.Context(), journal.Snapshot{Stream: beta, Head: want[0].Head()})
	require.ErrorIs(t, err, journal.ErrInvalid, "the stream is empty")
}

func snapshotStreams(t T, rig *Rig) {
	a := fill(t, rig.Store, alpha, 2)
	fill(t, rig.Store, beta, 2)
	require.NoError(t, rig.Store.SaveSnapshot(t.Context(), journal.Snapshot{Stream: alpha, Head: a[1].Head(), Data: []byte("a")}))
	_, err := rig.Store.LoadSnapshot(t.Context(), beta, math.MaxUint64)
	require.ErrorIs(t, err, journal.ErrNotFound)
}

// withSecrets puts three records with private data and erases the middle one.
func withSecrets(t T, s journal.Store) []journal.Record {
	t.Helper()
	var want []journal.Record
	for i, name := range []string{"Chen", "Huang", "Li"} {
		r := keyed(i, name, "b")
		r.Private = &journal.Private{Salt: salt, Data: []byte(name)}
		want = append(want, put(t, s, alpha, r)...)
	}
	want = append(want, put(t, s, alpha, record(3))...)
	require.NoError(t, s.Erase(t.Context(), alpha, 2))
	want[1].Private = nil
	return want
}

func erase(t T, rig *Rig) {
	want := withSecrets(t, rig.Store)
	holds(t, rig.Store, alpha, want)
	got, err := rig.Store.Find(t.Context(), alpha, want[1].Key)
	require.NoError(t, err)
	same(t, want[1], got)
	require.NoError(t, rig.Store.Erase(t.Context(), alpha, 2), "erasing twice")
	require.NoError(t, rig.Store.Erase(t.Context(), alpha, 4), "nothing to erase")
	holds(t, rig.Store, alpha, want)
	holds(t, rig.Store, beta, put(t, rig.Store, beta, record(0)))
	want = append(want, put(t, rig.Store, alpha, record(4))...)
	holds(t, rig.Store, alpha, want)
}

func eraseMissing(t T, rig *Rig) {
	fill(t, rig.Store, alpha, 2)
	for _, seq := range []journal.Seq{0, 3, math.MaxUint64} {
		require.ErrorIs(t, rig.Store.Erase(t.Context(), alpha, seq), journal.ErrNotFound)
	}
}

func closed(t T, rig *Rig) {
	want := fill(t, rig.Store, alpha, 1)
	require.NoError(t, rig.Store.Close())
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // ErrClosed is told first
	_, err := rig.Store.Append(ctx, batch("", 0))
	require.ErrorIs(t, err, journal.ErrClosed)
	_, err = rig.Store.Head(ctx, alpha)
	require.ErrorIs(t, err, journal.ErrClosed)
	_, err = rig.Store.Find(ctx, alpha, sum("k"))
	require.ErrorIs(t, err, journal.ErrClosed)
	_, err = rig.Store.LoadSnapshot(ctx, alpha, 1)
	require.ErrorIs(t, err, journal.ErrClosed)
	require.ErrorIs(t, rig.Store.SaveSnapshot(ctx, journal.Snapshot{Stream: alpha, Head: want[0].Head()}), journal.ErrClosed)
	require.ErrorIs(t, rig.Store.Erase(ctx, alpha, 1), journal.ErrClosed)
	n := 0
	for _, err := range rig.Store.Read(t.Context(), alpha, 1) {
		require.ErrorIs(t, err, journal.ErrClosed)
		n++
	}
	require.Equal(t, 1, n)
}

func closeTwice(t T, rig *Rig) {
	require.NoError(t, rig.Store.Close())
	require.NoError(t, rig.Store.Close())
}

// next puts another opening of the same data into the rig.
func (rig *Rig) next(t T, open func() (journal.Store, error)) journal.Store {
	t.Helper()
	s, err := open()
	require.NoError(t, err, "open again")
	t.Cleanup(func() { _ = s.Close() })
	rig.Store = s
	return s
}

func reopen(t T, rig *Rig) {
	want := withSecrets(t, rig.Store)
	require.NoError(t, rig.Store.Close())
	s := rig.next(t, rig.Reopen)
	holds(t, s, alpha, want)
	refused(t, s, batch(alpha, 4, keyed(4, "Chen", "b")), journal.ErrKeyReused)
	got, err := s.Find(t.Context(), alpha, want[2].Key)
	require.NoError(t, err)
	same(t, want[2], got)
	holds(t, s, alpha, append(want, put(t, s, alpha, record(4))...))
}
