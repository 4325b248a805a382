package envelope

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"

	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/keyed"
)

// Digest hashes a state, written so that no two states look the same: texts carry
// their length, lists their count.
type Digest struct {
	h   hash.Hash
	buf []byte
}

// NewDigest begins with the name of what is hashed, which changes with its form.
func NewDigest(form string) Digest {
	d := Digest{h: sha256.New()}
	d.Text(form)
	return d
}

// Int64 writes numbers.
func (d *Digest) Int64(values ...int64) {
	d.buf = d.buf[:0]
	for _, v := range values {
		d.buf = binary.BigEndian.AppendUint64(d.buf, uint64(v))
	}
	d.h.Write(d.buf)
}

// Number writes a number, such as how many there are of what follows.
func (d *Digest) Number(n int) { d.Int64(int64(n)) }

// Flag writes 1 for true, 0 for false.
func (d *Digest) Flag(v bool) {
	if v {
		d.Int64(1)
	} else {
		d.Int64(0)
	}
}

// Text writes texts, each with its length before it.
func (d *Digest) Text(values ...string) {
	for _, v := range values {
		d.Number(len(v))
		d.h.Write([]byte(v))
	}
}

// Codes writes a list of codes with its count.
func (d *Digest) Codes(list ...code.Code) {
	d.Number(len(list))
	for _, c := range list {
		d.Text(string(c))
	}
}

// Sum is the hash of what was written.
func (d *Digest) Sum() keyed.Sum { return keyed.Sum(d.h.Sum(nil)) }
