package journal

import (
	"context"
	"encoding/json"
)

// Decode reads a body whose entries are any JSON.
func Decode(body []byte) ([]json.RawMessage, error) {
	codec := Codec[struct{}, json.RawMessage]{Format: 1}
	return codec.decode(body)
}

// Encode writes a body.
func Encode(entries []json.RawMessage) ([]byte, error) {
	codec := Codec[struct{}, json.RawMessage]{Format: 1}
	return codec.encode(entries)
}

// Gate is the lock of a Host.
type Gate struct{ gate }

func (g *Gate) RLock(ctx context.Context) error { return g.rlock(ctx) }
func (g *Gate) RUnlock()                        { g.runlock() }
func (g *Gate) Lock(ctx context.Context) error  { return g.lock(ctx) }
func (g *Gate) Unlock()                         { g.unlock() }
