package main

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"

	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/street"
)

// codeFields are the fields that hold a code, by which a reader finds the line again, or
// a hash.
var codeFields = []string{"Code", "Event", "State"}

// discreet takes personal numbers out of every text of v, a pointer to what is about to be
// shown, whatever name of the folder one stands in. A drawing (template.HTML) is no text.
// The words of a language are shared, and have none.
func discreet(f *street.Folder, v any) { discreetIn(f.Directory.Redactor(), reflect.ValueOf(v)) }

func discreetIn(hide *party.Redactor, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			discreetIn(hide, v.Elem())
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			discreetIn(hide, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && !slices.Contains(codeFields, field.Name) {
				discreetIn(hide, v.Field(i))
			}
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(hide.Hide(v.String()))
		}
	}
}

var jsonText = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// discreetJSON is JSON without personal numbers in its texts; sums and instants are none.
func discreetJSON(hide *party.Redactor, data []byte) []byte {
	return jsonText.ReplaceAllFunc(data, func(quoted []byte) []byte {
		var text string
		if json.Unmarshal(quoted, &text) != nil { // escapes have digits, so it is looked at without
			return quoted
		}
		hidden := hide.Hide(text)
		if hidden == text {
			return quoted
		}
		again, err := json.Marshal(hidden)
		if err != nil {
			return nil
		}
		return again
	})
}
