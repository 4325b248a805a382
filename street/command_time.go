package street

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// verbType is the type of a verb, nil for none of that name.
func verbType(m Machine, verb string) reflect.Type {
	for _, v := range allVerbs {
		if v.Machine == m && v.Name == verb {
			return reflect.TypeOf(v.Zero)
		}
	}
	return nil
}

// fieldsOfVerb is the fields of a verb by their JSON names.
func fieldsOfVerb(m Machine, verb string) map[string]reflect.StructField {
	if t := verbType(m, verb); t != nil {
		return fieldsOfType(t)
	}
	return map[string]reflect.StructField{}
}

// fieldsOfType is the fields of a struct by their JSON names, those without one left out.
func fieldsOfType(t reflect.Type) map[string]reflect.StructField {
	fields := map[string]reflect.StructField{}
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); f.IsExported() {
			fields[name] = f
		}
	}
	return fields
}

// instants writes the instants among the fields of a verb, however deep, which a file
// may state in the street's zone, as the machines read them.
func (l *loader) instants(object map[string]json.RawMessage, own map[string]reflect.StructField) error {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		f, ok := own[name]
		if !ok {
			continue
		}
		raw, err := l.instantsIn(object[name], f.Type, name)
		if err != nil {
			return err
		}
		object[name] = raw
	}
	return nil
}

// instantsIn does it for one value. What is not of the type is left as it is, for the
// machine to refuse.
func (l *loader) instantsIn(raw json.RawMessage, t reflect.Type, name string) (json.RawMessage, error) {
	switch {
	case t.Kind() == reflect.Pointer:
		return l.instantsIn(raw, t.Elem(), name)
	case t == reflect.TypeFor[time.Time]():
		var text string
		if json.Unmarshal(raw, &text) != nil || text == "" {
			return raw, nil
		}
		at, _, err := parseTime(text, l.zone)
		if err != nil {
			return raw, commandFault{"bad-time", []string{name, text}, err}
		}
		return json.RawMessage(strconv.Quote(at.UTC().Format(time.RFC3339Nano))), nil
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct:
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil || list == nil {
			return raw, nil
		}
		for i := range list {
			var err error
			if list[i], err = l.instantsIn(list[i], t.Elem(), name); err != nil {
				return raw, err
			}
		}
		return json.Marshal(list)
	case t.Kind() == reflect.Struct:
		var fields map[string]json.RawMessage
		if json.Unmarshal(raw, &fields) != nil || fields == nil {
			return raw, nil
		}
		if err := l.instants(fields, fieldsOfType(t)); err != nil {
			return raw, err
		}
		return json.Marshal(fields)
	}
	return raw, nil
}
