package geofile

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// scanner reads the JSON of text from at on (RFC 8259). A fault that leaves the
// place known is noted and reading goes on; one that loses it stops the scanner
// for good: every method then answers false.
type scanner struct {
	text     string
	at       int
	depth    int
	depthMax int
	feature  int // the ordinal that faults carry
	quiet    int // > 0: noted faults are dropped, because the text is read again
	stopped  bool
	found    []found
	left     int // faults beyond those kept
}

// found is a fault by offset; it gets its line and column at the end.
type found struct {
	offset, feature int
	err             error
	args            []string
	cause           error
}

// note records a fault that reading survives.
func (s *scanner) note(offset int, err error, args ...string) {
	s.keep(found{offset: offset, feature: s.feature, err: err, args: args})
}

func (s *scanner) keep(f found) {
	if s.quiet > 0 {
		return
	}
	if len(s.found) >= FaultsMax {
		// Faults come in the order of the text but for members that are read
		// twice, and those lie before; what is dropped is nearly always last.
		s.left++
		return
	}
	s.found = append(s.found, f)
}

// fail records a fault that loses the place. It takes the last slot if need be,
// because it is why reading ended.
func (s *scanner) fail(offset int, err error, args ...string) bool {
	if !s.stopped {
		s.stopped = true
		s.quiet = 0
		if len(s.found) >= FaultsMax {
			s.left++
			s.found = s.found[:FaultsMax-1]
		}
		s.note(offset, err, args...)
	}
	return false
}

// peek skips white space and answers the next byte; it fails at the end.
func (s *scanner) peek() (byte, bool) {
	for s.at < len(s.text) {
		c := s.text[s.at]
		if c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
			return c, !s.stopped
		}
		s.at++
	}
	return 0, s.fail(len(s.text), ErrTruncated)
}

// unexpected fails at the next character and names it.
func (s *scanner) unexpected() bool {
	r, _ := utf8.DecodeRuneInString(s.text[s.at:])
	return s.fail(s.at, ErrSyntax, strconv.QuoteRune(r))
}

// enter takes the opening bracket at s.at.
func (s *scanner) enter() bool {
	if s.depth >= s.depthMax {
		return s.fail(s.at, ErrDepth, strconv.Itoa(s.depthMax))
	}
	s.depth++
	s.at++
	return true
}

// next decides after a value of an array or object that closes with close:
// more is true when another value follows. A missing comma, or a spare one
// before the end, is noted and mended.
func (s *scanner) next(closing byte) (more, ok bool) {
	c, ok := s.peek()
	switch {
	case !ok:
		return false, false
	case c == closing:
		s.at++
		s.depth--
		return false, true
	case c == ',':
		comma := s.at
		s.at++
		if c, ok = s.peek(); ok && c == closing {
			s.note(comma, ErrSyntax, "','")
			s.at++
			s.depth--
			return false, true
		}
		return ok, ok
	case c == '"' || (closing == ']' && (c == '{' || c == '[' || c == '-' || digit(c))):
		s.note(s.at, ErrSyntax, strconv.QuoteRune(rune(c)))
		return true, true
	}
	return false, s.unexpected()
}

// array reads the array at s.at; visit takes each element.
func (s *scanner) array(visit func() bool) bool {
	if !s.enter() {
		return false
	}
	c, ok := s.peek()
	if ok && c == ']' {
		s.at++
		s.depth--
		return true
	}
	for more := ok; more; {
		if !visit() {
			return false
		}
		if more, ok = s.next(']'); !ok {
			return false
		}
	}
	return ok
}

// object reads the object at s.at; visit takes the value of each member, whose
// name stands at nameAt.
func (s *scanner) object(visit func(name string, nameAt int) bool) bool {
	if !s.enter() {
		return false
	}
	c, ok := s.peek()
	if ok && c == '}' {
		s.at++
		s.depth--
		return true
	}
	for more := ok; more; {
		if c, ok = s.peek(); ok && c != '"' {
			return s.unexpected()
		}
		nameAt := s.at
		name, ok := s.string()
		if !ok {
			return false
		}
		if c, ok = s.peek(); ok && c != ':' {
			return s.unexpected()
		}
		s.at++
		if _, ok = s.peek(); !ok || !visit(name, nameAt) {
			return false
		}
		if more, ok = s.next('}'); !ok {
			return false
		}
	}
	return !s.stopped
}

// skip reads the value at s.at and forgets it.
func (s *scanner) skip() bool {
	c, ok := s.peek()
	if !ok {
		return false
	}
	switch {
	case c == '{':
		return s.object(func(string, int) bool { return s.skip() })
	case c == '[':
		return s.array(s.skip)
	case c == '"':
		_, ok = s.string()
		return ok
	case c == '-' || digit(c):
		_, ok = s.number()
		return ok
	}
	_, ok = s.word()
	return ok
}

// number takes the number at s.at and answers its text; a malformed one is
// noted and gives "".
func (s *scanner) number() (string, bool) {
	_, end, ok := scanNumber(s.text, s.at)
	start := s.at
	if s.token(end); !ok || s.at != end {
		s.note(start, ErrNumber, s.text[start:s.at])
		return "", true
	}
	return s.text[start:end], true
}

// token moves s.at to the end of the bare word that goes on at from.
func (s *scanner) token(from int) {
	s.at = from
	for s.at < len(s.text) && strings.IndexByte(" \t\r\n,:[]{}\"", s.text[s.at]) < 0 {
		s.at++
	}
}

// word takes true, false or null; another bare word is noted and gives "".
func (s *scanner) word() (string, bool) {
	start := s.at
	s.token(start)
	switch word := s.text[start:s.at]; word {
	case "true", "false", "null":
		return word, true
	case "":
		return "", s.unexpected()
	default:
		s.note(start, ErrToken, word)
		return "", true
	}
}
