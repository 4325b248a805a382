// Package keyed makes a retried command safe: the same key with the same body
// answers the first outcome, the same key with another body is an error. Keys
// never expire, so a late retry cannot turn a refusal into a payment.
package keyed

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

// Sum is a SHA-256 digest, written in JSON as 64 hexadecimal digits; the zero
// Sum is left out by omitzero.
type Sum [sha256.Size]byte

// Of is the digest of data.
func Of(data []byte) Sum { return sha256.Sum256(data) }

// IsZero reports whether s is the zero Sum, which stands for none.
func (s Sum) IsZero() bool { return s == Sum{} }

// String is the digest in hexadecimal.
func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// MarshalText writes the digest in hexadecimal.
func (s Sum) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, s[:]), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Sum) UnmarshalText(text []byte) error {
	if hex.DecodedLen(len(text)) != len(s) {
		return fmt.Errorf("digest has %d digits, not %d", len(text), hex.EncodedLen(len(s)))
	}
	_, err := hex.Decode(s[:], text)
	return err
}

// OfCommand is the digest of a command's kind, actor and body as JSON, which is
// what "the same body" means for a retried key.
func OfCommand(kind string, parts ...any) (Sum, error) {
	data, err := json.Marshal(append([]any{kind}, parts...))
	if err != nil {
		return Sum{}, fmt.Errorf("command cannot be written down: %w", err)
	}
	return Of(data), nil
}

// ErrReused marks a key that came back with another body.
var ErrReused = errors.New("key was used for another command")
