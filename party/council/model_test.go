package council_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party/council"
)

// machine is minutes beside others that must agree with them: eager is ticked
// before every command, main when it happens, replay gets main's entries as JSON,
// and twin is the rules in the plainest form.
type machine struct {
	main, eager, replay *council.Minutes
	twin                *twin
	now                 time.Time
	keyed               []sent
	next                int
	host                bool // only the host acts
	*tally
}

type sent struct {
	cmd council.Command
	out council.Outcome
}

// tally is kept over all runs of a check.
type tally struct {
	done, refused map[string]int
	facts         map[string]int
}

func verbOf(do council.Do) string {
	for _, v := range council.Verbs() {
		if fmt.Sprintf("%T", v.Zero) == fmt.Sprintf("%T", do) {
			return v.Name
		}
	}
	return ""
}

func newMachine(n *tally) *machine {
	return &machine{main: council.NewMinutes(bosses{}), eager: council.NewMinutes(bosses{}), replay: council.NewMinutes(bosses{}), twin: &twin{}, now: noon, tally: n}
}

// keep applies entries to main and, read back from JSON, to replay.
func (m *machine) keep(t *rapid.T, entries []council.Entry) {
	for _, e := range entries {
		require.NoError(t, m.main.Apply(e))
		data, err := json.Marshal(e)
		require.NoError(t, err)
		var back council.Entry
		require.NoError(t, json.Unmarshal(data, &back))
		require.Empty(t, cmp.Diff(e, back, cmpopts.EquateEmpty()))
		require.NoError(t, m.replay.Apply(back))
		m.facts[council.FactName(e.Fact)]++
	}
}

func wake(t *rapid.T, m *council.Minutes, at time.Time, keep func([]council.Entry)) {
	for {
		o, err := m.Tick(at)
		require.NoError(t, err)
		keep(o.Entries)
		if !o.More {
			break
		}
	}
	next, ok := m.NextDue()
	require.False(t, ok && !next.After(at), "still due")
}

// Tick wakes main.
func (m *machine) Tick(t *rapid.T) {
	wake(t, m.main, m.now, func(e []council.Entry) { m.keep(t, e) })
}

// Wait lets time pass, often to the instant of a due or next to it.
func (m *machine) Wait(t *rapid.T) {
	if next := m.twin.views(m.now).Next; !next.IsZero() && rapid.Bool().Draw(t, "to the due") {
		if to := next.Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, "off")) * time.Millisecond); to.After(m.now) && to.Before(m.now.Add(30*day)) {
			m.now = to
			return
		}
	}
	m.now = m.now.Add(rapid.SampledFrom([]time.Duration{0, time.Millisecond, time.Hour, day, 5 * day}).Draw(t, "wait"))
}

// Command gives some drawn commands to all.
func (m *machine) Command(t *rapid.T) {
	for range rapid.IntRange(1, 3).Draw(t, "commands") {
		m.send(t, m.draw(t))
	}
	require.Empty(t, cmp.Diff(m.twin.views(m.now), ask(t, m.eager, m.now), cmpopts.EquateEmpty()))
}

// Sitting holds a meeting of a council from the agenda to the resolutions.
func (m *machine) Sitting(t *rapid.T) {
	c := m.twin.council(m.aCouncil(t))
	if c == nil {
		t.Skip("no council")
	}
	g := m.twin.session(c.Council)
	if g == nil {
		convene := council.Convene{Meeting: m.fresh("g"), Council: c.Council, For: m.now}
		for _, x := range m.twin.topics {
			if x.of == c.Council && x.waiting() && x.on == "" {
				convene.Agenda = append(convene.Agenda, x.Topic)
			}
		}
		m.send(t, convene)
		m.send(t, council.Raise{Topic: m.fresh("t"), Council: c.Council, Title: "议题", Meeting: convene.Meeting})
		there := m.holders(c.Council)
		open := council.Open{Meeting: convene.Meeting, Present: there}
		if len(there) > 1 && rapid.Bool().Draw(t, "one misses") {
			open.Present = there[1:]
		}
		if len(open.Present) > 0 {
			open.Chair = open.Present[0]
		}
		m.send(t, open)
		if g = m.twin.meeting(convene.Meeting); g == nil {
			return // the actor had no right
		}
	}
	for _, id := range g.agenda {
		if rapid.IntRange(0, 4).Draw(t, "counts") == 0 {
			m.send(t, council.Tally{Topic: id, Yes: rapid.Int64Range(0, 3).Draw(t, "yes")})
		}
		for _, p := range m.holders(c.Council) {
			if rapid.IntRange(0, 3).Draw(t, "votes") > 0 {
				m.send(t, council.Vote{Topic: id, Person: p, Choice: rapid.SampledFrom([]council.Choice{council.Yes, council.Yes, council.No, council.Abstain}).Draw(t, "choice")})
			}
		}
		if rapid.IntRange(0, 4).Draw(t, "resolves") > 0 {
			r := m.drawResolve(t).(council.Resolve)
			if r.Topic = id; g.rules.Way == council.ByConsensus && r.Result == "" {
				r.Result = council.Passed
			} else if g.rules.Way == council.ByVote && r.Result != council.Deferred {
				r.Result = ""
			}
			m.send(t, r)
		}
	}
	if rapid.IntRange(0, 3).Draw(t, "closes") > 0 {
		m.send(t, council.Close{Meeting: g.Meeting})
	}
}

// settle founds three councils, one above the other, and seats everybody.
func (m *machine) settle(t *rapid.T) {
	m.host = true
	defer func() { m.host = false }()
	var up council.Code
	for _, id := range councils {
		f := founded(id, drawRules(t), up)
		f.Kind = rapid.SampledFrom([]council.Kind{council.KindCouncil, council.KindCoordination}).Draw(t, "kind")
		m.send(t, f)
		for i, p := range somebody {
			m.send(t, council.Seat{Council: id, Person: p, Capacity: "居民", Vote: i < 3})
		}
		up = id
	}
}

// send gives a command to all.
func (m *machine) send(t *rapid.T, do council.Do) {
	m.twin.tick(m.now)
	wake(t, m.eager, m.now, func(list []council.Entry) {
		for _, e := range list {
			require.NoError(t, m.eager.Apply(e))
		}
	})
	cmd := council.Command{Do: do}
	if !m.host && rapid.IntRange(0, 4).Draw(t, "by somebody") == 0 {
		cmd.Actor = rapid.SampledFrom([]council.Actor{{Person: "boss"}, {Person: "boss"}, {Person: "p1"}, {Post: "clerk"}}).Draw(t, "actor")
	}
	if v, ok := cmd.Do.(council.Vote); ok && rapid.Bool().Draw(t, "own") {
		cmd.Actor = council.Actor{Person: v.Person}
	}
	if rapid.Bool().Draw(t, "keyed") {
		m.next++
		cmd.Key = fmt.Sprint("key ", m.next)
	}
	if !m.host && rapid.IntRange(0, 19).Draw(t, "expect") == 0 {
		cmd.Expect = rapid.Uint64Range(1, 4).Draw(t, "version")
	}
	why := m.twin.why(cmd, m.now)
	hash, seq := m.main.Hash(), m.main.Seq()
	out, err := m.main.Decide(m.now, cmd)
	require.NoError(t, err)
	require.Equal(t, hash, m.main.Hash(), "Decide changed the minutes")
	require.Equal(t, seq, m.main.Seq())
	other, err := m.eager.Decide(m.now, cmd)
	require.NoError(t, err)
	require.Equal(t, other.Refusal, out.Refusal, "cadence shows")
	m.judge(t, cmd, why, out)
	m.keep(t, out.Entries)
	for _, e := range other.Entries {
		require.NoError(t, m.eager.Apply(e))
	}
	if cmd.Key != "" {
		m.keyed = append(m.keyed, sent{cmd, out})
	}
}

// judge compares what was said with the reasons of the twin.
func (m *machine) judge(t *rapid.T, cmd council.Command, why []string, out council.Outcome) {
	verb := verbOf(cmd.Do)
	if len(why) == 0 {
		require.Nil(t, out.Refusal, "refused %#v", cmd)
		m.done[verb]++
		m.twin.do(cmd.Do, m.now)
		own := out.Entries[out.Seq-m.main.Seq()-1]
		require.Equal(t, cmd.Actor, own.Actor)
		require.Equal(t, cmd.Key != "", own.Key != council.Sum{})
		return
	}
	first := slices.IndexFunc(precedence, func(code string) bool { return slices.Contains(why, code) })
	require.NotNil(t, out.Refusal, "carried out %#v against %v", cmd, why)
	require.Equal(t, precedence[first], out.Refusal.Code, "of %v for %#v", why, cmd)
	m.refused[out.Refusal.Code]++
	if cmd.Key == "" {
		require.Empty(t, out.Entries)
		return
	}
	require.Equal(t, council.Refused{Verb: verb, Refusal: *out.Refusal}, out.Entries[len(out.Entries)-1].Fact)
	for _, e := range out.Entries[:len(out.Entries)-1] {
		require.Contains(t, []string{"overdue", "review_due", "risen"}, council.FactName(e.Fact))
	}
}

// Retry sends a keyed command again, as it was and with another body.
func (m *machine) Retry(t *rapid.T) {
	if len(m.keyed) == 0 {
		t.Skip("no keyed command yet")
	}
	k := rapid.SampledFrom(m.keyed).Draw(t, "which")
	for _, one := range []*council.Minutes{m.main, m.replay} {
		out, err := one.Decide(noon, k.cmd)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(council.Outcome{Seq: k.out.Seq, Replayed: true, Refusal: k.out.Refusal}, out))
	}
	k.cmd.Actor = council.Actor{Person: "other"}
	_, err := m.main.Decide(m.now, k.cmd)
	require.ErrorIs(t, err, council.ErrReused)
}

// Meet ticks everything to now: whatever the cadence was, they agree.
func (m *machine) Meet(t *rapid.T) {
	m.Tick(t)
	m.twin.tick(m.now)
	wake(t, m.eager, m.now, func(list []council.Entry) {
		for _, e := range list {
			require.NoError(t, m.eager.Apply(e))
		}
	})
	require.Equal(t, m.eager.Hash(), m.main.Hash(), "cadence of ticks shows")
	require.Empty(t, cmp.Diff(m.twin.views(m.now), ask(t, m.main, m.now), cmpopts.EquateEmpty()))
}

// Check holds after every action.
func (m *machine) Check(t *rapid.T) {
	require.Equal(t, m.main.Hash(), m.replay.Hash(), "replay differs")
	require.Equal(t, m.main.Seq(), m.replay.Seq())
	var all []council.Code
	for c := range m.main.Councils() {
		all = append(all, c.Code)
		for topic := range m.main.Topics(c.Code) {
			checkTopic(t, m.main, topic)
		}
	}
	n := m.main.Count(all, council.Interval{}, m.now)
	require.Equal(t, n.Raised, n.Open+n.Deferred+n.Tracking+n.Done+n.Failed+n.Withdrawn+n.Risen)
	require.Equal(t, n.Risen, n.FromBelow)
}

// checkTopic is what holds of a topic in any state.
func checkTopic(t *rapid.T, m *council.Minutes, topic council.Topic) {
	tracked := topic.State == council.StateTracking
	require.Equal(t, tracked, !topic.NextDue.IsZero(), "a tracked topic has a next due")
	require.Equal(t, topic.State == council.StateRisen, topic.Above != "")
	d := topic.Decided
	if d == nil {
		require.False(t, tracked)
		return
	}
	owners := 0
	for _, c := range []council.Code{d.Owner, d.Case, d.Project} {
		if c != "" {
			owners++
		}
	}
	require.Equal(t, d.Result == council.Passed, owners == 1)
	require.LessOrEqual(t, owners, 1)
	g, _ := m.Meeting(d.Meeting)
	if d.Result == council.Passed {
		require.True(t, enough(g.Rules.Quorum, d.Count.Present, d.Count.Members), "decided without a quorum")
		require.GreaterOrEqual(t, d.Count.Members, g.Rules.MembersMin)
		require.LessOrEqual(t, d.Count.Yes+d.Count.No+d.Count.Abstain, d.Count.Present)
	}
	require.LessOrEqual(t, d.Count.Present, d.Count.Members)
}

func run(n *tally) func(*rapid.T) {
	return func(t *rapid.T) {
		m := newMachine(n)
		if rapid.IntRange(0, 9).Draw(t, "settled") > 0 {
			m.settle(t)
		}
		t.Repeat(map[string]func(*rapid.T){
			"": m.Check, "command 1": m.Command, "command 2": m.Command, "command 3": m.Command, "command 4": m.Command,
			"sitting 1": m.Sitting, "sitting 2": m.Sitting, "tick": m.Tick, "wait 1": m.Wait, "wait 2": m.Wait, "retry": m.Retry, "meet": m.Meet,
		})
		m.Meet(t)
	}
}

func newTally() *tally { return &tally{map[string]int{}, map[string]int{}, map[string]int{}} }

func TestModel(t *testing.T) {
	n := newTally()
	rapid.Check(t, run(n))
	t.Log(n.done, n.refused, n.facts)
	for _, v := range council.Verbs() {
		require.NotZero(t, n.done[v.Name], "%s was never carried out", v.Name)
	}
	for _, f := range council.Facts() {
		require.NotZero(t, n.facts[council.FactName(f)], "%s was never recorded", council.FactName(f))
	}
}

func FuzzModel(f *testing.F) { f.Fuzz(rapid.MakeFuzz(run(newTally()))) }
