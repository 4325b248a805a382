package journal

import (
	"bytes"
	"encoding/binary"
)

// fixedBytes is the length of the fields of fixed width of an encoded record:
// version, alg, seq, recorded, effective and four digests.
const fixedBytes = 1 + 2 + 3*8 + 4*32

// encodingVersion is the first byte of an encoded record.
const encodingVersion = 1

// AppendBinary appends the record in its one canonical form, for stores that
// keep it as bytes: version 1, then alg 16, seq, recorded, effective (64 bits
// each), key, sum, private sum, chain, then kind and body, then 0 or, for a
// record with private data, 1, salt and data. Integers are big-endian, byte
// strings are preceded by a 32-bit length. It never fails on a record within
// the limits; over them it answers ErrTooLarge.
func (r Record) AppendBinary(dst []byte) ([]byte, error) {
	if len(r.Kind) > KindMax || len(r.Body) > BodyMax || r.Private != nil && (len(r.Private.Salt) > SaltMax || len(r.Private.Data) > PrivateMax) {
		return dst, fault(ErrTooLarge, "", r.Seq, "record")
	}
	dst = append(dst, encodingVersion)
	dst = binary.BigEndian.AppendUint16(dst, uint16(r.Alg))
	dst = binary.BigEndian.AppendUint64(dst, uint64(r.Seq))
	dst = binary.BigEndian.AppendUint64(dst, uint64(r.Recorded))
	dst = binary.BigEndian.AppendUint64(dst, uint64(r.Effective))
	for _, sum := range []*Sum{&r.Key, &r.Sum, &r.PrivateSum, &r.Chain} {
		dst = append(dst, sum[:]...)
	}
	dst = appendBytes(dst, r.Kind)
	dst = appendBytes(dst, r.Body)
	if r.Private == nil {
		return append(dst, 0), nil
	}
	dst = append(dst, 1)
	dst = appendBytes(dst, r.Private.Salt)
	return appendBytes(dst, r.Private.Data), nil
}

// MarshalBinary is AppendBinary on an empty slice.
func (r Record) MarshalBinary() ([]byte, error) {
	return r.AppendBinary(make([]byte, 0, fixedBytes+len(r.Kind)+r.size()))
}

// UnmarshalBinary reads exactly what AppendBinary wrote and copies it. Anything
// else, bytes behind the end included, is ErrFormat and leaves r as it was. It
// does not check the chain: see Verify.
func (r *Record) UnmarshalBinary(data []byte) error {
	in := reader{rest: data}
	if in.take(1, 1)[0] != encodingVersion {
		return fault(ErrFormat, "", 0, "unknown record version")
	}
	var got Record
	got.Alg = Alg(binary.BigEndian.Uint16(in.take(2, 2)))
	got.Seq = Seq(binary.BigEndian.Uint64(in.take(8, 8)))
	got.Recorded = Instant(binary.BigEndian.Uint64(in.take(8, 8)))
	got.Effective = Instant(binary.BigEndian.Uint64(in.take(8, 8)))
	for _, sum := range []*Sum{&got.Key, &got.Sum, &got.PrivateSum, &got.Chain} {
		copy(sum[:], in.take(len(sum), len(sum)))
	}
	got.Kind = Kind(in.bytes(KindMax))
	got.Body = in.bytes(BodyMax)
	switch in.take(1, 1)[0] {
	case 0:
	case 1:
		got.Private = &Private{Salt: in.bytes(SaltMax), Data: in.bytes(PrivateMax)}
	default:
		in.bad = true
	}
	if in.bad || len(in.rest) > 0 {
		return fault(ErrFormat, "", 0, "not a record")
	}
	*r = got
	return nil
}

// reader cuts bytes off the front. Once it ran short it is bad for good and
// hands out zeros.
type reader struct {
	rest []byte
	bad  bool
}

// take cuts n bytes when they are there and n is at most max.
func (in *reader) take(n, max int) []byte {
	if in.bad || n > max || n > len(in.rest) {
		in.bad = true
		return make([]byte, min(n, 32))
	}
	out := in.rest[:n]
	in.rest = in.rest[n:]
	return out
}

// bytes cuts a length-prefixed byte string and copies it; empty is nil.
func (in *reader) bytes(max int) []byte {
	n := binary.BigEndian.Uint32(in.take(4, 4))
	if n == 0 || uint64(n) > uint64(max) {
		in.bad = in.bad || n > 0
		return nil
	}
	return bytes.Clone(in.take(int(n), max))
}
