package interchange_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch/interchange"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// at is the place and the rule of a fault, to compare with.
type at struct {
	Index int
	Field string
	Err   error
}

func (a at) String() string { return fmt.Sprintf("%d %s %v", a.Index, a.Field, a.Err) }

// faultsOf lists the faults of an error, nil for none.
func faultsOf(t require.TestingT, err error) []at {
	if err == nil {
		return nil
	}
	all, ok := errors.AsType[*interchange.Error](err)
	require.True(t, ok, "%v", err)
	require.NotEmpty(t, all.Faults)
	require.LessOrEqual(t, len(all.Faults), interchange.FaultsMax)
	var list []at
	for _, f := range all.Faults {
		require.ErrorIs(t, err, f.Err)
		for _, lang := range []string{"en", "zh"} {
			text := f.Text(lang)
			require.NotContains(t, text, f.Code()+"-found")
			for i := range 3 {
				hole := fmt.Sprintf("{%d}", i)
				require.True(t, !strings.Contains(text, hole) || strings.Contains(f.Field+strings.Join(f.Args, "")+fmt.Sprint(f.Cause), hole), text)
			}
		}
		list = append(list, at{f.Index, f.Field, f.Err})
	}
	return list
}

func requireFaults(t *testing.T, name string, want []at, err error) {
	t.Helper()
	if diff := cmp.Diff(want, faultsOf(t, err), cmp.Comparer(func(a, b error) bool { return a == b })); diff != "" {
		t.Errorf("%s: %s\n%v", name, diff, err)
	}
}

// anyText draws a text that every field may hold.
var anyText = rapid.Custom(func(t *rapid.T) string {
	s := rapid.StringOf(rapid.RuneFrom([]rune("ab 0/é街<>&\"'{}\\\u2028😀[]:;#%"))).Draw(t, "text")
	return strings.TrimSpace(s)
})

// filled draws a text that is not empty.
func filled(t *rapid.T, name string) string { return "x" + anyText.Draw(t, name) }

// anyTime draws an instant of whole milliseconds in UTC.
var anyTime = rapid.Custom(func(t *rapid.T) time.Time {
	ms := rapid.Int64Range(-60_000_000_000_000, 250_000_000_000_000).Draw(t, "ms")
	if rapid.Bool().Draw(t, "whole second") {
		ms -= ms % 1000
	}
	return time.UnixMilli(ms).UTC()
})

// fill puts something drawn into every exported field that v has, however deep,
// so that a new kind of fact needs no new test.
func fill(t *rapid.T, v reflect.Value) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		if rapid.Bool().Draw(t, "when") {
			v.Set(reflect.ValueOf(anyTime.Draw(t, "at")))
		}
		return
	}
	if b, ok := v.Addr().Interface().(*worktime.Budget); ok {
		text := rapid.SampledFrom([]string{"", "4wh", "2wd!", "30min", "15d"}).Draw(t, "budget")
		_ = b.UnmarshalText([]byte(text)) // a text that is none leaves the zero Budget
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Type().Field(i).Tag.Get("json") != "-" {
				fill(t, v.Field(i))
			}
		}
	case reflect.String:
		v.SetString(anyText.Draw(t, "text"))
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		v.SetInt(rapid.Int64Range(-100, 100).Draw(t, "int"))
	case reflect.Uint64, reflect.Uint, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		v.SetUint(rapid.Uint64Range(0, 200).Draw(t, "uint"))
	case reflect.Float64, reflect.Float32:
		v.SetFloat(rapid.Float64Range(-180, 180).Draw(t, "float"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Pointer:
		if rapid.Bool().Draw(t, "there") {
			v.Set(reflect.New(v.Type().Elem()))
			fill(t, v.Elem())
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(t, v.Index(i))
		}
	case reflect.Slice:
		if n := rapid.IntRange(0, 2).Draw(t, "len"); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				fill(t, v.Index(i))
			}
		}
	}
}
