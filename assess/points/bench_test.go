package points_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/assess/points"
)

// month is the awards, deductions and reversals of a month: 1,000 subjects, every
// tenth command a reversal.
func month(n int) []points.Do {
	items := []points.Code{"volunteer", "idea", "rescue"}
	var list []points.Do
	for i := range n {
		id, subject := points.Code(fmt.Sprint("m", i)), points.Code(fmt.Sprint("s", i*7%1000))
		switch {
		case i%10 == 9:
			list = append(list, points.Reverse{Award: points.Code(fmt.Sprint("m", i-5))})
		case i%10 == 3:
			list = append(list, points.Deduct{Award: id, Subject: subject, Item: "absent", On: day(5, 1+i%31)})
		default:
			list = append(list, points.Award{Award: id, Subject: subject, Item: items[i%3], On: day(5, 1+i%31)})
		}
	}
	return list
}

// BenchmarkCommands decides and applies keyed commands; ns/op is one command.
func BenchmarkCommands(b *testing.B) {
	list := month(20_000)
	var h *hand
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		if i%len(list) == 0 {
			h = open(b, office())
		}
		o, err := h.marks.Decide(h.at, points.Command{Key: fmt.Sprint(i), Do: list[i%len(list)]})
		require.NoError(b, err)
		require.NoError(b, h.marks.Apply(o.Entries[0]))
		i++
	}
}

// BenchmarkTotals asks for the balances of 1,000 subjects after 2,000 commands.
func BenchmarkTotals(b *testing.B) {
	h := open(b, office())
	for _, do := range month(2000) {
		h.ok(do)
	}
	for b.Loop() {
		for s := range 1000 {
			_, ok := h.marks.Balance(points.Code(fmt.Sprint("s", s)), 2026, h.at)
			require.True(b, ok)
		}
	}
}

// BenchmarkNaive works one balance out of the list of 2,000 commands.
func BenchmarkNaive(b *testing.B) {
	m := model{zone: beijing, done: []deed{{noon, points.Adopt{Year: 2025, Plan: office()}}}}
	for _, do := range month(2000) {
		m.done = append(m.done, deed{noon, do})
	}
	for b.Loop() {
		_, ok := m.balance("s7", 2026)
		require.True(b, ok)
	}
}
