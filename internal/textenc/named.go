package textenc

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Named is the encoding that goes by a name or by the number of a code page, in
// any case and with any of the usual ornaments: "UTF-8", "65001", "GBK",
// "gb2312", "CP936", "ANSI 936", "ISO-8859-1", "88591".
func Named(name string) (Encoding, bool) {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_\t\r\n\ufeff", r) {
			return -1
		}
		return r
	}, strings.ToUpper(name))
	for _, ornament := range []string{"ANSI", "OEM", "CP", "MS", "WINDOWS", "ISO"} {
		name = strings.TrimPrefix(name, ornament)
	}
	switch name {
	case "UTF8", "65001":
		return UTF8, true
	case "936", "54936", "GBK", "GB2312", "GB18030", "EUCCN":
		return GB18030, true
	case "88591", "LATIN1", "28591":
		return Latin1, true
	}
	return 0, false
}

// DecodeAs returns data, which is in enc, as UTF-8; a byte order mark is taken
// off. Text that needs no change is not copied. O(len).
//
// An error is a *Fault: ErrTooLong, ErrNotUTF8, or ErrNotGB18030, which a byte of
// private use is too.
func DecodeAs(data []byte, enc Encoding) ([]byte, error) {
	if len(data) > BytesMax {
		return nil, fault(data, 0, BytesMax, ErrTooLong)
	}
	switch enc {
	case Latin1:
		return fromLatin1(data), nil
	case GB18030:
		if ascii(data) {
			return data, nil
		}
		text, _, err := fromGB18030(data, 0)
		if at, ok := err.(*Fault); ok {
			at.Err = ErrNotGB18030
		}
		return text, err
	}
	text := bytes.TrimPrefix(data, []byte(markUTF8))
	if bad := firstBad(text); bad < len(text) {
		mark := len(data) - len(text)
		return nil, fault(data, mark, mark+bad, ErrNotUTF8)
	}
	return text, nil
}

func ascii(data []byte) bool {
	for _, b := range data {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// fromLatin1 converts text whose bytes are the numbers of its characters.
func fromLatin1(text []byte) []byte {
	if ascii(text) {
		return text
	}
	out := make([]byte, 0, 2*len(text))
	for _, b := range text {
		out = utf8.AppendRune(out, rune(b))
	}
	return out
}

// Whole is the length of data without the incomplete character that it ends
// with, which is how a field of fixed width cuts a text off. O(len) for GB18030,
// in which only the first byte tells where characters begin, else O(1).
func Whole(data []byte, enc Encoding) int {
	switch enc {
	case Latin1:
		return len(data)
	case GB18030:
		if at := shapedGB18030(data); cutGB18030(data[at:]) {
			return at
		}
		return len(data)
	}
	for at := len(data) - 1; at >= 0 && at > len(data)-utf8.UTFMax; at-- {
		if utf8.RuneStart(data[at]) {
			if !utf8.FullRune(data[at:]) {
				return at
			}
			break
		}
	}
	return len(data)
}

// cutGB18030 reports whether rest is one to three bytes that a character may
// begin with.
func cutGB18030(rest []byte) bool {
	for i, b := range rest {
		switch {
		case i == 3:
			return false
		case i%2 == 0 && !within(b, 0x81, 0xfe):
			return false
		case i%2 == 1 && !within(b, '0', '9'):
			return false
		}
	}
	return len(rest) > 0
}
