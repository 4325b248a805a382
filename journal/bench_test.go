package journal_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
)

// slow is a store with the latency of a device flush.
type slow struct {
	journal.Store
	wait time.Duration
}

func (s slow) Append(ctx context.Context, b journal.Batch) (journal.Receipt, error) {
	time.Sleep(s.wait)
	return s.Store.Append(ctx, b)
}

// naiveHost appends every command by itself under one lock.
type naiveHost struct {
	lock  chan struct{} // holds one token while nobody works
	m     *till
	store journal.Store
}

func newNaiveHost(store journal.Store) *naiveHost {
	h := &naiveHost{lock: make(chan struct{}, 1), m: newTill(), store: store}
	h.lock <- struct{}{}
	return h
}

func (h *naiveHost) Do(ctx context.Context, at time.Time, c move) error {
	<-h.lock
	defer func() { h.lock <- struct{}{} }()
	out, err := h.m.Decide(at, c)
	if err != nil {
		return err
	}
	body := []byte(`{"format":1,"entries":[`)
	for i, e := range out.Entries {
		if i > 0 {
			body = append(body, ',')
		}
		data, err := tillJSON(e)
		if err != nil {
			return err
		}
		body = append(body, data...)
	}
	now := journal.Instant(at.UnixMilli())
	_, err = h.store.Append(ctx, journal.Batch{Stream: "majiang/till", Expect: journal.AnyHead, Records: []journal.Record{{
		Kind: "till/move", Recorded: now, Effective: now, Body: append(body, "]}"...),
	}}})
	for _, e := range out.Entries {
		if err == nil {
			err = h.m.Apply(e)
		}
	}
	return err
}

func perSecond(b *testing.B, n int) {
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

func BenchmarkDo(b *testing.B) {
	for name, key := range map[string]bool{"unkeyed": false, "keyed": true} {
		b.Run(name, func(b *testing.B) {
			h := open(b, config(journal.NewMemory()))
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				c := move{Add: 2}
				if i++; key {
					c.Key = fmt.Sprint(i)
				}
				if _, err := h.Do(b.Context(), day, c); err != nil {
					b.Fatal(err)
				}
			}
			perSecond(b, 1)
		})
	}
	b.Run("naive", func(b *testing.B) {
		h := newNaiveHost(journal.NewMemory())
		b.ReportAllocs()
		for b.Loop() {
			if err := h.Do(b.Context(), day, move{Add: 2}); err != nil {
				b.Fatal(err)
			}
		}
		perSecond(b, 1)
	})
}

// many runs n commands from each of 64 callers.
func many(n int, do func() error) error {
	var wg sync.WaitGroup
	errs := make(chan error, 64)
	for range 64 {
		wg.Go(func() {
			for range n {
				if err := do(); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	wg.Wait()
	close(errs)
	return <-errs
}

// BenchmarkDo64 has 64 callers with one command each on a store that takes a
// millisecond for an append.
func BenchmarkDo64(b *testing.B) {
	b.Run("group", func(b *testing.B) {
		h := open(b, config(slow{journal.NewMemory(), time.Millisecond}))
		for b.Loop() {
			require.NoError(b, many(4, func() error { _, err := h.Do(b.Context(), day, move{Add: 2}); return err }))
		}
		perSecond(b, 256)
	})
	b.Run("naive", func(b *testing.B) {
		h := newNaiveHost(slow{journal.NewMemory(), time.Millisecond})
		for b.Loop() {
			require.NoError(b, many(4, func() error { return h.Do(b.Context(), day, move{Add: 2}) }))
		}
		perSecond(b, 256)
	})
}

// TestGroupRatio holds the gain of group commit in the store's own time: 64
// callers on a slow store are at least ten times as fast as one append per
// command.
func TestGroupRatio(t *testing.T) {
	const n = 4
	synctest.Test(t, func(t *testing.T) {
		run := func(do func() error) time.Duration {
			begin := time.Now()
			require.NoError(t, many(n, do))
			return time.Since(begin)
		}
		h := open(t, config(slow{journal.NewMemory(), time.Millisecond}))
		group := run(func() error { _, err := h.Do(t.Context(), day, move{Add: 2}); return err })
		naive := newNaiveHost(slow{journal.NewMemory(), time.Millisecond})
		alone := run(func() error { return naive.Do(t.Context(), day, move{Add: 2}) })
		t.Logf("group %v, alone %v, ratio %.0f", group, alone, float64(alone)/float64(group))
		require.GreaterOrEqual(t, alone, 10*group)
	})
}

// written is a stream of n moves.
func written(b testing.TB, n int) *journal.Memory {
	store := journal.NewMemory()
	h := open(b, config(store))
	for i := range n {
		_, err := h.Do(b.Context(), day.Add(time.Duration(i)*time.Millisecond), move{Key: fmt.Sprint(i), Add: 2, Tag: i})
		require.NoError(b, err)
	}
	return store
}

func BenchmarkReplay(b *testing.B) {
	const n = 20_000
	store := written(b, n)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			open(b, config(store))
		}
		perSecond(b, n)
	})
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			_, err := journal.Verify(b.Context(), store, "majiang/till")
			require.NoError(b, err)
		}
		perSecond(b, n)
	})
	b.Run("naive", func(b *testing.B) { // encoding/json for the envelope too, no chain
		for b.Loop() {
			m := newTill()
			for r, err := range store.Read(b.Context(), "majiang/till", 1) {
				require.NoError(b, err)
				for _, e := range entriesOf(b, r) {
					require.NoError(b, m.Apply(e))
				}
			}
		}
		perSecond(b, n)
	})
}

func BenchmarkSeal(b *testing.B) {
	records := make([]journal.Record, 1000)
	for i := range records {
		records[i] = journal.Record{Body: make([]byte, 256)}
	}
	for b.Loop() {
		if _, _, err := journal.Seal("majiang/till", journal.Head{}, records); err != nil {
			b.Fatal(err)
		}
	}
	perSecond(b, len(records))
}
