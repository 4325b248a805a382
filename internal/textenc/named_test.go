package textenc_test

import (
	"errors"
	"fmt"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/textenc"
)

func TestNamed(t *testing.T) {
	for name, want := range map[string]textenc.Encoding{
		"UTF-8": textenc.UTF8, "utf8": textenc.UTF8, "65001": textenc.UTF8, "\ufeffUTF-8\r\n": textenc.UTF8, "CP65001": textenc.UTF8,
		"GBK": textenc.GB18030, "gb2312": textenc.GB18030, "GB18030": textenc.GB18030, "CP936": textenc.GB18030, "ANSI 936": textenc.GB18030,
		"936": textenc.GB18030, "OEM 936": textenc.GB18030, "ms936": textenc.GB18030, "54936": textenc.GB18030, "EUC-CN": textenc.GB18030,
		"ISO-8859-1": textenc.Latin1, "ISO 88591": textenc.Latin1, "8859_1": textenc.Latin1, "Latin-1": textenc.Latin1,
	} {
		enc, ok := textenc.Named(name)
		require.True(t, ok, name)
		require.Equal(t, want, enc, name)
	}
	for _, name := range []string{"", "UTF-16", "BIG5", "ANSI 1252", "950", "ISO-8859-15", "9366"} {
		_, ok := textenc.Named(name)
		require.False(t, ok, name)
	}
}

// The twin: what the encoders of x/text write, DecodeAs reads back.
func namedRoundTrip(t *rapid.T) {
	s := rapid.StringOf(rapid.OneOf(rapid.RuneFrom([]rune("光明街道é ab")), rapid.Rune().Filter(func(r rune) bool { return public(r) >= 0 && r != 0xfeff }))).Draw(t, "s")
	got, err := textenc.DecodeAs([]byte(s), textenc.UTF8)
	require.NoError(t, err)
	require.Equal(t, s, string(got))
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	require.NoError(t, err)
	got, err = textenc.DecodeAs(data, textenc.GB18030)
	require.NoError(t, err)
	require.Equal(t, s, string(got))
	raw := rapid.SliceOf(rapid.Byte()).Draw(t, "raw")
	want, err := charmap.ISO8859_1.NewDecoder().Bytes(raw)
	require.NoError(t, err)
	got, err = textenc.DecodeAs(raw, textenc.Latin1)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))

	// Cut anywhere, Whole leaves the characters that are all there.
	for _, c := range []struct {
		data []byte
		enc  textenc.Encoding
	}{{[]byte(s), textenc.UTF8}, {data, textenc.GB18030}} {
		n := rapid.IntRange(0, len(c.data)).Draw(t, "cut")
		whole := textenc.Whole(c.data[:n], c.enc)
		text, err := textenc.DecodeAs(c.data[:whole], c.enc)
		require.NoError(t, err)
		require.Equal(t, s[:len(text)], string(text))
		_, size := utf8.DecodeRuneInString(s[len(text):])
		next, err := textenc.DecodeAs(c.data[:n], c.enc)
		require.Equal(t, n > whole, err != nil, "%x %d %q", c.data, n, next)
		require.Less(t, n-whole, max(size, 4))
	}
	require.Equal(t, len(raw), textenc.Whole(raw, textenc.Latin1))
}

func TestNamedRoundTrip(t *testing.T) { rapid.Check(t, namedRoundTrip) }
func FuzzNamedRoundTrip(f *testing.F) { f.Fuzz(rapid.MakeFuzz(namedRoundTrip)) }

func TestDecodeAsFaults(t *testing.T) {
	for _, c := range []struct {
		in     string
		enc    textenc.Encoding
		want   error
		offset int
	}{
		{"光\xb9", textenc.UTF8, textenc.ErrNotUTF8, 3},
		{"\xef\xbb\xbfa\xff", textenc.UTF8, textenc.ErrNotUTF8, 4},
		{"\xb9\xe2\xff", textenc.GB18030, textenc.ErrNotGB18030, 2},
		{"a\xaa\xa1", textenc.GB18030, textenc.ErrNotGB18030, 1},
	} {
		_, err := textenc.DecodeAs([]byte(c.in), c.enc)
		require.ErrorIs(t, err, c.want)
		at, ok := errors.AsType[*textenc.Fault](err)
		require.True(t, ok)
		require.Equal(t, c.offset, at.Offset, "%q", c.in)
	}
	text, err := textenc.DecodeAs([]byte("\xef\xbb\xbfa"), textenc.UTF8)
	require.NoError(t, err)
	require.Equal(t, "a", string(text))
	require.Equal(t, 2, textenc.Whole([]byte("\xb9\xe2\xff"), textenc.GB18030)+textenc.Whole(nil, textenc.UTF8)-1, "what no character begins with is not cut off")
}

func ExampleDecodeAs() {
	cell := []byte("\xb9\xe2\xc3\xf7\xbd")
	enc, _ := textenc.Named("CP936")
	text, err := textenc.DecodeAs(cell[:textenc.Whole(cell, enc)], enc)
	fmt.Println(string(text), enc, err)
	// Output:
	// 光明 GB18030 <nil>
}
