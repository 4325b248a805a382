package journal

import (
	"context"
	"iter"

	"github.com/gridgov/gridgov/internal/keyed"
)

// Verify walks a stream from its first record, checks the number, digest, chain
// and recorded instant of each, and answers the head. It is O(bytes).
//
// Errors: the store's; ErrCorrupt with the first record that does not fit, also
// when the walk ends before the head that the store answered at the beginning.
func Verify(ctx context.Context, s Store, stream string) (Head, error) {
	return VerifyAnchored(ctx, s, stream, nil)
}

// VerifyAnchored does what Verify does and finds each anchor in the stream. An
// anchor is a Head that was kept outside the store; without one a cleanly lost
// end of a stream cannot be seen. Only Seq and Chain of an anchor count.
func VerifyAnchored(ctx context.Context, s Store, stream string, anchors []Head) (Head, error) {
	end, err := s.Head(ctx, stream)
	if err != nil {
		return Head{}, err
	}
	want := map[Seq]Sum{}
	for _, a := range append([]Head{end}, anchors...) {
		if chain, ok := want[a.Seq]; ok && chain != a.Chain {
			return Head{}, fault(ErrCorrupt, stream, a.Seq, "two anchors differ")
		}
		want[a.Seq] = a.Chain
	}
	if chain, ok := want[0]; ok && chain != (Sum{}) {
		return Head{}, fault(ErrCorrupt, stream, 0, "anchor of an empty stream has a chain")
	}
	delete(want, 0)
	var head Head
	for r, err := range walk(ctx, s, stream, Head{}) {
		if err != nil {
			return head, err
		}
		if chain, ok := want[r.Seq]; ok && chain != r.Chain {
			return head, fault(ErrCorrupt, stream, r.Seq, "not the chain of the anchor")
		}
		delete(want, r.Seq)
		head = r.Head()
	}
	for range want {
		return head, fault(ErrCorrupt, stream, head.Seq+1, "stream ends before its anchor")
	}
	return head, nil
}

// walk yields the verified records after head, which must be the head of a part
// of the stream that is already verified.
func walk(ctx context.Context, s Store, stream string, head Head) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		last := head
		var buf []byte
		for r, err := range s.Read(ctx, stream, last.Seq+1) {
			if err != nil {
				yield(Record{}, err)
				return
			}
			var text string
			if text, buf = follows(stream, last, &r, buf); text != "" {
				yield(Record{}, fault(ErrCorrupt, stream, last.Seq+1, text))
				return
			}
			last = r.Head()
			if !yield(r, nil) {
				return
			}
		}
	}
}

// follows is why r cannot come right after head, or "". It uses buf as scratch.
func follows(stream string, head Head, r *Record, buf []byte) (string, []byte) {
	switch {
	case r.Seq != head.Seq+1:
		return "number does not follow", buf
	case r.Alg != SHA256:
		return "unknown digest", buf
	case head.Seq > 0 && r.Recorded < head.Recorded:
		return "recorded before the record ahead of it", buf
	case r.Private != nil && r.Private.Sum() != r.PrivateSum:
		return "private data has another digest", buf
	}
	buf = appendLink(buf[:0], stream, head.Chain, r)
	if keyed.Of(buf) != r.Chain {
		return "chain is broken", buf
	}
	return "", buf
}

// at answers the record of one number, ErrCorrupt when it is not there.
func at(ctx context.Context, s Store, stream string, seq Seq) (Record, error) {
	for r, err := range s.Read(ctx, stream, seq) {
		switch {
		case err != nil:
			return Record{}, err
		case r.Seq != seq:
			return Record{}, fault(ErrCorrupt, stream, seq, "number does not follow")
		}
		return r, nil
	}
	return Record{}, fault(ErrCorrupt, stream, seq, "stream ends before it")
}
