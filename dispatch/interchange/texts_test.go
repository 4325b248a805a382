package interchange

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

func TestEveryMessageHasBothTexts(t *testing.T) {
	used := map[string]bool{"at-item": true, "at-field": true, "because": true, "more": true}
	for _, err := range []error{
		ErrRead, ErrTooLarge, ErrNotUTF8, ErrSyntax, ErrShape, ErrDuplicate, ErrNoFormat, ErrUnwritten, ErrMissing, ErrName, ErrType,
		ErrText, ErrTooLong, ErrVersion, ErrURI, ErrTime, ErrMedia, ErrData, ErrStatus, ErrPoint, ErrCode, ErrService, ErrForeign,
		ErrEntry, ErrMismatch,
	} {
		v := Fault{Err: err}
		require.NotEmpty(t, v.Code())
		used[v.Code()], used[v.Code()+"-found"] = true, true
	}
	for name := range texts { // a state without a text is shown by its code
		if state, ok := strings.CutPrefix(name, "state-"); ok {
			require.Contains(t, dispatch.States(), dispatch.State(state))
			used[name] = true
		}
	}
	require.ElementsMatch(t, slices.Collect(maps.Keys(used)), slices.Collect(maps.Keys(texts)))
	for name, pair := range texts {
		require.NotEmpty(t, pair[0], name)
		require.NotEmpty(t, pair[1], name)
		require.NotEqual(t, pair[0], pair[1], name)
		for _, hole := range []string{"{0}", "{1}", "{2}"} {
			require.Equal(t, strings.Contains(pair[0], hole), strings.Contains(pair[1], hole), name)
		}
	}
}
