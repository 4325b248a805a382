package street_test

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

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
