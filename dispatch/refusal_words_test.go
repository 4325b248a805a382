package dispatch_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/party"
)

// TestRefusalsSayTimeLimitsInWords: no refusal shows a time limit as it is written in a
// file, where 10m reads as ten metres.
func TestRefusalsSayTimeLimitsInWords(t *testing.T) { rapid.Check(t, limitsInWords) }

func FuzzRefusalsSayTimeLimitsInWords(f *testing.F) { f.Fuzz(rapid.MakeFuzz(limitsInWords)) }

func limitsInWords(t *rapid.T) {
	unit := rapid.SampledFrom([]worktime.Unit{worktime.Minutes, worktime.Hours, worktime.Days, worktime.WorkingHours, worktime.WorkingDays}).Draw(t, "unit")
	b := worktime.Budget{N: rapid.Int64Range(1, 99).Draw(t, "n"), Unit: unit}
	for _, r := range []dispatch.Refusal{
		{Code: dispatch.RefusedStalePosition, Args: []string{"case", "person", b.String()}},
		{Code: dispatch.RefusedOverLimit, Args: []string{"case", b.String()}},
	} {
		for _, lang := range []string{"en", "zh"} {
			require.NotContains(t, r.Text(lang), b.String())
			require.Contains(t, r.Text(lang), b.Text(lang))
		}
	}
}

// A right that is lacking is not told as a party.
func TestALackingRightIsNoParty(t *testing.T) {
	for _, right := range party.RightKinds() {
		r := dispatch.Refusal{Code: dispatch.RefusedNotEntitled, Args: []string{"P5", "ZX", string(right)}}
		require.NotContains(t, r.Text("en"), "serve")
		require.NotContains(t, r.Text("zh"), string(right))
	}
	r := dispatch.Refusal{Code: dispatch.RefusedNotEntitled, Args: []string{"P5", "ZX", "command"}}
	require.Equal(t, "人员P5（岗位ZX）在该处没有“统一指挥”权", r.Text("zh"))
	require.Equal(t, "person P5 on post ZX does not have the right of unified command there", r.Text("en"))
	r.Args[2] = "squad"
	require.Equal(t, "person P5 on post ZX does not serve squad", r.Text("en"))
	require.Equal(t, "案件E1不能超过1个工作日", dispatch.Refusal{Code: dispatch.RefusedOverLimit, Args: []string{"E1", "1wd"}}.Text("zh"))
	require.Equal(t, "case E1 cannot have more than 1 working day", dispatch.Refusal{Code: dispatch.RefusedOverLimit, Args: []string{"E1", "1wd"}}.Text("en"))
}

// A working-time window is said in the reader's language.
func TestWindowsInWords(t *testing.T) {
	x := dispatch.Explanation{Candidates: []dispatch.Candidate{{Rule: "R1", Role: dispatch.Lead, Party: "squad", Verdict: dispatch.VerdictNoWindow, Needs: "work"}}}
	require.Contains(t, x.Text("zh"), "R1（主办，squad）仅在 工作时间 适用")
	require.Contains(t, x.Text("en"), "R1 (lead, squad) holds only at working time")
	x.Candidates[0].Needs = "18:00-08:00"
	require.Contains(t, x.Text("zh"), "仅在 18:00-08:00 适用")
}
