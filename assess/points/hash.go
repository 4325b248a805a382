package points

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"maps"
	"slices"

	"github.com/gridgov/gridgov/internal/keyed"
)

// hashForm is the first word of what is hashed; it changes with the form.
const hashForm = "gridgov points 1"

// Hash is the digest of the state: every plan adopted, every account and every line
// of it. It leaves out the sequence, the instant of the last entry and the key
// index, so refusals do not change it and commands about different accounts give
// the same hash in any order. O(n log n).
func (m *Marks) Hash() keyed.Sum {
	d := digest{h: sha256.New()}
	d.text(hashForm)
	d.numbers(int64(len(m.adoptions)))
	for _, a := range m.adoptions {
		d.plan(a)
	}
	keys := slices.SortedFunc(maps.Keys(m.accounts), func(a, b accountKey) int {
		return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(a.year, b.year))
	})
	d.numbers(int64(len(keys)))
	for _, k := range keys {
		d.account(m.accounts[k])
	}
	return keyed.Sum(d.h.Sum(nil))
}

// digest writes every value so that no two states look the same: texts carry their
// length, lists their count.
type digest struct {
	h   hash.Hash
	buf []byte
}

func (d *digest) numbers(values ...int64) {
	d.buf = d.buf[:0]
	for _, v := range values {
		d.buf = binary.BigEndian.AppendUint64(d.buf, uint64(v))
	}
	d.h.Write(d.buf)
}

func (d *digest) points(values ...Points) {
	for _, v := range values {
		d.numbers(int64(v))
	}
}

func (d *digest) text(values ...string) {
	for _, v := range values {
		d.numbers(int64(len(v)))
		d.h.Write([]byte(v))
	}
}

func (d *digest) plan(a adoption) {
	p := &a.plan
	d.numbers(a.at, int64(a.year))
	d.text(string(p.Scope), p.Source)
	d.points(p.Base, p.Floor, p.Ceiling, p.AwardCap, p.DeductCap)
	d.numbers(int64(len(p.Items)))
	for _, i := range p.Items {
		d.text(string(i.Code), i.Name, string(i.Period))
		d.points(i.Points, i.Cap)
	}
}

func (d *digest) account(a *account) {
	d.text(string(a.subject))
	d.numbers(int64(a.year), int64(a.version), int64(len(a.marks)))
	for _, m := range a.marks {
		d.text(string(m.Award), string(m.Item), string(m.Basis))
		d.numbers(m.On.Number(), int64(m.Times))
		d.points(signed(m.asked, m.deducts), signed(m.given, m.deducts))
		if m.reversed {
			d.numbers(1)
		} else {
			d.numbers(0)
		}
	}
	d.numbers(int64(len(a.lines)))
	for _, l := range a.lines {
		d.text(string(l.Kind), string(l.Award), string(l.Cut), string(l.Of), string(l.Reason))
		d.numbers(l.At.UnixMilli())
		d.points(l.Asked, l.Given, l.Cap)
	}
}
