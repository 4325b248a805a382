package dispatch_test

import (
	"crypto/sha256"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/party"
)

// sampleStreet is the test world where so many of 10,000 self-handled cases of snow
// are verified by somebody else.
func sampleStreet(t require.TestingT, sample int, risk dispatch.Risk) dispatch.Setup {
	setup := staffStreet(t, []staffer{
		{code: "half", post: "half-post", unit: "squad", kind: party.PartTime},
		{code: "both", post: "both-post", unit: "street"}, // above squad, desk and all
	})
	matters := fullMatters()
	for i := range matters {
		if matters[i].Code == "snow" {
			matters[i].VerifySample, matters[i].Risk = sample, risk
		}
	}
	list, err := dispatch.Compile(matters, fullRules(), setup.Map, setup.Directory, dispatch.Options{})
	require.NoError(t, err)
	setup.List = list
	return setup
}

// sampleTwin is whether an id is in a sample, by long division of the whole digest.
func sampleTwin(id string, of int) bool {
	sum := sha256.Sum256([]byte(id))
	rest := new(big.Int).Mod(new(big.Int).SetBytes(sum[:8]), big.NewInt(10_000))
	return of == 0 || rest.Int64() < int64(of)
}

func evidenceDrawn(t *rapid.T, label string) (list []dispatch.Evidence, kinds map[string]bool) {
	kinds = map[string]bool{}
	for _, kind := range rapid.SliceOfN(rapid.SampledFrom([]string{"before", "after", "track"}), 0, 3).Draw(t, label) {
		list, kinds[kind] = append(list, dispatch.Evidence{Kind: kind}), true
	}
	return list, kinds
}

// sampleProperty: a self-handled case is verified by itself exactly when it is not in
// the sample, was shown before and after and never came back; else it waits for
// somebody who did not do it, and silence is not enough for one in the sample.
func sampleProperty(t *rapid.T) {
	at := fullDay(2, 9, 0)
	id := dispatch.Code(rapid.StringMatching(`[A-Z][0-9]{1,6}`).Draw(t, "case"))
	sample := rapid.SampledFrom([]int{0, 1, 500, 5000, 9999, 10_000}).Draw(t, "sample")
	risk := rapid.SampledFrom([]dispatch.Risk{dispatch.NormalRisk, dispatch.LowRisk}).Draw(t, "risk")
	d := dispatch.NewDesk()
	deskDo(t, d, at, dispatch.Install{Setup: sampleStreet(t, sample, risk)})
	event := fullEvent("E1", "snow")
	var filed, extra map[string]bool
	event.Evidence, filed = evidenceDrawn(t, "at filing")
	li := dispatch.Actor{Person: "li"}
	deskAs(t, d, at, li, dispatch.FileSelf{Event: event, Case: id})
	again := rapid.Bool().Draw(t, "sent back before")
	if again {
		deskAs(t, d, at, li, dispatch.Finish{Case: id})
		if deskCase(t, d, id).State == dispatch.StateDone {
			deskDo(t, d, at, dispatch.Fail{Case: id, Reason: "ice"})
		} else {
			deskDo(t, d, at, dispatch.Rework{Case: id, Reason: "ice"})
		}
	}
	finish := dispatch.Finish{Case: id}
	finish.Evidence, extra = evidenceDrawn(t, "at the end")
	entries := deskAs(t, d, at, li, finish)
	c := deskCase(t, d, id)
	shown := (filed["before"] || extra["before"]) && (filed["after"] || extra["after"])
	if !again && shown && !sampleTwin(string(id), sample) {
		require.Equal(t, []any{dispatch.StateVerified, true}, []any{c.State, c.Waived})
		require.Equal(t, dispatch.VerifyWaived{Sample: sample, Reason: "unsampled"}, entries[1].Fact)
		return
	}
	require.Equal(t, []any{dispatch.StateDone, false, 1}, []any{c.State, c.Waived, len(entries)})
	require.Equal(t, "not_entitled", deskRefusal(t, d, at, dispatch.Command{Actor: li, Do: dispatch.Verify{Case: id}}))
	deskTick(t, d, at.Add(14*24*time.Hour))
	lapsed := risk == dispatch.LowRisk && !sampleTwin(string(id), sample)
	require.Equal(t, lapsed, deskCase(t, d, id).Lapsed)
	fullInvariants(t, d)
}

func TestSampleProperty(t *testing.T) { rapid.Check(t, sampleProperty) }

func FuzzDeskSample(f *testing.F) { f.Fuzz(rapid.MakeFuzz(sampleProperty)) }

func TestSampleIsAsLargeAsItSays(t *testing.T) {
	for _, of := range []int{1000, 5000} {
		n := 0
		for i := range 100_000 {
			id := dispatch.Code(fmt.Sprintf("CASE-%06d", i))
			require.Equal(t, sampleTwin(string(id), of), dispatch.Sampled(id, of))
			if dispatch.Sampled(id, of) {
				n++
			}
		}
		require.InDelta(t, of*10, n, 400) // four standard deviations
	}
	for _, bad := range []int{-1, 10_001} {
		_, err := dispatch.Compile([]dispatch.Matter{{Code: "m", VerifySample: bad}}, nil, fullStreet(t).Map, nil, dispatch.Options{})
		require.ErrorIs(t, err, dispatch.ErrSample)
	}
	_, err := dispatch.Compile([]dispatch.Matter{{Code: "m", Skills: []string{""}}}, nil, fullStreet(t).Map, nil, dispatch.Options{})
	require.ErrorIs(t, err, dispatch.ErrText)
}

// TestFinderDoesNotVerify: whoever found and handled it does not verify it, also when
// the host reported the end; and who has no powers is not the one who handles it.
func TestFinderDoesNotVerify(t *testing.T) {
	at := fullDay(2, 9, 0)
	setup := sampleStreet(t, 0, "")
	setup.Policy.Desk = "squad" // so that the finder serves the desk too
	d := dispatch.NewDesk()
	deskDo(t, d, at, dispatch.Install{Setup: setup})
	deskAs(t, d, at, dispatch.Actor{Person: "li"}, dispatch.FileSelf{Event: fullEvent("E1", "snow")})
	deskDo(t, d, at, dispatch.Finish{Case: "E1"})
	verify := dispatch.Verify{Case: "E1"}
	require.Equal(t, "doer_verifies", deskRefusal(t, d, at, dispatch.Command{Actor: dispatch.Actor{Person: "li"}, Do: verify}))
	require.Equal(t, "", deskRefusal(t, d, at, dispatch.Command{Actor: dispatch.Actor{Person: "chen"}, Do: verify}))
	matters := fullMatters()
	for i := range matters {
		matters[i].Enforcement = true
	}
	var err error
	setup.List, err = dispatch.Compile(matters, fullRules(), setup.Map, setup.Directory, dispatch.Options{})
	require.NoError(t, err)
	deskDo(t, d, at, dispatch.Install{Setup: setup})
	for who, lead := range map[dispatch.Code]dispatch.Code{"half": "", "li": "li"} {
		deskAs(t, d, at, dispatch.Actor{Person: who}, dispatch.FileSelf{Event: fullEvent("E-"+who, "snow")})
		require.Equal(t, lead, deskCase(t, d, "E-"+who).LeadPerson)
	}
	require.Equal(t, "no_powers", deskRefusal(t, d, at, dispatch.Command{Actor: dispatch.Actor{Person: "half"}, Do: dispatch.Finish{Case: "E-half"}}))
}

// TestNobodyAssistsWithoutALead: a case that the duty desk did itself and that came back
// has no parties at all.
func TestNobodyAssistsWithoutALead(t *testing.T) {
	at := fullDay(2, 9, 0)
	setup := fullStreet(t)
	setup.Policy.Ladders = nil
	d := dispatch.NewDesk()
	deskDo(t, d, at, dispatch.Install{Setup: setup})
	deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "noise"), Straight: true})
	deskDo(t, d, at, dispatch.Finish{Case: "E1"})
	deskDo(t, d, at, dispatch.Fail{Case: "E1", Reason: "loud"})
	for verb, do := range fullVerbs("E1", at) {
		_, err := d.Decide(at, dispatch.Command{Do: do})
		require.NoError(t, err, verb)
	}
	require.Equal(t, "not_assisting", deskRefusal(t, d, at, dispatch.Command{Do: dispatch.AssistDone{Case: "E1", Party: "community"}}))
}

// TestReworksEndAtTheDesk: after as many failed verifications and reworks as the policy
// allows the case is the desk's, which may dispatch it, dispute it or do it itself, and
// whoever gets it again gets new time.
func TestReworksEndAtTheDesk(t *testing.T) {
	at := fullDay(2, 9, 0)
	for _, limit := range []int{0, 1, 3} {
		setup := fullStreet(t)
		setup.Policy.Reworks = limit
		most := limit
		if most == 0 {
			most = 2
		}
		d := dispatch.NewDesk()
		deskDo(t, d, at, dispatch.Install{Setup: setup})
		deskDo(t, d, at, dispatch.File{Event: fullEvent("E1", "waste"), Straight: true})
		deskDo(t, d, at, dispatch.Ack{Case: "E1"})
		deskDo(t, d, at, dispatch.Start{Case: "E1"})
		for i := range most + 1 {
			require.Equal(t, i, deskCase(t, d, "E1").Reworks)
			require.Equal(t, dispatch.StateInProgress, deskCase(t, d, "E1").State)
			deskDo(t, d, at, dispatch.Finish{Case: "E1"})
			if i%2 == 0 {
				deskDo(t, d, at, dispatch.Verify{Case: "E1"})
				deskDo(t, d, at, dispatch.Rework{Case: "E1", Reason: "again"})
			} else {
				deskDo(t, d, at, dispatch.Fail{Case: "E1", Reason: "dirty"})
			}
		}
		c := deskCase(t, d, "E1")
		require.Equal(t, []any{dispatch.StateRegistered, dispatch.Code("desk"), true}, []any{c.State, c.Answers.Party, c.HandleDue.IsZero()})
		later := at.Add(30 * 24 * time.Hour)
		deskTick(t, d, later)
		fullInvariants(t, d)
		deskDo(t, d, later, dispatch.Dispute{Case: "E1", Basis: "who can"})
		deskDo(t, d, later, dispatch.Judge{Case: "E1", Party: "squad", Basis: "law"})
		c = deskCase(t, d, "E1")
		require.True(t, c.HandleDue.After(later), "the old lead has new time, if it is ruled to be the lead again")
		require.Equal(t, dispatch.Code("squad"), c.Answers.Party)
	}
}
