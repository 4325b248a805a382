package street_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// Cases without a lead fall to the duty desk: a check says when there is none.
func TestNoDutyDesk(t *testing.T) {
	f, err := street.Load(smallFolder(), options)
	require.NoError(t, err)
	require.Len(t, f.DeskFindings(), 1)
	require.Equal(t, "street.json:1: street.json names no duty desk (policy.desk) and no party is called desk: cases without a lead fall to a desk that nobody serves", f.DeskFindings()[0].String())
	folder := smallFolder()
	edit(folder, "parties.csv", "squad,网", "desk,值班台,station,station\nsquad,网")
	f, err = street.Load(folder, options)
	require.NoError(t, err)
	require.Empty(t, f.DeskFindings())
}

// The words for satisfied are those of events.csv in commands too, besides the Desk's.
func TestSatisfiedOfACommand(t *testing.T) {
	for word, want := range map[string]dispatch.Satisfied{`"满意"`: "yes", `"true"`: "yes", `true`: "yes", `"yes"`: "yes", `"不满意"`: "no", `false`: "no", `"no"`: "no"} {
		folder := smallFolder()
		set(folder, "commands.jsonl", `{"at":"2021-10-08 09:00","key":"k","machine":"desk","do":"close","case":"E1","satisfied":`+word+"}\n")
		f, err := street.Load(folder, options)
		require.NoError(t, err)
		require.Equal(t, want, f.Commands[0].Command.Desk.(dispatch.Close).Satisfied, word)
	}
	folder := smallFolder()
	set(folder, "commands.jsonl", `{"at":"2021-10-08 09:00","key":"k","machine":"desk","do":"close","case":"E1","satisfied":"rather"}`+"\n")
	_, err := street.Load(folder, options)
	require.ErrorContains(t, err, "close: malformed command: satisfied is \"rather\", not yes or no")
	require.NotContains(t, err.Error(), "dispatch: close")
}

// A street that asks for a proved list does not come to life with one that is not.
func TestProvedStreet(t *testing.T) {
	folder := smallFolder()
	edit(folder, "street.json", `"format": 1,`, `"format": 1, "policy": {"desk": "station", "proved": true},`)
	live := func() error {
		f, err := street.Load(folder, options)
		require.NoError(t, err)
		s, err := street.Open(t.Context(), f, journal.NewMemory())
		require.NoError(t, err)
		_, err = s.Do(t.Context(), time.Date(2021, 10, 8, 1, 0, 0, 0, time.UTC), street.Command{Desk: dispatch.File{Event: dispatch.Event{ID: "E1", Matter: "waste", Area: "G1"}}})
		return err
	}
	require.NoError(t, live())
	edit(folder, "duties.csv", "R1,lead,*,station,*,2wd\n", "")
	err := live()
	require.EqualError(t, err, "street: the rules were refused: the list is not proved (errors: 2), first a gap of matter light in *")
	refused, ok := errors.AsType[*street.RulesRefused](err)
	require.True(t, ok)
	require.Equal(t, dispatch.RefusedUnproved, refused.Refusal.Code)
	require.Equal(t, "职责清单未能启用：职责清单未通过证明：有2项错误，首项为无主办（事项路灯（light），区域*）", refused.Text("zh"))
	require.Equal(t, "street.json:2:46: the rules were refused: the list is not proved (errors: 2), first a gap of matter 路灯 (light) in *", refused.Finding().String())
}
