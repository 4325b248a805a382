package journal

import (
	"context"
	"sync"
)

// gate lets many readers in, or one writer. Unlike sync.RWMutex a caller can
// give up waiting. A writer that waits keeps new readers out; a writer that
// leaves lets every waiting reader in, so neither side starves. There is never
// more than one writer: see Host.lead.
type gate struct {
	mu      sync.Mutex
	readers int           // readers inside
	waiting int           // readers waiting for open
	writer  bool          // a writer is inside or waits for drained
	open    chan struct{} // closed when the writer leaves; nil when nobody waits
	drained chan struct{} // closed when the last reader leaves; nil when nobody waits
}

// rlock lets a reader in, or answers the error of a context that is done first.
func (g *gate) rlock(ctx context.Context) error {
	g.mu.Lock()
	if !g.writer {
		g.readers++
		g.mu.Unlock()
		return nil
	}
	if g.open == nil {
		g.open = make(chan struct{})
	}
	open := g.open
	g.waiting++
	g.mu.Unlock()
	select {
	case <-open:
		return nil
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-open: // the writer counted this reader in
		g.leave()
	default:
		g.waiting--
	}
	return ctx.Err()
}

// runlock lets a reader out.
func (g *gate) runlock() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.leave()
}

func (g *gate) leave() {
	if g.readers--; g.readers == 0 && g.drained != nil {
		close(g.drained)
		g.drained = nil
	}
}

// lock lets the writer in, or answers the error of a context that is done first.
func (g *gate) lock(ctx context.Context) error {
	g.mu.Lock()
	g.writer = true
	if g.readers == 0 {
		g.mu.Unlock()
		return nil
	}
	drained := make(chan struct{})
	g.drained = drained
	g.mu.Unlock()
	select {
	case <-drained:
		return nil
	case <-ctx.Done():
		g.unlock()
		return ctx.Err()
	}
}

// unlock lets the writer out and every waiting reader in.
func (g *gate) unlock() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.writer, g.drained = false, nil
	g.readers += g.waiting
	g.waiting = 0
	if g.open != nil {
		close(g.open)
		g.open = nil
	}
}
