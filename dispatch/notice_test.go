package dispatch_test

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// scribble overwrites every list below a value, as a caller may who uses the memory
// of an entry again. It answers how many elements it changed.
func scribble(v reflect.Value) (n int) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			return scribble(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				n += scribble(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			v.Index(i).SetZero()
		}
		return v.Len()
	}
	return n
}

// TestNoticesKeepNoMemoryOfTheCaller replays journals with every kind of fact, and
// overwrites the lists of each entry once it is applied.
func TestNoticesKeepNoMemoryOfTheCaller(t *testing.T) {
	changed := 0
	for _, journal := range []func(require.TestingT) (*dispatch.Desk, []dispatch.Entry){fullJournal, thirdJournal} {
		live, all := journal(t)
		d := dispatch.NewDesk()
		for _, e := range deskThroughJSON(t, all) {
			require.NoError(t, d.Apply(e))
			changed += scribble(reflect.ValueOf(e.Fact))
		}
		at := fullDay(31, 0, 0).AddDate(1, 0, 0)
		require.Empty(t, cmp.Diff(live.Notices(at, 0), d.Notices(at, 0)))
	}
	require.Greater(t, changed, 20)
}
