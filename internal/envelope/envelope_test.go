package envelope_test

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/envelope"
)

var errBad, errFine, errFar = errors.New("bad"), errors.New("fine"), errors.New("far")

// millisLaw holds Millis to the calendar: what a stamp can write and read back.
func millisLaw(t *rapid.T) {
	at := time.Unix(rapid.OneOf(
		rapid.Int64Range(-62_135_596_900, -62_135_596_700), rapid.Int64Range(253_402_300_700, 253_402_300_900),
		rapid.Int64Range(-1<<40, 1<<40)).Draw(t, "seconds"),
		rapid.OneOf(rapid.Map(rapid.Int64Range(0, 999), func(ms int64) int64 { return ms * 1e6 }), rapid.Int64Range(0, 999_999_999)).Draw(t, "nanoseconds"))
	ms, err := envelope.Millis(at, errFine, errFar)
	switch year := at.UTC().Year(); {
	case !at.Equal(at.Truncate(time.Millisecond)):
		require.Equal(t, errFine, err)
	case year < 1 || year > 9999:
		require.Equal(t, errFar, err)
	default:
		require.NoError(t, err)
		require.LessOrEqual(t, ms, int64(envelope.LastMilli))
		back, err := time.Parse(envelope.Stamp, time.UnixMilli(ms).UTC().Format(envelope.Stamp))
		require.NoError(t, err)
		require.True(t, at.Equal(back), "%v is not %v", back, at)
	}
}

func TestMillis(t *testing.T) { rapid.Check(t, millisLaw) }

func FuzzMillis(f *testing.F) { f.Fuzz(rapid.MakeFuzz(millisLaw)) }

func TestMillisAtTheEnds(t *testing.T) {
	last := time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)
	ms, err := envelope.Millis(last.Add(-time.Millisecond), errFine, errFar)
	require.NoError(t, err)
	require.Equal(t, int64(envelope.LastMilli), ms)
	_, err = envelope.Millis(last, errFine, errFar)
	require.Equal(t, errFar, err)
	_, err = envelope.Millis(last.Add(1), errFine, errFar)
	require.Equal(t, errFine, err, "the finer fault goes first")
	_, err = envelope.Millis(time.Time{}, errFine, errFar)
	require.NoError(t, err, "the zero time is the first instant there is")
}

func TestObject(t *testing.T) {
	type line struct {
		Line string `json:"line"`
	}
	got, err := envelope.Object[line]([]byte(" \n{\"line\":\"L1\"} "), errBad)
	require.NoError(t, err)
	require.Equal(t, line{"L1"}, got)
	for data, want := range map[string]string{
		"":                        "bad: not an object",
		"null":                    "bad: not an object",
		"[]":                      "bad: not an object",
		"\u00a0{}":                "bad: not an object",
		`{"line":"a"}{}`:          "bad: something follows the value",
		`{"line":"a"} x`:          "bad: something follows the value",
		`{"lines":"a"}`:           `bad: json: unknown field "lines"`,
		`{"line":"a","line":"b"}`: `bad: member "line" comes twice`,
		`{"Line":"a"}`:            `bad: member "Line" is in other letter case`,
		`{"line":1}`:              "bad: json: cannot unmarshal number into Go struct field line.line of type string",
		`{"line":"a"`:             "bad: unexpected EOF",
		`{"line":"a","line":}`:    "bad: invalid character '}' looking for beginning of value",
	} {
		_, err := envelope.Object[line]([]byte(data), errBad)
		require.ErrorIs(t, err, errBad, data)
		require.EqualError(t, err, want, data)
	}
	_, err = envelope.Object[line]([]byte(`{"line":1}`), errBad)
	_, typed := errors.AsType[*json.UnmarshalTypeError](err)
	require.True(t, typed, "the cause is wrapped")
	require.ErrorIs(t, envelope.Decode([]byte(" "), new(line)), io.EOF)
}

func TestFaultIn(t *testing.T) {
	for want, f := range map[string]envelope.Fault{
		"book: bad":                         {Err: errBad},
		"book: entry 3: bad":                {Seq: 3, Err: errBad},
		"book: pay: amount: bad: \"-5.00\"": {What: "pay", Field: "amount", Text: "-5.00", Err: errBad},
		"book: entry 7: fund: shares 2: bad: \"\\xff\\n\"": {Seq: 7, What: "fund", Field: "shares", Index: 2, Text: "\xff\n", Err: errBad},
		"book: bad: \"" + strings.Repeat("x", 64) + "…\"":  {Text: strings.Repeat("x", 65), Err: errBad},
		"book: bad: \"" + strings.Repeat("y", 64) + "\"":   {Text: strings.Repeat("y", 64), Err: errBad},
	} {
		require.Equal(t, want, f.In("book"))
	}
}

func TestInstant(t *testing.T) {
	at, ok := envelope.Instant("2026-03-02T09:00:00.000Z")
	require.True(t, ok)
	require.Equal(t, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), at)
	for _, text := range []string{
		"", "2026-03-02T09:00:00Z", "2026-03-02T09:00:00,000Z", "2026-03-02T09:00:00.0000Z", "2026-03-02T9:00:00.000Z", "2026-02-30T09:00:00.000Z",
		"0000-03-02T09:00:00.000Z", "2026-03-02T09:00:00.000+00:00", " 2026-03-02T09:00:00.000Z",
	} {
		_, ok := envelope.Instant(text)
		require.False(t, ok, text)
	}
}

func TestRefusals(t *testing.T) {
	list := envelope.Refusals{{"gone", 1}, {"late", 2}, {"never", 0}}
	codes := list.Codes()
	require.Equal(t, []string{"gone", "late", "never"}, codes)
	codes[0] = "changed"
	require.Equal(t, "gone", list.Codes()[0])
	for i, code := range list.Codes() {
		require.Equal(t, i, list.Order(code))
	}
	require.Equal(t, -1, list.Order("Gone"))

	require.True(t, list.Possible("gone", []string{"four"}, 4))
	require.True(t, list.Possible("late", []string{"", "四"}, 4))
	require.True(t, list.Possible("never", nil, 4))
	require.False(t, list.Possible("gone", []string{"fives"}, 4), "too long")
	require.False(t, list.Possible("gone", []string{"\xff"}, 4), "not UTF-8")
	require.False(t, list.Possible("gone", nil, 4), "too few")
	require.False(t, list.Possible("gone", []string{"a", "b"}, 4), "too many")
	require.False(t, list.Possible("", nil, 4), "not on the list")
	require.False(t, envelope.Refusals(nil).Possible("gone", []string{"a"}, 4))
}
