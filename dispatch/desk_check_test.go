package dispatch_test

import (
	"errors"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// Retry sends a keyed command again, as it was and with another body.
func (m *deskMachine) Retry(t *rapid.T) {
	if len(m.keyed) == 0 {
		t.Skip("no keyed command yet")
	}
	k := rapid.SampledFrom(m.keyed).Draw(t, "which")
	at := m.now
	if rapid.Bool().Draw(t, "late answer") {
		at = m.w.day(1, 0, 0)
	}
	for _, d := range []*dispatch.Desk{m.main, m.replay} {
		out, err := d.Decide(at, k.cmd)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(dispatch.Outcome{Seq: k.out.Seq, Replayed: true, Refusal: k.out.Refusal}, out))
		k.cmd.Actor = dispatch.Actor{Person: "other"}
		_, err = d.Decide(at, k.cmd)
		require.ErrorIs(t, err, dispatch.ErrReused)
		k.cmd.Actor = dispatch.Actor{}
	}
}

// Malformed commands are errors and change nothing.
func (m *deskMachine) Malformed(t *rapid.T) {
	cmd := rapid.SampledFrom(deskMalformed()).Draw(t, "malformed")
	hash := m.main.Hash()
	_, err := m.main.Decide(m.now, cmd)
	require.ErrorIs(t, err, dispatch.ErrCommand)
	_, err = m.main.Decide(m.now.Add(time.Microsecond), cmd)
	require.ErrorIs(t, err, dispatch.ErrNotMillis)
	require.Equal(t, hash, m.main.Hash())
}

// Check holds after every action.
func (m *deskMachine) Check(t *rapid.T) {
	require.Equal(t, m.main.Hash(), m.replay.Hash(), "replay differs")
	require.Equal(t, m.main.Seq(), m.replay.Seq())
	open := 0
	var next time.Time
	for c := range m.main.Cases() {
		answered := c.Answers.Party != "" && !c.NextDue.IsZero()
		require.Equal(t, c.State.Open(), answered, "case %s", c.ID)
		if !c.State.Open() {
			require.Equal(t, dispatch.Answering{}, c.Answers)
			continue
		}
		open++
		if next.IsZero() || c.NextDue.Before(next) {
			next = c.NextDue
		}
		before, had := m.totals[c.ID]
		require.False(t, had && !before.IsZero() && !before.Equal(c.DueAt), "T of %s moved", c.ID)
		m.totals[c.ID] = c.DueAt
	}
	require.Equal(t, open, m.main.OpenLen())
	due, ok := m.main.NextDue()
	require.Equal(t, open > 0, ok)
	require.False(t, ok && due.Before(next.Add(time.Millisecond)), "fires before its due")
	var reused *dispatch.DeskError
	_, err := m.main.Decide(m.now.Add(-time.Hour*24*365), dispatch.Command{Do: dispatch.Ack{Case: "x"}})
	require.True(t, errors.As(err, &reused) && errors.Is(err, dispatch.ErrTimeBack))
}

func deskMalformed() []dispatch.Command {
	nan := orb.Point{0, 1}
	nan[0] = nan[0] / nan[0]
	return []dispatch.Command{
		{}, {Do: dispatch.Ack{}}, {Do: dispatch.Ack{Case: "a b"}}, {Do: dispatch.Ack{Case: "x"}, Actor: dispatch.Actor{Post: "*"}},
		{Do: dispatch.File{}}, {Do: dispatch.File{Event: dispatch.Event{ID: "x", Matter: "m", Cost: -1}}},
		{Do: dispatch.File{Event: deskEvent("x", "m", nan)}}, {Do: dispatch.File{Event: dispatch.Event{ID: "x", Matter: "m", Area: "*"}}},
		{Do: dispatch.File{Event: dispatch.Event{ID: "x", Matter: "m", Channel: "\xff"}}},
		{Do: dispatch.File{Event: dispatch.Event{ID: "x", Matter: "m", Condition: "a\nb"}}},
		{Do: dispatch.File{Event: dispatch.Event{ID: "x", Matter: "m", Due: time.Unix(0, 1)}}},
		{Do: dispatch.File{Event: dispatch.Event{ID: "x", Matter: "m"}, Case: "4.40309E+14"}},
		{Do: dispatch.Finish{Case: "x", Evidence: []dispatch.Evidence{{}}}},
		{Do: dispatch.Finish{Case: "x", Evidence: make([]dispatch.Evidence, dispatch.EvidenceMax+1)}},
		{Do: dispatch.Close{Case: "x", Satisfied: "maybe"}}, {Do: dispatch.Install{}}, {Do: dispatch.Admit{}},
		{Do: dispatch.Ack{Case: "x"}, Key: string(make([]byte, dispatch.KeyLenMax+1))},
	}
}
