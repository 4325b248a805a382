package gbcode

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEveryMessageHasBothTexts(t *testing.T) {
	used := map[string]bool{"refused": true, "at": true, "invalid": true, "provenance": true, "length": true}
	for _, err := range []error{
		ErrKind, ErrSpreadsheet, ErrForm, ErrWide, ErrSpace, ErrCharacter, ErrCounty, ErrClass, ErrSubclass, ErrSequence, ErrNumber,
	} {
		e := &Error{Err: err}
		used[e.Code()], used[e.Code()+"-found"] = true, true
	}
	for _, f := range []form{componentForm, eventForm, itemForm, classForm} {
		used["length-"+f.name+"-found"] = true
	}
	for k := range Kind(3) {
		used["kind-"+k.String()] = true
	}
	require.ElementsMatch(t, slices.Collect(maps.Keys(used)), slices.Collect(maps.Keys(texts)))
	for name, pair := range texts {
		require.NotEmpty(t, pair[0], name)
		require.NotEmpty(t, pair[1], name)
		require.NotEqual(t, pair[0], pair[1], name)
		require.Equal(t, strings.HasSuffix(name, "-found"), strings.Contains(pair[0], "{0}") && name != "refused" && name != "at", name)
		for _, hole := range []string{"{0}", "{1}", "{2}"} {
			require.Equal(t, strings.Contains(pair[0], hole), strings.Contains(pair[1], hole), name)
		}
	}
}
