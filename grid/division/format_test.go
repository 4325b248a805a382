package division_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid/division"
)

func TestForms(t *testing.T) {
	for _, c := range []struct{ text, usual, short, padded, grouped string }{
		{"44", "440000", "44", "440000000000", "440000"},
		{"4403", "440300", "4403", "440300000000", "440300"},
		{"440309", "440309", "440309", "440309000000", "440309"},
		{"440309006000", "440309006", "440309006", "440309006000", "440309 006"},
		{"440309006001", "440309006001", "440309006001", "440309006001", "440309 006 001"},
		{"440309006001012", "440309006001012", "440309006001012", "440309006001012", "440309 006 001 012"},
		{"441900003", "441900003", "441900003", "441900003000", "441900 003"},
	} {
		code := mustParse(t, c.text)
		require.Equal(t, c.usual, code.String())
		require.Equal(t, c.short, code.Short())
		require.Equal(t, c.padded, code.Padded())
		require.Equal(t, c.grouped, code.Grouped())
		require.Equal(t, c.usual, string(code.GridCode()))
	}
}

func propForms(t *rapid.T) {
	c := validCode.Draw(t, "code")
	for _, s := range []string{c.String(), c.Short(), c.Padded(), strings.ReplaceAll(c.Grouped(), " ", "")} {
		again, err := division.Parse(s)
		require.NoError(t, err, s)
		require.Equal(t, c, again)
	}
	require.Equal(t, twin(c).short(), c.Short())
	text, err := c.AppendText([]byte("x"))
	require.NoError(t, err)
	require.Equal(t, "x"+c.String(), string(text))
	var again division.Code
	require.NoError(t, again.UnmarshalText(text[1:]))
	require.Equal(t, c, again)
}

func TestFormsReadBack(t *testing.T) { rapid.Check(t, propForms) }

func FuzzForms(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propForms)) }

func TestJSON(t *testing.T) {
	type unit struct {
		Code   division.Code
		Counts map[division.Code]int
		None   division.Code
	}
	in := unit{Code: mustParse(t, "440309006"), Counts: map[division.Code]int{mustParse(t, "44"): 1}}
	data, err := json.Marshal(in)
	require.NoError(t, err)
	require.JSONEq(t, `{"Code":"440309006","Counts":{"440000":1},"None":""}`, string(data))
	var out unit
	require.NoError(t, json.Unmarshal(data, &out))
	require.Equal(t, in, out)
	require.ErrorIs(t, json.Unmarshal([]byte(`{"Code":"440300005"}`), &out), division.ErrCounty)
	require.Equal(t, in.Code, out.Code, "what was there stays")
	_, err = json.Marshal(division.Code(7))
	require.ErrorIs(t, err, division.ErrInvalid)
}
