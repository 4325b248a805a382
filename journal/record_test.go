package journal_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/journal"
)

// naiveChain is the chain as the documentation of the link says it, written out.
func naiveChain(stream string, previous journal.Sum, r journal.Record) journal.Sum {
	h := sha256.New()
	num := func(v any) { _ = binary.Write(h, binary.BigEndian, v) }
	text := func(s string) { num(uint32(len(s))); h.Write([]byte(s)) }
	h.Write([]byte("gridgov/journal/1"))
	num(uint16(1))
	text(stream)
	h.Write(previous[:])
	num(uint64(r.Seq))
	num(int64(r.Recorded))
	num(int64(r.Effective))
	h.Write(r.Key[:])
	h.Write(r.Sum[:])
	if r.Private == nil {
		h.Write(r.PrivateSum[:])
	} else {
		p := sha256.New()
		_ = binary.Write(p, binary.BigEndian, uint32(len(r.Private.Salt)))
		p.Write(r.Private.Salt)
		p.Write(r.Private.Data)
		h.Write(p.Sum(nil))
	}
	text(string(r.Kind))
	text(string(r.Body))
	return journal.Sum(h.Sum(nil))
}

func drawSum(t *rapid.T, label string) (s journal.Sum) {
	copy(s[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, label))
	return s
}

func drawRecord(t *rapid.T) journal.Record {
	r := journal.Record{
		Kind:      journal.Kind(rapid.StringMatching(`[ -~]{0,64}`).Draw(t, "kind")),
		Recorded:  journal.Instant(rapid.Int64Range(0, 1<<40).Draw(t, "recorded")),
		Effective: journal.Instant(rapid.Int64Range(-1<<40, 1<<40).Draw(t, "effective")),
		Body:      rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "body"),
	}
	if rapid.Bool().Draw(t, "keyed") {
		r.Key, r.Sum = drawSum(t, "key"), drawSum(t, "sum")
	}
	if rapid.Bool().Draw(t, "private") {
		r.Private = &journal.Private{
			Salt: rapid.SliceOfN(rapid.Byte(), journal.SaltMin, journal.SaltMax).Draw(t, "salt"),
			Data: rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "data"),
		}
	}
	return r
}

func TestSealAgreesWithNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stream := rapid.StringMatching(`[a-z/麻]{1,30}`).Draw(t, "stream")
		head := journal.Head{Seq: journal.Seq(rapid.Uint64Range(0, 1<<60).Draw(t, "seq")), Chain: drawSum(t, "chain")}
		given := []journal.Record{drawRecord(t), drawRecord(t)}
		given[1].Recorded += given[0].Recorded
		sealed, end, err := journal.Seal(stream, head, given)
		require.NoError(t, err)
		previous := head.Chain
		for i, r := range sealed {
			require.Equal(t, head.Seq+journal.Seq(i)+1, r.Seq)
			require.Equal(t, journal.SHA256, r.Alg)
			require.Equal(t, naiveChain(stream, previous, r), r.Chain)
			erased := r
			erased.Private = nil
			require.Equal(t, r.Chain, naiveChain(stream, previous, erased), "the chain covers only the digest")
			previous = r.Chain
		}
		require.Equal(t, sealed[1].Head(), end)
		again, _, err := journal.Seal(stream, head, sealed)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(sealed, again))
	})
}

// The chain of this release, so that no later one changes it unseen.
func TestSealGolden(t *testing.T) {
	r := journal.Record{
		Key: journal.Sum{1}, Sum: journal.Sum{2}, Kind: "finance/pay", Recorded: 1767225600000, Effective: 1767225599000,
		Body:    []byte(`{"format":1,"entries":[]}`),
		Private: &journal.Private{Salt: []byte("0123456789abcdef"), Data: []byte("Chen")},
	}
	_, head, err := journal.Seal("majiang", journal.Head{}, []journal.Record{r, r})
	require.NoError(t, err)
	require.Equal(t, goldenChain, head.Chain.String())
}

const goldenChain = "b736750b8e16781bc148ebbbf353e699725092fb9cbd0bb7215e5568bbde6aa5"

// Any changed field, and any changed byte of one, changes the chain.
func TestChainCoversEveryField(t *testing.T) {
	base := journal.Record{Kind: "k", Body: []byte("body"), Recorded: 1, Effective: 1, Private: &journal.Private{Salt: make([]byte, 16)}}
	base.Key[0], base.Sum[0] = 1, 1
	seal := func(stream string, head journal.Head, r journal.Record) journal.Sum {
		_, end, err := journal.Seal(stream, head, []journal.Record{r})
		require.NoError(t, err)
		return end.Chain
	}
	seen := map[journal.Sum]string{seal("s", journal.Head{}, base): "base"}
	add := func(name string, sum journal.Sum) {
		require.Empty(t, seen[sum], "%s changes nothing", name)
		seen[sum] = name
	}
	for name, change := range map[string]func(r *journal.Record){
		"key":       func(r *journal.Record) { r.Key[31]++ },
		"sum":       func(r *journal.Record) { r.Sum[31]++ },
		"kind":      func(r *journal.Record) { r.Kind = "l" },
		"kind body": func(r *journal.Record) { r.Kind, r.Body = "kb", []byte("ody") },
		"recorded":  func(r *journal.Record) { r.Recorded++ },
		"effective": func(r *journal.Record) { r.Effective++ },
		"body":      func(r *journal.Record) { r.Body = []byte("bodz") },
		"no body":   func(r *journal.Record) { r.Body = nil },
		"salt":      func(r *journal.Record) { r.Private.Salt[3] = 1 },
		"data":      func(r *journal.Record) { r.Private.Data = []byte{0} },
		"longer":    func(r *journal.Record) { r.Private.Salt = make([]byte, 17) },
		"none":      func(r *journal.Record) { r.Private = nil },
	} {
		r := base.Clone()
		change(&r)
		add(name, seal("s", journal.Head{}, r))
	}
	add("stream", seal("t", journal.Head{}, base))
	add("number", seal("s", journal.Head{Seq: 1}, base))
	add("chain", seal("s", journal.Head{Chain: journal.Sum{9}}, base))
}

func TestRecordBinary(t *testing.T) { rapid.Check(t, recordBinary) }

func recordBinary(t *rapid.T) {
	r := drawRecord(t)
	r.Seq, r.Alg = journal.Seq(rapid.Uint64().Draw(t, "seq")), journal.Alg(rapid.Uint16().Draw(t, "alg"))
	r.Chain, r.PrivateSum = drawSum(t, "chain"), drawSum(t, "private sum")
	data, err := r.MarshalBinary()
	require.NoError(t, err)
	var got journal.Record
	require.NoError(t, got.UnmarshalBinary(data))
	if len(r.Body) == 0 {
		r.Body = nil
	}
	if r.Private != nil && len(r.Private.Data) == 0 {
		r.Private.Data = nil
	}
	require.Empty(t, cmp.Diff(r, got))
	for i := range data {
		require.ErrorIs(t, got.UnmarshalBinary(data[:i]), journal.ErrFormat)
	}
	require.ErrorIs(t, got.UnmarshalBinary(append(data, 0)), journal.ErrFormat)
	require.Empty(t, cmp.Diff(r, got), "a failed read changes nothing")
	clear(data)
	require.Empty(t, cmp.Diff(r, got), "a copy")
}

func TestRecordBinaryLimits(t *testing.T) {
	for _, r := range []journal.Record{
		{Body: make([]byte, journal.BodyMax+1)},
		{Kind: journal.Kind(make([]byte, journal.KindMax+1))},
		{Private: &journal.Private{Salt: make([]byte, journal.SaltMax+1)}},
		{Private: &journal.Private{Data: make([]byte, journal.PrivateMax+1)}},
	} {
		_, err := r.MarshalBinary()
		require.ErrorIs(t, err, journal.ErrTooLarge)
	}
}

func FuzzRecordBinary(f *testing.F) {
	for _, r := range []journal.Record{{}, {Body: []byte("body"), Private: &journal.Private{Salt: []byte("salt")}}} {
		data, err := r.MarshalBinary()
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte{1, 0xff})
	f.Fuzz(func(t *testing.T, data []byte) {
		var r journal.Record
		if r.UnmarshalBinary(data) != nil {
			return
		}
		again, err := r.MarshalBinary()
		require.NoError(t, err)
		require.True(t, bytes.Equal(data, again), "one form only: %s", hex.EncodeToString(data))
	})
}

func TestInstantOf(t *testing.T) {
	for _, at := range []time.Time{
		time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(9999, 12, 31, 23, 59, 59, 999e6, time.UTC),
		time.Date(1969, 12, 31, 23, 59, 59, 1e6, time.UTC),
		day.In(time.FixedZone("", 8*3600)),
	} {
		got, err := journal.InstantOf(at)
		require.NoError(t, err)
		require.True(t, at.Equal(got.Time()))
		require.Equal(t, time.UTC, got.Time().Location())
	}
	for at, want := range map[time.Time]error{
		time.Date(0, 12, 31, 23, 59, 59, 0, time.UTC): journal.ErrInvalid,
		time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC):  journal.ErrInvalid,
		time.Unix(math.MaxInt64, 0):                   journal.ErrInvalid,
		time.Unix(math.MinInt64, 0):                   journal.ErrInvalid,
		day.Add(1):                                    journal.ErrNotMillis,
	} {
		_, err := journal.InstantOf(at)
		require.ErrorIs(t, err, want, "%v", at.Unix())
	}
}
