package street_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/street"
)

// TestCommandOfWrongType: a value of another JSON type than its field is told in the
// street's own words, in both languages, at the field's column.
func TestCommandOfWrongType(t *testing.T) {
	const head = `{"at":"2021-09-28 12:00","key":"k1",`
	for _, tc := range []struct{ line, place, en, zh string }{
		{head + `"machine":"desk","do":"ack","case":7}`, `"case"`, "case is text in quotes, not 7", "case应为带引号的文本，而不是7"},
		{`{"at":"2021-09-28 12:00","key":"case","machine":"desk","do":"ack","case":7}`, `"case":7`, "case is text in quotes, not 7", "case应为带引号的文本，而不是7"},
		{head + `"machine":"desk","do":7}`, `"do"`, "do is text in quotes, not 7", "do应为带引号的文本，而不是7"},
		{head + `"machine":"desk","do":"ack","case":"E1","expect":"5"}`, `"expect"`, `expect is a whole number from 0 without quotes, not "5"`, `expect应为不带引号的非负整数，而不是"5"`},
		{head + `"machine":"desk","do":"ack","case":"E1","expect":-1}`, `"expect"`, "expect is a whole number from 0 without quotes, not -1", "expect应为不带引号的非负整数，而不是-1"},
		{head + `"machine":"desk","do":"file","event":{"id":"E9","matter":["waste"]}}`, `"matter"`, `event.matter is text in quotes, not ["waste"]`, `event.matter应为带引号的文本，而不是["waste"]`},
		{head + `"machine":"desk","do":"file","event":{"id":"E9","matter":"waste"},"straight":"yes"}`, `"straight"`, `straight is true or false without quotes, not "yes"`, `straight应为不带引号的true或false，而不是"yes"`},
		{head + `"machine":"desk","do":"ack","case":"E1","with":{"machine":"book","do":["pay"]}}`, `"do":[`, `with.do is text in quotes, not ["pay"]`, `with.do应为带引号的文本，而不是["pay"]`},
		{head + `"machine":"desk","do":"ack","case":"E1","with":[1, 2]}`, `"with"`, `with is an object in braces, not [1, 2]`, `with应为花括号中的对象，而不是[1, 2]`},
		{`["ack"]`, `[`, `a line is one JSON object, not ["ack"]`, `每行应为一个JSON对象，而不是["ack"]`},
		{head + `"machine":"desk","do":"ack","case":["` + strings.Repeat("长", 50) + `"]}`, `"case"`,
			`case is text in quotes, not ["` + strings.Repeat("长", 38) + "…", `case应为带引号的文本，而不是["` + strings.Repeat("长", 38) + "…"},
	} {
		folder := smallFolder()
		set(folder, "commands.jsonl", tc.line+"\n")
		_, err := street.Load(folder, options)
		var load *street.LoadError
		require.ErrorAs(t, err, &load, tc.line)
		require.Len(t, load.Faults, 1, tc.line)
		f := load.Faults[0]
		require.Equal(t, tc.en, f.Text("en"))
		require.Equal(t, tc.zh, f.Text("zh"))
		require.Equal(t, 1, f.Line)
		require.Equal(t, len([]rune(tc.line[:strings.Index(tc.line, tc.place)]))+1, f.Column, tc.line)
	}
}

// TestNoFieldShowsGoTypes gives every field of every verb values of each JSON type:
// no fault speaks of Go.
func TestNoFieldShowsGoTypes(t *testing.T) {
	values := []string{`7`, `"x y"`, `true`, `[7]`, `{"x":7}`, `[{"x":7}]`, `-1.5`, `[["x"]]`}
	told := 0
	for _, v := range street.Verbs() {
		var lines strings.Builder
		for _, f := range reflect.VisibleFields(reflect.TypeOf(v.Zero)) {
			field, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			for _, value := range values {
				fmt.Fprintf(&lines, `{"at":"2021-09-28 12:00","key":"k%d","machine":%q,"do":%q,%q:%s}`+"\n", lines.Len(), v.Machine, v.Name, field, value)
			}
		}
		folder := smallFolder()
		set(folder, "commands.jsonl", lines.String())
		_, err := street.Load(folder, options)
		load, _ := errors.AsType[*street.LoadError](err)
		if load == nil {
			continue
		}
		for _, f := range load.Faults {
			require.NotContains(t, f.Text("en"), "Go ", f.String())
			require.NotContains(t, f.Text("zh"), "Go ", f.String())
			require.NotContains(t, f.Text("en"), "unmarshal", f.String())
			if strings.HasPrefix(f.Code, "want-") {
				told++
				require.Positive(t, f.Column, f.String())
			}
		}
	}
	require.Greater(t, told, 200)
}
