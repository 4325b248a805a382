package code_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/internal/code"
)

func TestCheck(t *testing.T) {
	for c, want := range map[code.Code]error{
		"440309006": nil, "NH-S1-27": nil, "市容.垃圾堆放": nil, "E5": nil, "1.5": nil, "01.02": nil, "1.E": nil, "1E5": nil, "12E": nil,
		"":                                 code.ErrEmpty,
		code.Code(strings.Repeat("x", 97)): code.ErrTooLong,
		"a\xff":                            code.ErrNotUTF8,
		"4.40309E+14":                      code.ErrBroken,
		"4.40309e14":                       code.ErrBroken, "440309000000000.0": code.ErrBroken, "=Z1": code.ErrRune, "@a": code.ErrRune,
		"4e+5":     code.ErrBroken,
		"1E-05":    code.ErrBroken,
		"a b":      code.ErrRune,
		"a/b":      code.ErrRune,
		"a;b":      code.ErrRune,
		"*":        code.ErrRune,
		"a\u3000b": code.ErrRune,
		"a\x00":    code.ErrRune,
	} {
		if want == nil {
			require.NoError(t, code.Check(c), "%q", c)
			continue
		}
		require.ErrorIs(t, code.Check(c), want, "%q", c)
	}
	require.NoError(t, code.Check(code.Code(strings.Repeat("x", code.LenMax))))
}
