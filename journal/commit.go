package journal

import (
	"context"
	"errors"
	"slices"
	"time"
)

// draft is a group as far as it is decided. The machine has its entries already.
type draft[C, E any] struct {
	calls   []*call[C, E] // decided
	records []Record
	size    int
	keys    map[Sum]int // places of the keys of records, from 1
	last    Instant     // recorded instant of the last record
	broken  *call[C, E] // could not be applied; ends the draft
}

// commit carries out a group, in several batches if one is not enough, and
// finishes every call. The machine is live when it is called.
func (h *Host[M, C, E]) commit(ctx context.Context, group []*call[C, E]) {
	isCatchUp := func(c *call[C, E]) bool { return c.errand == catchUp }
	if slices.ContainsFunc(group, isCatchUp) {
		err := h.advance(ctx)
		for _, c := range group {
			if isCatchUp(c) {
				c.finish(err)
			}
		}
		group = slices.DeleteFunc(slices.Clone(group), isCatchUp)
	}
	retried := false
	for len(group) > 0 {
		if err := h.revive(ctx); err != nil {
			h.fail(group, err)
			return
		}
		d := h.decideAll(ctx, group)
		if d.broken != nil {
			h.live = false
			d.broken.finish(nil)
			group = slices.DeleteFunc(slices.Clone(group), func(c *call[C, E]) bool { return c == d.broken })
			continue
		}
		head, err := h.append(ctx, d.records)
		if errors.Is(err, ErrConflict) && !retried {
			h.live, retried = false, true
			continue
		}
		if err != nil {
			err = h.settle(ctx, head, err)
		} else if len(d.records) > 0 {
			h.head = head
		}
		d.finish(err)
		group, retried = group[len(d.calls):], false
	}
}

// append seals the records on the head and writes them. It answers the head that
// the stream has if they are written, also with an error.
func (h *Host[M, C, E]) append(ctx context.Context, records []Record) (Head, error) {
	if len(records) == 0 {
		return h.head, nil
	}
	batch, head, err := h.seal(records)
	if err != nil {
		return head, err
	}
	receipt, err := h.cfg.Store.Append(ctx, batch)
	if err == nil && receipt.Head != head {
		err = fault(ErrCorrupt, h.cfg.Stream, receipt.Last, "store answered another head than the records give")
	}
	return head, err
}

func (h *Host[M, C, E]) seal(records []Record) (Batch, Head, error) {
	sealed, head, err := Seal(h.cfg.Stream, h.head, records)
	return Batch{Stream: h.cfg.Stream, Expect: h.head.Seq, Records: sealed}, head, err
}

// settle finds out what became of an append that failed: nil when the stream
// holds it after all, else the error for the group.
func (h *Host[M, C, E]) settle(ctx context.Context, head Head, cause error) error {
	h.live = false
	if unwritten(cause) {
		return cause
	}
	if err := h.revive(ctx); err != nil {
		return &Fault{Err: ErrUncertain, Stream: h.cfg.Stream, Text: err.Error(), Cause: cause}
	}
	if h.head.Seq < head.Seq {
		return notDone(h.cfg.Stream, cause)
	}
	r, err := at(ctx, h.cfg.Store, h.cfg.Stream, head.Seq)
	switch {
	case err != nil:
		return &Fault{Err: ErrUncertain, Stream: h.cfg.Stream, Text: err.Error(), Cause: cause}
	case r.Chain != head.Chain:
		return notDone(h.cfg.Stream, cause)
	}
	return nil
}

// finish ends the calls of a draft whose batch is written, or failed with err. A
// call that was decided before the first record does not depend on it.
func (d *draft[C, E]) finish(err error) {
	for _, c := range d.calls {
		switch {
		case err == nil:
			c.finish(nil)
		case c.depends:
			c.err = nil
			c.finish(err)
		default:
			c.finish(nil)
		}
	}
}

// decideAll decides and applies calls of the group until the batch is full.
func (h *Host[M, C, E]) decideAll(ctx context.Context, group []*call[C, E]) *draft[C, E] {
	d := &draft[C, E]{keys: map[Sum]int{}, last: instantMin}
	if h.head.Seq > 0 {
		d.last = h.head.Recorded
	}
	for _, c := range group {
		c.out, c.err, c.record, c.twin, c.depends = Outcome[E]{}, nil, 0, 0, false
		if c.errand == refresh || c.errand == barrier {
			d.calls = append(d.calls, c)
			continue
		}
		full, broken := h.decide(ctx, c, d)
		if full {
			break
		}
		d.calls = append(d.calls, c)
		if broken {
			d.broken = c
			break
		}
	}
	h.repeat(d)
	return d
}

// decide decides one call and applies its entries. The batch being too full for
// its record leaves everything as it was.
func (h *Host[M, C, E]) decide(ctx context.Context, c *call[C, E], d *draft[C, E]) (full, broken bool) {
	c.depends = len(d.records) > 0
	at, recorded := h.clamp(c, d.last)
	var out Outcome[E]
	if c.errand == tick {
		out, c.err = h.machine.Tick(at)
	} else {
		out, c.err = h.machine.Decide(at, c.cmd)
	}
	switch {
	case c.err != nil:
		return false, false
	case out.Replayed:
		c.out = out
		if c.twin = d.keys[c.label.Key]; c.twin == 0 {
			c.err = h.recall(ctx, c)
		}
		return false, false
	case len(out.Entries) == 0:
		c.out = out
		return false, false
	}
	body, err := h.cfg.Codec.encode(out.Entries)
	if err != nil {
		c.err = err
		return false, false
	}
	record := c.draft(recorded, body)
	size := record.size()
	if d.size+size > BatchBytesMax { // one record alone always fits
		return true, false
	}
	for _, e := range out.Entries {
		if err := h.machine.Apply(e); err != nil {
			c.err = &Fault{Err: ErrBroken, Stream: h.cfg.Stream, Cause: err}
			return false, true
		}
	}
	d.records = append(d.records, record)
	d.size, d.last = d.size+size, recorded
	c.record, c.depends = len(d.records), true
	if c.label.Key != (Sum{}) {
		d.keys[c.label.Key] = c.record
	}
	out.Record, out.Recorded = h.head.Seq+Seq(c.record), recorded
	c.out = out
	return false, false
}

// clamp is the instant at which the machine decides a call: the caller's, or the
// last one of machine and stream if that is later.
func (h *Host[M, C, E]) clamp(c *call[C, E], last Instant) (time.Time, Instant) {
	at, recorded := c.effective.Time(), c.effective
	if last > recorded {
		at, recorded = last.Time(), last
	}
	if latest := h.machine.Last(); latest.After(at) {
		if i, err := InstantOf(latest); err == nil {
			at, recorded = i.Time(), i
		}
	}
	return at, recorded
}

// repeat answers the calls whose key is that of a call before them in the draft.
func (h *Host[M, C, E]) repeat(d *draft[C, E]) {
	for _, c := range d.calls {
		if c.twin > 0 {
			r := d.records[c.twin-1]
			r.Seq = h.head.Seq + Seq(c.twin)
			c.err = h.readBack(c, r)
		}
	}
}

// recall reads back what a replayed call did.
func (h *Host[M, C, E]) recall(ctx context.Context, c *call[C, E]) error {
	if (c.label.Key == Sum{}) {
		return nil // the machine knows the key, but no label told the store: there is nothing to read back
	}
	r, err := h.cfg.Store.Find(ctx, h.cfg.Stream, c.label.Key)
	if err != nil {
		return &Fault{Err: ErrNotDone, Stream: h.cfg.Stream, Text: "outcome of a retried key", Cause: err}
	}
	return h.readBack(c, r)
}

func (h *Host[M, C, E]) readBack(c *call[C, E], r Record) error {
	if r.Sum != c.label.Sum {
		return fault(ErrKeyReused, h.cfg.Stream, r.Seq, "")
	}
	entries, err := h.cfg.Codec.decode(r.Body)
	if err != nil {
		return err
	}
	c.out.Entries, c.out.Record, c.out.Recorded = entries, r.Seq, r.Recorded
	return nil
}
