package dispatch_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// termsStreet is the test world with standards, and a matter that asks for a video.
func termsStreet(t require.TestingT, standards ...dispatch.Standard) dispatch.Setup {
	rules := termsRules{standards: standards, matters: fullMatters()}
	for i := range rules.matters {
		if rules.matters[i].Code == "pipe" {
			rules.matters[i].Evidence, rules.matters[i].Outcomes = []string{"video", "after"}, []string{"repaired", "no_fault"}
		}
	}
	return rules.setup(t)
}

func termsDesk(t require.TestingT, standards ...dispatch.Standard) *dispatch.Desk {
	d := dispatch.NewDesk()
	deskDo(t, d, fullDay(1, 0, 0), dispatch.Install{Setup: termsStreet(t, standards...)})
	return d
}

var pipeStandard = dispatch.Standard{
	Matter: "pipe", Condition: "burst", Name: "burst pipe", Limit: deskBudget("2h"), Evidence: []string{"before", "after"}, CloseWhen: "no water runs",
}

func pieces(kinds ...string) []dispatch.Evidence {
	var list []dispatch.Evidence
	for _, kind := range kinds {
		list = append(list, dispatch.Evidence{Kind: kind, URI: "shot:" + kind})
	}
	return list
}

// TestFinishNeedsItsEvidence: what the standard and the matter ask for must be there,
// each piece from the report or from the work, and the end names the standard.
func TestFinishNeedsItsEvidence(t *testing.T) {
	d, at := termsDesk(t, pipeStandard), fullDay(2, 9, 0)
	event := fullEvent("E1", "pipe")
	event.Condition, event.Evidence = "burst", pieces("before")
	for _, do := range []dispatch.Do{dispatch.File{Event: event, Straight: true}, dispatch.Ack{Case: "E1"}, dispatch.Start{Case: "E1"}} {
		deskDo(t, d, at, do)
	}
	c := deskCase(t, d, "E1")
	require.Equal(t, dispatch.Terms{Standard: "burst pipe", Evidence: []string{"before", "after", "video"}}, c.Terms)
	require.Equal(t, []string{"after", "video"}, c.Wanted)
	require.Equal(t, fullDay(2, 11, 0).UTC(), c.DueAt)

	out, err := d.Decide(at, dispatch.Command{Do: dispatch.Finish{Case: "E1", Evidence: pieces("video")}})
	require.NoError(t, err)
	require.Equal(t, &dispatch.Refusal{Code: dispatch.RefusedNoEvidence, Args: []string{"E1", "after"}}, out.Refusal)
	require.Equal(t, "evidence that case E1 needs is missing: after", out.Refusal.Text("en"))
	require.Equal(t, "案件E1缺少规定的证据：after", out.Refusal.Text("zh"))

	deskDo(t, d, at, dispatch.Finish{Case: "E1", Evidence: pieces("video", "after")})
	deskDo(t, d, at, dispatch.Fail{Case: "E1", Reason: "drips"})
	require.Equal(t, []string{"after", "video"}, deskCase(t, d, "E1").Wanted, "what showed work that failed shows nothing")
	deskDo(t, d, at, dispatch.Finish{Case: "E1", Evidence: pieces("video", "after")})
	deskDo(t, d, at, dispatch.Verify{Case: "E1"})
	deskDo(t, d, at, dispatch.Reply{Case: "E1"})
	require.Equal(t, dispatch.RefusedOutcome, deskRefusal(t, d, at, dispatch.Command{Do: dispatch.Close{Case: "E1", Outcome: "settled"}}))
	closed := deskDo(t, d, at, dispatch.Close{Case: "E1", Outcome: "repaired"})
	require.Empty(t, cmp.Diff(dispatch.CaseClosed{Outcome: "repaired", OnTime: "true", Standard: "burst pipe"}, closed[0].Fact))
	require.False(t, deskCase(t, d, "E1").Unproven)

	standard, ok := termsStreet(t, pipeStandard).List.Standards().Named("burst pipe")
	require.True(t, ok)
	require.Equal(t, "no water runs", standard.CloseWhen)
	_, ok = termsStreet(t, pipeStandard).List.Standards().Named("")
	require.False(t, ok)
}

// TestWaiverIsSeenBySomebody: evidence may be missing for a reason, which the entry
// gives with what is missing; but then silence does not verify even a low-risk matter.
func TestWaiverIsSeenBySomebody(t *testing.T) {
	lamp := dispatch.Standard{Matter: "lamp", Limit: deskBudget("8h"), Evidence: []string{"after"}}
	for _, waived := range []bool{false, true} {
		d, at := termsDesk(t, lamp), fullDay(2, 9, 0)
		finish := dispatch.Finish{Case: "E1", Evidence: pieces("after"), Waiver: "lens broken"}
		if waived {
			finish.Evidence = nil
		}
		for _, do := range []dispatch.Do{
			dispatch.File{Event: fullEvent("E1", "lamp"), Straight: true}, dispatch.Ack{Case: "E1"}, dispatch.Start{Case: "E1"},
		} {
			deskDo(t, d, at, do)
		}
		want := dispatch.WorkDone{Evidence: finish.Evidence}
		if waived {
			want.Waiver, want.Missing = "lens broken", []string{"after"}
		}
		require.Empty(t, cmp.Diff(want, deskDo(t, d, at, finish)[0].Fact))
		require.Equal(t, waived, deskCase(t, d, "E1").Unproven)
		deskTick(t, d, fullDay(9, 9, 0))
		c := deskCase(t, d, "E1")
		require.Equal(t, !waived, c.Lapsed)
		require.Equal(t, waived, c.State == dispatch.StateDone)
	}
}

// TestTermsStayAsDispatched: a list that asks for more asks it of cases dispatched from
// then on; whoever is named in a lead's place takes the case with its terms; and the work
// of whoever had it before shows nothing.
func TestTermsStayAsDispatched(t *testing.T) {
	gas := dispatch.Standard{Matter: "gas", Name: "gas 1", Limit: deskBudget("3wd"), Evidence: []string{"after"}}
	d, at := termsDesk(t, gas), fullDay(2, 9, 0)
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "gas"), Straight: true})
	gas.Name, gas.Evidence = "gas 2", []string{"after", "track"}
	deskDo(t, d, at, dispatch.Install{Setup: termsStreet(t, gas)})
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E2", "gas"), Straight: true})
	require.Equal(t, dispatch.Terms{Standard: "gas 1", Evidence: []string{"after"}}, deskCase(t, d, "E1").Terms)
	require.Equal(t, dispatch.Terms{Standard: "gas 2", Evidence: []string{"after", "track"}}, deskCase(t, d, "E2").Terms)
	deskDo(t, d, at, dispatch.Mend{Case: "E1", Evidence: pieces("after")})
	require.Empty(t, deskCase(t, d, "E1").Wanted)
	deskDo(t, d, at, dispatch.Redirect{Case: "E1", Party: "property", Reason: "slip"})
	c := deskCase(t, d, "E1")
	require.Equal(t, "gas 1", c.Terms.Standard)
	require.Equal(t, []string{"after"}, c.Wanted)
}

// TestStandardOfTheDutyDesk: where nobody leads, the terms are those of the rules when
// the duty desk finishes, and the end names that standard whatever came after.
func TestStandardOfTheDutyDesk(t *testing.T) {
	noise := dispatch.Standard{Matter: "noise", Name: "noise 1", Limit: deskBudget("3wd"), Evidence: []string{"track"}}
	setup := termsStreet(t, noise)
	setup.Policy.Ladders = nil
	d, at := dispatch.NewDesk(), fullDay(2, 9, 0)
	deskDo(t, d, at, dispatch.Install{Setup: setup})
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "noise"), Straight: true})
	require.Equal(t, []string{"track"}, deskCase(t, d, "E1").Wanted)
	require.Equal(t, dispatch.RefusedNoEvidence, deskRefusal(t, d, at, dispatch.Command{Do: dispatch.Finish{Case: "E1"}}))
	deskDo(t, d, at, dispatch.Finish{Case: "E1", Evidence: pieces("track")})
	noise.Name = "noise 2"
	deskDo(t, d, at, dispatch.Install{Setup: termsStreet(t, noise)})
	deskDo(t, d, at, dispatch.Verify{Case: "E1"})
	deskDo(t, d, at, dispatch.Reply{Case: "E1"})
	closed := deskDo(t, d, at, dispatch.Close{Case: "E1"})
	require.Equal(t, "noise 1", closed[0].Fact.(dispatch.CaseClosed).Standard)
}

// TestMediaTypeOfEvidence: a type and a subtype, or nothing.
func TestMediaTypeOfEvidence(t *testing.T) {
	d, at := termsDesk(t), fullDay(2, 9, 0)
	for media, good := range map[string]bool{"": true, "image/jpeg": true, "video/mp4": true, "jpeg": false, "image/jpeg; q=1": false, "图/片": false} {
		event := fullEvent("E1", "lamp")
		event.Evidence = []dispatch.Evidence{{Kind: "before", Media: media}}
		_, err := d.Decide(at, dispatch.Command{Do: dispatch.File{Event: event}})
		if good {
			require.NoError(t, err, media)
			continue
		}
		require.ErrorIs(t, err, dispatch.ErrCommand, media)
	}
}

// TestMatterEndsAreChecked: evidence and outcomes of a matter are bounded texts, each
// once.
func TestMatterEndsAreChecked(t *testing.T) {
	setup := fullStreet(t)
	compile := func(m dispatch.Matter) []string {
		matters := fullMatters()
		matters[0].Evidence, matters[0].Outcomes = m.Evidence, m.Outcomes
		_, err := dispatch.Compile(matters, fullRules(), setup.Map, setup.Directory, dispatch.Options{Calendar: &worktime.Calendar{}, Zone: time.UTC})
		var build *dispatch.BuildError
		if err == nil {
			return nil
		}
		require.ErrorAs(t, err, &build)
		var fields []string
		for _, f := range build.Faults {
			fields = append(fields, f.Field)
		}
		return fields
	}
	require.Empty(t, compile(dispatch.Matter{Evidence: []string{"after"}, Outcomes: []string{"done"}}))
	require.Equal(t, []string{"evidence", "outcomes"}, compile(dispatch.Matter{Evidence: []string{""}, Outcomes: []string{"a", "a"}}))
	require.Equal(t, []string{"evidence", "outcomes"}, compile(dispatch.Matter{Evidence: make([]string, 17), Outcomes: make([]string, 17)}))
}
