package geofile

import (
	"bytes"
	"strconv"
)

// unwrap takes data as WKB, or turns hexadecimal text into it: WKB begins with
// the byte 0 or 1, the text with the digit 0 or with \x. Spaces and line ends
// around the text are left out.
func (d *wkbDecoder) unwrap(data []byte) bool {
	if len(data) > 0 && data[0] <= 1 {
		d.data = data
		return true
	}
	text := bytes.TrimRight(data, " \t\r\n")
	size := len(text)
	text = bytes.TrimPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte(`\x`))
	d.before, d.digits = size-len(text), 2
	if len(text) == 0 {
		d.before = 0
		return d.fail(0, ErrTruncated)
	}
	d.data = make([]byte, len(text)/2)
	for i := range len(text) {
		nibble, ok := hexDigit(text[i])
		if !ok {
			d.fail(0, ErrWKB, strconv.QuoteToASCII(string(text[i:i+1])))
			d.fault.Offset = d.before + i
			return false
		}
		if i/2 < len(d.data) {
			d.data[i/2] = d.data[i/2]<<4 | nibble
		}
	}
	if len(text)%2 == 1 {
		d.fail(0, ErrTruncated)
		d.fault.Offset = d.before + len(text)
		return false
	}
	return true
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case digit(c):
		return c - '0', true
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}
