// Package envelope is what machines have alike around their facts: how an entry is
// read and dated, where a fault of one is said to be, which refusals there are, and
// how a state is hashed. What an entry may say is each machine's own.
package envelope

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/gridgov/gridgov/internal/jsonname"
)

// Stamp is the layout of an instant in an entry.
const Stamp = "2006-01-02T15:04:05.000Z"

// The seconds of the years 1 to 9999, which JSON and people can write.
const (
	firstSecond = -62_135_596_800
	lastSecond  = 253_402_300_799
)

// LastMilli is the last instant there is.
const LastMilli = lastSecond*1000 + 999

// Millis is at as Unix milliseconds, or which of the caller's two errors keeps it from
// being an instant: that it is no whole millisecond goes before that it is outside the
// years 1 to 9999.
func Millis(at time.Time, notMillis, outside error) (int64, error) {
	switch s := at.Unix(); {
	case at.Nanosecond()%int(time.Millisecond) != 0:
		return 0, notMillis
	case s < firstSecond || s > lastSecond:
		return 0, outside
	}
	return at.UnixMilli(), nil
}

// Instant reads a whole millisecond of the years 1 to 9999 as Stamp writes it, and says
// whether it is one.
func Instant(text string) (time.Time, bool) {
	at, err := time.Parse(Stamp, text)
	return at, err == nil && at.Unix() >= firstSecond && at.Format(Stamp) == text
}

// Decode reads one JSON value into v, with known fields only, each once and as it is
// written, and nothing after it.
func Decode(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something follows the value")
	}
	var fault error
	jsonname.Walk(data, false, func(name []byte, again bool) bool {
		switch {
		case again:
			fault = fmt.Errorf("member %q comes twice", name)
		case bytes.ContainsFunc(name, func(r rune) bool { return r >= 0x80 || 'A' <= r && r <= 'Z' }):
			fault = fmt.Errorf("member %q is in other letter case", name)
		}
		return fault == nil
	})
	return fault
}

// Object is Decode of one JSON object; what is wrong with it is wrapped in bad.
func Object[T any](data []byte, bad error) (T, error) {
	var v T
	if trimmed := bytes.TrimLeft(data, " \t\r\n"); len(trimmed) == 0 || trimmed[0] != '{' {
		return v, fmt.Errorf("%w: not an object", bad)
	}
	if err := Decode(data, &v); err != nil {
		return v, fmt.Errorf("%w: %w", bad, err)
	}
	return v, nil
}
