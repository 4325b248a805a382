package street_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/duplicate"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// repeatFolder is ladderFolder with waste compared within 60 m and 6 hours: W2 and W4
// repeat W1 until that is closed, and L2 is of a matter that nobody compares.
func repeatFolder(policy string) fstest.MapFS {
	f := ladderFolder()
	delete(f, "commands.jsonl")
	edit(f, "street.json", `"format": 1,`, `"format": 1, "policy": {`+policy+`},`)
	set(f, "matters.csv", "code,name,duplicate_m,duplicate_h\nwaste,垃圾,60,6\nwaste.missed,漏收,,\nlight,路灯,,\n")
	set(f, "events.csv", "id,at,matter,lng,lat,closed_at,channel\n"+
		"W1,2021-09-28 10:00,waste.missed,114.01,22.71,2021-09-28 12:00,12345\n"+
		"W2,2021-09-28 10:30,waste.missed,114.0101,22.71,2021-09-28 10:45,网格\n"+
		"W3,2021-09-28 10:30,waste.missed,114.03,22.71,,网格\n"+
		"L1,2021-09-28 10:30,light,114.03,22.71,,\n"+
		"L2,2021-09-28 10:30,light,114.03,22.71,,\n"+
		"W4,2021-09-28 11:00,waste.missed,114.01,22.71,,网格\n"+
		"W5,2021-09-28 12:00,waste.missed,114.01,22.71,,网格\n"+
		"W6,2021-09-28 12:01,waste.missed,114.01,22.71,2021-09-28 13:00,网格\n")
	return f
}

func playedTo(t tb, folder fstest.MapFS, store journal.Store, stops ...time.Time) *street.Street {
	t.Helper()
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	s, err := street.Open(context.Background(), f, store)
	require.NoError(t, err)
	for _, at := range append(stops, f.Latest()) {
		require.NoError(t, s.Play(context.Background(), at, nil))
	}
	return s
}

// went is the case of each event, with its number of reports.
func went(s *street.Street) string {
	var list []string
	for r := range s.Rows(s.Folder().Latest()) {
		c, _ := s.CaseOf(r.Event)
		text := fmt.Sprintf("%s:%s", r.Event, r.Case)
		if len(c.Reports) > 0 {
			text += fmt.Sprint("+", len(c.Reports))
		}
		if best, ok := s.Repeats(r.Event); ok {
			text += "?" + string(best.Case)
		}
		list = append(list, text)
	}
	return strings.Join(list, " ")
}

func TestARepeatIsSuggested(t *testing.T) {
	s := playedTo(t, repeatFolder(""), journal.NewMemory())
	require.Equal(t, "W1:W1 W2:W2?W1 W3:W3 L1:L1 L2:L2 W4:W4?W1 W5:W5?W4 W6:W6?W5", went(s),
		"W2 is closed when W4 comes, and W1, by its earlier line, before W5 is filed at the same instant")
	found := s.Repeated()
	require.Len(t, found, 1)
	require.Equal(t, "events.csv:3: events that may repeat an open case: 4, first W2, which may repeat W1", found[0].String())
	best, ok := s.Repeats("W2")
	require.True(t, ok)
	require.Equal(t, duplicate.SameMatter, best.Kin)
	why, err := s.Why("W2", "en")
	require.NoError(t, err)
	require.Contains(t, why, "may repeat case W1 (")
	require.Contains(t, why, "10.2")
	zh, err := s.Why("W2", "zh")
	require.NoError(t, err)
	require.Contains(t, zh, "疑似重复案件W1")
}

func TestARepeatIsAttached(t *testing.T) {
	store := journal.NewMemory()
	s := playedTo(t, repeatFolder(`"duplicates": "automatic", "duplicate_score": 8000`), store)
	require.Equal(t, "W1:W1+2 W2:W1+2 W3:W3 L1:L1 L2:L2 W4:W1+2 W5:W5+1 W6:W5+1", went(s))
	c, ok := s.CaseOf("W2")
	require.True(t, ok)
	require.Equal(t, dispatch.StateClosed, c.State)
	require.Equal(t, time.Date(2021, 9, 28, 12, 0, 0, 0, s.Folder().Zone), c.ClosedAt.In(s.Folder().Zone), "the first report says when")
	require.Empty(t, s.Repeated(), "nothing is left to suggest")
	why, err := s.Why("W1", "en")
	require.NoError(t, err)
	require.Contains(t, why, "further reports: W2, W4")
	again, err := street.Open(t.Context(), s.Folder(), store)
	require.NoError(t, err)
	require.Equal(t, went(s), went(again), "a replay finds the same")
	before := s.Hash()
	require.NoError(t, again.Play(t.Context(), s.Folder().Latest(), nil))
	require.Equal(t, before, again.Hash(), "playing again changes nothing")
	require.Equal(t, went(s), went(again))

	strict := playedTo(t, repeatFolder(`"duplicates": "automatic", "duplicate_score": 10000`), journal.NewMemory())
	require.NotContains(t, went(strict), "+", "no score is that high a while later")
}

// The report that opened a case says when it was closed; only if it does not, another.
func TestAnotherReportClosesWhatTheFirstLeavesOpen(t *testing.T) {
	folder := repeatFolder(`"duplicates": "automatic", "duplicate_score": 1`)
	edit(folder, "events.csv", "2021-09-28 12:00,12345", ",12345")
	s := playedTo(t, folder, journal.NewMemory())
	require.Equal(t, "W1:W1+1 W2:W1+1 W3:W3 L1:L1 L2:L2 W4:W4+2 W5:W4+2 W6:W4+2", went(s))
	c, _ := s.CaseOf("W1")
	require.Equal(t, time.Date(2021, 9, 28, 10, 45, 0, 0, s.Folder().Zone), c.ClosedAt.In(s.Folder().Zone))
}

// A case that came from another system is repeated like any other, and its reports are
// found at it.
func TestAnImportedCaseIsRepeated(t *testing.T) {
	folder := repeatFolder(`"duplicates": "automatic", "duplicate_score": 1`)
	set(folder, "events.csv", "id,at,matter,lng,lat\nW1,2021-09-28 10:00,waste.missed,114.01,22.71\n")
	set(folder, "commands.jsonl", `{"at":"2021-09-28 09:30","key":"k","machine":"desk","do":"import","from":"old","state":"filed","filed_at":"2021-09-28 09:00","event":{"id":"OLD","matter":"waste.missed","point":[114.01,22.71]},"reports":[{"event":"OLD-2","at":"2021-09-28 09:10"}]}`+"\n")
	s := playedTo(t, folder, journal.NewMemory())
	refused, err := s.Refused(t.Context())
	require.NoError(t, err)
	require.Empty(t, refused)
	require.Equal(t, "W1:OLD+2", went(s))
	c, ok := s.CaseOf("OLD-2")
	require.True(t, ok)
	require.Equal(t, street.Code("OLD"), c.ID)
}

// report is an event of a generated folder.
type report struct {
	minute, closed, spot int // closed is 0 for never
	matter               string
}

var spots = []string{"114.01,22.71", "114.03,22.71", "114.01,22.715"} // farther from one another than any reach

func drawReports(t *rapid.T) []report {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) report {
		r := report{minute: rapid.IntRange(0, 600).Draw(t, "minute"), spot: rapid.IntRange(0, 2).Draw(t, "spot")}
		r.matter = rapid.SampledFrom([]string{"waste", "waste.missed", "light"}).Draw(t, "matter")
		if rapid.Bool().Draw(t, "ends") {
			r.closed = r.minute + rapid.IntRange(1, 300).Draw(t, "closed")
		}
		return r
	}), 1, 14).Draw(t, "reports")
}

// folderOf is repeatFolder with these events, E01 and on.
func folderOf(policy string, list []report) fstest.MapFS {
	f := repeatFolder(policy)
	var b strings.Builder
	b.WriteString("id,at,matter,lng,lat,closed_at\n")
	at := func(minute int) string {
		return time.Date(2021, 9, 28, 8, minute, 0, 0, time.UTC).Format("2006-01-02 15:04")
	}
	for i, r := range list {
		closed := ""
		if r.closed > 0 {
			closed = at(r.closed)
		}
		fmt.Fprintf(&b, "E%02d,%s,%s,%s,%s\n", i+1, at(r.minute), r.matter, spots[r.spot], closed)
	}
	set(f, "events.csv", b.String())
	return f
}

// naiveCases is the case of each report when those that score at least so much are
// attached, found by looking at all that came before: reports at one instant and place
// in the order of the file, closings between by (instant, line).
func naiveCases(list []report, threshold, windowMinutes int) []int {
	type step struct{ minute, line, what int } // what: 0 filing, 1 closing
	var steps []step
	for i, r := range list {
		steps = append(steps, step{r.minute, i, 0})
		if r.closed > 0 {
			steps = append(steps, step{r.closed, i, 1})
		}
	}
	slices.SortStableFunc(steps, func(a, b step) int {
		if a.minute != b.minute {
			return a.minute - b.minute
		}
		return a.line - b.line
	})
	cases, open := make([]int, len(list)), map[int]bool{}
	for _, s := range steps {
		r := list[s.line]
		if s.what == 1 {
			c := cases[s.line]
			if c == s.line || list[c].closed == 0 {
				delete(open, c)
			}
			continue
		}
		best, most := s.line, -1
		for c := range list {
			o := list[c]
			apart := r.minute - o.minute
			if !open[c] || r.matter == "light" || o.matter != r.matter || o.spot != r.spot || apart > windowMinutes {
				continue
			}
			score := (6*10_000 + 4*(10_000-10_000*apart/windowMinutes)) / 10
			if score < threshold {
				continue
			}
			if score > most || score == most && o.minute < list[best].minute {
				best, most = c, score
			}
		}
		cases[s.line] = best
		if best == s.line {
			open[best] = true
		}
	}
	return cases
}

// Every report goes where looking at all open cases would send it, and the folder comes
// to the same state whatever the stops on the way, and after a replay.
func repeatsProperty(t *rapid.T) {
	list := drawReports(t)
	threshold := rapid.SampledFrom([]int{1, 6500, 9000, 9990}).Draw(t, "threshold")
	folder := folderOf(fmt.Sprintf(`"duplicates": "automatic", "duplicate_score": %d`, threshold), list)
	store := journal.NewMemory()
	s := playedTo(t, folder, store)
	var got, want []string
	for i, c := range naiveCases(list, threshold, 360) {
		want = append(want, fmt.Sprintf("E%02d:E%02d", i+1, c+1))
	}
	for r := range s.Rows(s.Folder().Latest()) {
		got = append(got, fmt.Sprintf("%s:%s", r.Event, r.Case))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("cases of the reports (-naive +street)\n%s", diff)
	}
	var stops []time.Time
	for _, n := range rapid.SliceOfN(rapid.IntRange(0, 1000), 0, 4).Draw(t, "stops") {
		stops = append(stops, time.Date(2021, 9, 28, 0, n, 0, 0, time.UTC))
	}
	slices.SortFunc(stops, time.Time.Compare)
	stops = slices.DeleteFunc(stops, func(at time.Time) bool { return at.After(s.Folder().Latest()) })
	other := playedTo(t, folder, journal.NewMemory(), stops...)
	require.Equal(t, s.Hash(), other.Hash(), "stops %v", stops)
	require.Equal(t, went(s), went(other))
	again, err := street.Open(context.Background(), s.Folder(), store)
	require.NoError(t, err)
	require.Equal(t, s.Hash(), again.Hash())
	require.Equal(t, went(s), went(again))
}

func TestRepeatsAreThoseOfTheNaiveSearch(t *testing.T) { rapid.Check(t, repeatsProperty) }

func FuzzRepeats(f *testing.F) { f.Fuzz(rapid.MakeFuzz(repeatsProperty)) }

// BenchmarkFileAmongOpenCases files events where 100,000 cases are open, compared with
// them and not.
func BenchmarkFileAmongOpenCases(b *testing.B) {
	const open = 100_000
	for name, policy := range map[string]string{"suggest": "", "attach": `"duplicates": "automatic"`} {
		for _, compared := range []bool{true, false} {
			b.Run(fmt.Sprintf("%s/compared=%v", name, compared), func(b *testing.B) {
				folder := repeatFolder(policy)
				if !compared {
					set(folder, "matters.csv", "code,name\nwaste,垃圾\nwaste.missed,漏收\nlight,路灯\n")
				}
				set(folder, "events.csv", "id,at,matter,lng,lat\n")
				f, err := street.Load(folder, options)
				require.NoError(b, err)
				s, err := street.Open(b.Context(), f, journal.NewMemory())
				require.NoError(b, err)
				event := func(i int) street.Event {
					e := street.Event{ID: street.Code(fmt.Sprintf("E%d", i)), Matter: "waste.missed", HasPoint: true, At: minute(0).Add(time.Duration(i) * 50 * time.Millisecond)}
					e.Point = [2]float64{114.0001 + float64(i*7919%39_800)/1e6, 22.7001 + float64(i*104_729%19_800)/1e6}
					return e
				}
				for i := range open {
					_, err := s.File(b.Context(), event(i))
					require.NoError(b, err)
				}
				i := open
				for b.Loop() {
					if _, err := s.File(b.Context(), event(i)); err != nil {
						b.Fatal(err)
					}
					i++
				}
			})
		}
	}
}
