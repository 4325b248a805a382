package journal

import (
	"context"
	"iter"
	"math"
	"unicode"
	"unicode/utf8"
)

// AnyHead as Batch.Expect appends wherever the stream ends.
const AnyHead Seq = math.MaxUint64

// Batch is what one Append writes, all of it or nothing.
type Batch struct {
	Stream  string   // 1 to StreamMax bytes of UTF-8 without control characters
	Expect  Seq      // the head before; 0 for an empty stream, or AnyHead
	Records []Record // 1 to BatchMax
}

// Receipt says where a batch stands.
type Receipt struct {
	First, Last Seq
	Head        Head // after the batch
}

// Snapshot is a machine's state at a head. It is a cache: losing every snapshot
// changes no answer.
type Snapshot struct {
	Stream string
	Head   Head
	Data   []byte // at most SnapshotMax bytes
}

// Store keeps streams of records. A Store is safe for concurrent use, keeps no
// memory of its callers and gives none of its own away. A stream exists from its
// first record on; one that does not exist reads as empty.
//
// After Close every method but Close answers ErrClosed. A context that is done
// when a method is called makes it answer an error that wraps the context's.
type Store interface {
	// Append seals the records (see Seal) and writes the batch as a whole. A nil
	// error means durable and visible to every later call. Errors, in this order:
	// ErrClosed; the context's; ErrInvalid, ErrTooLarge (see Batch.Check);
	// ErrConflict with the head; ErrTimeBack; ErrKeyReused when a key is in the
	// stream already or twice in the batch, whatever its body; ErrFull. All of
	// these wrote nothing.
	//
	// ErrUncertain, like every error that is not listed, means that the batch may
	// have been written. The store then settles the matter before its next answer
	// about the stream: what that answer does not show will never appear.
	// ErrPoisoned: a flush failed; every later call answers ErrPoisoned as well.
	Append(ctx context.Context, b Batch) (Receipt, error)

	// Read yields the durable records from number from on, ascending without a
	// gap; 0 is 1. It ends at a head that is not older than the call. A from
	// beyond the head yields nothing. An error is yielded once, with a zero Record,
	// and ends the sequence: ErrCorrupt with the first record that is damaged or
	// missing, never a shorter history. The sequence may be ranged over twice.
	Read(ctx context.Context, stream string, from Seq) iter.Seq2[Record, error]

	// Find answers the record that has the key, else ErrNotFound.
	Find(ctx context.Context, stream string, key Sum) (Record, error)

	// Head answers the end of the stream; the zero Head when it is empty.
	Head(ctx context.Context, stream string) (Head, error)

	// SaveSnapshot keeps a snapshot, instead of the one at the same number if
	// there is one. A store may drop older snapshots. ErrInvalid when the number
	// is 0 or beyond the head, ErrTooLarge.
	SaveSnapshot(ctx context.Context, s Snapshot) error

	// LoadSnapshot answers the newest snapshot whose number is not above atMost,
	// else ErrNotFound.
	LoadSnapshot(ctx context.Context, stream string, atMost Seq) (Snapshot, error)

	// Erase deletes the Private of a record for good, and nothing else. A record
	// without one is left as it is. ErrNotFound when there is no such record.
	Erase(ctx context.Context, stream string, seq Seq) error

	// Close releases the store. A second Close does nothing.
	Close() error
}

// TxStore is a Store that can also append inside a transaction T of the host's
// own database. The batch is durable when that transaction commits, and never
// when it does not. Until then no other call shows it.
type TxStore[T any] interface {
	Store
	AppendTx(ctx context.Context, tx T, b Batch) (Receipt, error)
}

// Check reports what no store may accept, record by record: ErrInvalid for a bad
// stream name, kind, digest pair, salt length or instant and for an empty batch,
// ErrTooLarge for what is over a limit.
func (b Batch) Check() error {
	if err := CheckStream(b.Stream); err != nil {
		return err
	}
	switch {
	case len(b.Records) == 0:
		return fault(ErrInvalid, b.Stream, 0, "batch is empty")
	case len(b.Records) > BatchMax:
		return fault(ErrTooLarge, b.Stream, 0, "too many records")
	}
	size := 0
	for i := range b.Records {
		r := &b.Records[i]
		if text := r.malformed(); text != "" {
			return fault(ErrInvalid, b.Stream, r.Seq, text)
		}
		size += r.size()
		if size > BatchBytesMax || len(r.Body) > BodyMax || r.Private != nil && len(r.Private.Data) > PrivateMax {
			return fault(ErrTooLarge, b.Stream, r.Seq, "too many bytes")
		}
	}
	return nil
}

// CheckStream answers ErrInvalid unless name is 1 to StreamMax bytes of UTF-8
// without control characters.
func CheckStream(name string) error {
	bad := name == "" || len(name) > StreamMax || !utf8.ValidString(name)
	for _, r := range name {
		bad = bad || unicode.IsControl(r)
	}
	if bad {
		return fault(ErrInvalid, name, 0, "stream name")
	}
	return nil
}

// size is what a record counts against BatchBytesMax.
func (r *Record) size() int {
	if r.Private == nil {
		return len(r.Body)
	}
	return len(r.Body) + len(r.Private.Salt) + len(r.Private.Data)
}

// malformed is what is wrong with a record, or "".
func (r *Record) malformed() string {
	switch {
	case r.Alg != 0 && r.Alg != SHA256:
		return "unknown digest"
	case (r.Key == Sum{}) != (r.Sum == Sum{}):
		return "key and sum go together"
	case r.Recorded < instantMin || r.Recorded > instantMax:
		return "recorded instant is out of range"
	case r.Effective < instantMin || r.Effective > instantMax:
		return "effective instant is out of range"
	case !r.Kind.valid():
		return "kind"
	case r.Private != nil && (len(r.Private.Salt) < SaltMin || len(r.Private.Salt) > SaltMax):
		return "salt has a bad length"
	}
	return ""
}

func (k Kind) valid() bool {
	for i := range len(k) {
		if k[i] < ' ' || k[i] > '~' {
			return false
		}
	}
	return len(k) <= KindMax
}
