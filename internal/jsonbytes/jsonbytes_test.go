package jsonbytes_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/jsonbytes"
)

// bytesProperty: strings, numbers and members have the bytes of encoding/json.
func bytesProperty(t *rapid.T) {
	s := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
		rapid.SampledFrom([]string{"a\u2028b", "“公园”", "\x7f", "<&>", "\ufffd", "\xe2\x80", "é"})).Draw(t, "text")
	x := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1e-6, 9.99e-7, 1e21, 1e20, 114.141747, -22})).Draw(t, "number")
	set := rapid.Bool().Draw(t, "set")
	want, err := json.Marshal(struct {
		Always string  `json:"always"`
		Some   string  `json:"some,omitzero"`
		Set    bool    `json:"set,omitzero"`
		X      float64 `json:"x"`
	}{s, s, set, x})
	require.NoError(t, err)
	w := jsonbytes.Some(jsonbytes.Member([]byte{'{'}, "always", s), "some", s)
	w = jsonbytes.Number(jsonbytes.Label(jsonbytes.Flag(w, "set", set), "x"), x)
	require.Equal(t, string(want), string(append(w, '}')))
}

func TestBytesAreThoseOfEncodingJSON(t *testing.T) { rapid.Check(t, bytesProperty) }

func FuzzBytes(f *testing.F) { f.Fuzz(rapid.MakeFuzz(bytesProperty)) }
