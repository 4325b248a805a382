package dispatch_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

func TestDeskErrorPrecedence(t *testing.T) {
	w := deskStreet(t)
	at := w.day(2, 9, 0)
	d := deskNew(t, w)
	deskDo(t, d, at, dispatch.File{Event: deskEvent("E1", "cover", deskWest)})
	out, err := d.Decide(at, dispatch.Command{Key: "k", Do: dispatch.Register{Case: "E1"}})
	require.NoError(t, err)
	deskApply(t, d, out.Entries)
	bare := dispatch.NewDesk()
	for _, e := range deskThroughJSON(t, out.Entries[:0]) {
		require.NoError(t, bare.Apply(e))
	}

	for _, c := range []struct {
		what string
		at   time.Time
		cmd  dispatch.Command
		want error
	}{
		{"no time", time.Time{}, dispatch.Command{}, dispatch.ErrTimeRange},
		{"year 10000", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), dispatch.Command{}, dispatch.ErrTimeRange},
		{"year -5", time.Date(-5, 1, 1, 0, 0, 0, 1, time.UTC), dispatch.Command{}, dispatch.ErrTimeRange},
		{"a microsecond", at.Add(time.Microsecond), dispatch.Command{}, dispatch.ErrNotMillis},
		{"malformed before reuse", at, dispatch.Command{Key: "k", Do: dispatch.Register{}}, dispatch.ErrCommand},
		{"reuse before time back", w.day(1, 0, 0), dispatch.Command{Key: "k", Do: dispatch.Ack{Case: "E1"}}, dispatch.ErrReused},
		{"time back", w.day(2, 8, 59), dispatch.Command{Key: "l", Do: dispatch.Ack{Case: "E1"}}, dispatch.ErrTimeBack},
	} {
		hash, seq := d.Hash(), d.Seq()
		_, err := d.Decide(c.at, c.cmd)
		require.ErrorIs(t, err, c.want, c.what)
		var where *dispatch.DeskError
		require.ErrorAs(t, err, &where, c.what)
		require.Contains(t, err.Error(), "dispatch: ")
		require.Equal(t, hash, d.Hash())
		require.Equal(t, seq, d.Seq())
	}
	_, err = bare.Decide(at, dispatch.Command{Do: dispatch.Ack{Case: "E1"}})
	require.ErrorIs(t, err, dispatch.ErrNoSetup)
	_, err = d.Tick(at.Add(time.Microsecond))
	require.ErrorIs(t, err, dispatch.ErrNotMillis)
}

func TestDeskReplayNeedsNoRulesButDecidingDoes(t *testing.T) {
	w := deskStreet(t)
	d := deskNew(t, w)
	at := w.day(2, 9, 0)
	filed := deskDo(t, d, at, dispatch.File{Event: deskEvent("E1", "cover", deskWest), Straight: true})
	ticked := deskTick(t, d, w.day(3, 9, 0))
	first, err := dispatch.NewDesk().Decide(w.day(1, 0, 0), dispatch.Command{Do: dispatch.Install{Setup: w.setup}})
	require.NoError(t, err)
	all := deskThroughJSON(t, slices.Concat(first.Entries, filed, ticked))

	bare := dispatch.NewDesk(w.split) // knows another setup only
	deskApply(t, bare, all)
	require.Equal(t, d.Hash(), bare.Hash())
	number, hashes, atHand := bare.Installed()
	require.Equal(t, uint64(1), number)
	require.Equal(t, w.setup.Versions(), hashes)
	require.False(t, atHand)
	_, err = bare.Decide(w.day(3, 9, 0), dispatch.Command{Do: dispatch.Ack{Case: "E1"}})
	require.ErrorIs(t, err, dispatch.ErrNoSetup)
	out, err := bare.Tick(w.day(3, 9, 0)) // nothing is due: no rules are needed
	require.NoError(t, err)
	require.Empty(t, out.Entries)
	_, err = bare.Tick(w.day(9, 9, 0))
	require.ErrorIs(t, err, dispatch.ErrNoSetup)
	_, err = bare.Decide(w.day(9, 9, 0), dispatch.Command{Do: dispatch.Install{Setup: w.setup}})
	require.ErrorIs(t, err, dispatch.ErrNoSetup, "firings due before must come first, by the old rules")
	deskDo(t, bare, w.day(3, 9, 0), dispatch.Install{Setup: w.setup})
	deskDo(t, bare, w.day(3, 9, 0), dispatch.Start{Case: "E1"})

	knows := dispatch.NewDesk(dispatch.Setup{}, w.split, w.setup)
	deskApply(t, knows, all)
	deskDo(t, knows, w.day(3, 9, 0), dispatch.Start{Case: "E1"})
	require.Equal(t, deskCase(t, knows, "E1").StartedAt, deskCase(t, bare, "E1").StartedAt)
}

func TestDeskTickIsBoundedAndOrdered(t *testing.T) {
	w := deskStreet(t)
	one, two := deskNew(t, w), deskNew(t, w)
	at := w.day(2, 9, 0)
	const cases = dispatch.TickMax/3 + 100
	for i := range cases {
		event := deskEvent(dispatch.Code(fmt.Sprintf("E%05d", i*7919%cases)), "cover", deskWest)
		when := at.Add(time.Duration(i%50) * time.Minute)
		if i%50 == 0 {
			at = at.Add(time.Hour)
			when = at
		}
		deskDo(t, one, when, dispatch.File{Event: event, Straight: i%3 == 0})
		deskDo(t, two, when, dispatch.File{Event: event, Straight: i%3 == 0})
	}
	end := at.Add(72 * time.Hour)
	entries := 0
	var last dispatch.Entry
	for {
		next, ok := one.NextDue()
		require.True(t, ok)
		out, err := one.Tick(end)
		require.NoError(t, err)
		require.LessOrEqual(t, len(out.Entries), dispatch.TickMax)
		require.Equal(t, next, out.Entries[0].At)
		for _, e := range out.Entries {
			require.LessOrEqual(t, cmp.Or(last.At.Compare(e.At), cmp.Compare(last.Case, e.Case)), 0, "%v after %v", e, last)
			last = e
		}
		deskApply(t, one, out.Entries)
		entries += len(out.Entries)
		next, _ = one.NextDue()
		require.Equal(t, out.More, !next.After(end))
		if !out.More {
			break
		}
	}
	require.Greater(t, entries, dispatch.TickMax)
	for now := at; !now.After(end); now = now.Add(37 * time.Minute) {
		deskTick(t, two, now)
	}
	deskTick(t, two, end)
	require.Equal(t, one.Hash(), two.Hash())
}

func TestDeskTooFarBehindMustTick(t *testing.T) {
	w := deskStreet(t)
	busy := w.setup
	busy.Policy.Review = deskBudget("1m")
	d := dispatch.NewDesk()
	at := w.day(2, 9, 0)
	deskDo(t, d, at, dispatch.Install{Setup: busy})
	deskDo(t, d, at, dispatch.File{Event: deskEvent("E1", "cover", deskWest)})
	late := at.Add(dispatch.FiringsMax*time.Minute + 24*time.Hour)
	for _, do := range []dispatch.Do{dispatch.Register{Case: "E1"}, dispatch.Install{Setup: w.setup}} {
		_, err := d.Decide(late, dispatch.Command{Do: do})
		require.ErrorIs(t, err, dispatch.ErrBehind)
	}
	for out := (dispatch.Outcome{More: true}); out.More; {
		var err error
		out, err = d.Tick(late)
		require.NoError(t, err)
		deskApply(t, d, out.Entries)
	}
	deskDo(t, d, late, dispatch.Register{Case: "E1"})
}

func TestDeskBeyondTheCalendar(t *testing.T) {
	w := deskStreet(t)
	short := w.setup
	var err error
	short.Calendar, err = worktime.New(worktime.Config{Zone: w.beijing, FirstYear: 2026, LastYear: 2026})
	require.NoError(t, err)
	d := dispatch.NewDesk()
	eve := time.Date(2026, 12, 31, 16, 0, 0, 0, w.beijing)
	deskDo(t, d, eve, dispatch.Install{Setup: short})
	deskDo(t, d, eve, dispatch.File{Event: deskEvent("E1", "lamp", deskWest), Straight: true})
	hash := d.Hash()
	_, err = d.Decide(eve, dispatch.Command{Do: dispatch.File{Event: deskEvent("E2", "waste.missed", deskWest), Straight: true}})
	require.ErrorIs(t, err, worktime.ErrCalendarHorizon, "a command says what it cannot count")
	require.Equal(t, hash, d.Hash())

	entries := deskTick(t, d, eve.Add(72*time.Hour)) // firings go on in elapsed days
	require.Equal(t, []string{"ack_deemed", "review_due", "review_due"}, deskFacts(entries))
	require.True(t, entries[0].Clocks.Provisional)
	require.Equal(t, entries[0].At.Add(24*time.Hour), entries[0].Clocks.Review)
	require.True(t, deskCase(t, d, "E1").Provisional)
}

func TestDeskEndOfTime(t *testing.T) {
	w := deskStreet(t)
	d := deskNew(t, w)
	end := time.Date(9999, 12, 31, 23, 59, 59, 999_000_000, time.UTC)
	event := deskEvent("E1", "cover", deskWest)
	event.Due = end
	deskDo(t, d, w.day(2, 9, 0), dispatch.File{Event: event, Straight: true})
	deskTick(t, d, w.day(2, 10, 0))
	require.Equal(t, end, deskCase(t, d, "E1").NextDue)
	require.Empty(t, deskTick(t, d, end), "due on the last instant is on time")
	_, err := d.Tick(end.Add(time.Millisecond))
	require.ErrorIs(t, err, dispatch.ErrTimeRange)
}

func TestDeskAdmits(t *testing.T) {
	w := deskStreet(t)
	d := deskNew(t, w)
	at := w.day(2, 9, 0)
	entries := deskAs(t, d, at, dispatch.Actor{Person: "wang"}, dispatch.Admit{Mandate: deskMandate("M1")})
	require.Equal(t, []string{"mandate_admitted"}, deskFacts(entries))
	got, ok := d.Mandate("M1")
	require.True(t, ok)
	require.Equal(t, dispatch.Admission{
		Mandate: deskMandate("M1"), AdmittedAt: at.UTC(), Actor: dispatch.Actor{Person: "wang"}, Version: 1,
	}, got)
	got.Powers[0] = "changed"
	again, _ := d.Mandate("M1")
	require.Equal(t, deskMandate("M1").Powers, again.Powers)
	deskDo(t, d, at, dispatch.Admit{Mandate: deskMandate("M0")})
	var ids []dispatch.Code
	for m := range d.Mandates() {
		ids = append(ids, m.ID)
	}
	require.Equal(t, []dispatch.Code{"M0", "M1"}, ids)
	_, ok = d.Mandate("M2")
	require.False(t, ok)
	for _, bad := range []func(*dispatch.Mandate){
		func(m *dispatch.Mandate) { m.Amount = -1 }, func(m *dispatch.Mandate) { m.People = -1 },
		func(m *dispatch.Mandate) { m.Approver = "" }, func(m *dispatch.Mandate) { m.Fund = "a;b" },
		func(m *dispatch.Mandate) { m.During.Until = m.During.From }, func(m *dispatch.Mandate) { m.Basis = "\x00" },
		func(m *dispatch.Mandate) { m.Powers = make([]string, dispatch.PowersMax+1) },
		func(m *dispatch.Mandate) { m.Powers = []string{"\xff"} },
		func(m *dispatch.Mandate) { m.AppliedAt = time.Unix(0, 1) },
	} {
		m := deskMandate("M2")
		bad(&m)
		_, err := d.Decide(at, dispatch.Command{Do: dispatch.Admit{Mandate: m}})
		require.ErrorIs(t, err, dispatch.ErrCommand)
	}
}

func TestDeskSharesNothing(t *testing.T) {
	w := deskStreet(t)
	d := deskNew(t, w)
	at := w.day(2, 9, 0)
	event := deskEvent("E1", "cover", deskWest)
	event.Classes = []string{"roads=lane"}
	out, err := d.Decide(at, dispatch.Command{Do: dispatch.File{Event: event, Straight: true}})
	require.NoError(t, err)
	event.Point[0], event.Classes[0] = 0, "changed"
	deskApply(t, d, out.Entries)
	hash := d.Hash()
	filed, sent := out.Entries[0].Fact.(dispatch.CaseFiled), out.Entries[2].Fact.(dispatch.Dispatched)
	filed.Event.Point[0], filed.Event.Classes[0], sent.Assist[0].Party = 0, "changed", "changed"
	c := deskCase(t, d, "E1")
	c.Event.Point[0], c.Event.Classes[0], c.Assist[0].Party = 0, "changed", "changed"
	require.Equal(t, hash, d.Hash())
	require.Equal(t, deskWest, *deskCase(t, d, "E1").Event.Point)
}
