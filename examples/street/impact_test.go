package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch/interchange"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// changed is a copy of an embedded place with text of one file replaced.
func changed(t *testing.T, place, file, old, new string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join("places", place))))
	path := filepath.Join(dir, file)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(data), old)
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(data), old, new, 1)), 0o644))
	return dir
}

func TestDiffTellsWhatAListWouldChange(t *testing.T) {
	same := changed(t, "guanlan-mini", "duties.csv", "M01,", "M01,")
	other := changed(t, "guanlan-mini", "duties.csv", "M01,主办,市容,niuhu-gongzuozhan", "M01,主办,市容,jiedao")
	code, stdout, stderr := command("diff", "-dir", same, "-to", same, "-json")
	require.Equal(t, exitDone, code, stderr)
	var x impact
	require.NoError(t, json.Unmarshal([]byte(stdout), &x))
	require.Zero(t, x.Changed)
	require.Empty(t, x.Changes)

	code, stdout, stderr = command("diff", "-dir", same, "-to", other, "-json", "-lang", "zh")
	require.Equal(t, exitDone, code, stderr)
	require.NoError(t, json.Unmarshal([]byte(stdout), &x))
	require.Positive(t, x.Changed)
	require.Less(t, x.Changed, x.Cells)
	require.Len(t, x.Changes, 2, "the two matters below that have no rule of their own")
	require.Equal(t, x.Changed, x.Changes[0].Cells+x.Changes[1].Cells)
	require.Equal(t, "观澜街道办事处", x.Changes[0].To)
	require.Contains(t, x.Changes[0].Text, "由 niuhu-gongzuozhan 改为 jiedao", "with a witness")
	require.Nil(t, x.Backtest, "nobody says who handled the events")

	code, stdout, stderr = command("diff", "-dir", same, "-to", other, "-now", "2021-09-24 18:00")
	require.Equal(t, exitDone, code, stderr)
	require.Contains(t, stdout, "open cases affected     1\n  S001: ", "of the matter that goes to somebody else")

	code, _, stderr = command("diff", "-dir", same, "-to", "places/guangming")
	require.Equal(t, exitBadInput, code)
	require.Contains(t, stderr, "different maps")
	code, _, _ = command("diff", "-dir", same)
	require.Equal(t, exitBadInput, code)
}

// The back-test sets both lists beside the truth of the events, and the same list gains
// and loses nothing.
func TestDiffBacktestsTheYear(t *testing.T) {
	code, stdout, stderr := command("diff", "-to", "places/boston", "-json")
	require.Equal(t, exitDone, code, stderr)
	var x impact
	require.NoError(t, json.Unmarshal([]byte(stdout), &x))
	require.NotNil(t, x.Backtest)
	require.Equal(t, x.Backtest.Before, x.Backtest.After)
	require.Zero(t, x.Backtest.Better+x.Backtest.Worse)
	require.Positive(t, x.Backtest.Before.Of)
}

// A worklist page by page is the worklist at once, the one due first at the top.
func TestWorklistByPages(t *testing.T) {
	page := func(args ...string) (ids []string, dues []time.Time, next string) {
		code, stdout, stderr := command(append([]string{"worklist", "-street", "guanlan", "-json"}, args...)...)
		require.Equal(t, exitDone, code, stderr)
		var got struct {
			Cases []struct {
				ID   string    `json:"id"`
				Next time.Time `json:"next_due"`
			} `json:"cases"`
			Next string `json:"next"`
		}
		require.NoError(t, json.Unmarshal([]byte(stdout), &got))
		for _, c := range got.Cases {
			ids, dues = append(ids, c.ID), append(dues, c.Next)
		}
		return ids, dues, got.Next
	}
	all, dues, next := page("GL")
	require.Empty(t, next)
	require.Greater(t, len(all), 5)
	for i := range dues[1:] {
		require.False(t, dues[i+1].Before(dues[i]))
	}
	var paged []string
	for cursor := ""; ; {
		ids, _, next := page("GL", "-max", "4", "-after", cursor)
		require.LessOrEqual(t, len(ids), 4)
		paged = append(paged, ids...)
		if cursor = next; cursor == "" {
			break
		}
	}
	require.Equal(t, all, paged)
	code, stdout, _ := command("worklist", "-street", "guanlan", "GL", "-max", "4")
	require.Equal(t, exitDone, code)
	require.Contains(t, stdout, "-after ")
	code, _, stderr := command("worklist", "-street", "guanlan", "nobody")
	require.Equal(t, exitBadInput, code)
	require.Contains(t, stderr, "nobody")
	code, _, _ = command("worklist", "-street", "guanlan", "GL", "-after", "x")
	require.Equal(t, exitBadInput, code)
}

// Every line of an export is an event that reads back, numbered without a gap.
func TestExportReadsBack(t *testing.T) {
	code, stdout, stderr := command("export", "-street", "guanlan-mini", "-source", "https://guanlan.example/desk")
	require.Equal(t, exitDone, code, stderr)
	lines := strings.Split(strings.TrimSuffix(stdout, "\n"), "\n")
	for i, line := range lines {
		entry, envelope, err := interchange.Decode([]byte(line))
		require.NoError(t, err)
		require.Equal(t, uint64(i+1), entry.Seq)
		require.Equal(t, "https://guanlan.example/desk", envelope.Source)
	}
	require.Greater(t, len(lines), 50)
	code, _, _ = command("export", "-street", "guanlan-mini", "-source", "not a uri")
	require.Equal(t, exitBadInput, code)
}

// What everybody held adds up to the time from the filing to the end, in every case of
// every place.
func TestWhatWasHeldAddsUp(t *testing.T) {
	for _, place := range []string{"guanlan-mini", "majiang"} {
		f := embedded(t, place)
		s, err := street.Open(t.Context(), f, journal.NewMemory())
		require.NoError(t, err)
		require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
		n := 0
		for r := range s.Rows(f.Latest()) {
			if n++; n%10 != 1 && place != "guanlan-mini" {
				continue // a replay for each case is slow
			}
			c, _ := s.Case(r.Case)
			a, err := s.Account(t.Context(), r.Case, f.Latest())
			require.NoError(t, err)
			end := c.ClosedAt
			if c.State.Open() {
				end = f.Latest()
			}
			total := time.Duration(0)
			for _, held := range a.Held() {
				total += held
			}
			require.Equal(t, end.Sub(c.FiledAt), total, r.Case)
		}
	}
	code, stdout, stderr := command("why", "-street", "guanlan-mini", "S001")
	require.Equal(t, exitDone, code, stderr)
	require.Contains(t, stdout, "who held it:\n")
	require.Contains(t, stdout, "in all: 1d 17h 20m")
	code, stdout, _ = command("why", "-street", "guanlan-mini", "S001", "-lang", "zh")
	require.Equal(t, exitDone, code)
	require.Contains(t, stdout, "合计：1天 17小时 20分")
}

// Every open case of whoever loses its matter is affected, and no other.
func TestDiffFindsTheOpenCases(t *testing.T) {
	dir := changed(t, "luohu", "duties.csv", "L001,主办,市容.门前三包,ZF", "L001,主办,市容.门前三包,CGB")
	code, stdout, stderr := command("diff", "-dir", "places/luohu", "-to", dir, "-json")
	require.Equal(t, exitDone, code, stderr)
	var x impact
	require.NoError(t, json.Unmarshal([]byte(stdout), &x))
	require.Len(t, x.Changes, 1)
	require.Equal(t, 30, x.Changes[0].Cells, "one matter in every grid")
	f := embedded(t, "luohu")
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	list, next, err := s.Worklist(t.Context(), "ZF", "", 0)
	require.NoError(t, err)
	require.Empty(t, next)
	want := map[string]bool{}
	for _, c := range list {
		if c.Event.Matter == "市容.门前三包" {
			want[string(c.ID)] = true
		}
	}
	require.Greater(t, len(want), 3)
	for _, c := range x.Open {
		require.True(t, want[c.Case], c.Case)
		require.Equal(t, [2]string{"街道综合行政执法队", "街道城市管理办公室"}, [2]string{c.From, c.To})
	}
	require.Len(t, x.Open, len(want))
}

// The worklist of a post has the cases of which a rule named it, page by page.
func TestWorklistOfAPost(t *testing.T) {
	f := embedded(t, "luohu")
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	n := 0
	for day := range 10 {
		at := time.Date(2022, 10, 12+day, 11, 0, 0, 0, f.Zone)
		require.NoError(t, s.Play(t.Context(), at, nil))
		for post := range f.Directory.Posts() {
			want := map[street.Code]bool{}
			for r := range s.Rows(at) {
				if c, ok := s.CaseOf(r.Event); ok && c.State.Open() && c.Lead.Post == post.Code {
					want[c.ID] = true
				}
			}
			got := map[street.Code]bool{}
			for cursor := ""; ; {
				list, next, err := s.Worklist(t.Context(), post.Code, cursor, 1)
				require.NoError(t, err)
				require.LessOrEqual(t, len(list), 1)
				for _, c := range list {
					require.False(t, got[c.ID])
					got[c.ID] = true
				}
				if cursor = next; cursor == "" {
					break
				}
			}
			require.Equal(t, want, got, post.Code)
			n += len(want)
		}
	}
	require.Greater(t, n, 5)
}

// TestWorklistSaysWhereTheCasesAre: a post that no rule names has none, and is told where
// those of its party are.
func TestWorklistSaysWhereTheCasesAre(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "ZXD-LD has no open case\nno rule names it; the cases of its party 城东社区服务中心: worklist ZXD\n",
		"zh": "ZXD-LD没有在办案件\n没有规则指名该岗位或人员；所属单位城东社区服务中心的案件：worklist ZXD\n",
	} {
		code, _, stderr := command("worklist", "-street", "majiang", "-lang", lang, "ZXD-LD")
		require.Equal(t, exitDone, code)
		require.Equal(t, want, stderr)
	}
	code, stdout, stderr := command("worklist", "-street", "majiang", "ZXD")
	require.Equal(t, exitDone, code)
	require.Empty(t, stderr)
	require.Contains(t, stdout, "城东")
}
