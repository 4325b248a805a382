package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// The autumn of 2025 by the published notice, worked from 9 to 17 (8 hours a day):
//
//	September          26 Fri  27 Sat  28 Sun*  29 Mon  30 Tue
//	October 1 to 8     off, a Wednesday to a Wednesday
//	October            9 Thu  10 Fri  11 Sat*  12 Sun  13 Mon  14 Tue
//
// where * are the make-up days (调休上班) and 27 September and 12 October are off.

// october is an instant of that month in Beijing.
func october(day, hour, minute int) time.Time {
	return time.Date(2025, 10, day, hour, minute, 0, 0, handZone)
}

// september is an instant of the month before.
func september(day, hour, minute int) time.Time {
	return time.Date(2025, 9, day, hour, minute, 0, 0, handZone)
}

// octoberRules is the rules of the test world on a calendar.
func octoberRules(t require.TestingT, config worktime.Config) dispatch.Setup {
	setup := fullStreet(t)
	var err error
	setup.Calendar, err = worktime.New(config)
	require.NoError(t, err)
	return setup
}

// octoberCase is a case of a matter that was filed, taken and begun at an instant.
func octoberCase(t require.TestingT, config worktime.Config, at time.Time, matter dispatch.Code) *dispatch.Desk {
	d := dispatch.NewDesk()
	deskDo(t, d, at, dispatch.Install{Setup: octoberRules(t, config)})
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", matter), Straight: true})
	deskDo(t, d, at, dispatch.Ack{Case: "E1"})
	deskDo(t, d, at, dispatch.Start{Case: "E1"})
	return d
}

func octoberDues(t require.TestingT, d *dispatch.Desk, total, handle time.Time) {
	c := deskCase(t, d, "E1")
	zero := func(at time.Time) time.Time {
		if at.IsZero() {
			return at
		}
		return at.In(handZone)
	}
	require.Equal(t, []time.Time{total, handle}, []time.Time{zero(c.DueAt), zero(c.HandleDue)}, "T and H")
}

// More time, then a suspension that the reporter is the cause of, across the holiday.
func TestOctoberExtendedSuspendedResumed(t *testing.T) {
	d := octoberCase(t, worktime.China(handZone), september(26, 10, 0), "waste") // two working days
	// The day of filing does not count. Saturday is off, Sunday the 28th is the first
	// day, Monday the second.
	octoberDues(t, d, september(29, 17, 0), september(29, 17, 0))

	deskDo(t, d, september(29, 9, 0), dispatch.Extend{Case: "E1", Budget: deskBudget("2wd")})
	// From the due on: Tuesday the 30th is the first day, and after the eight days off
	// Thursday 9 October the second. The promise to the reporter stays.
	octoberDues(t, d, september(29, 17, 0), october(9, 17, 0))

	deskDo(t, d, september(29, 15, 0), dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendReporter, Until: october(17, 9, 0)})
	// T has 2 hours left, of Monday. H has those 2, 8 of Tuesday and 8 of 9 October: 18.
	octoberDues(t, d, time.Time{}, time.Time{})
	hour := time.Hour.Milliseconds()
	require.ElementsMatch(t, []dispatch.Paused{
		{Clock: dispatch.TotalClock, Left: 2 * hour, Working: true, Setup: 1}, {Clock: dispatch.HandleClock, Left: 18 * hour, Working: true, Setup: 1},
	}, deskCase(t, d, "E1").Paused)

	deskDo(t, d, october(10, 13, 0), dispatch.Resume{Case: "E1"})
	// T: 2 hours from 13:00. H: 4 hours of Friday, 8 of Saturday the 11th, which is
	// worked, none of Sunday, and 6 of Monday.
	octoberDues(t, d, october(10, 15, 0), october(13, 15, 0))
	deskTick(t, d, october(10, 15, 0))
	require.False(t, deskCase(t, d, "E1").Overdue, "due on the instant is on time")
	deskTick(t, d, october(10, 15, 1))
	require.True(t, deskCase(t, d, "E1").Overdue)
}

// A suspension that nobody ends is ended at its review, in the holiday or after it.
func TestOctoberSuspensionLapses(t *testing.T) {
	for _, c := range []struct{ until, total, handle time.Time }{
		// One millisecond after the review work begins again. T had 1 hour of Monday left, H
		// that and the 8 of Tuesday: 9, which end on Friday 10 October at 10.
		{october(9, 9, 0), october(9, 10, 0).Add(time.Millisecond), october(10, 10, 0).Add(time.Millisecond)},
		// In the holiday nothing is worked before Thursday at 9.
		{october(4, 12, 0), october(9, 10, 0), october(10, 10, 0)},
		// On Saturday the 11th at 16:00: its last hour but a millisecond, and for H 8 more of
		// Monday.
		{october(11, 16, 0), october(13, 9, 0).Add(time.Millisecond), october(14, 9, 0).Add(time.Millisecond)},
	} {
		d := octoberCase(t, worktime.China(handZone), september(26, 10, 0), "waste")
		deskDo(t, d, september(29, 9, 0), dispatch.Extend{Case: "E1", Budget: deskBudget("1wd")}) // to Tuesday 17:00
		deskDo(t, d, september(29, 16, 0), dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendReporter, Until: c.until})
		entries := deskTick(t, d, c.until.Add(time.Millisecond))
		require.Contains(t, deskFacts(entries), "resumed")
		octoberDues(t, d, c.total, c.handle)
	}
}

// The notice comes late: it is put in force while a case and an application wait.
func TestOctoberNoticeComesLate(t *testing.T) {
	weekly := worktime.Config{Zone: handZone, FirstYear: 2025, LastYear: 2025}
	d := octoberCase(t, weekly, september(26, 10, 0), "quarrel")                   // five working days
	deskDo(t, d, september(26, 10, 0), dispatch.Apply{Mandate: deskMandate("M1")}) // fifteen
	// By the week alone: 29, 30, 1, 2, 3 October; and for the application those, 6 to 10
	// and 13 to 17 October.
	octoberDues(t, d, october(3, 17, 0), october(3, 17, 0))
	m, _ := d.Mandate("M1")
	require.Equal(t, october(17, 17, 0), m.Due.In(handZone))

	entries := deskDo(t, d, september(29, 12, 0), dispatch.Install{Setup: octoberRules(t, worktime.China(handZone))})
	require.Equal(t, []string{"setup_installed", "mandate_revised", "due_revised"}, deskFacts(entries))
	// Of the case 5 hours of Monday and four days are left: 37. By the notice 5 of Monday, 8
	// of Tuesday, 8 each of 9 and 10 October and of Saturday the 11th.
	octoberDues(t, d, october(11, 17, 0), october(11, 17, 0))
	// Of the application 5 hours and 14 days are left. By the notice Tuesday is the first of
	// the 14; 9, 10, 11 and 13 to 17 October make it nine, 20 to 24 October fourteen.
	require.Equal(t, dispatch.MandateRevised{Mandate: "M1", Was: october(17, 17, 0).UTC(), Due: october(24, 17, 0).UTC()}, entries[1].Fact)
	m, _ = d.Mandate("M1")
	require.Equal(t, []any{october(24, 17, 0), uint64(2)}, []any{m.Due.In(handZone), m.Version})
	require.NotContains(t, deskFacts(deskTick(t, d, october(24, 17, 0))), "mandate_overdue")
	require.Contains(t, deskFacts(deskTick(t, d, october(24, 17, 1))), "mandate_overdue")
}

// A make-up day alone that is announced late brings no due forward; what is left is
// counted with it from then on.
func TestOctoberMakeUpDayComesLate(t *testing.T) {
	without := worktime.China(handZone)
	without.Days = slices.DeleteFunc(without.Days, func(day worktime.Day) bool {
		return day.Date == worktime.Date{Year: 2025, Month: 10, Day: 11}
	})
	d := octoberCase(t, without, october(9, 10, 0), "waste")
	// Friday is the first day, Monday the second.
	octoberDues(t, d, october(13, 17, 0), october(13, 17, 0))

	entries := deskDo(t, d, october(9, 16, 0), dispatch.Install{Setup: octoberRules(t, worktime.China(handZone))})
	// The 17 hours left end on Saturday at 17 now: Monday is later and stands.
	require.Equal(t, []string{"setup_installed"}, deskFacts(entries))
	octoberDues(t, d, october(13, 17, 0), october(13, 17, 0))

	deskDo(t, d, october(10, 9, 0), dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendReporter, Until: october(17, 9, 0)})
	deskDo(t, d, october(10, 10, 0), dispatch.Resume{Case: "E1"})
	// 8 hours each of Friday, Saturday and Monday were left: 7 of Friday, 8, 8, and one of
	// Tuesday.
	octoberDues(t, d, october(14, 10, 0), october(14, 10, 0))
}
