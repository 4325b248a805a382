package keyed_test

import (
	"encoding/binary"
	"runtime"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/keyed"
)

// mapIndex is the naive Index.
type mapIndex map[keyed.Sum]keyed.Slot

func (x mapIndex) Find(key, body keyed.Sum) (keyed.Slot, bool, error) {
	slot, ok := x[key]
	if ok && slot.Body != body {
		return slot, true, keyed.ErrReused
	}
	return slot, ok, nil
}

func (x mapIndex) Put(key keyed.Sum, slot keyed.Slot) {
	if _, ok := x[key]; !ok {
		x[key] = slot
	}
}

func numbered(i int) (sum keyed.Sum) {
	binary.BigEndian.PutUint64(sum[:], uint64(i))
	return sum
}

// indexProperty: an Index answers as a map does, while its keys move from one table to
// the next and when none do.
func indexProperty(t *rapid.T) {
	var x keyed.Index
	twin, next := mapIndex{}, 0
	same := func(key, body keyed.Sum) {
		slot, ok, err := x.Find(key, body)
		want, seen, reused := twin.Find(key, body)
		if ok != seen || slot != want || (err == nil) != (reused == nil) {
			t.Fatalf("of %d keys: %v %v %v, not %v %v %v", len(twin), slot, ok, err, want, seen, reused)
		}
		if reused != nil {
			require.ErrorIs(t, err, keyed.ErrReused)
		}
	}
	put := func(i int, slot keyed.Slot) {
		same(numbered(i), slot.Body)
		x.Put(numbered(i), slot)
		twin.Put(numbered(i), slot)
		same(numbered(i), slot.Body)
		if x.Len() != len(twin) {
			t.Fatalf("%d keys, not %d", x.Len(), len(twin))
		}
	}
	t.Repeat(map[string]func(*rapid.T){
		"some": func(t *rapid.T) {
			for range rapid.IntRange(1, 30).Draw(t, "n") {
				put(next, keyed.Slot{Body: numbered(-next), Seq: uint64(next)})
				next++
			}
		},
		"many": func(t *rapid.T) {
			for range rapid.SampledFrom([]int{100, 300, 1000}).Draw(t, "n") {
				put(next, keyed.Slot{Body: numbered(-next), Seq: uint64(next)})
				next++
			}
		},
		"again": func(t *rapid.T) {
			i := rapid.IntRange(0, max(next-1, 0)).Draw(t, "key")
			put(i, keyed.Slot{Body: numbered(rapid.SampledFrom([]int{-i, 1}).Draw(t, "body")), Seq: 7})
			next = max(next, 1)
		},
		"all": func(*rapid.T) {
			for i := range next + 20 {
				same(numbered(i), numbered(-i))
			}
		},
	})
	for i := range next + 20 {
		same(numbered(i), numbered(-i))
	}
}

func TestIndexIsAMap(t *testing.T) { rapid.Check(t, indexProperty) }

func FuzzIndex(f *testing.F) { f.Fuzz(rapid.MakeFuzz(indexProperty)) }

// TestIndexComparesKeys: two keys of which a cell says the same are two keys, before and
// after they move.
func TestIndexComparesKeys(t *testing.T) {
	var x keyed.Index
	next := func() func() keyed.Sum {
		i := 0
		return func() keyed.Sum { i++; return numbered(i) }
	}()
	x.Put(next(), keyed.Slot{})
	var one, other keyed.Sum
	for seen := map[uint64]keyed.Sum{}; one == (keyed.Sum{}); {
		key := next()
		if before, ok := seen[x.CellOf(key)]; ok { // of 28 bits, so some ten thousand keys suffice
			one, other = before, key
		}
		seen[x.CellOf(key)] = key
	}
	require.Equal(t, x.CellOf(one), x.CellOf(other))
	require.NotEqual(t, one, other)
	x.Put(one, keyed.Slot{Seq: 1})
	_, ok, err := x.Find(other, keyed.Sum{})
	require.NoError(t, err)
	require.False(t, ok, "never put")
	x.Put(other, keyed.Slot{Seq: 2})
	for range 100 {
		for seq, key := range []keyed.Sum{1: one, 2: other} {
			if slot, ok, err := x.Find(key, keyed.Sum{}); seq > 0 {
				require.NoError(t, err)
				require.True(t, ok)
				require.Equal(t, uint64(seq), slot.Seq)
			}
		}
		x.Put(next(), keyed.Slot{})
	}
}

// TestIndexIsSmall: a key takes less than the map of keys and slots would, 131 bytes.
func TestIndexIsSmall(t *testing.T) {
	var x keyed.Index
	for i := range 50_000 {
		x.Put(numbered(i), keyed.Slot{})
	}
	before := heapInUse()
	for i := range 100_000 {
		x.Put(numbered(50_000+i), keyed.Slot{})
	}
	each := (heapInUse() - before) / 100_000
	runtime.KeepAlive(&x)
	t.Logf("%d bytes a key", each)
	require.LessOrEqual(t, each, int64(100))
}

func heapInUse() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkIndex is what a new keyed command asks of an Index: the key is looked for twice
// and kept.
func BenchmarkIndex(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		b.Run("index/"+strconv.Itoa(n), func(b *testing.B) { benchIndex(b, n, &keyed.Index{}) })
		b.Run("map/"+strconv.Itoa(n), func(b *testing.B) { benchIndex(b, n, mapIndex{}) })
	}
}

func benchIndex(b *testing.B, n int, x interface {
	Find(key, body keyed.Sum) (keyed.Slot, bool, error)
	Put(key keyed.Sum, slot keyed.Slot)
}) {
	at := 0
	next := func() keyed.Sum { at++; return numbered(at) }
	for range n {
		x.Put(next(), keyed.Slot{})
	}
	keys := make([]keyed.Sum, 4096)
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		k := i % len(keys)
		if k == 0 {
			b.StopTimer()
			for j := range keys {
				keys[j] = next()
			}
			b.StartTimer()
		}
		for range 2 {
			if _, ok, _ := x.Find(keys[k], keyed.Sum{}); ok {
				b.Fatal("found")
			}
		}
		x.Put(keys[k], keyed.Slot{Seq: uint64(i)})
	}
}
