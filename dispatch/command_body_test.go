package dispatch_test

import (
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/internal/keyed"
)

// bodyProperty: the digest of a keyed command is that of the JSON of its verb, actor and
// body, whichever way it was written, so that journals of every version agree.
func bodyProperty(t *rapid.T) {
	code := func(label string) dispatch.Code {
		return dispatch.Code(rapid.SampledFrom([]string{"E1", "E2", "案件", "a.b-c_d", "“x”", "<&>"}).Draw(t, label))
	}
	some := func(label string) dispatch.Code {
		if rapid.Bool().Draw(t, label+"?") {
			return code(label)
		}
		return ""
	}
	text := func(label string) string {
		return rapid.OneOf(rapid.Just(""), rapid.String(), rapid.SampledFrom([]string{"已整改", "a\u2028b", "<b>", "\\", "é"})).Draw(t, label)
	}
	id := code("case")
	event := dispatch.Event{
		ID: id, Matter: code("matter"), Area: some("area"), Channel: text("channel"), ExternalID: text("external"), Condition: text("condition"),
		Cost: rapid.SampledFrom([]int64{0, 1, 1 << 40}).Draw(t, "cost"), Classes: rapid.SliceOfN(rapid.SampledFrom([]string{"roads=main", "路=主"}), 0, 3).Draw(t, "classes"),
		Reporter: some("reporter"), Injury: rapid.Bool().Draw(t, "injury"), Penalty: rapid.Bool().Draw(t, "penalty"), Consent: rapid.Bool().Draw(t, "consent"),
	}
	if rapid.Bool().Draw(t, "point?") {
		event.Point = &orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lng"), rapid.SampledFrom([]float64{0, 1e-7, -22.5, 22.123456789}).Draw(t, "lat")}
	}
	if rapid.IntRange(0, 4).Draw(t, "due?") == 0 {
		event.Due = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	}
	if rapid.IntRange(0, 4).Draw(t, "owners?") == 0 {
		event.Owners = []dispatch.LayerOwner{{Layer: "roads", Owner: "squad"}}
	}
	var shown []dispatch.Evidence
	if rapid.IntRange(0, 4).Draw(t, "evidence?") == 0 {
		shown = []dispatch.Evidence{{Kind: "before"}}
		event.Evidence = shown
	}
	do := rapid.SampledFrom([]dispatch.Do{
		dispatch.File{Event: event, Case: id, Straight: rapid.Bool().Draw(t, "straight"), Link: some("link")},
		dispatch.Register{Case: id}, dispatch.Ack{Case: id}, dispatch.Start{Case: id}, dispatch.Verify{Case: id}, dispatch.Resume{Case: id},
		dispatch.Dispatch{Case: id, Owners: event.Owners}, dispatch.Finish{Case: id, Evidence: shown, Override: text("override"), Waiver: text("waiver")},
		dispatch.Reply{Case: id, Event: some("event")}, dispatch.Close{Case: id, Outcome: text("outcome"), Satisfied: dispatch.SatisfiedYes, Waiver: text("close waiver")},
		dispatch.Unclaim{Case: id, Reason: "x"},
	}).Draw(t, "do")
	actor := dispatch.Actor{Person: some("person"), Post: some("post")}
	d := fullDesk(t)
	out, err := d.Decide(fullDay(2, 9, 0), dispatch.Command{Key: "k", Actor: actor, Do: do})
	if err != nil {
		require.ErrorIs(t, err, dispatch.ErrCommand)
		return
	}
	want, err := keyed.OfCommand(dispatch.VerbOf(do), actor, do)
	require.NoError(t, err)
	own := out.Entries[0]
	require.Equal(t, want, own.Sum, "%#v", do)
	require.Equal(t, keyed.Of([]byte("k")), own.Key)
}

func TestBodyIsThatOfEncodingJSON(t *testing.T) { rapid.Check(t, bodyProperty) }

func FuzzDeskBody(f *testing.F) { f.Fuzz(rapid.MakeFuzz(bodyProperty)) }
