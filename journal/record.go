package journal

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"time"

	"github.com/gridgov/gridgov/internal/keyed"
)

// Limits. They bound what one call may hold in memory, and every store can keep
// them: the body limit is far below what SQLite and PostgreSQL take in a row.
const (
	StreamMax     = 128      // bytes of a stream's name
	KindMax       = 64       // bytes of a record's kind
	BodyMax       = 16 << 20 // bytes of a record's body
	SaltMin       = 16       // bytes of salt, so that a digest cannot be guessed back
	SaltMax       = 64       // bytes of salt
	PrivateMax    = 1 << 20  // bytes of private data
	BatchMax      = 4096     // records of a batch
	BatchBytesMax = 32 << 20 // bytes of bodies and private data of a batch
	SnapshotMax   = 1 << 30  // bytes of a snapshot
)

// Sum is a SHA-256 digest.
type Sum = keyed.Sum

// Seq is the number of a record in its stream: 1 for the first, then without a
// gap. Zero stands before the first.
type Seq uint64

// Kind says what a record is about, for people who read the store directly, such
// as "finance/pay". It is at most KindMax bytes of printable ASCII and may be empty.
type Kind string

// Alg names the digest of a record's chain.
type Alg uint16

// SHA256 is the only digest so far; SM3 would be 2.
const SHA256 Alg = 1

// Instant is a number of milliseconds since 1970-01-01T00:00:00Z.
type Instant int64

// The instants that JSON and people can write: the years 1 to 9999.
const (
	instantMin Instant = -62135596800000
	instantMax Instant = 253402300799999
)

// InstantOf is at as an Instant. It answers ErrNotMillis when at is not a whole
// millisecond and ErrInvalid when it lies outside the years 1 to 9999.
func InstantOf(at time.Time) (Instant, error) {
	if at.Nanosecond()%int(time.Millisecond) != 0 {
		return 0, ErrNotMillis
	}
	if sec := at.Unix(); sec < int64(instantMin)/1000 || sec > int64(instantMax)/1000 {
		return 0, fault(ErrInvalid, "", 0, "instant is outside the years 1 to 9999")
	}
	return Instant(at.UnixMilli()), nil
}

// Time is the instant in UTC.
func (i Instant) Time() time.Time { return time.UnixMilli(int64(i)).UTC() }

// Private is personal data of a record. The salt keeps anybody who holds only
// the digest from guessing the data; it must be random and is erased with it.
type Private struct {
	Salt []byte // SaltMin to SaltMax bytes
	Data []byte // at most PrivateMax bytes
}

// Sum is the digest of length-prefixed salt and data.
func (p Private) Sum() Sum {
	buf := appendBytes(make([]byte, 0, 4+len(p.Salt)+len(p.Data)), p.Salt)
	return keyed.Of(append(buf, p.Data...))
}

// Record is one command as it stands in a stream.
type Record struct {
	Seq       Seq     // set by Seal
	Alg       Alg     // set by Seal when zero
	Key       Sum     // digest of the caller's key; zero when unkeyed
	Sum       Sum     // digest of the command's body; zero exactly when Key is
	Kind      Kind    //
	Recorded  Instant // never before the record ahead of it
	Effective Instant // as the caller gave it
	Body      []byte  // never read by a store

	Private    *Private // nil when there was none or it is erased
	PrivateSum Sum      // set by Seal from Private; zero when there was none
	Chain      Sum      // set by Seal
}

// Head is the end of a stream. The zero Head is the end of an empty stream.
type Head struct {
	Seq      Seq
	Chain    Sum
	Recorded Instant // of the record Seq; zero in an empty stream
}

// Head is the head of a stream that ends with r.
func (r Record) Head() Head { return Head{Seq: r.Seq, Chain: r.Chain, Recorded: r.Recorded} }

// Clone is a copy that shares no memory with r.
func (r Record) Clone() Record {
	r.Body = bytes.Clone(r.Body)
	if r.Private != nil {
		r.Private = &Private{Salt: bytes.Clone(r.Private.Salt), Data: bytes.Clone(r.Private.Data)}
	}
	return r
}

// tag separates chains from every other digest.
const tag = "gridgov/journal/1"

// appendLink appends what the chain of r is the digest of. Integers are
// big-endian and of fixed width, byte strings are preceded by their length as a
// 32-bit integer, so no two records have the same link:
//
//	tag, alg 16, stream, previous chain, seq 64, recorded 64, effective 64,
//	key, sum, private sum, kind, body
func appendLink(dst []byte, stream string, previous Sum, r *Record) []byte {
	dst = append(dst, tag...)
	dst = binary.BigEndian.AppendUint16(dst, uint16(r.Alg))
	dst = appendBytes(dst, stream)
	dst = append(dst, previous[:]...)
	dst = binary.BigEndian.AppendUint64(dst, uint64(r.Seq))
	dst = binary.BigEndian.AppendUint64(dst, uint64(r.Recorded))
	dst = binary.BigEndian.AppendUint64(dst, uint64(r.Effective))
	dst = append(dst, r.Key[:]...)
	dst = append(dst, r.Sum[:]...)
	dst = append(dst, r.PrivateSum[:]...)
	dst = appendBytes(dst, r.Kind)
	return appendBytes(dst, r.Body)
}

// appendBytes appends a 32-bit length and the bytes.
func appendBytes[T ~string | ~[]byte](dst []byte, data T) []byte {
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(data)))
	return append(dst, data...)
}

// Seal gives the records of a batch their numbers, private digests and chains,
// as they follow head in stream. Every store calls it, so all stores write the
// same chain. The answer shares the bodies with records; it is O(bytes).
//
// A record that is sealed already must fit: another number or chain is
// ErrConflict, another private digest ErrInvalid. A record recorded before the
// one ahead of it is ErrTimeBack.
func Seal(stream string, head Head, records []Record) ([]Record, Head, error) {
	sealed := make([]Record, len(records))
	var buf []byte
	for i := range records {
		r := records[i]
		given := r.Head()
		r.Seq, r.Alg = head.Seq+1, cmp.Or(r.Alg, SHA256)
		switch {
		case r.Alg != SHA256:
			return nil, head, fault(ErrInvalid, stream, r.Seq, "unknown digest")
		case head.Seq > 0 && r.Recorded < head.Recorded:
			return nil, head, fault(ErrTimeBack, stream, r.Seq, "")
		}
		if r.Private != nil {
			sum := r.Private.Sum()
			if r.PrivateSum != (Sum{}) && r.PrivateSum != sum {
				return nil, head, fault(ErrInvalid, stream, r.Seq, "private data has another digest")
			}
			r.PrivateSum = sum
		}
		buf = appendLink(buf[:0], stream, head.Chain, &r)
		r.Chain = keyed.Of(buf)
		if given.Seq != 0 && given.Seq != r.Seq || given.Chain != (Sum{}) && given.Chain != r.Chain {
			return nil, head, fault(ErrConflict, stream, head.Seq, "record was sealed on another head")
		}
		sealed[i], head = r, r.Head()
	}
	return sealed, head, nil
}
