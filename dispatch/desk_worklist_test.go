package dispatch_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/party"
)

// listedSetups are the worlds of a work list: the whole table with posts as leads; the
// same with another duty desk and other people on duty; one that archives at once and
// whose map ends after the first grid.
var listedSetups = sync.OnceValues(func() ([]dispatch.Setup, error) {
	base, err := lawSetups()
	if err != nil {
		return nil, err
	}
	world, err := deskSetups()
	if err != nil {
		return nil, err
	}
	rules := fullRules()
	rules[0].Party, rules[8].Party, rules[12].Party = "foreman", "desk", "manager" // the duty desk may lead, too
	list := []dispatch.Setup{base, base, base}
	list[1].Policy.Desk = "night"
	list[2].Map, list[2].Policy.Archive, list[2].Policy.Ladders = world.west.Map, deskBudget("1m"), fullLadders()[:1]
	for i := range list {
		s, plan := &list[i], fullPlan()
		if i == 1 { // others are on duty
			for j, a := range plan.Appointments {
				if a.Post == "foreman" {
					plan.Appointments[j].Person = "zhao"
				}
			}
		}
		if s.Directory, err = party.NewDirectory(s.Map, plan); err != nil {
			return nil, err
		}
		if s.List, err = dispatch.Compile(fullMatters(), rules, s.Map, s.Directory, dispatch.Options{}); err != nil {
			return nil, err
		}
	}
	return list, nil
})

// listWalk is a desk under every verb, with ticks, imports and installations.
type listWalk struct {
	*lawWalk
	setups []dispatch.Setup
}

func newListWalk(t *rapid.T) *listWalk {
	setups, err := listedSetups()
	require.NoError(t, err)
	w := &listWalk{
		lawWalk: &lawWalk{
			d: dispatch.NewDesk(), now: fullDay(2, 9, 0), people: rapid.Bool().Draw(t, "people"), imposed: map[dispatch.Code]bool{},
			seen: func(dispatch.Entry, dispatch.Case, dispatch.Case) {},
		},
		setups: setups,
	}
	w.journal = deskDo(t, w.d, w.now, dispatch.Install{Setup: setups[0]})
	for range rapid.IntRange(1, 8).Draw(t, "cases") {
		w.File(t)
	}
	return w
}

func (w *listWalk) File(t *rapid.T) {
	id := dispatch.Code(fmt.Sprintf("E%d", len(w.ids)))
	event := fullEvent(id, rapid.SampledFrom([]dispatch.Code{"waste", "lamp", "wish", "gas", "snow", "noise", "pipe"}).Draw(t, "matter"))
	event.Area = rapid.SampledFrom([]dispatch.Code{"G1", "G2"}).Draw(t, "area")
	if rapid.IntRange(0, 2).Draw(t, "imposed") == 0 {
		event.Due = w.now.Add(time.Duration(rapid.IntRange(-60, 60).Draw(t, "minutes")) * time.Minute)
	}
	w.ids = append(w.ids, id)
	w.try(t, dispatch.File{Event: event, Straight: rapid.Bool().Draw(t, "straight")})
}

// Bring imports a case as another of the desk stands, by another name.
func (w *listWalk) Bring(t *rapid.T) {
	from := rapid.SampledFrom(w.ids).Draw(t, "like")
	if c, there := w.d.Case(from); !there || !c.State.Open() {
		t.Skip("there is none")
	}
	do := dispatch.ImportOf(w.d, from)
	id := dispatch.Code(fmt.Sprintf("E%d", len(w.ids)))
	do.Case, do.Event.ID, do.Reports = id, id, nil
	w.ids = append(w.ids, id)
	w.try(t, do)
}

func (w *listWalk) Install(t *rapid.T) {
	w.try(t, dispatch.Install{Setup: rapid.SampledFrom(w.setups).Draw(t, "setup")})
}

func (w *listWalk) Work(t *rapid.T) {
	w.step(t, "assign", "assign", "merge", "split", "withdraw", "attach", "archive", "reopen", "handover")
}

// Send lets a lead take its case up and send people to it, and then perhaps others.
func (w *listWalk) Send(t *rapid.T) {
	id := rapid.SampledFrom(w.ids).Draw(t, "case")
	for _, do := range []dispatch.Do{dispatch.Register{Case: id}, dispatch.Dispatch{Case: id}, dispatch.Ack{Case: id}} {
		w.try(t, do)
	}
	c, _ := w.d.Case(id)
	staff := map[dispatch.Code][]dispatch.Code{"squad": {"li", "chen"}, "property": {"zhao"}, "desk": {"wang", "qian"}}[c.Lead.Party]
	for range rapid.IntRange(1, 2).Draw(t, "times") {
		do := dispatch.Assign{Case: id}
		for _, p := range rapid.SliceOfNDistinct(rapid.SampledFrom(append(staff, "reg")), 1, 2, rapid.ID).Draw(t, "people") {
			do.People = append(do.People, dispatch.Sent{Person: p})
		}
		w.try(t, do)
	}
}

func (w *listWalk) Tick(t *rapid.T) {
	w.later(t)
	w.tick(t)
}

// Idle decides and ticks without applying what comes of it.
func (w *listWalk) Idle(t *rapid.T) {
	id := rapid.SampledFrom(w.ids).Draw(t, "case")
	c, _ := w.d.Case(id)
	verb := rapid.SampledFrom(append(twinLikely(string(c.State)), "assign", "merge")).Draw(t, "verb")
	_, err := w.d.Decide(w.now.Add(time.Hour), dispatch.Command{Do: w.command(t, verb, id)})
	require.NoError(t, err)
	_, err = w.d.Tick(w.now.Add(50 * time.Hour))
	require.NoError(t, err)
}

func (w *listWalk) filter(t *rapid.T) dispatch.Filter {
	seldom := func(name string, all ...dispatch.Code) dispatch.Code {
		return rapid.SampledFrom(append(make([]dispatch.Code, len(all)), all...)).Draw(t, name)
	}
	f := dispatch.Filter{
		Party:   rapid.SampledFrom([]dispatch.Code{"", "desk", "desk", "squad", "property", "night", "community", "nobody"}).Draw(t, "party"),
		Post:    seldom("post", "foreman", "manager"),
		Person:  seldom("person", "li", "chen", "zhao", "wang", "who-E1"),
		Area:    seldom("area", "G1", "G2"),
		States:  rapid.SampledFrom([][]dispatch.State{nil, nil, nil, {"dispatched", "filed"}, {"in_progress"}}).Draw(t, "states"),
		Overdue: rapid.IntRange(0, 5).Draw(t, "overdue") == 0,
		Max:     rapid.IntRange(0, 4).Draw(t, "page"),
	}
	if rapid.IntRange(0, 3).Draw(t, "many areas") == 0 {
		f.Areas = []dispatch.Code{"G1", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G2"}[:rapid.IntRange(1, 9).Draw(t, "areas")]
	}
	edge := func(name string) time.Time {
		near := time.Duration(rapid.IntRange(-72, 72).Draw(t, name)) * time.Hour
		at := w.now.Add(near)
		if list, _, _ := dispatch.ScanWorklist(w.d, dispatch.Filter{}, ""); len(list) > 0 && rapid.Bool().Draw(t, "at a due") {
			at = rapid.SampledFrom(list).Draw(t, "whose").NextDue
		}
		return at.Add(time.Duration(rapid.SampledFrom([]int{0, 0, 1}).Draw(t, "nanosecond")))
	}
	if rapid.IntRange(0, 3).Draw(t, "from") == 0 {
		f.Due.From = edge("from hour")
	}
	if rapid.IntRange(0, 3).Draw(t, "until") == 0 {
		f.Due.Until = edge("until hour")
	}
	return f
}

// Look compares pages with those of the scan, to the end.
func (w *listWalk) Look(t *rapid.T) {
	f := w.filter(t)
	other := dispatch.NewDesk(w.setups...)
	deskApply(t, other, w.journal)
	for cursor, first := "", true; first || cursor != ""; first = false {
		want, after, err := dispatch.ScanWorklist(w.d, f, cursor)
		require.NoError(t, err)
		for _, d := range []*dispatch.Desk{w.d, other} {
			got, next, err := d.Worklist(f, cursor)
			require.NoError(t, err)
			require.Equal(t, want, got, "%+v after %q", f, cursor)
			require.Equal(t, after, next, "%+v after %q", f, cursor)
		}
		cursor = after
	}
}

// Check holds after every action.
func (w *listWalk) Check(t *rapid.T) { require.Empty(t, dispatch.AgendaFault(w.d)) }

// listProperty: whatever happened to a desk, each page and cursor is that of a scan of
// all open cases, on it and on one that replayed its entries.
func listProperty(t *rapid.T) {
	w := newListWalk(t)
	t.Repeat(map[string]func(*rapid.T){
		"": w.Check, "file": w.File, "bring": w.Bring, "install": w.Install, "work": w.Work, "work2": w.Work, "work3": w.Work, "tick": w.Tick,
		"send": w.Send, "idle": w.Idle, "look": w.Look, "look2": w.Look,
	})
	w.Look(t)
}

func TestWorklistIsTheScan(t *testing.T) { rapid.Check(t, listProperty) }

func FuzzWorklistScan(f *testing.F) { f.Fuzz(rapid.MakeFuzz(listProperty)) }

// longListProperty is the same with so many cases that their rolls have many blocks,
// which come, are cut, joined and emptied.
func longListProperty(t *rapid.T) {
	d := fullDesk(t)
	now := fullDay(2, 9, 0)
	draw := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	spread := rapid.SampledFrom([]int{1, 5, 10_000}).Draw(t, "spread") // how many different dues
	var open []dispatch.Code
	for phase := range 2 * rapid.IntRange(1, 3).Draw(t, "phases") {
		for i := range 300 {
			id := dispatch.Code(fmt.Sprintf("E%d-%d", phase, i))
			at := draw.IntN(len(open) + 1)
			if phase%2 == 0 || len(open) == 0 {
				event := dispatch.Event{ID: id, Matter: "waste", Area: "G1", Due: now.Add(time.Duration(1+draw.IntN(spread)) * time.Second)}
				deskDo(t, d, now, dispatch.File{Event: event, Straight: draw.IntN(2) == 0})
				open = slices.Insert(open, at, id)
				continue
			}
			at = min(at, len(open)-1)
			deskDo(t, d, now, dispatch.Withdraw{Case: open[at]})
			open = slices.Delete(open, at, at+1)
		}
		require.Empty(t, dispatch.AgendaFault(d))
		f := dispatch.Filter{Party: []dispatch.Code{"", "desk", "squad"}[draw.IntN(3)], Max: []int{7, 100, 0}[draw.IntN(3)]}
		for cursor, first := "", true; first || cursor != ""; first = false {
			want, after, _ := dispatch.ScanWorklist(d, f, cursor)
			got, next, err := d.Worklist(f, cursor)
			require.NoError(t, err)
			require.Equal(t, after, next)
			require.True(t, slices.EqualFunc(want, got, func(a, b dispatch.Case) bool { return a.ID == b.ID }))
			cursor = next
		}
	}
}

func TestWorklistIsTheScanWhenLong(t *testing.T) { rapid.Check(t, longListProperty) }

// TestWorklistOfAPersonHasACaseOnce, be it on duty for the lead's post or sent to the
// case or both, and no more when the case has ended.
func TestWorklistOfAPersonHasACaseOnce(t *testing.T) {
	setups, err := listedSetups()
	require.NoError(t, err)
	d := dispatch.NewDesk()
	at := fullDay(2, 9, 0)
	deskDo(t, d, at, dispatch.Install{Setup: setups[0]})
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "lamp"), Straight: true})
	of := func(f dispatch.Filter) int {
		list, next, err := d.Worklist(f, "")
		require.NoError(t, err)
		require.Empty(t, next)
		return len(list)
	}
	require.Equal(t, dispatch.Code("zhao"), deskCase(t, d, "E1").LeadPerson)
	deskDo(t, d, at, dispatch.Ack{Case: "E1"})
	for i := range 2 {
		require.Equal(t, []int{1, 1, 0}, []int{of(dispatch.Filter{Person: "zhao"}), of(dispatch.Filter{Post: "manager"}), of(dispatch.Filter{Post: "foreman"})})
		if i == 0 {
			deskDo(t, d, at, dispatch.Assign{Case: "E1", People: []dispatch.Sent{{Person: "zhao"}}})
		}
	}
	deskDo(t, d, at, dispatch.Withdraw{Case: "E1"})
	require.Zero(t, of(dispatch.Filter{Person: "zhao"}))
	require.Empty(t, dispatch.AgendaFault(d))
}
