package party

import (
	"cmp"
	"slices"
	"time"
)

// Field is an item of data about households and people that has one master: the
// party that collects it, from which all others take it (一次采集、多方复用).
type Field struct {
	Code   Code
	Owner  Code // a party
	During Interval
}

func (d *Directory) addFields(list []Field, f *faults) {
	type place struct {
		Field
		i int
	}
	byCode := map[Code][]place{}
	for i, x := range list {
		good := f.code("fields", i, x.Code)
		if _, ok := d.parties[x.Owner]; !ok {
			f.add("fields", i, x.Code, "owner", string(x.Owner), ErrUnknownParty)
		}
		if !x.During.Valid() {
			f.add("fields", i, x.Code, "until", "", ErrInterval)
			good = false
		}
		f.instants("fields", i, x.Code, x.During)
		if good {
			byCode[x.Code] = append(byCode[x.Code], place{x, i})
		}
	}
	d.fields = make(map[Code][]Field, len(byCode))
	for c, all := range byCode {
		slices.SortStableFunc(all, func(a, b place) int {
			return cmp.Or(a.During.From.Compare(b.During.From), cmp.Compare(a.Owner, b.Owner))
		})
		last := all[0] // of those so far, the one that is master the longest
		for k, x := range all {
			if k > 0 && last.During.Meets(x.During) {
				f.add("fields", x.i, c, "owner", string(last.Owner), ErrTwoOwners)
			}
			if u := last.During.Until; !u.IsZero() && (x.During.Until.IsZero() || u.Before(x.During.Until)) {
				last = x
			}
			d.fields[c] = append(d.fields[c], x.Field)
		}
	}
}

// Master is the party that collects a field of data at the instant.
func (d *Directory) Master(field Code, at time.Time) (Code, bool) {
	if d == nil {
		return "", false
	}
	for _, x := range d.fields[field] {
		if x.During.Holds(at) {
			return x.Owner, true
		}
	}
	return "", false
}

// MayCollect answers whether a party may collect a field of data at the instant:
// its master and the parties below it may, anybody may when it has no master, and
// everybody else takes it from the master (WhyCollected names it).
func (d *Directory) MayCollect(field, by Code, at time.Time) Verdict {
	owner, ok := d.Master(field, at)
	if !ok {
		return Verdict{OK: true, Why: WhyUnowned, Args: []string{string(field)}}
	}
	for p := range d.Chain(by) {
		if p.Code == owner {
			return Verdict{OK: true, Why: WhyMaster, Args: []string{string(owner), string(field)}}
		}
	}
	return Verdict{Why: WhyCollected, Args: []string{string(owner), string(field)}}
}
