package interchange_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/interchange"
)

// anyEntry draws an entry of any kind of fact, with any content that JSON gives
// back.
var anyEntry = rapid.Custom(func(t *rapid.T) dispatch.Entry {
	kinds := dispatch.Facts()
	fact := reflect.New(reflect.TypeOf(kinds[rapid.IntRange(0, len(kinds)-1).Draw(t, "kind")])).Elem()
	fill(t, fact)
	var e dispatch.Entry
	fill(t, reflect.ValueOf(&e).Elem())
	e.Seq, e.At = rapid.Uint64().Draw(t, "seq"), anyTime.Draw(t, "time")
	e.Fact = fact.Interface().(dispatch.Fact)
	return e
}).Filter(func(e dispatch.Entry) bool { // a later fact may have a field with rules of its own
	text, err := e.MarshalJSON()
	return err == nil && new(dispatch.Entry).UnmarshalJSON(text) == nil
})

var anyEnvelope = rapid.Custom(func(t *rapid.T) interchange.Envelope {
	v := interchange.Envelope{
		Source:     rapid.SampledFrom([]string{"https://guanlan.example/desk", "/desk", "urn:x:y", "a%20b", "1-555-123-4567", "mailto:a@b"}).Draw(t, "source"),
		Stream:     dispatch.Code(rapid.SampledFrom([]string{"", "guanlan", "440309006", "市容.垃圾"}).Draw(t, "stream")),
		Subject:    anyText.Draw(t, "subject"),
		DataSchema: rapid.SampledFrom([]string{"", "https://guanlan.example/entry.json"}).Draw(t, "schema"),
		Extensions: anyExtensions.Draw(t, "extensions"),
	}
	return v
})

var anyExtensions = rapid.Custom(func(t *rapid.T) map[string]any {
	names := rapid.SliceOfNDistinct(rapid.StringMatching(`x[a-z0-9]{0,19}`), 0, 3, rapid.ID).Draw(t, "names")
	var all map[string]any
	for _, n := range names {
		if all == nil {
			all = map[string]any{}
		}
		all[n] = rapid.OneOf(rapid.Bool().AsAny(), rapid.Int32().AsAny(), anyText.AsAny()).Draw(t, n)
	}
	return all
})

// entryText is an entry as JSON, in which entries are compared: a setup's objects
// are not in it.
func entryText(t require.TestingT, e dispatch.Entry) string {
	text, err := e.MarshalJSON()
	require.NoError(t, err)
	return string(text)
}

// checkRoundTrip sends an entry there and back.
func checkRoundTrip(t require.TestingT, e dispatch.Entry, v interchange.Envelope) {
	text, err := interchange.Encode(e, v)
	require.NoError(t, err)
	got, envelope, err := interchange.Decode(text)
	require.NoError(t, err)
	require.Equal(t, entryText(t, e), entryText(t, got))
	if v.Subject == "" {
		v.Subject = string(e.Case)
	}
	require.Empty(t, cmp.Diff(v, envelope))
	again, err := interchange.Encode(got, envelope)
	require.NoError(t, err)
	require.Equal(t, string(text), string(again))

	// What anybody else would see in it.
	var plain map[string]any
	require.NoError(t, json.Unmarshal(text, &plain))
	require.Equal(t, "1.0", plain["specversion"])
	require.Equal(t, "org.gridgov.dispatch."+dispatch.FactName(e.Fact)+".v1", plain["type"])
	require.Equal(t, e.At.Format("2006-01-02T15:04:05.000Z"), plain["time"])
	require.Equal(t, "application/json", plain["datacontenttype"])
	require.Equal(t, v.Source, plain["source"])
	require.True(t, strings.HasSuffix(plain["id"].(string), json.Number(jsonNumber(e.Seq)).String()))
	require.Equal(t, dispatch.FactName(e.Fact), plain["data"].(map[string]any)["fact"])
	for name, value := range v.Extensions {
		if n, ok := value.(int32); ok {
			value = float64(n)
		}
		require.Equal(t, value, plain[name])
	}
}

func jsonNumber(n uint64) string {
	text, _ := json.Marshal(n)
	return string(text)
}

func entryProperty(t *rapid.T) {
	e := anyEntry.Draw(t, "entry")
	checkRoundTrip(t, e, anyEnvelope.Draw(t, "envelope"))
}

func TestEntryRoundTrip(t *testing.T) { rapid.Check(t, entryProperty) }
func FuzzEntryRoundTrip(f *testing.F) { f.Fuzz(rapid.MakeFuzz(entryProperty)) }

// TestEveryFactHasItsType sends each kind of fact once and finds all types
// different.
func TestEveryFactHasItsType(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range dispatch.Facts() {
		require.False(t, seen[interchange.EventType(f)])
		seen[interchange.EventType(f)] = true
		checkRoundTrip(t, dispatch.Entry{Seq: 1, At: time.UnixMilli(0).UTC(), Fact: f}, interchange.Envelope{Source: "/desk"})
	}
	require.Len(t, seen, len(dispatch.Facts()))
	require.Empty(t, interchange.EventType(nil))
}

// TestGoldenJournal sends the committed journal in one batch and replays what
// comes out.
func TestGoldenJournal(t *testing.T) {
	text, err := os.ReadFile("../testdata/desk/journal1.jsonl")
	require.NoError(t, err)
	var entries []dispatch.Entry
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		var e dispatch.Entry
		require.NoError(t, json.Unmarshal(lines.Bytes(), &e))
		entries = append(entries, e)
		checkRoundTrip(t, e, interchange.Envelope{Source: "/desk", Stream: "guanlan"})
	}
	batch, err := interchange.EncodeBatch(entries, interchange.Envelope{Source: "/desk", Stream: "guanlan"})
	require.NoError(t, err)
	messages, err := interchange.DecodeBatch(batch)
	require.NoError(t, err)
	require.Len(t, messages, len(entries))
	want, got := dispatch.NewDesk(), dispatch.NewDesk()
	for i, m := range messages {
		require.NoError(t, want.Apply(entries[i]))
		require.NoError(t, got.Apply(m.Entry))
		require.Equal(t, string(entries[i].Case), m.Envelope.Subject)
	}
	require.Equal(t, want.Hash(), got.Hash())
}

// ackText is an event that Decode reads, for tables of changes to it.
const ackText = `{"specversion":"1.0","id":"guanlan/7","source":"/desk","type":"org.gridgov.dispatch.acknowledged.v1","subject":"C1",` +
	`"time":"2026-03-02T01:00:00.000Z","datacontenttype":"application/json",` +
	`"data":{"format":1,"seq":7,"at":"2026-03-02T01:00:00.000Z","case":"C1","fact":"acknowledged","body":{}}}`

func TestDecode(t *testing.T) {
	_, envelope, err := interchange.Decode([]byte(ackText))
	require.NoError(t, err)
	require.Equal(t, interchange.Envelope{Source: "/desk", Stream: "guanlan", Subject: "C1"}, envelope)
	for change, want := range map[string][]at{
		`acknowledged.v1=>verified.v1`:                    {{-1, "type", interchange.ErrMismatch}},
		`acknowledged.v1=>acknowledged.v2`:                {{-1, "type", interchange.ErrMismatch}},
		`acknowledged.v1=>acknowledged`:                   {{-1, "type", interchange.ErrForeign}},
		`org.gridgov.dispatch.=>com.example.`:             {{-1, "type", interchange.ErrForeign}},
		`guanlan/7=>guanlan/8`:                            {{-1, "id", interchange.ErrMismatch}},
		`guanlan/7=>guanlan/07`:                           {{-1, "id", interchange.ErrMismatch}},
		`guanlan/7=>7`:                                    nil,
		`guanlan/7=>a b/7`:                                {{-1, "id", interchange.ErrCode}},
		`guanlan/7=>/7`:                                   {{-1, "id", interchange.ErrCode}},
		`guanlan/7=>guanlan/`:                             {{-1, "id", interchange.ErrMismatch}},
		`"time":"2026-03-02T01:00:00.000Z",=>`:            nil,
		`"time":"2026-03-02T01:00:00.000Z"=>"time":null`:  nil,
		`"time":"2026-03-02T01:00=>"time":"2026-03-02T02`: {{-1, "time", interchange.ErrTime}},
		`"time":"2026-03-02T01:00:00.000Z"=>"time":"2026-03-02T09:00:00+08:00"`: nil,
		`"time":"2026-03-02T01:00:00.000Z"=>"time":"2026-03-02T01:00:00.0001Z"`: {{-1, "time", interchange.ErrMismatch}},
		`"datacontenttype":"application/json",=>`:                               nil,
		`"application/json"=>"text/plain"`:                                      {{-1, "data", interchange.ErrData}},
		`"application/json"=>"application/x+JSON; charset=utf-8"`:               nil,
		`"body":{}=>"body":{"x":1}`:                                             {{-1, "data", interchange.ErrEntry}},
		`"format":1=>"format":2`:                                                {{-1, "data", interchange.ErrEntry}},
		`"seq":7=>"seq":7,"seq":7`:                                              {{-1, "data.seq", interchange.ErrDuplicate}},
		`"seq":7=>"SEQ":8,"seq":7`:                                              {{-1, "data.seq", interchange.ErrDuplicate}},
		`"seq":7=>"ſeq":8,"seq":7`:                                              {{-1, "data.seq", interchange.ErrDuplicate}},
		`"case":"C1"=>"case":"C1","actor":{"person":"a","person":"b"}`:          {{-1, "data.person", interchange.ErrDuplicate}},
		`"data":{=>"dat":{`:                                                     {{-1, "dat", interchange.ErrType}},
		`guanlan/7","source":"/desk","type":"org.gridgov.dispatch.acknowledged.v1=>8","source":"/desk","type":"org.gridgov.dispatch.verified.v1`: {
			{-1, "type", interchange.ErrMismatch}, {-1, "id", interchange.ErrMismatch},
		},
	} {
		from, to, ok := strings.Cut(change, "=>")
		require.True(t, ok && strings.Contains(ackText, from), change)
		text := strings.Replace(ackText, from, to, 1)
		e, envelope, err := interchange.Decode([]byte(text))
		requireFaults(t, change, want, err)
		if err != nil {
			require.Zero(t, e)
			require.Zero(t, envelope)
		}
		messages, batchErr := interchange.DecodeBatch([]byte("[" + ackText + ",\n" + text + "]"))
		for i := range want {
			want[i].Index = 1
		}
		requireFaults(t, change, want, batchErr)
		require.Equal(t, batchErr == nil, len(messages) == 2)
	}
	_, _, err = interchange.Decode([]byte(strings.Replace(ackText, `"format":1`, `"format":2`, 1)))
	require.ErrorIs(t, err, dispatch.ErrFormat)
}

func TestEncodeRefuses(t *testing.T) {
	good := dispatch.Entry{Seq: 1, At: time.UnixMilli(0).UTC(), Fact: dispatch.Verified{}}
	_, err := interchange.Encode(dispatch.Entry{Seq: 1, At: time.Unix(0, 1), Fact: dispatch.Verified{}}, interchange.Envelope{Source: "/d"})
	requireFaults(t, "nanosecond", []at{{-1, "data", interchange.ErrEntry}}, err)
	require.ErrorIs(t, err, dispatch.ErrNotMillis)
	_, err = interchange.Encode(good, interchange.Envelope{Source: "/d", Stream: "a/b"})
	requireFaults(t, "stream", []at{{-1, "id", interchange.ErrCode}}, err)
	_, err = interchange.Encode(good, interchange.Envelope{Source: "a b", DataSchema: "/entry", Subject: "a\x00", Extensions: map[string]any{
		"Upper": "", "type": "x", "data": "x", "": "x", "int": 1, "float": 1.5, "nul": "\x00", strings.Repeat("a", 21): true,
	}})
	requireFaults(t, "envelope", []at{
		{-1, "source", interchange.ErrURI}, {-1, "dataschema", interchange.ErrURI}, {-1, "subject", interchange.ErrText},
		{-1, "", interchange.ErrName}, {-1, "Upper", interchange.ErrName}, {-1, strings.Repeat("a", 21), interchange.ErrName},
		{-1, "data", interchange.ErrName}, {-1, "float", interchange.ErrType}, {-1, "int", interchange.ErrType},
		{-1, "nul", interchange.ErrText}, {-1, "type", interchange.ErrName},
	}, err)
	_, err = interchange.EncodeBatch([]dispatch.Entry{good, {Seq: 2}, good}, interchange.Envelope{})
	requireFaults(t, "batch", []at{{0, "source", interchange.ErrMissing}, {1, "data", interchange.ErrEntry}, {2, "source", interchange.ErrMissing}}, err)
	text, err := interchange.EncodeBatch(nil, interchange.Envelope{})
	require.NoError(t, err)
	require.Equal(t, "[]", string(text))
}
