package street_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// ladderFolder is smallFolder with both ladders and three matters handed down.
func ladderFolder() fstest.MapFS {
	f := smallFolder()
	edit(f, "commands.jsonl", `"ack","case":"E1"`, `"start","case":"E2"`)
	set(f, "parties.csv", "code,name,kind,parent,until\nstation,社区工作站,station,,\nsquad,网格队,squad,station,\nbureau,区城管局,district,,\nboard,区综合行政执法委员会,committee,,\n")
	set(f, "ladders.csv", "ladder,level,party,at,card,final,appeal_days,area,line\n"+
		"dispute,2,bureau,3wd,,,2,,\n"+
		"dispute,3,board,5wd,,是,,,\n"+
		"争议裁定,1,station,1wd,,,1,G1,waste\n"+
		"overdue,2,station,3wd,黄牌,,,,\n"+
		"overdue,1,station,80%,,,,,\n"+
		"督办,3,board,5wd,red,,,*,*\n")
	set(f, "admissions.csv", "id,matter,applicant,community,applied_at,decided_at,decision,approver,powers,people,fund,amount,from,until,revoked_at,basis\n"+
		"A1,light,bureau,station,2021-09-28 10:00,2021-09-28 10:30,准入,board,巡查；处置,2,F1,60.00,2021-10-01,2022-10-01,2021-09-28 13:00,区政府批复\n"+
		"A2,waste,bureau,station,2021-09-28 10:00,2021-09-28 11:00,denied,board,,,,,,,,\n"+
		"A3,waste.missed,bureau,station,2021-09-28 11:30,,,,,,,,,,,\n")
	return f
}

func TestLaddersReachThePolicy(t *testing.T) {
	f, err := street.Load(ladderFolder(), options)
	require.NoError(t, err)
	require.Empty(t, f.Findings)
	wd := func(n int64) worktime.Budget { return worktime.Budget{N: n, Unit: worktime.WorkingDays} }
	want := []dispatch.Ladder{
		{Kind: dispatch.DisputeLadder, Rungs: []dispatch.Rung{
			{Level: 1, Party: "station", Due: wd(1), Appeal: wd(1), Area: "G1", Line: "waste"},
			{Level: 2, Party: "bureau", Due: wd(3), Appeal: wd(2)},
			{Level: 3, Party: "board", Due: wd(5), Final: true},
		}},
		{Kind: dispatch.OverdueLadder, Rungs: []dispatch.Rung{
			{Party: "station", Percent: 80},
			{Party: "station", After: wd(3), Card: dispatch.YellowCard},
			{Party: "board", After: wd(5), Card: dispatch.RedCard},
		}},
	}
	require.Empty(t, cmp.Diff(want, f.Policy.Ladders))
}

// The Desk lives the ladders that the folder has: a dispute goes to the level that
// applies, is appealed to the next one and ends at the last.
func TestAFoldersDisputeClimbs(t *testing.T) {
	folder := ladderFolder()
	command := func(at, key, do, more string) string {
		return fmt.Sprintf(`{"at":"2021-09-%s","key":%q,"machine":"desk","do":%q,"case":"E1"%s}`+"\n", at, key, do, more)
	}
	set(folder, "commands.jsonl", command("28 10:05", "k1", "return", `,"basis":"不属本单位","party":"bureau"`)+
		command("28 10:06", "k2", "refuse_return", `,"reason":"属该单位"`)+
		command("28 10:07", "k3", "dispute", `,"basis":"仍有异议","party":"bureau"`)+
		command("28 10:20", "k4", "rule", `,"party":"squad","basis":"清单"`)+
		command("28 10:30", "k5", "appeal", `,"basis":"不服"`)+
		command("28 10:40", "k6", "rule", `,"party":"bureau","basis":"终局"`))
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	refused, err := s.Refused(t.Context())
	require.NoError(t, err)
	require.Empty(t, refused)
	c, ok := s.Case("E1")
	require.True(t, ok)
	require.Equal(t, street.Code("bureau"), c.Lead.Party)
	require.Equal(t, dispatch.StateDispatched, c.State)
	require.True(t, c.Contention.Final)
	var bodies []street.Code
	for step, err := range s.Trace(t.Context(), "E1") {
		require.NoError(t, err)
		switch fact := step.Entry.Fact.(type) {
		case dispatch.DisputeOpened:
			bodies = append(bodies, fact.Body)
		case dispatch.DisputeAppealed:
			bodies = append(bodies, fact.Body)
		case dispatch.DisputeRuled:
			bodies = append(bodies, fact.Body)
		}
	}
	require.Equal(t, []street.Code{"station", "station", "board", "board"}, bodies, "the bureau is a party to it, and is passed over")
	why, err := s.Why("E1", "en")
	require.NoError(t, err)
	require.Contains(t, why, "\nruling at level 3 by 区综合行政执法委员会 (board): for 区城管局 (bureau), final; basis: 终局\n")
	require.Contains(t, why, "\nthe list names 网格队 (squad), by rule R2; the ruling of 区综合行政执法委员会 (board) gives it to 区城管局 (bureau)\n")
	require.NotContains(t, why, "leads")
	why, err = s.Why("E1", "zh")
	require.NoError(t, err)
	require.Contains(t, why, "\n第3级裁定（区综合行政执法委员会（board））：归区城管局（bureau），终局；依据：终局\n清单规则R2指定网格队（squad）；区综合行政执法委员会（board）裁定归区城管局（bureau）\n")
}

func TestAdmissionsAreLived(t *testing.T) {
	f, err := street.Load(ladderFolder(), options)
	require.NoError(t, err)
	require.Len(t, f.Admissions, 6)
	store := journal.NewMemory()
	s, err := street.Open(t.Context(), f, store)
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	refused, err := s.Refused(t.Context())
	require.NoError(t, err)
	require.Empty(t, refused)
	at := func(hour, minute int) time.Time { return time.Date(2021, 9, 28, hour, minute, 0, 0, f.Zone) }
	require.NoError(t, s.View(t.Context(), func(d *dispatch.Desk, b *finance.Book) {
		one, ok := d.Mandate("A1")
		require.True(t, ok)
		require.Equal(t, dispatch.MandateInForce, one.State, "12:00 is the latest instant of the folder, before the revocation")
		require.True(t, one.AdmittedAt.Equal(at(10, 30)) && one.AppliedAt.Equal(at(10, 0)))
		require.Equal(t, []string{"巡查", "处置"}, one.Powers)
		require.Equal(t, int64(60_00), one.Amount)
		m, ok := b.Mandate("A1")
		require.True(t, ok, "the money came in the record that admitted")
		require.Equal(t, street.Code("park"), m.Purpose)
		two, _ := d.Mandate("A2")
		require.Equal(t, dispatch.MandateRefused, two.State)
		three, _ := d.Mandate("A3")
		require.Equal(t, dispatch.MandateApplication, three.State)
		require.True(t, three.Due.After(at(23, 0)))
	}))
	require.NoError(t, s.Play(t.Context(), at(14, 0), nil))
	require.NoError(t, s.View(t.Context(), func(d *dispatch.Desk, _ *finance.Book) {
		one, _ := d.Mandate("A1")
		require.Equal(t, dispatch.MandateEnded, one.State)
	}))
}

// An admission comes before the events of its instant and after its ticks.
func TestAdmissionsComeBeforeEvents(t *testing.T) {
	folder := ladderFolder()
	edit(folder, "events.csv", "E1,2021-09-28 10:00", "E1,2021-09-28 10:30")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	require.NoError(t, s.View(t.Context(), func(d *dispatch.Desk, _ *finance.Book) {
		m, _ := d.Mandate("A1")
		require.True(t, m.AdmittedAt.Equal(time.Date(2021, 9, 28, 10, 30, 0, 0, f.Zone)))
	}))
	first := uint64(0)
	for step, err := range s.Trace(t.Context(), "E1") {
		require.NoError(t, err)
		first = step.Entry.Seq
		break
	}
	require.Equal(t, uint64(5), first, "installed, A1 and A2 applied, A1 admitted, then E1")
}

func TestAdmissionWithoutItsFundIsRefusedAndTold(t *testing.T) {
	for name, c := range map[string]struct{ old, new, code string }{
		"no fund":      {"F1,60.00", ",60.00", "refused." + street.RefusedUnfunded},
		"too much":     {"F1,60.00", "F1,100.01", "refused.line-short"},
		"without cost": {"F1,60.00", "F1,", ""},
	} {
		t.Run(name, func(t *testing.T) {
			folder := ladderFolder()
			edit(folder, "admissions.csv", c.old, c.new)
			f, err := street.Load(folder, options)
			require.NoError(t, err)
			s, err := street.Open(t.Context(), f, journal.NewMemory())
			require.NoError(t, err)
			require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
			refused, err := s.Refused(t.Context())
			require.NoError(t, err)
			desk, book := admitted(t, s, "A1")
			require.True(t, desk, "it was applied for")
			require.False(t, book)
			if c.code == "" {
				require.Empty(t, refused)
				return
			}
			require.Len(t, refused, 1)
			require.Equal(t, street.Error, refused[0].Level)
			require.Equal(t, c.code, refused[0].Code)
			require.Equal(t, placed(folder, "admissions.csv:2:decision"), refused[0].Place())
			require.NoError(t, s.View(t.Context(), func(d *dispatch.Desk, _ *finance.Book) {
				m, _ := d.Mandate("A1")
				require.Equal(t, dispatch.MandateApplication, m.State, "no money, no mandate")
			}))
		})
	}
}

func TestFaultsOfLaddersAndAdmissions(t *testing.T) {
	for name, c := range map[string]struct{ file, old, new, want string }{
		"ladder":           {"ladders.csv", "dispute,2", "fight,2", "ladders.csv:2:ladder bad-choice"},
		"no ladder":        {"ladders.csv", "dispute,2", ",2", "ladders.csv:2:ladder empty-cell"},
		"level":            {"ladders.csv", "dispute,2", "dispute,0", "ladders.csv:2:level bad-number"},
		"no level":         {"ladders.csv", "dispute,2", "dispute,", "ladders.csv:2:level empty-cell"},
		"party":            {"ladders.csv", "2,bureau", "2,nobody", "ladders.csv:2:party unknown-party"},
		"ruling time":      {"ladders.csv", "bureau,3wd", "bureau,80%", "ladders.csv:2:at bad-budget"},
		"card of dispute":  {"ladders.csv", "bureau,3wd,", "bureau,3wd,red", "ladders.csv:2:card unfit-rung"},
		"appeal of final":  {"ladders.csv", "5wd,,是,,", "5wd,,是,2,", "ladders.csv:3:appeal_days final-appeal"},
		"appeal days":      {"ladders.csv", "3wd,,,2", "3wd,,,-2", "ladders.csv:2:appeal_days bad-number"},
		"area":             {"ladders.csv", "G1,waste", "G9,waste", "ladders.csv:4:area unknown-area"},
		"line":             {"ladders.csv", "G1,waste", "G1,water", "ladders.csv:4:line unknown-matter"},
		"no time":          {"ladders.csv", "station,80%", "station,", "ladders.csv:6:at empty-cell"},
		"share":            {"ladders.csv", "station,80%", "station,0%", "ladders.csv:6:at bad-percent"},
		"big share":        {"ladders.csv", "station,80%", "station,1001%", "ladders.csv:6:at bad-percent"},
		"overdue time":     {"ladders.csv", "station,80%", "station,soon", "ladders.csv:6:at bad-budget"},
		"card":             {"ladders.csv", "黄牌", "green", "ladders.csv:5:card bad-choice"},
		"final of overdue": {"ladders.csv", "黄牌,,", "黄牌,true,", "ladders.csv:5:final unfit-rung"},

		"id twice":          {"admissions.csv", "A2,", "A1,", "admissions.csv:3:id duplicate"},
		"matter":            {"admissions.csv", "A2,waste", "A2,water", "admissions.csv:3:matter unknown-matter"},
		"applicant":         {"admissions.csv", "A2,waste,bureau", "A2,waste,nobody", "admissions.csv:3:applicant unknown-party"},
		"community":         {"admissions.csv", "A2,waste,bureau,station", "A2,waste,bureau,nobody", "admissions.csv:3:community unknown-party"},
		"applied":           {"admissions.csv", "2021-09-28 11:30", "", "admissions.csv:4:applied_at empty-cell"},
		"too early":         {"admissions.csv", "2021-09-28 11:00", "2021-09-27", "admissions.csv:3:decided_at too-early"},
		"decision":          {"admissions.csv", "denied", "maybe", "admissions.csv:3:decision bad-choice"},
		"no decision":       {"admissions.csv", "denied", "", "admissions.csv:3:decision empty-cell"},
		"no decider":        {"admissions.csv", "denied,board", "denied,", "admissions.csv:3:approver empty-cell"},
		"approver":          {"admissions.csv", "denied,board", "denied,nobody", "admissions.csv:3:approver unknown-party"},
		"people":            {"admissions.csv", "处置,2", "处置,-2", "admissions.csv:2:people bad-number"},
		"fund":              {"admissions.csv", "F1,60", "F9,60", "admissions.csv:2:fund unknown-fund"},
		"amount":            {"admissions.csv", "60.00", "60.001", "admissions.csv:2:amount bad-money"},
		"interval":          {"admissions.csv", "2022-10-01", "2020-10-01", "admissions.csv:2:until empty-interval"},
		"revoked early":     {"admissions.csv", "2021-09-28 13:00", "2021-09-28 10:15", "admissions.csv:2:revoked_at too-early"},
		"revoked, not had":  {"admissions.csv", "denied,board,,,,,,,,", "denied,board,,,,,,,2021-09-29,", "admissions.csv:3:revoked_at undecided"},
		"matters and reach": {"matters.csv", "code,name\nwaste,垃圾", "code,name,duplicate_m\nwaste,垃圾,5001", "matters.csv:2:duplicate_m bad-reach"},
		"policy":            {"street.json", `"format": 1,`, `"format": 1, "policy": {"duplicates": "always"},`, "street.json:2:27 bad-choice"},
		"policy score":      {"street.json", `"format": 1,`, `"format": 1, "policy": {"duplicate_score": 10001},`, "street.json:2:27 bad-number"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := ladderFolder()
			edit(folder, c.file, c.old, c.new)
			if c.file == "matters.csv" {
				edit(folder, c.file, "漏收\n", "漏收,\n")
				edit(folder, c.file, "路灯\n", "路灯,\n")
			}
			_, err := street.Load(folder, options)
			load, ok := errors.AsType[*street.LoadError](err)
			require.True(t, ok, "%v", err)
			require.Equal(t, placed(folder, c.want), load.Faults[0].Place()+" "+load.Faults[0].Code, "%v", err)
			require.Len(t, load.Faults, 1, "%v", err)
			require.NotEqual(t, load.Faults[0].Text("en"), load.Faults[0].Text("zh"))
		})
	}
}

// placed puts the number of a column, as it stands in a file without quotes, for its
// name: "ladders.csv:2:area code".
func placed(folder fstest.MapFS, want string) string {
	place, code, _ := strings.Cut(want, " ")
	parts := strings.Split(place, ":")
	lines := strings.Split(string(folder[parts[0]].Data), "\n")
	n := slices.Index(strings.Split(lines[0], ","), parts[2])
	if n < 0 {
		return want
	}
	var number int
	_, _ = fmt.Sscan(parts[1], &number)
	before := strings.Join(strings.Split(lines[number-1], ",")[:n], ",")
	column := len([]rune(before)) + 1
	if n > 0 {
		column++
	}
	return strings.TrimSpace(fmt.Sprintf("%s:%s:%d %s", parts[0], parts[1], column, code))
}

// A check tells of rungs that cannot be climbed: a party that is unknown, has ended,
// or stands above a final ruling.
func TestCheckTellsOfLadders(t *testing.T) {
	folder := ladderFolder()
	edit(folder, "parties.csv", "board,区综合行政执法委员会,committee,,", "board,区综合行政执法委员会,committee,,2021-09-01")
	edit(folder, "ladders.csv", "dispute,2,bureau,3wd,,,2", "dispute,4,nobody,3wd,,,2")
	set(folder, "ladders.csv", string(folder["ladders.csv"].Data)+"dispute,4,bureau,,,,,,\n")
	set(folder, "admissions.csv", "id,matter,applicant,community,applied_at\n")
	tolerant := options
	tolerant.Tolerant = true
	f, err := street.Load(folder, tolerant)
	require.NoError(t, err)
	var got []string
	for _, x := range f.Findings {
		got = append(got, string(x.Level)+" "+x.Code+" "+x.Place())
	}
	require.Equal(t, []string{
		"error unknown-party ladders.csv:2:11", "error expired-party ladders.csv:3:11", "error expired-party ladders.csv:7:6",
		"warning level-left-out ladders.csv:3:9", "warning beyond-final ladders.csv:8:9",
	}, got)
	require.Len(t, f.Policy.Ladders[0].Rungs, 3, "the unknown party's is left out")
}
