package street

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
)

// What street.json or a line of commands.jsonl may be instead of one object.
var (
	errAfter    = errors.New("text after the end of the object")
	errNoObject = errors.New("not an object in { }")
)

// jsonMember is one key of a JSON object and its value, which begins at an offset.
type jsonMember struct {
	name, quoted string
	value        json.RawMessage
	at           int
}

// jsonMembers are the members of the one object that a text is, in order; at is where
// it is none.
func jsonMembers(text []byte) (list []jsonMember, at int, err error) {
	var whole json.RawMessage
	decoder := json.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&whole); err != nil {
		if e, ok := errors.AsType[*json.SyntaxError](err); ok {
			return nil, int(e.Offset) - 1, err
		}
		return nil, len(bytes.TrimRight(text, " \t\r\n")), err // it ends too soon
	}
	if decoder.More() {
		return nil, int(decoder.InputOffset()), errAfter
	}
	if whole[0] != '{' {
		return nil, int(decoder.InputOffset()) - len(whole), errNoObject
	}
	decoder = json.NewDecoder(bytes.NewReader(text))
	_, _ = decoder.Token()
	for decoder.More() {
		m := jsonMember{}
		key, err := decoder.Token()
		if err == nil {
			err = decoder.Decode(&m.value)
		}
		if err != nil {
			return nil, int(decoder.InputOffset()), err
		}
		m.name, _ = key.(string)
		quoted, _ := json.Marshal(m.name) // a string can always be written
		m.quoted, m.at = string(quoted), int(decoder.InputOffset())-len(m.value)
		list = append(list, m)
	}
	return list, 0, nil
}

// kindNames is what a value must be, by the kind of what takes it, as a code of a
// finding ends.
var kindNames = map[reflect.Kind]string{
	reflect.String: "text", reflect.Int: "number", reflect.Bool: "bool", reflect.Slice: "list", reflect.Map: "object", reflect.Struct: "object",
}

// valueStart is where the value begins that was read up to an offset of valid JSON: a
// number, a word or a string; of an object or a list its first bracket was read.
func valueStart(text []byte, end int) int {
	if text[end-1] == '"' {
		for at := end - 2; at >= 0; at-- {
			if text[at] == '"' && (at == 0 || text[at-1] != '\\') {
				return at
			}
		}
	}
	at := end - 1
	for at > 0 && !strings.ContainsRune(" \t\r\n:,[{", rune(text[at-1])) {
		at--
	}
	return at
}

// keyOffset is the offset of the key at the end of a path of keys, lists not counted;
// -1 when there is none.
func keyOffset(text []byte, path []string) int {
	var at []string // the keys that lead to here; "" for a list
	var object []bool
	decoder, name := json.NewDecoder(bytes.NewReader(text)), false
	for {
		token, err := decoder.Token()
		if err != nil {
			return -1
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			object, at = append(object, token == json.Delim('{')), append(at, "")
			name = token == json.Delim('{')
			continue
		case json.Delim('}'), json.Delim(']'):
			object, at = object[:len(object)-1], at[:len(at)-1]
			name = len(object) > 0 && object[len(object)-1]
			continue
		}
		if key, ok := token.(string); ok && name {
			at[len(at)-1], name = key, false
			if end := int(decoder.InputOffset()); slices.Equal(slices.DeleteFunc(slices.Clone(at), func(s string) bool { return s == "" }), path) {
				return valueStart(text, end)
			}
			continue
		}
		name = len(object) > 0 && object[len(object)-1]
	}
}
