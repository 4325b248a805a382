package interchange

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gridgov/gridgov/internal/jsonname"
)

// Limits on what is read.
const (
	DocumentMax = 32 << 20 // bytes of one document
	ItemsMax    = 100_000  // events of a batch, requests of a list
	MembersMax  = 256      // attributes of an event, fields of a request
)

// member is one name of a JSON object and its value.
type member struct {
	name string
	raw  json.RawMessage
}

// null reports whether the value is null, which is as if it were not there.
func (m member) null() bool { return string(m.raw) == "null" }

// members is the members of the JSON object that data is, in order and each name
// once. Names are told apart by case. Without an object it reports false. The
// data is UTF-8.
func (f *faults) members(data []byte) ([]member, bool) {
	dec := json.NewDecoder(bytes.NewReader(data))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		f.notJSON(err, "object")
		return nil, false
	}
	var list []member
	seen := map[string]bool{}
	for dec.More() {
		if len(list) == MembersMax {
			f.add("", ErrTooLarge, strconv.Itoa(MembersMax), "members")
			return nil, false
		}
		var m member
		key, err := dec.Token()
		if err == nil {
			m.name, _ = key.(string)
			err = dec.Decode(&m.raw)
		}
		if err != nil {
			f.notJSON(err, "object")
			return nil, false
		}
		if seen[m.name] {
			f.add(m.name, ErrDuplicate)
			continue
		}
		seen[m.name] = true
		list = append(list, m)
	}
	return list, f.ends(dec)
}

// elements calls do with every element of the JSON array that data is, until it
// is malformed or has too many.
func (f *faults) elements(data []byte, do func(i int, raw json.RawMessage)) {
	dec := json.NewDecoder(bytes.NewReader(data))
	if t, err := dec.Token(); err != nil || t != json.Delim('[') {
		f.notJSON(err, "array")
		return
	}
	for i := 0; dec.More(); i++ {
		var raw json.RawMessage
		f.index = i
		if i == ItemsMax {
			f.index = -1
			f.add("", ErrTooLarge, strconv.Itoa(ItemsMax), "items")
			return
		}
		if err := dec.Decode(&raw); err != nil {
			f.notJSON(err, "array")
			return
		}
		do(i, raw)
	}
	f.index = -1
	f.ends(dec)
}

// ends reads the closing bracket and reports whether nothing follows.
func (f *faults) ends(dec *json.Decoder) bool {
	_, err := dec.Token()
	if err == nil {
		if _, err = dec.Token(); err == io.EOF {
			return true
		}
	}
	f.notJSON(err, "")
	return false
}

// notJSON notes why a value is not what was wanted.
func (f *faults) notJSON(err error, want string) {
	if err == nil && want != "" {
		f.add("", ErrShape, want)
		return
	}
	f.put(Fault{Index: f.index, Err: ErrSyntax, Args: []string{"JSON"}, Cause: err})
}

// str is the text that a JSON value is. It notes what is no string and half of a
// surrogate pair, which encoding/json would replace in silence.
func (f *faults) str(m member) (string, bool) {
	var s string
	if len(m.raw) == 0 || m.raw[0] != '"' || json.Unmarshal(m.raw, &s) != nil {
		f.add(m.name, ErrType, string(m.raw), "string")
		return "", false
	}
	if strings.ContainsRune(s, utf8.RuneError) && lone(string(m.raw)) {
		f.add(m.name, ErrNotUTF8)
		return "", false
	}
	return s, true
}

// lone reports whether a JSON string, quotes and all, escapes one half of a
// surrogate pair without the other.
func lone(raw string) bool {
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			continue
		}
		i++
		if i+4 >= len(raw) || raw[i] != 'u' {
			continue
		}
		switch v, _ := strconv.ParseUint(raw[i+1:i+5], 16, 16); {
		case v >= 0xdc00 && v <= 0xdfff:
			return true
		case v >= 0xd800 && v <= 0xdbff:
			low := uint64(0)
			if i+11 <= len(raw) && raw[i+5] == '\\' && raw[i+6] == 'u' {
				low, _ = strconv.ParseUint(raw[i+7:i+11], 16, 16)
			}
			if low < 0xdc00 || low > 0xdfff {
				return true
			}
			i += 6
		}
		i += 4
	}
	return false
}

// plain notes a character that a text may not hold: a control character, a
// noncharacter, and line breaks and tabs unless lines are allowed.
func (f *faults) plain(field, s string, lines bool) bool {
	if !utf8.ValidString(s) {
		f.add(field, ErrNotUTF8)
		return false
	}
	for _, r := range s {
		if lines && (r == '\n' || r == '\r' || r == '\t') {
			continue
		}
		if r < utf8.RuneSelf && ' ' <= r && r != 0x7f {
			continue
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Noncharacter_Code_Point, r) {
			f.add(field, ErrText, strconv.QuoteRuneToASCII(r))
			return false
		}
	}
	return true
}

// unique notes the members that an object within data, however deep, has twice, also
// when only the case of their letters differs, and answers whether there are none. The
// data is JSON.
func (f *faults) unique(field string, data []byte) bool {
	before := f.count()
	jsonname.Walk(data, true, func(name []byte, again bool) bool {
		if again {
			f.add(field+"."+string(name), ErrDuplicate)
		}
		return true
	})
	return f.count() == before
}
