package textenc_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/textenc"
)

func gb(t testing.TB, s string) []byte {
	t.Helper()
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	require.NoError(t, err)
	return b
}

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, in, want string
		enc            textenc.Encoding
	}{
		{"empty", "", "", textenc.UTF8},
		{"ascii", "code,name\n", "code,name\n", textenc.UTF8},
		{"UTF-8", "光明街道", "光明街道", textenc.UTF8},
		{"mark alone", "\xef\xbb\xbf", "", textenc.UTF8BOM},
		{"mark", "\xef\xbb\xbf编码", "编码", textenc.UTF8BOM},
		{"second mark stays", "\xef\xbb\xbf\ufeffa", "\ufeffa", textenc.UTF8BOM},
		{"GB2312", "\xb9\xe2\xc3\xf7\xbd\xd6\xb5\xc0", "光明街道", textenc.GB18030},
		{"GBK", "\xb1\xe0\xc2\xeb,\x96\x7c\n", "编码,東\n", textenc.GB18030},
		{"four bytes", "\xb9\xe2\x82\x35\x8f\x33", "光龦", textenc.GB18030},
		{"GB18030 mark", "\x84\x31\x95\x33\xb9\xe2\xc3\xf7", "光明", textenc.GB18030},
		{"replacement that is meant", "\x84\x31\xa4\x37\xb9\xe2", "\ufffd光", textenc.GB18030},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, enc, err := textenc.Decode([]byte(c.in))
			require.NoError(t, err)
			require.Empty(t, cmp.Diff(c.want, string(text)))
			require.Equal(t, c.enc, enc)
		})
	}
}

func TestDecodeFaults(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     textenc.Fault
	}{
		{"UTF-16 little", "\xff\xfea\x00", textenc.Fault{Offset: 0, Line: 1, Column: 1, Err: textenc.ErrUTF16}},
		{"UTF-16 big", "\xfe\xff\x00a", textenc.Fault{Offset: 0, Line: 1, Column: 1, Err: textenc.ErrUTF16}},
		{"marked, then not UTF-8", "\xef\xbb\xbfa\n光\xb9\xe2", textenc.Fault{Offset: 8, Line: 2, Column: 2, Err: textenc.ErrNotUTF8}},
		{"UTF-8 cut short", "光明街道\n办事处\xe5\x85", textenc.Fault{Offset: 22, Line: 2, Column: 4, Err: textenc.ErrNotUTF8}},
		{"UTF-8 with one bad byte", "光明\xff街道", textenc.Fault{Offset: 6, Line: 1, Column: 3, Err: textenc.ErrNotUTF8}},
		{"surrogate in UTF-8", "光明街道光明街道光明\xed\xa0\x80", textenc.Fault{Offset: 30, Line: 1, Column: 11, Err: textenc.ErrNotUTF8}},
		{"GB18030 cut short", "\xb9\xe2\n\xc3\xf7\xbd", textenc.Fault{Offset: 5, Line: 2, Column: 2, Err: textenc.ErrNeither}},
		{"0xFF", "\xb9\xe2\xff\xff", textenc.Fault{Offset: 2, Line: 1, Column: 2, Err: textenc.ErrNeither}},
		{"0x80", "a\x80b", textenc.Fault{Offset: 1, Line: 1, Column: 2, Err: textenc.ErrNeither}},
		{"four bytes, wrong second", "\xb9\xe2\x81\x3a\x81\x30", textenc.Fault{Offset: 2, Line: 1, Column: 2, Err: textenc.ErrNeither}},
		{"four bytes, cut", "\xb9\xe2\x81\x30\x81", textenc.Fault{Offset: 2, Line: 1, Column: 2, Err: textenc.ErrNeither}},
		{"four bytes, past Unicode", "\xb9\xe2\xe3\x32\x9a\x36", textenc.Fault{Offset: 2, Line: 1, Column: 2, Err: textenc.ErrNeither}},
		{"private use", "\xb9\xe2\xaa\xa1", textenc.Fault{Offset: 2, Line: 1, Column: 2, Err: textenc.ErrNeither}},
		{"UTF-8 came further", "a\xc2\xa0\xc2\xa0\nb\xff\xff\xff", textenc.Fault{Offset: 7, Line: 2, Column: 2, Err: textenc.ErrNeither}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, _, err := textenc.Decode([]byte(c.in))
			require.Nil(t, text)
			fault, ok := errors.AsType[*textenc.Fault](err)
			require.True(t, ok, "%v", err)
			require.Equal(t, c.want, *fault)
			require.ErrorIs(t, err, c.want.Err)
		})
	}
}

func TestDecodeTooLong(t *testing.T) {
	if testing.Short() {
		t.Skip("takes 512 MiB")
	}
	_, _, err := textenc.Decode(make([]byte, textenc.BytesMax+1))
	require.ErrorIs(t, err, textenc.ErrTooLong)
}

// The round trip: what UTF-8 or GB18030 can write, Decode reads back.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		text, enc, err := textenc.Decode([]byte(s))
		switch {
		case strings.HasPrefix(s, "\ufeff"):
			s = s[3:]
			require.Equal(t, textenc.UTF8BOM, enc)
		default:
			require.Equal(t, textenc.UTF8, enc)
		}
		require.NoError(t, err)
		require.Equal(t, s, string(text))
	})
	han := rapid.OneOf(rapid.RuneFrom([]rune("编码名称街道社区网格，。\n,;012abc")), rapid.Rune())
	rapid.Check(t, func(t *rapid.T) {
		// The first words fix the language; after them anything may come.
		s := "光明街道办事处" + rapid.StringOf(han).Draw(t, "s")
		s = strings.Map(public, s)
		data, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
		require.NoError(t, err)
		text, enc, err := textenc.Decode(data)
		if likelyUTF8(data) {
			require.ErrorIs(t, err, textenc.ErrNotUTF8)
			return
		}
		require.NoError(t, err)
		require.Equal(t, textenc.GB18030, enc)
		require.Equal(t, s, string(text))
	})
}

// public drops the characters for private use, which Decode refuses.
func public(r rune) rune {
	if r >= 0xe000 && r <= 0xf8ff {
		return -1
	}
	return r
}

// likelyUTF8 is the third rule of the package, from its text.
func likelyUTF8(data []byte) bool {
	good, bad := 0, 0
	for _, r := range string(data) {
		if r == utf8.RuneError {
			bad++
		} else if r >= 0x80 {
			good++
		}
	}
	return good > 2*bad
}

// Whatever the bytes: no panic, valid UTF-8 or a fault whose place is right.
func anyBytes(t *rapid.T) {
	data := []byte(rapid.OneOf(
		rapid.SliceOf(rapid.Byte()),
		rapid.SliceOf(rapid.SampledFrom([]byte("\n\xb9\xe2\x81\x30\xef\xbb\xbf\xfe\xffab"))),
	).Draw(t, "data"))
	text, enc, err := textenc.Decode(data)
	if err == nil {
		require.True(t, utf8.Valid(text))
		if enc == textenc.GB18030 {
			back, err := simplifiedchinese.GB18030.NewEncoder().Bytes(text)
			require.NoError(t, err)
			again, err := simplifiedchinese.GB18030.NewDecoder().Bytes(back)
			require.NoError(t, err)
			require.Equal(t, string(text), string(again))
		}
		return
	}
	require.Nil(t, text)
	fault, ok := errors.AsType[*textenc.Fault](err)
	require.True(t, ok)
	require.LessOrEqual(t, fault.Offset, len(data))
	require.Equal(t, 1+bytes.Count(data[:fault.Offset], []byte("\n")), fault.Line)
	require.GreaterOrEqual(t, fault.Column, 1)
	if !errors.Is(err, textenc.ErrUTF16) { // what comes before the fault reads
		_, _, err = textenc.Decode(data[:fault.Offset])
		if !errors.Is(err, textenc.ErrNotUTF8) {
			require.NoError(t, err)
		}
	}
}

func TestAnyBytes(t *testing.T) { rapid.Check(t, anyBytes) }
func FuzzAnyBytes(f *testing.F) { f.Fuzz(rapid.MakeFuzz(anyBytes)) }
func TestStrings(t *testing.T) {
	require.Equal(t, "GB18030", textenc.GB18030.String())
	require.Equal(t, "UTF-8 with BOM", textenc.UTF8BOM.String())
	require.Equal(t, "UTF-8", textenc.UTF8.String())
	require.Equal(t, "ISO-8859-1", textenc.Latin1.String())
	require.Equal(t, "unknown", textenc.Encoding(9).String())
}

func ExampleDecode() {
	text, enc, err := textenc.Decode([]byte("\xb9\xe2\xc3\xf7\xbd\xd6\xb5\xc0"))
	fmt.Println(string(text), enc, err)
	_, _, err = textenc.Decode([]byte("name\n\xb9\xe2\xff"))
	fmt.Println(err)
	// Output:
	// 光明街道 GB18030 <nil>
	// line 2, column 2: text is neither UTF-8 nor GB18030
}

func BenchmarkDecode(b *testing.B) {
	utf := []byte(strings.Repeat("E00000001,光明街道办事处,113.9,22.7\n", 1<<15))
	for name, data := range map[string][]byte{"UTF-8": utf, "GB18030": gb(b, string(utf))} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, _, err := textenc.Decode(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
