package journaltest_test

import (
	"context"
	"iter"
	"slices"
	"sync"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/journal/journaltest"
)

// disk is what outlives the handles of a vault, and the faults it is told to have.
type disk struct {
	*journal.Memory
	mu      sync.Mutex
	full    bool
	cut     bool
	written bool // of the append that is cut
	damaged journal.Seq
}

// vault is a store with every hook: a handle on a disk. Its lie is a promise that
// it breaks on purpose; the zero lie breaks none.
type vault struct {
	*disk
	lie    lie
	mu     sync.Mutex
	closed bool
}

// lie changes one answer. Every field may be nil.
type lie struct {
	append   func(v *vault, ctx context.Context, b journal.Batch, honest func(journal.Batch) (journal.Receipt, error)) (journal.Receipt, error)
	record   func(v *vault, r journal.Record) journal.Record
	read     func(v *vault, from journal.Seq, honest iter.Seq2[journal.Record, error]) iter.Seq2[journal.Record, error]
	find     func(v *vault, ctx context.Context, stream string, key journal.Sum) (journal.Record, error)
	head     func(v *vault, h journal.Head) journal.Head
	save     func(v *vault, ctx context.Context, s journal.Snapshot, honest func(journal.Snapshot) error) error
	load     func(v *vault, ctx context.Context, stream string, atMost journal.Seq) (journal.Snapshot, error)
	erase    func(v *vault, ctx context.Context, stream string, seq journal.Seq) error
	close    func(v *vault) error
	reopen   func(d *disk) *disk
	damage   func(d *disk)
	useClose func(v *vault, ctx context.Context) error
}

func (v *vault) usable(ctx context.Context) error {
	if v.lie.useClose != nil {
		return v.lie.useClose(v, ctx)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed {
		return &journal.Fault{Err: journal.ErrClosed}
	}
	return nil
}

func (v *vault) Append(ctx context.Context, b journal.Batch) (journal.Receipt, error) {
	if err := v.usable(ctx); err != nil {
		return journal.Receipt{}, err
	}
	honest := func(b journal.Batch) (journal.Receipt, error) { return v.appendHonest(ctx, b) }
	if v.lie.append != nil {
		return v.lie.append(v, ctx, b, honest)
	}
	return honest(b)
}

func (v *vault) appendHonest(ctx context.Context, b journal.Batch) (journal.Receipt, error) {
	v.disk.mu.Lock()
	cut, full := v.cut, v.full
	v.cut = false
	v.disk.mu.Unlock()
	switch {
	case full:
		return journal.Receipt{}, &journal.Fault{Err: journal.ErrFull}
	case cut && !v.written:
		return journal.Receipt{}, &journal.Fault{Err: journal.ErrUncertain}
	}
	receipt, err := v.Memory.Append(ctx, b)
	if cut && err == nil {
		return journal.Receipt{}, &journal.Fault{Err: journal.ErrUncertain}
	}
	return receipt, err
}

func (v *vault) Read(ctx context.Context, stream string, from journal.Seq) iter.Seq2[journal.Record, error] {
	honest := func(yield func(journal.Record, error) bool) {
		if err := v.usable(ctx); err != nil {
			yield(journal.Record{}, err)
			return
		}
		for r, err := range v.Memory.Read(ctx, stream, from) {
			if err == nil && r.Seq == v.damaged {
				r, err = journal.Record{}, &journal.Fault{Err: journal.ErrCorrupt, Seq: r.Seq}
			}
			if v.lie.record != nil && err == nil {
				r = v.lie.record(v, r)
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
	if v.lie.read != nil {
		return v.lie.read(v, from, honest)
	}
	return honest
}

func (v *vault) Find(ctx context.Context, stream string, key journal.Sum) (journal.Record, error) {
	if err := v.usable(ctx); err != nil {
		return journal.Record{}, err
	}
	if v.lie.find != nil {
		return v.lie.find(v, ctx, stream, key)
	}
	return v.Memory.Find(ctx, stream, key)
}

func (v *vault) Head(ctx context.Context, stream string) (journal.Head, error) {
	if err := v.usable(ctx); err != nil {
		return journal.Head{}, err
	}
	h, err := v.Memory.Head(ctx, stream)
	if v.lie.head != nil && err == nil {
		h = v.lie.head(v, h)
	}
	return h, err
}

func (v *vault) SaveSnapshot(ctx context.Context, s journal.Snapshot) error {
	if err := v.usable(ctx); err != nil {
		return err
	}
	honest := func(s journal.Snapshot) error { return v.Memory.SaveSnapshot(ctx, s) }
	if v.lie.save != nil {
		return v.lie.save(v, ctx, s, honest)
	}
	return honest(s)
}

func (v *vault) LoadSnapshot(ctx context.Context, stream string, atMost journal.Seq) (journal.Snapshot, error) {
	if err := v.usable(ctx); err != nil {
		return journal.Snapshot{}, err
	}
	if v.lie.load != nil {
		return v.lie.load(v, ctx, stream, atMost)
	}
	return v.Memory.LoadSnapshot(ctx, stream, atMost)
}

func (v *vault) Erase(ctx context.Context, stream string, seq journal.Seq) error {
	if err := v.usable(ctx); err != nil {
		return err
	}
	if v.lie.erase != nil {
		return v.lie.erase(v, ctx, stream, seq)
	}
	return v.Memory.Erase(ctx, stream, seq)
}

func (v *vault) Close() error {
	if v.lie.close != nil {
		return v.lie.close(v)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.closed = true
	return nil
}

// rig is an empty vault with every hook.
func rig(l lie) *journaltest.Rig {
	d := &disk{Memory: journal.NewMemory()}
	open := func() (journal.Store, error) {
		if l.reopen != nil {
			d = l.reopen(d)
		}
		return &vault{disk: d, lie: l}, nil
	}
	return &journaltest.Rig{
		Store:  &vault{disk: d, lie: l},
		Reopen: open,
		Crash:  open,
		Damage: func(_ string, seq journal.Seq) (journal.Store, error) {
			d.damaged = seq
			if l.damage != nil {
				l.damage(d)
			}
			return &vault{disk: d, lie: l}, nil
		},
		Fill: func() (func(), error) {
			d.full = true
			return func() { d.full = false }, nil
		},
		Cut: func(written bool) { d.cut, d.written = true, written },
	}
}

// copyOf is a disk with the first keep records of each stream of d, changed.
func copyOf(d *disk, drop int, change func(r *journal.Record)) *disk {
	out := &disk{Memory: journal.NewMemory()}
	for _, stream := range []string{"majiang/alpha", "majiang/beta"} {
		var all []journal.Record
		for r, err := range d.Memory.Read(context.Background(), stream, 1) {
			if err == nil {
				all = append(all, r)
			}
		}
		for _, r := range slices.Clip(all[:max(0, len(all)-drop)]) {
			change(&r)
			r.Seq, r.Chain = 0, journal.Sum{}
			_, _ = out.Memory.Append(context.Background(), journal.Batch{Stream: stream, Expect: journal.AnyHead, Records: []journal.Record{r}})
		}
	}
	return out
}
