package dispatch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// accountStory is a life of a case that is driven by hand.
type accountStory struct {
	t   require.TestingT
	d   *dispatch.Desk
	all []dispatch.Entry
}

func newAccountStory(t require.TestingT) *accountStory {
	return &accountStory{t: t, d: dispatch.NewDesk()}
}

// does carries a command out, and first what is due before.
func (s *accountStory) does(at time.Time, do dispatch.Do) {
	s.all = append(s.all, deskTick(s.t, s.d, at)...)
	s.all = append(s.all, deskDo(s.t, s.d, at, do)...)
}

// letters are the letters of clocks in their order.
func letters(clocks []dispatch.Clock) string {
	var out []string
	for _, c := range clocks {
		out = append(out, c.Letter())
	}
	slices.Sort(out)
	return strings.Join(out, "")
}

// spans are the spans of an account as lines: from, until, who, state, the clocks that
// ran, those that stood still in brackets, and late.
func accountLines(list []dispatch.Span) []string {
	var out []string
	for _, s := range list {
		line := fmt.Sprintf("%s %s %s %s %s", s.From.In(handZone).Format("02 15:04"), s.Until.In(handZone).Format("02 15:04"),
			s.Party, s.State, letters(s.Clocks))
		if len(s.Paused) > 0 {
			line += " (" + letters(s.Paused) + ")"
		}
		if s.Late {
			line += " late"
		}
		for _, p := range s.People {
			line += " +" + string(p)
		}
		out = append(out, line)
	}
	return out
}

// account is the account of a case, of which the sum is the whole time from filing.
func (s *accountStory) account(id dispatch.Code, now, filed, end time.Time) dispatch.Account {
	a, err := dispatch.Accountability(id, slices.Values(s.all), now)
	require.NoError(s.t, err)
	sum := time.Duration(0)
	for _, span := range slices.Concat(a.Spans, a.Idle) {
		sum += span.Length()
	}
	require.Equal(s.t, end.Sub(filed), sum)
	return a
}

// A return that is refused, a dispute and its ruling, a suspension over a weekend and the
// October holiday of 2025, and a rework. The days are those of desk_october_test.go.
func TestAccountOfADisputeOverTheHoliday(t *testing.T) {
	s := newAccountStory(t)
	start := september(26, 10, 0)
	s.does(start, dispatch.Install{Setup: octoberRules(t, worktime.China(handZone))})
	s.does(start, dispatch.File{Event: fullEvent("E1", "waste")})
	s.does(september(26, 10, 5), dispatch.Register{Case: "E1"})
	s.does(september(26, 10, 10), dispatch.Dispatch{Case: "E1"}) // squad, 2 working days: T and H until 29 September 17:00
	s.does(september(26, 10, 20), dispatch.Return{Case: "E1", Basis: "law", Party: "property"})
	s.does(september(26, 11, 0), dispatch.RefuseReturn{Case: "E1", Reason: "yours"})
	s.does(september(26, 11, 10), dispatch.Dispute{Case: "E1", Basis: "law", Party: "property"})
	s.does(september(28, 10, 0), dispatch.Judge{Case: "E1", Party: "property", Basis: "law"}) // H until 30 September 17:00
	s.does(september(28, 10, 20), dispatch.Ack{Case: "E1"})
	s.does(september(28, 10, 30), dispatch.Start{Case: "E1"})
	s.does(september(28, 11, 0), dispatch.Assign{Case: "E1", People: []dispatch.Sent{{Person: "zhao"}}})
	// T has one hour left, of Monday; H that and the 8 of Tuesday.
	s.does(september(29, 16, 0), dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendReporter, Until: october(13, 9, 0)})
	// Thursday 9 October at 11: T until 12:00, H until Friday at 12:00.
	s.does(october(9, 11, 0), dispatch.Resume{Case: "E1"})
	s.does(october(9, 16, 0), dispatch.Finish{Case: "E1"})
	// H had four hours left, the floor is a working day: until Saturday the 11th, 17:00.
	s.does(october(10, 10, 0), dispatch.Fail{Case: "E1", Reason: "dirty"})
	s.does(october(11, 10, 0), dispatch.Finish{Case: "E1"})
	s.does(october(11, 11, 0), dispatch.Verify{Case: "E1"})
	s.does(october(12, 9, 0), dispatch.Reply{Case: "E1"})
	s.does(october(13, 9, 30), dispatch.Close{Case: "E1", Outcome: "settled"})

	a := s.account("E1", october(20, 9, 0), start, october(13, 9, 30))
	require.Empty(t, a.Idle)
	require.Equal(t, []string{
		"26 10:00 26 10:05 desk filed R",
		"26 10:05 26 10:10 desk registered P",
		"26 10:10 26 10:20 squad dispatched AHLT",
		"26 10:20 26 11:00 squad returned HLTV",
		"26 11:00 26 11:10 squad dispatched AHLT",
		"26 11:10 28 10:00 squad disputed DHLT",
		"28 10:00 28 10:20 property dispatched AHLT",
		"28 10:20 28 10:30 property acknowledged HLT",
		"28 10:30 28 11:00 property in_progress HLT",
		"28 11:00 29 16:00 property in_progress HLT +zhao",
		"29 16:00 09 11:00 property suspended U (HT) +zhao",
		"09 11:00 09 12:00 property in_progress HLT +zhao",
		"09 12:00 09 16:00 property in_progress HL late +zhao", // T ran out; L at 80 % of H is 15:24
		"09 16:00 10 10:00 desk done FL late",
		"10 10:00 11 10:00 property in_progress HL late +zhao",
		"11 10:00 11 11:00 desk done FL late",
		"11 11:00 13 09:30 desk verified CL late",
	}, accountLines(a.Spans))
	require.Equal(t, map[dispatch.Code]time.Duration{
		"desk":     10*time.Minute + 18*time.Hour + 47*time.Hour + 30*time.Minute,
		"squad":    47*time.Hour + 50*time.Minute,
		"property": 270*time.Hour + 24*time.Hour,
	}, a.Held())
	// From 28 September 11:00 to 9 October 16:00, and the day of the rework.
	require.Equal(t, map[dispatch.Code]time.Duration{"zhao": 269*time.Hour + 24*time.Hour}, a.Had())
}

// A redirection, a merging and a splitting, an end and a reopening, while the duty desk
// moves to another party. The 2nd of March 2026 is a Monday.
func TestAccountOfAMergedAndReopenedCase(t *testing.T) {
	s := newAccountStory(t)
	s.does(fullDay(1, 0, 0), dispatch.Install{Setup: fullStreet(t)})
	s.does(fullDay(2, 9, 0), dispatch.File{Event: fullEvent("E1", "waste")})
	s.does(fullDay(2, 9, 0), dispatch.File{Event: fullEvent("E2", "waste"), Straight: true}) // T and H until Wednesday 17:00
	s.does(fullDay(2, 9, 5), dispatch.Register{Case: "E1"})
	s.does(fullDay(2, 9, 10), dispatch.Dispatch{Case: "E1"})
	s.does(fullDay(2, 9, 20), dispatch.Redirect{Case: "E1", Party: "property", Reason: "slip"})
	s.does(fullDay(2, 9, 30), dispatch.Ack{Case: "E1"})
	s.does(fullDay(2, 10, 0), dispatch.Merge{Case: "E1", Into: "E2"})
	s.does(fullDay(3, 10, 0), dispatch.Part{Case: "E1"}) // T as if it had never been merged
	s.does(fullDay(3, 10, 10), dispatch.Dispatch{Case: "E1"})
	s.does(fullDay(3, 10, 20), dispatch.Ack{Case: "E1"})
	s.does(fullDay(3, 10, 30), dispatch.Start{Case: "E1"})
	s.does(fullDay(4, 16, 0), dispatch.Finish{Case: "E1"})
	s.does(fullDay(4, 16, 30), dispatch.Verify{Case: "E1"})
	s.does(fullDay(4, 16, 40), dispatch.Reply{Case: "E1"})
	s.does(fullDay(4, 16, 45), dispatch.Close{Case: "E1", Outcome: "settled"})
	night := fullStreet(t)
	night.Policy.Desk = "night"
	s.does(fullDay(5, 9, 0), dispatch.Install{Setup: night})
	s.does(fullDay(6, 9, 0), dispatch.Reopen{Case: "E1", Reason: "back"})
	s.does(fullDay(6, 9, 10), dispatch.Dispatch{Case: "E1"})
	s.does(fullDay(6, 9, 20), dispatch.Redirect{Case: "E1", Party: "property", Reason: "slip"})
	now := fullDay(6, 12, 0)
	s.all = append(s.all, deskTick(t, s.d, now)...) // A ran out at 9:50

	a := s.account("E1", now, fullDay(2, 9, 0), now)
	require.Equal(t, []string{
		"02 09:00 02 09:05 desk filed R",
		"02 09:05 02 09:10 desk registered P",
		"02 09:10 02 09:20 squad dispatched AHLT",
		"02 09:20 02 09:30 property dispatched AHLT",
		"02 09:30 02 10:00 property acknowledged HLT",
		"03 10:00 03 10:10 desk registered PT",
		"03 10:10 03 10:20 squad dispatched AHLT",
		"03 10:20 03 10:30 squad acknowledged HLT",
		"03 10:30 04 16:00 squad in_progress HLT",
		"04 16:00 04 16:30 desk done FT",
		"04 16:30 04 16:45 desk verified CT",
		"06 09:00 06 09:10 night registered P", // T of the new cycle begins with the dispatch
		"06 09:10 06 09:20 squad dispatched AHLT",
		"06 09:20 06 09:50 property dispatched AHLT",
		"06 09:50 06 12:00 property acknowledged HLT",
	}, accountLines(a.Spans))
	require.Equal(t, []string{"02 10:00 03 10:00  merged ", "04 16:45 06 09:00  closed "}, accountLines(a.Idle))

	// Of the other: A ran out at 9:30 on Monday, T, H and the rung at the due on Wednesday
	// at 17:00, and the next rung, half of 24 hours later, is on Friday at 13:00.
	a = s.account("E2", now, fullDay(2, 9, 0), now)
	require.Equal(t, []string{
		"02 09:00 02 09:30 squad dispatched AHLT",
		"02 09:30 04 17:00 squad acknowledged HLT",
		"04 17:00 06 12:00 squad acknowledged L late",
	}, accountLines(a.Spans))
}

// Before and after a merging the desk has the case alike, and not between.
func TestAccountLeavesOutTheTimeBetween(t *testing.T) {
	s := newAccountStory(t)
	s.does(fullDay(1, 0, 0), dispatch.Install{Setup: fullStreet(t)})
	s.does(fullDay(2, 9, 0), dispatch.File{Event: fullEvent("E1", "waste")})
	s.does(fullDay(2, 9, 0), dispatch.File{Event: fullEvent("E2", "waste")})
	s.does(fullDay(2, 9, 5), dispatch.Register{Case: "E1"})
	s.does(fullDay(2, 9, 10), dispatch.Merge{Case: "E1", Into: "E2"})
	s.does(fullDay(2, 9, 14), dispatch.Part{Case: "E1"})
	a := s.account("E1", fullDay(2, 9, 20), fullDay(2, 9, 0), fullDay(2, 9, 20))
	require.Equal(t, []string{"02 09:00 02 09:05 desk filed R", "02 09:05 02 09:10 desk registered P", "02 09:14 02 09:20 desk registered P"}, accountLines(a.Spans))
	require.Equal(t, []string{"02 09:10 02 09:14  merged "}, accountLines(a.Idle))
}

// A case that comes from another system in the middle of its life, a notice that comes
// late, a suspension that nobody ends, and three maps.
func TestAccountOfAnImportedCaseOnThreeMaps(t *testing.T) {
	s := newAccountStory(t)
	start := september(29, 9, 0)
	weekly := octoberRules(t, worktime.Config{Zone: handZone, FirstYear: 2025, LastYear: 2025})
	s.does(start, dispatch.Install{Setup: weekly})
	event := fullEvent("E1", "waste")
	event.Point = &deskNorth
	filed := september(24, 9, 0)
	// By the week alone 20 hours from Monday at 10 end on Wednesday at 14, 12 hours on
	// Tuesday at 14.
	s.does(september(29, 10, 0), dispatch.Import{
		Event: event, From: "old", State: dispatch.StateInProgress, FiledAt: filed, RegisteredAt: filed, DispatchedAt: september(25, 9, 0),
		AcknowledgedAt: september(25, 9, 0), StartedAt: september(25, 10, 0), Generation: 1,
		Parties: dispatch.Parties{Lead: dispatch.Duty{Party: "squad", Budget: deskBudget("2wd")}},
		Left: []dispatch.Paused{
			{Clock: dispatch.TotalClock, Left: 20 * time.Hour.Milliseconds(), Working: true},
			{Clock: dispatch.HandleClock, Left: 12 * time.Hour.Milliseconds(), Working: true},
		},
	})
	// On Tuesday at 9 T has 13 hours: 8 of Tuesday and 5 of Thursday 9 October.
	s.does(september(30, 9, 0), dispatch.Install{Setup: octoberRules(t, worktime.China(handZone))})
	require.Equal(t, october(9, 14, 0).UTC(), deskCase(t, s.d, "E1").DueAt)
	s.does(september(30, 11, 0), dispatch.Suspend{Case: "E1", Reason: dispatch.SuspendWeather, Until: october(9, 10, 0)})
	s.does(october(9, 10, 30), dispatch.Install{Setup: accountMap(t, deskStreet(t).split)}) // G1B instead of G1
	require.Equal(t, dispatch.Code("G1B"), deskCase(t, s.d, "E1").Area)
	s.does(october(9, 11, 0), dispatch.Install{Setup: accountMap(t, accountEast(t))}) // off the map
	s.does(october(9, 11, 30), dispatch.Install{Setup: accountMap(t, deskStreet(t).split)})
	s.does(october(9, 12, 0), dispatch.Finish{Case: "E1"})
	s.does(october(9, 12, 30), dispatch.Verify{Case: "E1"})
	s.does(october(9, 12, 45), dispatch.Reply{Case: "E1"})
	s.does(october(9, 13, 0), dispatch.Close{Case: "E1", Outcome: "settled"})
	require.Equal(t, "true", deskCase(t, s.d, "E1").OnTime(october(20, 9, 0)))

	a := s.account("E1", october(20, 9, 0), filed, october(9, 13, 0))
	require.Equal(t, []string{"24 09:00 29 10:00   "}, accountLines(a.Idle), "with the other system")
	require.Equal(t, []string{
		"29 10:00 30 11:00 squad in_progress HLT",
		"30 11:00 09 10:00 squad suspended TU (H)",
		"09 10:00 09 11:00 squad in_progress HLT",
		"09 11:00 09 11:30 desk in_progress HLT", // the duty desk stands in
		"09 11:30 09 12:00 squad in_progress HLT",
		"09 12:00 09 12:30 desk done FT",
		"09 12:30 09 13:00 desk verified CT",
	}, accountLines(a.Spans))
}

// accountMap is the full rules on China's calendar and the map of another setup.
func accountMap(t require.TestingT, other dispatch.Setup) dispatch.Setup {
	setup := octoberRules(t, worktime.China(handZone))
	setup.Map = other.Map
	var err error
	setup.Directory, err = party.NewDirectory(setup.Map, fullPlan())
	require.NoError(t, err)
	setup.List, err = dispatch.Compile(fullMatters(), fullRules(), setup.Map, setup.Directory, dispatch.Options{})
	require.NoError(t, err)
	return setup
}

// accountEast is a map of G2 alone.
func accountEast(t require.TestingT) dispatch.Setup {
	m, err := grid.Build([]grid.Unit{
		{Code: "S", Name: "Guanlan", Boundary: deskBox(114, 22.5, 114.02, 22.51)},
		{Code: "G2", Parent: "S", Level: 1, Boundary: deskBox(114.01, 22.5, 114.02, 22.51)},
	}, grid.Options{Levels: []string{"street", "grid"}})
	require.NoError(t, err)
	return dispatch.Setup{Map: m}
}
