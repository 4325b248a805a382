package division_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/division"
)

func TestNothingIsAllocated(t *testing.T) {
	var a, b division.Code
	buffer := make([]byte, 0, 16)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		a, _ = division.Parse("440309006001012")
		b, _ = division.Of("440309006")
		_, _ = a.Parent()
		_, _ = a.At(division.County)
		_ = b.Covers(a) && a < b.End() && a.StreetKind() == division.Subdistrict
		_, _ = division.Agree("440309006001012", "440309006")
		_, _ = division.Agree("NH-S1-27", "440309006")
		buffer, _ = a.AppendText(buffer[:0])
		_ = a.UnmarshalText(buffer)
	}))
}

// BenchmarkParse reads the table's communities, beside the twin of text.
func BenchmarkParse(b *testing.B) {
	rows := readTable(b)
	b.Run("division", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			_, _ = division.Parse(rows[i%len(rows)].code)
		}
	})
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			readNaive(rows[i%len(rows)].code)
		}
	})
}

// BenchmarkCovers tests a prefix, beside strings.HasPrefix on the texts.
func BenchmarkCovers(b *testing.B) {
	rows := readTable(b)
	codes := make([]division.Code, len(rows))
	for i, r := range rows {
		codes[i] = mustParse(b, r.code)
	}
	street := mustParse(b, "440309006")
	b.Run("division", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			street.Covers(codes[i%len(codes)])
		}
	})
	b.Run("text", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			_ = strings.HasPrefix(rows[i%len(rows)].code, "440309006")
		}
	})
}

// BenchmarkAgree reads and compares a unit's code with its parent's.
func BenchmarkAgree(b *testing.B) {
	rows := readTable(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		r := rows[i%len(rows)]
		_, _ = division.Agree(grid.Code(r.code), grid.Code(r.street))
	}
}

// BenchmarkRefuse explains a code with three faults.
func BenchmarkRefuse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = division.Parse("990300000005")
	}
}
