package street

import (
	"bytes"
	"encoding/json"
)

// repeatedKey finds a member that occurs twice in one object of valid JSON, of
// which encoding/json would silently take the last: an amount must not depend on
// that.
func repeatedKey(text []byte) (string, bool) {
	type level struct {
		object bool
		names  map[string]bool
		value  bool // the next string of an object is a value, not a name
	}
	var stack []level
	decoder := json.NewDecoder(bytes.NewReader(text))
	done := func() {
		if n := len(stack); n > 0 && stack[n-1].object {
			stack[n-1].value = false
		}
	}
	for {
		token, err := decoder.Token()
		if err != nil {
			return "", false
		}
		switch t := token.(type) {
		case json.Delim:
			if t == '{' || t == '[' {
				stack = append(stack, level{object: t == '{', names: map[string]bool{}})
				continue
			}
			stack = stack[:len(stack)-1]
			done()
		case string:
			top := len(stack) - 1
			if top < 0 || !stack[top].object || stack[top].value {
				done()
				continue
			}
			if stack[top].names[t] {
				return t, true
			}
			stack[top].names[t], stack[top].value = true, true
		default:
			done()
		}
	}
}
