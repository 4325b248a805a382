package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"time"
)

// Machine is a deterministic state machine whose state is the fold of its
// entries. C is its command, E its entry. A Host calls it from one goroutine at
// a time, but View may read it from several at once.
//
// A machine of another shape is driven through a small adapter, which may also
// bundle several machines: an entry then wraps the entry of one of them, and one
// command is still one record.
type Machine[C, E any] interface {
	// Decide answers what c would change at the instant at and changes nothing. A
	// keyed command that was applied before answers Replayed without entries. An
	// error means that the command is refused without a trace.
	Decide(at time.Time, c C) (Outcome[E], error)
	// Tick answers the entries that are due at the instant at and changes nothing.
	Tick(at time.Time) (Outcome[E], error)
	// Apply folds one entry. It must not fail on what Decide or Tick just answered.
	Apply(e E) error
	// NextDue is the first instant at which Tick has entries.
	NextDue() (time.Time, bool)
	// Seq is the number of the last entry.
	Seq() uint64
	// Last is the latest instant of an entry, the zero Time before the first.
	Last() time.Time
}

// Snapshotter is a Machine that can write its state down and read it back. The
// state after Restore must equal the state that the entries give.
type Snapshotter interface {
	// Snapshot writes the state down and changes nothing.
	Snapshot() ([]byte, error)
	// Restore puts the state into a new machine. Data of an unknown format is an
	// error: the Host then replays the whole stream into another new machine.
	Restore(data []byte) error
}

// Outcome is what a command did.
type Outcome[E any] struct {
	Seq      uint64 // number of the first entry, as the machine counts
	Entries  []E
	Replayed bool // the key was used by the same command before; this is what it did then
	Refusal  any  // why the machine refused, in its own type; nil when it did not

	Record   Seq     // set by Host: the record that holds the entries; 0 when nothing was written
	Recorded Instant // set by Host: the instant of that record
}

// Label is what the record of a command says besides its entries.
type Label struct {
	Key, Sum Sum // digests of key and body; both zero when the command is unkeyed
	Kind     Kind
	Private  *Private // personal data that must stay out of the entries; nil for none
}

// Codec tells a Host how the commands and entries of a machine are written.
//
// The body of a record is {"format":N,"entries":[…]}.
type Codec[C, E any] struct {
	// Format is the number of the entry format that Encode writes, from 1.
	Format int
	// Label labels a command; nil leaves every record unkeyed and without a kind.
	// An error refuses the command. It runs in the caller's goroutine.
	Label func(c C) (Label, error)
	// Encode writes an entry as JSON; nil is encoding/json.
	Encode func(e E) ([]byte, error)
	// Decode reads an entry of this or an older format; it must not keep data. Nil
	// is encoding/json for Format and ErrFormat for any other.
	Decode func(format int, data []byte) (E, error)
}

// envelope is the body of a record as encoding/json sees it.
type envelope struct {
	Format  int               `json:"format"`
	Entries []json.RawMessage `json:"entries"`
}

const envelopeHead, envelopeMid, envelopeTail = `{"format":`, `,"entries":[`, `]}`

// encode writes a body. ErrTooLarge when it is over BodyMax.
func (c *Codec[C, E]) encode(entries []E) ([]byte, error) {
	buf := append(strconv.AppendInt([]byte(envelopeHead), int64(c.Format), 10), envelopeMid...)
	for i, e := range entries {
		var data []byte
		var err error
		if c.Encode == nil {
			data, err = json.Marshal(e)
		} else if data, err = c.Encode(e); err == nil && !json.Valid(data) {
			err = errors.New("entry is not JSON")
		}
		if err != nil {
			return nil, err
		}
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = append(buf, data...)
		if len(buf) > BodyMax-len(envelopeTail) {
			return nil, fault(ErrTooLarge, "", 0, "entries of one command")
		}
	}
	return append(buf, envelopeTail...), nil
}

// decode reads a body. It first tries to cut the form that encode writes, which
// costs one scan, and leaves any other spelling to encoding/json.
func (c *Codec[C, E]) decode(body []byte) ([]E, error) {
	format, raw, ok := cut(body)
	if !ok {
		var env envelope
		if err := json.Unmarshal(body, &env); err != nil {
			return nil, &Fault{Err: ErrFormat, Cause: err}
		}
		format, raw = env.Format, raw[:0]
		for _, e := range env.Entries {
			raw = append(raw, e)
		}
	}
	entries := make([]E, len(raw))
	for i, data := range raw {
		var err error
		switch {
		case c.Decode != nil:
			entries[i], err = c.Decode(format, data)
		case format == c.Format:
			err = json.Unmarshal(data, &entries[i])
		default:
			err = errors.New("format " + strconv.Itoa(format))
		}
		if err != nil {
			return nil, &Fault{Err: ErrFormat, Cause: err}
		}
	}
	return entries, nil
}

// cut splits a body into its format and its entries. What it cuts is JSON if the
// body is; it is not sure that the body is.
func cut(body []byte) (format int, entries [][]byte, ok bool) {
	rest, ok := bytes.CutPrefix(body, []byte(envelopeHead))
	number, rest, found := bytes.Cut(rest, []byte(envelopeMid))
	format, err := strconv.Atoi(string(number))
	rest, closed := bytes.CutSuffix(rest, []byte(envelopeTail))
	if !ok || !found || err != nil || !closed || len(number) > 9 || format < 1 || number[0] < '1' {
		return 0, nil, false
	}
	if len(rest) == 0 {
		return format, nil, true
	}
	depth, quoted, start := 0, false, 0
	for i := 0; i < len(rest); i++ {
		switch b := rest[i]; {
		case quoted:
			if b == '\\' {
				i++
			} else if b == '"' {
				quoted = false
			}
		case b == '"':
			quoted = true
		case b == '{' || b == '[':
			depth++
		case b == '}' || b == ']':
			if depth--; depth < 0 {
				return 0, nil, false
			}
		case b == ',' && depth == 0:
			entries = append(entries, rest[start:i])
			start = i + 1
		}
	}
	return format, append(entries, rest[start:]), !quoted && depth == 0
}
