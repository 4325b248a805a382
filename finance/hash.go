package finance

import (
	"github.com/gridgov/gridgov/internal/envelope"
	"github.com/gridgov/gridgov/internal/keyed"
)

// hashForm is the first word of what is hashed; it changes with the form.
const hashForm = "gridgov book 1"

// Hash is the digest of the state: every line, mandate, lot, commitment,
// payment and statement, by code. It leaves out the sequence, the instant of
// the last entry and the key index, so refusals do not change it and commands
// that touch different things give the same hash in any order. O(n log n).
func (b *Book) Hash() keyed.Sum {
	d := digest{envelope.NewDigest(hashForm)}
	d.Number(len(b.lines))
	for _, c := range sorted(b.lines) {
		d.line(b.lines[c])
	}
	d.Number(len(b.mandates))
	for _, c := range sorted(b.mandates) {
		d.mandate(b.mandates[c])
	}
	d.Number(len(b.commitments))
	for _, c := range sorted(b.commitments) {
		d.commitment(b.commitments[c])
	}
	d.Number(len(b.payments))
	for _, c := range sorted(b.payments) {
		p := b.payments[c]
		d.Text(string(c), string(p.commitment.code))
		d.Int64(int64(p.amount), p.at)
	}
	return d.Sum()
}

// digest is a state being hashed.
type digest struct{ envelope.Digest }

func (d *digest) fen(values ...Fen) {
	for _, v := range values {
		d.Int64(int64(v))
	}
}

func (d *digest) statement(s *Statement) {
	d.Flag(s != nil)
	if s != nil {
		d.Int64(s.At.UnixMilli())
		d.fen(s.Stated, s.Held)
	}
}

func (d *digest) line(l *line) {
	d.Text(string(l.Line), l.Name, string(l.Party), string(l.Purpose), string(l.Source))
	d.Number(l.Year)
	d.Flag(l.Special)
	d.fen(l.appropriated, l.earmarked, l.returned)
	d.statement(l.stated)
	d.Int64(int64(l.version))
}

func (d *digest) mandate(m *mandate) {
	d.Text(string(m.Mandate), string(m.Purpose), string(m.Community), string(m.Approver))
	d.Number(m.Year)
	d.Flag(m.settled)
	d.Int64(m.fundedAt, m.settledAt, int64(m.version))
	d.statement(m.stated)
	d.Number(len(m.lots))
	for _, l := range m.lots {
		d.Text(string(l.code))
		d.fen(l.granted, l.available, l.bound, l.spent, l.returned)
	}
}

func (d *digest) commitment(c *commitment) {
	d.Text(string(c.code), string(c.mandate.Mandate), string(c.payee), string(c.purpose))
	d.fen(c.amount, c.paid, c.released)
	d.fen(c.rest...)
	d.Int64(c.at)
}
