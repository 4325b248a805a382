package journal

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gridgov/gridgov/internal/keyed"
)

// What a store answers. Except for ErrUncertain and ErrPoisoned, an Append that
// fails with one of these wrote nothing.
var (
	ErrClosed    = errors.New("store or host is closed")
	ErrInvalid   = errors.New("malformed")
	ErrTooLarge  = errors.New("over the limit")
	ErrConflict  = errors.New("head is not the expected one") // Fault.Seq is the head
	ErrTimeBack  = errors.New("recorded before the record ahead of it")
	ErrKeyReused = keyed.ErrReused // Fault.Seq is the record that has the key
	ErrFull      = errors.New("no space left; nothing was written")
	ErrUncertain = errors.New("not known whether it was written")
	ErrPoisoned  = errors.New("a flush failed: close, open again and verify")
	ErrCorrupt   = errors.New("stream is damaged") // Fault.Seq is the first bad record
	ErrNotFound  = errors.New("no such record")
)

// What a Host answers besides.
var (
	ErrNotMillis = errors.New("instant is not a whole millisecond")
	ErrBusy      = errors.New("queue is full")
	ErrNotDone   = errors.New("command was not done")
	ErrFormat    = errors.New("body is not of a known format")
	ErrBroken    = errors.New("machine cannot take what it decided")
)

// Fault says where a fault of this package is. Is and As see Err, one of the
// sentinels above, and Cause.
type Fault struct {
	Err    error
	Stream string
	Seq    Seq    // see the sentinel; 0 when no record is meant
	Text   string // more for people; may be empty
	Cause  error  // may be nil
}

// Error reads like `journal: stream "majiang": record 7: stream is damaged`.
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString("journal")
	if f.Stream != "" {
		b.WriteString(": stream " + strconv.QuoteToASCII(clip(f.Stream)))
	}
	if f.Seq > 0 {
		fmt.Fprintf(&b, ": record %d", f.Seq)
	}
	b.WriteString(": " + f.Err.Error())
	if f.Text != "" {
		b.WriteString(": " + f.Text)
	}
	if f.Cause != nil {
		b.WriteString(": " + f.Cause.Error())
	}
	return b.String()
}

// Unwrap is Err and, if there is one, Cause.
func (f *Fault) Unwrap() []error {
	if f.Cause == nil {
		return []error{f.Err}
	}
	return []error{f.Err, f.Cause}
}

// clip bounds a text that came from outside.
func clip(s string) string { return s[:min(len(s), StreamMax)] }

func fault(err error, stream string, seq Seq, text string) error {
	return &Fault{Err: err, Stream: stream, Seq: seq, Text: text}
}

// unwritten reports whether an Append that failed with err surely wrote nothing.
func unwritten(err error) bool {
	if errors.Is(err, ErrUncertain) || errors.Is(err, ErrPoisoned) {
		return false
	}
	for _, sure := range []error{ErrClosed, ErrInvalid, ErrTooLarge, ErrConflict, ErrTimeBack, ErrKeyReused, ErrFull} {
		if errors.Is(err, sure) {
			return true
		}
	}
	return false
}
