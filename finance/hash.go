package finance

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"

	"github.com/gridgov/gridgov/internal/keyed"
)

// hashForm is the first word of what is hashed; it changes with the form.
const hashForm = "gridgov book 1"

// Hash is the digest of the state: every line, mandate, lot, commitment,
// payment and statement, by code. It leaves out the sequence, the instant of
// the last entry and the key index, so refusals do not change it and commands
// that touch different things give the same hash in any order. O(n log n).
func (b *Book) Hash() keyed.Sum {
	d := digest{h: sha256.New()}
	d.text(hashForm)
	d.number(len(b.lines))
	for _, c := range sorted(b.lines) {
		d.line(b.lines[c])
	}
	d.number(len(b.mandates))
	for _, c := range sorted(b.mandates) {
		d.mandate(b.mandates[c])
	}
	d.number(len(b.commitments))
	for _, c := range sorted(b.commitments) {
		d.commitment(b.commitments[c])
	}
	d.number(len(b.payments))
	for _, c := range sorted(b.payments) {
		p := b.payments[c]
		d.text(string(c), string(p.commitment.code))
		d.int64(int64(p.amount), p.at)
	}
	return keyed.Sum(d.h.Sum(nil))
}

// digest writes every value so that no two states look the same: texts carry
// their length, lists their count.
type digest struct {
	h   hash.Hash
	buf []byte
}

func (d *digest) int64(values ...int64) {
	d.buf = d.buf[:0]
	for _, v := range values {
		d.buf = binary.BigEndian.AppendUint64(d.buf, uint64(v))
	}
	d.h.Write(d.buf)
}

func (d *digest) number(n int) { d.int64(int64(n)) }

func (d *digest) fen(values ...Fen) {
	for _, v := range values {
		d.int64(int64(v))
	}
}

func (d *digest) flag(v bool) {
	if v {
		d.int64(1)
	} else {
		d.int64(0)
	}
}

func (d *digest) text(values ...string) {
	for _, v := range values {
		d.number(len(v))
		d.h.Write([]byte(v))
	}
}

func (d *digest) statement(s *Statement) {
	d.flag(s != nil)
	if s != nil {
		d.int64(s.At.UnixMilli())
		d.fen(s.Stated, s.Held)
	}
}

func (d *digest) line(l *line) {
	d.text(string(l.Line), l.Name, string(l.Party), string(l.Purpose), string(l.Source))
	d.number(l.Year)
	d.flag(l.Special)
	d.fen(l.appropriated, l.earmarked, l.returned)
	d.statement(l.stated)
	d.int64(int64(l.version))
}

func (d *digest) mandate(m *mandate) {
	d.text(string(m.Mandate), string(m.Purpose), string(m.Community), string(m.Approver))
	d.number(m.Year)
	d.flag(m.settled)
	d.int64(m.fundedAt, m.settledAt, int64(m.version))
	d.statement(m.stated)
	d.number(len(m.lots))
	for _, l := range m.lots {
		d.text(string(l.code))
		d.fen(l.granted, l.available, l.bound, l.spent, l.returned)
	}
}

func (d *digest) commitment(c *commitment) {
	d.text(string(c.code), string(c.mandate.Mandate), string(c.payee), string(c.purpose))
	d.fen(c.amount, c.paid, c.released)
	d.fen(c.rest...)
	d.int64(c.at)
}
