package dispatch_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// deskMachine drives three desks and the twin through the same commands: main
// is ticked now and then, other at another cadence, replay gets main's entries
// through JSON and never sees a rule.
type deskMachine struct {
	w                   deskWorld
	main, other, replay *dispatch.Desk
	twin                *deskTwin
	now                 time.Time
	places              map[dispatch.Code]dispatch.Event // by case
	keyed               []deskKeyed
	totals              map[dispatch.Code]time.Time
	maps                map[dispatch.Sum]string
}

type deskKeyed struct {
	cmd dispatch.Command
	out dispatch.Outcome
}

func newDeskMachine(t *rapid.T) *deskMachine {
	w := deskStreet(t)
	m := &deskMachine{
		w: w, main: dispatch.NewDesk(), other: dispatch.NewDesk(), replay: dispatch.NewDesk(), twin: newDeskTwin(),
		now: w.day(2, 9, 0), places: map[dispatch.Code]dispatch.Event{}, totals: map[dispatch.Code]time.Time{},
		maps: map[dispatch.Sum]string{w.setup.Map.Hash(): "two", w.split.Map.Hash(): "split", w.west.Map.Hash(): "west"},
	}
	m.install(t, w.setup)
	return m
}

// apply folds entries into main and, through JSON, into replay.
func (m *deskMachine) apply(t *rapid.T, entries []dispatch.Entry) {
	deskApply(t, m.main, entries)
	deskApply(t, m.replay, deskThroughJSON(t, entries))
}

// decide gives one command to main and other and compares what they say.
func (m *deskMachine) decide(t *rapid.T, cmd dispatch.Command) dispatch.Outcome {
	seq, hash := m.main.Seq(), m.main.Hash()
	out, err := m.main.Decide(m.now, cmd)
	require.NoError(t, err)
	require.Equal(t, seq, m.main.Seq())
	require.Equal(t, hash, m.main.Hash(), "Decide changed the desk")
	twice, err := m.main.Decide(m.now, cmd)
	require.NoError(t, err)
	require.Equal(t, deskText(t, out.Entries), deskText(t, twice.Entries))
	m.apply(t, out.Entries)

	elsewhere, err := m.other.Decide(m.now, cmd)
	require.NoError(t, err)
	require.Equal(t, out.Refusal, elsewhere.Refusal)
	require.Equal(t, out.Replayed, elsewhere.Replayed)
	deskApply(t, m.other, elsewhere.Entries)
	if cmd.Key != "" && !out.Replayed {
		m.keyed = append(m.keyed, deskKeyed{cmd, out})
	}
	return out
}

func deskText(t require.TestingT, entries []dispatch.Entry) string {
	text, err := json.Marshal(entries)
	require.NoError(t, err)
	return string(text)
}

// where is the place of an event on the map in force, by hand.
func (m *deskMachine) where(e dispatch.Event, before dispatch.Code, setup dispatch.Setup) dispatch.Code {
	known := map[string][]dispatch.Code{"two": {"S", "G1", "G2"}, "split": {"S", "G1A", "G1B", "G2"}, "west": {"S", "G1"}}
	name := m.maps[setup.Map.Hash()]
	leaf := map[string]map[orb.Point]dispatch.Code{
		"two":   {deskWest: "G1", deskNorth: "G1", deskEast: "G2"},
		"split": {deskWest: "G1B", deskNorth: "G1B", deskEast: "G2"}, // west lies on the seam: north of it owns it
		"west":  {deskWest: "G1", deskNorth: "G1"},
	}[name]
	wish := before
	if e.Point != nil {
		if area := leaf[*e.Point]; area != "" {
			return area
		}
	} else if before == "" {
		wish = e.Area
	}
	if slices.Contains(known[name], wish) {
		return wish
	}
	return ""
}

func (m *deskMachine) install(t *rapid.T, setup dispatch.Setup) {
	m.decide(t, dispatch.Command{Do: dispatch.Install{Setup: setup}})
	m.twin.install(m.now, setup, func(id dispatch.Code) dispatch.Code {
		return m.where(m.places[id], m.twin.cases[id].area, setup)
	})
}

func (m *deskMachine) Install(t *rapid.T) {
	m.install(t, rapid.SampledFrom([]dispatch.Setup{m.w.setup, m.w.split, m.w.west, m.w.strict}).Draw(t, "setup"))
}

func (m *deskMachine) key(t *rapid.T) string {
	return rapid.SampledFrom([]string{"", "", "key-"}).Draw(t, "key")
}

// named makes a drawn key unlike any other.
func (m *deskMachine) named(key string) string {
	if key == "" {
		return ""
	}
	return key + string(rune('a'+len(m.keyed)%26)) + time.Duration(len(m.keyed)).String()
}

func (m *deskMachine) File(t *rapid.T) {
	ids := []dispatch.Code{"E1", "E2", "E3", "E4", "E5", "E6"}
	do := dispatch.File{
		Event: dispatch.Event{
			ID:     rapid.SampledFrom(ids).Draw(t, "event"),
			Matter: rapid.SampledFrom([]dispatch.Code{"waste.missed", "lamp", "cover", "tree", "noise", "alien"}).Draw(t, "matter"),
		},
		Straight: rapid.Bool().Draw(t, "straight"),
	}
	if rapid.Bool().Draw(t, "point") {
		do.Event.Point = new(rapid.SampledFrom([]orb.Point{deskWest, deskEast, deskNorth, deskSea}).Draw(t, "place"))
	} else {
		do.Event.Area = rapid.SampledFrom([]dispatch.Code{"", "G1", "G2", "S", "X"}).Draw(t, "area")
	}
	if rapid.IntRange(0, 3).Draw(t, "imposed") == 0 {
		do.Event.Due = m.now.Add(time.Duration(rapid.IntRange(-60, 60*72).Draw(t, "minutes")) * time.Minute)
	}
	if rapid.Bool().Draw(t, "renamed") {
		do.Case = "C" + rapid.SampledFrom(ids).Draw(t, "case")
	}
	out := m.decide(t, dispatch.Command{Key: m.named(m.key(t)), Do: do})
	refusal := m.twin.file(m.now, do, m.where(do.Event, "", m.twin.setup))
	m.sameRefusal(t, refusal, out)
	if refusal == "" {
		id := do.Case
		if id == "" {
			id = do.Event.ID
		}
		m.places[id] = do.Event
	}
}

func (m *deskMachine) Work(t *rapid.T) {
	var ids []dispatch.Code
	for c := range m.main.Cases() {
		ids = append(ids, c.ID)
	}
	id := rapid.SampledFrom(append(ids, "nobody")).Draw(t, "case")
	verbs := map[string]dispatch.Do{
		"register": dispatch.Register{Case: id}, "dispatch": dispatch.Dispatch{Case: id}, "ack": dispatch.Ack{Case: id},
		"start": dispatch.Start{Case: id}, "finish": dispatch.Finish{Case: id, Override: "alone"}, "verify": dispatch.Verify{Case: id},
		"close": dispatch.Close{Case: id, Outcome: "solved"},
	}
	next := map[dispatch.State]string{
		"filed": "register", "registered": "dispatch", "dispatched": "ack", "acknowledged": "start",
		"in_progress": "finish", "done": "verify", "verified": "close", "closed": "close", "": "ack",
	}
	c, _ := m.main.Case(id)
	verb := next[c.State]
	if rapid.IntRange(0, 4).Draw(t, "astray") == 0 {
		verb = rapid.SampledFrom([]string{"register", "dispatch", "ack", "start", "finish", "verify", "close"}).Draw(t, "verb")
	}
	cmd := dispatch.Command{Key: m.named(m.key(t)), Do: verbs[verb]}
	if rapid.IntRange(0, 3).Draw(t, "expects") == 0 {
		cmd.Expect = c.Version + uint64(rapid.IntRange(0, 1).Draw(t, "ahead"))
	}
	out := m.decide(t, cmd)
	m.sameRefusal(t, m.twin.work(id, m.now, verb, cmd.Expect), out)
}

// sameRefusal compares with the twin, which the twin's lazy catching up may
// have moved past what an unkeyed refusal left on the desk.
func (m *deskMachine) sameRefusal(t *rapid.T, want string, out dispatch.Outcome) {
	got := ""
	if out.Refusal != nil {
		got = out.Refusal.Code
		require.NotEqual(t, out.Refusal.Code, out.Refusal.Text("zh"))
	}
	require.Equal(t, want, got)
}

func (m *deskMachine) Later(t *rapid.T) {
	m.now = m.now.Add(rapid.SampledFrom([]time.Duration{
		0, time.Millisecond, time.Minute, 14 * time.Minute, time.Hour, 7 * time.Hour, 26 * time.Hour,
	}).Draw(t, "later"))
}

// Due goes to the next due, or one millisecond past it.
func (m *deskMachine) Due(t *rapid.T) {
	next, ok := m.main.NextDue()
	if !ok {
		t.Skip("nothing is due")
	}
	next = next.Add(-time.Duration(rapid.IntRange(0, 1).Draw(t, "on time")) * time.Millisecond)
	if next.After(m.now) {
		m.now = next
	}
}

func (m *deskMachine) TickMain(t *rapid.T) {
	out, err := m.main.Tick(m.now)
	require.NoError(t, err)
	m.apply(t, out.Entries)
	if next, ok := m.main.NextDue(); ok {
		require.Equal(t, out.More, !next.After(m.now))
	}
}

func (m *deskMachine) TickOther(t *rapid.T) { deskTick(t, m.other, m.now) }

// Meet ticks every desk to now: whatever the cadence was, they agree, and they
// agree with the twin.
func (m *deskMachine) Meet(t *rapid.T) {
	m.apply(t, deskTickOnly(t, m.main, m.now))
	deskTick(t, m.other, m.now)
	m.twin.catchUpAll(m.now)
	require.Equal(t, m.main.Hash(), m.other.Hash(), "cadence of ticks shows")
	for c := range m.main.Cases() {
		m.sameCase(t, c)
	}
}

// deskTickOnly answers all firings at or before at without applying them to d.
func deskTickOnly(t require.TestingT, d *dispatch.Desk, at time.Time) []dispatch.Entry {
	out, err := d.Tick(at)
	require.NoError(t, err)
	require.False(t, out.More)
	return out.Entries
}

func (m *deskMachine) sameCase(t *rapid.T, c dispatch.Case) {
	w := m.twin.cases[c.ID]
	want := []any{
		dispatch.State(w.state), w.area, m.twin.answers(w), w.interim && w.state != "closed", w.version, w.reviews,
		w.total.UTC(), w.handle.UTC(), w.stage.UTC(), w.review.UTC(), w.overdueT, len(w.late),
	}
	got := []any{
		c.State, c.Area, c.Answers.Party, c.Answers.Interim, c.Version, c.Reviews,
		c.DueAt, c.HandleDue, c.StageDue, c.ReviewDue, c.Overdue, len(c.Late),
	}
	require.Empty(t, cmp.Diff(want, got), "case %s", c.ID)
	for _, clock := range c.Late {
		require.True(t, w.late[clock], clock)
	}
}

func deskProperty(t *rapid.T) {
	m := newDeskMachine(t)
	t.Repeat(map[string]func(*rapid.T){
		"": m.Check, "install": m.Install, "file": m.File, "file2": m.File, "work": m.Work, "work2": m.Work, "work3": m.Work,
		"later": m.Later, "due": m.Due, "tick": m.TickMain, "other": m.TickOther, "meet": m.Meet,
		"retry": m.Retry, "malformed": m.Malformed,
	})
	m.Meet(t)
}

func TestDeskMachine(t *testing.T) { rapid.Check(t, deskProperty) }

func FuzzDesk(f *testing.F) { f.Fuzz(rapid.MakeFuzz(deskProperty)) }
