package points

import (
	"fmt"
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/keyed"
)

// Apply folds the next entry. It never fails on what Decide answered for this
// state. It checks what must hold of any entry, whoever wrote it: the sequence
// (ErrGap), the instant (ErrNotMillis, ErrTimeRange, ErrTimeBack), the kind
// (ErrFact), and that the fact fits the state (ErrImpossible): ids are new or known,
// no cap is exceeded, no more is given than was asked, what a reversal takes back is
// what stood. On an error the ledger is unchanged. How much of the room was given,
// and to which marks, was decided when the entry was written. O(plans + log items);
// O(refills) for a reversal.
func (m *Marks) Apply(e Entry) error {
	if e.Seq != m.seq+1 {
		return &Error{Seq: e.Seq, Text: fmt.Sprintf("after %d", m.seq), Err: ErrGap}
	}
	ms, err := millis(e.At)
	if err == nil && m.seq > 0 && ms < m.last {
		err = &Error{Field: "at", Err: ErrTimeBack}
	}
	if err != nil {
		return &Error{Seq: e.Seq, Err: err}
	}
	name := FactName(e.Fact)
	if name == "" {
		return &Error{Seq: e.Seq, Text: fmt.Sprintf("%T", e.Fact), Err: ErrFact}
	}
	field := m.applyKey(e)
	if field == "" {
		field = m.applyFact(e.Fact, ms)
	}
	if field != "" {
		return &Error{Seq: e.Seq, What: name, Field: field, Err: ErrImpossible}
	}
	m.seq, m.last = e.Seq, ms
	if e.Key != (keyed.Sum{}) {
		if r, ok := e.Fact.(Refused); ok {
			put(&m.refused, e.Seq, r.own())
		}
		m.keys.Put(e.Key, keyed.Slot{Body: e.Sum, Seq: e.Seq})
	}
	return nil
}

// applyKey answers the field that is impossible about an entry's envelope, "" when
// none is. It changes nothing.
func (m *Marks) applyKey(e Entry) string {
	if optional("", e.Actor.Person) != nil || optional("", e.Actor.Post) != nil {
		return "actor"
	}
	_, refused := e.Fact.(Refused)
	return m.keys.Misfit(e.Key, e.Sum, refused)
}

// applyFact folds a fact and answers "", or answers the field that is impossible
// and changes nothing.
func (m *Marks) applyFact(f Fact, at int64) string {
	switch f := f.(type) {
	case Adopted:
		return m.applyAdopted(f, at)
	case Awarded:
		return m.applyMark(f, false, at)
	case Deducted:
		return m.applyMark(Awarded(f), true, at)
	case Reversed:
		return m.applyReversed(f, at)
	case Refused:
		if !f.possible() || !slices.ContainsFunc(Verbs(), func(v Verb) bool { return v.Name == f.Verb }) {
			return "code"
		}
		return ""
	}
	return "fact"
}

func (m *Marks) applyAdopted(f Adopted, at int64) string {
	if fault := Adopt(f).check(); fault != nil {
		return fault.Field
	}
	plan, old := f.Plan.own(), m.plan(f.Year, at)
	switch {
	case !slices.Equal(plan.Items, f.Plan.Items):
		return "items"
	case m.inUse(f.Year) && !(old != nil && plan.extends(old)):
		return "plan"
	case len(m.adoptions) >= AdoptionsMax:
		return "year"
	}
	m.adoptions = append(m.adoptions, adoption{at, f.Year, plan})
	return ""
}

// wrong is the field of a mark that cannot be, whatever the state; "" for none.
func (f *Awarded) wrong(deducts bool, at int64) string {
	do := Award{f.Award, f.Subject, f.Item, f.On, f.Times, f.Basis}
	fault := do.check()
	asked, given := f.Asked, f.Given
	if deducts {
		asked, given = -asked, -given
	}
	cut := f.Cut == CutItem || f.Cut == CutYear
	switch {
	case fault != nil:
		return fault.Field
	case f.On.IsZero(), f.On.Number() > time.UnixMilli(at).UTC().Unix()/86_400+2: // no zone is further ahead than offsetMax
		return "on"
	case f.Times == 0:
		return "times"
	case asked <= 0, asked > EachMax*TimesMax:
		return "asked"
	case given < 0, given > asked:
		return "given"
	case cut != (given < asked), !cut && f.Cut != NotCut:
		return "cut"
	case cut && f.Cap < 1, !cut && f.Cap != 0, f.Cap > PointsMax:
		return "cap"
	}
	return ""
}

func (m *Marks) applyMark(f Awarded, deducts bool, at int64) string {
	if field := f.wrong(deducts, at); field != "" {
		return field
	}
	plan := m.plan(f.On.Year, at)
	if plan == nil {
		return "on"
	}
	item, ok := plan.item(f.Item)
	if !ok || item.Points < 0 != deducts {
		return "item"
	}
	key := accountKey{f.Subject, f.On.Year}
	a, b := m.accounts[key], bucket{f.Item, item.Period.first(f.On)}
	room, _, _ := a.room(plan, item, b)
	switch {
	case amount(f.Given) > room:
		return "given"
	case m.marks[f.Award] != nil, a != nil && len(a.marks) >= MarksMax:
		return "award"
	}
	if a == nil {
		a = &account{accountKey: key, buckets: map[bucket]Points{}}
		put(&m.accounts, key, a)
		put(&m.years, key.year, m.years[key.year]+1)
	}
	mk := &mark{Awarded: f, account: a, bucket: b, deducts: deducts, given: amount(f.Given), asked: amount(f.Asked), seq: m.seq + 1}
	put(&m.marks, f.Award, mk)
	a.marks = append(a.marks, mk)
	a.add(mk, mk.given)
	kind := KindAward
	if deducts {
		kind = KindDeduct
	}
	a.note(mk, Line{Seq: m.seq + 1, At: instantOf(at), Kind: kind, Asked: f.Asked, Given: f.Given, Cut: f.Cut, Cap: f.Cap})
	a.version++
	return ""
}

// add moves the sums of an account by what a mark gets, or loses below zero.
func (a *account) add(mk *mark, by Points) {
	a.buckets[mk.bucket] += by
	a.sums[side(mk.deducts)] += by
}

// note writes a line about a mark.
func (a *account) note(mk *mark, line Line) {
	line.Award, line.Item, line.On, line.Basis = mk.Award, mk.Item, mk.On, mk.Basis
	a.lines = append(a.lines, line)
}

func (m *Marks) applyReversed(f Reversed, at int64) string {
	gone := m.marks[f.Award]
	switch {
	case gone == nil, gone.reversed:
		return "award"
	case gone.Subject != f.Subject:
		return "subject"
	case gone.On.Year != f.Year:
		return "year"
	case optional("reason", f.Reason) != nil:
		return "reason"
	case f.Back != signed(-gone.given, gone.deducts):
		return "back"
	case !m.fits(f, gone, at):
		return "refills"
	}
	a := gone.account
	a.add(gone, -gone.given)
	gone.reversed, gone.given = true, 0
	a.note(gone, Line{Seq: m.seq + 1, At: instantOf(at), Kind: KindReverse, Given: f.Back, Reason: f.Reason})
	for _, r := range f.Refills {
		mk := m.marks[r.Award]
		mk.given += amount(r.Points)
		a.add(mk, amount(r.Points))
		a.note(mk, Line{Seq: m.seq + 1, At: instantOf(at), Kind: KindRefill, Given: r.Points, Of: f.Award})
	}
	a.version++
	return ""
}

// fits reports whether the refills of a reversal name cut marks of its account and
// side, in the order of recording, and stay within what was asked and every cap.
func (m *Marks) fits(f Reversed, gone *mark, at int64) bool {
	a, plan := gone.account, m.plan(gone.On.Year, at)
	if len(f.Refills) > len(a.marks) {
		return false
	}
	more, year, last := map[bucket]Points{gone.bucket: -gone.given}, -gone.given, uint64(0)
	for _, r := range f.Refills {
		mk := m.marks[r.Award]
		if mk == nil || mk == gone || mk.account != a || mk.deducts != gone.deducts || mk.reversed || mk.seq <= last {
			return false
		}
		by := signed(r.Points, mk.deducts)
		if by < 1 || by > mk.asked-mk.given {
			return false
		}
		last = mk.seq
		more[mk.bucket] += by
		year += by
		item, ok := plan.item(mk.Item)
		if !ok || a.buckets[mk.bucket]+more[mk.bucket] > item.limit() {
			return false
		}
	}
	return a.sums[side(gone.deducts)]+year <= plan.cap(gone.deducts)
}
