package party_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/roster"
)

// watch is a squad with a rostered grid post, its rostered deputy, a rostered duty
// officer, and a community desk.
func watch(t require.TestingT, zone *time.Location, exceptions ...roster.Exception) *party.Directory {
	hours := func(text string) []roster.Window {
		w, err := roster.ParseHours(text)
		require.NoError(t, err)
		return w
	}
	days, err := roster.ParseDays("Mon-Fri")
	require.NoError(t, err)
	start, err := roster.ParseDate("2026-03-02") // a Monday
	require.NoError(t, err)
	members := func(people ...roster.Code) (list []roster.Member) {
		for _, p := range people {
			list = append(list, roster.Member{Person: p})
		}
		return list
	}
	r, err := roster.New(zone, roster.Plan{
		Rotations: []roster.Rotation{
			{Post: "grid", Days: days, Start: start, Hours: hours("08:00-12:00;14:00-18:00"), Members: members("p1", "p2", "p3")},
			{Post: "deputy", Start: start, Hours: hours("08:00-20:00"), Members: members("p4")},
			{Post: "officer", Start: start, Hours: hours("18:00-08:00"), Members: members("p5", "p6")},
		},
		Exceptions: exceptions,
	})
	require.NoError(t, err)
	from := party.Interval{From: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	plan := party.Plan{
		Roster: r, Desk: "street",
		Parties: []party.Party{{Code: "street"}, {Code: "niuhu", Parent: "street"}, {Code: "squad", Parent: "niuhu"}, {Code: "gone", Parent: "niuhu", During: party.Interval{Until: from.From}}},
		Posts: []party.Post{
			{Code: "grid", Party: "squad", Deputy: "deputy"}, {Code: "deputy", Party: "squad"},
			{Code: "officer", Party: "squad", Role: party.RoleDutyOfficer}, {Code: "desk", Party: "niuhu", Role: party.RoleDesk},
			{Code: "vacant", Party: "niuhu"}, {Code: "closed", Party: "gone"},
		},
		Appointments: []party.Appointment{{Person: "p7", Post: "desk", During: from}},
	}
	for i := range 8 {
		plan.People = append(plan.People, party.Person{Code: party.Code(fmt.Sprintf("p%d", i))})
	}
	d, err := party.NewDirectory(nil, plan)
	require.NoError(t, err)
	return d
}

var shanghai = time.FixedZone("CST", 8*60*60)

func onMarch(day, hour, minute int) time.Time {
	return time.Date(2026, 3, day, hour, minute, 0, 0, shanghai)
}

func trail(d party.Duty) []string {
	var list []string
	for _, s := range d.Steps {
		list = append(list, string(s.Post)+string(map[bool]party.Code{true: s.Party}[s.Post == ""])+" "+s.Why)
	}
	return list
}

// Each step has its reason, and the last one answers.
func TestOnDutyPassesDown(t *testing.T) {
	date, _ := roster.ParseDate("2026-03-04")
	leave := roster.Exception{Date: date, Kind: roster.Leave, Person: "p3"}
	desk := roster.Exception{Date: date, Kind: roster.Leave, Person: "p7"}
	for _, c := range []struct {
		post  party.Code
		at    time.Time
		more  []roster.Exception
		who   party.Code
		on    party.Code
		steps []string
	}{
		{"grid", onMarch(2, 8, 0), nil, "p1", "grid", []string{"grid on-shift"}},
		{"grid", onMarch(3, 8, 0), nil, "p2", "grid", []string{"grid on-shift"}},
		{"grid", onMarch(4, 8, 0), nil, "p3", "grid", []string{"grid on-shift"}},
		{"grid", onMarch(5, 8, 0), nil, "p1", "grid", []string{"grid on-shift"}},
		{"grid", onMarch(2, 12, 0), nil, "p4", "deputy", []string{"grid off-hours", "deputy on-shift"}},
		{"grid", onMarch(2, 21, 0), nil, "p5", "officer", []string{"grid off-hours", "deputy off-hours", "officer on-shift"}},
		{"grid", onMarch(4, 9, 0), []roster.Exception{leave}, "p4", "deputy", []string{"grid leave", "deputy on-shift"}},
		{"vacant", onMarch(2, 9, 0), nil, "p7", "desk", []string{"vacant vacant", "desk appointed"}},
		{"vacant", onMarch(4, 9, 0), []roster.Exception{desk}, "", "", []string{"vacant vacant", "desk leave", "street office"}},
		{"closed", onMarch(2, 9, 0), nil, "p7", "desk", []string{"closed inactive", "desk appointed"}},
		{"squad", onMarch(2, 9, 0), nil, "p4", "deputy", []string{"officer off-hours", "deputy on-shift"}},
		{"squad", onMarch(2, 19, 0), nil, "p5", "officer", []string{"officer on-shift"}},
		{"squad", onMarch(1, 9, 0), nil, "p7", "desk", []string{"officer vacant", "deputy vacant", "grid vacant", "desk appointed"}},
		{"nowhere", onMarch(2, 9, 0), nil, "", "", []string{"nowhere unknown", "street office"}},
		{"grid", onMarch(1, 9, 0), nil, "p7", "desk", []string{"grid vacant", "deputy vacant", "officer vacant", "desk appointed"}},
	} {
		d := watch(t, shanghai, c.more...).OnDuty(c.post, c.at)
		require.Equal(t, c.who, d.Person, "%s %v", c.post, c.at)
		require.Equal(t, c.on, d.Post)
		require.Equal(t, c.steps, trail(d))
		require.NotEmpty(t, d.Party)
	}
}

// An empty step is passed at the same instant; it does not wait out a delay.
func TestGoAlert4548EmptyStep(t *testing.T) {
	d := watch(t, shanghai)
	require.Equal(t, party.Code("p7"), d.OnDuty("vacant", onMarch(2, 9, 0)).Person)
}

// Somebody is on duty at every minute, as a walk over the rosters says, whatever
// the exceptions and the clocks; and taking an exception away restores the minute.
func propOnDuty(t *rapid.T) {
	zones := []string{"Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Europe/Berlin"}
	zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
	require.NoError(t, err)
	people := []roster.Code{"p1", "p2", "p3", "p4", "p5", "p6"}
	var exceptions []roster.Exception
	for range rapid.IntRange(0, 5).Draw(t, "exceptions") {
		date, _ := roster.ParseDate(fmt.Sprintf("2026-03-%02d", rapid.IntRange(2, 31).Draw(t, "day")))
		person := rapid.SampledFrom(people).Draw(t, "person")
		e := roster.Exception{Date: date, Person: person, Kind: rapid.SampledFrom([]roster.Kind{roster.Leave, roster.Remove, roster.Replace, roster.Add}).Draw(t, "kind")}
		if e.Kind != roster.Leave {
			e.Post = rapid.SampledFrom([]roster.Code{"grid", "deputy", "officer"}).Draw(t, "post")
		}
		if e.Kind == roster.Replace {
			e.With = rapid.SampledFrom(slices.DeleteFunc(slices.Clone(people), func(p roster.Code) bool { return p == person })).Draw(t, "with")
		}
		if !slices.Contains(exceptions, e) {
			exceptions = append(exceptions, e)
		}
	}
	with, without := watch(t, zone, exceptions...), watch(t, zone)
	from := time.Date(2026, 3, rapid.IntRange(2, 30).Draw(t, "from"), 0, 0, 0, 0, zone)
	for minute := range 24 * 60 {
		at := from.Add(time.Duration(minute) * time.Minute)
		got := with.OnDuty("grid", at)
		require.NotEmpty(t, got.Person, "the desk always answers")
		want := party.Code("p7")
		for _, post := range []party.Code{"grid", "deputy", "officer"} {
			if on := with.Roster().At(post, at).On; len(on) > 0 {
				want = on[0].Person
				break
			}
		}
		require.Equal(t, want, got.Person, at)
		day := at.In(zone).Format(time.DateOnly)
		eve := at.In(zone).AddDate(0, 0, -1).Format(time.DateOnly)
		touched := slices.ContainsFunc(exceptions, func(e roster.Exception) bool { return e.Date.String() == day || e.Date.String() == eve })
		if !touched {
			require.Equal(t, without.OnDuty("grid", at), got, "an exception changes its date only")
		}
	}
}

func TestOnDutyIsNeverEmpty(t *testing.T) { rapid.Check(t, propOnDuty) }
func FuzzOnDutyIsNeverEmpty(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propOnDuty)) }

func TestRosterOfStrangers(t *testing.T) {
	start, _ := roster.ParseDate("2026-03-02")
	r, err := roster.New(shanghai, roster.Plan{Rotations: []roster.Rotation{{Post: "grid", Start: start, Members: []roster.Member{{Person: "p1"}}}}})
	require.NoError(t, err)
	_, err = party.NewDirectory(nil, party.Plan{Roster: r, Desk: "nobody"})
	require.ErrorIs(t, err, party.ErrUnknownPost)
	require.ErrorIs(t, err, party.ErrUnknownPerson)
	require.ErrorIs(t, err, party.ErrUnknownHolder)
	var none *party.Directory
	require.Empty(t, none.OnDuty("grid", onMarch(2, 9, 0)))
	on, _ := none.Duty("p1", onMarch(2, 9, 0))
	require.False(t, on)
	empty, err := party.NewDirectory(nil, party.Plan{})
	require.NoError(t, err)
	require.Equal(t, []string{"grid unknown", " office"}, trail(empty.OnDuty("grid", onMarch(2, 9, 0))))
}

func TestDutyTexts(t *testing.T) {
	d := watch(t, shanghai).OnDuty("grid", onMarch(2, 12, 0))
	require.Equal(t, "grid：该时段无人当班", d.Steps[0].Text("zh"))
	require.Equal(t, "deputy: p4 is on shift", d.Steps[1].Text("en"))
}

// The hash knows the rotations, the exceptions and the desk.
func TestHashCoversTheRoster(t *testing.T) {
	date, _ := roster.ParseDate("2026-03-04")
	plain := watch(t, shanghai).Hash()
	require.Equal(t, plain, watch(t, shanghai).Hash())
	a := roster.Exception{Date: date, Kind: roster.Leave, Person: "p3"}
	b := roster.Exception{Date: date, Kind: roster.Remove, Person: "p4", Post: "deputy"}
	require.NotEqual(t, plain, watch(t, shanghai, a).Hash())
	require.Equal(t, watch(t, shanghai, a, b).Hash(), watch(t, shanghai, b, a).Hash())
	require.NotEqual(t, plain, watch(t, time.UTC).Hash())
	desk := func(c party.Code) [32]byte {
		d, err := party.NewDirectory(nil, party.Plan{Parties: []party.Party{{Code: "a"}}, Desk: c})
		require.NoError(t, err)
		return d.Hash()
	}
	require.NotEqual(t, desk(""), desk("a"))
}

// A chain of many vacant deputies is walked once, not once for each.
func TestLongChainOfDeputies(t *testing.T) {
	plan := party.Plan{Parties: []party.Party{{Code: "a"}}}
	const many = 20_000
	for i := range many {
		p := party.Post{Code: party.Code(fmt.Sprintf("d%d", i)), Party: "a"}
		if i+1 < many {
			p.Deputy = party.Code(fmt.Sprintf("d%d", i+1))
		}
		plan.Posts = append(plan.Posts, p)
	}
	d, err := party.NewDirectory(nil, plan)
	require.NoError(t, err)
	duty := d.OnDuty("d0", onMarch(2, 9, 0))
	require.Len(t, duty.Steps, many+1)
	require.Equal(t, party.Code("a"), duty.Party)
}

// The office that answers last exists at that instant, if any party does.
func TestOfficeExists(t *testing.T) {
	end := onMarch(2, 0, 0)
	for _, desk := range []party.Code{"", "a"} {
		d, err := party.NewDirectory(nil, party.Plan{
			Parties: []party.Party{{Code: "a", During: party.Interval{Until: end}}, {Code: "b"}},
			Posts:   []party.Post{{Code: "q", Party: "a"}}, Desk: desk,
		})
		require.NoError(t, err)
		require.Equal(t, party.Code("a"), d.OnDuty("q", end.Add(-time.Millisecond)).Party)
		require.Equal(t, party.Code("b"), d.OnDuty("q", end).Party)
	}
}

// A unit is asked inside out: its posts with their deputies, the offices that serve
// it, then those of the unit around it; at last the offices above who serves it.
func TestOnDutyOfAnArea(t *testing.T) {
	from := party.Interval{From: instant(1)}
	plan := party.Plan{
		Parties: []party.Party{{Code: "street"}, {Code: "niuhu", Parent: "street", Area: "A"}, {Code: "gas", Area: "A1"}, {Code: "A3"}},
		People:  []party.Person{{Code: "lead"}, {Code: "vice"}, {Code: "clerk"}, {Code: "guard"}, {Code: "chief"}},
		Posts: []party.Post{
			{Code: "grid-lead", Party: "street", Area: "A1", Deputy: "grid-vice"}, {Code: "grid-vice", Party: "street"},
			{Code: "a-worker", Party: "street", Area: "A1"},
			{Code: "gas-desk", Party: "gas", Role: party.RoleDesk}, {Code: "desk", Party: "niuhu", Role: party.RoleDesk},
			{Code: "top", Party: "street", Role: party.RoleDutyOfficer}, {Code: "block-lead", Party: "street", Area: "A"},
		},
		Appointments: []party.Appointment{
			{Person: "lead", Post: "grid-lead", During: party.Interval{From: instant(1), Until: instant(3)}},
			{Person: "vice", Post: "grid-vice", During: party.Interval{From: instant(1), Until: instant(5)}},
			{Person: "guard", Post: "gas-desk", During: party.Interval{From: instant(1), Until: instant(7)}},
			{Person: "clerk", Post: "desk", During: party.Interval{From: instant(1), Until: instant(9)}},
			{Person: "chief", Post: "top", During: from},
		},
	}
	d, err := party.NewDirectory(smallMap(t), plan)
	require.NoError(t, err)
	outer := []string{"a-worker vacant", "grid-lead vacant", "grid-vice vacant", "gas-desk vacant", "block-lead vacant", "desk vacant"}
	for _, c := range []struct {
		area  party.Code
		at    int
		who   party.Code
		steps []string
	}{
		{"A1", 2, "lead", []string{"a-worker vacant", "grid-lead appointed"}},
		{"A1", 4, "vice", []string{"a-worker vacant", "grid-lead vacant", "grid-vice appointed"}},
		{"A1", 6, "guard", []string{"a-worker vacant", "grid-lead vacant", "grid-vice vacant", "gas-desk appointed"}},
		{"A1", 8, "clerk", append(slices.Clone(outer[:5]), "desk appointed")},
		{"A1", 10, "chief", append(slices.Clone(outer), "top appointed")}, // gas has nobody above it, niuhu has
		{"A", 8, "clerk", []string{"block-lead vacant", "desk appointed"}},
		{"A", 10, "chief", []string{"block-lead vacant", "desk vacant", "top appointed"}},
		{"A2", 8, "clerk", []string{"block-lead vacant", "desk appointed"}},
		{"B1", 8, "", []string{"A3 office"}},
		{"A3", 8, "", []string{"A3 office"}}, // the party of that code, not the unit
	} {
		duty := d.OnDuty(c.area, instant(c.at))
		require.Equal(t, c.who, duty.Person, "%s at %d", c.area, c.at)
		require.Equal(t, c.steps, trail(duty), "%s at %d", c.area, c.at)
	}
}

// The deputy may act while the holder is on leave, and the holder still may.
func TestDeputyOfWhoIsOnLeave(t *testing.T) {
	date, err := roster.ParseDate("2026-03-05")
	require.NoError(t, err)
	plan := rightsPlan()
	plan.Roster, err = roster.New(time.UTC, roster.Plan{Exceptions: []roster.Exception{{Date: date, Kind: roster.Leave, Person: "head"}}})
	require.NoError(t, err)
	plan.Appointments[0].During = party.Interval{From: instant(1)}
	d, err := party.NewDirectory(smallMap(t), plan)
	require.NoError(t, err)
	away := time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC)
	for _, at := range []time.Time{away, away.Add(24*time.Hour - time.Millisecond)} {
		require.True(t, d.Acts("vice", "head-post", at))
		require.True(t, d.Acts("head", "head-post", at))
		require.False(t, d.Acts("member", "head-post", at))
		require.Equal(t, party.Code("vice"), d.OnDuty("head-post", at).Person)
	}
	for _, at := range []time.Time{away.Add(-time.Millisecond), away.Add(24 * time.Hour)} {
		require.False(t, d.Acts("vice", "head-post", at))
		require.True(t, d.Acts("head", "head-post", at))
	}
}
