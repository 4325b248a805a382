package street

import (
	"encoding"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
)

// withFault is a fault of the second object of a line.
type withFault struct{ error }

func (f withFault) Unwrap() error { return f.error }

// shownMax is how many characters of a value a finding repeats.
const shownMax = 40

// wrongType says of a value that is of another JSON type than its field what was
// wanted and what was found, at the field's column. It is false for any other fault.
func (f *Finding) wrongType(line string, err error) bool {
	e, ok := errors.AsType[*json.UnmarshalTypeError](err)
	fault, known := errors.AsType[commandFault](err)
	if !ok || known && (fault.code != "bad-field" || e.Field == "") {
		return false
	}
	path := e.Field
	if _, with := errors.AsType[withFault](err); with {
		path = strings.TrimSuffix("with."+path, ".")
	}
	if path == "" {
		f.Code, f.Args, f.Column = "want-line", []string{shown(line)}, 1
		return true
	}
	at, value := keyAt(line, strings.Split(path, "."))
	f.Code, f.Args = wanted(e.Type), []string{path, shown(value)}
	_, f.Column = position([]byte(line), at)
	return true
}

// wanted is the message for a value that does not fit a type.
func wanted(t reflect.Type) string {
	if t.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) || reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return "want-text"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "want-bool"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return "want-whole"
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "want-count"
	case reflect.Float32, reflect.Float64:
		return "want-number"
	case reflect.Slice, reflect.Array:
		return "want-list"
	case reflect.Struct, reflect.Map:
		return "want-object"
	}
	return "want-text"
}

// keyAt is where the key at the end of a path stands in a line, each step after the
// one before, and the JSON value behind it.
func keyAt(line string, path []string) (at int, value string) {
	for _, key := range path {
		quoted, rest := `"`+key+`"`, ""
		for from := at; ; {
			i := strings.Index(line[from:], quoted)
			if i < 0 {
				return at, value
			}
			i += from
			from = i + len(quoted)
			if after, ok := strings.CutPrefix(strings.TrimLeft(line[from:], " \t"), ":"); ok {
				at, rest = i, after
				break
			}
		}
		var raw json.RawMessage
		_ = json.NewDecoder(strings.NewReader(rest)).Decode(&raw) // a value, since the line is JSON
		value = string(raw)
	}
	return at, value
}

// shown is a value as it stands, cut when it is long.
func shown(value string) string {
	value = strings.TrimSpace(value)
	if r := []rune(value); len(r) > shownMax {
		return string(r[:shownMax]) + "…"
	}
	return value
}
