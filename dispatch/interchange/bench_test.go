package interchange_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/interchange"
)

// BenchmarkEncode writes an entry of the committed journal, beside its plain JSON.
func BenchmarkEncode(b *testing.B) {
	text, err := os.ReadFile("../testdata/desk/journal1.jsonl")
	require.NoError(b, err)
	var entries []dispatch.Entry
	for line := range strings.Lines(string(text)) {
		var e dispatch.Entry
		require.NoError(b, json.Unmarshal([]byte(line), &e))
		entries = append(entries, e)
	}
	b.Run("cloudevent", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			_, _ = interchange.Encode(entries[i%len(entries)], interchange.Envelope{Source: "/desk", Stream: "guanlan"})
		}
	})
	b.Run("entry", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			_, _ = entries[i%len(entries)].MarshalJSON()
		}
	})
}

// BenchmarkReadRequests reads a thousand requests, beside the reader of the
// standard library that checks nothing.
func BenchmarkReadRequests(b *testing.B) {
	var list []interchange.Request
	for range 500 {
		list = append(list, sampleRequests()...)
	}
	for _, format := range []interchange.Format{interchange.JSON, interchange.XML} {
		var text bytes.Buffer
		require.NoError(b, interchange.WriteRequests(&text, format, list))
		b.Run(string(format), func(b *testing.B) {
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				_, _ = interchange.ReadRequests(bytes.NewReader(text.Bytes()))
			}
		})
		b.Run(string(format)+" standard library", func(b *testing.B) {
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				var plain []map[string]any
				var twin writtenXML
				if format == interchange.JSON {
					_ = json.Unmarshal(text.Bytes(), &plain)
				} else {
					_ = xml.Unmarshal(text.Bytes(), &twin)
				}
			}
		})
	}
}
