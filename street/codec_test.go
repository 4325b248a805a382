package street

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/internal/keyed"
)

// TestEncodeEntryIsTheJSONOfAnEntry compares the hand-written encoder with
// encoding/json reading it back: the same entry, and nothing lost.
func TestEncodeEntryIsTheJSONOfAnEntry(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 120e6, time.UTC)
	m := newMachine(time.UTC)
	out, err := m.Decide(at, Command{Key: "k", Book: finance.Open{Line: "F1", Name: "专项 \"<>&\u2028", Party: "p", Purpose: "park", Year: 2026, Source: finance.Treasury}})
	require.NoError(t, err)
	refused, err := m.Decide(at, Command{Key: "r", Book: finance.Pay{Commitment: "none", Payment: "p", Amount: 1}})
	require.NoError(t, err)
	unasked, err := m.Decide(at, Command{Key: "u", Desk: dispatch.Admit{Mandate: dispatch.Mandate{ID: "m", Matter: "x", Applicant: "a", Community: "b", Approver: "c", Amount: 5}}})
	require.NoError(t, err)
	entries := append(append(out.Entries, refused.Entries...), unasked.Entries...)
	entries = append(entries, Entry{Seq: 9, At: at, Refused: &Refusal{By: StreetMachine, Code: "x"}})
	for _, e := range entries {
		data, err := encodeEntry(e)
		require.NoError(t, err)
		require.True(t, json.Valid(data), string(data))
		var back Entry
		require.NoError(t, json.Unmarshal(data, &back))
		require.Equal(t, e, back)
		standard, err := json.Marshal(e)
		require.NoError(t, err)
		var same Entry
		require.NoError(t, json.Unmarshal(standard, &same))
		require.Equal(t, same, back)
	}
	require.NotEqual(t, keyed.Sum{}, entries[0].Key)
}
