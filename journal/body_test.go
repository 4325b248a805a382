package journal_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/journal"
)

// naiveBody reads a body with encoding/json alone.
func naiveBody(body []byte) ([]json.RawMessage, bool) {
	var env struct {
		Format  int
		Entries []json.RawMessage
	}
	if json.Unmarshal(body, &env) != nil || env.Format != 1 && len(env.Entries) > 0 {
		return nil, false
	}
	return env.Entries, true
}

func compact(t *testing.T, list []json.RawMessage) (all []string) {
	for _, e := range list {
		var b bytes.Buffer
		require.NoError(t, json.Compact(&b, e))
		all = append(all, b.String())
	}
	return all
}

// FuzzBody compares the fast reading of a body with encoding/json.
func FuzzBody(f *testing.F) {
	for _, body := range []string{
		`{"format":1,"entries":[]}`,
		`{"format":1,"entries":[{"a":[1,2]},"]},\"",3]}`,
		`{"format":1,"entries":[1],"entries":[2]}`,
		`{"format":1,"entries":[1,]}`,
		`{"format":1,"entries":[[1},2]}`,
		`{"format":1,"entries":["a\"]}`,
		`{"format":1,"entries":["\",\""]}`,
		`{"format":01,"entries":[1]}`,
		`{"format":+1,"entries":[1]}`,
		`{"format":99999999999999999999,"entries":[]}`,
		` { "format" : 1 , "entries" : [ 1 , 2 ] } `,
		`{"format":1,"entries":null}`,
		`{"format":2,"entries":[1]}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		want, ok := naiveBody(body)
		got, err := journal.Decode(body)
		require.Equal(t, ok, err == nil, "%v", err)
		if ok {
			require.Empty(t, cmp.Diff(compact(t, want), compact(t, got)))
		}
	})
}

func TestBodyRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var entries []json.RawMessage
		for _, s := range rapid.SliceOf(rapid.String()).Draw(t, "texts") {
			data, err := json.Marshal(map[string]any{s: []any{s, 1}})
			require.NoError(t, err)
			entries = append(entries, data)
			if data, err = json.Marshal(s); err == nil {
				entries = append(entries, data)
			}
		}
		body, err := journal.Encode(entries)
		require.NoError(t, err)
		require.True(t, json.Valid(body))
		got, err := journal.Decode(body)
		require.NoError(t, err)
		require.Len(t, got, len(entries))
		for i := range got {
			require.Equal(t, string(entries[i]), string(got[i]))
		}
	})
}
