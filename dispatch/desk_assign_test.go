package dispatch_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/roster"
)

// staffer is one person of the assignment property, as plain as can be.
type staffer struct {
	code       dispatch.Code
	post, unit dispatch.Code
	kind       party.AppointmentKind
	until      time.Time // of the appointment; zero is open
	skills     []string
}

// staffStreet is the test world with those people and matters that ask something of
// whoever is sent.
func staffStreet(t require.TestingT, staff []staffer) dispatch.Setup {
	setup := fullStreet(t)
	plan := fullPlan()
	for _, s := range staff {
		plan.People = append(plan.People, party.Person{Code: s.code, Skills: s.skills})
		plan.Posts = append(plan.Posts, party.Post{Code: s.post, Party: s.unit})
		during := party.Interval{From: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), Until: s.until}
		plan.Appointments = append(plan.Appointments, party.Appointment{Person: s.code, Post: s.post, Kind: s.kind, During: during})
	}
	var err error
	setup.Directory, err = party.NewDirectory(setup.Map, plan)
	require.NoError(t, err)
	matters := fullMatters()
	for i := range matters {
		switch matters[i].Code {
		case "waste":
			matters[i].Skills = []string{"drive", "weigh"}
		case "tree":
			matters[i].Enforcement = true
		}
	}
	rules := append(fullRules(), dispatch.Rule{ID: "T1", Role: dispatch.Lead, Matter: "tree", Party: "squad", Budget: deskBudget("2wd")})
	setup.List, err = dispatch.Compile(matters, rules, setup.Map, setup.Directory, dispatch.Options{})
	require.NoError(t, err)
	setup.Policy.Ladders = nil
	return setup
}

func staffDrawn(t *rapid.T) []staffer {
	staff := make([]staffer, 4)
	for i := range staff {
		n := strconv.Itoa(i)
		staff[i] = staffer{
			code: dispatch.Code("p" + n), post: dispatch.Code("post" + n),
			unit: rapid.SampledFrom([]dispatch.Code{"squad", "squad", "squad", "sanitation", "property"}).Draw(t, "unit"),
			kind: rapid.SampledFrom([]party.AppointmentKind{party.Resident, party.Mobile, party.PartTime, party.Volunteer}).Draw(t, "kind"),
		}
		if rapid.IntRange(0, 4).Draw(t, "leaves") == 0 {
			staff[i].until = fullDay(rapid.IntRange(1, 3).Draw(t, "until"), 9, 0)
		}
		staff[i].skills = [][]string{{"drive", "weigh"}, {"weigh", "drive", "climb"}, {"drive"}, nil}[rapid.IntRange(0, 3).Draw(t, "skills")]
	}
	return staff
}

// staffRefusal is the first reason against sending people, by hand: each reason is
// looked for in everybody before the next one.
func staffRefusal(staff []staffer, do dispatch.Assign, matter, lead dispatch.Code, pointed bool, now time.Time) string {
	who := func(p dispatch.Sent) staffer {
		return staff[slices.IndexFunc(staff, func(s staffer) bool { return s.code == p.Person })]
	}
	reasons := []struct {
		code string
		bad  func(staffer, dispatch.Sent) bool
	}{
		{"off_duty", func(s staffer, p dispatch.Sent) bool {
			return !s.until.IsZero() && !now.Before(s.until) || p.Post != "" && p.Post != s.post
		}},
		{"not_of_party", func(s staffer, _ dispatch.Sent) bool {
			return s.unit != lead && (lead != "sanitation" || s.unit != "squad") // the squad is below sanitation
		}},
		{"no_powers", func(s staffer, _ dispatch.Sent) bool {
			return matter == "tree" && s.kind != party.Resident && s.kind != party.Mobile
		}},
		{"unskilled", func(s staffer, _ dispatch.Sent) bool {
			return matter == "waste" && (!slices.Contains(s.skills, "drive") || !slices.Contains(s.skills, "weigh"))
		}},
		{"stale_position", func(_ staffer, p dispatch.Sent) bool {
			return do.Override == "" && pointed && (p.Seen.IsZero() || now.Sub(p.Seen) > 10*time.Minute || p.Seen.After(now))
		}},
	}
	for _, r := range reasons {
		for _, p := range do.People {
			if r.bad(who(p), p) {
				return r.code
			}
		}
	}
	return ""
}

func sentDrawn(t *rapid.T, staff []staffer, now time.Time) dispatch.Assign {
	do := dispatch.Assign{Case: "E1", Override: rapid.SampledFrom([]string{"", "", "radio is down"}).Draw(t, "override")}
	order := rapid.Permutation(staff).Draw(t, "order")
	for i, s := range order[:rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "how many")] {
		p := dispatch.Sent{Person: s.code, Rank: i + 1, Away: int64(rapid.IntRange(0, 900).Draw(t, "away")), Reason: "nearest"}
		p.Post = rapid.SampledFrom([]dispatch.Code{"", "", "", s.post, "manager"}).Draw(t, "post")
		if age := rapid.SampledFrom([]time.Duration{0, time.Minute, 10 * time.Minute, 10*time.Minute + time.Millisecond, -time.Minute}).Draw(t, "age"); age != 0 {
			p.Seen = now.Add(-age).UTC()
		}
		do.People = append(do.People, p)
	}
	return do
}

// assignProperty sends random people to a case among other commands, and compares who
// is refused, and who is sent after each fact, with what is worked out by hand.
func assignProperty(t *rapid.T) {
	staff := staffDrawn(t)
	d, replay := dispatch.NewDesk(), dispatch.NewDesk()
	now := fullDay(2, 9, 0)
	var sent []dispatch.Sent
	lead := dispatch.Code("")
	apply := func(entries []dispatch.Entry) {
		deskApply(t, d, entries)
		deskApply(t, replay, deskThroughJSON(t, entries))
		for _, e := range entries {
			switch f := e.Fact.(type) {
			case dispatch.Assigned:
				sent = f.People
			case dispatch.SelfHandled:
				lead = f.Lead.Party
			case dispatch.Dispatched:
				if f.Lead.Party != lead {
					sent = nil
				}
				lead = f.Lead.Party
			case dispatch.HandedOver, dispatch.ReworksSpent, dispatch.Unclaimed, dispatch.Split, dispatch.Reopened:
				sent = nil
			}
		}
	}
	matter := rapid.SampledFrom([]dispatch.Code{"waste", "tree", "wish", "snow"}).Draw(t, "matter")
	event := fullEvent("E1", matter)
	pointed := rapid.Bool().Draw(t, "pointed")
	if pointed {
		event.Point = &deskWest
	}
	var file dispatch.Do = dispatch.File{Event: event, Straight: true}
	if matter == "snow" {
		file = dispatch.FileSelf{Event: event}
	}
	for _, do := range []dispatch.Do{dispatch.Install{Setup: staffStreet(t, staff)}, file} {
		apply(deskDecide(t, d, now, do).Entries)
	}
	for range rapid.IntRange(1, 25).Draw(t, "steps") {
		now = now.Add(rapid.SampledFrom([]time.Duration{0, time.Minute, 20 * time.Minute, 24 * time.Hour}).Draw(t, "later"))
		out, err := d.Tick(now)
		require.NoError(t, err)
		apply(out.Entries)
		c := deskCase(t, d, "E1")
		if c.State == "acknowledged" || c.State == "in_progress" {
			do := sentDrawn(t, staff, now)
			out := deskDecide(t, d, now, do)
			got := ""
			if out.Refusal != nil {
				got = out.Refusal.Code
			}
			require.Equal(t, staffRefusal(staff, do, matter, c.Answers.Party, pointed, now), got, "%v", do)
			apply(out.Entries)
		}
		verb := rapid.SampledFrom(append(twinLikely(string(deskCase(t, d, "E1").State)), "handover")).Draw(t, "verb")
		unit := rapid.SampledFrom([]dispatch.Code{"squad", "sanitation"}).Draw(t, "party")
		do := twinCommand(verb, "E1", unit, now)
		if verb == "claim" {
			do = dispatch.Take{Case: "E1", Party: unit}
		}
		apply(deskDecide(t, d, now, do).Entries)
		c = deskCase(t, d, "E1")
		require.Empty(t, cmp.Diff(sent, c.Assigned), "%s to %s", verb, c.State)
		require.Equal(t, d.Hash(), replay.Hash())
		fullInvariants(t, d)
		for _, s := range staff {
			list, _, err := d.Worklist(dispatch.Filter{Person: s.code}, "")
			require.NoError(t, err)
			found := slices.ContainsFunc(sent, func(p dispatch.Sent) bool { return p.Person == s.code })
			require.Equal(t, found && c.State.Open(), len(list) == 1)
		}
	}
}

func TestAssignProperty(t *testing.T) { rapid.Check(t, assignProperty) }

func FuzzDeskAssign(f *testing.F) { f.Fuzz(rapid.MakeFuzz(assignProperty)) }

// TestAssignByTheRoster: with a rotation, who is on shift is on duty, and nobody else.
func TestAssignByTheRoster(t *testing.T) {
	setup := fullStreet(t)
	plan := fullPlan()
	zone := time.FixedZone("CST", 8*60*60)
	rota, err := roster.New(zone, roster.Plan{Rotations: []roster.Rotation{{
		Post: "foreman", Start: roster.Date{Year: 2026, Month: 3, Day: 2}, Hours: []roster.Window{{Start: 8 * 60, End: 20 * 60}},
		Members: []roster.Member{{Person: "li"}, {Person: "chen"}},
	}}})
	require.NoError(t, err)
	plan.Roster = rota
	setup.Directory, err = party.NewDirectory(setup.Map, plan)
	require.NoError(t, err)
	d := dispatch.NewDesk()
	at := fullDay(2, 9, 0)
	deskDo(t, d, at, dispatch.Install{Setup: setup})
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "waste"), Straight: true})
	deskDo(t, d, at, dispatch.Ack{Case: "E1"})
	send := func(person dispatch.Code) dispatch.Command {
		return dispatch.Command{Do: dispatch.Assign{Case: "E1", People: []dispatch.Sent{{Person: person}}}}
	}
	on := setup.Directory.OnDuty("foreman", at).Person
	off := dispatch.Code("chen")
	if on == "chen" {
		off = "li"
	}
	require.Equal(t, "off_duty", deskRefusal(t, d, at, send(off)))
	require.Equal(t, "", deskRefusal(t, d, at, send(on)))
	require.Equal(t, "off_duty", deskRefusal(t, d, fullDay(2, 21, 0), send(on)))
}

// TestWhoIsSentIsSeen: in the view, in the account of the case, among those to be
// told, and never as who verifies.
func TestWhoIsSentIsSeen(t *testing.T) {
	d := dispatch.NewDesk()
	at := fullDay(2, 9, 0)
	var all []dispatch.Entry
	step := func(do dispatch.Do) { all = append(all, deskDo(t, d, at, do)...) }
	step(dispatch.Install{Setup: staffStreet(t, nil)})
	step(dispatch.File{Event: fullEvent("E1", "pipe"), Straight: true})
	step(dispatch.Ack{Case: "E1"})
	at = at.Add(time.Hour)
	step(dispatch.Assign{Case: "E1", People: []dispatch.Sent{{Person: "zhao", Rank: 1, Away: 120, Seen: at, Reason: "nearest"}}})
	at = at.Add(2 * time.Hour)
	step(dispatch.Start{Case: "E1"})
	step(dispatch.Finish{Case: "E1"})
	account, err := dispatch.Accountability("E1", slices.Values(all), at)
	require.NoError(t, err)
	require.Equal(t, map[dispatch.Code]time.Duration{"zhao": 2 * time.Hour}, account.Had())
	var told []dispatch.Code
	for _, n := range d.Notices(at, 0) {
		if n.Why == "assigned" {
			told = append(told, n.To)
		}
	}
	require.Equal(t, []dispatch.Code{"zhao"}, told)
	setup := staffStreet(t, []staffer{{code: "both", post: "both-post", unit: "property"}, {code: "x", post: "x-post", unit: "desk"}})
	deskDo(t, d, at, dispatch.Install{Setup: setup})
	require.Equal(t, "", deskRefusal(t, d, at, dispatch.Command{Actor: dispatch.Actor{Person: "x"}, Do: dispatch.Verify{Case: "E1"}}))
	deskDo(t, d, at, dispatch.Fail{Case: "E1", Reason: "dirty"})
	deskDo(t, d, at, dispatch.Install{Setup: staffStreet(t, []staffer{{code: "x", post: "x-post", unit: "property"}})})
	deskDo(t, d, at, dispatch.Assign{Case: "E1", People: []dispatch.Sent{{Person: "x"}}})
	deskDo(t, d, at, dispatch.Finish{Case: "E1"})
	deskDo(t, d, at, dispatch.Install{Setup: setup}) // x has moved to the desk since
	require.Equal(t, "doer_verifies", deskRefusal(t, d, at, dispatch.Command{Actor: dispatch.Actor{Person: "x"}, Do: dispatch.Verify{Case: "E1"}}))
}

// TestEnforcementIsForStaff: part-time staff and volunteers report enforcement matters
// and do not begin, finish, claim or close them; a penalty makes any matter one.
func TestEnforcementIsForStaff(t *testing.T) {
	at := fullDay(2, 9, 0)
	staff := []staffer{
		{code: "half", post: "half-post", unit: "squad", kind: party.PartTime}, {code: "full", post: "full-post", unit: "squad", kind: party.Mobile},
		{code: "half-desk", post: "half-desk-post", unit: "desk", kind: party.Volunteer},
	}
	for _, penal := range []bool{false, true} {
		d := dispatch.NewDesk()
		deskDo(t, d, at, dispatch.Install{Setup: staffStreet(t, staff)})
		event := fullEvent("E1", "tree")
		if penal {
			event.Matter, event.Penalty = "waste", true
		}
		event.Reporter = ""
		deskAs(t, d, at, dispatch.Actor{Person: "half"}, dispatch.File{Event: event, Straight: true})
		deskAs(t, d, at, dispatch.Actor{Person: "half"}, dispatch.Ack{Case: "E1"})
		for _, do := range []dispatch.Do{dispatch.Start{Case: "E1"}, dispatch.Finish{Case: "E1"}} {
			require.Equal(t, "no_powers", deskRefusal(t, d, at, dispatch.Command{Actor: dispatch.Actor{Person: "half"}, Do: do}))
			deskAs(t, d, at, dispatch.Actor{Person: "full"}, do)
		}
		deskDo(t, d, at, dispatch.Verify{Case: "E1"})
		end := dispatch.Close{Case: "E1", Outcome: "done"}
		require.Equal(t, "no_powers", deskRefusal(t, d, at, dispatch.Command{Actor: dispatch.Actor{Person: "half-desk"}, Do: end}))
		require.Equal(t, "", deskRefusal(t, d, at, dispatch.Command{Actor: dispatch.Actor{Person: "wang"}, Do: end}))
		require.Equal(t, "", deskRefusal(t, d, at, dispatch.Command{Actor: dispatch.Actor{Post: "half-desk-post"}, Do: end}))
	}
}
