package journal

import (
	"context"
	"errors"
	"iter"
	"sync"
	"time"
)

// Defaults and limits of a Config.
const (
	QueueDefault = 4096 // callers that may wait
	GroupDefault = 1024 // commands of one flush
)

// Config says what a Host runs.
type Config[M Machine[C, E], C, E any] struct {
	Store  Store  // the Host does not close it
	Stream string // one stream per tenant and subdistrict
	// New makes an empty machine, the same every time.
	New   func() M
	Codec Codec[C, E]
	// Authorize refuses a command before it is queued; nil lets all pass. It runs
	// in the caller's goroutine, also for a retried key. Its error reaches the
	// caller as it is.
	Authorize func(ctx context.Context, c C) error
	// Anchor is a head that was kept outside the store. Open and every rebuild
	// answer ErrCorrupt unless the stream still holds it. Zero checks nothing.
	Anchor   Head
	QueueMax int // callers that may wait; 0 is QueueDefault
	GroupMax int // commands of one flush, at most BatchMax; 0 is GroupDefault
}

// Host runs one machine on one stream. It is safe for concurrent use.
//
// Callers that come while a flush is under way queue. When it is over the first
// of them leads: it takes the queue, decides and applies every command in turn,
// and appends all their records as one batch. Nobody reads the machine meanwhile.
// A command that is refused fails alone.
//
// When the append fails the machine has run ahead of the stream. It is thrown
// away and rebuilt from the stream before anybody goes on:
//
//   - ErrConflict: somebody else wrote to the stream. The group is decided again
//     on the rebuilt machine and appended once more; a second conflict fails it.
//     Two hosts on one stream are therefore safe, but slow: see Refresh.
//   - An error that surely wrote nothing (see Store.Append) fails the group.
//   - Any other error: the rebuilt stream shows whether the batch is in it, as the
//     chain of its last record proves. If so every caller gets its outcome. If
//     not the group fails with ErrNotDone. If the stream cannot be read it fails
//     with ErrUncertain: send the same key again.
//
// So an error that is not ErrUncertain always means that the command was not
// done and will not be.
type Host[M Machine[C, E], C, E any] struct {
	cfg  Config[M, C, E]
	gate gate

	mu      sync.Mutex
	queue   []*call[C, E]
	leading bool // somebody leads or was told to
	closed  bool

	// Under gate:
	machine M
	live    bool // machine equals the stream up to head
	head    Head // last durable record that this Host knows
}

// Open reads the stream, verifies its chain and brings a new machine up to its
// end: from the newest usable snapshot when M is a Snapshotter, else from the
// first record. With a snapshot only the records behind it are verified; Verify
// walks the rest.
//
// Errors: ErrInvalid for a Config without store, New, format or with a bad limit
// or stream name; the store's; ErrCorrupt; ErrFormat and ErrBroken with the
// record that the codec cannot read or the machine cannot take.
func Open[M Machine[C, E], C, E any](ctx context.Context, cfg Config[M, C, E]) (*Host[M, C, E], error) {
	if cfg.QueueMax == 0 {
		cfg.QueueMax = QueueDefault
	}
	if cfg.GroupMax == 0 {
		cfg.GroupMax = GroupDefault
	}
	if err := CheckStream(cfg.Stream); err != nil {
		return nil, err
	}
	if cfg.Store == nil || cfg.New == nil || cfg.Codec.Format < 1 || cfg.Codec.Format >= 1e9 ||
		cfg.QueueMax < 1 || cfg.GroupMax < 1 || cfg.GroupMax > BatchMax {
		return nil, fault(ErrInvalid, cfg.Stream, 0, "config needs Store, New and Codec.Format; limits are positive")
	}
	h := &Host[M, C, E]{cfg: cfg}
	if err := h.revive(ctx); err != nil {
		return nil, err
	}
	return h, nil
}

// Do carries out c at the instant at and answers when its record is durable. An
// instant before the last recorded one is clamped to it; the record keeps both.
// A key that was used before with the same body answers the first outcome with
// its entries read back from the store, and Replayed. A refusal without entries
// writes nothing.
//
// Errors, none of which but ErrUncertain leaves a trace: ErrClosed; the
// context's; ErrNotMillis, ErrInvalid; Authorize's; the codec's; ErrBusy; the
// machine's, ErrKeyReused among them; ErrTooLarge; ErrBroken; the store's as Host
// tells.
//
// A context that is done while the command waits takes it out of the queue: the
// error wraps ErrNotDone and the context's. Once the command is in a group the
// context no longer counts, because the group's end decides for all; a store that
// can hang must bound its own calls.
func (h *Host[M, C, E]) Do(ctx context.Context, at time.Time, c C) (Outcome[E], error) {
	call, err := h.command(ctx, at, c)
	if err != nil {
		return Outcome[E]{}, err
	}
	h.submit(ctx, call)
	return call.out, call.err
}

// Tick records what is due at the instant at, as one record of kind "tick". With
// nothing due it writes nothing. Its errors are those of Do.
func (h *Host[M, C, E]) Tick(ctx context.Context, at time.Time) (Outcome[E], error) {
	effective, err := InstantOf(at)
	if err != nil {
		return Outcome[E]{}, err
	}
	call := newCall[C, E](tick)
	call.at, call.effective, call.label.Kind = at, effective, "tick"
	h.submit(ctx, call)
	return call.out, call.err
}

// View lets read look at the machine as it is at the durable head. Readers run
// side by side and wait while a flush is under way. Read must not change the
// machine, keep anything of it, or call the Host.
//
// Errors: the context's; after a failed append also ErrBusy and what kept the
// machine from being rebuilt.
func (h *Host[M, C, E]) View(ctx context.Context, read func(m M)) error {
	for {
		if err := h.gate.rlock(ctx); err != nil {
			return notDone(h.cfg.Stream, err)
		}
		if h.live {
			defer h.gate.runlock()
			read(h.machine)
			return nil
		}
		h.gate.runlock()
		call := newCall[C, E](refresh)
		if h.submit(ctx, call); call.err != nil {
			return call.err
		}
	}
}

// Refresh takes in what others wrote to the stream. Only a host that shares its
// stream needs it: what such a host shows, refuses or answers without writing is
// as of the head it knows, and only a write that meets a conflict moves it on.
// Its errors are those of View and of Open.
func (h *Host[M, C, E]) Refresh(ctx context.Context) error {
	call := newCall[C, E](catchUp)
	h.submit(ctx, call)
	return call.err
}

// NextDue is the machine's next due instant at the durable head. Its errors are
// those of View.
func (h *Host[M, C, E]) NextDue(ctx context.Context) (due time.Time, ok bool, err error) {
	err = h.View(ctx, func(m M) { due, ok = m.NextDue() })
	return due, ok, err
}

// Head is the last record that this Host knows to be durable. Keep it in a
// second place to see later that nothing was lost. Its errors are those of View.
func (h *Host[M, C, E]) Head(ctx context.Context) (head Head, err error) {
	err = h.View(ctx, func(M) { head = h.head })
	return head, err
}

// Follow yields the durable records from number from on, verified from the
// second one on, and ends at the head: keep the last number and call again with
// the next. The records hold their private data. It serves outboxes: what it
// yields happened, once, in this order. Its errors are those of Store.Read.
func (h *Host[M, C, E]) Follow(ctx context.Context, from Seq) iter.Seq2[Record, error] {
	return follow(ctx, h.cfg.Store, h.cfg.Stream, max(from, 1))
}

// Erase deletes the private data of a record. Its errors are those of Store.Erase.
func (h *Host[M, C, E]) Erase(ctx context.Context, seq Seq) error {
	return h.cfg.Store.Erase(ctx, h.cfg.Stream, seq)
}

// Close waits for the commands that are queued and refuses all that come later
// with ErrClosed. View and Follow go on working; the store stays open. The error
// is the context's: then some may still be under way.
func (h *Host[M, C, E]) Close(ctx context.Context) error {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	call := newCall[C, E](barrier)
	h.submit(ctx, call)
	return call.err
}

// notDone marks an error of a context that was done before anything happened.
func notDone(stream string, cause error) error {
	if errors.Is(cause, ErrUncertain) { // what happened to a group is known here
		cause = errors.New(cause.Error())
	}
	return &Fault{Err: ErrNotDone, Stream: stream, Cause: cause}
}
