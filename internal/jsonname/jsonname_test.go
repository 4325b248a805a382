package jsonname_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/jsonname"
)

func TestRepeated(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":1,"b":2}`: "", `{"a":{"a":1},"b":["a","a"]}`: "", `{"a":"a","b":"a"}`: "", `[{"a":1},{"a":1}]`: "", `"a"`: "", ``: "",
		`{"a":1,"a":2}`: "a", `{"x":{"a":"a","a":1}}`: "a", `{"a":[{}],"a":null}`: "a", `[{"k":{},"k":{}}]`: "k", `{"a":1,"\u0061":2}`: "a",
		`{"a":"\",\"a\":","b":1}`: "", `{"a\"":1,"a\"":2}`: `a"`, `{"a":1,"A":2}`: "",
	} {
		got, twice := jsonname.Repeated([]byte(text))
		require.Equal(t, want, got, text)
		require.Equal(t, want != "", twice, text)
	}
}

// tokens is Walk by the tokens of encoding/json.
func tokens(data []byte, fold bool) (out []string) {
	dec := json.NewDecoder(bytes.NewReader(data))
	var value func()
	value = func() {
		open, err := dec.Token()
		if err != nil || open != json.Delim('{') && open != json.Delim('[') {
			return
		}
		names := map[string]bool{}
		for dec.More() {
			if open == json.Delim('{') {
				t, _ := dec.Token()
				name, key := t.(string), t.(string)
				if fold {
					key = strings.ToLower(strings.ToUpper(name))
				}
				out = append(out, fmt.Sprint(name, names[key]))
				names[key] = true
			}
			value()
		}
		_, _ = dec.Token()
	}
	value()
	return out
}

// drawJSON draws a value in which names come again.
func drawJSON(t *rapid.T, depth int) string {
	space := rapid.SampledFrom([]string{"", "", " ", "\n"}).Draw(t, "space")
	text := rapid.SampledFrom([]string{`"a"`, `"A"`, `"\u0061"`, `"{"`, `"\\"`, `"\",\""`, `"K"`, `"k"`, `"s"`, `"ſ"`, `"é"`, `""`})
	kind := rapid.IntRange(0, 5).Draw(t, "kind")
	if depth == 0 || kind < 2 {
		return space + rapid.OneOf(text, rapid.SampledFrom([]string{"1", "-1e3", "null", "true"})).Draw(t, "leaf") + space
	}
	var parts []string
	for range rapid.IntRange(0, []int{4, 30}[kind/5]).Draw(t, "n") {
		part := drawJSON(t, depth-1)
		if kind > 2 {
			name := text.Draw(t, "name")
			if kind == 5 {
				name = fmt.Sprintf(`"n%d"`, rapid.IntRange(0, 60).Draw(t, "number"))
			}
			part = name + space + ":" + part
		}
		parts = append(parts, part)
	}
	if kind > 2 {
		return space + "{" + strings.Join(parts, ",") + "}" + space
	}
	return "[" + space + strings.Join(parts, ",") + "]"
}

func walkIsTokens(t *rapid.T) {
	text := drawJSON(t, 3)
	require.True(t, json.Valid([]byte(text)), text)
	for _, fold := range []bool{false, true} {
		var got []string
		jsonname.Walk([]byte(text), fold, func(name []byte, again bool) bool {
			got = append(got, fmt.Sprint(string(name), again))
			return true
		})
		require.Equal(t, tokens([]byte(text), fold), got, text)
	}
	cut := rapid.IntRange(0, len(text)).Draw(t, "cut")
	_, _ = jsonname.Repeated([]byte(text[cut:])) // no JSON, and no panic
	_, _ = jsonname.Repeated([]byte(text[:cut]))
}

func TestWalkIsTokens(t *testing.T) { rapid.Check(t, walkIsTokens) }

func FuzzWalk(f *testing.F) { f.Fuzz(rapid.MakeFuzz(walkIsTokens)) }
