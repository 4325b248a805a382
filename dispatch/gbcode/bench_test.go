package gbcode_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch/gbcode"
)

func TestNothingIsAllocated(t *testing.T) {
	buffer := make([]byte, 0, 16)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		c, _ := gbcode.ParseComponent("4403090102000017")
		e, _ := gbcode.ParseEvent("4403090102")
		i, _ := gbcode.ParseItem(gbcode.Matter, "06001")
		_ = c.County() < 1 && e.Covers(c)
		_, _ = i.Name()
		_, _ = i.Part()
		buffer, _ = c.AppendText(buffer[:0])
		_ = c.UnmarshalText(buffer)
	}))
}

// BenchmarkParse reads an id, beside the twin of patterns.
func BenchmarkParse(b *testing.B) {
	b.Run("gbcode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _ = gbcode.ParseComponent("4403090102000017")
		}
	})
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			naiveRead(naiveComponent, "4403090102000017")
		}
	})
}

// BenchmarkName looks names up, beside a scan of the rows.
func BenchmarkName(b *testing.B) {
	rows := readTable(b)
	var items []gbcode.Item
	for _, r := range rows {
		i, err := gbcode.ParseItem(kindNamed(r.kind), r.digits)
		require.NoError(b, err)
		items = append(items, i)
	}
	b.Run("gbcode", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			_, _ = items[n%len(items)].Name()
		}
	})
	b.Run("scan", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			want := rows[n%len(rows)]
			for _, r := range rows {
				if r.kind == want.kind && r.digits == want.digits {
					break
				}
			}
		}
	})
}
