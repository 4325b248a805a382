package street_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/party/rounds"
	"github.com/gridgov/gridgov/street"
)

// everyParty is a folder with rosters, councils, boards and rounds.
func everyParty() fstest.MapFS {
	f := councilFolder()
	for name, file := range roundsFolder() {
		f[name] = file
	}
	for _, name := range []string{"councils.csv", "council_members.csv", "meetings.csv", "topics.csv", "votes.csv"} {
		f[name] = councilFolder()[name]
	}
	set(f, "rosters.csv", "post,cycle,days,start,hours,people\nlead1,1d,,2021-09-01,08:00-20:00,p1\n")
	set(f, "exceptions.csv", "post,date,kind,person,with\n*,2021-09-20,leave,p1,\n")
	set(f, "boards.csv", "area,facts,goals,from\nG1,两万人,整洁,2021-09-01\n")
	return f
}

// What names somebody or something that the folder does not have, or cannot be, is a
// fault at its cell.
func TestFaultsOfPartyTables(t *testing.T) {
	require.NoError(t, second(street.Load(everyParty(), options)))
	for name, c := range map[string]struct{ file, old, new, want string }{
		"roster post":        {"rosters.csv", "lead1,1d", "lead9,1d", "rosters.csv:2:1: post lead9 is not in posts.csv"},
		"roster people":      {"rosters.csv", ",p1\n", ",p1;p9\n", "rosters.csv:2:34: people p9 is not in people.csv"},
		"roster team":        {"rosters.csv", ",p1\n", ",p1+p9\n", "rosters.csv:2:34: people p9 is not in people.csv"},
		"exception post":     {"exceptions.csv", "*,", "lead9,", "exceptions.csv:2:1: post lead9 is not in posts.csv"},
		"exception person":   {"exceptions.csv", "leave,p1", "leave,p9", "exceptions.csv:2:20: person p9 is not in people.csv"},
		"exception with":     {"exceptions.csv", "*,2021-09-20,leave,p1,", "lead1,2021-09-20,replace,p1,p9", "exceptions.csv:2:29: with p9 is not in people.csv"},
		"no rotation":        {"exceptions.csv", "*,2021-09-20,leave", "captain,2021-09-20,remove", "exceptions.csv:2:1: post: captain has no rotation"},
		"date":               {"exceptions.csv", "2021-09-20", "2021/9/20", "exceptions.csv:2:3: date 2021/9/20 is not a date: write it as 2026-03-02"},
		"group member":       {"groups.csv", "p1；p2", "p1；p9", "groups.csv:2:17: members p9 is not in people.csv"},
		"group lead":         {"groups.csv", "p1,p1；p2", "p2,p1", "groups.csv:2:14: lead p2 is not one of the members"},
		"group without end":  {"groups.csv", ",2021-09-30", ",", "groups.csv:2:34: until is empty"},
		"group of nobody":    {"groups.csv", "p1,p1；p2", ",", "groups.csv:2:15: members is empty"},
		"field twice":        {"fields.csv", "station,2021-09-28", "station,2021-09-27", "fields.csv:3:11: squad collects it at the same time: owner must be one"},
		"field owner":        {"fields.csv", "station", "stat", "fields.csv:3:11: owner stat is not in parties.csv or posts.csv"},
		"board twice":        {"boards.csv", "\nG1,", "\nG1,一,,2021-08-01\nG1,", "boards.csv:3:11: area G1 already has a text at that time"},
		"every":              {"visit_plans.csv", "1mo", "monthly", "visit_plans.csv:2:8: every monthly is not a period: write 1mo, 3mo, 7d or 2w"},
		"household class":    {"households.csv", "h2,G2,key", "h2,G2,keyy", "households.csv:3:7: class keyy is none of key, regular"},
		"squad":              {"tasks.csv", "k1,squad", "k1,sqad", "tasks.csv:2:4: squad sqad is not in parties.csv or posts.csv"},
		"undone":             {"tasks.csv", "未完成,下雨", "未完成,", "tasks.csv:3:28: reason is empty"},
		"owner":              {"topics.csv", "T1,M1,清理空地,2,0,0,通过,station", "T1,M1,清理空地,2,0,0,通过,dax", "topics.csv:2:21: owner dax is not in parties.csv or posts.csv"},
		"owner without due":  {"topics.csv", "station,2021-09-25", "station,", "topics.csv:2:29: a topic with an owner needs a due: write one, or a case or project instead of the owner"},
		"below":              {"street.json", `"format": 1,`, `"format": 1, "notices": {"网格": {"head": "lead", "below": "楼栋"}},`, "street.json:2:60: notices name the level 楼栋, which the street does not have"},
		"command person":     {"commands.jsonl", "", `{"at":"2021-09-08 09:00","key":"v","machine":"rounds","do":"visit","household":"h1","people":["p9"]}` + "\n", "commands.jsonl:1: person p9 is not in people.csv"},
		"command actor":      {"commands.jsonl", "", `{"at":"2021-09-08 09:00","key":"v","machine":"rounds","do":"visit","household":"h1","people":["p1"],"post":"lead9"}` + "\n", "commands.jsonl:1:101: post lead9 is not in posts.csv"},
		"command instant":    {"commands.jsonl", "", `{"at":"2021-09-08 09:00","key":"v","machine":"council","do":"convene","meeting":"M9","council":"block","for":"tomorrow"}` + "\n", "commands.jsonl:1:104: for tomorrow is not a time: write 2026-03-02, 2026-03-02 09:00 or 2026-03-02T09:00:00+08:00"},
		"road owner":         {"duties.csv", "R3,assist,waste,station", "R3,assist,waste,owner(lanes)", "duties.csv:4:17: party owner(lanes): lanes is no layer of street.json"},
		"attendance, person": {"attendance.csv", "p2,2021-09-06", "p9,2021-09-06", "attendance.csv:4:1: person p9 is not in people.csv"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := everyParty()
			if c.old == "" {
				set(folder, c.file, c.new)
			} else {
				edit(folder, c.file, c.old, c.new)
			}
			_, err := street.Load(folder, options)
			require.EqualError(t, err, c.want)
		})
	}
}

func second[T any](_ T, err error) error { return err }

// One fault of each table is told together with the others, and a broken area file
// brings no complaints about rows that are right.
func TestPartyFaultsAreToldTogether(t *testing.T) {
	folder := everyParty()
	edit(folder, "rosters.csv", ",p1\n", ",p8\n")
	edit(folder, "exceptions.csv", "leave,p1", "leave,p9")
	edit(folder, "visit_plans.csv", "1mo", "monthly")
	edit(folder, "boards.csv", "\nG1,", "\nG1,一,,2021-08-01\nG1,")
	edit(folder, "street.json", `"format": 1,`, `"format": 1, "notices": {"楼栋": {}},`)
	edit(folder, "tasks.csv", "未完成,下雨", "未完成,")
	edit(folder, "attendance.csv", "缺勤", "在")
	_, err := street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	var places []string
	for _, f := range load.Faults {
		places = append(places, f.Place())
	}
	require.Equal(t, []string{"attendance.csv:4:17", "boards.csv:3:11", "exceptions.csv:2:20", "rosters.csv:2:34", "street.json:2:28", "tasks.csv:3:28", "visit_plans.csv:2:8"}, places)

	folder = everyParty()
	edit(folder, "street.json", "areas/grid.geojson", "areas/none.geojson")
	_, err = street.Load(folder, options)
	require.ErrorAs(t, err, &load)
	for _, f := range load.Faults {
		require.NotContains(t, f.File, "households", "%v", f)
		require.NotContains(t, f.File, "visit", "%v", f)
	}
}

// What is possible but strange is a warning at its cell.
func TestStrangePartyTables(t *testing.T) {
	for name, c := range map[string]struct{ file, old, new, want string }{
		"quota":          {"appointments.csv", "p2,captain,volunteer,2021-01-01", "p2,captain,volunteer,2021-01-01\np1,captain,resident,2021-06-01", "appointments.csv:4:4: 2 people hold post captain from 2021-06-01, and it has 1 places"},
		"roster of post": {"rosters.csv", ",p1\n", ",p1;p2\n", "rosters.csv:2:34: p2 is on the rotation of post lead1 and is never appointed to it"},
		"counts":         {"topics.csv", "T2,M1,加装路灯,,,", "T2,M1,加装路灯,1,1,0", "topics.csv:3:12: topic T2 counts 1:1:0, and its votes are 2:0:0 (yes:no:abstain); the votes are used"},
		"role":           {"street.json", `"format": 1,`, `"format": 1, "notices": {"网格": {"head": "blockhead"}},`, "street.json:2:43: notices of the level 网格 name the role blockhead, which no post has"},
		"key":            {"street.json", `"format": 1,`, `"format": 1, "notices": {"网格": {"hed": "lead"}},`, "street.json:2:35: hed is not part of the format and is not used"},
		"stray file":     {"notes.txt", "", "x", "notes.txt: this file is not part of the format and is not read"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := everyParty()
			if c.old == "" {
				set(folder, c.file, c.new)
			} else {
				edit(folder, c.file, c.old, c.new)
			}
			f, err := street.Load(folder, options)
			require.NoError(t, err)
			require.Len(t, f.Findings, 1, "%v", f.Findings)
			require.Equal(t, street.Warning, f.Findings[0].Level)
			require.Equal(t, c.want, f.Findings[0].String())
		})
	}
	f, err := street.Load(everyParty(), options)
	require.NoError(t, err)
	require.Empty(t, f.Findings, "leave on a day without a shift, and of a post without shifts, is no finding")
}

// Chinese separators mean what ";" does.
func TestSeparators(t *testing.T) {
	folder := everyParty()
	edit(folder, "appointments.csv", "p2,captain,volunteer", "p2,lead1,volunteer")
	edit(folder, "posts.csv", "lead,G1,2000.00,走访", "lead,G1,2000.00,走访\nx,x,squad,x,,,")
	edit(folder, "rosters.csv", ",p1\n", ",p1、p2\n")
	edit(folder, "meetings.csv", "19:00,p1;p2", "19:00,p1；p2")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	require.Equal(t, []street.Code{"p1", "p2"}, f.Directory.Roster().People())
}

// A meeting that could not be opened is told once, at the cell that is the cause, and
// a result that the votes do not bear out is told too.
func TestRefusalsOfTablesHaveOneCause(t *testing.T) {
	refusals := func(spoil func(fstest.MapFS)) string {
		folder := councilFolder()
		edit(folder, "topics.csv", "T4,M2,人数不足,1,,,,station,2021-09-30,,\n", "")
		spoil(folder)
		f, err := street.Load(folder, options)
		require.NoError(t, err)
		s, err := street.Open(t.Context(), f, journal.NewMemory())
		require.NoError(t, err)
		require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
		list, err := s.Refused(t.Context())
		require.NoError(t, err)
		var lines []string
		for _, x := range list {
			lines = append(lines, x.String())
		}
		return strings.Join(lines, "\n")
	}
	require.Empty(t, refusals(func(fstest.MapFS) {}))
	require.Equal(t, "meetings.csv:2:27: 陈一 (p1) has no seat in 石一街区理事会 (block)", refusals(func(f fstest.MapFS) {
		edit(f, "council_members.csv", "block,p1,红色网格牵头人,有\n", "block,p2,x,\n")
		edit(f, "council_members.csv", "block,p2,居民,\n", "")
		edit(f, "meetings.csv", "19:00,p1\n", "19:00,p2\n")
		edit(f, "meetings.csv", "M4,block,2021-09-21 19:00,2\n", "")
		edit(f, "topics.csv", "T7,M4,无名册,2,0,0,,station,2021-09-30,,\n", "")
	}))
	require.Equal(t, "topics.csv:4:17: topic T3 is written as passed; the votes and the rules make it failed", refusals(func(f fstest.MapFS) {
		edit(f, "topics.csv", "划停车位,1,1,,,", "划停车位,1,1,,passed,")
	}))
}

// Who gives a command cannot get lost on the way: it would be the street itself then,
// which may everything. The same goes for what only looks like a key of a line.
func TestActorsAreNotLost(t *testing.T) {
	for name, c := range map[string]struct{ line, want string }{
		"misspelt":      {`"do":"done","topic":"T2","actor":{"persn":"p2"}`, "bad-actor"},
		"empty":         {`"do":"done","topic":"T2","actor":{}`, "bad-actor"},
		"null":          {`"do":"done","topic":"T2","actor":{"person":""}`, "bad-actor"},
		"other case":    {`"do":"done","topic":"T2","actor":{"Person":"p2"}`, "bad-actor"},
		"twice":         {`"do":"done","topic":"T2","person":"p2","actor":{"person":"p1"}`, "bad-actor"},
		"no object":     {`"do":"done","topic":"T2","actor":"p2"`, "bad-actor"},
		"key's case":    {`"do":"done","topic":"T2","Person":"p2"`, "unknown-field"},
		"actor in with": {`"do":"done","topic":"T2","with":{"machine":"rounds","do":"reclass","household":"h1","class":"key","actor":{"person":"p2"}}`, "unknown-field"},
		"with in with":  {`"do":"done","topic":"T2","with":{"machine":"rounds","do":"reclass","household":"h1","class":"key","with":{}}`, "unknown-field"},
		"post in with":  {`"do":"done","topic":"T2","with":{"machine":"rounds","do":"reclass","household":"h1","class":"key","post":"lead1"}`, "unknown-field"},
	} {
		folder := everyParty()
		set(folder, "commands.jsonl", `{"at":"2021-10-02 09:00","key":"k","machine":"council",`+c.line+"}\n")
		_, err := street.Load(folder, options)
		var load *street.LoadError
		require.ErrorAs(t, err, &load, name)
		require.Equal(t, c.want, load.Faults[0].Code, "%s: %v", name, err)
	}
}

// A household lies where the map says, whatever a command says of the areas around.
func TestAreasOfAHousehold(t *testing.T) {
	line := func(areas string) error {
		folder := everyParty()
		set(folder, "commands.jsonl", `{"at":"2021-09-02 09:00","key":"k","machine":"rounds","do":"enrol","household":"h9","class":"key","areas":[`+areas+"]}\n")
		return second(street.Load(folder, options))
	}
	require.NoError(t, line(`"G1"`))
	require.NoError(t, line(`"G1","NH"`))
	for _, areas := range []string{`"NOPE"`, `"G1","G2"`, `"NH","G1"`, `"G1","NH","NH"`, ``} {
		require.Error(t, line(areas), areas)
	}
	f, err := street.Load(everyParty(), options)
	require.NoError(t, err)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	_, err = s.Do(t.Context(), f.Latest(), street.Command{Rounds: rounds.Enrol{Household: "h9", Areas: []street.Code{"G1", "G2"}, Class: "key"}})
	require.ErrorIs(t, err, street.ErrAreas)
	out, err := s.Do(t.Context(), f.Latest(), street.Command{Rounds: rounds.Enrol{Household: "h9", Areas: []street.Code{"G1"}, Class: "key"}})
	require.NoError(t, err)
	require.Equal(t, []street.Code{"G1", "NH"}, out.Entries[len(out.Entries)-1].Rounds.Fact.(rounds.Enrolled).Areas)
}

// What is expected of a version is expected of what the line's own machine acts on.
func TestExpectIsAboutTheLine(t *testing.T) {
	run := func(expect int) []string {
		folder := everyParty()
		set(folder, "commands.jsonl", fmt.Sprintf(`{"at":"2021-10-02 09:00","key":"k","machine":"rounds","do":"reclass","household":"h1","class":"regular","expect":%d,"with":{"machine":"council","do":"done","topic":"T2","result":"x"}}`, expect)+"\n")
		f, err := street.Load(folder, options)
		require.NoError(t, err)
		s, err := street.Open(t.Context(), f, journal.NewMemory())
		require.NoError(t, err)
		require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
		var version uint64
		require.NoError(t, s.Rounds(t.Context(), func(l *rounds.Log) {
			h, _ := l.Household("h1")
			version = h.Version
		}))
		refused, err := s.Refused(t.Context())
		require.NoError(t, err)
		list := []string{fmt.Sprint(version)}
		for _, x := range refused {
			if x.File == "commands.jsonl" {
				list = append(list, x.Code)
			}
		}
		return list
	}
	before := run(99)
	require.Equal(t, "refused.stale", before[1])
	version, err := strconv.Atoi(before[0])
	require.NoError(t, err)
	require.Equal(t, []string{fmt.Sprint(version + 1)}, run(version))
}
