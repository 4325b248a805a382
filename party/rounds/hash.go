package rounds

import (
	"cmp"
	"slices"

	"github.com/gridgov/gridgov/internal/envelope"
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
	d := digest{envelope.NewDigest(hashForm)}
	d.Number(len(l.houses))
	for _, c := range sorted(l.houseOf) {
		d.house(l, l.house(c))
	}
	d.Number(len(l.plans))
	for _, c := range sorted(l.plans) {
		d.plan(l.plans[c])
	}
	d.Number(len(l.visits))
	for i := range l.visits {
		d.visit(l, i)
	}
	d.Number(len(l.shifts))
	for _, c := range sorted(l.shifts) {
		d.shift(l.shifts[c])
	}
	d.Number(len(l.tasks))
	for _, c := range sorted(l.tasks) {
		t := l.tasks[c]
		d.Codes(c, t.squad, t.shift)
		d.Flag(t.closed)
		d.Number(t.carries)
	}
	for _, c := range sorted(l.waiting) {
		if len(l.waiting[c]) > 0 {
			d.Codes(c)
			d.Codes(l.waiting[c]...)
		}
	}
	for _, c := range sorted(l.attendance) {
		d.Codes(c)
		d.Number(len(l.attendance[c].records))
		for _, r := range l.attendance[c].records {
			d.Codes(r.Record, r.Squad, Code(r.Status), r.Reason, r.Corrects, r.by)
			d.Int64(int64(r.Date), unix(r.In), unix(r.Out))
		}
	}
	return d.Sum()
}

// digest is a state being hashed.
type digest struct{ envelope.Digest }

func (d *digest) house(l *Log, h *house) {
	d.Codes(h.code, l.names.at(h.building), l.names.at(h.class))
	d.Codes(l.areas(h.place)...)
	d.Int64(int64(h.since), int64(h.left), int64(h.version), int64(h.last))
	stays := slices.SortedFunc(slices.Values(h.stays), func(a, b stay) int {
		return cmp.Or(cmp.Compare(a.term.plan.code, b.term.plan.code), cmp.Compare(a.term.base, b.term.base),
			cmp.Compare(a.term.periods, b.term.periods), cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last))
	})
	d.Number(len(stays))
	for _, s := range stays {
		d.Codes(s.term.plan.code, l.names.at(s.class))
		d.Codes(l.areas(s.place)...)
		d.Int64(int64(s.term.base), int64(s.term.periods), int64(s.first), int64(s.last), int64(s.filled))
	}
}

func (d *digest) plan(p *plan) {
	d.Codes(p.code)
	d.Codes(p.teams...)
	d.Flag(p.over)
	d.Int64(int64(p.version), int64(len(p.terms)), int64(len(p.members)), int64(len(p.turns)))
	for _, t := range p.terms {
		d.Codes(t.terms.Areas...)
		d.Codes(t.terms.Classes...)
		d.Codes(t.terms.Kinds...)
		d.Text(string(t.terms.Every))
		d.Codes(t.named)
		d.Int64(int64(t.terms.Least), int64(t.start), int64(t.base), int64(t.periods), int64(t.closed), int64(t.missed), t.due.at)
	}
	for _, m := range p.members {
		d.Codes(m.person, m.team)
		d.Int64(int64(m.from), int64(m.until))
	}
	for _, t := range p.turns {
		d.Int64(int64(t.from), int64(t.period))
		d.Codes(t.order...)
	}
}

func (d *digest) visit(l *Log, i int) {
	v := &l.visits[i]
	d.Codes(l.houses[v.house].code, l.names.at(v.kind), l.names.at(v.result), l.names.at(v.event), l.names.at(v.class))
	d.Codes(l.areas(v.place)...)
	d.Int64(v.at, int64(v.on))
	d.Flag(v.late)
	d.Codes(l.peopleOf(i)...)
	fills := l.fillsOf(i)
	d.Number(len(fills))
	for _, f := range fills {
		d.Codes(f.term.plan.code, l.names.at(f.team))
		d.Int64(int64(f.term.base), int64(f.period))
		d.Flag(f.led)
	}
}

func (d *digest) shift(s *shift) {
	d.Codes(s.Shift, s.Squad, Code(s.state))
	d.Codes(s.People...)
	d.Flag(s.late)
	d.Flag(s.fired)
	d.Int64(int64(s.Date), s.from, s.to, unix(s.Due), s.ended, int64(s.version), int64(len(s.Tasks)))
	for i, t := range s.Tasks {
		a := s.answers[i]
		d.Codes(t.Task.Task, t.Place, Code(a.Result), a.Reason)
		d.Text(t.Text)
		d.Number(t.Carries)
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
