package rounds

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"slices"

	"github.com/gridgov/gridgov/internal/keyed"
)

// hashForm is the first word of what is hashed; it changes with the form.
const hashForm = "gridgov rounds 1"

// Hash is the digest of the state: households, plans, shifts, tasks and records
// by code, and the visits as they were recorded. It leaves out the sequence, the
// instant of the last entry and the key index, so refusals do not change it and
// logs that were ticked at different instants and then at the same one agree.
// O(n log n).
func (l *Log) Hash() keyed.Sum {
	d := digest{h: sha256.New()}
	d.text(hashForm)
	d.number(len(l.houses))
	for _, c := range sorted(l.houseOf) {
		d.house(l, l.house(c))
	}
	d.number(len(l.plans))
	for _, c := range sorted(l.plans) {
		d.plan(l.plans[c])
	}
	d.number(len(l.visits))
	for i := range l.visits {
		d.visit(l, i)
	}
	d.number(len(l.shifts))
	for _, c := range sorted(l.shifts) {
		d.shift(l.shifts[c])
	}
	d.number(len(l.tasks))
	for _, c := range sorted(l.tasks) {
		t := l.tasks[c]
		d.codes(c, t.squad, t.shift)
		d.flag(t.closed)
		d.number(t.carries)
	}
	for _, c := range sorted(l.waiting) {
		if len(l.waiting[c]) > 0 {
			d.codes(c)
			d.codes(l.waiting[c]...)
		}
	}
	for _, c := range sorted(l.attendance) {
		d.codes(c)
		d.number(len(l.attendance[c].records))
		for _, r := range l.attendance[c].records {
			d.codes(r.Record, r.Squad, Code(r.Status), r.Reason, r.Corrects, r.by)
			d.int64(int64(r.Date), unix(r.In), unix(r.Out))
		}
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

func (d *digest) flag(v bool) {
	if v {
		d.int64(1)
	} else {
		d.int64(0)
	}
}

func (d *digest) text(s string) {
	d.number(len(s))
	d.h.Write([]byte(s))
}

func (d *digest) codes(list ...Code) {
	d.number(len(list))
	for _, c := range list {
		d.text(string(c))
	}
}

func (d *digest) house(l *Log, h *house) {
	d.codes(h.code, l.names.at(h.building), l.names.at(h.class))
	d.codes(l.areas(h.place)...)
	d.int64(int64(h.since), int64(h.left), int64(h.version), int64(h.last))
	stays := slices.SortedFunc(slices.Values(h.stays), func(a, b stay) int {
		return cmp.Or(cmp.Compare(a.term.plan.code, b.term.plan.code), cmp.Compare(a.term.base, b.term.base),
			cmp.Compare(a.term.periods, b.term.periods), cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last))
	})
	d.number(len(stays))
	for _, s := range stays {
		d.codes(s.term.plan.code, l.names.at(s.class))
		d.codes(l.areas(s.place)...)
		d.int64(int64(s.term.base), int64(s.term.periods), int64(s.first), int64(s.last), int64(s.filled))
	}
}

func (d *digest) plan(p *plan) {
	d.codes(p.code)
	d.codes(p.teams...)
	d.flag(p.over)
	d.int64(int64(p.version), int64(len(p.terms)), int64(len(p.members)), int64(len(p.turns)))
	for _, t := range p.terms {
		d.codes(t.terms.Areas...)
		d.codes(t.terms.Classes...)
		d.codes(t.terms.Kinds...)
		d.text(string(t.terms.Every))
		d.codes(t.named)
		d.int64(int64(t.terms.Least), int64(t.start), int64(t.base), int64(t.periods), int64(t.closed), int64(t.missed), t.due.at)
	}
	for _, m := range p.members {
		d.codes(m.person, m.team)
		d.int64(int64(m.from), int64(m.until))
	}
	for _, t := range p.turns {
		d.int64(int64(t.from), int64(t.period))
		d.codes(t.order...)
	}
}

func (d *digest) visit(l *Log, i int) {
	v := &l.visits[i]
	d.codes(l.houses[v.house].code, l.names.at(v.kind), l.names.at(v.result), l.names.at(v.event), l.names.at(v.class))
	d.codes(l.areas(v.place)...)
	d.int64(v.at, int64(v.on))
	d.flag(v.late)
	d.codes(l.peopleOf(i)...)
	fills := l.fillsOf(i)
	d.number(len(fills))
	for _, f := range fills {
		d.codes(f.term.plan.code, l.names.at(f.team))
		d.int64(int64(f.term.base), int64(f.period))
		d.flag(f.led)
	}
}

func (d *digest) shift(s *shift) {
	d.codes(s.Shift, s.Squad, Code(s.state))
	d.codes(s.People...)
	d.flag(s.late)
	d.flag(s.fired)
	d.int64(int64(s.Date), s.from, s.to, unix(s.Due), s.ended, int64(s.version), int64(len(s.Tasks)))
	for i, t := range s.Tasks {
		a := s.answers[i]
		d.codes(t.Task.Task, t.Place, Code(a.Result), a.Reason)
		d.text(t.Text)
		d.number(t.Carries)
	}
}

// sorted lists the keys of a map in order.
func sorted[V any](m map[Code]V) []Code {
	keys := make([]Code, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
