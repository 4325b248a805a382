package journaltest_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/journal/journaltest"
)

// TestVault runs every rule, those with hooks as well, on an honest store.
func TestVault(t *testing.T) {
	journaltest.Run(t, func(journaltest.T) *journaltest.Rig { return rig(lie{}) })
}

// witness is a T that only remembers what it was told.
type witness struct {
	mu     sync.Mutex
	failed string
	after  []func()
}

func (w *witness) Helper()                  {}
func (w *witness) Context() context.Context { return context.Background() }
func (w *witness) Cleanup(f func())         { w.after = append(w.after, f) }
func (w *witness) FailNow()                 { runtime.Goexit() }
func (w *witness) Errorf(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failed == "" {
		w.failed = fmt.Sprintf(format, args...)
	}
}

// caught is why a rule failed on a store that lies, or "".
func caught(rule journaltest.Rule, l lie) string {
	w := &witness{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				w.Errorf("panic: %v", p)
			}
		}()
		rule.Check(w, rig(l))
	}()
	<-done
	for _, f := range w.after {
		f()
	}
	return w.failed
}

// TestSuiteCatches proves that each rule fails on a store that breaks it, and
// that no rule is left that nothing was shown to break.
func TestSuiteCatches(t *testing.T) {
	shown := map[string]bool{}
	rules := map[string]journaltest.Rule{}
	for _, rule := range journaltest.Rules() {
		rules[rule.Name] = rule
		require.NotEmpty(t, rule.Says, rule.Name)
		require.Empty(t, caught(rule, lie{}), rule.Name)
	}
	for rule, l := range lies {
		t.Run(rule, func(t *testing.T) {
			require.Contains(t, rules, rule)
			require.NotEmpty(t, caught(rules[rule], l), "the lie was believed")
		})
		shown[rule] = true
	}
	for name := range rules {
		require.True(t, shown[name], "no lie breaks rule %s", name)
	}
}

type appendLie = func(v *vault, ctx context.Context, b journal.Batch, honest func(journal.Batch) (journal.Receipt, error)) (journal.Receipt, error)

// onAppend changes the batch before it is written.
func onAppend(change func(v *vault, b *journal.Batch)) appendLie {
	return func(v *vault, _ context.Context, b journal.Batch, honest func(journal.Batch) (journal.Receipt, error)) (journal.Receipt, error) {
		b.Records = slices.Clone(b.Records)
		change(v, &b)
		return honest(b)
	}
}

// swallow answers success for one refusal.
func swallow(err error) appendLie {
	return func(_ *vault, _ context.Context, b journal.Batch, honest func(journal.Batch) (journal.Receipt, error)) (journal.Receipt, error) {
		r, got := honest(b)
		if errors.Is(got, err) {
			return r, nil
		}
		return r, got
	}
}

// oneByOne writes a batch record by record.
func oneByOne(_ *vault, _ context.Context, b journal.Batch, honest func(journal.Batch) (journal.Receipt, error)) (r journal.Receipt, err error) {
	first := journal.Seq(0)
	for i := range b.Records {
		one := b
		one.Records = b.Records[i : i+1]
		if r, err = honest(one); err != nil {
			return r, err
		}
		if first == 0 {
			first = r.First
		}
		if b.Expect != journal.AnyHead {
			b.Expect++
		}
		for range 50 {
			runtime.Gosched()
		}
	}
	r.First = first
	return r, nil
}

func rename(err, as error) appendLie {
	return func(_ *vault, _ context.Context, b journal.Batch, honest func(journal.Batch) (journal.Receipt, error)) (journal.Receipt, error) {
		r, got := honest(b)
		if errors.Is(got, err) {
			return r, &journal.Fault{Err: as}
		}
		return r, got
	}
}

// staleWins takes a stale expectation now and then, so that two writers win.
func staleWins(_ *vault, _ context.Context, b journal.Batch, honest func(journal.Batch) (journal.Receipt, error)) (journal.Receipt, error) {
	b.Expect = journal.AnyHead
	return honest(b)
}

// freshKey makes a key that comes again a new one.
var freshKey = onAppend(func(v *vault, b *journal.Batch) {
	seen := map[journal.Sum]bool{}
	for i := range b.Records {
		r := &b.Records[i]
		if _, err := v.Memory.Find(context.Background(), b.Stream, r.Key); (err == nil || seen[r.Key]) && r.Key != (journal.Sum{}) {
			r.Key[0]++
		}
		seen[r.Key] = true
	}
})

// lies has one broken store per rule.
var lies = map[string]lie{
	"EmptyHead": {find: func(*vault, context.Context, string, journal.Sum) (journal.Record, error) {
		return journal.Record{}, nil
	}},
	"ReadBack":      {record: func(_ *vault, r journal.Record) journal.Record { r.Kind = journal.Kind(string(r.Kind) + "x"); return r }},
	"ZeroBody":      {record: func(_ *vault, r journal.Record) journal.Record { r.Body = []byte("{}"); return r }},
	"Dense":         {record: func(_ *vault, r journal.Record) journal.Record { r.Seq *= 2; return r }},
	"Atomic":        {append: oneByOne},
	"AtomicReaders": {append: oneByOne},
	"Streams": {find: func(v *vault, ctx context.Context, stream string, key journal.Sum) (journal.Record, error) {
		return v.Memory.Find(ctx, "majiang/alpha", key)
	}},
	"CopiesIn": {append: func() appendLie {
		var kept []journal.Record
		return func(v *vault, _ context.Context, b journal.Batch, honest func(journal.Batch) (journal.Receipt, error)) (journal.Receipt, error) {
			kept = b.Records
			v.lie.record = func(_ *vault, r journal.Record) journal.Record { r.Body = kept[0].Body; return r }
			return honest(b)
		}
	}()},
	"CopiesOut": {record: func() func(*vault, journal.Record) journal.Record {
		var kept *journal.Record
		return func(_ *vault, r journal.Record) journal.Record {
			if kept == nil {
				kept = &r
			}
			return *kept
		}
	}()},
	"Context": {append: func(v *vault, _ context.Context, b journal.Batch, _ func(journal.Batch) (journal.Receipt, error)) (journal.Receipt, error) {
		return v.appendHonest(context.Background(), b)
	}},
	"Chain":    {record: func(_ *vault, r journal.Record) journal.Record { r.Chain = journal.Sum{1}; return r }},
	"Sealed":   {append: onAppend(func(_ *vault, b *journal.Batch) { b.Records[0].Chain, b.Records[0].Seq = journal.Sum{}, 0 })},
	"TimeBack": {append: swallow(journal.ErrTimeBack)},
	"Expect":   {append: swallow(journal.ErrConflict)},
	"AnyHead": {append: func(_ *vault, _ context.Context, b journal.Batch, honest func(journal.Batch) (journal.Receipt, error)) (journal.Receipt, error) {
		if b.Expect == journal.AnyHead {
			b.Expect = 0
		}
		return honest(b)
	}},
	"OneWinner": {append: staleWins},
	"KeyFound": {find: func(v *vault, ctx context.Context, stream string, _ journal.Sum) (journal.Record, error) {
		return first(v, ctx, stream)
	}},
	"KeyReused": {append: swallow(journal.ErrKeyReused)},
	"KeyTwice":  {append: freshKey},
	"KeyAfterMany": {find: func(v *vault, ctx context.Context, stream string, key journal.Sum) (journal.Record, error) {
		r, err := v.Memory.Find(ctx, stream, key)
		if h, _ := v.Memory.Head(ctx, stream); err == nil && r.Seq+5000 < h.Seq {
			return journal.Record{}, &journal.Fault{Err: journal.ErrNotFound}
		}
		return r, err
	}},
	"KeyRace":  {append: freshKey},
	"KeyOrder": {append: rename(journal.ErrConflict, journal.ErrKeyReused)},
	"ReadFrom": {read: func(v *vault, from journal.Seq, honest iter.Seq2[journal.Record, error]) iter.Seq2[journal.Record, error] {
		if from == math.MaxUint64 {
			return v.Read(context.Background(), "majiang/alpha", 1)
		}
		return honest
	}},
	"ReadTwice": {read: func(_ *vault, _ journal.Seq, honest iter.Seq2[journal.Record, error]) iter.Seq2[journal.Record, error] {
		used := false
		return func(yield func(journal.Record, error) bool) {
			if !used {
				used = true
				honest(yield)
			}
		}
	}},
	"ReadWhileWriting": {read: func(_ *vault, from journal.Seq, honest iter.Seq2[journal.Record, error]) iter.Seq2[journal.Record, error] {
		return func(yield func(journal.Record, error) bool) {
			var all []journal.Record
			for r := range honest {
				all = append(all, r)
			}
			for _, r := range all[:max(0, len(all)-1)] { // always one behind
				if !yield(r, nil) {
					return
				}
			}
		}
	}},
	"ReadThenCall": {append: func() appendLie {
		return func(_ *vault, _ context.Context, b journal.Batch, honest func(journal.Batch) (journal.Receipt, error)) (journal.Receipt, error) {
			if b.Records[0].Key != (journal.Sum{}) {
				return journal.Receipt{}, errors.New("database is locked")
			}
			return honest(b)
		}
	}()},
	"Invalid": {append: swallow(journal.ErrInvalid)},
	"Limits":  {append: swallow(journal.ErrTooLarge)},
	"Snapshot": {load: func(v *vault, ctx context.Context, stream string, _ journal.Seq) (journal.Snapshot, error) {
		return v.Memory.LoadSnapshot(ctx, stream, math.MaxUint64)
	}},
	"SnapshotAhead": {save: func(_ *vault, _ context.Context, s journal.Snapshot, honest func(journal.Snapshot) error) error {
		_ = honest(s)
		return nil
	}},
	"SnapshotStreams": {load: func(v *vault, ctx context.Context, _ string, atMost journal.Seq) (journal.Snapshot, error) {
		return v.Memory.LoadSnapshot(ctx, "majiang/alpha", atMost)
	}},
	"Erase": {erase: func(*vault, context.Context, string, journal.Seq) error { return nil }},
	"EraseMissing": {erase: func(v *vault, ctx context.Context, s string, seq journal.Seq) error {
		_ = v.Memory.Erase(ctx, s, seq)
		return nil
	}},
	"Closed": {useClose: func(*vault, context.Context) error { return nil }},
	"CloseTwice": {close: func(v *vault) error {
		if v.closed {
			return errors.New("already closed")
		}
		v.closed = true
		return nil
	}},
	"Reopen": {reopen: func(d *disk) *disk {
		return copyOf(d, 0, func(r *journal.Record) { r.Key, r.Sum = journal.Sum{}, journal.Sum{} })
	}},
	"Crash":  {reopen: func(d *disk) *disk { return copyOf(d, 1, func(*journal.Record) {}) }},
	"Damage": {damage: func(d *disk) { *d = disk{Memory: copyOf(d, 3, func(*journal.Record) {}).Memory} }},
	"Full": {append: func(v *vault, ctx context.Context, b journal.Batch, honest func(journal.Batch) (journal.Receipt, error)) (journal.Receipt, error) {
		if v.full { // part of the batch fits
			b.Records = b.Records[:1]
			_, _ = v.Memory.Append(ctx, b)
			return journal.Receipt{}, &journal.Fault{Err: journal.ErrFull}
		}
		return honest(b)
	}},
	"UncertainWritten": {append: rename(journal.ErrUncertain, journal.ErrFull)},
	"UncertainLost": {append: func() appendLie {
		var late *journal.Batch
		return func(v *vault, ctx context.Context, b journal.Batch, honest func(journal.Batch) (journal.Receipt, error)) (journal.Receipt, error) {
			if late != nil { // it lands after all
				_, _ = v.Memory.Append(ctx, *late)
				late = nil
			}
			r, err := honest(b)
			if errors.Is(err, journal.ErrUncertain) {
				late = &b
			}
			return r, err
		}
	}()},
}

func first(v *vault, ctx context.Context, stream string) (journal.Record, error) {
	for r, err := range v.Memory.Read(ctx, stream, 1) {
		return r, err
	}
	return journal.Record{}, &journal.Fault{Err: journal.ErrNotFound}
}
