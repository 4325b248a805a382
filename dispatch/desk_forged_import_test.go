package dispatch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// forgedImportProperty applies imports that no desk decided. Whatever is taken keeps the
// promise: it ticks, answers every verb, and is hashed alike after its JSON.
func forgedImportProperty(t *rapid.T) {
	d, replay := dispatch.NewDesk(), dispatch.NewDesk()
	at := fullDay(9, 9, 0)
	apply := func(entries ...dispatch.Entry) {
		deskApply(t, d, entries)
		deskApply(t, replay, deskThroughJSON(t, entries))
	}
	setup := archiveStreet(t, rapid.SampledFrom([]string{"", "1m"}).Draw(t, "archive"))
	apply(deskDecide(t, d, fullDay(2, 9, 0), dispatch.Install{Setup: setup}).Entries...)
	apply(deskDecide(t, d, fullDay(2, 9, 0), dispatch.File{Event: fullEvent("E0", "waste"), Straight: true}).Entries...)
	codes := rapid.SampledFrom([]dispatch.Code{"E0", "E1", "E2", "E3", ""})
	flaws := endFlaws(fullDay(5, 9, 0))
	for range rapid.IntRange(1, 6).Draw(t, "forged") {
		do := importedEnd(codes.Draw(t, "case"), rapid.SampledFrom(dispatch.States()).Draw(t, "state"), fullDay(5, 9, 0))
		if rapid.Bool().Draw(t, "flawed") {
			id := do.Case
			rapid.SampledFrom(flaws).Draw(t, "flaw").change(&do)
			do.Case = id
		}
		if do.State.Open() && rapid.Bool().Draw(t, "open") {
			do.ClosedAt, do.Outcome = time.Time{}, ""
		}
		if do.Into = ""; do.State == dispatch.StateMerged || rapid.IntRange(0, 9).Draw(t, "astray") == 0 {
			do.Into = codes.Draw(t, "into")
		}
		do.Merged = rapid.SliceOfN(codes, 0, 2).Draw(t, "merged")
		clocks := do.Clocks
		do.Clocks = dispatch.Clocks{}
		forge(t, &clocks, at)
		e := dispatch.Entry{Seq: d.Seq() + 1, At: at, Case: do.Case, Clocks: clocks, Fact: dispatch.CaseImported{Setup: 1, Import: do}}
		hash := d.Hash()
		if d.Apply(e) != nil {
			require.Equal(t, hash, d.Hash())
			require.Error(t, replay.Apply(e))
			continue
		}
		deskApply(t, replay, deskThroughJSON(t, []dispatch.Entry{e}))
	}
	for _, days := range []int{0, 1, 60} {
		now := at.AddDate(0, 0, days)
		apply(deskTickOnly(t, d, now)...)
		for _, id := range deskIDs(d) {
			do := fullVerbs(id, now)[rapid.SampledFrom([]string{"reopen", "split", "reply", "archive", "dispatch", "merge"}).Draw(t, "verb")]
			if out, err := d.Decide(now, dispatch.Command{Do: do}); err == nil {
				apply(out.Entries...)
			}
		}
		require.Equal(t, d.Hash(), replay.Hash())
		fullInvariants(t, d)
	}
}

func TestForgedImports(t *testing.T) { rapid.Check(t, forgedImportProperty) }

func FuzzDeskForgedImports(f *testing.F) { f.Fuzz(rapid.MakeFuzz(forgedImportProperty)) }
