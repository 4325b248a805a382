package council_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/council"
)

// pilot feeds testdata/councils-2022.jsonl as commands and ticks in between at a
// cadence; it answers the minutes and the areas of the blocks.
func pilot(t require.TestingT, cadence time.Duration) (*council.Minutes, []council.Code) {
	file, err := os.ReadFile("testdata/councils-2022.jsonl")
	require.NoError(t, err)
	h := fresh(t)
	var blocks []council.Code
	h.at, h.quick = time.Time{}, true
	for line := range strings.Lines(string(file)) {
		var fields map[string]json.RawMessage
		var head struct {
			At  time.Time
			Key string
			Do  string
		}
		require.NoError(t, json.Unmarshal([]byte(line), &fields))
		require.NoError(t, json.Unmarshal([]byte(line), &head))
		delete(fields, "at")
		delete(fields, "key")
		delete(fields, "do")
		body, err := json.Marshal(fields)
		require.NoError(t, err)
		do, err := council.DecodeDo(head.Do, body)
		require.NoError(t, err)
		if f, ok := do.(council.Found); ok && f.Level == "block" {
			blocks = append(blocks, f.Area)
		}
		if cadence > 0 {
			for tick := h.at; !h.at.IsZero() && tick.Before(head.At); tick = tick.Add(cadence) {
				h.tick(tick)
			}
		}
		h.at = head.At
		o := h.try(council.Command{Key: head.Key, Do: do})
		require.Nil(t, o.Refusal, "%s", line)
	}
	return h.m, blocks
}

// TestPilot: 145 meetings and 272 topics, 231 done and 41 tracked, counted.
func TestPilot(t *testing.T) {
	m, blocks := pilot(t, 0)
	o, err := m.Tick(time.Date(2022, 6, 30, 0, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	for _, e := range o.Entries {
		require.NoError(t, m.Apply(e))
	}
	require.Len(t, blocks, 20)
	date := time.Date(2022, 5, 20, 18, 0, 0, 0, time.FixedZone("", 8*3600))
	want := council.Counts{Meetings: 145, Raised: 272, Done: 231, Tracking: 41}
	require.Equal(t, want, m.Count(m.Within(slices.Values(blocks)), council.Interval{}, date))
	require.Equal(t, want, m.Count(m.Below("guanlan"), council.Interval{}, date))

	sum := council.Counts{}
	for _, c := range []council.Code{"dafu", "liguang", "niuhu"} {
		n := m.Count(m.Below(c), council.Interval{Until: date}, date)
		require.NotZero(t, n.Meetings)
		sum.Meetings += n.Meetings
		sum.Raised += n.Raised
		sum.Done += n.Done
		sum.Tracking += n.Tracking
	}
	require.Equal(t, want, sum)
	year := council.Interval{From: time.Date(2022, 1, 1, 0, 0, 0, 0, time.FixedZone("", 8*3600))}
	early := m.Count(m.Below("guanlan"), council.Interval{Until: year.From}, date)
	late := m.Count(m.Below("guanlan"), year, date)
	require.Equal(t, []int{145, 272}, []int{early.Meetings + late.Meetings, early.Raised + late.Raised})
	require.Less(t, m.Count(m.Below("guanlan"), council.Interval{}, date.AddDate(0, -6, 0)).Done, 231)
	later := m.Count(m.Below("guanlan"), council.Interval{}, date.AddDate(0, 1, 0))
	require.Equal(t, []int{147, 274, 2}, []int{later.Meetings, later.Raised - later.FromBelow, later.Open - later.FromBelow})

	ticked, _ := pilot(t, 100*time.Hour)
	o, err = ticked.Tick(time.Date(2022, 6, 30, 0, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	for _, e := range o.Entries {
		require.NoError(t, ticked.Apply(e))
	}
	require.Equal(t, m.Hash(), ticked.Hash())
}
