package dispatch_test

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/party"
)

// lawSetups is the world of the laws: the whole table on a calendar of working hours,
// with two people at the duty desk, so that one may verify what the other finished, and foremen who
// may verify too.
var lawSetups = sync.OnceValues(func() (dispatch.Setup, error) { return lawSetup() })

// passingSetups is the world of the laws with a party that ceases to exist.
var passingSetups = sync.OnceValues(func() (dispatch.Setup, error) {
	return lawSetup(party.Party{Code: "passing", During: party.Interval{Until: lawPassed}})
})

func lawSetup(more ...party.Party) (dispatch.Setup, error) {
	setup, err := fullSetups()
	if err != nil {
		return setup, err
	}
	plan := fullPlan()
	plan.Parties = append(plan.Parties, more...)
	plan.People = append(plan.People, party.Person{Code: "qian"})
	plan.Appointments = append(plan.Appointments, party.Appointment{
		Person: "qian", Post: "desk-officer", During: party.Interval{From: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)},
	})
	plan.Rights = append(plan.Rights, party.Right{Kind: party.RightAssess, Holder: "foreman", Scope: "S"})
	if setup.Directory, err = party.NewDirectory(setup.Map, plan); err != nil {
		return setup, err
	}
	setup.List, err = dispatch.Compile(fullMatters(), fullRules(), setup.Map, setup.Directory, dispatch.Options{})
	return setup, err
}

// lawPassed is when the party "passing" ceases to exist.
var lawPassed = fullDay(4, 12, 0)

// lawWalk drives one desk through random commands of random people at random instants
// and shows every entry about a case with the case before and after it.
type lawWalk struct {
	d       *dispatch.Desk
	now     time.Time
	ids     []dispatch.Code
	imposed map[dispatch.Code]bool
	people  bool                        // commands come from people, else from the host
	lead    map[dispatch.State][]string // the verbs that the law is about, by state
	seen    func(e dispatch.Entry, before, after dispatch.Case)
	journal []dispatch.Entry
	n       int
	more    []dispatch.Code // whom commands name besides
}

func newLawWalk(t *rapid.T, people bool) *lawWalk {
	setup, err := lawSetups()
	require.NoError(t, err)
	w := &lawWalk{
		d: dispatch.NewDesk(), now: fullDay(2, 9, 0), ids: []dispatch.Code{"E1", "E2", "E3"}, people: people,
		imposed: map[dispatch.Code]bool{}, seen: func(dispatch.Entry, dispatch.Case, dispatch.Case) {},
	}
	w.journal = deskDo(t, w.d, w.now, dispatch.Install{Setup: setup})
	return w
}

// file files the cases of the walk.
func (w *lawWalk) file(t *rapid.T, matters ...dispatch.Code) {
	for _, id := range w.ids {
		event := fullEvent(id, rapid.SampledFrom(matters).Draw(t, "matter"))
		event.Reporter = rapid.SampledFrom([]dispatch.Code{event.Reporter, "vol", "com", ""}).Draw(t, "reporter")
		if rapid.IntRange(0, 3).Draw(t, "imposed") == 0 {
			event.Due = w.now.Add(time.Duration(rapid.IntRange(1, 200).Draw(t, "hours")) * time.Hour)
			w.imposed[id] = true
		}
		w.try(t, dispatch.File{Event: event})
	}
}

// apply shows every entry to the law.
func (w *lawWalk) apply(t *rapid.T, entries []dispatch.Entry) {
	for _, e := range entries {
		before, _ := w.d.Case(e.Case)
		require.NoError(t, w.d.Apply(e))
		w.journal = append(w.journal, e)
		if after, there := w.d.Case(e.Case); there {
			w.seen(e, before, after)
		}
	}
}

// lawActors is who acts.
var lawActors = []dispatch.Actor{
	{Person: "wang"}, {Person: "qian"}, {Person: "li"}, {Person: "chen"}, {Person: "zhao"}, {Person: "vol"}, {Person: "com"},
	{Person: "ind"}, {Person: "bur"}, {Person: "reg"}, {Person: "gas"}, {Person: "commander"}, {Person: "approver"}, {Person: "who-E1"},
	{Person: "who-E2"}, {Post: "desk-officer"}, {Person: "wang", Post: "desk-officer"}, {Person: "li", Post: "foreman"}, {Post: "foreman"}, {},
}

// try decides a command, as the host or as the first of the people, from a random one
// on, who is entitled to it.
func (w *lawWalk) try(t *rapid.T, do dispatch.Do) dispatch.Outcome {
	first := len(lawActors) - 1
	if w.people {
		first = rapid.IntRange(0, first).Draw(t, "actor")
	}
	for i := range lawActors {
		out, err := w.d.Decide(w.now, dispatch.Command{Actor: lawActors[(first+i)%len(lawActors)], Do: do})
		require.NoError(t, err)
		if out.Refusal != nil && out.Refusal.Code == "not_entitled" {
			continue
		}
		w.apply(t, out.Entries)
		return out
	}
	return dispatch.Outcome{}
}

// later lets time pass, now and then up to the next due or one millisecond past it.
func (w *lawWalk) later(t *rapid.T) {
	w.now = w.now.Add(rapid.SampledFrom([]time.Duration{0, 0, time.Minute, time.Hour, 5 * time.Hour, 30 * time.Hour}).Draw(t, "later"))
	if next, ok := w.d.NextDue(); ok && rapid.IntRange(0, 5).Draw(t, "to the due") == 0 && next.After(w.now) {
		w.now = next.Add(-time.Duration(rapid.IntRange(0, 1).Draw(t, "on time")) * time.Millisecond)
	}
	if rapid.IntRange(0, 3).Draw(t, "tick") == 0 {
		w.tick(t)
	}
}

func (w *lawWalk) tick(t *rapid.T) { w.apply(t, deskTickOnly(t, w.d, w.now)) }

// step is one random command, mostly one that leads on; verbs are drawn besides.
func (w *lawWalk) step(t *rapid.T, verbs ...string) {
	w.later(t)
	id := rapid.SampledFrom(w.ids).Draw(t, "case")
	c, _ := w.d.Case(id)
	likely := twinLikely(string(c.State))
	switch rapid.IntRange(0, 3).Draw(t, "besides") {
	case 0, 1:
		if lead := w.lead[c.State]; lead != nil {
			likely = lead
		}
	case 2:
		if len(verbs) > 0 {
			likely = verbs
		}
	}
	verb := rapid.SampledFrom(likely).Draw(t, "verb")
	w.try(t, w.command(t, verb, id))
}

func (w *lawWalk) command(t *rapid.T, verb string, id dispatch.Code) dispatch.Do {
	w.n++
	someone := rapid.SampledFrom(append([]dispatch.Code{"property", "squad", "urban"}, w.more...))
	switch verb {
	case "merge":
		return dispatch.Merge{Case: id, Into: rapid.SampledFrom(w.ids).Draw(t, "into")}
	case "attach":
		return dispatch.Attach{Case: id, Event: fullEvent(dispatch.Code(fmt.Sprintf("A%d", w.n)), "waste")}
	case "assign":
		person := rapid.SampledFrom([]dispatch.Code{"li", "chen", "zhao", "com", "vol", "qian"}).Draw(t, "sent")
		return dispatch.Assign{Case: id, People: []dispatch.Sent{{Person: person}}}
	case "dispute":
		return dispatch.Dispute{Case: id, Basis: "law", NewFacts: rapid.Bool().Draw(t, "new facts")}
	case "suspend":
		reason := rapid.SampledFrom([]dispatch.SuspendReason{dispatch.SuspendReporter, dispatch.SuspendWeather}).Draw(t, "reason")
		return dispatch.Suspend{Case: id, Reason: reason, Until: w.now.Add(40 * time.Hour)}
	case "finish":
		return dispatch.Finish{Case: id, Override: "alone"}
	case "reply":
		return dispatch.Reply{Case: id, Event: rapid.SampledFrom(w.events(id)).Draw(t, "event")}
	}
	return twinCommand(verb, id, someone.Draw(t, "party"), w.now)
}

// events are the events of a case; the empty one is the first.
func (w *lawWalk) events(id dispatch.Code) []dispatch.Code {
	c, _ := w.d.Case(id)
	list := []dispatch.Code{""}
	for _, r := range c.Reports {
		list = append(list, r.Event)
	}
	return list
}

// workingTime is the time between two instants that falls on working hours of the
// test calendar, Monday to Friday from 9 to 17, day by day.
func workingTime(from, until time.Time) time.Duration {
	sum := time.Duration(0)
	zone := time.FixedZone("CST", 8*60*60)
	from, until = from.In(zone), until.In(zone)
	for day := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, zone); day.Before(until); day = day.AddDate(0, 0, 1) {
		if slices.Contains([]time.Weekday{time.Saturday, time.Sunday}, day.Weekday()) {
			continue
		}
		opens, closes := day.Add(9*time.Hour), day.Add(17*time.Hour)
		if from.After(opens) {
			opens = from
		}
		if until.Before(closes) {
			closes = until
		}
		sum += max(0, closes.Sub(opens))
	}
	return sum
}
