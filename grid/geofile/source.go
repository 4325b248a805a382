package geofile

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gridgov/gridgov/internal/textenc"
)

// source is the text of one file. Features keep it to find positions.
type source struct {
	name string
	text string
}

// read takes the whole of r: inflated when it starts like a gzip file, in UTF-8,
// at most bytesMax bytes of either. The error has no place but the file unless
// the text itself is at fault.
func read(name string, r io.Reader, bytesMax int) (*source, *Error) {
	packed := bufio.NewReader(&limited{r: r, left: bytesMax})
	var in io.Reader = packed
	if magic, _ := packed.Peek(2); string(magic) == "\x1f\x8b" {
		z, err := gzip.NewReader(packed)
		if err != nil {
			return nil, readFault(name, err, bytesMax)
		}
		in = &limited{r: z, left: bytesMax}
	}
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, readFault(name, err, bytesMax)
	}
	text, _, err := textenc.Decode(data)
	if err != nil {
		fault := &Error{Position: Position{File: name}, Err: ErrEncoding, Cause: err}
		if at, ok := errors.AsType[*textenc.Fault](err); ok {
			fault.Line, fault.Column, fault.Cause = at.Line, at.Column, at.Err
		}
		return nil, fault
	}
	return &source{name: name, text: string(text)}, nil
}

// errPast is what limited says at the first byte too many.
var errPast = errors.New("past the limit")

// limited passes on left bytes of r, then fails rather than ends.
type limited struct {
	r    io.Reader
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	// One byte more than is left tells a file that ends there from one that goes on.
	if len(p) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	if n > l.left {
		return l.left, errPast
	}
	l.left -= n
	return n, err
}

// readFault names what stopped the reading: the limit, a cut or damaged gzip
// stream, or the reader itself.
func readFault(name string, err error, bytesMax int) *Error {
	fault := &Error{Position: Position{File: name}, Err: ErrRead, Cause: err}
	switch {
	case errors.Is(err, errPast):
		fault.Err, fault.Cause, fault.Args = ErrTooLarge, nil, []string{strconv.Itoa(bytesMax)}
	case errors.Is(err, io.ErrUnexpectedEOF):
		fault.Err, fault.Cause = ErrTruncated, nil
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), corrupt(err):
		fault.Err = ErrGzip
	}
	return fault
}

// corrupt reports whether a deflate stream holds what it may not.
func corrupt(err error) bool {
	_, ok := errors.AsType[flate.CorruptInputError](err)
	return ok
}

// tracker turns offsets of text into lines and columns. Asked in rising order
// it reads the text once.
type tracker struct {
	text             string
	at, line, column int // column counts from 0 here
}

// place is the line and column, from 1, of the character at offset.
func (t *tracker) place(offset int) (line, column int) {
	if offset < t.at {
		t.at, t.line, t.column = 0, 0, 0
	}
	passed := t.text[t.at:offset]
	if n := strings.Count(passed, "\n"); n > 0 {
		t.line += n
		t.column = 0
		passed = passed[strings.LastIndexByte(passed, '\n')+1:]
	}
	t.column += utf8.RuneCountInString(passed)
	t.at = offset
	return t.line + 1, t.column + 1
}
