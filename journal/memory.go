package journal

import (
	"bytes"
	"cmp"
	"context"
	"iter"
	"slices"
	"sync"
)

// snapshotsKept is how many snapshots of a stream Memory keeps.
const snapshotsKept = 8

// Memory is a Store in memory, safe for concurrent use. What it holds is gone
// with the process, so it serves tests, dry runs and machines that are rebuilt
// from elsewhere. Make one with NewMemory.
type Memory struct {
	mu      sync.RWMutex
	streams map[string]*stream
	closed  bool
}

// stream is one stream in memory. Its records are never changed once they are
// in; private data lies apart because it can be erased.
type stream struct {
	records   []Record
	private   map[Seq]Private
	keys      map[Sum]Seq
	head      Head
	snapshots []Snapshot // ascending
}

var _ Store = (*Memory)(nil)

// NewMemory is an empty store.
func NewMemory() *Memory { return &Memory{streams: map[string]*stream{}} }

// Append is Store.Append; it is never uncertain. O(bytes).
func (m *Memory) Append(ctx context.Context, b Batch) (Receipt, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.usable(ctx); err != nil {
		return Receipt{}, err
	}
	if err := b.Check(); err != nil {
		return Receipt{}, err
	}
	s, ok := m.streams[b.Stream]
	if !ok {
		s = &stream{private: map[Seq]Private{}, keys: map[Sum]Seq{}}
	}
	if b.Expect != AnyHead && b.Expect != s.head.Seq {
		return Receipt{}, fault(ErrConflict, b.Stream, s.head.Seq, "")
	}
	sealed, head, err := Seal(b.Stream, s.head, b.Records)
	if err != nil {
		return Receipt{}, err
	}
	if seq, ok := s.reused(sealed); ok {
		return Receipt{}, fault(ErrKeyReused, b.Stream, seq, "")
	}
	for _, r := range sealed {
		s.put(r.Clone())
	}
	m.streams[b.Stream] = s
	receipt := Receipt{First: s.head.Seq + 1, Last: head.Seq, Head: head}
	s.head = head
	return receipt, nil
}

// reused answers the first record whose key comes again.
func (s *stream) reused(sealed []Record) (Seq, bool) {
	fresh := map[Sum]Seq{}
	for _, r := range sealed {
		if r.Key == (Sum{}) {
			continue
		}
		if seq := cmp.Or(s.keys[r.Key], fresh[r.Key]); seq > 0 {
			return seq, true
		}
		fresh[r.Key] = r.Seq
	}
	return 0, false
}

func (s *stream) put(r Record) {
	if r.Private != nil {
		s.private[r.Seq] = *r.Private
		r.Private = nil
	}
	if r.Key != (Sum{}) {
		s.keys[r.Key] = r.Seq
	}
	s.records = append(s.records, r)
}

// get answers a copy of a record that is there.
func (s *stream) get(seq Seq) Record {
	r := s.records[seq-1]
	if p, ok := s.private[seq]; ok {
		r.Private = &p
	}
	return r.Clone()
}

// Read is Store.Read. It holds no lock between two records and ends at the head
// of the moment it began.
func (m *Memory) Read(ctx context.Context, name string, from Seq) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		head, err := m.Head(ctx, name)
		for seq := max(from, 1); err == nil && seq <= head.Seq; seq++ {
			var r Record
			if r, err = m.one(ctx, name, seq); err == nil && !yield(r, nil) {
				return
			}
		}
		if err != nil {
			yield(Record{}, err)
		}
	}
}

func (m *Memory) one(ctx context.Context, name string, seq Seq) (Record, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if err := m.usable(ctx); err != nil {
		return Record{}, err
	}
	return m.streams[name].get(seq), nil
}

// Find is Store.Find, O(1).
func (m *Memory) Find(ctx context.Context, name string, key Sum) (Record, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if err := m.usable(ctx); err != nil {
		return Record{}, err
	}
	if s, ok := m.streams[name]; ok && s.keys[key] > 0 {
		return s.get(s.keys[key]), nil
	}
	return Record{}, fault(ErrNotFound, name, 0, "key")
}

// Head is Store.Head, O(1).
func (m *Memory) Head(ctx context.Context, name string) (Head, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if err := m.usable(ctx); err != nil {
		return Head{}, err
	}
	if s, ok := m.streams[name]; ok {
		return s.head, nil
	}
	return Head{}, nil
}

// SaveSnapshot is Store.SaveSnapshot; the newest snapshotsKept are kept.
func (m *Memory) SaveSnapshot(ctx context.Context, snap Snapshot) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.usable(ctx); err != nil {
		return err
	}
	s, ok := m.streams[snap.Stream]
	switch {
	case !ok || snap.Head.Seq == 0 || snap.Head.Seq > s.head.Seq:
		return fault(ErrInvalid, snap.Stream, snap.Head.Seq, "snapshot of a record that is not there")
	case len(snap.Data) > SnapshotMax:
		return fault(ErrTooLarge, snap.Stream, snap.Head.Seq, "snapshot")
	}
	snap.Data = bytes.Clone(snap.Data)
	i, found := slices.BinarySearchFunc(s.snapshots, snap.Head.Seq, func(o Snapshot, seq Seq) int { return cmp.Compare(o.Head.Seq, seq) })
	if found {
		s.snapshots[i] = snap
		return nil
	}
	s.snapshots = slices.Insert(s.snapshots, i, snap)
	if drop := len(s.snapshots) - snapshotsKept; drop > 0 {
		s.snapshots = slices.Delete(s.snapshots, 0, drop)
	}
	return nil
}

// LoadSnapshot is Store.LoadSnapshot.
func (m *Memory) LoadSnapshot(ctx context.Context, name string, atMost Seq) (Snapshot, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if err := m.usable(ctx); err != nil {
		return Snapshot{}, err
	}
	if s, ok := m.streams[name]; ok {
		for _, snap := range slices.Backward(s.snapshots) {
			if snap.Head.Seq <= atMost {
				snap.Data = bytes.Clone(snap.Data)
				return snap, nil
			}
		}
	}
	return Snapshot{}, fault(ErrNotFound, name, 0, "snapshot")
}

// Erase is Store.Erase, O(1).
func (m *Memory) Erase(ctx context.Context, name string, seq Seq) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.usable(ctx); err != nil {
		return err
	}
	s, ok := m.streams[name]
	if !ok || seq == 0 || seq > s.head.Seq {
		return fault(ErrNotFound, name, seq, "")
	}
	delete(s.private, seq)
	return nil
}

// Close is Store.Close. The records are dropped.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.streams, m.closed = nil, true
	return nil
}

// usable must be called under the lock.
func (m *Memory) usable(ctx context.Context) error {
	if m.closed {
		return fault(ErrClosed, "", 0, "")
	}
	if err := ctx.Err(); err != nil {
		return &Fault{Err: ErrNotDone, Cause: err}
	}
	return nil
}
