package journal

import (
	"context"
	"sync"
	"time"
)

// DoTx carries out c like Do, but the caller appends: write gets the batch and
// puts it into the caller's own transaction, usually with TxStore.AppendTx. The
// Host then waits for done, and so does everybody else: no other command and no
// View runs until done is called. Call it exactly once, as soon as the transaction
// has ended: done(true) when it surely committed, done(false) in every other
// case, also when the commit failed in doubt. A false makes the Host rebuild the
// machine from the stream, so it finds out the truth. Later calls do nothing, so
// `defer done(false)` is safe.
//
// Begin the transaction inside write, not before DoTx: a transaction that holds a
// lock of the store while DoTx waits for its turn would block the flush it waits
// for.
//
// With an error, a refusal or a retried key nothing is to be committed and done
// does nothing; it is never nil. An error of write fails the command; it must
// mean that the transaction will not commit. DoTx does not retry a conflict.
func (h *Host[M, C, E]) DoTx(ctx context.Context, at time.Time, c C, write func(ctx context.Context, b Batch) (Receipt, error)) (Outcome[E], func(committed bool), error) {
	idle := func(bool) {}
	own, err := h.command(ctx, at, c)
	if err != nil {
		return Outcome[E]{}, idle, err
	}
	own.errand = outside
	if h.submit(ctx, own); own.finished { // it never led
		return Outcome[E]{}, idle, own.err
	}
	var once sync.Once
	release := func(head Head, live bool) {
		once.Do(func() {
			h.head, h.live = head, live
			own.finish(nil)
			h.release([]*call[C, E]{own})
		})
	}
	before, live, hold := h.head, false, false
	defer func() { // also when the machine or write panics
		if !hold {
			release(before, live)
		}
	}()
	d := h.decideAll(ctx, []*call[C, E]{own})
	if len(d.records) == 0 {
		live = d.broken == nil
		return own.out, idle, own.err
	}
	head, err := h.appendOutside(ctx, d.records, write)
	if err != nil {
		return Outcome[E]{}, idle, err
	}
	hold = true
	return own.out, func(committed bool) {
		if committed {
			release(head, true)
		} else {
			release(before, false)
		}
	}, nil
}

// appendOutside is append through the caller's transaction.
func (h *Host[M, C, E]) appendOutside(ctx context.Context, records []Record, write func(context.Context, Batch) (Receipt, error)) (Head, error) {
	batch, head, err := h.seal(records)
	if err != nil {
		return head, err
	}
	receipt, err := write(ctx, batch)
	if err == nil && receipt.Head != head {
		err = fault(ErrCorrupt, h.cfg.Stream, receipt.Last, "store answered another head than the records give")
	}
	return head, err
}
