// Package jsonname reads the member names of JSON, of which encoding/json lets pass
// what two readers may take for two things: a name that an object has twice, and a
// name in other letter case than the field it fills.
package jsonname

import (
	"bytes"
	"encoding/json"
	"strings"
)

// few is up to how many names an object's are compared one by one.
const few = 16

// level is an array or object that is open.
type level struct {
	object bool
	first  int             // of its names among all open ones
	seen   map[string]bool // its names, once there are many
}

// Walk visits the member names of all objects in data, however deep, in order:
// unescaped, and whether their object had the name before. With fold, names that
// differ by the case of letters are the same. It stops when visit answers false. The
// data is JSON; of anything else it visits some names, or none. About O(n).
func Walk(data []byte, fold bool, visit func(name []byte, again bool) bool) {
	var opened [8]level
	var kept [4 * few][]byte
	open, names := opened[:0], kept[:0]
	name := false // the next string is a member's name
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '{', '[':
			name = data[i] == '{'
			open = append(open, level{object: name, first: len(names)})
		case '}', ']':
			if len(open) == 0 {
				return
			}
			names, open = names[:open[len(open)-1].first], open[:len(open)-1]
			name = false
		case ',':
			name = len(open) > 0 && open[len(open)-1].object
		case '"':
			end := stringEnd(data, i)
			if !name {
				i = end
				continue
			}
			name = false
			own := unescaped(data[i:min(end+1, len(data))])
			i = end
			key := own
			if fold {
				key = []byte(strings.ToLower(strings.ToUpper(string(own))))
			}
			again := open[len(open)-1].has(names, key)
			if !visit(own, again) {
				return
			}
			names = append(names, key)
		}
	}
}

// has reports whether the innermost object, whose names end the list, has a name.
func (l *level) has(names [][]byte, name []byte) bool {
	own := names[l.first:]
	if len(own) <= few {
		for _, n := range own {
			if bytes.Equal(n, name) {
				return true
			}
		}
		return false
	}
	if l.seen == nil {
		l.seen = map[string]bool{}
		for _, n := range own {
			l.seen[string(n)] = true
		}
	}
	again := l.seen[string(name)]
	l.seen[string(name)] = true
	return again
}

// stringEnd is the closing quote of the string that begins at i.
func stringEnd(data []byte, i int) int {
	for i++; i < len(data) && data[i] != '"'; i++ {
		if data[i] == '\\' {
			i++
		}
	}
	return i
}

// unescaped is the text of a JSON string, quotes and all.
func unescaped(quoted []byte) []byte {
	if bytes.IndexByte(quoted, '\\') >= 0 {
		var s string
		if json.Unmarshal(quoted, &s) == nil {
			return []byte(s)
		}
	}
	return bytes.Trim(quoted, `"`)
}

// Repeated is the first name that an object in data has twice.
func Repeated(data []byte) (name string, ok bool) {
	Walk(data, false, func(n []byte, again bool) bool {
		if again {
			name, ok = string(n), true
		}
		return !again
	})
	return name, ok
}
