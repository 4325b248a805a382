package dispatch_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// fullJournal is a journal that holds every kind of fact that the straight way
// lacks.
func fullJournal(t require.TestingT) (*dispatch.Desk, []dispatch.Entry) {
	d := dispatch.NewDesk()
	var all []dispatch.Entry
	at := fullDay(2, 9, 0)
	step := func(list ...dispatch.Do) {
		for _, do := range list {
			all = append(all, deskDo(t, d, at, do)...)
		}
	}
	wait := func(d2 time.Duration) {
		at = at.Add(d2)
		all = append(all, deskTick(t, d, at)...)
	}
	step(dispatch.Install{Setup: fullStreet(t)})
	file := func(id, matter dispatch.Code, straight bool) {
		step(dispatch.File{Event: fullEvent(id, matter), Straight: straight})
	}
	v := fullVerbs
	file("E1", "waste", false)
	step(v("E1", at)["ask_more"], v("E1", at)["answer"], v("E1", at)["ask_more"])
	file("E2", "waste", false)
	step(v("E2", at)["reject"], v("E2", at)["reopen"])
	file("E3", "waste", true)
	step(v("E3", at)["attach"], v("E3", at)["return"], v("E3", at)["refuse_return"], v("E3", at)["dispute"])
	step(v("E3", at)["rule"], v("E3", at)["appeal"], dispatch.Agree{Case: "E3", Party: "urban", Consent: "letter"})
	file("E4", "waste", true)
	step(v("E4", at)["redirect"], dispatch.Return{Case: "E4", Basis: "law", Party: "squad"}, v("E4", at)["accept_return"])
	step(v("E4", at)["ack"], v("E4", at)["start"], v("E4", at)["extend"], v("E4", at)["suspend"])
	file("E5", "gas", true)
	step(v("E5", at)["note"], v("E5", at)["contest"], v("E5", at)["decline"], v("E5", at)["mend"], v("E5", at)["accept"])
	file("E6", "gas", true)
	file("E7", "wish", true)
	step(v("E7", at)["claim"], v("E7", at)["unclaim"])
	all = append(all, deskAs(t, d, at, dispatch.Actor{Person: "li", Post: "foreman"}, dispatch.FileSelf{Event: fullEvent("E8", "snow")})...)
	step(v("E8", at)["handover"])
	file("E10", "lift", true)
	step(v("E10", at)["assist_done"], v("E10", at)["ack"], v("E10", at)["start"], v("E10", at)["finish"], v("E10", at)["verify_fail"])
	step(v("E10", at)["finish"], v("E10", at)["verify"], v("E10", at)["call_back"], v("E10", at)["rework"])
	step(v("E10", at)["reply"])
	file("E11", "waste", true)
	file("E12", "waste", true)
	step(dispatch.Merge{Case: "E12", Into: "E11"}, v("E12", at)["split"], v("E12", at)["withdraw"])
	file("E13", "waste", true)
	step(v("E13", at)["return"])
	file("E14", "noise", true)
	mandate := deskMandate("M1")
	step(dispatch.Apply{Mandate: mandate}, dispatch.Deny{Mandate: "M1", Reason: "no money"})
	mandate.ID = "M2"
	step(dispatch.Admit{Mandate: mandate}, dispatch.Revoke{Mandate: "M2", Reason: "over"})
	mandate.ID = "M3"
	step(dispatch.Apply{Mandate: mandate})
	w, err := deskSetups()
	require.NoError(t, err)
	longer := fullStreet(t)
	longer.Calendar, err = worktime.New(worktime.Config{
		Zone: w.beijing, FirstYear: worktime.YearMin, LastYear: worktime.YearMax,
		Days: []worktime.Day{{Date: worktime.Date{Year: 2026, Month: 3, Day: 3}, Kind: worktime.Off}},
	})
	require.NoError(t, err)
	step(dispatch.Install{Setup: longer})
	wait(30 * 24 * time.Hour)
	step(v("E12", at)["archive"])
	return d, all
}

func TestEntryJSONOfEveryFactOfTheWholeTable(t *testing.T) {
	_, straight := deskJournal(t)
	_, all := fullJournal(t)
	_, third := thirdJournal(t)
	all = append(all, third...)
	seen := map[string]bool{}
	for _, e := range straight {
		seen[dispatch.FactName(e.Fact)] = true
	}
	for i, e := range deskThroughJSON(t, all) {
		require.Empty(t, cmp.Diff(all[i], e, cmpopts.IgnoreUnexported(dispatch.SetupInstalled{}), cmpopts.EquateEmpty()))
		seen[dispatch.FactName(e.Fact)] = true
	}
	for _, f := range dispatch.Facts() {
		require.True(t, seen[dispatch.FactName(f)], "no %s in either journal", dispatch.FactName(f))
	}
	require.Len(t, seen, len(dispatch.Facts()))
}

// fullHostile feeds entries of the journal out of order, doubled and damaged.
func fullHostile(t *rapid.T) {
	_, all := fullJournal(t)
	d := dispatch.NewDesk()
	for range rapid.IntRange(1, 60).Draw(t, "entries") {
		e := all[min(int(d.Seq()), len(all)-1)]
		if rapid.IntRange(0, 3).Draw(t, "astray") == 0 {
			e = rapid.SampledFrom(all).Draw(t, "entry")
			if rapid.Bool().Draw(t, "elsewhere") {
				e.Case = rapid.SampledFrom([]dispatch.Code{"E1", "E3", "E5", "E7", "E11"}).Draw(t, "case")
			}
		}
		e.Seq = d.Seq() + 1
		text, err := json.Marshal(e)
		require.NoError(t, err)
		deskSurvives(t, d, text)
	}
}

func TestDeskHostileFullJournal(t *testing.T) { rapid.Check(t, fullHostile) }

// FuzzEntry applies one line of any kind after a journal prefix: nothing may panic,
// and what is refused changes nothing.
func FuzzEntry(f *testing.F) {
	_, all := fullJournal(f)
	prefix := make([][]byte, 0, len(all))
	for i, e := range all {
		text, err := json.Marshal(e)
		require.NoError(f, err)
		prefix = append(prefix, text)
		if i%3 == 0 {
			f.Add(uint16(i), text)
		}
	}
	f.Fuzz(func(t *testing.T, upTo uint16, text []byte) {
		d := dispatch.NewDesk()
		for _, line := range prefix[:min(int(upTo), len(prefix))] {
			var e dispatch.Entry
			require.NoError(t, json.Unmarshal(line, &e))
			require.NoError(t, d.Apply(e))
		}
		deskSurvives(t, d, text)
	})
}
