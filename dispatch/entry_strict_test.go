package dispatch_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// TestEntryMembersAsWritten: a member that comes twice, or in other letter case, is
// refused by name wherever it stands; an unknown one as ever.
func TestEntryMembersAsWritten(t *testing.T) {
	const good = `{"format":1,"seq":7,"at":"2026-03-02T09:00:00.000Z","case":"E1","actor":{"person":"an"},"clocks":{"total":"2026-03-03T09:00:00.000Z"},"fact":"case_closed","body":{"outcome":"ok"}}`
	var e dispatch.Entry
	require.NoError(t, json.Unmarshal([]byte(good), &e))
	for _, tc := range []struct{ from, to, name string }{
		{`"seq":7`, `"seq":7,"seq":8`, `"seq" comes twice`},
		{`"seq":7`, `"Seq":7`, `"Seq" is in other letter case`},
		{`"seq":7`, `"seq":7,"SEQ":8`, `"SEQ" is in other letter case`},
		{`"seq":7`, `"ſeq":7`, `"ſeq" is in other letter case`},
		{`"seq":7`, `"\u0053eq":7`, `"Seq" is in other letter case`},
		{`"person":"an"`, `"person":"an","person":"bo"`, `"person" comes twice`},
		{`"person":"an"`, `"Person":"an"`, `"Person" is in other letter case`},
		{`"total":`, `"total":"2026-03-04T09:00:00.000Z","total":`, `"total" comes twice`},
		{`"outcome":"ok"`, `"outcome":"ok","outcome":"no"`, `"outcome" comes twice`},
		{`"outcome":"ok"`, `"OUTCOME":"ok"`, `"OUTCOME" is in other letter case`},
		{`"seq":7`, `"seq":7,"Other":1`, `unknown field "Other"`},
	} {
		text := strings.Replace(good, tc.from, tc.to, 1)
		require.NotEqual(t, good, text)
		got := e
		err := json.Unmarshal([]byte(text), &got)
		require.ErrorIs(t, err, dispatch.ErrEntry, text)
		require.ErrorContains(t, err, tc.name)
		require.Equal(t, e, got, "unchanged")
	}
	same := strings.Replace(good, `"seq"`, `"\u0073eq"`, 1)
	require.NoError(t, json.Unmarshal([]byte(same), &e), "the same name")
}

// TestEntryMembersAreSmall holds what the check of letter case rests on: every member
// of a fact is written in small letters, and none is named by its data.
func TestEntryMembersAreSmall(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(at string, r reflect.Type)
	walk = func(at string, r reflect.Type) {
		for r.Kind() == reflect.Pointer || r.Kind() == reflect.Slice || r.Kind() == reflect.Array {
			r = r.Elem()
		}
		require.NotContains(t, []reflect.Kind{reflect.Map, reflect.Interface}, r.Kind(), at)
		if seen[r] || r.Kind() != reflect.Struct || r == reflect.TypeFor[time.Time]() {
			return
		}
		seen[r] = true
		if r.Implements(reflect.TypeFor[interface{ MarshalText() ([]byte, error) }]()) {
			return
		}
		for i := range r.NumField() {
			f := r.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if !f.IsExported() && !f.Anonymous || name == "-" {
				continue
			}
			if name == "" && !f.Anonymous {
				t.Errorf("%s.%s has no name of its own", at, f.Name)
			}
			require.Equal(t, strings.ToLower(name), name, "%s.%s", at, f.Name)
			walk(at+"."+f.Name, f.Type)
		}
	}
	for _, f := range dispatch.Facts() {
		walk(dispatch.FactName(f), reflect.TypeOf(f))
	}
	walk("actor", reflect.TypeFor[dispatch.Actor]())
	walk("clocks", reflect.TypeFor[dispatch.Clocks]())
	require.Greater(t, len(seen), 40)
}

// TestEntryInstantHasOneForm: time.Parse also takes a comma before the milliseconds.
func TestEntryInstantHasOneForm(t *testing.T) {
	const form = `{"format":1,"seq":1,"at":"2026-03-02T09:00:00%s","case":"E1","fact":"work_started","body":{}}`
	var e dispatch.Entry
	require.NoError(t, json.Unmarshal(fmt.Appendf(nil, form, ".000Z"), &e))
	for _, end := range []string{",000Z", ".0000Z", ".00Z", "Z", ".000+00:00", ".000z"} {
		require.ErrorIs(t, json.Unmarshal(fmt.Appendf(nil, form, end), &e), dispatch.ErrEntry, end)
	}
}
