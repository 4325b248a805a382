package points

import (
	"cmp"
	"maps"
	"slices"

	"github.com/gridgov/gridgov/internal/envelope"
	"github.com/gridgov/gridgov/internal/keyed"
)

// hashForm is the first word of what is hashed; it changes with the form.
const hashForm = "gridgov points 1"

// Hash is the digest of the state: every plan adopted, every account and every line
// of it. It leaves out the sequence, the instant of the last entry and the key
// index, so refusals do not change it and commands about different accounts give
// the same hash in any order. O(n log n).
func (m *Marks) Hash() keyed.Sum {
	d := digest{envelope.NewDigest(hashForm)}
	d.Int64(int64(len(m.adoptions)))
	for _, a := range m.adoptions {
		d.plan(a)
	}
	keys := slices.SortedFunc(maps.Keys(m.accounts), func(a, b accountKey) int {
		return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(a.year, b.year))
	})
	d.Int64(int64(len(keys)))
	for _, k := range keys {
		d.account(m.accounts[k])
	}
	return d.Sum()
}

// digest is a state being hashed.
type digest struct{ envelope.Digest }

func (d *digest) points(values ...Points) {
	for _, v := range values {
		d.Int64(int64(v))
	}
}

func (d *digest) plan(a adoption) {
	p := &a.plan
	d.Int64(a.at, int64(a.year))
	d.Text(string(p.Scope), p.Source)
	d.points(p.Base, p.Floor, p.Ceiling, p.AwardCap, p.DeductCap)
	d.Int64(int64(len(p.Items)))
	for _, i := range p.Items {
		d.Text(string(i.Code), i.Name, string(i.Period))
		d.points(i.Points, i.Cap)
	}
}

func (d *digest) account(a *account) {
	d.Text(string(a.subject))
	d.Int64(int64(a.year), int64(a.version), int64(len(a.marks)))
	for _, m := range a.marks {
		d.Text(string(m.Award), string(m.Item), string(m.Basis))
		d.Int64(m.On.Number(), int64(m.Times))
		d.points(signed(m.asked, m.deducts), signed(m.given, m.deducts))
		d.Flag(m.reversed)
	}
	d.Int64(int64(len(a.lines)))
	for _, l := range a.lines {
		d.Text(string(l.Kind), string(l.Award), string(l.Cut), string(l.Of), string(l.Reason))
		d.Int64(l.At.UnixMilli())
		d.points(l.Asked, l.Given, l.Cap)
	}
}
