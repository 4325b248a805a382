package dispatch_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// mandateTwin is the admissions once more, by hand: what is pending, by when, and on
// which calendar that is counted.
type mandateTwin struct {
	calendar handCalendar
	rows     map[dispatch.Code]*mandateRow
}

type mandateRow struct {
	state   dispatch.MandateState
	due     time.Time
	overdue bool
	version uint64
}

// catchUp makes what nobody decided in time overdue.
func (w *mandateTwin) catchUp(now time.Time) {
	for _, m := range w.rows {
		if m.state == dispatch.MandateApplication && !m.overdue && m.due.Before(now) {
			m.overdue = true
			m.version++
		}
	}
}

// install counts what is left of every open due on the new calendar; the later stands. It
// answers what moved, by due and id.
func (w *mandateTwin) install(now time.Time, next handCalendar, onWork bool) []string {
	var moved []string
	for id, m := range w.rows {
		if !onWork || m.state != dispatch.MandateApplication || m.overdue {
			continue
		}
		if due := next.add(now, w.calendar.between(now, m.due)); due.After(m.due) {
			moved = append(moved, m.due.UTC().Format(time.RFC3339)+" "+string(id)+" "+due.UTC().Format(time.RFC3339))
			m.due = due
			m.version++
		}
	}
	w.calendar = next
	slices.Sort(moved)
	return moved
}

// mandateProperty compares applications and admissions with the twin over random
// commands, ticks and calendars, and replays every entry through JSON.
func mandateProperty(t *rapid.T) {
	setup, err := lawSetups()
	require.NoError(t, err)
	budget := rapid.SampledFrom([]string{"1wd", "4wd", "13wh", "50h"}).Draw(t, "budget")
	setup.Policy.Admission = deskBudget(budget)
	onWork := strings.Contains(budget, "w")
	d, replay := dispatch.NewDesk(), dispatch.NewDesk()
	w := mandateTwin{calendar: handCalendar{}, rows: map[dispatch.Code]*mandateRow{}}
	now := fullDay(2, 9, 0)
	apply := func(entries []dispatch.Entry) {
		deskApply(t, d, entries)
		deskApply(t, replay, deskThroughJSON(t, entries))
	}
	apply(deskDecide(t, d, now, dispatch.Install{Setup: w.calendar.setup(t, setup)}).Entries)
	for range rapid.IntRange(1, 30).Draw(t, "steps") {
		now = now.Add(rapid.SampledFrom([]time.Duration{0, time.Minute, time.Hour, 5 * time.Hour, 30 * time.Hour}).Draw(t, "later"))
		if next, ok := d.NextDue(); ok && rapid.IntRange(0, 4).Draw(t, "to the due") == 0 && next.After(now) {
			now = next.Add(-time.Duration(rapid.IntRange(0, 1).Draw(t, "on time")) * time.Millisecond)
		}
		if rapid.IntRange(0, 3).Draw(t, "tick") == 0 {
			apply(deskTickOnly(t, d, now))
			w.catchUp(now)
		}
		id := rapid.SampledFrom([]dispatch.Code{"M1", "M2", "M3"}).Draw(t, "mandate")
		m := w.rows[id]
		var do dispatch.Do
		refusal := ""
		switch verb := rapid.SampledFrom([]string{"apply", "apply", "install", "install", "admit", "deny", "revoke"}).Draw(t, "verb"); verb {
		case "install":
			w.catchUp(now)
			next := drawHandCalendar(t, now)
			moved := w.install(now, next, onWork)
			out := deskDecide(t, d, now, dispatch.Install{Setup: next.setup(t, setup)})
			var got []string
			for _, e := range out.Entries {
				if f, ok := e.Fact.(dispatch.MandateRevised); ok {
					require.Equal(t, now.UTC(), e.At.UTC())
					got = append(got, f.Was.Format(time.RFC3339)+" "+string(f.Mandate)+" "+f.Due.Format(time.RFC3339))
				}
			}
			require.Equal(t, moved, got)
			apply(out.Entries)
		case "apply":
			do = dispatch.Apply{Mandate: deskMandate(id)}
			if refusal = "mandate_exists"; m == nil {
				refusal = ""
				m = &mandateRow{state: dispatch.MandateApplication, version: 1, due: now.Add(50 * time.Hour)}
				switch budget {
				case "1wd", "4wd":
					m.due = w.calendar.days(now, int(budget[0]-'0'))
				case "13wh":
					m.due = w.calendar.add(now, 13*time.Hour)
				}
				w.rows[id] = m
			}
		default:
			w.catchUp(now)
			from, to, code := dispatch.MandateApplication, dispatch.MandateRefused, "unknown_mandate"
			do = dispatch.Deny{Mandate: id, Reason: "no"}
			switch verb {
			case "admit":
				do, to, code = dispatch.Admit{Mandate: deskMandate(id)}, dispatch.MandateInForce, "mandate_exists"
				if m == nil {
					m = &mandateRow{state: from}
					w.rows[id] = m
				}
			case "revoke":
				do, from, to = dispatch.Revoke{Mandate: id, Reason: "over"}, dispatch.MandateInForce, dispatch.MandateEnded
			}
			if refusal = code; m != nil && m.state == from {
				refusal, m.state = "", to
				m.version++
			}
		}
		if do != nil {
			out := deskDecide(t, d, now, do)
			got := ""
			if out.Refusal != nil {
				got = out.Refusal.Code
			}
			require.Equal(t, refusal, got, "%T", do)
			apply(out.Entries)
		}
		require.Equal(t, d.Hash(), replay.Hash())
	}
	apply(deskTickOnly(t, d, now))
	w.catchUp(now)
	for id, m := range w.rows {
		got, _ := d.Mandate(id)
		due := m.due
		if due.IsZero() {
			due = got.Due // it was never applied for
		}
		require.Equal(t, []any{m.state, due.UTC(), m.overdue, m.version}, []any{got.State, got.Due, got.Overdue, got.Version}, id)
	}
}

func TestMandateTwin(t *testing.T) { rapid.Check(t, mandateProperty) }

func FuzzMandates(f *testing.F) { f.Fuzz(rapid.MakeFuzz(mandateProperty)) }

// A due of an application that one of the calendars cannot count stays; where days
// beyond the published years are provisional they are counted like others.
func TestApplicationBeyondTheCalendar(t *testing.T) {
	at := time.Date(2026, 12, 21, 9, 0, 0, 0, handZone) // a Monday
	calendar := func(provisional bool, days ...worktime.Day) dispatch.Setup {
		setup := fullStreet(t)
		var err error
		setup.Policy.Admission = deskBudget("8wd")
		setup.Calendar, err = worktime.New(worktime.Config{Zone: handZone, FirstYear: 2026, LastYear: 2026, Provisional: provisional, Days: days})
		require.NoError(t, err)
		return setup
	}
	off := worktime.Day{Date: worktime.Date{Year: 2026, Month: 12, Day: 25}, Kind: worktime.Off}
	for _, c := range []struct {
		from, to dispatch.Setup
		moved    bool
	}{
		{calendar(false), calendar(false, off), false}, // the eighth day after is 31 December; one more is past the end
		{calendar(false), calendar(true, off), true},   // and the new calendar lets it be the next Friday
		{calendar(true), calendar(true, off), true},    // as the old one would have
	} {
		d := dispatch.NewDesk()
		deskDo(t, d, at, dispatch.Install{Setup: c.from})
		deskDo(t, d, at, dispatch.Apply{Mandate: deskMandate("M1")})
		m, _ := d.Mandate("M1")
		require.Equal(t, []any{time.Date(2026, 12, 31, 17, 0, 0, 0, handZone).UTC(), false}, []any{m.Due, m.Provisional})
		entries := deskDo(t, d, at, dispatch.Install{Setup: c.to})
		if m, _ = d.Mandate("M1"); !c.moved {
			require.Equal(t, []string{"setup_installed"}, deskFacts(entries))
			require.Equal(t, time.Date(2026, 12, 31, 17, 0, 0, 0, handZone).UTC(), m.Due)
			continue
		}
		require.Equal(t, []string{"setup_installed", "mandate_revised"}, deskFacts(entries))
		require.Equal(t, []any{time.Date(2027, 1, 1, 17, 0, 0, 0, handZone).UTC(), true}, []any{m.Due, m.Provisional})
		require.Equal(t, true, entries[1].Fact.(dispatch.MandateRevised).Provisional)
	}
}

// What cannot have happened is refused: a revision of what is not pending, from another
// due than it has, or to an earlier one.
func TestForgedRevisionOfAnApplication(t *testing.T) {
	at := fullDay(2, 9, 0)
	for name, forge := range map[string]func(*dispatch.MandateRevised){
		"unknown": func(f *dispatch.MandateRevised) { f.Mandate = "M9" },
		"was":     func(f *dispatch.MandateRevised) { f.Was = f.Was.Add(time.Hour) },
		"same":    func(f *dispatch.MandateRevised) { f.Due = f.Was },
		"earlier": func(f *dispatch.MandateRevised) { f.Due = f.Was.Add(-time.Hour) },
		"none":    func(f *dispatch.MandateRevised) { f.Due = time.Time{} },
		"":        func(*dispatch.MandateRevised) {},
	} {
		d := fullDesk(t)
		deskDo(t, d, at, dispatch.Apply{Mandate: deskMandate("M1")})
		m, _ := d.Mandate("M1")
		f := dispatch.MandateRevised{Mandate: "M1", Was: m.Due, Due: m.Due.Add(24 * time.Hour)}
		forge(&f)
		hash := d.Hash()
		err := d.Apply(dispatch.Entry{Seq: d.Seq() + 1, At: at, Fact: f})
		if name == "" {
			require.NoError(t, err)
			continue
		}
		require.ErrorIs(t, err, dispatch.ErrEntry, name)
		require.Equal(t, hash, d.Hash())
	}
}
