package textenc

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// BytesMax is the longest text in bytes: 512 MiB. The files of a whole city
// are some 100 MB; conversion makes a text at most half as long again, so that
// an offset into it keeps within 31 bits.
const BytesMax = 1 << 29

// Encoding is how the bytes of a file stood for characters.
type Encoding uint8

// The encodings that Decode reads.
const (
	UTF8    Encoding = iota // UTF-8 without a mark; ASCII is UTF-8
	UTF8BOM                 // UTF-8 behind a byte order mark
	GB18030                 // GB18030, GBK or GB2312
	Latin1                  // ISO 8859-1; only DecodeAs reads it, for no bytes tell of it
)

// String is the usual name of the encoding.
func (e Encoding) String() string {
	switch e {
	case UTF8:
		return "UTF-8"
	case UTF8BOM:
		return "UTF-8 with BOM"
	case GB18030:
		return "GB18030"
	case Latin1:
		return "ISO-8859-1"
	}
	return "unknown"
}

const (
	markUTF8    = "\xef\xbb\xbf"
	markUTF16LE = "\xff\xfe"
	markUTF16BE = "\xfe\xff"
)

// Decode returns data as UTF-8 without a byte order mark, and the encoding it
// was in. UTF-8 is not copied: the text is then part of data. O(len); at most
// 1.5 bytes a byte are allocated, and only for GB18030. Empty data is UTF-8.
//
// An error is a *Fault: ErrTooLong (at the first byte too many), ErrUTF16,
// ErrNotUTF8, ErrNeither (where the reading that came further stopped).
func Decode(data []byte) (text []byte, enc Encoding, err error) {
	if len(data) > BytesMax {
		return nil, 0, fault(data, 0, BytesMax, ErrTooLong)
	}
	if bytes.HasPrefix(data, []byte(markUTF16LE)) || bytes.HasPrefix(data, []byte(markUTF16BE)) {
		return nil, 0, &Fault{Line: 1, Column: 1, Err: ErrUTF16}
	}
	text, marked := bytes.CutPrefix(data, []byte(markUTF8))
	mark := len(data) - len(text)
	bad := firstBad(text)
	switch {
	case bad == len(text) && marked:
		return text, UTF8BOM, nil
	case bad == len(text):
		return text, UTF8, nil
	case marked || mostlyUTF8(text):
		return nil, 0, fault(data, mark, mark+bad, ErrNotUTF8)
	}
	return fromGB18030(text, bad)
}

// firstBad is the offset of the first byte of text that is not UTF-8, or its
// length.
func firstBad(text []byte) int {
	if utf8.Valid(text) {
		return len(text)
	}
	at := 0
	for at < len(text) {
		r, n := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && n == 1 {
			return at
		}
		at += n
	}
	return at
}

// mostlyUTF8 reports whether text holds more than twice as many multi-byte
// UTF-8 characters as bytes that are not UTF-8.
func mostlyUTF8(text []byte) bool {
	good, bad := 0, 0
	for at := 0; at < len(text); {
		r, n := utf8.DecodeRune(text[at:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		at += n
	}
	return good > 2*bad
}

// fault places err at the byte offset of data, whose text begins at from and is
// valid UTF-8 up to offset (or is only counted roughly, when it is too long).
func fault(data []byte, from, offset int, err error) *Fault {
	before := data[from:offset]
	line := 1 + bytes.Count(before, []byte{'\n'})
	tail := before[bytes.LastIndexByte(before, '\n')+1:]
	return &Fault{Offset: offset, Line: line, Column: 1 + utf8.RuneCount(tail), Err: err}
}

// replacement is U+FFFD in GB18030, the one place where the decoder's answer
// for "no such character" is what the file says.
const replacement = "\x84\x31\xa4\x37"

// fromGB18030 converts text, which stops being UTF-8 at notUTF8. The decoder of
// x/text takes what is not GB18030 without an error, so the shape of every
// character is checked first and its value afterwards.
func fromGB18030(text []byte, notUTF8 int) ([]byte, Encoding, error) {
	shaped := shapedGB18030(text)
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(text[:shaped])
	if err != nil {
		return nil, 0, &Fault{Line: 1, Column: 1, Err: ErrNeither}
	}
	line, column, at := 1, 1, 0
	for rest := out; at < shaped; {
		r, width := utf8.DecodeRune(rest)
		n := sizeGB18030(text[at:])
		if r == utf8.RuneError && string(text[at:at+n]) != replacement {
			break
		}
		rest = rest[width:]
		at += n
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
	}
	if at < len(text) {
		if notUTF8 > at {
			return nil, 0, fault(text, 0, notUTF8, ErrNeither)
		}
		return nil, 0, &Fault{Offset: at, Line: line, Column: column, Err: ErrNeither}
	}
	return bytes.TrimPrefix(out, []byte(markUTF8)), GB18030, nil
}

// shapedGB18030 is the length of the characters that text begins with, by their
// shape.
func shapedGB18030(text []byte) int {
	shaped := 0
	for shaped < len(text) {
		n := sizeGB18030(text[shaped:])
		if n == 0 {
			break
		}
		shaped += n
	}
	return shaped
}

// sizeGB18030 is the length in bytes of the first character of text by the
// shape of its bytes (GB 18030-2022, clause 5), or 0 when they have none. text
// is not empty.
func sizeGB18030(text []byte) int {
	lead := text[0]
	switch {
	case lead < 0x80:
		return 1
	case lead == 0x80 || lead == 0xff || len(text) < 2:
		return 0
	}
	second := text[1]
	if within(second, 0x40, 0x7e) || within(second, 0x80, 0xfe) {
		return 2
	}
	if within(second, '0', '9') && len(text) >= 4 && within(text[2], 0x81, 0xfe) && within(text[3], '0', '9') {
		return 4
	}
	return 0
}

func within(b, low, high byte) bool { return low <= b && b <= high }
