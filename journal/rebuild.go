package journal

import (
	"context"
	"encoding/binary"
	"errors"
	"iter"
	"math"

	"github.com/gridgov/gridgov/internal/keyed"
)

// revive makes the machine equal to the stream again if it is not. It must be
// called under the gate. On an error the machine stays dead.
func (h *Host[M, C, E]) revive(ctx context.Context) error {
	if h.live {
		return nil
	}
	store, stream := h.cfg.Store, h.cfg.Stream
	end, err := store.Head(ctx, stream)
	if err != nil {
		return err
	}
	for _, anchor := range []Head{h.cfg.Anchor, h.head} { // neither may be lost
		if anchor.Seq == 0 {
			continue
		}
		if r, err := at(ctx, store, stream, anchor.Seq); err != nil {
			return err
		} else if r.Chain != anchor.Chain {
			return fault(ErrCorrupt, stream, anchor.Seq, "not the chain of the anchor")
		}
	}
	m, head, err := h.start(ctx)
	if err != nil {
		return err
	}
	if head, err = h.fold(ctx, m, head, end); err != nil {
		return err
	}
	h.machine, h.head, h.live = m, head, true
	return nil
}

// fold applies the records after head to m, verifies them and answers the new
// head. The stream must hold end.
func (h *Host[M, C, E]) fold(ctx context.Context, m M, head, end Head) (Head, error) {
	stream := h.cfg.Stream
	for r, err := range walk(ctx, h.cfg.Store, stream, head) {
		if err != nil {
			return head, err
		}
		entries, err := h.cfg.Codec.decode(r.Body)
		if err != nil {
			return head, &Fault{Err: ErrFormat, Stream: stream, Seq: r.Seq, Cause: err}
		}
		for _, e := range entries {
			if err := m.Apply(e); err != nil {
				return head, &Fault{Err: ErrBroken, Stream: stream, Seq: r.Seq, Cause: err}
			}
		}
		if head = r.Head(); head.Seq == end.Seq && head != end {
			return head, fault(ErrCorrupt, stream, end.Seq, "not the chain of the head")
		}
	}
	if head.Seq < end.Seq {
		return head, fault(ErrCorrupt, stream, head.Seq+1, "stream ends before its head")
	}
	return head, nil
}

// advance takes in what others wrote to the stream since. It must be called
// under the gate with a live machine; after an error the machine is dead.
func (h *Host[M, C, E]) advance(ctx context.Context) error {
	end, err := h.cfg.Store.Head(ctx, h.cfg.Stream)
	if err != nil || end == h.head {
		return err
	}
	h.live = false
	head, err := h.fold(ctx, h.machine, h.head, end)
	if err == nil {
		h.head, h.live = head, true
	}
	return err
}

// start is a machine to replay into and the head it stands at: restored from the
// newest snapshot, else new. A snapshot that is damaged or that the machine cannot
// read is passed over, since it is only a cache; a whole one of a record that the
// stream does not hold proves that the stream lost it.
func (h *Host[M, C, E]) start(ctx context.Context) (M, Head, error) {
	m := h.cfg.New()
	s, ok := any(m).(Snapshotter)
	if !ok {
		return m, Head{}, nil
	}
	snap, err := h.cfg.Store.LoadSnapshot(ctx, h.cfg.Stream, math.MaxUint64)
	if errors.Is(err, ErrNotFound) {
		return m, Head{}, nil
	}
	if err != nil {
		return m, Head{}, err
	}
	data, seq, ok := openSnapshot(snap)
	if !ok || snap.Stream != h.cfg.Stream {
		return m, Head{}, nil
	}
	r, err := at(ctx, h.cfg.Store, h.cfg.Stream, snap.Head.Seq)
	switch {
	case err != nil:
		return m, Head{}, err
	case r.Head() != snap.Head:
		return m, Head{}, fault(ErrCorrupt, h.cfg.Stream, snap.Head.Seq, "not the chain of the snapshot")
	case s.Restore(data) == nil && m.Seq() == seq:
		return m, snap.Head, nil
	}
	return h.cfg.New(), Head{}, nil
}

// Snapshot saves the state at the durable head, so that the next Open replays
// only what comes later. It blocks commands while the machine writes its state
// down, not while the store saves it. The caller chooses when: a snapshot is a
// cache and never needed. ErrInvalid when M is no Snapshotter or the stream is
// empty; else the errors of View, of the machine and of Store.SaveSnapshot.
func (h *Host[M, C, E]) Snapshot(ctx context.Context) error {
	var snap Snapshot
	var fail error
	err := h.View(ctx, func(m M) {
		s, ok := any(m).(Snapshotter)
		if !ok || h.head.Seq == 0 {
			fail = fault(ErrInvalid, h.cfg.Stream, 0, "nothing to take a snapshot of")
			return
		}
		var data []byte
		data, fail = s.Snapshot()
		snap = closeSnapshot(h.cfg.Stream, h.head, m.Seq(), data)
	})
	if err = errors.Join(err, fail); err != nil {
		return err
	}
	return h.cfg.Store.SaveSnapshot(ctx, snap)
}

// closeSnapshot puts the machine's number in front of its state, and in front of
// both a digest that also binds them to stream and head.
func closeSnapshot(stream string, head Head, seq uint64, state []byte) Snapshot {
	data := make([]byte, len(Sum{}), len(Sum{})+8+len(state))
	data = append(binary.BigEndian.AppendUint64(data, seq), state...)
	sum := snapshotSum(stream, head, data[len(Sum{}):])
	copy(data, sum[:])
	return Snapshot{Stream: stream, Head: head, Data: data}
}

func openSnapshot(s Snapshot) (state []byte, seq uint64, ok bool) {
	if len(s.Data) < len(Sum{})+8 || s.Head.Seq == 0 {
		return nil, 0, false
	}
	inner := s.Data[len(Sum{}):]
	ok = snapshotSum(s.Stream, s.Head, inner) == Sum(s.Data[:len(Sum{})])
	return inner[8:], binary.BigEndian.Uint64(inner), ok
}

func snapshotSum(stream string, head Head, inner []byte) Sum {
	data := keyed.Of(inner)
	buf := appendBytes([]byte("gridgov/snapshot/1"), stream)
	buf = binary.BigEndian.AppendUint64(buf, uint64(head.Seq))
	buf = binary.BigEndian.AppendUint64(buf, uint64(head.Recorded))
	return keyed.Of(append(append(buf, head.Chain[:]...), data[:]...))
}

// follow yields the records from number from on; each but the first is verified
// against the one before it.
func follow(ctx context.Context, s Store, stream string, from Seq) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		var last Head
		var buf []byte
		for r, err := range s.Read(ctx, stream, from) {
			var text string
			switch {
			case err != nil:
			case last.Seq > 0 || from == 1:
				text, buf = follows(stream, last, &r, buf)
			case r.Seq != from:
				text = "number does not follow"
			}
			if text != "" {
				err = fault(ErrCorrupt, stream, max(last.Seq+1, from), text)
			}
			if err != nil {
				yield(Record{}, err)
				return
			}
			if last = r.Head(); !yield(r, nil) {
				return
			}
		}
	}
}
