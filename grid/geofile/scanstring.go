package geofile

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// string takes the string at s.at and answers its characters.
func (s *scanner) string() (string, bool) {
	s.at++
	start := s.at
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == '"':
			s.at++
			return s.text[start : s.at-1], true
		case c == '\\' || c < ' ':
			return s.escaped(start)
		}
		s.at++
	}
	return "", s.fail(len(s.text), ErrTruncated)
}

// escaped goes on with a string that began at start and holds an escape or a
// control character at s.at.
func (s *scanner) escaped(start int) (string, bool) {
	b := []byte(s.text[start:s.at])
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == '"':
			s.at++
			return string(b), true
		case c == '\\':
			b = s.escape(b)
			continue
		case c < ' ':
			s.note(s.at, ErrString, strconv.QuoteRune(rune(c)))
		default:
			b = append(b, c)
		}
		s.at++
	}
	return "", s.fail(len(s.text), ErrTruncated)
}

// escape appends what the backslash at s.at stands for.
func (s *scanner) escape(b []byte) []byte {
	at := s.at
	s.at += 2
	if s.at > len(s.text) {
		s.at = len(s.text)
		return b
	}
	const from, to = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	c := s.text[at+1]
	if i := strings.IndexByte(from, c); i >= 0 {
		return append(b, to[i])
	}
	if c != 'u' {
		s.at = at + 1 // the character may be wide; it stands for itself
		s.note(at, ErrString, `\`)
		return b
	}
	r := hex4(s.text, s.at)
	if r < 0 {
		s.note(at, ErrString, `\u`)
		return b
	}
	s.at += 4
	if utf16.IsSurrogate(r) {
		low := rune(-1)
		if strings.HasPrefix(s.text[s.at:], `\u`) {
			low = hex4(s.text, s.at+2)
		}
		if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
			s.note(at, ErrString, s.text[at:s.at])
			return b
		}
		s.at += 6
	}
	return utf8.AppendRune(b, r)
}

// hex4 is the number of the four hexadecimal digits at text[at:], or -1.
func hex4(text string, at int) rune {
	if at+4 > len(text) {
		return -1
	}
	r, err := strconv.ParseUint(text[at:at+4], 16, 16)
	if err != nil {
		return -1
	}
	return rune(r)
}
