package dispatch

import (
	"fmt"
	"iter"
	"math"
	"reflect"
	"slices"
	"time"
	"unsafe"
)

// HashMutations changes every field of a case in turn, down to the elements of its
// lists, and answers the fields that were changed and those of them that the hash did
// not see.
func HashMutations(d *Desk, id Code) (changed, unseen []string) {
	original := d.cases[id]
	before := d.Hash()
	defer func() { d.cases[id] = original }()
	var paths []string
	whole := *original
	whole.side, whole.shown = new(*original.also()), shownOf(original) // a case without a side is one with an empty side
	walkFields(reflect.ValueOf(&whole).Elem(), "", func(path string, _ reflect.Value) { paths = append(paths, path) })
	for _, path := range paths {
		c := *original
		c.event = new(*original.event)
		if original.parties != nil {
			c.parties = new(original.parties.own())
		}
		c.side, c.shown = new(*original.also()), shownOf(original)
		own := reflect.ValueOf(&c).Elem()
		walkFields(own, "", func(at string, v reflect.Value) {
			if at == path {
				mutate(d, path, v)
			}
		})
		d.cases[id] = &c
		changed = append(changed, path)
		if d.Hash() == before {
			unseen = append(unseen, path)
		}
		d.cases[id] = original
	}
	return changed, unseen
}

// shownOf is what a case has shown, made its own.
func shownOf(c *caseState) *shown {
	if c.shown == nil {
		return &shown{}
	}
	return &shown{reported: slices.Clone(c.shown.reported), worked: slices.Clone(c.shown.worked)}
}

// walkFields visits every leaf below a struct that can be set.
func walkFields(v reflect.Value, path string, visit func(string, reflect.Value)) {
	v = reflect.NewAt(v.Type(), unsafe.Pointer(v.UnsafeAddr())).Elem()
	_, isTime := v.Interface().(time.Time)
	switch {
	case v.Kind() == reflect.Struct && !isTime:
		for i := range v.NumField() {
			walkFields(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case v.Kind() == reflect.Pointer && !v.IsNil():
		walkFields(v.Elem(), path, visit)
	default:
		visit(path, v)
	}
}

// mutate changes one leaf to something else.
func mutate(d *Desk, path string, v reflect.Value) {
	switch {
	case path == ".setup":
		v.SetUint(v.Uint()%uint64(len(d.setups)) + 1) // another that exists
	case v.Kind() == reflect.Slice:
		v.Set(reflect.Append(v.Slice(0, v.Len()), reflect.Zero(v.Type().Elem())))
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
	case v.Kind() == reflect.Array, v.Kind() == reflect.Float64:
		v.SetFloat(v.Float() + 1)
	case v.CanInt():
		v.SetInt(v.Int() + 1)
	case v.CanUint():
		v.SetUint(v.Uint() + 1)
	case v.Kind() == reflect.Bool:
		v.SetBool(!v.Bool())
	case v.Kind() == reflect.String:
		v.SetString(v.String() + "x")
	default:
		at, ok := v.Interface().(time.Time)
		if !ok {
			panic(fmt.Sprintf("no change is known for %s", path))
		}
		v.Set(reflect.ValueOf(at.Add(time.Millisecond)))
	}
}

// ImportOf is what another system would know of a case: all of it.
func ImportOf(d *Desk, id Code) Import {
	c := d.cases[id]
	v, s := d.view(c), c.also()
	out := Import{
		Event: v.Event, Case: id, From: "old", State: v.State, FiledAt: v.FiledAt, RegisteredAt: v.RegisteredAt, DispatchedAt: v.DispatchedAt,
		AcknowledgedAt: v.AcknowledgedAt, StartedAt: v.StartedAt, DoneAt: v.DoneAt, VerifiedAt: v.VerifiedAt, Since: c.enteredAt.time(),
		Parties: v.Parties, Generation: v.Generation, Status: v.Status, Tie: v.Tie, Interim: c.interim,
		Clocks: Clocks{
			Total: v.DueAt, Handle: v.HandleDue, Stage: v.StageDue, Review: v.ReviewDue, Note: v.NoteDue, Rectify: v.RectifyDue,
			Span: c.span, Paused: v.Paused, Own: s.ownTotal.time(),
		},
		Late: c.fired.list(), Cycle: v.Cycle, CycleAt: s.cycleAt.time(), Asks: int(s.asks), Extensions: v.Extensions, Suspensions: v.Suspensions,
		Reworks: v.Reworks, Returned: s.spent, Basis: s.basis, Named: s.named, Contention: v.Contention, Push: v.Push, AssistDone: v.AssistDone,
		Assigned: v.Assigned, Reports: v.Reports, Replied: c.replied, Asking: v.Asking, AckDeemed: v.AckDeemed, Lapsed: v.Lapsed, Claim: v.Claim,
		Self: v.Self, Waived: v.Waived, Unproven: v.Unproven, StoodIn: v.StoodIn, Reviews: v.Reviews, Rung: v.Rung, Card: v.Card, Alone: v.Alone, Doer: v.Doer, Verifier: v.Verifier,
		ClosedAt: v.ClosedAt, Outcome: v.Outcome, Satisfied: v.Satisfied, Said: v.Said, Into: v.Into, Merged: v.Merged,
	}
	if v.State != StateFiled && v.Lead.Party == "" {
		out.Terms.Standard = s.standard
	}
	if out.Shown = kindsOf(c.shown); c.shown != nil {
		out.Worked = slices.Clone(c.shown.worked)
	}
	return out
}

// Looks is how many entries of a list the search for the lead can look at for a
// query: those of its cell. All of them where the matter has no cells.
func Looks(l *List, q Query) int {
	prefix, ok := l.prefixOf(q.Matter)
	if !ok {
		return 0
	}
	r := l.roles[0].cells[prefix]
	if r.n == 0 {
		return len(l.entries)
	}
	at := l.cells.list(r, uint32(q.Area))
	if at == nowhere {
		return 0
	}
	return len(l.cells.rest(at)) + 1
}

// VerbOf is the name of a verb.
func VerbOf(do Do) string { return do.verb() }

// Combos is which combinations of windows the proof finds in each piece of time, with
// an instant of each and in order, when it looks at every day and when it leaves out
// those like another.
func Combos(l *List) (every, brief string) {
	t := newTimeline(l)
	brief = fmt.Sprint(t.cuts, t.combos, t.found)
	whole := &timeline{list: l, cuts: t.cuts}
	whole.find(false)
	return fmt.Sprint(whole.cuts, whole.combos, whole.found), brief
}

// Looked is the instants within [from, until) at which the proof looks when it leaves out
// no day.
func Looked(l *List, from, until time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		t, more := newTimeline(l), true
		for _, r := range t.looks(t.cuts[len(t.cuts)-1], math.MaxInt64) {
			t.walk(r[0], r[1], t.minutes(), nil, func(ms int64) {
				if at := time.UnixMilli(ms); more && !at.Before(from) && at.Before(until) {
					more = yield(at)
				}
			})
		}
	}
}

// ToldOf reports whether anybody is told of a fact, about a case that has everybody who
// may be told, and whether a notice of it has a sentence.
func ToldOf(f Fact) (told_, said bool) {
	all := Parties{}
	all.Lead.Party, all.Regulator.Party, all.Rectifier.Party = "lead", "regulator", "rectifier"
	side := caseSide{}
	side.dispute.parties = []Code{"a", "b"}
	t := told{fact: f, owner: "owner", reporter: "reporter", parties: &all, side: &side}
	to, _ := t.concerned("desk")
	_, said = noticeTexts[FactName(f)]
	return slices.ContainsFunc(to, func(c Code) bool { return c != "" }), said
}
