package journal

import (
	"context"
	"slices"
	"time"
)

// errand is what a call wants.
type errand uint8

const (
	command errand = iota
	tick
	refresh // only a live machine
	catchUp // what others wrote, before the rest of the group
	barrier // only its turn
	outside // a command that the host appends itself
)

// call is one caller's errand while it waits. The fields below done belong to
// the leader until done is closed.
type call[C, E any] struct {
	errand    errand
	at        time.Time
	effective Instant
	cmd       C
	label     Label
	lead      chan struct{} // one token: this caller leads
	done      chan struct{} // closed when out and err are final

	out      Outcome[E]
	err      error
	record   int  // place of its record in the draft, from 1
	twin     int  // place of the record in the draft that its key repeats, from 1
	depends  bool // was decided on records of the draft
	finished bool
}

func newCall[C, E any](e errand) *call[C, E] {
	return &call[C, E]{errand: e, lead: make(chan struct{}, 1), done: make(chan struct{})}
}

// finish gives the caller its answer.
func (c *call[C, E]) finish(err error) {
	if c.finished {
		return
	}
	if c.err == nil && err != nil {
		c.out, c.err = Outcome[E]{}, err
	}
	c.finished = true
	close(c.done)
}

// command checks and labels a command in its caller's goroutine.
func (h *Host[M, C, E]) command(ctx context.Context, at time.Time, c C) (*call[C, E], error) {
	if err := ctx.Err(); err != nil {
		return nil, notDone(h.cfg.Stream, err)
	}
	call := newCall[C, E](command)
	call.at, call.cmd = at, c
	var err error
	if call.effective, err = InstantOf(at); err != nil {
		return nil, err
	}
	if h.cfg.Authorize != nil {
		if err := h.cfg.Authorize(ctx, c); err != nil {
			return nil, err
		}
	}
	if h.cfg.Codec.Label != nil {
		if call.label, err = h.cfg.Codec.Label(c); err != nil {
			return nil, err
		}
	}
	trial := Batch{Stream: h.cfg.Stream, Records: []Record{call.draft(call.effective, nil)}}
	return call, trial.Check()
}

// draft is the record of a call before it is sealed.
func (c *call[C, E]) draft(recorded Instant, body []byte) Record {
	return Record{
		Key: c.label.Key, Sum: c.label.Sum, Kind: c.label.Kind, Private: c.label.Private,
		Recorded: recorded, Effective: c.effective, Body: body,
	}
}

// submit queues the call and comes back when it is finished. The outside errand
// comes back when it leads.
func (h *Host[M, C, E]) submit(ctx context.Context, c *call[C, E]) {
	if err := h.enter(c); err != nil {
		c.finish(err)
		return
	}
	select {
	case <-c.done:
	case <-c.lead:
		h.lead(ctx, c)
	case <-ctx.Done():
		if h.withdraw(c) {
			c.finish(notDone(h.cfg.Stream, ctx.Err()))
		} else {
			<-c.done
		}
	}
}

// enter queues the call; the first one leads.
func (h *Host[M, C, E]) enter(c *call[C, E]) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.closed && (c.errand == command || c.errand == tick || c.errand == outside):
		return fault(ErrClosed, h.cfg.Stream, 0, "")
	case len(h.queue) >= h.cfg.QueueMax && c.errand != barrier:
		return fault(ErrBusy, h.cfg.Stream, 0, "")
	}
	h.queue = append(h.queue, c)
	if !h.leading {
		h.leading = true
		c.lead <- struct{}{}
	}
	return nil
}

// withdraw takes the call out of the queue and reports whether it was there. A
// lead that it was given goes to the next.
func (h *Host[M, C, E]) withdraw(c *call[C, E]) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	i := slices.Index(h.queue, c)
	if i < 0 {
		return false
	}
	h.queue = slices.Delete(h.queue, i, i+1)
	select {
	case <-c.lead:
		h.pass()
	default:
	}
	return true
}

// pass hands the lead to the first in the queue. It must be called under mu by
// the one who leads.
func (h *Host[M, C, E]) pass() {
	h.leading = len(h.queue) > 0
	if h.leading {
		h.queue[0].lead <- struct{}{}
	}
}

// take empties the queue up to GroupMax calls. An outside errand goes alone.
func (h *Host[M, C, E]) take() []*call[C, E] {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := min(len(h.queue), h.cfg.GroupMax)
	if i := slices.IndexFunc(h.queue[:n], func(c *call[C, E]) bool { return c.errand == outside }); i >= 0 {
		n = max(i, 1)
	}
	group := slices.Clone(h.queue[:n])
	h.queue = slices.Delete(h.queue, 0, n)
	return group
}

// lead carries out one group, the leader's own call c first, and passes the lead
// on. An outside errand keeps the lead and the gate: see DoTx.
func (h *Host[M, C, E]) lead(ctx context.Context, c *call[C, E]) {
	if err := h.gate.lock(ctx); err != nil {
		h.abdicate(c, err)
		return
	}
	err := h.revive(ctx)
	if err != nil && ctx.Err() != nil { // the others may have more patience
		h.gate.unlock()
		h.abdicate(c, err)
		return
	}
	group := h.take()
	if c.errand == outside && err == nil {
		return
	}
	defer h.release(group)
	if err != nil {
		h.fail(group, err)
		return
	}
	h.commit(context.WithoutCancel(ctx), group)
}

// abdicate ends the leader's own call and passes the lead on.
func (h *Host[M, C, E]) abdicate(c *call[C, E], err error) {
	h.mu.Lock()
	h.queue = slices.DeleteFunc(h.queue, func(o *call[C, E]) bool { return o == c })
	h.pass()
	h.mu.Unlock()
	c.finish(notDone(h.cfg.Stream, err))
}

// release opens the gate and passes the lead on. Calls that are not finished are
// here because the machine or the codec panicked: they fail, nothing of the
// machine is kept, and the panic goes on in its own goroutine.
func (h *Host[M, C, E]) release(group []*call[C, E]) {
	for _, c := range group {
		if !c.finished {
			h.live = false
			c.finish(fault(ErrUncertain, h.cfg.Stream, 0, "the leader of the group panicked"))
		}
	}
	h.gate.unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.pass()
}

// fail ends calls that were not decided. A barrier has had its turn.
func (h *Host[M, C, E]) fail(group []*call[C, E], err error) {
	for _, c := range group {
		if c.errand == barrier {
			c.finish(nil)
		}
		c.finish(err)
	}
}
