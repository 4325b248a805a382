package street_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// standardFolder is smallFolder with a list of two editions and standards: a lamp has
// two working days by its standard, missed waste four hours by its rule.
func standardFolder() fstest.MapFS {
	f := smallFolder()
	delete(f, "commands.jsonl")
	set(f, "list_versions.csv", "version,from,approved_by,reason,notice\nv1,2021-01-01,station,首版,街发〔2021〕1号\nv2,2021-09-29,station,调整,\n")
	set(f, "standards.csv", "matter,condition,name,limit,file_when,close_when,evidence,season\nlight,,路灯,2wd,灯不亮,灯亮,photo,\nlight,pole down,灯杆倒,2h!,,,photo;video,\nwaste,,垃圾,1wd,,,,\n*,,,5wd,,,,\n")
	set(f, "duties.csv", "id,role,matter,party,area,budget,version\nR1,lead,*,station,*,,v1\nR2,lead,waste,lead1,G1,4wh,v1\nR3,lead,*,squad,*,,v2\n")
	set(f, "events.csv", "id,at,matter,lng,lat,condition\nE1,2021-09-28 10:00,waste.missed,114.01,22.71,\nE2,2021-09-28 11:00,light,114.03,22.71,\nE3,2021-09-28 11:00,light,114.03,22.71,pole down\nE4,2021-09-29 11:00,waste,114.01,22.71,\n")
	return f
}

// The standard of the matter, condition and season gives the limit where the rule has
// none, and the edition in force on the day gives the rule.
func TestStandardsGiveLimits(t *testing.T) {
	f, err := street.Load(standardFolder(), options)
	require.NoError(t, err)
	require.Empty(t, f.Findings)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	at := func(day, hour, minute int) time.Time { return time.Date(2021, 9, day, hour, minute, 0, 0, f.Zone) }
	for id, want := range map[street.Code]struct {
		rule street.Code
		due  time.Time
	}{
		"E1": {"R2", at(28, 16, 0)}, "E2": {"R1", at(30, 18, 0)}, "E3": {"R1", at(28, 13, 0)}, "E4": {"R3", at(30, 18, 0)},
	} {
		c, ok := s.Case(id)
		require.True(t, ok)
		require.Equal(t, want.rule, c.Lead.Rule, id)
		require.True(t, want.due.Equal(c.DueAt), "%s is due %s", id, c.DueAt.In(f.Zone))
	}
	e, ok := f.List.Standards().Find("light", "pole down", at(28, 11, 0))
	require.True(t, ok)
	require.Equal(t, []string{"photo", "video"}, e.Evidence)
}

func TestFaultsOfStandardsAndVersions(t *testing.T) {
	for name, c := range map[string]struct{ file, old, new, want string }{
		"limit":        {"standards.csv", "路灯,2wd", "路灯,2x", "standards.csv:2:11 bad-budget"},
		"no limit":     {"standards.csv", "路灯,2wd", "路灯,", "standards.csv:2:11 empty-cell"},
		"season":       {"standards.csv", "photo,\nlight", "photo,02-30..x\nlight", "standards.csv:2:28 bad-standard"},
		"twice":        {"standards.csv", "light,pole down,灯杆倒", "light,,灯杆倒", "standards.csv:3:30 bad-standard"},
		"name twice":   {"standards.csv", "灯杆倒", "路灯", "standards.csv:3:17 bad-standard"},
		"no version":   {"duties.csv", ",,v2", ",,v3", "duties.csv:4:20 unknown-version"},
		"version":      {"list_versions.csv", "v2,", "v1,2020-01-01,station,x,\nv2,", "list_versions.csv:3:1 duplicate"},
		"approver":     {"list_versions.csv", "v2,2021-09-29,station", "v2,2021-09-29,nobody", "list_versions.csv:3:15 unknown-party"},
		"no reason":    {"list_versions.csv", "首版", "", "list_versions.csv:2:23 empty-cell"},
		"version from": {"list_versions.csv", "2021-09-29", "soon", "list_versions.csv:3:4 bad-time"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := standardFolder()
			edit(folder, c.file, c.old, c.new)
			_, err := street.Load(folder, options)
			var load *street.LoadError
			require.ErrorAs(t, err, &load)
			require.Equal(t, c.want, load.Faults[0].Place()+" "+load.Faults[0].Code, "%v", err)
			require.Len(t, load.Faults, 1, "%v", err)
		})
	}
	folder := standardFolder()
	edit(folder, "standards.csv", "*,,,5wd,,,,\n", "")
	set(folder, "matters.csv", "code,name\nwaste,垃圾\nwaste.missed,漏收\nlight,路灯\ntree,树木\n")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	require.NotEmpty(t, f.Findings, "trees have neither a rule's limit nor a standard's")
	require.Equal(t, "duties.csv", f.Findings[0].File)
}

// termsFolder is standardFolder where a lamp needs two photos, its matter a track, and a
// quarrel ends in one of two ways.
func termsFolder() fstest.MapFS {
	f := standardFolder()
	set(f, "matters.csv", "code,name,kind,evidence,outcomes\nwaste,垃圾,,,\nwaste.missed,漏收,,,\nlight,路灯,,track,\nquarrel,纠纷,mediation,,达成调解;调解不成\n")
	edit(f, "standards.csv", "灯亮,photo,", "灯亮,before;after,")
	set(f, "events.csv", "id,at,matter,lng,lat,evidence,closed_at,outcome\n"+
		"E1,2021-09-28 10:00,light,114.03,22.71,before=photos/1.jpg;http://host/x?a=b,,\n"+
		"E2,2021-09-28 10:00,light,114.03,22.71,after=2.jpg,2021-09-28 15:00,\n"+
		"E3,2021-09-28 10:00,quarrel,114.03,22.71,,2021-09-28 15:00,移送\n"+
		"E4,2021-09-28 10:00,quarrel,114.03,22.71,,2021-09-28 15:00,已调解\n")
	return f
}

// Finishing needs the evidence of the standard and of the matter; what only a closed_at
// says is done goes without and says so; a case is closed by its standard and as what its
// matter knows.
func TestStandardsBindTheDesk(t *testing.T) {
	folder := termsFolder()
	set(folder, "commands.jsonl", `{"at":"2021-09-28 11:00","key":"a","machine":"desk","do":"ack","case":"E1"}
{"at":"2021-09-28 11:00","key":"s","machine":"desk","do":"start","case":"E1"}
{"at":"2021-09-28 12:00","key":"f1","machine":"desk","do":"finish","case":"E1","evidence":[{"kind":"after","uri":"3.jpg"}]}
{"at":"2021-09-28 13:00","key":"f2","machine":"desk","do":"finish","case":"E1","evidence":[{"kind":"after","uri":"3.jpg"},{"kind":"track"}]}
`)
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	var notes []string
	for _, each := range f.Findings {
		notes = append(notes, each.Place()+" "+each.Text("en"))
	}
	require.Equal(t, []string{"events.csv:4:60 outcome 移送 is not one that the matter knows (settled, failed); the case is closed all the same, and says so"}, notes)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	play := func(hour, minute int) {
		require.NoError(t, s.Play(t.Context(), time.Date(2021, 9, 28, hour, minute, 0, 0, f.Zone), nil))
	}
	play(12, 30)
	c, _ := s.Case("E1")
	require.Equal(t, "in_progress", string(c.State), "a finish without its evidence is refused")
	require.Equal(t, []string{"after", "track"}, c.Wanted)
	why, err := s.Why("E1", "en")
	require.NoError(t, err)
	require.Contains(t, why, "done by the standard 路灯, closed when: 灯亮\nevidence still wanted: after, track\n")
	why, err = s.Why("E1", "zh")
	require.NoError(t, err)
	require.Contains(t, why, "处置标准：路灯，结案条件：灯亮\n尚缺证据：after, track\n")
	play(16, 0)
	c, _ = s.Case("E1")
	require.Equal(t, "done", string(c.State))
	require.False(t, c.Unproven)
	c, _ = s.Case("E2")
	require.Equal(t, "closed", string(c.State))
	require.True(t, c.Unproven)
	for e, err := range s.Trace(t.Context(), "E2") {
		require.NoError(t, err)
		switch fact := e.Entry.Fact.(type) {
		case dispatch.WorkDone:
			require.Equal(t, dispatch.WorkDone{Waiver: "closed", Missing: []string{"before", "track"}}, fact)
		case dispatch.CaseClosed:
			require.Equal(t, "路灯", fact.Standard)
		case dispatch.CaseFiled:
			require.Equal(t, []dispatch.Evidence{{Kind: "after", URI: "2.jpg"}}, fact.Event.Evidence)
		}
	}
	edit(folder, "street.json", `{`, `{"policy":{"reopen":"1m","archive":"2m"},`)
	archiving, err := street.Load(folder, options)
	require.NoError(t, err)
	left, err := street.Open(t.Context(), archiving, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, left.Play(t.Context(), time.Date(2021, 9, 28, 16, 0, 0, 0, f.Zone), nil))
	kept, err := s.Why("E2", "en")
	require.NoError(t, err)
	gone, err := left.Why("E2", "en")
	require.NoError(t, err)
	require.Contains(t, kept, "done by the standard 路灯, closed when: 灯亮\nfinished without all of its evidence\n")
	require.Equal(t, kept, strings.Replace(gone, "archived 2021-09-28T15:02:00+08:00: it can no longer be reopened\n", "", 1))
	for id, want := range map[street.Code]dispatch.CaseClosed{
		"E3": {Outcome: "referred", Waiver: "closed"}, "E4": {Outcome: "settled"},
	} {
		for e, err := range s.Trace(t.Context(), id) {
			require.NoError(t, err)
			if fact, ok := e.Entry.Fact.(dispatch.CaseClosed); ok {
				require.Equal(t, want.Outcome+want.Waiver, fact.Outcome+fact.Waiver, id)
			}
		}
		c, _ := s.Case(id)
		require.Equal(t, "closed", string(c.State), id)
	}
	edit(folder, "matters.csv", "track,", "track;track,")
	_, err = street.Load(folder, options)
	var load *street.LoadError
	require.ErrorAs(t, err, &load)
	require.Equal(t, "matters.csv:4:11 bad-matter", load.Faults[0].Place()+" "+load.Faults[0].Code)
	require.Contains(t, load.Text("en"), " track is used already")
	require.Contains(t, load.Text("zh"), "track重复")
}

// What a standard is refused for is said in the language of the reader, by the words of
// the file.
func TestWordsOfStandards(t *testing.T) {
	for _, c := range []struct{ old, new, en, zh string }{
		{"灯杆倒", "路灯", "name 路灯 is used already", "name的值路灯重复"},
		{"light,pole down,灯杆倒", "light,,灯杆倒", "another standard has the same matter, condition and season", "另一条标准的事项、情形和季节与此相同"},
		{"photo,\nlight", "photo,02-30..x\nlight", `season "02-30..x" is not written as 03-15..05-31`, `季节 "02-30..x" 应写作 03-15..05-31`},
	} {
		folder := standardFolder()
		edit(folder, "standards.csv", c.old, c.new)
		_, err := street.Load(folder, options)
		var load *street.LoadError
		require.ErrorAs(t, err, &load)
		require.Contains(t, load.Text("en"), c.en)
		require.Contains(t, load.Text("zh"), c.zh)
	}
}
