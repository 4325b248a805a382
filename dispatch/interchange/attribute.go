package interchange

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gridgov/gridgov/internal/media"
)

// NameLenMax is the longest name of an attribute in characters.
const NameLenMax = 20

// attributeName reports whether name is one that CloudEvents allows.
func attributeName(name string) bool {
	if name == "" || len(name) > NameLenMax {
		return false
	}
	for i := range len(name) {
		if c := name[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// reserved reports whether a name belongs to the specification, so that no
// extension may have it.
func reserved(name string) bool {
	switch name {
	case "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "data":
		return true
	}
	return false
}

// extension is the value of an extension attribute: bool, int32 or string.
func (f *faults) extension(m member) (any, bool) {
	switch m.raw[0] {
	case '"':
		s, ok := f.str(m)
		return s, ok && f.plain(m.name, s, false)
	case 't', 'f':
		return m.raw[0] == 't', true
	}
	n, err := strconv.ParseInt(string(m.raw), 10, 32)
	if err != nil {
		f.add(m.name, ErrType, string(m.raw), "boolean, integer of 32 bits, string")
		return nil, false
	}
	return int32(n), true
}

// extensionJSON is a value of an extension attribute as JSON.
func (f *faults) extensionJSON(name string, value any) []byte {
	switch v := value.(type) {
	case bool:
		return strconv.AppendBool(nil, v)
	case int32:
		return strconv.AppendInt(nil, int64(v), 10)
	case string:
		f.plain(name, v, false)
		return quote(v)
	}
	f.add(name, ErrType, "value", "bool, int32, string")
	return nil
}

// quote is s as a JSON string.
func quote(s string) []byte {
	text, err := json.Marshal(s)
	if err != nil {
		return []byte(`""`) // no string fails
	}
	return text
}

// uri notes what is no URI reference of RFC 3986, or no URI if it must have a
// scheme.
func (f *faults) uri(field, s string, absolute bool) {
	want := "URI-reference"
	if absolute {
		want = "URI"
	}
	u, err := url.Parse(s)
	if err != nil || !uriCharacters(s) || absolute && u.Scheme == "" {
		f.add(field, ErrURI, strconv.Quote(s), want)
	}
}

// uriCharacters reports whether s has only the characters of RFC 3986, and a %
// only before two hexadecimal digits.
func uriCharacters(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%':
			if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
				return false
			}
			i += 2
		case c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0:
			return false
		}
	}
	return true
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// stamp is how an instant is written: UTC, whole milliseconds.
const stamp = "2006-01-02T15:04:05.000Z"

// timestamp is an instant of RFC 3339 in UTC. The first instant of the year 1
// stands for none in Go and is refused.
func (f *faults) timestamp(field, s string) time.Time {
	up := strings.ToUpper(s)
	t, err := time.Parse(time.RFC3339, up)
	t = t.UTC()
	if err != nil || !clockText(up, "0000-00-00T00:00:00") || !datable(t) {
		f.add(field, ErrTime, strconv.Quote(s))
		return time.Time{}
	}
	return t
}

// datable reports whether t is in the years 1 to 9999 of UTC, which four digits
// can write, and not the zero Time.
func datable(t time.Time) bool {
	y := t.UTC().Year()
	return 1 <= y && y <= 9999 && !t.IsZero()
}

// clockText reports whether s is shaped as head, where 0 stands for a digit, then
// perhaps a point and digits if head has seconds, then Z or a zone as +00:00.
// time.Parse lets hours of one digit and a comma pass.
func clockText(s, head string) bool {
	shape := []byte(s)
	for i, c := range shape {
		if '0' <= c && c <= '9' {
			shape[i] = '0'
		}
	}
	rest, ok := strings.CutPrefix(string(shape), head)
	if digits, more := strings.CutPrefix(rest, "."); more && len(head) == len("0000-00-00T00:00:00") {
		rest = strings.TrimLeft(digits, "0")
		ok = ok && rest != digits
	}
	return ok && (rest == "Z" || rest == "+00:00" || rest == "-00:00")
}

// media notes what is no media type: two tokens with a slash between them, then
// perhaps parameters.
func (f *faults) media(field, s string) {
	kind, params, _ := strings.Cut(s, ";")
	if !media.IsType(strings.TrimSpace(kind)) {
		f.add(field, ErrMedia, strconv.Quote(s))
		return
	}
	for _, p := range strings.Split(params, ";") {
		name, value, ok := strings.Cut(strings.TrimSpace(p), "=")
		quoted := len(value) > 1 && value[0] == '"' && value[len(value)-1] == '"'
		if p != "" && (!ok || !media.IsToken(name) || !quoted && !media.IsToken(value)) {
			f.add(field, ErrMedia, strconv.Quote(s))
			return
		}
	}
}

// isJSON reports whether a content type declares JSON; none does.
func isJSON(contentType string) bool {
	kind, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	_, sub, _ := strings.Cut(strings.TrimSpace(kind), "/")
	return contentType == "" || sub == "json" || strings.HasSuffix(sub, "+json")
}
