package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid/crs"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

var update = flag.Bool("update", false, "write the pictures of the README")

// command runs one command line and answers its exit code and output.
func command(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	a := &app{stdout: &out, stderr: &errs}
	code = a.main(context.Background(), args)
	return code, out.String(), errs.String()
}

func readSummary(t *testing.T, dir string) summary {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "summary.json"))
	require.NoError(t, err)
	var s summary
	require.NoError(t, json.Unmarshal(data, &s))
	return s
}

// TestBoston holds the main job to its numbers, on data nobody here made.
func TestBoston(t *testing.T) {
	dir := t.TempDir()
	code, stdout, stderr := command("-quiet", "-out", dir)
	require.Equal(t, exitDone, code, stderr)
	require.Empty(t, stdout)
	s := readSummary(t, dir)
	require.Equal(t, 4995, s.Events)
	require.Equal(t, street.Share{Right: 4860, Of: 4933}, s.Agree.Area)
	require.Equal(t, street.Share{Right: 4283, Of: 4283}, s.Agree.OnTime)
	require.Equal(t, 1499, s.Agree.Party.Of)
	require.GreaterOrEqual(t, s.Agree.Party.Right, 1204, "the table of every precinct × type, backing off, has 80.3 %%")
	require.GreaterOrEqual(t, s.Agree.PartyTop.Right, 1443, "the table by type has 96.2 %%")
	require.Less(t, s.Rules, 3334)

	data, err := os.ReadFile(filepath.Join(dir, "decisions.csv"))
	require.NoError(t, err)
	require.NotContains(t, string(data), "\r")
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	require.NoError(t, err)
	require.Equal(t, street.RowHeader(), rows[0])
	require.Len(t, rows, 4996)
	lead, note := 5, 15
	for _, row := range rows[1:] {
		require.Equal(t, row[lead] == "", row[note] != "", "every undecided event has its note: %v", row)
	}
	page, err := os.ReadFile(filepath.Join(dir, "report.html"))
	require.NoError(t, err)
	require.NotRegexp(t, `(src|href)="?(https?:)?//`, string(page), "the page loads nothing")
	left, err := filepath.Glob(filepath.Join(dir, ".*"))
	require.NoError(t, err)
	require.Empty(t, left, "no temporary file stays")
}

// TestBostonsListIsLearned proves that the committed list is what learn mines
// from the reports before evaluate_from, byte for byte, and that the order of the
// events and their truth_area do not matter.
func TestBostonsListIsLearned(t *testing.T) {
	want, err := places.ReadFile("places/boston/duties.csv")
	require.NoError(t, err)
	events := filepath.Join("places", "boston", "events.csv.gz")
	code, stdout, stderr := command("learn", "-street", "boston", "-events", events, "-before", "2022-05-19T06:45:00")
	require.Equal(t, exitDone, code, stderr)
	require.Equal(t, string(want), stdout)

	raw, err := os.ReadFile(events)
	require.NoError(t, err)
	sub, err := fs.Sub(places, "places/boston")
	require.NoError(t, err)
	f, err := street.Load(sub, street.LoadOptions{Zone: time.LoadLocation, NoDuties: true, NoEvents: true})
	require.NoError(t, err)
	list, err := f.ReadEvents("events.csv.gz", raw)
	require.NoError(t, err)
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	require.NoError(t, w.Write([]string{"id", "at", "matter", "lng", "lat", "truth_party"}))
	for i := len(list) - 1; i >= 0; i-- {
		e := list[i]
		row := []string{string(e.ID), e.At.Format(time.RFC3339), string(e.Matter), "", "", string(e.TruthParty)}
		if e.HasPoint {
			lng, _ := json.Marshal(e.Point[0])
			lat, _ := json.Marshal(e.Point[1])
			row[3], row[4] = string(lng), string(lat)
		}
		require.NoError(t, w.Write(row))
	}
	w.Flush()
	shuffled := filepath.Join(t.TempDir(), "events.csv")
	require.NoError(t, os.WriteFile(shuffled, b.Bytes(), 0o644))
	code, stdout, stderr = command("learn", "-street", "boston", "-events", shuffled, "-before", "2022-05-19T06:45:00")
	require.Equal(t, exitDone, code, stderr)
	require.Equal(t, string(want), stdout)
}

func TestGuanlanInChinese(t *testing.T) {
	dir := t.TempDir()
	code, stdout, stderr := command("-street", "guanlan-mini", "-lang", "zh", "-out", dir)
	require.Equal(t, exitDone, code, stderr)
	require.Contains(t, stdout, "按期结案率")
	s := readSummary(t, dir)
	require.Equal(t, 14, s.Events)
	require.Equal(t, map[string]int{"unknown matter": 1, "outside": 1, "no point": 1}, s.Notes)
	data, err := os.ReadFile(filepath.Join(dir, "decisions.csv"))
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(data), "\ufeff"), "a spreadsheet needs the mark")
	for _, line := range []string{
		// Reported on a Friday; the Sunday after, 2021-09-26, was worked, so two working days end on Monday.
		"S001,S001,closed,NH-S1-25,NH/NH-S1/NH-S1-25,niuhu-gongzuozhan,,,huanwei,M01,chengguan,huanwei,2021-09-27T18:00:00+08:00,2021-09-26T10:30:00+08:00,true,",
		// The National Day week does not count; 2021-10-09, a Saturday, was worked.
		"S007,S007,closed,NH-S1-25,NH/NH-S1/NH-S1-25,niuhu-gongzuozhan,,,huanwei,M01,chengguan,huanwei,2021-10-09T18:00:00+08:00,2021-10-11T11:00:00+08:00,false,",
		// The block head left on the 8th; the deputy post answers.
		"S008,S008,closed,NH-S1-26,NH/NH-S1/NH-S1-26,shiyi,shiyi-fuzeren,r03,,M07,,,2021-10-14T18:00:00+08:00,2021-10-12T10:00:00+08:00,true,",
	} {
		require.Contains(t, string(data), line)
	}
	page, err := os.ReadFile(filepath.Join(dir, "report.html"))
	require.NoError(t, err)
	require.Contains(t, string(page), "37,654.33", "the surplus came back")
}

func TestSameRunSameBytes(t *testing.T) {
	var first []byte
	for range 2 {
		dir := t.TempDir()
		code, _, stderr := command("-street", "guanlan-mini", "-quiet", "-out", dir)
		require.Equal(t, exitDone, code, stderr)
		var all []byte
		for _, name := range []string{"decisions.csv", "report.html"} {
			data, err := os.ReadFile(filepath.Join(dir, name))
			require.NoError(t, err)
			all = append(all, data...)
		}
		state := readSummary(t, dir).State
		all = append(all, state...)
		if first == nil {
			first = all
		}
		require.Equal(t, string(first), string(all))
	}
}

func TestNowStopsTheRun(t *testing.T) {
	code, stdout, stderr := command("-street", "guanlan-mini", "-now", "2021-09-28 23:00", "-json", "-out", t.TempDir())
	require.Equal(t, exitDone, code, stderr)
	var s summary
	require.NoError(t, json.Unmarshal([]byte(stdout), &s))
	require.Equal(t, 11, s.Notes["after now"])
	require.Equal(t, 3, s.Decided)
}

// Help lists every command, and the flags of each.
func TestHelp(t *testing.T) {
	code, out, _ := command("help")
	require.Equal(t, exitDone, code)
	for _, c := range commands() {
		require.Contains(t, out, "\n  "+c.name+" ")
		code, flags, _ := command("help", c.name)
		require.Equal(t, exitDone, code)
		require.Contains(t, flags, c.text)
		require.Contains(t, flags, "-street string")
	}
}

// What a run found is named on the terminal, and a trace says who acted.
func TestTerminalNamesWhatItCounts(t *testing.T) {
	_, out, _ := command("-street", "guanlan-mini", "-out", t.TempDir())
	require.Regexp(t, `findings +2\n  events.csv:13: .*\n  events.csv:14: `, out)
	_, out, _ = command("trace", "-street", "guanlan-mini", "S004")
	require.Regexp(t, `^record +time +fact +by +what\n +30  2021-09-29T10:00:00\+08:00  case_filed +– +\{`, out)
	_, out, _ = command("why", "-street", "guanlan-mini", "S004")
	require.Contains(t, out, "街道城管办 (chengguan) led it\n")
	_, told, _ := command("trace", "-street", "guanlan-mini", "S004", "-lang", "zh")
	require.Contains(t, told, "通知街道城管办（chengguan）：案件S004已派遣\n")
	require.Contains(t, out, "closed 2021-09-29T15:00:00+08:00\n")
}

func TestExitCodes(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want int
		say  string
	}{
		"unknown command":   {[]string{"fly"}, exitBadInput, "unknown command"},
		"unknown flag":      {[]string{"-colour", "red"}, exitBadInput, "colour"},
		"unknown place":     {[]string{"-street", "atlantis"}, exitBadInput, "atlantis"},
		"no such folder":    {[]string{"-dir", "nowhere"}, exitBadInput, "nowhere"},
		"a file as folder":  {[]string{"-dir", "main.go"}, exitBadInput, "not a folder"},
		"bad now":           {[]string{"-now", "soon"}, exitBadInput, "soon"},
		"bad language":      {[]string{"-lang", "fr"}, exitBadInput, "fr"},
		"journal":           {[]string{"-journal", "x.db"}, exitBadInput, "not yet"},
		"verify":            {[]string{"verify"}, exitBadInput, "not yet"},
		"learn without":     {[]string{"learn"}, exitBadInput, "-events"},
		"why nothing":       {[]string{"why", "-street", "guanlan-mini"}, exitBadInput, "one case"},
		"why unknown":       {[]string{"why", "S999", "-street", "guanlan-mini"}, exitBadInput, "S999"},
		"why":               {[]string{"why", "S004", "-street", "guanlan-mini", "-lang", "zh"}, exitDone, ""},
		"trace":             {[]string{"trace", "-street", "guanlan-mini", "S004"}, exitDone, ""},
		"check":             {[]string{"check", "-street", "guanlan-mini"}, exitDone, ""},
		"out is a file":     {[]string{"-street", "guanlan-mini", "-out", "main.go"}, exitIO, "main.go"},
		"help":              {[]string{"-h"}, exitDone, "street help lists the other commands"},
		"two streets":       {[]string{"-dir", ".", "-street", "boston"}, exitBadInput, "two streets"},
		"help of nothing":   {[]string{"help", "fly"}, exitBadInput, "unknown command"},
		"words after a run": {[]string{"run", "now"}, exitBadInput, "now"},
	} {
		t.Run(name, func(t *testing.T) {
			code, _, stderr := command(c.args...)
			require.Equal(t, c.want, code, stderr)
			require.Contains(t, stderr, c.say)
		})
	}
}

// TestBadFolder proves that a folder at fault leaves nothing behind and tells
// every fault with its place.
func TestBadFolder(t *testing.T) {
	sub, err := fs.Sub(places, "places/guanlan-mini")
	require.NoError(t, err)
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(dir, "in"), sub))
	edit := func(name, old, new string) {
		path := filepath.Join(dir, "in", name)
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Contains(t, string(data), old)
		require.NoError(t, os.WriteFile(path, bytes.Replace(data, []byte(old), []byte(new), 1), 0o644))
	}
	edit("events.csv", "2021-09-26 09:00", "2021-09-31 09:00")
	edit("duties.csv", "M01,主办,市容,niuhu-gongzuozhan", "M01,主办,市容,nobody")
	edit("funds.csv", "400000.00", "40万")
	out := filepath.Join(dir, "out", "deep")
	code, stdout, stderr := command("-dir", filepath.Join(dir, "in"), "-out", out)
	require.Equal(t, exitBadInput, code)
	require.Empty(t, stdout)
	require.Equal(t, []string{
		"duties.csv:2:11: party nobody is not in parties.csv or posts.csv",
		"events.csv:3:6: at 2021-09-31 09:00 is not a time: write 2026-03-02, 2026-03-02 09:00 or 2026-03-02T09:00:00+08:00",
		"funds.csv:2:37: amount 40万 is not yuan with at most two decimals",
	}, strings.Split(strings.TrimSpace(stderr), "\n"))
	_, err = os.Stat(filepath.Join(dir, "out"))
	require.ErrorIs(t, err, fs.ErrNotExist, "nothing is left behind")
}

// TestCheckProvesOrTellsWhy: the drawn community is proved, and Boston's published
// wards and precincts do not fit one another.
func TestCheckProvesOrTellsWhy(t *testing.T) {
	defects := filepath.Join(t.TempDir(), "made", "defects.geojson")
	code, stdout, stderr := command("check", "-street", "guanlan-mini", "-geojson", defects)
	require.Equal(t, exitDone, code, stderr)
	require.Contains(t, stdout, "every place in its 9 units belongs to exactly one of its 6 leaves, 1208423.09 m² in all")
	require.Len(t, strings.Split(strings.TrimSpace(stdout), "\n"), 3, "two events astray, and the certificate")
	require.Empty(t, featuresOf(t, defects))
	_, stdout, _ = command("check", "-street", "guanlan-mini", "-lang", "zh")
	require.Contains(t, stdout, "每一处地面都有且仅有一个末级单元负责")

	code, stdout, stderr = command("check", "-geojson", defects)
	require.Equal(t, exitDone, code, "a street with defects runs: %s", stderr)
	require.Contains(t, stdout, "warning: areas/precinct.geojson.gz:1:")
	require.Contains(t, stdout, "0113, 0114 overlap by 947.5 m² at -71.0021953,42.3901172")
	require.Contains(t, stdout, "472 more of 572 findings")
	require.Contains(t, stdout, "0 of 22 units with units in them are shared out exactly")
	require.NotContains(t, stdout, "every place in its")
	require.Equal(t, 1, strings.Count(stdout, "0511 touches itself"), "what loading says is not said twice")
	require.Len(t, featuresOf(t, defects), 585)
	code, _, _ = command("check", "-geojson", filepath.Join("main.go", "x.geojson"))
	require.Equal(t, exitIO, code)
}

func featuresOf(t *testing.T, path string) []json.RawMessage {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	var collection struct{ Features []json.RawMessage }
	require.NoError(t, json.Unmarshal(data, &collection))
	return collection.Features
}

// TestGuanlanInOtherSystems writes the drawn community as the map services have
// it: the run decides the same, and says which system its places are in.
func TestGuanlanInOtherSystems(t *testing.T) {
	sub, err := fs.Sub(places, "places/guanlan-mini")
	require.NoError(t, err)
	want := t.TempDir()
	code, _, stderr := command("-street", "guanlan-mini", "-quiet", "-out", want)
	require.Equal(t, exitDone, code, stderr)
	decided, err := os.ReadFile(filepath.Join(want, "decisions.csv"))
	require.NoError(t, err)
	for name, system := range map[string]crs.System{"GCJ02": crs.GCJ02(), "BD09": crs.BD09()} {
		dir, out := t.TempDir(), t.TempDir()
		require.NoError(t, os.CopyFS(dir, sub))
		rewrite := func(file string, change func(text string) string) {
			path := filepath.Join(dir, file)
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			text := change(string(data))
			require.NotEqual(t, string(data), text, file)
			require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		}
		points := regexp.MustCompile(`(114\.\d+),(22\.\d+)`)
		move := func(text string) string {
			return points.ReplaceAllStringFunc(text, func(pair string) string {
				var p [2]float64
				require.NoError(t, json.Unmarshal([]byte("["+pair+"]"), &p))
				q, err := system.FromWGS84(p)
				require.NoError(t, err)
				moved, err := json.Marshal(q)
				require.NoError(t, err)
				return strings.Trim(string(moved), "[]")
			})
		}
		for _, file := range []string{"areas/community.geojson", "areas/block.geojson", "areas/grid.geojson", "addresses.csv", "events.csv"} {
			rewrite(file, move)
		}
		rewrite("street.json", func(text string) string { return strings.Replace(text, "WGS84", name, 1) })
		code, stdout, stderr := command("-dir", dir, "-out", out)
		require.Equal(t, exitDone, code, stderr)
		says := "Places are WGS84; the folder's own coordinates are " + system.Name() + "."
		require.Contains(t, stdout, says)
		got, err := os.ReadFile(filepath.Join(out, "decisions.csv"))
		require.NoError(t, err)
		require.Equal(t, string(decided), string(got), name)
		s := readSummary(t, out)
		require.Equal(t, [2]string{"WGS 84", system.Name()}, [2]string{s.CRS, s.FolderCRS})
		page, err := os.ReadFile(filepath.Join(out, "report.html"))
		require.NoError(t, err)
		require.Equal(t, 3, strings.Count(string(page), "own coordinates are "+system.Name()+"."), "both maps and the foot of the page")

		_, stdout, _ = command("check", "-dir", dir)
		require.Contains(t, stdout, says)
		require.Contains(t, stdout, "every place in its 9 units", "neighbours keep their shared points")
		_, _, stderr = command("why", "S004", "-dir", dir)
		require.Contains(t, stderr, says)
		_, stdout, stderr = command("trace", "S004", "-dir", dir)
		require.Contains(t, stderr, says)
		require.NotContains(t, stdout, says)
	}
}

func TestUnknownPartyFailsACheckOnly(t *testing.T) {
	sub, err := fs.Sub(places, "places/guanlan-mini")
	require.NoError(t, err)
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, sub))
	path := filepath.Join(dir, "duties.csv")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, bytes.Replace(data, []byte("F01,主办,*,niuhu-dangwei"), []byte("F01,主办,*,nobody"), 1), 0o644))
	code, stdout, _ := command("check", "-dir", dir)
	require.Equal(t, exitFindings, code)
	require.Contains(t, stdout, "duties.csv:12:10: party nobody")
	require.Contains(t, stdout, "nobody leads", "without the fallback there is a gap")
	code, _, _ = command("-dir", dir, "-out", t.TempDir())
	require.Equal(t, exitBadInput, code)
}

// TestResultsAreWrittenAllOrNone makes the second rename fail.
func TestResultsAreWrittenAllOrNone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made")
	err := writeResults(dir, []result{{"a.csv", []byte("a")}, {"no/such/b.csv", []byte("b")}})
	require.Error(t, err)
	_, err = os.Stat(dir)
	require.ErrorIs(t, err, fs.ErrNotExist, "the directory that was made is gone")
}

// TestPicturesOfTheReadme keeps the README's pictures equal to what the program
// draws; run with -update to write them.
func TestPicturesOfTheReadme(t *testing.T) {
	for name, c := range map[string]struct{ place, lang string }{"boston.svg": {"boston", "en"}, "guanlan.svg": {"guanlan-mini", "zh"}} {
		a := &app{stdout: new(bytes.Buffer), stderr: new(bytes.Buffer), place: c.place, quiet: true, lang: c.lang}
		f, err := a.load(street.LoadOptions{})
		require.NoError(t, err)
		s, err := street.Open(t.Context(), f, journal.NewMemory())
		require.NoError(t, err)
		require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
		sum, rows, err := summarize(t.Context(), s, f, f.Latest(), c.lang)
		require.NoError(t, err)
		byArea, _ := tallies(sum, rows, f)
		picture, err := drawMap(f, byArea, words(c.lang), c.lang, onTimeStyle(), true)
		require.NoError(t, err)
		path := filepath.Join("..", "..", "docs", "images", name)
		if *update {
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
			require.NoError(t, os.WriteFile(path, []byte(picture), 0o644))
		}
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, string(got), string(picture), "%s is out of date: go test ./examples/street -run Pictures -update", name)
	}
}
