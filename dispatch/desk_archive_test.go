package dispatch_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// archiveStreet is the world of the twin, where cases leave memory by themselves.
func archiveStreet(t require.TestingT, after string) dispatch.Setup {
	setup := twinSetup(t)
	if after != "" {
		setup.Policy.Archive = deskBudget(after)
	}
	return setup
}

// archiveProperty lets cases end, merge, part, reopen and be asked for at random
// instants on two desks of different cadence. Each leaves memory one millisecond after
// the later of Policy.Archive and Policy.Reopen (50 h) from its end, with whatever was
// merged into it; every command is answered alike, and both desks agree in the end.
func archiveProperty(t *rapid.T) {
	after := rapid.SampledFrom([]string{"10h", "50h", "90h"}).Draw(t, "archive")
	stays := max(50*time.Hour, time.Duration(deskBudget(after).N)*time.Hour)
	d, other, replay := dispatch.NewDesk(), dispatch.NewDesk(), dispatch.NewDesk()
	now := fullDay(2, 9, 0)
	ended := map[dispatch.Code]time.Time{}
	into := map[dispatch.Code]dispatch.Code{}
	apply := func(entries []dispatch.Entry) {
		deskApply(t, d, entries)
		deskApply(t, replay, deskThroughJSON(t, entries))
		for _, e := range entries {
			switch f := e.Fact.(type) {
			case dispatch.CaseClosed, dispatch.CaseRejected, dispatch.CaseCancelled:
				ended[e.Case] = e.At
			case dispatch.Merged:
				into[e.Case] = f.Into
			case dispatch.Split:
				delete(into, e.Case)
			case dispatch.Reopened:
				delete(ended, e.Case)
			case dispatch.Archived:
				whose := e.Case
				if into[whose] != "" {
					whose = into[whose]
				}
				require.Equal(t, ended[whose].Add(stays+time.Millisecond), e.At, "%s left with %s", e.Case, whose)
			}
		}
	}
	both := func(do dispatch.Do, key string) {
		cmd := dispatch.Command{Do: do, Key: key}
		out, err := d.Decide(now, cmd)
		require.NoError(t, err)
		elsewhere, err := other.Decide(now, cmd)
		require.NoError(t, err)
		require.Equal(t, out.Refusal, elsewhere.Refusal, "%T of %s", do, now)
		apply(out.Entries)
		deskApply(t, other, elsewhere.Entries)
	}
	both(dispatch.Install{Setup: archiveStreet(t, after)}, "")
	ids := []dispatch.Code{"E1", "E2", "E3"}
	for _, id := range ids {
		both(dispatch.File{Event: fullEvent(id, "waste"), Straight: true}, "")
	}
	for i := range rapid.IntRange(1, 40).Draw(t, "steps") {
		now = now.Add(rapid.SampledFrom([]time.Duration{0, time.Minute, 10 * time.Hour, 50 * time.Hour, 50*time.Hour + time.Millisecond, 90 * time.Hour}).Draw(t, "later"))
		if rapid.Bool().Draw(t, "tick") {
			apply(deskTickOnly(t, d, now))
		}
		id := rapid.SampledFrom(ids).Draw(t, "case")
		c, _ := d.Case(id)
		verb := rapid.SampledFrom(append(twinLikely(string(c.State)), "merge", "split", "reply", "archive", "reopen", "withdraw")).Draw(t, "verb")
		do := twinCommand(verb, id, "property", now)
		switch verb {
		case "merge":
			do = dispatch.Merge{Case: id, Into: rapid.SampledFrom(ids).Draw(t, "into")}
		case "split":
			do = dispatch.Part{Case: id}
		case "archive":
			continue // leaves at another instant; see the rows of the table
		}
		both(do, rapid.SampledFrom([]string{"", fmt.Sprintf("key%d", i)}).Draw(t, "key"))
		require.Equal(t, d.Hash(), replay.Hash(), "a replay differs")
		fullInvariants(t, d)
	}
	apply(deskTickOnly(t, d, now))
	deskTick(t, other, now)
	require.Equal(t, d.Hash(), other.Hash(), "the cadence of ticks shows")
	for id, at := range ended {
		_, there := d.Case(id)
		require.Equal(t, now.Sub(at) <= stays, there, "case %s", id)
	}
}

func TestArchiveProperty(t *testing.T) { rapid.Check(t, archiveProperty) }

func FuzzDeskArchive(f *testing.F) { f.Fuzz(rapid.MakeFuzz(archiveProperty)) }

// TestArchiveTakesMergedCasesAlong, each with its own fact, before its own; and a case
// without Policy.Archive stays.
func TestArchiveTakesMergedCasesAlong(t *testing.T) {
	at := fullDay(2, 9, 0)
	for _, after := range []string{"", "1m"} {
		d := dispatch.NewDesk()
		deskDo(t, d, at, dispatch.Install{Setup: archiveStreet(t, after)})
		for _, id := range []dispatch.Code{"E1", "E2", "E3"} {
			deskDo(t, d, at, dispatch.File{Event: fullEvent(id, "waste")})
		}
		for _, do := range []dispatch.Do{dispatch.Merge{Case: "E3", Into: "E1"}, dispatch.Merge{Case: "E2", Into: "E1"}, dispatch.Reject{Case: "E1", Reason: "vague", Redress: "x"}} {
			deskDo(t, d, at, do)
		}
		for _, do := range []dispatch.Do{dispatch.Reply{Case: "E2"}, dispatch.Part{Case: "E2"}, dispatch.Reply{Case: "E1"}} {
			want := map[bool]string{true: "", false: "archived"}[after == ""]
			if _, reply := do.(dispatch.Reply); after == "" && !(reply && do.(dispatch.Reply).Case == "E2") {
				want = map[string]string{"split": "target", "reply": "wrong_state"}[verbOfDo(do)]
			}
			require.Equal(t, want, deskRefusal(t, d, at.AddDate(0, 1, 0), dispatch.Command{Do: do}), "%T without a tick", do)
		}
		next, ok := d.NextDue()
		require.Equal(t, after != "", ok)
		entries := deskTick(t, d, at.AddDate(0, 1, 0))
		if after == "" {
			require.Equal(t, []int{0, 3, 0}, []int{len(entries), d.Len(), d.ArchivedLen()})
			continue
		}
		require.Equal(t, at.Add(50*time.Hour+time.Millisecond).UTC(), next)
		var left []dispatch.Code
		for _, e := range entries {
			require.Equal(t, []any{dispatch.Archived{}, next}, []any{e.Fact, e.At})
			left = append(left, e.Case)
		}
		require.Equal(t, []dispatch.Code{"E2", "E3", "E1"}, left)
		require.Equal(t, []int{0, 3}, []int{d.Len(), d.ArchivedLen()})
		require.Equal(t, "case_exists", deskRefusal(t, d, at.AddDate(0, 1, 0), dispatch.Command{Do: dispatch.File{Event: fullEvent("E1", "waste")}}))
	}
}

// TestMergedCaseStaysWhileItsTargetIsOpen: a case that goes on as part of another does not
// leave memory before that one ends, or its reporter would never be answered and it could
// never stand alone again.
func TestMergedCaseStaysWhileItsTargetIsOpen(t *testing.T) {
	d := fullDesk(t)
	at := fullDay(2, 9, 0)
	for _, id := range []dispatch.Code{"E1", "E2"} {
		deskDo(t, d, at, dispatch.File{Event: fullEvent(id, "waste"), Straight: true})
	}
	deskDo(t, d, at, dispatch.Merge{Case: "E1", Into: "E2"})
	archive := dispatch.Command{Do: dispatch.Archive{Case: "E1"}}
	require.Equal(t, "too_early", deskRefusal(t, d, at, archive))
	at = at.AddDate(0, 2, 0)
	deskTick(t, d, at)
	require.Equal(t, "target", deskRefusal(t, d, at, archive))
	for _, do := range []dispatch.Do{dispatch.Start{Case: "E2"}, dispatch.Finish{Case: "E2"}, dispatch.Verify{Case: "E2"}, dispatch.Reply{Case: "E2"}} {
		deskDo(t, d, at, do)
	}
	closing := dispatch.Close{Case: "E2", Outcome: "settled"}
	require.Equal(t, "unanswered", deskRefusal(t, d, at, dispatch.Command{Do: closing}))
	deskDo(t, d, at, dispatch.Reply{Case: "E1"})
	deskDo(t, d, at, closing)
	deskDo(t, d, at, archive.Do)
	_, there := d.Case("E1")
	require.False(t, there)
}

// BenchmarkDeskMillionClosed lets a million cases be filed and cancelled, ten thousand
// of them in memory at a time, and measures what a case that has left still takes.
func BenchmarkDeskMillionClosed(b *testing.B) {
	for b.Loop() {
		d := dispatch.NewDesk()
		now := fullDay(2, 9, 0)
		deskDo(b, d, now, dispatch.Install{Setup: archiveStreet(b, "1h")})
		before, most := heapInUse(), 0
		const cases = 1_000_000
		for i := range cases {
			id := dispatch.Code(fmt.Sprintf("E%07d", i))
			event := dispatch.Event{ID: id, Matter: "waste", Area: "G1"}
			for _, do := range []dispatch.Do{dispatch.File{Event: event}, dispatch.Withdraw{Case: id}} {
				deskApply(b, d, deskDecide(b, d, now, do).Entries)
			}
			if i%1000 == 999 {
				now = now.Add(5 * time.Hour)
				deskTick(b, d, now)
				most = max(most, d.Len())
			}
		}
		deskTick(b, d, now.AddDate(0, 0, 5))
		require.Equal(b, []int{0, cases}, []int{d.Len(), d.ArchivedLen()})
		b.ReportMetric(float64(heapInUse()-before)/cases, "B/archived")
		b.ReportMetric(float64(most), "cases-in-memory")
		runtime.KeepAlive(d)
	}
}
