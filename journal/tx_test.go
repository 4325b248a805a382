package journal_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/journal"
)

// ledgerTx is a transaction of a host's own database: the batches it will write.
type ledgerTx struct{ batches []journal.Batch }

// ledgerDB is a database that holds journal streams and can write them together
// with other things.
type ledgerDB struct{ *sick }

var _ journal.TxStore[*ledgerTx] = ledgerDB{}

func (db ledgerDB) AppendTx(ctx context.Context, tx *ledgerTx, b journal.Batch) (journal.Receipt, error) {
	if err := b.Check(); err != nil {
		return journal.Receipt{}, err
	}
	before, err := db.Head(ctx, b.Stream)
	if err != nil {
		return journal.Receipt{}, err
	}
	if b.Expect != journal.AnyHead && b.Expect != before.Seq {
		return journal.Receipt{}, &journal.Fault{Err: journal.ErrConflict, Seq: before.Seq}
	}
	sealed, head, err := journal.Seal(b.Stream, before, b.Records)
	if err != nil {
		return journal.Receipt{}, err
	}
	b.Records = sealed
	tx.batches = append(tx.batches, b)
	return journal.Receipt{First: before.Seq + 1, Last: head.Seq, Head: head}, nil
}

func (db ledgerDB) commit(ctx context.Context, tx *ledgerTx) error {
	for _, b := range tx.batches {
		if _, err := db.Append(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

func TestDoTx(t *testing.T) {
	db := ledgerDB{&sick{Store: journal.NewMemory()}}
	h := open(t, config(db))
	do := func(c move) (*ledgerTx, outcome, func(bool), error) {
		tx := &ledgerTx{}
		out, done, err := h.DoTx(t.Context(), day, c, func(ctx context.Context, b journal.Batch) (journal.Receipt, error) {
			return db.AppendTx(ctx, tx, b)
		})
		require.NotNil(t, done)
		return tx, out, done, err
	}
	tx, first, done, err := do(move{Key: "a", Add: 7})
	require.NoError(t, err)
	require.NoError(t, db.commit(t.Context(), tx))
	done(true)
	done(false) // too late
	require.EqualValues(t, 7, total(t, h))

	_, out, done, err := do(move{Key: "b", Add: 2})
	require.NoError(t, err)
	require.Equal(t, journal.Seq(2), out.Record)
	done(false) // rolled back
	require.EqualValues(t, 7, total(t, h))

	tx, _, done, err = do(move{Key: "c", Add: 4})
	require.NoError(t, err)
	require.NoError(t, db.commit(t.Context(), tx))
	done(false) // in doubt; the stream knows better
	require.EqualValues(t, 11, total(t, h))

	tx, out, done, err = do(move{Key: "a", Add: 7})
	require.NoError(t, err)
	first.Replayed = true
	require.Equal(t, first, out)
	require.Empty(t, tx.batches)
	done(true)

	tx, out, done, err = do(move{Add: -100})
	require.NoError(t, err)
	require.Equal(t, "short", out.Refusal)
	require.Empty(t, tx.batches)
	done(true)

	_, _, done, err = do(move{})
	require.ErrorIs(t, err, errMalformed)
	done(true)

	broken := errors.New("cannot begin")
	_, done, err = h.DoTx(t.Context(), day, move{Add: 2}, func(context.Context, journal.Batch) (journal.Receipt, error) {
		return journal.Receipt{}, broken
	})
	require.ErrorIs(t, err, broken)
	done(true)

	require.EqualValues(t, 11, total(t, h))
	steal(t.Context(), db.Store, "majiang/till")
	_, _, _, err = do(move{Add: 2})
	require.ErrorIs(t, err, journal.ErrConflict, "not retried")
	tx, _, done, err = do(move{Add: 2})
	require.NoError(t, err)
	require.NoError(t, db.commit(t.Context(), tx))
	done(true)
	require.EqualValues(t, 13, total(t, h))
	require.EqualValues(t, 13, total(t, open(t, config(db))))
	require.NoError(t, h.Close(t.Context()))
	_, _, _, err = do(move{Add: 2})
	require.ErrorIs(t, err, journal.ErrClosed)
}

// A done(true) for a transaction that did not commit is found out by the next
// write.
func TestDoTxLies(t *testing.T) {
	db := ledgerDB{&sick{Store: journal.NewMemory()}}
	h := open(t, config(db))
	_, done, err := h.DoTx(t.Context(), day, move{Add: 2}, func(ctx context.Context, b journal.Batch) (journal.Receipt, error) {
		return db.AppendTx(ctx, &ledgerTx{}, b)
	})
	require.NoError(t, err)
	done(true)
	_, err = h.Do(t.Context(), day, move{Add: 4})
	require.ErrorIs(t, err, journal.ErrCorrupt, "a record that was called committed is not there")
}

func TestDoTxHoldsTheWriter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := ledgerDB{&sick{Store: journal.NewMemory()}}
		h := open(t, config(db))
		tx := &ledgerTx{}
		_, done, err := h.DoTx(t.Context(), day, move{Add: 2}, func(ctx context.Context, b journal.Batch) (journal.Receipt, error) {
			return db.AppendTx(ctx, tx, b)
		})
		require.NoError(t, err)
		next := start(t.Context(), h, move{Add: 4})
		seen := make(chan int64, 1)
		go func() { _ = h.View(t.Context(), func(m *till) { seen <- m.total }) }()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		impatient := start(ctx, h, move{Add: 8})
		r := <-impatient
		require.ErrorIs(t, r.err, context.DeadlineExceeded)
		require.False(t, ended(next))
		require.Empty(t, seen)
		require.NoError(t, db.commit(t.Context(), tx))
		done(true)
		require.NoError(t, (<-next).err)
		require.Contains(t, []int64{2, 6}, <-seen)
		require.EqualValues(t, 6, total(t, h))
	})
}

// Transactions among other commands, some rolled back, some in doubt.
func TestDoTxModel(t *testing.T) { rapid.Check(t, txModel) }

func FuzzDoTx(f *testing.F) { f.Fuzz(rapid.MakeFuzz(txModel)) }

func txModel(t *rapid.T) {
	ctx := context.Background()
	db := ledgerDB{&sick{Store: journal.NewMemory()}}
	h, err := journal.Open(ctx, config(db))
	require.NoError(t, err)
	var want int64
	var mu sync.Mutex
	steps := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) [3]int {
		return [3]int{rapid.IntRange(0, 3).Draw(t, "kind"), rapid.IntRange(1, 9).Draw(t, "add"), rapid.IntRange(0, 1).Draw(t, "known")}
	}), 1, 12).Draw(t, "steps")
	var wg sync.WaitGroup
	for _, s := range steps {
		wg.Go(func() {
			c := move{Add: int64(s[1])}
			if s[0] == 0 {
				if _, err := h.Do(ctx, day, c); err == nil {
					mu.Lock()
					want += c.Add
					mu.Unlock()
				}
				return
			}
			tx := &ledgerTx{}
			_, done, err := h.DoTx(ctx, day, c, func(ctx context.Context, b journal.Batch) (journal.Receipt, error) {
				return db.AppendTx(ctx, tx, b)
			})
			defer done(false)
			if err != nil || s[0] == 1 {
				return
			}
			if db.commit(ctx, tx) == nil {
				mu.Lock()
				want += c.Add
				mu.Unlock()
				done(s[2] == 1)
			}
		})
	}
	wg.Wait()
	var got int64
	require.NoError(t, h.View(ctx, func(m *till) { got = m.total }))
	require.Equal(t, want, got)
	_, err = journal.Verify(ctx, db, "majiang/till")
	require.NoError(t, err)
}
